"""One count as a form asks for it: a card with the question, the rule and what must be said with numbers, and a table.

Both bear the key of the count (« chiffre mineurs-reperes, version 1 »), by which intake knows them wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from rapport.figures.indicators import Dictionary, Indicator
from rapport.figures.sheet_reading import HEADER
from rapport.language.names import with_spaces_of
from rapport.messages import LANGUAGES, figures, form, form_words, long_date

SAID = HEADER[2:]
"""What is said with numbers, by the names that files of figures have for it."""
PRINTED = ("question", "rule")
KEY = re.compile(r"\b(?:chiffre|figure)\s+(?P<id>[a-z0-9][a-z0-9-]*)\s*,\s*version\s+(?P<version>\d+)", re.IGNORECASE)
FIRST = 34  # hundredths of the width for the titles of rows


class CountTable(Struct, frozen=True):
    """A count's title, the rows of its card (asked, printed answer or ""), and the rows of its table, titles first."""

    title: str
    card: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def widths(self) -> tuple[int, ...]:
        """Hundredths of the width of the text, a column."""
        number = len(self.rows[0]) - 1
        return (FIRST, *((100 - FIRST) // number for _ in range(number)))


def count_table(indicator: Indicator, language: str) -> CountTable:
    """What a form prints of an indicator."""
    key = form("counts-key", language, id=indicator.id, version=indicator.version)
    printed = {
        "question": indicator.question_en if language == "en" else indicator.question, "rule": rule(indicator, language)
    }  # fmt: skip
    card = [
        (form(f"counts-{name}", language), with_spaces_of(printed.get(name, ""), language))
        for name in (*PRINTED, *SAID)
    ]
    return CountTable(
        indicator.title(language), ((form("counts-head", language), key), *card), tuple(_rows(indicator, key, language))
    )


def rule(indicator: Indicator, language: str) -> str:
    """Who is counted, and over which days."""
    age = indicator.age_en if language == "en" else indicator.age
    start, end = (long_date(day, language) for day in (indicator.start, indicator.end))
    return form("counts-who", language, age=age, days=figures("chart-days", language, start=start, end=end))


def _rows(indicator: Indicator, key: str, language: str) -> Iterator[tuple[str, ...]]:
    number = form("counts-number", language)
    if not indicator.dimensions:
        yield from ((key, ""), (number, ""))
        return
    first, *second = indicator.dimensions
    heads = [one.title(language) for one in second[0].categories] if second else [number]
    yield key, *heads
    for one in first.categories:
        yield one.title(language), *("" for _ in heads)


def printed_texts(dictionary: Dictionary) -> Sequence[str]:
    """All that forms print of counts, in every language: what else stands there was typed."""
    texts = [
        text for language in LANGUAGES for name, text in form_words(language).items() if name.startswith("counts-")
    ]
    for language in LANGUAGES:
        for indicator in dictionary.indicators:
            table = count_table(indicator, language)
            texts += [table.title, *(text for row in (*table.card, *table.rows) for text in row)]
    return [text for text in texts if "{" not in text]
