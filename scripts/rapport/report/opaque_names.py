"""Names of places in an edition that does not say who wrote what: counted, where contributors gave names of their own.

A name holds the association and the theme of its text (`anchors.namespace`), and what its author chose to call it; the
name of a work that an association brought holds the association.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from rapport import tree
from rapport.model import Document, Node, Report
from rapport.tree.anchors import OF_ITS_OWN, namespace

PLACE, WORK = "lieu-", "ref-"


def with_opaque_names(report: Report, document: Document) -> tuple[Report, Document]:
    """Both with `lieu-1`, `ref-lieu-2`… for the names that contributors gave, and links that lead there."""
    places = {namespace(block.association, block.theme) for block in report.blocks}
    works = {f"{WORK}{association.id}{OF_ITS_OWN}" for association in report.associations}
    found = enumerate(_names(tree.document_pages(document), (*places, *works)), 1)
    names = {name: f"{WORK if name.startswith(WORK) else ''}{PLACE}{number}" for number, name in found}
    if not names:
        return report, document
    renamed = _Renaming(names).node
    laid = tree.with_pages(document, (tree.rewrite(list(page), renamed) for page in tree.document_pages(document)))
    return report.with_blocks(lambda block: replace(block, node=tree.rewrite(block.node, renamed))), laid


class _Renaming:
    """Puts new names on nodes, and in the targets of links."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self.targets = {f"#{name}": f"#{short}" for name, short in names.items()}

    def node(self, node: Node) -> Node | None:
        """The node with its new name; None where nothing of its own changes."""
        if tree.kind(node) not in tree.ATTRIBUTES_AT:
            return None
        made = node
        if tree.identifier(node) in self.names:
            made = tree.with_identifier(made, self.names[tree.identifier(node)])
        if tree.kind(node) == "Link" and tree.target(node) in self.targets:
            made = tree.with_target(made, self.targets[tree.target(node)])
        return tree.rewrite_inside(made, self.node) if made is not node else None


def _names(pages: Iterable[Sequence[Node]], own: tuple[str, ...]) -> list[str]:
    """The names that contributors gave, in the order of the document."""
    nodes = (node for page in pages for node in tree.walk(list(page)) if tree.kind(node) in tree.ATTRIBUTES_AT)
    return list(dict.fromkeys(name for node in nodes if (name := tree.identifier(node)).startswith(own)))
