"""layout: everything that is counted in the report, in the order of print, so that exporters print the same numbers.

Paragraphs, parts, themes, captioned tables and figures get a pair `number`; lists get their sub-levels a), i).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rapport import tree
from rapport.model import Node

LETTERS = 26  # a list that begins after « z » keeps the figures it was typed with
SUBLEVELS = ("LowerAlpha", "LowerRoman", "Decimal")  # a), then i) inside it, then 1): the habit of the United Nations
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Numbering:
    """Counts what passes through it; give it the whole report, in order, once."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.in_part = False
        self.depth = 0

    def chapter(self, blocks: Sequence[Node]) -> list[Node]:
        """The blocks of a chapter, its paragraphs numbered; the editor's own linking prose is paragraphs too."""
        return self.page([tree.div([node], ["paragraph"]) if node["t"] == "Para" else node for node in blocks])

    def page(self, blocks: Sequence[Node]) -> list[Node]:
        """Blocks at the top of a page: here, and not in a list or a quotation, titles begin parts and themes."""
        return [self.heading(node) if node["t"] == "Header" else self.block(node, self.page) for node in blocks]

    def inner(self, blocks: Sequence[Node]) -> list[Node]:
        return [self.block(node, self.inner) for node in blocks]

    def block(self, node: Node, held: tree.Change) -> Node:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind in ("Table", "Figure"):
            if content[1][1]:  # what has no caption has no number
                content = [_numbered(content[0], self.next(kind)), *content[1:]]
            return tree.change_inside({"t": kind, "c": content}, self.inner)
        if kind == "OrderedList":
            return self.ordered(content)
        if kind == "Div":
            if {"paragraph", "recommendation"} & set(content[0][1]):
                content = [_numbered(content[0], self.next("paragraph")), content[1]]
            return {"t": kind, "c": [content[0], held(content[1])]}
        return node if kind == "Para" else tree.change_inside(node, self.inner)

    def ordered(self, content: Any) -> Node:
        (start, style, delimiter), items = content
        if start <= LETTERS:
            style, delimiter = {"t": SUBLEVELS[min(self.depth, 2)]}, {"t": "OneParen"}
        self.depth += 1
        items = [self.inner(item) for item in items]
        self.depth -= 1
        return {"t": "OrderedList", "c": [[start, style, delimiter], items]}

    def heading(self, node: Node) -> Node:
        """A part has a Roman figure, its themes one sequence over all the parts; what is unnumbered has none."""
        level, attributes, inlines = node["c"]
        unnumbered = "unnumbered" in attributes[1]
        if level == 1:
            self.in_part = not unnumbered
        if level > 2 or unnumbered or not self.in_part or not tree.text(inlines):
            return node
        number = roman(self.next("part")) if level == 1 else self.next("theme")
        return {"t": "Header", "c": [level, _numbered(attributes, number), inlines]}

    def next(self, sequence: str) -> str:
        self.counts[sequence] += 1
        return str(self.counts[sequence])


def _numbered(attributes: Sequence[Any], number: str) -> list[Any]:
    identifier, classes, pairs = attributes
    if not identifier and "paragraph" in classes:  # the editor's own: what speaks of it leads here
        identifier = f"paragraphe-{number}"
    return [identifier, classes, [*pairs, ["number", number]]]


def roman(number: int | str) -> str:
    """A number in Roman figures."""
    number, text = int(number), ""
    for value, figure in ROMAN:
        while number >= value:
            text, number = text + figure, number - value
    return text
