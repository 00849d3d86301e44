"""The parts and themes of a document, as Word numbers them and as its table of contents lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from rapport import tree
from rapport.model import Document, Node
from rapport.output.docx.changes import change
from rapport.output.visitor import THEME


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
    listed = _headers(chain(document.front_matter, *document.chapters, document.back_matter))
    return tuple(
        DocxHeading(
            index, tree.level(node), tree.identifier(node), tree.pair(node, "number"), tree.text(tree.inlines(node))
        )
        for index, node in enumerate(listed, 1)
    )


def _headers(blocks: Iterable[Node]) -> Iterator[Node]:
    for block in blocks:
        if tree.kind(block) == "Header" and tree.level(block) <= THEME:
            if not change(tree.classes(block)):  # one that was deleted is listed no more
                yield block
        elif tree.kind(block) == "Div":
            yield from _headers(tree.blocks(block))
