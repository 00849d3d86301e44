"""An OpenDocument text counted: its content walked once, by local names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from rapport.inventory.states import Inventory
from rapport.inventory.xml import Element, attribute, child, children, local, parse_xml

UNREAD = frozenset(
    "tracked-changes annotation annotation-end title desc note-citation forms script variable-decls sequence-decls"
    " user-field-decls event-listeners settings scripts font-face-decls automatic-styles ruby-text".split()
)
HEADING = re.compile(r"(?:heading|titre)(?:_20_)?[1-9]", re.IGNORECASE)
RAISED = re.compile(r"super|[1-9]")
BESIDE = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")


def read(parts: Mapping[str, bytes]) -> Inventory:
    """The inventory of an OpenDocument text by its parts."""
    root = parse_xml(parts["content.xml"])
    styles = parse_xml(parts["styles.xml"]) if "styles.xml" in parts else None
    found = Inventory()
    sheets = [root, styles] if styles is not None else [root]
    reader = _Reader(found, _heading_styles(sheets), _raised_styles(sheets))
    found.text = reader.inside(child(root, "body"))
    for node in root.iter():
        if local(node) == "annotation":
            found.comments.append(_text(node))
    for node in styles.iter() if styles is not None else ():
        if local(node) in BESIDE and (text := _text(node).strip()) and text not in found.outside_texts:
            found.outside_texts.append(text)
    return found


def _heading_styles(sheets: Sequence[Element]) -> frozenset[str]:
    """The names of the styles that are in the outline, by themselves or by one that they are based on."""
    found = {attribute(one, "name"): one for sheet in sheets for one in sheet.iter() if local(one) == "style"}
    return frozenset(name for name in found if _is_in_outline(name, found))


def _raised_styles(sheets: Sequence[Element]) -> frozenset[str]:
    """The names of the styles that raise their letters."""
    inside = ((one, inner) for sheet in sheets for one in sheet.iter() if local(one) == "style" for inner in one)
    return frozenset(attribute(one, "name") for one, looks in inside if RAISED.match(attribute(looks, "text-position")))


def _is_in_outline(name: str, styles: Mapping[str, Element]) -> bool:
    seen = set[str]()
    while name in styles and name not in seen:
        seen.add(name)
        level = next(
            (said for key, said in styles[name].attrib.items() if key.endswith("}default-outline-level")), None
        )
        if level is not None:
            return bool(level)
        if HEADING.fullmatch(name):
            return True
        name = attribute(styles[name], "parent-style-name")
    return False


def _text(node: Element) -> str:
    return _Reader(Inventory()).inside(node)


class _Reader(Struct):
    """One walk through a text, which adds to `inventory` what it meets."""

    inventory: Inventory
    heading_styles: frozenset[str] = frozenset()
    raised_styles: frozenset[str] = frozenset()
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

    def span(self, node: Element) -> str:
        """A run; a raised figure is a word of its own, since it may be the call of a note."""
        said = self.inside(node)
        raised = attribute(node, "style-name") in self.raised_styles
        return f" {said} " if raised and said.strip().isdigit() else said

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
        if local(node) == "h" or attribute(node, "style-name") in self.heading_styles:
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
    "span": _Reader.span,
    "s": _Reader.space,
    "tab": _Reader.space,
    "line-break": _Reader.space,
    "note": _Reader.read_hanging,
    "text-box": _Reader.read_hanging,
    "list": _Reader.list,
    "table": _Reader.table,
    "frame": _Reader.frame,
}
