"""The ordinals in French and English, from the first on."""

from __future__ import annotations

ORDINALS = {
    "fr": "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième "
    "douzième".split(),
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(),
}
ENDINGS = {"fr": "e", "en": "th"}


def ordinal(number: int, language: str) -> str:
    """« cinquième », « fifth »; beyond the twelfth in figures: « 13e », « 13th »."""
    words = ORDINALS[language]
    return words[number - 1] if 0 < number <= len(words) else f"{number}{ENDINGS[language]}"
