"""Lists of a Word file as they look: by linked list styles, and deep where a second list stands further in.

Pandoc knows a list's depth only by its level, and nothing of lists that a style holds for them (Pages writes no other).
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree
from msgspec import Struct

from rapport.office.namespaces import q
from rapport.office.paragraph_styles import heading_level, style_of
from rapport.office.wordml import Styles, ensure_child, number
from rapport.office.xml import Element

FURTHER = 150  # twips: what stands so much further in is a level deeper
DEEPEST = 8
SET_APART = 9000  # ids of lists made here


class ListPosition(Struct, frozen=True):
    """Where an item stands: its list, its level there, and how far in, in twips."""

    list_id: str
    level: int
    indent: int


class ListDefinitions:
    """The lists of a file: what each level of each looks like, and levels made where a list stands in another."""

    def __init__(self, root: Element) -> None:
        self.root, self.changed = root, False
        found = [] if root is None else list(root.iter(q("w:abstractNum")))
        self.by_id = {one.get(q("w:abstractNumId")): one for one in found}
        self.lists = {} if root is None else {one.get(q("w:numId"), ""): one for one in root.iter(q("w:num"))}
        self.made: dict[tuple[str, int, int], str] = {}
        for one in found:
            self._follow_link(one)

    def _follow_link(self, definition: Element) -> None:
        """The levels of a list that says only which style has them."""
        link = definition.find(q("w:numStyleLink"))
        if link is None or definition.find(q("w:lvl")) is not None:
            return
        for other in self.by_id.values():
            named = other.find(q("w:styleLink"))
            if named is not None and named.get(q("w:val")) == link.get(q("w:val")):
                definition.extend(deepcopy(level) for level in other.iterchildren(q("w:lvl")))
                definition.remove(link)
                self.changed = True
                return

    def definition(self, list_id: str) -> Element:
        """What a list is made of; None where the file does not say."""
        named = self.lists[list_id].find(q("w:abstractNumId")) if list_id in self.lists else None
        return self.by_id.get(named.get(q("w:val"))) if named is not None else None

    def level(self, list_id: str, at: int) -> Element:
        """One level of a list; None where it has none."""
        definition = self.definition(list_id)
        levels = [] if definition is None else definition.iterchildren(q("w:lvl"))
        return next((one for one in levels if number(one.get(q("w:ilvl")), -1) == at), None)

    def list_at_depth(self, position: ListPosition, depth: int) -> str:
        """The id of a list whose level `depth` looks like the level at this position."""
        key = (position.list_id, position.level, depth)
        if key not in self.made:
            name = str(SET_APART + len(self.made))
            level = deepcopy(self.level(position.list_id, position.level))
            level.set(q("w:ilvl"), str(depth))
            definition = etree.Element(q("w:abstractNum"), {q("w:abstractNumId"): name})
            definition.append(level)
            self.root.insert(0, definition)
            made = etree.SubElement(self.root, q("w:num"), {q("w:numId"): name})
            etree.SubElement(made, q("w:abstractNumId")).set(q("w:val"), name)
            self.made[key], self.changed = name, True
        return self.made[key]


def show_list_levels(root: Element, styles: Styles, numbering: ListDefinitions) -> int:
    """Say the depth of items that stand further in by another list; how many were deeper than their level says."""
    count = 0
    above: list[ListPosition] = []  # the items that the next one may stand under, the outermost first
    for paragraph in root.iter(q("w:p")):
        here = _position(paragraph, styles, numbering)
        if here is None or _apart(paragraph, above):
            above = []
        if here is None:
            continue
        while above and not _under(here, above[-1]):
            above.pop()
        depth = min(len(above), DEEPEST) if above and above[-1].list_id != here.list_id else here.level
        if depth > here.level and above[-1].list_id != here.list_id:
            _set_list(paragraph, numbering.list_at_depth(here, depth), depth)
            count += 1
        above.append(here)
    return count


def _under(inner: ListPosition, outer: ListPosition) -> bool:
    if inner.list_id == outer.list_id:
        return inner.level > outer.level
    return inner.indent >= outer.indent + FURTHER


def _apart(paragraph: Element, above: list[ListPosition]) -> bool:
    """Whether something else than an item stands before this one."""
    before = paragraph.getprevious()
    return before is None or (bool(above) and before.tag == q("w:tbl"))


def _position(paragraph: Element, styles: Styles, numbering: ListDefinitions) -> ListPosition | None:
    """Where a paragraph stands as an item, by its own properties or its style's; None where it is no item."""
    if heading_level(paragraph, styles):
        return None
    own = paragraph.find(q("w:pPr"))
    style = style_of(paragraph)
    holders = [own, *(one.find(q("w:pPr")) for one in styles.chain(style))]
    known = [holder for holder in holders if holder is not None]
    list_id = _value(known, "w:numId")
    if not list_id or list_id == "0":
        return None
    at = number(_value(known, "w:ilvl"), 0)
    level = numbering.level(list_id, at)
    if level is None:
        return None
    inside = [own] if own is not None else []
    inside += [found for found in [level.find(q("w:pPr"))] if found is not None]
    return ListPosition(list_id, at, _indent([*inside, *known]))


def _value(holders: list[Element], name: str) -> str:
    found = (holder.find(f"{q('w:numPr')}/{q(name)}") for holder in holders)
    return next((one.get(q("w:val"), "") for one in found if one is not None), "")


def _indent(holders: list[Element]) -> int:
    for holder in holders:
        indent = holder.find(q("w:ind"))
        said = None if indent is None else indent.get(q("w:left"), indent.get(q("w:start")))
        if said is not None:
            return number(said, 0)
    return 0


def _set_list(paragraph: Element, list_id: str, depth: int) -> None:
    properties = ensure_child(paragraph, "w:pPr")
    for old in properties.findall(q("w:numPr")):
        properties.remove(old)
    made = etree.SubElement(properties, q("w:numPr"))
    etree.SubElement(made, q("w:ilvl")).set(q("w:val"), str(depth))
    etree.SubElement(made, q("w:numId")).set(q("w:val"), list_id)
