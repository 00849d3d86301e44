"""The comments of a Word file: what they say, whom they answer, and whether they are resolved."""

from __future__ import annotations

from unicodedata import normalize

from msgspec import Struct

from rapport.office.namespaces import q
from rapport.office.package import Package, Unsafe, parse_xml
from rapport.office.wordml import paragraph_text, story_root
from rapport.office.xml import Element
from rapport.storage.schema import is_date

MOST = 20_000  # comments in one file
LONGEST = 20_000  # signs in one comment


class FoundComment(Struct):
    """One comment; `line` and `run` say where it begins, `quote` what words it hangs on."""

    id: str
    author: str
    date: str
    text: str
    parent: str = ""
    is_resolved: bool = False
    line: int | None = None
    run: int = 0
    quote: str = ""


def comments(package: Package) -> dict[str, FoundComment]:
    """Every comment by its id, answers under the comment they answer."""
    told: dict[str, FoundComment] = {}
    paragraphs: dict[str, str] = {}  # the last paragraph's id → the comment's, by which threads are kept
    root = story_root(package, "word/comments.xml")
    for node in root.iter(q("w:comment")) if root is not None else ():
        identifier = node.get(q("w:id"), "")
        said = [paragraph_text(p) for p in node.iter(q("w:p"))]
        author, date = author_and_date(node)
        text = "\n".join(" ".join(line.split()) for line in said if line.strip())[:LONGEST]
        if len(told) < MOST and identifier not in told:
            told[identifier] = FoundComment(identifier, author, date, text)
            for p in node.iter(q("w:p")):
                paragraphs[p.get(q("w14:paraId"), "")] = identifier
    paragraphs.pop("", None)  # LibreOffice names those alone that it says something of
    _threads(package, told, paragraphs)
    return told


def author_and_date(node: Element) -> tuple[str, str]:
    """Who made a comment or a change, and the day, "" where none is said (LibreOffice writes « 0-00-00 »)."""
    author, date = (" ".join(normalize("NFC", node.get(q(name), "")).split())[:200] for name in ("w:author", "w:date"))
    return author, date[:10] if is_date(date[:10]) else ""


def _threads(package: Package, told: dict[str, FoundComment], paragraphs: dict[str, str]) -> None:
    for node in _extended(package):
        comment = told.get(paragraphs.get(node.get(q("w15:paraId"), ""), ""))
        if comment is not None:
            comment.is_resolved = node.get(q("w15:done"), "0") in ("1", "true")
            above = paragraphs.get(node.get(q("w15:paraIdParent"), ""), "")
            comment.parent = above if above != comment.id else ""


def _extended(package: Package) -> list[Element]:
    for name in package.parts:
        if name.lower().endswith("commentsextended.xml"):
            try:
                return list(parse_xml(package.parts[name], name).iter(q("w15:commentEx")))
            except Unsafe:
                return []
    return []
