"""What somebody meant to hide with words or with a comment that never closes is refused, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapport import pipeline
from rapport.storage.cache import Cache

pytestmark = pytest.mark.slow

HEAD = (
    "---\ntitre: {title}\ndate: 2014-12-04\nauteurs: [Association inventée]\nstatut: ebauche\ndiffusion: {open}\n---\n"
)
BODY = """
## Constat

{text}

## Analyse au regard de la Convention

Une analyse inventée.

## Recommandations

- **Au ministère inventé** (CIDE 3) : former les équipes de nuit à l'accueil.
"""


def told(project: Path, text: str, title: str = "Un texte inventé", open: str = "publique") -> list[tuple[str, int]]:
    """The rules of kind S that a text breaks, each with its line."""
    file = project / "contributions/beta/mendicite.md"
    file.write_text(HEAD.format(title=title, open=open) + BODY.format(text=text), encoding="utf-8")
    found = pipeline.examine(project, Cache(project / "build/cache", "x")).diagnostics
    return [(d.rule.code, d.span.line) for d in found if d.span.path.endswith("beta/mendicite.md")]


HIDES = (
    "Passage réservé au Comité.", "PASSAGE RÉSERVÉ AU COMITÉ", "Ne pas diffuser.", "À ne pas publier !",
    "confidentiel : un fait.", "Strictement confidentiel – un fait.", "« Confidentiel » : un fait.",
    "(ne pas diffuser) Un fait.", "Un fait inventé (passage réservé au Comité).", "Not for publication: a fact.",
    "Do not distribute.", "Confidential: a fact.", "[For the Committee only] A fact.", "Diffusion restreinte.",
    "Ce paragraphe est confidentiel.", "Ce passage est réservé au Comité des droits de l'enfant.",
    "Un fait. Passage confidentiel : un autre.", "**C**onfidentiel : un fait.", "C[onfidentiel]{.smallcaps} : un fait.",
    "Pour le Comité uniquement.", "Ne pas\\ndiffuser.", "Passage confidentiel, ne pas publier",
    "Texte confidentiel pour le Comité : un fait.", "*Réservé au Comité*",
)  # fmt: skip
OPEN = (
    "Un avis confidentiel n'est pas visé.", "Les médias ont choisi de ne pas publier ces images.",
    "Un espace réservé au comité d'entreprise.", "Les entretiens sont confidentiels et le restent.",
    "Le Comité a demandé de ne pas diffuser les noms des enfants.", "Il est destiné au Comité et aux ministères.",
    "La confidentialité est garantie.", "Confidentielles par nature, les données manquent.",
    "La mention « ne pas diffuser » est courante.",
)  # fmt: skip
NESTINGS = {
    "a paragraph": "{}", "a quotation": "> {}", "an item": "- {}\n- Un autre fait.",
    "a subheading": "### {}\n\nUn fait.",
    "a note": "Un fait.[^n]\n\n[^n]: {}", "a cell": "| Un | Deux |\n|----|------|\n| Un fait. | {} |",
    "a caption": "| Un | Deux |\n|----|------|\n| Un fait. | Un autre. |\n\n: {}",
    "the second line": "Un fait inventé.\\\n{}",
}  # fmt: skip


@pytest.fixture
def texts(project: Path) -> Path:
    return project


@pytest.mark.parametrize("nesting", NESTINGS)
def test_words_that_hide_nothing_are_seen(nesting: str, texts: Path) -> None:
    missed = [w for w in HIDES if "S19" not in dict(told(texts, NESTINGS[nesting].format(w.replace("\\n", " "))))]
    assert missed == []


def test_prose_about_secrecy_is_prose(texts: Path) -> None:
    text = "\n\n".join(OPEN) + "\n\n- Un fait.\n- " + "\n- ".join(OPEN)
    assert [one for one in told(texts, text) if one[0] == "S19"] == []


def test_the_fields_of_a_header(texts: Path) -> None:
    assert ("S19", 2) in told(texts, "Un fait.", "Un texte inventé (ne pas diffuser)")
    assert ("S19", 2) in told(texts, "Un fait.", '"Confidentiel : un texte inventé"')


def test_in_what_is_hidden_the_words_may_stand(texts: Path) -> None:
    assert "S19" not in dict(told(texts, "::: confidentiel\nPassage réservé au Comité.\n:::"))
    assert "S19" not in dict(told(texts, "Passage réservé au Comité.", open="confidentielle"))


COMMENTS = (
    "Un fait. <!-- à relire",
    "<!-- à relire\n\nUn fait.",
    "Un fait <!— à relire",
    "*Un <!-- fait*",
    "Un fait.<!--x",
)


@pytest.mark.parametrize("nesting", NESTINGS)
@pytest.mark.parametrize("comment", COMMENTS)
def test_a_comment_that_never_closes_is_refused(nesting: str, comment: str, texts: Path) -> None:
    assert "S08" in dict(told(texts, NESTINGS[nesting].format(comment)))


def test_a_comment_in_the_header_is_refused(texts: Path) -> None:
    assert ("S08", 2) in told(texts, "Un fait.", "Un texte <!-- à relire")
    assert ("S08", 2) in told(texts, "Un fait.", "Un texte <!-- à relire -->")


def test_arrows_and_code_are_no_comments(texts: Path) -> None:
    assert "S08" not in dict(told(texts, "Un fait --> un autre. Deux < trois !"))
