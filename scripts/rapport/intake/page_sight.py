"""What nobody sees in a page: closed, in the colour of its ground, minute, without room, or off the screen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from rapport.office.package import Unsafe
from rapport.office.run_appearance import PAGE, is_same_colour

UNSHOWN = "display:none"
HIDING = f'style="{UNSHOWN}"'  # of a passage that is not shown
SHEET = re.compile(r"<style\b[^<>]*>(.*?)(?:</style|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
AT_RULE = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->|@[^{};@]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})", re.DOTALL)
ESCAPED = re.compile(r"\\([0-9a-f]{1,5})\s?|/\*.*?(?:\*/|\Z)|!\s?important", re.IGNORECASE | re.DOTALL)
SHUT = re.compile(
    r";(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all|clip:rect\((?:[01](?:px)?[, ]*){4}\)|"
    r"clip-path:inset\((?:[5-9]\d|100)%|transform:[^;]*scale[xy]?\(0(?![.\d]))"
)
COLOUR = re.compile(
    r"#(?P<letters>[0-9a-f]{3,8})\b|rgba?\((?P<parts>[^)]*)\)|\b(?P<clear>transparent)\b|\b(?P<black>black)\b|"
    r"\b(?:(?:floral|ghost)?white(?:smoke)?|snow|ivory|azure|mintcream)\b|hsla?\([^,)]*,[^,)]*,\s*(?:9[89]|100)%"
)
CLEAR = "transparent"
UNSAID = re.compile(r"(?:none|initial|inherit|unset|(?:no-)?repeat|scroll|currentcolor|px|[\d.%\s])*")
LENGTH = re.compile(r"(-?\d*\.?\d+)([a-z]*|%)")
PIXELS = {"pt": 4 / 3, "cm": 38, "mm": 3.8, "in": 96, "pc": 16, "vw": 10}
TINY, FLAT, FAINT = 2, 1, 0.05  # pixels of a letter's size, pixels of a box, share of what is opaque
AWAY = (-600, 5000)  # pixels: further to the left, above, or to the right there is no screen
SIDES = ("left", "top", "text-indent", "margin-left", "margin-top")
BOX = ("height", "max-height", "width", "max-width")
DEEPEST = 1_000  # elements within one another; libxml2 reads 2,048
LONGEST = 200  # signs of a value
CELL, CELL_END = re.compile(r"<t[dhr]\b", re.IGNORECASE), re.compile(r"</t[dhr]\b", re.IGNORECASE)
CLOSED = ("details", "dialog", "template")

Declarations = dict[str, str]


class Look(NamedTuple):
    """How words look: size in pixels, colours as six letters, "" where they cannot be told."""

    depth: int = 0
    is_shut: bool = False
    size: float = 16
    colour: str = "000000"
    ground: str = PAGE

    @property
    def is_hidden(self) -> bool:
        """Whether nobody sees such words."""
        return self.is_shut or self.size <= TINY or self.colour == CLEAR or is_same_colour(self.colour, self.ground)


def hides(style: str) -> bool:
    """Whether a style shows nothing of what has it, on a white page."""
    return _look(Look(), _declarations(style)).is_hidden


def with_hidden_marked(html: str, sheet: Mapping[str, Declarations]) -> str:
    """The page with every text that nobody sees in a span that says so; as it came where it hides nothing
    and ends all cells.

    Raises `Unsafe` where it is so deep that the parser flattens it.
    """
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        page = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return html  # nothing stands in it
    looks, found = dict[etree._Element | None, Look]({None: Look()}), False
    for node in list(page.iter(etree.Element)):
        above = node.getparent()
        look = looks[node] = _look(looks[above], _declared(node, sheet))
        if look.depth > DEEPEST:
            raise Unsafe("nested")
        if _is_closed(above) and node.tag != "summary":
            look = looks[node] = look._replace(is_shut=True)
        if (looks[above].is_hidden or _is_closed(above)) and _says(node.tail):
            node.addnext(_mark(node.tail))
            node.tail, found = None, True
        if (look.is_hidden or _is_closed(node)) and _says(node.text or node.get("alt")):
            mark = _mark(node.text or node.attrib.pop("alt"))
            node.text, node.tag, found = None, {"pre": "div", "img": "span"}.get(node.tag, node.tag), True
            node.insert(0, mark)
    unended = len(CELL.findall(html)) != len(CELL_END.findall(html))  # which pandoc reads as no table
    return str(etree.tostring(page, method="html", encoding="unicode")) if found or unended else html


def sheet_of(html: str) -> dict[str, Declarations]:
    """What a page's own style sheets say of each tag, class and id (« p », « .x », « p.x », « #y »), on any screen."""
    out = dict[str, Declarations]()
    for found in SHEET.finditer(html):
        for names, _, said in (rule.partition("{") for rule in AT_RULE.sub("", found[1] or "").split("}")):
            for name in names.lower().split(","):
                parts = name.split()
                if parts and (len(parts) == 1 or re.search("[.#]", parts[-1])):
                    out.setdefault(parts[-1], {}).update(_declarations(said))
    return out


def _mark(text: str | None) -> etree._Element:
    mark = etree.Element("span", style=UNSHOWN)
    mark.text = text
    return mark


def _says(text: str | None) -> bool:
    return bool(text and re.search(r"\w", text))


def _is_closed(node: etree._Element | None) -> bool:
    return node is not None and node.tag in CLOSED and "open" not in node.attrib


def _declared(node: etree._Element, sheet: Mapping[str, Declarations]) -> Declarations:
    """What is declared of an element: by its attributes, by the sheet, by its own style."""
    tag = str(node.tag)
    out = {"color": "#0000ee"} if tag == "a" and node.get("href") else {}
    out |= {"display": "none"} if "hidden" in node.attrib else {}
    out |= {name: node.get(key, "") for key, name in (("color", "color"), ("bgcolor", "background")) if node.get(key)}
    out |= {"background": "url()"} if node.get("background") else {}
    names = ("", *(f".{one}" for one in node.get("class", "").lower().split()), f"#{node.get('id', '').lower()}")
    for name in names if sheet else ():
        out |= sheet.get(name, {}) | sheet.get(f"{tag}{name}", {})
    return out | _declarations(node.get("style", ""))


def _declarations(style: str) -> Declarations:
    plain = ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else "", style).lower()
    parts = (one.partition(":") for one in plain.split(";"))
    return {name.strip(): " ".join(value.split())[:LONGEST] for name, _, value in parts if value}


def _look(outside: Look, said: Declarations) -> Look:
    """How the words of an element look, within what is outside it."""
    shut = bool(SHUT.search("".join(f";{name}:{value}" for name, value in said.items())))
    shut |= _length(said.get("opacity", ""), 1, 1, 1) <= FAINT
    shut |= any(not AWAY[0] < _length(said.get(side, ""), 0, 16, 1000) < AWAY[1] for side in SIDES)
    cut = re.search("hidden|clip", said.get("overflow", "")) is not None
    shut |= cut and any(_length(said.get(side, ""), 99, 16, 1000) <= FLAT for side in BOX)
    font = re.search(r"(?<![\w.-])[\d.]+(?:[a-z]+|%)?(?=[ /])", said.get("font", ""))
    size = _length(said.get("font-size", font[0] if font else ""), outside.size, outside.size, outside.size)
    colour, ground = said.get("color", ""), f"{said.get('background', '')} {said.get('background-color', '')}"
    behind = CLEAR if UNSAID.fullmatch(ground) else _colour(ground)
    return Look(
        outside.depth + 1,
        outside.is_shut or shut,
        size,
        outside.colour if UNSAID.fullmatch(colour) else _colour(colour),
        outside.ground if behind == CLEAR else behind,
    )


def _length(value: str, usual: float, em: float, whole: float) -> float:
    """A length in pixels, with what an « em » and all of it are; `usual` where none is said."""
    found = LENGTH.match(value)
    units = PIXELS | {"em": em, "rem": 16, "ex": em / 2, "%": whole / 100}
    return float(found[1]) * units.get(found[2], 1) if found else usual


def _colour(value: str) -> str:
    """Six letters, `CLEAR`, or "" where a colour cannot be told."""
    found = COLOUR.search(value.lower())
    if not found or "url(" in value or "gradient" in value:
        return ""
    if found["parts"]:
        parts = re.findall(r"[\d.]+%?", found["parts"])
        letters = "".join(f"{min(255, int(_length(one, 0, 1, 255))):02x}" for one in parts[:3])
        return CLEAR if _length("".join(parts[3:4]), 1, 1, 1) <= FAINT else letters
    if letters := found["letters"] or "":
        letters = letters if len(letters) > 4 else "".join(2 * one for one in letters)
        return CLEAR if letters[6:] in ("00", "01") else letters[:6]
    return CLEAR if found["clear"] else "000000" if found["black"] else PAGE
