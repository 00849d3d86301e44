"""S34: words that mean the author of a text, in an edition that does not say who wrote what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import accumulate

from rapport import rules
from rapport.checks.rule_context import OutlineContext
from rapport.language.folding import fold_accents
from rapport.language.template_code import blank_code
from rapport.model import Association, Diagnostic, Draft, DraftSection, Edition, Outline, Source, Span

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
NOUN, NAME_FOLLOWS = re.compile("association|ONG|NGO"), re.compile(r"\s+[«\"“]?\s*(?:[A-ZÀ-Ý]|\[?\{\{)")
SPOKEN = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|^[ \t]*>.*$|`[^`\n]*`|https?://\S+|\{[^}\n]*\}", re.MULTILINE)
"""Somebody else's words, and what is no sentence."""


def unnamed_author(draft: Draft, known: OutlineContext, language: str = "fr") -> Iterator[Diagnostic]:
    """S34, once a text: its places, but those where the section has named the association before."""
    association = known.associations.get(draft.association)
    if association and has_anonymous_edition(known.outline):
        yield from _told(_places(draft, known, association, ITSELF[language]), association.name)


unnamed_author_in_english = partial(unnamed_author, language="en")


def in_templates(templates: Iterable[Source], known: OutlineContext) -> Iterator[Diagnostic]:
    """S34, once a page of the editor's, where « we » are the Collective and « the association » is anybody."""
    for template in templates if has_anonymous_edition(known.outline) else ():
        text = SPOKEN.sub(lambda found: " " * len(found[0]), blank_code(template.text))
        found = (one for itself in ITSELF.values() for one in itself.finditer(text) if NOUN.search(one[0]))
        unnamed = [one for one in found if not _is_named_beside(template.text, one, known)]
        yield from _told(map(partial(_place, template), unnamed), known.outline.identity.collective)


def _is_named_beside(text: str, found: re.Match[str], known: OutlineContext) -> bool:
    """Whether « the association » is called by its name after these words, or before them in their paragraph."""
    before = text[max(0, text.rfind("\n\n", 0, found.start())) : found.start()]
    named = (_names(association, before) for association in known.associations.values())
    return NAME_FOLLOWS.match(text, found.end()) is not None or any(named)


def _told(places: Iterable[tuple[str, Span]], name: str) -> Iterator[Diagnostic]:
    if found := list(places):
        (text, first), *others = found
        more = tuple(span for _, span in others[: rules.MAX_RELATED])
        yield Diagnostic(rules.UNNAMED_AUTHOR, first, {"text": text, "name": name}, more)


def has_anonymous_edition(outline: Outline) -> bool:
    """Whether one edition does not say who wrote what."""
    return not all(outline.identity.authors_visible.get(edition.value, False) for edition in Edition)


def _places(
    draft: Draft, known: OutlineContext, association: Association, itself: re.Pattern[str]
) -> Iterator[tuple[str, Span]]:
    """What means the author, and where: its words as they stand in the file."""
    text = SPOKEN.sub(lambda found: " " * len(found[0]), draft.source.text)
    for section in draft.body.sections:
        if section.passages and not known.is_of_testimonies(section.title):
            start, end = _extent(draft, section)
            for found in itself.finditer(text, start, end):
                named = _names(association, draft.source.text[start : found.start()])
                if not named and not NAME_FOLLOWS.match(draft.source.text, found.end()):
                    yield _place(draft.source, found)


def _place(source: Source, found: re.Match[str]) -> tuple[str, Span]:
    return " ".join(found[0].split()), source.span(*found.span())


def _extent(draft: Draft, section: DraftSection) -> tuple[int, int]:
    """Where a section stands in the file: from its first passage to the heading of the next."""
    lines = draft.source.text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    headings = [other.heading.span.line for other in draft.body.sections if other.heading]
    first = section.passages[0].span.line
    after = min((line for line in headings if line > first), default=len(lines) + 1)
    return starts[first - 1], min(starts[after - 1], len(draft.source.text))


def _names(association: Association, before: str) -> bool:
    said = " ".join(fold_accents(before).split())
    names = (fold_accents(name) for name in (association.name, association.acronym) if name)
    return any(re.search(rf"\b{re.escape(name)}\b", said) for name in names)


CHECKS = (unnamed_author,)
