"""The parts and themes of a document, as Word numbers them and as its table of contents lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, takewhile

from msgspec import Struct

from rapport import tree
from rapport.model import Document, Node
from rapport.output.docx.changes import change
from rapport.output.visitor import THEME


class DocxHeading(Struct, frozen=True):
    """One line of the table of contents; `number` is what the document says and Word's own numbering shows, or "".

    `paragraph` is the number of the first paragraph under it, or "".
    """

    index: int
    level: int
    id: str
    number: str
    text: str
    paragraph: str

    @property
    def bookmark(self) -> str:
        """A bookmark of the form that Word itself gives to what its tables of contents list."""
        return f"_Toc{self.index:09}"


def headings(document: Document) -> tuple[DocxHeading, ...]:
    """Every heading of level 1 or 2, in the order of print."""
    found = tuple(_landmarks(chain(*tree.document_pages(document))))
    listed = [(at, node) for at, node in enumerate(found) if tree.kind(node) == "Header"]
    return tuple(
        DocxHeading(
            index, tree.level(node), tree.identifier(node), tree.pair(node, "number"),
            tree.text(tree.inlines(node)), _first_paragraph(tree.level(node), found[at + 1 :]),
        )
        for index, (at, node) in enumerate(listed, 1)
    )  # fmt: skip


def _first_paragraph(level: int, following: Iterable[Node]) -> str:
    """The number of the first paragraph before the next heading of this level, "" if there is none."""
    under = takewhile(lambda node: tree.kind(node) == "Div" or tree.level(node) > level, following)
    return next((tree.pair(node, "number") for node in under if tree.kind(node) == "Div"), "")


def _landmarks(blocks: Iterable[Node]) -> Iterator[Node]:
    """Headings that are listed and paragraphs that are numbered, but for those that were deleted."""
    for block in blocks:
        kept = not change(tree.classes(block)) if tree.kind(block) in ("Header", "Div") else False
        if tree.kind(block) == "Header" and tree.level(block) <= THEME and kept:
            yield block
        elif tree.kind(block) == "Div":
            if kept and tree.pair(block, "number") and {"paragraph", "recommendation"} & set(tree.classes(block)):
                yield block
            yield from _landmarks(tree.blocks(block))
