"""What of an OpenDocument text goes no further, and is told: changes, comments, what is hidden, what is made anew."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from rapport.office.hidden_text_odt import hidden_parts
from rapport.office.namespaces import q
from rapport.office.normal_document import Loss, NormalDocument, Notice
from rapport.office.odf import elements, own_text, remove_node
from rapport.office.xml import Element


def take_out_contents(root: Element, normal: NormalDocument) -> None:
    """A table of contents or an index is made anew by the report."""
    for node in elements(root, "text:table-of-content", "text:alphabetical-index", "text:illustration-index"):
        said = [text for p in node.iter(q("text:p"), q("text:h")) if (text := own_text(p).strip())]
        normal.losses.append(Loss("toc", len(said), " ".join(said)))
        remove_node(node)


def tell_changes(root: Element, normal: NormalDocument) -> None:
    """Tracked changes are told; what was deleted lies apart, what was inserted stays."""
    for region in elements(root, "text:changed-region"):
        for change in region:
            kind = {"insertion": "insertion", "deletion": "deletion"}.get(etree.QName(change).localname, "format")
            text = " ".join(own_text(p) for p in change.iter(q("text:p"), q("text:h")))
            _tell(normal, kind, text, change.findtext(f".//{q('dc:creator')}", ""))
    for node in elements(root, "text:tracked-changes", "text:change", "text:change-start", "text:change-end"):
        remove_node(node)


def tell_comments(root: Element, normal: NormalDocument) -> None:
    """Comments are told, with who made them, and taken out."""
    for node in elements(root, "office:annotation"):
        text = " ".join(own_text(p) for p in node.iter(q("text:p")))
        _tell(normal, "comment", text, node.findtext(q("dc:creator"), ""))
    for node in elements(root, "office:annotation", "office:annotation-end"):
        remove_node(node)


def take_out_hidden(root: Element, styles: Mapping[str, Element], normal: NormalDocument) -> None:
    """Text that nobody sees is taken out and told."""
    for node in elements(root, "text:hidden-text"):
        _tell(normal, "hidden", node.get(q("text:string-value"), ""))
        remove_node(node)
    for node, text in hidden_parts(root, styles):
        _tell(normal, "hidden", text)
        if node.tag in (q("text:p"), q("text:h"), q("table:table-cell")):
            node.text = None
            for child in list(node):
                node.remove(child)
        else:
            remove_node(node)
    for node in elements(root, "text:hidden-paragraph"):
        remove_node(node)


def count_objects(root: Element, normal: NormalDocument) -> None:
    """Charts, equations and embedded files stay outside, counted."""
    for name in ("object-ole", "plugin", "applet", "object"):
        if found := elements(root, f"draw:{name}"):
            normal.losses.append(Loss("chart" if name == "object" else "object", len(found)))


def _tell(normal: NormalDocument, kind: str, text: str, author: str = "") -> None:
    normal.findings.append(Notice(kind, " ".join(text.split()), (), author))
