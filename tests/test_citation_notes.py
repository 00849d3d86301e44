"""`citations: notes` in the outline: works cited in notes, whole the first time, short afterwards, in merged order."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from pdf_reader import Reader
from rapport import cli, pipeline, tree
from rapport.examination.opening import open_cache
from rapport.model import Document, Edition
from rapport.proof.protection import _stands_in
from rapport.safeguarding.scan import Finding

pytestmark = pytest.mark.slow

SYMBOL = """
@report{co4, author = {{Comité inventé}}, title = {Observations}, number = {CRC/C/FRA/CO/4}, date = {2009-06-22}}
@legal{traite, title = {Un traité inventé}, shorttitle = {Traité}, number = {A/RES/55/25}, date = {2000-05-25}}
@jurisdiction{arret, title = {Inventé c. Pays}, number = {requête n° 1/05}, date = {2005-07-26}}
"""
FINDINGS = """
Un fait [@co4, par. 76]. Un « mot » [@co4, par. 77] [@livre2010, p. 4], et @livre2010 le dit; non [@traite, art. 3].

### Un titre [@co4, par. 12]

[@traite] le demande[^9].

Un arrêt [@arret], cité de nouveau [@arret, par. 2].

| A | B |
|---|---|
| un [@co4] | deux |

: Une légende [@livre2010]

[^9]: Voir aussi [@co4, par. 5].
"""


@pytest.fixture
def noted(project: Path) -> Path:
    outline = project / "chapters" / "outline.yaml"
    text = outline.read_text("utf-8")
    outline.write_text(text.replace("  date_limite_sources:", "  citations: notes\n  date_limite_sources:"), "utf-8")
    bib = project / "bibliography.bib"
    bib.write_text(bib.read_text("utf-8") + SYMBOL, "utf-8")
    path = project / "contributions" / "beta" / "travail-force.md"
    path.write_text(path.read_text("utf-8").replace("## Constat\n", f"## Constat\n{FINDINGS}"), "utf-8")
    return project


def laid_out(project: Path, language: str = "fr") -> Document:
    cache = open_cache(project)
    _, document, problems = pipeline.lay_out(pipeline.examine(project, cache), Edition.DRAFT, cache, language)
    assert document is not None and not problems
    return document


def notes(document: Document) -> list[str]:
    pages = [
        *document.front_matter,
        *(node for chapter in document.chapters for node in chapter),
        *document.back_matter,
    ]
    return [
        tree.text(tree.blocks(note)).replace("\u00a0", " ").replace("\u202f", " ") for note in tree.find(pages, "Note")
    ]


def test_the_first_note_says_a_work_whole_and_a_later_one_names_it(noted: Path) -> None:
    document = laid_out(noted)
    found = notes(document)
    assert [note for note in found if re.search("CRC|traité|Aut(?:eur|rice)", note)] == [
        "Comité inventé, Observations, CRC/C/FRA/CO/4, 22 juin 2009, par. 76.",
        "CRC/C/FRA/CO/4, par. 77 ; Auteur (Inventé), Un livre inventé, Éditeur inventé, 2010, p. 4.",
        "Auteur, Un livre inventé.",
        "Un traité inventé, A/RES/55/25, 25 mai 2000, art. 3.",
        "Voir aussi CRC/C/FRA/CO/4, par. 5.",
        "CRC/C/FRA/CO/4.",
        "Une autre note inventée (Autrice (Inventée), « Un article inventé », Revue inventée, 2014).",
        "Auteur, Un livre inventé.",
    ]
    text = "\n".join(tree.text(node) for chapter in document.chapters for node in chapter).replace("\u00a0", " ")
    assert "Un titre (CRC/C/FRA/CO/4, par. 12)" in text and "(Traité) le demande." in text
    assert "l’ouvrage de Auteur." in text and "Une légende (Auteur, Un livre inventé)" in text
    assert "Un « mot », et Auteur" in text  # no space is left where a call stands
    listed = [n for n in tree.walk(list(document.back_matter)) if n["t"] == "Div" and tree.has_class(n, "csl-entry")]
    assert [tree.identifier(entry) for entry in listed if "--later" in tree.identifier(entry)] == []
    assert not re.search(r"\d{4}[a-z]\b", "".join(map(tree.text, listed)))


def test_a_case_is_in_italics_each_time_that_it_is_cited(noted: Path) -> None:
    document = laid_out(noted)
    pages = [node for chapter in document.chapters for node in chapter]
    emphasised = [tree.find(tree.blocks(note), "Emph") for note in tree.find(pages, "Note")]
    assert [tree.text(one) for emphs in emphasised for one in emphs].count("Inventé c. Pays") == 2


@pytest.mark.parametrize("language", ["fr", "en"])
def test_all_three_outputs_are_proved(noted: Path, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["build", "--root", str(noted), "--report-language", language]) in (0, 1)
    assert "vérifié" in capsys.readouterr().out
    suffix = "" if language == "fr" else "-en"
    pdf = Reader((noted / "build" / f"rapport-projet{suffix}.pdf").read_bytes()).text
    with zipfile.ZipFile(noted / "build" / f"rapport-projet{suffix}.docx") as word:
        links = re.findall(r"<w:hyperlink w:anchor=.*?</w:hyperlink>", word.read("word/footnotes.xml").decode())
    assert links and not [link for link in links if "rStyle" in link]  # they lead to the list, in the colour of notes
    assert "CRC/C/FRA/CO/4,par" in pdf.replace("\u00a0", "") and "(Auteur,2010)" not in pdf


def test_a_later_note_begins_with_a_capital_and_a_title_has_its_own_letters(project: Path, noted: Path) -> None:
    bib = noted / "bibliography.bib"
    works = """
@legal{loi, title = {Une loi inventée}, shorttitle = {loi n°\u00a01}, date = {2013-08-05}}
@book{enfance, author = {Auteur, Inventé}, title = {e-Enfance}, date = {2012}}
@book{abc, title = {abécédaire}, date = {2012}}
"""
    bib.write_text(bib.read_text("utf-8") + works, "utf-8")
    path = noted / "contributions" / "beta" / "travail-force.md"
    cited = "Un [@loi]. Deux [@loi, art. 3]. Trois [voir @loi]. Quatre [@abc]. Cinq [@abc, p. 2]."
    cited += " Six [@enfance]. Sept [@loi; @loi]."
    path.write_text(path.read_text("utf-8").replace("## Constat\n", f"## Constat\n\n{cited}\n"), "utf-8")
    found = notes(laid_out(noted))
    assert found[1 : found.index("Loi n° 1 ; loi n° 1.") + 1] == [
        "Une loi inventée, 2013.",
        "Loi n° 1, art. 3.",
        "Voir loi n° 1.",
        "abécédaire, 2012.",
        "abécédaire, p. 2.",
        "Auteur (Inventé), e-Enfance, 2012.",
        "Loi n° 1 ; loi n° 1.",
    ]


def test_an_author_named_in_a_note_stops_no_edition(noted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bib = noted / "bibliography.bib"
    bib.write_text(bib.read_text("utf-8").replace("{Auteur, Inventé}", "{Peyroux, Olivier}"), "utf-8")
    assert cli.run(["build", "--root", str(noted)]) in (0, 1)
    assert "Olivier" not in capsys.readouterr().err
    assert "Peyroux(Olivier)" in Reader((noted / "build" / "rapport-projet.pdf").read_bytes()).text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "name", "known"),
    [
        ("Gouvernement inventé, Plan d'action national contre la traite.", "Plan", True),
        ("Un fait. Gouvernement inventé, Plan national.", "Gouvernement", True),
        ("Lucas a été vu au foyer.", "Lucas", False),
        ("Lucas.", "Lucas", False),
        ("Le plan de Lucas, un livre.", "Lucas", False),
    ],
)
def test_a_title_is_known_by_the_words_beside_it_and_a_name_alone_is_not(text: str, name: str, known: bool) -> None:
    works = "Gouvernementinventé2014Pland'actionnationalcontrelatraite\nLucasMarie2010Unlivreinventé".replace("'", "")
    works += "\nGouvernementinventéPlannational"
    assert _stands_in(works, Finding("name", name, text.find(name), len(name), text), text) is known


def test_another_word_is_refused(noted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outline = noted / "chapters" / "outline.yaml"
    outline.write_text(outline.read_text("utf-8").replace("citations: notes", "citations: note"), "utf-8")
    assert cli.run(["check", "--root", str(noted)]) == 1
    assert "« notes »" in capsys.readouterr().err
