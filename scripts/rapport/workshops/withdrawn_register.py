"""contributions/retires.yaml: what children withdrew, so that it is known if it comes back by any way at all.

It outlives the file of the workshop: a step of intake taken back, another title, a copy put back by hand. A line a
piece, read one by one, so that a damaged line hides no other; it says where the piece was, never a word of it: a code
alone, which nobody can guess the words by who has not this machine's secret.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from rapport.language.names import consonant_stamp
from rapport.project import images
from rapport.project.read import CONTRIBUTIONS, WITHDRAWN
from rapport.storage import yaml_out
from rapport.storage.machine_secret import read_secret, seal
from rapport.workshops.quoted_words import trace, trace_of_drawing
from rapport.workshops.workshop import ChildPiece, Workshop

REGISTER = f"{CONTRIBUTIONS}/{WITHDRAWN}"
LINE = re.compile(
    r"\s*- \{atelier: '(?P<path>(?:[^']|'')*)', reference: (?P<code>[\w-]+), retire_le: (?P<day>[\d-]+), "
    r"traces: \[(?P<traces>[\w, ]*)\](?:, restent: \[(?P<twins>(?:'(?:[^']|'')*'(?:, )?)*)\])?\}\s*"
)
QUOTED = re.compile(r"'((?:[^']|'')*)'")


class WithdrawnPiece(Struct, frozen=True):
    """Where a piece stood (the path of its workshop, its code), the ISO day it was withdrawn, what it is known by.

    `twins`: the pieces of other children (« path code ») that said just the same then, and stay.
    """

    path: str
    code: str
    day: str
    traces: tuple[str, ...]
    twins: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The piece as a line of the register."""
        where, known = yaml_out.single_quoted(self.path), ", ".join(self.traces)
        twins = f", restent: [{', '.join(map(yaml_out.single_quoted, self.twins))}]" if self.twins else ""
        return f"  - {{atelier: {where}, reference: {self.code}, retire_le: {self.day}, traces: [{known}]{twins}}}"


class WithdrawnRegister(Struct, frozen=True, dict=True):
    """All that was withdrawn, in the order it was, and the secret that its codes are made with (`machine_secret`)."""

    pieces: tuple[WithdrawnPiece, ...] = ()
    secret: bytes = b""

    @cached_property
    def days(self) -> Mapping[str, str]:
        """The day of each trace."""
        return {known: one.day for one in self.pieces for known in one.traces}

    @cached_property
    def twins(self) -> frozenset[str]:
        """The pieces of other children that stay, though they say what was withdrawn."""
        return frozenset(one for piece in self.pieces for one in piece.twins)

    def code_of(self, trace: str) -> str:
        """What is kept of a trace: itself, where there is no secret."""
        return consonant_stamp(seal(trace, self.secret)) if self.secret else trace

    def known_codes(self, traces: Collection[str]) -> frozenset[str]:
        """The codes that these traces may be kept under."""
        return frozenset({*traces, *map(self.code_of, traces)})

    def number_of(self, traces: Collection[str]) -> int:
        """How many pieces of these traces were withdrawn."""
        known = self.known_codes(traces)
        return sum(not known.isdisjoint(one.traces) for one in self.pieces)

    def pieces_of(self, path: str) -> tuple[WithdrawnPiece, ...]:
        """What was withdrawn from the workshop that has this path."""
        return tuple(one for one in self.pieces if one.path == path)

    def mark(self, root: Path, workshop: Workshop) -> Workshop:
        """The workshop in which whatever was withdrawn, here or elsewhere, says so, whoever put it back."""
        codes = {one.code: one.day for one in self.pieces_of(workshop.path)}
        return replace(workshop, pieces=tuple(self._marked(root, workshop, one, codes) for one in workshop.pieces))

    def _marked(self, root: Path, workshop: Workshop, piece: ChildPiece, codes: Mapping[str, str]) -> ChildPiece:
        if piece.consent.withdrawn_on or not self.pieces:
            return piece
        stays = full_code(workshop, piece) in self.twins
        known = (self.days[one] for one in self.known_codes(traces_of(root, piece)) if one in self.days and not stays)
        day = codes.get(piece.code) or min(known, default="")
        return replace(piece, consent=replace(piece.consent, withdrawn_on=day)) if day else piece

    def with_piece(self, piece: WithdrawnPiece, remarks: Iterable[str]) -> bytes:
        """The register's file with one more piece, `remarks` above; of one that is there, all it is known by stays."""
        same = [one for one in self.pieces if (one.path, one.code) == (piece.path, piece.code)]
        before = (known for one in same for known in one.traces)
        stay = (twin for one in same for twin in one.twins)
        piece = replace(
            piece,
            traces=tuple(dict.fromkeys((*before, *piece.traces))),
            twins=tuple(dict.fromkeys((*stay, *piece.twins))),
        )
        return _file((*(one for one in self.pieces if one not in same), piece), remarks)

    def with_twins(self, twins: Mapping[str, Collection[str]], remarks: Iterable[str]) -> bytes:
        """The register's file in which these pieces (traces by « path code ») say what was withdrawn, and stay."""

        def also(piece: WithdrawnPiece) -> WithdrawnPiece:
            fresh = (one for one, traces in twins.items() if not self.known_codes(traces).isdisjoint(piece.traces))
            return replace(piece, twins=tuple(dict.fromkeys((*piece.twins, *fresh))))

        return _file(map(also, self.pieces), remarks)


def _file(pieces: Iterable[WithdrawnPiece], remarks: Iterable[str]) -> bytes:
    return ("\n".join([*yaml_out.comments(remarks), "retires:", *(one.line for one in pieces)]) + "\n").encode()


def read_withdrawn(root: Path) -> WithdrawnRegister:
    """The register of a project; an empty one where there is none."""
    place = root / REGISTER
    text = place.read_text(encoding="utf-8", errors="replace") if place.is_file() else ""
    return WithdrawnRegister(tuple(_pieces(text.splitlines())), read_secret(root))


def _pieces(lines: Iterable[str]) -> Iterator[WithdrawnPiece]:
    for found in filter(None, map(LINE.fullmatch, lines)):
        known = tuple(one for one in re.split(r"[, ]+", found["traces"]) if one)
        twins = tuple(one.replace("''", "'") for one in QUOTED.findall(found["twins"] or ""))
        yield WithdrawnPiece(found["path"].replace("''", "'"), found["code"], found["day"], known, twins)


def full_code(workshop: Workshop, piece: ChildPiece) -> str:
    """A piece by the path of its workshop and its code in it."""
    return f"{workshop.path} {piece.code}"


def twins_of(root: Path, piece: ChildPiece, workshops: Iterable[Workshop]) -> Iterator[str]:
    """The other pieces that stand, of other children, and have its very words or its very drawing."""
    known = set(traces_of(root, piece))
    for workshop in workshops:
        for one in workshop.pieces:
            if one is not piece and not one.consent.withdrawn_on and known.intersection(traces_of(root, one)):
                yield full_code(workshop, one)


def traces_of(root: Path, piece: ChildPiece) -> tuple[str, ...]:
    """What a piece is known by if it comes back: its words, or its drawing as it lies there and as it is printed."""
    place = root / piece.picture
    if not piece.picture or not place.is_file():
        return tuple(filter(None, (trace(piece.words),)))
    return traces_of_picture(place.read_bytes())


def traces_of_picture(content: bytes) -> tuple[str, ...]:
    """The same of a picture's file."""
    printed, _ = images.clean(content)
    return tuple(dict.fromkeys(trace_of_drawing(one) for one in (content, printed) if one))
