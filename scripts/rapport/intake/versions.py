"""Two files for one theme of one association, laid side by side: which is newer, and what becomes of the second.

A file is placed in time by the stamp it carries, by the number of its version, by its message, by its place in the
inbox; never by the order of names. Words are compared two by two, so that texts which share only small words are two.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path

from rapport.intake import word_count
from rapport.intake.journal import JournalEntry
from rapport.intake.states import IncomingFile
from rapport.language.copies import in_conflict

STAMP = re.compile(rb"<(?:dcterms:modified|dc:date)\b[^>]*>\s*(\d{4}-\d\d-\d\d(?:T[\d:]{5,8})?)")
HANDS = re.compile(rb"<cp:lastModifiedBy\b[^>]*>([^<]{1,200})<"), re.compile(rb"<dc:creator\b[^>]*>([^<]{1,200})<")
HEADER_DATE = re.compile(rb"\A\xef?\xbb?\xbf?---\r?\n(?:.*\r?\n)*?date:[ '\"]*(\d{4}-\d\d-\d\d)")
RETURNED = "-a-corriger"  # how the name of a file ends that went back to its association with our comments
VERSION = re.compile(r"(?:^|[ _.(-])v(?:ersion)?[ _.-]?(\d{1,3})(?=$|[ _.)-])", re.IGNORECASE)
SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
NOTE = re.compile(r"(?<!\\)\[\^(\d+)\]")
LARGEST = 1_000_000  # bytes of the part of a file that holds its date
CONTAINED, CLOSE, ALIKE, REWRITTEN = 0.98, 0.8, 0.5, 0.2  # shares of a text's pairs of words
DRAFTS = "chapters/ebauches.txt"


class Relation(Enum):
    """What a second file is to the one that was taken in before it."""

    SAME = "version-same"
    PART = "version-part"
    OLDER = "version-older"
    NEWER = "second-version"
    HALVES = "version-halves"
    UNSURE = "which-version"


def last_change(arrived: IncomingFile) -> str:
    """When a file says that it was last changed: an ISO date, mostly with its time; "" where it does not say."""
    if arrived.data.startswith(b"PK"):
        found = STAMP.search(_properties(arrived.data))
    else:
        found = HEADER_DATE.match(arrived.data[:4000])
    return found[1].decode() if found else ""


def last_editor(arrived: IncomingFile) -> str:
    """A digest of the name of whoever changed a file last; "" where it does not say."""
    parts = _properties(arrived.data) if arrived.data.startswith(b"PK") else b""
    found = next((found for pattern in HANDS if (found := pattern.search(parts))), None)
    return hashlib.sha256(b" ".join(found[1].lower().split())).hexdigest()[:8] if found else ""


def by_last_change(arrived: Sequence[IncomingFile]) -> list[IncomingFile]:
    """The files from the oldest to the newest, those without any date last, as they came."""
    return sorted(arrived, key=lambda one: (last_change(one) or one.date or "9", _version(one.name)))


def without_twins(
    files: Sequence[IncomingFile], told: Callable[[IncomingFile], int]
) -> tuple[list[IncomingFile], list[tuple[str, str]]]:
    """Each file once, and the paths of those that are another to the last byte, each with that of the other.

    Of such files the one is kept whose folders say most, as `told` counts it: whose it is, and on what.
    """
    first: dict[str, str] = {}
    for one in sorted(files, key=told, reverse=True):
        first.setdefault(one.digest, one.path)
    whole = [one for one in files if first[one.digest] == one.path]
    return whole, [(one.path, first[one.digest]) for one in files if first[one.digest] != one.path]


def relation(last: JournalEntry, before: str, arrived: IncomingFile, kept_as: str, text: str) -> Relation:
    """What a file is to the last one taken in for its contribution, by the Markdown made of each.

    `kept_as` is its path as the journal writes it, where names are masked.
    """
    old, new = _pairs(before), _pairs(text)
    kept, known = _share(old, new), _share(new, old)
    if _comparable(before) == _comparable(text):
        return Relation.SAME
    older = _order(last, arrived, kept_as)
    if max(kept, known) < REWRITTEN:
        return Relation.UNSURE if filled_sections(before) & filled_sections(text) else Relation.HALVES
    if kept >= CONTAINED:
        return Relation.UNSURE if older is True else Relation.NEWER
    if in_conflict(arrived.name) and known < CONTAINED:
        return Relation.UNSURE
    if older is True:
        return Relation.OLDER
    another_hand = last.main and last_editor(arrived) and last.main != last_editor(arrived)
    if older is False and kept >= (CLOSE if another_hand else ALIKE):
        return Relation.NEWER
    return Relation.PART if older is None and known == 1 else Relation.UNSURE


def join_texts(first: str, second: str) -> str:
    """The passages of the second text put after those of the first, section by section, notes numbered on."""
    last = max((int(number) for number in NOTE.findall(first)), default=0)
    second = NOTE.sub(lambda found: f"[^{int(found[1]) + last}]", second)
    head, *pieces = SECTION.split(first)
    titles, bodies = pieces[::2], pieces[1::2]
    for title, body in _sections(second).items():
        if title in titles:
            at = len(titles) - 1 - titles[::-1].index(title)
            bodies[at] = f"{bodies[at].rstrip()}\n\n{body}\n\n" if body else bodies[at]
        elif body:
            titles.append(title)
            bodies.append(f"\n\n{body}\n\n")
    sections = (f"## {title}{body.rstrip()}\n" for title, body in zip(titles, bodies, strict=True))
    return "\n".join([f"{head.rstrip()}\n", *sections])


def has_no_order(last: JournalEntry, arrived: IncomingFile, kept_as: str) -> bool:
    """Whether nothing says which of the two came first."""
    return _order(last, arrived, kept_as) is None


def has_other_sections(first: str, second: str) -> bool:
    """Whether no section that the second fills is in the first."""
    return not _sections(first).keys() & filled_sections(second)


def is_shipped_draft(root: Path, path: str, text: str) -> bool:
    """Whether a contribution is a working draft of ours that nobody has touched since it was shipped."""
    listed = root / DRAFTS
    wanted = f"{hashlib.sha256(text.encode()).hexdigest()}  {path}"
    return listed.is_file() and wanted in listed.read_text(encoding="utf-8").split("\n")


def _properties(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [n for n in ("docProps/core.xml", "meta.xml") if n in archive.namelist()]
            return b"".join(archive.read(n) for n in names if archive.getinfo(n).file_size < LARGEST)
    except Exception:  # damaged archives raise what they like; the file is refused with its reason when it is opened
        return b""


def _order(last: JournalEntry, arrived: IncomingFile, kept_as: str) -> bool | None:
    """Whether the file is older than the last one taken in; None where nothing says so, or they are of one time."""
    numbers = [f"{_version(one.rpartition('/')[2]):03}" for one in (last.fichier, kept_as)]
    for was, now in ((last.modifie, last_change(arrived)), (numbers[0], numbers[1]), (last.date, arrived.date)):
        length = min(len(was), len(now))
        if was[:length] != now[:length]:
            return now < was
    sent_back = arrived.name.rpartition(".")[0].endswith(RETURNED)
    return False if sent_back or last.fichier == kept_as else None


def _version(name: str) -> int:
    found = VERSION.search(name.rpartition(".")[0])
    return int(found[1]) if found else 0


def _comparable(text: str) -> str:
    """A contribution without the date of its header, which may be that of a message."""
    return re.sub(r"^date: .*\n", "", text, count=1, flags=re.MULTILINE)


def _sections(text: str) -> dict[str, str]:
    pieces = SECTION.split(text)
    return {title: body.strip() for title, body in zip(pieces[1::2], pieces[2::2], strict=True)}


def filled_sections(text: str) -> set[str]:
    """The titles of the sections in which something stands."""
    return {title for title, body in _sections(text).items() if body}


def _pairs(text: str) -> Counter[tuple[str, str]]:
    found = [word.lower() for word in word_count.words("\n".join(_sections(text).values()))]
    return Counter(zip(["", *found], found, strict=False))


def _share(these: Counter[tuple[str, str]], those: Counter[tuple[str, str]]) -> float:
    """How much of the first is in the second, from 0 to 1."""
    return (these & those).total() / max(these.total(), 1)
