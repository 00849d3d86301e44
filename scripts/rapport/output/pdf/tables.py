"""Pandoc's tables → rows of cells, and columns as wide as what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from rapport.model import Node
from rapport.output.columns import fair_widths, with_room
from rapport.output.pdf.inlines import Box, Data, box_content, box_kind
from rapport.tree import Row, Table, TableBody

LowerBlocks = Callable[[Iterable[Node]], list[Box]]

ALIGNMENTS = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center", "AlignDefault": "auto"}
PADDING = 3
"""Characters: what the space on both sides of a cell takes."""
LONGEST = 500
"""Characters: a row stays on its page unless one of its cells holds more than that."""
MOST_LINES = 15
"""Paragraphs, items and lines: the same of a cell that holds more of them, however short."""
WIDEST = 60
"""Characters: a column asks for no more than this, so that a long text does not starve its neighbours."""


def table_data(table: Table, blocks: LowerBlocks) -> Box:
    """A table as {"widths", "align", "header", "body", "footer"}; `blocks` lowers what a cell holds."""
    width = len(table.columns)
    rows = {
        "header": [row_data(row, blocks, width) for row in table.head],
        "body": [row for body in table.bodies for row in body_rows(body, blocks, width)],
        "footer": [row_data(row, blocks, 0) for row in table.foot],
    }
    widths = natural_widths(chain(*rows.values()), width)
    return {"widths": widths, "align": [ALIGNMENTS[column.alignment] for column in table.columns], **rows}


def body_rows(body: TableBody, blocks: LowerBlocks, width: int) -> Iterable[list[Box]]:
    """The rows of one table body: headings of its own first, then rows of which some first cells are headings."""
    yield from ([{**cell, "group": True} for cell in row_data(row, blocks, width)] for row in body.titles)
    yield from (row_data(row, blocks, body.title_columns) for row in body.rows)


def row_data(row: Row, blocks: LowerBlocks, heads: int) -> list[Box]:
    """The cells of a row; the first `heads` are headings. What a cell does not say is left out."""
    cells = []
    for index, source in enumerate(row.cells):
        cell: Box = {"c": blocks(source.blocks)}
        if source.column_span > 1:
            cell["colspan"] = source.column_span
        if source.row_span > 1:
            cell["rowspan"] = source.row_span
        if source.alignment != "AlignDefault":
            cell["align"] = ALIGNMENTS[source.alignment]
        if index < heads:
            cell["head"] = True
        cells.append(cell)
    if any(len(words(cell)) > LONGEST or line_count(cell) > MOST_LINES for cell in cells):
        cells = [{**cell, "breakable": True} for cell in cells]  # one that is not would keep the row whole
    return cells


def natural_widths(rows: Iterable[Sequence[Box]], count: int) -> list[float]:
    """Relative widths of columns, from what stands in them: pandoc's come from dashes that nobody counts.

    A column asks for its longest text, at most `WIDEST`, and never for less than its longest word. Rows with spans are
    passed over: their cells do not stand where their index says.
    """
    widths, wordy = [4] * count, [4] * count
    for cells in rows:
        if len(cells) == count:
            for index, cell in enumerate(cells):
                text = words(cell).strip()
                wordy[index] = max(wordy[index], *map(len, text.split()), 0)
                widths[index] = max(widths[index], wordy[index], min(len(text), WIDEST))
    return with_room(fair_widths([width + PADDING for width in widths]), [longest + PADDING for longest in wordy])


def words(data: Data | Sequence[Data]) -> str:
    """All the strings in lowered blocks."""
    if isinstance(data, str):
        return data
    if not isinstance(data, dict):
        return "".join(map(words, data))
    return words(box_content(data)) + (" " if box_kind(data) in ("para", "plain") else "")


def line_count(data: Data | Sequence[Data]) -> int:
    """How many lines lowered blocks begin, whatever their width."""
    if isinstance(data, str):
        return 0
    if not isinstance(data, dict):
        return sum(map(line_count, data))
    kind = box_kind(data)
    own = words(data).count("\n") + 1 if kind == "code" else kind in ("para", "plain", "linebreak")
    return own + line_count(box_content(data))
