"""One count of a form as it was filled in: the rows that `make figures` reads, and what has to be mended in them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from msgspec import Struct, field

from rapport.figures.counts import Answer, answer_of
from rapport.figures.grids.grid import FigureProblem, GridCell, Odd, SheetGrid
from rapport.figures.indicators import Dictionary
from rapport.figures.sheet_reading import HEADER
from rapport.language import dates

ABOVE = len(HEADER) + 1  # rows of a file of figures before its table
FORMULA_SIGNS = re.compile(r"[=+@-]")
Row = list[GridCell]


class FormCount(Struct):
    """One count as it was filled in: what was said with it, the rows of its table, the titles first, and the notes."""

    indicator: str
    version: str
    answers: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    title: str = ""
    heads: int = 1  # rows of titles

    @property
    def is_filled(self) -> bool:
        """Whether anything was typed into it."""
        return bool(
            self.notes
            or any(self.answers.values())
            or any(cell.text for row in self.rows[self.heads :] for cell in row[1:])
        )

    def lines(self) -> list[Row]:
        """Its rows as a questionnaire has them; what the table does not say is empty."""
        filled = {"indicateur": self.indicator, "version": self.version} | self.answers
        head = [[GridCell(key.capitalize()), GridCell(filled.get(key, ""))] for key in HEADER]
        notes = [[GridCell(note)] for note in self.notes]
        return [*head, [], *self.rows, [], *notes]

    def as_csv(self) -> bytes:
        """The file that `make figures` reads; a cell that a spreadsheet would compute is made words."""
        out = io.StringIO()
        rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
        for line in self.lines():
            rows.writerow([_kept(cell) for cell in line])
        return out.getvalue().encode("utf-8-sig")

    def answer(self, association: str, dictionary: Dictionary) -> tuple[Answer | None, list[FigureProblem]]:
        """What it answers, or what has to be mended, each with its cell as a spreadsheet names it (`place` says which
        of the form's).
        """
        cells = {
            (at, beside): cell
            for at, line in enumerate(self.lines())
            for beside, cell in enumerate(line)
            if cell.text or cell.odd
        }
        return answer_of(SheetGrid("", "", cells), association, dictionary)

    def with_iso_day(self, language: str) -> Iterator[str]:
        """Put a day that can only be one into the shape of files of figures; gives the words that it replaced."""
        typed = self.answers.get("jour", "")
        day = dates.read(typed, language)
        if typed and day.iso and day.is_certain and day.iso != typed:
            self.answers["jour"] = day.iso
            yield typed

    def place(self, problem: FigureProblem) -> tuple[str, str]:
        """The titles of the row and of the column that a problem is in, "" where it is in none."""
        found = re.fullmatch(r"([A-Z]+)(\d+)", problem.cell)
        if not found:
            return "", ""
        at, column = int(found[2]) - 1, ord(found[1][-1]) - ord("A")
        if at < ABOVE:
            return HEADER[min(at, len(HEADER) - 1)], ""
        if at >= ABOVE + len(self.rows):  # a note, which stands under the table
            return "", ""
        row = self.rows[at - ABOVE]
        head = self.rows[0]
        return (row[0].text if at >= ABOVE + self.heads else ""), (head[column].text if 0 < column < len(head) else "")


def _kept(cell: GridCell) -> str:
    text = f"{cell.text} (cases fusionnées)" if cell.odd == Odd.MERGED else cell.text
    return f"'{text}" if FORMULA_SIGNS.match(text) else text
