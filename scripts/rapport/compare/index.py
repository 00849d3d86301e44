"""What changed, at the head of the web page: theme by theme, a link to each passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from rapport import tree
from rapport.diff.inlines import DELETED, INSERTED, RESTYLED
from rapport.language.typography import Setting
from rapport.messages import redline
from rapport.model import Node

KINDS = frozenset((DELETED, INSERTED, RESTYLED))
COPIES = frozenset(("consolidated", "key"))  # a change in them is listed where the original stands
THEME = 2  # the last level of the titles that passages are listed under


class ChangeGroup(Struct, frozen=True):
    """The changed passages of a theme: what each is called, and the id of the block that its link leads to."""

    title: str
    passages: list[tuple[str, str]] = field(default_factory=list)


def index(pages: Sequence[Sequence[Node]], language: str) -> list[Node]:
    """The blocks of the index of these pages."""
    groups = list(_groups(pages, language))
    count = sum(len(group.passages) for group in groups)
    said = redline("index-count", language, count=count) if count else redline("index-none", language)
    title = tree.header(1, tree.string(redline("index", language)), "ce-qui-change", ["unnumbered"])
    lines = [title, tree.para(tree.string(said)), *(_line(group, language) for group in groups)]
    return Setting(language).blocks(lines)


def _line(group: ChangeGroup, language: str) -> Node:
    """« **Ventes de bébés** : § 12, § 14 (R3) »."""
    inlines: list[Node] = [tree.strong(tree.string(group.title))] if group.title else []
    for name, identifier in group.passages:
        inlines += tree.string(
            ", " if inlines and tree.kind(inlines[-1]) == "Link" else redline("colon", language) + " "
        )
        inlines.append(tree.link(tree.string(name), f"#{identifier}"))
    return tree.para(inlines)


def _groups(pages: Sequence[Sequence[Node]], language: str) -> Iterator[ChangeGroup]:
    """Changed passages by theme; a block without a number, as one deleted, is listed after the last numbered one."""
    group, after = ChangeGroup(""), ("", "")
    for node in (node for page in pages for node in page):
        identifier, facts, here = tree.identifier(node), tree.pairs(node), after
        if tree.kind(node) == "Header" and tree.level(node) <= THEME:
            if group.passages:
                yield group
            number, words = facts.get("number", ""), tree.text(tree.rewrite(tree.inlines(node), _now))
            group = ChangeGroup(f"{number}. {words}" if number else words)
            here = after = redline("index-head", language), identifier
        elif identifier and "number" in facts:
            label = f" ({facts['label']})" if facts.get("label") else ""
            name = redline("index-passage", language, number=facts["number"]) + label
            here, after = (name, identifier), (redline("index-after", language, name=name), identifier)
        if here[1] and not tree.has_class(node, *COPIES) and here not in group.passages and _changed(node):
            group.passages.append(here)
    if group.passages:
        yield group


def _changed(node: Node) -> bool:
    """Whether more than the count of something changed here."""
    return any(tree.has_class(inner, *KINDS) and not tree.has_class(inner, "counted") for inner in tree.walk(node))


def _now(node: Node) -> Node | None:
    return tree.word("") if tree.has_class(node, DELETED) else None
