"""Pandoc's tree as its JSON gives it: what nodes are allowed, walking, and the text of one.

A node is `{"t": type, "c": content}`. The document goes on only if every node is on the allow-list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from rapport.model import Node

Change = Callable[[list[Node]], list[Node]]
"""What makes of a run of blocks, or of inlines, another one."""

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
PLAIN = frozenset("Str Space SoftBreak Emph Strong Superscript Subscript SmallCaps Quoted".split())  # around a key
STYLED = frozenset("Emph Strong Underline Strikeout Superscript Subscript SmallCaps".split())  # they hold inlines alone
SPACE = {"t": "Space"}
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
CONFIDENTIAL = "confidentiel"  # the one class that means something in a contribution


def attributes(node: Node) -> list[Any]:
    """The [id, classes, pairs] of a node that has them, else an empty triple."""
    at = ATTRIBUTES_AT.get(node["t"])
    return ["", [], []] if at is None else node["c"][at]


def walk(value: Any) -> Iterator[Node]:
    """Every node under a value but spaces, in reading order, each before its children; a citation's own text once."""
    pending = [value]  # a list of our own: a generator inside a generator costs more with every level
    while pending:
        here = pending.pop()
        if type(here) is list:
            pending.extend([item for item in reversed(here) if type(item) in (list, dict) and item != SPACE])
        elif "t" in here and here["t"] not in SETTINGS:
            yield here
            content = here.get("c")
            if here["t"] == "Cite":  # c[0] holds the words around the keys again, see `affixes`
                pending.append(content[1])
            elif type(content) is list:
                pending.append(content)


def affixes(cite: Node) -> Iterator[Node]:
    """What stands around the keys of a citation (« voir », « p. 4 ») as citeproc will print it."""
    return walk([[citation["citationPrefix"], citation["citationSuffix"]] for citation in cite["c"][0]])


def rewrite(value: Any, change: Callable[[Node], Node | None]) -> Any:
    """A copy of a value in which `change` may replace any node (None leaves it, and its children are visited).

    Words and spaces, which nothing replaces, are shared with the original.
    """
    if isinstance(value, list):
        return [rewrite(item, change) if isinstance(item, list | dict) else item for item in value]
    if not isinstance(value, dict) or value.get("t") in LEAVES:
        return value
    changed = change(value) if "t" in value else None
    return changed if changed is not None else {k: rewrite(v, change) for k, v in value.items()}


def change_inside(node: Node, blocks: Change, inlines: Change = list) -> Node:
    """A copy of a block in which every run of blocks, and every run of inlines, that it holds itself is changed."""
    content: Any = node.get("c")
    match node["t"]:
        case "Para" | "Plain":
            content = inlines(content)
        case "Header":
            content = [content[0], content[1], inlines(content[2])]
        case "LineBlock":
            content = [inlines(line) for line in content]
        case "BlockQuote":
            content = blocks(content)
        case "BulletList":
            content = [blocks(item) for item in content]
        case "OrderedList":
            content = [content[0], [blocks(item) for item in content[1]]]
        case "DefinitionList":
            content = [[inlines(term), [blocks(text) for text in texts]] for term, texts in content]
        case "Div":
            content = [content[0], blocks(content[1])]
        case "Figure":
            content = [content[0], [content[1][0], blocks(content[1][1])], blocks(content[2])]
        case "Table":
            attributes, (short, caption), columns, (head, above), bodies, (foot, below) = content
            bodies = [[a, heads, _rows(first, blocks), _rows(rest, blocks)] for a, heads, first, rest in bodies]
            parts = [head, _rows(above, blocks)], bodies, [foot, _rows(below, blocks)]
            content = [attributes, [short, blocks(caption)], columns, *parts]
        case _:
            return node
    return {"t": node["t"], "c": content}


def _rows(rows: list[Any], blocks: Change) -> list[Any]:
    return [[a, [[*cell[:4], blocks(cell[4])] for cell in cells]] for a, cells in rows]


def text(value: Any) -> str:
    """The words a reader sees in a value, spaces where there are spaces, notes left out."""
    parts: list[str] = []
    _text([value], parts)
    return "".join(parts).strip()


def _text(values: list[Any], parts: list[str]) -> None:
    for value in values:  # a call for each list, not for each word
        if type(value) is list:
            _text(value, parts)
        elif type(value) is dict:
            match value.get("t"):
                case "Str":
                    parts.append(value["c"])
                case "Space" | "SoftBreak" | "LineBreak":
                    parts.append(" ")
                case "Code" | "CodeBlock":
                    parts.append(value["c"][1])
                case "Cite":
                    _text(value["c"][1], parts)
                case "Note":
                    pass
                case "Para" | "Plain" | "Header":
                    _text(value["c"], parts)
                    parts.append(" ")
                case _:
                    _text([value.get("c")], parts)


def with_keys(value: Any, keys: Mapping[str, str]) -> Any:
    """A copy of a value in which the citations of these keys call their works by the names the report has for them."""

    def renamed(node: Node) -> Node | None:
        if node["t"] != "Cite":
            return None
        cited = [{**c, "citationId": keys.get(c["citationId"], c["citationId"])} for c in node["c"][0]]
        return {"t": "Cite", "c": [cited, node["c"][1]]}

    return rewrite(value, renamed) if keys else value


def address(target: str) -> str:
    """A link's or image's target as it was typed: pandoc writes a space in it as %20."""
    return unquote(target)


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


def div(blocks: Sequence[Node], classes: Sequence[str] = (), identifier: str = "", **pairs: str) -> Node:
    """A division of these blocks with its attributes."""
    return {"t": "Div", "c": [[identifier, list(classes), [[k, v] for k, v in pairs.items()]], list(blocks)]}


def titled(header: Node) -> list[Node]:
    """The inlines of a heading, in a Span that says their language where the heading says one."""
    (_, _, pairs), inlines = header["c"][1:]
    spoken = [pair for pair in pairs if pair[0] == "lang"]
    return [{"t": "Span", "c": [["", [], spoken], inlines]}] if spoken else list(inlines)


def header(level: int, inlines: list[Node], identifier: str, classes: Sequence[str] = ()) -> Node:
    """A heading of this level."""
    return {"t": "Header", "c": [level, [identifier, list(classes), []], inlines]}
