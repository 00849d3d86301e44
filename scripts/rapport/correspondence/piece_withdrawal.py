"""One child's piece taken out of all that the program keeps: its file, its drawing, frozen drafts, their archives and
what was said of it in the ledger.

What was sent, printed or copied is out of reach, and so is what git remembers: the command says so. What arrived and
what associations wrote is never changed: each file that still quotes the piece is named (`remaining_words`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from rapport.correspondence.remaining_words import RemainingFiles, remaining_files
from rapport.intake.journal import RECEIVED_TEXTS
from rapport.messages import review, workshops
from rapport.office.archive import pack, unpack
from rapport.review.collect import ledger
from rapport.review.collect.masked_remarks import ledger_without_piece
from rapport.review.freeze import draft_map
from rapport.review.freeze.draft_files import sha256
from rapport.review.freeze.draft_map import DraftParagraph, FrozenDraft, withdrawn_digest
from rapport.storage.machine_secret import make_secret
from rapport.storage.transaction import remove, write_together
from rapport.workshops.quoted_words import QuotedWords, texts_of
from rapport.workshops.withdrawal import drafts_holding
from rapport.workshops.withdrawn_register import REGISTER, WithdrawnPiece, read_withdrawn, traces_of, twins_of
from rapport.workshops.workshop import ChildPiece, Workshop
from rapport.workshops.writing import without_piece

BUILD = "build"
KEPT = frozenset(("cache", "tmp"))  # of build/: made again by themselves, and swept here apart


class Withdrawn(Struct, frozen=True):
    """What was changed: the frozen drafts that held the piece, and the outputs that were taken away.

    `was_quoted`: remarks of the ledger were cut; `remaining` names the files that a person has to look at; `twins` are
    pieces of other children (« path code ») that say just the same, and stay.
    """

    drafts: tuple[int, ...]
    outputs: tuple[str, ...]
    was_quoted: bool
    remaining: RemainingFiles
    twins: tuple[str, ...]


def withdraw(
    root: Path, workshop: Workshop, piece: ChildPiece, day: str, language: str, workshops_there: Iterable[Workshop]
) -> Withdrawn:  # fmt: skip
    """Take a piece out of everything under `root`; the caller holds the lock, under which all of it goes or nothing.

    `workshops_there` are all of the project: what another child said in the same words stays. Raises `BadLedger`
    before anything is changed.
    """
    place, identifier, known = root / workshop.path, workshop.identifier(piece), QuotedWords(texts_of(piece))
    drawing = (root / piece.picture).read_bytes() if piece.picture and (root / piece.picture).is_file() else b""
    make_secret(root)
    register = read_withdrawn(root)
    traces = tuple(map(register.code_of, traces_of(root, piece)))
    cut = _WithoutPiece(workshop, piece, day, next(iter(traces), piece.consent.withdrawn_trace))
    drafts = {number: draft_map.open_draft(root, number, language) for number in drafts_holding(root, identifier)}
    changed: dict[Path, bytes] = {place: cut.text(place.read_text(encoding="utf-8"))}
    twins = tuple(twins_of(root, piece, workshops_there))
    gone, remark = WithdrawnPiece(workshop.path, piece.code, day, traces, twins), workshops("register-head", language)
    changed[root / REGISTER] = register.with_piece(gone, remark.split("\n"))
    for number, frozen in drafts.items():
        changed |= cut.draft(root, number, frozen)
    remarks = _remarks_without(root, _paragraphs(drafts.values(), identifier), known, language)
    write_together({**changed, **remarks})
    if drawing:
        remove(root / piece.picture)
    for former in _former_texts(root, piece):
        remove(former)
    outputs = tuple(_take_outputs_away(root))
    theirs = {twin.rpartition(" ")[0] for twin in twins}
    remaining = remaining_files(root, piece, drawing)
    remaining = replace(remaining, holding=tuple(path for path in remaining.holding if path not in theirs))
    return Withdrawn(tuple(drafts), outputs, bool(remarks), remaining, twins)


def _paragraphs(drafts: Iterable[FrozenDraft], identifier: str) -> frozenset[str]:
    """The ids of a piece's paragraphs in frozen drafts."""
    return frozenset(place.id for frozen in drafts for place in frozen.places if place.block.startswith(identifier))


def _remarks_without(root: Path, blocks: frozenset[str], known: QuotedWords, language: str) -> Mapping[Path, bytes]:
    """The ledger and its copies as they will be; nothing where they say nothing of the piece."""
    if not (root / ledger.LEDGER).is_file():
        return {}
    before = ledger.load(root)
    after = ledger_without_piece(before, blocks, known.mask, workshops("remark-withdrawn", language))
    if after == before:
        return {}
    head = (review("ledger-head", language), review("ledger-how", language))
    return ledger.as_files(root, after, head)


def _former_texts(root: Path, piece: ChildPiece) -> Iterator[Path]:
    """Texts that gave way to a newer form, kept to be put back, in which the piece still stands."""
    held = [f"> {line}" for line in piece.words if line]
    held += [PurePosixPath(piece.picture).name] if piece.picture else []
    for path in sorted((root / RECEIVED_TEXTS).glob("avant-*.md")):
        text = path.read_text(encoding="utf-8", errors="replace")
        if any(line in text for line in held):
            yield path


class _WithoutPiece(Struct, frozen=True):
    """Files of the project as they are without one piece."""

    workshop: Workshop
    piece: ChildPiece
    day: str
    trace: str

    def text(self, text: str) -> bytes:
        return without_piece(text, self.piece.code, self.day, self.trace).encode()

    def draft(self, root: Path, number: int, frozen: FrozenDraft) -> Mapping[Path, bytes]:
        """The map and the archive of a frozen draft."""
        here = root / draft_map.folder(number)
        parts = unpack((here / draft_map.SOURCES).read_bytes())
        if self.workshop.path in parts:
            parts[self.workshop.path] = self.text(parts[self.workshop.path].decode())
        parts.pop(self.piece.picture, None)
        archive = pack(parts)
        cut = replace(_without_words(frozen, self.workshop.identifier(self.piece)), sources=sha256(archive))
        return {here / draft_map.SOURCES: archive, here / draft_map.MAP: draft_map.as_json(cut)}


def _without_words(frozen: FrozenDraft, identifier: str) -> FrozenDraft:
    """The map in which nothing of a piece is left but a digest of each paragraph, known if it returns."""
    gone = {place.id for place in frozen.places if place.block.startswith(identifier)}
    places = tuple(_emptied(place, frozen.secret) if place.id in gone else place for place in frozen.places)
    pictures = frozen.pictures
    if pictures is not None:
        pictures = tuple(replace(one, digest="", look="", said="") if one.bloc in gone else one for one in pictures)
    return replace(frozen, places=places, pictures=pictures)


def _emptied(place: DraftParagraph, secret: bytes) -> DraftParagraph:
    known = withdrawn_digest(place.text, secret)
    return replace(place, text="", block="", digest=known, counted=(), looks=(), marks=(), line=0)


def _take_outputs_away(root: Path) -> Iterator[str]:
    """What lies in build/ was made with the piece, and is made again without it; the paths that are gone."""
    folder = root / BUILD
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(".") or path.name == "tmp":
            continue
        files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        for file in files:
            if not file.name.startswith("."):
                remove(file)
        if path.name not in KEPT and path.name != "staging":
            yield path.relative_to(root).as_posix()
