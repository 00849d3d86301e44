"""What each block of the report prints, paragraph by paragraph: the words that a reviewer saw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rapport import tree
from rapport.model import Document, Node, Report

NOTE, CAPTION = "note", "caption"
PARAGRAPHS = ("Para", "Plain", "Header", "CodeBlock")


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """The words of one printed paragraph; `beside`: it is typed elsewhere than its block, as a note or a caption."""

    text: str
    beside: str = ""


def printed(report: Report, document: Document) -> dict[str, tuple[PrintedParagraph, ...]]:
    """The report's blocks by their ids, each with its paragraphs, those of its notes among them."""
    names = {_name(block.node) or block.id: block.id for block in report.blocks}
    found: dict[str, tuple[PrintedParagraph, ...]] = {}
    pending: list[Node] = [*document.front, *(n for chapter in document.chapters for n in chapter), *document.back]
    while pending:
        node = pending.pop()
        name = tree.attributes(node)[0]
        if name in names:
            found[names[name]] = tuple(one for one in paragraphs(node) if one.text)
        elif node["t"] == "Div":
            pending += node["c"][1]
    return found


def paragraphs(node: Node) -> Iterator[PrintedParagraph]:
    """Every paragraph inside a block, as read from the top; what the program wrote in it is left out."""
    beside: dict[int, str] = {}
    for inner in tree.walk(node):
        note = beside.get(id(inner), "")
        if inner["t"] == "Note":
            beside |= {id(deep): NOTE for deep in tree.walk(inner["c"])}
        elif inner["t"] == "Table":
            beside |= {id(deep): CAPTION for deep in tree.walk(inner["c"][1])}
        elif inner["t"] in PARAGRAPHS:
            yield PrintedParagraph(words(inner), note)
        elif inner["t"] == "LineBlock":
            yield PrintedParagraph(" ".join(words(line) for line in inner["c"]), note)
        elif inner["t"] == "DefinitionList":
            yield from (PrintedParagraph(words(term), note) for term, _ in inner["c"])


def words(value: Any) -> str:
    """The words of a paragraph without its notes, its pictures, and what the program wrote in it."""
    return tree.text(value, tree.PRINTED)


def _name(node: Node) -> str:
    return str(node["c"][1][0]) if node["t"] == "Header" else ""
