"""The HTML read back: its text as a browser shows it, its notes, its table of contents."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Iterator

from lxml import etree

from rapport.proof.appearance import odd_html, unseen_characters
from rapport.proof.charts import read_svg
from rapport.proof.html_words import names, printed_words
from rapport.proof.list_signs import list_number
from rapport.proof.reading import (
    CALL,
    CELL,
    END,
    PICTURE,
    Element,
    Lead,
    Picture,
    Reading,
    Structure,
    Unreadable,
    first_letters,
    fold,
    without_calls,
)

NEVER = frozenset("script iframe object embed form input button template link base audio video canvas".split())
"""What the report has no use for, and what could hide text, run code or ask the network."""
STYLES = {"a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}
TITLES = {f"h{level}": level - 1 for level in range(2, 7)}  # the h1 is the report's own
MARKS = {"s": "struck", "sup": "raised", "sub": "lowered", "em": "slanted", "strong": "strong"}
APART = ("doc-noteref", "doc-backlink")
UNSEEN = ("display:none", "visibility:hidden", "font-size:0", "opacity:0")


def read_html(content: bytes) -> Reading:
    """A page; raises `Unreadable`."""
    if not content.rstrip().endswith(b"</html>"):
        raise Unreadable("</html>")
    try:
        text = content.decode("utf-8")
        page = etree.fromstring(text, etree.HTMLParser())
    except (UnicodeDecodeError, etree.LxmlError, ValueError) as error:
        raise Unreadable(str(error)) from error
    return _Reader(page).reading()


class _Reader:
    """One walk through the page; what stands apart from the text goes where it belongs."""

    def __init__(self, page: Element) -> None:
        self.page = page
        self.said: list[str] = []
        self.notes: list[str] = []
        self.contents: list[str] = []
        self.aside: list[str] = []
        self.unseen: list[tuple[str, str]] = []
        self.pictures: list[Picture] = []
        self.lists: list[tuple[int, str, str]] = []
        self.places: dict[str, tuple[list[str], int]] = {}
        self.headings: list[tuple[int, str]] = []
        self.headed: set[int] = set()
        self.cells = 0
        self.text = self.said  # what stands apart is read into another list

    def reading(self) -> Reading:
        body = self.page.find("body")
        if body is None:
            raise Unreadable("<body>")
        self.inside(body)
        for comment in self.page.iter(etree.Comment):
            self.unseen.append(("comment", comment.text or ""))
        return Reading(
            fold("".join(self.said)),
            fold("".join(self.notes)),
            fold("".join(self.contents)),
            running_heads=tuple(self.aside),
            properties=tuple(self.properties()),
            hidden_words=(*self.unseen, *odd_html(self.page), *unseen_characters("".join([*self.said, *self.notes]))),
            pictures=tuple(self.pictures),
            language=self.page.get("lang", ""),
            names=names(self.page),
            words=printed_words(self.page),
            structure=Structure(
                tuple(self.headings),
                frozenset(self.headed),
                {kind: without_calls("".join(_words_in(self.page, tag))) for tag, kind in MARKS.items()},
                tuple(self.leads("main")),
                tuple(self.leads("nav")),
            ),
        )

    def leads(self, where: str) -> Iterator[Lead]:
        """The links inside the report that stand in its text, or in its table of contents."""
        for link in self.page.find("body").iter("a"):
            target = link.get("href", "")
            apart = link.get("role") in APART or link.get("class") == "skip" or not target.startswith("#")
            if not apart and where == ("nav" if _in_contents(link) else "main"):
                said, at = self.places.get(target[1:], ([], 0))
                yield without_calls("".join(link.itertext())), (first_letters(said, at),)

    def properties(self) -> Iterator[tuple[str, str]]:
        """What the head of the page says, and where its links lead."""
        yield "title", self.page.findtext("head/title") or ""
        for meta in self.page.iter("meta"):
            yield meta.get("name", "meta"), meta.get("content", "")
        for link in self.page.iter("a"):
            yield "href", link.get("href", "")

    def inside(self, element: Element) -> None:
        if element.text:
            self.said.append(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self.element(child)
            if child.tail:
                self.said.append(child.tail)

    def element(self, element: Element) -> None:
        tag, attributes = element.tag, element.attrib
        if name := attributes.get("id"):
            self.places[name] = (self.said, len(self.said))
        if tag in NEVER or "hidden" in attributes or ("style" in attributes and _invisible(attributes["style"])):
            words = "".join(element.itertext()).strip()
            self.unseen.append(("active" if tag in NEVER else "hidden", f"<{tag}> {words}"))
        role = attributes.get("role", "")
        if tag == "nav":
            self.contents += self.detached_words(element)
        elif role == "doc-noteref":
            self.said += [CALL, *self.detached_words(element), END]
        elif role == "doc-endnotes":
            self.endnotes(element)
        elif role == "doc-backlink":
            pass
        elif tag == "aside" or attributes.get("class") == "skip":
            self.aside.append("".join(element.itertext()))
        elif tag in ("td", "th"):
            self.said.append(CELL)
            if tag == "th" and self.said is self.text:
                self.headed.add(self.cells)
            self.cells += self.said is self.text
            self.inside(element)
        elif tag in TITLES and self.said is self.text:
            start = len(self.said)
            self.inside(element)
            level = int(attributes.get("aria-level", TITLES[tag] + 1)) - 1
            self.headings.append((level, without_calls("".join(self.said[start:]))))
        elif tag == "img":
            self.said.append(f"{PICTURE}{attributes.get('alt', '')}{END}")
            self.pictures.append(Picture(_embedded(attributes.get("src", ""))))
        elif tag == "svg":
            self.chart(element)
        elif tag in ("ol", "ul"):
            self.list(element)
        elif tag == "li":
            self.item(element)
        else:
            self.inside(element)

    def chart(self, element: Element) -> None:
        """An SVG in the page: a chart; anything in it that our charts do not have is reported."""
        self.said.append(f"{PICTURE}{element.get('aria-label', '')}{END}")
        drawn, odd = read_svg(element)
        self.pictures.append(Picture(chart=drawn))
        self.unseen += [("look", f"<svg> {what}") for what in odd]

    def detached_words(self, element: Element) -> list[str]:
        """The words of an element, taken out of the text."""
        outer, self.said = self.said, []
        self.inside(element)
        text, self.said = self.said, outer
        return text

    def list(self, element: Element) -> None:
        numbered = element.tag == "ol" and element.getparent().tag != "nav"
        style = STYLES.get(element.get("type", ""), "Decimal") if numbered else ""
        delimiter = "{})" if "paren" in element.get("class", "").split() else "{}."
        self.lists.append((int(element.get("start", "1")), style, delimiter))
        self.inside(element)
        self.lists.pop()

    def item(self, element: Element) -> None:
        if self.lists:
            number, style, delimiter = self.lists[-1]
            number = int(element.get("value", number))
            self.lists[-1] = (number + 1, style, delimiter)
            if style and not _in_contents(element):
                self.said.append(delimiter.format(list_number(number, style)))
        self.inside(element)

    def endnotes(self, element: Element) -> None:
        """Notes at the end of a theme: each under its number, without the link that leads back."""
        for note in element.iter("li"):
            if note.get("id", "").startswith("note-"):
                self.notes += [CALL, note.get("value", ""), END, *self.detached_words(note)]


def _words_in(page: Element, tag: str) -> Iterator[str]:
    """The words of the text that stand in a mark, without the calls of notes."""
    for mark in page.iter(tag):
        apart = _in_contents(mark) or next(mark.iterancestors("aside"), None) is not None
        if not apart and not any(link.get("role") == "doc-noteref" for link in mark.iter("a")):
            yield from mark.itertext()


def _in_contents(element: Element) -> bool:
    return next(element.iterancestors("nav"), None) is not None


def _invisible(style: str) -> bool:
    squeezed = "".join(style.split()).lower()
    return any(sign in squeezed for sign in UNSEEN)


def _embedded(source: str) -> bytes:
    """The bytes of a picture that is in the page; any other would be fetched."""
    head, _, data = source.partition(";base64,")
    if not head.startswith("data:image/"):
        return b""
    try:
        return b64decode(data, validate=True)
    except binascii.Error:
        return b""
