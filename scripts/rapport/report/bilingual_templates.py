"""The editor's pages in two languages: which stands for which, and whether their paragraphs are numbered alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from rapport.project.read import CHAPTERS, TEMPLATES_EN

SUMMARY, SUMMARY_EN = (f"{CHAPTERS}/{name}.md.j2" for name in ("resume", "resume-anglais"))
CHILD_COVER, CHILD_PAGES = (f"{CHAPTERS}/{name}.md.j2" for name in ("couverture-version-enfants", "version-enfants"))
"""The version for children, which is no part of the report: its English pages are there or not."""

Counted = Sequence[tuple[str, int]]
"""The pages of a report's body in order, each by its template, and how many of the editor's paragraphs are numbered."""


def in_language(template: str, language: str) -> str:
    """The template that is printed in a language: chapters/en/theme.md.j2 beside chapters/theme.md.j2."""
    if language == "fr" or template == SUMMARY_EN:
        return template
    return f"{TEMPLATES_EN}{template.removeprefix(CHAPTERS)}"


def prints_in(template: str, language: str) -> bool:
    """Whether a page is printed in the report of a language: the English one has the English summary alone."""
    return template != SUMMARY or language == "fr"


def untranslated_templates(templates: Collection[str]) -> Iterator[tuple[str, str]]:
    """The French templates whose English one is not there: the path of each, and the one that is wanted."""
    for path in sorted(set(templates) - {CHILD_COVER, CHILD_PAGES}):
        wanted = in_language(path, "en") if path.count("/") == 1 and prints_in(path, "en") else path
        if wanted not in templates:
            yield path, wanted


def unlike_templates(french: Counted, english: Counted) -> Iterator[tuple[str, int, int]]:
    """English templates with more or fewer numbered paragraphs than the French: all numbers after them would differ."""
    found = {(path, was, now) for (_, was), (path, now) in zip(french, english, strict=True) if was != now}
    yield from sorted(found)
