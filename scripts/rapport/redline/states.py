"""A state of the project to compare: a frozen draft, a revision of git, or the texts as they are now."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from rapport import pipeline
from rapport.arguments import USAGE, Stop
from rapport.cache import Cache
from rapport.drafts import map as drafts_map
from rapport.messages import redline
from rapport.model import Document, Edition, Report

SOURCES = "sources.zip"
READ = re.compile(r"chapters/|contributions/(?!inbox/|drafts/\d)|bibliography\.bib$")
NOW = ("", "actuel", "now")
REVISION = re.compile(r"[^\s:~^?*\[\\-][^\s:?*\[\\]*")
LARGEST = 500_000_000  # bytes of an archive


@dataclass(frozen=True, slots=True)
class State:
    """The report in one state: how to call it (`slug` in names of files), what was found, merged and laid out."""

    name: str
    slug: str
    examined: Any
    report: Report
    document: Document


def state(root: Path, typed: str, cache: Cache, language: str) -> State:
    """The state that was asked for; raises Stop where there is none."""
    with _folder(root, typed, language) as (folder, name, slug):
        examined = pipeline.examine(folder, cache)
        report, document, _ = pipeline.lay_out(examined, Edition.DRAFT, cache)
        if report is None or document is None:
            raise Stop(redline("not-laid-out", language, name=name), 1)
        return State(name, slug, examined, report, document)


@contextmanager
def _folder(root: Path, typed: str, language: str) -> Iterator[tuple[Path, str, str]]:
    """The folder that holds a state, while it is read; its name, and the one for files."""
    if typed in NOW:
        yield root, redline("now", language), redline("now-slug", language)
        return
    with TemporaryDirectory(prefix="rapport-") as place:
        folder = Path(place)
        if typed.isdigit() and int(typed) in drafts_map.numbers(root):
            number = int(typed)
            _unzip((root / drafts_map.folder(number) / SOURCES).read_bytes(), folder)
            yield folder, redline("draft", language, number=number), str(number)
            return
        _from_git(root, typed, folder, language)
        yield folder, typed, re.sub(r"[^\w.-]+", "-", typed)


def _unzip(content: bytes, folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                _put(folder, info.filename, lambda info=info: archive.read(info))


def _from_git(root: Path, revision: str, folder: Path, language: str) -> None:
    """The texts as a revision has them; only where git and a repository are there."""
    if not REVISION.fullmatch(revision) or shutil.which("git") is None:
        raise _unknown(root, revision, language)
    command = ["git", "-C", str(root), "archive", "--format=tar", f"{revision}^{{commit}}"]
    made = subprocess.run(command, capture_output=True, timeout=120, check=False, stdin=subprocess.DEVNULL)
    if made.returncode or len(made.stdout) > LARGEST:
        raise _unknown(root, revision, language)
    with tarfile.open(fileobj=io.BytesIO(made.stdout)) as archive:
        for member in archive:
            if member.isfile() and (file := archive.extractfile(member)):
                _put(folder, member.name, file.read)


def _put(folder: Path, name: str, content: Callable[[], bytes]) -> None:
    """One of the files that a report is made of; any other, and any path that leads elsewhere, is left out."""
    path = PurePosixPath(name)
    if READ.match(name) and not path.is_absolute() and ".." not in path.parts:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content())


def _unknown(root: Path, typed: str, language: str) -> Stop:
    known = ", ".join(map(str, drafts_map.numbers(root))) or "–"
    name = "unknown-draft" if typed.isdigit() else "unknown-state"
    return Stop(redline(name, language, typed=typed, known=known), USAGE)
