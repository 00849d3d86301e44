"""What reading a Word or OpenDocument file gives: its parts, its words, and all that has to be told of it."""

from __future__ import annotations

from msgspec import Struct, field

from rapport.model import CslItem

TAB = "\ue002"  # stands in the text that pandoc reads where a tab stood: it tells none from a space


class Control(Struct, frozen=True):
    """A content control or form field: what the form calls it, and what was put in ("" for a mere prompt)."""

    tag: str
    alias: str
    kind: str  # text, checkbox, dropdown, date
    value: str
    is_checked: bool = False


class Loss(Struct, frozen=True):
    """Something that no text can carry: its kind, how many, and the words it held."""

    kind: str
    count: int
    text: str = ""


class Notice(Struct, frozen=True):
    """Something that must not pass unseen: `kind` is hidden, insertion, deletion, format, comment; `place` where."""

    kind: str
    text: str
    place: tuple[tuple[str, int], ...] = ()
    author: str = ""


class OfficeHeading(Struct, frozen=True):
    """A paragraph that bookmarks name or a heading style marks, in order; level 0 where no style says one."""

    text: str
    level: int
    bookmarks: tuple[str, ...]


class CitedWork(Struct, frozen=True):
    """One work of a citation that a program made: its CSL item as given, and what stands around it."""

    item: CslItem
    locator: str = ""
    label: str = ""
    prefix: str = ""
    suffix: str = ""
    without_author: bool = False  # without its author


class FieldCitation(Struct, frozen=True):
    """A citation that a program made: what it showed in the text, and the works."""

    shown_text: str
    works: tuple[CitedWork, ...]


class CrossReference(Struct, frozen=True):
    """A reference to a place of the text: what it shows, whether that is a page, the words there ("" for none)."""

    shown_text: str
    page: bool
    target: str


class NormalDocument(Struct):
    """What came of a file: its parts as pandoc may read them, and all that has to be told."""

    parts: dict[str, bytes]
    text: str = ""
    title: str = ""
    display_lines: list[str] = field(default_factory=list)  # the lines above the text that stand as on a cover
    controls: list[Control] = field(default_factory=list)
    likely_prompts: list[str] = field(default_factory=list)  # words that may be a form's, left in the text
    headings: list[OfficeHeading] = field(default_factory=list)
    citations: list[FieldCitation] = field(default_factory=list)  # each leaves a mark in the text, see `citing`
    unknown_citations: list[tuple[str, str]] = field(default_factory=list)  # of a program: its name, what it shows
    uneven_columns: list[str] = field(default_factory=list)  # the words of lines with tabs that are no table
    references: list[CrossReference] = field(default_factory=list)
    comment_places: dict[str, tuple[tuple[str, int], ...]] = field(
        default_factory=dict
    )  # where each comment hangs, by its id
    descriptions: dict[str, str] = field(default_factory=dict)  # of pictures, where pandoc would not read them
    losses: list[Loss] = field(default_factory=list)
    findings: list[Notice] = field(default_factory=list)
    repairs: dict[str, int] = field(default_factory=dict)

    def count_repair(self, kind: str, number: int = 1) -> None:
        """So many more things carried where pandoc would have dropped them."""
        if number:
            self.repairs[kind] = self.repairs.get(kind, 0) + number
