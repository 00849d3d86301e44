"""Tables whose first column heads each row: those that stand in a division that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapport import tree
from rapport.model import Node

ROW_HEADS = "row-heads"


def with_row_heads(nodes: Sequence[Node]) -> list[Node]:
    """These blocks, with what such a division holds in its place."""
    return [block for node in nodes for block in (_headed(node) if _says_so(node) else [node])]


def _says_so(node: Node) -> bool:
    return tree.kind(node) == "Div" and tree.has_class(node, ROW_HEADS)


def _headed(division: Node) -> list[Node]:
    return [_with_heads(block) if tree.kind(block) == "Table" else block for block in tree.blocks(division)]


def _with_heads(node: Node) -> Node:
    table = tree.table_of(node)
    bodies = tuple(replace(body, title_columns=1) for body in table.bodies)
    return tree.table_node(replace(table, bodies=bodies))
