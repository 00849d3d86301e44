"""The names of the months in French and English."""

from __future__ import annotations

from rapport.language.folding import fold_words

MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}
FRENCH = "|".join(MONTHS["fr"])
"""The French ones as a pattern."""
FRENCH_TYPED = "|".join(dict.fromkeys(name for month in MONTHS["fr"] for name in (month, fold_words(month))))
"""The same, with and without accents."""
