"""What a run of a Word text looks like in the end, and whether anybody can see it on its ground."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import astuple

from rapport.office.namespaces import q
from rapport.office.wordml import Styles, is_on, number
from rapport.office.xml import Element

TINY = 3  # half-points: nobody reads 1.5 points
NARROW = 5  # percent of a letter's own width
USUAL = 22  # half-points: what letters have where nothing says
CRAMPED = 4.5  # twips less between letters, for each half-point of their size, put them on top of one another
AWAY = 400  # half-points above or below its line: nothing stands there any more
CLEAR = 95_000  # thousandths of a per cent: what is more transparent nobody sees
NEAR = 16  # of 255: how far two colours may lie apart and still be one to the eye
PAGE = "ffffff"
LIGHT = ("background1", "bg1", "light1", "lt1")
MARKERS = {
    "black": "000000", "blue": "0000ff", "cyan": "00ffff", "green": "00ff00", "magenta": "ff00ff", "red": "ff0000",
    "yellow": "ffff00", "white": "ffffff", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "c0c0c0",
}  # fmt: skip
UNKNOWN, AUTO = "?", "auto"
FILLED = ("a:solidFill", "a:gradFill", "a:blipFill", "a:pattFill", "v:fill")


class RunAppearance(Struct, frozen=True):
    """What properties say, None where they say nothing; colours as « 1f3864 », `AUTO` or `UNKNOWN`."""

    vanish: bool | None = None
    color: str | None = None
    marker: str | None = None
    ground: str | None = None
    size: int | None = None
    width: int | None = None
    spacing: int | None = None  # twips between two letters
    rise: int | None = None  # half-points above the line

    def merge_over(self, other: RunAppearance) -> RunAppearance:
        """This look, and the other's where this one says nothing."""
        pairs = zip(astuple(self), astuple(other), strict=True)
        return RunAppearance(*(mine if mine is not None else theirs for mine, theirs in pairs))


def look(properties: Element) -> RunAppearance:
    """The look that a run's properties give."""
    if properties is None:
        return RunAppearance()

    def value(name: str) -> str | None:
        found = properties.find(q(name))
        return None if found is None else found.get(q("w:val"), "")

    vanish, color = properties.find(q("w:vanish")), properties.find(q("w:color"))
    marker, size, width = value("w:highlight"), value("w:sz"), value("w:w")
    special, fill = properties.find(q("w:specVanish")), _fill(properties.find(q("w14:textFill")))
    gone = [switch for switch in (vanish, special) if switch is not None]
    spacing, raised = value("w:spacing"), value("w:position")
    return RunAppearance(
        vanish=True if fill == "" else any(map(is_on, gone)) if gone else None,
        color=fill or (None if color is None else _color(color)),
        marker=None if marker is None else MARKERS.get(marker, ""),
        ground=ground(properties),
        size=None if size is None else number(size, 99),
        width=None if width is None else number(width, 99),
        spacing=None if spacing is None else number(spacing, 0),
        rise=None if raised is None else number(raised, 0),
    )


def _fill(node: Element) -> str | None:
    """The colour of letters that are drawn with an effect; "" where they have none, or one that is seen through."""
    if node is None:
        return None
    if node.find(q("w14:noFill")) is not None:
        return ""
    solid = node.find(q("w14:solidFill"))
    colors = [] if solid is None else list(solid)
    if any(number(alpha.get(q("w14:val")), 0) >= CLEAR for one in colors for alpha in one.iter(q("w14:alpha"))):
        return ""
    return next((str(one.get(q("w14:val"))).lower() for one in colors if one.tag == q("w14:srgbClr")), None)


def _color(node: Element) -> str:
    if node.get(q("w:themeColor")) in LIGHT and node.get(q("w:themeShade")) is None:
        return PAGE
    said = str(node.get(q("w:val"), "")).lower()
    return {"white": PAGE, "": AUTO}.get(said, said)


def ground(properties: Element) -> str | None:
    """The ground that a run, paragraph, cell or table lays behind its text."""
    shade = properties.find(q("w:shd")) if properties is not None else None
    if shade is None or shade.get(q("w:val")) == "nil":
        return None
    fill, theme = shade.get(q("w:fill"), AUTO).lower(), shade.get(q("w:themeFill"))
    tinted = shade.get(q("w:themeFillShade")) is not None
    if shade.get(q("w:val"), "clear") != "clear" or (theme is not None and (tinted or theme not in LIGHT)):
        return UNKNOWN
    return None if fill == AUTO and theme is None else fill if theme is None else PAGE


class Sight:
    """Whether a run can be seen, by its own look, its styles', and what lies behind it."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.known: dict[str | None, tuple[RunAppearance, str | None]] = {}
        self.default = look(styles.default)

    def style(self, node: Element) -> tuple[RunAppearance, str | None]:
        """The look and the paragraph's ground that a style gives, with those that it is based on."""
        name = node.get(q("w:val")) if node is not None else None
        if name not in self.known:
            made, behind = RunAppearance(), None
            for style in self.styles.chain(name):
                made = made.merge_over(look(style.find(q("w:rPr"))))
                behind = behind or ground(style.find(q("w:pPr"))) or ground(style.find(q("w:tcPr")))
                if style.find(f".//{q('w:tblStylePr')}") is not None:
                    behind = behind or UNKNOWN
            self.known[name] = made, behind
        return self.known[name]

    def hides(self, run: Element) -> bool:
        """Whether nobody sees this run's words."""
        own, paragraph = _first(run, "w:rPr"), next(run.iterancestors(q("w:p")), None)
        above = _first(paragraph, "w:pPr")
        table = next(run.iterancestors(q("w:tbl")), None)
        seen = look(own)
        for holder, name in ((own, "w:rStyle"), (above, "w:pStyle")):
            if holder is not None and (named := holder.find(q(name))) is not None:
                seen = seen.merge_over(self.style(named)[0])
        if table is not None:
            seen = seen.merge_over(self.style(table.find(f"{q('w:tblPr')}/{q('w:tblStyle')}"))[0])
        seen = seen.merge_over(self.default)
        if seen.vanish or (seen.size or 99) <= TINY or (seen.width or 99) <= NARROW:
            return True
        if (seen.spacing or 0) <= -CRAMPED * (seen.size or USUAL) or abs(seen.rise or 0) >= AWAY:
            return True
        if seen.marker and (seen.color or AUTO) == AUTO:  # automatic letters stay black under a marker
            return is_same_colour("000000", seen.marker)
        if seen.color in (None, AUTO, UNKNOWN):
            return False
        return is_same_colour(seen.color or "", seen.marker or seen.ground or self.ground_behind(run))

    def ground_behind(self, run: Element) -> str:
        """The ground that lies under a run, the nearest one that anything lays; `UNKNOWN` where it cannot be told."""
        for node in run.iterancestors():
            if node.tag == q("w:p"):
                properties = _first(node, "w:pPr")
                found = ground(properties)
                if found is None and properties is not None:
                    found = self.style(properties.find(q("w:pStyle")))[1]
            elif node.tag == q("w:tc"):
                found = ground(node.find(q("w:tcPr")))
            elif node.tag == q("w:tbl"):
                properties = node.find(q("w:tblPr"))
                found = ground(properties)
                named = properties.find(q("w:tblStyle")) if properties is not None else None
                if found is None and named is not None:
                    found = self.style(named)[1] if named.get(q("w:val")) in self.styles.by_id else UNKNOWN
            elif node.tag == q("w:txbxContent"):
                return _of_shape(node)
            elif node.tag == q("w:document"):
                found = UNKNOWN if node.find(q("w:background")) is not None else None
            else:
                found = None
            if found:
                return found
        return PAGE


def _first(node: Element, name: str) -> Element:
    """The first child, if it is of this name: a paragraph of a million runs is not searched for each of them."""
    first = next(iter(node), None) if node is not None else None
    return first if first is not None and first.tag == q(name) else None


def _of_shape(box: Element) -> str:
    """The ground of a text box: the page's, unless anything may fill it."""
    shape = box.getparent().getparent()
    if shape is None or shape.get("fillcolor", "white").lower() not in ("white", "#ffffff", "#fff", "window"):
        return UNKNOWN
    may = next(shape.iter(*(q(name) for name in FILLED)), None) is not None
    return UNKNOWN if may or any(str(child.tag).endswith("}style") for child in shape) else PAGE


def is_same_colour(one: str, other: str) -> bool:
    """Whether two colours are one to the eye; unknown ones are not."""
    try:
        pairs: Iterable[tuple[int, int]] = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
        return max(abs(a - b) for a, b in pairs) <= NEAR
    except ValueError:
        return False
