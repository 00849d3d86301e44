"""export: Document → PDF, DOCX and HTML, made side by side, proved, and put in place whole."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

from msgspec import Struct

from rapport.messages import submission
from rapport.model import Document, Edition
from rapport.output.docx import writer as docx
from rapport.output.html import writer as html
from rapport.output.pdf import writer as pdf
from rapport.project.images import Image
from rapport.report.writer_failure import writer_guard
from rapport.storage.cache import Cache
from rapport.storage.transaction import write_atomically, write_together

NAMES = {
    Edition.DRAFT: "rapport-projet",
    Edition.PUBLIC: "rapport-public",
    Edition.CONFIDENTIAL: "rapport-confidentiel",
}
BUILD = "build"
SUFFIXES = ("docx", "pdf", "html")


def paths(edition: Edition, language: str, stem: str = "") -> dict[str, str]:
    """Where each output of an edition (or of the booklet, by its stem) is, by its suffix; English names say so, and
    the confidential edition's that it must not circulate."""
    mark = submission(f"mark-{edition.value}", language) if not stem and edition is Edition.CONFIDENTIAL else ""
    stem = stem or NAMES[edition]
    name = f"{stem}{mark}" if language == "fr" else f"{stem}-{language}{mark}"
    return {suffix: f"{BUILD}/{name}.{suffix}" for suffix in SUFFIXES}


class BuildResult(Struct, frozen=True):
    """What a build made: its outputs by path, and which of them were written anew."""

    outputs: Mapping[str, bytes]
    written_files: tuple[str, ...]


class _Production(Struct, frozen=True):
    """One document on its way to its outputs; `on_output` gets the path and the bytes of each."""

    document: Document
    staging_folder: Path
    reference: Callable[[str], Path]
    places: Mapping[str, str]
    on_output: Callable[[str, bytes], None]

    def announce(self, suffix: str, content: bytes) -> bytes:
        self.on_output(self.places[suffix], content)
        return content

    def html(self) -> bytes:
        with writer_guard("html"):
            content = html.write(self.document, self.staging_folder / "images")
        return self.announce("html", content)

    def lower(self) -> docx.DocxSource:
        with writer_guard("docx"):
            return docx.lower(self.document)

    def docx(self, source: docx.DocxSource | None = None) -> bytes:
        reference = self.reference(self.document.meta.language)
        with writer_guard("docx"):
            content = docx.write(self.document, self.staging_folder / "images", reference, source=source)
        return self.announce("docx", content)

    def pdf(self, compiler: pdf.Compiler) -> bytes:
        with writer_guard("pdf"):
            content = compiler.compile(self.staging_folder / "pdf")
        return self.announce("pdf", content)


class Export:
    """Writes a document as PDF, DOCX and HTML, side by side; kept by `make watch`, so that typst stays warm."""

    def __init__(self, root: Path, cache: Cache, compiler: pdf.Compiler) -> None:
        self.root, self.cache, self.compiler = root, cache, compiler
        self.beside = ThreadPoolExecutor(2)
        self.being_made: dict[str, subprocess.Popen[bytes]] = {}  # reference documents, by their language

    def begin_reference(self, language: str) -> None:
        """Set another process to work on the reference document, where the cache has none."""
        # In a process of its own: python-docx is needed once, and would take its time from the reading of texts.
        if self.cache.get("reference", language)[1] is None and language not in self.being_made:
            making = [sys.executable, "-P", "-m", "rapport.output.docx.reference_document", language]
            self.being_made[language] = subprocess.Popen(making, stdout=subprocess.PIPE)

    def close(self) -> None:
        """Wait for what was begun: nothing writes once the lock on build/ is given back."""
        self.beside.shutdown(cancel_futures=True)
        for making in self.being_made.values():
            making.kill()
            making.communicate()

    def __call__(
        self,
        document: Document,
        pictures: Mapping[str, Image],
        made: Callable[[str, bytes], None] = lambda path, content: None,
        accept: Callable[[], None] = lambda: None,
    ) -> BuildResult:
        """Make the three files, then put in place, whole, those that differ from what is there.

        `made` gets the path and the bytes of each; where `accept` raises, nothing is put in place.
        """
        production = self._stage_document(document, pictures, made)
        typeset = self.beside.submit(production.pdf, self.compiler)
        try:
            word = self.beside.submit(production.docx, production.lower())
            page = production.html()  # typst and pandoc are at the others when this is written and read back
        finally:
            wait([typeset])  # whatever breaks, nobody else may ask typst before it has answered
        contents = {"pdf": typeset.result(), "docx": word.result(), "html": page}
        accept()
        return self._put_in_place(production, contents)

    def docx_last(
        self, document: Document, pictures: Mapping[str, Image],
        made: Callable[[str, bytes], None], accept: Callable[[], None],
    ) -> Iterator[BuildResult]:  # fmt: skip
        """The same in two steps: PDF and HTML are in place once they are proved, the DOCX once it is.

        Where the DOCX is refused, the one before stays, beside a PDF and an HTML that were proved without it.
        """
        production = self._stage_document(document, pictures, made)
        page = self.beside.submit(production.html)
        contents = {"pdf": production.pdf(self.compiler), "html": page.result()}
        accept()
        yield self._put_in_place(production, contents)
        contents = {"docx": production.docx()}
        accept()
        yield self._put_in_place(production, contents)

    def attempt(
        self, document: Document, pictures: Mapping[str, Image], writer: str, made: Callable[[str, bytes], None]
    ) -> None:  # fmt: skip
        """One writer's work (docx, pdf or html), given to `made` alone; raises `WriterFailure` where it breaks down."""
        staged = self.root / BUILD / "staging"
        self.stage(pictures, staged / "images")
        places = paths(document.meta.edition, document.meta.language)
        production = _Production(document, staged, self.reference, places, made)
        if writer == "docx":
            production.docx()
        elif writer == "html":
            production.html()
        else:
            self._stage_document(document, pictures, made).pdf(self.compiler)

    def _stage_document(
        self, document: Document, pictures: Mapping[str, Image], made: Callable[[str, bytes], None]
    ) -> _Production:  # fmt: skip
        """Everything staged that the exporters read, what typst waits for first."""
        staged = self.root / BUILD / "staging"
        self.stage(pictures, staged / "images")
        with writer_guard("pdf"):  # before the DOCX: typst is what we wait for longest
            pdf.stage(document, staged / "images", staged / "pdf")
        places = paths(document.meta.edition, document.meta.language, document.meta.stem)
        return _Production(document, staged, self.reference, places, made)

    def _put_in_place(self, production: _Production, contents: Mapping[str, bytes]) -> BuildResult:
        """The outputs put in place, those that differ from what is there."""
        outputs = {production.places[suffix]: content for suffix, content in contents.items()}
        changed = tuple(path for path, content in outputs.items() if _differs(self.root / path, content))
        write_together({self.root / path: outputs[path] for path in changed})
        return BuildResult(outputs, changed)

    def stage(self, pictures: Mapping[str, Image], folder: Path) -> None:
        """The cleaned images under their hashed names."""
        folder.mkdir(parents=True, exist_ok=True)
        for picture in pictures.values():
            if picture.name and _differs(folder / picture.name, picture.content):
                write_atomically(folder / picture.name, picture.content)

    def reference(self, language: str) -> Path:
        """The path of the reference document, made from code once for each version of the program."""
        path = self.root / BUILD / "staging" / "reference.docx"
        place, stored = self.cache.get("reference", language)
        if stored is None:
            self.begin_reference(language)
            with self.being_made.pop(language) as making:
                stored, _ = making.communicate()
            if making.returncode:
                raise subprocess.CalledProcessError(making.returncode, making.args)
            self.cache.put(place, stored)
        if _differs(path, stored):
            write_atomically(path, stored)
        return path


def _differs(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() != content
    except OSError:
        return True
