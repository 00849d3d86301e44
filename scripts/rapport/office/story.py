"""One part of a Word file with running text, on its way to pandoc: what stands where, and what is told of it."""

from __future__ import annotations

from rapport.office.namespaces import q
from rapport.office.normal_document import NormalDocument, Notice
from rapport.office.wordml import Styles, paragraph_text, places
from rapport.office.xml import Element


class Story:
    """The body or the notes, worked over in place; `normal` gathers what is told of the file."""

    def __init__(self, root: Element, styles: Styles, normal: NormalDocument) -> None:
        self.root, self.styles, self.normal = root, styles, normal
        self.places = dict(places(root))

    def text(self) -> str:
        """All that is left to read, a line a paragraph."""
        return "\n".join(paragraph_text(p) for p in self.root.iter(q("w:p")))

    def elements(self, *names: str) -> list[Element]:
        """Every element of the story with one of these names, in document order."""
        return list(self.root.iter(*(q(name) for name in names)))

    def place(self, node: Element) -> tuple[tuple[str, int], ...]:
        """Where a node stands: page and, in a table, which."""
        while node is not None and node not in self.places:
            node = node.getparent()
        return self.places.get(node, ()) if node is not None else ()

    def tell(self, kind: str, node: Element, text: str) -> None:
        """Note what must not pass unseen, with whoever did it."""
        author = node.get(q("w:author"), "")
        self.normal.findings.append(Notice(kind, " ".join(text.split()), self.place(node), author))
