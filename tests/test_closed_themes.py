"""A theme that the editor closed: in no output, asked of nobody, and whoever leads to it is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from rapport import cli
from rapport.office.archive import unpack

pytestmark = pytest.mark.slow

TITLE = re.compile(r"La parole de l.enfant|The child.s voice")
POINTS = """\
cote: TEST/C/CO/1
titre: Un document inventé
auteur: Un comité inventé
date: 2009-06-22
nature: observations
lu_le: 2015-01-02
source: inventé pour les tests
points:
  - numero: 12
    citation: une phrase inventée
    lu_dans: inventé
    themes: [parole]
  - numero: 14
    citation: une autre phrase inventée
    lu_dans: inventé
    themes: [parole]
"""


@pytest.fixture
def closed(project: Path) -> Path:
    """The stock project with the theme « parole » closed, its text taken out, a point of it answered elsewhere."""
    outline = project / "chapters/outline.yaml"
    led = "        chef_de_file: alpha\n"
    text = outline.read_text("utf-8")
    assert text.count(led) == 1
    outline.write_text(text.replace(led, f"{led}        mots: 500\n        statut: clos\n"), "utf-8")
    (project / "contributions/alpha/parole.md").unlink()
    (project / "chapters/points").mkdir(exist_ok=True)
    (project / "chapters/points/test.yaml").write_text(POINTS, "utf-8")
    answer(project, "diffusion: publique", "diffusion: publique\nrepond: [TEST/C/CO/1 par. 12]")
    return project


def answer(project: Path, before: str, after: str) -> None:
    text = project / "contributions/beta/travail-force.md"
    said = text.read_text("utf-8")
    assert said.count(before) == 1
    text.write_text(said.replace(before, after), "utf-8")


def test_no_output_speaks_of_it(closed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("build", "forms", "letters", "desk", "reminders", "consent", "translation"):
        assert cli.run([verb, "--root", str(closed)]) == 0, verb
    assert cli.run(["build", "--root", str(closed), "--report-language", "en"]) == 0
    capsys.readouterr()
    for verb in (["check"], ["status", "--all"], ["budget"]):
        assert cli.run([*verb, "--root", str(closed)]) == 0
        said = capsys.readouterr().out
        assert not TITLE.search(said) and "parole" not in said, verb
    files = [path for path in sorted((closed / "build").rglob("*.*")) if not {"cache", "staging"} & set(path.parts)]
    assert {path.suffix for path in files} >= {".docx", ".odt", ".html", ".txt", ".eml"}
    assert [path.name for path in files if TITLE.search(words(path))] == []
    page = (closed / "build/rapport-projet.html").read_text("utf-8")
    assert re.search(r"une phrase inventée", page), "the point stays, with the paragraph that answers it"


def test_the_desk_counts_what_nobody_answers_without_its_title(closed: Path) -> None:
    assert cli.run(["desk", "--root", str(closed)]) == 0
    page = words(closed / "build/tableau-de-bord.html")
    assert "TEST/C/CO/1, par. 14" in page and "TEST/C/CO/1, par. 12" not in page


def test_who_leads_to_it_is_told_and_no_output_has_a_broken_link(
    closed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(
        closed,
        "Un autre constat inventé.",
        "Un autre constat inventé. Voir [](#theme-parole) et [elle](#theme-parole).",
    )
    assert cli.run(["build", "--root", str(closed)]) == 0
    said = capsys.readouterr().out
    assert said.count("R26") == 2 and "rouvrez le thème dans chapters/outline.yaml" in said
    page = html.document_fromstring((closed / "build/rapport-projet.html").read_bytes())
    ids = set(page.xpath("//@id"))
    assert not [to for to in page.xpath("//a/@href") if to.startswith("#") and to[1:] not in ids]
    assert cli.run(["public", "--root", str(closed)]) == 1


def words(path: Path) -> str:
    """The words of an output; "" for what has none."""
    data = path.read_bytes()
    if path.suffix in (".docx", ".odt"):
        return re.sub(r"<[^>]*>", "", "".join(p.decode() for n, p in unpack(data).items() if n.endswith(".xml")))
    if path.suffix == ".html":
        return " ".join(html.document_fromstring(data).text_content().split())
    return data.decode("utf-8-sig") if path.suffix in (".txt", ".eml", ".ics") else ""
