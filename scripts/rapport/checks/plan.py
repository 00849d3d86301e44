"""P and F: is this a text of one of our associations, on a theme of the outline, and the only one?"""

from __future__ import annotations

from collections.abc import Iterator

from rapport import rules
from rapport.checks.rule_context import RuleContext
from rapport.language.folding import fold_words
from rapport.language.names import nearest
from rapport.model import Diagnostic, Draft, Span
from rapport.storage import schema


def title_key(title: str) -> str:
    """What makes two headings the same: neither case, nor accents, nor punctuation do."""
    return fold_words(title)


def pandoc_gave_up(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """F06: pandoc could not read the text within its limits."""
    if draft.body.error:
        kind, _, line = draft.body.error.partition(":")
        reason, place = (kind, int(line or 0)) if kind in ("deep", "tangled") else ("slow", 0)
        yield Diagnostic(rules.PANDOC_GAVE_UP, Span(draft.source.path, place, int(place > 0), 1), {"reason": reason})


def duplicate_contribution(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """F04: two files of one association are for the same theme."""
    paths = known.paths[draft.association, draft.theme]
    if len(paths) > 1:
        others = tuple(Span(path) for path in paths if path != draft.source.path)
        yield Diagnostic(rules.DUPLICATE_CONTRIBUTION, Span(draft.source.path), {"theme": draft.theme}, others)


def unknown_theme(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """P01: the file's name is no theme of the outline; P02: but its header proposes one."""
    if draft.theme in known.themes:
        return
    proposed = schema.text(draft.header, "theme_propose")
    if proposed:
        yield Diagnostic(
            rules.PROPOSED_THEME, draft.header["theme_propose"].span, {"theme": draft.theme, "title": proposed}
        )
    else:
        facts = {"theme": draft.theme, "nearest": nearest(draft.theme, known.themes)}
        yield Diagnostic(rules.UNKNOWN_THEME, Span(draft.source.path), facts)


def closed_theme(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """P03: the editor closed this theme."""
    theme = known.themes.get(draft.theme)
    if theme and theme.is_closed:
        yield Diagnostic(rules.CLOSED_THEME, Span(draft.source.path), {"theme": theme.title}, (theme.span,))


def unknown_association(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """P04: the folder is no association's."""
    if draft.association not in known.associations:
        facts = {"folder": draft.source.path.split("/")[-2], "nearest": nearest(draft.association, known.associations)}
        yield Diagnostic(rules.UNKNOWN_ASSOCIATION, Span(draft.source.path), facts)


def not_a_member(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """P05: the association was not seen as a member by the date of the report."""
    association, date = known.associations.get(draft.association), known.outline.identity.date
    if association and association.state_on(date) != "membre":
        facts = {"association": association.name, "date": date, "state": association.state_on(date)}
        yield Diagnostic(rules.NOT_A_MEMBER, Span(draft.source.path), facts)


CHECKS = (pandoc_gave_up, duplicate_contribution, unknown_association, not_a_member, unknown_theme, closed_theme)
