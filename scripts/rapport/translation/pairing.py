"""Which English belongs to which French: by reference, and where the French has changed, by what it was.

A block that moved is followed, one that changed keeps its English, to be revised; English whose French is gone is kept.
English written for a confidential passage (the mark `.confidentiel`) belongs to confidential French alone: where the
passage is no longer so, it is set aside for the editor, who takes the mark off or writes it anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from msgspec import Struct

from rapport.diff.thresholds import ENGLISH_OF
from rapport.translation.file import CHECKED, CONFIDENTIAL, REMOVED, REVISE, TranslationEntry
from rapport.translation.source_blocks import Original


class PairState(Enum):
    """How far the translation of a block has come."""

    MISSING = "missing"
    REVISE = "revise"
    DONE = "done"


class Pair(Struct, frozen=True):
    """A French block and its English; `is_changed` says that the English was made of other words."""

    original: Original
    entry: TranslationEntry | None = None
    is_changed: bool = False

    @property
    def state(self) -> PairState:
        if self.entry is None or not self.entry.english:
            return PairState.MISSING
        return PairState.REVISE if self.is_changed or REVISE in self.entry.marks else PairState.DONE

    @property
    def is_checked(self) -> bool:
        """Whether somebody has said that the differences from the French are meant."""
        return self.entry is not None and CHECKED in self.entry.marks and not self.is_changed


class Pairing(Struct, frozen=True):
    """The blocks of a text in its order with their English; English that is left over; a reference given twice."""

    pairs: tuple[Pair, ...]
    leftover_entries: tuple[TranslationEntry, ...]
    duplicate_entries: tuple[TranslationEntry, ...]


def pair(originals: Sequence[Original], entries: Sequence[TranslationEntry]) -> Pairing:
    """Give each French block its English."""
    found: dict[str, TranslationEntry] = {}
    twice: list[TranslationEntry] = []
    left: list[TranslationEntry] = []
    known = {original.ref: original for original in originals}
    for entry in entries:
        ref = entry.ref if entry.ref in known else entry.quoted_reference
        again = REMOVED in entry.marks and ref in found and bool(found[ref].english)
        if again or ref not in known or not _may_have(known[ref], entry):
            left.append(entry)
        elif ref not in found or not found[ref].english:
            found[ref] = entry
        elif entry.english:
            twice.append(entry)
    changed = _nearest([o for o in originals if o.ref not in found or not found[o.ref].english], left)
    taken = {id(entry) for entry in changed.values()}
    return Pairing(
        tuple(Pair(o, changed.get(o.ref) or found.get(o.ref), o.ref in changed) for o in originals),
        tuple(entry for entry in left if id(entry) not in taken and entry.english),
        tuple(twice),
    )


def _may_have(original: Original, entry: TranslationEntry) -> bool:
    """Whether English may stand for a block: what was confidential is never printed beside what is not."""
    return original.confidential or CONFIDENTIAL not in entry.marks


def _nearest(originals: Sequence[Original], entries: Sequence[TranslationEntry]) -> Mapping[str, TranslationEntry]:
    """For French that has no English, the English of the block most like it, most alike first."""
    entries = [entry for entry in entries if entry.english and REMOVED not in entry.marks]
    if not originals or not entries:
        return {}
    from rapidfuzz import fuzz  # late: most texts have not changed

    french = [" ".join(original.quote.split()) for original in originals]
    before = [" ".join(entry.quote.split()) for entry in entries]
    alike = sorted(
        (-fuzz.ratio(now, then, score_cutoff=ENGLISH_OF), i, j)
        for i, now in enumerate(french)
        for j, then in enumerate(before)
        if _may_have(originals[i], entries[j])
    )
    found: dict[str, TranslationEntry] = {}
    used: set[int] = set()
    for score, i, j in alike:
        if -score >= ENGLISH_OF and originals[i].ref not in found and j not in used:
            found[originals[i].ref] = entries[j]
            used.add(j)
    return found
