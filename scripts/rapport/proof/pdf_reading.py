"""The PDF read back: the words of its pages in the order that its tags give them, which a screen reader follows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import orjson

from rapport.proof.appearance import odd_drawing, odd_page_box, unseen_characters
from rapport.proof.charts import pdf_charts
from rapport.proof.pdf_extent import odd_extent
from rapport.proof.pdf_file import STRING, TEXT, PdfFile, unpack_stream, words
from rapport.proof.pdf_page import Fonts, PdfPage, read_page
from rapport.proof.pdf_places import Destinations, lines
from rapport.proof.pdf_properties import hidden_content, properties
from rapport.proof.reading import (
    CALL,
    CELL,
    END,
    PICTURE,
    ChartMark,
    DrawnChart,
    Lead,
    Picture,
    Reading,
    Structure,
    Unreadable,
    fold,
    without_calls,
)
from rapport.storage.cache import Cache

TYPE = re.compile(rb"/S\s*/(\w+)")
KIDS = re.compile(rb"/K\s*(?:\[((?:[^\[\]<]|<<[^<>]*>>)*)\]|(\d+(?: 0 R)?)|(<<[^<>]*>>))")
KID = re.compile(rb"<<([^<>]*)>>|(\d+) 0 R|(\d+)")
LINKED = re.compile(rb"/Type/OBJR/Pg \d+ 0 R/Obj (\d+) 0 R")
HEADING = re.compile(rb"H([1-6])")
PAGE = re.compile(rb"/Pg\s*(\d+) 0 R")
MCID = re.compile(rb"/MCID\s+(\d+)")
ALTERNATIVE = re.compile(rb"/Alt\s*" + TEXT, re.DOTALL)
LANGUAGE = re.compile(rb"/Lang\s*" + TEXT, re.DOTALL)
SEEN_ON_PAGE = ("outside", "covered")
BULLETS = "–•‣◦"
FLOATING = frozenset((b"Figure", b"Caption"))
PASSED_OVER = frozenset((b"Note", b"Table"))  # they go on overleaf while the text beside them does not


class DrawnPage(NamedTuple):
    """All that the instructions of a page say: its words, its lines (height, tag), what is odd, its charts' marks."""

    page: PdfPage
    lines: tuple[tuple[float, int], ...]
    odd: tuple[tuple[str, str], ...]
    marks: Mapping[int, tuple[ChartMark, ...]]


def read_pdf(content: bytes, kept: Cache | None = None) -> Reading:
    """A PDF by its tags; raises `Unreadable`. Pages whose bytes and fonts were read before come from `kept`."""
    return _Reader(PdfFile(content), kept).reading()


class _Reader:
    """One walk through the tags; what each role means for the text is a method `role_…`."""

    def __init__(self, file: PdfFile, kept: Cache | None) -> None:
        self.file, self.fonts, self.kept = file, Fonts(file), kept
        self.root = file.dictionary(_reference(file.trailer, b"Root"))
        kids = file.dictionary(_reference(self.root, b"Pages"))
        self.order = re.findall(rb"(\d+) 0 R", _array(kids, b"Kids"))
        self.numbers = {number: at for at, number in enumerate(self.order)}
        self.reached = 0
        self.resources: dict[bytes, bytes] = {}
        self.odd: list[tuple[str, str]] = []
        self.drawn: dict[bytes, Sequence[tuple[float, int]]] = {}
        self.marks: dict[bytes, Mapping[int, tuple[ChartMark, ...]]] = {}
        self.pages: dict[bytes, PdfPage] = {number: self.page(number) for number in self.order}
        self.said: list[str] = []
        self.notes: list[str] = []
        self.contents: list[str] = []
        self.titles: list[tuple[str, int]] = []
        self.pictures: list[Picture] = []
        self.last_page = b""
        self.inside: list[bytes] = []
        self.previous = 0
        self.captions: list[tuple[int, str]] = []
        self.text = self.said  # what stands apart is read into another list
        self.places = Destinations(self.file, self.root, self.order, self.pages, self.drawn)
        self.headings: list[tuple[int, str]] = []
        self.headed: set[int] = set()
        self.cells = 0
        self.links: list[Lead] = []
        self.listed: list[Lead] = []

    def reading(self) -> Reading:
        tree = self.file.dictionary(_reference(self.root, b"StructTreeRoot"))
        found = KIDS.search(tree)
        for number in re.findall(rb"(\d+) 0 R", (found[1] or found[2] or b"") if found else b""):
            self.element(number)
        pages = self.pages.values()
        return Reading(
            fold("".join(self.said)),
            fold("".join(self.notes)),
            fold("".join(self.contents)),
            running_heads=tuple(words for page in pages for words in page.furniture_words),
            properties=tuple(properties(self.file, self.root)),
            hidden_words=(
                *hidden_content(self.file, pages),
                *self.odd,
                *unseen_characters("".join([*self.said, *self.notes])),
            ),
            pictures=tuple(self.pictures),
            titles=tuple((fold(text), page) for text, page in self.titles),
            names=tuple(self.places.named),
            language=words(lang[1]) if (lang := LANGUAGE.search(self.root)) else "",
            structure=Structure(
                tuple(self.headings),
                frozenset(self.headed),
                links=tuple(self.links),
                contents=tuple(self.listed),
                bookmarks=tuple(self.places.bookmarks()),
            ),
        )

    def page(self, number: bytes) -> PdfPage:
        source = self.file.dictionary(number)
        resources = self.file.value(source, b"Resources") or source
        self.resources[number] = resources
        contents = self.file.object(_reference(source, b"Contents"))
        page, self.drawn[number], odd, self.marks[number] = _kept_page(
            contents, self.fonts.with_widths(resources), self.kept
        )
        at = self.numbers[number] + 1
        told = [(kind, f"p. {at} : {words}" if kind in SEEN_ON_PAGE else words) for kind, words in odd]
        self.odd += [*odd_page_box(source), *told]
        return page

    def element(self, number: bytes) -> None:
        """One tag and what it holds."""
        source = self.file.object(number)
        alternative = ALTERNATIVE.search(source) if b"/Alt" in source else None
        if b"(" in source:
            source = STRING.sub(b"", source)
        kind = TYPE.search(source)
        if not kind:
            raise Unreadable(f"{int(number)} 0 obj: /StructElem")
        role = kind[1]
        if role in (b"TD", b"TH"):
            self.cell(role)
        start = len(self.said)
        self.inside.append(role)
        if role == b"Figure":
            self.said.append(PICTURE + (words(alternative[1]) if alternative else "") + END)
            self.picture(source)
        elif role == b"TOC" and b"TOC" not in self.inside[:-1]:
            self.contents += self.said[self.previous :]  # its title
            del self.said[self.previous :]
            del self.headings[-1:]
            self.contents.append(self.detached_words(source))
        elif role == b"Note":
            self.notes.append(self.detached_words(source))
        elif role == b"Lbl":
            self.label(self.detached_words(source))
        elif role in (b"H1", b"H2"):
            self.last_page = b""
            self.kids(source)
            self.titles.append(("".join(self.said[start:]), self.numbers[self.last_page] + 1))
        elif role == b"Caption" and b"Table" not in self.inside[-2:]:
            self.captions.append((len(self.inside) - 1, self.detached_words(source)))
        else:
            self.kids(source)
        while self.captions and self.captions[-1][0] == len(self.inside):
            at = start if CELL in self.said[start:] else len(self.said)  # above a table, below a picture
            self.said.insert(at, self.captions.pop()[1])
        if (heading := HEADING.fullmatch(role)) and self.said is self.text:
            self.headings.append((int(heading[1]), without_calls("".join(self.said[start:]))))
        elif role == b"Link":
            self.link(source, "".join(self.said[start:]))
        self.inside.pop()
        self.previous = start

    def cell(self, role: bytes) -> None:
        self.said.append(CELL)
        if self.said is self.text:
            if role == b"TH":
                self.headed.add(self.cells)
            self.cells += 1

    def link(self, source: bytes, said: str) -> None:
        """A link of the text or of the table of contents; those between notes and their calls are no words."""
        annotation = LINKED.search(source)
        places = self.places.words_led_to(self.file.object(annotation[1])) if annotation else None
        if places is not None and b"Lbl" not in self.inside:
            (self.listed if b"TOC" in self.inside else self.links).append((without_calls(said), places))

    def label(self, text: str) -> None:
        """The sign of a list's item, or the number of a note, at its call or before the note."""
        parent = self.inside[-2] if len(self.inside) > 1 else b""
        if parent != b"LI":
            self.said.append(f"{CALL}{text}{END}")
        elif text.strip() not in BULLETS:
            self.said.append(text)

    def detached_words(self, source: bytes) -> str:
        """What a tag holds, taken out of the text."""
        before, self.said = self.said, []
        self.kids(source)
        text, self.said = "".join(self.said), before
        return text

    def picture(self, source: bytes) -> None:
        """The picture or the chart that a tag shows."""
        found, page = KIDS.search(source), PAGE.search(source)
        if not found or not page:
            return
        for _, _, mcid in KID.findall(found[found.lastindex or 0]):
            if int(mcid or -1) in self.marks[page[1]]:
                said, marks = self.pages[page[1]].words.get(int(mcid), ""), self.marks[page[1]][int(mcid)]
                self.pictures.append(Picture(chart=DrawnChart(fold(said), marks)))
                continue
            name = self.pages[page[1]].pictures.get(int(mcid or -1), b"")
            named = re.search(rb"/" + re.escape(name) + rb"\s+(\d+) 0 R", self.resources[page[1]]) if name else None
            if named:
                self.pictures.append(_picture(self.file, named[1]))

    def kids(self, source: bytes) -> None:
        found = KIDS.search(source)
        if not found:
            return
        page = PAGE.search(source, found.end()) or PAGE.search(source, 0, found.start())
        own = page[1] if page else b""
        for about, element, mcid in KID.findall(found[found.lastindex or 0]):
            if element:
                self.element(element)
            elif mcid:
                self.content(own, int(mcid))
            elif number := MCID.search(about):
                here = PAGE.search(about)
                self.content(here[1] if here else own, int(number[1]))

    def content(self, page: bytes, number: int) -> None:
        if page not in self.pages:
            raise Unreadable(f"/Pg {page.decode('latin-1')}")
        self.last_page = self.last_page or page
        if not PASSED_OVER.intersection(self.inside):
            at = self.numbers[page]
            floats = not FLOATING.isdisjoint(self.inside)  # to the head of the next page, no further
            if at < self.reached or (floats and at > self.reached + 1):
                self.odd.append(("look", f"{at + 1} < {self.reached + 1}"))
            self.reached = self.reached if floats else max(at, self.reached)
        self.said.append(self.pages[page].words.get(number, ""))


def _kept_page(contents: bytes, fonts: Sequence[tuple[bytes, bytes, bytes]], kept: Cache | None) -> DrawnPage:
    """What a page's own bytes say in these fonts: read now, or once before, by this very version of the program."""
    if kept is None:
        return _page(contents, fonts)
    place, stored = kept.get("pdf-page", contents, *chain.from_iterable(fonts))
    if stored is not None:
        return _decoded(stored)
    read = _page(contents, fonts)
    kept.put(place, _encoded(read))
    return read


def _encoded(read: DrawnPage) -> bytes:
    pictures = {number: name.decode("latin-1") for number, name in read.page.pictures.items()}
    said = [read.page.words, pictures, read.page.furniture_words, read.page.unseen_words, read.page.untagged_words]
    return orjson.dumps([said, *read[1:]], option=orjson.OPT_NON_STR_KEYS)


def _decoded(stored: bytes) -> DrawnPage:
    (words, pictures, *others), lines, odd, marks = orjson.loads(stored)
    names = {int(number): name.encode("latin-1") for number, name in pictures.items()}
    return DrawnPage(
        PdfPage({int(number): said for number, said in words.items()}, names, *map(tuple, others)),
        tuple(map(tuple, lines)), tuple(map(tuple, odd)),
        {int(number): tuple(_mark(**mark) for mark in drawn) for number, drawn in marks.items()},
    )  # fmt: skip


def _mark(kind: str, places: Sequence[tuple[float, float]]) -> ChartMark:
    """A mark as it was kept."""
    return ChartMark(kind, tuple((across, down) for across, down in places))


def _page(contents: bytes, fonts: Sequence[tuple[bytes, bytes, bytes]]) -> DrawnPage:
    instructions = unpack_stream(contents)
    plain, marks = pdf_charts(instructions)
    odd = (*odd_extent(plain, fonts), *odd_drawing(plain))
    read = read_page(instructions, [(name, table) for name, table, _ in fonts])
    return DrawnPage(read, tuple(lines(plain)), odd, marks)


def _picture(file: PdfFile, number: bytes) -> Picture:
    about = file.dictionary(number)
    width, height = (int(file.value(about, key) or 0) for key in (b"Width", b"Height"))
    content = file.stream(number)
    if b"/DCTDecode" in about:
        return Picture(content=content)
    return Picture(pixels=content, size=(width, height))


def _reference(source: bytes, key: bytes) -> bytes:
    found = re.search(rb"/" + key + rb"\s*(\d+) 0 R", source)
    if not found:
        raise Unreadable(f"/{key.decode()}")
    return found[1]


def _array(source: bytes, key: bytes) -> bytes:
    found = re.search(rb"/" + key + rb"\s*\[([^\[\]]*)\]", source)
    if not found:
        raise Unreadable(f"/{key.decode()}")
    return found[1]
