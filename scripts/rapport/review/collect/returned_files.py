"""The files that came back, opened: DOCX as they are, older formats and OpenDocument through LibreOffice."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from unicodedata import normalize

from msgspec import Struct

from rapport.intake.journal import INBOX
from rapport.intake.states import IncomingFile
from rapport.intake.unpack import incoming_files
from rapport.language.folding import fold_words
from rapport.office import convert
from rapport.office.file_kinds import Kind, kind_of
from rapport.office.package import Unsafe, open_package, refuse_old
from rapport.office.row_names import read_name
from rapport.office.rtf import authors, restore_changes
from rapport.office.tracked_reader import read
from rapport.office.tracked_text import TrackedDocument
from rapport.project.read import LITTER
from rapport.review.collect.aligned_return import ANONYMOUS

REVIEWS = f"{INBOX}/reviews"
AT_ONCE = 10  # files that one start of LibreOffice converts
CONVERTED = (Kind.ODT, Kind.DOC, Kind.RTF)
SENT = re.compile(r"(rapport\W*)?projet[\W_]*(n[°o]?[\W_]*)?\d*|\(\d+\)", re.IGNORECASE)
FILLED = "remarks-table"  # the problem of the table of remarks, filled in, which is no draft
OURS = re.compile(r"rapport|copie|de|copy|of|par|by|relu|relue|relecture|version|v\d*|final|docx|odt")


class OpenedReturn(Struct, frozen=True):
    """A file and what was read in it, or why nothing was: a word of the refusals in messages/intake_*.py."""

    file: IncomingFile
    document: TrackedDocument | None = None
    problem: str = ""
    detail: str = ""

    @property
    def lossy(self) -> bool:
        """RTF keeps no threads of comments, nor which are resolved."""
        return kind_of(self.file.data) is Kind.RTF and self.document is not None and bool(self.document.comments)


Opening = Callable[[], OpenedReturn]


def files(root: Path, given: Sequence[Path]) -> list[IncomingFile]:
    """The files named, or all of the folder for drafts that came back; those inside zips and messages too."""
    paths = list(given) or [
        Path(folder, name)
        for folder, folders, names in os.walk(root / REVIEWS)
        if folders.sort() is None
        for name in sorted(names)
        if not LITTER.fullmatch(name)
    ]
    return list(incoming_files(root, paths)) if paths else []


def open_batches(arrived: Sequence[IncomingFile]) -> Iterator[tuple[Sequence[IncomingFile], list[Opening]]]:
    """The files in order, as many as are converted at once, and what opens each."""
    for start in range(0, len(arrived), AT_ONCE):
        batch = arrived[start : start + AT_ONCE]
        made, problems = _converted(batch)
        yield batch, [partial(_opened, one, made, problems) for one in batch]


def _opened(one: IncomingFile, made: Mapping[str, bytes], problems: Mapping[str, Unsafe]) -> OpenedReturn:
    try:
        if one.problem:
            raise Unsafe(one.problem, one.detail)
        if one.digest in problems:
            raise problems[one.digest]
        package = open_package(made.get(one.digest, one.data))
        is_rtf = kind_of(one.data) is Kind.RTF
        people = authors(one.data) if is_rtf else {}
        document = read(restore_changes(package, people) if is_rtf else package)
        if read_name("".join([run.text for line in document.lines for run in line.runs])):
            raise Unsafe(FILLED, one.path)
        names = {who.encode("cp1252", "replace").decode("cp1252"): normalize("NFC", who) for who in people.values()}
        for comment in document.comments:  # LibreOffice writes a question mark for each letter outside Windows' own
            comment.author = names.get(comment.author, comment.author)
        return OpenedReturn(one, document)
    except Unsafe as error:
        return OpenedReturn(one, None, _reason(one, error.reason), error.detail)


def _reason(one: IncomingFile, reason: str) -> str:
    return "pdf" if reason == "format" and one.data.startswith(b"%PDF") else reason


def _converted(batch: Sequence[IncomingFile]) -> tuple[dict[str, bytes], dict[str, Unsafe]]:
    """What LibreOffice makes of the formats that it alone reads, and why it made nothing of some."""
    given: dict[str, bytes] = {}
    problems: dict[str, Unsafe] = {}
    for one in batch:
        kind = kind_of(one.data) if one.data and not one.problem else Kind.OTHER
        if kind not in CONVERTED:
            continue
        try:
            open_package(one.data) if kind is Kind.ODT else refuse_old(one.data)
            given[f"{one.digest}.{kind}"] = one.data
        except Unsafe as error:
            problems[one.digest] = error
    made, reason = _made(given) if given else ({}, "")
    for name in given:
        if name not in made:
            problems[name.partition(".")[0]] = Unsafe(reason)
    return {name.partition(".")[0]: content for name, content in made.items()}, problems


def _made(given: Mapping[str, bytes]) -> tuple[dict[str, bytes], str]:
    """Files converted, and why some were not; one that LibreOffice cannot bear does not cost the others."""
    made: dict[str, bytes] = {}
    try:
        with suppress(convert.ConversionError):
            made = convert.to_docx(given)
        for name in [name for name in given if name not in made and len(given) > 1]:
            with suppress(convert.ConversionError):
                made |= convert.to_docx({name: given[name]})
    except convert.NoOffice:
        return {}, "no-office"
    return made, "not-converted"


def reviewer(one: OpenedReturn) -> str:
    """Who sent a file that names nobody: whoever saved it last, or what its name says beside ours."""
    last = one.document.last_author if one.document else ""
    if not ANONYMOUS.fullmatch(last):
        return normalize("NFC", last)
    stem = normalize("NFC", one.file.name).rpartition(".")[0]
    words = [
        word for word in re.split(r"[\s_.()-]+", SENT.sub(" ", stem)) if word and not OURS.fullmatch(fold_words(word))
    ]
    return " ".join(words) or stem
