"""A returned file laid beside the draft it came from: every remark in it, each on its paragraph or to be placed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapport.diff.paragraph_matching import MatchMethod, ParagraphMatch
from rapport.diff.words import WordPositions
from rapport.language.folding import fold_typography
from rapport.office.tracked_text import NOTE, TrackedChange, TrackedDocument
from rapport.review.collect import ledger
from rapport.review.collect.aligned_return import QUOTED, AlignedReturn
from rapport.review.collect.comment_anchors import comments
from rapport.review.collect.edits import (
    MARK,
    ParagraphEdit,
    Unit,
    edits,
    join_lines,
    join_units,
    lead,
    strikes,
    typographic_changes,
)
from rapport.review.collect.formatting_changes import formatting_remarks
from rapport.review.collect.ledger import AFTER, BEFORE, Remark
from rapport.review.collect.moves import pair_moves, tracked_moves
from rapport.review.collect.note_changes import NoteChanges
from rapport.review.collect.pictures import picture_remarks
from rapport.review.collect.voices import without_voices
from rapport.review.freeze.draft_map import DraftParagraph, FrozenDraft

MADE_BY_US = ("toc", "header", "footer")
"""What a word processor fills in, and keeps for each kind of page: one more or less says nothing."""
FILLED_IN = "toc"  # differences that nobody tracked say nothing
LETTERS = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True, slots=True)
class ReadReturn:
    """What one file says: its remarks, how many paragraphs of the draft it has not (of an extract), emptied notes.

    `typography` counts where spaces, quotation marks or dashes alone differ, `voices` changes to children's words.
    """

    remarks: tuple[Remark, ...]
    missing: int = 0
    emptied: int = 0
    typography: int = 0
    voices: int = 0


def remarks(frozen: FrozenDraft, returned: TrackedDocument, reviewer: str, received: str) -> ReadReturn:
    """Every remark of a file; `reviewer` is whoever is not named in it."""
    laid = AlignedReturn(frozen, returned, reviewer, received)
    changes = _Changes(laid)
    found = [*changes.paragraphs(), *picture_remarks(laid), *formatting_remarks(laid), *comments(laid)]
    kept = tuple(without_voices(pair_moves(found, laid.places), laid.places))
    return ReadReturn(kept, laid.missing, laid.emptied, changes.typography, len(found) - len(kept))


class _Changes:
    """What was done to the paragraphs; `laid` says which is which."""

    def __init__(self, laid: AlignedReturn) -> None:
        self.laid, self.places, self.units, self.found = laid, laid.places, laid.units, laid.found
        self.unmatched_places = set(range(len(self.places))) - set(self.found.by_place)
        self.unmatched = [i for i in range(len(self.places)) if i not in self.found.by_place]
        self.moved_to = tracked_moves(self.units)
        self.typography = 0
        self.told: list[Remark] = []
        self.notes = NoteChanges(laid, self.moved_to, self.told)

    def paragraphs(self) -> list[Remark]:
        """What was done to the words, note by note after the paragraphs that call them."""
        for remark in self.collect():
            self.told.append(remark)  # one by one: some lead to those before
        return self.told

    def collect(self) -> Iterator[Remark]:
        for one in dict.fromkeys(self.found.by_place[i] for i in sorted(self.found.by_place)):
            call = self.notes.deleted_call(one)
            yield from self.notes.uncalled_notes(one, call) if call else self.paragraph_changes(one)
        new = [j for j in range(len(self.units)) if j not in self.found.by_unit]
        for j in sorted(new, key=lambda j: self.units[j].part == NOTE):
            caller = self.laid.calls.get(j)
            yield from self.notes.added_notes(j, caller) if caller else self.added_paragraphs(j, self.units[j])
        if not self.laid.missing:
            yield from self.deleted_paragraphs()

    def paragraph_changes(self, one: ParagraphMatch) -> Iterator[Remark]:
        """What was done to a paragraph, or to several that are one now."""
        mine = [self.units[j] for j in one.units]
        base, starts = self.laid.join(one.places)
        counted = [
            (start + a, start + b)
            for start, i in zip(starts, one.places, strict=True)
            for a, b in self.places[i].counted
        ]
        first = self.places[one.places[0]]
        proof = one.how.value
        if first.kind not in MADE_BY_US:
            yield from self.reshaping(one, base, mine)
        for edit in edits(base, join_units(mine), counted):
            if edit.struck:
                yield self.strike_remark(edit, one.places[0], proof)
            elif edit.is_tracked or not self.filled_in(first, mine):
                yield from self.edit_remarks(edit, one, base, starts)
        if first.kind != FILLED_IN:
            self.typography += typographic_changes(base, " ".join(here.text_sent for here in mine))
        for here, j in zip(mine, one.units, strict=True):
            if here.look:
                yield self.laid.remark(
                    ledger.FORMAT, one.places[0], here.look, avant=first.text.strip()[:QUOTED], preuve=proof
                )
            if here.joined and here.text_now.strip():
                yield from self.joined_after(j, one.places[-1], here, proof)

    def filled_in(self, place: DraftParagraph, mine: Sequence[Unit]) -> bool:
        """Whether a program made this paragraph what it is: contents, or a header that keeps nothing but numbers."""
        return place.kind == FILLED_IN or (place.part in MADE_BY_US and not LETTERS.search(mine[0].text_sent))

    def reshaping(self, one: ParagraphMatch, base: str, mine: Sequence[Unit]) -> Iterator[Remark]:
        """A paragraph put elsewhere, cut up, or made one with others, without any mark of change."""
        first, proof = self.places[one.places[0]], one.how.value
        if one.moved and any(map(str.isalpha, base)):  # rows of numbers that Word counts change places by themselves
            yield self.laid.remark(
                ledger.MOVE, one.places[0], None, avant=first.text.strip(), preuve=proof, **self.move_goal(one.units[0])
            )
        if len(one.units) > 1:
            yield self.laid.remark(ledger.SPLIT, one.places[0], None, preuve=proof, **self.cuts(base, mine))
        if len(one.places) > 1:
            words = f" {MARK} ".join(self.places[i].text.strip() for i in one.places)
            goal = self.places[one.places[-1]].id
            yield self.laid.remark(ledger.MERGE, one.places[0], None, preuve=proof, avant=words, vers=goal)

    def cuts(self, base: str, mine: Sequence[Unit]) -> dict[str, object]:
        """Where a paragraph was cut: the two words around each cut."""
        sent = " ".join(one.text_sent for one in mine)
        place, at = WordPositions(sent, base), 0
        said = []
        for one in mine[:-1]:
            at += len(one.text_sent)
            cut = place(at, end=True)
            left, right = base[:cut].rstrip(), base[cut:].lstrip()
            said.append((cut, f"{(left.split() or [''])[-1]} {MARK} {(right.split() or [''])[0]}"))
            at += 1
        before = said[0][1].replace(f" {MARK} ", " ")
        start = base.find(before, max(said[0][0] - len(before), 0))
        return {"debut": start, "avant": before if start >= 0 else "", "apres": " … ".join(text for _, text in said)}

    def edit_remarks(
        self, edit: ParagraphEdit, one: ParagraphMatch, base: str, starts: Sequence[int]
    ) -> Iterator[Remark]:
        """One change, on the paragraph that its words are in."""
        at = max(n for n, start in enumerate(starts) if start <= edit.start)
        i, start = one.places[at], edit.start - starts[at]
        end = min(edit.end - starts[at], len(self.places[i].text))
        text = self.places[i].text
        proof, new = one.how.value, edit.new
        if edit.look:
            yield self.laid.remark(
                ledger.FORMAT, i, edit.change, debut=start, avant=text[start:end], apres=new, preuve=proof
            )
            return
        if edit.change and edit.change.move in self.moved_to and edit.change.move:
            if new.strip(f" {MARK}"):
                return  # the other end of a move, which is told where the words were
            goal = self.moved_to[edit.change.move]
            yield self.laid.remark(
                ledger.MOVE, i, edit.change, debut=start, avant=text[start:end], preuve=proof, **self.move_goal(goal)
            )
            return
        if MARK in new:
            yield from self.break_remarks(edit, i, start, end, proof)
            return
        old = text[start:end]
        if fold_typography(old) == fold_typography(new):
            self.typography += 1
        else:
            start += len(old) - len(old.lstrip())
            doubt = ledger.FORMULA if self.in_formula(one, new) else ""
            yield self.laid.remark(
                _kind(old, new), i, edit.change, debut=start, avant=old.strip(), apres=new.strip(), preuve=proof,
                doute=doubt,
            )  # fmt: skip

    def in_formula(self, one: ParagraphMatch, new: str) -> bool:
        """Whether new words have the letters of a formula among them."""
        runs = (run for j in one.units for run in self.units[j].runs if run.formula)
        return any(run.text.strip() and run.text.strip() in new for run in runs)

    def strike_remark(self, edit: ParagraphEdit, place: int | None, proof: str) -> Remark:
        """Words that somebody struck after another had put them in: an answer to that remark, against it."""
        goal = next((r for r in self.told[::-1] if r.suivi and edit.struck in join_lines(r.apres)), None)
        if goal is not None:
            place, proof = goal.place if goal.is_placed else None, goal.preuve
        return self.laid.remark(
            ledger.DELETION, place, edit.change, avant=edit.struck, preuve=proof, repond_a=goal.id if goal else ""
        )

    def break_remarks(self, edit: ParagraphEdit, i: int, start: int, end: int, proof: str) -> Iterator[Remark]:
        """A change with an end of paragraph in it: a cut, or whole paragraphs put before or after."""
        text, words = self.places[i].text, edit.new.strip(f" {MARK}")
        shown = re.sub(rf"\s*{MARK}\s*", f" {MARK} ", edit.new).strip()
        if not words and start == end and text[:start].strip() and text[end:].strip():
            left, right = text[:start].rstrip(), text[start:].lstrip()
            near = (left.split()[-1], right.split()[0])
            begin = len(left) - len(near[0])
            old = text[begin : len(text) - len(right) + len(near[1])]
            yield self.laid.remark(
                ledger.SPLIT, i, edit.change, debut=begin, avant=old, apres=f" {MARK} ".join(near), preuve=proof
            )
        elif start == end and words and not text[end:].strip() and edit.new.startswith(MARK):
            for new in _paragraphs(words):
                yield self.laid.remark(ledger.INSERTION, i, edit.change, apres=new, ou=AFTER, preuve=proof)
        elif start == end and words and not text[:start].strip() and edit.new.endswith(MARK):
            for new in _paragraphs(words):
                yield self.put_between(new, edit, self.found.by_place[i].units[0], i, proof)
        elif words or text[start:end].strip():
            old = text[start:end]
            start += len(old) - len(old.lstrip())
            yield self.laid.remark(
                _kind(old, shown), i, edit.change, debut=start, avant=old.strip(), apres=shown, preuve=proof
            )

    def put_between(self, words: str, edit: ParagraphEdit, j: int, i: int, proof: str) -> Remark:
        """A new paragraph before another: it belongs after the one before, if that is of the same hand."""
        before = self.laid.neighbour(j, -1)
        owned = bool(self.places[i].block)
        if before is not None and (self.laid.same_hand(before, i) or (self.places[before].block and not owned)):
            return self.laid.remark(ledger.INSERTION, before, edit.change, apres=words, ou=AFTER, preuve=proof)
        doubt = self.laid.authors_around(before, i)
        return self.laid.remark(ledger.INSERTION, i, edit.change, apres=words, ou=BEFORE, preuve=proof, doute=doubt)

    def joined_after(self, j: int, i: int, here: Unit, proof: str) -> Iterator[Remark]:
        """A paragraph whose end was deleted goes on with what is left of those after it."""
        for after in range(j + 1, len(self.units)):
            other = self.units[after]
            if other.part != here.part:
                return
            if other.text_now.strip():
                found = self.found.by_unit.get(after)
                if found is not None:
                    goal = self.places[found.places[0]]
                    shown = f"{self.places[i].text.strip()} {MARK} {goal.text.strip()}"
                    yield self.laid.remark(ledger.MERGE, i, here.joined, avant=shown, vers=goal.id, preuve=proof)
                return
            if other.joined is None:
                return

    # ------------------------------------------------------------ paragraphs that one of the two has not

    def added_paragraphs(self, j: int, here: Unit) -> Iterator[Remark]:
        """A paragraph of the file that is none of the draft's: new, or one that cannot be told apart."""
        sent = here.text_sent.strip()
        said = here.text_now if sent else here.put_in
        words = " ".join(said.replace(MARK, f" {MARK} ").split()).strip(f" {MARK}")
        changes = [run.inserted for run in here.runs if run.inserted]
        if here.part in MADE_BY_US or not words or (sent and here.item.is_counted):
            return
        if not sent:
            yield from self.placed_new(j, words, changes[0])
            yield from (self.strike_remark(edit, None, "") for edit in strikes(here.runs))
            return
        before, after = self.laid.neighbour(j, -1), self.laid.neighbour(j, 1)
        if sent and self.in_contents(before, after):
            return
        if sent and self.free(before, after, here.part):
            yield self.laid.remark(
                ledger.INSERTION, None, None, apres=words, doute=self.candidates(before, after, here.part)
            )
            return
        yield from self.placed_new(j, words, None)

    def placed_new(self, j: int, words: str, change: TrackedChange | None) -> Iterator[Remark]:
        """A new paragraph between its neighbours, after the one whose hand it is of."""
        if change is not None and change.move in self.moved_to and change.move:
            return
        before, after = self.laid.neighbour(j, -1), self.laid.neighbour(j, 1)
        if before is not None and (after is None or self.laid.same_hand(before, after) or not self.places[after].block):
            yield self.laid.remark(
                ledger.INSERTION, before, change, apres=words, ou=AFTER, preuve=MatchMethod.POSITION.value
            )
        elif after is not None and (before is None or not self.places[before].block):
            yield self.laid.remark(
                ledger.INSERTION, after, change, apres=words, ou=BEFORE, preuve=MatchMethod.POSITION.value
            )
        else:
            doubt = self.laid.authors_around(before, after)
            yield self.laid.remark(
                ledger.INSERTION, before, change, apres=words, ou=AFTER, preuve=MatchMethod.POSITION.value, doute=doubt
            )

    def deleted_paragraphs(self) -> Iterator[Remark]:
        """The paragraphs of the draft that are no longer in the file."""
        for i, place in enumerate(self.places):
            if place.part == NOTE and (self.laid.emptied or self.laid.callers.get(i, -1) in self.unmatched_places):
                continue  # emptied by a program, or gone with its paragraph
            if (
                i not in self.found.by_place
                and not place.item.is_counted
                and place.kind not in MADE_BY_US
                and place.part not in MADE_BY_US
            ):
                words, proof = place.text.strip(), MatchMethod.POSITION.value
                yield self.laid.remark(ledger.DELETION, i, None, debut=lead(place.text), avant=words, preuve=proof)

    def in_contents(self, before: int | None, after: int | None) -> bool:
        return any(i is not None and self.places[i].kind == "toc" for i in (before, after))

    def free(self, before: int | None, after: int | None, part: str) -> list[DraftParagraph]:
        """The places between two neighbours that nothing matches: a new paragraph may be one of them rewritten."""
        first = -1 if before is None else before
        last = len(self.places) if after is None else after
        between = self.unmatched[bisect_right(self.unmatched, first) : bisect_left(self.unmatched, last)]
        return [self.places[i] for i in between if self.places[i].part == part]

    def candidates(self, before: int | None, after: int | None, part: str) -> str:
        return " / ".join(place.id for place in self.free(before, after, part)[:5])

    # ------------------------------------------------------------ moves

    def move_goal(self, j: int) -> dict[str, str]:
        """What a move leads to: after which paragraph."""
        before = self.laid.neighbour(j, -1)
        found = self.found.by_unit.get(j)
        if found is not None and not found.moved and not self.units[j].text_sent.strip():
            before = found.places[0]
        if before is None:
            return {}
        return {"vers": self.places[before].id, "apres": self.places[before].text.strip()[:QUOTED], "ou": AFTER}


def _kind(old: str, new: str) -> str:
    """What a change is to a reader, whatever word beside it was taken in to say where it is."""
    if not old.strip():
        return ledger.INSERTION
    if not new.strip():
        return ledger.DELETION
    if new.startswith(old) or new.endswith(old):
        return ledger.INSERTION
    return ledger.DELETION if old.startswith(new) or old.endswith(new) else ledger.REPLACEMENT


def _paragraphs(words: str) -> list[str]:
    return [piece for part in words.split(MARK) if (piece := part.strip())]
