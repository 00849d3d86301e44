"""XML of others, read without fetching or expanding anything, by local names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element


def parse_xml(content: bytes) -> Element:
    """The root of a part; raises `XMLSyntaxError` (a ValueError does not come)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(content, parser)


def local(node: Element) -> str:
    """An element's name without its namespace; "" of what is no element."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute(node: Element | None, name: str) -> str:
    """An attribute by its local name, "" where there is none."""
    if node is None:
        return ""
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


def child(node: Element | None, name: str) -> Element | None:
    """The first child of this local name."""
    return next(children(node, name), None)


def children(node: Element | None, name: str) -> Iterator[Element]:
    """The children of this local name."""
    return (inner for inner in node if local(inner) == name) if node is not None else iter(())
