"""Files of numbers as people fill them: read in every format, or told by cell and column what to write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from conftest import PRODUCT
from rapport import rules
from rapport.figures import INDICATORS
from rapport.figures.answer_parts import without_double_answers
from rapport.figures.combining import combine
from rapport.figures.counts import Answer, CountRange, answer_of
from rapport.figures.grids.grid import FigureProblem, GridCell, SheetGrid, UnreadableGrid, grid, reference
from rapport.figures.grids.reading import grids
from rapport.figures.indicators import Dictionary, read_indicators
from rapport.figures.sheet_reading import filled_sheets
from rapport.model import Source
from rapport.office.archive import pack, unpack
from rapport.review.freeze.draft_files import sources

SHIPPED = (PRODUCT / INDICATORS).read_text(encoding="utf-8")
SMALL = """
seuils:
  - {valeur: 5, depuis: 2014-07-25, source: un essai}
dimensions:
  - id: forme
    nom: Forme
    nom_en: Form
    valeurs:
      - {id: mendicite, nom: Mendicité forcée, nom_en: Forced begging}
      - {id: vol, nom: Vol, nom_en: Theft}
  - id: age
    nom: Âge
    nom_en: Age
    valeurs:
      - {id: 0-12, nom: de 0 à 12 ans, nom_en: 0 to 12}
      - {id: 13-17, nom: de 13 à 17 ans, nom_en: 13 to 17}
indicateurs:
  - id: essai
    version: 2
    date: 2014-10-01
    compte: Mineurs d'un essai
    compte_en: Minors of a trial
    qui: mineurs
    unite: personne
    moment: repere
    age: moins de 18 ans
    age_en: under 18
    debut: 2013-01-01
    fin: 2013-12-31
    dimensions: [forme, age]
    question: Combien ?
    question_en: How many?
    seuil: 5
    chevauchement: inconnu
"""
HEAD = [
    ["Indicateur", "essai"], ["Version", "2"], ["Source", "registre"], ["Méthode", "dossiers comptés"],
    ["Jour", "1/10/2014"], ["Contact", "secrétariat"],
]  # fmt: skip
ROWS = [["", "de 0 à 12 ans", "de 13 à 17 ans"], ["Mendicité forcée", "12", "<5"], ["Vol", "0", "nd"]]


def dictionary(text: str = SMALL) -> Dictionary:
    found, problems = read_indicators(Source(INDICATORS, text, ""))
    assert problems == ()
    return found


def csv(rows: list[list[str]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    return "\r\n".join(separator.join(row) for row in rows).encode(encoding)


def read(data: bytes, path: str = "contributions/a/chiffres/essai.csv") -> tuple[Answer | None, list[FigureProblem]]:
    (table,) = grids(path, data)
    return answer_of(table, "a", dictionary())


def told(problems: list[FigureProblem]) -> list[tuple[str, str]]:
    return [(problem.cell, problem.name) for problem in problems]


WANTED = {(0, 0): CountRange(12, 12), (0, 1): CountRange(1, 4), (1, 0): CountRange(0, 0), (1, 1): None}


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_in_all_its_ways(separator: str, encoding: str) -> None:
    answer, problems = read(csv([*HEAD, [], *ROWS], separator, encoding))
    assert problems == []
    assert answer and (answer.counts, answer.day) == (WANTED, "2014-10-01")


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12,0", 12), ("1 234", 1234), ("1\u202f234", 1234), (" 7 ", 7), ("12.00", 12), ("< 5", None), ("ND", None)],
)
def test_numbers_as_they_are_typed(typed: str, number: int | None) -> None:
    answer, problems = read(csv([*HEAD, ROWS[0], ["Vol", typed, ""]]))
    assert problems == [] and answer
    count = answer.counts[1, 0]
    assert (count.low if count and count.low == count.high else None) == number


@pytest.mark.parametrize("typed", ["1er octobre 2014", "1/10/2014", "01.10.2014", "2014-10-01", "le 1 octobre 2014"])
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    answer, problems = read(csv([*HEAD[:4], ["Jour", typed], HEAD[5], *ROWS]))
    assert problems == [] and answer and answer.day == "2014-10-01"


@pytest.mark.parametrize(
    "typed", ["3,5", "environ 12", "12-15", "1.234", "-3", "<3", "douze", "12 mineurs", "–", "?", "12 13", "1 23"]
)
def test_what_is_no_number_is_told_by_its_cell_and_never_repeated(typed: str) -> None:
    answer, problems = read(csv([*HEAD, ROWS[0], ["Vol", "4", typed]]))
    assert answer is None and told(problems) == [("C8", "bad-number")]
    assert typed not in str(problems[0].facts)


@pytest.mark.parametrize(
    ("rows", "cell", "name"),
    [
        ([*HEAD[1:], *ROWS], "", "no-indicator"),
        ([["Indicateur", "essais"], *HEAD[1:], *ROWS], "B1", "unknown-indicator"),
        ([HEAD[0], ["Version", "1"], *HEAD[2:], *ROWS], "B2", "other-version"),
        ([*HEAD[:2], *HEAD[3:], *ROWS], "B1", "header-missing"),
        ([*HEAD[:4], ["Jour", "hier"], HEAD[5], *ROWS], "B5", "bad-day"),
        ([*HEAD[:4], ["Jour", "30/12/2013"], HEAD[5], *ROWS], "B5", "bad-day"),
        ([*HEAD[:4], ["Jour", "octobre 2014"], HEAD[5], *ROWS], "B5", "bad-day"),
        ([*HEAD[:4], ["Jour", "du 1/10/2014 au 3/10/2014"], HEAD[5], *ROWS], "B5", "bad-day"),
        ([*HEAD[:4], ["Jour", "1/10/2914"], HEAD[5], *ROWS], "B5", "bad-day"),
        ([*HEAD, ["Période : du 1er janvier 2014 au 31 décembre 2014."], *ROWS], "A7", "other-period"),
        ([*HEAD, ["Period: 2014"], *ROWS], "A7", "other-period"),
        ([*HEAD, *ROWS, ["Total", "11", ""]], "B10", "bad-total"),
        ([*HEAD, [*ROWS[0], "Total"], [*ROWS[1], "12"], ROWS[2]], "D8", "bad-total"),
        ([*HEAD, [*ROWS[0], "Total"], [*ROWS[1], "17"], ROWS[2]], "D8", "bad-total"),
        ([*HEAD, [*ROWS[0], "Total"], *ROWS[1:], ["Total", "12", "3", "12"]], "D10", "bad-total"),
        ([*HEAD, ["Total général", "12"], *ROWS], "A7", "header-unknown"),
        ([*HEAD, ["", "de 0 à 12 ans", "adultes"], *ROWS[1:]], "C7", "unknown-name"),
        ([*HEAD, *ROWS, ["Vols", "3", ""]], "A10", "unknown-name"),
        ([*HEAD, *ROWS, ["", "3", ""]], "A10", "unknown-name"),
        ([*HEAD, *ROWS, ["Vol", "3", ""]], "A10", "row-twice"),
        ([*HEAD, *ROWS, ["3 de plus en mars", "", ""]], "A10", "unread"),
        ([*HEAD, *ROWS, [], ["Trois filles sont venues deux fois."]], "A11", "unread"),
        ([*HEAD, *ROWS, [], ["", "", "Merci"]], "A11", "unknown-name"),
        ([["Nos filles de l'année"], *HEAD, *ROWS], "A1", "unread"),
        ([*HEAD, ["Combien ?"], ["Toutes à Paris"], *ROWS], "A8", "unread"),
        ([*HEAD, ["Combien de filles ?"], *ROWS], "A7", "other-question"),
        ([*HEAD[:5], ["Contact", "secrétariat", "le soir"], *ROWS], "C6", "unread"),
        ([*HEAD, [*ROWS[0], "Total"], [*ROWS[1], "12 ou 16"], ROWS[2]], "D8", "bad-total"),
        ([*HEAD, ["", "de 0 à 12 ans", "0-12"], *ROWS[1:]], "C7", "column-twice"),
        ([*HEAD, *ROWS[:2], ["Vol", "0", "nd", "3"]], "D9", "outside"),
        ([*HEAD], "", "no-table"),
    ],
)
def test_mistakes_have_their_cell(rows: list[list[str]], cell: str, name: str) -> None:
    answer, problems = read(csv(rows))
    assert answer is None and (cell, name) in told(problems)


def test_a_right_total_and_the_period_as_it_was_asked_are_no_mistakes() -> None:
    period = ["Période : du 1er janvier 2013 au 31 décembre 2013."]
    rows = [[*ROWS[0], "Total"], [*ROWS[1], "16"], [*ROWS[2], "40"], ["Total", "12", "4", "13"]]
    answer, problems = read(csv([*HEAD, period, *rows]))
    assert problems == [] and answer and answer.counts == WANTED


def workbook(change: Callable[[openpyxl.worksheet.worksheet.Worksheet], None] = lambda sheet: None) -> bytes:
    book = openpyxl.Workbook()
    for row in [*HEAD, *ROWS]:
        book.active.append([int(word) if word.isdigit() else word for word in row])
    change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read() -> None:
    answer, problems = read(workbook(lambda sheet: sheet.__setitem__("B5", date(2014, 10, 1))))
    assert problems == [] and answer and (answer.counts, answer.day) == (WANTED, "2014-10-01")


@pytest.mark.parametrize(
    ("change", "cell", "name"),
    [
        (lambda sheet: sheet.__setitem__("B8", "=3+4"), "B8", "cell-formula"),
        (lambda sheet: sheet.__setitem__("B8", date(2014, 3, 4)), "B8", "cell-date"),
        (lambda sheet: sheet.__setitem__("C7", date(2014, 12, 6)), "C7", "name-date"),
        (lambda sheet: sheet.merge_cells("B8:C8"), "B8", "cell-merged"),
        (lambda sheet: setattr(sheet.row_dimensions[8], "hidden", True), "A8", "cell-hidden"),
        (lambda sheet: setattr(sheet.column_dimensions["C"], "hidden", True), "C7", "cell-hidden"),
        (lambda sheet: sheet.__setitem__("B8", "#REF!"), "B8", "cell-faulty"),
        (lambda sheet: setattr(sheet["B8"], "comment", Comment("plutôt 31", "un essai")), "B8", "cell-remark"),
        (lambda sheet: setattr(sheet["B8"], "font", Font(strike=True)), "B8", "cell-remark"),
        (lambda sheet: setattr(sheet["B8"], "number_format", "0%"), "B8", "bad-number"),
        (lambda sheet: setattr(sheet["B8"], "number_format", ";;;"), "B8", "cell-hidden"),
        (lambda sheet: setattr(sheet["B8"], "number_format", "#,##0,"), "B8", "cell-hidden"),
        (lambda sheet: setattr(sheet["B9"], "number_format", "0;-0;;@"), "B9", "cell-hidden"),
    ],
)
def test_what_a_workbook_hides_is_told(
    change: Callable[[openpyxl.worksheet.worksheet.Worksheet], None], cell: str, name: str
) -> None:
    answer, problems = read(workbook(change))
    assert answer is None and (cell, name) in told(problems)


def test_a_total_may_be_a_formula() -> None:
    def change(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["D7"], sheet["D8"], sheet["A10"], sheet["B10"] = "Total", "=B8+C8", "Total", "=B8+B9"

    answer, problems = read(workbook(change))
    assert problems == [] and answer and answer.counts == WANTED


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:body><office:spreadsheet>
 <table:table table:name="Feuille1">{rows}<table:table-row table:number-rows-repeated="1048000"><table:table-cell
 table:number-columns-repeated="1024"/></table:table-row></table:table></office:spreadsheet></office:body>
</office:document-content>"""


def opendocument(
    change: Callable[[str], str] = lambda rows: rows, lines: Sequence[Sequence[str]] = ()
) -> bytes:  # fmt: skip
    """An .ods file of these lines."""

    def cell(word: str) -> str:
        kind = f'office:value-type="float" office:value="{word}"' if word.isdigit() else 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{word.replace('<', '&lt;')}</text:p></table:table-cell>"

    rows = "\n".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in lines or [*HEAD, *ROWS])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(zipfile.ZipInfo("content.xml"), ODS.format(rows=change(rows)))
    return out.getvalue()


def test_an_opendocument_spreadsheet_is_read() -> None:
    answer, problems = read(opendocument())
    assert problems == [] and answer and answer.counts == WANTED


WORDS = '<table:table-cell office:value-type="string"><text:p>'
TWELVE = 'office:value-type="float" office:value="12"'


@pytest.mark.parametrize(
    ("old", "new", "cell", "name"),
    [
        (TWELVE, 'table:formula="of:=3+9" ' + TWELVE, "B8", "cell-formula"),
        (TWELVE, 'table:number-columns-spanned="2" ' + TWELVE, "B8", "cell-merged"),
        (f"{TWELVE}>", f"{TWELVE}><office:annotation><text:p>31 ?</text:p></office:annotation>", "B8", "cell-remark"),
        (f"{TWELVE}><text:p>12", 'office:value-type="percentage" office:value="12"><text:p>1200 %', "B8", "bad-number"),
        (TWELVE, 'office:value-type="date" office:date-value="2014-03-04"', "B8", "cell-date"),
        (f"{TWELVE}><text:p>12<", f"{TWELVE}><text:p><", "B8", "cell-hidden"),
        (
            f"<table:table-row>{WORDS}Mendicité", f'<table:table-row table:visibility="filter">{WORDS}Mendicité',
            "A8", "cell-hidden",
        ),
    ],
)  # fmt: skip
def test_what_an_opendocument_spreadsheet_hides_is_told(old: str, new: str, cell: str, name: str) -> None:
    answer, problems = read(opendocument(lambda rows: rows.replace(old, new, 1)))
    assert answer is None and (cell, name) in told(problems)


def with_merge(area: str) -> bytes:
    """A workbook that says it merges an area; the library would make every cell of it."""
    parts = unpack(workbook(lambda sheet: sheet.merge_cells("A20:B21")))
    return pack({name: part.replace(b"A20:B21", area.encode()) for name, part in parts.items()})


def test_files_that_give_no_table_say_why() -> None:
    wide = with_merge("A20:XFD1048576")
    for data, name in [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "grid-old"),
        (b"x" * 6_000_000, "grid-big"),
        ("«»€".encode("utf-7"), ""),
        (workbook()[:900], "grid-other"),
        (wide, "grid-large"),
        (b'Indicateur;"essai', "grid-quotes"),
        (csv([[""] * 80 + ["1"]]), "grid-large"),
    ]:
        try:
            grids("f", data)
        except UnreadableGrid as error:
            assert error.name == name


def test_cells_are_named_as_spreadsheets_do() -> None:
    assert [reference(0, 0), reference(6, 1), reference(0, 26), reference(9, 701)] == ["A1", "B7", "AA1", "ZZ10"]


# ---------------------------------------------------------------- definitions


def test_the_shipped_dictionary_is_sound_and_its_one_number_is_no_count_of_minors() -> None:
    shipped = dictionary(SHIPPED)
    assert {i.threshold for i in shipped.indicators} == {5, 11}
    (quoted,) = shipped.quoted_figures
    assert (quoted.number, quoted.people) == (54, "tous-ages")
    assert "pas un nombre de mineurs" in quoted.text("reserve", "fr")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    age: moins de 18 ans\n", "", rules.MISSING_KEY),
        ("    question: Combien ?\n", "", rules.MISSING_KEY),
        ("unite: personne", "unite: enfants", rules.BAD_VALUE),
        ("seuil: 5", "seuil: 3", rules.BAD_VALUE),
        ("[forme, age]", "[forme, ages]", rules.BAD_VALUE),
        ("[forme, age]", "[age, age]", rules.BAD_VALUE),
        ("chevauchement: inconnu", "chevauchement: aucun", rules.MISSING_KEY),
        ("fin: 2013-12-31", "fin: 2012-12-31", rules.BAD_VALUE),
        ("id: vol,", "id: mendicite,", rules.DUPLICATE_IDENTIFIER),
    ],
)
def test_a_count_that_is_not_fully_defined_is_refused(old: str, new: str, code: rules.Rule) -> None:
    assert old in SMALL
    _, problems = read_indicators(Source(INDICATORS, SMALL.replace(old, new, 1), ""))
    assert [problem.rule for problem in problems] == [code]


# ---------------------------------------------------------------- together


def _answer(association: str, *counts: CountRange | None) -> Answer:
    return Answer(association, "essai", dict(zip([(0, 0), (0, 1), (1, 0), (1, 1)], counts, strict=True)), association)


def test_a_sum_is_given_with_the_greatest_single_count() -> None:
    indicator = dictionary().indicators[0]
    answers = [
        _answer("a", CountRange(12, 12), CountRange(1, 4), None, None),
        _answer("b", CountRange(7, 7), CountRange(0, 0), CountRange(3, 3), None),
    ]
    both = combine(indicator, answers, ["a", "b", "c"])
    assert (both.greatest_count((0, 0)), both.sums[0, 0]) == (12, CountRange(19, 19))
    assert (both.greatest_count((0, 1)), both.sums[0, 1]) == (1, CountRange(1, 4))
    assert both.partial == {(1, 0)} and both.unknown == {(1, 1)}
    assert (both.respondents, both.nonrespondents) == (("a", "b"), ("c",))


def test_two_answers_to_one_question_are_set_aside() -> None:
    kept, problems = without_double_answers(
        [_answer("a", None, None, None, None)] * 1 + [_answer("b", None, None, None, None)]
    )
    assert len(kept) == 2 and problems == []
    one, other = (_answer("a", None, None, None, None) for _ in range(2))
    kept, problems = without_double_answers([one, other])
    assert kept == [] and [problem.name for problem in problems] == ["answered-twice"]


def test_merged_values_are_printed_as_one() -> None:
    merge = "{id: mineurs, nom: de 0 à 17 ans, nom_en: 0 to 17, dimension: age, valeurs: [0-12, 13-17]}"
    text = f"{SMALL}    fusions:\n      - {merge}\n"
    indicator = dictionary(text).indicators[0]
    both = combine(indicator, [_answer("a", CountRange(3, 3), CountRange(4, 4), None, CountRange(2, 2))], ["a"])
    assert [c.id for c in indicator.printed_dimensions[1].categories] == ["mineurs"]
    assert (both.sums[0, 0], both.partial) == (CountRange(7, 7), {(1, 0)})


def test_raw_files_are_outside_git_and_outside_what_is_frozen(tmp_path: Path) -> None:
    assert "/contributions/*/chiffres/" in (PRODUCT / ".gitignore").read_text(encoding="utf-8")
    raw = ("contributions/a/chiffres/essai.csv", "contributions/a/chiffres/note.txt", "contributions/a/Essai.XLSX")
    for path in (*raw, "contributions/a/association.yaml", "chapters/outline.yaml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("12")
    assert set(unpack(sources(tmp_path))) == {"contributions/a/association.yaml", "chapters/outline.yaml"}


def test_the_names_to_choose_from_are_told_apart_by_a_sign_that_stands_in_no_persons_name() -> None:
    """« Esclavage domestique, Travail forcé » was masked at the door, as a name and a surname."""
    _, (problem,) = read(csv([*HEAD, *ROWS, ["Récolte", "3", ""]]))
    assert problem.name == "unknown-name" and problem.facts["nearest"].split(" ; ") == ["Mendicité forcée", "Vol"]


# ---------------------------------------------------------------- several sheets in one file

OPEN_HEAD = [*HEAD[:2], *([key, ""] for key, _ in HEAD[2:])]
EMPTY_ROWS = [ROWS[0], ["Mendicité forcée", "", ""], ["Vol", "", ""]]


def sheet(number: str, rows: list[list[str]]) -> SheetGrid:
    cells = ((at, beside, GridCell(text)) for at, row in enumerate(rows) for beside, text in enumerate(row))
    return grid("contributions/a/chiffres/essai.xlsx", number, cells)


def test_a_sheet_left_as_it_was_sent_is_no_answer_and_no_mistake() -> None:
    sheets = [sheet("1", [*OPEN_HEAD, *EMPTY_ROWS]), sheet("2", [*HEAD, *ROWS])]
    assert [one.sheet for one in filled_sheets(sheets, dictionary())] == ["2"]


def test_a_table_left_open_under_a_source_says_that_nobody_knows() -> None:
    (only,) = filled_sheets([sheet("1", [*HEAD, *EMPTY_ROWS])], dictionary())
    answer, problems = answer_of(only, "a", dictionary())
    assert problems == [] and answer and set(answer.counts.values()) == {None}


def test_a_file_left_as_it_was_sent_is_told_once() -> None:
    blank = [sheet(number, [*OPEN_HEAD, *EMPTY_ROWS]) for number in "12"]
    found = [problem for one in filled_sheets(blank, dictionary()) for problem in answer_of(one, "a", dictionary())[1]]
    assert [(problem.name, problem.cell) for problem in found] == [("blank-file", "")]


def test_what_stands_above_one_table_is_said_of_the_others_that_leave_it_open() -> None:
    other = [*HEAD[:3], ["Méthode", "entretiens"], *OPEN_HEAD[4:], *ROWS]
    first, second = filled_sheets([sheet("1", [*HEAD, *ROWS]), sheet("2", other)], dictionary())
    answer, problems = answer_of(second, "a", dictionary())
    assert problems == [] and answer
    assert (answer.method, answer.day, answer.counts) == ("entretiens", "2014-10-01", WANTED)
    assert first.cells == sheet("1", [*HEAD, *ROWS]).cells


def test_a_hidden_sheet_is_told_once() -> None:
    def change(one: openpyxl.worksheet.worksheet.Worksheet) -> None:
        one.parent.create_sheet("vue")
        one.sheet_state = "hidden"

    (table, *_) = grids("essai.xlsx", workbook(change))
    answer, problems = answer_of(table, "a", dictionary())
    assert answer is None and told(problems) == [("A1", "cell-hidden")]
