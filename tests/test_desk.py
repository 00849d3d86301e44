"""The editor's page: every number recounted from the files, nothing quoted, nobody named, the same bytes twice."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from lxml import html
from lxml.html import HtmlElement

from conftest import PRODUCT, lay_stock
from rapport import cli
from rapport.desk import over_time
from rapport.desk.over_time import Series

PAGE = "build/tableau-de-bord.html"
JOURNAL = """\
recus:
  - empreinte: aaa
    fichier: un.docx
    date: 2014-11-02
    verdict: repris
  - empreinte: bbb
    fichier: deux.docx
    date: 2014-11-02
    verdict: repris
  - empreinte: ccc
    fichier: trois.docx
    date: 2014-12-05
    verdict: repris
  - empreinte: ddd
    fichier: quatre.docx
    date: 2014-12-06
    verdict: refuse
"""
LEDGER = """\
remarques:
  - id: r1
    projet: 1
    genre: commentaire
    relecteur: Camille Durand
    date: 2015-01-03T10:00:00Z
    texte: Une phrase que la page ne cite pas.
    association: alpha
    etat: ouverte
  - id: r2
    projet: 1
    genre: commentaire
    date: 2015-01-03
    texte: Une autre.
    etat: ouverte
  - id: r3
    projet: 1
    genre: commentaire
    date: 2015-01-04
    texte: Encore une.
    etat: acceptee
  - id: r4
    projet: 1
    genre: commentaire
    date: 2015-01-05
    texte: La dernière.
    etat: refusee
"""
CONSENT = """\
demandes: []
accords:
  - association: alpha
    date: 2015-01-20
    par: 'la présidence'
    empreintes: [abc, def]
"""
MAP = """\
{"number": %d, "name": "Essai", "date": "2015-02-28", "sources": "", "outputs": {}, "places": [
{"id": "a", "lasting": "a", "kind": "p", "part": "body", "association": "alpha", "text": "%s"},
{"id": "b", "lasting": "b", "kind": "p", "part": "body", "association": "alpha", "text": "deux mots", "copy": true},
{"id": "c", "lasting": "c", "kind": "p", "part": "body", "text": "de l'édition"},
{"id": "d", "lasting": "d", "kind": "list", "part": "body", "association": "alpha",
 "path": "contributions/alpha/association.yaml", "text": "Association Alpha"}]}
"""
ACTIONS = """\
actions:
  - id: piece
    quoi: Envoyer le rapport d'activité
    qui: beta
    pour: 2015-01-10
    nature: piece
    source: une réunion inventée
  - id: rendez-vous
    quoi: Préparer la rencontre
    qui: collectif
    etape: rencontre
    source: une réunion inventée
  - id: vieille
    quoi: Une affaire close
    qui: alpha
    fait_le: 2014-12-01
    source: une réunion inventée
"""
DOCUMENTS = """\
documents:
  - numero: 1
    titre: 'Un rapport annuel'
    nature: 'pdf'
    association: 'beta'
    recu: '2014-11-03'
  - numero: 2
    titre: 'Un tableau déjà lu'
    nature: 'tableur'
    etat: 'lu'
  - numero: 3
    titre: 'Note de Ludivine Marchal'
    nature: 'pdf'
"""
CALENDAR = """\
  calendrier:
    - id: rencontre
      date: 2014-10-02
      fin: 2014-10-03
      heure: 14:30
      lieu: Salle inventée
      participants: [alpha, un invité]
      evenement: Rencontre inventée
      evenement_en: Invented meeting
      avant:
        - date: 2014-09-20
          source: message du comité
          lu_le: 2014-09-01
    - id: relecture
      semaines: -4
      evenement: Dernière relecture
    - id: veille
      jours: -1
      depuis: rencontre
      evenement: La veille
"""


def write(root: Path, path: str, text: str) -> None:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def planned(root: Path, calendar: str = CALENDAR) -> None:
    """The stock with this calendar in its outline."""
    outline = root / "chapters/outline.yaml"
    text = outline.read_text(encoding="utf-8")
    outline.write_text(text.replace("  longueur: courte", f"{calendar}  longueur: courte"), encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = lay_stock(tmp_path / "projet")
    planned(root)
    write(root, "contributions/inbox/journal.yaml", JOURNAL)
    write(root, "contributions/drafts/ledger.yaml", LEDGER)
    write(root, "contributions/drafts/consent.yaml", CONSENT)
    write(root, "contributions/drafts/1/map.json", MAP % (1, "trois mots ici"))
    write(root, "contributions/drafts/2/map.json", MAP % (2, "quatre mots ici même"))
    write(root, "chapters/actions.yaml", ACTIONS)
    write(root, "contributions/documents.yaml", DOCUMENTS)
    text = root / "contributions/beta/travail-force.md"
    said = text.read_text(encoding="utf-8")
    write(
        root,
        "contributions/beta/mendicite.md",
        said.replace("## Constat\n", "## Constat\n\nVu par Ludivine Marchal.\n"),
    )
    write(root, "contributions/alpha/mendicite.md", "Un texte sans en-tête.\n")
    return root


def made(root: Path, *arguments: str) -> HtmlElement:
    assert cli.run(["desk", "--root", str(root), *arguments]) == 0
    return html.document_fromstring((root / PAGE).read_bytes())


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().replace("\u00a0", " ").replace("\u202f", " ").split())


def rows(page: HtmlElement, section: str) -> list[list[str]]:
    return [[words(cell) for cell in row] for row in page.get_element_by_id(section).iterfind(".//tbody/tr")]


def numbers(page: HtmlElement) -> dict[str, int]:
    """The number that leads to each list."""
    links = page.get_element_by_id("numbers").iterfind(".//a")
    return {a.get("href").removeprefix("#list-"): int(words(a).split()[0]) for a in links}


def test_every_number_leads_to_a_list_of_so_many(project: Path) -> None:
    page = made(project)
    for link in page.iterfind(".//a"):
        target = page.get_element_by_id(link.get("href").removeprefix("#"))
        said = re.match(r"\d+", words(link))
        if said and target.tag == "h3":
            told = target.getnext().findall("li") if target.getnext().tag == "ul" else []
            many = [int(m[1]) if (m := re.match(r"(\d+) ×", words(line))) else 1 for line in told]
            assert int(said[0]) == sum(many), words(link)


def test_the_numbers_are_those_of_the_files(project: Path) -> None:
    page = made(project)
    remarks = yaml.safe_load(LEDGER)["remarques"]
    states = [remark["etat"] for remark in remarks]
    found = numbers(page)
    assert (found["remarks"], found["accepted"]) == (states.count("ouverte"), states.count("acceptee"))
    assert found["names"] == 1
    assert found["documents"] == 2
    (first, second) = page.get_element_by_id("list-documents").getnext()
    assert (words(first), words(second)) == (
        "1 · Un rapport annuel Association Bêta 3 novembre 2014",
        "3 · Note de […]",
    )
    assert found["actions"] == 2
    assert found["agreements"] > 0


def test_the_figures_expected_are_questions_times_associations_that_have_not_answered(project: Path) -> None:
    shutil.copy(PRODUCT / "chapters/indicateurs.yaml", project / "chapters")
    asked = len(yaml.safe_load((PRODUCT / "chapters/indicateurs.yaml").read_text(encoding="utf-8"))["indicateurs"])
    associations = len(list(project.glob("contributions/*/association.yaml")))
    assert numbers(made(project))["figures"] == asked * associations > 0


def test_an_approval_says_who_and_when(project: Path) -> None:
    text = project / "contributions/beta/mendicite.md"  # nobody agrees to a text with a name that was not reviewed
    text.write_text(text.read_text(encoding="utf-8").replace("\nVu par Ludivine Marchal.\n", ""), encoding="utf-8")
    assert cli.run(["consent", "--root", str(project)]) == 0
    answer = ("--association", "beta", "--agree", "--by", "le bureau", "--date", "2015-02-03")
    assert cli.run(["consent", "--root", str(project), *answer]) == 0
    page = made(project)
    texts = sorted(path.stem for path in project.glob("contributions/beta/*.md"))
    assert numbers(page)["approved"] == len(texts) == 2
    told = [words(line) for line in page.get_element_by_id("list-approved").getnext()]
    assert all(line.endswith("Association Bêta, le bureau 3 février 2015") for line in told)


def test_what_blocks_says_where_who_and_what_to_type(project: Path) -> None:
    said = {row[1]: row for row in rows(made(project), "blocking")}
    errors = next(row for what, row in said.items() if what.startswith("erreurs"))
    assert errors[2:4] == ["Association Alpha", "contributions/alpha/mendicite.md:1:1 (E01)"]
    names = next(row for what, row in said.items() if what.startswith("noms"))
    assert names[0] == "1" and "make review-names" in names[4] and "beta/mendicite.md" in names[3]


def test_a_calendar_is_in_order_with_its_history(project: Path) -> None:
    veille, rencontre, relecture = rows(made(project), "deadlines")
    assert (veille[0], relecture[0]) == ("1er octobre 2014", "31 janvier 2015")
    assert rencontre[0] == "2 octobre 2014 au 3 octobre 2014 à 14:30"
    assert rencontre[2:] == [
        "Salle inventée", "Association Alpha, un invité", "repoussée", "20 septembre 2014 (message du comité)",
    ]  # fmt: skip


def test_letters_say_who_wrote_what(project: Path) -> None:
    page = made(project)
    table = page.get_element_by_id("themes").find(".//table")
    heads = [words(cell) for cell in table.iterfind(".//thead/tr/th")]
    cells = {
        (words(row[0]), head): words(cell)
        for row in table.iterfind(".//tbody/tr")
        if len(row) > 1
        for head, cell in zip(heads[1:], row[1:], strict=True)
    }
    assert {key: letter for key, letter in cells.items() if letter} == {
        ("Travail forcé", "Association Alpha"): "E", ("Travail forcé", "Association Bêta"): "R",
        ("La parole de l'enfant", "Association Alpha"): "C", ("Mendicité", "Association Alpha"): "X",
        ("Mendicité", "Association Bêta"): "R",
    }  # fmt: skip
    assert all(cell.get("scope") in ("col", "row", "rowgroup") for cell in page.iterfind(".//th"))


def test_plots_are_drawn_from_the_registers(project: Path) -> None:
    page = made(project)
    figures = page.get_element_by_id("changes").findall(".//figure")
    told = [[[words(cell) for cell in row] for row in figure.iterfind(".//tbody/tr")] for figure in figures]
    assert told == [
        [["2014-11-02", "2"], ["2014-12-05", "3"]],
        [["1", "3"], ["2", "4"]],
        [["2015-01-03", "2"], ["2015-01-04", "3"], ["2015-01-05", "4"]],
        [["2015-01-20", "2"]],
    ]


def test_the_heights_of_a_plot_are_its_numbers() -> None:
    one = Series("remarks", (("2015-01-01", 1), ("2015-01-02", 2), ("2015-01-05", 4)))
    marks = over_time.marks(one)
    base = over_time.HEIGHT - over_time.BOTTOM
    assert [(base - mark.y) / (base - marks[-1].y) for mark in marks] == [0.25, 0.5, 1.0]
    assert [(mark.x - marks[0].x) / (marks[-1].x - marks[0].x) for mark in marks] == [0, 0.25, 1]


def test_it_quotes_nothing_and_names_nobody(project: Path) -> None:
    write(project, "chapters/actions.yaml", ACTIONS.replace("la rencontre", "la rencontre avec Ludivine Marchal"))
    made(project)
    page = (project / PAGE).read_text(encoding="utf-8")
    assert not re.search("Marchal|Ludivine|Durand|Une phrase que|Une autre|sans en-tête", page)
    for text in project.glob("contributions/*/*.md"):
        for line in text.read_text(encoding="utf-8").split("---")[-1].splitlines():
            assert len(line) < 30 or line not in page


def test_a_register_that_cannot_be_read_is_named(project: Path) -> None:
    write(project, "contributions/drafts/ledger.yaml", "remarques: [\n")
    write(project, "contributions/drafts/2/map.json", "{")
    write(project, "contributions/documents.yaml", "documents: [")
    page = made(project)
    alert = words(page.find(".//p[@class='alert']"))
    assert "contributions/drafts/ledger.yaml" in alert and "contributions/drafts/2/map.json" in alert
    assert "contributions/documents.yaml" in alert
    assert numbers(page)["remarks"] == 0


def test_it_is_made_by_every_build_and_only_when_it_changes(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "contributions/alpha/mendicite.md").unlink()
    monkeypatch.chdir(project)
    assert cli.run(["build"]) == 0
    assert f"{PAGE} écrit" in capsys.readouterr().out
    before = (project / PAGE).read_bytes()
    assert cli.run(["desk"]) == 0
    assert f"{PAGE} inchangé" in capsys.readouterr().out
    assert (project / PAGE).read_bytes() == before


def test_what_arrived_since_makes_another_build(project: Path) -> None:
    from rapport.storage import manifest

    before = manifest.inputs(str(project))
    write(project, "contributions/inbox/journal.yaml", JOURNAL.replace("verdict: refuse", "verdict: repris"))
    after = manifest.inputs(str(project))
    shutil.copytree(project / "contributions/drafts/2", project / "contributions/drafts/3")
    assert len({before, after, manifest.inputs(str(project))}) == 3


def test_english_by_the_switch(project: Path) -> None:
    page = made(project, "--lang", "en")
    assert page.get("lang") == "en"
    assert words(page.find(".//h1")) == "Dashboard"
    assert rows(page, "deadlines")[1][1] == "Invented meeting"


@pytest.mark.parametrize("day", ["2014-13-01", "demain"])
def test_a_calendar_with_a_mistake_is_refused(tmp_path: Path, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay_stock(tmp_path / "projet")
    planned(root, CALENDAR.replace("2014-10-02", day))
    assert cli.run(["desk", "--root", str(root)]) == 1
    assert "chapters/outline.yaml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("depuis: rencontre", "depuis: rencontres"), ("depuis: rencontre", "depuis: veille"),
        ("fin: 2014-10-03", "fin: 2014-10-01"), ("heure: 14:30", "heure: 14h30"), ("jours: -1", "jours: hier"),
        ("id: relecture", "id: rencontre"), ("      semaines: -4\n", ""),
    ],
)  # fmt: skip
def test_what_a_calendar_may_not_say(
    tmp_path: Path, typed: str, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    root = lay_stock(tmp_path / "projet")
    planned(root, CALENDAR.replace(typed, wrong, 1))
    assert cli.run(["desk", "--root", str(root)]) == 1
    assert "chapters/outline.yaml:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [("qui: beta", "qui: betta"), ("etape: rencontre", "etape: rencontres"), ("id: vieille", "id: piece"),
     ("nature: piece", "nature: colis"), ("    source: une réunion inventée\n", "")],
)  # fmt: skip
def test_what_an_action_may_not_say(
    project: Path, typed: str, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    write(project, "chapters/actions.yaml", ACTIONS.replace(typed, wrong, 1))
    cli.run(["check", "--root", str(project)])
    assert "chapters/actions.yaml:" in capsys.readouterr().out
    assert len(rows(made(project), "actions")) == 2


def test_the_products_own_page(tmp_path: Path) -> None:
    for name in ("chapters", "contributions", "bibliography.bib"):
        copy = shutil.copytree if (PRODUCT / name).is_dir() else shutil.copy
        copy(PRODUCT / name, tmp_path / name)
    page = made(tmp_path)
    texts = [p for p in tmp_path.glob("contributions/*/*.md") if not p.name.endswith(".en.md")]
    letters = [cell for cell in page.get_element_by_id("themes").iterfind(".//td") if words(cell) not in ("", "?")]
    assert len(letters) == len(texts)
    assert sum(action["qui"] == "sos-esclaves" for action in _actions(tmp_path)) == 4
    assert numbers(page)["actions"] == len(_actions(tmp_path))


def _actions(root: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = yaml.safe_load((root / "chapters/actions.yaml").read_text("utf-8"))["actions"]
    return found
