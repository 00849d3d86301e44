"""A sheet of figures in reading, and what stands above its table: of which question it is, by whom and of what day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from rapport.figures.grids.grid import FigureProblem, GridCell, SheetGrid
from rapport.figures.indicators import Dictionary, Dimension, Indicator
from rapport.language import dates
from rapport.language.folding import fold_words
from rapport.language.names import nearest
from rapport.messages import LANGUAGES, figures, long_date

HEADER = ("indicateur", "version", "source", "methode", "jour", "contact")
"""What is said above the table, in French whoever writes; none may be missing."""
ANSWERED = HEADER[2:]
"""What of it is for the association to say, once for all the sheets of a file."""
TITLES = {"methode": "Méthode"}
"""How a word of the header is written where it is not as it is read."""
NUMBER = ("nombre", "number")
NUMBERS = re.compile(r"\d+")
NUMBERS_OF_A_DAY = 3


class SheetReading(Struct):
    """A sheet in reading: its header, where its table begins, what stands in its rows and columns."""

    grid: SheetGrid
    indicator: Indicator | None = None
    header: dict[str, tuple[int, str]] = field(default_factory=dict)
    head: int = -1
    problems: list[FigureProblem] = field(default_factory=list)
    refused_places: set[tuple[int, int]] = field(default_factory=set)

    @property
    def answers(self) -> dict[str, tuple[int, str]]:
        """What an association says above the table, by its key: in which row, and the words as typed."""
        rows = {key: self.header[key][0] for key in ANSWERED if key in self.header}
        return {key: (row, self.grid.cell(row, 1).text) for key, row in rows.items()}

    @property
    def is_blank(self) -> bool:
        """Whether the sheet is a question as it was sent, with nothing typed into it."""
        if self.indicator is None or self.head < 0 or any(text for _, text in self.answers.values()):
            return False
        first = self.head + bool(self.indicator.dimensions)
        return not any(row >= first and column for row, column in self.grid.cells)

    def refuse(self, name: str, row: int, column: int, **facts: str) -> None:
        """Note what has to be mended at a place, by the name of its sentence; nothing else is told of that row."""
        self.refused_places.add((row, column))
        self.problems.append(self.grid.problem(name, row, column, **facts))


# ---------------------------------------------------------------- above the table


def title(key: str) -> str:
    """« Méthode », as questionnaires print it."""
    return TITLES.get(key, key.capitalize())


def read_sheet(grid: SheetGrid, dictionary: Dictionary) -> SheetReading:
    """A sheet with everything above its table read, and which row is the head of that."""
    table = SheetReading(grid)
    for row in table.grid.rows:
        first, second = fold_words(table.grid.cell(row, 0).text), table.grid.cell(row, 1).text
        if first in HEADER:
            if first in table.header:
                table.refuse("header-twice", row, 0, key=title(first))
            table.header.setdefault(first, (row, second))
            if first == "indicateur":
                table.indicator = _indicator(table, row, second, dictionary)
        elif table.indicator and _is_head(table.grid, row, table.indicator):
            table.head = row
            break
        elif table.indicator and first.startswith("period"):
            if first not in (fold_words(period_line(table.indicator, language)) for language in LANGUAGES):
                table.refuse("other-period", row, 0, start=table.indicator.start, end=table.indicator.end)
        elif table.indicator and second:
            known = nearest(table.grid.cell(row, 0).text, HEADER) or ", ".join(HEADER)
            table.refuse("header-unknown", row, 0, nearest=known)
    _judge_header(table)
    return table


def _judge_header(table: SheetReading) -> None:
    if "indicateur" not in table.header:
        table.problems[:] = [FigureProblem("no-indicator", table.grid.path, table.grid.sheet)]
    if table.indicator is None:
        return
    for key in HEADER:
        row, text = table.header.get(key, (-1, ""))
        if not text:
            table.refuse("header-missing", max(row, 0), 1, key=title(key))
    row, text = table.header.get("version", (-1, ""))
    if text and text != str(table.indicator.version):
        facts = {"version": str(table.indicator.version), "indicator": table.indicator.id, "given": text}
        table.refuse("other-version", row, 1, **facts)
    row, text = table.header.get("jour", (-1, ""))
    if text:
        day = _day(text)
        table.header["jour"] = (row, day)
        if not table.indicator.end <= day <= date.today().isoformat():
            table.refuse("bad-day", row, 1)
    if table.head < 0:
        names = [dimension.name for dimension in table.indicator.dimensions]
        table.problems.append(
            FigureProblem("no-table", table.grid.path, table.grid.sheet, facts={"names": " × ".join(names) or "nombre"})
        )


def _day(typed: str) -> str:
    """The one day that is typed (« 1er octobre 2014 », « 01/10/2014 ») in ISO, "" for what is none or several."""
    day = dates.read(typed)
    return day.iso if day.is_certain and len(NUMBERS.findall(typed)) <= NUMBERS_OF_A_DAY else ""


def period_line(indicator: Indicator, language: str) -> str:
    """« Période : du … au … », as questionnaires print it."""
    start, end = (long_date(day, language) for day in (indicator.start, indicator.end))
    return figures("period", language, start=start, end=end)


def _indicator(table: SheetReading, row: int, typed: str, dictionary: Dictionary) -> Indicator | None:
    known = {one.id: one for one in dictionary.indicators}
    found = known.get(fold_words(typed).replace(" ", "-"))
    if found is None:
        table.refuse("unknown-indicator", row, 1, nearest=nearest(typed, known) or ", ".join(known))
    return found


def _is_head(grid: SheetGrid, row: int, indicator: Indicator) -> bool:
    """Whether a row says what the columns are: values of the second dimension, « nombre » where there is none."""
    if len(indicator.dimensions) < 2:
        wanted = {fold_words(word) for word in NUMBER}
        where = 0 if not indicator.dimensions else 1
        return fold_words(grid.cell(row, where).text) in wanted
    names = category_names(indicator.dimensions[1])
    return any(fold_words(text) in names for text in grid.line(row)[1:])


def category_names(dimension: Dimension) -> dict[str, int]:
    """The values of a dimension by all they may be called."""
    named = ((name, at) for at, one in enumerate(dimension.categories) for name in (one.id, one.name, one.name_en))
    return {fold_words(name): at for name, at in named}


# ---------------------------------------------------------------- the sheets of one file


def filled_sheets(grids: Sequence[SheetGrid], dictionary: Dictionary) -> list[SheetGrid]:
    """The sheets of a file that somebody filled in, the first alone where nobody did.

    What stands above one table (source, method, day, contact) is said of the others that leave it open.
    """
    filled = [table for grid in grids if not (table := read_sheet(grid, dictionary)).is_blank]
    said: dict[str, str] = {}
    for table in filled:
        said = {key: text for key, (_, text) in table.answers.items() if text} | said
    return [_completed(table, said) for table in filled] or list(grids[:1])


def _completed(table: SheetReading, said: Mapping[str, str]) -> SheetGrid:
    """A sheet with what others say above their tables, where it says nothing itself."""
    open_keys = {key: row for key, (row, text) in table.answers.items() if not text and key in said}
    cells = {(row, 1): GridCell(said[key]) for key, row in open_keys.items()}
    return replace(table.grid, cells={**table.grid.cells, **cells})
