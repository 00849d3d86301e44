"""The tables of figures of our form: asked where they belong, read back cell by cell, told where to be mended."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from count_forms import ROW, SAID, cells_of, changed, fill_counts, rows_of, type_into, with_dictionary
from form_filler import MARKDOWN, fill_docx, fill_odt, google
from rapport import cli, pipeline
from rapport.examination.opening import open_cache
from rapport.figures.collection import Collection, collect
from rapport.figures.counts import CountRange
from rapport.figures.grids.grid import GridCell, Odd
from rapport.figures.indicators import project_dictionary
from rapport.forms import files as forms
from rapport.intake.conversion import convert_file
from rapport.intake.figure_answers import _same_cells
from rapport.intake.plan import plan_of
from rapport.intake.proof import account_for
from rapport.intake.states import EditorChoices, IncomingFile, IntakeResult
from rapport.office import convert
from rapport.office.namespaces import q

pytestmark = pytest.mark.slow
OFFICE = bool(shutil.which("soffice"))
BOTH = pytest.mark.parametrize("suffix", ["docx", "odt"])


@pytest.fixture
def counted(project: Path) -> Path:
    return with_dictionary(project)


def blank(project: Path, suffix: str, theme: str = "", language: str = "fr") -> bytes:
    """The form of beta as `make forms` writes it."""
    chosen = ["--theme", theme] if theme else []
    assert cli.run(["forms", "--root", str(project), "--association", "beta", *chosen, "--lang", language]) == 0
    return (project / forms.FOLDER / "beta" / f"{theme or forms.OPEN}.{suffix}").read_bytes()


def taken(project: Path, name: str, data: bytes) -> IntakeResult:
    examined = pipeline.examine(project, open_cache(project))
    plan = plan_of(examined, project_dictionary(project))
    return convert_file(IncomingFile(name, data), plan, EditorChoices(), open_cache(project))


def send(project: Path, name: str, data: bytes) -> int:
    inbox = project / "contributions" / "inbox"
    inbox.mkdir(exist_ok=True)
    (inbox / name).write_bytes(data)
    return cli.run(["intake", "--root", str(project)])


def kept(project: Path) -> dict[str, str]:
    """What stands in the folder of beta's figures, by its name."""
    folder = project / "contributions" / "beta" / "chiffres"
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return {file.name: file.read_bytes().decode("utf-8-sig") for file in files}


def collected(project: Path) -> Collection:
    return collect(project, ["alpha", "beta", "gamma"], project_dictionary(project))


def receipts(project: Path) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in (project / "build/recus").rglob("*.txt"))


# ---------------------------------------------------------------- what is asked


def test_a_form_of_a_theme_asks_for_its_row_alone(counted: Path) -> None:
    one = taken(counted, "a.docx", fill_counts(blank(counted, "docx", "mendicite")))
    assert [[cell.text for cell in row] for row in one.counts[0].rows] == [
        ["", "de 0 à 12 ans", "de 13 à 17 ans"], ["Mendicité forcée", "7812", "<5"],
    ]  # fmt: skip
    assert [count.indicator for count in one.counts] == ["essai"]
    whole = taken(counted, "b.docx", fill_counts(blank(counted, "docx")))
    assert [len(count.rows) for count in whole.counts] == [4, 1]


def test_a_form_asks_nothing_where_nothing_is_defined_or_left_to_answer(counted: Path) -> None:
    assert taken(counted, "a.docx", fill_counts(blank(counted, "docx", "parole"))).counts == ()
    assert send(counted, "a.docx", fill_counts(fill_docx(blank(counted, "docx", "mendicite")))) == 0
    assert taken(counted, "b.docx", fill_counts(blank(counted, "docx", "mendicite"))).counts == ()
    other = taken(counted, "c.docx", fill_counts(blank(counted, "docx", "travail-force")))
    assert [row[0].text for row in other.counts[0].rows] == ["", "Travail forcé"]


# ---------------------------------------------------------------- filled in, and back


@BOTH
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_untouched_table_gives_nothing(counted: Path, suffix: str, language: str) -> None:
    for theme in ("", "mendicite"):
        assert taken(counted, f"a.{suffix}", blank(counted, suffix, theme, language)).problem == "blank"


@BOTH
def test_a_table_filled_in_is_kept_apart_from_the_text(
    counted: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    form = blank(counted, suffix, "mendicite")
    text = (fill_docx if suffix == "docx" else fill_odt)(form)
    assert send(counted, f"envoi.{suffix}", fill_counts(text)) == 0, capsys.readouterr()
    contribution = (counted / "contributions/beta/mendicite.md").read_text(encoding="utf-8")
    assert contribution == MARKDOWN
    said = capsys.readouterr().out
    assert "formulaire-mendicite-essai.csv" in said and "cases remplies dans votre fichier, 5 ; gardées telles" in said
    assert kept(counted) == {
        "formulaire-mendicite-essai.csv": "Indicateur;essai\r\nVersion;2\r\nSource;\"registre inventé ; fiches\"\r\n"
        "Methode;dossiers comptés\r\nJour;2014-10-03\r\nContact;service inventé\r\n\r\n"
        ";de 0 à 12 ans;de 13 à 17 ans\r\nMendicité forcée;7812;<5\r\n\r\n"
    }  # fmt: skip
    (answer,) = collected(counted).answers
    assert (answer.counts[1, 0], answer.counts[1, 1]) == (CountRange(7812, 7812), CountRange(1, 4))
    assert (answer.source, answer.day) == (SAID["Source"], "2014-10-03")
    everywhere = [path for path in counted.rglob("*") if path.is_file() and "inbox" not in path.parts]
    shown = [path for path in everywhere if path.suffix in (".md", ".yaml", ".txt", ".html")]
    assert shown and not [path for path in shown if b"7812" in path.read_bytes()] and "7812" not in said
    assert cli.run(["figures", "--root", str(counted)]) == 0


@BOTH
def test_nothing_of_a_form_with_figures_is_lost(counted: Path, suffix: str) -> None:
    form = blank(counted, suffix, "mendicite")
    one = taken(counted, f"a.{suffix}", fill_counts((fill_docx if suffix == "docx" else fill_odt)(form)))
    account = account_for(one, None, open_cache(counted))
    assert account and account.is_complete and one.text == MARKDOWN
    assert [name.name for name in one.contribution.questions if name.name == "form-remark"] == []


def test_a_form_with_figures_through_google_docs(counted: Path) -> None:
    filled = fill_counts(fill_docx(blank(counted, "docx", "mendicite")))
    one = taken(counted, "google.docx", google(filled))
    assert one.text == MARKDOWN
    assert [[cell.text for cell in row[1:]] for row in one.counts[0].rows[1:]] == [ROW["Mendicité forcée"]]


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize("to", ["docx", "odt"])
def test_figures_through_libreoffice(counted: Path, to: str) -> None:
    filled = {
        "mot.docx": fill_counts(fill_docx(blank(counted, "docx", "mendicite"))),
        "libre.odt": fill_counts(fill_odt(blank(counted, "odt", "mendicite"))),
    }
    for name, data in convert.convert(filled, to).items():
        one = taken(counted, f"{name}.{to}", data)
        assert one.text == MARKDOWN, name
        assert [[cell.text for cell in row] for row in one.counts[0].rows[1:]] == [["Mendicité forcée", "7812", "<5"]]
        assert one.counts[0].answers["jour"] == "2014-10-03"
        account = account_for(one, None, open_cache(counted))
        assert account and account.is_complete


def test_a_form_with_figures_alone_needs_no_theme(counted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = fill_counts(blank(counted, "docx"), rows={"Mendicité forcée": ["12", "nd"], "Nombre": ["40"]})
    assert send(counted, "a.docx", form) == 0, capsys.readouterr()
    said = capsys.readouterr().out.replace("\u00a0", " ").replace("\u202f", " ")
    assert "ne porte que des chiffres" in said and "fichiers dont les chiffres sont gardés : 1 ;" in said
    assert sorted(kept(counted)) == ["formulaire-libre-en-tout.csv", "formulaire-libre-essai.csv"]
    answers = {answer.indicator: answer for answer in collected(counted).answers}
    assert answers["en-tout"].counts == {(): CountRange(40, 40)}
    assert answers["essai"].counts[1, 0] == CountRange(12, 12) and answers["essai"].counts[0, 0] is None


def test_what_is_said_once_is_said_for_the_next_table_too(counted: Path) -> None:
    first = {"Mendicité forcée": ["12", "nd"], "Nombre": ["40"]}
    form = fill_counts(blank(counted, "docx"), {}, first)
    done: list[int] = []

    def say(table: object) -> None:
        if not done and len(rows_of(table)) == 7:
            done.append(1)
            for row, text in zip(rows_of(table)[3:], SAID.values(), strict=True):
                type_into(cells_of(row)[1], text)

    send(counted, "a.docx", changed(form, say))
    assert {answer.indicator: answer.source for answer in collected(counted).answers} == dict.fromkeys(
        ("essai", "en-tout"), SAID["Source"]
    )


# ---------------------------------------------------------------- what has to be mended


@BOTH
def test_a_mistake_is_told_by_its_row_and_column_and_never_repeated(
    counted: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    said = {name: text for name, text in SAID.items() if name != "Contact"} | {"Jour": "avant-hier"}
    form = fill_counts(blank(counted, suffix, "mendicite"), said, {"Mendicité forcée": ["3,5", "=2+6"]})
    send(counted, f"a.{suffix}", form)
    table = "À corriger, tableau « Mineurs d'un essai »"
    wanted = [
        f"{table}, ligne « Mendicité forcée », colonne « de 0 à 12 ans » : écrivez un nombre entier",
        f"{table}, ligne « Mendicité forcée », colonne « de 13 à 17 ans » : écrivez un nombre entier",
        f"{table}, ligne « Contact : le service à qui le demander » : il manque ici",
        f"{table}, ligne « Jour du comptage » : écrivez le jour du comptage ainsi",
    ]
    shown, told = capsys.readouterr().out, receipts(counted).replace("\u00a0", " ").replace("\u202f", " ")
    for line in wanted:
        assert line in shown and line in " ".join(told.split()), line
    assert not [text for text in (shown, told) if "3,5" in text or "2+6" in text]
    assert "3,5;'=2+6" in kept(counted)["formulaire-mendicite-essai.csv"].replace('"', "")
    capsys.readouterr()
    assert cli.run(["figures", "--root", str(counted)]) == 1
    assert "écrivez un nombre entier" in capsys.readouterr().out


def test_merged_cells_are_told_and_no_number_is_read_from_them(
    counted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def merge(table: object) -> None:
        row = rows_of(table)[1]
        if len(cells_of(row)) == 3:
            first, second = cells_of(row)[1:]
            look = first.find(q("w:tcPr"))
            look.insert(1, look.makeelement(q("w:gridSpan"), {q("w:val"): "2"}))
            row.remove(second)

    send(counted, "a.docx", changed(fill_counts(blank(counted, "docx", "mendicite")), merge))
    assert "des cases sont fusionnées" in capsys.readouterr().out
    assert collected(counted).answers == () and "7812 (cases fusionnées)" in str(kept(counted))


def test_another_row_and_words_of_ones_own_are_not_lost(counted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def write(table: object) -> None:
        rows = rows_of(table)
        if len(rows) == 2:
            type_into(cells_of(rows[1])[0], " et vols")
        else:
            type_into(cells_of(rows[1])[1], " Deux mots inventés.")

    send(counted, "a.docx", changed(fill_counts(blank(counted, "docx", "mendicite")), write))
    text = str(kept(counted))
    assert "Mendicité forcée et vols;7812;<5" in text and "Deux mots inventés." in text
    told = capsys.readouterr().out
    assert "n'est pas dans la liste" in told and "ce qui est écrit ici ne serait pas lu" in told


def test_an_answer_to_an_older_version_is_told(counted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = fill_counts(blank(counted, "docx", "mendicite"))
    dictionary = counted / "chapters" / "indicateurs.yaml"
    dictionary.write_text(dictionary.read_text(encoding="utf-8").replace("version: 2", "version: 3"), encoding="utf-8")
    send(counted, "a.docx", form)
    assert "n'est pas à la version 3" in capsys.readouterr().out
    assert collected(counted).answers == () and "7812" in str(kept(counted))


# ---------------------------------------------------------------- again, and back


def test_a_later_form_takes_the_place_of_the_first_and_undo_gives_it_back(
    counted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = blank(counted, "docx", "mendicite")
    send(counted, "un.docx", fill_counts(form))
    first = kept(counted)
    send(counted, "deux.docx", fill_counts(form, rows={"Mendicité forcée": ["7813", "<5"]}))
    assert list(kept(counted)) == list(first) and "7813" in str(kept(counted))
    assert cli.run(["intake", "--root", str(counted), "--undo", "oui"]) == 0
    assert kept(counted) == first
    assert cli.run(["intake", "--root", str(counted), "--undo", "un.docx"]) == 0
    assert kept(counted) == {}
    capsys.readouterr()
    assert cli.run(["intake", "--root", str(counted), str(counted / "contributions/inbox/un.docx")]) == 0
    assert kept(counted) == first
    journal = (counted / "contributions/inbox/journal.yaml").read_text(encoding="utf-8")
    assert "7812" not in journal and "7813" not in journal


def test_undo_takes_back_the_text_and_the_figures_of_a_form(counted: Path) -> None:
    send(counted, "a.docx", fill_counts(fill_docx(blank(counted, "docx", "mendicite"))))
    assert kept(counted) and (counted / "contributions/beta/mendicite.md").is_file()
    assert cli.run(["intake", "--root", str(counted), "--undo", "a.docx"]) == 0
    assert kept(counted) == {} and not (counted / "contributions/beta/mendicite.md").exists()


def test_figures_that_the_editor_corrected_stay(counted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = blank(counted, "docx", "mendicite")
    send(counted, "un.docx", fill_counts(form))
    (name,) = kept(counted)
    place = counted / "contributions/beta/chiffres" / name
    place.write_bytes(place.read_bytes().replace(b"7812", b"7000"))
    capsys.readouterr()
    send(counted, "deux.docx", fill_counts(form, rows={"Mendicité forcée": ["7813", "<5"]}))
    assert "a été corrigé depuis" in capsys.readouterr().out
    assert "7000" in kept(counted)[name] and len(kept(counted)) == 2
    assert [problem.name for problem in collected(counted).problems] == ["answered-twice"]


def test_the_rows_of_two_forms_are_one_answer(counted: Path) -> None:
    for theme, row in (("mendicite", "Mendicité forcée"), ("travail-force", "Travail forcé")):
        form = blank(counted, "docx", theme)
        send(counted, f"{theme}.docx", fill_counts(form, rows={row: ["12", "0"]}))
    (answer,) = collected(counted).answers
    assert {cell: answer.counts[cell] for cell in answer.places} == {
        (0, 0): CountRange(12, 12), (0, 1): CountRange(0, 0), (1, 0): CountRange(12, 12), (1, 1): CountRange(0, 0),
    }  # fmt: skip
    assert answer.counts[2, 0] is None and collected(counted).problems == ()


@BOTH
def test_an_open_form_asks_for_the_rows_that_are_missing_alone(counted: Path, suffix: str) -> None:
    send(counted, "un.docx", fill_counts(blank(counted, "docx", "mendicite")))
    rest = {"Travail forcé": ["12", "0"], "Autre forme": ["9", "nd"], "Nombre": ["7"]}
    form = fill_counts(blank(counted, suffix), rows=rest)
    assert [[row[0].text for row in count.rows[1:]] for count in taken(counted, f"a.{suffix}", form).counts] == [
        ["Travail forcé", "Autre forme"], [],
    ]  # fmt: skip
    send(counted, f"deux.{suffix}", form)
    assert all(answer.is_whole for answer in collected(counted).answers) and collected(counted).problems == ()


# ---------------------------------------------------------------- spreadsheets


def workbook(change: Callable[[Worksheet], None]) -> bytes:
    """A filled-in questionnaire, changed."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    head = [["Indicateur", "essai"], ["Version", "2"], *([name, text] for name, text in SAID.items())]
    head[4][1] = "2014-10-03"
    for row in (*head, [], ["", "de 0 à 12 ans", "de 13 à 17 ans"], ["Travail forcé", 7812, "nd"]):
        sheet.append(row)
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(cell: str, value: object) -> Callable[[Worksheet], None]:
    return lambda sheet: sheet.__setitem__(cell, value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda sheet: None, ""),
        (lambda sheet: sheet.merge_cells("B9:C9"), "B9 : des cases sont fusionnées"),
        (_put("C9", "=B9*2"), "C9 : c'est une formule"),
        (_put("C9", date(2014, 5, 3)), "C9 : le tableur a changé ce nombre en date"),
        (lambda sheet: setattr(sheet.row_dimensions[9], "hidden", True), "A9 : cette case est dans une ligne"),
        (lambda sheet: setattr(sheet.column_dimensions["B"], "hidden", True), "B8 : cette case est dans une ligne"),
    ],
    ids=["sound", "merged", "formula", "date", "row", "column"],
)
def test_a_spreadsheet_has_its_receipt_and_is_taken_back(
    counted: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Worksheet], None], told: str
) -> None:
    folder = counted / "contributions" / "inbox" / "beta"
    folder.mkdir(parents=True)
    (folder / "reponse.xlsx").write_bytes(workbook(change))
    cli.run(["intake", "--root", str(counted)])
    said = " ".join(receipts(counted).replace("\u00a0", " ").replace("\u202f", " ").split())
    number = re.search(r"remplies dans votre fichier, (\d+) ; gardées telles quelles, (\d+)", said)
    assert number and number[1] == number[2] and int(number[1]) > 12
    shown = capsys.readouterr().out
    assert told in said and "7812" not in said + shown and "dont les chiffres sont gardés" in shown
    (answer,) = collected(counted).answers if not told else [None]
    assert answer is None or answer.counts[0, 0] == CountRange(7812, 7812)
    place = counted / "contributions/beta/chiffres"
    assert len(list(place.iterdir())) == 1
    assert cli.run(["intake", "--root", str(counted), "--undo", "beta/reponse.xlsx"]) == 0
    assert list(place.iterdir()) == []
    assert cli.run(["intake", "--root", str(counted), str(folder / "reponse.xlsx")]) == 0
    assert len(list(place.iterdir())) == 1


def test_a_questionnaire_as_it_was_sent_out_is_no_answer(counted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["figures", "--root", str(counted)]) == 0
    folder = counted / "contributions" / "inbox" / "beta"
    folder.mkdir(parents=True)
    (folder / "reponse.xlsx").write_bytes((counted / "build/chiffres/questionnaire-beta.xlsx").read_bytes())
    capsys.readouterr()
    cli.run(["intake", "--root", str(counted)])
    said = " ".join(receipts(counted).replace("\u00a0", " ").replace("\u202f", " ").split())
    assert "aucun nombre n'y a été écrit" in said and "remplissez-le" in said
    assert "gardées telles quelles" not in said and "chiffres sont gardés" not in capsys.readouterr().out
    assert kept(counted) == {}


def test_each_sheet_of_a_workbook_is_counted_against_itself(counted: Path) -> None:
    """Both sheets fill the same places; the receipt must not hold one against the other."""

    def add(sheet: Worksheet) -> None:
        other = sheet.parent.create_sheet("autre")
        for row in [["Indicateur", "en-tout"], ["Version", "1"], *([n, "2014-10-03"] for n in SAID), [], ["Nombre", 7]]:
            other.append(row)

    folder = counted / "contributions" / "inbox" / "beta"
    folder.mkdir(parents=True)
    (folder / "reponse.xlsx").write_bytes(workbook(add))
    cli.run(["intake", "--root", str(counted)])
    said = " ".join(receipts(counted).replace("\u00a0", " ").replace("\u202f", " ").split())
    told = re.findall(r"remplies dans votre fichier, (\d+) ; gardées telles quelles, (\d+)", said)
    assert told == [("17", "17"), ("14", "14")]


def test_a_cell_that_another_reader_has_otherwise_is_told() -> None:
    read = {(0, 0): GridCell("12"), (0, 1): GridCell("", Odd.FORMULA), (0, 2): GridCell("1 200"), (1, 0): GridCell("7")}
    assert _same_cells(read, {(0, 0): "13", (0, 1): "=A1*2", (0, 2): "1200.0", (1, 0): "7", (2, 0): "7"}) == 3
