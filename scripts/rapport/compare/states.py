"""A state of the project to compare: a frozen draft, a revision of git, or the texts as they are now."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from rapport import pipeline, tree
from rapport.examination.result import Examined
from rapport.examination.workshops import CheckedWorkshops
from rapport.messages import display, redline
from rapport.messages.stop import USAGE, Stop
from rapport.model import Document, Edition, Node, Report
from rapport.review.freeze import draft_map as drafts_map
from rapport.steps import Steps
from rapport.storage import manifest
from rapport.storage.cache import Cache

READ = re.compile(r"chapters/|contributions/(?!inbox/|drafts/\d)|bibliography\.bib$")
NOW = ("", "maintenant", "now")
REVISION = re.compile(r"[^\s:~^?*\[\\-][^\s:?*\[\\]*")
PLAIN_FILE = re.compile(r"(100\d{3}) blob ([0-9a-f]+) +(\d+)\t(.*)", re.DOTALL)  # no link, no project inside
LARGEST = 500_000_000  # bytes of all the texts of a revision
SECONDS = 120


class ReportState(Struct, frozen=True):
    """The report in one state: how to call it (`slug` in names of files), what was found, merged and laid out."""

    name: str
    slug: str
    examined: Examined
    report: Report
    document: Document


def read_state(root: Path, typed: str, cache: Cache, language: str, steps: Steps | None = None) -> ReportState:
    """The state that was asked for; raises Stop where there is none."""
    steps = steps or Steps()
    if typed.casefold() in NOW:
        return _laid_out(root, redline("now", language), redline("now-slug", language), cache, language, steps)
    with _folder() as folder:
        if typed.isdigit() and int(typed) in drafts_map.numbers(root):
            number = int(typed)
            _put(folder, frozen_files(root, number, language))
            return _laid_out(folder, redline("draft", language, number=number), str(number), cache, language, steps)
        _put(folder, _revision(root, typed, language))
        return _laid_out(folder, typed, re.sub(r"[^\w.-]+", "-", typed), cache, language, steps)


def state_with_files(root: Path, files: Mapping[str, bytes], cache: Cache, language: str) -> ReportState:
    """The folder as it is now, but for some files (an association's texts as it sent them, for one)."""
    with _folder() as folder:
        _put(folder, ((path, (root / path).read_bytes()) for path in manifest.files(str(root)) if path not in files))
        _put(folder, files.items())
        return _laid_out(folder, "", "", cache, language, Steps())


def printed_blocks(state: ReportState) -> dict[str, dict[str, list[Node]]]:
    """The blocks of contributions as printed, by association and theme, in the report's order."""
    nodes = {tree.identifier(node): node for node in tree.document_blocks(state.document)}
    found: dict[str, dict[str, list[Node]]] = {}
    for block in state.report.blocks:
        node = nodes.get(tree.heading_name(block.node) or block.id)
        if node is not None:
            found.setdefault(block.association, {}).setdefault(block.theme, []).append(node)
    return found


def without_children(examined: Examined) -> Examined:
    """The project without children's own words: nobody redlines them, and an old state may hold what was withdrawn."""
    return replace(examined, workshops=CheckedWorkshops())


def _laid_out(folder: Path, name: str, slug: str, cache: Cache, language: str, steps: Steps) -> ReportState:
    examined = without_children(pipeline.examine(folder, cache, steps))
    report, document, problems = pipeline.lay_out(examined, Edition.DRAFT, cache, steps=steps)
    if report is None or document is None:
        why = [d for d in (*problems, *examined.diagnostics) if d.rule.severity == "error"][:5]
        said = [display.as_text(d, examined.sources, language) for d in why]
        raise Stop("\n".join([redline("not-laid-out", language, name=name), *said]), 1)
    return ReportState(name, slug, examined, report, document)


# ---------------------------------------------------------------- the files of a state


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="rapport-") as place:
        yield Path(place)


def _put(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """The files that a report is made of; any other, and any path that leads elsewhere, is left out."""
    for name, content in files:
        path = PurePosixPath(name)
        if READ.match(name) and not path.is_absolute() and ".." not in path.parts:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)


def frozen_files(root: Path, number: int, language: str) -> Iterator[tuple[str, bytes]]:
    """The files that a frozen draft was made of; raises `Stop` where they can no longer be read."""
    path = f"{drafts_map.folder(number)}/{drafts_map.SOURCES}"
    try:
        with zipfile.ZipFile(io.BytesIO((root / path).read_bytes())) as archive:
            yield from ((info.filename, archive.read(info)) for info in archive.infolist() if not info.is_dir())
    except (FileNotFoundError, zipfile.BadZipFile, zlib.error):
        raise Stop(redline("damaged", language, path=path), 1) from None


def _revision(root: Path, revision: str, language: str) -> Iterator[tuple[str, bytes]]:
    """The files of the folder as a revision of git has them, read without touching those that are there."""
    here = shutil.which("git") and REVISION.fullmatch(revision)
    if not here or not _git(root, b"", "rev-parse", "--verify", "-q", f"{revision}^{{commit}}"):
        raise _unknown(root, revision, "unknown-draft" if revision.isdigit() else "unknown-state", language)
    listed = _git(root, b"", "ls-tree", "-r", "-l", "-z", f"{revision}^{{commit}}").decode("utf-8", "surrogateescape")
    found = [match for line in listed.split("\0") if (match := PLAIN_FILE.fullmatch(line)) and READ.match(match[4])]
    if sum(int(match[3]) for match in found) > LARGEST:
        raise _unknown(root, revision, "too-large", language)
    asked = "".join(f"{match[2]}\n" for match in found).encode()
    given = io.BytesIO(_git(root, asked, "cat-file", "--batch"))
    for match in found:
        size = int(given.readline().split()[2])
        yield match[4], given.read(size)
        given.readline()


def _git(root: Path, given: bytes, *arguments: str) -> bytes:
    """What git answers, nothing where it refuses."""
    command = ["git", "-C", str(root), *arguments]
    made = subprocess.run(command, input=given, capture_output=True, timeout=SECONDS, check=False)
    return made.stdout if made.returncode == 0 else b""


def _unknown(root: Path, typed: str, sentence: str, language: str) -> Stop:
    known = ", ".join(map(str, drafts_map.numbers(root))) or "–"
    return Stop(redline(sentence, language, typed=typed, known=known), USAGE)
