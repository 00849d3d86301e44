"""One block of a French text as a translator sees it: plain Markdown, wrapped, its notes after it.

The digest of this text is the block's reference in a translation: the same words, notes, works cited and links have the
same one, wherever they stand and however their lines are cut.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from rapport import tree
from rapport.model import Node
from rapport.storage.cache import digest
from rapport.tree.anchors import OF_ITS_OWN

WIDTH = 100
MARKED = re.compile(r" (?=(?:[-+*:|>#~–]+|\(?\w{1,9}[.)])(?: |$))")
GLUE = "\0"
STYLES = {"Emph": "*", "Strong": "**", "Strikeout": "~~", "Superscript": "^", "Subscript": "~"}
QUOTES = {"SingleQuote": "'", "DoubleQuote": '"'}


def quote(node: Node, own: str = "") -> str:
    """The lines of a block, then those of its notes; `own` is the namespace of the text's own names."""
    writing = _Writing(own)
    lines = list(writing.block(node))
    for number, note in enumerate(writing.notes, 1):
        first, *rest = list(writing.blocks(note)) or [""]
        lines += ["", f"[^{number}]: {first}", *("    " + line if line else "" for line in rest)]
    return "\n".join(lines).strip()


def reference(quoted: str) -> str:
    """What a block is known by in a translation: the digest of its words, however its lines are cut."""
    return "p" + digest(" ".join(quoted.split()))[:10]


class _Writing:
    """Writes blocks as lines, and keeps the notes it meets for later."""

    def __init__(self, own: str) -> None:
        self.own = own
        self.notes: list[list[Node]] = []

    def blocks(self, nodes: Iterable[Node]) -> Iterator[str]:
        for index, node in enumerate(nodes):
            if index and node["t"] != "Plain":
                yield ""
            yield from self.block(node)

    def block(self, node: Node) -> Iterator[str]:
        content = node.get("c", [])
        match node["t"]:
            case "Para" | "Plain":
                yield from wrapped(self.inlines(content))
            case "Header":  # as typed: `parse` has moved it one level down
                yield f"{'#' * (content[0] - 1)} {self.inlines(content[2])}"
            case "BulletList":
                yield from self.items("-", content)
            case "OrderedList":
                yield from self.items("{}.", content[1])
            case "BlockQuote":
                yield from (f"> {line}".rstrip() for line in self.blocks(content))
            case "CodeBlock":
                yield from ("    " + line for line in content[1].split("\n"))
            case "LineBlock":
                yield from (f"| {self.inlines(line)}" for line in content)
            case "DefinitionList":
                for term, texts in content:
                    yield self.inlines(term)
                    yield from self.items(":", texts)
            case "Div":
                yield from self.blocks(content[1])
            case "Figure":
                yield self.figure(content)
            case "Table":
                yield from self.table(content)
            case _:
                yield "* * *"

    def figure(self, content: Any) -> str:
        """An image with its caption and, apart, the words that describe it."""
        caption = " ".join(self.blocks(content[1][1]))
        image = next(node["c"] for node in tree.walk(content[2]) if node["t"] == "Image")
        described = self.inlines(image[1])
        alt = f'{{alt="{described}"}}' if described not in ("", caption) else ""
        return f"![{caption}]({image[2][0]}){alt}"

    def items(self, mark: str, items: Iterable[list[Node]]) -> Iterator[str]:
        for number, item in enumerate(items, 1):
            first, *rest = list(self.blocks(item)) or [""]
            shown = mark.format(number)
            yield f"{shown} {first}"
            yield from (f"{' ' * len(shown)} {line}".rstrip() for line in rest)

    def table(self, content: Any) -> Iterator[str]:
        _, (_, caption), columns, (_, head), bodies, (_, foot) = content
        rows = [*head, *(row for _, _, first, rest in bodies for row in (*first, *rest)), *foot]
        for index, (_, cells) in enumerate(rows):
            yield "| " + " | ".join(" ".join(self.blocks(cell[4])) for cell in cells) + " |"
            if index == 0:
                yield "|" + "---|" * len(columns)
        if caption:
            yield from ("", ": " + " ".join(self.blocks(caption)))

    def inlines(self, nodes: Iterable[Node]) -> str:
        return "".join(map(self.inline, nodes))

    def inline(self, node: Node) -> str:
        content: Any = node.get("c")
        match node["t"]:
            case "Str":
                return str(content)
            case "Space" | "SoftBreak" | "LineBreak":
                return " "
            case "Quoted":
                sign = QUOTES[content[0]["t"]]
                return f"{sign}{self.inlines(content[1])}{sign}"
            case "Code":
                return f"`{content[1]}`"
            case "Link":
                return f"[{self.inlines(content[1])}]({self.target(content[2][0])})"
            case "Image":
                alt = dict(content[0][2]).get("alt", "")
                return f"![{self.inlines(content[1])}]({content[2][0]})" + (f'{{alt="{alt}"}}' if alt else "")
            case "Note":
                self.notes.append(content)
                return f"[^{len(self.notes)}]"
            case "Cite" | "Span":
                return self.inlines(content[1])
            case kind:
                sign = STYLES.get(kind, "")
                return f"{sign}{self.inlines(content or ())}{sign}"

    def target(self, target: str) -> str:
        """The address of a link as it was typed: « #name », or « ../association/theme.md#name » in another text."""
        if not target.startswith("#") or target[1:].startswith(self.own):
            return "#" + target[1 + len(self.own) :] if target.startswith("#") else target
        text = target[1:].split(OF_ITS_OWN, 2)
        return "../{}/{}.md#{}".format(*text) if len(text) > 2 else target


def wrapped(text: str) -> list[str]:
    """A paragraph as lines that an editor shows whole, none of which begins like a list or a heading."""
    lines = textwrap.wrap(MARKED.sub(GLUE, text), WIDTH, break_long_words=False, break_on_hyphens=False)
    return [line.replace(GLUE, " ") for line in lines]


def words(node: Node) -> str:
    """The words of a block and of its notes."""
    notes = (inner["c"] for inner in tree.walk(node) if inner["t"] == "Note")
    return " ".join([tree.text(node), *map(tree.text, notes)])
