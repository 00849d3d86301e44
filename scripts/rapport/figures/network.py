"""A table with its totals as a circulation: each number is a flow, each row, column and total a node in balance.

What a reader can deduce of a hidden number is then two maximal flows: how far it can rise or fall while every printed
number stays. A hidden number is at least 1, since a zero is always printed. A reader who knows a part of each number,
as an association knows its own, works at the table of what is left.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product

from msgspec import Struct

UNBOUNDED = 10**9
"""More than any count: what nothing printed holds back."""
INNER, MARGIN, WHOLE = 1_000, 20_000, 400_000
"""What it costs to hide a number of the table, a total of a row or column, the grand total; its size settles ties."""

Cell = tuple[int, ...]
"""Where a number stands: (row, column), (row,) in a list; the row or column after the last is the total."""


class Edge(Struct, frozen=True):
    """One number of the table: it flows from `tail` to `head`."""

    cell: Cell
    tail: int
    head: int
    cost: int


class Network(Struct, frozen=True, dict=True):
    """The numbers of a table of this shape: (), (rows,) or (rows, columns)."""

    shape: tuple[int, ...]

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """An edge for each cell of the table."""
        return tuple(self._edges())

    @cached_property
    def index(self) -> dict[Cell, int]:
        """Where each cell's edge stands in `edges`."""
        return {edge.cell: at for at, edge in enumerate(self.edges)}

    @property
    def nodes(self) -> int:
        return 2 + sum(self.shape) if len(self.shape) == 2 else 2

    def _edges(self) -> Iterator[Edge]:
        rows_total, columns_total = 0, 1
        yield Edge(self.shape, columns_total, rows_total, WHOLE if self.shape else INNER)
        if len(self.shape) == 1:
            yield from (Edge((row,), rows_total, columns_total, INNER) for row in range(self.shape[0]))
        elif self.shape:
            rows, columns = self.shape
            row_node, column_node = range(2, 2 + rows), range(2 + rows, 2 + rows + columns)
            yield from (Edge((r, columns), rows_total, row_node[r], MARGIN) for r in range(rows))
            yield from (Edge((rows, c), column_node[c], columns_total, MARGIN) for c in range(columns))
            yield from (Edge((r, c), row_node[r], column_node[c], INNER) for r in range(rows) for c in range(columns))

    def values(self, inner: dict[Cell, int]) -> tuple[int, ...]:
        """The number of every edge, totals added up from the cells inside."""
        totals = dict.fromkeys(self.index, 0)
        for cell, number in inner.items():
            for place in product(*zip(cell, self.shape, strict=True)):
                totals[place] += number
        return tuple(totals.values())

    def balances(self, values: Sequence[int]) -> list[int]:
        """What comes into each node less what leaves it: what its hidden numbers take away."""
        balance = [0] * self.nodes
        for edge, value in zip(self.edges, values, strict=True):
            balance[edge.head] += value
            balance[edge.tail] -= value
        return balance

    def is_total(self, at: int) -> bool:
        """Whether an edge is a total."""
        return any(place == size for place, size in zip(self.edges[at].cell, self.shape, strict=True))


def counts_in(cell: Cell, total: Cell, shape: tuple[int, ...]) -> bool:
    """Whether a cell inside is one of those that the number in a cell or total adds up."""
    return all(there in (here, size) for here, there, size in zip(cell, total, shape, strict=True))


class ReaderView(Struct, frozen=True):
    """A table as one reader works at it: each number less what this reader knows of it, by its place in the network.

    `floors` are the least that a hidden number may be to this reader, `small_numbers` the places at which the reader
    must exclude neither `least` nor the threshold. Where `knows_a_part`, other places may be found: what would be found
    there is no small number.
    """

    values: Sequence[int]
    floors: Sequence[int]
    small_numbers: frozenset[int]
    knows_a_part: bool = False
    least: int = 1


def public_view(values: Sequence[int], small_numbers: Iterable[int] = ()) -> ReaderView:
    """The table of a reader who knows what is printed: what is hidden is at least 1."""
    return ReaderView(values, [1] * len(values), frozenset(small_numbers))


Arcs = Sequence[Sequence[tuple[int, int]]]
"""What leads out of each node: the direction of an edge, twice its place and one more against it, and where it goes."""


def arcs(network: Network, moving: Iterable[int]) -> Arcs:
    """The ways along the edges whose numbers may move, each in both directions."""
    found: list[list[tuple[int, int]]] = [[] for _ in range(network.nodes)]
    for at in moving:
        edge = network.edges[at]
        found[edge.tail].append((2 * at, edge.head))
        found[edge.head].append((2 * at + 1, edge.tail))
    return found


def room(view: ReaderView) -> list[int]:
    """How far each number may move up and down from its true value, by direction."""
    return [
        n for value, floor in zip(view.values, view.floors, strict=True) for n in (UNBOUNDED, value - floor)
    ]  # fmt: skip


class Residual:
    """How far each number may still move, from its true value, while those that do not move stay."""

    def __init__(self, ways: Arcs, rooms: Sequence[int], at: int = -1, free: Iterable[int] = ()) -> None:
        """`at` stays too; the numbers that may move and are not `free` do so at the cost of hiding them."""
        self.arcs, self.room, self.free = ways, list(rooms), set(free)
        if at >= 0:
            self.room[2 * at] = self.room[2 * at + 1] = 0

    def push(self, path: Iterable[int], amount: int) -> None:
        """Send `amount` along a path of directions: room is taken one way and given the other."""
        for way in path:
            self.room[way] -= amount
            self.room[way ^ 1] += amount

    def cheapest_path(self, start: int, end: int, least: int, cost: Sequence[int]) -> list[int]:
        """The cheapest way whose every step has room for `least`; [] where there is none."""
        best: dict[int, int] = {start: 0}
        came: dict[int, tuple[int, int]] = {}
        queue = [(0, start)]
        while queue:
            paid, node = heapq.heappop(queue)
            if node == end:
                break
            if paid > best[node]:
                continue
            for way, to in self.arcs[node]:
                if self.room[way] >= least:
                    price = paid + 1 + (0 if way >> 1 in self.free else cost[way >> 1])
                    if price < best.get(to, UNBOUNDED * 10):
                        best[to], came[to] = price, (way, node)
                        heapq.heappush(queue, (price, to))
        return _steps(came, start, end)

    def _path(self, start: int, end: int) -> list[int]:
        """The shortest way with any room; [] where there is none."""
        came: dict[int, tuple[int, int]] = {start: (-1, start)}
        queue = [start]
        for node in queue:
            for way, to in self.arcs[node]:
                if to not in came and self.room[way] > 0:
                    came[to] = (way, node)
                    if to == end:
                        return _steps(came, start, end)
                    queue.append(to)
        return []

    def flow(self, start: int, end: int, wanted: int) -> int:
        """How much can be moved from one node to another, `wanted` at most."""
        moved = 0
        while moved < wanted and (path := self._path(start, end)):
            amount = min(wanted - moved, *(self.room[way] for way in path))
            self.push(path, amount)
            moved += amount
        return moved


def _steps(came: Mapping[int, tuple[int, int]], start: int, end: int) -> list[int]:
    """The directions taken, the last first."""
    steps, node = list[int](), end
    while node != start:
        if node not in came:
            return []
        way, node = came[node]
        steps.append(way)
    return steps


class ReaderBounds(Struct, frozen=True):
    """What one reader can work out while some numbers are hidden: built once for all of them."""

    network: Network
    view: ReaderView
    ways: Arcs
    rooms: Sequence[int]

    def fall(self, at: int, wanted: int) -> int:
        """How far a reader must reckon that a hidden number may be below its true value, `wanted` at most."""
        edge = self.network.edges[at]
        return Residual(self.ways, self.rooms, at).flow(edge.tail, edge.head, min(wanted, self.rooms[2 * at + 1]))

    def rise(self, at: int, wanted: int) -> int:
        """How far above, `wanted` at most."""
        edge = self.network.edges[at]
        return Residual(self.ways, self.rooms, at).flow(edge.head, edge.tail, wanted)


def bounds_of(network: Network, views: Iterable[ReaderView], hidden: Iterable[int]) -> Iterator[ReaderBounds]:
    """Each reader before the same hidden numbers."""
    ways = arcs(network, sorted(hidden))
    yield from (ReaderBounds(network, view, ways, room(view)) for view in views)


def possible_numbers(network: Network, view: ReaderView, hidden: Iterable[int], at: int) -> tuple[int, int | None]:
    """The least and the greatest number that a reader must reckon with in a hidden place; None: no greatest."""
    if not network.shape:
        return view.floors[at], None
    value, (bounds,) = view.values[at], bounds_of(network, [view], hidden)
    up = bounds.rise(at, UNBOUNDED)
    return value - bounds.fall(at, UNBOUNDED), None if up >= UNBOUNDED else value + up


def possible_table(network: Network, printed: Mapping[int, int], least: int) -> tuple[int, ...] | None:
    """The numbers of a table whose hidden ones are as they might be, `least` at least; None where nothing adds up."""
    hidden = [at for at in range(len(network.edges)) if at not in printed]
    values = [printed.get(at, least) for at in range(len(network.edges))]
    short = network.balances(values)
    residual = Residual(arcs(network, hidden), room(public_view([1] * len(values))))
    moved = 1
    while moved:
        moved = 0
        for start, end in product(range(network.nodes), repeat=2):
            if short[start] > 0 > short[end]:
                amount = residual.flow(start, end, min(short[start], -short[end]))
                short[start], short[end], moved = short[start] - amount, short[end] + amount, moved + amount
    if any(short):
        return None
    return tuple(value if at in printed else least + residual.room[2 * at + 1] for at, value in enumerate(values))
