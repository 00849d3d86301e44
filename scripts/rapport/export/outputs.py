"""export: Document → PDF, DOCX and HTML, made side by side, proved, and put in place whole."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rapport.cache import Cache, write_atomically, write_together
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
        self,
        document: Document,
        pictures: Mapping[str, Image],
        made: Callable[[str, bytes], None] = lambda path, content: None,
        accept: Callable[[], None] = lambda: None,
    ) -> Built:
        """Make the three files, then put in place, whole, those that differ from what is there.

        `made` is told of each as soon as its bytes are known; `accept` may raise, and nothing is put in place then.
        """
        staged, places = self.root / BUILD / "staging", paths(document.meta.edition, document.meta.language)
        self.stage(pictures, staged / "images")
        self.ready.result()
        reference = self.reference(document.meta.language)

        def told(suffix: str, content: bytes) -> bytes:
            made(places[suffix], content)
            return content

        pdf.stage(document, staged / "images", staged / "pdf")  # before the DOCX: typst is what we wait for longest
        drafting = self.beside.submit(docx.write_draft, document, staged / "images", reference)
        # typst is still at it when this is done
        writing = self.beside.submit(lambda: told("html", html.write(document, staged / "images")))
        typeset = self.compiler.compile(staged / "pdf")
        contents = {"pdf": told("pdf", typeset.content)}
        contents["docx"] = told("docx", docx.finish(drafting.result(), document, typeset.pages))
        contents["html"] = writing.result()
        accept()
        outputs = {places[suffix]: content for suffix, content in contents.items()}
        changed = tuple(path for path, content in outputs.items() if _differs(self.root / path, content))
        write_together({self.root / path: outputs[path] for path in changed})
        return Built(outputs, changed)

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
            # In a process of its own: python-docx is needed once, and would take its time from the reading of texts.
            made = [sys.executable, "-P", "-m", "rapport.export.reference", language]
            stored = subprocess.run(made, stdout=subprocess.PIPE, check=True).stdout
            self.cache.put(place, stored)
        if _differs(path, stored):
            write_atomically(path, stored)
        return path


def _differs(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() != content
    except OSError:
        return True
