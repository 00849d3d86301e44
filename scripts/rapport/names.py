"""Names as people type them: made comparable, and the nearest right one found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def plain(text: str) -> str:
    """Lower case, without accents, every run of other characters one space: « Témoignages » → « temoignages »."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", bare.casefold().replace("œ", "oe").replace("æ", "ae")).strip()


def identifier(text: str) -> str:
    """The identifier that a file or folder name stands for: « Mendicité forcée » → « mendicite-forcee »."""
    return plain(text).replace(" ", "-")


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like this one, or "" when none is like it."""
    from rapidfuzz import process  # late: most builds have no mistake to look up

    best = process.extractOne(plain(name), {k: plain(k) for k in known}, score_cutoff=60)
    return best[2] if best else ""
