"""Pandoc's tables → HTML tables with a caption, a head, and cells that say what they are the heading of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from rapport.model import Node
from rapport.tree import Row, Table

WriteCell = Callable[[Sequence[Node]], str]

SIDES = {"AlignRight": "right", "AlignCenter": "center"}
EMPTY = re.compile(r"<td[^>]*></td>|</?tr>|\s")
DENSE = 5  # columns from which on the type is smaller


def table_html(table: Table, cell: WriteCell) -> str:
    """The thead, tbody and tfoot of a table; `cell` writes the blocks of a cell."""
    width = len(table.columns)
    sides = [SIDES.get(column.alignment, "") for column in table.columns]

    def lines(rows: Iterable[Row], scope: str, heads: int) -> str:
        taken = [0] * width  # how many rows down a cell from above still stands in each column
        return "".join(f"<tr>{_row(row, sides, taken, cell, scope, heads)}</tr>\n" for row in rows)

    groups = [_group("thead", lines(table.head, "col", width))]
    for body in table.bodies:
        groups.append(_group("tbody", lines(body.titles, "col", width) + lines(body.rows, "row", body.title_columns)))
    return "".join([*groups, _group("tfoot", lines(table.foot, "row", 0))])


def _group(name: str, lines: str) -> str:
    """A group of rows, if there are any that say something: the head of a table without one is a row of empty cells."""
    return f"<{name}>\n{lines}</{name}>\n" if EMPTY.sub("", lines) else ""


def _row(row: Row, sides: Sequence[str], taken: list[int], write: WriteCell, scope: str, heads: int) -> str:
    """The cells of a row; those in the first `heads` columns are headings, unless they say nothing."""
    html, column = [], 0
    for cell in row.cells:
        while column < len(taken) and taken[column]:
            column += 1
        content, wide = write(cell.blocks), cell.column_span
        name = "th" if column < heads and content else "td"
        side = SIDES.get(cell.alignment) or (sides[column] if column < len(sides) else "")
        html.append(
            f"<{name}"
            + (f' scope="{scope}"' if name == "th" else "")
            + (f' class="{side}"' if side else "")
            + (f' colspan="{wide}"' if wide > 1 else "")
            + (f' rowspan="{cell.row_span}"' if cell.row_span > 1 else "")
            + f">{content}</{name}>"
        )
        taken[column : column + wide] = [cell.row_span] * len(taken[column : column + wide])
        column += wide
    taken[:] = [max(rows - 1, 0) for rows in taken]
    return "".join(html)
