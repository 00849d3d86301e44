"""What nobody sees in an OpenDocument text: hidden, in the colour of its ground, minute, closed, or off the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapport.office.namespaces import q
from rapport.office.odf import DESCRIPTION, all_text, centimetres, decimal
from rapport.office.paragraph_styles_odt import style_chain
from rapport.office.run_appearance import NARROW, PAGE, is_same_colour
from rapport.office.wordml import number
from rapport.office.xml import Element

TINY = 1.5  # points
USUAL = 0.42  # centimetres, 12 points
CRAMPED = 0.45  # of the size: what is so much less between letters puts them on top of one another
CLEAR = ("0%", "1%", "2%", "3%", "4%", "5%")
BESIDE = (-9.0, 20.0)  # centimetres from a margin: further out, or in, there is no page
OFF = -15.0  # centimetres from where it would stand
PROPERTIES = tuple(
    q(f"style:{kind}-properties") for kind in ("text", "paragraph", "table-cell", "table-row", "table", "graphic")
)
GROUND, TRANSPARENT = q("fo:background-color"), "transparent"
SHUT = ("collapse", "filter")
WORDS = ("text:p", "text:h", "text:span")


def hidden_parts(root: Element, styles: Mapping[str, Element]) -> Iterator[tuple[Element, str]]:
    """Every part of the text that nobody sees, the outer ones first, and its words."""
    sight = _Sight(styles)
    names = ("text:section", "table:table-row", "table:table-cell", "draw:frame", "draw:custom-shape", *WORDS)
    shut = {cell for table in root.iter(q("table:table")) for cell in _in_shut_columns(table)}
    for node in list(root.iter(*(q(name) for name in names))):
        if node.getparent() is not None and (node in shut or sight.hides(node)) and (text := all_text(node)).strip():
            yield node, text


def _in_shut_columns(table: Element) -> Iterator[Element]:
    """The cells of the columns that are closed."""
    shut = [
        column.get(q("table:visibility")) in SHUT
        for column in table.iter(q("table:table-column"))
        for _ in range(min(number(column.get(q("table:number-columns-repeated")), 1), 100))
    ]
    for row in table.iter(q("table:table-row")) if any(shut) else ():
        at = 0
        for cell in row.iterchildren(q("table:table-cell"), q("table:covered-table-cell")):
            if at < len(shut) and shut[at]:
                yield cell
            at += min(number(cell.get(q("table:number-columns-repeated")), 1), 100)


class _Sight:
    """Whether a node can be seen, by its style, those it is based on, and what lies behind it."""

    def __init__(self, styles: Mapping[str, Element]) -> None:
        self.styles = styles

    def chain(self, node: Element) -> Iterator[Element]:
        """The properties of a node's style and of those that it is based on, the nearest first."""
        name = next((v for k, v in node.items() if k.endswith("}style-name")), "")
        for one in style_chain(name, self.styles):
            yield from self.styles[one].iterchildren(*PROPERTIES)

    def nearest_value(self, node: Element, name: str) -> str:
        """What the nearest of these says of one thing, "" when none does."""
        return next((value for one in self.chain(node) if (value := one.get(q(name)))), "")

    def hides(self, node: Element) -> bool:
        if node.tag == q("text:section"):
            return node.get(q("text:display")) in ("none", "condition")
        if node.tag == q("table:table-row"):
            return node.get(q("table:visibility")) in SHUT
        if node.tag in (q("draw:frame"), q("draw:custom-shape")):
            return any(centimetres(node.get(f"{DESCRIPTION}{side}", "")) < OFF for side in "xy")
        if node.tag == q("table:table-cell"):
            return False
        if any(one.get(q("text:is-hidden"), "true") == "true" for one in node.iterchildren(q("text:hidden-paragraph"))):
            return True
        size, scale = (
            self.nearest_value(node, "fo:font-size"),
            self.nearest_value(node, "style:text-scale").removesuffix("%"),
        )
        if self.nearest_value(node, "text:display") == "none" or number(scale, 100) <= NARROW:
            return True
        spacing, letters = self.nearest_value(node, "fo:letter-spacing"), centimetres(size) or USUAL
        if spacing and centimetres(spacing) <= -CRAMPED * letters:
            return True
        position = self.nearest_value(node, "style:text-position").rpartition(" ")[2].removesuffix("%")
        if self.nearest_value(node, "loext:opacity") in CLEAR or number(position, 100) <= NARROW:
            return True
        if node.tag in (q("text:p"), q("text:h")) and self.is_off_page(node):
            return True
        if size.endswith("pt") and decimal(size[:-2]) <= TINY:
            return True
        color = self.nearest_value(node, "fo:color").removeprefix("#").lower()
        shown = [one for one in node.iter(q("text:span")) if one is not node and self.nearest_value(one, "fo:color")]
        return bool(color) and not shown and is_same_colour(color, self.ground_behind(node))

    def is_off_page(self, node: Element) -> bool:
        """Whether indents put a paragraph's lines off the page."""
        left, right, first = (
            centimetres(self.nearest_value(node, name))
            for name in ("fo:margin-left", "fo:margin-right", "fo:text-indent")
        )
        return min(left, left + first, right) <= BESIDE[0] or max(left, right) >= BESIDE[1]

    def ground_behind(self, node: Element) -> str:
        """The ground under a node, the nearest one that anything lays, as six letters; "" where it cannot be told."""
        for one in (node, *node.iterancestors()):
            if one.tag in (q("draw:frame"), q("draw:custom-shape")):
                return ""
            found = next((v for p in self.chain(one) if (v := p.get(GROUND, TRANSPARENT)) != TRANSPARENT), "")
            if found:
                return str(found).removeprefix("#").lower()
        return PAGE
