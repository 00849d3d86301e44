"""The translations that were sent, each read block by block and laid beside its French."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapport import anchors, parse, read, strict_yaml
from rapport.cache import Cache
from rapport.model import Body, Contribution, Diagnostic, Draft, Located, Outline, Source, Span
from rapport.read import Sent
from rapport.translation import file
from rapport.translation.originals import Original, originals
from rapport.translation.pairing import Pair, Pairing, pair

UNREAD = Body((), ())


@dataclass(frozen=True, slots=True)
class Translation:
    """One file of English: whose it is, its French (None when that was refused or is not there), and its blocks.

    `bodies` is what pandoc made of each block's English, by the line that it begins at; `refused` are those of these
    lines where something forbidden stands.
    """

    association: str
    theme: str
    source: Source
    header: Mapping[str, Located[Any]]
    in_header: tuple[Diagnostic, ...]
    file: file.File
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

    def drafts(self) -> Iterator[tuple[Pair, Draft]]:
        """The English of each block as a text of its own, for the rules that every text keeps."""
        for one in self.pairing.pairs:
            if one.entry and one.entry.english:
                alone = replace(self.source, text=_bare(self.source.text, self.file, [one]))
                yield one, Draft(self.association, self.theme, alone, self.header, self.body(one))

    def whole(self) -> Draft:
        """All the English that may be printed as one text, each block under the French title of its section."""
        text = _bare(self.source.text, self.file, self.pairing.pairs)
        return Draft(self.association, self.theme, replace(self.source, text=text), self.header, UNREAD)


def gather(
    sent: Sequence[Sent], contributions: Sequence[Contribution], outline: Outline, cache: Cache
) -> tuple[Translation, ...]:
    """Every translation with what it translates; only English that changed is given to pandoc."""
    french = {(c.association, c.theme): c for c in contributions}
    files = [file.read(one.source.text) for one in sent]
    wanted = [
        (one, entry)
        for one, typed in zip(sent, files, strict=True)
        for entry in typed.entries
        if entry.english and file.REMOVED not in entry.marks
    ]
    # Read under the name of the French text: its places and links are that text's own.
    texts = [
        parse.Text(french_path(one), entry.english, entry.english_line, anchors.namespace(one.association, one.theme))
        for one, entry in wanted
    ]
    bodies: dict[str, dict[int, Body]] = {one.source.path: {} for one in sent}
    for (one, entry), body in zip(wanted, parse.read_bodies(texts, cache), strict=True):
        bodies[one.source.path][entry.english_line] = _found_in(body, one.source.path)
    return tuple(
        _translation(one, typed, french.get((one.association, one.theme)), outline, bodies[one.source.path])
        for one, typed in zip(sent, files, strict=True)
    )


def _translation(
    sent: Sent, typed: file.File, contribution: Contribution | None, outline: Outline, bodies: Mapping[int, Body]
) -> Translation:
    header, found = strict_yaml.read(typed.yaml, sent.source.path, 2) if typed.yaml is not None else ({}, ())
    known: tuple[Original, ...] = originals(contribution, outline) if contribution else ()
    pairing = pair(known, typed.entries)
    return Translation(
        sent.association, sent.theme, sent.source, header, found, typed, contribution, pairing, bodies
    )  # fmt: skip


def french_path(sent: Sent) -> str:
    """The text that a translation stands beside."""
    return f"{sent.source.path[: -len(read.ENGLISH)]}.md"


def _found_in(body: Body, path: str) -> Body:
    """A body whose finds are in this file."""
    return replace(body, finds=tuple(replace(find, span=replace(find.span, path=path)) for find in body.finds))


def _bare(text: str, typed: file.File, pairs: Sequence[Pair]) -> str:
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


def place(translation: Translation, line: int, length: int = 1) -> Span:
    """A line of a translation's file."""
    return Span(translation.path, line, 1, length)
