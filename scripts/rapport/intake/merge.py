"""Three versions of a text made one: what intake made then, the file as the editor corrected it, what arrived now."""

from __future__ import annotations

from difflib import unified_diff

from msgspec import Struct

from rapport.checks.conflict_marks import BETWEEN, END, MARK, OURS
from rapport.diff.alignment import edit_script


class MergeResult(Struct, frozen=True):
    """The text, and how many places both sides changed, each marked in it."""

    text: str
    conflicts: int


def merge(base: str, ours: str, theirs: str, ours_name: str, theirs_name: str) -> MergeResult:
    """Line by line, a line being a paragraph; where both sides changed the same one, both stand between marks."""
    out: list[str] = []
    conflicts = 0
    for whole_o, whole_a, whole_b in _chunks(base.split("\n"), ours.split("\n"), theirs.split("\n")):
        if whole_a == whole_b or whole_b == whole_o:
            out += whole_a
        elif whole_a == whole_o:
            out += whole_b
        else:
            conflicts += 1
            out += [f"{OURS} {ours_name}", *whole_a, BETWEEN, *whole_b, f"{END} {theirs_name}"]
    return MergeResult("\n".join(out), conflicts)


def has_conflicts(text: str) -> bool:
    """Whether a text still has the marks of a conflict."""
    return bool(MARK.search(text))


def _chunks(o: list[str], a: list[str], b: list[str]) -> list[tuple[list[str], list[str], list[str]]]:
    """The three texts cut where all three agree: (base, ours, theirs) of each stretch, equal or not."""
    in_a, in_b = _same(o, a), _same(o, b)
    chunks = []
    at_o = at_a = at_b = 0
    for index in range(len(o)):
        if index in in_a and index in in_b and in_a[index] >= at_a and in_b[index] >= at_b:
            chunks.append((o[at_o:index], a[at_a : in_a[index]], b[at_b : in_b[index]]))
            chunks.append(([o[index]], [a[in_a[index]]], [b[in_b[index]]]))
            at_o, at_a, at_b = index + 1, in_a[index] + 1, in_b[index] + 1
    chunks.append((o[at_o:], a[at_a:], b[at_b:]))
    return [chunk for chunk in chunks if any(chunk)]


def _same(o: list[str], other: list[str]) -> dict[int, int]:
    """The lines of the base that the other has too, by their places; empty lines only where their neighbours agree."""
    return {
        s.start + step: s.other_start + step
        for s in edit_script(o, other)
        if s.is_same and (s.end - s.start > 1 or o[s.start].strip())
        for step in range(s.end - s.start)
    }


def difference(before: str, after: str) -> list[str]:
    """The lines that changed, « - » before and « + » after."""
    lines = unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=0)
    return [line for line in list(lines)[2:] if line[:1] in "+-" and line[1:].strip()]
