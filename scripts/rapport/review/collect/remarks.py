"""A returned file laid beside the draft it came from: every remark in it, each on its paragraph or to be placed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from rapport.diff.paragraph_matching import ParagraphMatch
from rapport.office.tracked_text import NOTE, TrackedDocument
from rapport.review.collect import ledger
from rapport.review.collect.aligned_return import QUOTED, AlignedReturn
from rapport.review.collect.comment_anchors import comments
from rapport.review.collect.edits import MARK, ParagraphEdit, Unit, edits, join_units, typographic_changes
from rapport.review.collect.formatting_changes import formatting_remarks
from rapport.review.collect.ledger import Remark
from rapport.review.collect.moves import pair_moves, tracked_moves
from rapport.review.collect.note_changes import NoteChanges
from rapport.review.collect.pictures import picture_remarks
from rapport.review.collect.reshaping import joining_remarks, reshaping_remarks, words_at_cuts
from rapport.review.collect.unmatched_paragraphs import MADE_BY_US, UnmatchedParagraphs
from rapport.review.collect.voices import without_voices
from rapport.review.collect.word_remarks import WordRemarks, strike_remark
from rapport.review.freeze.draft_map import DraftParagraph, FrozenDraft

FILLED_IN = "toc"  # differences that nobody tracked say nothing
LETTERS = re.compile(r"[^\W\d_]{3}")


class ReadReturn(Struct, frozen=True):
    """What one file says: its remarks, how many paragraphs of the draft it has not (of an extract), emptied notes.

    `typography` counts where spaces, quotation marks or dashes alone differ, `voices` changes to children's words.
    """

    remarks: tuple[Remark, ...]
    missing_paragraphs: int = 0
    emptied_notes: int = 0
    typography: int = 0
    voices: int = 0


def remarks(frozen: FrozenDraft, returned: TrackedDocument, reviewer: str, received: str) -> ReadReturn:
    """Every remark of a file; `reviewer` is whoever is not named in it."""
    laid = AlignedReturn(frozen, returned, reviewer, received)
    changes = _Changes(laid)
    told = [*changes.remarks(), *picture_remarks(laid), *formatting_remarks(laid), *comments(laid)]
    found = list(pair_moves(told, laid.places))
    kept = tuple(without_voices(found, laid))
    return ReadReturn(kept, laid.missing, laid.emptied, changes.typography, len(found) - len(kept))


class _Changes:
    """What was done to the paragraphs; `laid` says which is which."""

    def __init__(self, laid: AlignedReturn) -> None:
        self.laid, self.places, self.units, self.matching = laid, laid.places, laid.units, laid.found
        moved_to = tracked_moves(self.units)
        self.earlier: list[Remark] = []
        self.words = WordRemarks(laid, moved_to)
        self.notes = NoteChanges(laid, moved_to, self.earlier)
        self.unmatched = UnmatchedParagraphs(laid, moved_to, self.earlier)
        self.typography = 0

    def remarks(self) -> list[Remark]:
        """What was done to the words, note by note after the paragraphs that call them."""
        for remark in self.collect():
            self.earlier.append(remark)  # one by one: some lead to those before
        self.typography += self.words.typography
        return self.earlier

    def collect(self) -> Iterator[Remark]:
        for match in dict.fromkeys(self.matching.by_place[i] for i in sorted(self.matching.by_place)):
            call = self.notes.deleted_call(match)
            yield from self.notes.uncalled_notes(match, call) if call else self.paragraph_remarks(match)
            yield from () if call else self.notes.moved_call(match)
        new = [j for j in range(len(self.units)) if j not in self.matching.by_unit]
        for j in sorted(new, key=lambda j: self.units[j].part == NOTE):
            caller = self.laid.calls.get(j)
            yield from self.notes.added_notes(j, caller) if caller else self.unmatched.added_remarks(j)
        if not self.laid.missing:
            yield from self.unmatched.deletion_remarks()

    def paragraph_remarks(self, match: ParagraphMatch) -> Iterator[Remark]:
        """What was done to a paragraph, or to several that are one now."""
        units = [self.units[j] for j in match.units]
        base, starts = self.laid.join(match.places)
        first, proof = match.places[0], match.method.value
        place = self.places[first]
        changes = list(edits(base, join_units(units), self.counted_ranges(match, starts)))
        changes, cuts = words_at_cuts(base, units, changes)
        if place.kind not in MADE_BY_US:
            yield from reshaping_remarks(self.laid, match, base, _kept_apart(starts, changes), cuts)
        for edit in changes:
            if edit.struck_words:
                yield strike_remark(self.laid, edit, first, proof, self.earlier)
            elif edit.is_tracked or not _is_filled_in(place, units):
                yield from self.words.remarks(edit, match, starts)
        if place.kind != FILLED_IN:
            self.typography += typographic_changes(base, " ".join(unit.text_sent for unit in units))
        for j, unit in zip(match.units, units, strict=True):
            if unit.look:
                words = place.text.strip()[:QUOTED]
                yield self.laid.remark(ledger.FORMAT, first, unit.look, avant=words, preuve=proof)
            if unit.joining and unit.text_now.strip():
                yield from joining_remarks(self.laid, j, match.places[-1], proof)

    def counted_ranges(self, match: ParagraphMatch, starts: Sequence[int]) -> list[tuple[int, int]]:
        """Where the joined words of matched paragraphs hold numbers that a word processor counts."""
        return [
            (start + a, start + b)
            for start, i in zip(starts, match.places, strict=True)
            for a, b in self.places[i].counted
        ]


def _kept_apart(starts: Sequence[int], changes: Iterable[ParagraphEdit]) -> set[int]:
    """Which of several paragraphs begin where an end of paragraph was put in: LibreOffice marks as new the end that
    was there already, when paragraphs come in before it and after it."""
    ends = {at for edit in changes if MARK in edit.new for at in range(edit.start, edit.end + 2)}
    return {n for n, start in enumerate(starts) if n and ends & {start - 1, start}}


def _is_filled_in(place: DraftParagraph, units: Sequence[Unit]) -> bool:
    """Whether a program made this paragraph what it is: contents, or a header that keeps nothing but numbers."""
    return place.kind == FILLED_IN or (place.part in MADE_BY_US and not LETTERS.search(units[0].text_sent))
