"""What a chart draws beside its words, read from the finished file: full bars, outlines, points, lines and the axes
that they stand on, each with its place on the page; and whether they are as long and high as the table's numbers say.

Nothing here knows how a chart was made: a mark is told by its shape and colour, its number by where it ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from lxml import etree
from msgspec import Struct

from rapport.proof.reading import ChartMark, Element

AXIS, FULL, OUTLINE, POINT, LINE, STRANGE = "axis", "full", "outline", "point", "line", "?"
COLOUR, INK = "#12436D", "#3D3D3D"
NEAR = 0.005  # of the longest mark: how far a mark may be off its number
ROUNDED = 1.0  # pixels that a mark may be off where it stands, its line being as wide

TRANSLATE = re.compile(r"translate\(([-\d.e]+),([-\d.e]+)\)")
BAR = re.compile(r"M(-?[\d.]+),(-?[\d.]+)h([\d.]+)v([\d.]+)h-\3Z")
BROKEN_LINE = re.compile(r"(?:M-?[\d.]+,-?[\d.]+(?:L-?[\d.]+,-?[\d.]+)*Z?)+")
CIRCLE = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0")
NUMBER = re.compile(r"-?[\d.]+")

DRAWN = re.compile(rb"q ([\d.]+) 0 0 -([\d.]+) (-?[\d.]+) (-?[\d.]+) cm(?P<drawn>[^Q]*?)\nQ\b")
BLUE, GREY = rb"0\.070\d* 0\.262\d* 0\.427\d*", rb"0\.239\d*"
FILLED = re.compile(rb"cs (" + BLUE + rb"|[\d. ]+) scn")
STROKED = re.compile(rb"CS (" + BLUE + rb"|[\d. ]+) SCN")
STEP = re.compile(rb"(-?[\d.]+) (-?[\d.]+) ([ml])\b")


# ---------------------------------------------------------------- what is drawn


def svg_marks(root: Element) -> tuple[ChartMark, ...]:
    """The marks of an SVG in the order drawn, in its own pixels."""
    return tuple(_marks_in(root, 0.0, 0.0))


def _marks_in(element: Element, x: float, y: float) -> Iterator[ChartMark]:
    if moved := TRANSLATE.fullmatch(element.get("transform", "")):
        x, y = x + float(moved[1]), y + float(moved[2])
    is_shown = element.get("d") or not element.tag.endswith("path")
    if is_shown and (element.get("stroke", "none") != "none" or element.get("fill") == COLOUR):
        yield from _svg_mark(element, x, y)
    for child in element.iterchildren(tag=etree.Element):
        yield from _marks_in(child, x, y)


def _svg_mark(element: Element, x: float, y: float) -> Iterator[ChartMark]:
    path, look = element.get("d", ""), (element.get("fill", "none"), element.get("stroke", "none"))
    if element.tag.endswith("line") and look == ("none", INK):
        yield ChartMark(AXIS, ((x, y), (x + float(element.get("x2", "0")), y + float(element.get("y2", "0")))))
    elif (bar := BAR.fullmatch(path)) and look in ((COLOUR, COLOUR), ("white", COLOUR)):
        left, top, width, height = map(float, bar.groups())
        corners = ((x + left, y + top), (x + left + width, y + top + height))
        yield ChartMark(FULL if look[0] == COLOUR else OUTLINE, corners)
    elif CIRCLE.fullmatch(path) and look == (COLOUR, COLOUR):
        yield ChartMark(POINT, ((x, y),))
    elif BROKEN_LINE.fullmatch(path) and look == ("none", COLOUR):
        for part in path.split("M")[1:]:
            numbers = [float(number) for number in NUMBER.findall(part)]
            yield ChartMark(LINE, tuple((x + a, y + b) for a, b in zip(numbers[::2], numbers[1::2], strict=True)))
    else:
        yield ChartMark(STRANGE, ((x, y),))


def pdf_marks(instructions: bytes) -> tuple[ChartMark, ...]:
    """The marks of a chart's instructions in a PDF in the order drawn, in points, downwards."""
    return tuple(mark for one in DRAWN.finditer(instructions) for mark in _pdf_mark(one))


def _pdf_mark(found: re.Match[bytes]) -> Iterator[ChartMark]:
    drawn = found["drawn"]
    across, down, x, y = (float(found[at]) for at in (1, 2, 3, 4))
    steps = [(x + across * float(a), down * float(b) - y) for a, b, _ in STEP.findall(drawn)]
    starts = [at for at, (*_, step) in enumerate(STEP.findall(drawn)) if step == b"m"]
    look = _colour(FILLED.search(drawn)), _colour(STROKED.search(drawn))
    if b"BT" in drawn or look == ("white", ""):
        return  # words, or the ground that they stand on
    if look == ("", "grey") and len(steps) == 2:
        yield ChartMark(AXIS, tuple(steps))
    elif look in (("blue", "blue"), ("white", "blue")) and len(steps) == 4 and not re.search(rb"\bc\b", drawn):
        yield ChartMark(FULL if look[0] == "blue" else OUTLINE, (steps[0], steps[2]))
    elif look == ("blue", "blue") and len(steps) == 1:
        yield ChartMark(POINT, ((x, -y),))
    elif look == ("", "blue"):
        yield from (ChartMark(LINE, tuple(steps[a:b])) for a, b in pairwise([*starts, len(steps)]))
    else:
        yield ChartMark(STRANGE, tuple(steps))


def _colour(found: re.Match[bytes] | None) -> str:
    if found is None:
        return ""
    if re.fullmatch(BLUE, found[1]):
        return "blue"
    return "white" if found[1] == b"1" else "grey" if re.fullmatch(GREY, found[1]) else "other"


# ---------------------------------------------------------------- held against the numbers


class TableNumber(Struct, frozen=True):
    """A number as a table says it: from `low` to `high`; neither where it is hidden or not known."""

    low: int = 0
    high: int = 0
    is_known: bool = False

    @classmethod
    def read_from(cls, words: str) -> TableNumber:
        """« de 12 à 30 », « 25 », « caché »; nothing else of a table's words is a number."""
        numbers = [int(number) for number in re.findall(r"\d+", words.replace("\u202f", ""))]
        return cls(numbers[0], numbers[-1], True) if numbers else cls()


def wrong_bar(numbers: Sequence[TableNumber], marks: Sequence[ChartMark]) -> str:
    """The first number whose bar is not as its table says, "" for none: how long, from where, in which row."""
    wanted = [(FULL, at, 0, one.low) for at, one in enumerate(numbers) if one.low > 0]
    wanted += [(OUTLINE, at, one.low, one.high) for at, one in enumerate(numbers) if one.high > one.low]
    axes, bars = [mark for mark in marks if mark.kind == AXIS], [mark for mark in marks if mark.kind != AXIS]
    drawn = {kind: [mark for mark in bars if mark.kind == kind] for kind in (FULL, OUTLINE)}
    found = [*drawn[FULL], *drawn[OUTLINE]]
    if len(axes) != 1 or len(found) != len(bars) or [kind for kind, *_ in wanted] != [mark.kind for mark in found]:
        return f"{len(bars)}"
    (start, top), (end, bottom) = axes[0].places
    size = (bottom - top) / len(numbers)
    unit = _unit(((mark.places[1][0] - start, high) for mark, (*_, high) in zip(found, wanted, strict=True)))
    for mark, (_, row, low, high) in zip(found, wanted, strict=True):
        (left, above), (right, below) = mark.places
        ends = ((left - start, low), (right - start, high))
        is_long = all(_is_near(length, number * unit, numbers, unit) for length, number in ends)
        if not is_long or abs((above + below) / 2 - top - (row + 0.5) * size) > ROUNDED:
            return f"{high}"
    return "" if abs(end - start) < ROUNDED else f"{len(bars)}"


def wrong_panel(rows: Sequence[Sequence[TableNumber]], marks: Sequence[ChartMark]) -> str:
    """The first number of a small multiple whose marks are not as its table says, "" for none."""
    panels = _panels(marks)
    if len(panels) != len(rows):
        return f"{len(panels)}"
    every = [number for row in rows for number in row]
    heights = (
        (panel[0].places[0][1] - mark.places[0][1], number.low if mark.kind == POINT else number.high)
        for panel, row in zip(panels, rows, strict=True)
        for kind, known in ((POINT, _known), (OUTLINE, _open))
        for mark, number in zip((m for m in panel if m.kind == kind), known(row), strict=False)
    )
    unit = _unit(heights)
    wrong = (_wrong_in(panel, row, every, unit) for panel, row in zip(panels, rows, strict=True))
    return next(filter(None, wrong), "")


def _panels(marks: Iterable[ChartMark]) -> list[list[ChartMark]]:
    """The marks of each panel, its axis first: what is drawn before the next axis."""
    panels: list[list[ChartMark]] = []
    for mark in marks:
        if mark.kind == AXIS or not panels:
            panels.append([])
        panels[-1].append(mark)
    return panels


def _known(row: Sequence[TableNumber]) -> list[TableNumber]:
    return [one for one in row if one.is_known]


def _open(row: Sequence[TableNumber]) -> list[TableNumber]:
    return [one for one in row if one.high > one.low]


def _wrong_in(panel: Sequence[ChartMark], row: Sequence[TableNumber], every: Sequence[TableNumber], unit: float) -> str:
    axis, *drawn = panel
    if axis.kind != AXIS:
        return STRANGE
    wanted, found = _wanted_in(axis, row, unit), [_middle(mark) for mark in drawn]
    if [(mark.kind, len(mark.places)) for mark in wanted] != [(mark.kind, len(mark.places)) for mark in found]:
        return f"{len(drawn)}"
    _, floor = axis.places[0]
    for one, other in zip(wanted, found, strict=True):
        for (x, y), (drawn_x, drawn_y) in zip(one.places, other.places, strict=True):
            if abs(x - drawn_x) > 2 * ROUNDED or not _is_near(y, drawn_y, every, unit):
                return f"{round((floor - y) / unit) if unit else 0}"
    return ""


def _wanted_in(axis: ChartMark, row: Sequence[TableNumber], unit: float) -> list[ChartMark]:
    """The marks of a panel in the order drawn: outlines, a line through what is known side by side, points."""
    (left, floor), (right, _) = axis.places
    step = (right - left) / len(row)
    low = [(left + (at + 0.5) * step, floor - one.low * unit) for at, one in enumerate(row)]
    outlines = [
        ChartMark(OUTLINE, ((low[at][0], floor - one.high * unit), low[at]))
        for at, one in enumerate(row)
        if one.high > one.low
    ]
    runs = groupby(range(len(row)), key=lambda at: row[at].is_known)
    lines = [ChartMark(LINE, tuple(low[at] for at in run)) for is_known, run in runs if is_known]
    return [*outlines, *lines, *(ChartMark(POINT, (low[at],)) for at, one in enumerate(row) if one.is_known)]


def _middle(mark: ChartMark) -> ChartMark:
    """An outline as its two ends; any other mark as it is."""
    if mark.kind != OUTLINE:
        return mark
    (left, top), (right, low) = mark.places
    return ChartMark(OUTLINE, (((left + right) / 2, top), ((left + right) / 2, low)))


def _unit(lengths: Iterable[tuple[float, int]]) -> float:
    """How long one is drawn, by the longest mark."""
    length, number = max(lengths, key=lambda one: one[1], default=(0.0, 0))
    return length / number if number else 0.0


def _is_near(one: float, other: float, numbers: Iterable[TableNumber], unit: float) -> bool:
    return abs(one - other) <= max(ROUNDED, NEAR * unit * max(number.high for number in numbers))
