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

BLANKS = tuple(
    q(f"text:{name}")
    for name in ("s", "tab", "line-break", "soft-page-break", "bookmark", "bookmark-start", "bookmark-end")
)
LOOKS = (q("fo:font-weight"), q("fo:font-style"))
# Styles whose looks say what a paragraph is, not that its words matter more.
UNMARKED = re.compile(
    r"(?:standard|heading|title|subtitle|caption|illustration|table|figure|drawing|quot\w*|intense quote|citation|"
    r"block text|text)\b",
    re.IGNORECASE,
)
HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)

SMALL_CAPS = "urn:small-caps"
"""Where links lead whose words are in small capitals."""
QUOTATION = re.compile(r"quot|citation|block text|verbatim", re.IGNORECASE)

Styles = Mapping[str, Element]
"""The styles of a file, automatic ones too, by their names."""


def show_headings(root: Element, styles: Styles, normal: NormalDocument) -> None:
    """Make a heading of each paragraph whose style is a heading's."""
    for paragraph in list(root.iter(q("text:p"))):
        levels = (_level(name, styles[name]) for name in style_chain(paragraph.get(q("text:style-name"), ""), styles))
        level = next((one for one in levels if one is not None), 0)
        if level and 0 < len(own_text(paragraph).split()) <= LONGEST:
            paragraph.tag = q("text:h")
            paragraph.set(q("text:outline-level"), str(level))
            normal.count_repair("outline")


def _level(name: str, style: Element) -> int | None:
    """How deep a heading a style makes, 0 where it says that it makes none; None where it leaves that to its parent."""
    said = style.get(q("style:default-outline-level"))
    named = HEADING.fullmatch(name.replace("_20_", " "))
    return number(said, 0) if said is not None else int(named[1]) if named else None


def style_chain(name: str, styles: Styles) -> Iterator[str]:
    """The names of a style and of those it is based on."""
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        yield name
        name = styles[name].get(q("style:parent-style-name"), "")


def style_value(name: str, styles: Styles, kind: str, key: str) -> str:
    """What a style, or else the nearest one above it, says under a key of its text or paragraph properties, or ""."""
    properties = (styles[one].find(q(f"style:{kind}-properties")) for one in style_chain(name, styles))
    return next((value for one in properties if one is not None and (value := one.get(q(key)))), "")


def is_quotation(paragraph: Element, styles: Styles) -> bool:
    """Whether the style of a paragraph, or one that it is based on, is called a quotation's."""
    names = style_chain(paragraph.get(q("text:style-name"), ""), styles)
    return any(QUOTATION.search(name.replace("_20_", " ")) for name in names)


def show_emphasis(root: Element, styles: Styles) -> None:
    """Give the words of a paragraph whose style is bold or italic a style of their own that says so."""
    sheet = root.find(q("office:automatic-styles"))
    made: dict[str, str] = {}
    for paragraph in list(root.iter(q("text:p"))) if sheet is not None else []:
        looks = _looks(paragraph.get(q("text:style-name"), ""), styles)
        if not looks and _is_underlined(paragraph, styles):
            looks = {LOOKS[0]: "bold"}
            for span in paragraph.iter(q("text:span")):
                span.attrib.pop(q("text:style-name"), None)
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


def show_small_caps(root: Element, styles: Styles) -> None:
    """Put words in small capitals into a link to `SMALL_CAPS`: pandoc reads no such look in this format, but links."""
    for span in list(root.iter(q("text:span"))):
        inner = next(span.iter(q("text:a"), q("text:note")), None)
        outer = next(span.iterancestors(q("text:a")), None)
        if inner is None and outer is None and _is_small_caps(span.get(q("text:style-name"), ""), styles):
            link = etree.Element(q("text:a"))
            link.set(q("xlink:href"), SMALL_CAPS)
            link.text, span.text = span.text, None
            link.extend(list(span))
            span.append(link)


def _is_small_caps(name: str, styles: Styles) -> bool:
    return style_value(name, styles, "text", "fo:font-variant") == "small-caps"


def _is_underlined(paragraph: Element, styles: Styles) -> bool:
    """Whether it is one underlined line, as people make titles: pandoc would have it in italics."""
    words = [part for part in _parts(paragraph) if part[0].strip()]
    short = len(own_text(paragraph).split()) <= LONGEST
    return bool(words) and short and all(_says_underline(style, styles) for _, style in words)


def _parts(paragraph: Element) -> Iterator[tuple[str, str]]:
    """The words of a paragraph, piece by piece, each with the style of the span that it stands in."""
    style = paragraph.get(q("text:style-name"), "")
    yield paragraph.text or "", style
    for child in paragraph:
        if child.tag == q("text:span"):
            yield from ((text, inner or style) for text, inner in _parts(child))
        elif isinstance(child.tag, str) and child.tag not in BLANKS:
            yield own_text(child), ""
        yield child.tail or "", style


def _says_underline(name: str, styles: Styles) -> bool:
    return style_value(name, styles, "text", "style:text-underline-style") not in ("", "none")


def _looks(name: str, styles: Styles) -> dict[str, str]:
    """What a paragraph's style, and those it is based on, say of weight and slope."""
    found: dict[str, str] = {}
    for style in style_chain(name, styles):
        bare = style.replace("_20_", " ")
        if UNMARKED.match(bare):
            return found if bare.lower() == "standard" else {}
        properties = styles[style].find(q("style:text-properties"))
        for key in LOOKS if properties is not None else ():
            if value := properties.get(key):
                found.setdefault(key, value)
    return found
