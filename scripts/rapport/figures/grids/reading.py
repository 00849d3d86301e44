"""A file of numbers as its tables, by what it is and not by its name."""

from __future__ import annotations

from rapport.figures.grids.csv_grid import csv_grids
from rapport.figures.grids.grid import MAX_BYTES, SheetGrid, UnreadableGrid
from rapport.figures.grids.ods_grid import ods_grids
from rapport.figures.grids.xlsx_grid import xlsx_grids
from rapport.office.file_kinds import OLE_FILE, ZIP_FILE, other_program
from rapport.office.package import ENCRYPTED_STREAM, Unsafe

ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
UNSAFE = {"bomb": "grid-big", "too-big": "grid-big", "encrypted": "grid-locked"}


def grids(path: str, data: bytes) -> list[SheetGrid]:
    """The tables of a file; raises `UnreadableGrid` with the reason."""
    if len(data) > MAX_BYTES:
        raise UnreadableGrid("grid-big")
    if data.startswith(OLE_FILE):
        raise UnreadableGrid("grid-locked" if ENCRYPTED_STREAM in data else "grid-old")
    if not data.startswith(ZIP_FILE):
        return csv_grids(path, data)
    if other_program(data) != "spreadsheet":
        raise UnreadableGrid("grid-other")
    try:
        return ods_grids(path, data) if ODS in data[:200] else xlsx_grids(path, data)
    except Unsafe as unsafe:
        raise UnreadableGrid(UNSAFE.get(unsafe.reason, "grid-damaged")) from unsafe
