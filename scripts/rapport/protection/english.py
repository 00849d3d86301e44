"""English words that are nobody's name, so that the closed world of French does not stop at every one of them.

What is looked for is what the French does not say: its own names have been looked at there.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import replace
from functools import cache

from rapport.protection import lexicon
from rapport.protection.closed_world import WORD
from rapport.protection.guard import Guarded
from rapport.protection.scan import Finding

LEXICON = lexicon.DATA / "anglais.zlib"
DIGEST = "5755fc803380e9ad89abaf0bb2680c83ce561253009f18ffd230c35dca23f372"
POSSESSIVE = re.compile(r"'s?$")
SPOKEN = ("name", "together")  # kinds of findings that begin with a name


@cache
def words() -> frozenset[str]:
    """English words in small letters; months, days, peoples, languages and institutions with their capitals."""
    try:
        packed = LEXICON.read_bytes()
        if hashlib.sha256(packed).hexdigest() != DIGEST:
            raise lexicon.LexiconError(LEXICON.name)
        common = zlib.decompress(packed).decode().split("\n")
    except (OSError, zlib.error, ValueError) as error:
        raise lexicon.LexiconError(LEXICON.name) from error
    return frozenset(common) | frozenset(word for entry in lexicon.entries("mots-anglais") for word in entry.split())


def spoken(guarded: Guarded, french: str) -> Guarded:
    """What still wants an eye in an English text, its French (or "" where it has none) having been looked at."""
    said = frozenset(map(lexicon.fold, WORD.findall(french.replace("’", "'"))))
    open_ = (left for finding in guarded.findings if (left := _left(finding, said)))
    return replace(guarded, findings=tuple(open_))


def _left(finding: Finding, french: frozenset[str]) -> Finding | None:
    """The finding, unless every word of the name in it is ordinary English or stands in the French."""
    if finding.kind not in SPOKEN or not finding.parts:
        return finding
    parts = (finding.sentence[start:end] for start, end in finding.parts)
    return finding if any(not _known(part, finding, french) for part in parts) else None


def _known(part: str, finding: Finding, french: frozenset[str]) -> bool:
    word = POSSESSIVE.sub("", part)
    if lexicon.fold(word) in french:
        return True
    if word in lexicon.given_names() and not _ordinary(word, finding):
        return False
    return all(piece in words() or piece.lower() in words() for piece in word.split("-") if len(piece) > 1)


def _ordinary(word: str, finding: Finding) -> bool:
    """Whether a first name is also a word that this sentence begins with (« Will the State… »), or has no capital."""
    before = finding.sentence[: finding.sentence.find(word)].strip(" «\"'([-–—•;:")
    return (not before or word.islower()) and word.lower() in words()
