"""A Word file with its tracked changes accepted or refused, by the rules of the standard and by no code of ours."""

from __future__ import annotations

import difflib
import io
import re
import zipfile
from itertools import groupby
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
IN, OUT = ("ins", "moveTo"), ("del", "moveFrom")
LOOKS = {"b": "b", "i": "i", "smallCaps": "c", "strike": "s", "u": "u", "vertAlign": "v"}


def stories(content: bytes, accept: bool | None) -> tuple[list[str], list[str]]:
    """The paragraphs of the body, and the notes that it calls, in order; None leaves a file without changes as it is.

    Words that have a look of their own stand in {b:…}. What Word counts by itself says « # »: fields, which it fills
    again; the table of contents, a field too, is left out.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body, notes = (etree.fromstring(package.read(f"word/{name}.xml")) for name in ("document", "footnotes"))
    dropped = OUT if accept else IN
    if accept is None:
        assert not list(body.iter(*(W + tag for tag in (*IN, *OUT, "rPrChange"))))
    for root in (body, notes):
        for toc in root.findall(f".//{W}sdt"):
            toc.getparent().remove(toc)
        _settle(root, dropped)
        for change in list(root.iter(f"{W}rPrChange")):
            looks = change.getparent()
            if accept:
                looks.remove(change)
            else:
                looks.getparent().replace(looks, change.find(f"{W}rPr"))
    called = [e.get(f"{W}id") for e in body.iter(f"{W}footnoteReference")]
    by_id = {note.get(f"{W}id"): note for note in notes.iter(f"{W}footnote")}
    return paragraphs(body), ["".join(paragraphs(by_id[name])) for name in called]


def differences(expected: list[str], found: list[str]) -> list[str]:
    """The paragraphs in which two files differ; what Word counts in the first may be written out in the second."""
    if len(expected) == len(found):
        return [f"{a} ≠ {b}" for a, b in zip(expected, found, strict=True) if not _agree(a, b)]
    return list(difflib.unified_diff(expected, found, lineterm="", n=0))[2:]


def _agree(expected: str, found: str) -> bool:
    return expected == found or bool(re.fullmatch(re.escape(expected).replace(r"\#", r"(?:#|\d+|[IVXL]+)"), found))


def _settle(root: Any, dropped: tuple[str, ...]) -> None:
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


def paragraphs(root: Any) -> list[str]:
    """The words of every paragraph that has any."""
    said = ["".join(_text(p)) for p in root.iter(f"{W}p")]
    return [re.sub(r"\s+", " ", words).strip() for words in said if words.strip()]


def _text(paragraph: Any) -> list[str]:
    said: list[tuple[str, str]] = []
    fields: list[str] = []
    for element in paragraph.iter():
        if element.tag == f"{W}fldChar":
            match element.get(f"{W}fldCharType"):
                case "begin":
                    fields.append("begin")
                case "separate":
                    fields[-1] = "separate"
                    said.append(("", "#"))
                case _:
                    fields.pop()
        elif fields:
            continue
        elif element.tag in (f"{W}t", f"{W}delText"):
            said += [(_look(element.getparent()) if sign.strip() else "", sign) for sign in element.text or ""]
        elif element.tag in (f"{W}tab", f"{W}br") and element.getparent().tag == f"{W}r":
            said.append(("", " "))
        elif element.tag == f"{W}footnoteReference":
            said.append(("", "^"))
        elif element.tag == f"{W}drawing":
            described = next(element.iter("{*}docPr"))
            said.append(("", f"[{described.get('descr')}]"))
    grouped = [(look, "".join(words)) for look, words in _stretches(said)]
    return [f"{{{look}:{words}}}" if look else words for look, words in grouped]


def _look(run: Any) -> str:
    on = [run.find(f"{W}rPr/{W}{name}") for name in LOOKS]
    return "".join(sign for sign, found in zip(LOOKS.values(), on, strict=True) if found is not None)


def _stretches(said: list[tuple[str, str]]) -> Any:
    return [(look, [sign for _, sign in group]) for look, group in groupby(said, lambda one: one[0])]
