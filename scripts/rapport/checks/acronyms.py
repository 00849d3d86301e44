"""S22: acronyms that neither the report's list nor any text explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapport import rules
from rapport.checks.rule_context import RuleContext
from rapport.model import Diagnostic, Draft, Find, Span


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
