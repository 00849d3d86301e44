"""What was done to the words of a paragraph, made into remarks: each on the paragraph of the draft that it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from rapport.diff.paragraph_matching import ParagraphMatch
from rapport.language.folding import fold_typography
from rapport.review.collect import ledger
from rapport.review.collect.aligned_return import AlignedReturn
from rapport.review.collect.edits import MARK, ParagraphEdit, join_lines, lead
from rapport.review.collect.formatting_changes import asked_by_look, changed_look
from rapport.review.collect.ledger import AFTER, BEFORE, Remark
from rapport.review.collect.reshaping import move_goal


class EditedStretch(Struct, frozen=True):
    """Where an edit stands in the draft: the paragraph, from which letter to which of its text, and the proof of it."""

    place: int
    text: str
    start: int
    end: int
    proof: str

    @property
    def old(self) -> str:
        return self.text[self.start : self.end]

    @property
    def is_empty(self) -> bool:
        return not self.old.strip()

    @property
    def words_before(self) -> str:
        return self.text[: self.start].rstrip()

    @property
    def words_after(self) -> str:
        return self.text[self.end :].lstrip()


def edited_stretch(
    laid: AlignedReturn, edit: ParagraphEdit, match: ParagraphMatch, starts: Sequence[int]
) -> EditedStretch:
    """Where an edit stands; `starts` says where each of the matched paragraphs begins in their joined words."""
    n = max(n for n, start in enumerate(starts) if start <= edit.start)
    place = match.places[n]
    text = laid.places[place].text
    return EditedStretch(place, text, edit.start - starts[n], min(edit.end - starts[n], len(text)), match.method.value)


def strike_remark(
    laid: AlignedReturn, edit: ParagraphEdit, place: int | None, proof: str, earlier: Sequence[Remark]
) -> Remark:
    """Words that somebody struck after another had put them in: an answer to that remark, against it."""
    goal = next((r for r in earlier[::-1] if r.suivi and edit.struck_words in join_lines(r.apres)), None)
    if goal is not None:
        place, proof = goal.place if goal.is_placed else None, goal.preuve
    return laid.remark(
        ledger.DELETION, place, edit.change, avant=edit.struck_words, preuve=proof, repond_a=goal.id if goal else ""
    )


class WordRemarks:
    """The remarks on words; `moved_to` says where each tracked move went, `typography` counts what is not told."""

    def __init__(self, laid: AlignedReturn, moved_to: Mapping[str, int]) -> None:
        self.laid, self.moved_to = laid, moved_to
        self.typography = 0

    def remarks(self, edit: ParagraphEdit, match: ParagraphMatch, starts: Sequence[int]) -> Iterator[Remark]:
        """One change, on the paragraph that its words are in."""
        stretch = edited_stretch(self.laid, edit, match, starts)
        if edit.look:
            look = changed_look(self.laid, stretch.place, stretch.start + lead(stretch.old), edit.look)
            kind, new = asked_by_look(look)
            yield self.remark(kind, edit, stretch, new)
        elif edit.change and edit.change.move and edit.change.move in self.moved_to:
            yield from self.move_remarks(edit, stretch)
        elif MARK in edit.new:
            yield from self.break_remarks(edit, stretch)
        elif fold_typography(stretch.old) == fold_typography(edit.new):
            self.typography += 1
        else:
            doubt = ledger.FORMULA if self.in_formula(match, edit.new) else ""
            put_in = self.rewording(edit, stretch, edit.new, doubt)
            yield replace(put_in, appel=self.call_behind(match, put_in))

    def remark(self, kind: str, edit: ParagraphEdit, stretch: EditedStretch, new: str) -> Remark:
        """A remark on a stretch of words that was edited, at its place in the paragraph."""
        return self.laid.remark(
            kind, stretch.place, edit.change, debut=stretch.start, avant=stretch.old, apres=new, preuve=stretch.proof
        )

    def rewording(self, edit: ParagraphEdit, stretch: EditedStretch, new: str, doubt: str = "") -> Remark:
        """Words put in, struck or replaced, without the spaces around them."""
        old = stretch.old
        start = stretch.start + len(old) - len(old.lstrip())
        return self.laid.remark(
            _kind(old, new), stretch.place, edit.change, debut=start, avant=old.strip(), apres=new.strip(),
            preuve=stretch.proof, doute=doubt,
        )  # fmt: skip

    def move_remarks(self, edit: ParagraphEdit, stretch: EditedStretch) -> Iterator[Remark]:
        """A tracked move, told where the words were; its other end says nothing more."""
        if not edit.new.strip(f" {MARK}"):
            goal = move_goal(self.laid, self.moved_to[edit.change.move if edit.change else ""])
            yield self.laid.remark(
                ledger.MOVE, stretch.place, edit.change, debut=stretch.start, avant=stretch.old, preuve=stretch.proof,
                **goal,
            )  # fmt: skip

    def call_behind(self, match: ParagraphMatch, remark: Remark) -> str:
        """Whether the call of a note of the draft stands right behind words that were put in."""
        lines = [self.laid.returned.lines[n] for j in match.units for n in self.laid.units[j].lines]
        before = [line.accepted_words_before(call.run) for line in lines for call in line.calls if not call.insertion]
        is_behind = any(join_lines(words).endswith(join_lines(remark.apres)) for words in before)
        return AFTER if is_behind and remark.genre == ledger.INSERTION else ""

    def in_formula(self, match: ParagraphMatch, new: str) -> bool:
        """Whether new words have the letters of a formula among them."""
        runs = (run for j in match.units for run in self.laid.units[j].runs if run.formula)
        return any(run.text.strip() and run.text.strip() in new for run in runs)

    def break_remarks(self, edit: ParagraphEdit, stretch: EditedStretch) -> Iterator[Remark]:
        """A change with an end of paragraph in it: a cut, or whole paragraphs put before or after."""
        words = edit.new.strip(f" {MARK}")
        if not words and stretch.is_empty and stretch.words_before and stretch.words_after:
            yield self.cut(edit, stretch)
        elif words and stretch.is_empty and not stretch.words_after and edit.new.startswith(MARK):
            for new in _paragraphs(words):
                yield self.laid.remark(
                    ledger.INSERTION, stretch.place, edit.change, apres=new, ou=AFTER, preuve=stretch.proof
                )
        elif words and stretch.is_empty and not stretch.words_before and edit.new.endswith(MARK):
            for new in _paragraphs(words):
                yield self.remark_on_paragraph_before(new, edit, stretch)
        elif words or stretch.old.strip():
            yield self.rewording(edit, stretch, re.sub(rf"\s*{MARK}\s*", f" {MARK} ", edit.new).strip())

    def cut(self, edit: ParagraphEdit, stretch: EditedStretch) -> Remark:
        """A paragraph cut in two, told by the two words around the cut."""
        left, right = stretch.words_before, stretch.words_after
        before, after = left.split()[-1], right.split()[0]
        start, end = len(left) - len(before), len(stretch.text) - len(right) + len(after)
        return self.laid.remark(
            ledger.SPLIT, stretch.place, edit.change, debut=start, avant=stretch.text[start:end],
            apres=f"{before} {MARK} {after}", preuve=stretch.proof,
        )  # fmt: skip

    def remark_on_paragraph_before(self, words: str, edit: ParagraphEdit, stretch: EditedStretch) -> Remark:
        """A new paragraph before another: it belongs after the one before, if that is of the same hand."""
        place, side, doubt = stretch.place, BEFORE, ""
        before = self.laid.neighbour(self.laid.found.by_place[place].units[0], -1)
        owned = bool(self.laid.places[place].block)
        mine = before is not None and bool(self.laid.places[before].block)
        if before is not None and (self.laid.same_hand(before, place) or (mine and not owned)):
            place, side = before, AFTER
        elif mine or not owned:
            doubt = self.laid.authors_around(before, place)
        return self.laid.remark(
            ledger.INSERTION, place, edit.change, apres=words, ou=side, preuve=stretch.proof, doute=doubt
        )


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
