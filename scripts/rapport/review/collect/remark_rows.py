"""What a table of remarks shows, whatever it is printed as."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """One remark in its cells; `notes` stand small under what it is, `around` are the words beside a change.

    `choice`, `answer` and `name` are what the editor fills in, and by what the row is known when it comes back.
    """

    id: str
    who: str
    what: str
    notes: tuple[str, ...]
    before: str
    after: str
    state: str
    around: tuple[str, str] = ("", "")
    against: str = ""
    choice: str = ""
    answer: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class RemarkGroup:
    """One paragraph: where it is, its first words, and what was said of it."""

    where: str
    words: str
    rows: tuple[RemarkRow, ...]


@dataclass(frozen=True, slots=True)
class RemarkTable:
    """All the remarks on one draft; `asked` are the columns to fill in, in Word, `choices` what can be chosen."""

    title: str
    subject: str
    columns: tuple[str, ...]
    groups: tuple[RemarkGroup, ...]
    none: str
    asked: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
