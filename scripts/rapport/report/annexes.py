"""layout: the annexes made of the finished body: which paragraph speaks of which article, and what acronyms mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rapport import tree
from rapport.language import acronyms
from rapport.language.articles import Article, articles_of
from rapport.language.folding import fold_words
from rapport.model import MergedTheme, Node, Report
from rapport.report.body_blocks import THEME, Place, RunningText, words
from rapport.tree import Cell, Column, Row, Table, TableBody

RUN = 3  # paragraphs that follow one another and are said as « 12-14 »
Say = Callable[[str], str]


class ArticlesAnnex:
    """The table of articles that are cited: under what theme, and in which of its paragraphs.

    An article that the header of a contribution names is cited by its theme, even where no paragraph does.
    """

    def __init__(self, report: Report, body: Sequence[RunningText], say: Say) -> None:
        self.report, self.say = report, say
        self.articles = articles_of(report.outline.instruments)
        self.names = {f"{THEME}{t.theme.id}": t.theme.short or t.theme.title for t in _themes(report)}
        self.cited: dict[Article, dict[Place, dict[str, str]]] = {}
        heads = {block.id: block.recommendation.articles for block in report.blocks if block.recommendation}
        french = {block.id: words(block.french) for block in report.blocks if block.french}
        named = {f"{THEME}{t.theme.id}": [*self.articles.split_list(t.articles)] for t in _themes(report)}
        for block in body:
            prose = french.get(block.id, block.text)  # the same articles in both languages
            cited = [a for cite in block.cites for a in self.articles.in_citation(cite, report.texts)]
            headed = self.articles.split_list(heads.get(block.id, ()))
            for article in (*self.articles.in_prose(prose), *headed, *cited):
                self.cited.setdefault(article, {}).setdefault(block.place, {})[block.number] = block.paragraph
        for place in dict.fromkeys(block.place for block in body):
            for article in named.get(place.id, ()):
                self.cited.setdefault(article, {}).setdefault(place, {})

    def table(self) -> list[Node]:
        """One table, an instrument after the other, each under its full name."""
        every = sorted(self.cited, key=self.articles.rank)
        bodies = []
        for entry in self.report.outline.instruments:
            of_this = [article for article in every if article.text == entry.short]
            if of_this:
                name = (
                    entry.title
                    if fold_words(entry.short) in fold_words(entry.title)
                    else f"{entry.title} ({entry.short})"
                )
                rows = [self.row(article) for article in of_this]
                bodies.append(titled_body([annex_row([tree.string(name)], span=2)], rows))
        head = [tree.string(self.say(name)) for name in ("article", "cited-column")]
        return [annex_table("table-articles", head, bodies)] if bodies else []

    def row(self, article: Article) -> Row:
        """« 12 | Mendicité forcée : 30, 31 ; Internet : 45 », each theme and number a link."""
        cell: list[Node] = []
        for place, paragraphs in self.cited[article].items():
            cell += tree.string(self.say("cited-next")) if cell else []
            cell.append(tree.link(tree.string(self.names.get(place.id, place.title)), f"#{place.id}"))
            if paragraphs:
                cell += [*tree.string(self.say("cited-at")), *_links("paragraph", paragraphs)]
        return annex_row([tree.string(article.number or self.say("whole-text")), cell])


def _themes(report: Report) -> Iterator[MergedTheme]:
    yield from (theme for part in report.parts for theme in part.themes)
    yield from report.proposed_themes


def acronyms_table(report: Report, body: Iterable[RunningText], language: str, say: Say) -> list[Node]:
    """The acronyms that the body uses, with their names: the report's own, or the one that a text gives."""
    known = {a.short: (a.name_en if language == "en" else "") or a.name for a in report.acronyms}
    used: set[str] = set()
    for block in body:
        used.update(acronym for acronym, _ in acronyms.find_acronyms(block.text))
        for acronym, name in acronyms.explained_acronyms(block.text, known):
            known.setdefault(acronym, name)
    rows = [annex_row([tree.string(a), tree.string(known[a])]) for a in sorted(used & known.keys(), key=fold_words)]
    head = [tree.string(say("acronym")), tree.string(say("meaning"))]
    return [annex_table("table-sigles", head, [titled_body([], rows)])] if rows else []


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


def annex_table(identifier: str, head: Sequence[Sequence[Node]], bodies: Sequence[TableBody]) -> Node:
    """A table of an annex: its head, its bodies, columns as wide as they need."""
    columns = (Column(),) * len(head)
    return tree.table_node(Table(columns, (annex_row(head),), tuple(bodies), attributes=tree.attr(identifier)))


def titled_body(head: Sequence[Row], rows: Sequence[Row]) -> TableBody:
    """Rows of which the first cell is a heading, under a heading of their own."""
    return TableBody(tuple(rows), tuple(head), title_columns=1)


def annex_row(cells: Iterable[Sequence[Node]], span: int = 1) -> Row:
    """A row of a table, each cell its inlines and so many columns wide."""
    return Row(tuple(Cell([tree.plain(cell)] if cell else [], column_span=span) for cell in cells))


def paragraph_links(found: Mapping[int, str]) -> Iterator[Node]:
    """« 12, 14-17 », the first and the last number of a run each a link."""
    for at, run in enumerate(_runs(sorted(found))):
        if at:
            yield from tree.string(", ")
        ends = (run[0], run[-1]) if len(run) >= RUN else tuple(run)
        for place, number in enumerate(ends):
            if place:
                yield from tree.string("–" if len(run) >= RUN else ", ")
            yield reference("paragraph", str(number), found[number])


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """The numbers, those that follow one another together."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run
