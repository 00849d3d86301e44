"""Pandoc's tables → HTML tables with a caption, a head, and cells that say what they are the heading of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rapport.model import Node

Cell = Callable[[Sequence[Node]], str]

ALIGNMENTS = {"AlignLeft": "", "AlignRight": "right", "AlignCenter": "center", "AlignDefault": ""}
EMPTY = re.compile(r"<td[^>]*></td>|</?tr>|\s")
DENSE = 5  # columns from which on the type is smaller


def rows(c: Any, cell: Cell) -> str:
    """The thead, tbody and tfoot of a pandoc Table; `cell` writes the blocks of a cell."""
    _, _, columns, (_, head), bodies, (_, foot) = c
    aligned = [ALIGNMENTS[align["t"]] for align, _ in columns]

    def lines(nodes: Iterable[Any], scope: str, heads: int) -> str:
        taken = [0] * len(columns)  # how many rows down a cell from above still stands in each column
        made = (row(cells, aligned, taken, cell, scope, heads) for _, cells in nodes)
        return "".join(f"<tr>{line}</tr>\n" for line in made)

    width = len(columns)
    parts = [group("thead", lines(head, "col", width))]
    for _, heads, head_rows, body in bodies:
        parts.append(group("tbody", lines(head_rows, "col", width) + lines(body, "row", heads)))
    return "".join([*parts, group("tfoot", lines(foot, "row", 0))])


def group(name: str, lines: str) -> str:
    """A group of rows, if there are any that say something: the head of a table without one is a row of empty cells."""
    return f"<{name}>\n{lines}</{name}>\n" if EMPTY.sub("", lines) else ""


def row(cells: Iterable[Any], aligned: Sequence[str], taken: list[int], cell: Cell, scope: str, heads: int) -> str:
    """The cells of a row; those in the first `heads` columns are headings, unless they say nothing."""
    made, column = [], 0
    for _, align, tall, wide, content in cells:
        while column < len(taken) and taken[column]:
            column += 1
        said = cell(content)
        name = "th" if column < heads and said else "td"
        side = ALIGNMENTS[align["t"]] or (aligned[column] if column < len(aligned) else "")
        made.append(
            f"<{name}"
            + (f' scope="{scope}"' if name == "th" else "")
            + (f' class="{side}"' if side else "")
            + (f' colspan="{wide}"' if wide > 1 else "")
            + (f' rowspan="{tall}"' if tall > 1 else "")
            + f">{said}</{name}>"
        )
        taken[column : column + wide] = [tall] * len(taken[column : column + wide])
        column += wide
    taken[:] = [max(rows - 1, 0) for rows in taken]
    return "".join(made)
