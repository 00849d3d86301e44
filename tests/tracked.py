"""A Word file with its tracked changes accepted or refused, by the rules of the standard and by no code of the program's."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
IN, OUT = ("ins", "moveTo"), ("del", "moveFrom")


def stories(content: bytes, accept: bool | None) -> tuple[list[str], list[str]]:
    """The paragraphs of the body, and the notes that it calls, in order; None leaves a file without changes as it is.

    The numbers of captions, which Word counts by itself, say « # »; the table of contents, a field too, is left out.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body, notes = (etree.fromstring(package.read(f"word/{name}.xml")) for name in ("document", "footnotes"))
    kept, dropped = (IN, OUT) if accept else (OUT, IN)
    if accept is None:
        assert not list(body.iter(*(W + tag for tag in IN + OUT)))
    for root in (body, notes):
        for toc in root.findall(f".//{W}sdt"):
            toc.getparent().remove(toc)
        _settle(root, kept, dropped)
    called = [e.get(f"{W}id") for e in body.iter(f"{W}footnoteReference")]
    by_id = {note.get(f"{W}id"): note for note in notes.iter(f"{W}footnote")}
    return _paragraphs(body), ["".join(_paragraphs(by_id[name])) for name in called]


def _settle(root: Any, kept: tuple[str, ...], dropped: tuple[str, ...]) -> None:
    for row in list(root.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{W}{tag}") is not None for tag in dropped):
            row.getparent().remove(row)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    for tag in dropped:
        for element in list(root.iter(W + tag)):
            if element.getparent() is not None and element.getparent().tag not in (f"{W}rPr", f"{W}trPr"):
                element.getparent().remove(element)
    for paragraph in list(root.iter(f"{W}p")):  # a paragraph whose mark goes is one with the next
        if any(paragraph.find(f"{W}pPr/{W}rPr/{W}{tag}") is not None for tag in dropped):
            following = paragraph.getnext()
            rest = [child for child in paragraph if child.tag != f"{W}pPr"]
            if following is not None and following.tag == f"{W}p":
                at = 1 if following.find(f"{W}pPr") is not None else 0
                for child in reversed(rest):
                    following.insert(at, child)
                paragraph.getparent().remove(paragraph)
            elif not "".join(_text(paragraph)).strip():
                paragraph.getparent().remove(paragraph)


def _paragraphs(root: Any) -> list[str]:
    said = ["".join(_text(p)) for p in root.iter(f"{W}p")]
    return [re.sub(r"\s+", " ", words).strip() for words in said if words.strip()]


def _text(paragraph: Any) -> list[str]:
    said, instruction, counted = [], "", False
    for element in paragraph.iter():
        if element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            counted = kind == "separate" and instruction.strip().startswith("SEQ")
            said += ["#"] if counted else []
            instruction = ""
        elif element.tag in (f"{W}instrText", f"{W}delInstrText"):
            instruction += element.text or ""
        elif element.tag in (f"{W}t", f"{W}delText") and not counted:
            said.append(element.text or "")
        elif element.tag in (f"{W}tab", f"{W}br") and element.getparent().tag == f"{W}r":
            said.append(" ")
        elif element.tag == f"{W}footnoteReference":
            said.append("^")
    return said
