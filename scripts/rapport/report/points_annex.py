"""layout: the annex of earlier documents: each of their points, and the paragraphs that answer it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rapport import tree
from rapport.messages import long_date
from rapport.messages import points as phrase
from rapport.model import Node, Report
from rapport.project.points import EarlierPoint, EarlierPoints, PointsDocument
from rapport.report.annexes import annex_row, annex_table, paragraph_links, titled_body
from rapport.report.body_blocks import RunningText, words
from rapport.tree import Row

Answers = Mapping[str, Mapping[int, str]]
"""The name of a point → the numbers of the paragraphs that answer it, each with its id."""


def answers(report: Report, body: Sequence[RunningText], points: EarlierPoints) -> Answers:
    """Which paragraphs answer which point: those that speak of it, and those of texts that say that they do."""
    found: dict[str, dict[int, str]] = {}
    of_texts = {block.id: points.declared_points.get((block.association, block.theme), ()) for block in report.blocks}
    french = {block.id: block.french for block in report.blocks if block.french}
    for block in body:
        spoken = french.get(block.id)
        prose = words(spoken) if spoken else block.text  # the same points in both languages
        cited = (name for cite in block.cites for name in points.in_citation(cite))
        for name in (*of_texts.get(block.id, ()), *points.in_prose(prose), *cited, *points.in_links(block.node)):
            if block.number:
                found.setdefault(name, {})[int(block.number)] = block.paragraph
    return found


def points_table(report: Report, body: Sequence[RunningText], points: EarlierPoints, language: str) -> list[Node]:
    """One table, a document after the other, each under its whole name."""
    found = answers(report, body, points)
    bodies = []
    for document in points.documents:
        rows = [_row(document, point, found.get(point.name, {}), language) for point in document.points]
        bodies.append(titled_body([annex_row([[*_document(document, language)]], span=3)], rows))
    head = [tree.string(phrase(name, language)) for name in ("point", "says", "answers")]
    return [annex_table("table-points", head, bodies)]


def _document(document: PointsDocument, language: str) -> Iterator[Node]:
    """« Comité des droits de l'enfant, Observations finales : France, CRC/C/FRA/CO/4, 22 juin 2009 »."""
    yield from (*_spoken(document.author, language), *tree.string(", "), *_spoken(document.title, language))
    symbol = "" if document.symbol_in_title else f", {document.symbol}"
    yield from tree.string(f"{symbol}, {long_date(document.date, language)}")


def _row(document: PointsDocument, point: EarlierPoint, found: Mapping[int, str], language: str) -> Row:
    label = tree.span(
        tree.string(document.point_label(point, language)), identifier=point.name, point=document.label(point, language)
    )
    says = [*_quoted(point, language)] or tree.string("–")
    answered = [*paragraph_links(found)] if found else tree.string(phrase("unanswered", language))
    return annex_row([[label], says, answered])


def _quoted(point: EarlierPoint, language: str) -> Iterator[Node]:
    """What the point is about in our words, its own words between marks, and who quotes them."""
    subject, quotation = [*_spoken(point.subject, language)], [*_spoken(point.words, language)]
    yield from subject
    if subject and quotation:
        yield from tree.string(phrase("colon", language))
    if quotation:
        before, _, after = phrase("quoted", language, words="\0").partition("\0")
        yield from (*tree.string(before), *quotation, *tree.string(after))
    if point.quoted_by["fr"] and quotation:
        before, _, after = phrase("after", language, source="\0").partition("\0")
        yield from (*tree.string(before), *_spoken(point.quoted_by, language), *tree.string(after))


def _spoken(said: Mapping[str, str], language: str) -> Iterator[Node]:
    """Words in the report's language; where there are none in it, those of the other, marked as such."""
    if said[language]:
        yield from tree.string(said[language])
        return
    for other, text in said.items():
        if text:
            yield tree.span(tree.string(text), lang=other)
