"""The form of a workshop from Word and LibreOffice to its file: words to the letter, drawings, what stands beside.

The workshop is invented (`workshop_sample`); forms are filled in by programs that share nothing with ours.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
import pytest
from lxml import etree
from msgspec.structs import replace
from PIL import Image as Pillow

from office import needs_office
from rapport import cli, tree
from rapport.intake import workshop_answers
from rapport.intake.document import open_document
from rapport.intake.workshop_form import read
from rapport.office.archive import pack, unpack
from workshop_sample import PIECES

MADE = "contributions/alpha/enfants/atelier-invente.md"
ODF = {
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
WORKSHOP = {
    "Titre": ["Atelier inventé"], "Mois": ["mai 2014"], "Département": ["Rhône"],
    "Langues": ["français, roumain et ar"], "Nombre": ["8 enfants"],
    "Tranches": ["11 à 12 ans, 13–15"], "Qui accompagnait": ["une éducatrice"],
}  # fmt: skip
AGREED = {
    "L'enfant": ["Oui"], "Qui le représente": ["L'administrateur ad hoc"], "Date": ["20/05/2014"],
    "Où imprimer": ["projet, livret"],
}  # fmt: skip
SPOKEN = [
    {"Langue": [one.language], "Les mots": list(one.words), "Traduction": list(one.translation) or [""], **AGREED}
    for one in PIECES
]
Typed = Mapping[str, Sequence[str]]


def form_of(project: Path, suffix: str) -> bytes:
    assert cli.run(["forms", "--root", str(project), "--association", "alpha", "--children"]) == 0
    return (project / f"build/formulaires/alpha/atelier-enfants.{suffix}").read_bytes()


def filled_word(form: bytes, pieces: Sequence[Typed], workshop: Typed = WORKSHOP, drawing: bytes = b"") -> bytes:
    """The form with answers typed into its cells, a paragraph a line, as Word keeps them; a drawing in the first."""
    word = docx.Document(io.BytesIO(form))
    for at, (table, typed) in enumerate(zip(word.tables, (workshop, *pieces), strict=False)):
        for row in table.rows:
            asked = row.cells[0].text
            for name, lines in typed.items():
                if asked.startswith(name):
                    row.cells[1].paragraphs[0].add_run(lines[0])
                    for line in lines[1:]:
                        row.cells[1].add_paragraph(line)
            if drawing and asked == "Un dessin" and at == 1:
                row.cells[1].paragraphs[0].add_run().add_picture(io.BytesIO(drawing))
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def filled_odt(form: bytes, pieces: Sequence[Typed]) -> bytes:
    """The same as LibreOffice keeps it: runs of spaces and ends of lines as elements."""
    parts = {
        name: zipfile.ZipFile(io.BytesIO(form)).read(name) for name in zipfile.ZipFile(io.BytesIO(form)).namelist()
    }
    root = etree.fromstring(parts["content.xml"])
    for table, typed in zip(root.iter(f"{{{ODF['table']}}}table"), (WORKSHOP, *pieces), strict=False):
        for row in table.iter(f"{{{ODF['table']}}}table-row"):
            cells = row.findall("table:table-cell", ODF)
            asked = "".join(cells[0].itertext())
            for name, lines in typed.items():
                if asked.startswith(name):
                    place = cells[1].find("text:p", ODF)
                    place.getparent().replace(place, etree.fromstring(_odt_paragraph(lines)))
    parts["content.xml"] = etree.tostring(root)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _odt_paragraph(lines: Sequence[str]) -> str:
    from html import escape

    inside = "<t:line-break/>".join(map(escape, lines))
    inside = re.sub("  +", lambda found: f' <t:s t:c="{len(found[0]) - 1}"/>', inside)
    return f'<t:p xmlns:t="{ODF["text"]}">{inside}</t:p>'


def arrive(project: Path, name: str, content: bytes) -> None:
    place = project / "contributions/inbox" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)


def intake(project: Path, capsys: pytest.CaptureFixture[str], *typed: str) -> str:
    capsys.readouterr()
    cli.run(["intake", "--root", str(project), *typed])
    said = capsys.readouterr()
    return said.out + said.err


def made(project: Path) -> str:
    return (project / MADE).read_text(encoding="utf-8")


def assert_word_for_word(project: Path) -> None:
    for one in PIECES:
        for lines in (one.words, one.translation):
            assert "\n".join(f"> {line}" if line else ">" for line in lines) in made(project)


def picture(color: str = "white") -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (120, 80), color).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_from_the_form_to_the_file_word_for_word(
    project: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    form = form_of(project, suffix)
    arrive(project, f"atelier.{suffix}", filled_word(form, SPOKEN) if suffix == "docx" else filled_odt(form, SPOKEN))
    said = intake(project, capsys)
    assert "paroles reprises mot pour mot : 7 ; dessins : 0" in said
    assert "n'ont pas été repris" not in said
    assert_word_for_word(project)
    assert cli.run(["check", "--root", str(project)]) == 0
    assert capsys.readouterr().out.count("personne n'y a cherché un nom") == len(PIECES)
    (receipt,) = (project / "build/recus").glob("*.txt")
    assert "Paroles reprises, mot pour mot : 7 ; dessins : 0." in re.sub(
        r"\s+", " ", receipt.read_text(encoding="utf-8")
    )


@needs_office
@pytest.mark.parametrize("route", ["docx docx", "docx odt", "odt docx", "odt odt", "docx doc", "docx rtf"])
def test_a_form_saved_by_libreoffice(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], route: str
) -> None:
    came, goes = route.split()
    form = form_of(project, came)
    (tmp_path / f"a.{came}").write_bytes(filled_word(form, SPOKEN) if came == "docx" else filled_odt(form, SPOKEN))
    command = ["soffice", f"-env:UserInstallation={tmp_path.as_uri()}/profile", "--headless", "--convert-to", goes]
    command += ["--outdir", str(tmp_path / "out"), str(tmp_path / f"a.{came}")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    arrive(project, f"atelier.{goes}", (tmp_path / f"out/a.{goes}").read_bytes())
    said = intake(project, capsys)
    assert "paroles reprises mot pour mot : 7 ;" in said
    assert "n'ont pas été repris" not in said
    assert_word_for_word(project)


def test_what_people_type_is_written_in_the_projects_codes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arrive(project, "atelier.docx", filled_word(form_of(project, "docx"), SPOKEN[:1]))
    intake(project, capsys)
    for line in (
        "mois: '2014-05'", "langues: [fr, ro, ar]", "enfants: '8'", "ages: [11-12, 13-15]", "    enfant: 'oui'",
        "    representant: 'administrateur ad hoc'", "    accord_le: '2014-05-20'", "    editions: [projet, livret]",
    ):  # fmt: skip
        assert f"\n{line}\n" in made(project)


def test_a_form_that_explained_its_rows_otherwise_is_read(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Forms that are out in the world are older than the words of today: what stands in brackets may change."""
    parts = unpack(filled_word(form_of(project, "docx"), SPOKEN[:1]))
    whole = parts["word/document.xml"].decode()
    for today, before in (("Mois (et année)", "Mois (2014-05)"), ("(jour, mois, année)", "(2014-05-20)")):
        assert today in whole
        whole = whole.replace(today, before)
    arrive(project, "atelier.docx", pack({**parts, "word/document.xml": whole.encode()}))
    said = intake(project, capsys)
    assert "dans aucune case" not in said
    assert "\nmois: '2014-05'\n" in made(project) and "    accord_le: '2014-05-20'\n" in made(project)


@pytest.mark.parametrize(
    ("row", "typed"),
    [
        ("L'enfant", "oui, mais pas dans le livret"), ("L'enfant", "on verra"),
        ("Qui le représente", "pas encore d'administrateur ad hoc"), ("Date", "pas avant le 20 mai 2014"),
        ("Où imprimer", "pas dans le livret"), ("Où imprimer", "à voir : avec elle"),
    ],
)  # fmt: skip
def test_what_is_no_plain_answer_is_no_agreement(
    project: Path, capsys: pytest.CaptureFixture[str], row: str, typed: str
) -> None:
    arrive(project, "atelier.docx", filled_word(form_of(project, "docx"), [SPOKEN[0] | {row: [typed]}]))
    intake(project, capsys)
    cli.run(["check", "--root", str(project)])
    said = capsys.readouterr()
    assert re.search(r"atelier-invente\.md:\d+.*(E05|C17|E0\d)", said.out + said.err)
    assert cli.run(["booklet", "--root", str(project)]) != 0


def test_a_drawing_is_taken_with_what_it_shows(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn = {"Ce que montre": ["une porte bleue"], **AGREED}
    arrive(project, "atelier.docx", filled_word(form_of(project, "docx"), [drawn, *SPOKEN], drawing=picture("blue")))
    said = intake(project, capsys)
    assert "paroles reprises mot pour mot : 7 ; dessins : 1" in said
    assert "images qui n'ont pas été reprises" not in said
    text = made(project)
    assert "dessins:\n  - reference: D-01\n    image: atelier-invente-d-01.png\n    decrit: 'une porte bleue'\n" in text
    with Pillow.open((project / MADE).with_name("atelier-invente-d-01.png")) as shown:
        assert shown.size == (120, 80)
    cli.run(["check", "--root", str(project)])
    assert "D-01" in capsys.readouterr().out


def test_what_stands_beside_the_cells_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    word = docx.Document(io.BytesIO(filled_word(form_of(project, "docx"), SPOKEN[:2])))
    word.add_paragraph("et aussi jé peur des orages")
    word.add_paragraph().add_run().add_picture(io.BytesIO(picture()))
    out = io.BytesIO()
    word.save(out)
    arrive(project, "atelier.docx", out.getvalue())
    said = intake(project, capsys)
    assert "n'ont pas été repris : et aussi jé peur des orages" in said
    assert "images qui n'ont pas été reprises : 1" in said


def test_answers_that_are_wanted_are_asked_for(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = {"Langue": ["fr"], "Les mots": ["on ma rien demandé"]}
    arrive(project, "atelier.docx", filled_word(form_of(project, "docx"), [bare]))
    said = intake(project, capsys)
    assert "parole ou dessin 1, sans réponse : L'enfant est d'accord ; Qui le représente est d'accord" in said


def test_a_workshop_that_is_there_is_never_replaced_unasked_and_a_step_is_taken_back(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = form_of(project, "docx")
    arrive(project, "atelier.docx", filled_word(form, SPOKEN))
    intake(project, capsys)
    first = made(project)
    (project / MADE).write_text(first.replace("une éducatrice", "une interprète"), encoding="utf-8")
    noted = made(project)
    arrive(project, "encore.docx", filled_word(form, SPOKEN))
    arrive(project, "corrige.docx", filled_word(form, SPOKEN[:1]))
    said = intake(project, capsys)
    assert "existe déjà, et n'est pas remplacé" in said
    assert made(project) == noted
    said = intake(project, capsys, str(project / "contributions/inbox/corrige.docx"), "--replace")
    assert "paroles reprises mot pour mot : 1 ;" in said
    assert "P-02" not in made(project)
    intake(project, capsys, "--undo", MADE)
    assert made(project) == noted
    intake(project, capsys, "--undo", MADE)
    assert not (project / MADE).exists()


def test_an_empty_form_and_an_unknown_association_are_asked_about(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = form_of(project, "docx")
    arrive(project, "vide.docx", form)
    assert "sans parole ni dessin" in intake(project, capsys)
    assert not (project / MADE).parent.exists()


def test_the_same_form_saved_anew_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = filled_word(form_of(project, "docx"), SPOKEN)
    arrive(project, "atelier.docx", form)
    intake(project, capsys)
    (project / MADE).write_text(made(project).replace("une éducatrice", "une interprète"), encoding="utf-8")
    noted = made(project)
    word = docx.Document(io.BytesIO(form))
    word.core_properties.comments = "saved anew"
    out = io.BytesIO()
    word.save(out)
    arrive(project, "encore.docx", out.getvalue())
    assert "rien de nouveau pour" in intake(project, capsys)
    assert made(project) == noted


@pytest.mark.parametrize(
    ("from_", "to"), [("lécol", ""), ("lécol", "l'école"), ("nu vreau sa ma intorc, mie frica", "")]
)
def test_a_lost_word_is_not_called_word_for_word(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, from_: str, to: str
) -> None:
    spoil = workshop_answers.workshop_text
    monkeypatch.setattr(workshop_answers, "workshop_text", lambda *given: spoil(*given).replace(from_, to))
    arrive(project, "atelier.docx", filled_word(form_of(project, "docx"), SPOKEN))
    said = intake(project, capsys)
    assert "mot pour mot" not in said
    assert "le compte des mots ne prouve pas que tout y est" in said
    (receipt,) = (project / "build/recus").glob("*.txt")
    assert "mot pour mot" not in re.sub(r"\s+", " ", receipt.read_text(encoding="utf-8"))


def test_what_is_withdrawn_is_gone_from_the_texts_kept_to_be_put_back(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = form_of(project, "docx")
    arrive(project, "atelier.docx", filled_word(form, SPOKEN))
    intake(project, capsys)
    arrive(project, "corrige.docx", filled_word(form, SPOKEN[:3]))
    intake(project, capsys, str(project / "contributions/inbox/corrige.docx"), "--replace")
    kept = list((project / "contributions/inbox/recus").glob("avant-*.md"))
    assert any(PIECES[0].words[0] in path.read_text(encoding="utf-8") for path in kept)
    asked = ["children", "--root", str(project), "--association", "alpha", "--piece", "P-01", "--withdraw"]
    assert cli.run(asked) == 0
    left = [path for path in project.rglob("*") if path.is_file() and path.suffix != ".docx"]
    assert not [path for path in left if PIECES[0].words[0].encode() in path.read_bytes()]
    assert PIECES[1].words[-1] in made(project)


def test_a_drawing_goes_with_no_other_childs_agreement(project: Path) -> None:
    drawn = {"Ce que montre": ["une porte bleue"], **AGREED}
    data = filled_word(form_of(project, "docx"), [drawn, *SPOKEN], drawing=picture("blue"))
    document = open_document("atelier.docx", data)
    assert [len(one.pictures) for one in read(document, data)][:3] == [0, 1, 0]
    first = next(at for at, one in enumerate(document.blocks) if tree.kind(one) == "Table")
    shorter = replace(document, blocks=(*document.blocks[:first], *document.blocks[first + 1 :]))
    assert not any(one.pictures for one in read(shorter, data))
