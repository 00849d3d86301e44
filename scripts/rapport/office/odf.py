"""OpenDocument as a tree: names, text, and nodes moved without losing the words that follow them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from rapport.office.namespaces import q
from rapport.office.xml import Element, remove, replace

DESCRIPTION = q("svg:")  # titles and alternative texts of pictures


def elements(root: Element, *names: str) -> list[Element]:
    """The elements of these names (« text:p ») in the order of the text, as they are before any of them is moved."""
    return list(root.iter(*(q(name) for name in names)))


def lines(body: Element) -> str:
    """The words of every paragraph, one a line."""
    return "\n".join(own_text(p) for p in body.iter(q("text:p"), q("text:h")))


def all_text(node: Element) -> str:
    """Every word under a node, paragraphs apart."""
    return "".join(_pieces(node, node))


def own_text(paragraph: Element) -> str:
    """The words of a paragraph, those of paragraphs inside it (notes, boxes) left to themselves."""
    return "".join(_pieces(paragraph, paragraph, inner=False))


def _pieces(node: Element, top: Element, inner: bool = True) -> Iterator[str]:
    if not isinstance(node.tag, str) or node.tag.startswith(DESCRIPTION):
        return
    if node is not top and node.tag in (q("text:p"), q("text:h"), q("office:annotation")):
        if not inner:
            return
        yield "\n"
    if node.tag in (q("text:s"), q("text:tab"), q("text:line-break")):
        yield " "
    if node.tag == q("text:note-citation"):
        return
    yield re.sub(r"\s+", " ", node.text or "")
    for child in node:
        yield from _pieces(child, top, inner)
        yield re.sub(r"\s+", " ", child.tail or "")


def remove_node(node: Element) -> None:
    """A node out of the tree; the text after it stays."""
    keep_tail(node)
    remove(node)


def replace_node(node: Element, other: Element) -> None:
    """A node in the place of another; the text after it stays."""
    other.tail, node.tail = node.tail, None
    replace(node, [other])


def unwrap(node: Element) -> None:
    """A node made a plain span, which pandoc looks through."""
    made = etree.Element(q("text:span"))
    made.text = node.text
    made.extend(list(node))
    replace_node(node, made)


def keep_tail(node: Element) -> None:
    """The text after a node put behind what stands before it: the node may go without it."""
    parent, before = node.getparent(), node.getprevious()
    if parent is None or not node.tail:
        return
    if before is not None:
        before.tail = (before.tail or "") + node.tail
    else:
        parent.text = (parent.text or "") + node.tail
    node.tail = None


def centimetres(length: str) -> float:
    """A length in centimetres; 0 where there is none, or one that depends on others (« 50% »)."""
    found = re.fullmatch(r"(-?[\d.]+)(cm|mm|in|pt)", length)
    return decimal(found[1]) * {"cm": 1, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}[found[2]] if found else 0.0


def decimal(text: str) -> float:
    """A number with its decimals; one larger than any that is meant, where it is none."""
    try:
        return float(text)
    except ValueError:
        return 99.0


def add_after(host: Element, block: Element) -> None:
    """A block behind another, before the text that followed it."""
    tail, host.tail = host.tail, None
    host.addnext(block)
    block.tail = tail
