"""`rapport draft`: what is sent out is frozen with its map and its texts, and can be made again."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from conftest import lay_stock
from rapport import cli
from rapport.office.archive import unpack
from rapport.office.namespaces import q
from rapport.office.package import open_package
from rapport.office.tracked_reader import read, read_lines
from rapport.review.freeze import draft_map as drafts_map
from rapport.review.freeze.draft_map import DraftParagraph, FrozenDraft

pytestmark = pytest.mark.slow

FILE = "contributions/alpha/travail-force.md"
OUTPUTS = ("docx", "html", "pdf")


def draft(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit status and what is printed."""
    capsys.readouterr()
    status = cli.run(["draft", "--root", str(root), *arguments])
    return status, "".join(capsys.readouterr())


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stock project with its draft n° 1 frozen; tests copy it before they change anything."""
    root = lay_stock(tmp_path_factory.mktemp("projet"))
    assert cli.run(["draft", "--root", str(root)]) == 0
    return root


@pytest.fixture
def frozen(sent: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sent, tmp_path / "projet gelé"))


def content_of(root: Path, suffix: str, number: int = 1, whose: str = "") -> bytes:
    return (root / f"build/projet-{number}/rapport-projet-{number}{whose}.{suffix}").read_bytes()


def one(found: FrozenDraft, words: str) -> DraftParagraph:
    """The paragraph that is not a copy and has these words."""
    (place,) = [place for place in found.places if words in place.text and not place.copy]
    return place


# ---------------------------------------------------------------- the map


def test_the_map_has_every_paragraph_of_the_file_in_order(sent: Path) -> None:
    lines = [line.text_sent for line in read(open_package(content_of(sent, "docx"))).lines if line.text_sent.strip()]
    places = drafts_map.load(sent, 1).places
    headers = [place for place in places if place.part in ("header", "footer")]
    assert headers
    assert [place.text for place in places] == lines
    assert max(Counter(place.id for place in places).values()) == 1


def test_a_paragraph_leads_to_where_it_is_written(sent: Path) -> None:
    found = drafts_map.load(sent, 1)
    typed = (sent / FILE).read_text(encoding="utf-8").split("\n")
    for words, kind in (
        ("Ce texte est inventé pour les tests", "text"), ("Un tableau inventé", "text"), ("2013", "table"),
        ("Une note inventée", "note"), ("inventer une loi", "text"),
    ):  # fmt: skip
        place = next(p for p in found.places if words in p.text and p.path == FILE and not p.copy)
        assert place.kind == kind
        assert place.association == "alpha"
        assert place.theme == "travail-force"
        rows = 6 if kind == "table" else 1  # a table is led to by its first line
        assert any(words in line for line in typed[place.line - 1 : place.line - 1 + rows]), (words, place.line)


def test_what_is_repeated_says_where_it_comes_from(sent: Path) -> None:
    found = drafts_map.load(sent, 1)
    origin = one(found, "Au Parlement (CIDE 3, OPSC 1)")
    copies = [place for place in found.places if place.copy and place.block == origin.block]
    assert copies
    assert {(place.path, place.line, place.label) for place in copies} == {(FILE, origin.line, origin.label)}


def test_the_editors_own_words_lead_to_the_templates(sent: Path) -> None:
    written = {place.path for place in drafts_map.load(sent, 1).places if not place.association}
    assert {"chapters/outline.yaml", "chapters/presentation.md.j2"} <= written


# ---------------------------------------------------------------- frozen


def test_a_draft_is_not_written_over(frozen: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = {path: path.read_bytes() for path in (frozen / "contributions/drafts").rglob("*.*")}
    (frozen / FILE).write_text((frozen / FILE).read_text().replace("inventé pour les tests", "inventé depuis"))
    status, said = draft(frozen, capsys)
    assert status == 2
    assert "REBUILD=1" in said
    assert "outline.yaml" in said
    assert {path: path.read_bytes() for path in kept} == kept


def test_a_frozen_draft_is_made_again_byte_for_byte(frozen: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {suffix: content_of(frozen, suffix) for suffix in OUTPUTS}
    shutil.rmtree(frozen / "build")
    (frozen / FILE).write_text("un autre texte\n")
    assert draft(frozen, capsys, "--rebuild", "1")[0] == 0
    assert {suffix: content_of(frozen, suffix) for suffix in OUTPUTS} == before


def test_freezing_twice_gives_the_same_bytes(sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = lay_stock(tmp_path / "ailleurs")
    draft(other, capsys)
    for name in ("map.json", "sources.zip"):
        mine, theirs = ((root / "contributions/drafts/1" / name).read_bytes() for root in (sent, other))
        assert mine == theirs


def test_another_version_of_the_program_is_told(frozen: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = frozen / "contributions/drafts/1/map.json"
    said = json.loads(path.read_text())
    said["outputs"]["rapport-projet-1.pdf"] = "0" * 64
    said["made_with"]["typst"] = "0.1"
    path.write_text(json.dumps(said))
    status, words = draft(frozen, capsys, "--rebuild", "1")
    assert status == 1
    assert "rapport-projet-1.pdf" in words
    assert "rapport-projet-1.docx)" not in words
    assert "typst 0.1 →" in words


def test_kept_texts_that_were_changed_are_refused(frozen: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = frozen / "contributions/drafts/1/sources.zip"
    path.write_bytes(path.read_bytes() + b" ")
    status, words = draft(frozen, capsys, "--rebuild", "1")
    assert status == 2
    assert "sources.zip" in words


@pytest.mark.parametrize("asked", [("--rebuild", "1"), ("--association", "alpha")])
def test_a_damaged_map_says_so(frozen: Path, asked: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    (frozen / "contributions/drafts/1/map.json").write_text('{"cut short')
    status, words = draft(frozen, capsys, *asked)
    assert status == 1
    assert "contributions/drafts/1/map.json" in words and "erreur.txt" not in words


@pytest.mark.parametrize("typed", ["2", "zéro", "../1"])
def test_a_draft_that_is_not_there(frozen: Path, typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, words = draft(frozen, capsys, "--rebuild", typed)
    assert status == 2
    assert f"{typed} n'est pas figé ; le sont : 1" in words


@pytest.mark.parametrize("name", ["Projet", "Projet 1 bis 2", "Projet n° 0"])
def test_a_draft_needs_a_number(project: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    outline = project / "chapters/outline.yaml"
    outline.write_text(outline.read_text().replace("Essai n° 1", name))
    status, words = draft(project, capsys)
    assert status == 2
    assert name in words
    assert not drafts_map.numbers(project)


def test_only_what_a_report_is_made_of_is_kept(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("inbox/secret.docx", "inbox/reviews/retour.docx", "drafts/7/ancien.txt"):
        path = project / "contributions" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"autre chose\n")
    draft(project, capsys)
    content = (project / "contributions/drafts/1/sources.zip").read_bytes()
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert FILE in names
    assert "chapters/outline.yaml" in names
    assert not [name for name in names if "inbox" in name or "drafts" in name]


def test_lasting_ids_outlive_a_move_between_files_a_correction_and_an_absence(
    frozen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moved = "Un constat inventé que sa phrase entière suffit à reconnaître partout."
    theirs = frozen / "contributions/beta/travail-force.md"
    typed = theirs.read_text()
    theirs.write_text(typed.replace("## Constat\n", f"## Constat\n\n{moved}\n", 1))
    mine = (frozen / FILE).read_text()
    (frozen / FILE).write_text(mine.replace("- **Au Parlement** (CIDE 3, OPSC 1) : inventer une loi.\n", ""))
    outline = frozen / "chapters/outline.yaml"
    outline.write_text(outline.read_text().replace("Essai n° 1", "Essai n° 2"))
    assert draft(frozen, capsys)[0] == 0
    theirs.write_text(typed)
    text = mine.replace("## Constat\n", f"## Constat\n\n{moved}\n", 1).replace("| 2012 ", "| « »  ")
    (frozen / FILE).write_text(text.replace("L'analyse est inventée aussi", "L'analyse est donc inventée elle aussi"))
    outline.write_text(outline.read_text().replace("Essai n° 2", "Essai n° 3"))
    status, words = draft(frozen, capsys)
    assert status == 0, words
    second, third = (drafts_map.load(frozen, number) for number in (2, 3))
    before, after = one(second, moved), one(third, moved)
    assert (before.association, after.association) == ("beta", "alpha")
    assert before.lasting == after.lasting
    corrected = one(third, "donc inventée elle aussi")
    assert corrected.lasting == one(second, "est inventée aussi").lasting
    assert corrected.id != corrected.lasting
    assert max(Counter(place.lasting for place in third.places).values()) == 1
    assert not [place for place in second.places if "inventer une loi" in place.text]
    assert one(third, "inventer une loi").lasting == one(drafts_map.load(frozen, 1), "inventer une loi").lasting
    under = [place for place in third.places if place.text == "2013"]  # the cell above it has no letter
    assert {place.association for place in under} == {"alpha"}


# ---------------------------------------------------------------- the Word file that goes out


def test_the_file_records_changes_and_is_protected(sent: Path) -> None:
    parts = unpack(content_of(sent, "docx"))
    settings = parts["word/settings.xml"].decode()
    assert "<w:trackRevisions/>" in settings
    assert re.search(r'<w:documentProtection w:edit="trackedChanges" w:enforcement="1"\s*/>', settings)
    assert b'name="rapport-projet"' in parts["docProps/custom.xml"]
    assert read(open_package(content_of(sent, "docx"))).stamp == "1"


def test_every_block_has_its_anchor_inside_its_paragraph(sent: Path) -> None:
    root = etree.fromstring(unpack(content_of(sent, "docx"))["word/document.xml"])
    inside = {mark.get(q("w:name")) for mark in root.iterfind(f".//{q('w:p')}//{q('w:bookmarkStart')}")}
    texts = [p for p in drafts_map.load(sent, 1).places if p.block and p.kind == "text" and not p.copy and not p.table]
    assert texts
    assert {place.bookmark for place in texts} <= inside


def test_an_associations_copy_shows_its_passages_alone(frozen: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = draft(frozen, capsys, "--association", "beta")
    assert status == 0
    assert "rapport-projet-1-beta.docx" in said
    roots = [etree.fromstring(unpack(content_of(frozen, "docx", 1, w))["word/document.xml"]) for w in ("", "-beta")]
    plain, marked = ([(p, line) for p, line in read_lines(root) if line.text_sent.strip()] for root in roots)
    assert [line.text_sent for _, line in plain] == [line.text_sent for _, line in marked]
    body = [place for place in drafts_map.load(frozen, 1).places if place.part == "body"]
    own = {place.id for place in body if place.association == "beta"}
    bars = [p.find(f"{q('w:pPr')}/{q('w:pBdr')}/{q('w:left')}") for p, _ in marked]
    shown = {place.id for place, bar in zip(body, bars, strict=True) if bar is not None and bar.get(q("w:sz")) == "24"}
    assert own
    assert shown == own


def test_a_copy_for_nobody(frozen: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = draft(frozen, capsys, "--association", "betta")
    assert status == 2
    assert "beta" in said
    status, said = draft(frozen, capsys, "--association", "toutes")
    assert status == 0
    assert "« gamma » n'a aucun passage" in said
    assert len(list((frozen / "build/projet-1").glob("*.docx"))) == 3
