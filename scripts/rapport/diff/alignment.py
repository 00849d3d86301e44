"""Two sequences aligned: edit scripts, what both have in order, the best pairing in order, the longest rising run.

Edit scripts are difflib's. rapidfuzz's have fewer letters in them but keep single spaces and little words wherever
they can: of one recommendation put the other way round it makes fifteen changes, difflib four, which can be read.
Distances, where only the number counts, are rapidfuzz's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

from rapidfuzz.distance import Indel, LCSseq

A = TypeVar("A")
B = TypeVar("B")


class Stretch(NamedTuple):
    """old[start:end] and new[other_start:other_end]: the same elements, or what became of what."""

    is_same: bool
    start: int
    end: int
    other_start: int
    other_end: int


def edit_script(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Stretch]:
    """The stretches of two sequences in order, every element of each in one of them."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [Stretch(kind == "equal", *places) for kind, *places in codes]


def common_places(old: Sequence[Hashable], new: Sequence[Hashable]) -> dict[int, int]:
    """For each place in one sequence that has its like in the other, in order, the place there."""
    shared = (stretch for stretch in edit_script(old, new) if stretch.is_same)
    return {s.start + step: s.other_start + step for s in shared for step in range(s.end - s.start)}


def common_ends(old: Sequence[A], new: Sequence[B], is_same: Callable[[A, B], bool]) -> tuple[int, int]:
    """How many elements two sequences begin with alike, and how many of the others they end with."""
    most = min(len(old), len(new))
    start = next((n for n in range(most) if not is_same(old[n], new[n])), most)
    return start, next((n for n in range(most - start) if not is_same(old[-1 - n], new[-1 - n])), most - start)


def similarity(old: Sequence[Hashable], new: Sequence[Hashable]) -> float:
    """How much of two sequences is common, in order: from 0 to 1."""
    return float(Indel.normalized_similarity(old, new))


def common_length(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How many elements two sequences have in common, in order."""
    return int(LCSseq.similarity(old, new))


def longest_rising(values: Sequence[int]) -> list[int]:
    """The positions of the longest rising run in a list, the others left out."""
    heads: list[int] = []
    tails: list[int] = []
    before: dict[int, int] = {}
    for at, value in enumerate(values):
        place = bisect_left(heads, value)
        if place:
            before[at] = tails[place - 1]
        heads[place : place + 1], tails[place : place + 1] = [value], [at]
    found = tails[-1:]
    while found and found[-1] in before:
        found.append(before[found[-1]])
    return found[::-1]


class PairingStep(NamedTuple):
    """The first `old_count` elements of one list are `new_count` of the other: how alike, and what that is worth."""

    old_count: int
    new_count: int
    likeness: float
    gain: float


def pair_in_order(
    old: Sequence[A], new: Sequence[B], steps: Callable[[Sequence[A], Sequence[B]], Iterable[PairingStep]],
    most: int, longest: int = 1,
) -> Iterator[tuple[Sequence[A], Sequence[B], float]]:  # fmt: skip
    """Both lists in groups that belong together, with their likeness, in the order that is worth most in all.

    `steps` gives the ways to begin two lists, of which it is shown the first `longest` elements; what has no like is a
    group alone. Of lists with more than `most` pairs the halves are paired apart.
    """
    if len(old) * len(new) > most:
        a, b = len(old) // 2, len(new) // 2
        yield from pair_in_order(old[:a], new[:b], steps, most, longest)
        yield from pair_in_order(old[a:], new[b:], steps, most, longest)
        return
    best: dict[tuple[int, int], tuple[float, tuple[int, int, float]]] = {}
    for a in range(len(old), -1, -1):
        for b in range(len(new), -1, -1):
            options = [(0.0, (0, 0, 0.0))]
            if a < len(old):
                options.append((best[a + 1, b][0], (1, 0, 0.0)))
            if b < len(new):
                options.append((best[a, b + 1][0], (0, 1, 0.0)))
            if a < len(old) and b < len(new):
                for wide, high, likeness, gain in steps(old[a : a + longest], new[b : b + longest]):
                    options.append((best[a + wide, b + high][0] + gain, (wide, high, likeness)))
            best[a, b] = max(options)
    a = b = 0
    while a < len(old) or b < len(new):
        wide, high, likeness = best[a, b][1]
        yield old[a : a + wide], new[b : b + high], likeness
        a, b = a + wide, b + high
