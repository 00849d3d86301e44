"""S34: words that mean the author of a text, in an edition that does not say who wrote what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport import rules
from rapport.checks.rule_context import RuleContext
from rapport.language.folding import fold_accents
from rapport.model import Association, Diagnostic, Draft, DraftSection, Edition, Outline, Span, span_at

ITSELF = {
    "fr": re.compile(
        r"\b[Ll]['’](?:association|ONG)\b(?!\s+(?:du|de|des|entre|avec)\b|\s+d['’])"
        r"|\b(?:[Nn]otre|[Nn]os|[Nn]ous)\b(?:\s+(?:association|équipes?)\b)?"
    ),
    "en": re.compile(
        r"\b(?:[Tt]he|[Oo]ur)\s+(?:association|NGO)\b(?!\s+(?:of|between|with)\b)"
        r"|\b(?:[Ww]e|[Oo]urs?|us|[Oo]urselves)\b"
    ),
}
"""How an author says itself: « l'association de malfaiteurs » is another thing."""
NAME_FOLLOWS = re.compile(r"\s+[«\"“]?\s*[A-ZÀ-Ý]")
SPOKEN = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|^[ \t]*>.*$|`[^`\n]*`|https?://\S+|\{[^}\n]*\}", re.MULTILINE)
"""Somebody else's words, and what is no sentence."""


def unnamed_author(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """S34, once a text: its places, but those where the section has named the association before."""
    yield from _told(draft, known, "fr")


def unnamed_author_in_english(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """S34 in a translation."""
    yield from _told(draft, known, "en")


def _told(draft: Draft, known: RuleContext, language: str) -> Iterator[Diagnostic]:
    association = known.associations.get(draft.association)
    if association is None or not has_anonymous_edition(known.outline):
        return
    if found := list(_places(draft, known, association, ITSELF[language])):
        (text, first), *others = found
        facts = {"text": text, "name": association.name}
        more = tuple(span for _, span in others[: rules.MAX_RELATED])
        yield Diagnostic(rules.UNNAMED_AUTHOR, first, facts, more)


def has_anonymous_edition(outline: Outline) -> bool:
    """Whether one edition does not say who wrote what."""
    return not all(outline.identity.authors_visible.get(edition.value, False) for edition in Edition)


def _places(
    draft: Draft, known: RuleContext, association: Association, itself: re.Pattern[str]
) -> Iterator[tuple[str, Span]]:
    """What means the author, and where: its words as they stand in the file."""
    text = SPOKEN.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), draft.source.text)
    for section in draft.body.sections:
        if section.passages and not known.is_of_testimonies(section.title):
            start, end = _extent(draft, section)
            for found in itself.finditer(text, start, end):
                named = _names(association, draft.source.text[start : found.start()])
                if not named and not NAME_FOLLOWS.match(draft.source.text, found.end()):
                    span = span_at(draft.source.path, draft.source.text, found.start(), len(found[0]))
                    yield " ".join(found[0].split()), span


def _extent(draft: Draft, section: DraftSection) -> tuple[int, int]:
    """Where a section stands in the file: from its first passage to the heading of the next."""
    lines = draft.source.text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    headings = [other.heading.span.line for other in draft.body.sections if other.heading]
    first = section.passages[0].span.line
    after = min((line for line in headings if line > first), default=len(lines) + 1)
    return starts[first - 1], min(starts[after - 1], len(draft.source.text))


def _names(association: Association, before: str) -> bool:
    said = " ".join(fold_accents(before).split())
    names = (fold_accents(name) for name in (association.name, association.acronym) if name)
    return any(re.search(rf"\b{re.escape(name)}\b", said) for name in names)


CHECKS = (unnamed_author,)
