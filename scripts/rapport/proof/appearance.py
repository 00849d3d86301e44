"""How the words of an output look and where its links lead: words may all be there and yet not be seen, or not so.

Allow-lists, measured on our own outputs: what none of them uses is reported, whatever it would do.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from rapport.proof.docx_forms import odd_forms
from rapport.proof.docx_layout import odd_layout
from rapport.proof.html_forms import odd_elements
from rapport.proof.html_style import is_our_sheet, odd_style
from rapport.proof.pdf_paint import FAINTEST, WHITE, contrast, odd_paint, parts_of_colour
from rapport.proof.reading import Element, Unreadable

Findings = Iterator[tuple[str, str]]
"""(kind, what was found): « look », what changes what is seen; « active »; « link », a link that leads elsewhere."""

DARKEST = 1.2  # contrast with white of what words stand on in Word, where ours are pale tints
EASILY_READ = 7.0  # WCAG 2.1, level AAA
SMALLEST = 6.0  # points

COLOUR = re.compile(rb'<w:color\b[^>]*?w:val="([0-9A-Fa-f]{6})"')
GROUND = re.compile(rb'<w:shd\b[^>]*?w:fill="([^"]*)"|<w:(?:highlight|background)\b[^>]*?w:(?:val|color)="([^"]*)"')
HEX = re.compile(rb"[0-9A-Fa-f]{6}")
SIZE = re.compile(rb'<w:sz(?:Cs)?\b[^>]*?w:val="(\d+)"')
STYLE = re.compile(rb"<w:style\b.*?</w:style>", re.DOTALL)
OUTSIDE = re.compile(rb"<Relationship\b(?=[^>]*TargetMode=\"External\")(?![^>]*/hyperlink\")[^>]*?Target=\"([^\"]*)\"")

POLICY = "default-src 'none'; style-src '{}';"

SIGNS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""What joins, parts or turns letters unseen, of which contributions are cleared; what some scripts need is not here."""

PARAGRAPH = re.compile(r"par-(\d+)")

OTHER_PAINT = re.compile(rb" (?<=[\d.] )(?:rg|g|k|sc|RG|G|K|SC)\s")
UPRIGHT = (b"1", b"0", b"0", b"-1")
SHEET = re.compile(rb"/MediaBox\s*\[\s*0 0 595\.\d+ 841\.\d+\s*\]")
CUT_OR_TURNED = re.compile(rb"/(CropBox|Rotate|UserUnit|TrimBox|BleedBox|ArtBox|AA|Tabs/W)\b")


def unseen_characters(text: str) -> Findings:
    """In the words themselves: signs that nobody sees."""
    yield from (("hidden", f"U+{ord(sign):04X}") for sign in sorted(set(SIGNS.findall(text))))


def odd_docx(parts: Mapping[str, bytes]) -> Findings:
    """In the parts of a Word file: words too pale or too small, fields that fetch, what is drawn apart."""
    for name, part in parts.items():
        yield from (("look", f"{name} {found}") for found in odd_forms(name, part))
        if name.endswith(".rels"):
            yield from (("active", target.decode("utf-8", "replace")) for target in OUTSIDE.findall(part))
        if not name.startswith("word/") or not name.endswith(".xml") or name.startswith("word/theme"):
            continue
        yield from (("look", f"{name} {found}") for found in odd_layout(part))
        part = STYLE.sub(lambda style: b"" if _light_on_dark(style[0]) else style[0], part)
        for colour in set(COLOUR.findall(part)):
            if contrast(parts_of_colour(colour.decode()), WHITE) < FAINTEST:
                yield "look", f"{name} #{colour.decode()}"
        for ground in {colour for pair in GROUND.findall(part) for colour in pair if colour}:
            if HEX.fullmatch(ground) is None or contrast(parts_of_colour(ground.decode()), WHITE) > DARKEST:
                yield "look", f"{name} #{ground.decode()}"
        yield from (("look", f"{name} {int(s) / 2:g} pt") for s in set(SIZE.findall(part)) if int(s) / 2 < SMALLEST)


def _light_on_dark(style: bytes) -> bool:
    """Whether a style has one colour on one ground of its own, easily read: the cover's deep field."""
    letters, grounds = set(COLOUR.findall(style)), {one for pair in GROUND.findall(style) for one in pair if one}
    if len(letters) != 1 or len(grounds) != 1 or not HEX.fullmatch(min(grounds)):
        return False
    return contrast(*(parts_of_colour(min(one).decode()) for one in (letters, grounds))) >= EASILY_READ


def odd_html(page: Element) -> Findings:
    """In a page: elements and attributes it has no use for, a style that is not the one its policy names, its links."""
    styles = [style.text or "" for style in page.iter("style")]
    digest = b64encode(sha256("".join(styles).encode()).digest()).decode("ascii")
    commands = [
        (meta.get("http-equiv"), meta.get("content", "")) for meta in page.iter("meta") if "http-equiv" in meta.attrib
    ]
    policies = [content for name, content in commands if name == "Content-Security-Policy"]
    if len(policies) != 1 or not policies[0].startswith(POLICY.format(f"sha256-{digest}")):
        yield "look", "style"
    yield from (("look", found) for found in (*odd_style("".join(styles)), *odd_elements(page)))
    if not is_our_sheet("".join(styles)):
        yield "look", "css"
    yield from (("active", f"{name} {content}") for name, content in commands if name != "Content-Security-Policy")
    places = {}
    drawn = {part for chart in page.iter("svg") for part in chart.iter("*")}  # judged as charts
    for element in page.iter("*"):
        if element in drawn:
            continue
        if place := element.get("id"):
            places[place] = element
            if (found := PARAGRAPH.fullmatch(place)) and element.text != f"{found[1]}.":
                yield "link", f"#{place} → {element.text}"
    for link in page.iter("a"):
        target, said = link.get("href", ""), "".join(link.itertext())
        if target.startswith("#") and not _leads(
            places.get(target[1:]), said if link.get("class") == "reference" else ""
        ):
            yield "link", f"{said} → {target}"


def _leads(place: Element | None, said: str) -> bool:
    """Whether a link leads somewhere; if its words are « 12 », to what begins with the number 12."""
    if place is None:
        return False
    return not said.isdecimal() or "".join(place.itertext()).split(maxsplit=1)[0].rstrip(".") == said


def odd_page_box(source: bytes) -> Findings:
    """In what a PDF says of a page: one that is cut or turned."""
    if not SHEET.search(source):
        yield "look", "MediaBox"
    yield from (("look", name.decode()) for name in CUT_OR_TURNED.findall(source))


def odd_drawing(instructions: bytes) -> Findings:
    """In what is drawn on a page of a PDF: words too pale for their ground, covered or too small."""
    if OTHER_PAINT.search(instructions):
        yield "look", "rg"
    yield from odd_paint(instructions)
    sizes = _numbers([size for (size,) in _operands(instructions, b"Tf", 1)])
    yield from (("look", f"{size:g} pt") for size in sizes if size < SMALLEST)
    for *matrix, _, _ in _operands(instructions, b"Tm", 6):
        if tuple(matrix) != UPRIGHT:
            yield "look", b" ".join([*matrix, b"Tm"]).decode("latin-1")


def _operands(instructions: bytes, operator: bytes, count: int) -> set[tuple[bytes, ...]]:
    """The words that stand before each use of an operator; a pattern would be tried at every byte."""
    found = [tuple(before.rsplit(None, count)[-count:]) for before in instructions.split(operator)[:-1]]
    return {words for words in found if len(words) == count}


def _numbers(words: Sequence[bytes]) -> list[float]:
    try:
        return [float(word) for word in words]
    except ValueError as error:
        raise Unreadable(str(error)) from error
