"""What is asked of a note that only cites, laid on the citation that it is printed for: its note is typed nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from rapport.diff.alignment import common_places
from rapport.diff.markdown_alignment import WordChange, changes, keys
from rapport.review.apply import restructuring
from rapport.review.apply.cited_words import called_together
from rapport.review.apply.edited_texts import TextState
from rapport.review.apply.grouped_changes import ParagraphChange, words_before
from rapport.review.apply.leaves import Leaf
from rapport.review.apply.paragraph_words import change_since
from rapport.review.apply.printed_paragraphs import NOTE, only_cites
from rapport.review.apply.session import Paragraphs
from rapport.review.apply.splice import Crossing
from rapport.review.apply.targets import changed_words, changes_paragraphs, current_words, empties_paragraph
from rapport.review.collect import ledger
from rapport.review.collect.ledger import Remark
from rapport.review.freeze.draft_map import DraftParagraph, notes_by_caller

if TYPE_CHECKING:
    from rapport.review.apply.paragraph_aims import ParagraphAims

BETWEEN, STOP = ";", "."  # between two citations of a note, and at its end, where it is printed without being typed


class _Citing(Struct, frozen=True):
    """Where a note's citations are typed: the words of a leaf, or a `note` that holds nothing else."""

    path: str
    state: TextState
    leaf: Leaf
    cites: Sequence[range]
    note: Leaf | None


def aim(aims: ParagraphAims, remark: Remark, place: DraftParagraph, sent: Paragraphs) -> ParagraphChange | None:
    """What a remark asks for of a note that only cites; None where its note is another, or gone."""
    if place.part != NOTE or changes_paragraphs(remark) or (here := _citing(aims, remark, place, sent)) is None:
        return None
    one = partial(ParagraphChange, remarks=(remark,), paths=frozenset((here.path,)))
    leaf = here.note or here.leaf
    if not empties_paragraph(remark, place):
        made = partial(_words, aims, remark, place, here)
        return None if here.note else one("change", name=leaf.name, make=made())
    if here.note is not None:
        make = partial(restructuring.delete, path=here.path, name=leaf.name)
        return one("delete", name=leaf.name, make=make) if only_cites(leaf.node) else None
    start, end = here.cites[0].start, here.cites[-1].stop
    space = here.state.text[here.state.source.ground(leaf).token(end - 1).end :][:1].isspace()
    gone = [WordChange(start, end, "", space, space)]
    return one("change", name=leaf.name, make=partial(change_since, path=here.path, before=leaf, changes=gone))


def _citing(aims: ParagraphAims, remark: Remark, place: DraftParagraph, sent: Paragraphs) -> _Citing | None:
    places = list(sent.by_id.values())
    by_caller = {n: [places[m] for m in notes] for n, notes in notes_by_caller(places).items()}
    if (at := next((n for n, notes in by_caller.items() if place in notes), None)) is None:
        return None
    caller = places[at]
    words_there = words_before(caller.text, place.call)
    twins = [note for note in by_caller[at] if words_before(caller.text, note.call) == words_there]
    here = Remark("", remark.projet, ledger.INSERTION, debut=place.call)
    said, call = current_words(caller, here, aims.written_remarks(remark.projet, caller))
    block, name = aims.leaf(caller, sent, remark.projet)
    path = block.span.path
    state = aims.state(path)
    leaf = state.leaf(name)
    start = common_places(keys(said), leaf.words).get(words_before(said, call) - 1, -1) + 1
    found = called_together(leaf, start)
    if len(found) != len(twins):
        return None  # another was put in there, or taken out
    (number, cites), typed = found[twins.index(place)], [n for n in state.group(leaf)[1:] if n.side_kind == NOTE]
    return _Citing(path, state, leaf, cites, typed[number] if number >= 0 else None)


def _words(aims: ParagraphAims, remark: Remark, place: DraftParagraph, here: _Citing) -> partial[None]:
    """Words beside the references of a note changed; raises `Crossing` for words of a reference, which is made."""
    remark = changed_words(remark)
    base, start = current_words(place, remark, aims.written_remarks(remark.projet, place))
    after = f"{base[:start]}{remark.apres}{base[start + remark.end - remark.debut :]}".strip()
    if not (base.rstrip().endswith(STOP) and after.endswith(STOP)):
        raise Crossing
    after = after[:1].upper() + after[1:]  # as a note begins
    bare = base.strip().removesuffix(STOP)
    wanted, zones = changes(bare, 0, len(bare), after.removesuffix(STOP)), list(_typed_zones(keys(bare), here))
    typed = [_typed(one, zones) for one in wanted]
    return partial(change_since, path=here.path, before=here.leaf, changes=typed, note=(tuple(keys(base)), wanted))


def _typed(one: WordChange, zones: Sequence[tuple[range, range]]) -> WordChange:
    for printed, typed in zones:
        if printed.start <= one.start and one.end <= printed.stop:
            away = typed.start - printed.start
            return replace(one, start=one.start + away, end=one.end + away)
    raise Crossing


def _typed_zones(said: Sequence[str], here: _Citing) -> Iterator[tuple[range, range]]:
    """The words printed before and after each reference of a note, and the words that they are typed in.

    Raises `Crossing` where they are not the same.
    """
    typed = [piece for cite in here.cites for piece in _pieces(here.leaf.words, range(cite.start + 1, cite.stop - 1))]
    printed = list(_pieces(said, range(len(said))))
    if len(typed) != len(printed):
        raise Crossing
    words = here.leaf.words
    for mine, one in zip(printed, typed, strict=True):
        key = words.index("@", one.start, one.stop)
        suffix = range(_key_end(here, key), one.stop - (mine is printed[-1] and words[one.stop - 1] == STOP))
        before, after = range(mine.start, mine.start + key - one.start), range(mine.stop - len(suffix), mine.stop)
        for shown, there in ((before, range(one.start, key)), (after, suffix)):
            if not _prints(words[there.start : there.stop], said[shown.start : shown.stop], not shown.start):
                raise Crossing
            yield shown, there


def _prints(typed: Sequence[str], said: Sequence[str], first: bool) -> bool:
    """Whether words of a citation are printed so; those that a note begins with (`first`), under a capital."""
    begun = [word[:1].upper() + word[1:] for word in typed[:1]] if first else typed[:1]
    return list(said) in ([*typed], [*begun, *typed[1:]])


def _pieces(words: Sequence[str], within: range) -> Iterator[range]:
    """The stretches between the semicolons of some words."""
    cuts = [n for n in within if words[n] == BETWEEN]
    return map(range, [within.start, *(n + 1 for n in cuts)], [*cuts, within.stop])


def _key_end(here: _Citing, at: int) -> int:
    """Where the key ends that begins with this « @ »."""
    cited = [keys(key) for one in here.leaf.frame if isinstance(one, tuple) and one[0] == "Cite" for key in one[1]]
    fits = [at + 1 + len(key) for key in cited if list(here.leaf.words[at + 1 : at + 1 + len(key)]) == key]
    if not fits:
        raise Crossing
    return max(fits)
