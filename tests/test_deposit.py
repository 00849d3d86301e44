"""What goes with the package: a letter, a request, a statement, each from the outline's fields and nothing more."""

from __future__ import annotations

from pathlib import Path

import pytest

from docx_sample import Word, said
from rapport import cli
from test_submission import approve, change, complete, finished

assert complete and finished  # fixtures
pytestmark = pytest.mark.slow

PLACE = "build/depot-public"
DATE, BARE = r"^  date: 2015-02-28\n", "  date: 2015-02-28\n  depot:\n    minutes: 5\n"
DEPOT = """\
  depot:
    porte_parole: [une porte-parole inventée]
    presession: oui
    reunion_enfants: oui
    minutes: 1
    mots_par_minute: 60
    source: inventé pour les tests
    consulte_le: 2015-01-02
  calendrier:
    - id: presession
      date: 2015-06-08
      evenement: Pré-session inventée
      source: inventé
  date: 2015-02-28
"""


def words(path: Path) -> str:
    return " ".join(said(Word(path.read_bytes()).body).split())


def public(project: Path, *more: str) -> int:
    return cli.run(["public", "--root", str(project), *more])


def test_without_the_field_there_is_nothing_beside_the_package(complete: Path) -> None:
    assert public(complete) == 0
    assert not (complete / PLACE).exists()


def test_each_page_says_what_the_outline_says(complete: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(complete / "chapters/outline.yaml", DATE, DEPOT)
    demands = "".join(
        f"- **Au Parlement** (CIDE 3 ; clé) : inventer la règle numéro {n} sans attendre.\n" for n in range(9)
    )
    text = complete / "contributions/beta/travail-force.md"
    change(text, r"(## Recommandations\n\n)", r"\1" + demands)
    approve(complete)
    capsys.readouterr()
    assert public(complete) == 0
    out = capsys.readouterr().out
    letter = words(complete / PLACE / "lettre-de-transmission.docx")
    assert "Ce rapport est public" in letter and "Parlent pour le Collectif : une porte-parole inventée." in letter
    assert "pré-session du groupe de travail, à partir du 8 juin 2015" in letter and "rapport-public.pdf" in letter
    children = words(complete / PLACE / "demande-de-reunion-avec-des-enfants.docx")
    assert "CRC/C/66/2" in children and "Aucun enfant n'est nommé" in children.replace("’", "'")
    oral = words(complete / PLACE / "declaration-orale.docx")
    said_words = oral.partition("Mesdames et Messieurs")[2].partition("Je vous remercie.")[0]
    assert "Inventer la règle numéro 0" in said_words and "numéro 8" not in said_words
    assert "60 mots par minute (inventé pour les tests ; lu le 2 janvier 2015)" in oral
    assert "recommandations n'y tiennent pas" in oral.replace("’", "'")
    assert f"{PLACE}/lettre-de-transmission.docx" in out and "il manque" not in out


def test_what_the_outline_does_not_say_is_not_promised(complete: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(
        complete / "chapters/outline.yaml", r"^  date: 2015-02-28\n", "  date: 2015-02-28\n  depot:\n    minutes: 5\n"
    )
    assert public(complete) == 0
    assert "il manque dans chapters/outline.yaml : rapport: depot: porte_parole" in capsys.readouterr().out
    letter = words(complete / PLACE / "lettre-de-transmission.docx")
    assert "Parlent" not in letter and "pré-session" not in letter
    assert not (complete / PLACE / "demande-de-reunion-avec-des-enfants.docx").exists()
    assert "par minute" not in words(complete / PLACE / "declaration-orale.docx")


def test_the_confidential_letter_asks_for_silence(complete: Path) -> None:
    change(
        complete / "chapters/outline.yaml", r"^  date: 2015-02-28\n", "  date: 2015-02-28\n  depot:\n    minutes: 5\n"
    )
    assert cli.run(["confidential", "--root", str(complete)]) == 0
    (letter,) = (complete / "build").glob("depot-*/lettre-*ne-pas-diffuser.docx")
    assert "nous demandons au Comité de ne pas le publier" in words(letter)
