"""Pandoc's tables, with the styles of their cells and columns as wide as what stands in them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from rapport import tree
from rapport.model import Node
from rapport.output.columns import with_room
from rapport.tree import Cell, Column, Row, Table, TableBody

Adapt = Callable[[list[Node]], list[Node]]

EQUAL = 0.01
LONGEST_WORD = 24
LONGEST_TEXT = 250
MARGINS = 3


def adapt_table(table: Table, head: Adapt, row_head: Adapt, cell: Adapt) -> Node:
    """A Table without caption and id (they stand before it), its cells adapted, its columns given widths."""
    widths = relative_widths([column.width or 0 for column in table.columns], list(table.rows()))
    columns = zip(table.columns, widths, strict=True)
    bodies = (
        TableBody(titles=_rows(b.titles, head), rows=_headed(b, row_head, cell), title_columns=b.title_columns)
        for b in table.bodies
    )
    return tree.table_node(
        Table(
            tuple(Column(column.alignment, width) for column, width in columns),
            _rows(table.head, head), tuple(bodies), _rows(table.foot, cell),
        )
    )  # fmt: skip


def _headed(body: TableBody, row_head: Adapt, cell: Adapt) -> tuple[Row, ...]:
    """The rows of a table whose first cells head them."""
    return tuple(
        Row((*_cells(row.cells[: body.title_columns], row_head), *_cells(row.cells[body.title_columns :], cell)))
        for row in body.rows
    )


def _rows(rows: Iterable[Row], adapt: Adapt) -> tuple[Row, ...]:
    return tuple(Row(tuple(_cells(row.cells, adapt))) for row in rows)


def _cells(cells: Iterable[Cell], adapt: Adapt) -> Iterator[Cell]:
    return (replace(cell, blocks=adapt(cell.blocks), attributes=tree.attr()) for cell in cells)


def relative_widths(given: Sequence[float], rows: Sequence[Row]) -> list[float]:
    """Shares of the line, adding up to 1: as the author gave them, or by the longest word and text of a column.

    Equal widths are not the author's: they are what pandoc makes of a table drawn with equal dashes.
    """
    full = [row.cells for row in rows if len(row.cells) == len(given)]  # a cell that spans columns says nothing of one
    shares = given if all(given) and max(given) - min(given) > EQUAL else _natural(len(given), full)
    shares = with_room(shares, _longest(len(given), full))
    return [share / sum(shares) for share in shares]


def _longest(count: int, rows: Iterable[Sequence[Cell]]) -> list[int]:
    """The longest word of each column, with what the margins of a cell take."""
    longest = [0] * count
    for cells in rows:
        for column, cell in enumerate(cells):
            longest[column] = max(longest[column], *map(len, tree.text(cell.blocks).split()), 0)
    return [min(length, LONGEST_WORD) + MARGINS for length in longest]


def _natural(count: int, rows: Iterable[Sequence[Cell]]) -> list[float]:
    """The share that each column asks for, from its longest word and, less and less, from its longest text."""
    shares = [4.0] * count
    for cells in rows:
        for column, cell in enumerate(cells):
            words = tree.text(cell.blocks)
            longest = max(map(len, words.split()), default=0)
            wanted = min(longest, LONGEST_WORD) + 2 * math.sqrt(min(len(words), LONGEST_TEXT))
            shares[column] = max(shares[column], wanted)
    return shares
