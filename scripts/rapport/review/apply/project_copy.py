"""The project with files in their new state, in a folder of its own, examined and laid out as the real one is."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from rapport import pipeline
from rapport.examination.result import Examined
from rapport.model import Diagnostic, Document, Edition, Report, Severity
from rapport.storage import manifest
from rapport.storage.cache import Cache


def lay_out_copy(examined: Examined, cache: Cache) -> tuple[Report, Document] | None:
    """The draft of the texts of today, or None where a template stands in the way."""
    report, document, _ = pipeline.lay_out(examined, Edition.DRAFT, cache)
    return (report, document) if report is not None and document is not None else None


class Trial(Struct, frozen=True):
    """The project with files in their new state: as examined, the errors that it had not before, as laid out.

    `laid_out` is None where there are such errors, or a template stands in the way.
    """

    files: Mapping[str, bytes]
    examined: Examined
    errors: list[Diagnostic]
    laid_out: tuple[Report, Document] | None


def try_files(root: Path, before: Examined, files: Mapping[str, bytes], cache: Cache) -> Trial:
    """What the project would be with these files, found out in a folder that is gone then."""
    with TemporaryDirectory(prefix="rapport-") as folder:
        copy_with(root, Path(folder), files)
        examined = pipeline.examine(Path(folder), cache)
        errors = new_errors(before, examined)
        return Trial(files, examined, errors, None if errors else lay_out_copy(examined, cache))


def copy_with(root: Path, folder: Path, files: Mapping[str, bytes]) -> None:
    """What the report is made from, with these files in their new state."""
    for path in manifest.files(str(root)):
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if path in files:
            place.write_bytes(files[path])
        elif not (root / path).is_symlink() and (root / path).is_file():
            shutil.copyfile(root / path, place)


def new_errors(before: Examined, now: Examined) -> list[Diagnostic]:
    """The errors of rules that the project had not before."""
    known = {_identity(diagnostic) for diagnostic in before.diagnostics}
    return [d for d in now.diagnostics if d.rule.severity is Severity.ERROR and _identity(d) not in known]


def _identity(diagnostic: Diagnostic) -> tuple[object, ...]:
    return diagnostic.rule.code, diagnostic.span.path, tuple(sorted(diagnostic.facts.values()))
