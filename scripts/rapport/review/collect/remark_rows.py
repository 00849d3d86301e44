"""What a table of remarks shows, whatever it is printed as."""

from __future__ import annotations

from msgspec import Struct


class RemarkRow(Struct, frozen=True):
    """One remark in its cells; `notes` stand small under what it is, `words_around` are the words beside a change.

    `choice`, `answer` and `name` are what the editor fills in, and by what the row is known when it comes back.
    """

    id: str
    reviewer: str
    kind: str
    notes: tuple[str, ...]
    old_text: str
    new_text: str
    state: str
    words_around: tuple[str, str] = ("", "")
    contradiction: str = ""
    choice: str = ""
    answer: str = ""
    name: str = ""


class RemarkGroup(Struct, frozen=True):
    """One paragraph: where it is, its first words, and what was said of it."""

    place: str
    words: str
    rows: tuple[RemarkRow, ...]


class RemarkTable(Struct, frozen=True):
    """All the remarks on one draft; `answer_columns` are filled in, in Word, with one of `choices` or freely."""

    title: str
    subject: str
    columns: tuple[str, ...]
    groups: tuple[RemarkGroup, ...]
    empty_text: str
    answer_columns: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
