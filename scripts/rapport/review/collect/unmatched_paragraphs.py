"""Paragraphs that either the draft or the returned file has not: added, deleted, or not to be told apart."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from rapport.diff.paragraph_matching import MatchMethod
from rapport.office.tracked_text import NOTE, TrackedChange
from rapport.review.collect import ledger
from rapport.review.collect.aligned_return import AlignedReturn
from rapport.review.collect.edits import MARK, Unit, lead, strikes
from rapport.review.collect.ledger import AFTER, BEFORE, Remark
from rapport.review.collect.word_remarks import strike_remark
from rapport.review.freeze.draft_map import DraftParagraph

MADE_BY_US = ("toc", "header", "footer")
"""What a word processor fills in, and keeps for each kind of page: one more or less says nothing."""


class UnmatchedParagraphs:
    """The remarks on them; `moved_to` says where each tracked move went, `earlier` are the remarks so far."""

    def __init__(self, laid: AlignedReturn, moved_to: Mapping[str, int], earlier: Sequence[Remark]) -> None:
        self.laid, self.moved_to, self.earlier = laid, moved_to, earlier
        self.places = laid.places
        self.unmatched = [i for i in range(len(self.places)) if i not in laid.found.by_place]

    def added_remarks(self, j: int) -> Iterator[Remark]:
        """A paragraph of the file that is none of the draft's: new, or one that cannot be told apart."""
        here = self.laid.units[j]
        sent, words = here.text_sent.strip(), _new_words(here)
        if here.part in MADE_BY_US or not words or (sent and here.item.is_counted):
            return
        if not sent:
            change = next(run.insertion for run in here.runs if run.insertion)
            yield from self.placed_insertion(j, words, change)
            yield from (strike_remark(self.laid, edit, None, "", self.earlier) for edit in strikes(here.runs))
            return
        before, after = self.laid.neighbour(j, -1), self.laid.neighbour(j, 1)
        if any(i is not None and self.places[i].kind == "toc" for i in (before, after)):
            return
        if candidates := self.candidates(before, after, here.part):
            doubt = " / ".join(place.id for place in candidates[:5])
            yield self.laid.remark(ledger.INSERTION, None, None, apres=words, doute=doubt)
            return
        yield from self.placed_insertion(j, words, None)

    def placed_insertion(self, j: int, words: str, change: TrackedChange | None) -> Iterator[Remark]:
        """A new paragraph between its neighbours, after the one whose hand it is of."""
        if change is not None and change.move in self.moved_to and change.move:
            return
        before, after = self.laid.neighbour(j, -1), self.laid.neighbour(j, 1)
        place, side, doubt = before, AFTER, ""
        if before is not None and (after is None or self.laid.same_hand(before, after) or not self.places[after].block):
            pass
        elif after is not None and (before is None or not self.places[before].block):
            place, side = after, BEFORE
        else:
            doubt = self.laid.authors_around(before, after)
        proof = MatchMethod.POSITION.value
        yield self.laid.remark(ledger.INSERTION, place, change, apres=words, ou=side, preuve=proof, doute=doubt)

    def deletion_remarks(self) -> Iterator[Remark]:
        """The paragraphs of the draft that are no longer in the file."""
        unmatched = set(self.unmatched)
        for i in self.unmatched:
            place = self.places[i]
            if place.part == NOTE and (self.laid.emptied or self.laid.callers.get(i, -1) in unmatched):
                continue  # emptied by a program, or gone with its paragraph
            if not place.item.is_counted and place.kind not in MADE_BY_US and place.part not in MADE_BY_US:
                words, proof = place.text.strip(), MatchMethod.POSITION.value
                yield self.laid.remark(ledger.DELETION, i, None, debut=lead(place.text), avant=words, preuve=proof)

    def candidates(self, before: int | None, after: int | None, part: str) -> list[DraftParagraph]:
        """The places between two neighbours that nothing matches: a new paragraph may be one of them rewritten."""
        first = -1 if before is None else before
        last = len(self.places) if after is None else after
        between = self.unmatched[bisect_right(self.unmatched, first) : bisect_left(self.unmatched, last)]
        return [self.places[i] for i in between if self.places[i].part == part]


def _new_words(unit: Unit) -> str:
    """What a new paragraph says, its ends marked; one put in whole says what was struck out of it since too."""
    words = unit.text_now if unit.text_sent.strip() else unit.inserted_words
    return " ".join(words.replace(MARK, f" {MARK} ").split()).strip(f" {MARK}")
