"""A table of pandoc's tree by its parts: rows, cells and what they reach over, by name instead of by place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from rapport.model import Node
from rapport.tree.making import attr
from rapport.tree.nodes import Attributes


class Cell(Struct, frozen=True):
    """One cell: its blocks, how many rows and columns it reaches over, its side (« AlignLeft », « AlignDefault »…)."""

    blocks: list[Node]
    row_span: int = 1
    column_span: int = 1
    alignment: str = "AlignDefault"
    attributes: Attributes = field(default_factory=attr)


class Row(Struct, frozen=True):
    """One row of cells."""

    cells: tuple[Cell, ...]
    attributes: Attributes = field(default_factory=attr)


class TableBody(Struct, frozen=True):
    """Rows that go together: those of titles inside the body, the others, and how many columns of each are titles."""

    rows: tuple[Row, ...]
    titles: tuple[Row, ...] = ()
    title_columns: int = 0
    attributes: Attributes = field(default_factory=attr)


class Column(Struct, frozen=True):
    """One column: its side, and its part of the width of the text (None: as wide as what stands in it)."""

    alignment: str = "AlignDefault"
    width: float | None = None


class Table(Struct, frozen=True):
    """A table: its caption (blocks), columns, rows of titles, bodies, rows of totals."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    bodies: tuple[TableBody, ...]
    foot: tuple[Row, ...] = ()
    caption: list[Node] = field(default_factory=list)
    short_caption: list[Node] | None = None
    attributes: Attributes = field(default_factory=attr)
    head_attributes: Attributes = field(default_factory=attr)
    foot_attributes: Attributes = field(default_factory=attr)

    def rows(self) -> Iterator[Row]:
        """Every row from the top to the bottom."""
        yield from self.head
        for body in self.bodies:
            yield from body.titles
            yield from body.rows
        yield from self.foot

    def cells(self) -> Iterator[Cell]:
        """Every cell, row by row."""
        for row in self.rows():
            yield from row.cells

    def with_cells(self, change: Callable[[Cell], Cell]) -> Table:
        """The table with every cell changed."""

        def rows(before: Sequence[Row]) -> tuple[Row, ...]:
            return tuple(replace(row, cells=tuple(map(change, row.cells))) for row in before)

        bodies = tuple(replace(body, titles=rows(body.titles), rows=rows(body.rows)) for body in self.bodies)
        return replace(self, head=rows(self.head), bodies=bodies, foot=rows(self.foot))


def table_of(node: Node) -> Table:
    """The parts of a Table node."""
    attributes, (short, caption), columns, (head_attributes, head), bodies, (foot_attributes, foot) = node["c"]
    return Table(
        columns=tuple(Column(side["t"], width.get("c")) for side, width in columns),
        head=_rows(head),
        bodies=tuple(TableBody(_rows(rows), _rows(titles), heads, a) for a, heads, titles, rows in bodies),
        foot=_rows(foot),
        caption=caption,
        short_caption=short,
        attributes=attributes,
        head_attributes=head_attributes,
        foot_attributes=foot_attributes,
    )


def table_node(table: Table) -> Node:
    """The node of a table's parts."""
    columns = [
        [{"t": c.alignment}, {"t": "ColWidthDefault"} if c.width is None else {"t": "ColWidth", "c": c.width}]
        for c in table.columns
    ]
    bodies = [[b.attributes, b.title_columns, _row_nodes(b.titles), _row_nodes(b.rows)] for b in table.bodies]
    head = [table.head_attributes, _row_nodes(table.head)]
    foot = [table.foot_attributes, _row_nodes(table.foot)]
    return {"t": "Table", "c": [table.attributes, [table.short_caption, table.caption], columns, head, bodies, foot]}


def _rows(rows: list[Any]) -> tuple[Row, ...]:
    return tuple(
        Row(tuple(Cell(blocks, down, over, side["t"], a) for a, side, down, over, blocks in cells), attributes)
        for attributes, cells in rows
    )


def _row_nodes(rows: Sequence[Row]) -> list[Any]:
    return [
        [row.attributes, [[c.attributes, {"t": c.alignment}, c.row_span, c.column_span, c.blocks] for c in row.cells]]
        for row in rows
    ]
