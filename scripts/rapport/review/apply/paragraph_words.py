"""Words of one paragraph changed over citations and calls of notes, and notes put in; each read again at once.

A citation whose printed words all go goes with them; one that is touched in part stops the change. The call of a note
stays, after the words that take the place of those around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from rapport.diff.alignment import common_places
from rapport.diff.markdown_alignment import WordChange, keys, moved_place, with_changes
from rapport.review.apply.cited_words import side_by_side
from rapport.review.apply.edited_texts import EditedTexts, Proof, TextState, UnfaithfulEdit
from rapport.review.apply.leaves import ANY, Leaf, keys_of, non_word_content
from rapport.review.apply.printed_paragraphs import NOTE
from rapport.review.apply.splice import CALL, Crossing, SourceEdit, SourceParagraph

AFTER_CALL = re.compile(rf"(?:\]\([^()\s]*\)|[*_]+(?!\w)|{CALL.pattern})+")  # what a call of a note stands after
AROUND = ("Cite", "Code")  # what goes with its words, or not at all
NoteChange = tuple[tuple[str, ...], Sequence[WordChange]]
"""What a note said, and how its words change."""


def change_words(
    texts: EditedTexts, path: str, name: int, changes: Sequence[WordChange], printed: Sequence[WordChange],
    note: NoteChange | None = None,
) -> None:  # fmt: skip
    """Words changed, whatever stands among them; `printed`: the same in the words that the report prints.

    `note`: those beside the references of a citation, as its note prints them.
    """
    state = texts.states[path]
    leaf = state.leaf(name)
    ground = state.source.ground(leaf)
    edits = [_edit(ground, one) for one in changes]
    wanted = replace(
        leaf, words=tuple(with_changes(leaf.words, changes)), looks=tuple(_looks(leaf, changes)),
        frame=tuple(_kept(leaf, changes, note is not None)), notes=_noted(leaf, note),
        printed_words=None if leaf.printed_words is None else tuple(with_changes(leaf.printed_words, printed)),
    )  # fmt: skip
    calls = [moved_place(start, changes) for start in _calls(leaf)]
    cites = [(one, _shifted(start, changes)) for one, start, end in _cites(leaf) if not _covered(start, end, changes)]
    texts.make(
        path, edits, [wanted if one is leaf else one for one in state.source.leaves], _calling(name, calls, cites)
    )


def change_since(
    texts: EditedTexts, path: str, before: Leaf, changes: Sequence[WordChange], printed: Sequence[WordChange] = (),
    change: Callable[..., None] = change_words, **more: NoteChange,
) -> None:  # fmt: skip
    """A change of words of a leaf that was aimed at them as they were `before`: others may have been made since."""
    now = texts.states[path].leaf(before.name)
    typed = side_by_side(typed_words_changed(changes, before.words, now.words))
    shown = list(typed_words_changed(printed, before.printed_words or before.words, now.printed_words or now.words))
    change(texts, path=path, name=before.name, changes=typed, printed=shown, **more)


def typed_words_changed(
    wanted: Sequence[WordChange], said: Sequence[str], words: Sequence[str], silent: Sequence[range] = ()
) -> Iterator[WordChange]:
    """Changes of printed words as changes of typed ones: a citation is all that is typed for it; raises `Crossing`.

    The typed words that are `silent` print none; what is put in beside them stands after them, or before.
    """
    heard = [n for n in range(len(words)) if not any(n in one for one in silent)]
    places = {one: heard[other] for one, other in common_places(said, [words[n] for n in heard]).items()}
    for one in wanted:
        first = places.get(one.start - 1, -9) + 1 if one.start else 0
        last = places.get(one.end, -9) if one.end < len(said) else len(words)
        if one.start == one.end and 0 <= first < last and not set(heard) & set(range(first, last)):
            first = last = first if one.before_call else last
        if min(first, last) < 0 or last < first or (one.start < one.end) != (first < last):
            mine = [places.get(n, -9) for n in range(one.start, one.end)]  # what stood beside them may be gone
            if not mine or mine[0] < 0 or mine != list(range(mine[0], mine[0] + len(mine))):
                raise Crossing
            first, last = mine[0], mine[-1] + 1
        yield replace(one, start=first, end=last)


def _noted(leaf: Leaf, note: NoteChange | None) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """What the notes of a leaf's citations said and are to say, this one changed too."""
    if note is None:
        return leaf.notes
    said, wanted = note
    now = leaf.notes.get(said, said)
    return {**leaf.notes, said: tuple(with_changes(now, typed_words_changed(wanted, said, now)))}


def _edit(ground: SourceParagraph, change: WordChange) -> SourceEdit:
    try:
        return ground.edit(change)
    except Crossing:
        return ground.replace_around(change)


def _calls(leaf: Leaf) -> list[int]:
    """After how many words of a paragraph each of its notes is called."""
    return [start for one, start, _ in non_word_content(leaf.node) if one == "Note"]


def _cites(leaf: Leaf) -> Iterator[tuple[Hashable, int, int]]:
    """The citations of a paragraph, each with the words that it is typed in: from which, up to which."""
    found = non_word_content(leaf.node)
    return ((one, start, end) for one, start, end in found if isinstance(one, tuple) and one[0] == "Cite")


def _shifted(at: int, changes: Iterable[WordChange]) -> int:
    """The number of a word once those before it are changed."""
    return at + sum(len(keys(one.new)) - (one.end - one.start) for one in changes if one.end <= at)


def _covered(start: int, end: int, changes: Iterable[WordChange]) -> bool:
    return any(one.start <= start and end <= one.end for one in changes)


def _calling(name: int, calls: Sequence[int], cites: Sequence[tuple[Hashable, int]] | None = None) -> Proof:
    """A paragraph, read again, calls its notes after so many words, and cites at these."""

    def check(state: TextState) -> None:
        leaf = state.leaf(name)
        if _calls(leaf) != calls or (cites is not None and [(one, at) for one, at, _ in _cites(leaf)] != cites):
            raise UnfaithfulEdit

    return check


def _looks(leaf: Leaf, changes: Iterable[WordChange]) -> list[str]:
    looks = list(leaf.looks)
    for one in sorted(changes, key=lambda c: c.start, reverse=True):
        looks[one.start : one.end] = [ANY] * len(keys(one.new))
    return looks


def _kept(leaf: Leaf, changes: Sequence[WordChange], in_cites: bool) -> Iterator[Hashable]:
    """What a paragraph holds beside words, without the citations that go; raises `Crossing` where one is cut."""
    closed = ("Code",) if in_cites else AROUND
    for one, start, end in non_word_content(leaf.node):
        over = [c for c in changes if c.start < end and start < c.end]
        kind = one[0] if isinstance(one, tuple) else one
        if not over or kind == "Note" or (kind not in closed and all(start <= c.start and c.end <= end for c in over)):
            yield one
        elif kind != "Cite" or not _covered(start, end, over):
            raise Crossing


# ---------------------------------------------------------------- notes put in


def add_note(texts: EditedTexts, path: str, name: int, said: Sequence[str], after: int, words: str) -> None:
    """A note called after so many words of a paragraph, as its reader saw them (`said`); its text ends the file."""
    state = texts.states[path]
    leaf = state.leaf(name)
    at = _place(said, after, leaf.words)
    ground = state.source.ground(leaf)
    group = state.group(leaf)
    before = sum(1 for start in _calls(leaf) if start <= at)
    if leaf.side_kind or len(group) - 1 != len(_calls(leaf)) or not at:
        raise Crossing
    edits = _note_edits(state, ground, ground.token(at - 1).end, words)
    index = sum(1 for one, start, _ in non_word_content(leaf.node) if start < at or (one == "Note" and start == at))
    wanted = replace(leaf, frame=(*leaf.frame[:index], "Note", *leaf.frame[index:]))
    note_words = keys_of(words)
    note = replace(
        leaf, side_kind=NOTE, begins_item=False, words=note_words, looks=("",) * len(note_words), frame=(),
        is_recommendation=False,
        printed_words=None if leaf.printed_words is None else note_words, name=texts.name(),
    )  # fmt: skip
    there, calls = state.source.leaves.index(leaf), _calls(leaf)
    leaves = [wanted if one is leaf else one for one in state.source.leaves]
    leaves.insert(there + 1 + before, note)
    texts.make(path, edits, leaves, _calling(name, [*calls[:before], at, *calls[before:]]))


def _place(said: Sequence[str], after: int, words: Sequence[str]) -> int:
    """After how many words of a leaf a place is that stands after so many printed ones; raises `Crossing`."""
    places = common_places(said, words)
    before, following = places.get(after - 1), places.get(after, len(words) if after == len(said) else None)
    at = following if before is None else before + 1
    if at is None or (following is not None and following != at):
        raise Crossing
    return at


def _note_edits(state: TextState, ground: SourceParagraph, at: int, words: str) -> list[SourceEdit]:
    """The call of a note and its text at the end of the file, under a number that no other note has."""
    text = state.text
    after = AFTER_CALL.match(text, at)
    at = after.end() if after else at
    number = next(n for n in range(1, len(text) + 2) if f"[^{n}]" not in text)
    gap = "" if text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
    said = f"{gap}[^{number}]: {ground.escape(words.strip(), 0)}\n"
    return [SourceEdit(at, at, f"[^{number}]"), SourceEdit(len(text), len(text), said)]
