"""What an association answered: the cells of its table as numbers, each a certainty, a range, or not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from msgspec import Struct

from rapport.figures.grids.grid import FigureProblem, Odd, SheetGrid
from rapport.figures.indicators import Dictionary, Dimension, Indicator
from rapport.figures.network import Cell
from rapport.figures.sheet_reading import SheetReading, category_names, period_line, read_sheet
from rapport.language.folding import fold_words
from rapport.language.names import nearest
from rapport.messages import LANGUAGES, figures

TOTAL = ("total", "totaux", "totals")
UNKNOWN = ("", "nd", "n.d.", "n/d")
AT_MOST_FOUR = 5  # « <5 » may be typed whatever the threshold
WHOLE = re.compile(r"'?(\d{1,7}|\d{1,3}(?:[\s\u00a0\u202f']\d{3}){1,2})(?:[.,]0+)?")
BELOW = re.compile(r"<(\d{1,2})")
SPACES = re.compile("[\\s\u00a0\u202f']+")
MOST = 10**7  # what a cell that nobody knows may hold


class CountRange(Struct, frozen=True):
    """A number of an association: between `low` and `high`, which are the same where it said a number."""

    low: int
    high: int

    def __add__(self, other: CountRange) -> CountRange:
        return CountRange(self.low + other.low, self.high + other.high)


class Answer(Struct, frozen=True):
    """One association's table for one indicator: each place inside it, None where the association does not know.

    `present_cells` are the places whose row and column stand in the file, none for all: a form asks for a row of a
    table.
    """

    association: str
    indicator: str
    counts: Mapping[Cell, CountRange | None]
    path: str
    source: str = ""
    method: str = ""
    day: str = ""
    present_cells: frozenset[Cell] = frozenset()

    @property
    def places(self) -> frozenset[Cell]:
        """The places that it speaks of."""
        return self.present_cells or frozenset(self.counts)

    @property
    def is_whole(self) -> bool:
        """Whether it speaks of every place."""
        return len(self.places) == len(self.counts)


def answer_of(grid: SheetGrid, association: str, dictionary: Dictionary) -> tuple[Answer | None, list[FigureProblem]]:
    """The answer that a sheet holds, or what has to be mended in it; an empty sheet is neither."""
    if not grid.cells:
        return None, []
    if all(cell.odd == Odd.HIDDEN for cell in grid.cells.values()):
        return None, [grid.problem("cell-hidden", *min(grid.cells))]
    table = read_sheet(grid, dictionary)
    if table.is_blank:
        return None, [FigureProblem("blank-file", grid.path)]
    if table.indicator is None or table.head < 0:
        return None, table.problems
    given = _read_counts(table, table.indicator)
    _refuse_unread(table, table.indicator)
    if table.problems:
        return None, table.problems
    said = {key: text for key, (_, text) in table.header.items()}
    counts = dict.fromkeys(product(*(range(len(one.categories)) for one in table.indicator.dimensions))) | given
    return Answer(
        association=association,
        indicator=table.indicator.id,
        counts=counts,
        path=grid.path,
        source=said["source"],
        method=said["methode"],
        day=said["jour"],
        present_cells=frozenset(given),
    ), []


# ---------------------------------------------------------------- the table


def _read_counts(table: SheetReading, indicator: Indicator) -> dict[Cell, CountRange | None]:
    """Every place of the table that has its row and its column in the file."""
    if not indicator.dimensions:
        return {(): _count(table, table.head, 1, indicator.threshold)}
    columns = dict(_columns(table, indicator))
    counts: dict[Cell, CountRange | None] = {}
    seen: dict[int, int] = {}
    for row, place in _rows(table, indicator, columns):
        if place in seen:
            table.refuse("row-twice", row, 0, first=str(seen[place] + 1))
        seen[place] = row
        for column, beside in columns.items():
            counts[(place, *beside)] = _count(table, row, column, indicator.threshold)
    _judge_totals(table, counts, seen, columns)
    return counts


def _judge_totals(
    table: SheetReading, counts: Mapping[Cell, CountRange | None], rows: Mapping[int, int], columns: Mapping[int, Cell]
) -> None:
    """Refuse a total that somebody added and that is not that of the numbers it stands beside."""
    places = {row: place for place, row in rows.items()}
    for row, column in product(table.grid.rows[table.head + 1 :], table.grid.columns[1:]):
        down, across = (fold_words(table.grid.cell(*at).text) in TOTAL for at in ((row, 0), (table.head, column)))
        text = table.grid.cell(row, column).text
        given = WHOLE.fullmatch(text)
        inside = [
            count or CountRange(0, MOST)
            for cell, count in counts.items()
            if (down or cell[0] == places.get(row)) and (across or cell[1:] == columns.get(column))
        ]
        if given and inside and (down or across):
            least, most = sum(one.low for one in inside), sum(one.high for one in inside)
            if not least <= int(SPACES.sub("", given[1])) <= most:
                table.refuse("bad-total", row, column)
        elif inside and (down or across) and not BELOW.fullmatch(SPACES.sub("", text)) and text.lower() not in UNKNOWN:
            table.refuse("bad-total", row, column)  # « 12 ou 13 »


def _columns(table: SheetReading, indicator: Indicator) -> Iterator[tuple[int, Cell]]:
    """The columns with numbers, each with its place in the second dimension."""
    if len(indicator.dimensions) == 1:
        yield 1, ()
        return
    names, seen = category_names(indicator.dimensions[1]), set[int]()
    for column in table.grid.columns[1:]:
        cell = table.grid.cell(table.head, column)
        at = names.get(fold_words(cell.text))
        if cell.odd == Odd.DATE:
            table.refuse("name-date", table.head, column)
        elif cell.odd:
            table.refuse(f"cell-{cell.odd}", table.head, column)
        elif at is None and cell.text and fold_words(cell.text) not in TOTAL:
            table.refuse("unknown-name", table.head, column, nearest=_near(cell.text, indicator.dimensions[1]))
        elif at in seen:
            table.refuse("column-twice", table.head, column)
        elif at is not None:
            seen.add(at)
            yield column, (at,)


def _rows(table: SheetReading, indicator: Indicator, columns: Mapping[int, Cell]) -> Iterator[tuple[int, int]]:
    """The rows with numbers, each with its place in the first dimension."""
    names = category_names(indicator.dimensions[0])
    for row in table.grid.rows[table.head + 1 :]:
        cell, filled = table.grid.cell(row, 0), [c for c in table.grid.columns[1:] if _filled(table.grid, row, c)]
        name = fold_words(cell.text)
        if cell.odd and cell.odd != Odd.FORMULA and (filled or name in names):
            table.refuse("name-date" if cell.odd == Odd.DATE else f"cell-{cell.odd}", row, 0)
        elif name in names:
            yield row, names[name]
            _refuse_outside(table, row, filled, columns)
        elif filled and name not in TOTAL:
            table.refuse("unknown-name", row, 0, nearest=_near(cell.text, indicator.dimensions[0]))


def _refuse_outside(table: SheetReading, row: int, filled: Iterable[int], columns: Mapping[int, Cell]) -> None:
    for column in filled:
        named = table.grid.cell(table.head, column).text
        if column not in columns and not named:
            table.refuse("outside", row, column)


def _filled(grid: SheetGrid, row: int, column: int) -> bool:
    cell = grid.cell(row, column)
    return bool(cell.text or cell.odd)


def _near(typed: str, dimension: Dimension) -> str:
    """The value that was perhaps meant, as the questionnaire has it, or all of them."""
    names = category_names(dimension)
    near = nearest(typed, names) if typed else ""
    return dimension.categories[names[near]].name if near else " ; ".join(c.name for c in dimension.categories)


def _count(table: SheetReading, row: int, column: int, threshold: int) -> CountRange | None:
    """What one cell says; what it says wrong is told without the number."""
    cell = table.grid.cell(row, column)
    text = SPACES.sub("", cell.text).lower()
    if cell.odd:
        table.refuse(f"cell-{cell.odd}", row, column)
    elif text in UNKNOWN:
        return None
    elif number := WHOLE.fullmatch(cell.text.strip()):  # « 1 234 », not « 12 13 »
        whole = int(SPACES.sub("", number[1]))
        return CountRange(whole, whole)
    elif (below := BELOW.fullmatch(text)) and int(below[1]) in (AT_MOST_FOUR, threshold):
        return CountRange(1, int(below[1]) - 1)
    else:
        table.refuse("bad-number", row, column)
    return None


# ---------------------------------------------------------------- what nobody reads


def _refuse_unread(table: SheetReading, indicator: Indicator) -> None:
    """Refuse what stands in a cell that no part of the table is read from, its row or column told of no other mistake:
    a remark under the table, a title above it, a word beside it.
    """
    rows = {row for row, _ in table.refused_places}
    columns = {column for row, column in table.refused_places if row == table.head}
    for (row, column), cell in table.grid.cells.items():
        is_filled = cell.text or cell.odd not in (None, Odd.MERGED)
        if is_filled and row not in rows and column not in columns and not _is_read(table, indicator, row, column):
            table.refuse("other-question" if row < table.head and "?" in cell.text else "unread", row, column)


def _is_read(table: SheetReading, indicator: Indicator, row: int, column: int) -> bool:
    text, sizes = fold_words(table.grid.cell(row, column).text), len(indicator.dimensions)
    if row < table.head:
        in_header = any(row == at for at, _ in table.header.values())
        return column < 2 if in_header else not column and text in _printed_lines(indicator)
    if not sizes:
        return row == table.head and column < 2
    named = {*category_names(indicator.dimensions[0]), *TOTAL}
    if row > table.head and fold_words(table.grid.cell(row, 0).text) not in named:
        return False
    known = {*(category_names(indicator.dimensions[1]) if sizes > 1 else ()), *TOTAL}
    return not column or column + sizes < 3 or fold_words(table.grid.cell(table.head, column).text) in known


def _printed_lines(indicator: Indicator) -> set[str]:
    """What a questionnaire prints between the header and the table."""
    asked = {indicator.question, indicator.question_en, indicator.age, indicator.age_en}
    said = {line for one in LANGUAGES for line in (period_line(indicator, one), figures("how", one))}
    return set(map(fold_words, asked | said))
