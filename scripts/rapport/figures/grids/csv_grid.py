"""CSV as French and English spreadsheets write it: « ; » or « , » or tabs, UTF-8 or Windows' encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from rapport.figures.grids.grid import GridCell, SheetGrid, UnreadableGrid, grid
from rapport.storage.encoding import read

SEPARATORS = ";\t,"
SAID = "sep="  # the line by which Excel is told the separator


def csv_grids(path: str, data: bytes) -> list[SheetGrid]:
    """The one table of a CSV file."""
    text = read(data)
    if text is None:
        raise UnreadableGrid("grid-encoding")
    first, _, rest = text.partition("\n")
    if first.lower().startswith(SAID):
        text = "\n" + rest  # the rows keep their numbers
    return [grid(path, "", _cells(text))]


def _cells(text: str) -> Iterator[tuple[int, int, GridCell]]:
    try:
        for row, line in enumerate(csv.reader(io.StringIO(text), delimiter=_separator(text), strict=True)):
            yield from ((row, column, GridCell(" ".join(word.split()))) for column, word in enumerate(line))
    except csv.Error:
        raise UnreadableGrid("grid-quotes") from None


def _separator(text: str) -> str:
    """The separator that stands in most lines; a comma may be inside words, so it is asked last."""
    lines = [line for line in text.split("\n") if line.strip()]
    return max(SEPARATORS, key=lambda sign: (sum(sign in line for line in lines), -SEPARATORS.index(sign)))
