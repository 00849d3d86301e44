"""What either of two states holds confidential, taken out of both: no comparison prints it, gone or new."""

from __future__ import annotations

from msgspec.structs import replace

from rapport import tree
from rapport.compare.states import ReportState
from rapport.model import Document, Node
from rapport.safeguarding.confidential import PARAGRAPHS, ConfidentialWords
from rapport.safeguarding.masks import MASK


def without_confidential(old: ReportState, new: ReportState) -> tuple[ReportState, ReportState]:
    """Both states without the paragraphs that say what is confidential in one of them."""
    hidden = ConfidentialWords.read(old.examined.drafts, new.examined.drafts)
    return (
        replace(old, document=_masked(old.document, hidden)),
        replace(new, document=_masked(new.document, hidden)),
    )


def _masked(document: Document, hidden: ConfidentialWords) -> Document:
    def change(node: Node) -> Node | None:
        if tree.kind(node) in PARAGRAPHS and hidden.says(tree.text(tree.inlines(node))):
            return tree.with_inlines(node, [tree.word(MASK)])
        return None

    if not hidden.sentences:
        return document
    return tree.with_pages(document, (tree.rewrite(list(page), change) for page in tree.document_pages(document)))
