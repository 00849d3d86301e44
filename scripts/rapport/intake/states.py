"""The states of knowledge of intake: a file as it arrived, as opened, as understood, as made into Markdown."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePosixPath

from msgspec import Struct, field

from rapport.bibliography.new_entries import Work
from rapport.figures.grids.grid import FigureProblem, SheetGrid
from rapport.intake.form_count import FormCount
from rapport.model import Node
from rapport.office.normal_document import Loss, NormalDocument, Notice

TABLES = (".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".ods")
BOXED = "encadre"
"""The class of the Divs that hold the paragraphs of a text box."""

Value = str | tuple[str, ...] | tuple[Mapping[str, str], ...]
"""What a key of a header may hold: words, a list of words, or a list of records."""


class EditorChoices(Struct, frozen=True):
    """What the editor said: whose it is; to accept changes, replace what is there, add to it, confirm works.

    `is_text`: the theme was typed for this very file, which is a text then, whatever it looks like.
    """

    association: str = ""
    theme: str = ""
    accept: bool = False
    replace: bool = False
    citations: bool = False
    add: bool = False
    is_text: bool = False


class IncomingFile(Struct, frozen=True, dict=True):
    """One file: its place in the inbox (« envoi.zip › texte.docx » inside another), its bytes, its sender and date.

    `problem` says why there are no bytes: a word of the refusals in messages/intake_*.py.
    """

    path: str
    data: bytes
    sender: str = ""
    date: str = ""
    problem: str = ""
    detail: str = ""
    is_message_text: bool = False  # the words of a message that brings files
    subject: str = ""  # of the message, where these are its words
    parcels: tuple[str, ...] = ()  # what it came in is called: archives and subjects of messages, the outermost first
    page: str = ""  # the HTML that they were read from
    cut_texts: tuple[
        tuple[str, str], ...
    ] = ()  # what was cut from a message's words, as kinds of losses and their texts
    secret: bytes = b""  # of this computer, for what its own digest would give away

    @property
    def name(self) -> str:
        """Its own name, without the folders and archives that it lies in."""
        return PurePosixPath(self.path.split(" › ")[-1]).name

    @property
    def folder(self) -> tuple[str, ...]:
        """The folders that it lies in, of the inbox and of archives, the outermost first."""
        return tuple(part for piece in self.path.split(" › ") for part in PurePosixPath(piece).parts[:-1])

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its bytes, in hexadecimal; of its place where there are none.

        The journal is shared. Of a table it has none that could be computed elsewhere: whoever guesses how a file of
        figures begins would try its few small numbers until the digest is the same.
        """
        known = self.data or self.path.encode("utf-8", "surrogatepass")
        return hashlib.sha256(self.secret + known if self.is_table else known).hexdigest()

    @property
    def is_table(self) -> bool:
        """Whether it is a spreadsheet, by its name."""
        return self.name.lower().endswith(TABLES)


class SentDocument(Struct, frozen=True):
    """A file as opened: what `word` says of it, its text as pandoc's blocks, and its pictures by their address there.

    `kind` is docx, odt, markdown or text.
    """

    name: str
    kind: str
    normal: NormalDocument
    blocks: tuple[Node, ...]
    media: Mapping[str, bytes] = field(default_factory=dict)
    header: str = ""  # the YAML above a Markdown text
    sender: str = ""  # an address, where a message brought the file
    date: str = ""  # ISO: of the message, else of the last change that the file itself tells, else ""
    folder: tuple[str, ...] = ()  # the folders of the inbox it lies in
    subject: str = ""  # of the message, where these are its words
    parcels: tuple[str, ...] = ()  # what it came in is called

    @property
    def title(self) -> str:
        """What it is called: the subject of a message, else the name of the file without its ending."""
        return self.subject or self.name.rpartition(".")[0]


class Notification(Struct, frozen=True):
    """One thing to tell in the receipt: `name` is its sentence in messages/intake_*.py, `facts` fill it."""

    name: str
    facts: Mapping[str, str] = field(default_factory=dict)


class ReceivedText(Struct):
    """A contribution in the making; `sections` are the outline's section ids in the file's order, with their blocks.

    In a section of recommendations every block is a list or a heading (see `recommendations`). Words that became part
    of the header are in `placed_words`, so that the count of words knows them.
    """

    association: str = ""  # ids; "" when not known
    theme: str = ""
    proposes: str = ""  # the title of a theme that is not in the outline
    header: dict[str, Value] = field(default_factory=dict)  # titre, date, auteurs, diffusion, …
    source_header: str = ""  # the header of a Markdown text as it came, where it is good YAML
    sections: dict[str, list[Node]] = field(default_factory=dict)
    placed_words: list[str] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    findings: list[Notice] = field(default_factory=list)
    repairs: dict[str, int] = field(default_factory=dict)
    decisions: list[Notification] = field(default_factory=list)
    questions: list[Notification] = field(default_factory=list)

    def count_repair(self, kind: str, number: int = 1) -> None:
        """So many more things put right; `kind` is « repair-… » in messages/intake_*.py."""
        self.repairs[kind] = self.repairs.get(kind, 0) + number


class FigureNote(Struct, frozen=True):
    """One table of figures as it was kept: how many cells were filled, by a reader of its own, and how many of those
    stand where it is kept; what has to be mended, each with the titles or the name of its place.
    """

    title: str
    path: str
    filled_cells: int
    kept_cells: int
    problems: tuple[tuple[FigureProblem, str, str], ...] = ()


class IntakeResult(Struct, frozen=True):
    """What was made of one file; `problem` says why nothing was. `text` is the Markdown, `images` by their address."""

    file: IncomingFile
    contribution: ReceivedText = field(default_factory=ReceivedText)
    text: str = ""
    images: Mapping[str, bytes] = field(default_factory=dict)
    problem: str = ""
    detail: str = ""
    obstacles: tuple[str, ...] = ()
    converted_file: bytes = b""  # what LibreOffice made of a format that only it reads
    unwritten_words: tuple[
        str, ...
    ] = ()  # words that its text does not give, or gives elsewhere, when it is read again
    counts: tuple[FormCount, ...] = ()  # the tables of figures of our form that somebody filled in
    sheets: tuple[SheetGrid, ...] = ()  # those of a spreadsheet of figures
    figures: tuple[FigureNote, ...] = ()  # what became of its figures

    @property
    def is_attributed(self) -> bool:
        """Whether both association and theme are known."""
        return bool(self.contribution.association and self.contribution.theme)
