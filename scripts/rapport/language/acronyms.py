"""Acronyms in prose: where they stand, and which of them a text explains itself, « nom développé (SIGLE) »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rapport.language.folding import fold_words

ACRONYM = re.compile(r"(?<![\w/.@-])[A-ZÀ-Ý][A-ZÀ-Ý0-9]{1,9}(?![\w/-])")
NUMERAL = re.compile(r"[IVXLCDM]+")  # « le XXIe siècle » is none, « la partie II » is
SHOUTED = re.compile(r"(?:\b[A-ZÀ-Ý]{2,}\b[ \n]){2,}\b[A-ZÀ-Ý]{2,}\b")
AFTER = re.compile(r"\(([A-ZÀ-Ý][A-ZÀ-Ý0-9]{1,11})\)")
BEFORE = re.compile(r"(?<![\w/.@-])([A-ZÀ-Ý][A-ZÀ-Ý0-9]{1,11}) \(([^()]{4,200})\)")
NOT_PROSE = re.compile(
    r"`+[^`]*`+|\]\([^()\s]*|\{[^{}]*\}|https?://\S+|@\{?[\w:.#$%&+?<>~/-]+|^\[\^[^\]]*\]:", re.MULTILINE
)
NEW_SENTENCE = re.compile(r"[.!?:;«»()]\s")
ELISION = re.compile(r"\b([dlDL]['’])")  # « l'aide sociale à l'enfance » may be ASE: its first word is « aide »
ELIDED = re.compile(r"\b([dlDL]['’]) ")
LONGEST = 3  # words of a name for each letter of its acronym: « Série des traités du Conseil de l'Europe », STCE


def find_acronyms(text: str) -> Iterator[tuple[str, int]]:
    """Every acronym with its place, but for numerals and lines in capitals."""
    shouted = [match.span() for match in SHOUTED.finditer(text)]
    for match in ACRONYM.finditer(text):
        if not NUMERAL.fullmatch(match[0]) and not any(a <= match.start() < b for a, b in shouted):
            yield match[0], match.start()


def blot_out_code(text: str) -> str:
    """A body as typed with code, addresses, keys and attributes blotted out, so that every place stays its own."""
    return NOT_PROSE.sub(lambda match: " " * len(match[0]), text)


def explained_acronyms(text: str, names: Mapping[str, str] = {}) -> Iterator[tuple[str, str]]:
    """The acronyms that a text explains, each with the name it gives: before or after the acronym, in brackets.

    A name that is known need not spell its acronym: « Mission interministérielle pour la protection… (MIPROF) ».
    """
    for match in AFTER.finditer(text):
        before = text[: match.start()].rstrip()
        known = names.get(match[1], "")
        if known and fold_words(before[-2 * len(known) :]).endswith(fold_words(known)):
            yield match[1], known
        elif name := _ending(ELISION.sub(r"\1 ", NEW_SENTENCE.split(before)[-1]).split(), match[1]):
            yield match[1], name
    for match in BEFORE.finditer(text):
        words = match[2].split()
        if _spelt(words, match[1]):
            yield match[1], " ".join(words)


def _ending(words: list[str], acronym: str) -> str:
    """The shortest end of a sentence that spells an acronym, or ""."""
    for count in range(2, min(len(words), LONGEST * len(acronym)) + 1):
        if _spelt(words[-count:], acronym):
            return ELIDED.sub(r"\1", " ".join(words[-count:]))
    return ""


def _spelt(words: list[str], acronym: str) -> bool:
    """Whether the letters of an acronym come in this order in a name, the first one at its head."""
    letters = [letter for letter in fold_words(acronym) if letter.isalpha()]
    name = fold_words(" ".join(words))
    if len(words) < 2 or not letters or not name.startswith(letters[0]):
        return False
    at, heads = 0, 0
    for letter in letters:
        head = name.find(f" {letter}", at - 1) if at else 0
        inside = name.find(letter, at)
        if head < 0 and inside < 0:
            return False
        heads += head >= 0
        at = (head + (2 if at else 1)) if head >= 0 else inside + 1
    return 2 * heads > len(letters)  # most letters are the heads of words
