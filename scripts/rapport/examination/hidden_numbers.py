"""S31: a text that says a number which the published tables hide, where the associations' own numbers are at hand.

Their files are read once: what each association has still to answer is known from the same reading.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rapport import rules
from rapport.figures import INDICATORS, PUBLISHED
from rapport.model import Diagnostic, Source, span_at
from rapport.storage.cache import Cache
from rapport.storage.second_process import begin_beside

if TYPE_CHECKING:
    from rapport.figures.asking import ExpectedAnswer
    from rapport.figures.collection import Collection
    from rapport.figures.indicators import Dictionary
    from rapport.figures.prose import HiddenNumber, SentenceWithNumber
    from rapport.figures.publication import Publication


Place = tuple[str, int, int, str]
"""A sentence that says a hidden number: its text's path, where it begins, its length, the indicator."""
OwedFigures = Mapping[str, tuple["ExpectedAnswer", ...]]
"""What each association has still to answer, those that owe nothing left out."""


def look_for_hidden_numbers(
    root: Path, associations: Iterable[str], sources: Mapping[str, Source], cache: Cache
) -> Callable[[], tuple[list[Diagnostic], OwedFigures | None]]:  # fmt: skip
    """Begin to look for S31 in every text that is printed, in another process; the function returned waits for it.

    Nothing is read where nothing was published, and what is owed is None there.
    """
    if not (root / PUBLISHED).is_file():
        return lambda: ([], None)
    reading = begin_beside(partial(_read, root, tuple(associations), sources, cache), cache)

    def found() -> tuple[list[Diagnostic], OwedFigures | None]:
        places, owed = reading()
        return [
            Diagnostic(rules.HIDDEN_NUMBER, span_at(path, sources[path].text, at, length), {"indicator": indicator})
            for path, at, length, indicator in places
        ], owed

    return found


def _read(
    root: Path, associations: Sequence[str], sources: Mapping[str, Source], cache: Cache
) -> tuple[list[Place], OwedFigures | None]:
    from rapport.figures.collection import answers_expected, collect  # late: few projects publish numbers
    from rapport.figures.indicators import read_indicators, text_file
    from rapport.figures.prose import printed_texts, revealing_sentences
    from rapport.figures.publication import read_publications

    source = text_file(root, INDICATORS)
    dictionary, problems = read_indicators(source) if source else (None, ())
    published, wrong = read_publications(text_file(root, PUBLISHED))
    if dictionary is None or problems or wrong:
        return [], None  # « make figures » says so
    collection = collect(root, associations, dictionary)
    hidden = list(_hidden(dictionary, collection, published))
    places = [
        (source.path, *found)
        for source in (printed_texts(sources.values()) if hidden else ())
        for found in revealing_sentences(_sentences(source, cache), hidden)
    ]
    return places, answers_expected(dictionary, collection, associations)


def _sentences(source: Source, cache: Cache) -> Iterable[SentenceWithNumber]:
    """The sentences of a text that say a number: they are the same whatever number was changed elsewhere."""
    from rapport.figures.prose import sentences_with_numbers

    place, stored = cache.get("sentences-with-numbers", source.path, source.text)
    if stored is None:
        stored = json.dumps(list(sentences_with_numbers(source))).encode()
        cache.put(place, stored)
    found: list[SentenceWithNumber] = json.loads(stored)
    return found


def _hidden(
    dictionary: Dictionary, collection: Collection, published: Sequence[Publication]
) -> Iterator[HiddenNumber]:  # fmt: skip
    from rapport.figures.combining import combine
    from rapport.figures.prose import hidden_numbers

    for indicator in dictionary.indicators:
        own = [answer for answer in collection.answers if answer.indicator == indicator.id]
        last = next((one for one in reversed(published) if one.indicator == indicator.id), None)
        if (
            own
            and last
            and [len(axis.categories) for axis in last.axes]
            == [len(a.categories) for a in indicator.printed_dimensions]
        ):
            yield from hidden_numbers(combine(indicator, own, ()), last, own)
