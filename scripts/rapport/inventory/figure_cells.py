"""Cells of figures counted: those of a file received, and those that stand where it is kept.

Workbooks are read from their XML, text files sign by sign, and the tables of our form from the cells of the inventory
of its file; none of it is what the figures are taken in by.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from rapport.inventory import plain_text
from rapport.inventory.states import Inventory
from rapport.inventory.xml import Element, attribute, child, children, local, parse_xml

KEY = re.compile(r"(?:chiffre|figure)\s+([a-z0-9-]+)\s*,\s*version\s+\d+", re.IGNORECASE)
REACHES = 2_000  # rows and columns that a repeated cell is followed over
Cells = dict[tuple[int, int], str]
"""What stands in each cell that holds something, by row and column from 0."""


def form_tables(received: Inventory) -> dict[str, list[str]]:
    """The cells of each table of figures in a form, row by row, by the name of its count; its card has another head."""
    found: dict[str, list[str]] = {}
    for cells in received.tables:
        if cells and (key := KEY.search(cells[0])):
            found.setdefault(key[1].lower(), []).extend(cells[1:])
    return found


def without_figures(received: Inventory) -> list[Sequence[str]]:
    """The tables of a file that are not of figures."""
    return [cells for cells in received.tables if not any(KEY.search(cell) for cell in cells[:2])]


def kept_table(data: bytes) -> list[str]:
    """The cells of the table in a file of figures that intake wrote, row by row: what stands between its empty rows."""
    rows = list(_rows(plain_text.decode(data), ";"))
    empty = [at for at, row in enumerate(rows) if not any(row)]
    end = empty[1] if len(empty) > 1 else len(rows)
    return [cell for row in rows[empty[0] + 1 : end] for cell in row] if empty else []


def agreement(received: Sequence[str], kept: Sequence[str]) -> tuple[int, int]:
    """How many cells of a table are filled, and how many of those stand in the same place where it is kept."""
    filled = [_folded(cell) for cell in received]
    there = [_folded(cell) for cell in kept]
    if len(there) == len(filled) + 1:  # the corner, where the key stood
        there = there[1:]
    if len(there) != len(filled):
        filled, there = [cell for cell in filled if cell], [cell for cell in there if cell]
    pairs = zip(filled, [*there, *[""] * len(filled)], strict=False)
    return sum(map(bool, filled)), sum(bool(cell) and cell == other for cell, other in pairs)


def _folded(cell: str) -> str:
    return "".join(cell.split()).removeprefix("'").casefold()


# ---------------------------------------------------------------- files of figures


def file_cells(data: bytes) -> list[Cells]:
    """The cells of each sheet of a CSV file or a workbook; [] where it cannot be read."""
    try:
        if not data.startswith(b"PK"):
            return [_text_cells(plain_text.decode(data))]
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist() if name.endswith(".xml")}
    except (zipfile.BadZipFile, KeyError, OSError):
        return []
    try:
        return list(_ods(parts["content.xml"]) if "content.xml" in parts else _xlsx(parts))
    except (etree.XMLSyntaxError, ValueError, KeyError, IndexError):
        return []


def _text_cells(text: str) -> Cells:
    lines = [line for line in text.split("\n") if line.strip()]
    sign = max(";\t,", key=lambda one: sum(one in line for line in lines))
    return _filled((at, beside, cell) for at, row in enumerate(_rows(text, sign)) for beside, cell in enumerate(row))


def _rows(text: str, sign: str) -> Iterator[list[str]]:
    """The rows of a text, cut at a sign and at the ends of lines, outside quotation marks."""
    row, cell, quoted, before = list[str](), "", False, ""
    for letter in text.replace("\r\n", "\n"):
        if letter == '"':
            cell += '"' if before == '"' and not quoted else ""  # two of them are one
            quoted = not quoted
        elif letter == sign and not quoted:
            row, cell = [*row, cell], ""
        elif letter == "\n" and not quoted:
            yield [*row, cell]
            row, cell = [], ""
        else:
            cell += letter
        before = letter
    if row or cell:
        yield [*row, cell]


def _filled(cells: Iterable[tuple[int, int, str]]) -> Cells:
    return {(row, column): text.strip() for row, column, text in cells if text.strip()}


def _xlsx(parts: dict[str, bytes]) -> Iterator[Cells]:
    strings = children(parse_xml(parts["xl/sharedStrings.xml"]), "si") if "xl/sharedStrings.xml" in parts else iter(())
    shared = ["".join(t.text or "" for t in item.iter() if local(t) == "t") for item in strings]
    for name in sorted((n for n in parts if re.fullmatch(r"xl/worksheets/[^/]+\.xml", n)), key=_numbered):
        cells = (cell for cell in parse_xml(parts[name]).iter() if local(cell) == "c")
        yield _filled((*_place(attribute(cell, "r")), _xlsx_text(cell, shared)) for cell in cells)


def _numbered(name: str) -> tuple[int, str]:
    return int("".join(re.findall(r"\d", name)) or 0), name


def _place(reference: str) -> tuple[int, int]:
    """« B7 » → row 6, column 1."""
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", reference).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


def _xlsx_text(cell: Element, shared: Sequence[str]) -> str:
    value = child(cell, "v")
    said = (value.text or "") if value is not None else ""
    if attribute(cell, "t") == "s":
        return shared[int(said)]
    return said or "".join(node.text or "" for node in cell.iter() if local(node) == "t")


def _ods(content: bytes) -> Iterator[Cells]:
    for sheet in (node for node in parse_xml(content).iter() if local(node) == "table"):
        yield _filled(_ods_cells(sheet))


def _ods_cells(sheet: Element) -> Iterator[tuple[int, int, str]]:
    at = 0
    for row in (node for node in sheet.iter() if local(node) == "table-row"):
        beside, down = 0, int(attribute(row, "number-rows-repeated") or 1)
        for cell in (node for node in row if local(node) in ("table-cell", "covered-table-cell")):
            said = attribute(cell, "value") or " ".join("".join(p.itertext()) for p in children(cell, "p"))
            across = int(attribute(cell, "number-columns-repeated") or 1)
            for i in range(min(down, REACHES) if said else 0):
                yield from ((at + i, beside + j, said) for j in range(min(across, REACHES)))
            beside += across
        at += down
