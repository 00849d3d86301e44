"""Where the links of a PDF stand, and where they and its bookmarks lead: what may be read at that place of the page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from rapport.proof.pdf_file import TEXT, PdfFile, words
from rapport.proof.pdf_page import PdfPage
from rapport.proof.reading import Lead, Unreadable, first_letters, without_calls

LINE = re.compile(rb"/MCID (\d+)(?:/Lang\([\w-]*\))?>>BDC\s+q 1 0 0 -1 ([-\d.]+) ([-\d.]+) cm")
NAMED = re.compile(TEXT + rb"\s*(\d+) 0 R", re.DOTALL)
NAMES = re.compile(rb"/Dests\s*<<\s*/Names\s*\[((?:[^\[\]()]++|" + TEXT + rb")*+)\]", re.DOTALL)
DEST = re.compile(rb"/Dest\s*(?:(\d+) 0 R|" + TEXT + rb")", re.DOTALL)
POINT = re.compile(rb"\[\s*(\d+) 0 R\s*/XYZ\s+[-\d.]+\s+([-\d.]+)")
TITLE = re.compile(rb"/Title\s*" + TEXT, re.DOTALL)
NEXT = re.compile(rb"/(First|Next) (\d+) 0 R")
RECTANGLE = re.compile(rb"/Rect\s*\[([-\d.\s]+)\]")
QUADRILATERALS = re.compile(rb"/QuadPoints\s*\[([-\d.\s]+)\]")
CORNERS = 8  # numbers of one of them
EDGE = 1.0  # points by which words may begin outside of the area of their link
NEAR = 5  # lines: a link leads a little above the first of them


Area = tuple[float, float, float, float]
"""Its left, lower, right and upper edge, in points."""


class DrawnLine(NamedTuple):
    """Words that a page draws on one line: their height above its foot, their tag, how far from the left they begin."""

    height: float
    tag: int
    left_edge: float


def lines(instructions: bytes) -> list[DrawnLine]:
    """The lines of a page, in the order in which they are drawn."""
    return [DrawnLine(float(y), int(number), float(x)) for number, x, y in LINE.findall(instructions)]


def _areas(annotation: bytes) -> list[Area]:
    """Where an annotation answers: its parts or, where it has none, its rectangle; nowhere if they differ."""
    found, parts = RECTANGLE.search(annotation), QUADRILATERALS.search(annotation)
    whole, corners = ([float(word) for word in match[1].split()] if match else [] for match in (found, parts))
    corners = corners or [*whole, *whole]
    if not whole or any(
        abs(one - other) > EDGE for one, other in zip(_around(corners), _around(whole), strict=True)
    ):  # fmt: skip
        return []
    areas = [_around(corners[at : at + CORNERS]) for at in range(0, len(corners), CORNERS)]
    return [one for one in areas if one[0] < one[2] and one[1] < one[3]]  # dots that lead to a page have no height


def _around(corners: Sequence[float]) -> Area:
    """The left, lower, right and upper edge of what has these corners, each across and up."""
    across, up = corners[::2], corners[1::2]
    return min(across), min(up), max(across), max(up)


def _holds(area: Area, line: DrawnLine, edge: float) -> bool:
    left, low, right, high = area
    return left - edge <= line.left_edge <= right + edge and low - edge <= line.height <= high + edge


class Destinations:
    """The places of a PDF by the names that its links give them."""

    def __init__(
        self, file: PdfFile, root: bytes, order: Sequence[bytes], pages: Mapping[bytes, PdfPage],
        drawn: Mapping[bytes, Sequence[DrawnLine]],
    ) -> None:  # fmt: skip
        """`drawn` are the lines of each page, `root` the PDF's catalogue."""
        self.file, self.root, self.order, self.pages, self.drawn = file, root, order, pages, drawn
        self.lines: dict[bytes, Sequence[tuple[float, int]]] = {}
        self.upwards: dict[bytes, Sequence[DrawnLine]] = {}
        self.openings: dict[tuple[bytes, int], frozenset[str]] = {}
        found = NAMES.search(root)
        self.named = {words(name): number for name, number in NAMED.findall(found[1] if found else b"")}

    def words_led_to(self, source: bytes) -> tuple[str, ...] | None:
        """What may be read where an annotation or a bookmark leads; None if it leads out of the report."""
        point = self.point(source)
        return None if point is None else tuple(self.openings_below(*point)) if point else ()

    def point(self, source: bytes) -> tuple[bytes, float] | tuple[()] | None:
        """The page and the height where an annotation leads, () if that is nowhere; None if it leads out."""
        found = DEST.search(source)
        if not found:
            return None
        number = found[1] or self.named.get(words(found[2]))
        point = POINT.search(self.file.object(number)) if number else None
        return (point[1], float(point[2])) if point else ()

    def is_in_place(self, annotations: Iterable[tuple[bytes, bytes]], linked: Collection[tuple[bytes, int]]) -> bool:
        """Whether the areas of a link lie on the lines of its own words, where each begins, and where no others do.

        `annotations` are the link's, each after the number of its page; `linked` are the page and the tag of each of
        its pieces. A picture that is a link is not looked for.
        """
        tags: dict[bytes, set[int]] = {page: {tag for at, tag in linked if at == page} for page, _ in linked}
        drawn = ((page, line) for page, own in tags.items() for line in self.drawn.get(page, ()) if line.tag in own)
        missing = {(page, line.height) for page, line in drawn}
        if not missing:
            return True
        for page, area in ((page, area) for page, source in annotations for area in _areas(source)):
            own, level = tags.get(page, set()), self.lines_between(page, area[1] - EDGE, area[3] + EDGE)
            begun = [line for line in level if _holds(area, line, EDGE if line.tag in own else -EDGE)]
            if any(line.tag not in own for line in begun) or not any(line.tag in own for line in level):
                return False
            missing -= {(page, line.height) for line in begun}
        return not missing

    def lines_between(self, page: bytes, low: float, high: float) -> Sequence[DrawnLine]:
        """The lines of a page between two heights."""
        if page not in self.upwards:
            self.upwards[page] = sorted(self.drawn.get(page, ()))
        lines = self.upwards[page]
        return lines[bisect_left(lines, (low,)) : bisect_right(lines, (high, inf))]

    def are_notes_in_order(self, calls: Sequence[bytes]) -> bool:
        """Whether the calls of notes lead from each note to the one below it, or on a later page."""
        points = [point for call in calls if (point := self.point(call))]
        places = [(self.order.index(page), -height) for page, height in points]
        return len(points) == len(calls) and all(one < other for one, other in pairwise(places))

    def openings_below(self, page: bytes, height: float) -> Iterator[str]:
        """The openings of the first lines below a height, if need be of those of the next page."""
        at = self.order.index(page) if page in self.order else len(self.order)
        left = NEAR
        for number in self.order[at : at + 2]:
            below = [first for y, first in self.lines_from_top(number) if number != page or y <= height][:left]
            yield from (opening for first in below for opening in self.line_openings(number, first))
            left -= len(below)

    def lines_from_top(self, number: bytes) -> Sequence[tuple[float, int]]:
        """The heights at which lines of a page stand, and which of its drawn pieces each begins with."""
        if number not in self.lines:
            first: dict[float, int] = {}
            for index, line in enumerate(self.drawn[number]):
                first.setdefault(line.height, index)
            self.lines[number] = sorted(first.items(), reverse=True)
        return self.lines[number]

    def line_openings(self, number: bytes, first: int) -> frozenset[str]:
        """How what begins with a drawn piece of a page opens.

        Numbers that are drawn alone are read, and left out: they may call notes.
        """
        if (number, first) not in self.openings:
            said = [self.pages[number].words.get(tag, "") for _, tag, _ in self.drawn[number][first:]]
            bare = ["" if piece.isdigit() else piece for piece in said]
            self.openings[number, first] = frozenset(first_letters(pieces, 0) for pieces in (said, bare))
        return self.openings[number, first]

    def bookmarks(self) -> Iterator[Lead]:
        """The bookmarks in the order in which they are listed."""
        found = re.search(rb"/Outlines (\d+) 0 R", self.root)
        waiting = [found[1]] if found else []
        seen: set[bytes] = set()
        while waiting:
            number = waiting.pop()
            if number in seen:
                raise Unreadable("/Outlines")
            seen.add(number)
            source = self.file.dictionary(number)
            if title := TITLE.search(source):
                yield without_calls(words(title[1])), self.words_led_to(source) or ()
            after = dict(NEXT.findall(source))
            waiting += [after[key] for key in (b"Next", b"First") if key in after]
