"""A web page counted: what a mail program would show of it, which runs no script."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from msgspec import Struct, field

from rapport.inventory.states import Inventory

UNSHOWN = frozenset("script style head title template".split())
APART = frozenset(
    "p div li h1 h2 h3 h4 h5 h6 td th tr table ul ol br blockquote pre dt dd hr section article "
    "option optgroup select textarea button caption legend fieldset figure figcaption img".split()
)
HEADING = re.compile(r"h[1-6]")
SHUT = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
ENDED_BY = {"td": ("table",), "th": ("table",), "tr": ("table",), "li": ("ul", "ol")}  # an open one that has no end tag
LAYOUT = ("presentation", "none")


def read(text: str) -> Inventory:
    """The inventory of a page's source."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.found.text = "".join(reader.said)
    return reader.found


class _Grid(Struct):
    """A table that is open: its cells, how many stand in each row, and what tells that it only lays the page out."""

    cells: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    is_layout: bool = False

    @property
    def is_table(self) -> bool:
        """Whether whoever looks at it sees rows and columns."""
        return not self.is_layout and len(self.rows) > 1 and max(self.rows) > 1


class _Reader(HTMLParser):
    """Tags that come and go; `open` are those that something is gathered for, with where it begins in `said`."""

    def __init__(self) -> None:
        super().__init__()
        self.found = Inventory()
        self.said: list[str] = []
        self.unshown = 0
        self.open: list[tuple[str, int]] = []
        self.points: list[list[str]] = []
        self.grids: list[_Grid] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unshown += tag in UNSHOWN
        self.said += ["\n"] if tag in APART else []
        said = dict(attrs)
        self._end_before(ENDED_BY.get(tag, ()))
        if tag == "img" and not SHUT.search(said.get("style") or ""):
            self.found.pictures.append("".join(self.said[-8:])[-80:])
        elif tag in ("ul", "ol"):
            self.points.append([])
        elif tag == "table":
            for around in self.grids[-1:]:
                around.is_layout = True
            self.grids.append(_Grid(is_layout=said.get("role") in LAYOUT))
        elif tag == "tr" and self.grids:
            self.grids[-1].rows.append(0)
        if HEADING.fullmatch(tag) and self.grids:
            self.grids[-1].is_layout = True
        if tag in ("li", "td", "th", "table", "ul", "ol") or HEADING.fullmatch(tag):
            self.open.append((tag, len(self.said)))

    def _end_before(self, around: tuple[str, ...]) -> None:
        """End what is open within the nearest of these."""
        while any(name in around for name, _ in self.open) and self.open[-1][0] not in around:
            name, start = self.open.pop()
            self._gathered(name, "".join(self.said[start:]))

    def handle_endtag(self, tag: str) -> None:
        self.unshown -= tag in UNSHOWN and self.unshown > 0
        if tag in (name for name, _ in self.open):
            while True:
                name, start = self.open.pop()
                self._gathered(name, "".join(self.said[start:]))
                if name == tag:
                    break
        if tag in ("ul", "ol") and self.points:
            self._listed(self.points.pop())
        elif tag == "table" and self.grids and (grid := self.grids.pop()).is_table:
            self.found.tables.append(tuple(grid.cells))
        self.said += ["\n"] if tag in APART else []

    def _gathered(self, tag: str, text: str) -> None:
        if HEADING.fullmatch(tag):
            self.found.headings.append(text)
        elif tag == "li" and self.points:
            self.points[-1].append(text)
        elif tag in ("td", "th") and self.grids:
            self.grids[-1].cells.append(text)
            self.grids[-1].rows = self.grids[-1].rows or [0]
            self.grids[-1].rows[-1] += 1

    def _listed(self, points: list[str]) -> None:
        """A list that ends: the points of one within another are lines of its point, or follow it."""
        if not self.points:
            self.found.lists.append(tuple(points))
        elif "li" not in (name for name, _ in self.open):
            self.points[-1] += points

    def handle_data(self, data: str) -> None:
        if not self.unshown:
            self.said.append(data)
