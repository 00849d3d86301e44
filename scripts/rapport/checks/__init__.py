"""check: Draft → Contribution, or diagnostics. Pure: everything the rules compare with is in `RuleContext`.

A rule is one small function that yields diagnostics; a family of rules is one file; CHECKS lists them in the order
in which a reader wants to hear of them. Those that look at nothing but the text are not asked again for the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from rapport.checks import (
    characters,
    conflict_marks,
    cross_references,
    header,
    hidden_texts,
    images,
    limits,
    plan,
    prose,
    protection,
    recommendations,
    references,
    structure,
    testimony,
    typed_marks,
    unnamed_author,
)
from rapport.checks.kept_diagnostics import look_once
from rapport.checks.rule_context import OutlineContext, RuleContext
from rapport.language.articles import articles_of
from rapport.model import Contribution, Diagnostic, Draft, Passage, Severity
from rapport.storage import schema
from rapport.storage.cache import Cache

CHECKS = (
    *plan.CHECKS,
    *limits.CHECKS,
    *header.CHECKS,
    *conflict_marks.CHECKS,
    *structure.CHECKS,
    *recommendations.CHECKS,
    *prose.CHECKS,
    *typed_marks.CHECKS,
    *unnamed_author.CHECKS,
    *characters.CHECKS,
    *hidden_texts.CHECKS,
    *references.CHECKS,
    *cross_references.CHECKS,
    *images.CHECKS,
    *testimony.CHECKS,
    *protection.CHECKS,
)
OF_TEXT_ALONE: Sequence[Callable[[Draft, object], Iterator[Diagnostic]]] = (
    *limits.CHECKS, *conflict_marks.CHECKS, *typed_marks.CHECKS, *characters.CHECKS, *hidden_texts.CHECKS,
)  # fmt: skip
"""The rules that ask nothing of what a text is compared with: they are given nothing."""
OF_OUTLINE: Sequence[Callable[[Draft, OutlineContext], Iterator[Diagnostic]]] = (
    *structure.CHECKS, *recommendations.CHECKS, *unnamed_author.CHECKS,
)  # fmt: skip
"""The rules that compare a text with what no other text changes: they are given that alone."""


def check(draft: Draft, known: RuleContext, cache: Cache) -> tuple[Contribution | None, tuple[Diagnostic, ...]]:
    """The accepted contribution, or None when an error stands in the way, and all that is to be said of it."""
    kept: dict[object, tuple[Diagnostic, ...]] = dict(zip(OF_TEXT_ALONE, said_of_text_alone(draft, cache), strict=True))
    kept |= zip(OF_OUTLINE, _said_of_outline(draft, known.outline_context, cache), strict=True)
    said = (kept[rule] if rule in kept else rule(draft, known) for rule in CHECKS)
    found = [*draft.diagnostics, *(diagnostic for of_rule in said for diagnostic in of_rule)]
    found.sort(key=lambda d: (d.span.path, d.span.line, d.span.column))
    refused = any(diagnostic.rule.severity is Severity.ERROR for diagnostic in found)
    return None if refused else _accept(draft, known), tuple(found)


def said_of_text_alone(draft: Draft, cache: Cache) -> tuple[tuple[Diagnostic, ...], ...]:
    """What each rule of `OF_TEXT_ALONE` says of a text, from the cache or looked for now."""
    text = (draft.source.path, draft.source.text)
    return look_once(cache, "text-alone", text, lambda: (rule(draft, None) for rule in OF_TEXT_ALONE))


def _said_of_outline(draft: Draft, known: OutlineContext, cache: Cache) -> tuple[tuple[Diagnostic, ...], ...]:
    """What each rule of `OF_OUTLINE` says of a text, from the cache or looked for now."""
    text = (draft.source.path, draft.source.text, known.fingerprint)
    return look_once(cache, "text-and-outline", text, lambda: (rule(draft, known) for rule in OF_OUTLINE))


def _accept(draft: Draft, known: RuleContext) -> Contribution:
    return Contribution(
        association=draft.association,
        theme=draft.theme,
        path=draft.source.path,
        date=schema.text(draft.header, "date"),
        confidential=schema.text(draft.header, "diffusion") == "confidentielle",
        language=schema.text(draft.header, "langue", "fr"),
        caveat=schema.text(draft.header, "avertissement"),
        proposes=schema.text(draft.header, "theme_propose") if draft.theme not in known.themes else "",
        sections=dict(_sections(draft, known)),
        articles=articles_of(known.outline.instruments).canonical(schema.texts(draft.header, "articles")),
    )


def _sections(draft: Draft, known: RuleContext) -> Iterator[tuple[str, tuple[Passage, ...]]]:
    apart = testimony.withheld_passages(draft, known)  # for the confidential edition alone
    for section, model in structure.with_models(draft, known):
        if section.passages:
            yield model.id, tuple(replace(p, confidential=True) if id(p) in apart else p for p in section.passages)
