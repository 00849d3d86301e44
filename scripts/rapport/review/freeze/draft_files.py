"""The files of a frozen draft: made, proved, stamped with its number, and made again from the texts kept with it.

A frozen draft is never written over; its files can be made again, byte for byte, by the same versions of the programs.
"""

from __future__ import annotations

import hashlib
import io
import re
import stat
import zipfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from msgspec import Struct

from rapport import pipeline
from rapport.examination.result import Examined
from rapport.halving import Halving
from rapport.language.folding import fold_typography
from rapport.messages import display
from rapport.messages.stop import BUG, ERRORS, Stop
from rapport.model import Document, Edition, Report
from rapport.office.archive import pack
from rapport.office.package import open_package
from rapport.office.tracked_reader import read
from rapport.output.export import Export
from rapport.output.pdf.writer import Compiler
from rapport.proof import ProofFailure
from rapport.review.freeze import draft_map as drafts_map
from rapport.review.freeze.copies import stamp_copy
from rapport.review.freeze.draft_map import FrozenDraft
from rapport.review.freeze.places import pictures, places
from rapport.steps import Steps
from rapport.storage import manifest
from rapport.storage.cache import Cache, digest

RAW_NUMBERS = re.compile(r"^contributions/.*\.(?:csv|tsv|xlsx?|xlsm|ods)$", re.IGNORECASE | re.DOTALL)
MADE_WITH = ("rapport-alternatif", "pypandoc_binary", "typst", "lxml", "python-docx")


class FrozenFiles(Struct, frozen=True):
    """What one draft is made of: the project, the report, its document, and the files by their endings."""

    examined: Examined
    report: Report
    document: Document
    files: Mapping[str, bytes]


def folder_of(number: int) -> str:
    """Where the files of a draft are made."""
    return f"build/projet-{number}"


def name_of(number: int, suffix: str, whose: str = "") -> str:
    """The name of a frozen draft's file: « rapport-projet-3-alpha.docx »."""
    return f"rapport-projet-{number}{f'-{whose}' if whose else ''}.{suffix}"


def make(root: Path, cache: Cache, examined: Examined, number: int, steps: Steps, language: str) -> FrozenFiles:
    """The three files of a draft, proved like those of any build, the Word file stamped with the draft's number."""
    with Compiler() as compiler:
        export = Export(root, cache, compiler)

        def attempt(examined: Examined) -> FrozenFiles:
            report, document, problems = pipeline.lay_out(examined, Edition.DRAFT, cache, steps=steps)
            if report is None or document is None:
                found = [display.as_text(d, examined.sources, language) for d in (*examined.diagnostics, *problems)]
                raise Stop("\n".join(found), ERRORS)
            proof = pipeline.proof(examined, report, document, root, cache)
            built, _ = pipeline.export(export, examined, document, proof, steps)
            files = {path.rpartition(".")[2]: content for path, content in built.outputs.items()}
            return FrozenFiles(examined, report, document, {**files, "docx": stamp_copy(files["docx"], number)})

        try:
            return Halving(Edition.DRAFT, cache, export).make(examined, attempt)
        except ProofFailure as failure:
            raise Stop(
                "\n".join(display.as_text(d, examined.sources, language) for d in failure.diagnostics), BUG
            ) from None
        finally:
            export.close()


def frozen_draft(
    root: Path, examined: Examined, number: int, made: FrozenFiles, kept: bytes, language: str
) -> FrozenDraft:  # fmt: skip
    """The record of a draft: its paragraphs under lasting ids, and the digests of its texts (`kept`) and files."""
    found = read(open_package(made.files["docx"]))
    paragraphs = places(found, made.report, made.document, examined.sources, examined.library.references)
    identity = made.report.outline.identity
    return FrozenDraft(
        number=number,
        name=identity.draft_name,
        date=identity.date,
        sources=sha256(kept),
        outputs={name_of(number, suffix): sha256(content) for suffix, content in made.files.items()},
        places=drafts_map.lasting_identifiers(paragraphs, drafts_map.earlier_draft(root, number, language)),
        comments=tuple(digest(fold_typography(comment.text)) for comment in found.comments),
        made_with=program_versions(),
        pictures=pictures(found, paragraphs),
        has_links=True,
    )


def unpack(content: bytes, folder: Path) -> None:
    """The texts of a frozen draft (its `sources`), in a folder of their own."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)


def sha256(content: bytes) -> str:
    """The digest of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sources(root: Path) -> bytes:
    """Every file that a report is made from, in one archive that is the same bytes for the same files.

    Never a file of numbers as they were counted, wherever somebody put it.
    """
    parts = {}
    for path in manifest.files(str(root)):
        place = root / path
        if RAW_NUMBERS.search(path):
            continue
        if stat.S_ISREG(place.lstat().st_mode):  # `read` refuses links and devices whatever is in them
            parts[path] = place.read_bytes()
    return pack(parts)


def program_versions() -> dict[str, str]:
    """The programs that make the files, and their versions."""
    found = {}
    for name in MADE_WITH:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "–"
    return found
