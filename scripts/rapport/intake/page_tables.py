"""Tables that only lay out a page, as a newsletter's do, opened: what stands in their cells is running text."""

from __future__ import annotations

import re

from msgspec import Struct, field

TAG = re.compile(r"<(/?)(h[1-6]|table|caption|thead|tbody|tfoot|colgroup|col|tr|td|th)\b([^<>]*)>", re.IGNORECASE)
ROLE = re.compile(r"\brole\s*=\s*[\"']?(?:presentation|none)\b", re.IGNORECASE)
UNSAID = ("thead", "tbody", "tfoot", "colgroup", "col")


class _Table(Struct):
    """The tags of one table by their places, how many cells each row has, and what else tells what it is for."""

    places: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    is_layout: bool = False
    has_titles: bool = False

    def add(self, place: int, tag: re.Match[str]) -> None:
        name, opens = tag[2].lower(), not tag[1]
        self.is_layout |= name.startswith("h")
        self.places += [] if name.startswith("h") else [place]
        self.rows += [0] if opens and (name == "tr" or (not self.rows and name in ("td", "th"))) else []
        self.has_titles |= name == "th"
        if opens and name in ("td", "th"):
            self.rows[-1] += 1

    @property
    def is_opened(self) -> bool:
        """Whether it holds another or a heading, is said to be layout, or has one row or one column, and no titles."""
        return self.is_layout or (not self.has_titles and (len(self.rows) < 2 or max(self.rows) < 2))


def without_layout(html: str) -> str:
    """The page with the tables that hold no figures as divisions."""
    tags = list(TAG.finditer(html))
    opened = {at for table in _tables(tags) if table.is_opened for at in table.places}
    out, end = list[str](), 0
    for at, tag in enumerate(tags):
        out += [html[end : tag.start()], _division(tag) if at in opened else tag[0]]
        end = tag.end()
    return "".join([*out, html[end:]])


def _division(tag: re.Match[str]) -> str:
    return "" if tag[2].lower() in UNSAID else f"<{tag[1]}div>"


def _tables(tags: list[re.Match[str]]) -> list[_Table]:
    tables, around = list[_Table](), list[_Table]()
    for at, tag in enumerate(tags):
        if tag[2].lower() == "table" and not tag[1]:
            if around:
                around[-1].is_layout = True
            around.append(_Table(is_layout=bool(ROLE.search(tag[3]))))
            tables.append(around[-1])
        if around:
            around[-1].add(at, tag)
        if tag[2].lower() == "table" and tag[1] and around:
            around.pop()
    return tables
