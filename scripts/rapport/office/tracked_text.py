"""What the reader of a returned Word file gives: paragraphs as runs, with who put in, took out or changed what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from rapport.office.comments import FoundComment
from rapport.office.seen_objects import SeenPicture

BODY, NOTE = "body", "note"
ROW_SIGN = "\u200d"


class TrackedChange(Struct, frozen=True):
    """Who changed something, when; `move` is the name that Word gives to both ends of a move."""

    author: str
    date: str
    move: str = ""


class TrackedRun(Struct, frozen=True):
    """Words of one kind: sent or inserted since, deleted since or not, looking otherwise than they did or not."""

    text: str
    insertion: TrackedChange | None = None
    deletion: TrackedChange | None = None
    look: TrackedChange | None = None
    is_counted: bool = False  # a number that the word processor counts by itself
    weight: str = ""  # « b » bold, « i » italic, « bi » both
    marking: str = ""  # « s » struck, « h » highlighted, « sh » both
    formula: bool = False  # the letters of one, which are not its layout
    link: str = ""  # the address outside the file that they lead to, without what programs wrap around it

    @property
    def is_changed(self) -> bool:
        return bool(self.insertion or self.deletion)


def words_refused(runs: Iterable[TrackedRun]) -> str:
    """The words with every change refused."""
    return "".join([run.text for run in runs if not run.insertion])


def words_accepted(runs: Iterable[TrackedRun]) -> str:
    """The words with every change accepted."""
    return "".join([run.text for run in runs if not run.deletion])


def without_row_sign(runs: Iterable[TrackedRun]) -> Iterator[TrackedRun]:
    """The runs of a cell without the sign that LibreOffice puts into a row that it tracks."""
    for run in runs:
        yield replace(run, text=run.text.strip(ROW_SIGN)) if run.is_changed and ROW_SIGN in run.text else run


class NoteCall(Struct, frozen=True):
    """The call of a note: the note's name in the file, before which run it stands, who put it in or took it out."""

    note: str
    run: int
    insertion: TrackedChange | None = None
    deletion: TrackedChange | None = None


class TrackedPicture(Struct, frozen=True):
    """A picture in a paragraph (`line`) and who put it in or took it out."""

    line: int
    picture: SeenPicture
    insertion: TrackedChange | None = None
    deletion: TrackedChange | None = None


class TrackedParagraph(Struct):
    """One paragraph as it stands in the file; `splitting` and `joining`: its mark was inserted, was deleted."""

    part: str
    style: str
    names: tuple[str, ...] = ()
    cell: int = 0  # of a table, 0 outside of any
    runs: list[TrackedRun] = field(default_factory=list)
    splitting: TrackedChange | None = None
    joining: TrackedChange | None = None
    look: TrackedChange | None = None
    calls: list[NoteCall] = field(default_factory=list)
    note: str = ""  # of a note: its name in the file, « 3 » or, of an endnote, « e3 »

    @property
    def table(self) -> bool:
        return bool(self.cell)

    def sent_letters_before(self, run: int) -> int:
        """How many letters of the words as sent stand before a run."""
        return len(words_refused(self.runs[:run]))

    def accepted_words_before(self, run: int) -> str:
        """The words with every change accepted that stand before a run."""
        return words_accepted(self.runs[:run])

    @property
    def text_sent(self) -> str:
        return words_refused(self.runs)

    @property
    def text_now(self) -> str:
        return words_accepted(self.runs)


class TrackedDocument(Struct, frozen=True):
    """A file as read: its paragraphs in order, its comments, and what it says of itself."""

    lines: tuple[TrackedParagraph, ...]
    comments: tuple[FoundComment, ...]
    last_author: str = ""
    stamp: str = ""
    pictures: tuple[TrackedPicture, ...] = ()


def units(lines: tuple[TrackedParagraph, ...]) -> Iterator[list[int]]:
    """The paragraphs as they were sent, as indices of lines: an inserted mark parts nothing that was one."""
    here: list[int] = []
    for index, line in enumerate(lines):
        if here and box(lines[here[-1]]) != box(line):
            yield here
            here = []
        here.append(index)
        if line.splitting is None:
            yield here
            here = []
    if here:
        yield here


def box(line: TrackedParagraph) -> tuple[str, str, int]:
    """What a paragraph cannot leave when its mark goes: its part, its note, its cell."""
    return line.part, line.note, line.cell
