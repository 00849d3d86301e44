"""Who is asked what, and what is still missing: rows left out are no answer, and are asked for alone."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from conftest import lay_stock
from rapport import cli, pipeline
from rapport.examination.opening import open_cache
from rapport.figures import INDICATORS, PUBLISHED
from rapport.figures.asking import expected_answers, missing_part
from rapport.figures.collection import answers_expected, collect
from rapport.figures.counts import Answer, CountRange
from rapport.figures.indicators import project_dictionary
from rapport.figures.network import Cell
from rapport.submission.registers import read_registers
from test_figures_files import csv, dictionary
from test_figures_publication import WIDE, run

HEAD = [
    ["Indicateur", "essai"], ["Version", "2"], ["Source", "registre inventé"], ["Méthode", "m"], ["Jour", "2014-10-01"],
    ["Contact", "c"],
]  # fmt: skip
AGES = ["les plus jeunes", "les moyens", "les plus grands"]
ROWS = {"Mendicité": [30, 20, 30], "Cambriolage": [12, 18, 40], "Sport": [22, 9, 50]}


@pytest.fixture
def collecting(tmp_path: Path) -> Path:
    root = lay_stock(tmp_path / "projet")
    (root / INDICATORS).write_text(WIDE, encoding="utf-8")
    return root


def answer(root: Path, association: str, *rows: str, columns: int = 3) -> None:
    folder = root / "contributions" / association / "chiffres"
    folder.mkdir(exist_ok=True)
    lines = [[row, *map(str, ROWS[row][:columns])] for row in rows]
    (folder / "reponse.csv").write_bytes(csv([*HEAD, ["", *AGES[:columns]], *lines]))


def missing(*cells: Cell) -> list[list[str]] | None:
    """The values of each dimension of what is asked again, where these places are missing."""
    indicator = dictionary(WIDE).indicators[0]
    every = frozenset((row, column) for row in range(3) for column in range(3))
    part = missing_part(indicator, indicator, every - frozenset(cells))
    return [[one.id for one in dimension.categories] for dimension in part.dimensions] if part else None


def test_what_is_missing_is_rows_or_columns_or_asked_again_whole() -> None:
    assert missing() is None
    assert missing((1, 0), (1, 1), (1, 2)) == [["b"], ["x", "y", "z"]]
    assert missing((0, 2), (1, 2), (2, 2)) == [["a", "b", "c"], ["z"]]
    assert missing((0, 0)) == [["a", "b", "c"], ["x", "y", "z"]]


def test_a_count_may_be_asked_of_some_alone() -> None:
    known = dictionary(WIDE.replace("chevauchement: inconnu", "chevauchement: inconnu, demande_a: [beta]"))
    asked = {name: list(expected_answers(known, [], name)) for name in ("alpha", "beta")}
    assert asked["alpha"] == [] and [one.indicator.id for one in asked["beta"]] == ["essai"]
    given = Answer("beta", "essai", {(r, c): CountRange(1, 1) for r in range(3) for c in range(3)}, "b")
    assert list(expected_answers(known, [given], "beta")) == []


def test_an_association_that_there_is_not_is_told(collecting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = WIDE.replace("chevauchement: inconnu", "chevauchement: inconnu, demande_a: [betta]")
    (collecting / INDICATORS).write_text(text, encoding="utf-8")
    status, said = run(collecting, capsys)
    assert status == 1 and "« betta », qui n'est pas une association du projet" in said and "beta" in said
    assert not (collecting / "build" / "chiffres").exists()


def test_whoever_is_not_asked_is_not_silent(collecting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = WIDE.replace("chevauchement: inconnu", "chevauchement: inconnu, demande_a: [alpha, beta]")
    (collecting / INDICATORS).write_text(text, encoding="utf-8")
    answer(collecting, "alpha", *ROWS)
    _, said = run(collecting, capsys)
    assert "ont répondu (1 sur 2)" in said and "Gamma" not in said
    assert [file.name for file in (collecting / "build/chiffres").iterdir()] == ["questionnaire-beta.xlsx"]


def test_a_partial_answer_is_told_by_its_rows_and_asked_for_alone(
    collecting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(collecting, "alpha", *ROWS)
    answer(collecting, "beta", "Mendicité")
    _, said = run(collecting, capsys, "--publish")
    assert "ont répondu (1 sur 3) : Association Alpha\n" in said
    assert "a répondu en partie : Association Bêta (il manque : Cambriolage ; Sport)" in said
    page = (collecting / "chapters/chiffres.md.j2").read_text(encoding="utf-8")
    assert "Réponse complète : 1 sur les 3 associations interrogées. En partie seulement : 1 d’entre elles." in page
    assert "en_partie: [beta]" in (collecting / PUBLISHED).read_text(encoding="utf-8")
    book = openpyxl.load_workbook(collecting / "build/chiffres/questionnaire-beta.xlsx")
    rows = [row[0].value for row in book["essai"].iter_rows()]
    assert rows[-2:] == ["Cambriolage", "Sport"] and "Mendicité" not in rows
    assert "essai" in openpyxl.load_workbook(collecting / "build/chiffres/questionnaire-gamma.xlsx").sheetnames


def test_the_rest_sent_later_makes_the_answer_whole(collecting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer(collecting, "beta", "Mendicité")
    run(collecting, capsys)
    file = collecting / "build/chiffres/questionnaire-beta.xlsx"
    book = openpyxl.load_workbook(file)
    sheet = book["essai"]
    for line in list(sheet.iter_rows()):
        if line[0].value in ROWS:
            for cell, number in zip(line[1:], ROWS[str(line[0].value)], strict=False):
                sheet.cell(cell.row, cell.column).value = number
        elif line[0].value in ("Source", "Méthode", "Jour", "Contact"):
            sheet.cell(line[0].row, 2).value = "2014-10-02"
    out = io.BytesIO()
    book.save(out)
    (collecting / "contributions/beta/chiffres/suite.xlsx").write_bytes(out.getvalue())
    status, said = run(collecting, capsys)
    assert status == 0 and "en partie" not in said and "ont répondu (1 sur 3) : Association Bêta" in said


def test_columns_left_out_are_named_too(collecting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer(collecting, "beta", *ROWS, columns=2)
    assert "Association Bêta (il manque : les plus grands)" in run(collecting, capsys)[1]


def test_the_dashboard_and_reminders_say_what_is_missing(collecting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def reminded(association: str) -> str:
        cli.run(["reminders", "--root", str(collecting), "--date", "2014-11-01"])
        file = collecting / f"build/rappels/{association}.txt"
        return " ".join(file.read_text(encoding="utf-8-sig").split()) if file.is_file() else ""

    assert "Vos chiffres" not in reminded("gamma")  # nobody has begun
    answer(collecting, "alpha", *ROWS)
    answer(collecting, "beta", "Mendicité", "Sport")
    run(collecting, capsys)
    plain = lambda text: text.replace("\u00a0", " ").replace("\u202f", " ")  # noqa: E731
    assert "il manque encore : Cambriolage" in plain(reminded("beta"))
    assert "questionnaire-gamma.xlsx" in plain(reminded("gamma")) and "Vos chiffres" not in reminded("alpha")
    assert cli.run(["desk", "--root", str(collecting)]) == 0
    desk = plain((collecting / "build/tableau-de-bord.html").read_text(encoding="utf-8"))
    assert "Association Bêta, « Mineurs | d'un essai » : il manque encore : Cambriolage" in desk.replace("&#39;", "'")


def test_files_of_figures_are_read_once_for_hidden_numbers_and_for_what_is_owed(
    collecting: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(collecting, "alpha", *ROWS)
    names = list(pipeline.examine(collecting, open_cache(collecting)).associations)
    known = project_dictionary(collecting)
    owed = answers_expected(known, collect(collecting, names, known), names)
    assert pipeline.examine(collecting, open_cache(collecting)).owed_figures is None  # nothing is published
    assert run(collecting, capsys, "--publish")[0] == 0
    examined = pipeline.examine(collecting, open_cache(collecting))
    assert examined.owed_figures == owed and owed
    monkeypatch.setattr("rapport.figures.collection.collect", None)  # whoever reads again fails
    assert read_registers(collecting, names, examined.owed_figures).figures == owed


def test_answers_expected_leaves_out_who_owes_nothing(collecting: Path) -> None:
    answer(collecting, "alpha", *ROWS)
    known = project_dictionary(collecting)
    expected = answers_expected(known, collect(collecting, ["alpha", "beta"], known), ["alpha", "beta"])
    assert list(expected) == ["beta"] and not expected["beta"][0].is_begun
