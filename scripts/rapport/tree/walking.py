"""Walking pandoc's tree: every node of it, copies in which some were changed, the runs that a block holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from rapport.model import Document, Node
from rapport.tree.making import with_inlines, word
from rapport.tree.nodes import (
    ATTRIBUTES_AT,
    INLINES_AT,
    LEAVES,
    SETTINGS,
    SPACE,
    blocks,
    caption,
    definitions,
    inlines,
    items,
    lines,
)
from rapport.tree.tables import table_of

Change = Callable[[list[Node]], list[Node]]
"""What makes of a run of blocks, or of inlines, another one."""


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


def find(value: Any, *kinds: str) -> Iterator[Node]:
    """The nodes of these kinds under a value, in reading order."""
    return (node for node in walk(value) if node["t"] in kinds)


def runs(node: Node) -> Sequence[Sequence[Node]]:
    """The runs of inlines, or of blocks, that a node holds itself, as they are read: a figure's caption is last."""
    match node["t"]:
        case name if name in INLINES_AT:
            return [inlines(node)]
        case "BulletList" | "OrderedList":
            return items(node)
        case "LineBlock":
            return lines(node)
        case "DefinitionList":
            return [run for term, texts in definitions(node) for run in (term, *texts)]
        case "Table":
            return [caption(node), *(cell.blocks for cell in table_of(node).cells())]
        case _:
            return [blocks(node), caption(node)]


def document_pages(document: Document) -> tuple[tuple[Node, ...], ...]:
    """The blocks in the order of print: what stands before the chapters, each chapter, what follows them."""
    return document.front_matter, *document.chapters, document.back_matter


def with_pages(document: Document, pages: Iterable[Iterable[Node]]) -> Document:
    """The document with as many pages of other blocks."""
    front, *chapters, back = map(tuple, pages)
    return replace(document, front_matter=front, chapters=tuple(chapters), back_matter=back)


def document_blocks(document: Document) -> Iterator[Node]:
    """The blocks at the top of a document's pages, and those in their divisions, in reading order."""
    pending = [node for page in document_pages(document) for node in page][::-1]
    while pending:
        node = pending.pop()
        yield node
        if node["t"] == "Div":
            pending.extend(reversed(node["c"][1]))


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


def rewrite_inside(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """A copy of a node in which what it holds was rewritten, its own attributes left as they are."""
    content, at = node.get("c"), ATTRIBUTES_AT.get(node["t"])
    if not isinstance(content, list):
        return node
    return {"t": node["t"], "c": [part if i == at else rewrite(part, change) for i, part in enumerate(content)]}


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


def with_keys(value: Any, keys: Mapping[str, str]) -> Any:
    """A copy of a value in which the citations of these keys call their works by the names the report has for them."""

    def renamed(node: Node) -> Node | None:
        if node["t"] != "Cite":
            return None
        cited = [{**c, "citationId": keys.get(c["citationId"], c["citationId"])} for c in node["c"][0]]
        return {"t": "Cite", "c": [cited, node["c"][1]]}

    return rewrite(value, renamed) if keys else value


def with_capital(words: Sequence[Node]) -> list[Node]:
    """Inlines that begin a sentence: their first word gets its capital, in a style, a Span or a link too."""
    if not words or words[0]["t"] in ("Quoted", "Cite", "Image"):
        return list(words)
    first, *rest = words
    if first["t"] == "Str":
        return [word(first["c"][:1].upper() + first["c"][1:]), *rest]
    return [with_inlines(first, with_capital(inlines(first))), *rest] if first["t"] in INLINES_AT else list(words)
