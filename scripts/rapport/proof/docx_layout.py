"""Where Word puts words: nothing that sets them off the page, in too low a line or row, or in the part of a field
that is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

INDENT = re.compile(rb"<w:ind\b[^>]*>")
LENGTH = re.compile(rb'w:(left|right|start|end|hanging|firstLine)(?:Chars)?="(-?\d+)"')
FARTHEST, HANGING = 5000, 1200  # twentieths of a point: of 8,788 that a line has
TABLE_INDENT = re.compile(rb'<w:tblInd\b[^>]*?w:w="(-?\d+)"')
SPACING = re.compile(rb"<w:spacing\b[^>]*>")
LINE = re.compile(rb'w:line="(-?\d+)"')
LOWEST = 150  # of a line: 240 is a whole one
RULE = re.compile(rb'w:lineRule="(?!auto")(\w+)"')
BETWEEN = re.compile(rb'w:val="(-?\d+)"')
BEFORE = re.compile(rb'w:(?:before|after)="(-?\d+)"')
EMPTIEST = 3000  # twentieths of a point between paragraphs
CLOSEST = -20  # between letters
RAISED = re.compile(rb'<w:position w:val="(-?\d+)"')
HIGHEST = 20  # half points
PAGE = re.compile(rb"<w:pgSz\b[^>]*>")
SHEET = (11906, 16838)  # A4
MARGINS = re.compile(rb"<w:pgMar\b[^>]*>")
NUMBER = re.compile(rb'="(-?\d+)"')
MARGIN = 3000
EXTENT = re.compile(rb"<wp:extent\b[^>]*>")
SIDE = re.compile(rb'\bc[xy]="(-?\d+)"')
PLACED = re.compile(rb"<(?:a:off|a:prstGeom) [^>]*?(?=\s*/?>)")
AT_ITS_PLACE = (b'<a:off x="0" y="0"', b'<a:prstGeom prst="rect"')
SMALLEST = 50_000  # a picture's side, in twelve thousandths of a point: four points
FIELD = re.compile(rb'w:fldCharType="(begin|separate|end)"|<w:t[ >]')


def odd_layout(part: bytes) -> Iterator[str]:
    """In one part of a Word file: what would keep words from being seen where they stand."""
    yield from (_text(tag) for tag in set(INDENT.findall(part)) if not _is_on_the_page(tag))
    yield from (f"tblInd {size.decode()}" for size in TABLE_INDENT.findall(part) if not 0 <= int(size) <= FARTHEST)
    yield from (_text(tag) for tag in set(SPACING.findall(part)) if not _is_spaced(tag))
    yield from (f"position {value.decode()}" for value in set(RAISED.findall(part)) if abs(int(value)) > HIGHEST)
    for tag in set(PAGE.findall(part)):
        if sorted(int(side) for side in NUMBER.findall(tag)) != sorted(SHEET):
            yield _text(tag)
    for tag in set(MARGINS.findall(part)):
        if any(not 0 <= int(size) <= MARGIN for size in NUMBER.findall(tag)):
            yield _text(tag)
    if any(int(side) < SMALLEST for tag in EXTENT.findall(part) for side in SIDE.findall(tag)):
        yield "extent"
    yield from (_text(tag) for tag in set(PLACED.findall(part)) if tag not in AT_ITS_PLACE)
    if _hides_words_in_fields(part):
        yield "fldChar"


def _text(tag: bytes) -> str:
    return tag.decode("utf-8", "replace").strip("</> ")


def _is_on_the_page(tag: bytes) -> bool:
    """Whether an indent keeps its line on the page."""
    return all(
        0 <= int(size) <= (HANGING if side in (b"hanging", b"firstLine") else FARTHEST)
        for side, size in LENGTH.findall(tag)
    )


def _is_spaced(tag: bytes) -> bool:
    """Whether lines are as high as their letters, and letters beside one another."""
    lines, letters = LINE.findall(tag), BETWEEN.findall(tag)
    return (
        not RULE.search(tag)
        and all(0 <= int(space) <= EMPTIEST for space in BEFORE.findall(tag))
        and all(int(line) >= LOWEST for line in lines)
        and all(int(space) >= CLOSEST for space in letters)
    )


def _hides_words_in_fields(part: bytes) -> bool:
    """Whether words stand in a field before what is shown of it; a field that shows nothing has none."""
    stack: list[bool] = []  # whether each open field has come to what it shows
    for found in FIELD.finditer(part):
        match found[1]:
            case b"begin":
                stack.append(False)
            case b"separate" if stack:
                stack[-1] = True
            case b"end" if stack:
                stack.pop()
            case None if not all(stack):
                return True
    return False
