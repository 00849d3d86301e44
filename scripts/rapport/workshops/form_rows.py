"""The rows of a workshop's form, by name: what is asked, and what is read back under the same words."""

from __future__ import annotations

import re

from rapport.language.folding import fold_words
from rapport.messages import LANGUAGES, workshops

OF_WORKSHOP = ("association", "titre", "mois", "lieu", "langues", "enfants", "ages", "accompagnement", "methode")
OF_PIECE = (
    "langue", "mots", "traduction", "dessin", "decrit", "enfant", "representant", "accord_le", "editions",
)  # fmt: skip
PIECES = 10  # cards for a child's words or drawing in a form
CODED_LISTS = ("langues", "ages", "editions")
CODED = (*CODED_LISTS, "association", "mois", "enfants", "langue", "enfant", "representant", "accord_le")
"""Rows whose answers are written in the project's own codes, and not as they were typed."""
EXPLAINED = re.compile(r"\([^()]*\)")


def label(name: str, language: str) -> str:
    """The words at the head of a row."""
    return workshops(f"row-{name}", language)


def row_key(label: str) -> str:
    """The words of a row as rows are told apart: how to answer, in brackets, may change between two forms."""
    return fold_words(EXPLAINED.sub(" ", label))


def rows_by_key() -> dict[str, str]:
    """The name of a row by its words made comparable, in every language."""
    names = (*OF_WORKSHOP, *OF_PIECE)
    return {row_key(label(name, language)): name for language in LANGUAGES for name in names}
