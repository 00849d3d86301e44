"""What a table of remarks shows, whatever it is printed as."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One remark in its cells; `notes` stand small under what it is, `around` are the words beside a change."""

    id: str
    who: str
    what: str
    notes: tuple[str, ...]
    before: str
    after: str
    state: str
    around: tuple[str, str] = ("", "")
    against: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One paragraph: where it is, its first words, and what was said of it."""

    where: str
    words: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All the remarks on one draft."""

    title: str
    subject: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    none: str
