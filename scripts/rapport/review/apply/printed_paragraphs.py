"""What each block of the report prints, paragraph by paragraph: the words that a reviewer saw."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from rapport import tree
from rapport.diff.markdown_alignment import keys
from rapport.model import Document, Node, Report

YEAR = re.compile(r"((?:19|20)\d\d)[a-z]?")
END = "\ue001"  # of a citation, at both ends
CALLED = "\ue002"  # where a note is called
MARKED = replace(tree.PRINTED, around_citations=END, note_call=CALLED)
NOTE, CAPTION = "note", "caption"


class PrintedParagraph(Struct, frozen=True):
    """The words of one printed paragraph; `side_kind`: it is typed elsewhere than its block, as a note or a caption.

    `cited_years`: which of its words are years in citations; `is_citation`: it is a note that only cites, and says what
    the bibliography and the notes before it have it say; `calls`: after how many of its words notes are called.
    """

    text: str
    side_kind: str = ""
    cited_years: frozenset[int] = frozenset()
    is_citation: bool = False
    calls: tuple[int, ...] = ()

    def says(self, wanted: Sequence[str]) -> bool:
        """Whether it says just these words; the letter of a cited year (« 2012b ») goes when another work goes."""
        said = keys(self.text)
        return len(said) == len(wanted) and all(
            one == other or (n in self.cited_years and _same_year(one, other))
            for n, (one, other) in enumerate(zip(said, wanted, strict=True))
        )


def _same_year(one: str, other: str) -> bool:
    left, right = YEAR.fullmatch(one), YEAR.fullmatch(other)
    return bool(left and right and left[1] == right[1])


def printed_paragraphs(report: Report, document: Document) -> dict[str, tuple[PrintedParagraph, ...]]:
    """The report's blocks by their ids, each with its paragraphs and notes, those that only cite at the end."""
    names = {tree.heading_name(block.node) or block.id: block.id for block in report.blocks}
    return {
        names[name]: tuple(sorted((one for one in paragraphs(node) if one.text), key=lambda one: one.is_citation))
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
                yield replace(printed_paragraph([inner], note), is_citation=note == NOTE and only_cites(inner))
            case "LineBlock":
                yield printed_paragraph(tree.lines(inner), note)
            case "DefinitionList":
                yield from (printed_paragraph([term], note) for term, _ in tree.definitions(inner))


def only_cites(node: Node) -> bool:
    """Whether a paragraph is one citation and nothing else, as the report's citations in notes are."""
    return [tree.kind(one) for one in tree.inlines(node)] == ["Cite"] if tree.kind(node) == "Para" else False


def printed_paragraph(lines: Sequence[Any], side_kind: str) -> PrintedParagraph:
    """The words of a paragraph without its notes, its pictures, and what the program wrote in it."""
    marked = " ".join(tree.text(line, MARKED) for line in lines)
    inside, words = False, 0
    years: list[int] = []
    calls: list[int] = []
    for word in keys(marked) if END in marked or CALLED in marked else ():
        if word == END:
            inside = not inside
        elif word == CALLED:
            calls.append(words)
        else:
            years += [words] if inside and YEAR.fullmatch(word) else []
            words += 1
    text = marked.replace(END, "").replace(CALLED, "").strip()
    return PrintedParagraph(text, side_kind, frozenset(years), calls=tuple(calls))
