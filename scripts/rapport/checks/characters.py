"""F: letters that are not the ones they look like: a search does not find them, nor do our own rules."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from rapport import rules
from rapport.model import Diagnostic, Draft, Span
from rapport.safeguarding import lexicon
from rapport.storage.encoding import TWICE

SCRIPTS = (re.compile("[\u0400-\u052f]"), re.compile("[\u0370-\u03ff\u1f00-\u1fff]"))  # Cyrillic, Greek
FOREIGN = re.compile("[\u0370-\u052f\u1f00-\u1fff]|&#")
# Letters of those scripts that are drawn as one of ours (the Greek μ and α stand in units and in formulas).
OURS = str.maketrans(
    "асеорухіјѕһԁԛԝАВЕЅІЈКМНОРСТХѴ" + "οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aceopyxijshdqwABESIJKMHOPCTXV" + "oABEZHIKMNOPTYX"
)
LOOKALIKES = frozenset(map(chr, OURS))
WORD = re.compile(r"[^\W\d_]+")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
# « comp?tentes »: an accent that a conversion could not keep; never in the address of a page, which has « ? » in it.
LOST = re.compile(r"(?<!\S)(?!\S*[/=@])\S*[a-zà-ÿœ]\?{1,2}[a-zà-ÿœ]\S*")


def mixed_scripts(draft: Draft, known: object) -> Iterator[Diagnostic]:
    """F10: a letter of another script that passes for one of ours, in our words or on a line without that script."""
    if not FOREIGN.search(draft.source.text):
        return
    for number, typed in enumerate(draft.source.text.split("\n"), 1):
        line = html.unescape(typed) if "&#" in typed else typed
        words = list(WORD.finditer(line))
        for index, word in enumerate(words):
            around = " ".join(near[0] for near in (*words[max(index - 1, 0) : index], *words[index + 1 : index + 2]))
            if letter := _disguised(word[0], line) or _borrowed(word[0], around):
                span = Span(draft.source.path, number, min(word.start() + 1, len(typed)), len(word[0]))
                facts = {"word": word[0], "letter": letter, "name": f"U+{ord(letter):04X}"}
                yield Diagnostic(rules.MIXED_SCRIPTS, span, facts)


def _disguised(word: str, line: str) -> str:
    """The first letter of a word that is another's look-alike, or ""."""
    for script in SCRIPTS:
        letters: list[str] = script.findall(word)
        alone = letters and LOOKALIKES.issuperset(script.findall(line)) and LATIN.search(line)
        if letters and (alone or LATIN.search(word)) and (like := [c for c in letters if c in LOOKALIKES]):
            return str(like[0])
    return ""


def _borrowed(word: str, around: str) -> str:
    """The first letter of a French word written in look-alikes alone, between words of ours, or ""."""
    if not LOOKALIKES.issuperset(word) or FOREIGN.search(around) or not around:
        return ""
    return word[0] if lexicon.is_common(word.translate(OURS)) else ""


def damaged_letters(draft: Draft, known: object) -> Iterator[Diagnostic]:
    """F11: « Ã© » or « ? » where « é » was written: a text that was read in the wrong encoding before it was sent."""
    text = draft.source.text
    marks = [mark for mark in (TWICE, LOST) if mark.search(text)] if "?" in text or TWICE.search(text) else []
    spans = [
        Span(draft.source.path, number, match.start() + 1, len(match[0]))
        for number, line in enumerate(text.split("\n") if marks else (), 1)
        for mark in marks
        for match in mark.finditer(line)
    ]
    if spans:
        lines = draft.source.text.split("\n")
        first = spans[0]
        letters = lines[first.line - 1][first.column - 1 : first.column - 1 + first.length]
        others = tuple(spans[1 : 1 + rules.MAX_RELATED])
        yield Diagnostic(rules.DAMAGED_LETTERS, first, {"letters": letters}, others)


CHECKS = (mixed_scripts, damaged_letters)
