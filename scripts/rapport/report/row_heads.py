"""Tables whose first column heads each row: those that stand in a division that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapport import tree
from rapport.model import Node

ROW_HEADS = "row-heads"


def with_row_heads(nodes: Sequence[Node]) -> list[Node]:
    """These blocks, with what such a division holds in its place."""
    kept = list[Node]()
    for node in nodes:
        if tree.kind(node) == "Div" and tree.has_class(node, ROW_HEADS):
            kept += [_with_heads(block) if tree.kind(block) == "Table" else block for block in tree.blocks(node)]
        else:
            kept.append(node)
    return kept


def _with_heads(node: Node) -> Node:
    table = tree.table_of(node)
    bodies = tuple(replace(body, title_columns=1) for body in table.bodies)
    return tree.table_node(replace(table, bodies=bodies))
