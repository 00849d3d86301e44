"""One child's piece taken out of all that the program keeps: its file, its drawing, frozen drafts and their archives.

What was sent, printed or copied is out of reach, and so is what git remembers: the command says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from rapport.intake.journal import RECEIVED_TEXTS
from rapport.language.folding import fold_words
from rapport.office.archive import pack, unpack
from rapport.review.freeze import draft_map
from rapport.review.freeze.draft_files import sha256
from rapport.review.freeze.draft_map import DraftParagraph, FrozenDraft
from rapport.storage.cache import digest
from rapport.storage.transaction import remove, write_together
from rapport.workshops.withdrawal import drafts_holding
from rapport.workshops.workshop import ChildPiece, Workshop
from rapport.workshops.writing import without_piece

BUILD = "build"
KEPT = frozenset(("cache", "tmp"))  # of build/: made again by themselves, and swept here apart


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was changed: the frozen drafts that held the piece, and the outputs that were taken away."""

    drafts: tuple[int, ...]
    outputs: tuple[str, ...]


def withdraw(root: Path, workshop: Workshop, piece: ChildPiece, day: str, language: str) -> Withdrawn:
    """Take a piece out of everything under `root`; the caller holds the lock, under which all of it goes or nothing."""
    place, identifier = root / workshop.path, workshop.identifier(piece)
    changed: dict[Path, bytes] = {place: without_piece(place.read_text(encoding="utf-8"), piece.code, day).encode()}
    drafts = drafts_holding(root, identifier)
    for number in drafts:
        changed |= _without_in_draft(root, number, workshop, piece, day, language)
    write_together(changed)
    if piece.picture and (root / piece.picture).is_file():
        remove(root / piece.picture)
    for former in _former_texts(root, piece):
        remove(former)
    return Withdrawn(tuple(drafts), tuple(_take_outputs_away(root)))


def _former_texts(root: Path, piece: ChildPiece) -> Iterator[Path]:
    """Texts that gave way to a newer form, kept to be put back, in which the piece still stands."""
    held = [f"> {line}" for line in piece.words if line]
    held += [PurePosixPath(piece.picture).name] if piece.picture else []
    for path in sorted((root / RECEIVED_TEXTS).glob("avant-*.md")):
        text = path.read_text(encoding="utf-8", errors="replace")
        if any(line in text for line in held):
            yield path


def _without_in_draft(
    root: Path, number: int, workshop: Workshop, piece: ChildPiece, day: str, language: str
) -> Mapping[Path, bytes]:
    """The map and the archive of a frozen draft without a piece."""
    here, frozen = root / draft_map.folder(number), draft_map.open_draft(root, number, language)
    parts = unpack((here / draft_map.SOURCES).read_bytes())
    if workshop.path in parts:
        parts[workshop.path] = without_piece(parts[workshop.path].decode(), piece.code, day).encode()
    parts.pop(piece.picture, None)
    archive = pack(parts)
    cut = replace(_without_words(frozen, workshop.identifier(piece)), sources=sha256(archive))
    return {here / draft_map.SOURCES: archive, here / draft_map.MAP: draft_map.as_json(cut)}


def _without_words(frozen: FrozenDraft, identifier: str) -> FrozenDraft:
    """The map in which nothing of a piece is left but a digest of each paragraph, known if it returns."""
    gone = {place.id for place in frozen.places if place.block.startswith(identifier)}
    places = tuple(_emptied(place) if place.id in gone else place for place in frozen.places)
    pictures = frozen.pictures
    if pictures is not None:
        pictures = tuple(replace(one, digest="", look="", said="") if one.bloc in gone else one for one in pictures)
    return replace(frozen, places=places, pictures=pictures)


def _emptied(place: DraftParagraph) -> DraftParagraph:
    return replace(
        place, text="", block="", digest=digest(fold_words(place.text)), counted=(), looks=(), marks=(), line=0
    )  # fmt: skip


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
