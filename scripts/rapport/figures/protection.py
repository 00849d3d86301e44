"""Which numbers of a table are printed: those that are small are hidden, and as few others as keep them hidden.

Proof, not habit: a small number is safe where a reader who knows every printed number and the threshold can exclude
neither 1 nor the threshold. Sources: OECD glossary 7010 (no cell under a threshold), Insee's manual
on protecting tables (complements), ACRO (zeros and totals disclose).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapport.figures.network import Network, Residual, possible_fall, possible_numbers, possible_rise

Values = Sequence[int]
ORDERS = 3  # ways of going through the small numbers that are tried, the cheapest pattern kept


@dataclass(frozen=True, slots=True)
class Suppression:
    """The numbers that are hidden, by their place in the network: those too small, and all."""

    small_numbers: frozenset[int]
    hidden_numbers: frozenset[int]

    @property
    def complements(self) -> frozenset[int]:
        return self.hidden_numbers - self.small_numbers


def too_small(number: int, threshold: int) -> bool:
    """Whether a number must not be printed; nobody is told of by a zero alone."""
    return 0 < number < threshold


def small_numbers(tables: Iterable[Values], threshold: int) -> frozenset[int]:
    """The places at which one of several tables of one shape has a number too small."""
    return frozenset(at for values in tables for at, number in enumerate(values) if too_small(number, threshold))


def is_safe(network: Network, tables: Iterable[Values], pattern: Suppression, threshold: int) -> bool:
    """Whether no reader can exclude 1 or the threshold for a small number, or find a hidden one exactly."""
    return not network.shape or all(
        _safe_at(network, values, pattern, at, threshold) for values in tables for at in pattern.hidden_numbers
    )


def _safe_at(network: Network, values: Values, pattern: Suppression, at: int, threshold: int) -> bool:
    if at not in pattern.small_numbers:
        low, high = possible_numbers(network, values, pattern.hidden_numbers, at)
        return low != high
    down, up = values[at] - 1, threshold - values[at]
    return (
        possible_fall(network, values, pattern.hidden_numbers, at, down) >= down
        and possible_rise(network, values, pattern.hidden_numbers, at, up) >= up
    )


def protect(
    network: Network, tables: Sequence[Values], small: frozenset[int], threshold: int, margins: bool = True
) -> Suppression | None:
    """The cheapest pattern found that is safe; None where there is none. `margins`: whether totals may be hidden."""
    if not small or not network.shape:
        return Suppression(small, small)
    if not margins and any(map(network.is_total, small)):
        return None
    cost = _costs(network, tables, margins)
    found = [
        pattern
        for order in _orders(small, tables)
        if (pattern := _with_complements(network, tables, small, order, threshold, cost))
    ]
    return min(
        (_trimmed(network, tables, one, threshold, cost) for one in found), key=lambda p: _price(p, cost), default=None
    )


def _orders(small: frozenset[int], tables: Sequence[Values]) -> list[list[int]]:
    """Ways of going through the small numbers: the smallest first, the greatest first, as they stand."""
    rising = sorted(small, key=lambda at: (tables[0][at], at))
    orders = (rising, rising[::-1], sorted(small))
    return [order for place, order in enumerate(orders[:ORDERS]) if order not in orders[:place]]


def _costs(network: Network, tables: Sequence[Values], margins: bool) -> list[int]:
    """What it costs to hide each number, its size settling ties; -1 where it cannot be hidden."""
    last = tables[-1]
    return [
        -1 if not margins and network.is_total(at) else edge.cost + min(last[at], 999)
        for at, edge in enumerate(network.edges)
    ]


def _price(pattern: Suppression, cost: Sequence[int]) -> tuple[int, list[int]]:
    return sum(cost[at] for at in pattern.complements), sorted(pattern.hidden_numbers)


def _with_complements(
    network: Network, tables: Sequence[Values], small: frozenset[int], order: Iterable[int], threshold: int,
    cost: Sequence[int],
) -> Suppression | None:  # fmt: skip
    """Each small number given room to fall to 1 and to rise to the threshold, by the cheapest cycles."""
    hidden = set(small)
    for at in order:
        edge = network.edges[at]
        for values in tables:
            ways = ((edge.tail, edge.head, values[at] - 1), (edge.head, edge.tail, threshold - values[at]))
            for start, end, wanted in ways:
                if not _hide_until(network, values, hidden, at, (start, end, wanted), cost):
                    return None
    return Suppression(small, frozenset(hidden))


def _hide_until(
    network: Network, values: Values, hidden: set[int], at: int, way: tuple[int, int, int], cost: Sequence[int]
) -> bool:
    """Hide the cheapest numbers until one of them has the room wanted; False where nothing gives it."""
    start, end, wanted = way
    movable = {other for other in range(len(values)) if values[other] and cost[other] >= 0} | hidden
    residual = Residual(network, values, hidden, price=True)
    residual.room = {other: room for other, room in residual.room.items() if other in movable and other != at}
    residual.arcs = [[arc for arc in arcs if arc[0] in residual.room] for arcs in residual.arcs]
    while wanted > 0:
        path = residual.path(start, end, wanted, cost) or residual.path(start, end, 1, cost)
        if not path:
            return False
        amount = min(wanted, *(residual.room[step][direction] for step, direction in path))
        residual.push(path, amount)
        wanted -= amount
        hidden.update(step for step, _ in path)
        residual.free |= hidden
    return True


def _trimmed(
    network: Network, tables: Sequence[Values], pattern: Suppression, threshold: int, cost: Sequence[int]
) -> Suppression:
    """The pattern without the complements that it can do without, the dearest first."""
    for at in sorted(pattern.complements, key=lambda at: -cost[at]):
        fewer = Suppression(pattern.small_numbers, pattern.hidden_numbers - {at})
        if is_safe(network, tables, fewer, threshold):
            pattern = fewer
    return pattern
