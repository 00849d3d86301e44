"""Notes put in, or taken out with their call: each under the paragraph that calls it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rapport.diff.paragraph_matching import ParagraphMatch
from rapport.diff.words import WordPositions
from rapport.language.folding import fold_typography
from rapport.review.collect import ledger
from rapport.review.collect.aligned_return import AlignedReturn, NoteCaller
from rapport.review.collect.edits import MARK, join_lines, lead
from rapport.review.collect.ledger import AFTER, Remark

BEHIND = 40  # letters beside the two places of a call that has moved


class NoteChanges:
    """The notes of a file; `earlier` are the remarks so far, `moved_to` where each tracked move went."""

    def __init__(self, laid: AlignedReturn, moved_to: Mapping[str, int], earlier: Sequence[Remark]) -> None:
        self.laid, self.moved_to, self.earlier = laid, moved_to, earlier
        self.places, self.units, self.found = laid.places, laid.units, laid.found

    def deleted_call(self, one: ParagraphMatch) -> NoteCaller | None:
        """The call of a note of the draft, where somebody took it out."""
        caller = self.laid.calls.get(one.units[0])
        return caller if caller is not None and caller.call.deletion else None

    def uncalled_notes(self, one: ParagraphMatch, caller: NoteCaller) -> Iterator[Remark]:
        """A note whose call was taken out goes whole; without a word where its paragraph went or moved with it."""
        change = caller.call.deletion
        if (change and change.move in self.moved_to) or not self.units[caller.unit].text_now.strip(f" {MARK}"):
            return
        for i in one.places:
            text = self.places[i].text
            yield self.laid.remark(
                ledger.DELETION, i, change, debut=lead(text), avant=text.strip(), preuve=one.method.value
            )

    def moved_call(self, one: ParagraphMatch) -> Iterator[Remark]:
        """A note that is called elsewhere in its paragraph, though the words around both places are the same."""
        moved = self.laid.moved_call(one)
        if moved is None or not moved.is_moved:
            return
        start, end = sorted((moved.old_place, moved.new_place))
        around = fold_typography(moved.words[max(0, start - BEHIND) : end + BEHIND])
        if around in fold_typography(self.units[moved.unit].text_sent):
            words, behind = self.places[one.places[0]].text.strip(), moved.words[: moved.new_place].strip()[-BEHIND:]
            said = {"avant": words, "apres": behind, "ou": AFTER, "doute": ledger.CALL, "preuve": one.method.value}
            yield self.laid.remark(ledger.MOVE, one.places[0], None, debut=lead(words), **said)

    def added_notes(self, j: int, caller: NoteCaller) -> Iterator[Remark]:
        """A note that is none of its paragraph's: new, at the place where it is called, or come with its paragraph."""
        note = self.units[j]
        words = " ".join((note.text_now or note.inserted_words).split())
        if not words:
            return
        change = caller.call.insertion or next((run.insertion for run in note.runs if run.insertion), None)
        if change is not None and change.move and change.move in self.moved_to:
            return
        said: dict[str, Any] = {"apres": words, "ou": AFTER, "doute": ledger.NOTE}
        with_it, before = self.paragraph_of(caller)
        found = self.found.by_unit.get(caller.unit)
        if with_it is not None:
            said |= {"avec": with_it.id, "ou": with_it.ou, "preuve": with_it.preuve, "debut": before}
            yield self.laid.remark(ledger.INSERTION, with_it.place if with_it.is_placed else None, change, **said)
        elif found is not None:
            base, starts = self.laid.join(found.places)
            at = WordPositions(self.units[caller.unit].text_sent, base)(caller.start, end=True)
            n = max(n for n, start in enumerate(starts) if start <= at)
            said |= {"debut": at - starts[n], "preuve": found.method.value}
            yield self.laid.remark(ledger.INSERTION, found.places[n], change, **said)
        else:
            yield self.laid.remark(ledger.INSERTION, self.laid.neighbour(caller.unit, -1), change, **said)

    def paragraph_of(self, caller: NoteCaller) -> tuple[Remark | None, int]:
        """The remark on the new paragraph that calls a note, and how many letters of it stand before the call."""
        lines = [self.laid.returned.lines[n] for n in self.units[caller.unit].lines]
        calling = next((line for line in lines if caller.call in line.calls), None)
        words = join_lines(calling.text_now if calling else "")
        new = (r for r in self.earlier if r.genre == ledger.INSERTION and r.ou and r.doute != ledger.NOTE)
        near = [self.laid.neighbour(caller.unit, step) for step in (-1, 1)]
        same = [r for r in new if words and words == join_lines(r.apres)]
        found = next((r for r in same if r.place in near), next(iter(same), None))
        return found, len(join_lines(calling.accepted_words_before(caller.call.run))) if calling else -1
