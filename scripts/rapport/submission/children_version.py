"""The version of the report for children: pages of the editor's own in large print, and who approved them.

What they say of the report's recommendations, themes and paragraphs is by the numbers that the public edition prints.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from rapport import pipeline, rules, tree
from rapport.checks import protection
from rapport.examination.children_version import page_codes
from rapport.examination.result import Examined
from rapport.messages import workshops
from rapport.model import Body, Diagnostic, Document, Edition, Report, Severity
from rapport.pipeline import BESIDE
from rapport.report import templates as pages
from rapport.report.bilingual_templates import CHILD_COVER, CHILD_PAGES, in_language
from rapport.report.cross_references import PrintedReport
from rapport.report.page_checks import template_problems
from rapport.report.page_values import PageValues
from rapport.storage.cache import Cache
from rapport.submission.booklet import empty_report, lay_out_pages
from rapport.workshops.approval import approval_lines

STEM = "version-enfants"
POINTS = 14
"""The smallest letters; see `language.readability` for the source."""


class ChildrenVersion(Struct, frozen=True):
    """The version laid out; None for both where `problems` stand in the way, or where it has no pages.

    `approvals` are the lines of its cover that say who approved it.
    """

    report: Report | None = None
    document: Document | None = None
    problems: tuple[Diagnostic, ...] = ()
    approvals: tuple[str, ...] = ()


def lay_out_version(examined: Examined, cache: Cache, language: str) -> ChildrenVersion:
    """The version in a language, from its own pages and the numbers of the public edition."""
    if examined.outline is None or language not in page_codes(examined.templates):
        return ChildrenVersion()
    if standing := tuple(_standing(examined, language)):
        return ChildrenVersion(problems=standing)
    printed, laid_out, problems = pipeline.lay_out(examined, Edition.PUBLIC, cache, language)
    if printed is None or laid_out is None:
        return ChildrenVersion(problems=problems)
    report = empty_report(examined.outline, examined, language)
    nameable = examined.workshops.nameable
    approved = tuple(approval_lines(nameable, page_codes(examined.templates), language))
    rendered, problems = pages.render(report, examined.templates, language, PageValues(approval=approved))
    if rendered is None:
        return ChildrenVersion(problems=problems)
    (body,) = rendered.read(cache)
    body, lost = PrintedReport(laid_out, printed).resolve(body)
    if found := tuple(_wrong(examined, rendered, body, lost)):
        return ChildrenVersion(problems=found)
    document = lay_out_pages(report, rendered, _with_places(body), examined, cache, language)
    title = workshops("version-title", language)
    subtitle = document.meta.title
    meta = replace(document.meta, title=title, subtitle=subtitle, header=title, stem=STEM, smallest=POINTS)
    return ChildrenVersion(report, replace(document, meta=meta), approvals=approved)


def _with_places(body: Body) -> Body:
    """The pages with a name for every title, so that the table of contents leads there whatever the editor typed."""
    named = (
        replace(one, node=tree.with_identifier(one.node, f"{STEM}-{at}"))
        if tree.kind(one.node) == "Header" and not tree.identifier(one.node)
        else one
        for at, one in enumerate(body.passages, 1)
    )
    return replace(body, passages=tuple(named))


def _standing(examined: Examined, language: str) -> Iterator[Diagnostic]:
    """What has to be settled before it is printed: whatever is open in its pages, and a name in what they print."""
    own = {in_language(name, language) for name in (CHILD_COVER, CHILD_PAGES)}
    for found in examined.diagnostics:
        beside = found.rule in protection.ERRORS and found.span.path.endswith(BESIDE)
        if beside or (found.span.path in own and found.rule.severity is not Severity.NOTE):
            yield found


def _wrong(examined: Examined, rendered: pages.Pages, body: Body, lost: tuple[str, ...]) -> Iterator[Diagnostic]:
    """What is wrong with its pages, and its links into the report that lead nowhere (R06)."""
    links = {find.value for find in body.finds_of("link")}
    yield from template_problems(rendered, body, examined.templates, {}, {link[1:] for link in links})
    for find in body.finds_of("link"):
        if find.value in lost:
            facts = {"link": find.value, "name": find.value[1:], "nearest": ""}
            span = rendered.place(find.span.line, find.value, examined.templates)
            yield Diagnostic(rules.BROKEN_LINK, span, facts)
