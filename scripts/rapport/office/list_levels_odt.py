"""Lists of an OpenDocument text as they look: titles out of them, and deep where a second list stands further in.

Pandoc knows how deep an item is only by the lists around it; lists of two styles stand side by side in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree
from msgspec import Struct

from rapport.office.namespaces import q
from rapport.office.normal_document import NormalDocument
from rapport.office.odf import centimetres
from rapport.office.paragraph_styles_odt import Styles, style_chain
from rapport.office.wordml import number
from rapport.office.xml import Element, replace

FURTHER = 0.26  # centimetres: what stands so much further in is a level deeper
LIST, ITEM = q("text:list"), q("text:list-item")
LINES = (q("text:p"), q("text:h"))


class ListPlace(Struct, frozen=True):
    """A list, the name of its style ("" for none), and how far in its first item stands, in centimetres."""

    node: Element
    style: str
    indent: float


def show_lists(root: Element, styles: Styles, list_styles: Styles, normal: NormalDocument) -> None:
    """Titles that a list numbers made titles; lists that stand further in put under the item above them."""
    for one in list(_outermost(root)):
        lines = list(one.iter(*LINES))
        if lines and all(line.tag == q("text:h") for line in lines):
            replace(one, lines)
            normal.count_repair("numbered-heading")
    above: list[ListPlace] = []  # the lists that the next one may stand under, the outermost first
    for one in list(_outermost(root)):
        here = _place(one, styles, list_styles)
        before = one.getprevious()
        above = above if before is not None and before.tag == LIST else []
        while above and not _is_under(here, above[-1]):
            above.pop()
        if above and (items := above[-1].node.findall(ITEM)):
            items[-1].append(one)
            _keep_look(one, here.style, root, list_styles)
            normal.count_repair("list-level")
        above.append(here)


def _outermost(root: Element) -> Iterator[Element]:
    """The lists that are not part of another."""
    return (one for one in root.iter(LIST) if one.getparent().tag not in (ITEM, q("text:list-header")))


def _is_under(inner: ListPlace, outer: ListPlace) -> bool:
    return inner.style != outer.style and inner.indent >= outer.indent + FURTHER


def _keep_look(one: Element, style: str, root: Element, list_styles: Styles) -> None:
    """The items of a list that stands deeper now keep their bullets or numbers: each style says them by depth."""
    depth = sum(1 for _ in one.iterancestors(LIST))
    sheet = root.find(q("office:automatic-styles"))
    if style not in list_styles or sheet is None:
        return
    made = etree.SubElement(sheet, q("text:list-style"), {q("style:name"): f"{style}-{depth}"})
    for level in map(deepcopy, list_styles[style]):
        level.set(q("text:level"), str(number(level.get(q("text:level")), 0) + depth))
        made.append(level)
    one.set(q("text:style-name"), f"{style}-{depth}")


def _place(one: Element, styles: Styles, list_styles: Styles) -> ListPlace:
    """Where a list stands, by the level of its first item, or by the own indent of the paragraph there."""
    level, inner = 1, _first_list(one)
    while inner is not None:
        level, inner = level + 1, _first_list(inner)
    line = next(one.iter(*LINES), None)
    chain = list(style_chain(line.get(q("text:style-name"), ""), styles)) if line is not None else []
    named = (styles[name].get(q("style:list-style-name"), "") for name in chain)
    style = one.get(q("text:style-name")) or next(filter(None, named), "")
    own = styles[chain[0]].find(q("style:paragraph-properties")) if chain else None
    said = own.get(q("fo:margin-left"), "") if own is not None else ""
    return ListPlace(one, style, centimetres(said) if said else _indent(list_styles, style, level))


def _first_list(one: Element) -> Element | None:
    """The list that the first item of a list begins with; None where it begins with words."""
    item = one.find(ITEM)
    first = next(iter(item), None) if item is not None else None
    return first if first is not None and first.tag == LIST else None


def _indent(list_styles: Styles, style: str, level: int) -> float:
    """How far in a level of a list style stands; 0 where the file does not say."""
    for one in list_styles.get(style, ()):
        if number(one.get(q("text:level")), 0) == level:
            said = [node.get(q(name), "") for node in one.iter() for name in ("fo:margin-left", "text:space-before")]
            return max(map(centimetres, said), default=0.0)
    return 0.0
