"""What a Word file makes of its words: titles and their levels, heads of tables, words crossed out, links inside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapport.proof.docx_package import TEXT, VAL, W
from rapport.proof.reading import Element, Lead, Structure, first_letters, without_calls

LINK = f"{W}hyperlink"
MARKS = {
    f"{W}strike": {"": "struck"},
    f"{W}vertAlign": {"superscript": "raised", "subscript": "lowered"},
    f"{W}b": {"": "strong"},
    f"{W}i": {"": "slanted"},
    f"{W}position": {"-": "lowered", "": "raised"},
}
"""What a property of a run does to its words, by the beginning of its value."""
OFF = ("0", "false", "off", "none")

RIGHT_TO_LEFT = re.compile(rb"<w:(?:rtl|bidi)\b")
FROM_THE_RIGHT = re.compile("[\u0590-\u08ff]")
"""Letters that are written from the right: in a paragraph without any, the direction would turn words round."""


class DocxStructure:
    """Headings, cells, bookmarks and links, noted by the walk through the text in its order."""

    def __init__(self, styles: Mapping[str, Element], said: list[str]) -> None:
        """`said` is what the walk has read of the text; what it reads of notes is another list."""
        self.styles, self.said = styles, said
        self.levels: dict[str, int] = {}
        self.headings: list[tuple[int, int, int]] = []
        self.cells: list[Element] = []
        self.places: dict[str, tuple[list[str], tuple[int, ...]]] = {}
        self.links: list[tuple[str, str]] = []
        self.start = 0

    def paragraph(self, said: list[str], style: str) -> None:
        """A paragraph begins, before its number is said."""
        if said is self.said:
            self.end_heading()
            self.start = len(said)
            if level := self.level(style):
                self.headings.append((level, self.start, -1))

    def end_heading(self) -> None:
        """The last title goes no further than what was said."""
        if self.headings and self.headings[-1][2] < 0:
            self.headings[-1] = (*self.headings[-1][:2], len(self.said))

    def level(self, style: str) -> int:
        """The level at which Word lists a style, 0 for none: its own or the one it inherits."""
        if style not in self.levels:
            element = self.styles.get(style)
            own = element.find(f"{W}pPr/{W}outlineLvl") if element is not None else None
            based = element.find(f"{W}basedOn") if element is not None else None
            inherited = self.level(based.get(VAL)) if own is None and based is not None else 0
            self.levels[style] = int(own.get(VAL)) + 1 if own is not None else inherited
        return self.levels[style]

    def bookmark(self, said: list[str], name: str) -> None:
        """A bookmark: at the start of a paragraph it stands for its number too."""
        here = len(said)
        first = said is self.said and here == self.start + 1
        self.places[name] = (said, (here, self.start) if first else (here,))

    def cell(self, said: list[str], cell: Element) -> None:
        """Keep a cell of the body's own story."""
        if said is self.said:
            self.cells.append(cell)

    def link(self, link: Element) -> None:
        """Keep an internal link, with its words and the bookmark it leads to."""
        if name := link.get(f"{W}anchor"):
            self.links.append((_words(link), name))

    def structure(self, parts: Iterable[Element], contents: Iterable[Element]) -> Structure:
        """`parts` are the text and its notes, `contents` the links of the table of contents."""
        self.end_heading()
        titles = ((level, without_calls("".join(self.said[start:end]))) for level, start, end in self.headings)
        return Structure(
            tuple((level, words) for level, words in titles if words),
            frozenset(at for at, cell in enumerate(self.cells) if _heads(cell)),
            _marked_words(parts),
            tuple(self.lead(words, name) for words, name in self.links),
            tuple(self.lead(_words(link), link.get(f"{W}anchor", "")) for link in contents),
        )

    def lead(self, words: str, name: str) -> Lead:
        """What a link says and the first letters of each place that its bookmark stands at."""
        said, starts = self.places.get(name, ([], ()))
        return words, tuple(first_letters(said, start) for start in starts)


def is_turned(part: bytes) -> bool:
    """Whether words are said to be written from the right that are not."""
    return RIGHT_TO_LEFT.search(part) is not None and any(
        RIGHT_TO_LEFT.search(paragraph) and not FROM_THE_RIGHT.search(paragraph.decode("utf-8", "replace"))
        for paragraph in part.split(b"</w:p>")
    )


def _words(link: Element) -> str:
    return without_calls("".join(text.text or "" for text in link.iter(TEXT)))


def _heads(cell: Element) -> bool:
    row = cell.getparent()
    mark = row.find(f"{W}trPr/{W}tblHeader")
    return (mark is not None and mark.get(VAL) not in OFF) or (row.find(f"{W}tc") is cell and _row_heads(row))


def _row_heads(row: Element) -> bool:
    """Whether a table says that its first column heads the rows: what Word tells a screen reader."""
    look = row.getparent().find(f"{W}tblPr/{W}tblLook")
    return look is not None and look.get(f"{W}firstColumn") not in (None, *OFF)


def _marked_words(parts: Iterable[Element]) -> Mapping[str, str]:
    """The words that are crossed out, raised or lowered."""
    found: dict[str, str] = defaultdict(str)
    for mark in (mark for part in parts for mark in part.iter(*MARKS)):
        value = mark.get(VAL, "")
        kind = next((kind for start, kind in MARKS[mark.tag].items() if value.startswith(start)), "")
        if kind and value not in OFF:
            found[kind] += _words(mark.getparent().getparent())
    return found
