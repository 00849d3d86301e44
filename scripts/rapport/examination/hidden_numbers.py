"""S31: a text that says a number which the published tables hide, where the associations' own numbers are at hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rapport import rules
from rapport.figures import INDICATORS, PUBLISHED
from rapport.model import Diagnostic, Source, span_at
from rapport.storage.cache import Cache
from rapport.storage.second_process import begin_beside

if TYPE_CHECKING:
    from rapport.figures.prose import HiddenNumber, SentenceWithNumber


Place = tuple[str, int, int, str]
"""A sentence that says a hidden number: its text's path, where it begins, its length, the indicator."""


def look_for_hidden_numbers(
    root: Path, associations: Iterable[str], sources: Mapping[str, Source], cache: Cache
) -> Callable[[], list[Diagnostic]]:  # fmt: skip
    """Begin to look for S31 in every text that is printed, in another process; the function returned waits for it.

    Nothing is read where nothing was published.
    """
    if not (root / PUBLISHED).is_file():
        return list
    places = begin_beside(partial(_places, root, tuple(associations), sources, cache), cache)
    return lambda: [
        Diagnostic(rules.HIDDEN_NUMBER, span_at(path, sources[path].text, at, length), {"indicator": indicator})
        for path, at, length, indicator in places()
    ]


def _places(root: Path, associations: Iterable[str], sources: Mapping[str, Source], cache: Cache) -> list[Place]:
    from rapport.figures.prose import printed_texts, revealing_sentences  # late: few projects publish numbers

    hidden = list(_hidden(root, associations))
    return [
        (source.path, *found)
        for source in (printed_texts(sources.values()) if hidden else ())
        for found in revealing_sentences(_sentences(source, cache), hidden)
    ]


def _sentences(source: Source, cache: Cache) -> Iterable[SentenceWithNumber]:
    """The sentences of a text that say a number: they are the same whatever number was changed elsewhere."""
    from rapport.figures.prose import sentences_with_numbers

    place, stored = cache.get("sentences-with-numbers", source.path, source.text)
    if stored is None:
        stored = json.dumps(list(sentences_with_numbers(source))).encode()
        cache.put(place, stored)
    found: list[SentenceWithNumber] = json.loads(stored)
    return found


def _hidden(root: Path, associations: Iterable[str]) -> Iterator[HiddenNumber]:
    from rapport.figures.collection import collect
    from rapport.figures.combining import combine
    from rapport.figures.indicators import read_indicators, text_file
    from rapport.figures.prose import hidden_numbers
    from rapport.figures.publication import read_publications

    source = text_file(root, INDICATORS)
    dictionary, problems = read_indicators(source) if source else (None, ())
    published, wrong = read_publications(text_file(root, PUBLISHED))
    if dictionary is None or problems or wrong:
        return  # « make figures » says so
    answers = collect(root, associations, dictionary).answers
    for indicator in dictionary.indicators:
        own = [answer for answer in answers if answer.indicator == indicator.id]
        last = next((one for one in reversed(published) if one.indicator == indicator.id), None)
        if (
            own
            and last
            and [len(axis.categories) for axis in last.axes]
            == [len(a.categories) for a in indicator.printed_dimensions]
        ):
            yield from hidden_numbers(combine(indicator, own, ()), last, own)
