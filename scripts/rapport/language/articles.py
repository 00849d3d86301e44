"""Articles of treaties and laws in prose: « article 39 de la Convention », « articles 34 et 35 de la CIDE ».

Each is told by the short name of its text in the outline and by its own number. An article that does not say of which
text it is (« l'article 32 ») is not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rapport import tree
from rapport.language.folding import fold_words
from rapport.language.names import instrument_of
from rapport.model import CslItem, Instrument, Node

NUMBER = r"\d{1,3}(?:[.-]\d{1,3})*(?![\d/])(?:\s(?:bis|ter)\b)?(?:\s[a-z]\))?(?:\s[ivx]+\))?"
NUMBERS = rf"{NUMBER}(?:\s?(?:,|;|et|ou|and|or|to|à|-|–)\s?(?:l['’]article\s)?{NUMBER})*"
OF = r"\s?,?\s?(?:de\s(?:la\s)?|du\s|des\s|de\sl['’]\s?|of\s(?:the\s)?)?(?:présente\s|même\s|dite\s)?"
NOT_ALONE = r"(?!\s(?:de|du|des|n°|européenne|contre|sur|relative|internationale|concernant)\b|\sd['’])"
COUNTED = r"(?!\s?(?:%|ans\b|enfants\b|mineurs\b|victimes\b))"
ONE = re.compile(NUMBER)
RANGE = re.compile(r"(?<![\d.-])(\d{1,3})(?:\s?(?:à|to|–)\s?|-)(\d{1,3})(?![.\d-])")
PARAGRAPH = re.compile(r",?\s(?:paragraphe|par\.|§)\s(\d+)")
CALLED = re.compile(r"\bart(?:icles?|s?\.)\s" + f"({NUMBERS})")
WIDEST = 20  # articles in « 32 à 36 »: more are not a range


class Article(NamedTuple):
    """An article by the short name of its text and its number, "" for the text as a whole."""

    text: str
    number: str


class Articles:
    """Finds articles of the outline's texts; `works` are the texts that bibliography keys stand for."""

    def __init__(self, instruments: Sequence[Instrument], works: Mapping[str, str]) -> None:
        self.order = {entry.short: index for index, entry in enumerate(instruments)}
        self.works = works
        self.called = {name: entry.short for entry in instruments for name in _names(entry)}
        names = "|".join(_pattern(name) for name in sorted(self.called, key=len, reverse=True))
        shorts = {name for entry in instruments for name in (entry.short, entry.short_fr) if name}
        short = "|".join(re.escape(name) for name in sorted(shorts, key=len, reverse=True))
        self.pattern = re.compile(
            rf"\b[Aa]rt(?:icles?|s?\.)\s(?P<before>{NUMBERS}){OF}(?P<of>{names})"
            rf"|\b(?P<name>{names})[\s,(]{{1,2}}art(?:icles?|s?\.)\s(?P<after>{NUMBERS})"
            rf"|\b(?P<short>{short})\s(?P<typed>{NUMBER}){COUNTED}"
        )

    def in_prose(self, text: str) -> Iterator[Article]:
        """The articles that a text names together with what they are articles of."""
        text = PARAGRAPH.sub(r".\1", " ".join(text.split()).replace("’", "'"))
        for match in self.pattern.finditer(text):
            name = match["of"] or match["name"] or match["short"]
            numbers = match["before"] or match["after"] or match["typed"]
            yield from (Article(self.of(name), number) for number in _each(numbers))

    def in_citation(self, cite: Node) -> Iterator[Article]:
        """The articles at which a citation opens a text, « [@cide1989, art. 34] », or the text as a whole."""
        for citation in tree.citations(cite):
            if short := self.works.get(citation["citationId"]):
                suffix = " ".join(tree.text(citation["citationSuffix"]).split())
                numbers = [number for match in CALLED.finditer(suffix) for number in _each(match[1])]
                yield from (Article(short, number) for number in numbers or [""])

    def typed(self, said: Iterable[str]) -> Iterator[Article]:
        """Articles in the form of the outline and of headers: « STCE 197 10.3 »; « CIDE 12 », « 39 » goes on."""
        last = ""
        for one in said:
            last = instrument_of(one, self.order) or last
            number = one.removeprefix(last).strip()
            if last and (not number or ONE.match(number)):
                yield Article(last, number)

    def of(self, name: str) -> str:
        """The short name of the text that is called so."""
        return self.called.get(name) or next(s for n, s in self.called.items() if fold_words(n) == fold_words(name))

    def rank(self, article: Article) -> tuple[int, list[tuple[int, str]]]:
        """Where an article stands: the outline's order of texts, then 2 before 10, then 3 before 3.1 a)."""
        pieces = re.findall(r"\d+|[a-z]+", article.number)
        return self.order[article.text], [(int(p), "") if p.isdigit() else (0, p) for p in pieces]


def works(instruments: Sequence[Instrument], items: Mapping[str, CslItem]) -> dict[str, str]:
    """Which keys of the bibliography are texts of the outline: by the whole title, or by its first words."""
    found: dict[str, str] = {}
    for key, item in items.items():
        title, short = fold_words(str(item.get("title", ""))), fold_words(str(item.get("title-short", "")))
        for entry in instruments:
            name = fold_words(entry.title)
            if title.startswith(name) or name.startswith(title) or (" " in short and name.startswith(short)):
                found.setdefault(key, entry.short)
    return found


def _names(entry: Instrument) -> Iterator[str]:
    names = (entry.short, entry.short_fr, entry.title, *entry.also)
    yield from (name.replace("’", "'") for name in names if name)


def _pattern(name: str) -> str:
    """A name as it stands in a sentence: of several words, in any case; of one, exactly and not as part of more."""
    words = r"\s".join(map(re.escape, name.split()))
    return rf"(?i:{words})(?!\w)" if " " in name else rf"{words}(?!\w){NOT_ALONE}"


def _each(numbers: str) -> Iterator[str]:
    """Every number of « 34, 35 et 37 à 39 »."""

    def whole(match: re.Match[str]) -> str:
        first, last = int(match[1]), int(match[2])
        return ", ".join(map(str, range(first, last + 1))) if first < last <= first + WIDEST else match[0]

    yield from (match[0] for match in ONE.finditer(RANGE.sub(whole, numbers)))
