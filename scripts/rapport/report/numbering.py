"""layout: everything that is counted in the report, in the order of print, so that exporters print the same numbers.

Paragraphs, parts, themes, captioned tables and figures get a pair `number`; lists get their sub-levels a), i).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

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
        return self.page([tree.div([node], ["paragraph"]) if tree.kind(node) == "Para" else node for node in blocks])

    def page(self, blocks: Sequence[Node]) -> list[Node]:
        """Blocks at the top of a page: here, and not in a list or a quotation, titles begin parts and themes."""
        return [self.heading(node) if tree.kind(node) == "Header" else self.block(node, self.page) for node in blocks]

    def inner(self, blocks: Sequence[Node]) -> list[Node]:
        """Numbered blocks inside another block."""
        return [self.block(node, self.inner) for node in blocks]

    def block(self, node: Node, held: tree.Change) -> Node:
        """A block with its number, and those inside it with theirs; `held` numbers what a Div holds."""
        kind = tree.kind(node)
        if kind in ("Table", "Figure"):
            if tree.caption(node):  # what has no caption has no number
                node = _numbered(node, self.next_number(kind))
            return tree.change_inside(node, self.inner)
        if kind == "OrderedList":
            return self.ordered_list(node)
        if kind == "Div":
            if tree.has_class(node, "paragraph", "recommendation"):
                node = _numbered(node, self.next_number("paragraph"))
            return tree.with_blocks(node, held(tree.blocks(node)))
        return node if kind == "Para" else tree.change_inside(node, self.inner)

    def ordered_list(self, node: Node) -> Node:
        """A list as the United Nations number them, a), i), 1) by level, unless it begins after « z »."""
        start, style, delimiter = tree.numbering(node)
        if start <= LETTERS:
            style, delimiter = SUBLEVELS[min(self.depth, 2)], "OneParen"
        self.depth += 1
        items = [self.inner(item) for item in tree.items(node)]
        self.depth -= 1
        return tree.ordered_list(items, start, style, delimiter)

    def heading(self, node: Node) -> Node:
        """A part has a Roman figure, its themes one sequence over all the parts; what is unnumbered has none."""
        level, unnumbered = tree.level(node), tree.has_class(node, "unnumbered")
        if level == 1:
            self.in_part = not unnumbered
        if level > 2 or unnumbered or not self.in_part or not tree.text(tree.inlines(node)):
            return node
        number = roman(self.next_number("part")) if level == 1 else self.next_number("theme")
        return _numbered(node, number)

    def next_number(self, sequence: str) -> str:
        """The next number of a sequence, counted from 1."""
        self.counts[sequence] += 1
        return str(self.counts[sequence])


def _numbered(node: Node, number: str) -> Node:
    """A copy of a node with its number among its attributes."""
    identifier, classes, pairs = tree.attributes(node)
    if not identifier and "paragraph" in classes:  # the editor's own: what speaks of it leads here
        identifier = f"paragraphe-{number}"
    return tree.with_attributes(node, [identifier, classes, [*pairs, ["number", number]]])


def roman(number: int | str) -> str:
    """A number in Roman figures."""
    number, text = int(number), ""
    for value, figure in ROMAN:
        while number >= value:
            text, number = text + figure, number - value
    return text
