"""Where words that a child withdrew still stand, in files that a person has to look at: nothing here changes a file.

What arrived is never touched by the program, and what an association wrote is its own: each such file is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from msgspec import Struct

from rapport.intake.states import IncomingFile
from rapport.intake.unpack import incoming_files
from rapport.inventory.plain_text import decode
from rapport.inventory.reading import PDF, inventory
from rapport.office.file_kinds import Kind, kind_of
from rapport.office.package import Unsafe, unzip
from rapport.project.images import clean
from rapport.project.read import CONTRIBUTIONS
from rapport.workshops.quoted_words import LONG_RUN, QuotedWords, texts_of
from rapport.workshops.workshop import ChildPiece

FOLDERS = (CONTRIBUTIONS, "chapters")
TAG = re.compile(rb"<[^>]*>")
ENDS = re.compile(rb"</(?:w:p|w:tc|text:p|text:h|a:p)>|<(?:w:br|text:line-break)[^>]*/>")
MARKUP = (".xml", ".html", ".htm", ".rels")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff")


class RemainingFiles(Struct, frozen=True):
    """The files in which a piece is quoted or drawn, and those that nothing here can read."""

    holding: tuple[str, ...]
    unread: tuple[str, ...]


def remaining_files(root: Path, piece: ChildPiece, drawing: bytes) -> RemainingFiles:
    """Look in all that the program keeps or received, parts of files too; `drawing` is b"" for a piece without one."""
    words = QuotedWords(texts_of(piece), LONG_RUN)
    holding, unread = dict[str, None](), dict[str, None]()
    for path in _files(root):
        shown = path.relative_to(root).as_posix()
        for one in incoming_files(root, [path]):
            if one.problem not in ("", "empty") or kind_of(one.data) is Kind.DOC or one.data.startswith(PDF):
                unread[shown] = None
            elif _holds(one, words, drawing):
                holding[shown] = None
    return RemainingFiles(tuple(holding), tuple(one for one in unread if one not in holding))


def _files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from (path for path in sorted((root / folder).rglob("*")) if path.is_file() and not path.is_symlink())


def _holds(one: IncomingFile, words: QuotedWords, drawing: bytes) -> bool:
    if kind_of(one.data) is Kind.RTF:
        read = inventory(one.name, one.data)
        return read is None or words.stand_in(read.text)
    if not one.data.startswith(b"PK"):
        return _part_holds(one.name.lower(), one.data, words, drawing)
    try:
        parts = unzip(one.data)
    except Unsafe:
        return True  # it cannot be opened safely: somebody has to look
    return any(_part_holds(name.lower(), content, words, drawing) for name, content in parts.items())


def _part_holds(name: str, content: bytes, words: QuotedWords, drawing: bytes) -> bool:
    if name.endswith(PICTURES):
        return bool(drawing) and drawing in (content, clean(content)[0])
    if name.endswith(MARKUP):
        return words.stand_in(unescape(decode(TAG.sub(b"", ENDS.sub(b"\n", content)))))
    return words.stand_in(decode(content))
