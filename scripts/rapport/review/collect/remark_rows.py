"""What a table of remarks shows, whatever it is printed as."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RemarkRow:
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
class RemarkGroup:
    """One paragraph: where it is, its first words, and what was said of it."""

    where: str
    words: str
    rows: tuple[RemarkRow, ...]


@dataclass(frozen=True, slots=True)
class RemarkTable:
    """All the remarks on one draft."""

    title: str
    subject: str
    columns: tuple[str, ...]
    groups: tuple[RemarkGroup, ...]
    none: str
