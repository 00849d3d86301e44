"""One block of a French text as a translator sees it: plain Markdown, wrapped, its notes after it.

The digest of this text is the block's reference in a translation: the same words, notes, works cited and links have the
same one, wherever they stand and however their lines are cut.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from rapport import tree
from rapport.model import Node
from rapport.storage.cache import digest
from rapport.tree import Table
from rapport.tree.anchors import OF_ITS_OWN

WIDTH = 100
MARKED = re.compile(r" (?=(?:[-+*:|>#~–]+|\(?\w{1,9}[.)])(?: |$))")
GLUE = "\0"
STYLES = {"Emph": "*", "Strong": "**", "Strikeout": "~~", "Superscript": "^", "Subscript": "~"}


def quote(node: Node, own: str = "") -> str:
    """The lines of a block, then those of its notes; `own` is the namespace of the text's own names."""
    return BlockWriter(own).whole(node)


def reference(quoted: str) -> str:
    """What a block is known by in a translation: the digest of its words, however its lines are cut."""
    return "p" + digest(" ".join(quoted.split()))[:10]


class InlineWriter:
    """Writes running text, and keeps the notes that it meets for later."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace
        self.notes: list[list[Node]] = []

    def inlines(self, nodes: Iterable[Node]) -> str:
        """Inlines as Markdown that a translator reads."""
        return "".join(map(self.inline, nodes))

    def inline(self, node: Node) -> str:
        """The words of one inline, with the marks that were typed around them."""
        match tree.kind(node):
            case "Str":
                return tree.letters(node)
            case "Space" | "SoftBreak" | "LineBreak":
                return " "
            case "Quoted":
                sign = '"' if tree.double(node) else "'"
                return f"{sign}{self.inlines(tree.inlines(node))}{sign}"
            case "Code":
                return f"`{tree.letters(node)}`"
            case "Link":
                return f"[{self.inlines(tree.inlines(node))}]({self.target(tree.target(node))})"
            case "Image":
                alt = tree.pairs(node).get("alt", "")
                described = f'{{alt="{alt}"}}' if alt else ""
                return f"![{self.inlines(tree.inlines(node))}]({tree.target(node)}){described}"
            case "Note":
                self.notes.append(tree.blocks(node))
                return f"[^{len(self.notes)}]"
            case kind:  # what has no mark of its own (a Span, a Cite) gives its words
                sign = STYLES.get(kind, "")
                return f"{sign}{self.inlines(tree.inlines(node))}{sign}"

    def target(self, target: str) -> str:
        """The address of a link as it was typed: « #name », or « ../association/theme.md#name » in another text."""
        if not target.startswith("#") or target[1:].startswith(self.namespace):
            return "#" + target[1 + len(self.namespace) :] if target.startswith("#") else target
        text = target[1:].split(OF_ITS_OWN, 2)
        return "../{}/{}.md#{}".format(*text) if len(text) > 2 else target


class BlockWriter(InlineWriter):
    """Writes blocks as lines; `words` writes one run of words: of a paragraph, an item, a cell, a caption."""

    def whole(self, node: Node) -> str:
        """A block, then its notes."""
        lines = list(self.block(node))
        for number, note in enumerate(self.notes, 1):
            first, *rest = list(self.blocks(note)) or [""]
            lines += ["", f"[^{number}]: {first}", *("    " + line if line else "" for line in rest)]
        return "\n".join(lines).strip()

    def words(self, nodes: Iterable[Node]) -> str:
        """Inlines as the French is quoted above a translation."""
        return self.inlines(nodes)

    def description(self, nodes: Iterable[Node]) -> str:
        """The words that stand for a picture, between quotation marks."""
        return self.words(nodes)

    def blocks(self, nodes: Iterable[Node]) -> Iterator[str]:
        """The lines of these blocks, a blank one between two of them."""
        for index, node in enumerate(nodes):
            if index and tree.kind(node) != "Plain":
                yield ""
            yield from self.block(node)

    def block(self, node: Node) -> Iterator[str]:
        """The lines of one block, as a contribution would have them."""
        match tree.kind(node):
            case "Para" | "Plain":
                yield from wrap_paragraph(self.words(tree.inlines(node)))
            case "Header":  # as typed: `parse` has moved it one level down
                yield f"{'#' * (tree.level(node) - 1)} {self.words(tree.inlines(node))}"
            case "BulletList":
                yield from self.items("-", tree.items(node))
            case "OrderedList":
                yield from self.items("{}.", tree.items(node))
            case "BlockQuote":
                yield from (f"> {line}".rstrip() for line in self.blocks(tree.blocks(node)))
            case "CodeBlock":
                yield from ("    " + line for line in tree.letters(node).split("\n"))
            case "LineBlock":
                yield from (f"| {self.words(line)}" for line in tree.lines(node))
            case "DefinitionList":
                for term, texts in tree.definitions(node):
                    yield self.words(term)
                    yield from self.items(":", texts)
            case "Div":
                yield from self.blocks(tree.blocks(node))
            case "Figure":
                yield self.figure(node)
            case "Table":
                yield from self.table(tree.table_of(node))
            case _:
                yield "* * *"

    def figure(self, node: Node) -> str:
        """An image with its caption and, apart, the words that describe it."""
        caption = " ".join(self.blocks(tree.caption(node)))
        image = next(tree.find(tree.blocks(node), "Image"))
        described = tree.inlines(image)
        own = tree.text(described) not in ("", tree.text(tree.caption(node)))
        alt = f'{{alt="{self.description(described)}"}}' if own else ""
        return f"![{caption}]({tree.target(image)}){alt}"

    def items(self, mark: str, items: Iterable[list[Node]]) -> Iterator[str]:
        """The lines of a list; `mark` is what stands before each item, « {} » its number."""
        for number, item in enumerate(items, 1):
            first, *rest = list(self.blocks(item)) or [""]
            shown = mark.format(number)
            yield f"{shown} {first}"
            yield from (f"{' ' * len(shown)} {line}".rstrip() for line in rest)

    def table(self, table: Table) -> Iterator[str]:
        """The lines of a table, its caption under it."""
        for index, row in enumerate(table.rows()):
            yield "| " + " | ".join(" ".join(self.blocks(cell.blocks)) for cell in row.cells) + " |"
            if index == 0:
                yield "|" + "---|" * len(table.columns)
        if table.caption:
            yield from ("", ": " + " ".join(self.blocks(table.caption)))


def wrap_paragraph(text: str) -> list[str]:
    """A paragraph as lines that an editor shows whole, none of which begins like a list or a heading."""
    lines = textwrap.wrap(MARKED.sub(GLUE, text), WIDTH, break_long_words=False, break_on_hyphens=False)
    return [line.replace(GLUE, " ") for line in lines]


def words(node: Node) -> str:
    """The words of a block and of its notes."""
    notes = (tree.blocks(inner) for inner in tree.find(node, "Note"))
    return " ".join([tree.text(node), *map(tree.text, notes)])
