"""Pandoc's nodes: the one place that knows where a node keeps what it holds.

A node is what pandoc's JSON has (pandoc-types 1.23), `{"t": kind, "c": content}`: orjson reads and writes it as it is,
so that a tree of a million nodes costs nothing to take in. What it holds is reached by name: `inlines(node)`,
`blocks(node)`, `items(node)`, `identifier(node)`, `target(node)`. `making` makes nodes, and copies of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from rapport.model import Node

Attributes = list[Any]
"""A node's [identifier, classes, [[key, value], …]], as pandoc's JSON has them."""

BLOCKS = frozenset(
    "Para Plain Header BulletList OrderedList DefinitionList BlockQuote CodeBlock LineBlock Table Figure Div "
    "HorizontalRule".split()
)
INLINES = frozenset(
    "Str Space SoftBreak LineBreak Emph Strong Underline Strikeout Superscript Subscript SmallCaps Quoted Cite Code "
    "Link Image Span Note".split()
)
ALLOWED = BLOCKS | INLINES
LEAVES = frozenset("Str Space SoftBreak LineBreak".split())
BLANKS = frozenset("Space SoftBreak LineBreak".split())
PARAGRAPHS = frozenset("Para Plain".split())
LISTS = frozenset("BulletList OrderedList".split())
PLAIN = frozenset("Str Space SoftBreak Emph Strong Superscript Subscript SmallCaps Quoted".split())  # around a key
STYLED = frozenset("Emph Strong Underline Strikeout Superscript Subscript SmallCaps".split())  # they hold inlines alone
SPACE = {"t": "Space"}
SPACES = frozenset("Space SoftBreak".split())  # between two words of a line
# Pandoc writes its enumerations as nodes too; they hold nothing.
SETTINGS = frozenset(
    "AlignLeft AlignRight AlignCenter AlignDefault ColWidth ColWidthDefault SingleQuote DoubleQuote "
    "DefaultStyle Example Decimal LowerRoman UpperRoman LowerAlpha UpperAlpha DefaultDelim Period OneParen "
    "TwoParens".split()
)

# Where the attributes (id, classes, pairs) of a node stand in its content.
ATTRIBUTES_AT = {
    "Header": 1,
    "CodeBlock": 0,
    "Code": 0,
    "Link": 0,
    "Image": 0,
    "Span": 0,
    "Div": 0,
    "Table": 0,
    "Figure": 0,
}

KEPT_PAIRS = ("alt", "lang", "width")  # any other attribute of a contribution could reach for the report's own styles
SECTION_LEVEL = 3  # of a section's title in a contribution's tree: the report's parts and themes come above
CONFIDENTIAL = "confidentiel"  # the one class that means something in a contribution


# Where the inlines, the blocks or the items that a node holds stand in its content; None: they are its content.
INLINES_AT: Mapping[str, int | None] = {
    "Para": None, "Plain": None, "Header": 2, "Span": 1, "Link": 1, "Image": 1, "Quoted": 1, "Cite": 1,
    **dict.fromkeys(STYLED),
}  # fmt: skip
BLOCKS_AT: Mapping[str, int | None] = {"Div": 1, "BlockQuote": None, "Note": None, "Figure": 2}
ITEMS_AT: Mapping[str, int | None] = {"BulletList": None, "OrderedList": 1}
CAPTION_AT = {"Table": 1, "Figure": 1}


# ---------------------------------------------------------------- what a node is and holds


def kind(node: Node) -> str:
    """The kind of a node: « Para », « Str », « Table »…"""
    name: str = node["t"]
    return name


def content(node: Node) -> Any:
    """All that a node holds in pandoc's own form, for what treats every kind alike; None for one that holds nothing."""
    return node.get("c")


def attributes(node: Node) -> Attributes:
    """The [id, classes, pairs] of a node that has them, else an empty triple."""
    at = ATTRIBUTES_AT.get(node["t"])
    return ["", [], []] if at is None else node["c"][at]


def identifier(node: Node) -> str:
    """The name that links lead to, or ""."""
    name: str = attributes(node)[0]
    return name


def classes(node: Node) -> list[str]:
    """The classes of a node; [] for a kind that has none."""
    names: list[str] = attributes(node)[1]
    return names


def pairs(node: Node) -> dict[str, str]:
    """The other attributes of a node, by key."""
    return dict(attributes(node)[2])


def pair(node: Node, key: str) -> str:
    """The value of one of the other attributes, or ""."""
    return next((value for name, value in attributes(node)[2] if name == key), "")


def has_class(node: Node, *names: str) -> bool:
    """Whether a node has one of these classes."""
    return not set(names).isdisjoint(classes(node))


def inlines(node: Node) -> list[Node]:
    """The inlines that a node holds itself: a paragraph's, a heading's, a span's, a link's…; [] for another kind."""
    return _held(node, INLINES_AT)


def blocks(node: Node) -> list[Node]:
    """The blocks that a node holds itself: a division's, a quotation's, a note's, a figure's; [] for another kind."""
    return _held(node, BLOCKS_AT)


def items(node: Node) -> list[list[Node]]:
    """The items of a list, each its blocks; [] for another kind."""
    held: list[list[Node]] = _held(node, ITEMS_AT)
    return held


def lines(node: Node) -> list[list[Node]]:
    """The lines of a LineBlock, each its inlines."""
    return list(node["c"])


def definitions(node: Node) -> list[tuple[list[Node], list[list[Node]]]]:
    """The entries of a DefinitionList: the inlines of each term, and the blocks of each of its texts."""
    return [(term, texts) for term, texts in node["c"]]


def letters(node: Node) -> str:
    """The letters of a Str, of Code or of a CodeBlock, of raw text; "" for any other node."""
    letters: str = ""
    match node["t"]:
        case "Str":
            letters = node["c"]
        case "Code" | "CodeBlock" | "RawInline" | "RawBlock" | "Math":
            letters = node["c"][1]
    return letters


def heading_name(node: Node) -> str:
    """The name of a heading, which it keeps in the report; "" for any other block, which is called by its id there."""
    return identifier(node) if kind(node) == "Header" else ""


def level(header: Node) -> int:
    """The level of a heading, from 1."""
    number: int = header["c"][0]
    return number


def target(node: Node) -> str:
    """The address of a link or picture as pandoc has it (see `address`); "" for another node."""
    return str(node["c"][2][0]) if node["t"] in ("Link", "Image") else ""


def tooltip(node: Node) -> str:
    """The title that a link or picture shows under the mouse, or ""."""
    return str(node["c"][2][1]) if node["t"] in ("Link", "Image") else ""


def double(node: Node) -> bool:
    """Whether a Quoted stands in double quotation marks."""
    return bool(node["c"][0]["t"] == "DoubleQuote")


def numbering(node: Node) -> tuple[int, str, str]:
    """The first number of an OrderedList, its style (« Decimal »…) and what follows it (« Period »…)."""
    start, style, delimiter = node["c"][0]
    return start, style["t"], delimiter["t"]


def citations(cite: Node) -> list[dict[str, Any]]:
    """The citations of a Cite: `citationId`, `citationPrefix`, `citationSuffix`, `citationMode`…"""
    cited: list[dict[str, Any]] = cite["c"][0]
    return cited


def cited_keys(cite: Node) -> list[str]:
    """The keys of a Cite, as the bibliography has them."""
    return [citation["citationId"] for citation in cite["c"][0]]


def names_authors(cite: Node) -> bool:
    """Whether a Cite says its authors in the sentence: « selon @dupond2021 »."""
    return any(citation["citationMode"]["t"] == "AuthorInText" for citation in cite["c"][0])


def first_inlines(blocks: Sequence[Node]) -> list[Node]:
    """The inlines of the paragraph that blocks begin with; [] where they begin otherwise."""
    return list(blocks[0]["c"]) if blocks and blocks[0]["t"] in PARAGRAPHS else []


def caption(node: Node) -> list[Node]:
    """The blocks of a table's or figure's caption; [] for another node."""
    at = CAPTION_AT.get(node["t"])
    return [] if at is None else node["c"][at][1]


def _held(node: Node, places: Mapping[str, int | None]) -> list[Any]:
    name = node["t"]
    if name not in places:
        return []
    at = places[name]
    content: list[Any] = node["c"] if at is None else node["c"][at]
    return content


def address(target: str) -> str:
    """A link's or image's target as it was typed: pandoc writes a space in it as %20."""
    return unquote(target)
