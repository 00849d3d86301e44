"""S: a recommendation says to whom it is addressed and on which article it rests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapport import rules, tree
from rapport.checks.rule_context import OutlineContext
from rapport.checks.structure import with_models
from rapport.language.articles import Article, ArticleMistake, articles_of
from rapport.language.names import nearest
from rapport.markdown import recommendation_head
from rapport.model import Diagnostic, Draft, Node, Passage, Source, Span, span_at

NUMBERED = re.compile(r"\d|^suiv")  # « CIDE 12 et suivants »: which ones?
PARAGRAPH = re.compile(r"(?:.+\n?)+")
FACTS = 6  # short names worth telling


def recommendations(draft: Draft, known: OutlineContext) -> Iterator[tuple[list[Node], Span]]:
    """Every recommendation of a text, with its place."""
    for section, model in with_models(draft, known):
        if model.kind == "recommandations":
            for passage in section.passages:
                yield from zip(tree.items(passage.node), passage.items, strict=False)


def no_addressee(draft: Draft, known: OutlineContext) -> Iterator[Diagnostic]:
    """S12: a recommendation begins with those it is addressed to, in bold."""
    for item, span in recommendations(draft, known):
        if not recommendation_head.has_bold_addressee(item):
            yield Diagnostic(rules.NO_ADDRESSEE, span, {})


def article(draft: Draft, known: OutlineContext) -> Iterator[Diagnostic]:
    """S13: no article in the brackets that follow the addressee; S14: one that no text of the outline has."""
    articles = articles_of(known.outline.instruments)
    for item, span in recommendations(draft, known):
        said = recommendation_head.brackets(item)
        mistakes = [one for one in articles.mistakes(said) if one.known_articles or NUMBERED.search(one.text)]
        if not mistakes and not any(articles.split_list(said)):
            yield Diagnostic(rules.NO_ARTICLE, span, {})
        for mistake in mistakes:
            yield unknown_article(mistake, known, span)


def article_in_text(draft: Draft, known: OutlineContext) -> Iterator[Diagnostic]:
    """S14 in the text and its notes, where an article stands with the name of its text or in a citation of it."""
    articles, cited = articles_of(known.outline.instruments), known.cited_instruments.get(draft.association, {})
    told = {
        a for item, _ in recommendations(draft, known) for a in articles.split_list(recommendation_head.brackets(item))
    }
    for passage in draft.body.passages:
        words, _, cites = tree.text_with_notes(passage.node)
        found = [*articles.in_prose(words), *(a for cite in cites for a in articles.in_citation(cite, cited))]
        for one in dict.fromkeys(found):
            if one not in told and (has := articles.articles_instead(one)):
                yield unknown_article(ArticleMistake(str(one), known_articles=has), known, _place(draft, passage, one))
        for one, mistake in articles.backward_ranges(words):
            if one not in told:
                yield unknown_article(mistake, known, _place(draft, passage, one))


def articles_in_templates(templates: Iterable[Source], known: OutlineContext) -> Iterator[Diagnostic]:
    """S14 in the editor's own pages, paragraph by paragraph."""
    articles = articles_of(known.outline.instruments)
    for template in templates:
        for paragraph in PARAGRAPH.finditer(template.text):
            for one in dict.fromkeys(articles.in_prose(paragraph[0])):
                if has := articles.articles_instead(one):
                    span = span_at(template.path, template.text, *_number(template.text, paragraph.start(), one))
                    yield unknown_article(ArticleMistake(str(one), known_articles=has), known, span)
            for one, mistake in articles.backward_ranges(paragraph[0]):
                span = span_at(template.path, template.text, *_number(template.text, paragraph.start(), one))
                yield unknown_article(mistake, known, span)


def _place(draft: Draft, passage: Passage, article: Article) -> Span:
    """Where the number stands in the file, at the passage or after it."""
    lines = draft.source.text.split("\n")
    start = sum(len(line) + 1 for line in lines[: passage.span.line - 1])
    at, length = _number(draft.source.text, start, article)
    return span_at(draft.source.path, draft.source.text, at, length)


def _number(text: str, start: int, article: Article) -> tuple[int, int]:
    first = re.match(r"\d+", article.number)
    found = re.compile(rf"(?<!\d){first[0] if first else ''}(?!\d)").search(text, start)
    return (found.start(), len(found[0])) if found else (start, 1)


def unknown_article(mistake: ArticleMistake, known: OutlineContext, span: Span) -> Diagnostic:
    """S14, with the article that was perhaps meant, or those that there are."""
    short = mistake.known_articles or ", ".join([*known.outline.texts][:FACTS])
    facts = {"article": mistake.text, "known": short, "nearest": mistake.nearest}
    return Diagnostic(rules.UNKNOWN_ARTICLE, span, facts)


def unknown_addressee(draft: Draft, known: OutlineContext) -> Iterator[Diagnostic]:
    """S23: an addressee whom the outline does not list, where it lists any."""
    listed = recommendation_head.addressees(known.outline)
    names = {entry.name for entry in listed.values()}
    for item, span in recommendations(draft, known) if listed else ():
        for name in recommendation_head.read(item).addressees:
            if recommendation_head.addressee_key(name) not in listed:
                yield Diagnostic(rules.UNKNOWN_ADDRESSEE, span, {"addressee": name, "nearest": nearest(name, names)})


CHECKS = (no_addressee, article, article_in_text, unknown_addressee)
