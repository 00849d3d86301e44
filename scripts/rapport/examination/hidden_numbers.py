"""S31: a text that says a number which the published tables hide, where the associations' own numbers are at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rapport import rules
from rapport.figures import INDICATORS, PUBLISHED
from rapport.model import Diagnostic, Source, span_at

if TYPE_CHECKING:
    from rapport.figures.prose import HiddenNumber


def said_hidden_numbers(root: Path, associations: Iterable[str], sources: Mapping[str, Source]) -> list[Diagnostic]:
    """S31 in every text that is printed; nothing is read where nothing was published."""
    if not (root / PUBLISHED).is_file():
        return []
    from rapport.figures.prose import printed_texts, revealing_sentences  # late: few projects publish numbers

    hidden = list(_hidden(root, associations))
    return [
        Diagnostic(rules.HIDDEN_NUMBER, span_at(source.path, source.text, at, length), {"indicator": indicator})
        for source in (printed_texts(sources.values()) if hidden else ())
        for at, length, indicator in revealing_sentences(source, hidden)
    ]


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
