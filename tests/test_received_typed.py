"""Texts typed in a plain file or in a mail, line by line; what stands in a table or under a title of the whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapport.inventory.account import ReceiptContent, account
from rapport.inventory.states import Inventory
from test_intake import drop, intake, receipt, text_of
from word_files import docx, h, p, table

pytestmark = pytest.mark.slow

PLAIN = """MENDICITÉ
=========

Contribution d'Association Bêta

CONSTAT
-------
Des enfants inventés attendent (1).
Ils sont
douze.

ANALYSE
-------
La loi inventée protège (2).

RECOMMANDATIONS
---------------
a) Au ministère inventé : ouvrir une porte ;
b) Aux communes : la laisser ouverte.

(1) Une enquête.
(2) Une loi.
"""
MAIL = """*Constat*
Chaque soir, des enfants inventés attendent.
Ils sont douze.

*Analyse au regard de la Convention*
La loi inventée protège.

*Recommandations*
- À l’État : agir.
"""


def taken(root: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes) -> str:
    """The contribution made of a file, without its header."""
    drop(root, f"beta/mendicite/{name}", content)
    status, said = intake(root, capsys)
    assert status == 0, said
    return text_of(root).partition("---\n\n")[2]


def test_titles_underlined_in_a_plain_text(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert taken(project, capsys, "texte.txt", PLAIN.encode()) == (
        "## Constat\n\nDes enfants inventés attendent[^1]. Ils sont douze.\n\n[^1]: Une enquête.\n\n"
        "## Analyse au regard de la Convention\n\nLa loi inventée protège[^2].\n\n[^2]: Une loi.\n\n"
        "## Recommandations\n\n- **Au ministère inventé** : ouvrir une porte ;\n"
        "- **Aux communes** : la laisser ouverte.\n"
    )
    assert "sans trace" not in receipt(project) and "rien n'a été reconnu" not in receipt(project)


@pytest.mark.parametrize("text", [MAIL, MAIL.replace("*", ""), MAIL.replace("*", "**")])
def test_a_title_right_above_its_text(text: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert taken(project, capsys, "texte.txt", text.encode()) == (
        "## Constat\n\nChaque soir, des enfants inventés attendent. Ils sont douze.\n\n"
        "## Analyse au regard de la Convention\n\nLa loi inventée protège.\n\n"
        "## Recommandations\n\n- **À l’État** : agir.\n"
    )


@pytest.mark.parametrize("line", [
    "Les enfants inventés voient le mur de\nsituation\net rien d'autre.",
    "Une phrase qui parle de la lettre\na) et de la lettre\nb) de la même page.",
])  # fmt: skip
def test_a_full_line_ends_nothing(line: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"Constat\n\n{line}\n\nRecommandations\n\nÀ l’État : agir.\n"
    assert f"## Constat\n\n{' '.join(line.split())}\n\n## Rec" in taken(
        project, capsys, "texte.txt", text.encode()
    ).replace("\\", "")


def test_the_numbers_of_demands_in_a_table_go(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ("N°", "Recommandation", "À qui"), ("1", "Ouvrir une porte", "Communes"), ("2", "Payer", "État")
    text = docx(h("Constat"), p("Un fait."), h("Recommandations"), table(*rows))
    body = taken(project, capsys, "texte.docx", text)
    assert body.endswith("## Recommandations\n\n- **Communes** : Ouvrir une porte\n- **État** : Payer\n")
    assert "numéros et puces tapés à la main (2) : 1 / 2" in receipt(project) and "sans trace" not in receipt(project)


def test_boxes_below_a_list_are_none_of_its_points(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = ("1) Un premier point ;", "2) un second.", "☐ Nous disons oui", "☒ Nous disons non")
    body = taken(project, capsys, "texte.docx", docx(h("Constat"), *map(p, lines), h("Recommandations"), p("Agir.")))
    assert "1.  Un premier point ;\n2.  un second.\n\n" in body and "\n- ☐ Nous disons oui\n- ☒ Nous" in body


def test_the_title_of_the_whole_is_no_section(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = docx(h("La parole des enfants"), h("Constat", 2), p("Un fait."), h("Recommandations", 2), p("Agir."))
    assert taken(project, capsys, "texte.docx", text).startswith("## Constat\n\nUn fait.")
    assert "Témoignages" not in receipt(project) and "titre: La parole des enfants" in text_of(project)


def test_a_letter_that_closes_with_two_verbs(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    closing = "Nous restons à votre disposition et vous prions d’agréer, Madame, nos salutations distinguées."
    lines = ("Madame, Monsieur,", "Un fait inventé.", "C’est pourquoi nous demandons :", "- une porte ;", "- une clé.")
    body = taken(project, capsys, "texte.docx", docx(*map(p, (*lines, closing, "La présidente,", "Mme Inventée"))))
    assert "disposition" not in body and "## Recommandations" in body and "- une clé" in body
    assert "une lettre" in receipt(project)


def test_typed_marks_are_numbers_and_no_titles() -> None:
    received, made = Inventory("1) Un point\n2) Un autre\n20/11/2014"), Inventory("Un point\nUn autre")
    words = account(received, made, ReceiptContent(placed_words=["1) ", "2) ", "20/11/2014"])).tally_of("words")
    assert (words.numbers, words.placed_words, words.missing_words) == (("1", "2"), ("20", "11", "2014"), ())
