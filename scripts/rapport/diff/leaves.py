"""A run of inlines taken apart: its words and things in order, each with what it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import orjson
from msgspec import Struct
from msgspec.structs import replace

from rapport import tree
from rapport.diff.equivalence import appearance, signature
from rapport.model import Node

WHOLE = frozenset(("label", "number", "reference"))  # what the program writes, and counts
PIECE = re.compile(r"\d+(?:[.,]\d+)*|\w+|\s|[^\w\s]")


class InlineLeaf(Struct, frozen=True):
    """A word, a sign, or something whole (a note, a picture, a reference), and the shells that it stands in."""

    node: Node
    shells: tuple[bytes, ...]
    key: str

    @property
    def is_anchor(self) -> bool:
        """Whether this is a place that links lead to, and no words: it is not deleted, and needs not be inserted."""
        return self.key == ""

    @property
    def comparison_key(self) -> tuple[str, str]:
        """What two leaves share that are the same but for bold, italics and their like."""
        return "".join(_seen(shell) for shell in self.shells), self.key

    @property
    def styles(self) -> str:
        """Bold, italics and their like that it stands in, in one order."""
        return " ".join(sorted({_style(shell) for shell in self.shells} - {""}))


def leaves(nodes: Iterable[Node], within: tuple[bytes, ...] = ()) -> Iterator[InlineLeaf]:
    """The words and the things of a run, in order, each with what it stands in."""
    for node in nodes:
        match kind := tree.kind(node):
            case "Str":
                for piece in PIECE.findall(tree.letters(node)):
                    yield InlineLeaf(tree.word(piece), within, piece)
            case "Space" | "SoftBreak":
                yield InlineLeaf(tree.word(" "), within, " ")
            case "Cite" | "Quoted":
                yield from leaves(tree.inlines(node), within)
            case "Span" | "Link" if not tree.has_class(node, *WHOLE):
                if name := tree.identifier(node):
                    yield InlineLeaf(tree.span([], identifier=name), within, "")
                plain = kind == "Span" and not tree.classes(node) and not tree.pairs(node)
                yield from leaves(tree.inlines(node), within if plain else (*within, _shell(node)))
            case _ if kind in tree.STYLED:
                yield from leaves(tree.inlines(node), (*within, _shell(node)))
            case "Span" if tree.has_class(node, "label"):
                yield InlineLeaf(node, within, f"\1{tree.text(tree.inlines(node))}")
            case _:
                yield InlineLeaf(node, within, f"\1{signature(node)}")


def _shell(node: Node) -> bytes:
    """What holds inlines, without them and without its name."""
    unnamed = node if tree.kind(node) in tree.STYLED else tree.with_identifier(node, "")
    return orjson.dumps(tree.with_inlines(unnamed, []))


@lru_cache(2_000)
def _style(shell: bytes) -> str:
    kind = tree.kind(orjson.loads(shell))
    return kind if kind in tree.STYLED else ""


@lru_cache(2_000)
def _seen(shell: bytes) -> str:
    return "" if _style(shell) else appearance(orjson.loads(shell))


def without_link(leaf: InlineLeaf) -> InlineLeaf:
    """A leaf that went, outside the links into the report: where they led may be gone too."""
    outer = tuple(shell for shell in leaf.shells if not _inner_link(shell))
    return leaf if outer == leaf.shells else replace(leaf, shells=outer)


@lru_cache(2_000)
def _inner_link(shell: bytes) -> bool:
    node = orjson.loads(shell)
    return tree.target(node).startswith("#")
