"""`rapport draft`: a numbered draft frozen: its map and the texts it was made of kept, its files made to be sent out.

The outline says the number (« Projet n° 3 »), because the cover and the running header print it. A frozen draft is
never written over; its files can be made again, byte for byte, from the texts kept with it.
"""

from __future__ import annotations

import hashlib
import io
import re
import stat
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rapport import pipeline
from rapport.commands.arguments import Terminal
from rapport.diff.words import fold
from rapport.language.names import typed_name
from rapport.messages import display, review
from rapport.messages.stop import USAGE, Stop
from rapport.model import Document, Edition, Report
from rapport.office.archive import pack
from rapport.office.package import open_package
from rapport.office.tracked_reader import read
from rapport.opening import open_cache
from rapport.output.export import Export
from rapport.output.pdf.writer import Compiler
from rapport.project.read import OUTLINE
from rapport.proof import Unproved
from rapport.review.freeze import draft_map as drafts_map
from rapport.review.freeze.copies import highlighted, stamped
from rapport.review.freeze.draft_map import MAP, Frozen
from rapport.review.freeze.places import places
from rapport.storage import manifest
from rapport.storage.cache import Cache, digest, write_atomically
from rapport.storage.lock import locked

EVERYONE = ("toutes", "all")
MADE_WITH = ("rapport-alternatif", "pypandoc_binary", "typst", "lxml", "python-docx")


@dataclass(frozen=True, slots=True)
class FrozenFiles:
    """What one draft is made of: the report, its document, and the files by their endings."""

    report: Report
    document: Document
    files: Mapping[str, bytes]


def verb(options: Any, terminal: Terminal) -> int:
    """Freeze the draft that the outline names; make copies for associations; make a frozen one again."""
    with terminal.progress(options.lang) as progress, locked(options.root):
        desk = _Desk(options.root, options.lang, terminal, progress)
        if options.rebuild:
            return desk.again(options.rebuild)
        return desk.freeze(options.association)


def folder_of(number: int) -> str:
    """Where the files of a draft are made."""
    return f"build/projet-{number}"


def name_of(number: int, suffix: str, whose: str = "") -> str:
    return f"rapport-projet-{number}{f'-{whose}' if whose else ''}.{suffix}"


class _Desk:
    def __init__(self, root: Path, language: str, terminal: Terminal, progress: Callable[..., None]) -> None:
        self.root, self.language, self.terminal, self.progress = root, language, terminal, progress
        self.cache = open_cache(root)

    def say(self, name: str, /, **facts: object) -> str:
        return review(name, self.language, **facts)

    def stop(self, name: str, /, **facts: object) -> Stop:
        return Stop(self.say(name, **facts), USAGE)

    def freeze(self, association: str) -> int:
        examined = self.terminal.examined(self.root, self.cache, self.language, self.progress)
        number = self.number(examined.outline.identity.draft_name)
        whose = self.whose(association, examined.associations)
        frozen = number in drafts_map.numbers(self.root)
        if frozen and not whose:
            raise self.stop("draft-frozen", number=number, folder=drafts_map.folder(number), path=OUTLINE)
        if frozen:
            kept, content = drafts_map.opened(self.root, number, self.language), self.docx(number)
        else:
            kept, content = self.frozen(number, examined)
        for name in whose:
            self.copy(kept, content, name)
        return 0

    def number(self, name: str) -> int:
        found = re.findall(r"\d+", name)
        if len(found) != 1 or not 0 < int(found[0]) < 10_000:
            raise self.stop("draft-no-number", name=name, path=OUTLINE)
        return int(found[0])

    def whose(self, typed: str, known: Mapping[str, Any]) -> list[str]:
        if not typed:
            return []
        name, near = typed_name(typed, known)
        if near and name not in EVERYONE:
            raise self.stop("unknown-association", name=typed, near=near)
        return sorted(known) if name in EVERYONE else [name]

    def frozen(self, number: int, examined: Any) -> tuple[Frozen, bytes]:
        """The draft made, its map and its texts put away for good, its files written."""
        kept = sources(self.root)
        made = make(self.root, self.cache, examined, number, self.progress, self.language)
        found = read(open_package(made.files["docx"]))
        paragraphs = places(found, made.report, made.document, examined.sources, examined.library.references)
        paragraphs = drafts_map.lasting(paragraphs, drafts_map.earlier(self.root, number, self.language))
        identity = examined.outline.identity
        outputs = {
            name_of(number, suffix): hashlib.sha256(content).hexdigest() for suffix, content in made.files.items()
        }
        frozen = Frozen(
            number, identity.draft_name, identity.date, hashlib.sha256(kept).hexdigest(), outputs, paragraphs,
            tuple(digest(fold(comment.text)) for comment in found.comments), made_with(),
        )  # fmt: skip
        if sources(self.root) != kept:
            raise self.stop("draft-changed")
        here = self.root / drafts_map.folder(number)
        write_atomically(here / drafts_map.SOURCES, kept)
        write_atomically(here / MAP, drafts_map.as_json(frozen))
        counts = display.count(examined.diagnostics)
        self.terminal.show(
            self.say("draft-done", name=identity.draft_name, places=len(paragraphs), folder=here.relative_to(self.root))
        )
        if counts["errors"]:
            self.terminal.show(self.say("draft-errors", number=counts["errors"]))
        self.write(number, made.files)
        return frozen, made.files["docx"]

    def write(self, number: int, files: Mapping[str, bytes]) -> None:
        for suffix, content in files.items():
            path = f"{folder_of(number)}/{name_of(number, suffix)}"
            write_atomically(self.root / path, content)
            self.terminal.show(self.say("written", path=path))

    def copy(self, frozen: Frozen, content: bytes, association: str) -> None:
        """The draft with the passages of one association marked."""
        own = [place for place in frozen.places if place.association == association]
        if not own:
            self.terminal.show(self.say("draft-no-passage", association=association))
            return
        path = f"{folder_of(frozen.number)}/{name_of(frozen.number, 'docx', association)}"
        write_atomically(self.root / path, highlighted(content, frozen.places, association))
        self.terminal.show(self.say("draft-copy", path=path, number=sum(1 for place in own if not place.copy)))

    def docx(self, number: int) -> bytes:
        """The Word file of a frozen draft, made again where it is not there or not the same."""
        known = drafts_map.opened(self.root, number, self.language).outputs[name_of(number, "docx")]
        try:
            content = (self.root / folder_of(number) / name_of(number, "docx")).read_bytes()
        except OSError:
            content = b""
        return content if hashlib.sha256(content).hexdigest() == known else self.made_again(number)["docx"]

    def again(self, typed: str) -> int:
        """A frozen draft's files made again and compared with what they were."""
        numbers = drafts_map.numbers(self.root)
        if not typed.isdigit() or int(typed) not in numbers:
            raise self.stop("draft-unknown", number=typed, known=", ".join(map(str, numbers)) or "–")
        number = int(typed)
        frozen = drafts_map.opened(self.root, number, self.language)
        known, with_then, with_now = frozen.outputs, frozen.made_with, made_with()
        files = self.made_again(number)
        self.write(number, files)
        other = [name for suffix, content in files.items()
                 if known.get(name := name_of(number, suffix)) != hashlib.sha256(content).hexdigest()]  # fmt: skip
        changed = [
            f"{name} {with_then[name]} → {with_now.get(name, '–')}"
            for name in with_then
            if with_then[name] != with_now.get(name)
        ]
        if other:
            self.terminal.show(
                self.say("draft-other", names=", ".join(other), changed=", ".join(changed) or self.say("draft-program"))
            )
            return 1
        self.terminal.show(self.say("draft-same", number=number))
        return 0

    def made_again(self, number: int) -> Mapping[str, bytes]:
        content = (self.root / drafts_map.folder(number) / drafts_map.SOURCES).read_bytes()
        if hashlib.sha256(content).hexdigest() != drafts_map.opened(self.root, number, self.language).sources:
            raise self.stop("draft-damaged", path=f"{drafts_map.folder(number)}/{drafts_map.SOURCES}")
        with TemporaryDirectory(prefix="rapport-projet-") as folder:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                archive.extractall(folder)
            cache = open_cache(Path(folder))
            examined = self.terminal.examined(Path(folder), cache, self.language, self.progress)
            return make(Path(folder), cache, examined, number, self.progress, self.language).files


def make(
    root: Path, cache: Cache, examined: Any, number: int, progress: Callable[..., None], language: str
) -> FrozenFiles:
    """The three files of a draft, proved like those of any build, the Word file stamped with the draft's number."""
    with Compiler() as compiler:
        export = Export(root, cache, compiler)
        try:
            report, document, problems = pipeline.lay_out(examined, Edition.DRAFT, cache)
            if report is None or document is None:
                found = [display.as_text(d, examined.sources, language) for d in (*examined.diagnostics, *problems)]
                raise Stop("\n".join(found), 1)
            progress("export")
            proof = pipeline.proof(examined, report, document, root, cache)
            built = export(document, examined.images, proof.read, proof.accept)
        except Unproved as failure:
            raise Stop(
                "\n".join(display.as_text(d, examined.sources, language) for d in failure.diagnostics), 3
            ) from None
        finally:
            export.close()
    files = {path.rpartition(".")[2]: content for path, content in built.outputs.items()}
    return FrozenFiles(report, document, {**files, "docx": stamped(files["docx"], number)})


def sources(root: Path) -> bytes:
    """Every file that a report is made from, in one archive that is the same bytes for the same files."""
    parts = {}
    for path in manifest.files(str(root)):
        place = root / path
        if stat.S_ISREG(place.lstat().st_mode):  # `read` refuses links and devices whatever is in them
            parts[path] = place.read_bytes()
    return pack(parts)


def made_with() -> dict[str, str]:
    """The programs that make the files, and their versions."""
    found = {}
    for name in MADE_WITH:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "–"
    return found
