"""Whom a report may be handed to, and what was read of their rules: dated data in profiles.txt."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from msgspec import Struct

from rapport.language.contractions import with_du

KINDS = ("Convention", "Pacte", "Covenant", "Déclaration", "Declaration")
BESIDE = re.compile(r"au regard (?:de la Convention|du Pacte|de la Déclaration)\b(?! [a-z])")
BESIDE_EN = re.compile(r"in the light of the (?:Convention|Covenant|Declaration)\b(?! on\b)")
FILE = Path(__file__).with_name("profiles.txt")


class Profile(Struct, frozen=True):
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

    @property
    def short_names(self) -> tuple[str, ...]:
        """What a report to this Committee calls its text, in French and in English: « Pacte », “Covenant”."""
        found = (kind for title in (self.convention, self.convention_en) for kind in KINDS if kind in title.split())
        return tuple(dict.fromkeys(found))

    def named_in(self, text: str) -> str:
        """A text that says « au regard de la Convention », in the words of this Committee's own."""
        french, english = self.short_names[0], self.short_names[-1]
        text = BESIDE.sub(f"au regard {with_du(french)}", text)
        return BESIDE_EN.sub(f"in the light of the {english}", text)


@cache
def profiles() -> dict[str, Profile]:
    """Every profile by its identifier, in the order of the file."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return {row[0]: Profile(*row) for row in rows}
