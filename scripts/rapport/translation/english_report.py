"""The report in English: the same blocks under the same ids and numbers, their French replaced where there is English.

What nobody has translated yet is printed in French, and says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from rapport import tree
from rapport.bibliography.library import Library
from rapport.language.acronyms import ACRONYM
from rapport.language.names import instrument_of
from rapport.markdown import recommendation_head
from rapport.model import (
    Acronym,
    Block,
    Caveat,
    Contribution,
    Identity,
    Instrument,
    MergedPart,
    MergedSection,
    MergedTheme,
    Outline,
    Part,
    RecommendationHead,
    Report,
    Section,
    Theme,
)
from rapport.project.images import Image
from rapport.report.merge import stage_node
from rapport.translation.block_shape import FittedBlock, in_language, with_state_mark
from rapport.translation.pairing import PairState
from rapport.translation.source_blocks import HEAD, header_node, make_original, references_by_digest
from rapport.translation.translations import Translation

Titled = TypeVar("Titled", Part, Section)


def translate(
    report: Report, contributions: Iterable[Contribution], translations: Iterable[Translation],
    library: Library, images: Mapping[str, Image],
) -> Report:  # fmt: skip
    """The report with its outline, its blocks and what stands over them in English."""
    speaking = _Speaking(report.outline, contributions, translations, library, images)
    parts = tuple(
        MergedPart(_titled(merged.part), tuple(map(speaking.theme, merged.themes))) for merged in report.parts
    )
    spoken = replace(
        report,
        outline=in_english(report.outline),
        parts=parts,
        proposed_themes=tuple(map(speaking.theme, report.proposed_themes)),
        acronyms=(*report.acronyms, *_acronyms(report)),
        texts={key: speaking.articles(short) for key, short in report.texts.items()},
    )
    return _addressed(spoken, report)


def english_keys(
    report: Report, contributions: Iterable[Contribution], translations: Iterable[Translation],
    library: Library, images: Mapping[str, Image],
) -> Mapping[str, Block]:  # fmt: skip
    """The key recommendations of the French report in English, by the ids of their blocks."""
    keys = [block for block in report.blocks if block.recommendation and block.recommendation.key]
    speaking = _Speaking(report.outline, contributions, translations, library, images)
    return {block.id: speaking.block(block) for block in keys}


def _acronyms(report: Report) -> Iterator[Acronym]:
    """The English short names of the outline's texts that are acronyms nobody has explained."""
    known = {acronym.short for acronym in report.acronyms}
    for entry in report.outline.instruments:
        if ACRONYM.fullmatch(entry.short_en) and entry.short_en not in known:
            yield Acronym(entry.short_en, entry.title_en, entry.title_en)


class _Speaking:
    """Puts the English of the project's translations in the place of its French."""

    def __init__(
        self, outline: Outline, contributions: Iterable[Contribution], translations: Iterable[Translation],
        library: Library, images: Mapping[str, Image],
    ) -> None:  # fmt: skip
        self.outline, self.library, self.images = outline, library, images
        self.contributions = {(c.association, c.theme): c for c in contributions}
        self.translations = {(t.association, t.theme): t for t in translations}
        self.pairs = {
            key: {one.original.ref: one for one in translation.pairing.pairs}
            for key, translation in self.translations.items()
        }
        self.refs: dict[tuple[str, str], Mapping[str, str]] = {}
        self.articles = _articles(outline.instruments)

    def theme(self, merged: MergedTheme) -> MergedTheme:
        title = merged.theme.title_en
        if not title:
            writers = ((association, merged.theme.id) for association in merged.associations)
            said = (self.header(key, merged.theme.title) for key in writers)
            title = next((text for text in said if text), merged.theme.title)
        return replace(
            merged,
            theme=replace(_theme(merged.theme, self.articles), title=title),
            sections=tuple(
                MergedSection(_titled(s.section), tuple(map(self.block, s.blocks))) for s in merged.sections
            ),
            caveats=tuple(self.caveat(c, merged.theme.id) for c in merged.caveats),
            articles=tuple(map(self.articles, merged.articles)),
        )

    def caveat(self, caveat: Caveat, theme: str) -> Caveat:
        text = self.header((caveat.association, theme), caveat.text)
        return replace(caveat, text=text) if text else replace(caveat, language="fr")

    def header(self, key: tuple[str, str], text: str) -> str:
        """The English of something in a header, "" when there is none."""
        node, _ = self.english(key, make_original(HEAD, header_node(text)).ref)
        return tree.text(node.node) if node and node.node else ""

    def english(self, key: tuple[str, str], ref: str) -> tuple[FittedBlock | None, PairState]:
        """The English of a block, if it can be printed, and how far it has come."""
        pair = self.pairs.get(key, {}).get(ref)
        fitted = self.translations[key].printable(pair) if pair else None
        return fitted, pair.state if pair and fitted else PairState.MISSING

    def block(self, block: Block) -> Block:
        key = (block.association, block.theme)
        if key not in self.refs:
            self.refs[key] = references_by_digest(self.contributions[key], self.outline)
        fitted, state = self.english(key, self.refs[key].get(block.digest, ""))
        head = block.recommendation
        if head:
            head = replace(head, articles=tuple(map(self.articles, head.articles)))
        if fitted is None or fitted.node is None:
            plain = tree.kind(block.node) == "HorizontalRule"
            node = block.node if plain else with_state_mark(in_language(block.node, "fr"), "untranslated")
            return replace(block, node=node, recommendation=head)
        keys = self.library.changed_keys(block.association) if fitted.cites else {}
        node = stage_node(fitted.node, self.contributions[key].path, self.images, keys)
        if head:
            said = recommendation_head.read(tree.blocks(node)).addressees
            head = replace(head, addressees=said if len(said) == len(head.addressees) else head.addressees)
        if state is PairState.REVISE:
            node = with_state_mark(node, "revise")
        return replace(block, node=node, recommendation=head, cites=fitted.cites, links=fitted.links, french=block.node)


def _addressed(spoken: Report, french: Report) -> Report:
    """The report with one English name for each addressee: an untranslated demand is listed under it too."""
    called: dict[str, Counter[str]] = defaultdict(Counter)
    pairs = list(zip(_heads(spoken), _heads(french), strict=True))
    for now, before in pairs:
        for name, was, to in zip(now.addressees, before.addressees, before.addressee_keys, strict=True):
            if name != was:
                called[to][name] += 1

    def named(head: RecommendationHead) -> tuple[str, ...]:
        pairs = zip(head.addressees, head.addressee_keys, strict=True)
        return tuple(called[to].most_common(1)[0][0] if to in called else was for was, to in pairs)

    heads = iter([replace(now, addressees=named(before)) for now, before in pairs])
    return spoken.with_blocks(lambda b: replace(b, recommendation=next(heads)) if b.recommendation else b)


def _heads(report: Report) -> list[RecommendationHead]:
    return [block.recommendation for block in report.blocks if block.recommendation]


# ---------------------------------------------------------------- the outline


def in_english(outline: Outline) -> Outline:
    """The outline with its English titles in the place of the French ones, which stay where there is no English."""
    articles = _articles(outline.instruments)
    return replace(
        outline,
        identity=_identity(outline.identity),
        common_articles=tuple(map(articles, outline.common_articles)),
        instruments=tuple(map(_instrument, outline.instruments)),
        parts=tuple(
            replace(_titled(p), themes=tuple(_theme(theme, articles) for theme in p.themes)) for p in outline.parts
        ),
    )


def _identity(identity: Identity) -> Identity:
    return replace(identity, **{name: text for name, text in identity.english.items() if text})


def _instrument(entry: Instrument) -> Instrument:
    return replace(
        entry,
        short=entry.short_en or entry.short,
        title=entry.title_en or entry.title,
        other_names=(*entry.other_names, entry.title),
        short_fr=entry.short,
    )


def _articles(instruments: Sequence[Instrument]) -> Callable[[str], str]:
    """« CIDE 12 » → « CRC 12 »."""
    known = {entry.short: entry.short_en or entry.short for entry in instruments}

    def named(article: str) -> str:
        short = instrument_of(article, known)
        return known[short] + article[len(short) :] if short else article

    return named


def _titled(named: Titled) -> Titled:
    """A part or a section under its English title, where it has one."""
    return replace(named, title=named.title_en or named.title)


def _theme(theme: Theme, articles: Callable[[str], str]) -> Theme:
    return replace(
        theme,
        title=theme.title_en or theme.title,
        finding=theme.finding_en,
        short=theme.short_en,
        articles=tuple(map(articles, theme.articles)),
        sections=tuple(map(_titled, theme.sections)),
    )
