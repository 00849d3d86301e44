"""Numbers that a table hides and a text says: the number, in digits or in words, beside the words for what is counted.

Looked for in everything that is printed, as it was typed: captions, notes, cells, pages of the editor, translations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapport.figures.combining import CombinedCounts, combine
from rapport.figures.counts import Answer, CountRange
from rapport.figures.publication import LANGUAGES, Publication
from rapport.language.folding import fold_words
from rapport.language.number_words import number_words
from rapport.model import Source
from rapport.project.read import FIGURE_PAGES

PRINTED = (".md", ".md.j2")
LONG = 4  # letters of a word that says what is counted
ALONE = {1: r"un seul|une seule|only one|just one|a single"}
"""What one is called where it counts: « un » and « a » are everywhere."""
MARKS = re.compile(r"[*_~^\\`<>{}\[\]]")
SENTENCE = re.compile(r"[^.!?;…]*+(?:[.!?;…](?!\s)[^.!?;…]*+)*+[.!?;…]?")
BEFORE = frozenset(
    "article articles art page pages p paragraphe par point note tableau table figure version cide crc opsc opac "
    "chapitre chapter numero no n".split()
)
AFTER = frozenset("ans an mois jours jour heures semaines euros years year months days hours".split())
"""What a number that counts nobody stands beside."""


@dataclass(frozen=True, slots=True)
class HiddenNumber:
    """One number that a table hides, as texts may say it: the pattern of the number, and what it is a number of."""

    indicator: str
    number: re.Pattern[str]
    names: tuple[tuple[str, ...], ...]  # the words for what is counted, a tuple for each way to say it

    def is_said(self, words: str) -> bool:
        """Whether folded words say it."""
        if not any(all(f" {word}" in words for word in name) for name in self.names):
            return False
        return any(_counts(words, found) for found in self.number.finditer(words))


def _counts(words: str, found: re.Match[str]) -> bool:
    before, after = words[: found.start()].split(), words[found.end() :].split()
    return not (before and before[-1] in BEFORE) and not (after and after[0] in AFTER)


def hidden_numbers(
    combined: CombinedCounts, publication: Publication, answers: Sequence[Answer]
) -> Iterator[HiddenNumber]:
    """What a publication hides inside its table: the sum, and each association's own number."""
    each = [
        combine(combined.indicator, [answer], ()) for answer in answers if answer.indicator == publication.indicator
    ]
    for cell in publication.hidden_places & set(combined.sums):
        numbers = {n for one in (combined, *each) for n in _numbers(one.sums[cell], one is combined)} - {0}
        names = [
            stems
            for axis, at in enumerate(cell)
            for language in LANGUAGES
            if (stems := _stems(publication.axes[axis].categories[at].title(language)))
        ]
        for number in sorted(numbers) if names else ():
            yield HiddenNumber(publication.indicator, _written(number), tuple(dict.fromkeys(names)))


def _numbers(count: CountRange, summed: bool) -> Iterable[int]:
    return range(count.low, count.high + 1) if summed or count.low else ()


def _stems(name: str) -> tuple[str, ...]:
    """The words of a name without the signs of their plural."""
    return tuple(word.rstrip("sx") for word in fold_words(name).split() if len(word) >= LONG)


def _written(number: int) -> re.Pattern[str]:
    words = ALONE.get(number, "|".join(number_words(number)))
    return re.compile(rf"\b(?:{number}{'|' + words if words else ''})\b")


def printed_texts(sources: Iterable[Source]) -> Iterator[Source]:
    """The texts that are printed and that somebody typed: contributions, translations, pages of the editor."""
    yield from (one for one in sources if one.path.endswith(PRINTED) and one.path not in FIGURE_PAGES.values())


def revealing_sentences(text: str, hidden: Iterable[HiddenNumber]) -> Iterator[tuple[int, int, str]]:
    """(offset, length, indicator) of each sentence, line of a table or caption that says a hidden number."""
    known = list(hidden)
    for at, sentence in _sentences(text) if known else ():
        words = f" {fold_words(MARKS.sub('', sentence))} "
        if said := next((one for one in known if one.is_said(words)), None):
            start = at + len(sentence) - len(sentence.lstrip())
            yield start, len(sentence.strip().split("\n")[0]), said.indicator


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text as it was typed, and each row of its tables."""
    for block in re.finditer(r"(?:[^\n]+\n?)+", text):
        parts = re.finditer(r"[^\n]+", block[0]) if block[0].lstrip().startswith("|") else SENTENCE.finditer(block[0])
        yield from ((block.start() + part.start(), part[0]) for part in parts if part[0].strip())
