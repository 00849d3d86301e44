"""The page for a meeting: what is asked of one addressee, from the public edition alone, on one page."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pikepdf
import pytest

from docx_sample import Word, said
from office import OFFICE, needs_office
from pdf_reader import Reader
from rapport import cli
from rapport.messages.stop import USAGE

ADDRESSEES = """
destinataires:
  - nom: Au Parlement
    nom_en: To Parliament
    autres_noms: [législateur]
  - nom: Au ministère inventé
  - nom: À la mairie inventée
"""
UNION = """\
  - nom: Au syndicat inventé
    themes: [mendicite]
    rencontre: rencontre-inventee
"""
MEETING = """\
  calendrier:
    - id: rencontre-inventee
      date: 2014-09-10
      heure: 16:30
      lieu: siège inventé
      evenement: Rencontre inventée
      participants: [alpha]
      source: inventé
"""
TEXT = """\
---
titre: Un texte inventé
date: 2014-12-01
auteurs: Bêta
diffusion: publique
---

## Constat

Une première phrase inventée. En 2013, elle a suivi 12 dossiers inventés[^1].

[^1]: Un bilan inventé.

## Analyse au regard de la Convention

Une analyse inventée.

## Bonnes pratiques

Le groupe inventé se réunit chaque mois. Rien de plus.

## Recommandations

- **Au Parlement** (CIDE 3) : inventer une règle.
- **Au Parlement et au ministère inventé** (CIDE 12 ; clé) : inventer un suivi.

::: confidentiel
- **Au Parlement** (CIDE 34) : ne rien dire de ceci.
:::
"""


@pytest.fixture
def asked(project: Path) -> Path:
    outline = project / "chapters/outline.yaml"
    outline.write_text(outline.read_text(encoding="utf-8") + ADDRESSEES, encoding="utf-8")
    (project / "contributions/beta/mendicite.md").write_text(TEXT, encoding="utf-8")
    return project


def words(path: Path) -> str:
    return " ".join(said(Word(path.read_bytes()).body).split())


def test_a_page_in_word_and_pdf_without_what_is_confidential(asked: Path) -> None:
    assert cli.run(["briefs", "--addressee", "parlement", "--root", str(asked)]) == 0
    page = asked / "build/fiches/parlement"
    told = words(page.with_suffix(".docx"))
    assert told.index("Inventer un suivi.") < told.index("Inventer une loi.") < told.index("Inventer une règle.")
    assert "Une première phrase inventée. En 2013, elle a suivi 12 dossiers inventés." in told
    assert "Un bilan inventé." in told and "Le groupe inventé se réunit chaque mois." in told
    assert "Rien de plus" not in told and "ne rien dire de ceci" not in told and "écoute" not in told
    pdf = page.with_suffix(".pdf").read_bytes()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
        assert str(opened.Root.Lang) == "fr-FR"
    assert Reader(pdf).says("Inventer un suivi.")


def test_without_a_name_every_addressee_of_whom_something_is_asked(
    asked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["briefs", "--root", str(asked)]) == 0
    made = {path.name for path in (asked / "build/fiches").iterdir()}
    assert made == {f"{name}.{kind}" for name in ("parlement", "ministere-invente") for kind in ("docx", "pdf")}
    assert "aucune recommandation n'est adressée à : À la mairie inventée" in capsys.readouterr().out
    before = {path: path.read_bytes() for path in (asked / "build/fiches").iterdir()}
    assert cli.run(["briefs", "--root", str(asked)]) == 0
    assert before == {path: path.read_bytes() for path in (asked / "build/fiches").iterdir()}


def test_one_of_whom_nothing_is_asked_reads_what_is_asked_of_others_on_its_themes(
    asked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = asked / "chapters/outline.yaml"
    text = outline.read_text(encoding="utf-8").replace("  - nom: À la mairie inventée\n", UNION)
    outline.write_text(text.replace("  date: 2015-02-28\n", f"{MEETING}  date: 2015-02-28\n", 1), encoding="utf-8")
    assert cli.run(["briefs", "--addressee", "syndicat inventé", "--root", str(asked)]) == 0
    page = asked / "build/fiches/syndicat-invente"
    told = words(page.with_suffix(".docx")).replace("\u00a0", " ")
    assert (
        "Rencontre inventée, 10 septembre 2014, 16 h 30, siège inventé" in told
        and "Délégation : Association Alpha" in told
    )
    assert "Ce que nous demandons, et à qui" in told and re.search(r"R\d+ – Au Parlement – CIDE 3", told)
    assert "Inventer une règle." in told and "Inventer une loi." not in told, "of its own themes alone"
    with zipfile.ZipFile(page.with_suffix(".docx")) as word:
        assert b"Calibri" not in word.read("word/styles.xml")
        assert [name for name in word.namelist() if name.endswith(".odttf")] == [
            f"word/fonts/font{n}.odttf" for n in (1, 2)
        ]
    outline.write_text(text.replace("themes: [mendicite]", "themes: [mendicites]"), encoding="utf-8")
    capsys.readouterr()
    assert cli.run(["check", "--root", str(asked)]) == 1
    said = "".join(capsys.readouterr())
    assert "« mendicites »" in said and "« mendicite »" in said and "« rencontre-inventee »" in said


@needs_office
@pytest.mark.slow
def test_the_word_page_is_one_page_on_a_machine_without_its_fonts(asked: Path, tmp_path: Path) -> None:
    long = "- **Au Parlement** (CIDE 3) : inventer longuement une règle et toutes ses exceptions, numéro {}.\n"
    text = TEXT.replace("::: confidentiel", "".join(long.format(n) for n in range(12)) + "\n::: confidentiel")
    (asked / "contributions/beta/mendicite.md").write_text(text, encoding="utf-8")
    assert cli.run(["briefs", "--addressee", "parlement", "--root", str(asked)]) == 0
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    typed = [profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([str(OFFICE), *typed, str(asked / "build/fiches/parlement.docx")], check=True, capture_output=True)
    with pikepdf.open(tmp_path / "parlement.pdf") as opened:
        assert len(opened.pages) == 1


@pytest.mark.parametrize(("typed", "answer"), [("législateurs", "Au Parlement"), ("CFDT", "parmi les destinataires")])
def test_a_name_mistyped_is_asked(asked: Path, capsys: pytest.CaptureFixture[str], typed: str, answer: str) -> None:
    assert cli.run(["briefs", "--addressee", typed, "--root", str(asked)]) == USAGE
    assert answer in capsys.readouterr().err
    assert not (asked / "build/fiches").exists()


def test_a_long_list_stays_on_one_page(asked: Path) -> None:
    long = "- **Au Parlement** (CIDE 3) : " + "inventer longuement une règle et ses exceptions, " * 12 + "numéro {}.\n"
    text = TEXT.replace("::: confidentiel", "".join(long.format(n) for n in range(12)) + "\n::: confidentiel")
    (asked / "contributions/beta/mendicite.md").write_text(text, encoding="utf-8")
    assert cli.run(["briefs", "--addressee", "Au Parlement", "--root", str(asked)]) == 0
    with pikepdf.open(asked / "build/fiches/parlement.pdf") as opened:
        assert len(opened.pages) == 1
    told = words(asked / "build/fiches/parlement.docx")
    shown = set(re.findall(r"R\d+ (?=–)", told.replace("\u00a0", " ")))
    others = re.findall(
        r"R\d+", told.partition("autres recommandations vous sont adressées dans le rapport")[2].partition(".")[0]
    )
    assert shown and others and shown.isdisjoint(f"{one} " for one in others) and len(shown) + len(others) == 15


def test_a_fact_is_understood_alone_and_says_where_it_comes_from(asked: Path) -> None:
    findings = """Le premier bilan inventé compte 40 dossiers [@livre2010, art. 3].

L'étude inventée montre cette double position dans 30 dossiers [@livre2010].

Les services inventés ont, en 2012, trois tâches :

- accueillir les 20 enfants qui arrivent [@livre2010] ;
- écouter les 20 enfants qui arrivent [@livre2010] ;

Trois services inventés l'ont dit à 12 reprises [@livre2010]."""
    text = TEXT.replace("Une première phrase inventée. En 2013, elle a suivi 12 dossiers inventés[^1].", findings)
    practice = (
        "Les équipes inventées ont trois habitudes :\n\n- accueillir les enfants inventés ensemble ;\n- écouter ;"
    )
    text = text.replace("[^1]: Un bilan inventé.\n", "").replace(
        "Le groupe inventé se réunit chaque mois. Rien de plus.", practice
    )
    (asked / "contributions/beta/mendicite.md").write_text(text, encoding="utf-8")
    assert cli.run(["briefs", "--addressee", "parlement", "--root", str(asked)]) == 0
    told = words(asked / "build/fiches/parlement.docx")
    assert "Le premier bilan inventé compte 40 dossiers" in told
    source = told.partition("40 dossiers")[2]
    assert "Un livre inventé" in source.partition("paragraphe")[0], "the work, as the bibliography has it"
    assert not any(words in told for words in ("double position", "accueillir", "ont dit", "trois tâches", "habitudes"))


def test_the_page_in_english(asked: Path) -> None:
    assert cli.run(["briefs", "--addressee", "To Parliament", "--report-language", "en", "--root", str(asked)]) == 0
    assert "What we ask" in words(asked / "build/fiches/parlement-en.docx")
