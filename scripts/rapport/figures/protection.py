"""Which numbers of a table are printed: those that are small are hidden, and as few others as keep them hidden.

Proof, not habit: a small number is safe where a reader who knows every printed number and the threshold can exclude
neither 1 nor the threshold. One association that answered is such a reader too, who knows its own numbers as well: what
the others counted together is held to the same rule. Associations that lay their numbers together are not.

Sources: OECD glossary 7010 (no cell under a threshold), Insee's manual on protecting tables (complements), ACRO (zeros
and totals disclose).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from rapport.figures.network import Network, ReaderBounds, ReaderView, Residual, arcs, bounds_of, room

ORDERS = 3  # ways of going through the small numbers that are tried, the cheapest pattern kept


class Suppression(Struct, frozen=True):
    """The numbers that are hidden, by their place in the network: those too small, and all."""

    small_numbers: frozenset[int]
    hidden_numbers: frozenset[int]

    @property
    def complements(self) -> frozenset[int]:
        return self.hidden_numbers - self.small_numbers


def too_small(number: int, threshold: int) -> bool:
    """Whether a number must not be printed; nobody is told of by a zero alone."""
    return 0 < number < threshold


def small_numbers(values: Sequence[int], threshold: int) -> frozenset[int]:
    """The places at which a table has a number too small."""
    return frozenset(at for at, number in enumerate(values) if too_small(number, threshold))


def is_safe(network: Network, views: Iterable[ReaderView], hidden: frozenset[int], threshold: int) -> bool:
    """Whether no reader can exclude 1 or the threshold for a small number, or find a hidden one in what is printed."""
    return not network.shape or all(
        _safe_at(bounds, at, threshold)
        for bounds in bounds_of(network, views, hidden)
        for at in (hidden & bounds.view.small_numbers if bounds.view.knows_a_part else hidden)
    )


def _safe_at(bounds: ReaderBounds, at: int, threshold: int) -> bool:
    view = bounds.view
    if at not in view.small_numbers:
        return bool(bounds.rise(at, 1) or bounds.fall(at, 1))
    down, up = view.values[at] - view.least, threshold - view.values[at]
    return bounds.fall(at, down) >= down and bounds.rise(at, up) >= up


def protect(
    network: Network, views: Sequence[ReaderView], threshold: int, kept: Iterable[int] = (), hidden: Iterable[int] = ()
) -> Suppression | None:
    """The cheapest pattern found that is safe for every reader; None where there is none.

    `kept` are places that must be printed whatever they cost, `hidden` those that are hidden already. The first view is
    that of who knows what is printed; a zero in it is printed.
    """
    small = frozenset(hidden).union(*(view.small_numbers for view in views))
    cost = costs(network, views, frozenset(kept))
    if not small or not network.shape:
        return Suppression(small, small) if not any(cost[at] < 0 for at in small) else None
    if any(cost[at] < 0 for at in small):
        return None
    best = _cheapest(network, views, small, threshold, cost)
    for spared in [filter(network.is_total, range(len(cost))), *zip(best.complements)] if best else ():
        # what is cheap at each step need not be so in the end: every total spared, then each of its numbers
        without = list(cost)
        for at in spared:
            without[at] = -1
        other = _cheapest(network, views, small, threshold, without)
        best = min((one for one in (best, other) if one), key=lambda one: _price(one, cost))
    return best


def _cheapest(
    network: Network, views: Sequence[ReaderView], small: frozenset[int], threshold: int, cost: Sequence[int]
) -> Suppression | None:
    """The cheapest safe pattern that one way of going through the small numbers comes to."""
    tried = {_with_complements(network, views, small, order, threshold, cost) for order in _orders(small, views)}
    found = [one for one in tried if one and is_safe(network, views, one.hidden_numbers, threshold)]
    return min(
        (_trimmed(network, views, one, threshold, cost) for one in found), key=lambda p: _price(p, cost), default=None
    )


def _orders(small: frozenset[int], views: Sequence[ReaderView]) -> list[list[int]]:
    """Ways of going through the small numbers: the smallest first, the greatest first, as they stand."""
    rising = sorted(small, key=lambda at: (views[0].values[at], at))
    orders = (rising, rising[::-1], sorted(small))
    return [order for place, order in enumerate(orders[:ORDERS]) if order not in orders[:place]]


def costs(network: Network, views: Sequence[ReaderView], kept: frozenset[int]) -> list[int]:
    """What it costs to hide each number, its size settling ties; -1 where it cannot be hidden."""
    values = views[0].values
    return [
        -1 if at in kept or not values[at] else edge.cost + min(values[at], 999)
        for at, edge in enumerate(network.edges)
    ]


def _price(pattern: Suppression, cost: Sequence[int]) -> tuple[int, list[int]]:
    return sum(cost[at] for at in pattern.complements), sorted(pattern.hidden_numbers)


def _with_complements(
    network: Network, views: Sequence[ReaderView], small: frozenset[int], order: Iterable[int], threshold: int,
    cost: Sequence[int],
) -> Suppression | None:  # fmt: skip
    """Each small number given room to fall to 1 and to rise to the threshold, by the cheapest cycles."""
    hidden = set(small)
    ways = arcs(network, (at for at, price in enumerate(cost) if price >= 0))
    rooms = [room(view) for view in views]
    for at in order:
        edge = network.edges[at]
        for view, free in zip(views, rooms, strict=True):
            if at in view.small_numbers:
                down, up = view.values[at] - view.least, threshold - view.values[at]
                for start, end, wanted in ((edge.tail, edge.head, down), (edge.head, edge.tail, up)):
                    if not _hide_until(Residual(ways, free, at, hidden), hidden, (start, end, wanted), cost):
                        return None
    return Suppression(small, frozenset(hidden))


def _hide_until(residual: Residual, hidden: set[int], way: tuple[int, int, int], cost: Sequence[int]) -> bool:
    """Hide the cheapest numbers until one of them has the room wanted; False where nothing gives it."""
    start, end, wanted = way
    while wanted > 0:
        path = residual.cheapest_path(start, end, wanted, cost) or residual.cheapest_path(start, end, 1, cost)
        if not path:
            return False
        amount = min(wanted, *(residual.room[step] for step in path))
        residual.push(path, amount)
        wanted -= amount
        hidden.update(step >> 1 for step in path)
        residual.free |= hidden
    return True


def _trimmed(
    network: Network, views: Sequence[ReaderView], pattern: Suppression, threshold: int, cost: Sequence[int]
) -> Suppression:
    """The pattern without the complements that it can do without, the dearest first."""
    for at in sorted(pattern.complements, key=lambda at: -cost[at]):
        fewer = Suppression(pattern.small_numbers, pattern.hidden_numbers - {at})
        if is_safe(network, views, fewer.hidden_numbers, threshold):
            pattern = fewer
    return pattern
