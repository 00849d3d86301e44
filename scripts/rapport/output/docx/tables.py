"""Pandoc's tables, with the styles of their cells and columns as wide as what stands in them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from rapport.model import Node
from rapport.output.columns import with_room
from rapport.output.docx.inlines import NO_ATTR
from rapport.tree import text

Adapt = Callable[[list[Node]], list[Node]]

EQUAL = 0.01
LONGEST_WORD = 24
LONGEST_TEXT = 250
MARGINS = 3


def adapt_table(content: Any, head: Adapt, cell: Adapt) -> Node:
    """A Table without caption and id (they stand before it), its cells adapted, its columns given widths."""
    _, _, columns, (_, head_rows), bodies, (_, foot_rows) = content
    rows = [*head_rows, *(row for body in bodies for row in (*body[2], *body[3])), *foot_rows]
    widths = relative_widths([width.get("c", 0) for _, width in columns], rows)
    return {
        "t": "Table",
        "c": [
            NO_ATTR,
            [None, []],
            [[align, {"t": "ColWidth", "c": width}] for (align, _), width in zip(columns, widths, strict=True)],
            [NO_ATTR, _rows(head_rows, head)],
            [[NO_ATTR, heads, _rows(first, head), _rows(rest, cell)] for _, heads, first, rest in bodies],
            [NO_ATTR, _rows(foot_rows, cell)],
        ],
    }


def _rows(rows: list[Any], adapt: Adapt) -> list[Any]:
    return [
        [NO_ATTR, [[NO_ATTR, align, down, across, adapt(blocks)] for _, align, down, across, blocks in cells]]
        for _, cells in rows
    ]


def relative_widths(given: list[float], rows: Iterable[Any]) -> list[float]:
    """Shares of the line, adding up to 1: as the author gave them, or by the longest word and text of a column.

    Equal widths are not the author's: they are what pandoc makes of a table drawn with equal dashes.
    """
    rows = list(rows)
    shares = given if all(given) and max(given) - min(given) > EQUAL else _natural(len(given), rows)
    shares = with_room(shares, _longest(len(given), rows))
    return [share / sum(shares) for share in shares]


def _longest(count: int, rows: Iterable[Any]) -> list[int]:
    """The longest word of each column, with what the margins of a cell take."""
    longest = [0] * count
    for cells in (cells for _, cells in rows if len(cells) == count):
        for column, cell in enumerate(cells):
            longest[column] = max(longest[column], *map(len, text(cell[4]).split()), 0)
    return [min(length, LONGEST_WORD) + MARGINS for length in longest]


def _natural(count: int, rows: Iterable[Any]) -> list[float]:
    shares = [4.0] * count
    for _, cells in rows:
        if len(cells) != count:  # a cell that spans columns says nothing about one of them
            continue
        for column, cell in enumerate(cells):
            words = text(cell[4])
            longest = max(map(len, words.split()), default=0)
            wanted = min(longest, LONGEST_WORD) + 2 * math.sqrt(min(len(words), LONGEST_TEXT))
            shares[column] = max(shares[column], wanted)
    return shares
