"""S31: a text that says a number which the published tables hide, where the associations' own numbers are at hand.

Their files are read once: what each association has still to answer is known from the same reading.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from rapport import rules
from rapport.figures import INDICATORS, PUBLISHED
from rapport.model import Diagnostic, Source, span_at
from rapport.safeguarding.decisions import NUMBER, NUMBERS_REGISTER, OpenFinding, number_exception
from rapport.safeguarding.register import Register, lapsed_exceptions, read_register
from rapport.safeguarding.scan import Finding
from rapport.storage.cache import Cache
from rapport.storage.second_process import begin_beside

if TYPE_CHECKING:
    from rapport.figures.asking import ExpectedAnswer
    from rapport.figures.collection import Collection
    from rapport.figures.indicators import Dictionary
    from rapport.figures.prose import HiddenNumber
    from rapport.figures.publication import Publication
    from rapport.figures.sentences import SentenceWithNumber


OwedFigures = Mapping[str, tuple["ExpectedAnswer", ...]]
"""What each association has still to answer, those that owe nothing left out."""


class SaidNumbers(Struct, frozen=True):
    """S31 of all texts, those of them that a reviewer may let pass, and what is due: None where nothing was read."""

    diagnostics: tuple[Diagnostic, ...] = ()
    open: tuple[OpenFinding, ...] = ()
    figures_due: OwedFigures | None = None


def look_for_hidden_numbers(
    root: Path, associations: Iterable[str], sources: Mapping[str, Source], cache: Cache
) -> Callable[[], SaidNumbers]:  # fmt: skip
    """Begin to look for S31 in every text that is printed, in another process; the function returned waits for it.

    Nothing is read where nothing was published.
    """
    if not (root / PUBLISHED).is_file():
        return SaidNumbers
    reading = begin_beside(partial(_read, root, tuple(associations), sources, cache), cache)

    def found() -> SaidNumbers:
        said, owed = reading()
        register, problems = numbers_register(root)
        used = [seal for _, finding in said if (seal := number_exception(register, finding))]
        told = [
            OpenFinding(finding, span_at(path, sources[path].text, finding.start, finding.length))
            for path, finding in said
            if not number_exception(register, finding)
        ]
        diagnostics = (Diagnostic(rules.HIDDEN_NUMBER, one.span, {"indicator": one.finding.detail}) for one in told)
        lapsed = lapsed_exceptions(register, used)
        return SaidNumbers((*problems, *diagnostics, *lapsed), tuple(one for one in told if one.finding.text), owed)

    return found


def numbers_register(root: Path) -> tuple[Register, tuple[Diagnostic, ...]]:
    """What reviewers let pass of S31, on this machine, and what is wrong with the file."""
    from rapport.figures.indicators import text_file

    return read_register(text_file(root, NUMBERS_REGISTER))


def findings(
    source: Source, sentences: Iterable[SentenceWithNumber], hidden: Sequence[HiddenNumber]
) -> Iterator[Finding]:
    """The sentences of a text that say a hidden number; those without words are not let pass by anybody."""
    from rapport.figures.prose import revealing_sentences

    for at, length, indicator, numbers, whole in revealing_sentences(sentences, hidden):
        words = source.text[at : at + length]
        yield Finding(NUMBER, numbers, at, length, words, detail=indicator, section=whole)


def _read(
    root: Path, associations: Sequence[str], sources: Mapping[str, Source], cache: Cache
) -> tuple[list[tuple[str, Finding]], OwedFigures | None]:
    from rapport.figures.collection import answers_expected, collect  # late: few projects publish numbers
    from rapport.figures.indicators import read_indicators, text_file
    from rapport.figures.publication import read_publications
    from rapport.figures.sentences import printed_texts

    source = text_file(root, INDICATORS)
    dictionary, problems = read_indicators(source) if source else (None, ())
    published, wrong = read_publications(text_file(root, PUBLISHED))
    if dictionary is None or problems or wrong:
        return [], None  # « make figures » says so
    collection = collect(root, associations, dictionary)
    hidden = list(_hidden(dictionary, collection, published))
    said = [
        (source.path, finding)
        for source in (printed_texts(sources.values()) if hidden else ())
        for finding in findings(source, _sentences(source, cache), hidden)
    ]
    return said, answers_expected(dictionary, collection, associations)


def _sentences(source: Source, cache: Cache) -> Iterable[SentenceWithNumber]:
    """The sentences of a text that say a number: they are the same whatever number was changed elsewhere."""
    from rapport.figures.sentences import sentences_with_numbers

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
