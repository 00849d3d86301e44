"""What a table of remarks shows, whatever it is printed as."""

from __future__ import annotations

import re
from dataclasses import dataclass

SPELT = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")  # figures in a row would be taken for a telephone's
READ = str.maketrans("bcdfghjklmnpqrst", "0123456789abcdef")
NAME = re.compile(r"\[(?P<id>[b-t]{12}(?:-[b-t]+)?)/(?P<state>[a-z]+)\]")


def spelt_name(id: str, state: str) -> str:
    """What a row is known by when it comes back: the remark's id in letters, and its state when it was printed."""
    return f"[{id.translate(SPELT)}/{state}]"


def read_name(text: str) -> tuple[str, str] | None:
    """The id and the state that stand in a row, None where there are none."""
    found = NAME.search(text)
    return (found["id"].translate(READ), found["state"]) if found else None


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
