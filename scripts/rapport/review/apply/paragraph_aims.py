"""What each accepted remark on whole paragraphs asks for: which leaf of which contribution, and how it is changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rapport.diff.alignment import common_places
from rapport.diff.markdown_alignment import changes, keys, tokens
from rapport.diff.thresholds import KNOWN_WORDS, STILL_SAYS
from rapport.model import Block, Draft
from rapport.review.apply import paragraph_breaks, restructuring
from rapport.review.apply.edited_texts import EditedTexts, TextState
from rapport.review.apply.leaves import LeafSource, leaves
from rapport.review.apply.paragraph_breaks import CUT
from rapport.review.apply.session import Paragraphs
from rapport.review.apply.splice import Crossing
from rapport.review.apply.targets import CannotTarget, CurrentReport, Obstacle, as_it_stands, carried, likeness
from rapport.review.collect import ledger
from rapport.review.collect.edits import MARK
from rapport.review.collect.ledger import Remark
from rapport.review.freeze.draft_map import DraftParagraph


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """What one or several remarks ask for: its kind, the files it touches, and how it is made on texts in memory."""

    kind: str
    remarks: tuple[Remark, ...]
    paths: frozenset[str]
    name: int
    make: Callable[[EditedTexts], None]


class ParagraphAims:
    """The remarks on whole paragraphs, laid on the texts of today; `applied`: those written, by draft and paragraph."""

    def __init__(
        self, root: Path, drafts: Mapping[str, Draft], today: CurrentReport,
        applied: Mapping[tuple[int, str], list[Remark]],
    ) -> None:  # fmt: skip
        self.root, self.drafts, self.today, self.applied = root, drafts, today, applied
        self.raw: dict[str, bytes] = {}
        self.opened: dict[str, TextState] = {}

    def aimed(self, remark: Remark, sent: Paragraphs) -> ParagraphChange:
        place = sent.by_id.get(remark.bloc)
        if place is None:
            raise CannotTarget(Obstacle.UNPLACED)
        if remark.masque:
            raise CannotTarget(Obstacle.MASKED)
        if remark.doute and remark.genre == ledger.INSERTION:
            raise CannotTarget(Obstacle.NOTE if remark.doute == ledger.NOTE else Obstacle.DOUBT)
        if not place.block or place.copy:
            raise CannotTarget(Obstacle.STRUCTURE if place.copy else Obstacle.EDITOR)
        if remark.ou and remark.genre == ledger.INSERTION:
            return self.insertion(remark, place, sent)
        if self.is_done(remark, place, sent):
            raise CannotTarget(Obstacle.DONE)
        block, number = self.leaf(place, sent, remark.projet)
        one = partial(ParagraphChange, remarks=(remark,), name=number)
        path = block.span.path
        here = frozenset((path,))
        if remark.genre == ledger.FORMAT:
            return one("format", paths=here, make=self.formatting(remark, place, path, number))
        if remark.genre == ledger.MOVE:
            return self.movement(remark, place, sent, path, number)
        if remark.genre == ledger.MERGE:
            goal, last = self.goal(remark, sent)
            if goal != path:
                raise CannotTarget(Obstacle.STRUCTURE)
            return one("merge", paths=here, make=partial(paragraph_breaks.merge, path=path, name=number, last=last))
        if not remark.apres.strip(f" {MARK}") and remark.genre != ledger.SPLIT:
            return one("delete", paths=here, make=partial(restructuring.delete, path=path, name=number))
        return one("change", paths=here, make=self.changing(remark, place, path, number))

    def written(self, draft: int, place: DraftParagraph) -> list[Remark]:
        """The remarks that were written into a paragraph of a draft."""
        return self.applied.get((draft, place.id), [])

    def leaf(self, place: DraftParagraph, sent: Paragraphs, draft: int) -> tuple[Block, int]:
        """The block of today that a paragraph of a draft is in, and the name of the leaf that it is."""
        nowhere = Remark("", draft, ledger.INSERTION, debut=len(place.text))
        base, _ = as_it_stands(place, nowhere, self.written(draft, place))
        block, number = self.today.find(place, base, sent)
        state = self.state(block.span.path)
        return block, state.source.of_block(block)[number].name

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
                    mine, said = source.of_block(block), self.today.said[block.id]
                    if len(mine) != len(said):
                        raise CannotTarget(Obstacle.STRUCTURE)
                    printed |= {leaf.name: tuple(keys(p.text)) for leaf, p in zip(mine, said, strict=True)}
                    recommended |= {leaf.name for leaf in mine if block.recommendation is not None and not leaf.beside}
            known = [
                replace(leaf, printed=printed.get(leaf.name), recommended=leaf.name in recommended)
                for leaf in source.leaves
            ]
            self.opened[path] = TextState(LeafSource(draft, known))
        return self.opened[path]

    def insertion(self, remark: Remark, place: DraftParagraph, sent: Paragraphs) -> ParagraphChange:
        words = keys(remark.apres)
        if len(words) >= KNOWN_WORDS and any(
            keys(p.text) == words
            for block in self.today.blocks
            if block.association == place.association
            for p in self.today.said[block.id]
        ):
            raise CannotTarget(Obstacle.DONE)
        if remark.ou not in (ledger.AFTER, ledger.BEFORE):
            raise CannotTarget(Obstacle.PARAGRAPH)
        block, number = self.leaf(place, sent, remark.projet)
        path, before = block.span.path, remark.ou == ledger.BEFORE
        make = partial(restructuring.insert, path=path, name=number, words=remark.apres, before=before)
        return ParagraphChange("insert", (remark,), frozenset((path,)), number, make)

    def goal(self, remark: Remark, sent: Paragraphs) -> tuple[str, int]:
        """The file and the leaf that a move or a merge leads to."""
        place = sent.by_id.get(remark.vers)
        if place is None:
            raise CannotTarget(Obstacle.UNPLACED)
        if not place.block or place.copy:
            raise CannotTarget(Obstacle.STRUCTURE)
        block, number = self.leaf(place, sent, remark.projet)
        return block.span.path, number

    def movement(
        self, remark: Remark, place: DraftParagraph, sent: Paragraphs, path: str, number: int
    ) -> ParagraphChange:
        if remark.avant and likeness(remark.avant, place.text) < STILL_SAYS:
            raise CannotTarget(Obstacle.STRUCTURE)  # some words of it alone
        after, before = sent.by_id.get(remark.vers), remark.ou == ledger.BEFORE
        if after is not None and not after.block and not before:  # after a title: before what follows it
            after, before = _following(after, sent), True
            if after is None or after.association != place.association:
                raise CannotTarget(Obstacle.STRUCTURE)
        goal, last = self.goal(replace(remark, vers=after.id if after else ""), sent)
        make = partial(restructuring.move, path=path, name=number, goal=goal, after=last, before=before)
        return ParagraphChange("move", (remark,), frozenset((path, goal)), number, make)

    def formatting(
        self, remark: Remark, place: DraftParagraph, path: str, number: int
    ) -> Callable[[EditedTexts], None]:
        look = next((look for look, word in ledger.LOOKS.items() if word == remark.apres), None)
        if look is None or remark.debut < 0:
            raise CannotTarget(Obstacle.FORMAT)
        leaf = self.state(path).leaf(number)
        first, last = _covered(place.text, remark.debut, remark.end, leaf.words)
        if set(leaf.looks[first:last]) == {look}:
            raise CannotTarget(Obstacle.DONE)
        return partial(restructuring.format_words, path=path, name=number, first=first, last=last, look=look)

    def changing(self, remark: Remark, place: DraftParagraph, path: str, number: int) -> Callable[[EditedTexts], None]:
        if remark.debut < 0 or (remark.fin < 0 and place.text[remark.debut : remark.end] != remark.avant):
            raise CannotTarget(Obstacle.UNPLACED)
        if " … " in remark.apres:
            raise CannotTarget(Obstacle.STRUCTURE)  # cut at several places, of which the first alone is known
        base, start = as_it_stands(place, remark, self.written(remark.projet, place))
        wanted = changes(base, start, start + remark.end - remark.debut, remark.apres.replace(MARK, CUT))
        leaf = self.state(path).leaf(number)
        typed = list(carried(wanted, keys(base), leaf.words))
        printed = list(carried(wanted, keys(base), leaf.printed)) if leaf.printed is not None else typed
        return partial(paragraph_breaks.change, path=path, name=number, changes=typed, printed=printed)

    def is_done(self, remark: Remark, place: DraftParagraph, sent: Paragraphs) -> bool:
        """Whether the texts say already what a remark asks for."""
        mine = [p.text for block in self.today.blocks if block.association == place.association
                for p in self.today.said[block.id]]  # fmt: skip
        if remark.genre == ledger.DELETION and MARK not in remark.apres and len(keys(place.text)) >= KNOWN_WORDS:
            return all(likeness(place.text, text) < STILL_SAYS for text in mine)
        words = [keys(text) for text in mine]
        if remark.genre == ledger.SPLIT and remark.debut >= 0 and " … " not in remark.apres:
            halves = (place.text[: remark.debut] + remark.apres + place.text[remark.end :]).split(MARK)
            return len(halves) > 1 and all(keys(half) in words for half in halves)
        if remark.genre == ledger.MERGE and (other := sent.by_id.get(remark.vers)):
            return keys(f"{place.text} {other.text}") in words
        return False

    def rows(self, wanted: Sequence[ParagraphChange]) -> list[ParagraphChange]:
        """Cells of one row that all go are one change; others that go by themselves cannot be made."""
        cells: dict[tuple[str, int, int], list[ParagraphChange]] = defaultdict(list)
        rest: list[ParagraphChange] = []
        for one in wanted:
            (path, *more) = sorted(one.paths)
            leaf = self.opened[path].leaf(one.name) if not more and one.kind == "delete" else None
            if leaf is not None and leaf.row >= 0:
                cells[(path, leaf.passage, leaf.row)].append(one)
            else:
                rest.append(one)
        for (path, _, row), together in sorted(cells.items(), key=lambda one: -one[0][2]):
            del row
            names = [one.name for one in together]
            remarks = tuple(remark for one in together for remark in one.remarks)
            make = partial(restructuring.delete_row, path=path, names=names)
            rest.append(ParagraphChange("delete", remarks, frozenset((path,)), names[0], make))
        return rest


def _following(title: DraftParagraph, sent: Paragraphs) -> DraftParagraph | None:
    """The paragraph of a text that comes next after a title of ours."""
    places = list(sent.by_id.values())
    at = places.index(title)
    return next((place for place in places[at + 1 : at + 4] if place.block and not place.copy), None)


def _covered(text: str, start: int, end: int, words: Sequence[str]) -> tuple[int, int]:
    """Which words of a leaf these letters of a printed paragraph are; raises `Crossing`."""
    printed = tokens(text)
    places = common_places([token.key for token in printed], words)
    mine = [places.get(n, -9) for n, token in enumerate(printed) if token.start < end and start < token.end]
    if not mine or mine != list(range(mine[0], mine[0] + len(mine))) or mine[0] < 0:
        raise Crossing
    return mine[0], mine[-1] + 1
