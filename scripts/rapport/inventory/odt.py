"""An OpenDocument text counted: its content walked once, by local names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from rapport.inventory.states import Inventory
from rapport.inventory.xml import Element, attribute, child, children, local, parse_xml

UNREAD = frozenset(
    "tracked-changes annotation annotation-end title desc note-citation forms script variable-decls sequence-decls"
    " user-field-decls event-listeners settings scripts font-face-decls automatic-styles ruby-text".split()
)
BESIDE = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")


def read(parts: Mapping[str, bytes]) -> Inventory:
    """The inventory of an OpenDocument text by its parts."""
    root = parse_xml(parts["content.xml"])
    styles = parse_xml(parts["styles.xml"]) if "styles.xml" in parts else None
    levels = dict(_levels(root)) | (dict(_levels(styles)) if styles is not None else {})
    found = Inventory()
    reader = _Reader(found, levels)
    found.text = reader.inside(child(root, "body"))
    for node in root.iter():
        if local(node) == "annotation":
            found.comments.append(_text(node))
    for node in styles.iter() if styles is not None else ():
        if local(node) in BESIDE and (text := _text(node).strip()) and text not in found.outside_texts:
            found.outside_texts.append(text)
    return found


def _levels(root: Element) -> Iterator[tuple[str, str]]:
    """The outline level that each paragraph style has by itself."""
    for node in root.iter():
        if local(node) == "style" and (level := attribute(node, "default-outline-level")):
            yield attribute(node, "name"), level


def _text(node: Element) -> str:
    return _Reader(Inventory(), {}).inside(node)


@dataclass(slots=True)
class _Reader:
    """One walk through a text, which adds to `inventory` what it meets."""

    inventory: Inventory
    levels: Mapping[str, str]
    called_notes: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    depth: int = 0  # of lists around
    words_before: str = ""

    def inside(self, node: Element | None) -> str:
        """The words in an element, those between its children included."""
        if node is None:
            return ""
        return (node.text or "") + "".join(self.text(inner) + (inner.tail or "") for inner in node)

    def text(self, node: Element) -> str:
        name = local(node)
        if name in UNREAD or not name:
            return ""
        special = SPECIAL.get(name)
        return special(self, node) if special else self.inside(node)

    def space(self, _: Element) -> str:
        return " "

    def paragraph(self, node: Element) -> str:
        outside, self.called_notes = self.called_notes, []
        own = self.inside(node)
        called, self.called_notes = self.called_notes, outside
        if own.strip():
            self._sort(node, own)
            self.words_before = own
        return "\n".join([own, *called, ""])

    def _sort(self, node: Element, text: str) -> None:
        if local(node) == "h" or attribute(node, "style-name") in self.levels:
            self.inventory.headings.append(text)
        elif self.depth:
            self.points.append(text)

    def read_hanging(self, node: Element) -> str:
        """A text box, or a note: read where it hangs, set after its paragraph."""
        outside, self.depth = self.depth, 0
        said = self.inside(node)
        self.depth = outside
        self.called_notes.append(said)
        if local(node) == "note" and said.strip():
            self.inventory.notes.append(said)
        return ""

    def list(self, node: Element) -> str:
        self.depth += 1
        said = self.inside(node)
        self.depth -= 1
        if not self.depth and self.points:
            self.inventory.lists.append(tuple(self.points))
            self.points = []
        return said

    def table(self, node: Element) -> str:
        at = len(self.inventory.tables)
        self.inventory.tables.append(())
        cells = [self.inside(cell) for cell in _cells(node)]
        self.inventory.tables[at] = tuple(cells)
        return "\n".join(["", *cells, ""])

    def frame(self, node: Element) -> str:
        """One picture, however many forms of it are there; or a text box."""
        if child(node, "object") is None and child(node, "object-ole") is None and child(node, "image") is not None:
            self.inventory.pictures.append(self.words_before[-80:])
        return "".join(self.text(inner) for inner in children(node, "text-box"))


def _cells(table: Element) -> Iterator[Element]:
    pending = list(reversed(table))
    while pending:
        node = pending.pop()
        if local(node) in ("table-cell", "covered-table-cell"):
            yield node
        else:
            pending += reversed(node)


SPECIAL: Mapping[str, Callable[[_Reader, Element], str]] = {
    "p": _Reader.paragraph,
    "h": _Reader.paragraph,
    "s": _Reader.space,
    "tab": _Reader.space,
    "line-break": _Reader.space,
    "note": _Reader.read_hanging,
    "text-box": _Reader.read_hanging,
    "list": _Reader.list,
    "table": _Reader.table,
    "frame": _Reader.frame,
}
