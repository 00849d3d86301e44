"""layout: the finished body read once, for what is made of it: its words, its citations, where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from rapport import tree
from rapport.model import Node

OF_THE_BODY = frozenset(("paragraph", "recommendation", "block"))
THEME = "theme-"  # how the ids of themes' headings begin


class Place(Struct, frozen=True):
    """The theme or the chapter that a block stands in: the id and the words of its heading."""

    id: str
    title: str


class RunningText(Struct, frozen=True):
    """One block of the body: its words, notes at the end, what it cites, and the numbered paragraph it belongs to."""

    node: Node
    text: str
    cites: tuple[Node, ...]
    number: str
    paragraph: str
    place: Place

    @property
    def id(self) -> str:
        return tree.identifier(self.node)


def read_body(chapters: Sequence[Sequence[Node]]) -> Iterator[RunningText]:
    """Every block of the body; what has no number of its own belongs to the paragraph above it."""
    number, paragraph, place = "", "", Place("", "")
    for node in (node for chapter in chapters for node in chapter):
        if tree.has_class(node, *OF_THE_BODY):
            if own := tree.pair(node, "number"):
                number, paragraph = own, tree.identifier(node)
            text, _, cites = tree.text_with_notes(tree.blocks(node))
            yield RunningText(node, text, tuple(cites), number, paragraph, place)
        elif tree.kind(node) == "Header" and tree.level(node) <= 2:
            place = Place(tree.identifier(node), tree.text(tree.inlines(node)))


def words(node: Node) -> str:
    """The words of a node, its notes at the end."""
    return tree.text_with_notes(node).words


def nameless_copy(blocks: Iterable[Node]) -> list[Node]:
    """A copy of blocks; ids, notes and the names of acronyms stay with the original."""

    def change(node: Node) -> Node | None:
        if tree.kind(node) == "Note" or tree.has_class(node, "expansion"):
            return tree.span([])
        if not tree.identifier(node):
            return None
        nameless: Node = tree.rewrite(tree.with_identifier(node, ""), change)
        return nameless

    copied: list[Node] = tree.rewrite(list(blocks), change)
    return copied
