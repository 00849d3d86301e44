"""Texts made comparable, at three levels: what each takes for the same, and who compares by it.

| level | taken for the same | still different | who compares by it |
|---|---|---|---|
| `fold_typography` | spaces, quotation marks, dashes, unseen signs | case, accents, signs | review, redline |
| `fold_accents` | case, accents, ligatures, apostrophes | every other sign | the dictionary of names |
| `fold_words` | the same and all signs between words | words | titles, names, works, answers to forms |

`folded_letters` is the last without spaces, with the place of each letter: texts looked for in a file that was sent.
The proof of finished files has its own, as it shares nothing with what made them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
ALIKE = str.maketrans(
    {**dict.fromkeys("’‘ʼ′", "'"), **dict.fromkeys("“”«»„", '"'), **dict.fromkeys("‐‑–—−", "-"), "…": "..."}
)
"""What word processors and typographers exchange without anybody having corrected anything."""


@lru_cache(50_000)
def fold_typography(text: str) -> str:
    """A text without what an exchange of formats may change: kinds of spaces, quotes and dashes."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(UNSEEN).translate(ALIKE).split())


def fold_accents(word: str) -> str:
    """Without accents and in lower case: « État » → « etat »."""
    if word.isascii():
        return word.lower()
    return _without_accents(word).lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")


@lru_cache(4096)  # the titles of sections come back in every contribution
def fold_words(text: str) -> str:
    """Lower case, without accents, every run of other characters one space: « Témoignages » → « temoignages »."""
    bare = _without_accents(text).casefold().replace("œ", "oe").replace("æ", "ae")
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


def bare_letters(text: str) -> str:
    """Letters and digits alone, as they are."""
    return "".join(filter(str.isalnum, text))


def folded_letters(text: str) -> tuple[str, list[int]]:
    """Letters and digits alone, in lower case and without accents, and where each stands."""
    letters, places = [], []
    for at, sign in enumerate(text):
        for plain in sign if sign.isascii() else unicodedata.normalize("NFKD", sign):
            if plain.isalnum():
                letters.append(plain.casefold()[0])
                places.append(at)
    return "".join(letters), places


def _without_accents(text: str) -> str:
    bare = unicodedata.normalize("NFD", text)
    for mark in filter(unicodedata.combining, set(bare)):  # few are different, whatever the length of the text
        bare = bare.replace(mark, "")
    return bare
