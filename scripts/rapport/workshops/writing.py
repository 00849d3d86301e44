"""A workshop's file with one record changed: that a page was shown again, or that a piece was withdrawn.

Nothing else of the file moves: the lines of the record, and for what is withdrawn the words under its code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rapport.storage import yaml_out

REFERENCE = re.compile(r"(?P<margin>[ ]*)-[ ]+reference:[ \t]*(?P<code>\S+)[ \t]*")
KEY = re.compile(r"(?P<margin>[ ]*)(?P<name>\w+):")
APPROVED = ("version_approuvee", "version_approuvee_le")
SEEN = ("page_relue", "page_relue_le")
OPENS = re.compile(r"##[ \t]+(?P<code>\S+)[ \t]*")


def with_page_seen(text: str, code: str, imprint: str, day: str) -> str:
    """The file in which the record of a piece says which printed page was shown, and on which day."""
    return _with_values(text, code, dict(zip(SEEN, (imprint, day), strict=True)))


def with_looked(text: str, code: str, person: str, day: str, is_drawing: bool) -> str:
    """The file in which the record of a piece says who looked for a name (and a face) on which day, and found none."""
    found = {"nom": "non", "visage": "non"} if is_drawing else {}
    return _with_values(text, code, {"regarde_par": yaml_out.single_quoted(person), "regarde_le": day, **found})


def _with_values(text: str, code: str, values: Mapping[str, str]) -> str:
    """The file in which the record of a piece has these values, each as YAML has it."""
    lines = text.split("\n")
    start, end = record_lines(lines, code)
    if end == start:
        return text
    margin = " " * (len(lines[start]) - len(lines[start].lstrip()) + 2)
    kept = [line for line in lines[start:end] if not ((key := KEY.match(line)) and key["name"] in values)]
    added = [f"{margin}{name}: {value}" for name, value in values.items()]
    return "\n".join([*lines[:start], *kept, *added, *lines[end:]])


def with_approval(text: str, code: str, day: str) -> str:
    """The file whose header says which version of the report for children was approved, on which day; "" for none."""
    lines = text.split("\n")
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() == "---"), 0)
    kept = [line for line in lines[:end] if line.partition(":")[0] not in APPROVED]
    at = next((at for at, line in enumerate(kept) if line.startswith(("paroles:", "dessins:"))), len(kept))
    added = [f"{APPROVED[0]}: {code}", f"{APPROVED[1]}: {day}"] if code else []
    return "\n".join([*kept[:at], *added, *kept[at:], *lines[end:]])


def without_piece(text: str, code: str, day: str, trace: str) -> str:
    """The file without the words of a piece; its record is its code, the day it was withdrawn, and its trace."""
    lines = text.split("\n")
    start, end = record_lines(lines, code)
    if end > start:
        margin = " " * (len(lines[start]) - len(lines[start].lstrip()) + 2)
        lines[start:end] = withdrawn_record(margin[:-2], code, day, trace)
    return "\n".join(_without_section(lines, code))


def withdrawn_record(margin: str, code: str, day: str, trace: str) -> list[str]:
    """All that is kept of a piece that was withdrawn."""
    known = [f"{margin}  retire_trace: {trace}"] if trace else []
    return [f"{margin}- reference: {code}", f"{margin}  retire_le: {day}", *known]


def record_lines(lines: list[str], code: str) -> tuple[int, int]:
    """Where the record of a piece begins and ends among lines; the same line twice for none."""
    for at, line in enumerate(lines):
        found = REFERENCE.fullmatch(line)
        if found and found["code"] == code:
            end = at + 1
            while end < len(lines) and lines[end].startswith(f"{found['margin']}  "):
                end += 1
            return at, end
    return 0, 0


def _without_section(lines: Iterable[str], code: str) -> list[str]:
    kept: list[str] = []
    inside = False
    for line in lines:
        if opens := OPENS.fullmatch(line):
            inside = opens["code"] == code
        if not inside:
            kept.append(line)
    return kept
