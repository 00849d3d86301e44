"""What each block of the report prints, paragraph by paragraph: the words that a reviewer saw."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rapport import tree
from rapport.model import Document, Node, Report

YEAR_LETTER = re.compile(r"((?:19|20)\d\d)[a-z]")
NOTE, CAPTION = "note", "caption"


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """The words of one printed paragraph; `side_kind`: it is typed elsewhere than its block, as a note or a caption."""

    text: str
    side_kind: str = ""


def printed_paragraphs(report: Report, document: Document) -> dict[str, tuple[PrintedParagraph, ...]]:
    """The report's blocks by their ids, each with its paragraphs, those of its notes among them."""
    names = {tree.heading_name(block.node) or block.id: block.id for block in report.blocks}
    return {
        names[name]: tuple(one for one in paragraphs(node) if one.text)
        for node in tree.document_blocks(document)
        if (name := tree.identifier(node)) in names
    }


def paragraphs(node: Node) -> Iterator[PrintedParagraph]:
    """Every paragraph inside a block, as read from the top; what the program wrote in it is left out."""
    beside: dict[int, str] = {}
    for inner in tree.walk(node):
        note = beside.get(id(inner), "")
        match tree.kind(inner):
            case "Note":
                beside |= {id(deep): NOTE for deep in tree.walk(tree.blocks(inner))}
            case "Table":
                beside |= {id(deep): CAPTION for deep in tree.walk(tree.caption(inner))}
            case "Para" | "Plain" | "Header" | "CodeBlock":
                yield PrintedParagraph(words(inner), note)
            case "LineBlock":
                yield PrintedParagraph(" ".join(words(line) for line in tree.lines(inner)), note)
            case "DefinitionList":
                yield from (PrintedParagraph(words(term), note) for term, _ in tree.definitions(inner))


def words(value: Any) -> str:
    """The words of a paragraph without its notes, its pictures, and what the program wrote in it."""
    return tree.text(value, tree.PRINTED)


def words_to_prove(said: Iterable[str]) -> tuple[str, ...]:
    """Words for a proof: the letter that tells works of one year apart (« 2012b ») goes when one of them goes."""
    return tuple(YEAR_LETTER.sub(r"\1", word) if YEAR_LETTER.fullmatch(word) else word for word in said)
