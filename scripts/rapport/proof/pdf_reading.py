"""The PDF read back: the words of its pages in the order that its tags give them, which a screen reader follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapport.proof.appearance import unseen_characters
from rapport.proof.pdf_file import STRING, TEXT, PdfFile, words
from rapport.proof.pdf_pages import PdfPages, reference
from rapport.proof.pdf_places import Destinations
from rapport.proof.pdf_properties import hidden_content, properties
from rapport.proof.reading import (
    CALL,
    CELL,
    END,
    PICTURE,
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
ANNOTATIONS = re.compile(rb"/Annots\s*\[([^\[\]]*)\]")
LINKED = re.compile(rb"/Type/OBJR/Pg (\d+) 0 R/Obj (\d+) 0 R")
HEADING = re.compile(rb"H([1-6])")
PAGE = re.compile(rb"/Pg\s*(\d+) 0 R")
MCID = re.compile(rb"/MCID\s+(\d+)")
ALTERNATIVE = re.compile(rb"/Alt\s*" + TEXT, re.DOTALL)
LANGUAGE = re.compile(rb"/Lang\s*" + TEXT, re.DOTALL)
MASK = re.compile(rb"/SMask (\d+) 0 R")
BULLETS = "–•‣◦"
FLOATING = frozenset((b"Figure", b"Caption"))
PASSED_OVER = frozenset((b"Note", b"Table"))  # they go on overleaf while the text beside them does not


def read_pdf(content: bytes, kept: Cache | None = None) -> Reading:
    """A PDF by its tags; raises `Unreadable`. Pages whose bytes and fonts were read before come from `kept`."""
    return _Reader(PdfFile(content), kept).reading()


class _Reader:
    """One walk through the tags, in their order."""

    def __init__(self, file: PdfFile, kept: Cache | None) -> None:
        self.file = file
        self.root = file.dictionary(reference(file.trailer, b"Root"))
        self.pages = PdfPages(file, self.root, kept)
        self.reached = 0
        self.astray: list[tuple[str, str]] = []  # pages that the tags reach out of their order
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
        self.places = Destinations(self.file, self.root, self.pages.order, self.pages.read, self.pages.lines)
        self.headings: list[tuple[int, str]] = []
        self.headed: set[int] = set()
        self.cells = 0
        self.links: list[Lead] = []
        self.listed: list[Lead] = []
        self.calls: list[bytes] = []  # what is linked to notes
        self.tagged: set[bytes] = set()  # the numbers of the links that tags know
        self.linked: list[tuple[bytes, int]] = []  # the page and the tag of each piece of words that is a link

    def reading(self) -> Reading:
        tree = self.file.dictionary(reference(self.root, b"StructTreeRoot"))
        found = KIDS.search(tree)
        for number in re.findall(rb"(\d+) 0 R", (found[1] or found[2] or b"") if found else b""):
            self.element(number)
        pages = self.pages.read.values()
        for page, number in self.untagged_links():
            self.astray.append(("link", f"p. {self.pages.numbers[page] + 1} : {int(number)} 0 obj"))
        if not self.places.are_notes_in_order(self.calls):
            self.astray.append(("link", "notes"))
        return Reading(
            fold("".join(self.said)),
            fold("".join(self.notes)),
            fold("".join(self.contents)),
            running_heads=tuple(words for page in pages for words in page.furniture_words),
            properties=tuple(properties(self.file, self.root)),
            hidden_words=(
                *hidden_content(self.file, pages),
                *self.pages.odd,
                *self.astray,
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
        start, linked = len(self.said), len(self.linked)
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
            self.titles.append(("".join(self.said[start:]), self.pages.numbers[self.last_page] + 1))
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
            self.link(source, "".join(self.said[start:]), self.linked[linked:])
        self.inside.pop()
        self.previous = start

    def cell(self, role: bytes) -> None:
        self.said.append(CELL)
        if self.said is self.text:
            if role == b"TH":
                self.headed.add(self.cells)
            self.cells += 1

    def link(self, source: bytes, said: str, linked: Sequence[tuple[bytes, int]]) -> None:
        """A link of the text or of the table of contents; those between notes and their calls are no words."""
        known = LINKED.findall(source)
        self.tagged.update(number for _, number in known)
        annotations = [(page, self.file.object(number)) for page, number in known]
        if not self.places.is_in_place(annotations, linked):
            self.astray.append(("link", said))
        leads = annotations[0][1] if annotations else b""
        if b"Lbl" in self.inside:
            if b"Note" not in self.inside:
                self.calls.append(leads)
        elif (places := self.places.words_led_to(leads)) is not None:
            (self.listed if b"TOC" in self.inside else self.links).append((without_calls(said), places))

    def untagged_links(self) -> Iterator[tuple[bytes, bytes]]:
        """What is laid over a page, after the page's number, and stands under no tag: nobody reads where it leads."""
        for page in self.pages.order:
            found = ANNOTATIONS.search(self.file.dictionary(page))
            for number in re.findall(rb"(\d+) 0 R", found[1]) if found else ():
                if number not in self.tagged:
                    yield page, number

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
        read, marks = self.pages.read[page[1]], self.pages.marks[page[1]]
        for _, _, mcid in KID.findall(found[found.lastindex or 0]):
            number = int(mcid or -1)
            if number in marks:
                self.pictures.append(Picture(chart=DrawnChart(fold(read.words.get(number, "")), marks[number])))
            elif image := self.pages.image(page[1], read.pictures.get(number, b"")):
                self.pictures.append(_picture(self.file, image))

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
        if page not in self.pages.read:
            raise Unreadable(f"/Pg {page.decode('latin-1')}")
        self.last_page = self.last_page or page
        if not PASSED_OVER.intersection(self.inside):
            at = self.pages.numbers[page]
            floats = not FLOATING.isdisjoint(self.inside)  # to the page before or after, no further
            if (abs(at - self.reached) > 1) if floats else (at < self.reached):
                self.astray.append(("look", f"{at + 1} < {self.reached + 1}"))
            self.reached = self.reached if floats else max(at, self.reached)
        if b"Link" in self.inside:
            self.linked.append((page, number))
        self.said.append(self.pages.read[page].words.get(number, ""))


def _picture(file: PdfFile, number: bytes) -> Picture:
    about = file.dictionary(number)
    width, height = (int(file.value(about, key) or 0) for key in (b"Width", b"Height"))
    content = file.stream(number)
    if b"/DCTDecode" in about:
        return Picture(content=content)
    mask = MASK.search(about)
    return Picture(pixels=content, size=(width, height), mask=file.stream(mask[1]) if mask else b"")
