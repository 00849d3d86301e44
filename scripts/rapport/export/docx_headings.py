"""The parts and themes of a document, as Word numbers them and as its table of contents lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from rapport.model import Document, Node
from rapport.tree import text


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the table of contents; `number` is what Word's own numbering shows, or ""."""

    index: int
    level: int
    id: str
    number: str
    text: str

    @property
    def bookmark(self) -> str:
        """A bookmark of the form that Word itself gives to what its tables of contents list."""
        return f"_Toc{self.index:09}"


def headings(document: Document) -> tuple[Heading, ...]:
    """Every heading of level 1 or 2, in the order of print.

    A part is numbered in Roman figures, its themes in one sequence over all the parts; what is classed
    `unnumbered`, and what stands under it, is not.
    """
    found: list[Heading] = []
    parts = themes = 0
    in_part = True
    for level, (identifier, classes, _), inlines in _headers(chain(document.front, *document.chapters, document.back)):
        number = ""
        if level == 1:
            in_part = "unnumbered" not in classes
            parts += in_part
            number = roman(parts) if in_part else ""
        elif in_part and "unnumbered" not in classes:
            themes += 1
            number = str(themes)
        found.append(Heading(len(found) + 1, level, identifier, number, text(inlines)))
    return tuple(found)


def _headers(blocks: Iterable[Node]) -> Iterator[list]:
    for block in blocks:
        if block["t"] == "Header" and block["c"][0] <= 2:
            yield block["c"]
        elif block["t"] == "Div":
            yield from _headers(block["c"][1])


def roman(number: int) -> str:
    """A number in Roman figures."""
    figures = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, figure in figures:
        while number >= value:
            text, number = text + figure, number - value
    return text
