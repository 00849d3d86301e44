"""The pages of the version for children measured: sentences that are too long (S32), words that are rare (S33)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rapport import rules
from rapport.language.readability import MOST_WORDS, Readability, hard_words, plain_sentences, readability
from rapport.model import Diagnostic, Source, span_at
from rapport.report.bilingual_templates import CHILD_PAGES, in_language
from rapport.workshops.approval import ENGLISH, FRENCH, version_code

LANGUAGES = {in_language(CHILD_PAGES, language): language for language in (FRENCH, ENGLISH)}
"""The language of each page by its path."""


def page_codes(templates: Iterable[Source]) -> Mapping[str, str]:
    """The code of the words of the version in each language that has a page."""
    return {LANGUAGES[one.path]: version_code(one.text) for one in templates if one.path in LANGUAGES}


def page_measures(templates: Iterable[Source], language: str) -> Readability:
    """How easy the version in a language is to read."""
    text = next(one.text for one in templates if LANGUAGES.get(one.path) == language)
    return readability(plain_sentences(text))


def hard_to_read(templates: Iterable[Source]) -> Iterator[Diagnostic]:
    """What a child would stumble over, in the order of the page."""
    for page in templates:
        if language := LANGUAGES.get(page.path, ""):
            yield from sorted(_of_page(page, language), key=lambda found: (found.span.line, found.span.column))


def _of_page(page: Source, language: str) -> Iterator[Diagnostic]:
    sentences = plain_sentences(page.text)
    for sentence in sentences:
        if sentence.too_long:
            line = page.text[sentence.start : sentence.start + sentence.length].partition("\n")[0]
            facts = {"number": str(len(sentence.words)), "most": str(MOST_WORDS)}
            yield Diagnostic(rules.LONG_SENTENCE, span_at(page.path, page.text, sentence.start, len(line)), facts)
    for at, word in hard_words(page.text, sentences, language):
        kind = "acronym" if word.isupper() else "rare"
        yield Diagnostic(rules.HARD_WORD, span_at(page.path, page.text, at, len(word)), {"word": word, "why": kind})
