"""WordprocessingML as a tree: names, text, styles, and the places of things, for all that reads Word files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from rapport.office.namespaces import NS, q
from rapport.office.package import Package, parse_xml
from rapport.office.xml import Element, replace

STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": NS["w"].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": NS["m"].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": NS["r"].encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": NS["a"].encode(),
}
"""Word's other dialect, « strict », names the same things differently; pandoc reads only the first."""

CHECKED, UNCHECKED = "☒", "☐"
HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)


def story_root(package: Package, name: str) -> Element:
    """The root of a part, « strict » names made the usual ones; None where there is no such part. Raises `Unsafe`."""
    content = package.parts.get(name)
    if content is None:
        return None
    for strict, usual in STRICT.items():
        content = content.replace(strict, usual)
    return parse_xml(content, name)


def usual_prefix(root: Element) -> Element:
    """The same tree with the prefix « w » for Word's own names, the only one that pandoc knows."""
    if NS["w"] not in root.nsmap.values() or root.nsmap.get("w") == NS["w"]:
        return root
    made = etree.Element(root.tag, root.attrib, nsmap={"w": NS["w"]})
    made.text = root.text
    made.extend(list(root))
    etree.cleanup_namespaces(made, top_nsmap={"w": NS["w"]})
    return made


class Styles:
    """The styles by their ids; how deep a heading style is."""

    def __init__(self, root: Element) -> None:
        self.root, self.added = root, False
        self.default = None if root is None else root.find(f".//{q('w:rPrDefault')}/{q('w:rPr')}")
        self.by_id = {} if root is None else {s.get(q("w:styleId"), ""): s for s in root.iter(q("w:style"))}

    def chain(self, name: str | None) -> Iterator[Element]:
        """The style and those it is based on."""
        seen: set[str] = set()
        while name and name in self.by_id and name not in seen:
            seen.add(name)
            yield self.by_id[name]
            name = value_at(self.by_id[name], "w:basedOn")

    def style_name(self, name: str | None) -> str:
        """What Word calls a style, whatever its id in the language of the menus; in lower case."""
        return value_at(self.by_id[name], "w:name").lower() if name in self.by_id else ""

    def is_default(self, name: str | None) -> bool:
        """Whether this is the style of paragraphs that say none."""
        return name in self.by_id and self.by_id[name].get(q("w:default"), "0") in ("1", "true", "on")

    def heading(self, name: str | None) -> int:
        """The level that a style has by its name or the name of one that it is based on, as pandoc looks."""
        found = (HEADING.fullmatch(value_at(style, "w:name")) for style in self._outline_chain(name))
        return next((int(level[1]) for level in found if level), 0)

    def heading_style(self, level: int) -> str:
        """The id of a style that pandoc knows as a heading's of this level, made where the file has none."""
        known = next((name for name in self.by_id if self.style_name(name) == f"heading {level}"), "")
        if not known:
            known = f"Heading{level}-made"
            self.root = etree.Element(q("w:styles"), nsmap={"w": NS["w"]}) if self.root is None else self.root
            made = etree.SubElement(self.root, q("w:style"), {q("w:type"): "paragraph", q("w:styleId"): known})
            etree.SubElement(made, q("w:name")).set(q("w:val"), f"heading {level}")
            self.by_id[known], self.added = made, True
        return known

    def level(self, name: str | None) -> int:
        """1 for « heading 1 », whatever the style is called in the language of the menus; 0 for no heading."""
        for style in self._outline_chain(name):
            if level := outline_level(style):
                return level
            if found := self.heading(style.get(q("w:styleId"))):
                return found
        return 0

    def _outline_chain(self, name: str | None) -> Iterator[Element]:
        """The styles that say whether one is a heading's: up to the first that says it is body text."""
        for style in self.chain(name):
            yield style
            if _is_body_text(style):
                return

    def part_from_headings(self) -> None:
        """Styles of body text that are based on a heading's stand alone: pandoc would take them for headings."""
        for name, style in self.by_id.items():
            base = style.find(q("w:basedOn"))
            if base is not None and _is_body_text(style) and self.level(base.get(q("w:val"))) and not self.level(name):
                style.remove(base)
                self.added = True


def value_at(node: Element, *names: str) -> str:
    """The `w:val` of what stands under a node at the end of these names, "" where there is none."""
    found = node.find("/".join(map(q, names))) if node is not None else None
    return found.get(q("w:val"), "") if found is not None else ""


def ensure_child(node: Element, name: str) -> Element:
    """The child of this name, made before all others where there is none."""
    found = node.find(q(name))
    if found is None:
        found = etree.Element(q(name))
        node.insert(0, found)
    return found


def number(text: str | None, otherwise: int, base: int = 10) -> int:
    """A number as a file has it; another where there is none, or what stands there is not one."""
    try:
        return int(text or "", base)
    except ValueError:
        return otherwise


def outline_level(node: Element) -> int:
    """The level in the outline that a paragraph or a style has itself, 1 the highest; 0 for body text."""
    level = number(value_at(node, "w:pPr", "w:outlineLvl"), 9)
    return level + 1 if 0 <= level < 9 else 0


def _is_body_text(style: Element) -> bool:
    """Whether a style says that it is none of the outline's levels, whatever it is based on."""
    return style.find(f"{q('w:pPr')}/{q('w:outlineLvl')}") is not None and not outline_level(style)


def is_on(switch: Element) -> bool:
    """Whether a switch (« w:b ») is on: it is by its mere presence."""
    return switch.get(q("w:val"), "true").lower() not in ("0", "false", "off")


def paragraph_text(paragraph: Element) -> str:
    """The words of a paragraph itself, not of the text boxes in it."""
    pieces: list[str] = []
    for run in paragraph.iter(*TEXT):
        if next(run.iterancestors(q("w:p")), None) is paragraph:
            pieces.append(piece(run))
    return "".join(pieces)


TEXT = tuple(q(name) for name in ("w:t", "w:tab", "w:br", "w:cr", "w:noBreakHyphen", "w:sym", "w:ptab"))


def pieces(node: Element) -> Iterable[str]:
    """What each element that holds letters says, in order."""
    return (piece(one) for one in node.iter(*TEXT))


def piece(node: Element) -> str:
    """The letters of one element, a space for a tab or a break."""
    if node.tag == q("w:t"):
        return node.text or ""
    if node.tag == q("w:noBreakHyphen"):
        return "\u2011"
    if node.tag == q("w:tab") and node.getparent().tag == q("w:tabs"):
        return ""
    return "" if node.tag == q("w:sym") else " "


def all_text(node: Element) -> str:
    """Every word under a node, deleted ones included."""
    names = (q("w:t"), q("w:delText"), q("w:tab"), q("w:br"))
    return "".join((n.text or "") if n.tag in names[:2] else " " for n in node.iter(*names))


def block_text(node: Element) -> str:
    """The words of a block in one line, paragraphs apart."""
    paragraphs = [paragraph_text(p) for p in node.iter(q("w:p"))]
    return " ".join(" ".join(paragraphs or ["".join(pieces(node))]).split())


def new_run(text: str) -> Element:
    """A run that says these words, spaces at its ends kept."""
    run = etree.Element(q("w:r"))
    made = etree.SubElement(run, q("w:t"))
    made.text = text
    made.set(q("xml:space"), "preserve")
    return run


def unwrap(node: Element) -> None:
    """An element out of the tree, what it holds in its place."""
    replace(node, list(node))


def empty_texts(content: Element) -> None:
    """Take the words out of an element; what carries them stays."""
    for text in list(content.iter(q("w:t"))):
        text.text = ""


def has_picture(drawing: Element) -> bool:
    """Whether a drawing shows a picture of the file."""
    blips = drawing.iter(q("a:blip"), q("v:imagedata"))
    return next(blips, None) is not None


def places(root: Element) -> Iterator[tuple[Element, tuple[tuple[str, int], ...]]]:
    """Page (as Word last laid it out) and table of every table and paragraph, and of what in it may have to be told."""
    page, tables = 1, 0
    table: tuple[tuple[str, int], ...] = ()
    breaks = (q("w:lastRenderedPageBreak"), q("w:br"))
    inline = tuple(q(name) for name in ("w:r", "w:ins", "w:del", "w:moveTo", "w:moveFrom", "w:commentRangeStart"))
    for node in root.iter(q("w:p"), q("w:tbl"), *breaks, *inline):
        if node.tag in breaks:
            page += node.tag == breaks[0] or node.get(q("w:type")) == "page"
            continue
        if node.tag == q("w:tbl"):
            tables += 1
            table = (("table", tables),)
        elif node.tag == q("w:p") and next(node.iterancestors(q("w:tbl")), None) is None:
            table = ()
        yield node, (("page", page), *table)


SYMBOLS: dict[tuple[str, int], str] = {
    ("Wingdings", 0xFE): CHECKED, ("Wingdings", 0xA8): UNCHECKED, ("Wingdings", 0x6F): UNCHECKED,
    ("Wingdings", 0xFD): CHECKED, ("Wingdings", 0x78): CHECKED, ("Wingdings", 0xE0): "→", ("Wingdings", 0xFC): "✓",
    ("Wingdings", 0xA7): "▪", ("Wingdings", 0xD8): "➢", ("Wingdings", 0x4A): "☺", ("Wingdings", 0xE8): "→",
    ("Symbol", 0xB7): "•", ("Symbol", 0xAE): "→", ("Symbol", 0xDE): "⇒", ("Symbol", 0xB3): "≥", ("Symbol", 0xA3): "≤",
    ("Symbol", 0xB1): "±", ("Symbol", 0xB4): "×", ("Symbol", 0x2D): "−", ("Symbol", 0xB0): "°",
}  # fmt: skip
"""What the letters of symbol fonts show, for those that turn up in real files."""
PRIVATE = {0xF000 + code: text for (_, code), text in SYMBOLS.items()}  # the same where somebody typed them
