"""Where the words of a PDF's page stand, letter by letter: all of them on the page, uncovered, and none cut off.

An allow-list: our pages are drawn with the operators that typst writes; any other (which could clip, fade, move or
squeeze words) is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapport.proof.pdf_file import INSIDE, unescape
from rapport.proof.pdf_page import KERNING, STRINGS, letters
from rapport.proof.pdf_paint import PAINT, PaintedShape, holds, painted_shape

Findings = Iterator[tuple[str, str]]
"""(kind, words): « outside », « covered », « look »."""

STRING = re.compile(rb"\((?:[^\\()]++|\\.)*+\)", re.DOTALL)
OPERATOR = re.compile(rb"(?<![^\s\]>)])([A-Za-z][A-Za-z0-9*]*+)(?=\s|/|\[|\(|$)")
OPERATORS = frozenset(b"Tr Tf q Q cm cs scn BT ET Tm Tj TJ BDC BMC EMC m l c h f B S CS SCN w M d Do J j".split())
RUN = re.compile(
    rb"q 1 0 0 -1 (?P<x>[-\d.]+) (?P<y>[-\d.]+) cm"
    rb"|/(?P<font>\w+) (?P<size>[\d.]+) Tf 1 0 0 -1 (?P<right>[-\d.]+) (?P<down>[-\d.]+) Tm\s*"
    rb"(?:\[(?P<pieces>" + STRINGS + rb")\]TJ|\((?P<single>" + INSIDE + rb")\)Tj)",
    re.DOTALL,
)
PLACED = re.compile(rb"\bq\s+(?:[-\d.]+\s+){6}cm\b")
"""Each drawing has one place, of its own: whatever is moved twice would stand elsewhere than it says."""
SHIFT = re.compile(rb"\)\s*([-\d.]+)\s*(?=\(|$)")
FIRST = re.compile(rb"\s*([-\d.]+)\s*\(")
WIDTHS = re.compile(rb"(\d+) (\d+) (-?[\d.]+)")
PAGE = (595.0, 841.0)
ABOVE, BELOW = 0.6, 0.1  # of a letter, in its sizes
NARROWEST = 0.12  # of a letter's size: the mean of a line
FEW = 4  # letters that may all be narrow
OVER = 0.5  # of a letter: nearer than that, two lines stand one on the other
STEP = 4.0  # points between two places of a line that are looked at

Font = tuple[bytes, bytes, bytes]
"""The name of a font on a page, what its codes mean, how wide they are."""


class ShownLine(NamedTuple):
    """Some words in one font: where they begin in the instructions, the box around them, what they say."""

    position: int
    left_edge: float
    right_edge: float
    base: float
    size: float
    words: str


def odd_extent(instructions: bytes, fonts: Iterable[Font]) -> Findings:
    """Words off the page, covered or squeezed, and whatever is drawn in a way that is not known."""
    bare = STRING.sub(b"()", instructions)
    used = OPERATOR.findall(bare)
    yield from (("look", name.decode("latin-1")) for name in sorted({*used} - OPERATORS))
    nested = [name for name in used if name in b"qQ"]
    if nested != [b"q", b"Q"] * (len(nested) // 2) or len(PLACED.findall(bare)) != used.count(b"cm"):
        yield "look", "cm"
    lines = list(shown_lines(instructions, {name: (table, widths) for name, table, widths in fonts}))
    if len(lines) != used.count(b"TJ") + used.count(b"Tj"):
        yield "look", "Tj"
    for line in lines:
        low, high = line.base - BELOW * line.size, line.base + ABOVE * line.size
        if line.words.strip() and not (
            line.left_edge >= 0 and line.right_edge <= PAGE[0] and low >= 0 and high <= PAGE[1]
        ):
            yield "outside", line.words
        elif (
            count := len("".join(line.words.split()))
        ) > FEW and line.right_edge - line.left_edge < NARROWEST * line.size * count:
            yield "look", line.words
    yield from (("covered", words) for words in (*covered_words(instructions, lines), *crossed_words(lines)))


def shown_lines(instructions: bytes, fonts: Mapping[bytes, tuple[bytes, bytes]]) -> Iterator[ShownLine]:
    """Every run of words with the box around it."""
    x = y = 0.0
    for found in RUN.finditer(instructions):
        if found["x"]:
            x, y = float(found["x"]), float(found["y"])
            continue
        table, widths = fonts.get(found["font"], (b"", b""))
        pieces = found["pieces"] or b"(" + found["single"] + b")"
        codes = unescape(KERNING.sub(b"", pieces[pieces.find(b"(") + 1 : pieces.rfind(b")")])).decode("utf-16-be")
        size, first = float(found["size"]), FIRST.match(pieces)
        left = x + float(found["right"]) - (float(first[1]) * size / 1000 if first else 0)
        known = _widths(widths)
        wide = sum([known.get(code, 0.0) for code in codes]) - sum(map(float, SHIFT.findall(pieces)))
        words = codes.translate(letters(table))
        yield ShownLine(found.start(), left, left + wide * size / 1000, y - float(found["down"]), size, words)


@lru_cache(maxsize=64)
def _widths(source: bytes) -> Mapping[str, float]:
    """How wide each code of a font is, in thousandths of its size."""
    return {
        chr(code): float(width)
        for first, last, width in WIDTHS.findall(source)
        for code in range(int(first), int(last) + 1)
    }


def covered_words(instructions: bytes, lines: Sequence[ShownLine]) -> Iterator[str]:
    """The words of lines over which a shape or a picture is painted later, whole or in part."""
    for found in PAINT.finditer(instructions):
        shape = painted_shape(found)
        if shape is not None:
            yield from (line.words for line in lines if line.position < found.start() and _covers(shape, line))


def crossed_words(lines: Iterable[ShownLine]) -> Iterator[str]:
    """The words of lines that are drawn over those of another."""
    above: list[ShownLine] = []
    for line in sorted((line for line in lines if line.words.strip()), key=lambda line: line.base):
        above = [other for other in above if line.base - other.base < OVER * min(line.size, other.size)]
        for other in above:
            if min(line.right_edge, other.right_edge) - max(line.left_edge, other.left_edge) > STEP:
                yield line.words
        above.append(line)


def _covers(shape: PaintedShape, line: ShownLine) -> bool:
    middle = line.base + line.size * ABOVE / 2
    if not (
        shape.low < middle < shape.high and shape.left_edge < line.right_edge and line.left_edge < shape.right_edge
    ):
        return False
    places = int((line.right_edge - line.left_edge) / STEP) + 1
    return any(holds(shape, (line.left_edge + STEP * (at + 0.5), middle)) for at in range(places))
