"""S: a recommendation says to whom it is addressed and on which article it rests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapport import recommended, rules
from rapport.check.known import Known
from rapport.check.plan import title_key
from rapport.check.structure import items, sections, title
from rapport.model import Diagnostic, Draft, Node, Span
from rapport.names import instrument, nearest_article

NUMBERED = re.compile(r"\d")
CONTINUED = re.compile(r"\d[\w.-]*(?:\s*[a-z]\))*|[a-z]\)")  # « CIDE 12, 39 »: the text named before goes on
FACTS = 6  # short names worth telling


def recommendations(draft: Draft, known: Known) -> Iterator[tuple[list[Node], Span]]:
    """Every recommendation of a text, with its place."""
    models = {title_key(section.title): section for section in known.sections_of(draft)}
    for heading, passages in sections(draft):
        model = models.get(title_key(title(heading))) if heading else None
        if model and model.kind == "recommandations":
            for passage in passages:
                yield from zip(items(passage), passage.items, strict=False)


def no_addressee(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """S12: a recommendation begins with those it is addressed to, in bold."""
    for item, span in recommendations(draft, known):
        if not recommended.bold(item):
            yield Diagnostic(rules.NO_ADDRESSEE, span, {})


def article(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """S13: no article in the brackets that follow the addressee; S14: one of a text that the outline does not have."""
    names = [entry.short for entry in known.outline.instruments]
    for item, span in recommendations(draft, known):
        said = recommended.read(item).articles
        if not any(instrument(one, names) for one in said):
            wrong = [one for one in said if NUMBERED.search(one)]
            if not wrong:
                yield Diagnostic(rules.NO_ARTICLE, span, {})
        yield from _unknown(said, names, span)


def _unknown(said: Sequence[str], names: Sequence[str], span: Span) -> Iterator[Diagnostic]:
    known_before = False
    for one in said:
        known_here = bool(instrument(one, names))
        if not known_here and NUMBERED.search(one) and not (known_before and CONTINUED.fullmatch(one)):
            facts = {"article": one, "known": ", ".join(names[:FACTS]), "nearest": nearest_article(one, names)}
            yield Diagnostic(rules.UNKNOWN_ARTICLE, span, facts)
        known_before = known_before or known_here


CHECKS = (no_addressee, article)
