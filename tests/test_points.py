"""Earlier observations: which of our paragraphs answer each point, in the annex, on the desk and in the forms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from docx_sample import Word, said
from form_filler import CARD, fill_docx
from rapport import cli
from rapport.examination.opening import open_cache
from rapport.forms.docx import as_docx
from rapport.forms.page import compose
from rapport.intake.conversion import convert_file
from rapport.intake.plan import plan_of
from rapport.intake.proof import account_for
from rapport.intake.states import EditorChoices, IncomingFile
from rapport.pipeline import examine
from rapport.project.points import hint

DOCUMENT = """\
cote: TEST/C/FRA/CO/4
titre: Observations inventées
titre_en: Invented observations
auteur: Comité inventé
auteur_en: Invented committee
nature: observations
date: 2009-06-22
source: inventé pour les tests
points:
  - numero: 14
    citation: que chaque enfant soit entendu
    lu_dans: inventé
    themes: [mendicite, travail-force]
  - numero: 15
    objet: Un objet inventé
    objet_en: An invented subject
    themes: [mendicite]
  - numero: 16 a)
    objet: Un autre objet
  - numero: 17
    objet: Un dernier objet
"""
PLAN = """\
cote: Plan inventé
titre: Plan inventé contre la traite
auteur: Gouvernement inventé
nature: plan
unite: mesure
date: 2014-05-14
reference: livre2010
source: inventé pour les tests
points:
  - numero: 3
    objet: Une mesure
"""
TEXT = """\
---
titre: Un texte inventé
date: 2014-12-01
auteurs: Bêta
statut: relu
diffusion: publique
{repond}---

## Constat

{constat}

## Analyse au regard de la Convention

Une analyse inventée.

## Recommandations

- **Au Parlement** (CIDE 3) : inventer autre chose.
"""


def lay(project: Path, repond: str = "", constat: str = "Un constat inventé.", document: str = DOCUMENT) -> None:
    folder = project / "chapters/points"
    folder.mkdir(exist_ok=True)
    (folder / "test-c-fra-co-4.yaml").write_text(document, encoding="utf-8")
    text = TEXT.format(repond=repond, constat=constat)
    (project / "contributions/beta/mendicite.md").write_text(text, encoding="utf-8")


def built(project: Path, *more: str) -> html.HtmlElement:
    """The report of a project, built and proved."""
    assert cli.run(["build", "--root", str(project), *more]) == 0
    (page,) = (project / "build").glob("rapport-*.html")
    return html.fromstring(page.read_bytes())


def annex(page: html.HtmlElement) -> dict[str, str]:
    """What the annex says of each point: the words of its last cell."""
    (table,) = page.xpath("//table[.//*[starts-with(@id, 'point-')]]")
    rows = [[" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")] for row in table.xpath(".//tr")]
    return {row[0]: row[-1] for row in rows if len(row) == 3}


def paragraph(page: html.HtmlElement, words: str) -> str:
    """The number of the paragraph that holds these words."""
    (found,) = (p for p in page.xpath("//*[contains(@class, 'paragraph')]") if words in p.text_content())
    return re.match(r"\s*(\d+)", found.text_content())[1]  # type: ignore[index]


def test_a_point_is_answered_in_two_themes_and_one_in_none(project: Path) -> None:
    lay(project, 'repond: ["TEST/C/FRA/CO/4, par. 14"]\n')
    other = project / "contributions/alpha/travail-force.md"
    words = other.read_text(encoding="utf-8").replace("Ce texte est inventé", "Voir TEST/C/FRA/CO/4, par. 14 : inventé")
    other.write_text(words, encoding="utf-8")
    page = built(project)
    cells = annex(page)
    in_force = paragraph(page, "Voir TEST/C/FRA/CO/4")
    in_begging = int(paragraph(page, "Un constat inventé."))
    assert cells["par. 14"] == f"{in_force}, {in_begging}–{in_begging + 2}"
    assert cells["par. 15"] == cells["par. 16 a)"] == cells["par. 17"] == "non traité"
    (row,) = page.xpath("//tr[.//*[@id='point-test-c-fra-co-4-14']]")
    assert "« que chaque enfant soit entendu »" in " ".join(row.text_content().split())
    assert all(page.xpath(f"//*[@id='{link.get('href')[1:]}']") for link in row.xpath(".//a"))
    assert "non traité" in said(Word((project / "build/rapport-projet.docx").read_bytes()).body)


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("Il est dit au paragraphe 15 des observations finales (TEST/C/FRA/CO/4).", {"15"}),
        ("Voir TEST/C/FRA/CO/4, par. 14 à 16.", {"14", "15", "16 a)"}),
        ("Voir TEST/C/FRA/CO/4, § 15 et 17.", {"15", "17"}),
        ("Voir TEST / C / FRA / CO / 4, paragraphes 14, 16 a) et 17.", {"14", "16 a)", "17"}),
        ("Voir TEST/C/FRA/CO/45, par. 14.", set()),
        ("Voir TEST/C/FRA/CO/4 et, par ailleurs, 14 enfants.", set()),
        ("Voir [](#point-test-c-fra-co-4-16-a).", {"16 a)"}),
        ("La mesure 3 du plan inventé reste sans suite.", {"3"}),
        ("Le plan le dit [@livre2010, mesure 3].", {"3"}),
        ("Le plan le dit [@rapport2012, mesure 3].", set()),
    ],
)
def test_the_ways_to_name_a_point(unbuilt: Path, words: str, answered: set[str]) -> None:
    lay(unbuilt, constat=words)
    (unbuilt / "chapters/points/plan.yaml").write_text(PLAN, encoding="utf-8")
    examined = examine(unbuilt, open_cache(unbuilt))
    left = {point.number for _, point in examined.points.open_points(examined.accepted)}
    assert {"14", "15", "16 a)", "17", "3"} - left == answered


def test_a_link_without_words_says_the_point(project: Path) -> None:
    lay(project, constat="Nous répondons à [](#point-test-c-fra-co-4-15).")
    page = built(project)
    assert "Nous répondons à TEST/C/FRA/CO/4, par. 15." in " ".join(page.text_content().split())
    assert annex(page)["par. 15"] == paragraph(page, "Nous répondons")


def test_the_annex_in_english(project: Path) -> None:
    lay(project, 'repond: ["TEST/C/FRA/CO/4, par. 14"]\n')
    page = built(project, "--report-language", "en")
    cells = annex(page)
    assert cells["para. 15"] == "not addressed"
    assert re.fullmatch(r"\d+–\d+", cells["para. 14"])
    (quoted,) = page.xpath("//tr[.//*[@id='point-test-c-fra-co-4-14']]//*[@lang='fr']")
    assert "que chaque enfant" in quoted.text_content()


def test_without_points_there_is_no_annex(project: Path) -> None:
    assert not built(project).xpath("//*[@id='annexe-points']")


def test_the_desk_and_the_forms_show_what_nobody_answers(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(project, 'repond: ["TEST/C/FRA/CO/4, par. 14"]\n')
    assert cli.run(["desk", "--root", str(project)]) == 0
    desk = html.fromstring((project / "build/tableau-de-bord.html").read_bytes())
    (heading,) = desk.xpath("//h3[@id='list-points']")
    assert [item.text_content().strip() for item in heading.getnext().xpath("li")] == [
        "TEST/C/FRA/CO/4, par.\u00a015 · Mendicité",
        "TEST/C/FRA/CO/4, par.\u00a016 a)",
        "TEST/C/FRA/CO/4, par.\u00a017",
    ]
    assert cli.run(["forms", "--association", "gamma", "--theme", "mendicite", "--root", str(project)]) == 0
    words = said(Word((project / "build/formulaires/gamma/mendicite.docx").read_bytes()).body)
    assert "TEST/C/FRA/CO/4, par.\u00a015\u00a0: Un objet inventé" in words and "par.\u00a014" not in words
    assert "Répond à" in words


def test_forms_of_a_project_without_points_ask_nothing_more(project: Path) -> None:
    assert cli.run(["forms", "--association", "gamma", "--theme", "mendicite", "--root", str(project)]) == 0
    assert "Répond à" not in said(Word((project / "build/formulaires/gamma/mendicite.docx").read_bytes()).body)


def test_what_a_form_says_that_it_answers_comes_into_the_header(unbuilt: Path) -> None:
    lay(unbuilt)
    examined = examine(unbuilt, open_cache(unbuilt))
    assert examined.outline
    (theme,) = (theme for theme in examined.outline.themes if theme.id == "mendicite")
    hints = [hint(*point, "fr") for point in examined.points.points]
    blank = as_docx(compose(examined.outline, examined.associations, "gamma", theme, "fr", hints))
    filled = fill_docx(blank, {**CARD, "repond": "TEST/C/FRA/CO/4, par. 15 ; TEST/C/FRA/CO/4, par. 17"})
    plan, cache = plan_of(examined), open_cache(unbuilt)
    taken = convert_file(IncomingFile("reponse.docx", filled), plan, EditorChoices(), cache)
    assert '\nrepond: ["TEST/C/FRA/CO/4, par. 15", "TEST/C/FRA/CO/4, par. 17"]\n' in taken.text.replace("'", '"')
    assert "Un objet inventé" not in taken.text
    counted = account_for(taken, None, cache)
    assert counted and not [tally for tally in counted.tallies if tally.missing_words]
    assert convert_file(IncomingFile("vierge.docx", blank), plan, EditorChoices(), cache).problem == "blank"
