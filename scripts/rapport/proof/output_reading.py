"""The outputs read back as soon as each is made; the PDF, which is the longest to read, in another process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from rapport import rules
from rapport.model import Block, Diagnostic, Span
from rapport.proof.docx_reading import read_docx
from rapport.proof.html_reading import read_html
from rapport.proof.large_print import smallest_letters
from rapport.proof.pdf_reading import read_pdf
from rapport.proof.protection import Protection
from rapport.proof.reading import Reading, Unreadable
from rapport.storage.cache import Cache
from rapport.storage.second_process import stand_by

READERS: dict[str, Callable[[bytes], Reading]] = {"docx": read_docx, "pdf": read_pdf, "html": read_html}
TYPESETTING = 180  # seconds that a PDF may take to come


class ReadOutput(NamedTuple):
    """One output as read back, None where it is unreadable; what could identify someone in it; what is wrong."""

    path: str
    reading: Reading | None
    identifying: tuple[Diagnostic, ...]
    wrong: tuple[Diagnostic, ...]


class OutputReader:
    """Reads the outputs of one edition, in the order in which they come."""

    def __init__(
        self, blocks: Mapping[str, Block], smallest: float, protection: Protection | None, cache: Cache, anew: bool
    ) -> None:
        """`smallest` letters allowed, in points (0: any); `anew` reads each page of the PDF from the file itself."""
        self.blocks, self.smallest, self.protection, self.cache = blocks, smallest, protection, cache
        read_page = partial(read_pdf, kept=None if anew else cache)
        self.readers: Mapping[str, Callable[[bytes], Reading]] = READERS | {"pdf": read_page}
        self.pdf_readers: list[Callable[[bytes], Callable[[], ReadOutput]]] = []  # that stand ready
        self.waiting: list[Callable[[], ReadOutput]] = []
        self.read_so_far: dict[str, Reading] = {}
        self.identifying: dict[str, tuple[Diagnostic, ...]] = {}
        self.wrong: list[Diagnostic] = []

    def read(self, path: str, content: bytes) -> None:
        """Read one output; what could identify someone in it is looked for at once."""
        if path.endswith(".pdf"):
            self.stand_by()
            self.waiting.append(self.pdf_readers.pop()(path.encode() + b"\n" + content))
            return
        read = self.read_back(path, content)
        self.waiting.append(lambda: read)

    def stand_by(self) -> None:
        """Have another process ready to read the PDF: it is forked now, since no thread is at work."""
        if not self.pdf_readers:
            self.pdf_readers.append(stand_by(self._read_given, self.cache, TYPESETTING))

    def _read_given(self, given: bytes) -> ReadOutput:
        path, _, content = given.partition(b"\n")
        return self.read_back(path.decode(), content)

    def read_back(self, path: str, content: bytes) -> ReadOutput:
        """One output as it is read, whatever the others say."""
        reading, found, wrong = None, tuple[Diagnostic, ...](), list[Diagnostic]()
        try:
            reading = self.readers[path.rpartition(".")[2]](content)
            found = tuple(self.protection.diagnostics(path, reading, self.blocks)) if self.protection else ()
        except Unreadable as error:
            facts = {"output": path, "reason": str(error)}
            wrong.append(Diagnostic(rules.UNREADABLE_OUTPUT, Span(path), facts))
        if self.smallest and (size := smallest_letters(path, content)) < self.smallest:
            facts = {"output": path, "what": "look", "words": f"{size:g} pt < {self.smallest} pt"}
            wrong.append(Diagnostic(rules.HIDDEN_CONTENT, Span(path), facts))
        return ReadOutput(path, reading, found, tuple(wrong))

    @property
    def readings(self) -> Mapping[str, Reading]:
        """The outputs that were given, by path, as they were read: those that are still being read are waited for."""
        while self.waiting:
            path, reading, identifying, wrong = self.waiting.pop(0)()
            self.identifying[path] = identifying
            self.wrong += wrong
            if reading:
                self.read_so_far[path] = reading
        return self.read_so_far
