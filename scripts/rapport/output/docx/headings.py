"""The parts and themes of a document, as Word numbers them and as its table of contents lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from rapport.model import Document, Node
from rapport.output.docx.changes import change
from rapport.tree import text


@dataclass(frozen=True, slots=True)
class DocxHeading:
    """One line of the table of contents; `number` is what the document says and Word's own numbering shows, or ""."""

    index: int
    level: int
    id: str
    number: str
    text: str

    @property
    def bookmark(self) -> str:
        """A bookmark of the form that Word itself gives to what its tables of contents list."""
        return f"_Toc{self.index:09}"


def headings(document: Document) -> tuple[DocxHeading, ...]:
    """Every heading of level 1 or 2, in the order of print."""
    listed = _headers(chain(document.front, *document.chapters, document.back))
    return tuple(
        DocxHeading(index, level, identifier, dict(pairs).get("number", ""), text(inlines))
        for index, (level, (identifier, _, pairs), inlines) in enumerate(listed, 1)
    )


def _headers(blocks: Iterable[Node]) -> Iterator[list]:
    for block in blocks:
        if block["t"] == "Header" and block["c"][0] <= 2:
            if not change(block["c"][1][1]):  # one that was deleted is listed no more
                yield block["c"]
        elif block["t"] == "Div":
            yield from _headers(block["c"][1])
