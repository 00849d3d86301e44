"""What either of two states holds confidential, taken out of both: no comparison prints it, gone or new."""

from __future__ import annotations

from msgspec.structs import replace

from rapport import tree
from rapport.compare.states import ReportState
from rapport.model import Document, Node
from rapport.safeguarding.confidential import PARAGRAPHS, ConfidentialWords, own_texts
from rapport.safeguarding.masks import MASK


def without_confidential(old: ReportState, new: ReportState) -> tuple[ReportState, ReportState]:
    """Both states without the paragraphs, lists of terms and pictures that say what is confidential in one of them."""
    hidden = ConfidentialWords.read(old.examined.drafts, new.examined.drafts)
    return (
        replace(old, document=_masked(old.document, hidden)),
        replace(new, document=_masked(new.document, hidden)),
    )


def _masked(document: Document, hidden: ConfidentialWords) -> Document:
    def change(node: Node) -> Node | None:
        if not any(map(hidden.says, own_texts(node))):
            return None
        if tree.kind(node) in PARAGRAPHS:
            return tree.with_inlines(node, [tree.word(MASK)])
        return tree.word(MASK) if tree.kind(node) == "Image" else tree.para([tree.word(MASK)])

    if not hidden.sentences:
        return document
    return tree.with_pages(document, (tree.rewrite(list(page), change) for page in tree.document_pages(document)))
