"""Templates, the outline, cards, titles and bibliographies are read as printed, each finding in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapport import pipeline
from rapport.examination.opening import open_cache
from rapport.safeguarding.scan_typed import scan_marked, without_commands

pytestmark = pytest.mark.slow

# What is typed, the words that have to be found, how the place in the file begins.
HIDDEN = {
    "small capitals": ("M[ariama]{.smallcaps} est venue.", "Mariama", "M[ar"),
    "a link": ("Puis Kadi[atou](https://exemple.org) parle.", "Kadiatou", "Kadi[at"),
    "emphasis in a word": ("Puis Kadi**ato**u parle.", "Kadiatou", "Kadi**"),
    "an entity": ("Puis Kadi&#97;tou parle.", "Kadiatou", "Kadi&"),
    "raised letters": ("Puis Kadi^atou^ parle.", "Kadiatou", "Kadi^"),
    "the end of a line": ("Puis Kadia-\ntou parle.", "Kadiatou", "Kadia-"),
    "underlined digits": ("Au 06 12 [34 56 78]{.underline}.", "06 12 34 56 78", "06 12 ["),
    "digits in circles": ("Au 06 12 ③④ 56 78.", "06 12 34 56 78", "06 12 ③"),
    "an empty span": ("Née le 12[]{}/04/2000 ici.", "12/04/2000", "12[]{}/"),
    "quotation marks": ('Elle a "15 ans" et vit à Vire.', "15 ans", "15 ans"),
    "a place that is a link": ("Une fille de 15 ans vit à [Vire](https://exemple.org).", "15 ans", "15 ans"),
    "no space": ("Elle a 15ans et vit à Vire.", "15 ans", "15ans"),
    "a wrapped address": (
        "Voir https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexemple.org%2Fkadiatou-diallo&data=05",
        "kadiatou", "",
    ),
}  # fmt: skip
PLACES = {
    "a template": "chapters/cadre-juridique.md.j2",
    "the outline": "chapters/outline.yaml",
    "a card": "contributions/beta/association.yaml",
    "a title": "contributions/beta/travail-force.md",
    "a bibliography": "contributions/beta/sources.bib",
}
BIB = "@book{kx, title = {Un titre}, author = {Inventé, Jean}, note = {TEXT}, year = {2010}}\n"


def quoted(text: str) -> str:
    return "'" + text.replace("\n", " ").replace("'", "''") + "'"


def laid(place: str, text: str, root: Path) -> str:
    """The file of this place with the text in it."""
    path = root / PLACES[place]
    match place:
        case "a template":
            return f"{path.read_text(encoding='utf-8')}\n\n{text}\n"
        case "the outline":
            return path.read_text(encoding="utf-8").replace(
                "sous_titre: Matériel d'essai", f"sous_titre: {quoted(text)}"
            )
        case "a card":
            return path.read_text(encoding="utf-8").replace("nom: ", f"presentation: {quoted(text)}\nnom: ", 1)
        case "a title":
            stock = path.read_text(encoding="utf-8")
            return stock.replace("titre: Un second texte inventé sur le même thème", f"titre: {quoted(text)}")
        case _:
            return BIB.replace("TEXT", text.replace("[]{}", "{}"))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", HIDDEN)
def test_no_mark_hides_what_is_printed_beside(place: str, name: str, project: Path) -> None:
    root, (text, words, begins) = project, HIDDEN[name]
    new = laid(place, text, root)
    (root / PLACES[place]).write_text(new, encoding="utf-8")
    if place == "a bibliography":
        file = root / PLACES["a title"]
        stock = file.read_text(encoding="utf-8")
        file.write_text(stock.replace("Un autre constat inventé.", "Un autre constat inventé [@kx]."), encoding="utf-8")
    found = [
        (diagnostic.span.line, diagnostic.span.column)
        for diagnostic in pipeline.examine(root, open_cache(root)).diagnostics
        if diagnostic.span.path == PLACES[place] and diagnostic.facts.get("text") == words
    ]
    assert len(found) == 1
    line, column = found[0]
    at = new.split("\n")[line - 1][column - 1 :]
    assert at.startswith((begins, begins.replace("[]{}", "{}"))) or place == "a bibliography"


def test_what_commands_of_a_bibliography_print() -> None:
    assert (
        without_commands(r"{\'E}cole \textsc{k}adi{}atou, Fran{\c c}ois, Andr\'{e}")
        == "École kadiatou, François, André"
    )


def test_what_a_template_holds_beside_prose_is_no_finding() -> None:
    text = "Un mot[^n1], [une étude](#e), [@livre2010, p. 14].\n\n[^n1]: Une note.\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    assert [finding for finding in scan_marked(text) if finding.kind != "key"] == []
    assert scan_marked("# Ce que des enfants ont dit\n\nCes mots sont les leurs.\n\n## Un titre\nCes mots aussi.") == []


@pytest.mark.parametrize("blank", ["\n\n", "\n  \n", "\n\t\n\n"])
def test_a_title_is_not_one_line_with_what_follows_it(blank: str) -> None:
    text = f"# Ce que des enfants ont dit {{.unnumbered #dit}}{blank}Ces mots et ces dessins ont été faits en atelier."
    assert scan_marked(text) == []
