"""OpenDocument spreadsheets, read from their XML: no library with wheels tells formulas and hidden rows apart."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from rapport.figures.grids.grid import MAX_COLUMNS, MAX_ROWS, GridCell, Odd, SheetGrid, UnreadableGrid, grid
from rapport.office.package import MACROS, parse_xml, unzip
from rapport.office.xml import Element

OFFICE, TABLE, TEXT, STYLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text", "style")
)
NUMBERS = ("float", "currency")


def ods_grids(path: str, data: bytes) -> list[SheetGrid]:
    """The sheets of an OpenDocument spreadsheet; raises `UnreadableGrid` or `Unsafe`."""
    parts = unzip(data)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise UnreadableGrid("grid-locked")
    if any(MACROS.search(name) for name in parts):
        raise UnreadableGrid("grid-macros")
    if "content.xml" not in parts:
        raise UnreadableGrid("grid-damaged")
    root = parse_xml(parts["content.xml"], "content.xml")
    unseen = {
        style.get(f"{STYLE}name")
        for style in root.iter(f"{STYLE}style")
        if any(node.get(f"{TABLE}display") == "false" for node in style)
    }
    sheets = [
        sheet for sheet in root.iter(f"{TABLE}table") if etree.QName(sheet.getparent()).localname == "spreadsheet"
    ]
    return [
        grid(path, str(at), _cells(sheet, sheet.get(f"{TABLE}style-name") in unseen))
        for at, sheet in enumerate(sheets, 1)
    ]


def _cells(sheet: Element, whole: bool) -> Iterator[tuple[int, int, GridCell]]:
    columns = _hidden_columns(sheet)
    at = 0
    for line in sheet.iter(f"{TABLE}table-row"):
        unseen = whole or _unseen(line)
        told, repeated = list(_line(line, unseen, columns)), _repeated(line, "rows")
        for below in range(min(repeated, MAX_ROWS + 1) if told else 0):
            yield from ((at + below, column, cell) for column, cell in told)
        at += repeated


def _line(line: Element, unseen: bool, columns: set[int]) -> Iterator[tuple[int, GridCell]]:
    at = 0
    for node in line:
        if node.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        text, repeated = _text(node), _repeated(node, "columns")
        for beside in range(min(repeated, MAX_COLUMNS + 1)):
            cell = GridCell(text, _odd(node, text, unseen or at + beside in columns))
            if cell.text or cell.odd:
                yield at + beside, cell
        at += repeated


def _odd(node: Element, text: str, unseen: bool) -> Odd | None:
    if text and (unseen or (node.find(f"{TEXT}p") is not None and not "".join(node.itertext()).strip())):
        return Odd.HIDDEN
    spans = (node.get(f"{TABLE}number-{way}-spanned", "1") != "1" for way in ("columns", "rows"))
    if node.tag == f"{TABLE}covered-table-cell" or any(spans):
        return Odd.MERGED
    if node.get(f"{TABLE}formula"):
        return Odd.FORMULA
    kind = node.get(f"{OFFICE}value-type", "")
    if kind in ("date", "time"):
        return Odd.DATE
    if node.find(f"{OFFICE}annotation") is not None:
        return Odd.REMARK
    return Odd.FAULTY if text.startswith(("#", "Err:")) and kind != "float" else None


def _text(node: Element) -> str:
    """What the cell holds: its number as it is kept, not as it is rounded for the eye."""
    if node.get(f"{OFFICE}value-type") in NUMBERS:
        return str(node.get(f"{OFFICE}value", "")).removesuffix(".0")
    if node.get(f"{OFFICE}value-type") == "date":
        return str(node.get(f"{OFFICE}date-value", ""))[:10]
    words = (" ".join("".join(line.itertext()).split()) for line in node.iterchildren(f"{TEXT}p"))
    return " ".join(words).strip()


def _repeated(node: Element, what: str) -> int:
    number = node.get(f"{TABLE}number-{what}-repeated", "1")
    return int(number) if number.isdigit() else 1


def _unseen(node: Element) -> bool:
    group = node.getparent()
    folded = group is not None and group.get(f"{TABLE}display") == "false"
    return folded or str(node.get(f"{TABLE}visibility", "visible")) != "visible"


def _hidden_columns(sheet: Element) -> set[int]:
    hidden, at = set[int](), 0
    for column in sheet.iter(f"{TABLE}table-column"):
        repeated = _repeated(column, "columns")
        if _unseen(column):
            hidden.update(range(at, at + min(repeated, MAX_COLUMNS + 1)))
        at += repeated
    return hidden
