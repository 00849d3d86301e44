"""Pandoc's tables → rows of cells, and columns as wide as what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

from rapport.model import Node
from rapport.output.columns import with_room

Data = Any
Blocks = Callable[[Iterable[Node]], list[Data]]

ALIGNMENTS = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center", "AlignDefault": "auto"}
PADDING = 3
"""Characters: what the space on both sides of a cell takes."""
LONGEST = 500
"""Characters: a row stays on its page unless one of its cells holds more than that."""
WIDEST = 60
"""Characters: a column asks for no more than this, so that a long text does not starve its neighbours."""


def table_data(c: Any, blocks: Blocks) -> Data:
    """The content of a pandoc Table as {"columns", "align", "header", "body", "footer"}; `blocks` lowers a cell."""
    _, _, columns, (_, head), bodies, (_, foot) = c
    rows = {
        "header": [row(r, blocks, len(columns)) for r in head],
        "body": [r for body in bodies for r in body_rows(body, blocks, len(columns))],
        "footer": [row(r, blocks, 0) for r in foot],
    }
    widths = natural_widths(chain(*rows.values()), len(columns))
    return {"widths": widths, "align": [ALIGNMENTS[align["t"]] for align, _ in columns], **rows}


def body_rows(body: Any, blocks: Blocks, width: int) -> Iterable[Data]:
    """The rows of one table body: headings of its own first, then rows of which some first cells are headings."""
    _, heads, head_rows, rows = body
    yield from ([{**cell, "group": True} for cell in row(r, blocks, width)] for r in head_rows)
    yield from (row(r, blocks, heads) for r in rows)


def row(node: Any, blocks: Blocks, heads: int) -> list[Data]:
    """The cells of a row; the first `heads` are headings. What a cell does not say is left out."""
    cells = []
    for index, (_, align, rows, columns, content) in enumerate(node[1]):
        cell: Data = {"c": blocks(content)}
        if columns > 1:
            cell["colspan"] = columns
        if rows > 1:
            cell["rowspan"] = rows
        if align["t"] != "AlignDefault":
            cell["align"] = ALIGNMENTS[align["t"]]
        if index < heads:
            cell["head"] = True
        if len(words(cell["c"])) > LONGEST:
            cell["breakable"] = True
        cells.append(cell)
    return cells


def natural_widths(rows: Iterable[Sequence[Data]], count: int) -> list[float]:
    """Relative widths of columns, from what stands in them: pandoc's come from dashes that nobody counts.

    A column asks for its longest text, at most `WIDEST`, and never for less than its longest word. Rows with spans are
    passed over: their cells do not stand where their index says.
    """
    widths, wordy = [4] * count, [4] * count
    for cells in rows:
        if len(cells) == count:
            for index, cell in enumerate(cells):
                text = words(cell["c"]).strip()
                wordy[index] = max(wordy[index], *map(len, text.split()), 0)
                widths[index] = max(widths[index], wordy[index], min(len(text), WIDEST))
    return with_room([width + PADDING for width in widths], [longest + PADDING for longest in wordy])


def words(data: Data) -> str:
    """All the strings in lowered blocks."""
    if isinstance(data, str):
        return data
    if isinstance(data, list):
        return "".join(map(words, data))
    return words(data.get("c", data.get("text", ""))) + (" " if data["t"] in ("para", "plain") else "")
