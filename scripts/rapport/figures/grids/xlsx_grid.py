"""Excel workbooks through openpyxl, after the limits of every file from outside."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rapport.figures.grids.grid import MAX_COLUMNS, MAX_ROWS, GridCell, Odd, SheetGrid, UnreadableGrid, grid
from rapport.office.package import DTD, MACROS, unzip

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as XlsxCell
    from openpyxl.worksheet.worksheet import Worksheet

MAX_SHEET = 30_000_000  # bytes of one sheet unpacked; a formatted, empty one may be large
UNSHOWN, ZERO_UNSHOWN = re.compile(r"\s*;|[^;]*[0#?],+(?![0#?,])"), re.compile(r"[^;]*;[^;]*;\s*(?:;|$)")
"""Formats that print nothing of a number, or its thousands alone; that print nothing of 0."""
MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"'][A-Z]+\d+:([A-Z]+)(\d+)[\"']")


def xlsx_grids(path: str, data: bytes) -> list[SheetGrid]:
    """The sheets of a workbook; raises `UnreadableGrid`, or `Unsafe` for what must not be opened."""
    parts = unzip(data)
    if any(MACROS.search(name) for name in parts):
        raise UnreadableGrid("grid-macros")
    if any(DTD.search(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))):
        raise UnreadableGrid("grid-damaged")
    if any(len(part) > MAX_SHEET for part in parts.values()):
        raise UnreadableGrid("grid-big")
    if any(_is_giant(merged) for part in parts.values() for merged in MERGE.finditer(part)):
        raise UnreadableGrid("grid-large")  # the library would make every cell of it
    import openpyxl  # late: only a workbook needs it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
    except Exception as error:  # the library raises what its XML, its zip and its types raise
        raise UnreadableGrid("grid-damaged") from error
    return [grid(path, str(at), _cells(sheet)) for at, sheet in enumerate(book.worksheets, 1)]


def _cells(sheet: Worksheet) -> Iterator[tuple[int, int, GridCell]]:
    hidden_rows = {at for at, row in sheet.row_dimensions.items() if row.hidden or row.height == 0}
    hidden_columns = _hidden_columns(sheet)
    whole = sheet.sheet_state != "visible"
    merged = {(row, column) for area in sheet.merged_cells.ranges for row, column in area.cells}
    for (row, column), cell in sorted(sheet._cells.items()):  # those that the file has, not all up to the last
        if cell.value is not None or (row, column) in merged:
            is_blank = (ZERO_UNSHOWN if cell.value == 0 else UNSHOWN).match(cell.number_format) is not None
            unseen = cell.value is not None and (whole or row in hidden_rows or column in hidden_columns or is_blank)
            yield row - 1, column - 1, GridCell(_text(cell), _odd(cell, (row, column) in merged, unseen))


def _is_giant(merged: re.Match[bytes]) -> bool:
    return len(merged[1]) > 2 or int(merged[2]) > MAX_ROWS


def _hidden_columns(sheet: Worksheet) -> set[int]:
    """The columns that nobody sees, from each group that the file describes as one."""
    hidden = (group for group in sheet.column_dimensions.values() if group.hidden or group.width == 0)
    return {at for group in hidden for at in range(group.min or 0, min(group.max or 0, MAX_COLUMNS) + 1)}


def _odd(cell: XlsxCell, merged: bool, unseen: bool) -> Odd | None:
    if unseen:
        return Odd.HIDDEN
    if merged:
        return Odd.MERGED
    if cell.data_type == "f":
        return Odd.FORMULA
    if cell.data_type == "e":
        return Odd.FAULTY
    if cell.is_date:
        return Odd.DATE
    return Odd.REMARK if cell.comment or cell.font.strike else None


def _text(cell: XlsxCell) -> str:
    value = cell.value
    if value is None or cell.data_type == "f":
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if "%" in cell.number_format and isinstance(value, int | float):
        return f"{value:%}"
    if cell.is_date and hasattr(value, "date"):
        return str(value.date().isoformat())
    return " ".join(str(value).split())
