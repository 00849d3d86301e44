"""The words that are known: a French dictionary, first names, places, and our own lists beside them.

Whatever is not in them is a name that nobody has looked at. A list that cannot be loaded stops the build: a scanner
without its dictionary would say « nothing found » of anything.
"""

from __future__ import annotations

import errno
import hashlib
import os
import unicodedata
import zlib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
LEXICON = DATA / "lexique.zlib"
DIGEST = "bb4fe0c1ddc6a267152f816b770164f99e2fa316f14856a2ce39ef5b63e1f756"
SHORTEST = 4  # letters of a first name that is looked for in lower case


class LexiconError(OSError):
    """The lists are missing or damaged: nothing may be built without them."""

    def __init__(self, name: str) -> None:
        super().__init__(errno.EIO, os.strerror(errno.EIO), name)


def fold(word: str) -> str:
    """Without accents and in lower case: « État » → « etat »."""
    if word.isascii():
        return word.lower()
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return bare.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")


class Words:
    """Sorted lines in one piece of text, searched by halving: no half million strings to make at every start."""

    def __init__(self, text: str) -> None:
        self.text = f"\n{text}\n"

    def has(self, word: str) -> bool:
        """The word as it is written, accents included."""
        return word in self.like(word)

    def has_like(self, word: str) -> bool:
        """The word whatever its accents: « ETAT » is « état »."""
        return bool(self.like(word))

    def like(self, word: str) -> tuple[str, ...]:
        """Every form that is this word but for its accents."""
        wanted, text = fold(word), self.text
        low, high = 0, len(text) - 1  # line ends: the forms wanted, if there are any, begin after `low`
        while (start := text.rfind("\n", low, (low + high) // 2 + 1)) > low or text.index("\n", low + 1) < high:
            end = text.index("\n", start + 1)
            if fold(text[start + 1 : end]) < wanted:
                low = end
            elif start > low:
                high = start
            else:
                break
        found = []
        while low + 1 < len(text):
            end = text.index("\n", low + 1)
            line = text[low + 1 : end]
            if (here := fold(line)) == wanted:
                found.append(line)
            elif here > wanted:
                break
            low = end
        return tuple(found)


def entries(name: str) -> Iterator[str]:
    """The entries of one of our own lists: separated by commas, « # » begins a remark."""
    try:
        lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(name) from error
    for line in lines:
        yield from filter(None, (entry.strip() for entry in line.partition("#")[0].split(",")))


@cache
def lists() -> tuple[Words, frozenset[str], frozenset[str], frozenset[str]]:
    """Common words; first names; other proper names; first names in lower case that are no words."""
    try:
        packed = LEXICON.read_bytes()
        if hashlib.sha256(packed).hexdigest() != DIGEST:
            raise LexiconError(LEXICON.name)
        common, *others = zlib.decompress(packed).decode().split("\0")
        given, places, rare = (frozenset(found.split("\n")) for found in others)
    except (OSError, zlib.error, ValueError) as error:
        raise LexiconError(LEXICON.name) from error
    return Words(common), given, places, rare


@cache
def not_names() -> frozenset[str]:
    """First names of somewhere that are above all French words: « Canal », « Justice »."""
    return frozenset(entries("mots-pas-prenoms"))


@cache
def given_names() -> frozenset[str]:
    """First names, with their capitals and accents."""
    return frozenset(entries("prenoms")) | (lists()[1] - not_names())


@cache
def rare_words() -> frozenset[str]:
    """First names in lower case, without accents, that are no word of the language: names even when typed so."""
    common = lists()[0]
    own = {fold(name) for name in entries("prenoms") if name.isalpha() and len(name) >= SHORTEST}
    own |= {fold(name) for name in surnames() if len(name) >= SHORTEST}
    kept = lists()[3] - {fold(name) for name in not_names()}
    return (kept | {name for name in own if not common.has_like(name)}) - fold_places()


@cache
def fold_places() -> frozenset[str]:
    """Every place in lower case without accents."""
    return frozenset(fold(place) for place in places() | wide_places())


@cache
def surnames() -> frozenset[str]:
    """Family names that are also words, places or first names: they are names wherever a capital is not due."""
    return frozenset(entries("noms"))


@cache
def departments() -> frozenset[str]:
    """The French départements."""
    return frozenset(entries("departements"))


@cache
def wide_places() -> frozenset[str]:
    """Countries, regions and départements: places wide enough that no one is found by them alone."""
    return frozenset(entries("pays-regions")) | departments()


@cache
def places() -> frozenset[str]:
    """Towns, brands and other proper names that Grammalecte or we know, first and family names apart."""
    return (lists()[2] | frozenset(entries("villes"))) - given_names() - surnames() - wide_places()


@cache
def institutions() -> frozenset[str]:
    """Institutions, laws, networks: whole names."""
    return frozenset(entry.replace("’", "'") for entry in entries("institutions"))


@lru_cache(100_000)
def is_common(word: str) -> bool:
    """Whether a word is in the French dictionary; a capital may have hidden its accent, capitals all of them."""
    common = lists()[0]
    if word.isupper() and len(word) > 1:
        return common.has_like(word)
    lower = word.lower()
    return any(form[1:] == lower[1:] for form in common.like(lower))
