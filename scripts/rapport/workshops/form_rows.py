"""The rows of a workshop's form, by name: what is asked, and what is read back under the same words."""

from __future__ import annotations

from rapport.language.folding import fold_words
from rapport.messages import LANGUAGES, workshops

OF_WORKSHOP = ("association", "titre", "mois", "lieu", "langues", "enfants", "ages", "accompagnement", "methode")
OF_PIECE = ("langue", "mots", "traduction", "enfant", "representant", "accord_le", "editions")


def label(name: str, language: str) -> str:
    """The words at the head of a row."""
    return workshops(f"row-{name}", language)


def rows_by_label() -> dict[str, str]:
    """The name of a row by its words made comparable, in every language."""
    names = (*OF_WORKSHOP, *OF_PIECE)
    return {fold_words(label(name, language)): name for language in LANGUAGES for name in names}
