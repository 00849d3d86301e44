"""Elements of XML as lxml has them, and how they change places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element


def replace(node: Element, others: Iterable[Element]) -> None:
    """An element's place taken by others."""
    for other in others:
        node.addprevious(other)
    remove(node)


def remove(node: Element) -> None:
    """An element out of the tree, with the text that follows it."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
