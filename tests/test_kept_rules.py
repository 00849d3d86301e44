"""What rules said of a text is kept while neither the text nor what they compare it with has changed."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from rapport import cli
from rapport.checks import OF_OUTLINE
from rapport.checks.rule_context import OutlineContext, RuleContext

TEXT = "contributions/beta/mendicite.md"
SENT = (
    "---\ntitre: Un texte inventé\ndate: 2014-12-01\nauteurs: [Association Bêta]\ndiffusion: publique\n---\n"
    "\n## Constat\n\nL'association inventée agit, selon l'article 34 de la CIDE.\n"
    "\n## Analyse au regard de la Convention\n\nUne analyse.\n"
    "\n## Recommandations\n\n- **Au ministère inventé** (CIDE 32) : inventer une mesure.\n"
)
CHANGES = {
    "an article": ("chapters/outline.yaml", "- sigle: CIDE\n", "- sigle: CIDE\n    dernier_article: 33\n", "S14"),
    "an author": (
        "contributions/beta/association.yaml",
        "nom: Association Bêta",
        "nom: Bêta nouvelle",
        "Bêta nouvelle",
    ),
    "a section": ("chapters/outline.yaml", "titre: Constat\n", "titre: Constat neuf\n", "S01"),
}


def told(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What a check says of the text."""
    cli.run(["check", "--json", "--root", str(folder)])
    return [line for line in capsys.readouterr().out.split("\n") if TEXT in line]


def test_the_same_is_said_again(unbuilt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (unbuilt / TEXT).write_text(SENT, encoding="utf-8")
    first = told(unbuilt, capsys)
    assert first and (unbuilt / "build/cache/text-and-outline").is_dir()
    assert told(unbuilt, capsys) == first


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_beside_the_text_is_heard(change: str, unbuilt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, old, new, said = CHANGES[change]
    (unbuilt / TEXT).write_text(SENT, encoding="utf-8")
    assert said not in "".join(told(unbuilt, capsys))
    source = (unbuilt / path).read_text(encoding="utf-8")
    assert old in source
    (unbuilt / path).write_text(source.replace(old, new), encoding="utf-8")
    assert said in "".join(told(unbuilt, capsys))


def test_what_is_kept_hangs_on_all_that_its_rules_are_given() -> None:
    asked = {name for rule in OF_OUTLINE for name in getattr(rule, "__annotations__", {}).values()}
    assert "RuleContext" not in asked and "OutlineContext" in asked
    fields = {one.name for one in msgspec.structs.fields(OutlineContext)}
    assert fields < {one.name for one in msgspec.structs.fields(RuleContext)}
