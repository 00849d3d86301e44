"""Names by which the rows of a table that we made are known when it comes back, filled in, from a word processor."""

from __future__ import annotations

import re

from rapport.office.file_kinds import Kind
from rapport.office.package import Package

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


def has_named_rows(package: Package) -> bool:
    """Whether a Word or OpenDocument file is such a table."""
    if package.kind not in (Kind.DOCX, Kind.ODT):
        return False
    return read_name("".join(package.xml(package.main).itertext())) is not None
