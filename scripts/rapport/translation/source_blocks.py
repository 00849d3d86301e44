"""What there is to translate in an accepted contribution: its blocks in its order, each with its reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import orjson
from msgspec import Struct
from msgspec.structs import replace

from rapport import tree
from rapport.model import Contribution, Node, Outline, Section, Span
from rapport.report.merge import split_passage
from rapport.storage.cache import digest
from rapport.translation.quote import quote, reference
from rapport.tree.anchors import namespace

HEAD = Section("", "En-tête", "Header", False, "")
"""Where what a header prints is translated: the warning over a text, the title of a proposed theme."""


class Original(Struct, frozen=True):
    """One block of a French text: how it is called in a translation, how it is quoted there, and its tree."""

    ref: str
    quote: str
    section: Section
    node: Node
    confidential: bool = False
    places: bool = False  # whether there are places in it that links lead to


def originals(contribution: Contribution, outline: Outline) -> tuple[Original, ...]:
    """Every block once: the same words are translated once, wherever they stand."""
    found: dict[str, Original] = {}
    own = namespace(contribution.association, contribution.theme)
    for section, node, confidential, places in _nodes(contribution, outline):
        original = replace(make_original(section, node, own), confidential=confidential, places=places)
        found.setdefault(original.ref, original)
    return tuple(found.values())


def make_original(section: Section, node: Node, own: str = "") -> Original:
    """A block with its reference; `own` is the namespace of its text."""
    quoted = quote(node, own)
    return Original(reference(quoted), quoted, section, node)


def header_node(text: str) -> Node:
    """A text of the header as a block: nothing in it is markup."""
    return tree.para(tree.string(text))


def _nodes(contribution: Contribution, outline: Outline) -> Iterator[tuple[Section, Node, bool, bool]]:
    """Every block with its section, whether it is for the confidential edition alone, whether it has named places."""
    for text in (contribution.caveat, contribution.proposes):
        if text:
            yield HEAD, header_node(text), contribution.confidential, False
    sections = _sections(contribution, outline)
    for name, passages in contribution.sections.items():
        for passage in passages:
            for node, *_ in split_passage(passage, sections[name]):
                if tree.kind(node) != "HorizontalRule":
                    confidential = contribution.confidential or passage.confidential
                    yield sections[name], node, confidential, bool(passage.names)


def key_recommendations(contribution: Contribution, outline: Outline) -> Iterator[tuple[str, Span]]:
    """The recommendations marked as key that any edition prints: the reference of each, and where it stands."""
    own, sections = namespace(contribution.association, contribution.theme), _sections(contribution, outline)
    for name, passages in contribution.sections.items():
        for passage in passages:
            for node, span, head in split_passage(passage, sections[name]):
                if head and head.key and not (contribution.confidential or passage.confidential):
                    yield make_original(sections[name], node, own).ref, span


def _sections(contribution: Contribution, outline: Outline) -> Mapping[str, Section]:
    """The model that a contribution is written on; a proposed theme has the first one's."""
    themes = {theme.id: theme for theme in outline.themes}
    theme = themes.get(contribution.theme) or outline.themes[0]
    return {section.id: section for section in theme.sections}


def references_by_digest(contribution: Contribution, outline: Outline) -> Mapping[str, str]:
    """The reference of every block, by the digest that the report's block has of its tree."""
    own, nodes = namespace(contribution.association, contribution.theme), _nodes(contribution, outline)
    return {digest(orjson.dumps(node)): make_original(section, node, own).ref for section, node, *_ in nodes}
