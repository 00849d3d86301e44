"""The questionnaire of one association: a workbook with a sheet for each count that it has not answered."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

from rapport.figures.indicators import Indicator
from rapport.figures.sheet_reading import HEADER, period_line, title
from rapport.messages import figures
from rapport.office.archive import pack, unpack

NOW = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
FOLDER = "build/chiffres"
QUESTIONNAIRE = "questionnaire-"
SHEET = 31  # signs of a sheet's name, at most
WIDE, NARROW = 44, 18  # widths of columns, in signs


def questionnaire_name(association: str) -> str:
    """The name of its file in `FOLDER`."""
    return f"{QUESTIONNAIRE}{association}.xlsx"


def questionnaire(indicators: Iterable[Indicator], language: str) -> bytes:
    """An .xlsx file, always the same bytes for the same definitions."""
    from openpyxl import Workbook  # late: only this needs it
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    book.remove(book.active)
    for indicator in indicators:
        sheet = book.create_sheet(indicator.id[:SHEET])
        for row in rows(indicator, language):
            sheet.append(row)
        for line in sheet.iter_rows():
            for cell in line:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if cell.column == 1 or line[0].row > len(HEADER):
                    cell.font = Font(name="Calibri", bold=cell.column == 1)
        sheet.column_dimensions["A"].width = WIDE
        for column in range(2, 3 + max((len(d.categories) for d in indicator.dimensions[1:]), default=1)):
            sheet.column_dimensions[sheet.cell(1, column).column_letter].width = NARROW
    out = io.BytesIO()
    book.save(out)
    parts = unpack(out.getvalue())
    return pack({name: NOW.sub(b"", part) if name == "docProps/core.xml" else part for name, part in parts.items()})


def rows(indicator: Indicator, language: str) -> list[list[str]]:
    """What stands in the sheet: the header to fill in, the question as asked, how to answer, the empty table."""
    filled = {"indicateur": indicator.id, "version": str(indicator.version)}
    lines = [[title(key), filled.get(key, "")] for key in HEADER]
    english = language == "en"
    how = [indicator.question_en if english else indicator.question, indicator.age_en if english else indicator.age]
    lines += [[], *([text] for text in (*how, period_line(indicator, language), figures("how", language))), []]
    if not indicator.dimensions:
        return [*lines, ["Nombre", ""]]
    first, *second = indicator.dimensions
    columns = [category.title(language) for category in second[0].categories] if second else ["Nombre"]
    return [*lines, ["", *columns], *([category.title(language)] for category in first.categories)]
