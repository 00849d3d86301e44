"""The Word file of a draft made the draft's own: stamped with its number, or with one association's passages marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from lxml import etree

from rapport.office.archive import pack, unpack
from rapport.office.namespaces import q
from rapport.office.tracked_reader import PROPERTY, read_lines
from rapport.office.tracked_text import BODY
from rapport.office.wordml import ensure_child
from rapport.review.freeze.draft_map import DraftParagraph

CUSTOM = "docProps/custom.xml"
EMPTY, CLOSED = "/>", "</Properties>"
FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # what Word calls properties that people add
SHADE, BAR = "FFF3C4", "B7791F"
BEFORE = tuple(
    q(f"w:{name}") for name in (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    )
)  # fmt: skip
"""What stands before borders in a paragraph's properties, in the order of the standard."""


def stamp_copy(docx: bytes, number: int) -> bytes:
    """The file with a property that says which draft it is: it outlives a save by Word and by LibreOffice."""
    parts = unpack(docx)
    said = (
        f'<property fmtid="{FORMAT}" pid="2" name="{PROPERTY}"><vt:lpwstr>{escape(str(number))}</vt:lpwstr></property>'
    )
    custom = parts[CUSTOM].decode().rstrip()
    parts[CUSTOM] = f"{custom.removesuffix(EMPTY)}>{said}{CLOSED}".encode()
    return pack(parts)


def highlight_passages(docx: bytes, places: Sequence[DraftParagraph], association: str) -> bytes:
    """The file with a bar and a shade beside every passage of one association: nothing in its words is changed."""
    parts = unpack(docx)
    root = etree.fromstring(parts["word/document.xml"], etree.XMLParser(resolve_entities=False))
    body = (place for place in places if place.part == BODY)
    for paragraph in _printed(root):
        if next(body).association == association:
            _mark(paragraph)
    parts["word/document.xml"] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return pack(parts)


def _printed(root: Any) -> Iterator[Any]:
    """The paragraphs that have words, as the map has them."""
    for paragraph, line in read_lines(root):
        if line.text_sent.strip():
            yield paragraph


def _mark(paragraph: Any) -> None:
    properties = ensure_child(paragraph, "w:pPr")
    at = sum(1 for child in properties if child.tag in BEFORE)
    border = etree.Element(q("w:pBdr"))
    etree.SubElement(border, q("w:left"), {q("w:val"): "single", q("w:sz"): "24", q("w:space"): "6", q("w:color"): BAR})
    shade = etree.Element(q("w:shd"), {q("w:val"): "clear", q("w:color"): "auto", q("w:fill"): SHADE})
    for old in properties.findall(q("w:pBdr")) + properties.findall(q("w:shd")):
        properties.remove(old)
    properties.insert(at, border)
    properties.insert(at + 1, shade)
