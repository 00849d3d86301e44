"""OpenDocument as a tree: names, text, and nodes moved without losing the words that follow them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from rapport.office.wordml import remove, replace

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NS = {
    **{short: f"{OASIS}{name}:1.0" for short, name in {
        "office": "office", "text": "text", "draw": "drawing", "style": "style", "form": "form", "table": "table",
    }.items()},
    "fo": f"{OASIS}xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}  # fmt: skip
HREF = "{http://www.w3.org/1999/xlink}href"
DESCRIPTION = f"{{{OASIS}svg-compatible:1.0}}"  # titles and alternative texts of pictures


def q(name: str) -> str:
    """« text:p » → the name as lxml has it."""
    prefix, _, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}"


def lines(body: Any) -> str:
    """The words of every paragraph, one a line."""
    return "\n".join(own_text(p) for p in body.iter(q("text:p"), q("text:h")))


def all_text(node: Any) -> str:
    """Every word under a node, paragraphs apart."""
    return "".join(_pieces(node, node))


def own_text(paragraph: Any) -> str:
    """The words of a paragraph, those of paragraphs inside it (notes, boxes) left to themselves."""
    return "".join(_pieces(paragraph, paragraph, inner=False))


def _pieces(node: Any, top: Any, inner: bool = True) -> Iterator[str]:
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


def drop(node: Any) -> None:
    """A node out of the tree; the text after it stays."""
    _keep_tail(node)
    remove(node)


def swap(node: Any, other: Any) -> None:
    other.tail, node.tail = node.tail, None
    replace(node, [other])


def unwrap(node: Any) -> None:
    made = etree.Element(q("text:span"))
    made.text = node.text
    made.extend(list(node))
    swap(node, made)


def _keep_tail(node: Any) -> None:
    parent, before = node.getparent(), node.getprevious()
    if parent is None or not node.tail:
        return
    if before is not None:
        before.tail = (before.tail or "") + node.tail
    else:
        parent.text = (parent.text or "") + node.tail
    node.tail = None


def add_after(host: Any, block: Any) -> None:
    tail, host.tail = host.tail, None
    host.addnext(block)
    block.tail = tail
