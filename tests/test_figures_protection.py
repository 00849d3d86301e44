"""Hidden numbers stay hidden: what a reader can deduce, by a solver that shares nothing with the program."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import count, product

import highspy
import pytest

from rapport.figures.combining import view_beside
from rapport.figures.network import Cell, Network, ReaderView, possible_numbers, public_view
from rapport.figures.protection import Suppression, costs, is_safe, protect, small_numbers

THRESHOLD = 5


def table(seed: int, *shape: int) -> tuple[Network, tuple[int, ...]]:
    """A random table, with zeros and small numbers as those of associations have."""
    chance, network = random.Random(seed), Network(shape)
    number = lambda: chance.choice([0, 0, 1, 2, 3, 4, *range(5, 40)])  # noqa: E731
    return network, network.values({edge.cell: number() for edge in network.edges if not _is_total(edge.cell, shape)})


def view(values: Sequence[int]) -> ReaderView:
    return public_view(values, small_numbers(values, THRESHOLD))


def totals(network: Network) -> list[int]:
    return [at for at in range(len(network.edges)) if network.is_total(at)]


def _is_total(cell: Cell, shape: Sequence[int]) -> bool:
    return any(place == size for place, size in zip(cell, shape, strict=True))


def solved(shape: tuple[int, ...], values: dict[Cell, int], hidden: set[Cell], cell: Cell, sense: float) -> float:
    """The least (sense 1) or greatest (-1) value of a hidden cell, from the printed table alone, summed as read."""
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    places = {one: at for at, one in enumerate(sorted(hidden))}
    for one in sorted(hidden):
        model.addVar(1, highspy.kHighsInf)
        model.changeColCost(places[one], sense if one == cell else 0)
    for total in values:
        for axis, size in enumerate(shape):
            if total[axis] == size:
                parts = [(*total[:axis], at, *total[axis + 1 :]) for at in range(size)]
                known = sum(values[p] for p in parts if p not in hidden) - (total not in hidden) * values[total]
                terms = [(places[p], 1.0) for p in parts if p in hidden]
                terms += [(places[total], -1.0)] if total in hidden else []
                if terms:
                    model.addRow(-known, -known, len(terms), [t[0] for t in terms], [t[1] for t in terms])
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return float("inf")
    return round(model.getInfo().objective_function_value * sense)


@pytest.mark.parametrize("seed", range(60))
def test_bounds_are_those_of_the_solver(seed: int) -> None:
    network, values = table(seed, *((6, 4), (4, 3), (7,), (3, 6))[seed % 4])
    chance = random.Random(seed)
    hidden = {at for at, number in enumerate(values) if number and chance.random() < 0.4}
    cells = {edge.cell: values[at] for at, edge in enumerate(network.edges)}
    named = {network.edges[at].cell for at in hidden}
    for at in sorted(hidden):
        low, high = possible_numbers(network, view(values), hidden, at)
        cell = network.edges[at].cell
        least, most = (solved(network.shape, cells, named, cell, sense) for sense in (1.0, -1.0))
        assert (low, float("inf") if high is None else high) == (least, most), cell


@pytest.mark.parametrize("seed", range(60))
def test_no_small_number_comes_back(seed: int) -> None:
    network, values = table(seed, *((6, 4), (8, 5), (9,), (5, 2))[seed % 4])
    pattern = protect(network, [view(values)], THRESHOLD)
    if pattern is None:
        return
    cells = {edge.cell: values[at] for at, edge in enumerate(network.edges)}
    named = {network.edges[at].cell for at in pattern.hidden_numbers}
    assert not any(values[at] == 0 for at in pattern.hidden_numbers)
    for at in sorted(pattern.hidden_numbers):
        low, high = (solved(network.shape, cells, named, network.edges[at].cell, sense) for sense in (1.0, -1.0))
        assert low < high
        if at in pattern.small_numbers:
            assert low <= 1 and high >= THRESHOLD, network.edges[at].cell


def cheapest(network: Network, views: Sequence[ReaderView], cost: Sequence[int]) -> int | None:
    """What the cheapest pattern costs, by integer programming: every small number moves as far as it has to."""
    model, size = highspy.Highs(), len(network.edges)
    model.setOptionValue("output_flag", False)
    small = frozenset[int]().union(*(one.small_numbers for one in views))
    for at, price in enumerate(cost):
        model.addVar(float(at in small), float(price >= 0))
        model.changeColIntegrality(at, highspy.HighsVarType.kInteger)
        model.changeColCost(at, 0 if at in small else max(price, 0))
    moves = [
        (one, at, move)
        for one in views
        for at in one.small_numbers
        for move in (one.least - one.values[at], THRESHOLD - one.values[at])
        if move
    ]
    for start, (one, at, move) in zip(count(size, size), moves, strict=False):
        for other in range(size):
            fixed = other == at
            model.addVar(move if fixed else -highspy.kHighsInf, move if fixed else highspy.kHighsInf)
            if not fixed:
                room = min(abs(move), one.values[other] - one.floors[other])
                model.addRow(-highspy.kHighsInf, 0, 2, [start + other, other], [1.0, -abs(move)])
                model.addRow(0, highspy.kHighsInf, 2, [start + other, other], [1.0, max(0, room)])
        for total, axis in product(network.index, range(len(network.shape))):
            if total[axis] == network.shape[axis]:
                parts = [(*total[:axis], place, *total[axis + 1 :]) for place in range(network.shape[axis])]
                columns = [start + network.index[cell] for cell in (*parts, total)]
                model.addRow(0, 0, len(columns), columns, [1.0] * len(parts) + [-1.0])
    model.run()
    is_solved = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return round(model.getInfo().objective_function_value) if is_solved else None


@pytest.mark.parametrize("associations", [1, 2, 3])
def test_complements_cost_little_more_than_the_least(associations: int) -> None:
    """Never less than the optimum, nor refused where there is one; a hundredth more in all, totals printed or not."""
    ours = best = 0
    for seed in range(60):
        network = Network(((3, 3), (4, 3), (5, 3), (4, 4))[seed % 4])
        own = [table(seed * 9 + one, *network.shape)[1] for one in range(associations)]
        values = [sum(numbers) for numbers in zip(*own, strict=True)]
        views = [view_beside(values, known, THRESHOLD) for known in own if associations > 1]
        small = small_numbers(values, THRESHOLD).union(*(one.small_numbers for one in views))
        views.insert(0, public_view(values, small_numbers(values, THRESHOLD)))
        kept = totals(network) if seed % 2 else []
        pattern = protect(network, views, THRESHOLD, kept)
        cost = costs(network, views, frozenset(kept))
        least = cheapest(network, views, cost) if all(cost[at] >= 0 for at in small) else None
        assert (pattern is None) == (least is None), seed
        if pattern and least is not None:
            price = sum(cost[at] for at in pattern.complements)
            assert price >= least, seed
            ours, best = ours + price, best + least
    assert best and ours <= 1.01 * best, (ours, best)


def _pattern(rows: Iterable[Sequence[int]], margins: bool = True) -> tuple[Network, Suppression | None]:
    cells = {(r, c): n for r, row in enumerate(rows) for c, n in enumerate(row)}
    network = Network((max(r for r, _ in cells) + 1, max(c for _, c in cells) + 1))
    values = network.values(cells)
    return network, protect(network, [view(values)], THRESHOLD, [] if margins else totals(network))


def test_one_small_number_takes_three_more_with_it() -> None:
    network, pattern = _pattern([[3, 20, 30], [12, 18, 40], [22, 9, 50]])
    assert pattern and [network.edges[at].cell for at in pattern.small_numbers] == [(0, 0)]
    assert {network.edges[at].cell for at in pattern.complements} == {(0, 1), (2, 0), (2, 1)} or len(
        pattern.complements
    ) == 3


def test_what_cannot_be_protected_is_refused() -> None:
    """A small number alone among zeros is its total: without hiding totals there is no way."""
    assert _pattern([[3, 0], [0, 20]], margins=False)[1] is None


def test_nothing_small_hides_nothing() -> None:
    assert _pattern([[5, 0], [0, 20]])[1] == Suppression(frozenset(), frozenset())


def test_a_pattern_that_gives_back_is_not_safe() -> None:
    network = Network((2, 2))
    values = network.values({(0, 0): 3, (0, 1): 20, (1, 0): 12, (1, 1): 18})
    alone = frozenset({network.index[0, 0]})
    assert not is_safe(network, [view(values)], alone, THRESHOLD)
    assert not is_safe(network, [view(values)], alone | {network.index[0, 1]}, THRESHOLD)


def test_the_same_pattern_serves_two_tables() -> None:
    """Sums of « <5 » are two tables, the least and the greatest: what is small in one is hidden in both."""
    network = Network((3, 3))
    low = network.values({(r, c): 9 + r + c for r in range(3) for c in range(3)} | {(0, 0): 2})
    high = network.values({(r, c): 12 + r + c for r in range(3) for c in range(3)} | {(0, 0): 8})
    small = small_numbers(low, THRESHOLD) | small_numbers(high, THRESHOLD)
    views = [public_view(low, small), public_view(high, small)]
    pattern = protect(network, views, THRESHOLD)
    assert pattern and all(is_safe(network, [one], pattern.hidden_numbers, THRESHOLD) for one in views)
