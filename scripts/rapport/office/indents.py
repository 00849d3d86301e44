"""Paragraphs that stand further in: a quotation where they are few; a page laid out so, or what goes on below an item.

Pandoc makes a quotation of each, from one twip on, and in OpenDocument also of those whose style has an indent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree

from rapport.office.namespaces import q
from rapport.office.odf import centimetres, own_text
from rapport.office.paragraph_styles import heading_level, style_of
from rapport.office.paragraph_styles_odt import Styles as OdtStyles
from rapport.office.paragraph_styles_odt import is_quotation, style_chain
from rapport.office.wordml import Styles, number, paragraph_text
from rapport.office.xml import Element

LEAST = 0.5  # centimetres: what stands less far in is no quotation
TWIPS = 567  # in a centimetre
AROUND = (q("office:text"), q("text:section"))
QUOTES = ("quote", "intense quote", "block text")  # the styles that pandoc knows as a quotation's
SIDES = tuple(q(f"w:{side}") for side in ("left", "start", "leftChars", "startChars"))


def show_indents(root: Element, styles: Styles) -> int:
    """Leave the indent to the paragraphs of a Word story that it makes quotations; how many these are."""
    lines = [one for one in root.iter(q("w:p")) if _is_text(one, styles)]
    apart = [one for one in lines if one.getparent().tag == q("w:body")]
    quoted = _quotations(apart, _indent, lambda one: _is_item(one.getprevious(), styles))
    for one in lines:
        if one not in quoted:
            _flatten(one)
    return len(quoted)


def _quotations(
    lines: Sequence[Element], indent: Callable[[Element], float], is_below_item: Callable[[Element], bool]
) -> set[Element]:
    """The lines that stand in by themselves, unless most do; `indent` is in centimetres."""
    inside = set[Element]()
    below = set[Element]()  # those that go on under an item of a list
    for one in lines:
        if indent(one) >= LEAST:
            (below if is_below_item(one) or one.getprevious() in below else inside).add(one)
    return inside if 2 * len(inside) <= len(lines) else set()


def _is_text(paragraph: Element, styles: Styles) -> bool:
    """Whether it is a paragraph of words, neither heading nor item, that no style makes a quotation."""
    words = paragraph_text(paragraph).strip()
    quoted = any(styles.style_name(one.get(q("w:styleId"))) in QUOTES for one in styles.chain(style_of(paragraph)))
    return bool(words) and not (quoted or heading_level(paragraph, styles) or _is_item(paragraph, styles))


def _is_item(paragraph: Element | None, styles: Styles) -> bool:
    if paragraph is None or paragraph.tag != q("w:p"):
        return False
    holders = [paragraph, *styles.chain(style_of(paragraph))]
    found = (one.find(f"{q('w:pPr')}/{q('w:numPr')}/{q('w:numId')}") for one in holders)
    said = next((one.get(q("w:val")) for one in found if one is not None), "0")
    return said != "0"


def _indent(paragraph: Element) -> float:
    """How far in the first line stands, by the paragraph's own properties, in centimetres."""
    indent = paragraph.find(f"{q('w:pPr')}/{q('w:ind')}")
    if indent is None:
        return 0.0
    left = number(indent.get(q("w:left"), indent.get(q("w:start"))), 0)
    return (left - number(indent.get(q("w:hanging")), 0)) / TWIPS


def _flatten(paragraph: Element) -> None:
    indent = paragraph.find(f"{q('w:pPr')}/{q('w:ind')}")
    for side in SIDES if indent is not None else ():
        indent.attrib.pop(side, None)


# ---------------------------------------------------------------- OpenDocument


def show_odt_indents(root: Element, styles: OdtStyles) -> int:
    """The same of an OpenDocument text, where the style of a paragraph has its indent."""
    lines = [one for one in root.iter(q("text:p")) if own_text(one).strip()]
    quotes = {one for one in lines if is_quotation(one, styles)}
    apart = [one for one in lines if one not in quotes and one.getparent().tag in AROUND]
    quoted = _quotations(apart, lambda one: _odt_indent(one, styles), _is_below_list)
    for one in lines:
        if one in quotes or one in quoted:
            one.set(q("text:style-name"), _quotation(root))
        elif any(_margins(name, styles)[0] for name in style_chain(one.get(q("text:style-name"), ""), styles)):
            one.attrib.pop(q("text:style-name"))  # its bold and italics are said by its words
    return len(quoted)


def _quotation(root: Element) -> str:
    """The name of a style that stands further in, made where there is none yet."""
    sheet, name = root.find(q("office:automatic-styles")), "quotation-made"
    if sheet is not None and not any(one.get(q("style:name")) == name for one in sheet):
        made = etree.SubElement(sheet, q("style:style"), {q("style:name"): name, q("style:family"): "paragraph"})
        etree.SubElement(made, q("style:paragraph-properties"), {q("fo:margin-left"): f"{2 * LEAST}cm"})
    return name


def _is_below_list(paragraph: Element) -> bool:
    before = paragraph.getprevious()
    return before is not None and before.tag == q("text:list")


def _odt_indent(paragraph: Element, styles: OdtStyles) -> float:
    """How far in the lines stand, by the paragraph's own style; what a named style has is its layout."""
    name = paragraph.get(q("text:style-name"), "")
    if name not in styles or styles[name].getparent().tag != q("office:automatic-styles"):
        return 0.0
    left, first = _margins(name, styles)
    return left + min(first, 0)


def _margins(name: str, styles: OdtStyles) -> tuple[float, float]:
    """The left margin that a style itself has, and how much further in its first line stands, in centimetres."""
    found = styles[name].find(q("style:paragraph-properties"))
    left, first = (found.get(q(key), "") if found is not None else "" for key in ("fo:margin-left", "fo:text-indent"))
    return centimetres(left), centimetres(first)
