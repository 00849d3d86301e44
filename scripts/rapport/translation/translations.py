"""The translations that were sent, each read block by block and laid beside its French."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from rapport import tree
from rapport.markdown import parse
from rapport.markdown.body_text import BodyText
from rapport.model import (
    Body,
    Contribution,
    Diagnostic,
    Draft,
    Edition,
    Fields,
    Find,
    Node,
    Outline,
    Passage,
    Source,
    Span,
)
from rapport.project import read
from rapport.project.read import ContributionFile
from rapport.storage import strict_yaml
from rapport.storage.cache import Cache
from rapport.translation import file
from rapport.translation.block_shape import FittedBlock, fit
from rapport.translation.pairing import Pair, Pairing, PairState, pair
from rapport.translation.source_blocks import HEAD, Original, originals
from rapport.tree import SECTION_LEVEL
from rapport.tree.anchors import namespace

UNREAD = Body((), ())


class Translation(Struct, frozen=True):
    """One file of English: whose it is, its French (None when that was refused or is not there), and its blocks.

    `bodies` is what pandoc made of each block's English, by the line that it begins at; `refused` are those of these
    lines where something forbidden stands.
    """

    association: str
    theme: str
    source: Source
    header: Fields
    in_header: tuple[Diagnostic, ...]
    file: file.TranslationFile
    contribution: Contribution | None
    pairing: Pairing
    bodies: Mapping[int, Body]
    refused: frozenset[int] = frozenset()

    @property
    def path(self) -> str:
        return self.source.path

    @property
    def french(self) -> str:
        """The words of what is translated."""
        return "\n".join(one.original.quote for one in self.pairing.pairs)

    def body(self, pair: Pair) -> Body:
        """The English of a block as pandoc read it."""
        return self.bodies.get(pair.entry.english_line, UNREAD) if pair.entry else UNREAD

    def printable(self, pair: Pair) -> FittedBlock | None:
        """The English of a block, if there is some that can stand in the place of its French."""
        if pair.entry is None or pair.state is PairState.MISSING or pair.entry.english_line in self.refused:
            return None
        fitted = fit(pair.original.node, self.body(pair), pair.original.places)
        return fitted if fitted.node else None

    def typed_english(self, edition: Edition) -> Source:
        """The file with nothing in it but the English of the body that this edition prints, each line where it was."""
        lines = [""] * (self.source.text.count("\n") + 1)
        for one in self.pairing.pairs:
            held_back = one.original.confidential and edition is not Edition.CONFIDENTIAL
            if one.entry and not held_back and one.original.section is not HEAD and self.printable(one):
                english = one.entry.english.split("\n")
                lines[one.entry.english_line - 1 : one.entry.english_line - 1 + len(english)] = english
        return replace(self.source, text="\n".join(lines))

    def unprintable_blocks(self, edition: Edition) -> Iterator[tuple[Node, Span]]:
        """The English that this edition must not hold: what is refused, what is confidential."""
        for one in self.pairing.pairs:
            withheld = one.original.confidential and edition is not Edition.CONFIDENTIAL
            if one.entry and (withheld or one.entry.english_line in self.refused):
                span = Span(self.path, one.entry.english_line, 1)
                yield from ((passage.node, span) for passage in self.body(one).passages)

    def drafts(self) -> Iterator[tuple[Pair, Draft]]:
        """The English of each block as a text of its own, for the rules that every text keeps."""
        for one in self.pairing.pairs:
            if one.entry and one.entry.english:
                alone = replace(self.source, text=_bare(self.source.text, self.file, [one]))
                yield one, Draft(self.association, self.theme, alone, self.header, self.body(one))

    def whole(self) -> Draft:
        """All the English that may be printed as one text, each block under the French title of its section."""
        text = _bare(self.source.text, self.file, self.pairing.pairs)
        passages, finds, headings = list[Passage](), list[Find](), list[tuple[int, str]]()
        for one in self.pairing.pairs:
            if one.entry and one.entry.english:
                body = self.body(one)
                title = one.original.section.title
                heading = tree.header(SECTION_LEVEL, tree.string(title), "")
                headings.append((len(passages), title))
                passages += [Passage(heading, Span(self.path, one.entry.line, 1)), *body.passages]
                finds += body.finds
        return Draft(
            self.association, self.theme, replace(self.source, text=text), self.header,
            Body(tuple(passages), tuple(finds), headings=tuple(headings)),
        )  # fmt: skip


def typed_english(
    translations: Sequence[Translation], accepted: Sequence[Contribution], edition: Edition
) -> tuple[Edition, list[Contribution], dict[str, Source]]:
    """The accepted texts that have English and, by their paths, what this edition prints of it, for an edition that
    holds nothing back."""
    said = [(one.contribution, one) for one in translations if one.contribution and one.contribution in accepted]
    return (
        Edition.CONFIDENTIAL,
        [text for text, _ in said],
        {text.path: one.typed_english(edition) for text, one in said},
    )


def gather(
    sent: Sequence[ContributionFile], contributions: Sequence[Contribution], outline: Outline, cache: Cache
) -> tuple[Translation, ...]:
    """Every translation with what it translates; only English that changed is given to pandoc."""
    french = {(c.association, c.theme): c for c in contributions}
    laid = [_laid(one, french.get((one.association, one.theme)), outline) for one in sent]
    wanted = [
        (translation, pair.entry)
        for translation in laid
        for pair in translation.pairing.pairs
        if pair.entry and pair.entry.english
    ]
    # Read under the name of the French text: its places and links are that text's own.
    texts = [
        BodyText(french_path(one.path), entry.english, entry.english_line, namespace(one.association, one.theme))
        for one, entry in wanted
    ]
    bodies: dict[str, dict[int, Body]] = {translation.path: {} for translation in laid}
    for (one, entry), body in zip(wanted, parse.read_bodies(texts, cache), strict=True):
        bodies[one.path][entry.english_line] = _found_in(body, one.path)
    return tuple(replace(translation, bodies=bodies[translation.path]) for translation in laid)


def _laid(sent: ContributionFile, contribution: Contribution | None, outline: Outline) -> Translation:
    """A translation taken apart and laid beside its French, its English still unread."""
    typed = file.read(sent.source.text)
    header, found = strict_yaml.read(typed.yaml, sent.source.path, 2) if typed.yaml is not None else ({}, ())
    known: tuple[Original, ...] = originals(contribution, outline) if contribution else ()
    pairing = pair(known, typed.entries)
    return Translation(
        association=sent.association,
        theme=sent.theme,
        source=sent.source,
        header=header,
        in_header=found,
        file=typed,
        contribution=contribution,
        pairing=pairing,
        bodies={},
    )


def french_path(path: str) -> str:
    """The text that a translation stands beside."""
    return f"{path[: -len(read.ENGLISH)]}.md"


def _found_in(body: Body, path: str) -> Body:
    """A body whose finds are in this file."""
    return replace(body, finds=tuple(replace(find, span=replace(find.span, path=path)) for find in body.finds))


def _bare(text: str, typed: file.TranslationFile, pairs: Sequence[Pair]) -> str:
    """The text with nothing left of it but its header and the English of these blocks, each letter where it was.

    The line that opens a block says, for the rules on testimonies, under which section its French stands.
    """
    lines = text.split("\n")
    kept = [""] * len(lines)
    kept[: typed.head.count("\n")] = lines[: typed.head.count("\n")]
    for one in pairs:
        if one.entry and one.entry.english:
            kept[one.entry.line - 1] = f"## {one.original.section.title}"
            start = one.entry.english_line - 1
            end = start + one.entry.english.count("\n") + 1
            kept[start:end] = lines[start:end]
    return "\n".join(kept)
