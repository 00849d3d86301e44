"""Tables and pictures in the measure of our page: pandoc sizes tables for American paper, pictures for no cell."""

from __future__ import annotations

import re

from rapport.office import style_names as styles
from rapport.office.page_setup import EMU, LIST_STEP, TALLEST_PICTURE, TEXT_WIDTH, TWIPS

FLUSH = '<wp:inline distT="0" distB="0" distL="0" distR="0">'  # unsaid, LibreOffice sets pictures off by nine points
PICTURE_PATH = re.compile(r'(<pic:cNvPr )descr="[^"]*"')
PICTURE_SIZE = re.compile(r'cx="(\d+)" cy="(\d+)"')
OPENING = re.compile(r"(<w:tblPr>.*?)<w:tblGrid>(.*?)</w:tblGrid>")
WIDTH = re.compile(r"<w:tblW [^>]*>")
INDENT = re.compile(r'<w:tblInd w:w="(\d+)"')
COLUMN = re.compile(r'w:w="(\d+)"')
LIST_LEVEL = 720  # how far pandoc indents a table for each level of the list that it stands in
CELL_PADDING = 9.0
MANY = 8
"""Columns of a table that get smaller type and less room beside it, or words would be cut in two, as in the PDF."""
NARROW = {
    f'w:pStyle w:val="{styles.style_id(usual)}"': f'w:pStyle w:val="{styles.style_id(narrow)}"'
    for usual, narrow in (
        (styles.TABLE_TEXT, styles.NARROW_TEXT),
        (styles.TABLE_HEAD, styles.NARROW_HEAD),
        (styles.ROW_HEAD, styles.NARROW_ROW_HEAD),
    )
}
HEADS_A_ROW = f'w:pStyle w:val="{styles.style_id(styles.ROW_HEAD)}"'
NARROW_PADDING = '<w:tblCellMar><w:left w:w="45" w:type="dxa"/><w:right w:w="45" w:type="dxa"/></w:tblCellMar>'


def pictures(body: str) -> str:
    """No file name stands in the file, and no picture is taller than the page."""
    body = PICTURE_PATH.sub(r"\1", body).replace(' title="" id=', " id=").replace("<wp:inline>", FLUSH)
    return _fit(body, TEXT_WIDTH)


def _fit(xml: str, width: float) -> str:
    """Pictures scaled down, never up, to a width in points and to the tallest that a picture may be."""

    def fitted(size: re.Match[str]) -> str:
        wide, tall = int(size[1]), int(size[2])
        scale = min(1, width * EMU / wide, TALLEST_PICTURE * EMU / tall)
        return f'cx="{int(wide * scale)}" cy="{int(tall * scale)}"'

    return PICTURE_SIZE.sub(fitted, xml)


def tables(body: str) -> str:
    """Tables as wide as the text; no row is cut by the end of a page (pandoc marks the header rows, to be repeated)."""
    body = body.replace("<w:tr><w:trPr>", "<w:tr><w:trPr><w:cantSplit/>")
    body = body.replace("<w:tr><w:tc>", "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>")
    before, *found = body.split("<w:tbl>")
    return "<w:tbl>".join([before, *map(_table, found)])


def _table(xml: str) -> str:
    """What follows one `<w:tbl>`: the table, and the text up to the next."""
    opening = OPENING.match(xml)
    if opening is None:
        return xml
    indented = INDENT.search(opening[1])
    indent = int(indented[1]) / LIST_LEVEL * LIST_STEP if indented else 0
    asked = [int(width) for width in COLUMN.findall(opening[2])]
    widths = [(TEXT_WIDTH - indent) * width / sum(asked) for width in asked]
    properties = WIDTH.sub(f'<w:tblW w:type="dxa" w:w="{_twips(sum(widths))}"/>', opening[1])
    properties = INDENT.sub(f'<w:tblInd w:w="{_twips(indent)}"', properties)
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    rows, end, after = xml[opening.end() :].partition("</w:tbl>")
    if "<wp:extent" in rows:
        rows = "<w:tr>".join(_row(row, widths) for row in rows.split("<w:tr>"))
    if HEADS_A_ROW in rows:
        properties = properties.replace('w:firstColumn="0"', 'w:firstColumn="1"')
    if len(widths) >= MANY:
        properties = properties.replace("<w:tblLook", f"{NARROW_PADDING}<w:tblLook")
        for usual, narrow in NARROW.items():
            rows = rows.replace(usual, narrow)
    return f"{properties}<w:tblGrid>{grid}</w:tblGrid>{rows}{end}{after}"


def _row(xml: str, widths: list[float]) -> str:
    """A row whose pictures fit their cells; where cells span columns, the widest column is taken for each."""
    before, *cells = xml.split("<w:tc>")
    if len(cells) != len(widths):
        widths = [max(widths)] * len(cells)
    fitted = (_fit(cell, width - CELL_PADDING) for cell, width in zip(cells, widths, strict=True))
    return "<w:tc>".join([before, *fitted])


def _twips(points: float) -> int:
    return round(points * TWIPS)
