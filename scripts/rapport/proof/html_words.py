"""The words of a finished page in reading order: a piece for each paragraph, item, row, title and caption."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from rapport.proof.reading import Element, PrintedWords

BLOCKS = frozenset(
    "body main section header aside div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr pre "
    "figure figcaption blockquote text".split()
)
"""`text` is a word of a drawing, which stands apart from the next one."""
TITLES = frozenset(("h2", "h3", "h4", "h5", "h6"))
NOT_READ = frozenset(("doc-noteref", "doc-backlink"))
AFTER = {"td": " ; ", "th": " ; ", "tspan": " "}
CHAPTER = "h3"  # the level of a theme


def printed_words(page: Element) -> tuple[PrintedWords, ...]:
    """Every piece of a page's body, its table of contents left out, in order."""
    walk = _Walk()
    walk.block(page.find("body"))
    return tuple(walk.pieces)


class _Walk:
    """One pass; what has been read of a piece that is not at its end waits in `parts`."""

    def __init__(self) -> None:
        self.pieces: list[PrintedWords] = []
        self.parts: list[str] = []
        self.owner = self.number = self.chapter = self.section = ""

    def end(self) -> str:
        """The piece that was being read is whole."""
        text = "".join(self.parts).strip()
        self.parts = []
        if text:
            self.add(text)
        return text

    def add(self, text: str, items: bool = False) -> None:
        self.pieces.append(PrintedWords(text, self.owner, self.number, self.chapter, self.section, items))

    def block(self, element: Element) -> None:
        """A block and what it holds."""
        self.end()
        before, start = self.owner, len(self.pieces)
        self.owner = element.get("id") or before
        self.inside(element)
        words = self.end()
        if element.tag in TITLES:
            self.chapter = words if element.tag <= CHAPTER else self.chapter
            self.section = words
        elif element.tag in ("ul", "ol") and len(self.pieces) - start > 1:
            self.add(" ".join(piece.text for piece in self.pieces[start:] if not piece.items), items=True)
        self.owner = before

    def inside(self, element: Element) -> None:
        self.parts.append(element.text or "")
        for child in element:
            if child.tag in BLOCKS:
                self.block(child)
            elif isinstance(child.tag, str) and child.tag != "nav":
                self.inline(child)
            self.parts.append(child.tail or "")

    def inline(self, element: Element) -> None:
        """A part of a line; numbers that the program writes are no words of it, nor are calls of notes."""
        if element.get("class") == "number":
            self.number = "".join(element.itertext()).rstrip(".")
        elif element.tag == "br":
            self.parts.append("\n")
        elif element.tag == "img":
            self.add(element.get("alt", ""))
        elif element.get("role") not in NOT_READ:
            self.inside(element)
            self.parts.append(AFTER.get(element.tag, ""))


def names(page: Element) -> tuple[str, ...]:
    """The ids of a page, which stand in its address."""
    return tuple(element.get("id") for element in page.iter(etree.Element) if element.get("id"))


def chapters(pieces: tuple[PrintedWords, ...]) -> Iterator[tuple[PrintedWords, ...]]:
    """The pieces of one chapter after another."""
    start = 0
    for at in range(1, len(pieces) + 1):
        if at == len(pieces) or pieces[at].chapter != pieces[start].chapter:
            yield pieces[start:at]
            start = at
