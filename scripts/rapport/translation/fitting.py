"""The English of one block in the place of its French: of the same kind, so that all numbers stay the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapport import tree
from rapport.markdown import recommendation_head
from rapport.messages import phrase
from rapport.model import Body, Node
from rapport.tree import anchors

LANGUAGE = "en"
MARK = "translation-mark"
INLINE = ("Para", "Plain")


@dataclass(frozen=True, slots=True)
class Fitted:
    """The English of a block as a tree of the same kind as its French, or why it is none."""

    node: Node | None
    problem: str = ""
    cites: bool = False
    links: bool = False


def fit(french: Node, body: Body, places: bool = True) -> Fitted:
    """The English in the shape of its French: a paragraph stays one paragraph, so that numbers stay the same.

    `places` says whether the French may have places that links lead to.
    """
    if body.error:
        return Fitted(None, "misfit-unread")
    nodes = [passage.node for passage in body.passages]
    node = _shaped(french, nodes)
    if node is None:
        return Fitted(None, "misfit-kind" if len(nodes) == 1 else "misfit-several")
    if _items(node) != _items(french):
        return Fitted(None, "misfit-items")
    passages = body.passages
    if any(p.images for p in passages) and not _images(node) <= _images(french):
        return Fitted(None, "misfit-image")
    if places or any(p.names for p in passages):
        node = _named(node, french)
    return Fitted(node, "", any(p.cites for p in passages), any(p.links for p in passages))


def _shaped(french: Node, nodes: Sequence[Node]) -> Node | None:
    """English blocks as one block of the French one's kind, with its attributes."""
    kind, first = french["t"], nodes[0] if nodes else None
    if first is None:
        return None
    if kind == "Div":
        if "recommendation" in french["c"][0][1]:
            nodes = _item(nodes)
            bare = recommendation_head.unmarked(nodes)
            return tree.div(bare, ["recommendation"]) if nodes[0]["t"] == "Para" else None
        return {"t": "Div", "c": [french["c"][0], list(nodes)]}
    if kind == "BlockQuote" and all(node["t"] == "Para" for node in nodes):
        return {"t": "BlockQuote", "c": list(nodes)}
    if len(nodes) > 1:
        return None
    if kind == "Header" and first["t"] in ("Header", "Para"):
        inlines = first["c"][2] if first["t"] == "Header" else first["c"]
        return {"t": "Header", "c": [*french["c"][:2], inlines]}
    if kind in ("Table", "Figure") and first["t"] == kind:
        return {"t": kind, "c": [french["c"][0], *first["c"][1:]]}
    return first if first["t"] == kind else None


def _item(nodes: Sequence[Node]) -> Sequence[Node]:
    """A recommendation typed as the one item of a list, as its French is, or without its dash."""
    if len(nodes) == 1 and nodes[0]["t"] == "BulletList" and len(nodes[0]["c"]) == 1:
        first, *rest = nodes[0]["c"][0]
        return [tree.para(first["c"]) if first["t"] == "Plain" else first, *rest]
    return nodes


def _items(node: Node) -> int:
    """How many items a list has: people refer to them by their letters."""
    return len(node["c"]) if node["t"] == "BulletList" else len(node["c"][1]) if node["t"] == "OrderedList" else 0


def _images(node: Node) -> set[str]:
    return {inner["c"][2][0] for inner in tree.walk(node) if inner["t"] == "Image"}


def names(node: Node) -> list[str]:
    """The names of places in a block, in its order."""
    return [name for inner in tree.walk(node) if (name := tree.attributes(inner)[0])]


def _named(node: Node, french: Node) -> Node:
    """The English with the names that its French has, and no other: links lead to the same places."""
    wanted = names(french)

    def drop(inner: Node) -> Node | None:
        at = tree.ATTRIBUTES_AT.get(inner["t"])
        if at is None or not inner["c"][at][0] or inner["c"][at][0] in wanted:
            return None
        content = [
            tree.rewrite(part, drop) if index != at else ["", *part[1:]] for index, part in enumerate(inner["c"])
        ]
        return {"t": inner["t"], "c": content}

    kept: Node = tree.rewrite(node, drop)
    missing = [name for name in wanted if name not in names(kept)]
    for name in reversed(missing):
        kept = _with_name(kept, {"t": "Span", "c": [[name, [], []], []]})
    return kept


def _with_name(node: Node, anchor: Node) -> Node:
    if node["t"] in INLINE:
        return {"t": node["t"], "c": anchors.into_first_words([anchor, *node["c"]]) or [anchor, *node["c"]]}
    if node["t"] == "Div" and node["c"][1]:
        first, *rest = node["c"][1]
        return {"t": "Div", "c": [node["c"][0], [_with_name(first, anchor), *rest]]}
    return tree.div([node], identifier=anchor["c"][0][0])


def in_french(node: Node) -> Node:
    """A French block in the English edition: said to be French, its name and its kind as they were."""
    content = node["c"]
    match node["t"]:
        case "Para" | "Plain":
            return {"t": node["t"], "c": [_french(content)]}
        case "Header":
            return {"t": "Header", "c": [*content[:2], [_french(content[2])]]}
        case "Div":
            return {"t": "Div", "c": [content[0], [in_french(block) for block in content[1]]]}
        case _:
            return tree.div([node], lang="fr")


def _french(inlines: list[Node]) -> Node:
    return {"t": "Span", "c": [["", [], [["lang", "fr"]]], inlines]}


def marked(node: Node, name: str) -> Node:
    """A block that says in its first words that its translation is missing, or to be revised."""
    mark = {"t": "Span", "c": [["", [MARK], []], tree.string(phrase(f"print-{name}", LANGUAGE))]}
    opening = [mark, {"t": "Space"}]
    match node["t"]:
        case "Para" | "Plain":
            return {"t": node["t"], "c": [*opening, *node["c"]]}
        case "Header":
            return {"t": "Header", "c": [*node["c"][:2], [*opening, *node["c"][2]]]}
        case "Div" if node["c"][1] and node["c"][1][0]["t"] in INLINE:
            first, *rest = node["c"][1]
            return {"t": "Div", "c": [node["c"][0], [marked(first, name), *rest]]}
        case "Div":
            return {"t": "Div", "c": [node["c"][0], [tree.para([mark]), *node["c"][1]]]}
        case _:
            return tree.div([tree.para([mark]), node])
