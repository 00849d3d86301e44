"""The English of one block in the place of its French: of the same kind, so that all numbers stay the same."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from rapport import tree
from rapport.markdown import recommendation_head
from rapport.messages import phrase
from rapport.model import Body, Node
from rapport.tree import anchors

LANGUAGE = "en"
MARK = "translation-mark"


class FittedBlock(Struct, frozen=True):
    """The English of a block as a tree of the same kind as its French, or why it is none."""

    node: Node | None
    problem: str = ""
    cites: bool = False
    links: bool = False


def fit(french: Node, body: Body, places: bool) -> FittedBlock:
    """The English in the shape of its French: a paragraph stays one paragraph, so that numbers stay the same.

    `places` says whether the French may have places that links lead to.
    """
    if body.error:
        return FittedBlock(None, "misfit-unread")
    nodes = [passage.node for passage in body.passages]
    node = _shaped(french, nodes)
    if node is None:
        return FittedBlock(None, "misfit-kind" if len(nodes) == 1 else "misfit-several")
    if len(tree.items(node)) != len(tree.items(french)):  # people refer to the items of a list by their letters
        return FittedBlock(None, "misfit-items")
    passages = body.passages
    if any(p.images for p in passages) and not _images(node) <= _images(french):
        return FittedBlock(None, "misfit-image")
    if places or any(p.names for p in passages):
        node = _named(node, french)
    return FittedBlock(node, "", any(p.cites for p in passages), any(p.links for p in passages))


def _shaped(french: Node, nodes: Sequence[Node]) -> Node | None:
    """English blocks as one block of the French one's kind, with its attributes."""
    if not nodes:
        return None
    kind, first, kinds = tree.kind(french), nodes[0], {tree.kind(node) for node in nodes}
    if kind == "Div":
        if tree.has_class(french, "recommendation"):
            nodes = _item(nodes)
            bare = recommendation_head.without_key_mark(nodes)
            return tree.div(bare, ["recommendation"]) if tree.kind(nodes[0]) == "Para" else None
        return tree.with_blocks(french, nodes)
    if kind == "BlockQuote" and kinds == {"Para"}:
        return tree.block_quote(nodes)
    if len(nodes) > 1:
        return None
    if kind == "Header" and kinds <= {"Header", "Para"}:
        return tree.with_inlines(french, tree.inlines(first))
    if kind in ("Table", "Figure") and kinds == {kind}:
        return tree.with_attributes(first, tree.attributes(french))
    return first if kinds == {kind} else None


def _item(nodes: Sequence[Node]) -> Sequence[Node]:
    """A recommendation typed as the one item of a list, as its French is, or without its dash."""
    if len(nodes) == 1 and tree.kind(nodes[0]) == "BulletList" and len(tree.items(nodes[0])) == 1:
        first, *rest = tree.items(nodes[0])[0]
        return [tree.as_kind(first, "Para") if tree.kind(first) == "Plain" else first, *rest]
    return nodes


def _images(node: Node) -> set[str]:
    return {tree.target(inner) for inner in tree.find(node, "Image")}


def names(node: Node) -> list[str]:
    """The names of places in a block, in its order."""
    return [name for inner in tree.walk(node) if (name := tree.identifier(inner))]


def _named(node: Node, french: Node) -> Node:
    """The English with the names that its French has, and no other: links lead to the same places."""
    wanted = names(french)

    def drop(inner: Node) -> Node | None:
        if tree.identifier(inner) in ("", *wanted):
            return None
        nameless: Node = tree.rewrite(tree.with_identifier(inner, ""), drop)
        return nameless

    kept: Node = tree.rewrite(node, drop)
    missing = [name for name in wanted if name not in names(kept)]
    for name in reversed(missing):
        kept = _with_name(kept, tree.span([], identifier=name))
    return kept


def _with_name(node: Node, anchor: Node) -> Node:
    if tree.kind(node) in tree.PARAGRAPHS:
        inlines = [anchor, *tree.inlines(node)]
        return tree.with_inlines(node, anchors.move_into_first_words(inlines) or inlines)
    if tree.kind(node) == "Div" and tree.blocks(node):
        first, *rest = tree.blocks(node)
        return tree.with_blocks(node, [_with_name(first, anchor), *rest])
    return tree.div([node], identifier=tree.identifier(anchor))


def in_language(node: Node, language: str) -> Node:
    """A block among others of another language: said to be of its own, its name and its kind as they were."""
    match tree.kind(node):
        case "Para" | "Plain" | "Header":
            return tree.with_inlines(node, [tree.span(tree.inlines(node), lang=language)])
        case "Div":
            return tree.with_blocks(node, [in_language(block, language) for block in tree.blocks(node)])
        case _:
            return tree.div([node], lang=language)


def with_state_mark(node: Node, name: str) -> Node:
    """A block that says in its first words that its translation is missing, or to be revised."""
    mark = tree.span(tree.string(phrase(f"print-{name}", LANGUAGE)), [MARK])
    blocks = tree.blocks(node)
    match tree.kind(node):
        case "Para" | "Plain" | "Header":
            return tree.with_inlines(node, [mark, tree.space(), *tree.inlines(node)])
        case "Div" if blocks and tree.kind(blocks[0]) in tree.PARAGRAPHS:
            return tree.with_blocks(node, [with_state_mark(blocks[0], name), *blocks[1:]])
        case "Div":
            return tree.with_blocks(node, [tree.para([mark]), *blocks])
        case _:
            return tree.div([tree.para([mark]), node])
