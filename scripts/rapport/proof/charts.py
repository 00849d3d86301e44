"""Charts read back: the words drawn and the lengths of the full bars, held against the table that stands below.

A chart is a picture whose words the text of a page does not have. What it must say is what its table says in the
document: each row's head and number, or each row's numbers by period.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from rapport import tree
from rapport.model import Document, Node
from rapport.proof.pdf_file import TEXT
from rapport.proof.reading import DrawnChart, Element, Unreadable, fold

SVG = "{http://www.w3.org/2000/svg}"
SHAPES: dict[str, frozenset[str]] = {
    "svg": frozenset("width height viewBox viewbox".split()),
    "g": frozenset("transform fill stroke-miterlimit".split()),
    "rect": frozenset("width height fill".split()),
    "path": frozenset("d transform fill stroke stroke-width".split()),
    "line": frozenset("x2 y2 transform stroke stroke-width".split()),
    "text": frozenset("transform text-anchor font-family font-size font-weight fill".split()),
    "tspan": frozenset("x dy".split()),
}
"""What our charts are drawn with; whatever else an SVG may hold is told."""
PAGES_OWN = frozenset("role aria-label class id xmlns".split())
"""What a page adds to the outermost element."""
FULL = "#12436D"
LOOKS = frozenset(("none", "white", "#3D3D3D", FULL))
BAR = re.compile(r"M[-\d.]+,[-\d.]+h([\d.]+)v[\d.]+h-[\d.]+Z")
NUMBER = re.compile(r"\d+")
PERIODS = re.compile(r"-annees-[0-9a-f]+\.svg")
NEAR = 0.02  # of the longest bar: how far a bar's length may be off its number

CHART = re.compile(
    rb"(?P<open>/\w+<<[^<>()]*/MCID (?P<mcid>\d+)/Alt" + TEXT + rb"[^<>]*>>\s*BDC\s)"
    rb"(?P<drawn>q (?P<left>[-\d.]+) (?P<top>[-\d.]+) m (?P<right>[-\d.]+) [-\d.]+ l [-\d.]+ (?P<low>[-\d.]+) l"
    rb" [-\d.]+ [-\d.]+ l\nh\nW\nn\n(?:/\w+<<(?:[^<>]|<[0-9A-Fa-f]*>)*>>\s*BDC.*?EMC\b|.)*?)(?P<close>EMC\b)",
    re.DOTALL,
)
CHART_NAME = b"chart"
FULL_BAR = re.compile(
    rb"q ([\d.]+) 0 0 -[\d.]+ [-\d.]+ [-\d.]+ cm/c\d+ cs 0\.070\d* 0\.262\d* 0\.427\d* scn/c\d+ CS [\d. ]+ SCN [\d.]+ w"
    rb" (?P<left>[-\d.]+) [-\d.]+ m (?P<right>[-\d.]+) [-\d.]+ l (?P=right) [-\d.]+ l (?P=left) [-\d.]+ l\nh\nB\n"
)


def read_svg(root: Element) -> tuple[DrawnChart, tuple[str, ...]]:
    """An SVG's words and full bars, and what in it no chart of ours has."""
    words, bars, odd, drawn = list[str](), list[float](), list[str](), list[str]()
    for element in root.iter():
        if not isinstance(element.tag, str):
            odd.append("<!-- -->")
            continue
        name = element.tag.removeprefix(SVG)
        known = SHAPES.get(name, frozenset()) | (PAGES_OWN if element is root else frozenset())
        own = sorted((key.lower(), value) for key, value in element.items() if key not in PAGES_OWN)
        drawn.append(f"<{name} {own}>{element.text or ''}")
        odd += [f"<{name} {key}>" for key in element.attrib if key not in known] if name in SHAPES else [f"<{name}>"]
        odd += [f"<{name} {element.get(k)}>" for k in ("fill", "stroke") if element.get(k, "none") not in LOOKS]
        if name in ("text", "tspan"):
            words.append(element.text or "")
        elif (element.text or "").strip():
            odd.append(f"<{name}> {element.text}")
        if (element.tail or "").strip() and element is not root:
            odd.append(f"</{name}> {element.tail}")
        bar = BAR.fullmatch(element.get("d", "")) if element.get("fill") == FULL else None
        if bar:
            bars.append(float(bar[1]))
    return DrawnChart(fold("".join(words)), tuple(bars), "".join(drawn)), tuple(odd)


def is_chart(name: str) -> bool:
    """Whether the file of a picture is a chart's."""
    return name.endswith(".svg")


def still_picture(name: str) -> str:
    """The file that stands for a chart where none is drawn."""
    return name.removesuffix(".svg") + ".png"


def parse_svg(content: bytes) -> Element:
    """An SVG file's root; raises `Unreadable`."""
    try:
        return etree.parse(io.BytesIO(content), etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"SVG: {error}") from error


def pdf_charts(instructions: bytes) -> tuple[bytes, dict[int, tuple[float, ...]]]:
    """A page's instructions with a picture in the place of each chart, and the full bars of each by its tag's number.

    A chart is cut to its own box, so that nothing of it covers words outside: there it is a picture like others.
    """
    bars: dict[int, tuple[float, ...]] = {}

    def picture(found: re.Match[bytes]) -> bytes:
        drawn = FULL_BAR.findall(found["drawn"])
        lengths = (float(scale) * (float(right) - float(left)) for scale, left, right in drawn)
        bars[int(found["mcid"])] = tuple(lengths)
        left, right, top, low = (float(found[side]) for side in ("left", "right", "top", "low"))
        box = f"q {right - left:.5f} 0 0 {top - low:.5f} {left:.5f} {low:.5f} cm/".encode()
        return found["open"] + box + CHART_NAME + b" Do\nQ\n" + found["close"]

    return CHART.sub(picture, instructions), bars


@dataclass(frozen=True, slots=True)
class ExpectedChart:
    """What a chart must show: its words in any order that it draws them in, and the least of each number shown."""

    words: str
    numbers: tuple[int, ...]

    def differs(self, drawn: DrawnChart) -> str:
        """What differs, "" for nothing: the words, or a bar that is not as long as its number says."""
        if drawn.words != self.words:
            return drawn.words
        if not self.numbers:
            return ""
        if len(drawn.bars) != len(self.numbers):
            return f"{len(drawn.bars)}"
        longest, most = max(drawn.bars), max(self.numbers)
        wrong = (
            f"{number}"
            for length, number in zip(drawn.bars, self.numbers, strict=True)
            if abs(length / longest - number / most) > NEAR
        )
        return next(wrong, "")


def expected_charts(document: Document) -> dict[str, ExpectedChart]:
    """What each chart of the document must show, by its file's name: what the table after it says."""
    charts: dict[str, ExpectedChart] = {}
    waiting: list[Node] = []
    for node in _pictures_and_tables(document.back_matter):
        if tree.kind(node) == "Image":
            waiting = [node] if is_chart(tree.target(node)) else []
        elif waiting:
            image = waiting.pop()
            rows = [[tree.text(cell.blocks) for cell in row.cells] for row in tree.table_of(node).rows()]
            charts[tree.target(image)] = _expected(PERIODS.search(tree.target(image)) is not None, rows)
    return charts


def _pictures_and_tables(blocks: Sequence[Node]) -> Iterator[Node]:
    for block in blocks:
        for node in tree.walk(block):
            if tree.kind(node) in ("Image", "Table"):
                yield node


def _expected(by_period: bool, rows: Sequence[Sequence[str]]) -> ExpectedChart:
    """Of a table by period, every row with its periods; of another, each row's last number, without the last row."""
    head, *body = rows
    if by_period:
        said = [word for row in body for word in (*head[1:], *row[1:], row[0])]
        return ExpectedChart(fold("".join(said)), ())
    body = body[:-1]
    least = [NUMBER.search(row[-1]) for row in body]
    numbers = tuple(int(found[0]) for found in least if found and int(found[0]))
    return ExpectedChart(fold("".join([*(row[0] for row in body), *(row[-1] for row in body)])), numbers)
