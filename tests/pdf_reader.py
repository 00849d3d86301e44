"""Reads a PDF the way the tests of the PDF exporter need it: its words, its structure, its bookmarks."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pikepdf


class Reader:
    """One PDF, opened from its bytes."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.root: Any = self.pdf.Root

    @cached_property
    def pages(self) -> list[str]:
        """The characters of each page in the order they are set, without any space."""
        return ["".join("".join(_shown(page)).split()) for page in self.pdf.pages]

    @cached_property
    def text(self) -> str:
        """The characters of all the pages, without any space: where typst puts spaces is not what is tested."""
        return "".join(self.pages)

    @cached_property
    def spoken(self) -> dict[str, str]:
        """The words of each language, without any space: a content's own language, else that of the elements around."""
        said: dict[str, str] = {}
        on_pages = {page.objgen: dict(_marked(page)) for page in self.pdf.pages}
        for language, page, number in _languages(self.root.StructTreeRoot.K, str(self.root.Lang), None):
            own, text = on_pages[page].get(number, ("", ""))
            said[own or language] = said.get(own or language, "") + "".join(text.split())
        return said

    def says(self, words: str) -> bool:
        return "".join(words.split()) in self.text

    @cached_property
    def elements(self) -> list[Any]:
        """Every element of the structure tree, in reading order."""
        return list(_elements(self.root.StructTreeRoot.K))

    @cached_property
    def roles(self) -> Counter[str]:
        return Counter(str(element.S)[1:] for element in self.elements)

    @cached_property
    def addresses(self) -> set[str]:
        """Where the external links of all the pages lead."""
        notes = [note for page in self.pdf.pages for note in page.get("/Annots", [])]
        return {str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A}

    @cached_property
    def bookmarks(self) -> list[tuple[int, str]]:
        with self.pdf.open_outline() as outline:
            return list(_bookmarks(outline.root, 1))


def _shown(page: Any) -> Iterator[str]:
    """The text of a page, glyph codes read through the ToUnicode maps of its fonts."""
    yield from (text for _, text in _strings(page))


def _marked(page: Any) -> Iterator[tuple[int, tuple[str, str]]]:
    """The language ("" where it says none) and the text of each marked content of a page, by its number."""
    said: dict[int, str] = {}
    for number, text in _strings(page):
        said[number] = said.get(number, "") + text
    tagged = (one.operands[1] for one in pikepdf.parse_content_stream(page) if str(one.operator) == "BDC")
    own = {int(one.MCID): str(one.get("/Lang", "")) for one in tagged if "/MCID" in one}
    yield from ((number, (own.get(number, ""), text)) for number, text in said.items())


def _strings(page: Any) -> Iterator[tuple[int, str]]:
    """Each string that a page shows, and the number of the marked content that it stands in (-1 for none)."""
    maps = {name: _unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    current: dict[int, str] = {}
    inside: list[int] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) in ("BDC", "BMC"):
            tagged = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
            inside.append(int(tagged.get("/MCID", -1)))
        elif str(operator) == "EMC":
            inside.pop()
        elif str(operator) == "Tf":
            current = maps[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            strings = operands[0] if str(operator) == "TJ" else operands
            for string in strings:
                if isinstance(string, pikepdf.String):
                    codes = bytes(string)
                    text = (current.get(int.from_bytes(codes[i : i + 2]), "�") for i in range(0, len(codes), 2))
                    yield max(inside, default=-1), "".join(text)


def _unicode(font: Any) -> dict[int, str]:
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return found


def _languages(node: Any, language: str, page: Any) -> Iterator[tuple[str, Any, int]]:
    """(language, page, number) of each marked content."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _languages(kid, language, page)
    elif isinstance(node, pikepdf.Dictionary):
        language, page = str(node.get("/Lang", language)), node.Pg.objgen if "/Pg" in node else page
        if node.get("/Type") == "/MCR":
            yield language, page, int(node.MCID)
        elif "/K" in node:
            yield from _languages(node.K, language, page)
    elif isinstance(node, int):
        yield language, page, node


def _elements(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node and "/P" in node:
            yield node
        if "/K" in node:
            yield from _elements(node.K)


def _bookmarks(items: Any, level: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield level, item.title
        yield from _bookmarks(item.children, level + 1)
