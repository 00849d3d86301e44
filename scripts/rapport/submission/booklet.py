"""The booklet of children's own words: a document of its own, which may be handed in without the report."""

from __future__ import annotations

from msgspec.structs import replace

from rapport.bibliography.citeproc import CitationRun, cite
from rapport.bibliography.library import Library
from rapport.examination.result import Examined
from rapport.messages import workshops
from rapport.model import Body, Diagnostic, Document, Edition, Outline, Report
from rapport.report import templates as pages
from rapport.report.assemble import assemble
from rapport.report.merge import merge
from rapport.report.page_values import PageValues
from rapport.storage.cache import Cache
from rapport.translation.block_shape import LANGUAGE as ENGLISH
from rapport.translation.english_report import translate
from rapport.workshops.annex import printed_workshops
from rapport.workshops.workshop import BOOKLET

STEM = "livret-enfants"


def empty_report(outline: Outline, examined: Examined, language: str) -> Report:
    """The public report in a language without what associations wrote."""
    report = merge(outline, examined.associations, (), (), examined.images, Edition.PUBLIC, Library())
    return translate(report, (), (), Library(), examined.images) if language == ENGLISH else report


def lay_out_pages(
    report: Report, rendered: pages.Pages, body: Body, examined: Examined, cache: Cache, language: str
) -> Document:  # fmt: skip
    """The document of pages that cite no work."""
    citations = CitationRun(Library(), language, cache, cite)(())
    return assemble(report, rendered, body, citations, language, examined.points, cache)


def lay_out_booklet(
    examined: Examined, cache: Cache, language: str
) -> tuple[Report | None, Document | None, tuple[Diagnostic, ...]]:
    """The booklet and its document, or what is wrong with its pages; None for both where no child agreed to one."""
    printed = printed_workshops(examined.workshops.in_edition(BOOKLET), examined.images, language)
    if examined.outline is None or not printed:
        return None, None, ()
    report = empty_report(examined.outline, examined, language)
    report = replace(report, voices=tuple(block for one in printed for block in one.blocks))
    values = PageValues(examined.calendar, workshops=printed, booklet=True)
    rendered, problems = pages.render(report, examined.templates, language, values)
    if rendered is None:
        return None, None, problems
    (body,) = rendered.read(cache)
    document = lay_out_pages(report, rendered, body, examined, cache, language)
    title = workshops("annex-title", language)
    meta = replace(document.meta, title=title, subtitle=report.outline.identity.title, header=title, stem=STEM)
    return report, replace(document, meta=meta), ()
