"""S: a recommendation says to whom it is addressed and on which article it rests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rapport import rules, tree
from rapport.checks.rule_context import RuleContext
from rapport.checks.structure import with_models
from rapport.language.names import articles_instead, instrument_of, nearest, nearest_article
from rapport.markdown import recommendation_head
from rapport.model import Diagnostic, Draft, Node, Span

NUMBERED = re.compile(r"\d")
CONTINUED = re.compile(r"\d[\w.-]*(?:\s*[a-z]\))*|[a-z]\)")  # « CIDE 12, 39 »: the text named before goes on
FACTS = 6  # short names worth telling


def recommendations(draft: Draft, known: RuleContext) -> Iterator[tuple[list[Node], Span]]:
    """Every recommendation of a text, with its place."""
    for section, model in with_models(draft, known):
        if model.kind == "recommandations":
            for passage in section.passages:
                yield from zip(tree.items(passage.node), passage.items, strict=False)


def no_addressee(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """S12: a recommendation begins with those it is addressed to, in bold."""
    for item, span in recommendations(draft, known):
        if not recommendation_head.has_bold_addressee(item):
            yield Diagnostic(rules.NO_ADDRESSEE, span, {})


def article(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """S13: no article in the brackets that follow the addressee; S14: one that no text of the outline has."""
    texts = known.outline.texts
    for item, span in recommendations(draft, known):
        said = recommendation_head.read(item).articles
        if not any(instrument_of(one, texts) or NUMBERED.search(one) for one in said):
            yield Diagnostic(rules.NO_ARTICLE, span, {})
        yield from _unknown(said, texts, span)


def _unknown(said: Sequence[str], texts: Mapping[str, int | None], span: Span) -> Iterator[Diagnostic]:
    last = ""
    for one in said:
        here = instrument_of(one, texts)
        goes_on = bool(last and not here and CONTINUED.fullmatch(one))
        last = here or last
        if not here and not goes_on and NUMBERED.search(one):
            facts = {"article": one, "known": ", ".join([*texts][:FACTS]), "nearest": nearest_article(one, texts)}
            yield Diagnostic(rules.UNKNOWN_ARTICLE, span, facts)
        elif has := articles_instead(f"{last} {one}" if goes_on else one, texts):
            yield Diagnostic(rules.UNKNOWN_ARTICLE, span, {"article": one, "known": has})


def unknown_addressee(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """S23: an addressee whom the outline does not list, where it lists any."""
    listed = recommendation_head.addressees(known.outline)
    names = {entry.name for entry in listed.values()}
    for item, span in recommendations(draft, known) if listed else ():
        for name in recommendation_head.read(item).addressees:
            if recommendation_head.addressee_key(name) not in listed:
                yield Diagnostic(rules.UNKNOWN_ADDRESSEE, span, {"addressee": name, "nearest": nearest(name, names)})


CHECKS = (no_addressee, article, unknown_addressee)
