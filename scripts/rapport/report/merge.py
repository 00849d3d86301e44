"""merge: Outline + Contributions → Report. Pure; section by section, in the outline's order of associations.

Not a block is lost or moved under another's name: each keeps its association, its file and its line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import orjson
from msgspec import Struct
from msgspec.structs import replace

from rapport import tree
from rapport.bibliography.library import Library
from rapport.language.articles import articles_of, works_of
from rapport.language.folding import fold_words
from rapport.markdown import recommendation_head
from rapport.model import (
    Acronym,
    Association,
    Block,
    Caveat,
    Contribution,
    Edition,
    MergedPart,
    MergedSection,
    MergedTheme,
    Node,
    Outline,
    Passage,
    RecommendationHead,
    Report,
    Section,
    Span,
    Theme,
)
from rapport.project.images import Image, place
from rapport.storage.cache import digest

LOGO_HEIGHT = "1.6cm"


class RefusedFile(Struct, frozen=True):
    """A file that was not accepted: whose it is and which theme it is for."""

    association: str
    theme: str
    path: str


def merge(
    outline: Outline, associations: Mapping[str, Association], accepted: Sequence[Contribution],
    refused: Sequence[RefusedFile], images: Mapping[str, Image], edition: Edition,
    library: Library, acronyms: tuple[Acronym, ...] = (),
) -> Report:  # fmt: skip
    """The report for one edition; confidential passages are in the confidential one alone, closed themes in none."""
    merging = _Merging(outline, accepted, refused, images, edition, library)
    parts = tuple(
        MergedPart(part, tuple(merging.theme(theme) for theme in part.themes if not theme.is_closed))
        for part in outline.parts
    )
    known = {theme.id for theme in outline.themes}
    proposing = [contribution for contribution in accepted if merging.speaks(contribution)]
    proposed = tuple(merging.theme(theme) for theme in _proposed(proposing, outline))
    misplaced = tuple(r.path for r in refused if r.theme not in known)
    members = [a for a in associations.values() if a.state_on(outline.identity.date) == "membre"]
    members.sort(key=lambda a: fold_words(a.name))
    texts = works_of(outline.instruments, {r.key.value: r.item for r in library.references})
    logos = tuple(
        tree.image(tree.string(shows), images[path.value].name, height=LOGO_HEIGHT)
        for path, shows in outline.identity.logos
        if path.value in images and images[path.value].name
    )
    return Report(
        outline=outline,
        edition=edition,
        associations=tuple(members),
        parts=parts,
        proposed_themes=proposed,
        stray_files=misplaced,
        acronyms=acronyms,
        texts=texts,
        logos=logos,
    )


def _proposed(accepted: Iterable[Contribution], outline: Outline) -> Iterator[Theme]:
    """The themes that contributions propose, in the order of their identifiers, on the first theme's model."""
    model = outline.themes[0]
    titles = {c.theme: c.proposes for c in accepted if c.proposes}
    for name in sorted(titles):
        yield Theme(
            id=name,
            title=titles[name],
            title_en="",
            articles=(),
            sections=model.sections,
            budget=None,
            lead=None,
            order=(),
            is_closed=False,
            span=Span(""),
        )


class _Merging:
    def __init__(
        self,
        outline: Outline,
        accepted: Sequence[Contribution],
        refused: Sequence[RefusedFile],
        images: Mapping[str, Image],
        edition: Edition,
        library: Library,
    ) -> None:
        self.accepted, self.refused, self.images, self.edition = accepted, refused, images, edition
        self.addressees = recommendation_head.addressees(outline)
        self.articles = articles_of(outline.instruments)
        self.keys = {name: library.changed_keys(name) for name in {c.association for c in accepted}}
        self.seen: Counter[str] = Counter()

    def theme(self, theme: Theme) -> MergedTheme:
        sent = sorted((c for c in self.accepted if c.theme == theme.id), key=lambda c: rank(theme, c.association))
        sections = [MergedSection(section, tuple(self.section(theme, section, sent))) for section in theme.sections]
        return MergedTheme(
            theme,
            tuple(section for section in sections if section.blocks),
            tuple(c.association for c in sent),
            tuple(Caveat(c.association, c.caveat) for c in sent if c.caveat and self.speaks(c)),
            tuple(r.association for r in self.refused if r.theme == theme.id),
            tuple(c.association for c in sent if self.withholds(c)),
            tuple(dict.fromkeys(article for c in sent if self.speaks(c) for article in c.articles)),
        )

    def speaks(self, contribution: Contribution) -> bool:
        """Whether what a contribution says of itself may be printed."""
        return self.edition is Edition.CONFIDENTIAL or not contribution.confidential

    def withholds(self, contribution: Contribution) -> bool:
        passages = (passage for passages in contribution.sections.values() for passage in passages)
        return any(not self.shows(contribution, passage) for passage in passages)

    def shows(self, contribution: Contribution, passage: Passage) -> bool:
        return self.speaks(contribution) and (self.edition is Edition.CONFIDENTIAL or not passage.confidential)

    def section(self, theme: Theme, section: Section, sent: Iterable[Contribution]) -> Iterator[Block]:
        for contribution in sent:
            for passage in contribution.sections.get(section.id, ()):
                if self.shows(contribution, passage):
                    for node, span, head in split_passage(passage, section):
                        block = self.block(theme, section, contribution, passage, node, span)
                        if head:
                            block = replace(block, recommendation=self.with_keys(head, node))
                        yield block

    def with_keys(self, head: RecommendationHead, node: Node) -> RecommendationHead:
        return recommendation_head.with_comparison_keys(head, tree.blocks(node), self.addressees, self.articles)

    def block(
        self, theme: Theme, section: Section, contribution: Contribution, passage: Passage, node: Node, span: Span
    ) -> Block:
        key = passage.key if node is passage.node else digest(tree.text(node))[:12]
        name = "p" + digest(contribution.association, key)[:10]
        self.seen[name] += 1
        return Block(
            id=name if self.seen[name] == 1 else f"{name}-{self.seen[name]}",
            digest=digest(orjson.dumps(node)),
            node=stage_node(
                node,
                contribution.path,
                self.images if passage.images else {},
                self.keys[contribution.association] if passage.cites else {},
            ),
            association=contribution.association,
            span=span,
            theme=theme.id,
            section=section.id,
            cites=passage.cites,
            links=passage.links,
            names=tuple(name for inner in tree.walk(node) if (name := tree.identifier(inner))) if passage.names else (),
        )


def stage_node(node: Node, text: str, images: Mapping[str, Image], keys: Mapping[str, str]) -> Node:
    """A node of the text at this path, its images and the works it cites under the names the report has for them."""

    def rename(inner: Node) -> Node | None:
        if tree.kind(inner) != "Image":
            return None
        path = place(text, tree.address(tree.target(inner)))
        alternative = tree.rewrite(tree.inlines(inner), rename)
        return tree.with_target(tree.with_inlines(inner, alternative), images[path].name if path else "")

    renamed: Node = tree.with_keys(tree.rewrite(node, rename) if images else node, keys)
    return renamed


def rank(theme: Theme, association: str) -> tuple[int, str]:
    """Who speaks first on a theme: its lead, then the order the outline gives, then the alphabet."""
    spoken = [theme.lead, *theme.order] if theme.lead else list(theme.order)
    return (spoken.index(association) if association in spoken else len(spoken), association)


def nodes(accepted: Iterable[Contribution], outline: Outline) -> Iterator[Node]:
    """Every block that some edition of the report may hold, as it was read."""
    themes = {theme.id: theme for theme in outline.themes}
    for contribution in accepted:
        for section in themes.get(contribution.theme, outline.themes[0]).sections:
            for passage in contribution.sections.get(section.id, ()):
                yield from (node for node, _, _ in split_passage(passage, section))


def split_passage(passage: Passage, section: Section) -> Iterator[tuple[Node, Span, RecommendationHead | None]]:
    """A passage as the report holds it: whole, or, for a list of recommendations, item by item, each with its head."""
    if section.kind != "recommandations" or tree.kind(passage.node) not in tree.LISTS:
        yield passage.node, passage.span, None
        return
    for item, span in zip(tree.items(passage.node), passage.items, strict=True):
        first = [tree.as_kind(item[0], "Para"), *item[1:]] if item and tree.kind(item[0]) == "Plain" else item
        yield (
            tree.div(recommendation_head.without_key_mark(first), ["recommendation"]),
            span,
            recommendation_head.read(item),
        )
