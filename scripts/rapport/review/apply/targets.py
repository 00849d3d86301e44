"""What an accepted remark is aimed at in the texts of today: which block, which paragraph, which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from rapport.diff.alignment import common_places
from rapport.diff.markdown_alignment import WordChange, changes, keys
from rapport.diff.thresholds import KNOWN_WORDS, STILL_SAYS
from rapport.model import Block, Report
from rapport.review.apply.printed_paragraphs import NOTE, PrintedParagraph
from rapport.review.apply.project_copy import Trial
from rapport.review.apply.session import Paragraphs
from rapport.review.collect import ledger
from rapport.review.collect.edits import MARK
from rapport.review.collect.ledger import Remark
from rapport.review.freeze.draft_map import DraftParagraph

MADE = ("toc", "header", "footer")
STRUCTURE = (ledger.MOVE, ledger.SPLIT, ledger.MERGE)


class Obstacle(StrEnum):
    """Why an accepted remark is not written into a text."""

    UNPLACED = "unplaced"
    COMMENT = "comment"
    FORMAT = "format"
    STRUCTURE = "structure"
    PARAGRAPH = "paragraph"
    MADE = "made"
    ENTRY = "entry"
    EDITOR = "editor"
    HEADER = "header"
    CHANGED = "changed"
    SPACES = "spaces"
    OVERLAP = "overlap"
    CROSSING = "crossing"
    ENCODING = "encoding"
    UNPROVED = "unproved"
    RULE = "rule"
    DONE = "done"
    MASKED = "masked"
    DOUBT = "doubt"
    NOTE = "note"
    FORMULA = "formula"
    CALL = "call"


BY_HAND = {ledger.FORMULA: Obstacle.FORMULA, ledger.CALL: Obstacle.CALL}
"""The doubts of what is told, and written by the editor."""


class CannotTarget(Exception):
    """This remark cannot be aimed at words of a contribution."""

    def __init__(self, why: Obstacle) -> None:
        super().__init__(why)
        self.why = why


class Target(Struct, frozen=True):
    """A remark, the block and the paragraph of it that it changes, and its changes, in tokens of that paragraph."""

    remark: Remark
    block: Block
    paragraph: int
    changes: tuple[WordChange, ...]


class WriteResult(Struct, frozen=True):
    """Files as they are to be, and what became of each remark: file and line it was written on, or why it was not.

    `trial`: the last one made, of these files or of others.
    """

    files: Mapping[str, bytes]
    lines: Mapping[str, tuple[str, int]]
    obstacles: Mapping[str, tuple[Obstacle, str]]
    trial: Trial | None = None


class CurrentReport:
    """The report of today and what its blocks print."""

    def __init__(self, report: Report, said: Mapping[str, tuple[PrintedParagraph, ...]]) -> None:
        self.said = said
        self.words = {id: [keys(paragraph.text) for paragraph in printed] for id, printed in said.items()}
        self.blocks = [block for block in report.blocks if block.id in said]
        self.associations = {block.association for block in self.blocks}
        self.by_digest: dict[str, list[Block]] = {}
        for block in self.blocks:
            self.by_digest.setdefault(block.digest, []).append(block)

    def aim(self, remark: Remark, sent: Paragraphs, applied: Iterable[Remark]) -> Target:
        """What a remark is about today; raises `CannotTarget`.

        `sent` are the paragraphs of the remark's draft, `applied` the remarks already written there.
        """
        place = check_place(remark, sent.by_id.get(remark.bloc))
        if remark.appel:
            raise CannotTarget(Obstacle.CROSSING)
        remark = changed_words(remark)
        base, start = current_words(place, remark, applied)
        own = place
        if place.copy:
            own = next((p for p in sent.by_block[place.block] if not p.copy), place)
        try:
            block, number = self.find(own, base if own is place else own.text, sent)
        except CannotTarget:
            now = base[:start] + remark.apres + base[start + remark.end - remark.debut :]
            if own is place and len(self.saying(place, now)) == 1:
                raise CannotTarget(Obstacle.DONE) from None
            raise
        wanted = changes(base, start, start + remark.end - remark.debut, remark.apres)
        if not wanted:
            raise CannotTarget(Obstacle.SPACES)
        text = self.said[block.id][number].text
        return Target(remark, block, number, tuple(carry_changes(wanted, keys(base), keys(text))))

    def find(self, place: DraftParagraph, base: str, sent: Paragraphs) -> tuple[Block, int]:
        """The block and the paragraph of it that print these words today."""
        same = [b for b in self.by_digest.get(place.digest, ()) if self.same_hand(b, place)]
        if len(same) > 1:
            same = [block for block in same if block.id == place.block]
        note = place.part == NOTE
        if same:
            said = [(n, p) for n, p in enumerate(self.said[same[0].id]) if (p.side_kind == NOTE) == note]
            twins = [p.id for p in sent.by_block[place.block] if not p.copy and p.text == place.text]
            best = sorted(said, key=lambda one: -likeness(base, one[1].text))
            if best and likeness(base, best[0][1].text) >= STILL_SAYS:
                alike = sorted(n for n, p in said if p.text == best[0][1].text)
                return same[0], alike[min(twins.index(place.id), len(alike) - 1)] if place.id in twins else alike[0]
            raise CannotTarget(Obstacle.CHANGED)
        found = self.saying(place, base)
        if len(found) != 1:
            found = list(self.at_its_place(place, base, sent))
        if len(found) != 1:
            raise CannotTarget(Obstacle.CHANGED)
        return found[0]

    def at_its_place(self, place: DraftParagraph, base: str, sent: Paragraphs) -> Iterator[tuple[Block, int]]:
        """The paragraphs that say these words where a block has them that has hardly changed since: a short cell."""
        before = [one for one in sent.by_block[place.block] if not one.copy and one.part != NOTE]
        if place not in before or len(before) < 2:
            return
        at, whole = before.index(place), " ".join(one.text for one in before)
        for block in self.blocks:
            said = [(n, p) for n, p in enumerate(self.said[block.id]) if p.side_kind != NOTE]
            same = len(said) == len(before) and self.same_hand(block, place) and keys(said[at][1].text) == keys(base)
            if same and likeness(whole, " ".join(p.text for _, p in said)) >= STILL_SAYS:
                yield block, said[at][0]

    def same_hand(self, block: Block, place: DraftParagraph) -> bool:
        """Whether a block is of a paragraph's association; one that has no text any more was renamed."""
        return block.association == place.association or place.association not in self.associations

    def saying(self, place: DraftParagraph, words: str) -> list[tuple[Block, int]]:
        """The paragraphs of the same association that say just these words."""
        wanted = keys(words)
        return [
            (block, n)
            for block in self.blocks
            if self.same_hand(block, place)
            for n, paragraph in enumerate(self.said[block.id])
            if (paragraph.side_kind == NOTE) == (place.part == NOTE) and is_exactly(wanted, self.words[block.id][n])
        ]


def check_place(remark: Remark, place: DraftParagraph | None) -> DraftParagraph:
    """The paragraph that a remark changes the words of; raises `CannotTarget` where it wants something else."""
    if place is None:
        raise CannotTarget(Obstacle.UNPLACED)
    if remark.genre == ledger.COMMENT:
        raise CannotTarget(Obstacle.COMMENT)
    if place.kind in MADE or place.part in MADE:
        raise CannotTarget(Obstacle.MADE)
    if place.kind == "entry":
        raise CannotTarget(Obstacle.ENTRY)
    if not place.block:
        raise CannotTarget(Obstacle.HEADER if place.path.endswith(".md") else Obstacle.EDITOR)
    check_words(remark, place, Obstacle.STRUCTURE)
    return place


def check_words(remark: Remark, place: DraftParagraph, structure: Obstacle) -> None:
    """Raises `CannotTarget` where a remark wants something else than words of one paragraph put for others."""
    if remark.genre == ledger.COMMENT:
        raise CannotTarget(Obstacle.COMMENT)
    if remark.masque:
        raise CannotTarget(Obstacle.MASKED)
    if remark.doute in BY_HAND:
        raise CannotTarget(BY_HAND[remark.doute])
    if changes_paragraphs(remark) or empties_paragraph(remark, place):
        raise CannotTarget(Obstacle.PARAGRAPH if remark.ou and structure is Obstacle.STRUCTURE else structure)
    if remark.debut < 0 or (remark.fin < 0 and place.text[remark.debut : remark.end] != remark.avant):
        raise CannotTarget(Obstacle.UNPLACED)


def changes_paragraphs(remark: Remark) -> bool:
    """Whether a remark changes more than the words of one paragraph."""
    structural = remark.genre in (*STRUCTURE, ledger.FORMAT, ledger.PICTURE) or MARK in remark.apres + remark.avant
    return structural or bool(remark.vers or remark.ou)


def empties_paragraph(remark: Remark, place: DraftParagraph | None) -> bool:
    """Whether a remark leaves nothing of its paragraph."""
    if place is None or remark.apres.strip() or remark.genre == ledger.COMMENT or remark.debut < 0:
        return False
    return not keys(place.text[: remark.debut] + place.text[remark.end :])


def current_words(place: DraftParagraph, remark: Remark, applied: Iterable[Remark]) -> tuple[str, int]:
    """The words of a paragraph of the draft with what was written there since, and where the remark's begin now."""
    text, start = place.text, remark.debut
    words = [changed_words(one) for one in applied if not changes_paragraphs(one)]
    for one in sorted(words, key=lambda r: r.debut, reverse=True):
        if one.debut < remark.end and remark.debut < one.end:
            raise CannotTarget(Obstacle.OVERLAP)
        text = text[: one.debut] + one.apres + text[one.end :]
        start += len(one.apres) - (one.end - one.debut) if one.end <= remark.debut else 0
    return text, start


def changed_words(remark: Remark) -> Remark:
    """The remark without the words at both ends that stay: others may have changed those that it quotes."""
    if remark.fin >= 0 or remark.debut < 0:
        return remark
    old, new = remark.avant, remark.apres
    lead = _shared(old, new)
    old, new = old[lead:], new[lead:]
    tail = _shared(old[::-1], new[::-1])
    return replace(remark, debut=remark.debut + lead, avant=old[: len(old) - tail], apres=new[: len(new) - tail])


def _shared(one: str, other: str) -> int:
    """How many letters two texts begin alike with, up to the end of a word in both."""
    most = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    following = one[most : most + 1] + other[most : most + 1]
    while most and one[most - 1].isalnum() and any(map(str.isalnum, following)):
        most, following = most - 1, one[most - 1]
    return most


def carry_changes(wanted: Sequence[WordChange], printed: Sequence[str], today: Sequence[str]) -> Iterable[WordChange]:
    """Changes of one text as changes of another that hardly differs; raises `CannotTarget`."""
    places = common_places(printed, today)
    for change in wanted:
        if change.start < change.end:
            there = [places.get(n, -9) for n in range(change.start, change.end)]
            if there != list(range(there[0], there[0] + len(there))):
                raise CannotTarget(Obstacle.CROSSING)
            first, last = there[0], there[-1] + 1
        else:
            first = last = places.get(change.start, -9) if change.start < len(printed) else len(today)
        before = places.get(change.start - 1, -9)
        if first < 0 or (first > 0 and before != first - 1):
            raise CannotTarget(Obstacle.CROSSING)
        if change.end < len(printed) and last < len(today) and places.get(change.end) != last:
            raise CannotTarget(Obstacle.CROSSING)
        yield replace(change, start=first, end=last)


def likeness(one: str, other: str) -> float:
    """From 0 to 1: how many comparable words two texts have in common, in order."""
    left, right = keys(one), keys(other)
    return 2 * len(common_places(left, right)) / max(len(left) + len(right), 1)


def is_exactly(printed: Sequence[str], today: Sequence[str]) -> bool:
    """Whether a paragraph says just this; a number or label may stand before it."""
    return len(today) >= KNOWN_WORDS and list(printed[len(printed) - len(today) :]) == list(today)
