"""layout: the good practices of all themes in one list: what, who, on which theme, in which paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapport import tree
from rapport.messages import phrase
from rapport.model import Node, Report
from rapport.report.annexes import paragraph_links
from rapport.report.body_blocks import THEME, RunningText, nameless_copy
from rapport.report.page_contents import Names
from rapport.report.sentences import sentences_of

PRACTICES = "bonnes-pratiques"  # the id of the section in the outline's models


def practices_list(report: Report, body: Sequence[RunningText], name: Names, language: str) -> Iterator[Node]:
    """One item for each association and theme; who is named only where this edition prints authors."""
    printed = {block.id: block for block in body}
    themes = (*report.outline.themes, *(one.theme for one in report.proposed_themes))
    titles = {theme.id: theme.short or theme.title for theme in themes}
    told: dict[tuple[str, str], list[RunningText]] = {}
    for block in report.blocks:
        if block.section == PRACTICES and block.id in printed:
            told.setdefault((block.theme, block.association), []).append(printed[block.id])
    items = []
    for (theme, association), blocks in told.items():
        words = [*_first_words(blocks)]
        who = f"{name(association)}, " if name.shown else ""
        link = tree.link(tree.string(titles.get(theme, theme)), f"#{THEME}{theme}")
        numbers = {int(one.number): one.paragraph for one in blocks if one.number}
        said = phrase("print-paragraphs" if len(numbers) > 1 else "print-paragraph", language)
        where = [*tree.string(f", {said}\u00a0"), *paragraph_links(numbers)] if numbers else []
        ends = (" (", ")") if words else ("", "")
        items.append([tree.plain([*words, *tree.string(f"{ends[0]}{who}"), link, *where, *tree.string(ends[1])])])
    if items:
        yield tree.bullet_list(items)


def _first_words(blocks: Sequence[RunningText]) -> Iterator[Node]:
    """The first sentence that is understood alone, as a copy that names its origin; nothing where there is none."""
    for block in blocks:
        copy = tree.with_blocks(block.node, nameless_copy(tree.blocks(block.node)))
        for sentence in sentences_of(copy):
            if not tree.text(sentence).endswith(":"):
                yield tree.span(sentence, ["derived"], of=block.id)
                return
