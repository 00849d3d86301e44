"""Several associations' numbers together: no sum is given alone unless somebody vouches that nobody is in it twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import product

from msgspec import Struct

from rapport.figures.counts import Answer, CountRange
from rapport.figures.indicators import Indicator
from rapport.figures.network import Cell, Network, ReaderView, public_view
from rapport.figures.protection import small_numbers, too_small

NONE = CountRange(0, 0)
HIGH, LOW = "high", "low"


class CombinedCounts(Struct, frozen=True, dict=True):
    """The numbers of one indicator, for each printed place inside the table: raw, so never written anywhere.

    `own_counts` are what each association says, `sums` what they add up to; `unknown` are the places of which none
    knows, `partial` where some do not. Whoever left out rows or columns is among the `partial_respondents` alone.
    """

    indicator: Indicator
    own_counts: Mapping[str, Mapping[Cell, CountRange]]
    sums: Mapping[Cell, CountRange]
    unknown: frozenset[Cell]
    partial: frozenset[Cell]
    respondents: tuple[str, ...]
    partial_respondents: tuple[str, ...]
    nonrespondents: tuple[str, ...]

    @cached_property
    def network(self) -> Network:
        return Network(tuple(len(dimension.categories) for dimension in self.indicator.printed_dimensions))

    @cached_property
    def tables(self) -> tuple[tuple[int, ...], ...]:
        """The numbers that add up and are printed: the greatest sums, and the least where nobody is counted twice."""
        high, low = (values_of(self.network, self.sums, bound) for bound in (HIGH, LOW))
        return (high, low) if self.indicator.no_overlap and low != high else (high,)

    def greatest_count(self, cell: Cell) -> int:
        """The greatest number of one association in a place inside the table."""
        return max((counts[cell].low for counts in self.own_counts.values()), default=0)

    def least_printed(self, cell: Cell) -> int:
        """The least number of a place inside the table that is printed.

        Where persons may be counted twice it is the greatest single number, but lower where what is left beside it and
        the second greatest is a small number: who counted that second must not tell it from the threshold.
        """
        if self.indicator.no_overlap:
            return self.sums[cell].low
        _, left = self._second_and_left(cell)
        is_few = too_small(left, self.indicator.threshold)
        return self.greatest_count(cell) - (self.indicator.threshold - left if is_few else 0)

    def is_small(self, cell: Cell) -> bool:
        """Whether the least that would be printed of a place inside the table is too small, or tells what is."""
        threshold = self.indicator.threshold
        if self.indicator.no_overlap or not self.greatest_count(cell):
            return too_small(self.sums[cell].low, threshold)
        least, (second, left) = self.least_printed(cell), self._second_and_left(cell)
        return least < threshold or (too_small(left, threshold) and not threshold <= second <= least)

    def _second_and_left(self, cell: Cell) -> tuple[int, int]:
        """The second greatest number of one association, and what is left beside the greatest and that."""
        *_, second, _ = sorted([0, 0, *(counts[cell].high for counts in self.own_counts.values())])
        return second, self.sums[cell].high - self.greatest_count(cell) - second

    def vouched_count(self, at: int) -> int:
        """The least that one association alone has counted of a number, as anybody can tell from the sum."""
        return -(-self.tables[0][at] // max(1, len(self.own_counts)))

    @cached_property
    def views(self) -> tuple[ReaderView, ...]:
        """The table as readers work at it: who knows what is printed, then each association that answered.

        What an association subtracts its own numbers from is what the others counted together.
        """
        network, threshold = self.network, self.indicator.threshold
        inside = {network.index[cell] for cell in self.sums if self.is_small(cell)}
        small = inside.union(*(small_numbers(values, threshold) for values in self.tables))
        known = [tuple(values_of(network, own, bound) for bound in (HIGH, LOW)) for own in self.own_counts.values()]
        views = [public_view(values, small) for values in self.tables]
        for bound, values in enumerate(self.tables):
            views += [view_beside(values, own[bound], threshold) for own in known]
        return tuple(view for view in views if view.small_numbers or not view.knows_a_part)


def values_of(network: Network, counts: Mapping[Cell, CountRange], bound: str) -> tuple[int, ...]:
    """The numbers of a table, its totals added up, each as high or as low as it may be."""
    return network.values({cell: count.high if bound == HIGH else count.low for cell, count in counts.items()})


def view_beside(values: Sequence[int], known: Sequence[int], threshold: int) -> ReaderView:
    """The table of a reader who knows a part of each number: what is left of it."""
    left = [number - part for number, part in zip(values, known, strict=True)]
    return ReaderView(left, [max(0, 1 - part) for part in known], small_numbers(left, threshold), True)


def combine(indicator: Indicator, answers: Iterable[Answer], asked: Iterable[str]) -> CombinedCounts:
    """The answers to one indicator; `asked` are all the associations that might answer."""
    given = {answer.association: answer for answer in answers}
    own = {association: _merged(indicator, answer.counts) for association, answer in given.items()}
    shape = [range(len(dimension.categories)) for dimension in indicator.printed_dimensions]
    cells = [tuple(cell) for cell in product(*shape)]
    sums, unknown, partial = dict[Cell, CountRange](), set[Cell](), set[Cell]()
    for cell in cells:
        said = [counts[cell] for counts, _ in own.values()]
        known = [count for count in said if count is not None]
        sums[cell] = sum(known, NONE)
        if not known:
            unknown.add(cell)
        elif len(known) < len(said) or any(cell in gaps for _, gaps in own.values()):
            partial.add(cell)
    whole, part = (
        tuple(sorted(name for name, answer in given.items() if answer.is_whole is wanted)) for wanted in (True, False)
    )
    silent = tuple(sorted(set(asked) - set(own)))
    counts = {association: {cell: said[cell] or NONE for cell in cells} for association, (said, _) in own.items()}
    return CombinedCounts(
        indicator=indicator,
        own_counts=counts,
        sums=sums,
        unknown=frozenset(unknown),
        partial=frozenset(partial),
        respondents=whole,
        partial_respondents=part,
        nonrespondents=silent,
    )


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
