"""The words that are known: a French dictionary, first names, places, and our own lists beside them.

Whatever is not in them is a name that nobody has looked at. A list that cannot be loaded stops the build: a scanner
without its dictionary would say « nothing found » of anything.
"""

from __future__ import annotations

import errno
import hashlib
import os
import zlib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from rapport.language.folding import fold_accents

DATA = Path(__file__).parent / "data"
# Not compressed: unpacking it took a twentieth of a rebuild.
LEXICON = DATA / "lexique.txt"
DIGEST = "dc79f421e3fb04c07c43d38f0801a32168055d7e89eabea8c22f4794af36d59a"
ENGLISH = DATA / "anglais.zlib"
ENGLISH_DIGEST = "5755fc803380e9ad89abaf0bb2680c83ce561253009f18ffd230c35dca23f372"
ACCENTED = {code: fold_accents(chr(code)) for code in range(0xDF, 0x180)}  # faster than `fold_accents` itself
SHORTEST = 4  # letters of a first name that is looked for in lower case


class LexiconError(OSError):
    """The lists are missing or damaged: nothing may be built without them."""

    def __init__(self, name: str) -> None:
        super().__init__(errno.EIO, os.strerror(errno.EIO), name)


class WordForms:
    """Sorted lines in one piece of UTF-8, searched by halving: no half million strings to make at every start."""

    def __init__(self, lines: bytes) -> None:
        """`lines` begins and ends with a line end."""
        self.lines = lines

    def has_like(self, word: str) -> bool:
        """The word whatever its accents: « ETAT » is « état »."""
        return bool(self.like(word))

    def like(self, word: str) -> tuple[str, ...]:
        """Every form that is this word but for its accents."""
        wanted, lines = fold_accents(word).encode(), self.lines
        low, high = 0, len(lines) - 1  # line ends: the forms wanted, if there are any, begin after `low`
        while low < high:
            start = lines.rfind(b"\n", low, (low + high) // 2 + 1)
            if start == low and lines.index(b"\n", low + 1) == high:
                break
            end = lines.index(b"\n", start + 1)
            if _folded(lines[start + 1 : end]) < wanted:
                low = end
            elif start > low:
                high = start
            else:
                break
        found = []
        while low + 1 < len(lines):
            end = lines.index(b"\n", low + 1)
            line = lines[low + 1 : end]
            if (here := _folded(line)) == wanted:
                found.append(line.decode())
            elif here > wanted:
                break
            low = end
        return tuple(found)


def _folded(line: bytes) -> bytes:
    return line.lower() if line.isascii() else line.decode().lower().translate(ACCENTED).encode()


def entries(name: str) -> Iterator[str]:
    """The entries of one of our own lists: separated by commas, « # » begins a remark."""
    try:
        lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(name) from error
    for line in lines:
        yield from filter(None, (entry.strip() for entry in line.partition("#")[0].split(",")))


@cache
def lists() -> tuple[WordForms, frozenset[str], frozenset[str], frozenset[str]]:
    """Common words; first names; other proper names; first names in lower case that are no words."""
    try:
        raw = LEXICON.read_bytes()
        if hashlib.sha256(raw).hexdigest() != DIGEST:
            raise LexiconError(LEXICON.name)
        common, *others = raw.split(b"\0")
        given, places, rare = (frozenset(found.decode().split()) for found in others)
    except (OSError, ValueError) as error:
        raise LexiconError(LEXICON.name) from error
    return WordForms(common), given, places, rare


@cache
def not_names() -> frozenset[str]:
    """First names of somewhere that are above all French words: « Canal », « Justice »."""
    return frozenset(entries("mots-pas-prenoms"))


@cache
def given_names() -> frozenset[str]:
    """First names, with their capitals and accents."""
    return frozenset(entries("prenoms")) | frozenset(entries("prenoms-anglais")) | (lists()[1] - not_names())


@cache
def own_names() -> frozenset[str]:
    """The first and family names of our own lists in lower case without accents."""
    own = {fold_accents(name) for name in entries("prenoms") if name.isalpha() and len(name) >= SHORTEST}
    return frozenset(own | {fold_accents(name) for name in surnames() if len(name) >= SHORTEST})


@lru_cache(100_000)
def is_rare(word: str) -> bool:
    """Whether a word, whatever its case and accents, is a first name and no word of the language: a name even so."""
    bare = fold_accents(word)
    rare = bare in lists()[3] and bare not in fold_not_names()
    return (rare or (bare in own_names() and not lists()[0].has_like(bare))) and bare not in fold_places()


@cache
def fold_not_names() -> frozenset[str]:
    """Those in lower case without accents."""
    return frozenset(fold_accents(name) for name in not_names())


@cache
def fold_places() -> frozenset[str]:
    """Every place in lower case without accents."""
    return frozenset(fold_accents(place) for place in places() | wide_places())


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


@cache
def public_people() -> frozenset[str]:
    """Office holders and authors of the field: whole names."""
    return frozenset(entries("personnes-publiques"))


@cache
def namesakes() -> frozenset[str]:
    """What schools, homes, hotels and streets are named after, in lower case, with and without accents."""
    named = frozenset(entries("noms-de-lieux"))
    return named | frozenset(map(fold_accents, named))


@lru_cache(100_000)
def is_word(word: str) -> bool:
    """Whether a word in lower case is in the French dictionary, typed as there or without any accent."""
    return lists()[0].has_like(word) if word.isascii() else is_common(word)


@lru_cache(100_000)
def is_common(word: str) -> bool:
    """Whether a word is in the French dictionary; a capital may have hidden its accent, capitals all of them."""
    common = lists()[0]
    if word.isupper() and len(word) > 1:
        return common.has_like(word)
    lower = word.lower()
    return any(form[1:] == lower[1:] for form in common.like(lower))


@cache
def english_forms() -> WordForms:
    """English words in small letters, to be searched by halving."""
    try:
        packed = ENGLISH.read_bytes()
        if hashlib.sha256(packed).hexdigest() != ENGLISH_DIGEST:
            raise LexiconError(ENGLISH.name)
        return WordForms(b"\n" + zlib.decompress(packed) + b"\n")
    except (OSError, zlib.error, ValueError) as error:
        raise LexiconError(ENGLISH.name) from error


@cache
def english_words() -> frozenset[str]:
    """English words in small letters; months, days, peoples, languages and institutions with their capitals."""
    own = (word for entry in entries("mots-anglais") for word in entry.split())
    return frozenset(english_forms().lines.decode().split()) | frozenset(own)


@cache
def named_things() -> frozenset[str]:
    """Places, institutions, what sites are named after, and the words of the trade, in lower case without accents."""
    return fold_places() | frozenset(
        map(fold_accents, (*institutions(), *namesakes(), *entries("mots-anglais"), *entries("mots-du-metier")))
    )


UNSAID = tuple(
    "osas amina fatma amadou ramona elira lamine dorin".split()
)  # forms of the dictionary that nobody writes


def is_strange(word: str) -> bool:
    """Whether a word in lower case stands in no list, and is none whose apostrophe was left out (« lenfant »)."""
    glued = len(word) > 4 and word[0] in "ldjnsmtcq" and fold_accents(word[1]) in "aeiouyh" and is_word(word[1:])
    forms = {fold_accents(word), fold_accents(word.removesuffix("s"))}
    known = glued or (is_word(word) and word not in UNSAID)
    return not (known or forms & named_things() or any(map(english_forms().has_like, forms)))
