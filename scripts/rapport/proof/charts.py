"""Charts read back: the words drawn and the marks, held against the table that stands below.

A chart is a picture whose words the text of a page does not have. What it must say is what its table says in the
document: each row's head and number, or each row's numbers by period.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

from lxml import etree
from msgspec import Struct

from rapport import tree
from rapport.model import Document, Node
from rapport.proof.chart_marks import COLOUR, INK, TableNumber, pdf_marks, svg_marks, wrong_bar, wrong_panel
from rapport.proof.pdf_file import TEXT
from rapport.proof.reading import ChartMark, DrawnChart, Element, Unreadable, fold

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
"""The elements and attributes of our charts; any other in an SVG is reported."""
PAGES_OWN = frozenset("role aria-label class id xmlns".split())
"""What a page adds to the outermost element."""
LOOKS = frozenset(("none", "white", INK, COLOUR))
PERIODS = re.compile(r"-annees-[0-9a-f]+\.svg")

CHART = re.compile(
    rb"(?P<open>/\w+<<[^<>()]*/MCID (?P<mcid>\d+)/Alt" + TEXT + rb"[^<>]*>>\s*BDC\s)"
    rb"(?P<drawn>q (?P<left>[-\d.]+) (?P<top>[-\d.]+) m (?P<right>[-\d.]+) [-\d.]+ l [-\d.]+ (?P<low>[-\d.]+) l"
    rb" [-\d.]+ [-\d.]+ l\nh\nW\nn\n(?:/\w+<<(?:[^<>]|<[0-9A-Fa-f]*>)*>>\s*BDC.*?EMC\b|.)*?)(?P<close>EMC\b)",
    re.DOTALL,
)
CHART_NAME = b"chart"


def read_svg(root: Element) -> tuple[DrawnChart, tuple[str, ...]]:
    """An SVG's words and marks, and what in it no chart of ours has."""
    words, odd, drawn = list[str](), list[str](), list[str]()
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
    return DrawnChart(fold("".join(words)), svg_marks(root), "".join(drawn)), tuple(odd)


def is_chart(name: str) -> bool:
    """Whether the file of a picture is a chart's."""
    return name.endswith(".svg")


def parse_svg(content: bytes) -> Element:
    """An SVG file's root; raises `Unreadable`."""
    try:
        return etree.parse(io.BytesIO(content), etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"SVG: {error}") from error


def pdf_charts(instructions: bytes) -> tuple[bytes, dict[int, tuple[ChartMark, ...]]]:
    """A page's instructions with a picture in the place of each chart, and the marks of each by its tag's number.

    A chart is cut to its own box, so that nothing of it covers words outside: there it is a picture like others.
    """
    marks: dict[int, tuple[ChartMark, ...]] = {}

    def picture(found: re.Match[bytes]) -> bytes:
        marks[int(found["mcid"])] = pdf_marks(found["drawn"])
        left, right, top, low = (float(found[side]) for side in ("left", "right", "top", "low"))
        box = f"q {right - left:.5f} 0 0 {top - low:.5f} {left:.5f} {low:.5f} cm/".encode()
        return found["open"] + box + CHART_NAME + b" Do\nQ\n" + found["close"]

    return CHART.sub(picture, instructions), marks


class ExpectedChart(Struct, frozen=True):
    """What a chart must show: its words in the order that it draws them in, and the numbers of each row of its table.

    One number a row is a bar; several, where `by_period`, are a panel.
    """

    words: str
    rows: tuple[tuple[TableNumber, ...], ...]
    by_period: bool = False

    def differs(self, drawn: DrawnChart) -> str:
        """What differs, "" for nothing: the words, or the number of a mark that is not as long or high as it says."""
        if drawn.words != self.words:
            return drawn.words
        if self.by_period:
            return wrong_panel(self.rows, drawn.marks)
        return wrong_bar([row[-1] for row in self.rows], drawn.marks)


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
    else:
        body = body[:-1]
        said = [*(row[0] for row in body), *(row[-1] for row in body)]
    numbers = tuple(tuple(map(TableNumber.read_from, row[1:])) for row in body)
    return ExpectedChart(fold("".join(said)), numbers, by_period)
