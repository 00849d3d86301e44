"""What every chart shares: its words, its colours and measures, and the frame of a Vega-Lite specification."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

from msgspec import Struct

from rapport.figures.network import Cell
from rapport.figures.publication import Publication
from rapport.language.folding import fold_words
from rapport.messages import figures, number_in_groups

Specification = Mapping[str, Any]
"""A Vega-Lite specification, version 6: data alone."""

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT, TEXT = "'Source Sans 3'", 12  # pixels; a name with a digit is found between quotes alone
INK, MAIN = "#3D3D3D", "#12436D"
"""Of the palette of UK government charts, at least 3:1 on white: one hue is enough where no part is told by its hue."""
LABEL_LENGTH = 34  # letters of a label before it goes on below
WIDEST, HIGHEST = 16.0, 20.0  # cm: of what a page has room for
PIXELS = 42.5  # of a chart's own pixels in a centimetre: its words are as large as a caption's


class Chart(Struct, frozen=True):
    """One chart: its identifier in the report, what to draw, its caption, and what is said to who does not see it."""

    id: str
    specification: Specification
    caption: str
    alternative: str


class ShownNumber(Struct, frozen=True):
    """A number as its table prints it, and how far its mark goes: nowhere where it is hidden or not known."""

    words: str
    low: int = 0
    high: int = 0
    is_known: bool = False
    is_minimum: bool = False


def title_by(title: str, by: str) -> str:
    """What is counted and by what, which some titles say themselves."""
    return title if fold_words(by) in fold_words(title) else f"{title}, {by.lower()}"


def shown_number(one: Publication, cell: Cell, language: str) -> ShownNumber:
    """A place of a published table."""
    number = one.numbers.get(cell)
    words = number_words(one, cell, language)
    return ShownNumber(words) if number is None else ShownNumber(words, number.low, number.high, True, number.more)


def number_words(one: Publication, cell: Cell, language: str) -> str:
    """A number in words: « de 12 à 30 », « caché »."""
    if cell in one.hidden_places:
        return figures("page-hidden", language)
    number = one.numbers[cell]
    if number is None:
        return figures("page-nobody", language)
    name = "page-one" if number.low == number.high else "page-range"
    said = figures(name, language, low=number_in_groups(number.low), high=number_in_groups(number.high))
    return figures("page-more", language, number=said) if number.more else said


def known_rows(one: Publication) -> tuple[list[int], list[int]]:
    """The rows that are printed, the total last, and those of which nobody knows anything."""
    if not one.axes:
        return [], []
    every = range(one.shape[0] + 1)
    rows = {row: [cell for cell in one.cells if cell[0] == row] for row in every}
    unknown = [row for row in every if all(cell in one.numbers and one.numbers[cell] is None for cell in rows[row])]
    return [row for row in every if row not in unknown], unknown


def row_total(one: Publication, row: int) -> Cell:
    """The place of a row's last number."""
    return (row, *one.shape[1:])


def lines(words: str, most: int = LABEL_LENGTH) -> list[str]:
    """Words on as many lines as they need."""
    return wrap(words, most) or [words]


def frame(**parts: object) -> Specification:
    """A specification with our fonts and colours, no frame around it and nothing that a browser could act on."""
    text = {"labelFont": FONT, "labelFontSize": TEXT, "labelColor": INK, "labelLimit": 0, "labelPadding": 6}
    config = {
        "font": FONT,
        "aria": False,  # one picture with one text: the library's own would speak English, mark by mark
        "view": {"stroke": None},
        "axis": {**text, "domainColor": INK, "ticks": False, "grid": False, "title": None},
        "text": {"font": FONT, "fontSize": TEXT, "color": INK},
        "title": {"font": FONT, "fontSize": TEXT, "fontWeight": 600, "color": INK, "anchor": "start", "frame": "group"},
    }
    return {"$schema": SCHEMA, "background": "white", "padding": 4, "config": config, **parts}


def axis_end(numbers: Sequence[ShownNumber]) -> int:
    """Where the axis ends, which begins at 0."""
    return max((number.high for number in numbers), default=0) or 1
