"""Pandoc's inlines → the data of running text: strings, and nodes for what has a look of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from rapport.model import Edition, Node
from rapport.output.refusal import Unprintable

Data = Any
"""What `json.dumps` takes; in it a string is running text, a dict is a node with its kind under "t"."""

STYLES = {
    "Emph": "emph",
    "Strong": "strong",
    "Underline": "underline",
    "Strikeout": "strike",
    "Superscript": "super",
    "Subscript": "sub",
    "SmallCaps": "smallcaps",
}
LINKS = ("http://", "https://", "mailto:")
IMAGE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*\.(png|jpe?g)")
LANGUAGE = re.compile(r"([a-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Z]{2}))?")
LENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?)(%|px|pt|mm|cm|in)?")
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
    words = (p if isinstance(p, str) else p.get("c", p.get("text", "")) if p["t"] != "note" else "" for p in pieces)
    return "".join(w if isinstance(w, str) else plain(w) for w in words)


def extent(length: str) -> Data:
    """A width or height as pandoc writes it: {"ratio": of the room there is}, {"points": …}, or None."""
    found = LENGTH.fullmatch(length)
    if not found:
        return None
    number = float(found[1])
    return {"ratio": number / 100} if found[2] == "%" else {"points": round(number * POINTS[found[2]], 2)}


class PdfInlines:
    """Lowers inlines in printing order, knowing what was named on the way."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.ids: set[str] = set()
        self.references: set[str] = set()
        self.images: set[str] = set()

    def inner(self, nodes: Iterable[Node]) -> list[Data]:
        """The blocks of a note: the business of the class that knows blocks."""
        raise NotImplementedError

    def method(self, family: str, node: Node) -> Any:
        """The method that lowers a node, found by the node's name."""
        found = getattr(self, f"{family}_{node['t']}", None)
        if found is None:
            raise Unprintable(f"a node that cannot be printed: {node['t']}")
        return found

    def place(self, identifier: str) -> str:
        """An id on its way to becoming a label, of which there is one of each name."""
        if identifier in self.ids:
            raise Unprintable(f"an id that stands twice: {identifier}")
        if identifier:
            self.ids.add(identifier)
        return identifier

    def check_references(self) -> None:
        """Every internal link leads to an id of the document."""
        if dangling := self.references - self.ids:
            raise Unprintable(f"internal links that lead nowhere: {', '.join(sorted(dangling))}")

    def inlines(self, nodes: Iterable[Node]) -> list[Data]:
        """Lowered inlines; neighbouring words are one string, which typst sets much faster than word by word."""
        lowered: list[Data] = []
        words: list[str] = []
        for piece in self.pieces(nodes):
            if isinstance(piece, str):
                words.append(piece)
            else:
                lowered += self.text("".join(words))
                lowered.append(piece)
                words.clear()
        return lowered + self.text("".join(words))

    def text(self, text: str) -> list[Data]:
        """Words, cut where a very long one may break."""
        lowered: list[Data] = []
        start = 0
        for long in LONG_WORD.finditer(text):
            lowered.append(text[start : long.start() + PIECE])
            pieces = range(long.start() + PIECE, long.end(), PIECE)
            lowered += [{"t": "piece", "c": [text[at : min(at + PIECE, long.end())]]} for at in pieces]
            start = long.end()
        return [*lowered, text[start:]] if text[start:] else lowered

    def pieces(self, nodes: Iterable[Node]) -> Iterator[Data]:
        """Strings and nodes in order; what has no look of its own melts into its neighbours."""
        for node in nodes:
            name = node["t"]
            if name == "Str":
                yield node["c"]
            elif name in ("Space", "SoftBreak"):
                yield " "
            elif name in STYLES:
                yield {"t": STYLES[name], "c": self.inlines(node["c"])}
            else:
                yield from self.method("inline", node)(node.get("c"))

    def inline_LineBreak(self, _: Any) -> Iterator[Data]:
        yield {"t": "linebreak"}

    def inline_Code(self, c: Any) -> Iterator[Data]:
        yield {"t": "code", "text": c[1]}

    def inline_Cite(self, c: Any) -> Iterator[Data]:
        yield from self.pieces(c[1])

    def inline_Span(self, c: Any) -> Iterator[Data]:
        (identifier, classes, pairs), nodes = c
        spoken = language(dict(pairs).get("lang", ""))
        if "label" in classes:
            yield {"t": "label", "c": self.inlines(nodes)}
        elif identifier or spoken:
            yield {"t": "span", "id": self.place(identifier), "text": spoken, "c": self.inlines(nodes)}
        else:
            yield from self.pieces(nodes)

    def inline_Link(self, c: Any) -> Iterator[Data]:
        (identifier, _, _), nodes, (target, _) = c
        if target.startswith("#"):
            self.references.add(target[1:])
            # typst lays out every paragraph that holds such a link twice, a quarter of a draft's time for its citations
            if target.startswith("#ref-") and self.edition is Edition.DRAFT:
                yield from self.inline_Span(((identifier, (), ()), nodes))
                return
        link = {"t": "link", "id": self.place(identifier), "c": self.inlines(nodes)}
        if target.startswith("#"):
            yield {**link, "place": target[1:]}
        elif target.startswith(LINKS):
            yield {**link, "address": target}
        else:
            raise Unprintable(f"a link that is neither http, https, mailto nor internal: {target}")

    def inline_Image(self, c: Any) -> Iterator[Data]:
        (identifier, _, pairs), nodes, (name, _) = c
        values = dict(pairs)
        alt = values.get("alt", "").strip() or plain(self.inlines(nodes)).strip()
        if not IMAGE_NAME.fullmatch(name):
            raise Unprintable(f"an image that is not a plain name of a PNG or JPEG file: {name}")
        if not alt:
            raise Unprintable(f"an image without alternative text: {name}")
        self.images.add(name)
        size = {side: extent(values[side]) for side in ("width", "height") if side in values}
        yield {"t": "image", "id": self.place(identifier), "name": name, "alt": alt, **size}

    def inline_Note(self, c: Any) -> Iterator[Data]:
        yield {"t": "note", "c": self.inner(c)}
