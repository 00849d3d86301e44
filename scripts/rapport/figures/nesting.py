"""Counts of which one has everybody that the other has: minors and persons of all ages. Who subtracts one table from
the other has a third, of those whom only the greater one counts, and that is protected like the two.

What the smaller table hides, the greater one hides too, so that each can still move without the other. Known from who
is counted, or said in the dictionary (`contenu_dans`); nothing else tells the program that two counts share persons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from msgspec import Struct

from rapport.figures.combining import HIGH, CombinedCounts, combine, values_of
from rapport.figures.counts import Answer
from rapport.figures.grids.grid import FigureProblem
from rapport.figures.indicators import Dictionary, Dimension, Indicator
from rapport.figures.network import Cell, Network, ReaderView, counts_in
from rapport.figures.protection import is_safe, small_numbers, too_small
from rapport.figures.publication import Publication, layout, period

MINORS, ALL_AGES = "mineurs", "tous-ages"


class NestedTable(Struct, frozen=True):
    """A published table that counts a part of those whom another one counts (`is_inner`), or all of them and others."""

    publication: Publication
    is_inner: bool
    counts: CombinedCounts | None  # of the answers that are at hand

    @property
    def hides_totals(self) -> bool:
        return any(map(self.publication.is_total, self.publication.hidden_places))


def inner_first(dictionary: Dictionary) -> list[Indicator]:
    """The counts in such an order that one is decided after those that it contains."""
    return sorted(dictionary.indicators, key=lambda one: sum(_holds(dictionary, one, o) for o in dictionary.indicators))


def _holds(dictionary: Dictionary, outer: Indicator, inner: Indicator) -> bool:
    return _contains(dictionary, _key(outer), _key(inner))


def _key(indicator: Indicator) -> tuple[str, ...]:
    return (indicator.id, indicator.people, indicator.unit, indicator.moment)


def nested_tables(
    dictionary: Dictionary, indicator: Indicator, answers: Sequence[Answer], published: Iterable[Publication]
) -> Iterator[NestedTable]:
    """The last publication of each table that is nested with this one, whatever its period."""
    last = {(one.indicator, one.population): one for one in published}
    for one in last.values():
        theirs = (one.indicator, *one.population.split()[:3])
        is_inner = _contains(dictionary, _key(indicator), theirs)
        if is_inner or _contains(dictionary, theirs, _key(indicator)):
            yield NestedTable(one, is_inner, _counts(dictionary, one, answers))


def _contains(dictionary: Dictionary, outer: Sequence[str], inner: Sequence[str]) -> bool:
    """Whether a count has everybody of another; of each its identifier, whom, in what unit, at which moment."""
    same = outer[2:] == inner[2:] and (outer[1], inner[1]) == (ALL_AGES, MINORS)
    return same or outer[0] in _containing(dictionary, inner[0], ())


def _containing(dictionary: Dictionary, name: str, seen: tuple[str, ...]) -> set[str]:
    """All counts that have everybody of one, by one another."""
    own = dictionary.indicator(name)
    direct = [one for one in (own.containing if own else ()) if one not in seen]
    return set(direct).union(*(_containing(dictionary, one, (*seen, name, *direct)) for one in direct))


def _counts(dictionary: Dictionary, one: Publication, answers: Iterable[Answer]) -> CombinedCounts | None:
    indicator = dictionary.indicator(one.indicator)
    own = [answer for answer in answers if answer.indicator == one.indicator]
    fits = indicator and own and layout(indicator.printed_dimensions) == layout(one.axes)
    return combine(indicator, own, ()) if indicator and fits else None


def is_same_table(one: NestedTable, indicator: Indicator) -> bool:
    """Whether both tables have the same rows and columns."""
    return layout(one.publication.axes) == layout(indicator.printed_dimensions)


def has_other_days(one: NestedTable, indicator: Indicator) -> bool:
    """Whether the two count over different periods that share days."""
    start, end = period(one.publication.population)
    return (start, end) != (indicator.start, indicator.end) and start <= indicator.end and indicator.start <= end


def has_same_days(one: NestedTable, indicator: Indicator) -> bool:
    """Whether the two count over one period."""
    return period(one.publication.population) == (indicator.start, indicator.end)


def hidden_with(one: NestedTable, network: Network) -> frozenset[int]:
    """The places that a nested table of the same rows and columns hides."""
    return frozenset(network.index[cell] for cell in one.publication.hidden_places)


def difference_views(combined: CombinedCounts, other: NestedTable) -> tuple[ReaderView, ...] | None:
    """The table of those whom only the greater count has, as readers work at it; None where it cannot be known.

    Of the other table, what was printed, and what is hidden as the answers have it now.
    """
    network, counts = combined.network, other.counts
    if counts is None:
        return None
    theirs = list(values_of(network, counts.sums, HIGH))
    for cell, number in other.publication.numbers.items():
        theirs[network.index[cell]] = number.high if number else 0
    sign = 1 if other.is_inner else -1
    values = [sign * (mine - their) for mine, their in zip(combined.tables[0], theirs, strict=True)]
    views = [_difference(values, [0] * len(values), combined.indicator.threshold)]
    for name in combined.own_counts.keys() & counts.own_counts.keys():
        pair = (values_of(network, one.own_counts[name], HIGH) for one in (combined, counts))
        own = [sign * (mine - their) for mine, their in zip(*pair, strict=True)]
        views.append(_difference(values, own, combined.indicator.threshold))
    return None if any(min(view.values, default=0) < 0 for view in views) else tuple(views)


def _difference(values: Sequence[int], known: Sequence[int], threshold: int) -> ReaderView:
    left = [number - part for number, part in zip(values, known, strict=True)]
    return ReaderView(left, [0] * len(left), small_numbers(left, threshold), True, 0)


def fits(combined: CombinedCounts, hidden: frozenset[int], other: NestedTable) -> bool:
    """Whether a pattern can stand beside that of a nested table of the same rows and columns.

    The greater table hides at least what the smaller one hides, and nothing is found by subtraction.
    """
    theirs, views = hidden_with(other, combined.network), difference_views(combined, other)
    inner, outer = (theirs, hidden) if other.is_inner else (hidden, theirs)
    if views is None or not inner <= outer:
        return False
    small = frozenset[int]().union(*(view.small_numbers for view in views))
    return small <= outer and is_safe(combined.network, views, outer, combined.indicator.threshold)


def totals_tell(combined: CombinedCounts, other: NestedTable) -> bool:
    """Whether two tables of other rows or columns give a small number away by the totals that they share."""
    return other.hides_totals or any(
        number < 0 or too_small(number, combined.indicator.threshold) for number in _shared_differences(combined, other)
    )


def linked_totals_tell(
    dictionary: Dictionary, combined: CombinedCounts, answers: Sequence[Answer], linked: Iterable[Publication]
) -> bool:  # fmt: skip
    """Whether published tables of the same persons by something else give away what this table has beside them, which
    few associations counted: whoever answered one of the two questions only.
    """
    tables = [NestedTable(one, True, _counts(dictionary, one, answers)) for one in linked]
    own = sorted(layout(combined.indicator.printed_dimensions))
    return any(
        one.hides_totals
        or sorted(layout(one.publication.axes)) == own
        or any(too_small(abs(n), combined.indicator.threshold) for n in _shared_differences(combined, one))
        for one in tables
    )


def _shared_differences(combined: CombinedCounts, other: NestedTable) -> Iterator[int]:
    """What the greater count has beside the smaller one, in all and in each value that both tables have: to who knows
    what is printed, then to each association, which knows its own numbers.
    """
    sign, theirs = 1 if other.is_inner else -1, other.counts
    names = combined.own_counts.keys() | theirs.own_counts.keys() if theirs else ()
    for place, their_place in _shared_totals(combined.indicator.printed_dimensions, other.publication.axes):
        number = other.publication.numbers.get(their_place)
        more = combined.tables[0][combined.network.index[place]] - (number.high if number else 0)
        yield sign * more
        for name in names:
            yield sign * (more - _known(combined, name, place) + _known(theirs, name, their_place))


def _known(counts: CombinedCounts | None, name: str, total: Cell) -> int:
    """What an association has itself counted of a number."""
    own = counts.own_counts.get(name, {}) if counts else {}
    return sum(n.high for cell, n in own.items() if counts and counts_in(cell, total, counts.network.shape))


def _shared_totals(mine: Sequence[Dimension], theirs: Sequence[Dimension]) -> Iterator[tuple[Cell, Cell]]:
    totals = [tuple(len(axis.categories) for axis in axes) for axes in (mine, theirs)]
    yield totals[0], totals[1]
    for (at, one), (their, other) in product(enumerate(mine), enumerate(theirs)):
        if layout([one]) == layout([other]):
            for place in range(len(one.categories)):
                yield _placed(totals[0], at, place), _placed(totals[1], their, place)


def _placed(total: Cell, axis: int, place: int) -> Cell:
    return (*total[:axis], place, *total[axis + 1 :])


def contradictions(dictionary: Dictionary, answers: Sequence[Answer]) -> Iterator[FigureProblem]:
    """Associations that counted more persons somewhere than where everybody of these is counted too."""
    for inner, outer in product(dictionary.indicators, repeat=2):
        if _holds(dictionary, outer, inner) and (inner.start, inner.end) == (outer.start, outer.end):
            pairs = product(*([a for a in answers if a.indicator == one.id] for one in (inner, outer)))
            for mine, theirs in pairs:
                if mine.association == theirs.association and _is_more(mine, theirs, inner, outer):
                    yield FigureProblem("more-than-all", mine.path, facts={"other": theirs.path, "indicator": outer.id})


def _is_more(mine: Answer, theirs: Answer, inner: Indicator, outer: Indicator) -> bool:
    if layout(inner.dimensions) == layout(outer.dimensions):
        pairs = ((count, theirs.counts[cell]) for cell, count in mine.counts.items())
        return any(count and all_ and count.low > all_.high for count, all_ in pairs)
    if not theirs.is_whole or None in theirs.counts.values():
        return False
    least = sum(count.low for count in mine.counts.values() if count)
    return least > sum(count.high for count in theirs.counts.values() if count)
