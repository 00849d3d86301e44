"""R: links from one place of the report to another, whose names people give themselves."""

from __future__ import annotations

from collections.abc import Iterator

from rapport import rules, tree
from rapport.checks.rule_context import RuleContext
from rapport.checks.testimony import withheld_passages
from rapport.language.names import nearest
from rapport.model import Diagnostic, Draft, Find, Theme
from rapport.storage import schema
from rapport.tree import anchors
from rapport.tree.anchors import LinkTarget

CONTRIBUTIONS = "contributions/"
THEME = "theme-"  # before the id of a theme, the name of its title


def _places(draft: Draft) -> Iterator[tuple[Find, LinkTarget]]:
    """The links of a text that lead to places, and where."""
    for find in draft.body.finds_of("link"):
        if place := anchors.link_target(draft.source.path, find.value):
            yield find, place


def _names(draft: Draft) -> set[str]:
    return {find.value for find in draft.body.finds_of("id")}


def broken_link(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R06: a link to a place that neither the text nor the report has."""
    for find, (path, name) in _places(draft):
        if path == draft.source.path:
            names = _names(draft) | known.names
            if name not in names:
                facts = {"link": find.value, "name": name, "nearest": nearest(find.value, names)}
                yield Diagnostic(rules.BROKEN_LINK, find.span, facts)


def broken_link_elsewhere(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R17: a link to another text that is not there, or has no place of this name: its author may have moved it."""
    for find, (path, name) in _places(draft):
        if path == draft.source.path:
            continue
        other = known.texts.get(path)
        if other and other.theme in _closed(known):
            continue
        if other is None:
            near = nearest(path, known.texts)
            facts = {"kind": "no-text", "nearest": f"{near.replace(CONTRIBUTIONS, '../')}#{name}" if near else ""}
        elif name not in (names := _names(other)):
            near = nearest(name, names)
            facts = {"kind": "no-name", "nearest": f"{find.value.partition('#')[0]}#{near}" if near else ""}
        else:
            continue
        yield Diagnostic(rules.BROKEN_LINK_ELSEWHERE, find.span, {"link": find.value, **facts})


def link_to_closed_theme(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R26: a link to a theme that is closed, or to a text of one: no edition has them."""
    closed = _closed(known)
    for find, (path, name) in _places(draft):
        other = known.texts.get(path)
        if path == draft.source.path:
            theme = closed.get(name.removeprefix(THEME)) if name.startswith(THEME) else None
        else:
            theme = closed.get(other.theme) if other else None
        if theme:
            facts = {"link": find.value, "theme": theme.title}
            yield Diagnostic(rules.LINK_TO_CLOSED, find.span, facts, (theme.span,))


def _closed(known: RuleContext) -> dict[str, Theme]:
    return {name: theme for name, theme in known.themes.items() if theme.is_closed}


def link_to_confidential(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R18: a link without words, printed for all, to a passage that is not: no number could stand for it."""
    hidden = _hidden(draft, known)
    finds: dict[str | None, Find] = {}
    for find, _ in _places(draft):
        finds.setdefault(anchors.report_id(draft.source.path, find.value), find)
    for passage in draft.body.passages if finds else ():
        if not passage.links or hidden.intersection((*passage.names, id(passage))):
            continue
        for node in tree.find(passage.node, "Link"):
            if tree.text(tree.inlines(node)):
                continue
            target = tree.target(node)[1:]
            if said := finds.get(target):
                place = anchors.link_target(draft.source.path, said.value)
                other = known.texts.get(place.path) if place else None
                if other and target in _hidden(other, known):
                    yield Diagnostic(rules.LINK_TO_CONFIDENTIAL, said.span, {"link": said.value})


def _hidden(draft: Draft, known: RuleContext) -> set[str | int]:
    """The passages, by identity, and the names of places that only the confidential edition prints."""
    whole = schema.text(draft.header, "diffusion") == "confidentielle"
    apart = withheld_passages(draft, known)
    passages = [p for p in draft.body.passages if whole or p.confidential or id(p) in apart]
    return {id(p) for p in passages} | {name for p in passages for name in p.names}


def lone_name(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R19: a name that stands alone in its paragraph: it names nothing, and the paragraph would be empty."""
    for passage in draft.body.passages:
        if (
            passage.names
            and tree.kind(passage.node) == "Para"
            and all(map(anchors.is_bare_anchor, tree.inlines(passage.node)))
        ):
            name = anchors.name_in_text(passage.names[0])
            span = next((find.span for find in draft.body.finds_of("id") if find.value == name), passage.span)
            yield Diagnostic(rules.LONE_NAME, span, {"name": name})


CHECKS = (broken_link, broken_link_elsewhere, link_to_closed_theme, link_to_confidential, lone_name)
