"""What only the texts of all associations together show: the same demand, the same story, works not cited.

A rule here is a function (drafts, known) → diagnostics; each file it speaks of may be cited as a related place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from rapport import rules, tree
from rapport.checks.kept_diagnostics import look_once
from rapport.checks.plan import title_key
from rapport.checks.recommendations import recommendations
from rapport.checks.rule_context import RuleContext
from rapport.checks.structure import models_of
from rapport.diff.similarity import sketch
from rapport.diff.thresholds import DEMAND_LIKE
from rapport.language.folding import fold_words
from rapport.markdown import recommendation_head
from rapport.model import Diagnostic, Draft, Find, Passage, Rule, Span
from rapport.storage.cache import Cache

CROWD = 40  # texts with one run of words in common: a set phrase, which says nothing by itself
KEYS = 10  # recommendations that a page near the front holds
SHORT = 5  # words from which a demand can be recognised in other words


class AssociationText(Struct, frozen=True):
    """One text of an association: its plain words are made when they are wanted, most texts are like no other."""

    association: str
    node: Any
    marks: tuple[int, ...]
    span: Span


def similar_recommendation(drafts: Sequence[Draft], known: RuleContext) -> Iterator[Diagnostic]:
    """S15: two associations ask for nearly the same."""
    texts = []
    for draft in drafts:
        for item, span in recommendations(draft, known):
            demand = recommendation_head.demand_words(item)
            if marks := sketch(demand, SHORT):
                texts.append(AssociationText(draft.association, demand, (*marks, hash(demand)), span))
    yield from _alike(texts, 1, rules.SIMILAR_RECOMMENDATION)


def same_story(drafts: Sequence[Draft], known: RuleContext) -> Iterator[Diagnostic]:
    """S16: two associations have nearly the same passage: perhaps one fact that is counted twice."""
    texts = []
    for draft in drafts:
        for passage in _narrative_passages(draft, known):
            if passage.sketch:
                texts.append(AssociationText(draft.association, passage.node, passage.sketch, passage.span))
    yield from _alike(texts, 2, rules.SAME_STORY)


def _narrative_passages(draft: Draft, known: RuleContext) -> Iterator[Passage]:
    """The passages that tell of something: neither recommendations, which S15 compares, nor lists of sources."""
    models = models_of(draft, known)
    for section in draft.body.sections:
        model = models.get(title_key(section.title))
        if section.heading and (model is None or model.kind not in ("recommandations", "sources")):
            yield from section.passages


def _alike(texts: Sequence[AssociationText], shared: int, rule: Rule) -> Iterator[Diagnostic]:
    """Each text that is nearly one of another association's before it, told once."""
    by_mark: dict[int, list[int]] = {}
    for index, text in enumerate(texts):
        near = Counter(other for mark in text.marks for other in by_mark.get(mark, ())[:CROWD])
        for other, count in near.most_common():
            if count < shared:
                break
            if texts[other].association != text.association and _same_words(texts[other], text):
                yield Diagnostic(rule, text.span, {}, (texts[other].span,))
                break
        for mark in text.marks:
            by_mark.setdefault(mark, []).append(index)


def _same_words(one: AssociationText, other: AssociationText) -> bool:
    from rapidfuzz import fuzz  # late: in most reports no two texts come this far

    first, second = (
        said.node if isinstance(said.node, str) else fold_words(tree.text(said.node)) for said in (one, other)
    )
    return max(fuzz.ratio(first, second), fuzz.token_sort_ratio(first, second)) >= DEMAND_LIKE


def too_many_keys(drafts: Sequence[Draft], known: RuleContext) -> Iterator[Diagnostic]:
    """S24: more recommendations marked as key than one page holds; what several ask in the same words counts once."""
    places: dict[tuple[tuple[str, ...], str], Span] = {}
    for draft in drafts:
        for item, span in recommendations(draft, known):
            if (head := recommendation_head.read(item)).key:
                places.setdefault((head.addressees, recommendation_head.demand_words(item)), span)
    if len(places) > KEYS:
        *within, first = [*places.values()][: KEYS + 1]
        facts = {"number": str(len(places)), "most": str(KEYS)}
        yield Diagnostic(rules.TOO_MANY_KEYS, first, facts, tuple(within))


def unused_entry(drafts: Sequence[Draft], known: RuleContext) -> Iterator[Diagnostic]:
    """R12: an entry of an association's sources.bib that none of its texts cites."""
    cited = {(draft.association, find.value) for draft in drafts for find in draft.body.finds_of("citation")}
    for association, keys in known.library.own_keys.items():
        for key in keys:
            if (association, key.value) not in cited:
                yield Diagnostic(rules.UNUSED_ENTRY, key.span, {"key": key.value})


def unknown_acronym(drafts: Sequence[Draft], known: RuleContext) -> Iterator[Diagnostic]:
    """S22: an acronym without a name, once for all the texts that have it."""
    places: dict[str, list[Span]] = {}
    for find in _finds(drafts, "acronym"):
        places.setdefault(find.value, []).append(find.span)
    explained = {find.value for find in _finds(drafts, "explained")} | known.familiar_acronyms
    for acronym, (first, *others) in places.items():
        if acronym not in explained:
            related = tuple(others[: rules.MAX_RELATED])
            yield Diagnostic(rules.UNKNOWN_ACRONYM, first, {"acronym": acronym}, related)


def _finds(drafts: Sequence[Draft], kind: str) -> Iterator[Find]:
    return (find for draft in drafts for find in draft.body.finds_of(kind))


TOGETHER = (similar_recommendation, same_story, too_many_keys, unused_entry, unknown_acronym)


def check_together(drafts: Sequence[Draft], known: RuleContext, cache: Cache) -> tuple[Diagnostic, ...]:
    """All that is to be said of the texts taken together; comparing them is done again when one of them changed."""
    model = repr([(theme.id, theme.sections) for theme in known.outline.themes])
    entries = repr((sorted(known.library.own_keys.items()), sorted(known.familiar_acronyms)))
    sent = (text for draft in drafts for text in (draft.source.path, draft.source.digest))
    found = look_once(cache, "together", (model, entries, *sent), lambda: (rule(drafts, known) for rule in TOGETHER))
    return tuple(diagnostic for of_rule in found for diagnostic in of_rule)
