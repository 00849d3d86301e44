"""The inlines of a form's lines: out of Word's styles, cut where a prompt ends, gathered from the blocks of a cell."""

from __future__ import annotations

from collections.abc import Sequence

from rapport import tree
from rapport.intake.blocks import flat
from rapport.model import Node


def text_of(cell: Sequence[Node], joint: str = " ") -> str:
    """The words of a cell, its paragraphs joined."""
    lines = [same_length(bare(b["c"])) if b["t"] in ("Para", "Plain") else tree.text(b) for b in flat(cell)]
    return joint.join(line for line in (" ".join(line.split()) for line in lines) if line)


def line_of(cell: Sequence[Node]) -> list[Node]:
    """The inlines of a cell on one line."""
    out: list[Node] = []
    for block in flat(cell):
        if block["t"] in ("Para", "Plain"):
            out += [*([{"t": "Space"}] if out else []), *bare(block["c"])]
        elif text := tree.text(block):
            out += [*([{"t": "Space"}] if out else []), *tree.string(text)]
    return out


def bare(inlines: Sequence[Node]) -> list[Node]:
    """Inlines out of the Spans in which pandoc puts Word's styles."""
    out: list[Node] = []
    for node in inlines:
        styled = node["t"] == "Span" and any(key == "custom-style" for key, _ in node["c"][0][2])
        out += bare(node["c"][1]) if styled else [node]
    return out


def same_length(inlines: Sequence[Node]) -> str:
    """The words with one sign for each that `without` counts, unbreakable spaces as others."""
    parts = [" " if n["t"] in ("Space", "SoftBreak", "LineBreak") else tree.text(n) for n in inlines]
    return "".join(parts).replace("\u00a0", " ").replace("\u202f", " ")


def lines(inlines: Sequence[Node]) -> list[list[Node]]:
    """The inlines between line breaks; breaks inside bold and the like stay."""
    out: list[list[Node]] = [[]]
    for node in inlines:
        if node["t"] == "LineBreak":
            out.append([])
        else:
            out[-1].append(node)
    return [line for line in out if line]


def first(inlines: Sequence[Node], count: int) -> list[Node]:
    """The inlines of the first so many signs."""
    out: list[Node] = []
    for node in inlines:
        length = len(same_length([node]))
        if length > count > 0 and node["t"] in tree.STYLED:
            return [*out, {"t": node["t"], "c": first(node["c"], count)}]
        if length > count:
            return [*out, {"t": "Str", "c": node["c"][:count]}] if node["t"] == "Str" and count else out
        out.append(node)
        count -= length
    return out
