"""A returned file laid beside the draft that it came from: what is where, and how a remark on it is made."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from rapport.diff.paragraph_matching import Item, MatchMethod, ParagraphMatch, match_paragraphs
from rapport.diff.thresholds import EMPTIED, EXTRACT
from rapport.diff.words import WordPositions
from rapport.language.folding import fold_typography
from rapport.office.tracked_text import BODY, NOTE, NoteCall, TrackedDocument, TrackedParagraph, box, units
from rapport.review.collect import ledger
from rapport.review.collect.edits import Unit, unit
from rapport.review.collect.ledger import Remark
from rapport.review.freeze.draft_map import FrozenDraft, notes_by_caller

ANONYMOUS = re.compile(
    r"|auteur( inconnu)?|author|unknown( author)?|utilisateur.*|user|windows user|microsoft office user"
    r"|propri[ée]taire|owner",
    re.IGNORECASE,
)
BLANK = Item("", frozenset(), "blank")  # a paragraph that says nothing is like no other
NEAR = 3  # letters between two places of a call that are one
QUOTED = 400  # signs of the words that a comment hangs on


class NoteCaller(Struct, frozen=True):
    """The paragraph that calls a note, the call, and how many letters of the paragraph as sent stand before it."""

    unit: int
    call: NoteCall
    start: int


class MovedCall(Struct, frozen=True):
    """The paragraph that calls a note, its words as sent, and how many letters stand before the call: then and now."""

    unit: int
    words: str
    old_place: int
    new_place: int

    @property
    def is_moved(self) -> bool:
        """Whether these are two places."""
        return abs(self.new_place - self.old_place) > NEAR


def _calls(returned: Sequence[Unit]) -> dict[int, NoteCaller]:
    """Where each note is called, by its paragraphs."""
    notes: dict[str, list[int]] = {}
    for j, one in enumerate(returned):
        if one.note:
            notes.setdefault(one.note, []).append(j)
    return {
        n: NoteCaller(j, placed.call, placed.start)
        for j, one in enumerate(returned) for placed in one.calls for n in notes.get(placed.call.note, ())
    }  # fmt: skip


def _old_notes(calls: Mapping[int, NoteCaller]) -> dict[int, list[int]]:
    """The notes of each paragraph that were not put in since, as far as the file says."""
    found: dict[int, list[int]] = {}
    for n, caller in calls.items():
        if caller.call.insertion is None:
            found.setdefault(caller.unit, []).append(n)
    return found


class AlignedReturn:
    """The paragraphs of a file, those of its draft, and which is which."""

    def __init__(self, frozen: FrozenDraft, returned: TrackedDocument, reviewer: str, received: str) -> None:
        self.frozen, self.returned, self.received, self.reviewer = frozen, returned, received, reviewer
        self.places = frozen.places
        lines = _cut(returned.lines, frozen.folded_texts)
        read = (unit(indices, lines) for indices in units(lines))
        called = {call.note for line in lines for call in line.calls}
        seen = (one for one in read if not one.note or one.note in called)  # nobody sees a note without a call
        self.units = list(_once(one for one in seen if one.text_sent.strip() or one.is_changed))
        self.at_line = {line: j for j, one in enumerate(self.units) for line in one.lines}
        items = [one.item for one in self.units]
        self.index = {place.id: i for i, place in enumerate(self.places)}
        self.calls = _calls(self.units)
        notes = {n: list(names) for n, names in notes_by_caller(self.places).items()}
        self.found = match_paragraphs(
            frozen.items,
            [i if i.text.strip() else BLANK for i in items],
            notes,
            _old_notes(self.calls),
        )
        self.callers = {n: i for i, names in notes.items() for n in names}
        for one in [self.found.by_place[n] for n in self.callers if n in self.found.by_place]:
            if one.method is MatchMethod.POSITION and not self._called_there(one):
                self.found.drop(one)
        self.before = self._neighbours(range(len(self.units)), -1)
        self.after = self._neighbours(reversed(range(len(self.units))), 0)
        self.seen: dict[str, int] = {}
        body = [i for i, place in enumerate(self.places) if place.part == BODY]
        kept = sum(1 for i in body if i in self.found.by_place)
        self.missing = len(body) - kept if kept < EXTRACT * len(body) else 0
        self.emptied = self._emptied()

    def _called_there(self, one: ParagraphMatch) -> bool:
        """Whether a note that says something else altogether is called where the draft's was."""
        moved = self.moved_call(one)
        return moved is None or not moved.is_moved

    def moved_call(self, one: ParagraphMatch) -> MovedCall | None:
        """Where the call of a note of the draft stands now, and where it stood; None where that is not known."""
        place, caller = self.places[one.places[0]], self.calls.get(one.units[0])
        here = self.callers.get(one.places[0])
        found = self.found.by_unit.get(caller.unit) if caller else None
        if caller is None or found is None or here not in found.places or place.call < 0:
            return None
        base, starts = self.join(found.places)
        now = WordPositions(self.units[caller.unit].text_sent, base)(caller.start, end=True)
        before = starts[found.places.index(here)] + place.call
        return MovedCall(caller.unit, base, before, now)

    def join(self, places: Sequence[int]) -> tuple[str, list[int]]:
        """The words of paragraphs, a space between them, and where each begins."""
        base = ""
        starts: list[int] = []
        for i in places:
            base = f"{base} " if starts else base
            starts.append(len(base))
            base += self.places[i].text
        return base, starts

    def neighbour(self, j: int, step: int) -> int | None:
        """The place of the nearest paragraph before or after one, in its part, that stands where it stood."""
        return self.before[j] if step < 0 else self.after[j]

    def _neighbours(self, order: Iterable[int], end: int) -> dict[int, int | None]:
        """For each paragraph the first or last place (`end`) of the one met before it in this order."""
        near: dict[int, int | None] = {}
        last, part = None, ""
        for j in order:
            if self.units[j].part != part:
                last, part = None, self.units[j].part
            near[j] = last
            found = self.found.by_unit.get(j)
            if found is not None and not found.is_moved:
                last = found.places[end]
        return near

    def _emptied(self) -> int:
        """How many notes are called but say nothing: LibreOffice empties them all where a comment comes early."""
        written = {line.note: False for line in self.returned.lines if line.note}
        written |= {
            line.note: True for line in self.returned.lines if line.note and (line.text_sent + line.text_now).strip()
        }
        empty = sum(1 for words in written.values() if not words)
        return empty if empty > EMPTIED * sum(1 for place in self.places if place.part == NOTE) else 0

    def same_hand(self, one: int, other: int) -> bool:
        """Whether two places of the draft were written by the same association."""
        left, right = self.places[one], self.places[other]
        return bool(left.block) and left.association == right.association

    def authors_around(self, before: int | None, after: int | None) -> str:
        """The associations of the places before and after, once each."""
        names = [self.places[i].association for i in (before, after) if i is not None]
        return " / ".join(dict.fromkeys(name for name in names if name))

    def remark(self, kind: str, place: int | None, change: object, **said: Any) -> Remark:
        """A remark of this file, under its id."""
        author, date = getattr(change, "author", ""), getattr(change, "date", "")
        if said.get("debut", -1) >= 0:  # the ledger keeps no spaces around words
            words = said.get("avant", "")
            said |= {"avant": words.strip(), "debut": said["debut"] + len(words) - len(words.lstrip())}
        made = Remark(
            id="", projet=self.frozen.number, genre=kind, relecteur=self.reviewer_name(author), date=date,
            suivi=change is not None and kind != ledger.COMMENT, recu=self.received, **said,
        )  # fmt: skip
        if place is not None:
            here = self.places[place]
            made = replace(
                made, place=place, bloc=here.id, paragraphe=here.label or here.number, association=here.association,
                fichier=here.path, ligne=here.line,
            )  # fmt: skip
        return ledger.assign_identifiers(made, self.seen)

    def reviewer_name(self, author: str) -> str:
        """Who a comment is by: the reviewer of the file where its program hid the name."""
        return self.reviewer if ANONYMOUS.fullmatch(author.strip()) else author.strip()


def _cut(lines: Sequence[TrackedParagraph], known: Container[str]) -> tuple[TrackedParagraph, ...]:
    """An end of paragraph after words put in, where the draft has one paragraph: RTF does not say who put it there."""
    here = list(lines)
    for at, (line, after) in enumerate(pairwise(lines)):
        change = line.runs[-1].insertion if line.runs and not line.splitting else None
        if change is None or box(line) != box(after):
            continue
        words, more = line.text_sent, after.text_sent
        if words.strip() and more.strip() and fold_typography(words + more) in known:
            here[at] = replace(line, splitting=change)
    return tuple(here)


def _once(made: Iterator[Unit]) -> Iterator[Unit]:
    """Headers and footers once: word processors keep one for each kind of page."""
    seen: set[tuple[str, str, str]] = set()
    for one in made:
        known = (one.part, one.text_sent, one.text_now)
        if one.part in ("header", "footer") and known in seen:
            continue
        seen.add(known)
        yield one
