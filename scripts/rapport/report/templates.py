"""layout, first half: Report + the editor's templates → Pages, Markdown still to be read by pandoc.

The templates are the editor's alone. In them a contribution's text is an opaque `Slot`, which prints as an empty
span; what it stands for is put in place by `assemble` after pandoc has read the page, so it is never parsed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from rapport import rules, tree
from rapport.language.names import LOST_LETTER, UNPRINTABLE
from rapport.markdown import parse
from rapport.markdown.body_text import BodyText
from rapport.model import (
    Body,
    Diagnostic,
    Edition,
    MergedPart,
    MergedTheme,
    Passage,
    Report,
    Source,
    Span,
    Theme,
    span_at,
)
from rapport.project.read import CHAPTERS
from rapport.report.bilingual_templates import CHILD_COVER, CHILD_PAGES, SUMMARY, SUMMARY_EN, prints_in
from rapport.report.page_contents import FIGURES, PageContents
from rapport.report.page_rendering import RenderedPage
from rapport.report.page_values import DerivedPiece, PageValues
from rapport.report.template_errors import place_of, reason_of
from rapport.storage.cache import Cache

PAGE = "page"
COVER, FRONT, LEGAL, PART, THEME, WAITING, PROPOSALS, LIST, PRACTICES, CHILDREN, BOOKLET, POINTS, BACK = (
    f"chapters/{name}.md.j2"
    for name in (
        "couverture", "presentation", "cadre-juridique",
        "partie", "theme", "themes-attendus", "propositions", "recommandations",
        "bonnes-pratiques", "paroles-enfants", "livret-enfants", "points", "annexes",
    )
)  # fmt: skip


class Pages(Struct, frozen=True):
    """Every page of the report, in order; a chapter is one or more pages (a part's opening, themes)."""

    front_matter: tuple[RenderedPage, ...]
    chapters: tuple[tuple[RenderedPage, ...], ...]
    back_matter: tuple[RenderedPage, ...]

    @property
    def in_order(self) -> tuple[RenderedPage, ...]:
        return (*self.front_matter, *(page for chapter in self.chapters for page in chapter), *self.back_matter)

    @property
    def text(self) -> str:
        """All pages as one text, each opened by a mark: they are the editor's own, and one reading costs a third."""
        return "\n\n".join(f"::: {{.{PAGE} n={page.index}}}\n:::\n\n{page.text}" for page in self.in_order)

    def read(self, cache: Cache) -> Iterator[Body]:
        """All pages as pandoc understands them, one body; pandoc is at work until it is asked for."""
        return parse.read_bodies([BodyText(f"{CHAPTERS}/", self.text)], cache)

    def passages(self, body: Body) -> Mapping[int, Sequence[Passage]]:
        """What pandoc made of each page, by the page's index, from what it made of the whole text."""
        split: dict[int, list[Passage]] = {}
        for passage in body.passages:
            if tree.has_class(passage.node, PAGE):
                here = split.setdefault(int(tree.pairs(passage.node)["n"]), [])
            else:
                here.append(passage)
        return split

    def place(self, line: int, words: str, templates: Sequence[Source]) -> Span:
        """Where the template that wrote a line of the whole text has these words, or that line; else the file alone."""
        written = self.text.split("\n")[line - 1].strip() if line > 0 else ""
        source = next(template for template in templates if template.path == self.template_at(line))
        for number, typed in enumerate(source.text.split("\n"), 1):
            if written and typed.strip() == written:
                at = max(typed.find(words), 0)
                return Span(source.path, number, at + 1, len(words) if typed.startswith(words, at) else len(typed))
        at = source.text.find(words.split("\n")[0]) if words else -1
        if at < 0:
            return Span(source.path)
        return span_at(source.path, source.text, at, len(words.split("\n")[0]))

    def count_numbered(self, body: Body) -> list[tuple[str, int]]:
        """How many of the editor's own paragraphs get a number on each page of the chapters."""
        read = self.passages(body)
        pages = (page for chapter in self.chapters for page in chapter)
        return [(page.template, sum(tree.kind(p.node) == "Para" for p in read.get(page.index, ()))) for page in pages]

    def template_at(self, line: int) -> str:
        """The template that wrote a line of the whole text."""
        last = ""
        for page in self.in_order:
            if line <= 0:
                break
            last = page.template
            line -= page.text.count("\n") + 5
        return last


def render(
    report: Report, templates: Sequence[Source], language: str, values: PageValues
) -> tuple[Pages | None, tuple[Diagnostic, ...]]:
    """The pages of the report, or None and the template's mistake."""
    rendering = _Rendering(report, templates, language, values)
    try:
        return rendering.pages(), ()
    except Exception as error:  # a template may do anything a template can, dividing by zero included
        place = place_of(error, {template.path for template in templates})
        if place is None:
            raise
        return None, (Diagnostic(rules.TEMPLATE_ERROR, place, {"reason": reason_of(error)}),)


class _Rendering(PageContents):
    """Which pages a report has, in which order."""

    def pages(self) -> Pages:
        if self.values.booklet:
            return Pages((self.page(BOOKLET, self.booklet_cover),), (), (self.page(CHILDREN, self.children),))
        if self.values.approval:
            return Pages((self.page(CHILD_COVER, self.logos),), (), (self.page(CHILD_PAGES),))
        asked = [block for block in self.report.blocks if block.recommendation]
        names = [SUMMARY] * prints_in(SUMMARY, self.language) + [SUMMARY_EN] * self.in_english
        front = (
            self.page(COVER, self.logos),
            *(self.page(name, partial(self.summary, name)) for name in names),
            self.page(FRONT, self.acronyms),
        )
        chapters: list[tuple[RenderedPage, ...]] = [(self.page(LEGAL),)]
        draft = self.report.edition is Edition.DRAFT
        chapters += filter(None, (tuple(self.part_pages(merged)) for merged in self.report.parts))
        if draft and WAITING in self.texts and (parts := awaited_themes(self.report, self.name)):
            chapters.append((self.page(WAITING, lambda: {"parts": parts}),))
        if draft and (self.report.proposed_themes or self.report.stray_files):
            chapters.append(self.proposals())
        if asked:
            chapters.append((self.page(LIST, lambda: {"recommendations": self.slot([DerivedPiece.RECOMMENDATIONS])}),))
        return Pages(front, tuple(chapters), tuple(self.back()))

    def back(self) -> Iterator[RenderedPage]:
        """The pages after the body, each where there is something for it."""
        if FIGURES in self.texts:
            yield self.page(FIGURES)
        if PRACTICES in self.texts and any(f"chapters/{b.section}.md.j2" == PRACTICES for b in self.report.blocks):
            yield self.page(PRACTICES, lambda: {"practices": self.slot([DerivedPiece.PRACTICES])})
        if self.values.workshops:
            yield self.page(CHILDREN, self.children)
        if self.values.points:
            yield self.page(POINTS, lambda: {"points": self.slot([DerivedPiece.POINTS])})
        yield self.page(BACK, self.annexes)

    def proposals(self) -> tuple[RenderedPage, ...]:
        opening = self.page(
            PROPOSALS, lambda: {"misplaced": [UNPRINTABLE.sub(LOST_LETTER, path) for path in self.report.stray_files]}
        )
        return (opening, *(self.theme_page(theme, proposed=True) for theme in self.report.proposed_themes))

    def part_pages(self, merged: MergedPart) -> Iterator[RenderedPage]:
        """A part and its themes that have something to say."""
        if spoken := [theme for theme in merged.themes if is_printed(theme, self.report.edition)]:
            yield self.page(PART, lambda: {"part": self.heading("part", merged.part.title, f"partie-{merged.part.id}")})
            yield from map(self.theme_page, spoken)

    def theme_page(self, theme: MergedTheme, proposed: bool = False) -> RenderedPage:
        return self.page(THEME, lambda: {"theme": self.theme(theme, proposed)})


def is_printed(theme: MergedTheme, edition: Edition) -> bool:
    """Whether a theme has pages of its own: it says something, or a draft has something to say of it."""
    return bool(theme.sections or (edition is Edition.DRAFT and (theme.refused or theme.withheld)))


def awaited_themes(report: Report, name: Callable[[str], str]) -> list[Mapping[str, Any]]:
    """The parts that have open themes without a text, each with those themes and the `name` of who leads them."""

    def waiting(theme: Theme) -> Mapping[str, str]:
        return {"title": theme.title, "lead": name(theme.lead) if theme.lead else ""}

    parts = [(p.part.title, [t.theme for t in p.themes if not is_printed(t, report.edition)]) for p in report.parts]
    listed = [(title, [waiting(theme) for theme in themes if not theme.is_closed]) for title, themes in parts]
    return [{"title": title, "themes": themes} for title, themes in listed if themes]
