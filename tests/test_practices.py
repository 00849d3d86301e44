"""The list of good practices: a sentence, who, on which theme, in which paragraphs."""

from __future__ import annotations

from pathlib import Path

from lxml import html

from rapport import cli
from test_briefs import TEXT


def listed(project: Path, *more: str) -> list[str]:
    """The items of the list, in the report as built."""
    assert cli.run(["build", "--root", str(project), *more]) == 0
    page = max((project / "build").glob("rapport-*.html"), key=lambda path: path.stat().st_mtime_ns)
    found = html.fromstring(page.read_bytes()).xpath("//*[@id='bonnes-pratiques']/following::ul[1]/li")
    return [" ".join(item.text_content().split()) for item in found]


def test_what_who_and_where(project: Path) -> None:
    path = project / "contributions/beta/mendicite.md"
    path.write_text(TEXT.replace("Rien de plus.", "Rien de plus.\n\nUn autre paragraphe."), encoding="utf-8")
    first, second = listed(project)
    assert second.startswith("Le groupe inventé se réunit chaque mois. (Association Bêta, Mendicité, paragraphes ")
    assert "Rien de plus" not in second
    assert first.startswith("Une première pratique inventée. (Association Bêta, Travail forcé, paragraphe ")


def test_a_practice_that_no_sentence_says_alone(project: Path) -> None:
    text = TEXT.replace("Le groupe inventé se réunit chaque mois. Rien de plus.", "Elle fait ceci : tout.")
    (project / "contributions/beta/mendicite.md").write_text(text, encoding="utf-8")
    assert listed(project)[1].startswith("Association Bêta, Mendicité, paragraphe ")


def test_in_english_and_without_any(project: Path) -> None:
    (project / "contributions/beta/mendicite.md").write_text(TEXT, encoding="utf-8")
    assert "Begging, paragraph" in listed(project, "--report-language", "en")[1]
    for path in project.glob("chapters/**/bonnes-pratiques.md.j2"):
        path.unlink()
    assert listed(project) == []
