"""Decisions made where people work: in the table of remarks, by reviewer, and for what was done by hand."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from office import OFFICE, needs_office
from rapport.office.row_names import read_name
from rapport.review.collect import ledger
from rapport.review.collect.ledger import ACCEPTED, ANSWERED, APPLIED, COMMENT, OPEN, REFUSED
from test_decisions import PATH, TEXT, Desk, frozen_with

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return frozen_with(TEXT, tmp_path_factory.mktemp("projet figé"))


@pytest.fixture
def desk(frozen: Path, tmp_path: Path) -> Desk:
    return Desk(Path(shutil.copytree(frozen, tmp_path / "projet")))


def asked(desk: Desk) -> list[str]:
    return desk.keep(
        desk.remark("premier", "dernier", "point", state=OPEN),
        desk.remark("net", "là", "arrête", state=OPEN),
        desk.remark("vivent", "", "récit", state=OPEN, genre=COMMENT, texte="Où ?"),
        desk.remark("dix", "onze", "cas", state=OPEN),
    )


def filled(desk: Desk, said: dict[str, tuple[str, str]]) -> bytes:
    """The table as it was made, filled in: the id of a remark → the decision and the answer."""
    assert desk.run("review") == 0
    word = docx.Document(desk.root / "build/relecture/remarques.docx")
    for row in (row for table in word.tables for row in table.rows):
        name = read_name(row.cells[1].text)
        if name and name[0] in said:
            choice, answer = said[name[0]]
            if choice:
                row._tr.find(f".//{qn('w:sdtContent')}//{qn('w:t')}").text = choice
            row.cells[-1].paragraphs[0].add_run(answer)
    held = io.BytesIO()
    word.save(held)
    return held.getvalue()


def test_a_table_filled_in_is_recorded_once(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    first, second, question, last = asked(desk)
    said = {first: ("accepter", "merci"), second: ("refuser", ""), question: ("", "en ville"), last: ("sans doute", "")}
    inbox = desk.root / "contributions/inbox/remarques.docx"
    inbox.parent.mkdir(exist_ok=True)
    inbox.write_bytes(filled(desk, said))
    capsys.readouterr()
    assert desk.run("decide", "--file", "remarques.docx") == 1
    screen = capsys.readouterr().out
    assert f"[{last}]" in screen and "sans doute" in screen
    kept = desk.kept
    assert [kept[one].etat for one in (first, second, question, last)] == [ACCEPTED, REFUSED, ANSWERED, OPEN]
    assert (kept[first].reponse, kept[question].reponse) == ("merci", "en ville")
    before = (desk.root / ledger.LEDGER).read_bytes()
    assert desk.run("decide", "--file", "remarques.docx") == 1
    assert (desk.root / ledger.LEDGER).read_bytes() == before


def test_a_row_left_alone_takes_no_later_decision_back(desk: Desk) -> None:
    first, *_ = asked(desk)
    (desk.root / "vieux.docx").write_bytes(filled(desk, {}))
    assert desk.run("decide", first, "--refuse") == 0
    assert desk.run("decide", "--file", "vieux.docx") == 0
    assert desk.kept[first].etat == REFUSED


@pytest.mark.parametrize("verb", ["intake", "review"])
def test_a_table_in_the_inbox_is_no_text_and_no_draft(
    desk: Desk, verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first, *_ = asked(desk)
    folder = "contributions/inbox/reviews" if verb == "review" else "contributions/inbox"
    inbox = desk.root / folder / "mes remarques.docx"
    inbox.parent.mkdir(parents=True, exist_ok=True)
    inbox.write_bytes(filled(desk, {first: ("accepter", "")}))
    before = {path: path.read_bytes() for path in (desk.root / "contributions").glob("*/*.md")}
    kept = desk.kept
    capsys.readouterr()
    assert desk.run(verb) == 0
    screen = capsys.readouterr().out
    named = "reviews/mes remarques.docx" if verb == "review" else "mes remarques.docx"
    assert f'make decide FILE="{named}"' in screen, screen
    assert desk.kept == kept
    assert {path: path.read_bytes() for path in (desk.root / "contributions").glob("*/*.md")} == before
    assert desk.run("decide", "--file", named) == 0
    assert desk.kept[first].etat == ACCEPTED


@needs_office
@pytest.mark.parametrize("format", ["odt", "docx"])
def test_a_table_saved_by_libreoffice_says_the_same(desk: Desk, tmp_path: Path, format: str) -> None:
    first, second, *_ = asked(desk)
    (tmp_path / "remarques.docx").write_bytes(filled(desk, {first: ("accepter", ""), second: ("refuser", "non")}))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", format, "--outdir", str(tmp_path / "fait")]
    subprocess.run([*command, str(tmp_path / "remarques.docx")], check=True, capture_output=True, timeout=180)
    assert desk.run("decide", "--file", str(tmp_path / "fait" / f"remarques.{format}")) == 0
    assert [desk.kept[one].etat for one in (first, second)] == [ACCEPTED, REFUSED]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.4"])
def test_what_is_no_table_is_told(desk: Desk, content: bytes) -> None:
    (desk.root / "remarques.docx").write_bytes(content)
    assert desk.run("decide", "--file", "remarques.docx") == 2
    assert desk.run("decide", "--file", "absente.docx") == 2


def test_a_reviewer_is_named_whole(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    jeanne, marie, anne, question = desk.keep(
        desk.remark("premier", "dernier", "point", state=OPEN, relecteur="Jeanne"),
        desk.remark("net", "là", "arrête", state=OPEN, relecteur="Anne-Marie"),
        desk.remark("dix", "onze", "cas", state=OPEN, relecteur="Re\u0301mi Anne"),
        desk.remark("vivent", "", "récit", state=OPEN, genre=COMMENT, texte="Où ?", relecteur="Rémi Anne"),
    )
    assert desk.run("decide", "--reviewer", "Anne", "--accept") == 2
    said = capsys.readouterr().err
    assert "Anne-Marie" in said and "Jeanne" not in said
    assert {remark.etat for remark in desk.kept.values()} == {OPEN}
    assert desk.run("decide", "--reviewer", "rémi  anne", "--accept") == 0
    assert [desk.kept[one].etat for one in (jeanne, marie, anne, question)] == [OPEN, OPEN, ACCEPTED, OPEN]


def test_two_names_are_one_person_where_the_editor_says_so(desk: Desk) -> None:
    one, other = desk.keep(
        desk.remark("premier", "dernier", "point", state=OPEN, relecteur="Claire Exemple"),
        desk.remark("net", "là", "arrête", state=OPEN, relecteur="cexemple"),
    )
    people = desk.root / "contributions/drafts/relecteurs.yaml"
    people.write_text("Claire Exemple: [cexemple]\n", encoding="utf-8")
    assert desk.run("decide", "--reviewer", "Claire Exemple", "--refuse") == 0
    assert {desk.kept[name].etat for name in (one, other)} == {REFUSED}
    against = desk.keep(
        *(
            desk.remark("premier", word, "point", state=OPEN, relecteur=who)
            for word, who in (("dernier", "Claire Exemple"), ("second", "cexemple"), ("tiers", "Anne"))
        )
    )
    assert desk.run("review") == 0
    assert [desk.kept[name].contredit for name in against[:2]] == [(against[2],), (against[2],)]
    assert desk.kept[against[2]].contredit == tuple(against[:2])
    people.write_text("- Claire\n", encoding="utf-8")
    assert desk.run("decide", "--reviewer", "Claire Exemple", "--reopen") == 2


def test_what_was_done_by_hand_is_ticked_and_can_be_taken_back(desk: Desk) -> None:
    done, still = desk.keep(desk.remark("2012", "2013", "attendent"), desk.remark("net", "là", "arrête", state=OPEN))
    assert desk.run("apply") == 0
    assert desk.run("decide", still, "--done") == 2
    assert desk.run("decide", done, "--done") == 0
    assert (desk.kept[done].etat, desk.kept[done].suite) == (APPLIED, "fait à la main")
    assert desk.run("answers") == 0
    page = (desk.root / "build/suites/observations.html").read_text("utf-8")
    assert "Acceptée, reportée dans le texte à la main." in page and "En cours d&#x27;examen." in page
    assert desk.run("decide", done, "--reopen") == 0
    assert desk.kept[done].etat == OPEN


def test_a_reviewer_is_told_what_is_true_of_each_remark(desk: Desk) -> None:
    written, there, waits, refused = desk.keep(
        desk.remark("premier", "dernier", "point"),
        desk.remark("Une analyse inventée aussi", "Une analyse inventée enfin", "aussi"),
        desk.remark("2012", "2013", "attendent"),
        desk.remark("net", "là", "arrête", state=REFUSED, reponse="Le mot est juste."),
    )
    path = desk.root / PATH
    path.write_text(desk.text.replace("Une analyse inventée aussi", "Une analyse inventée enfin"), encoding="utf-8")
    assert desk.run("apply") == 0
    assert desk.run("answers") == 0
    page = (desk.root / "build/suites/observations.html").read_text("utf-8")
    rows = dict(re.findall(r'<tr id="([^"]+)">.*?<td>([^<]*)</td></tr>', page))
    assert rows == {
        written: "Acceptée, écrite dans le texte.", there: "Acceptée, déjà dans le texte.",
        waits: "Acceptée, à reporter dans le texte.", refused: "Non retenue. Le mot est juste.",
    }  # fmt: skip
