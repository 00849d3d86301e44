"""Several associations' numbers together: no sum is given alone unless somebody vouches that nobody is in it twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from rapport.figures.counts import Answer, CountRange
from rapport.figures.indicators import Indicator
from rapport.figures.network import Cell, Network


@dataclass(frozen=True)
class CombinedCounts:
    """The numbers of one indicator, for each printed place inside the table: raw, so never written anywhere.

    `sums` are what the associations' numbers add up to; `greatest` the greatest number of one of them, which is the
    least that can be vouched for; `unknown` where none of them knows, `partial` where some do not. Whoever left out
    rows or columns is among the `partial_respondents` alone.
    """

    indicator: Indicator
    sums: Mapping[Cell, CountRange]
    greatest: Mapping[Cell, int]
    unknown: frozenset[Cell]
    partial: frozenset[Cell]
    respondents: tuple[str, ...]
    partial_respondents: tuple[str, ...]
    nonrespondents: tuple[str, ...]

    @property
    def network(self) -> Network:
        return Network(tuple(len(dimension.categories) for dimension in self.indicator.printed_dimensions))

    @property
    def tables(self) -> tuple[tuple[int, ...], ...]:
        """The numbers that add up and are printed: the greatest sums, and the least where nobody is counted twice."""
        network = self.network
        high = network.values({cell: count.high for cell, count in self.sums.items()})
        low = network.values({cell: count.low for cell, count in self.sums.items()})
        return (low, high) if self.indicator.no_overlap and low != high else (high,)

    def least_printed(self, cell: Cell) -> int:
        """The least number of a place inside the table that is printed.

        Where persons may be counted twice it is the greatest single number, but lower where what is left for the other
        associations would be a small number: a reader who subtracts must not tell it from the threshold.
        """
        if self.indicator.no_overlap:
            return self.sums[cell].low
        left = self.sums[cell].high - self.greatest[cell]
        return self.greatest[cell] - self.indicator.threshold + left if self.leaves_few(cell) else self.greatest[cell]

    def leaves_few(self, cell: Cell) -> bool:
        """Whether the sum less the greatest single number is a small number."""
        left = self.sums[cell].high - self.greatest[cell]
        return not self.indicator.no_overlap and 0 < left < self.indicator.threshold

    def is_small(self, cell: Cell) -> bool:
        """Whether a number inside the table must be hidden, beside those whose sum is small."""
        threshold = self.indicator.threshold
        if self.indicator.no_overlap:
            return 0 < self.sums[cell].low < threshold
        known_few = self.leaves_few(cell) and self.sums[cell].high < 2 * threshold
        return 0 < self.greatest[cell] < threshold or known_few


def combine(indicator: Indicator, answers: Iterable[Answer], asked: Iterable[str]) -> CombinedCounts:
    """The answers to one indicator; `asked` are all the associations that might answer."""
    given = {answer.association: answer for answer in answers}
    own = {association: _merged(indicator, answer.counts) for association, answer in given.items()}
    shape = [range(len(dimension.categories)) for dimension in indicator.printed_dimensions]
    cells = [tuple(cell) for cell in product(*shape)]
    sums, greatest, unknown, partial = dict[Cell, CountRange](), dict[Cell, int](), set[Cell](), set[Cell]()
    for cell in cells:
        said = [counts[cell] for counts, _ in own.values()]
        known = [count for count in said if count is not None]
        sums[cell] = sum(known, CountRange(0, 0))
        greatest[cell] = max((count.low for count in known), default=0)
        if not known:
            unknown.add(cell)
        elif len(known) < len(said) or any(cell in gaps for _, gaps in own.values()):
            partial.add(cell)
    whole, part = (
        tuple(sorted(name for name, answer in given.items() if answer.is_whole is wanted)) for wanted in (True, False)
    )
    silent = tuple(sorted(set(asked) - set(own)))
    return CombinedCounts(indicator, sums, greatest, frozenset(unknown), frozenset(partial), whole, part, silent)


def _merged(
    indicator: Indicator, counts: Mapping[Cell, CountRange | None]
) -> tuple[dict[Cell, CountRange | None], frozenset[Cell]]:
    """An answer with merged values as one, and the places of which only a part is known."""
    to = [_places(indicator, axis) for axis in range(len(indicator.dimensions))]
    merged: dict[Cell, CountRange | None] = {}
    gaps: set[Cell] = set()
    for cell, count in counts.items():
        place = tuple(to[axis][at] for axis, at in enumerate(cell))
        before = merged.get(place)
        if place in merged and (before is None) != (count is None):
            gaps.add(place)
        merged[place] = count if before is None else before if count is None else before + count
    return merged, frozenset(gaps)


def _places(indicator: Indicator, axis: int) -> list[int]:
    """For each value of a dimension, its place among those printed."""
    dimension, printed = indicator.dimensions[axis], indicator.printed_dimensions[axis]
    into = {
        id_: merge.category.id for merge in indicator.merges if merge.dimension == dimension.id for id_ in merge.ids
    }
    order = [category.id for category in printed.categories]
    return [order.index(into.get(category.id, category.id)) for category in dimension.categories]
