"""What the first net lets through is caught in the finished files; what it found, or what is public, is told once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import lay_stock
from rapport import cli
from rapport.model import Edition
from rapport.safeguarding import guard
from spoiled import Change, docx, pattern, raw, text
from test_verify import HEADER, Sample, sample

pytestmark = pytest.mark.slow

TEXT = f"""{HEADER}
## Constat

Un constat inventé parle d'une rivière et d'un moulin.

- une première ligne inventée
- une seconde ligne inventée

![Un carré gris pour essayer](images/carre.png){{alt="un carré gris"}}

## Analyse au regard de la Convention

Une analyse inventée.

## Recommandations

- **Au Parlement** (CIDE 3) : inventer une loi.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    root = lay_stock(tmp_path_factory.mktemp("second-net"))
    (root / "contributions/alpha/mendicite.md").write_text(TEXT, encoding="utf-8")
    assert cli.run(["build", "--root", str(root)]) == 0
    return sample(root, Edition.DRAFT)


SEEN: dict[str, tuple[str, Change, str]] = {
    "a first name in a line": ("html", text("d’une rivière", "de <em>Kadi</em>atou"), "Kadiatou"),
    "a number of which half is marked": ("html", text("d’une rivière", "du 06 12 <u>34 56</u> 78"), "06 12 34 56 78"),
    "a number over two items": (
        "html", pattern("une première ligne inventée(.*?)une seconde ligne inventée", r"06 12 34\1 56 78"), "06 12 34"
    ),
    "an age and a place": ("html", text("d’une rivière", "d’une fille de 15 ans qui vit à Vire"), "15 ans"),
    "the description of a picture": ("html", pattern('alt="[^"]+"', 'alt="Kadiatou devant son école"'), "Kadiatou"),
    "the address of a link": (
        "html", text("d’une rivière", '<a href="https://exemple.invalid/kadiatou-diallo">ici</a>'), "kadiatou"
    ),
    "the name of a place in the page": ("html", text('id="theme-mendicite"', 'id="kadiatou"'), "kadiatou"),
    "a bookmark": (
        "docx", docx("word/document.xml", pattern('(bookmarkStart [^>]*w:name=")[^"]+', r"\1kadiatou")), "kadiatou"
    ),
    "the running head": ("docx", docx("word/header1.xml", pattern("(<w:t[^>]*>)[^<]+", r"\1Kadiatou")), "Kadiatou"),
    "the author of a PDF": ("pdf", raw(rb"(/Author)(<[^>]*>|\([^)]*\))", rb"\1(Kadiatou)"), "Kadiatou"),
    "where a link of a PDF leads": (
        "pdf", raw(rb"/Type/Catalog", b"/Type/Catalog/Extra<</URI(https://exemple.invalid/kadiatou)>>"), "kadiatou"
    ),
}  # fmt: skip


def seen(made: Sample, suffix: str = "", content: bytes = b"") -> list[str]:
    """The words told of in the outputs, one of which may be spoiled."""
    fresh = made.proof_of(made.proof.document)
    for path, good in made.outputs.items():
        fresh.read(path, content if suffix and path.endswith(suffix) else good)
    return [diagnostic.facts["text"] for diagnostic in fresh.identifiers(fresh.readings)]


def test_nothing_is_told_of_what_was_seen(made: Sample) -> None:
    assert seen(made) == []


@pytest.mark.parametrize("name", SEEN)
def test_what_the_first_net_does_not_know_is_told(made: Sample, name: str) -> None:
    suffix, change, words = SEEN[name]
    good = next(content for path, content in made.outputs.items() if path.endswith(suffix))
    assert any(words in found for found in seen(made, suffix, change(good)))


@pytest.mark.parametrize(("edition", "status"), [("draft", 0), ("public", 1), ("confidential", 1)])
def test_an_edition_stops_and_a_draft_tells(
    edition: str, status: int, project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "scan_body", lambda *_: [])  # a hole in the first net
    named = TEXT.replace("parle d'une", "dit que Kadiatou longe une")
    (project / "contributions/alpha/mendicite.md").write_text(named, encoding="utf-8")
    assert cli.run(["build", "--root", str(project), "--edition", edition]) == status
    said = capsys.readouterr().out
    assert "contributions/alpha/mendicite.md:11" in said
    assert "V19" in said and "Kadiatou" in said
    assert ("cette édition attend" in said) == bool(status)
    assert any((project / "build").glob("rapport-*.html")) != bool(status)
    if not status:  # the desk tells it; what is in build/ is read again, and told again
        assert "mendicite.md:11" in (project / "build/tableau-de-bord.html").read_text(encoding="utf-8")
        assert cli.run(["verify", "--root", str(project)]) == 0
        assert re.search("V19.*Kadiatou", capsys.readouterr().out)
