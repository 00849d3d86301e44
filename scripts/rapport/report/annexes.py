"""layout: the annexes made of the finished body: which paragraph speaks of which article, and what acronyms mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from rapport import tree
from rapport.language import acronyms
from rapport.language.articles import Article, Articles
from rapport.language.folding import fold_words
from rapport.model import Node, Report
from rapport.report.body_blocks import THEME, RunningText, words
from rapport.tree import Cell, Column, Row, Table, TableBody

Say = Callable[[str], str]


class ArticlesAnnex:
    """The table of articles: the paragraphs that speak of each, and the themes that rest on it."""

    def __init__(self, report: Report, body: Sequence[RunningText], themes: Mapping[str, str], say: Say) -> None:
        self.report, self.themes, self.say = report, themes, say
        self.articles = Articles(report.outline.instruments, report.texts)
        self.paragraphs: dict[Article, dict[str, str]] = {}
        self.of_themes: dict[Article, dict[str, str]] = {}
        self.common = frozenset(self.articles.typed(report.outline.common))
        heads = {block.id: block.recommendation.articles for block in report.blocks if block.recommendation}
        french = {block.id: words(block.french) for block in report.blocks if block.french}
        for block in body:
            prose = french.get(block.id, block.text)  # the same articles in both languages
            named = [*self.articles.in_prose(prose), *self.articles.typed(heads.get(block.id, ()))]
            for article in (*named, *(a for cite in block.cites for a in self.articles.in_citation(cite))):
                self.paragraphs.setdefault(article, {})[block.number] = block.paragraph
        for merged in (theme for part in report.parts for theme in part.themes):
            name = f"{THEME}{merged.theme.id}"
            for article in self.articles.typed((*merged.theme.articles, *merged.articles)):
                if name in themes:
                    self.of_themes.setdefault(article, {})[themes[name]] = name

    def table(self) -> list[Node]:
        """One table, an instrument after the other, each under its full name."""
        every = sorted({*self.paragraphs, *self.of_themes, *self.common}, key=self.articles.rank)
        bodies = []
        for entry in self.report.outline.instruments:
            of_this = [article for article in every if article.text == entry.short]
            if of_this:
                name = (
                    entry.title
                    if fold_words(entry.short) in fold_words(entry.title)
                    else f"{entry.title} ({entry.short})"
                )
                bodies.append(_body([_row([tree.string(name)], span=3)], [self.row(article) for article in of_this]))
        head = [tree.string(self.say(name)) for name in ("article", "paragraphs-column", "themes-column")]
        return [_table("table-articles", head, bodies)] if bodies else []

    def row(self, article: Article) -> Row:
        themes = _links("theme", self.of_themes.get(article, {}))
        if article in self.common:
            themes = [*tree.string(self.say("every-theme-above-all" if themes else "every-theme")), *themes]
        number = article.number or self.say("whole-text")
        return _row([tree.string(number), _links("paragraph", self.paragraphs.get(article, {})), themes])


def acronyms_table(report: Report, body: Iterable[RunningText], language: str, say: Say) -> list[Node]:
    """The acronyms that the body uses, with their names: the report's own, or the one that a text gives."""
    known = {a.short: (a.name_en if language == "en" else "") or a.name for a in report.acronyms}
    used: set[str] = set()
    for block in body:
        used.update(acronym for acronym, _ in acronyms.find_acronyms(block.text))
        for acronym, name in acronyms.explained_acronyms(block.text, known):
            known.setdefault(acronym, name)
    rows = [_row([tree.string(a), tree.string(known[a])]) for a in sorted(used & known.keys(), key=fold_words)]
    head = [tree.string(say("acronym")), tree.string(say("meaning"))]
    return [_table("table-sigles", head, [_body([], rows)])] if rows else []


def reference(kind: str, count: str, target: str) -> Node:
    """A link inside the report that says the number of what it leads to."""
    number = tree.span(tree.string(count), ["number"])
    return tree.link([number], f"#{target}", ["reference"], kind=kind, number=count)


def _links(kind: str, places: Mapping[str, str]) -> list[Node]:
    """« 12, 30 », each number a link."""
    links: list[Node] = []
    for count, target in places.items():
        links += tree.string(", ") if links else []
        links.append(reference(kind, count, target))
    return links


def _table(identifier: str, head: Sequence[Sequence[Node]], bodies: Sequence[TableBody]) -> Node:
    columns = (Column(),) * len(head)
    return tree.table_node(Table(columns, (_row(head),), tuple(bodies), attributes=tree.attr(identifier)))


def _body(head: Sequence[Row], rows: Sequence[Row]) -> TableBody:
    """Rows of which the first cell is a heading, under a heading of their own."""
    return TableBody(tuple(rows), tuple(head), title_columns=1)


def _row(cells: Iterable[Sequence[Node]], span: int = 1) -> Row:
    """A row of a table, each cell its inlines and so many columns wide."""
    return Row(tuple(Cell([tree.plain(cell)] if cell else [], column_span=span) for cell in cells))
