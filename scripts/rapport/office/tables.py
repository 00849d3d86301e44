"""Tables as pandoc reads them without dropping a cell."""

from __future__ import annotations

from lxml import etree

from rapport.office.namespaces import q
from rapport.office.wordml import number
from rapport.office.xml import Element, remove

WIDEST = 60  # columns: Word's own limit is 63


def even_tables(root: Element) -> None:
    """Every row as wide as the widest: pandoc drops the cells that go beyond the first one's width."""
    for table in list(root.iter(q("w:tbl"))):
        rows = list(table.iterchildren(q("w:tr")))
        for row in rows:
            for name, at in (("w:gridBefore", 0), ("w:gridAfter", len(row))):
                left_out = row.find(f"{q('w:trPr')}/{q(name)}")
                if left_out is not None:
                    _fill(row, _number(left_out), at)
                    remove(left_out)
        widths = [_width(row) for row in rows]
        for row, width in zip(rows, widths, strict=True):
            _fill(row, min(max(widths), WIDEST) - width, len(row))


def _number(node: Element) -> int:
    """What a count says; none where it is no number, or a wild one."""
    return max(0, min(number(node.get(q("w:val")), 0), WIDEST)) if node is not None else 0


def _width(row: Element) -> int:
    """How many columns a row takes."""
    return sum(max(_number(cell.find(f"{q('w:tcPr')}/{q('w:gridSpan')}")), 1) for cell in row.iterchildren(q("w:tc")))


def _fill(row: Element, count: int, at: int) -> None:
    """So many empty cells put into a row, never before its properties."""
    properties = [child for child in row if child.tag in (q("w:trPr"), q("w:tblPrEx"))]
    for _ in range(count):
        cell = etree.Element(q("w:tc"))
        etree.SubElement(cell, q("w:p"))
        row.insert(max(at, len(properties)), cell)
