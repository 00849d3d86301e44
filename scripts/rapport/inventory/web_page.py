"""A web page counted: what a mail program would show of it, which runs no script."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from rapport.inventory.states import Inventory

UNSHOWN = frozenset("script style head title template".split())
APART = frozenset(
    "p div li h1 h2 h3 h4 h5 h6 td th tr table ul ol br blockquote pre dt dd hr section article "
    "option optgroup select textarea button caption legend fieldset figure figcaption img".split()
)
HEADING = re.compile(r"h[1-6]")


def read(text: str) -> Inventory:
    """The inventory of a page's source."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.found.text = "".join(reader.said)
    return reader.found


class _Reader(HTMLParser):
    """Tags that come and go; `open` are those that something is gathered for, with where it begins in `said`."""

    def __init__(self) -> None:
        super().__init__()
        self.found = Inventory()
        self.said: list[str] = []
        self.unshown = 0
        self.open: list[tuple[str, int]] = []
        self.points: list[list[str]] = []
        self.cells: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unshown += tag in UNSHOWN
        self.said += ["\n"] if tag in APART else []
        if tag == "img":
            self.found.pictures.append("".join(self.said[-8:])[-80:])
        elif tag in ("ul", "ol"):
            self.points.append([])
        elif tag == "table":
            self.cells.append([])
        if tag in ("li", "td", "th") or HEADING.fullmatch(tag):
            self.open.append((tag, len(self.said)))

    def handle_endtag(self, tag: str) -> None:
        self.unshown -= tag in UNSHOWN and self.unshown > 0
        if tag in (name for name, _ in self.open):
            while True:
                name, start = self.open.pop()
                self._gathered(name, "".join(self.said[start:]))
                if name == tag:
                    break
        if tag in ("ul", "ol") and self.points:
            self.found.lists.append(tuple(self.points.pop()))
        elif tag == "table" and self.cells:
            self.found.tables.append(tuple(self.cells.pop()))
        self.said += ["\n"] if tag in APART else []

    def _gathered(self, tag: str, text: str) -> None:
        if HEADING.fullmatch(tag):
            self.found.headings.append(text)
        elif tag == "li" and self.points:
            self.points[-1].append(text)
        elif tag in ("td", "th") and self.cells:
            self.cells[-1].append(text)

    def handle_data(self, data: str) -> None:
        if not self.unshown:
            self.said.append(data)
