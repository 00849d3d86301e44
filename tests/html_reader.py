"""Reads the HTML file as the tests need it: strictly, and back into the words of the document it was made from."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

from lxml import html

from rapport.model import Document

VOID = {"meta", "img", "br", "hr"}
PHRASING = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "em", "strong", "sup", "dt", "code"}
BLOCKS = {"p", "div", "section", "ul", "ol", "dl", "table", "blockquote", "figure", "pre", "hr", "h2", "h3", "nav"}
ADDED = (
    "//nav", "//aside", "//*[@class='skip']", "//*[@class='number']", "//*[@role='doc-backlink']", "//head",
    "//caption/*[@class='label']", "//figcaption/*[@class='label']",
)  # fmt: skip
"""What the exporter prints around the words of the document."""


class Page:
    """One HTML file, opened from its bytes."""

    def __init__(self, content: bytes) -> None:
        self.source = content.decode()
        self.tree: Any = html.document_fromstring(self.source)

    def __call__(self, path: str) -> list[Any]:
        """What an XPath finds."""
        return list(self.tree.xpath(path))

    @cached_property
    def ids(self) -> Counter[str]:
        return Counter(self("//@id"))

    @property
    def words(self) -> str:
        """The words of the document in its own order, without any space: each note stands where it is called."""
        tree = copy.deepcopy(self.tree)
        for path in ADDED:
            for element in tree.xpath(path):
                tail = element.tail or ""
                if element.get("class") == "label":
                    tail = tail.removeprefix(" – ")
                element.tail = None
                _drop(element, tail)
        for call in tree.xpath("//*[@role='doc-noteref']"):
            (note,) = tree.xpath("//li[@id=$id]", id=call.get("href")[1:])
            call.text = note.text_content()
            note.getparent().remove(note)
        return squeezed(tree.text_content())


def _drop(element: Any, tail: str) -> None:
    parent, before = element.getparent(), element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def squeezed(text: str) -> str:
    return "".join(text.split())


def words(document: Document) -> str:
    """Every word of a document, in order, without any space."""
    return squeezed(
        "".join(_said([list(document.front_matter), list(map(list, document.chapters)), list(document.back_matter)]))
    )


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _said(item)
    elif isinstance(value, dict) and value.get("t") in ("Str", "Code", "CodeBlock"):
        yield value["c"] if value["t"] == "Str" else value["c"][1]
    elif isinstance(value, dict) and value.get("t") == "Cite":
        yield from _said(value["c"][1])
    elif isinstance(value, dict) and value.get("t") != "Image":
        yield from _said(value.get("c"))


class Nesting(HTMLParser):
    """Fails where a browser would have to guess: every element is closed, in order, and no paragraph holds a block."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(source)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"an attribute twice in <{tag}>"
        if tag in BLOCKS:
            assert not PHRASING & set(self.open), f"<{tag}> in {self.open}"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
