"""Confidential lists and items taken out of their marks: each run of items a list of its own, known as confidential.

A recommendation is one item of a list, whether it may be printed everywhere or not: `::: confidentiel` stands around
one item, several, or a whole list of them, and each stays an item that is read, checked and numbered as any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rapport import tree
from rapport.markdown import recommendation_head
from rapport.model import Node

Marked = tuple[Node, bool]
"""A block, and whether a mark around it made it confidential."""


def unwrap_confidential(blocks: Sequence[Node]) -> Iterator[Marked]:
    """The blocks of a body; lists out of the confidential Divs around them, confidential items apart."""
    for block in blocks:
        if tree.kind(block) == "Div" and _only_marks(block) and _only_lists(tree.blocks(block)):
            yield from ((inner, True) for inner, _ in unwrap_confidential(tree.blocks(block)))
        elif tree.kind(block) in tree.LISTS:
            yield from _runs(block)
        else:
            yield block, False


def _only_marks(div: Node) -> bool:
    """Whether a Div says nothing but that what is in it is confidential."""
    name, classes, pairs = tree.attributes(div)
    return classes == [tree.CONFIDENTIAL] and not name and not pairs


def _only_lists(blocks: Sequence[Node]) -> bool:
    return bool(blocks) and all(
        tree.kind(block) in tree.LISTS
        or (tree.kind(block) == "Div" and _only_marks(block) and _only_lists(tree.blocks(block)))
        for block in blocks
    )


def _runs(block: Node) -> Iterator[Marked]:
    """A list in runs of items that are confidential and items that are not; numbers go on from one to the next."""
    items = [_item(item) for item in tree.items(block)]
    if all(
        recommendation_head.has_bold_addressee(item) for item, _ in items
    ):  # of recommendations: each is a paragraph of its own
        items = [(item, hidden or _holds_mark(item)) for item, hidden in items]
    if not any(hidden for _, hidden in items):
        yield block, False
        return
    at = 0
    for hidden, run in groupby(items, key=lambda one: one[1]):
        held = [item for item, _ in run]
        yield _part(block, held, at), hidden
        at += len(held)


def _item(item: list[Node]) -> tuple[list[Node], bool]:
    """An item without the confidential Div that holds all of it, and whether it had one."""
    if len(item) == 1 and tree.kind(item[0]) == "Div" and _only_marks(item[0]):
        return tree.blocks(item[0]), True
    return item, False


def _holds_mark(item: list[Node]) -> bool:
    return any(tree.has_class(node, tree.CONFIDENTIAL) for node in tree.walk(item))


def _part(block: Node, items: list[list[Node]], at: int) -> Node:
    """A list of the items that begin at this one of a list, numbered as they were."""
    if tree.kind(block) == "BulletList":
        return tree.bullet_list(items)
    first, style, delimiter = tree.numbering(block)
    return tree.ordered_list(items, first + at, style, delimiter)
