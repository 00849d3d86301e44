"""Names as people type them, and the nearest right one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapport.language.folding import fold_words

LIKE = 70  # of 100: « dupond » is like « dupont », « temoignages » is not like « date »
# Controls, the marks that turn the direction of a line, private letters (Word's Symbol bullets), halves of letters (in
# a file's name that is not UTF-8), and the sign of a letter lost already: what is printed depends on who reads.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\uf8ff\ufffd-\uffff\U000f0000-\U0010ffff]"
)
LOST_LETTER = "\ufffd"
CONSONANTS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")


def with_unbroken_spaces(text: str, space: str = "\u00a0") -> str:
    """A French sentence with the spaces that a line is not broken at."""
    return re.sub(r"(?<=«) | (?=[»:;?!%])", space, text)


def with_spaces_of(text: str, language: str) -> str:
    """A sentence in « fr » with the spaces that a line is not broken at; one in another language as it is."""
    return with_unbroken_spaces(text) if language == "fr" else text


def instrument_of(article: str, known: Iterable[str]) -> str:
    """The short name of the text that an article is of (« STCE 197 10.3 » → « STCE 197 »), or ""."""
    return max((name for name in known if f"{article} ".startswith(f"{name} ")), key=len, default="")


TREATIES = frozenset(
    "CIDE CRC OPSC OPAC OPIC PIDCP ICCPR PIDESC ICESCR CDPH CIDPH CRPD CEDEF CEDAW CAT CERD CIEDR CMW CIPPDF CED "
    "CEDH ECHR DUDH UDHR".split()
)
"""Treaties by their initials: one that the outline does not name is none of the others mistyped."""


def nearest_article(article: str, known: Iterable[str]) -> str:
    """The article as it was perhaps meant: « CDE 12 » → « CIDE 12 »."""
    name = re.split(r"[\s,]+\d", article)[0]
    near = "" if name.upper() in TREATIES else nearest(name, known)
    return near + article[len(name) :] if near else ""


def identifier(text: str) -> str:
    """The identifier that a file or folder name stands for: « Mendicité forcée » → « mendicite-forcee »."""
    return fold_words(text).replace(" ", "-")


def consonant_stamp(digest: str) -> str:
    """A digest's first six signs as consonants, for a file's name: in hexadecimal one in seventy reads as a plate."""
    return digest[:6].translate(CONSONANTS)


def typed_name(typed: str, known: Iterable[str]) -> tuple[str, str]:
    """The identifier typed, and those that are known, the nearest first ("" where it is one, or nothing was typed)."""
    names = list(known)
    if not typed or identifier(typed) in names:
        return identifier(typed), ""
    nearest_first = filter(None, dict.fromkeys((nearest(typed, names), *names)))
    return identifier(typed), ", ".join(nearest_first) or "–"


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like this one, letter by letter or by its whole words, or "" when none is like it."""
    from rapidfuzz import fuzz, process  # late: most builds have no mistake to look up

    names = {k: fold_words(k) for k in known}
    for scorer in (fuzz.ratio, fuzz.token_set_ratio):  # the letters first: « date » has a word of every « date_… »
        if best := process.extractOne(fold_words(name), names, scorer=scorer, score_cutoff=LIKE):
            return best[2]
    return ""


def printable_line(text: str) -> str:
    """A text as one line that prints anywhere: a file's name, or a header, may hold anything."""
    valid = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(UNPRINTABLE.sub(LOST_LETTER, " ".join(valid.split())).split())
