"""Pandoc's nodes made, and copies of them with something else inside.

No function here but `set_letters` changes a node; those named `with_…` give a copy that shares what did not change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rapport.model import Node
from rapport.tree.nodes import ATTRIBUTES_AT, BLOCKS_AT, CAPTION_AT, INLINES_AT, ITEMS_AT, Attributes, attributes

# ---------------------------------------------------------------- copies with something else in them


def with_inlines(node: Node, inlines: Sequence[Node]) -> Node:
    """A copy of a node that holds inlines, with these; raises KeyError for another kind."""
    return _with(node, INLINES_AT[node["t"]], list(inlines))


def with_blocks(node: Node, blocks: Sequence[Node]) -> Node:
    """A copy of a node that holds blocks, with these; raises KeyError for another kind."""
    return _with(node, BLOCKS_AT[node["t"]], list(blocks))


def with_items(node: Node, items: Sequence[Sequence[Node]]) -> Node:
    """A copy of a list with these items; raises KeyError for another kind."""
    return _with(node, ITEMS_AT[node["t"]], [list(item) for item in items])


def with_caption(node: Node, caption: Sequence[Node]) -> Node:
    """A copy of a table or figure with this caption; raises KeyError for another kind."""
    at = CAPTION_AT[node["t"]]
    return _with(node, at, [node["c"][at][0], list(caption)])


def with_attributes(node: Node, to: Attributes) -> Node:
    """A copy of a node with these attributes; raises KeyError for a kind that has none."""
    return _with(node, ATTRIBUTES_AT[node["t"]], to)


def with_identifier(node: Node, identifier: str) -> Node:
    """A copy of a node under this name; raises KeyError for a kind that has none."""
    return with_attributes(node, [identifier, *attributes(node)[1:]])


def with_target(node: Node, target: str) -> Node:
    """A copy of a link or picture that leads to this address."""
    return _with(node, 2, [target, node["c"][2][1]])


def with_first_inlines(blocks: Sequence[Node], inlines: Sequence[Node]) -> list[Node]:
    """Blocks that begin with a paragraph, with these inlines in it."""
    return [with_inlines(blocks[0], inlines), *blocks[1:]]


def set_letters(word: Node, letters: str) -> None:
    """Change a Str in place: only whoever made it, and has not given it away yet, may."""
    word["c"] = letters


def with_level(header: Node, level: int) -> Node:
    """A copy of a heading of this level."""
    return _with(header, 0, level)


def as_kind(node: Node, kind: str) -> Node:
    """A node of another kind that keeps its content in the same form: Para and Plain, Emph and Strong…"""
    return {"t": kind, "c": node["c"]}


def _with(node: Node, at: int | None, part: Any) -> Node:
    content = part if at is None else [*node["c"][:at], part, *node["c"][at + 1 :]]
    return {"t": node["t"], "c": content}


# ---------------------------------------------------------------- nodes made


def attr(identifier: str = "", classes: Sequence[str] = (), pairs: Mapping[str, str] | None = None) -> Attributes:
    """Attributes as nodes have them."""
    return [identifier, list(classes), [[key, value] for key, value in (pairs or {}).items()]]


def word(text: str) -> Node:
    """A Str: letters without a space that a line may be broken at."""
    return {"t": "Str", "c": text}


def space() -> Node:
    """A space between two words."""
    return {"t": "Space"}


def soft_break() -> Node:
    """The end of a line that goes on below."""
    return {"t": "SoftBreak"}


def line_break() -> Node:
    """The end of a line inside a paragraph."""
    return {"t": "LineBreak"}


def string(text: str) -> list[Node]:
    """Inlines for a plain string: words and spaces, nothing in it is markup; non-breaking spaces stay in words."""
    words = text.split(" ")
    nodes: list[Node] = []
    for index, word in enumerate(words):
        if index:
            nodes.append({"t": "Space"})
        if word:
            nodes.append({"t": "Str", "c": word})
    return nodes


def para(inlines: list[Node]) -> Node:
    """A paragraph of these inlines."""
    return {"t": "Para", "c": inlines}


def plain(inlines: Sequence[Node]) -> Node:
    """Inlines without the air of a paragraph: the only text of an item, a cell or a caption."""
    return {"t": "Plain", "c": list(inlines)}


def header(level: int, inlines: list[Node], identifier: str, classes: Sequence[str] = ()) -> Node:
    """A heading of this level."""
    return {"t": "Header", "c": [level, [identifier, list(classes), []], inlines]}


def div(blocks: Sequence[Node], classes: Sequence[str] = (), identifier: str = "", **pairs: str) -> Node:
    """A division of these blocks with its attributes."""
    return {"t": "Div", "c": [[identifier, list(classes), [[k, v] for k, v in pairs.items()]], list(blocks)]}


def span(inlines: Sequence[Node], classes: Sequence[str] = (), identifier: str = "", **pairs: str) -> Node:
    """A stretch of inlines with its attributes."""
    return {"t": "Span", "c": [attr(identifier, classes, pairs), list(inlines)]}


def link(inlines: Sequence[Node], target: str, classes: Sequence[str] = (), identifier: str = "", **pairs: str) -> Node:
    """A link with its attributes; « #name » leads to a place of the text."""
    return {"t": "Link", "c": [attr(identifier, classes, pairs), list(inlines), [target, ""]]}


def image(alternative: Sequence[Node], target: str, identifier: str = "", **pairs: str) -> Node:
    """A picture, with what is said to those who do not see it."""
    return {"t": "Image", "c": [attr(identifier, (), pairs), list(alternative), [target, ""]]}


def styled_inlines(kind: str, inlines: Sequence[Node]) -> Node:
    """Inlines in one of the looks of `STYLED`: « Emph », « Strong », « SmallCaps »…"""
    return {"t": kind, "c": list(inlines)}


def strong(inlines: Sequence[Node]) -> Node:
    """Inlines in bold."""
    return styled_inlines("Strong", inlines)


def note(blocks: Sequence[Node]) -> Node:
    """A footnote, at the place of its call."""
    return {"t": "Note", "c": list(blocks)}


def cite(citations: Sequence[Mapping[str, Any]], inlines: Sequence[Node]) -> Node:
    """A group of citations, and how it was typed."""
    return {"t": "Cite", "c": [list(citations), list(inlines)]}


def bullet_list(items: Sequence[Sequence[Node]]) -> Node:
    """A list of these items."""
    return {"t": "BulletList", "c": [list(item) for item in items]}


def ordered_list(
    items: Sequence[Sequence[Node]], start: int = 1, style: str = "Decimal", delimiter: str = "Period"
) -> Node:
    """A numbered list of these items (see `numbering`)."""
    return {"t": "OrderedList", "c": [[start, {"t": style}, {"t": delimiter}], [list(item) for item in items]]}


def block_quote(blocks: Sequence[Node]) -> Node:
    """A quotation of these blocks."""
    return {"t": "BlockQuote", "c": list(blocks)}


def line_block(lines: Sequence[Sequence[Node]]) -> Node:
    """Lines that are kept as they are."""
    return {"t": "LineBlock", "c": [list(line) for line in lines]}


def figure(blocks: Sequence[Node], caption: Sequence[Node], named: Attributes | None = None) -> Node:
    """A picture (in blocks) with its caption."""
    return {"t": "Figure", "c": [named or attr(), [None, list(caption)], list(blocks)]}


def raw_block(format: str, text: str) -> Node:
    """What a writer of pandoc's copies as it is, as a block; only `output` makes any."""
    return {"t": "RawBlock", "c": [format, text]}


def raw_inline(format: str, text: str) -> Node:
    """The same, inside a line."""
    return {"t": "RawInline", "c": [format, text]}


def heading_inlines(header: Node) -> list[Node]:
    """The inlines of a heading, in a Span that says their language where the heading says one."""
    (_, _, pairs), inlines = header["c"][1:]
    spoken = [pair for pair in pairs if pair[0] == "lang"]
    return [{"t": "Span", "c": [["", [], spoken], inlines]}] if spoken else list(inlines)
