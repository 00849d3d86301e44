"""Every PDF that is handed to somebody, by an independent checker of PDF/UA-1, and the languages that it is read in.

The checker (page-validation) shares nothing with typst nor with our readers; it is shown broken files too.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from conftest import lay_stock
from pdf_reader import Reader
from rapport import cli
from test_briefs import ADDRESSEES, TEXT
from test_children_version import lay as lay_version
from workshop_sample import PIECES, lay_workshop

page = pytest.importorskip("page", reason="page-validation is not installed")
pytestmark = pytest.mark.slow

MADE = {
    "rapport-projet": ["build"],
    "rapport-projet-en": ["build", "--report-language", "en"],
    "livret-enfants": ["booklet"],
    "livret-enfants-en": ["booklet", "--report-language", "en"],
    "version-enfants": ["children-version"],
    "fiches/parlement": ["briefs"],
}
ENGLISH = "The children of this invented report are heard, and nobody speaks for them."
SUMMARY = f"# Summary {{.unnumbered #summary lang=en}}\n\n::: {{.summary lang=en}}\n{ENGLISH}\n:::\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stock with a workshop, a summary in English, a version for children and somebody who is asked."""
    root = lay_stock(tmp_path_factory.mktemp("lu") / "projet")
    lay_workshop(root)
    lay_version(root)
    outline = root / "chapters/outline.yaml"
    outline.write_text(outline.read_text(encoding="utf-8") + ADDRESSEES, encoding="utf-8")
    (root / "contributions/beta/mendicite.md").write_text(TEXT, encoding="utf-8")
    (root / "chapters/resume-anglais.md.j2").write_text(SUMMARY, encoding="utf-8")
    return root


def pdf(root: Path, name: str) -> bytes:
    path = root / f"build/{name}.pdf"
    if not path.is_file():
        verb, *typed = MADE[name]
        assert cli.run([verb, "--root", str(root), *typed]) == 0
    return path.read_bytes()


def told(content: bytes) -> list[str]:
    """What the checker says against a file."""
    return sorted({failure.rule_id for failure in page.validate_pdf_bytes(content, profile="ua1").failures})


@pytest.mark.parametrize("name", MADE)
def test_a_checker_finds_nothing_against_it(root: Path, name: str) -> None:
    assert told(pdf(root, name)) == []


def test_each_language_is_read_aloud_in_its_own(root: Path) -> None:
    spoken = Reader(pdf(root, "rapport-projet")).spoken
    assert "".join(ENGLISH.split()) in spoken["en"] and "".join(ENGLISH.split()) not in spoken["fr"]
    for piece in PIECES:
        others = [said for language, said in spoken.items() if language != piece.language]
        for line in filter(None, ("".join(line.split()) for line in piece.words)):
            if piece.language == "ar":  # which is set from its end, in letters that are joined
                assert not any(
                    letter >= "\ufe70" or "\u0600" <= letter <= "\u06ff" for said in others for letter in said
                )
            else:
                assert line in spoken[piece.language].replace("\u00ad", "-")
                assert not any(line in said for said in others)
        for line in piece.translation:
            assert "".join(line.split()) in spoken["fr"]


def test_what_nobody_translated_is_read_aloud_in_french(root: Path) -> None:
    spoken = Reader(pdf(root, "rapport-projet-en")).spoken
    assert "Unepremièrephraseinventée." in spoken["fr"] and "première" not in spoken["en"]


# ---------------------------------------------------------------- the checker and the reader see what is broken


def first(pdf: Any, role: str) -> Any:
    return next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == role)


def without_language(pdf: Any) -> None:
    del pdf.Root["/Lang"]


def without_description(pdf: Any) -> None:
    del first(pdf, "/Figure")["/Alt"]


def with_a_level_skipped(pdf: Any) -> None:
    first(pdf, "/H2")["/S"] = pikepdf.Name("/H4")


def with_words_outside_the_tags(pdf: Any) -> None:
    pdf.pages[-1].contents_add(b"BT (x) Tj ET")


def without_title_shown(pdf: Any) -> None:
    pdf.Root.ViewerPreferences["/DisplayDocTitle"] = False


def without_its_letters(pdf: Any) -> None:
    fonts = (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one)
    del next(fonts)["/ToUnicode"]


def without_what_links_say(pdf: Any) -> None:
    for note in (note for sheet in pdf.pages for note in sheet.get("/Annots", [])):
        del note["/Contents"]


@pytest.mark.parametrize(
    "spoil",
    [
        without_language, without_description, with_a_level_skipped, with_words_outside_the_tags, without_title_shown,
        without_its_letters, without_what_links_say,
    ],
)  # fmt: skip
def test_the_checker_sees_what_is_broken(root: Path, spoil: Callable[[Any], None]) -> None:
    broken = pikepdf.open(io.BytesIO(pdf(root, "rapport-projet")))
    spoil(broken)
    out = io.BytesIO()
    broken.save(out)
    assert told(out.getvalue()) != []


def test_the_reader_sees_a_language_that_is_lost(root: Path) -> None:
    broken = pikepdf.open(io.BytesIO(pdf(root, "rapport-projet")))
    for one in broken.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/S") and "/Lang" in one:
            del one["/Lang"]
    out = io.BytesIO()
    broken.save(out)
    assert "".join(ENGLISH.split()) not in Reader(out.getvalue()).spoken.get("en", "")
