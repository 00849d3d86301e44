"""Cross-references of a text: what each shows, whether that is a page, and the words of the place it led to.

The report numbers and pages anew, so that what a reference showed is frozen: it is told, with the place it meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport.office.namespaces import q
from rapport.office.normal_document import CrossReference, NormalDocument
from rapport.office.odf import all_text, own_text
from rapport.office.wordml import paragraph_text, piece
from rapport.office.xml import Element

INSTRUCTION = re.compile(r"^\s*(REF|PAGEREF|NOTEREF)\s+\"?([^\s\"\\]+)", re.IGNORECASE)
ODT = tuple(q(f"text:{name}") for name in ("bookmark-ref", "reference-ref", "sequence-ref", "note-ref"))
CONTENTS = "_Toc"  # begins the bookmarks that Word makes for a table of contents, and for nothing else
LONGEST = 80  # signs of the place that are worth telling


def word_references(root: Element, normal: NormalDocument) -> None:
    """Keep what the cross-references of a part of a Word file show, and where they led."""
    places = {
        mark.get(q("w:name"), ""): next(mark.iterancestors(q("w:p")), None) for mark in root.iter(q("w:bookmarkStart"))
    }
    for instruction, shown in _fields(root):
        found = INSTRUCTION.match(instruction)
        if found and shown.strip() and not (found[1].upper() == "PAGEREF" and found[2].startswith(CONTENTS)):
            place = places.get(found[2])
            target = paragraph_text(place) if place is not None else ""
            normal.references.append(_reference(shown, found[1].upper() == "PAGEREF", target))


def _fields(root: Element) -> Iterator[tuple[str, str]]:
    """The instruction and the words of each field, the inner ones first; a table of contents is none of them."""
    open_fields: list[list[str]] = []
    showing: list[bool] = []
    for node in root.iter(q("w:fldSimple"), q("w:fldChar"), q("w:instrText"), q("w:t"), q("w:tab")):
        if node.tag == q("w:fldSimple"):
            yield node.get(q("w:instr"), ""), "".join(piece(one) for one in node.iter(q("w:t")))
        elif node.tag == q("w:fldChar") and node.get(q("w:fldCharType")) == "begin":
            open_fields.append(["", ""])
            showing.append(False)
        elif node.tag == q("w:fldChar") and open_fields:
            showing[-1] = True
            if node.get(q("w:fldCharType")) == "end":
                instruction, shown = open_fields.pop()
                showing.pop()
                if not any(one[0].strip().upper().startswith("TOC") for one in open_fields):
                    yield instruction, shown
        elif open_fields:
            said = node.tag != q("w:instrText")
            if said == showing[-1]:
                open_fields[-1][1 if said else 0] += node.text or " "


def writer_references(root: Element, normal: NormalDocument) -> None:
    """The same of an OpenDocument text."""
    marks = ("bookmark", "bookmark-start", "reference-mark", "reference-mark-start", "sequence")
    places: dict[str, Element] = {}
    for mark in root.iter(*(q(f"text:{name}") for name in marks)):
        name = mark.get(q("text:name"), "") if mark.tag != q("text:sequence") else mark.get(q("text:ref-name"), "")
        places.setdefault(name, next(mark.iterancestors(q("text:p"), q("text:h")), None))
    for node in root.iter(*ODT):
        place = places.get(node.get(q("text:ref-name"), ""))
        shown = all_text(node)
        if shown.strip():
            page = node.get(q("text:reference-format"), "page") == "page"
            normal.references.append(_reference(shown, page, own_text(place) if place is not None else ""))


def _reference(shown: str, page: bool, target: str) -> CrossReference:
    said = " ".join(target.split())
    return CrossReference(" ".join(shown.split()), page, said if len(said) <= LONGEST else f"{said[:LONGEST]}…")
