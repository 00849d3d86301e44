"""The words of the report: what is counted is what is printed, and the table says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapport import cli, pipeline, tree
from rapport.examination.opening import open_cache
from rapport.model import Edition, Node
from rapport.tree import counting

pytestmark = pytest.mark.slow

PRODUCT = Path(__file__).parent.parent
NOT_COUNTED = ("cadre-juridique", "recommandations")


def change(project: Path, before: str, after: str) -> None:
    outline = project / "chapters" / "outline.yaml"
    text = outline.read_text(encoding="utf-8")
    assert before in text
    outline.write_text(text.replace(before, after), encoding="utf-8")


def counted(project: Path) -> pipeline.Budget:
    budget = pipeline.examine(project, open_cache(project)).budget
    assert budget is not None
    return budget


def printed(root: Path, project: Path) -> int:
    """The words of the finished document's themes, citations as printed; what the program puts in is not counted."""
    cache = open_cache(project)
    _, document, _ = pipeline.lay_out(pipeline.examine(root, cache), Edition.CONFIDENTIAL, cache)
    assert document is not None
    themes = [chapter for chapter in document.chapters if tree.attributes(chapter[0])[0] not in NOT_COUNTED]
    blocks = [block for chapter in themes for block in chapter]
    shown = [b for b in blocks if not {"provenance", "notice"} & set(tree.attributes(b)[1])]
    return sum(sum(counting.words(tree.rewrite(block, _as_text))) for block in shown)


def _as_text(node: Node) -> Node | None:
    if {"label", "expansion"} & set(tree.attributes(node)[1]):
        return {"t": "Span", "c": [["", [], []], []]}
    return {"t": "Span", "c": [["", [], []], node["c"][1]]} if node["t"] == "Cite" else None


def test_what_is_counted_is_what_is_printed(project: Path) -> None:
    assert counted(project).total == printed(project, project)


@pytest.mark.parametrize("times", [1, 3])
def test_notes_of_works_are_counted_whole_once_and_short_afterwards(project: Path, times: int) -> None:
    change(project, "  date_limite_sources:", "  citations: notes\n  date_limite_sources:")
    alpha = project / "contributions" / "alpha" / "travail-force.md"
    alpha.write_text(alpha.read_text("utf-8").replace("de @livre2010", "cité [@livre2010]"), "utf-8")
    path = project / "contributions" / "beta" / "travail-force.md"
    cited = "Un fait [@livre2010, p. 4].\n\n" * times
    path.write_text(path.read_text("utf-8").replace("## Constat\n", f"## Constat\n\n{cited}", 1), "utf-8")
    assert counted(project).total == printed(project, project)


def test_the_reports_own_count_is_within_a_word_in_a_thousand(tmp_path: Path) -> None:
    cache = open_cache(tmp_path)
    budget = pipeline.examine(PRODUCT, cache).budget
    assert budget is not None
    assert budget.total == pytest.approx(printed(PRODUCT, tmp_path), rel=0.001)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("un deux", 2), ("un\u00a0deux", 2), ("mot\u00a0: suite", 3), ("«\u00a0mot\u202f»", 3), ("l'enfant-roi", 1),
        ("3\u202f000 euros", 3), ("a/b", 1), ("", 0),
    ],
)  # fmt: skip
def test_words_are_what_stands_between_spaces(text: str, count: int) -> None:
    assert counting.count_words_of_string(text) == count


def test_notes_count_unless_the_chosen_length_leaves_them_out(project: Path) -> None:
    before = counted(project)
    change(project, "      mots: 3000\n", "      mots: 3000\n      notes_comprises: non\n")
    after = counted(project)
    assert before.total - after.total == 3 + 5  # « Une note inventée. » and « Une autre note inventée (…, 2014). »


def test_themes_and_associations_are_the_sum_of_their_texts(project: Path) -> None:
    budget = counted(project)
    assert sum(budget.words_of(name) for name in ("alpha", "beta")) == sum(text.words for text in budget.texts)
    assert budget.confidential == next(text.words for text in budget.texts if text.theme == "parole")
    assert sum(budget.themes.values()) < budget.total


def test_a_refused_text_is_not_counted(project: Path) -> None:
    path = project / "contributions/beta/travail-force.md"
    path.write_text(path.read_text("utf-8") + "\n<b>Refusé.</b>\n", encoding="utf-8")
    assert {text.association for text in counted(project).texts} == {"alpha"}


def test_the_table(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, "        titre: Travail forcé\n", "        titre: Travail forcé\n        mots: 100\n")
    capsys.readouterr()
    assert cli.run(["budget", "--root", str(project)]) == 0
    assert (
        capsys.readouterr().out
        == """\
thème                                            mots   prévus
LES FORMES
  travail-force                                   118      100  18 de trop
      alpha                                        64
      beta                                         41
LES QUESTIONS TRANSVERSALES
  parole                                           36        —
      alpha                                        23

association                                      mots
  Association Alpha                                87
  Association Bêta                                 41

LE RAPPORT                                        159     3000
  dont réservés à l'édition confidentielle         23
il reste 2841 mots (limite choisie : Rapport court)
notes et titres compris ; ni présentation, ni résumés, ni cadre juridique, ni liste des recommandations, ni annexes
"""
    )


@pytest.mark.parametrize("verb", ["budget", "status --all"])
def test_parts_have_their_english_titles_where_the_outline_has_them(
    verb: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(project, "    titre_en: Cross-cutting questions\n", "")
    assert cli.run([*verb.split(), "--root", str(project), "--lang", "en"]) == 0
    said = "\n" + capsys.readouterr().out.lower()
    assert "\nforms\n" in said and "les formes" not in said
    assert "les questions transversales" in said
