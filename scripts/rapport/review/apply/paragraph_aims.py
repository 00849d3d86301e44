"""What each accepted remark on whole paragraphs asks for: which leaf of which contribution, and how it is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from rapport.diff.alignment import common_places
from rapport.diff.markdown_alignment import changes, keys, tokens
from rapport.diff.thresholds import STILL_SAYS
from rapport.language.folding import fold_typography
from rapport.language.web_addresses import plain_address
from rapport.model import Block, Draft
from rapport.review.apply import citation_aims, link_writing, paragraph_breaks, paragraph_words, restructuring
from rapport.review.apply.cited_words import beside_citations, cited_words
from rapport.review.apply.edited_texts import EditedTexts, TextState
from rapport.review.apply.grouped_changes import ParagraphChange, words_before
from rapport.review.apply.leaves import Leaf, LeafSource, leaves
from rapport.review.apply.paragraph_breaks import CUT
from rapport.review.apply.paragraph_words import change_since, typed_words_changed
from rapport.review.apply.redundancy import is_already_written, stands_beside
from rapport.review.apply.session import Paragraphs
from rapport.review.apply.splice import Crossing
from rapport.review.apply.targets import (
    BY_HAND,
    CannotTarget,
    CurrentReport,
    Obstacle,
    carry_changes,
    changed_words,
    current_words,
    empties_paragraph,
    likeness,
)
from rapport.review.collect import ledger
from rapport.review.collect.edits import MARK
from rapport.review.collect.formatting_changes import link_address
from rapport.review.collect.ledger import Remark
from rapport.review.freeze.draft_map import DraftParagraph

WORDLESS = (ledger.MOVE, ledger.MERGE, ledger.FORMAT)  # what writes no word of the reviewer's own


class ParagraphAims:
    """The remarks on whole paragraphs, laid on the texts of today; `applied`: those written, by draft and paragraph."""

    def __init__(
        self, root: Path, drafts: Mapping[str, Draft], today: CurrentReport,
        applied: Mapping[tuple[int, str], list[Remark]],
    ) -> None:  # fmt: skip
        self.root, self.drafts, self.today, self.applied = root, drafts, today, applied
        self.cites_in_notes = any(p.is_citation for said in today.said.values() for p in said)
        self.raw: dict[str, bytes] = {}
        self.opened: dict[str, TextState] = {}

    def aim(self, remark: Remark, sent: Paragraphs) -> ParagraphChange:
        """What a remark asks for, ready to be made; raises `CannotTarget` where that is not certain."""
        place = sent.by_id.get(remark.bloc)
        if place is None:
            raise CannotTarget(Obstacle.UNPLACED)
        if remark.masque and remark.genre not in WORDLESS:
            raise CannotTarget(Obstacle.MASKED)
        if remark.doute in BY_HAND:
            raise CannotTarget(BY_HAND[remark.doute])
        if remark.doute not in ("", ledger.NOTE) and remark.genre == ledger.INSERTION:
            raise CannotTarget(Obstacle.DOUBT)
        if not place.block or place.copy:
            raise CannotTarget(Obstacle.STRUCTURE if place.copy else Obstacle.EDITOR)
        if (cited := citation_aims.aim(self, remark, place, sent)) is not None:
            return cited
        if is_already_written(self.today, remark, place, sent):
            raise CannotTarget(Obstacle.DONE)
        if remark.doute == ledger.NOTE:
            return self.note(remark, place, sent)
        if remark.ou and remark.genre == ledger.INSERTION:
            return self.insertion(remark, place, sent)
        if remark.genre == ledger.MOVE:
            return self.movement(remark, place, sent)
        if remark.genre == ledger.PICTURE:
            return self.picture(remark, place, sent)
        block, number = self.leaf(place, sent, remark.projet)
        one = partial(ParagraphChange, remarks=(remark,), name=number)
        path = block.span.path
        here = frozenset((path,))
        if remark.genre == ledger.FORMAT:
            return one("format", paths=here, make=self.formatting(remark, place, path, number))
        if remark.genre == ledger.MERGE:
            goal, last = self.goal(remark, sent)
            if goal != path:
                raise CannotTarget(Obstacle.STRUCTURE)
            return one("merge", paths=here, make=partial(paragraph_breaks.merge, path=path, name=number, last=last))
        bare = replace(remark, apres=remark.apres.strip(f" {MARK}"))
        if remark.genre != ledger.SPLIT and empties_paragraph(bare, place):
            return one("delete", paths=here, make=partial(restructuring.delete, path=path, name=number))
        return one("change", paths=here, make=self.changing(remark, place, path, number))

    def written_remarks(self, draft: int, place: DraftParagraph) -> list[Remark]:
        """The remarks that were written into a paragraph of a draft."""
        return self.applied.get((draft, place.id), [])

    def leaf(self, place: DraftParagraph, sent: Paragraphs, draft: int) -> tuple[Block, int]:
        """The block of today that a paragraph of a draft is in, and the name of the leaf that it is."""
        block, number = self.find_block(place, sent, draft)
        return block, self.state(block.span.path).source.printed_leaves(block)[number].name

    def find_block(self, place: DraftParagraph, sent: Paragraphs, draft: int) -> tuple[Block, int]:
        """The block of today that a paragraph of a draft is in, and its number there; a note that cites has no leaf."""
        nowhere = Remark("", draft, ledger.INSERTION, debut=len(place.text))
        base, _ = current_words(place, nowhere, self.written_remarks(draft, place))
        block, number = self.today.find(place, base, sent)
        if self.today.said[block.id][number].is_citation:
            raise CannotTarget(Obstacle.STRUCTURE)
        return block, number

    def state(self, path: str) -> TextState:
        """A contribution as it stands; its leaves know what they print."""
        if path not in self.opened:
            self.raw[path] = (self.root / path).read_bytes()
            draft = self.drafts[path]
            source = LeafSource(draft, leaves(draft))
            printed: dict[int, tuple[str, ...]] = {}
            recommended: set[int] = set()
            for block in self.today.blocks:
                if block.span.path == path:
                    mine = source.printed_leaves(block)
                    said = [one for one in self.today.said[block.id] if not one.is_citation]
                    if len(mine) != len(said):
                        raise CannotTarget(Obstacle.STRUCTURE)
                    printed |= {leaf.name: tuple(keys(p.text)) for leaf, p in zip(mine, said, strict=True)}
                    recommended |= {
                        leaf.name for leaf in mine if block.recommendation is not None and not leaf.side_kind
                    }
            known = [
                replace(leaf, printed_words=printed.get(leaf.name), is_recommendation=leaf.name in recommended)
                for leaf in source.leaves
            ]
            self.opened[path] = TextState(LeafSource(draft, known))
        return self.opened[path]

    def insertion(self, remark: Remark, place: DraftParagraph, sent: Paragraphs) -> ParagraphChange:
        """A new paragraph, an item where its neighbour is one."""
        if remark.ou not in (ledger.AFTER, ledger.BEFORE):
            raise CannotTarget(Obstacle.PARAGRAPH)
        block, number = self.leaf(place, sent, remark.projet)
        path, before = block.span.path, remark.ou == ledger.BEFORE
        make = partial(restructuring.insert, path=path, name=number, words=remark.apres, before=before)
        return ParagraphChange("insert", (remark,), frozenset((path,)), number, make)

    def note(self, remark: Remark, place: DraftParagraph, sent: Paragraphs) -> ParagraphChange:
        """A new note, called at a place of a paragraph: of the draft, or of a new one that is written already."""
        said, at = place.text, remark.debut
        if remark.avec:
            with_it = next((r for r in self.written_remarks(remark.projet, place) if r.id == remark.avec), None)
            found = self.today.saying(place, with_it.apres) if with_it else []
            if with_it is None or len(found) != 1 or at < 0:
                raise CannotTarget(Obstacle.NOTE)
            said, (block, number) = with_it.apres, found[0]
            name = self.state(block.span.path).source.printed_leaves(block)[number].name
        else:
            if at < 0:
                raise CannotTarget(Obstacle.NOTE)
            said, at = current_words(place, remark, self.written_remarks(remark.projet, place))
            block, name = self.leaf(place, sent, remark.projet)
        path = block.span.path
        make = partial(
            paragraph_words.add_note, path=path, name=name, said=keys(said), after=words_before(said, at),
            words=remark.apres,
        )  # fmt: skip
        return ParagraphChange("note", (remark,), frozenset((path,)), name, make)

    def goal(self, remark: Remark, sent: Paragraphs, moved: DraftParagraph | None = None) -> tuple[str, int]:
        """The file and the leaf that a move or a merge leads to; where the paragraph moved stands, it is done."""
        place = sent.by_id.get(remark.vers)
        if place is None:
            raise CannotTarget(Obstacle.UNPLACED)
        if not place.block or place.copy:
            raise CannotTarget(Obstacle.STRUCTURE)
        block, at = self.find_block(place, sent, remark.projet)
        if moved and stands_beside(self.today, moved, block, at, remark.ou == ledger.BEFORE):
            raise CannotTarget(Obstacle.DONE)
        return block.span.path, self.state(block.span.path).source.printed_leaves(block)[at].name

    def movement(self, remark: Remark, place: DraftParagraph, sent: Paragraphs) -> ParagraphChange:
        """A whole paragraph put elsewhere, also after a title; raises `CannotTarget` for some words of one."""
        if remark.avant and likeness(remark.avant, place.text) < STILL_SAYS:
            raise CannotTarget(Obstacle.STRUCTURE)  # some words of it alone
        after, before = sent.by_id.get(remark.vers), remark.ou == ledger.BEFORE
        if after is not None and not after.block and not before:  # after a title: before what follows it
            after, before = _following(after, sent, place.association), True
            if after is None:
                raise CannotTarget(Obstacle.STRUCTURE)
        there = replace(remark, vers=after.id if after else "", ou=ledger.BEFORE if before else ledger.AFTER)
        goal, last = self.goal(there, sent, place)
        block, number = self.leaf(place, sent, remark.projet)
        path = block.span.path
        make = partial(restructuring.move, path=path, name=number, goal=goal, after=last, before=before)
        return ParagraphChange("move", (remark,), frozenset((path, goal)), number, make)

    def formatting(
        self, remark: Remark, place: DraftParagraph, path: str, number: int
    ) -> Callable[[EditedTexts], None]:
        """Words of a leaf made bold or italic, or a link; raises `CannotTarget` where they are so already."""
        leaf = self.state(path).leaf(number)
        look = next((look for look, word in ledger.LOOKS.items() if word == remark.apres), None)
        address = link_address(remark.apres)
        if (look is None and address is None) or remark.debut < 0:
            raise CannotTarget(Obstacle.FORMAT)
        if remark.masque and address:
            raise CannotTarget(Obstacle.MASKED)
        first, last = _covered(place.text, remark.debut, remark.end, leaf)
        now = set(leaf.looks[first:last]) if address is None else link_writing.goals(leaf, first, last)
        if now == {look if address is None else plain_address(address)}:
            raise CannotTarget(Obstacle.DONE)
        if address is not None:
            return partial(link_writing.link, path=path, name=number, first=first, last=last, address=address)
        return partial(restructuring.format_words, path=path, name=number, first=first, last=last, look=look or "")

    def picture(self, remark: Remark, place: DraftParagraph, sent: Paragraphs) -> ParagraphChange:
        """A picture described anew; raises `CannotTarget` for one put in, taken out or replaced."""
        block, _ = self.find_block(place, sent, remark.projet)
        path = block.span.path
        leaves = self.state(path).source.leaves
        shown = [(said, leaf.name) for leaf in leaves for said in link_writing.seen_beside_words([leaf.node])]
        was = [name for said, name in shown if said == fold_typography(remark.avant)]
        if not was and remark.apres and fold_typography(remark.apres) in dict(shown):
            raise CannotTarget(Obstacle.DONE)
        if len(was) != 1 or not remark.apres:
            raise CannotTarget(Obstacle.FORMAT)
        make = partial(link_writing.describe, path=path, name=was[0], words=remark.apres)
        return ParagraphChange("format", (remark,), frozenset((path,)), was[0], make)

    def changing(self, remark: Remark, place: DraftParagraph, path: str, number: int) -> Callable[[EditedTexts], None]:
        """Words of a leaf changed, ends of paragraphs among them or not; raises `CannotTarget`."""
        if remark.debut < 0 or (remark.fin < 0 and place.text[remark.debut : remark.end] != remark.avant):
            raise CannotTarget(Obstacle.UNPLACED)
        if " … " in remark.apres:
            raise CannotTarget(Obstacle.STRUCTURE)  # cut at several places, of which the first alone is known
        remark = changed_words(remark)
        base, start = current_words(place, remark, self.written_remarks(remark.projet, place))
        wanted = changes(base, start, start + remark.end - remark.debut, remark.apres.replace(MARK, CUT))
        wanted = [replace(one, before_call=bool(remark.appel)) for one in wanted]
        leaf = self.state(path).leaf(number)
        cut = MARK in remark.apres
        cites = cited_words(leaf) if self.cites_in_notes and not leaf.side_kind else []
        silent = [cite for cite in cites if leaf.words[cite.start] == "["]
        if cut:
            typed = list(carry_changes(wanted, keys(base), leaf.words))
        else:
            there = typed_words_changed(wanted, keys(base), leaf.words, silent)
            typed = [piece for one in there for piece in beside_citations(one, silent)]
            if any(one.start < cite.stop and cite.start < one.end for one in typed for cite in cites):
                raise CannotTarget(Obstacle.CROSSING)  # its note would go with the name that it prints
        printed = (
            list(carry_changes(wanted, keys(base), leaf.printed_words)) if leaf.printed_words is not None else typed
        )
        change = paragraph_breaks.change if cut else paragraph_words.change_words
        return partial(change_since, change=change, path=path, before=leaf, changes=typed, printed=printed)


def _following(title: DraftParagraph, sent: Paragraphs, association: str) -> DraftParagraph | None:
    """The paragraph that comes next after a title of ours: right below it, or further on where it is theirs."""
    places = list(sent.by_id.values())
    at = places.index(title)
    below = places[at + 1 : at + 4]
    found = next((place for place in below if place.block and not place.copy), None)
    return found if found is not None and (found is below[0] or found.association == association) else None


def _covered(text: str, start: int, end: int, leaf: Leaf) -> tuple[int, int]:
    """Which words of a leaf these letters of a printed paragraph are.

    Raises `CannotTarget` where they were changed since, `Crossing` where some are printed for what is no word.
    """
    printed = tokens(text)
    for words in (leaf.words, leaf.printed_words or ()):
        places = common_places([token.key for token in printed], words)
        mine = [places.get(n, -9) for n, token in enumerate(printed) if token.start < end and start < token.end]
        if mine and mine[0] >= 0 and mine == list(range(mine[0], mine[0] + len(mine))):
            if words is leaf.words:
                return mine[0], mine[-1] + 1
            raise Crossing
    raise CannotTarget(Obstacle.CHANGED)
