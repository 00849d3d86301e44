"""Whether the words of a PDF's page can be told from what they stand on, and nothing is painted over them.

An allow-list: what typst writes of our pages has these forms, and any other way of painting is reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

FAINTEST = 2.5  # contrast: the dots of a table of contents have 3, text 4.5
NUMBER = rb"([-\d.]+) "
PAINT = re.compile(
    rb"q 1 0 0 -1 " + NUMBER * 2 + rb"cm/c\d+ cs ([\d. ]+) scn(?:(\s+BT\b)|([^()\n]*)\n(?:h\n)?[fB]\nQ)"
    rb"|q " + NUMBER + rb"0 0 " + NUMBER * 3 + rb"cm/\w+ Do\b"
)
POINTS = re.compile(rb"((?:-?[\d.]+ )+)[mlc]\b")
NEVER = frozenset(b"re f* F B* b b* sh g rg k".split())
"""Ways of painting that typst does not have, where a line ends: glyphs in strings, two bytes each, cannot look so."""
WIDTH = re.compile(rb"SCN ([\d.]+) w\b")
THICKEST = 6.0  # points: the line above a part has 2.4
WITHIN = 1.0  # points: as far as a word's beginning stands inside what it stands on
WHITE = b"1"

Point = tuple[float, float]


class PaintedShape(NamedTuple):
    """What is painted: the box around it, and its corners in order."""

    left_edge: float
    right_edge: float
    low: float
    high: float
    corners: tuple[Point, ...]


def odd_paint(instructions: bytes) -> Iterator[tuple[str, str]]:
    """(« look », what was found), for words that melt into their ground, are covered, or painted in another way."""
    grounds: list[tuple[PaintedShape, bytes]] = []
    words: list[Point] = []
    pictures = 0
    for found in PAINT.finditer(instructions):
        x, y, colour, text, _, *picture = found.groups()
        if text:
            here = float(x) + WITHIN, float(y) + WITHIN
            words.append(here)
            ground = next((paint for shape, paint in reversed(grounds) if holds(shape, here)), WHITE)
            if contrast(colour, ground) < FAINTEST:
                yield "look", f"{colour.decode()} / {ground.decode()}"
            continue
        pictures += picture[0] is not None
        shape = painted_shape(found)
        assert shape is not None
        if any(holds(shape, word) for word in words):
            yield "look", "f"
        grounds.append((shape, b"" if picture[0] else colour))
    ends = Counter(line.rpartition(b" ")[2] for line in instructions.split(b"\n"))
    fills = ends[b"f"] + ends[b"B"] + instructions.count(b" f ")
    painted = fills, ends[b"Do"], instructions.count(b" scn")
    if painted != (len(grounds) - pictures, pictures, len(words) + fills) or NEVER & ends.keys():
        yield "look", "scn"
    yield from (("look", f"{width.decode()} w") for width in WIDTH.findall(instructions) if float(width) > THICKEST)


def painted_shape(found: re.Match[bytes]) -> PaintedShape | None:
    """The shape or the picture that a match of `PAINT` paints; None for words."""
    x, y, _, text, path, *picture = found.groups()
    if text:
        return None
    return _picture(*map(float, picture)) if picture[0] else _shape(float(x), float(y), path)


def holds(shape: PaintedShape, point: Point) -> bool:
    """Whether a point is inside: a line from it to the right crosses the outline an odd number of times."""
    x, y = point
    inside = False
    if not (shape.low <= y <= shape.high and shape.left_edge <= x <= shape.right_edge):
        return inside
    for (x1, y1), (x2, y2) in pairwise([*shape.corners, shape.corners[0]]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def _shape(x: float, y: float, path: bytes) -> PaintedShape:
    """The corners of a path, which is drawn from its own origin to the right and downwards."""
    numbers = [float(number) for points in POINTS.findall(path) for number in points.split()]
    return _within([x + right for right in numbers[::2]], [y - down for down in numbers[1::2]])


def _picture(width: float, height: float, x: float, y: float) -> PaintedShape:
    return _within([x, x + width, x + width, x], [y, y, y + height, y + height])


def _within(across: list[float], up: list[float]) -> PaintedShape:
    return PaintedShape(min(across), max(across), min(up), max(up), tuple(zip(across, up, strict=True)))


def _light(colour: bytes) -> float:
    """The luminance of a colour, three parts or one of grey (WCAG 2.1); a picture's is not known."""
    parts = [float(part) for part in colour.split()] or [1.0]
    red, green, blue = parts if len(parts) == len("rgb") else parts[:1] * len("rgb")
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05


def parts_of_colour(digits: str) -> bytes:
    """« 12356B » as three parts from 0 to 1, in a PDF's form."""
    return b" ".join(b"%.4f" % (int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))


@cache
def contrast(one: bytes, other: bytes) -> float:
    """The contrast of two colours."""
    pale, dark = sorted((_light(one), _light(other)), reverse=True)
    return pale / dark
