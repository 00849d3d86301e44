"""Whom a report may be handed to, and what was read of their rules: dated data in profiles.txt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("profiles.txt")


@dataclass(frozen=True, slots=True)
class Profile:
    """One Committee's rules: `acronyms` are those of its convention, « CEDEF / CEDAW »; `limit` is « mots 10000 »,
    « pages 10 » or "", `read_in` the month they were read in."""

    id: str
    committee: str
    committee_en: str
    convention: str
    convention_en: str
    acronyms: str
    limit: str
    kind: str
    publicity: str
    source: str
    read_in: str

    @property
    def acronym(self) -> str:
        """What the outline calls its convention."""
        return self.acronyms.split(" / ")[0]


@cache
def profiles() -> dict[str, Profile]:
    """Every profile by its identifier, in the order of the file."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return {row[0]: Profile(*row) for row in rows}
