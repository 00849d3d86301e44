"""The pages of a PDF, each read from its own bytes, or kept from when the same bytes were read before."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from msgspec import json

from rapport.proof.appearance import odd_drawing, odd_page_box
from rapport.proof.charts import pdf_charts
from rapport.proof.pdf_extent import odd_extent
from rapport.proof.pdf_file import PdfFile, unpack_stream
from rapport.proof.pdf_page import Fonts, PdfPage, read_page
from rapport.proof.pdf_places import DrawnLine, lines
from rapport.proof.reading import ChartMark, Unreadable
from rapport.storage.cache import Cache
from rapport.storage.second_process import begin_beside

FontSource = tuple[bytes, bytes, bytes]
"""The name of a font, and what the file says of its letters and of their widths."""
SEEN_ON_PAGE = ("outside", "covered")
MANY = 8  # new pages that are worth another process


class DrawnPage(NamedTuple):
    """All that the instructions of a page say: its words, its lines, what is odd, its charts' marks."""

    page: PdfPage
    lines: tuple[DrawnLine, ...]
    odd: tuple[tuple[str, str], ...]
    marks: Mapping[int, tuple[ChartMark, ...]]


class PdfPages:
    """All pages in their order, by the number of their object."""

    def __init__(self, file: PdfFile, root: bytes, kept: Cache | None) -> None:
        """`root`: the catalogue of the file; raises `Unreadable`."""
        self.file, self.fonts, self.kept = file, Fonts(file), kept
        kids = _value(file.dictionary(reference(root, b"Pages")), b"Kids", rb"\[([^\[\]]*)\]")
        self.order = re.findall(rb"(\d+) 0 R", kids)
        self.numbers = {number: at for at, number in enumerate(self.order)}
        self.resources: dict[bytes, bytes] = {}
        self.odd: list[tuple[str, str]] = []
        self.lines: dict[bytes, Sequence[DrawnLine]] = {}
        self.marks: dict[bytes, Mapping[int, tuple[ChartMark, ...]]] = {}
        first, second = self.order[: len(self.order) // 2], self.order[len(self.order) // 2 :]
        prepared = self._prepare_beside(second)
        self.read: dict[bytes, PdfPage] = {number: self.page(number) for number in first}
        prepared()
        self.read |= {number: self.page(number) for number in second}

    def page(self, number: bytes) -> PdfPage:
        """What one page says; what is odd on it is added to what the others have."""
        source = self.file.dictionary(number)
        self.resources[number] = self.file.value(source, b"Resources") or source
        page, self.lines[number], odd, self.marks[number] = _kept_page(*self._drawn_with(number), self.kept)
        at = self.numbers[number] + 1
        told = [(kind, f"p. {at} : {words}" if kind in SEEN_ON_PAGE else words) for kind, words in odd]
        self.odd += [*odd_page_box(source), *told]
        return page

    def _drawn_with(self, number: bytes) -> tuple[bytes, Sequence[FontSource]]:
        """The bytes of a page's instructions, and its fonts."""
        source = self.file.dictionary(number)
        fonts = self.fonts.with_widths(self.file.value(source, b"Resources") or source)
        return self.file.object(reference(source, b"Contents")), fonts

    def _prepare_beside(self, numbers: Sequence[bytes]) -> Callable[[], None]:
        """Have another process put these pages into the cache, where many are new; the function returned waits."""
        if (kept := self.kept) is None:
            return lambda: None
        new = [drawn for drawn in map(self._drawn_with, numbers) if not kept.holds("pdf-page", *_all_bytes(*drawn))]

        def prepare() -> None:
            for drawn in new:
                _kept_page(*drawn, kept)

        return begin_beside(prepare, kept) if len(new) >= MANY else lambda: None

    def image(self, page: bytes, name: bytes) -> bytes:
        """The number of the object that a page shows under this name, b"" if there is none."""
        found = re.search(rb"/" + re.escape(name) + rb"\s+(\d+) 0 R", self.resources[page]) if name else None
        return found[1] if found else b""


def _all_bytes(contents: bytes, fonts: Sequence[FontSource]) -> list[bytes]:
    return [contents, *chain.from_iterable(fonts)]


def _kept_page(contents: bytes, fonts: Sequence[FontSource], kept: Cache | None) -> DrawnPage:
    """What a page's own bytes say in these fonts: read now, or once before, by this very version of the program."""
    if kept is None:
        return _page(contents, fonts)
    place, stored = kept.get("pdf-page", *_all_bytes(contents, fonts))
    if stored is not None:
        return json.decode(stored, type=DrawnPage)
    read = _page(contents, fonts)
    kept.put(place, json.encode(read))
    return read


def _page(contents: bytes, fonts: Sequence[FontSource]) -> DrawnPage:
    instructions = unpack_stream(contents)
    plain, marks = pdf_charts(instructions)
    odd = (*odd_extent(plain, fonts), *odd_drawing(plain))
    read = read_page(instructions, [(name, table) for name, table, _ in fonts])
    return DrawnPage(read, tuple(lines(plain)), odd, marks)


def reference(source: bytes, key: bytes) -> bytes:
    """The number of the object that a key of a dictionary refers to; raises `Unreadable`."""
    return _value(source, key, rb"(\d+) 0 R")


def _value(source: bytes, key: bytes, form: bytes) -> bytes:
    found = re.search(rb"/" + key + rb"\s*" + form, source)
    if not found:
        raise Unreadable(f"/{key.decode()}")
    return found[1]
