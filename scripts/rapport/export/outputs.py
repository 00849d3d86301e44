"""export: Document → PDF, DOCX and HTML, made side by side and put in place whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rapport.cache import Cache, write_atomically
from rapport.export import docx, html, pdf
from rapport.images import Image
from rapport.model import Document, Edition

NAMES = {
    Edition.DRAFT: "rapport-projet",
    Edition.PUBLIC: "rapport-public",
    Edition.CONFIDENTIAL: "rapport-confidentiel",
}
BUILD = "build"
SUFFIXES = ("docx", "pdf", "html")


def paths(edition: Edition, language: str) -> dict[str, str]:
    """Where each output of an edition is, by its suffix; the English ones say so in their names."""
    name = NAMES[edition] if language == "fr" else f"{NAMES[edition]}-{language}"
    return {suffix: f"{BUILD}/{name}.{suffix}" for suffix in SUFFIXES}


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: its outputs by path, and which of them were written anew."""

    outputs: Mapping[str, bytes]
    written: tuple[str, ...]


class Export:
    """Writes a document as PDF, DOCX and HTML, side by side; kept by `make watch`, so that typst stays warm."""

    def __init__(self, root: Path, cache: Cache, compiler: pdf.Compiler, language: str = "fr") -> None:
        self.root, self.cache, self.compiler = root, cache, compiler
        self.beside = ThreadPoolExecutor(1)
        self.ready = self.beside.submit(self.reference, language)  # nobody waits for it yet

    def close(self) -> None:
        """Wait for what was begun: nothing writes once the lock on build/ is given back."""
        self.beside.shutdown(cancel_futures=True)

    def __call__(
        self, document: Document, pictures: Mapping[str, Image], wrote: Callable[[str], None] = lambda path: None
    ) -> Built:
        """Make the three files; each is put in place as soon as it is whole, if it differs from the one there."""
        staged, places = self.root / BUILD / "staging", paths(document.meta.edition, document.meta.language)
        self.stage(pictures, staged / "images")
        self.ready.result()
        reference = self.reference(document.meta.language)
        outputs: dict[str, bytes] = {}
        written: list[str] = []

        def put(suffix: str, content: bytes) -> None:
            path = places[suffix]
            outputs[path] = content
            if _differs(self.root / path, content):
                write_atomically(self.root / path, content)
                written.append(path)
                wrote(path)

        pdf.stage(document, staged / "images", staged / "pdf")  # before the DOCX: typst is what we wait for longest
        drafting = self.beside.submit(docx.write_draft, document, staged / "images", reference)
        writing = self.beside.submit(html.write, document, staged / "images")  # typst is still at it when this is done
        made = self.compiler.compile(staged / "pdf")
        put("pdf", made.content)
        put("docx", docx.finish(drafting.result(), document, made.pages))
        put("html", writing.result())
        return Built(outputs, tuple(written))

    def stage(self, pictures: Mapping[str, Image], folder: Path) -> None:
        """The cleaned images under their hashed names; a name already there has that content."""
        folder.mkdir(parents=True, exist_ok=True)
        for picture in pictures.values():
            if picture.name and not (folder / picture.name).exists():
                write_atomically(folder / picture.name, picture.content)

    def reference(self, language: str) -> Path:
        """The path of the reference document, made from code once for each version of the program."""
        path = self.root / BUILD / "staging" / "reference.docx"
        place, stored = self.cache.get("reference", language)
        if stored is None:
            from rapport.export.reference import reference_docx  # late: python-docx is needed once

            stored = reference_docx(language)
            self.cache.put(place, stored)
        if _differs(path, stored):
            write_atomically(path, stored)
        return path


def _differs(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() != content
    except OSError:
        return True
