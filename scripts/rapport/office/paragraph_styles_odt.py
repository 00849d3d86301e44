"""What styles say of an OpenDocument paragraph, said again where pandoc looks: headings, bold and italics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from rapport.office.namespaces import q
from rapport.office.normal_document import NormalDocument
from rapport.office.odf import own_text
from rapport.office.paragraph_styles import LONGEST
from rapport.office.wordml import number
from rapport.office.xml import Element

LOOKS = (q("fo:font-weight"), q("fo:font-style"))
# Styles whose looks say what a paragraph is, not that its words matter more.
UNMARKED = re.compile(
    r"(?:standard|heading|title|subtitle|caption|illustration|table|figure|drawing|quotations|text)\b", re.IGNORECASE
)
HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)

Styles = Mapping[str, Element]
"""The styles of a file, automatic ones too, by their names."""


def show_headings(root: Element, styles: Styles, normal: NormalDocument) -> None:
    """Make a heading of each paragraph whose style is a heading's."""
    for paragraph in list(root.iter(q("text:p"))):
        levels = (_level(name, styles[name]) for name in _chain(paragraph.get(q("text:style-name"), ""), styles))
        level = next(filter(None, levels), 0)
        if level and 0 < len(own_text(paragraph).split()) <= LONGEST:
            paragraph.tag = q("text:h")
            paragraph.set(q("text:outline-level"), str(level))
            normal.count_repair("outline")


def _level(name: str, style: Element) -> int:
    named = HEADING.fullmatch(name.replace("_20_", " "))
    return number(style.get(q("style:default-outline-level")), 0) or (int(named[1]) if named else 0)


def _chain(name: str, styles: Styles) -> Iterator[str]:
    """A style and those it is based on."""
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        yield name
        name = styles[name].get(q("style:parent-style-name"), "")


def show_emphasis(root: Element, styles: Styles) -> None:
    """Give the words of a paragraph whose style is bold or italic a style of their own that says so."""
    sheet = root.find(q("office:automatic-styles"))
    made: dict[str, str] = {}
    for paragraph in list(root.iter(q("text:p"))) if sheet is not None else []:
        looks = _looks(paragraph.get(q("text:style-name"), ""), styles)
        if not looks:
            continue
        key = str(sorted(looks.items()))
        if key not in made:
            made[key] = f"words-{len(made)}"
            style = etree.SubElement(sheet, q("style:style"))
            style.set(q("style:name"), made[key])
            style.set(q("style:family"), "text")
            etree.SubElement(style, q("style:text-properties")).attrib.update(looks)
        span = etree.Element(q("text:span"))
        span.set(q("text:style-name"), made[key])
        span.text, paragraph.text = paragraph.text, None
        span.extend(list(paragraph))
        paragraph.append(span)


def _looks(name: str, styles: Styles) -> dict[str, str]:
    """What a paragraph's style, and those it is based on, say of weight and slope."""
    found: dict[str, str] = {}
    for style in _chain(name, styles):
        bare = style.replace("_20_", " ")
        if UNMARKED.match(bare):
            return found if bare.lower() == "standard" else {}
        properties = styles[style].find(q("style:text-properties"))
        for key in LOOKS if properties is not None else ():
            if value := properties.get(key):
                found.setdefault(key, value)
    return found
