"""What a contribution calls by names of its own, ids and internal links, moved into a namespace of its own."""

from __future__ import annotations

import re

from rapport import tree
from rapport.language.web_addresses import real_address
from rapport.markdown.body_text import BodyText
from rapport.model import Node
from rapport.tree import CONFIDENTIAL, KEPT_PAIRS, anchors

# A width of nought stops typst, and a language that is none is an error to a reader of the PDF.
SENSIBLE = {
    "width": re.compile(r"(?!0*(?:\.0*)?\D*$)\d{1,4}(?:\.\d{1,3})?(?:%|cm|mm|in|px|pt)?"),
    "lang": re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?"),
}
WEB_ADDRESS = re.compile(r"https?://[^\s<>«»\"]+")


class Namespace:
    """The names of one body, as they are in the report."""

    def __init__(self, text: BodyText) -> None:
        self.path, self.prefix = text.path, text.namespace

    def in_report(self, node: Node, has_links: bool) -> Node:
        """A block of a contribution with all its names moved; of the editor's own pages links alone change."""
        if not self.prefix and not has_links:
            return node
        moved: Node = tree.rewrite(node, self.renamed_node if self.prefix else self.report_link)
        return moved

    def renamed_node(self, node: Node) -> Node | None:
        """The node with its id and internal links in this contribution's namespace, and no other attribute."""
        kind = tree.kind(node)
        if kind in tree.PARAGRAPHS and (inlines := anchors.move_into_first_words(tree.inlines(node))):
            return tree.with_inlines(node, tree.rewrite(inlines, self.renamed_node))
        if kind not in tree.ATTRIBUTES_AT:
            return None
        own = tree.with_attributes(self.report_link(node) or node, self.kept_attributes(tree.attributes(node)))
        own = tree.rewrite_inside(own, self.renamed_node)
        if kind == "Header":
            return tree.with_level(own, tree.level(own) + 1)  # the report's parts, themes and sections come above
        if kind == "Code" and (name := tree.identifier(own)):  # its name is printed by nobody, that of a span is
            return tree.span([tree.with_identifier(own, "")], identifier=name)
        return own

    def report_link(self, node: Node) -> Node | None:
        """A link to a place of this text or of another, by the name that the place has in the report."""
        if tree.kind(node) != "Link":
            return None
        if (name := anchors.report_id(self.path, tree.target(node))) is None:
            address = real_address(tree.target(node))
            return tree.with_target(node, address) if address != tree.target(node) else None
        return tree.with_target(node, f"#{name}")

    def kept_attributes(self, attributes: tree.Attributes) -> tree.Attributes:
        """The id in the namespace, and of classes and pairs only those that mean something here."""
        identifier, classes, pairs = attributes
        return [
            self.prefix + identifier if identifier else "",
            [name for name in classes if name == CONFIDENTIAL],
            [[key, value] for key, value in pairs if key in KEPT_PAIRS and is_sensible(key, value)],
        ]


def with_real_addresses(word: str) -> str:
    """A word with the addresses in it as they are without their wrappers."""
    return WEB_ADDRESS.sub(lambda found: real_address(found[0]), word)


def unwrap_addresses(node: Node) -> None:
    """Put the addresses that are typed as words under a node, in its own lists, as they are without their wrappers."""
    for inner in tree.walk(node):
        held = tree.inlines(inner)
        held[:] = [tree.word(with_real_addresses(tree.letters(n))) if tree.kind(n) == "Str" else n for n in held]


def is_sensible(key: str, value: str = "") -> bool:
    """Whether a value is one that can be printed with; other keys' values are words."""
    return key not in SENSIBLE or SENSIBLE[key].fullmatch(value) is not None
