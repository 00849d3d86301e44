"""Pandoc's inlines → the data of running text: strings, and nodes for what has a look of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from rapport import tree
from rapport.model import Edition, Node
from rapport.output.visitor import LANGUAGE, LENGTH, Visitor

Box = dict[str, Any]
"""A node as the template has it, for `json.dumps`: its kind under "t", what it holds mostly under "c"."""
Data = str | Box
"""A piece of running text, or a node in it."""

STYLES = {
    "Emph": "emph",
    "Strong": "strong",
    "Underline": "underline",
    "Strikeout": "strike",
    "Superscript": "super",
    "Subscript": "sub",
    "SmallCaps": "smallcaps",
}
APART: Box = {"t": "apart"}
POINTS = {None: 0.75, "px": 0.75, "pt": 1, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72}

# What no hyphenation is sure to cut, in a word or an address, gets places to break.
LONG_WORD = re.compile(r"\b[^\W_]{31,}")
PIECE = 8


def language(tag: str) -> dict[str, str]:
    """A language tag as typst's settings; none for a tag that typst would refuse."""
    found = LANGUAGE.fullmatch(tag)
    return {k: v for k, v in zip(("lang", "region"), found.groups(), strict=True) if v} if found else {}


def plain(pieces: Iterable[Data]) -> str:
    """The words of lowered inlines, notes left out."""
    return "".join([piece if isinstance(piece, str) else _plain(piece) for piece in pieces])


def _plain(node: Box) -> str:
    inside = box_content(node) if box_kind(node) != "note" else ""
    return inside if isinstance(inside, str) else plain(inside)


def box_kind(node: Box) -> str:
    """What a node is: « para », « note », « table »…; "" for a cell or a section."""
    kind: str = node.get("t", "")
    return kind


def box_content(node: Box) -> str | list[Data]:
    """What a node holds: other nodes and strings, or its text."""
    content: str | list[Data] = node.get("c") or node.get("text") or ""
    return content


def extent(length: str) -> dict[str, float] | None:
    """A width or height as pandoc writes it: {"ratio": of the room there is}, {"points": …}, or None."""
    found = LENGTH.fullmatch(length)
    if not found:
        return None
    number = float(found[1])
    return {"ratio": number / 100} if found[2] == "%" else {"points": round(number * POINTS[found[2]], 2)}


class PdfInlines(Visitor[list[Box]]):
    """Lowers inlines; a method for each kind of node gives strings and nodes in order."""

    def inlines(self, nodes: Iterable[Node]) -> list[Data]:
        """Lowered inlines; neighbouring words are one string, which typst sets much faster than word by word."""
        lowered: list[Data] = []
        words: list[str] = []
        for piece in self.pieces(nodes):
            if isinstance(piece, str):
                words.append(piece)
            else:
                lowered += breakable_words("".join(words))
                lowered += [APART] if _is_note(piece) and lowered and _is_note(lowered[-1]) else []
                lowered.append(piece)
                words.clear()
        return lowered + breakable_words("".join(words))

    def pieces(self, nodes: Iterable[Node]) -> Iterator[Data]:
        """Strings and nodes in order; what has no look of its own melts into its neighbours."""
        for node in nodes:
            kind = tree.kind(node)
            if kind == "Str":
                yield tree.letters(node)
            elif kind in ("Space", "SoftBreak"):
                yield " "
            elif kind in STYLES:
                yield {"t": STYLES[kind], "c": self.inlines(tree.inlines(node))}
            else:
                yield from self.visit("inline", node)

    def inline_LineBreak(self, _: Node) -> Iterator[Data]:
        yield {"t": "linebreak"}

    def inline_Code(self, node: Node) -> Iterator[Data]:
        yield {"t": "code", "text": tree.letters(node)}

    def inline_Cite(self, node: Node) -> Iterator[Data]:
        yield from self.pieces(tree.inlines(node))

    def inline_Span(self, node: Node) -> Iterator[Data]:
        if tree.has_class(node, "label"):
            yield {"t": "label", "c": self.inlines(tree.inlines(node))}
        else:
            yield from self.span(node, language(tree.pair(node, "lang")))

    def span(self, node: Node, spoken: dict[str, str]) -> Iterator[Data]:
        """Inlines under their id, in their language; without either they are running text."""
        identifier, inlines = tree.identifier(node), tree.inlines(node)
        if identifier or spoken:
            yield {"t": "span", "id": self.define(identifier), "text": spoken, "c": self.inlines(inlines)}
        else:
            yield from self.pieces(inlines)

    def inline_Link(self, node: Node) -> Iterator[Data]:
        place = self.refer(node)
        # typst lays out every paragraph that holds such a link twice, a quarter of a draft's time for its citations
        if place.startswith("ref-") and self.meta.edition is Edition.DRAFT:
            yield from self.span(node, {})
            return
        link = {"t": "link", "id": self.define(tree.identifier(node)), "c": self.inlines(tree.inlines(node))}
        yield {**link, "place": place} if place else {**link, "address": tree.target(node)}

    def inline_Image(self, node: Node) -> Iterator[Data]:
        name, alternative, pairs = self.picture(node), self.alternative(node), tree.pairs(node)
        size: Box = {side: extent(pairs[side]) for side in ("width", "height") if side in pairs}
        yield {"t": "image", "id": self.define(tree.identifier(node)), "name": name, "alt": alternative, **size}

    def inline_Note(self, node: Node) -> Iterator[Data]:
        yield {"t": "note", "c": self.nested_blocks(tree.blocks(node))}


def _is_note(piece: Data) -> bool:
    return isinstance(piece, dict) and box_kind(piece) == "note"


def breakable_words(text: str) -> list[Data]:
    """Words, cut where a very long one may break."""
    lowered: list[Data] = []
    start = 0
    for long in LONG_WORD.finditer(text):
        lowered.append(text[start : long.start() + PIECE])
        cuts = range(long.start() + PIECE, long.end(), PIECE)
        lowered += [{"t": "piece", "c": [text[at : min(at + PIECE, long.end())]]} for at in cuts]
        start = long.end()
    return [*lowered, text[start:]] if text[start:] else lowered
