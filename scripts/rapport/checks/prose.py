"""S and R: figures that name no source, sources later than the report's limit, terms to avoid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapport import rules
from rapport.checks.rule_context import RuleContext
from rapport.language import prose
from rapport.language.template_code import blank_code
from rapport.model import CslItem, Diagnostic, Draft, Find, Rule, Source
from rapport.project.read import FIGURE_PAGES
from rapport.storage.cache import kept_in_mind

CITED = re.compile(r"(?<![\w.])-?@\{?([\w:.-]*\w)")
TERMS: tuple[tuple[str, Rule], ...] = (("term", rules.UNWANTED_TERM), ("stigma", rules.STIGMATISING_WORDS))


def unsourced_figure(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """S17: a figure in a paragraph without a citation or a note."""
    yield from _figures(draft.body.finds_of("figure"))


def in_templates(templates: Iterable[Source], known: RuleContext) -> Iterator[Diagnostic]:
    """S17, S20, S21, R10, R11 in the editor's own pages, which the report answers for too."""
    for template in templates:
        if template.path in FIGURE_PAGES.values():
            continue
        finds = _template_finds(template)
        found = CITED.finditer(template.text)
        cited = (Find("citation", match[1], template.span(*match.span())) for match in found)
        yield from _figures(finds.get("figure", ()))
        yield from (d for kind, rule in TERMS for d in _terms(finds.get(kind, ()), rule))
        yield from _cited_too_late(cited, known, "")
        yield from _dated_too_late(finds.get("dated", ()), known)


@kept_in_mind
def _template_finds(template: Source) -> Mapping[str, Sequence[Find]]:
    """What the prose of a page holds, by kind."""
    finds = dict[str, list[Find]]()
    for find in prose.finds(blank_code(template.text), template.span):
        finds.setdefault(find.kind, []).append(find)
    return finds


def _figures(finds: Iterable[Find]) -> Iterator[Diagnostic]:
    for find in finds:
        yield Diagnostic(rules.UNSOURCED_FIGURE, find.span, {"figure": find.value})


def _terms(finds: Iterable[Find], rule: Rule) -> Iterator[Diagnostic]:
    for find in finds:
        yield Diagnostic(rule, find.span, {"words": find.value, "instead": find.detail})


def _cited_too_late(finds: Iterable[Find], known: RuleContext, association: str) -> Iterator[Diagnostic]:
    limit = known.outline.identity.source_cutoff
    keys, works = known.library.keys_of(association), known.works
    for find in finds:
        item = works.get(keys.get(find.value, ""), {})
        if is_later(date := iso(item, "issued"), limit):
            yield Diagnostic(rules.SOURCE_TOO_LATE, find.span, {"key": find.value, "date": date, "limit": limit})
        elif is_later(date := iso(item, "accessed"), limit):
            yield Diagnostic(rules.LATER_THAN_CUTOFF, find.span, {"text": f"@{find.value}, {date}", "limit": limit})


def _dated_too_late(finds: Iterable[Find], known: RuleContext) -> Iterator[Diagnostic]:
    limit = known.outline.identity.source_cutoff
    for find in finds:
        if is_later(find.detail, limit):
            yield Diagnostic(rules.LATER_THAN_CUTOFF, find.span, {"text": find.value, "limit": limit})


def terms(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """S20, S21: words that the Committee asks to avoid, or that are aimed at a group."""
    for kind, rule in TERMS:
        yield from _terms(draft.body.finds_of(kind), rule)


def source_too_late(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R10: a document dated after the limit is cited; R11: one that was read after it."""
    yield from _cited_too_late(draft.body.finds_of("citation"), known, draft.association)


def later_than_cutoff(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R11: a date or a document of the text itself that comes after the limit."""
    yield from _dated_too_late(draft.body.finds_of("dated"), known)


def is_later(date: str, limit: str) -> bool:
    """True when a date, or the whole of its month or year, comes after another."""
    return bool(date) and date > limit[: len(date)]


def iso(item: CslItem, name: str) -> str:
    """A date of a CSL item, as far as it is known: « 2014 », « 2014-07 », « 2014-07-18 »."""
    first = (item.get(name, {}).get("date-parts") or [[]])[0]
    return "-".join(f"{int(part):0{4 if index == 0 else 2}}" for index, part in enumerate(first))


CHECKS = (unsourced_figure, terms, source_too_late, later_than_cutoff)
