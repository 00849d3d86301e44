"""S34 is for a report of which one edition names no author: where each names them, « l'association » is clear."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapport import cli

TEXT = "contributions/beta/mendicite.md"
HEADER = "---\ntitre: Un texte inventé\ndate: 2014-12-01\nauteurs: [Association Bêta]\ndiffusion: publique\n---\n"
BODY = (
    "\n## Constat\n\n{said}\n\n## Analyse au regard de la Convention\n\nUne analyse.\n\n"
    "## Recommandations\n\n- **Au ministère inventé** (CIDE 32) : inventer une mesure.\n"
)


@pytest.mark.parametrize(
    ("said", "hidden", "told"),
    [
        ("L'association inventée agit.", True, "L'association"),
        ("L'association inventée agit.", False, ""),
        ("Un conseil inventé\nde notre  équipe.", True, "notre équipe"),
        ("Un texte inventé[^1].\n\n[^1]: Nos notes.", True, "Nos"),
        ("Un texte inventé.\n\n- un point ;\n- nous autres.", True, "nous"),
        ("Association\nBêta agit, et l'association compte.", True, ""),
        ("L'association d'idées, l'association des causes.", True, ""),
        ("L'association « Bêta » et l'association Une autre.", True, ""),
        ("Un rendez-vous ; « nous », dit-elle ; l'associationnisme.", True, ""),
    ],
)
def test_who_is_meant(said: str, hidden: bool, told: str, unbuilt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (unbuilt / TEXT).write_text(HEADER + BODY.format(said=said), encoding="utf-8")
    outline = unbuilt / "chapters/outline.yaml"
    if not hidden:
        outline.write_text(
            outline.read_text(encoding="utf-8").replace("publique: non", "publique: oui"), encoding="utf-8"
        )
    cli.run(["check", "--root", str(unbuilt)])
    lines = [line for line in capsys.readouterr().out.split("\n") if " S34 " in line and TEXT in line]
    assert [line.split("« ")[1].split(" »")[0] for line in lines] == ([told] if told else [])
