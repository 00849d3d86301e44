"""A confidential recommendation is printed and numbered in the confidential edition, and nowhere else at all."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from pdf_reader import Reader
from rapport import cli, tree
from rapport.model import Document, Edition
from test_intake import drop, intake, text_of
from test_report import lay_out
from word_files import docx, h, p, table

ALPHA = "contributions/alpha/travail-force.md"
SECRET = "inventer une mesure que personne ne doit lire"
LISTED = "- **Au Parlement** (CIDE 3, OPSC 1) : inventer une loi."
ITEM = f"**Au juge inventé** (CIDE 3) : {SECRET}"
WAYS = {
    "one item": f"::: confidentiel\n- {ITEM}.\n:::\n\n{LISTED}",
    "several items": f"::: confidentiel\n- **Au préfet** (CIDE 3) : autre chose.\n- {ITEM}.\n:::\n\n{LISTED}",
    "an item's own words": f"- ::: confidentiel\n  {ITEM}.\n  :::\n{LISTED}",
    "a word of an item": f"- {ITEM}, [et cela]{{.confidentiel}}.\n{LISTED}",
    "a numbered list": f"::: {{.confidentiel}}\n1. {ITEM}.\n:::\n\n{LISTED}",
    "marks in marks": f":::: confidentiel\n::: confidentiel\n- {ITEM}.\n:::\n::::\n\n{LISTED}",
}


def marked(project: Path, way: str) -> None:
    path = project / ALPHA
    text = path.read_text("utf-8")
    assert LISTED in text
    path.write_text(text.replace(LISTED, f"\n\n{WAYS[way]}"), "utf-8")


def printed(document: Document) -> str:
    pages = [document.front_matter, *document.chapters, document.back_matter]
    return "\n".join(tree.text(node) for page in pages for node in page)


@pytest.mark.parametrize("way", WAYS)
def test_it_is_in_its_edition_alone(way: str, project: Path) -> None:
    marked(project, way)
    assert cli.run(["check", "--root", str(project)]) == 0
    for edition in (Edition.DRAFT, Edition.PUBLIC):
        report, document = lay_out(project, edition)
        assert SECRET not in printed(document)
        assert "inventer une loi" in printed(document)
        assert "inventer une mesure" in printed(document)
    report, document = lay_out(project, Edition.CONFIDENTIAL)
    (block,) = (one for one in report.blocks if SECRET in tree.text(one.node))
    assert block.recommendation
    assert block.recommendation.addressees == ("Au juge inventé",)
    assert (
        block.span.line
        == next(at for at, line in enumerate((project / ALPHA).read_text("utf-8").split("\n"), 1) if SECRET in line)
        or "own words" in way
    )
    assert len(re.findall(rf"R\d+[^R]*{SECRET}", printed(document))) >= 1


@pytest.mark.slow
def test_nothing_of_it_is_in_any_other_file(project: Path) -> None:
    """Everything that a project makes but its confidential edition, opened and read; translators' files mark it."""
    marked(project, "one item")
    for verb in (["draft"], ["build"], ["translation"], ["consent"], ["forms"], ["letters"]):
        cli.run([*verb, "--root", str(project)])
    path = project / ALPHA
    path.write_text(path.read_text("utf-8").replace("ne doit lire", "ne doit lire ni voir"), "utf-8")
    cli.run(["redline", "--root", str(project)])
    made = [one for one in (project / "build").rglob("*") if one.is_file() and "build/cache" not in one.as_posix()]
    assert {".docx", ".pdf", ".html"} <= {one.suffix for one in made}
    assert [one.name for one in made if "".join(SECRET.split()) in _letters(one)] == []
    told = "réservéàl’éditionconfidentielle"
    assert any(told in _letters(one) for one in made if one.name.startswith("rapport-projet"))
    (entry,) = [
        one for one in path.with_suffix(".en.md").read_text("utf-8").split("::: {") if SECRET in " ".join(one.split())
    ]
    assert entry.startswith(".bloc .confidentiel")


def _letters(path: Path) -> str:
    """What a file says, whatever holds it, without marks and spaces."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        return Reader(data).text
    parts = [data]
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [package.read(name) for name in package.namelist()]
    return "".join(re.sub(r"<[^>]*>", "", b" ".join(parts).decode("utf-8", "replace")).split())


HEAD, DEMAND = "Au juge inventé (CIDE 3) :", f"{SECRET}."
TYPED = {
    "a mark on the item": [p(f"[Confidentiel] {HEAD} {DEMAND}")],
    "a mark at its end": [p(f"{HEAD} {SECRET} (confidentiel).")],
    "a mark in its words": [p(f"{HEAD} [confidentiel] {DEMAND}")],
    "marks around it": [p("::: confidentiel"), p(f"{HEAD} {DEMAND}"), p(":::")],
    "a mark left open": [p(":::confidentiel"), p(f"{HEAD} {DEMAND}")],
    "a column": [
        table(
            ("Destinataire", "Articles", "Recommandation", "Confidentielle"),
            ("Au juge inventé", "CIDE 3", DEMAND, "oui"),
            ("Au Parlement", "CIDE 3", "inventer une loi encore.", "non"),
        )
    ],
}


@pytest.mark.slow
@pytest.mark.parametrize("way", TYPED)
def test_it_comes_from_word(way: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = [p("Au Parlement (CIDE 3) : inventer une loi.")] if way != "a column" else []
    body = (h("Constat"), p("Un constat inventé."), h("Analyse"), p("Une analyse inventée."), h("Recommandations"))
    drop(project, "beta/mendicite.docx", docx(*body, *first, *TYPED[way]))
    intake(project, capsys)
    text = text_of(project)
    assert "\n\n::: confidentiel\n- **Au juge inventé** (CIDE 3) : inventer" in text
    report, document = lay_out(project, Edition.CONFIDENTIAL)
    (block,) = (one for one in report.blocks if SECRET in tree.text(one.node))
    assert block.recommendation
    assert block.recommendation.addressees == ("Au juge inventé",)
    assert "[" not in tree.text(block.node)
    _, document = lay_out(project, Edition.DRAFT)
    assert SECRET not in printed(document)
    assert "inventer une loi" in printed(document)
