"""Articles of treaties and laws in prose: « article 39 de la Convention », « articles 34 et 35 de la CIDE ».

Each is told by the short name of its text in the outline and by its own number. An article that does not say of which
text it is (« l'article 32 ») is not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapport import tree
from rapport.language.article_numbers import (
    FOLLOWING,
    NUMBERS,
    NUMBERS_BEFORE,
    article_numbers,
    backward_range,
    normalise_numbers,
)
from rapport.language.folding import fold_words
from rapport.language.names import nearest_article
from rapport.model import CslItem, Instrument, Node

OF = r"\s?,?\s?(?:de\s(?:la\s)?|du\s|des\s|de\sl['’]\s?|of\s(?:the\s)?)?(?:présente\s|même\s|dite\s)?"
NOT_ALONE = r"(?!\s(?:de|du|des|n°|européenne|contre|sur|relative|internationale|concernant)\b|\sd['’])"
COUNTED = r"(?!\s?(?:%|ans\b|enfants\b|mineurs\b|victimes\b))"
CALLED = re.compile(rf"\bart(?:icles?|s?\.)\s({NUMBERS})")
ART = r"(?:(?:l'|the\s|aux\s|à\s)?\bart(?:icles?|s?\.)?:?\s?)?(?:n°\s?)?"
STOP = re.compile(r"[,;]| et ")
NUMBERED = re.compile(r"\d|premier|first")
"""What stands in every text that names an article by its number."""
FIRST_WORD = re.compile(r"\A\w*")
NOTHING = r"(?!)"
"""What no words match: an outline may name no text."""
GAP = re.compile(r"[\s,;/&:]+|(?:et|ou|ainsi que|and|or|as well as)\b\s*")


class Article(NamedTuple):
    """An article by the short name of its text and its number, "" for the text as a whole."""

    text: str
    number: str

    def __str__(self) -> str:
        return f"{self.text} {self.number}".rstrip()


class TypedArticle(NamedTuple):
    """What is typed in a list of articles: the article that it is, or None where no text of the outline is named."""

    text: str
    article: Article | None
    place: int = 0  # the index of the string it stands in
    instead: str = ""  # what was perhaps meant, where a range says nothing for certain: « 43 à 42 », « 19 et suivants »


class ArticleMistake(NamedTuple):
    """What is no article of the outline's texts, and the article that was perhaps meant.

    `known_articles` are the articles that there are (« CIDE 1 … CIDE 54 ») where the text is known and the article is
    not; `place` is the index of the string it stands in.
    """

    text: str
    nearest: str = ""
    known_articles: str = ""
    place: int = 0


class Articles:
    """Finds articles of the outline's texts."""

    def __init__(self, instruments: Sequence[Instrument]) -> None:
        self.named_in = lru_cache(1 << 10)(self._named_in)  # asked by two rules and the annex
        self.order = {entry.short: index for index, entry in enumerate(instruments)}
        self.last = {entry.short: entry.last_article for entry in instruments}
        self.called = {name: entry.short for entry in instruments for name in _names(entry)}
        names = "|".join(_pattern(name) for name in sorted(self.called, key=len, reverse=True)) or NOTHING
        self.beginnings = {FIRST_WORD.findall(name)[0].lower() for name in self.called}
        shorts = {name for entry in instruments for name in (entry.short, entry.short_fr) if name}
        short = "|".join(re.escape(name) for name in sorted(shorts, key=len, reverse=True)) or NOTHING
        self.pattern = re.compile(
            rf"\b[Aa]rt(?:icles?|s?\.)\s(?P<before>{NUMBERS_BEFORE})(?:{FOLLOWING})?{OF}(?P<of>{names})"
            rf"|\b(?P<name>{names})[\s,(]{{1,2}}art(?:icles?|s?\.)\s(?P<after>{NUMBERS})"
            rf"|\b(?P<short>{short})\s(?P<typed>{NUMBERS}){COUNTED}"
        )
        self.listed = re.compile(
            rf"{ART}(?P<before>{NUMBERS_BEFORE})(?P<open>{FOLLOWING})?\s?,?\s?(?:de\s(?:la\s)?|du\s|des\s|de\sl'\s?|of\s(?:the\s)?)(?P<of>{names})"
            rf"|(?P<name>{names})(?:\.\d+)?(?:[\s,:(]{{1,2}}{ART}(?P<after>{NUMBERS})(?P<on>{FOLLOWING})?(?![\w-]))?"
            rf"|(?:l'|the\s)?\bart(?:icles?|s?\.)\s(?P<alone>{NUMBERS_BEFORE})\s(?P<owner>{names})"
            rf"|{ART}(?P<more>{NUMBERS}|[a-z]\))(?P<further>{FOLLOWING})?(?![\w-])",
            re.IGNORECASE,
        )

    def in_prose(self, text: str) -> Iterator[Article]:
        """The articles that a text names together with what they are articles of."""
        for name, numbers in self.named_in(text):
            yield from self._each(name, numbers)

    def _named_in(self, text: str) -> tuple[tuple[str, str], ...]:
        """The texts that a prose names and the numbers beside them, as typed."""
        lowered = text.lower()
        if not NUMBERED.search(text) or not any(word in lowered for word in self.beginnings):
            return ()  # without a number, or the first word of a name, nothing is found: spared most paragraphs
        return tuple(
            (self.short_name_of(m["of"] or m["name"] or m["short"]), m["before"] or m["after"] or m["typed"])
            for m in self.pattern.finditer(normalise_numbers(text))
        )

    def in_citation(self, cite: Node, works: Mapping[str, str]) -> Iterator[Article]:
        """The articles at which a citation opens a text, « [@cide1989, art. 34] », or the text as a whole.

        `works` are the texts that bibliography keys stand for.
        """
        for citation in tree.citations(cite):
            if short := works.get(citation["citationId"]):
                suffix = " ".join(tree.text(citation["citationSuffix"]).split())
                numbers = CALLED.finditer(normalise_numbers(suffix))
                found = [article for match in numbers for article in self._each(short, match[1])]
                yield from found or [Article(short, "")]

    def split_list(self, said: Iterable[str]) -> Iterator[Article]:
        """The articles of a list as the outline, headers and brackets type them: « CIDE 12 et 39 ; OPSC 3.1 a) »."""
        yield from (one.article for one in self.taken_apart(said) if one.article)

    def taken_apart(self, said: Iterable[str]) -> Iterator[TypedArticle]:
        """Each article of such a list; a number without a name is of the text named before it."""
        last: str | None = None
        for index, one in enumerate(said):
            for piece in self._pieces(normalise_numbers(one)):
                if isinstance(piece, str):
                    last = "" if any(map(str.isdigit, piece)) else last
                    yield TypedArticle(piece, None, index)
                    continue
                name = piece["of"] or piece["name"] or piece["owner"]
                last = self.short_name_of(name) if name else last
                numbers = piece["before"] or piece["after"] or piece["alone"] or piece["more"] or ""
                if last:
                    is_open = bool(piece["open"] or piece["on"] or piece["further"])
                    yield from self._typed(last, numbers, index, is_open)
                elif last is None:
                    yield TypedArticle(piece[0], None, index)

    def canonical(self, said: Iterable[str]) -> tuple[str, ...]:
        """The articles of a list, each under the short name of its text: « CIDE 12, 39 » → CIDE 12, CIDE 39."""
        return tuple(dict.fromkeys(str(one.article or one.text) for one in self.taken_apart(said)))

    def mistakes(self, said: Iterable[str]) -> Iterator[ArticleMistake]:
        """What of a list is no article of a text of the outline."""
        for typed, article, index, instead in self.taken_apart(said):
            if instead:
                yield ArticleMistake(typed, instead, place=index)
            if article is None:
                yield ArticleMistake(typed, nearest_article(typed, self.order), place=index)
            elif has := self.articles_instead(article):
                yield ArticleMistake(str(article), known_articles=has, place=index)

    def backward_ranges(self, text: str) -> Iterator[tuple[Article, ArticleMistake]]:
        """The ranges of a text that end before they begin, « articles 43 à 42 de la CIDE », and an article of each."""
        for name, numbers in self.named_in(text):
            if instead := backward_range(numbers, code=_is_code(name)):
                yield next(self._each(name, numbers)), ArticleMistake(f"{name} {numbers}", f"{name} {instead}")

    def articles_instead(self, article: Article) -> str:
        """The articles that a text has, « CIDE 1 … CIDE 54 », where this one (« CIDE 99 ») is none of them, or ""."""
        number, last = re.match(r"\d+", article.number), self.last[article.text]
        if not number or not last or 1 <= int(number[0]) <= last:
            return ""
        return f"{article.text} 1 … {article.text} {last}"

    def _pieces(self, text: str) -> Iterator[re.Match[str] | str]:
        """The names and numbers of a list in their order, and as a string what is neither, up to the next comma."""
        at = 0
        while at < len(text):
            if gap := GAP.match(text, at):
                at = gap.end()
            elif match := self.listed.match(text, at):
                at = match.end()
                yield match
            else:
                end = stop.start() if (stop := STOP.search(text, at)) else len(text)
                yield text[at:end].strip()
                at = end

    def _typed(self, short: str, numbers: str, index: int, is_open: bool) -> Iterator[TypedArticle]:
        """The articles of one piece of a list; `is_open`: « et suivants » is typed after them."""
        *others, last = self._each(short, numbers)
        instead, typed = backward_range(numbers, code=_is_code(short)), numbers
        if is_open:
            instead, typed = f"{last.number} à …", f"{last.number} et suivants"
        yield from (TypedArticle(f"{short} {numbers}", one, index) for one in others)
        said = (f"{short} {typed}", f"{short} {instead}") if instead else (f"{short} {numbers}", "")
        yield TypedArticle(said[0], last, index, said[1])

    def _each(self, short: str, numbers: str) -> Iterator[Article]:
        found = [Article(short, number) for number in article_numbers(numbers, code=_is_code(short))]
        yield from found or [Article(short, "")]

    def short_name_of(self, name: str) -> str:
        """The short name of the text that is called so."""
        return self.called.get(name) or next(s for n, s in self.called.items() if fold_words(n) == fold_words(name))

    def rank(self, article: Article) -> tuple[int, list[tuple[int, str]]]:
        """Where an article stands: the outline's order of texts, then 2 before 10, then 3 before 3.1 a)."""
        pieces = re.findall(r"\d+|[a-z]+", article.number)
        return self.order[article.text], [(int(p), "") if p.isdigit() else (0, p) for p in pieces]


@lru_cache(maxsize=4)
def articles_of(instruments: tuple[Instrument, ...]) -> Articles:
    """What finds the articles of an outline's texts, made once for all the rules."""
    return Articles(instruments)


def works_of(instruments: Sequence[Instrument], items: Mapping[str, CslItem]) -> dict[str, str]:
    """Which keys of the bibliography are texts of the outline: by the whole title, or by its first words."""
    found: dict[str, str] = {}
    for key, item in items.items():
        title, short = fold_words(str(item.get("title", ""))), fold_words(str(item.get("title-short", "")))
        for entry in instruments:
            name = fold_words(entry.title)
            if title.startswith(name) or name.startswith(title) or (" " in short and name.startswith(short)):
                found.setdefault(key, entry.short)
    return found


def _is_code(short: str) -> bool:
    """Whether a text numbers its articles as the French codes do: « 225-4-1 »."""
    return fold_words(short).startswith("code")


def _names(entry: Instrument) -> Iterator[str]:
    names = (entry.short, entry.short_fr, entry.short_en, entry.title, entry.title_en, *entry.other_names)
    yield from (name.replace("’", "'") for name in names if name)


def _pattern(name: str) -> str:
    """A name as it stands in a sentence: of several words, in any case; of one, exactly and not as part of more."""
    words = r"\s".join(map(re.escape, name.split()))
    return rf"(?i:{words})(?!\w)" if " " in name else rf"{words}(?!\w){NOT_ALONE}"
