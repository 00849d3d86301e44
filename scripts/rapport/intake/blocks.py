"""Pandoc's blocks of a Word file made into those of a contribution: no styles, no anchors, no names of programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rapport import tree
from rapport.intake.received import Received
from rapport.model import Node
from rapport.names import identifier
from rapport.word.normal import Loss

STYLE = "custom-style"


def styled(blocks: Sequence[Node]) -> Iterator[tuple[str, Node]]:
    """Every block with the name of the style that Word has it in, lower case; "" where none is said."""
    for block in blocks:
        if block["t"] == "Div":
            style = dict(block["c"][0][2]).get(STYLE, "").lower()
            yield from ((inner or style, node) for inner, node in styled(block["c"][1]))
        else:
            yield "", block


def clean(blocks: Sequence[Node], received: Received) -> list[Node]:
    """The blocks as a contribution may have them; what is left out is told in `received`."""
    return _Cleaning(blocks, received).blocks(blocks)


class _Cleaning:
    def __init__(self, blocks: Sequence[Node], received: Received) -> None:
        self.received = received
        nodes = list(tree.walk(list(blocks)))
        self.wanted = {n["c"][2][0][1:] for n in nodes if n["t"] == "Link" and n["c"][2][0].startswith("#")}
        self.there = {tree.attributes(n)[0] for n in nodes} & self.wanted - {""}

    def blocks(self, blocks: Sequence[Node]) -> list[Node]:
        out: list[Node] = []
        for block in blocks:
            match block["t"]:
                case "Div":
                    out += self.blocks(block["c"][1])
                case "Para" | "Plain":
                    if inlines := _trimmed(self.inlines(block["c"])):
                        out.append({"t": block["t"], "c": inlines})
                case "Header":
                    level, attributes, inlines = block["c"]
                    if tree.text(inlines) or any(True for n in tree.walk(inlines) if n["t"] == "Image"):
                        out.append({"t": "Header", "c": [level, self.named(attributes), self.inlines(inlines)]})
                case "CodeBlock":
                    out += [tree.para(tree.string(line)) for line in block["c"][1].split("\n") if line.strip()]
                case "RawBlock":
                    self.received.losses.append(Loss("raw", 1, block["c"][1]))
                case "HorizontalRule":
                    self.received.repaired("rule")
                case "BulletList":
                    out += _list(block, [item for item in map(self.blocks, block["c"]) if item])
                case "OrderedList":
                    start, _, _ = block["c"][0]
                    items = [item for item in map(self.blocks, block["c"][1]) if item]
                    how = [start, {"t": "Decimal"}, {"t": "Period"}]
                    out += [{"t": "OrderedList", "c": [how, items]}] if items else []
                case "DefinitionList":
                    for term, texts in block["c"]:
                        out.append(tree.para([{"t": "Strong", "c": self.inlines(term)}]))
                        out += [one for text in texts for one in self.blocks(text)]
                case "Table":
                    out.append(self.table(block))
                case "Figure":
                    out += self.blocks(block["c"][2])
                    out += self.blocks(block["c"][1][1])
                case _:
                    out.append(tree.change_inside(block, self.blocks, self.inlines))
        return out

    def table(self, table: Node) -> Node:
        """A table without styles; a row of one cell over the whole width stays as it is."""
        node = tree.change_inside(table, self.blocks, self.inlines)
        attributes, *rest = node["c"]
        return {"t": "Table", "c": [self.named(attributes), *rest]}

    def named(self, attributes: list[Any]) -> list[Any]:
        """The id where a link leads to it; nothing else."""
        return [_safe(attributes[0]) if attributes[0] in self.there else "", [], []]

    def inlines(self, inlines: Sequence[Node]) -> list[Node]:
        out: list[Node] = []
        for node in inlines:
            content = node.get("c")
            match node["t"]:
                case "Span":
                    attributes, inner = content
                    name = self.named(attributes)
                    pairs = [[k, v] for k, v in attributes[2] if k == "lang" and len(v) in (2, 5)]
                    inside = self.inlines(inner)
                    keep = name[0] or (pairs and tree.text(inside))
                    out += [{"t": "Span", "c": [[name[0], [], pairs], inside]}] if keep else inside
                case "Link":
                    out += self.link(node)
                case "Image":
                    pairs = [[k, v] for k, v in content[0][2] if k == "width"]
                    out.append({"t": "Image", "c": [["", [], pairs], self.inlines(content[1]), content[2]]})
                case "Code":
                    out += tree.string(content[1])
                case "Math":
                    out += tree.string(content[1])
                case "RawInline":
                    self.received.losses.append(Loss("raw", 1, content[1]))
                case "Quoted":
                    marks = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
                    out += [{"t": "Str", "c": marks[0]}, *self.inlines(content[1]), {"t": "Str", "c": marks[1]}]
                case "Note":
                    blocks = self.blocks(content)
                    out += [{"t": "Note", "c": blocks}] if blocks else []
                case kind if kind in tree.STYLED:
                    out += self.style(kind, self.inlines(content))
                case _:
                    out.append(node)
        return out

    def style(self, kind: str, inner: list[Node]) -> list[Node]:
        """Bold, italic and the like around words, never around nothing or a mere space."""
        if not any(n["t"] not in ("Space", "SoftBreak", "LineBreak", "Note") for n in inner):
            return inner
        return [{"t": kind, "c": inner}]

    def link(self, node: Node) -> list[Node]:
        """A link to the web or to a place of this text; any other goes on as its words, told."""
        _, words, (target, _) = node["c"]
        inside = self.inlines(words)
        if target.startswith("#") and target[1:] in self.there and tree.text(inside):
            return [{"t": "Link", "c": [["", [], []], inside, [f"#{_safe(target[1:])}", ""]]}]
        if target.lower().startswith(("http://", "https://", "mailto:")) and tree.text(inside):
            return [{"t": "Link", "c": [["", [], []], inside, [target, ""]]}]
        if target and not target.startswith("#"):
            self.received.losses.append(Loss("link", 1, ""))
        return inside


def _list(block: Node, items: list[list[Node]]) -> list[Node]:
    return [{"t": block["t"], "c": items}] if items else []


def _safe(name: str) -> str:
    return identifier(name) or "ici"


def _trimmed(inlines: list[Node]) -> list[Node]:
    """Without the spaces and line breaks at both ends."""
    blank = ("Space", "SoftBreak", "LineBreak")
    start, end = 0, len(inlines)
    while start < end and inlines[start]["t"] in blank:
        start += 1
    while end > start and inlines[end - 1]["t"] in blank:
        end -= 1
    return inlines[start:end]
