"""A Word file counted: its XML walked once, by the local names that transitional and strict files share."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct, field

from rapport.inventory.states import Inventory
from rapport.inventory.xml import Element, attribute, child, local, parse_xml

SPACED = frozenset(("tab", "br", "cr", "ptab"))
UNREAD = frozenset(
    "del moveFrom instrText delText delInstrText pPr rPr sectPr tblPr tcPr trPr sdtPr docPr cNvPr tblGrid rt".split()
)
HEADING = re.compile(r"(heading|titre|überschrift|título|title|subtitle|sous-titre)\s*\d?", re.IGNORECASE)
BESIDE = re.compile(r"word/(header|footer)\d*\.xml|word/(diagrams/data|charts/chart)\w*\.xml")
BODY_LEVEL = 9  # an outline level that says « no heading »
GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
PRIVATE = {0xF000 + ord(first) + at: letter for first in "aA" for at, letter in enumerate(GREEK)}
"""What the font Symbol shows for the letters from a to z, as the private signs that files have for them."""


class _Style(Struct):
    """What a paragraph style says of level and list; None where it leaves that to the style it is based on."""

    name: str = ""
    based_on: str = ""
    level: int | None = None
    in_list: bool | None = None


def read(parts: Mapping[str, bytes]) -> Inventory:
    """The inventory of a Word file by its parts."""
    main = _main(parts)
    found = Inventory()
    reader = _Reader(found, _styles(parts, main), _notes(parts, main))
    found.text = reader.blocks(parse_xml(parts[main]))
    reader.close_list()
    for name in sorted(parts):
        if BESIDE.fullmatch(name) and (text := _texts(parse_xml(parts[name]))):
            found.outside_texts += [text] if text not in found.outside_texts else []
        elif re.fullmatch(r"word/comments\d*\.xml", name):
            found.comments += [_texts(one) for one in parse_xml(parts[name]).iter() if local(one) == "comment"]
    return found


def _main(parts: Mapping[str, bytes]) -> str:
    relations = parse_xml(parts["_rels/.rels"]) if "_rels/.rels" in parts else ()
    targets = [r.get("Target", "") for r in relations if r.get("Type", "").endswith("/officeDocument")]
    return next((t.lstrip("/") for t in targets if t.lstrip("/") in parts), "word/document.xml")


def _related(parts: Mapping[str, bytes], main: str, kind: str) -> Element | None:
    """The root of the part that the main one calls its styles, footnotes or endnotes."""
    folder, name = posixpath.split(main)
    relations = parts.get(f"{folder}/_rels/{name}.rels")
    for one in parse_xml(relations) if relations else ():
        path = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
        if one.get("Type", "").endswith(f"/{kind}") and path in parts:
            return parse_xml(parts[path])
    return None


def _styles(parts: Mapping[str, bytes], main: str) -> dict[str, _Style]:
    root = _related(parts, main, "styles")
    found: dict[str, _Style] = {}
    for node in root if root is not None else ():
        if local(node) == "style" and attribute(node, "type") in ("", "paragraph"):
            based, name = child(node, "basedOn"), child(node, "name")
            style = _Style(attribute(name, "val"), attribute(based, "val"))
            style.level, style.in_list = _said(child(node, "pPr"))
            found[attribute(node, "styleId")] = style
    return found


def _said(properties: Element | None) -> tuple[int | None, bool | None]:
    """What paragraph properties say of level and list."""
    level, numbering = child(properties, "outlineLvl"), child(properties, "numPr")
    number = child(numbering, "numId")
    return (
        int(attribute(level, "val") or BODY_LEVEL) if level is not None else None,
        attribute(number, "val") != "0" if number is not None else None,
    )


def _notes(parts: Mapping[str, bytes], main: str) -> dict[tuple[str, str], str]:
    """The words of each note by the name of its call and its id."""
    found = {}
    for kind in ("footnote", "endnote"):
        root = _related(parts, main, f"{kind}s")
        for node in root if root is not None else ():
            if local(node) == kind and attribute(node, "type") in ("", "normal"):
                found[f"{kind}Reference", attribute(node, "id")] = _texts(node)
    return found


def _texts(node: Element) -> str:
    """The words of a part where nothing but words counts, a paragraph a line."""
    return _Reader(Inventory(), {}, {}).blocks(node).strip()


class _Reader(Struct):
    """One walk through a story, which adds to `inventory` what it meets."""

    inventory: Inventory
    styles: Mapping[str, _Style]
    notes: Mapping[tuple[str, str], str]
    boxes: list[str] = field(default_factory=list)
    called_notes: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    words_before: str = ""

    def blocks(self, node: Element) -> str:
        return "".join(self.text(inner) for inner in node)

    def text(self, node: Element) -> str:
        """The words of an element, and everything in it counted."""
        name = local(node)
        if name in UNREAD or (name == "sdt" and child(child(node, "sdtPr"), "showingPlcHdr") is not None):
            return ""
        if name == "t":
            return node.text or ""
        if name in SPACED:
            return " "
        special = SPECIAL.get(name)
        return special(self, node) if special else self.blocks(node)

    def run(self, node: Element) -> str:
        """A run; a raised figure is a word of its own, since it may be the call of a note."""
        said = self.blocks(node)
        if attribute(child(child(node, "rPr"), "rFonts"), "ascii") == "Symbol":
            said = said.translate(PRIVATE)
        raised = attribute(child(child(node, "rPr"), "vertAlign"), "val") == "superscript"
        return f" {said} " if raised and said.strip().isdigit() else said

    def hyphen(self, _: Element) -> str:
        return "-"

    def alternative(self, node: Element) -> str:
        chosen = child(node, "Choice")
        chosen = child(node, "Fallback") if chosen is None else chosen
        return self.blocks(chosen) if chosen is not None else ""

    def picture(self, node: Element) -> str:
        if any(attribute(node, name) for name in ("embed", "link", "id", "href")):
            self.inventory.pictures.append(self.words_before[-80:])
        return ""

    def word_art(self, node: Element) -> str:
        return f" {node.get('string', '')} "

    def note(self, node: Element) -> str:
        said = self.notes.get((local(node), attribute(node, "id")), "")
        if said:
            self.inventory.notes.append(said)
            self.called_notes.append(said)
        return ""

    def box(self, node: Element) -> str:
        self.boxes.append(self.blocks(node))
        return ""

    def table(self, node: Element) -> str:
        self.close_list()
        at = len(self.inventory.tables)
        self.inventory.tables.append(())
        cells = [self.text(cell) for cell in _cells(node)]
        self.close_list()
        self.inventory.tables[at] = tuple(cells)
        return "\n".join(["", *cells, ""])

    def paragraph(self, node: Element) -> str:
        properties = child(node, "pPr")
        outside, self.boxes, self.called_notes = (self.boxes, self.called_notes), [], []
        own = self.blocks(node)
        after = [*self.called_notes, *self.boxes]
        self.boxes, self.called_notes = outside
        self._sort(own, properties)
        self.words_before = own if own.strip() else self.words_before
        drop = attribute(child(properties, "framePr"), "dropCap") in ("drop", "margin")
        return own if drop else "\n".join([own, *after, ""])

    def _sort(self, text: str, properties: Element | None) -> None:
        """A paragraph counted as heading, point of a list or neither."""
        if not text.strip():
            return
        level, listed = self._looks(properties)
        if listed and level is None:
            self.points.append(text)
            return
        self.close_list()
        if level is not None:
            self.inventory.headings.append(text)

    def _looks(self, properties: Element | None) -> tuple[int | None, bool]:
        """The outline level of a paragraph, None for none, and whether it is a point of a list."""
        level, listed = _said(properties)
        for style in self._chain(attribute(child(properties, "pStyle"), "val")):
            if level is None and style.level is None and HEADING.fullmatch(style.name):
                level = 0
            level = style.level if level is None else level
            listed = style.in_list if listed is None else listed
        return (None if level is None or level >= BODY_LEVEL else level), bool(listed)

    def _chain(self, name: str) -> Iterator[_Style]:
        """A style and those that it is based on."""
        seen = set()
        while name in self.styles and name not in seen:
            seen.add(name)
            yield self.styles[name]
            name = self.styles[name].based_on

    def close_list(self) -> None:
        """The points met so far are one list."""
        if self.points:
            self.inventory.lists.append(tuple(self.points))
            self.points = []


def _symbol(_: _Reader, node: Element) -> str:
    """A letter of a symbol font: Greek in one of them, a mere sign in the others."""
    code = int(attribute(node, "char") or "20", 16) & 0xFF
    return PRIVATE.get(0xF000 + code, "") if attribute(node, "font") == "Symbol" else ""


SPECIAL: Mapping[str, Callable[[_Reader, Element], str]] = {
    "p": _Reader.paragraph,
    "r": _Reader.run,
    "tbl": _Reader.table,
    "txbxContent": _Reader.box,
    "AlternateContent": _Reader.alternative,
    "blip": _Reader.picture,
    "imagedata": _Reader.picture,
    "textpath": _Reader.word_art,
    "footnoteReference": _Reader.note,
    "endnoteReference": _Reader.note,
    "noBreakHyphen": _Reader.hyphen,
    "sym": _symbol,
}


def _cells(table: Element) -> Iterator[Element]:
    """The cells of a table, but not those of a table in one of them."""
    pending = list(reversed(table))
    while pending:
        node = pending.pop()
        if local(node) == "tc":
            yield node
        elif local(node) not in UNREAD:
            pending += reversed(node)
