"""What reading one file gives, whichever way it was written: our form, a text of the association's own, Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rapport.model import Node
from rapport.office.normalised import Loss, Normal, Notice

Value = str | tuple[str, ...] | tuple[Mapping[str, str], ...]
"""What a key of a header may hold: words, a list of words, or a list of records."""


@dataclass(frozen=True, slots=True)
class SentDocument:
    """A file as opened: what `word` says of it, its text as pandoc's blocks, and its pictures by their address there.

    `kind` is docx, odt, markdown or text.
    """

    name: str
    kind: str
    normal: Normal
    blocks: tuple[Node, ...]
    media: Mapping[str, bytes] = field(default_factory=dict)
    header: str = ""  # the YAML above a Markdown text
    sender: str = ""  # an address, where a message brought the file
    date: str = ""  # ISO: of the message, else of the last change that the file itself tells, else ""
    folder: tuple[str, ...] = ()  # the folders of the inbox it lies in


@dataclass(frozen=True, slots=True)
class Notification:
    """One thing to tell in the receipt: `name` is its sentence in messages/intake_*.py, `facts` fill it."""

    name: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Work:
    """An entry for sources.bib: its type, its key, and its fields as BibLaTeX has them, plain text."""

    kind: str
    key: str
    fields: Mapping[str, str]


@dataclass(slots=True)
class ReceivedText:
    """A contribution in the making; `sections` are the outline's section ids in the file's order, with their blocks.

    In a section of recommendations every block is a list or a heading, as the format wants (see `demands`). Words that
    became part of the header are in `placed`, so that the count of words knows them.
    """

    association: str = ""  # ids; "" when not known
    theme: str = ""
    proposes: str = ""  # the title of a theme that is not in the outline
    header: dict[str, Value] = field(default_factory=dict)  # titre, date, auteurs, diffusion, …
    above: str = ""  # the header of a Markdown text as it came, where it is good YAML
    sections: dict[str, list[Node]] = field(default_factory=dict)
    placed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)  # words that are not in the file, such as « clé » for a ticked box
    works: list[Work] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    findings: list[Notice] = field(default_factory=list)
    repairs: dict[str, int] = field(default_factory=dict)
    decisions: list[Notification] = field(default_factory=list)
    questions: list[Notification] = field(default_factory=list)

    def repaired(self, kind: str, number: int = 1) -> None:
        """So many more things put right; `kind` is « repair-… » in messages/intake_*.py."""
        self.repairs[kind] = self.repairs.get(kind, 0) + number
