"""Which paragraph of the draft each returned paragraph is: exact, then alike, by bookmark, by place between neighbours.

A paragraph that nothing speaks for stays without one: a remark in the wrong place is worse than one to be placed by
hand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from msgspec import Struct, field

from rapport.diff.alignment import PairingStep, common_places, longest_rising, pair_in_order
from rapport.diff.thresholds import (
    AHEAD,
    ALIKE,
    ALIKE_MARKED,
    JOINED_GAIN,
    JOINED_SAME,
    LONG,
    MARKED_BONUS,
    MOVED_PAIRS,
    PARAGRAPH_PAIRS,
    RUN,
    SURE,
)
from rapport.diff.words import keys, likeness
from rapport.language.folding import fold_typography

NOTE = "note"  # the part in which notes stand
NUMBER, LETTER = re.compile(r"#|\d+"), re.compile(r"[^\W\d_]")


class MatchMethod(StrEnum):
    """What speaks for a match."""

    EXACT = "exact"
    ALIKE = "proche"
    BOOKMARK = "signet"
    POSITION = "position"


class Item(Struct, frozen=True):
    """A paragraph to be matched: its words, its bookmarks, and what kind of place it stands in.

    In `text` each number that a word processor counts is « # »; `printed_text` are the words as a reader sees them, the
    same in a file that keeps those numbers as mere text.
    """

    text: str
    names: frozenset[str] = frozenset()
    part: str = "body"
    table: bool = False
    printed_text: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether a word processor counts all that it says: such a cell comes and goes by itself."""
        return "#" in self.text and not any(map(str.isalnum, self.text))

    @property
    def visible_text(self) -> str:
        return self.printed_text or self.text

    def likeness(self, other: Item) -> float:
        """How much two paragraphs say the same, whether or not both keep what is counted as fields."""
        alike = likeness(self.visible_text, other.visible_text)
        counted = (self.visible_text, other.visible_text) != (self.text, other.text)
        return max(alike, likeness(self.text, other.text)) if counted and alike < 1 else alike


Callers = Mapping[int, Sequence[int]]
"""The notes that a paragraph calls, by the paragraph."""
NOBODY: Callers = MappingProxyType({})
Saying = Callable[[Item], str]
"""What is compared of a paragraph."""


class ParagraphMatch(Struct, frozen=True):
    """Places of the draft and returned paragraphs that are the same: one and one, one and several, several and one."""

    places: tuple[int, ...]
    units: tuple[int, ...]
    method: MatchMethod
    likeness: float
    is_moved: bool = False


class Matching(Struct):
    """Every match, and where each paragraph is in it."""

    by_place: dict[int, ParagraphMatch] = field(default_factory=dict)
    by_unit: dict[int, ParagraphMatch] = field(default_factory=dict)

    def drop(self, match: ParagraphMatch) -> None:
        """Forget a match, so that its places and units are free again."""
        for i in match.places:
            del self.by_place[i]
        for j in match.units:
            del self.by_unit[j]

    def add(self, match: ParagraphMatch) -> None:
        """Keep a match under each of its places and units."""
        self.by_place |= dict.fromkeys(match.places, match)
        self.by_unit |= dict.fromkeys(match.units, match)

    def gaps(self, here: list[int], there: list[int]) -> list[tuple[list[int], list[int]]]:
        """The unmatched stretches between paragraphs that match in order."""
        ordered = [
            (m.places[0], m.units[0], m)
            for m in dict.fromkeys(self.by_place[i] for i in here if i in self.by_place)
            if not m.is_moved
        ]
        found, last_i, last_j = [], -1, -1
        left, right = [i for i in here if i not in self.by_place], [j for j in there if j not in self.by_unit]
        if not left or not right:
            return []
        for i, j, one in [*ordered, (10**9, 10**9, None)]:
            if j <= last_j:
                continue
            stretch = (_between(left, last_i, i), _between(right, last_j, j))
            if stretch[0] and stretch[1]:
                found.append(stretch)
            if one is not None:
                last_i, last_j = one.places[-1], one.units[-1]
        return found


def match_paragraphs(
    places: Sequence[Item], units: Sequence[Item], place_notes: Callers = NOBODY, unit_notes: Callers = NOBODY
) -> Matching:  # fmt: skip
    """The returned paragraphs laid beside those of the draft, part by part.

    Notes are those of the paragraph that calls them: they are laid beside those of the same paragraph alone, and
    those that nobody calls beside their like. `place_notes` and `unit_notes` are the notes of each paragraph.
    """
    found = Matching()
    part = _Part(places, units, found)
    for name in dict.fromkeys(item.part for item in places):
        if name != NOTE:
            here = [i for i, item in enumerate(places) if item.part == name]
            there = [j for j, item in enumerate(units) if item.part == name]
            part.match(here, there)
    for one in dict.fromkeys(found.by_place.values()):
        here = [n for i in one.places for n in place_notes.get(i, ())]
        part.match(here, [n for j in one.units for n in unit_notes.get(j, ())])
    part.match(_uncalled(places, place_notes), _uncalled(units, unit_notes))
    return found


def _uncalled(items: Sequence[Item], notes: Callers) -> list[int]:
    called = {n for names in notes.values() for n in names}
    return [n for n, item in enumerate(items) if item.part == NOTE and n not in called]


class _Part:
    """One part (the body, the notes): matched in layers, the surest first."""

    def __init__(self, places: Sequence[Item], units: Sequence[Item], found: Matching) -> None:
        self.places, self.units, self.found = places, units, found

    def match(self, here: list[int], there: list[int]) -> None:
        if not here or not there:
            return
        fields = any(
            self.units[j].text != self.units[j].visible_text for j in there
        )  # a file may keep them as mere text
        ways = (_uncounted, _printed) if fields else (_printed, _uncounted)
        moved = self.exact(here, there, ways)
        for said in (*ways, _numberless):
            for left, right in self.found.gaps(here, there):
                self.match_same(left, right, said)
        for left, right in self.found.gaps(here, there):
            self.alike(left, right)
        self.moved_whole(moved)
        self.moved_and_changed(here, there)
        for left, right in self.found.gaps(here, there):
            self.by_position(left, right)

    def add(
        self, places: Sequence[int], units: Sequence[int], how: MatchMethod, score: float = 1.0, moved: bool = False
    ) -> None:
        self.found.add(ParagraphMatch(tuple(places), tuple(units), how, round(score, 3), moved))

    # ------------------------------------------------------------ the layers

    def exact(self, here: list[int], there: list[int], ways: Sequence[Saying]) -> list[tuple[int, int]]:
        """Paragraphs whose words stand once in each; those out of order are given back, they moved.

        A line of an index that only its counted numbers tell from another is told by its place: they are counted anew.
        """
        found: dict[int, int] = {}
        alone = set(_unique_texts(self.places, here, _numberless).values())
        here = [i for i in here if i in alone or self.places[i].text == self.places[i].visible_text]
        for said in ways:
            taken = set(found.values())
            left = _unique_texts(self.places, [i for i in here if i not in found], said)
            right = _unique_texts(self.units, [j for j in there if j not in taken], said)
            found |= {i: right[text] for text, i in left.items() if text in right}
        pairs = sorted(found.items())
        kept = set(longest_rising([j for _, j in pairs]))
        for at, (i, j) in enumerate(pairs):
            if at in kept:
                self.add([i], [j], MatchMethod.EXACT)
        return [pair for at, pair in enumerate(pairs) if at not in kept]

    def match_same(self, left: list[int], right: list[int], said: Saying) -> None:
        """Between two paragraphs that are known: the same words in the same order, repeated ones too."""
        rows = [said(self.places[i]) for i in left]
        columns = [said(self.units[j]) for j in right]
        for a, b in common_places(rows, columns).items():
            self.add([left[a]], [right[b]], MatchMethod.EXACT)

    def alike(self, left: list[int], right: list[int]) -> None:
        """The best way of laying two stretches beside each other, in order: one to one, one cut up, several joined."""

        def steps(some: Sequence[int], others: Sequence[int]) -> Iterator[PairingStep]:
            return _steps([self.places[i] for i in some], [self.units[j] for j in others])

        for places, units, score in pair_in_order(left, right, steps, PARAGRAPH_PAIRS, RUN):
            if places and units:
                self.add(places, units, MatchMethod.ALIKE if score >= ALIKE else MatchMethod.BOOKMARK, score)

    def moved_whole(self, pairs: Sequence[tuple[int, int]]) -> None:
        """The same words elsewhere: moved, unless they are too few to tell."""
        for i, j in pairs:
            if i not in self.found.by_place and j not in self.found.by_unit:
                long = len(keys(self.places[i].text)) >= LONG
                if long or _has_bookmark(self.places[i], self.units[j]):
                    self.add([i], [j], MatchMethod.EXACT, moved=True)

    def moved_and_changed(self, here: list[int], there: list[int]) -> None:
        """What is left, anywhere in the part: only where one place is far more like than any other."""
        free = [i for i in here if i not in self.found.by_place and len(keys(self.places[i].text)) >= LONG]
        astray = [j for j in there if j not in self.found.by_unit and len(keys(self.units[j].text)) >= LONG]
        if len(astray) * len(free) > MOVED_PAIRS:
            return
        for j in astray:
            scored = sorted(((self.places[i].likeness(self.units[j]), i) for i in free), reverse=True)[:2]
            if not scored:
                return
            score, i = scored[0]
            clear = len(scored) == 1 or score - scored[1][0] >= AHEAD
            if (score >= SURE and clear) or (_has_bookmark(self.places[i], self.units[j]) and score >= ALIKE):
                self.add([i], [j], MatchMethod.ALIKE, score, moved=True)
                free.remove(i)

    def by_position(self, left: list[int], right: list[int]) -> None:
        """One paragraph rewritten between two that are known; where there are several, only their bookmarks tell."""
        if len(left) == len(right) == 1 and self.places[left[0]].table == self.units[right[0]].table:
            score = self.places[left[0]].likeness(self.units[right[0]])
            marked = _has_bookmark(self.places[left[0]], self.units[right[0]])
            self.add(left, right, MatchMethod.BOOKMARK if marked else MatchMethod.POSITION, score)
            return
        for i in left:
            named = [j for j in right if _has_bookmark(self.places[i], self.units[j]) and j not in self.found.by_unit]
            if len(named) == 1 and self.places[i].table == self.units[named[0]].table:
                self.add([i], named, MatchMethod.BOOKMARK, self.places[i].likeness(self.units[named[0]]))


def _printed(item: Item) -> str:
    return fold_typography(item.visible_text)


def _uncounted(item: Item) -> str:
    return fold_typography(item.text)


def _numberless(item: Item) -> str:
    """A paragraph with « # » for every number; the words of one that has no other words stay, they tell it apart."""
    return _without_numbers(item.text)


@lru_cache(20_000)  # the paragraphs of a draft come back in every file
def _without_numbers(text: str) -> str:
    bare = NUMBER.sub("#", text)
    return fold_typography(bare if "#" in text or LETTER.search(bare) else text)


def _unique_texts(items: Sequence[Item], indices: list[int], said: Saying) -> dict[str, int]:
    texts = {i: said(items[i]) for i in indices}
    counts = Counter(texts.values())
    return {text: i for i, text in texts.items() if counts[text] == 1}


def _has_bookmark(place: Item, unit: Item) -> bool:
    """Whether the paragraph still has the bookmark of the place, and of no other."""
    return bool(place.names & unit.names)


def _steps(left: Sequence[Item], right: Sequence[Item]) -> Iterator[PairingStep]:
    """The ways to begin: one to one, one cut up, several made one."""
    place, unit = left[0], right[0]
    if place.table != unit.table:
        return
    single = place.likeness(unit)
    marked = _has_bookmark(place, unit)
    if single >= ALIKE or (marked and single >= ALIKE_MARKED):
        yield PairingStep(1, 1, single, max(single - ALIKE / 2, 0.05) + (MARKED_BONUS if marked else 0))
    shorter = min(len(keys(place.text)), len(keys(unit.text)))
    if not shorter or place.table:
        return
    for count in range(2, RUN + 1):
        for whole, pieces, step in ((place, right, (1, count)), (unit, left, (count, 1))):  # cut up, or made one
            together = [one.visible_text for one in pieces[:count]]
            if len(together) == count and (score := _together(whole.visible_text, together)):
                yield PairingStep(*step, score, score * count - ALIKE / 2)


def _together(whole: str, pieces: Sequence[str]) -> float:
    """How alike paragraphs are that were cut from one or made one; 0 unless far more so than any of them alone."""
    score, single = likeness(whole, " ".join(pieces)), max(likeness(whole, piece) for piece in pieces)
    return score if (score > single + JOINED_GAIN and score >= SURE) or score > max(single, JOINED_SAME) else 0.0


def _between(indices: list[int], after: int, before: int) -> list[int]:
    return indices[bisect_left(indices, after + 1) : bisect_left(indices, before)]
