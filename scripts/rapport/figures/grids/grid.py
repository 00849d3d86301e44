"""A table as somebody typed it: cells by row and column, each with what makes it doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct, field

MAX_BYTES = 5_000_000  # a file of numbers is a hundred times smaller
MAX_ROWS, MAX_COLUMNS, MAX_SHEETS = 400, 60, 20


class Odd(StrEnum):
    """What may be odd about a cell; each is the name of a sentence (« cell-formula »)."""

    FORMULA, MERGED, HIDDEN, DATE, FAULTY, REMARK = "formula", "merged", "hidden", "date", "faulty", "remark"


class GridCell(Struct, frozen=True):
    """What one cell shows, and what is odd about it."""

    text: str = ""
    odd: Odd | None = None


EMPTY_CELL = GridCell()


class FigureProblem(Struct, frozen=True):
    """One thing to mend in a file of numbers: a sentence's name, where, its facts. Never a number that was typed."""

    name: str
    path: str
    sheet: str = ""
    cell: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


class UnreadableGrid(Exception):
    """A file that gives no table: the name of a sentence (« grid-big »), and what shows it."""

    def __init__(self, name: str, detail: str = "") -> None:
        super().__init__(name, detail)
        self.name, self.detail = name, detail


class SheetGrid(Struct, frozen=True):
    """One sheet; `sheet` is its number (a name may be a child's), "" in a CSV file. Rows and columns count from 0."""

    path: str
    sheet: str
    cells: Mapping[tuple[int, int], GridCell]

    @property
    def rows(self) -> range:
        return range(max((row for row, _ in self.cells), default=-1) + 1)

    @property
    def columns(self) -> range:
        return range(max((column for _, column in self.cells), default=-1) + 1)

    def cell(self, row: int, column: int) -> GridCell:
        """The cell at a row and column counted from 0; an empty one where nothing was typed."""
        return self.cells.get((row, column), EMPTY_CELL)

    def line(self, row: int) -> list[str]:
        """The words of a row."""
        return [self.cell(row, column).text for column in self.columns]

    def problem(self, name: str, row: int, column: int, **facts: str) -> FigureProblem:
        """A problem at a cell, its place as a spreadsheet names it (« B7 »)."""
        return FigureProblem(name, self.path, self.sheet, reference(row, column), facts)


def grid(path: str, sheet: str, cells: Iterable[tuple[int, int, GridCell]]) -> SheetGrid:
    """A sheet of the cells that hold something; raises `UnreadableGrid` where it is larger than any questionnaire."""
    if sheet and int(sheet) > MAX_SHEETS:
        raise UnreadableGrid("grid-large")
    return SheetGrid(path, sheet, dict(_within(cells)))


def _within(cells: Iterable[tuple[int, int, GridCell]]) -> Iterator[tuple[tuple[int, int], GridCell]]:
    for row, column, cell in cells:
        if not cell.text and not cell.odd:
            continue
        if row >= MAX_ROWS or column >= MAX_COLUMNS:
            raise UnreadableGrid("grid-large", reference(row, column))
        yield (row, column), cell


def reference(row: int, column: int) -> str:
    """« B7 », as spreadsheets name it."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
