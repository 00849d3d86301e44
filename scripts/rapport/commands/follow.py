"""`rapport follow`: what became of each recommendation, on the screen and in build/suivi.docx and .html."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from rapport.commands.context import Context, outline_of
from rapport.correspondence.follow_up import (
    FOLLOW_UP,
    counts,
    entry_lines,
    follow_up_table,
    read_follow_up,
    recommendations_of,
    screen_lines,
    words_of,
)
from rapport.messages import display, follow
from rapport.messages.stop import ERRORS, FINE, Stop
from rapport.model import Source
from rapport.pipeline import outgoing_door
from rapport.review.collect.table import write_tables
from rapport.review.freeze import draft_map
from rapport.review.freeze.draft_map import DraftParagraph
from rapport.safeguarding.outgoing import Outgoing
from rapport.storage import encoding
from rapport.storage.lock import hold_lock
from rapport.storage.transaction import write_atomically


def verb(context: Context) -> int:
    """Write into the file what it lacks, then print the table and write its pages."""
    root, language = context.root, context.language
    with context.progress(), hold_lock(root):
        last, known = _recommended(root, language)
        examined = context.examine()
        door = outgoing_door(examined, language).withholding(examined.drafts)
        outline = outline_of(examined)
        source = _source(root, language)
        entries, problems = read_follow_up(source, known) if source else ((), ())
        if source and problems:
            told = display.as_texts(problems, {FOLLOW_UP: source}, language)
            raise Stop("\n".join([*told, follow("wrong", language, path=FOLLOW_UP)]), ERRORS)
        missing = {name: place for name, place in last.items() if name not in {one.lasting for one in entries}}
        if missing:
            _add(root, source, missing, door, language)
            entries, _ = read_follow_up(_source(root, language) or Source(FOLLOW_UP, "", ""), known)
        table = follow_up_table(entries, outline.identity.title, language)
        paths = write_tables(root, "build/suivi", [table], outline.identity.date, door, language)
    lines = [*screen_lines(entries, language), follow("subject", language, **counts(entries))]
    if missing:
        lines.append(follow("added", language, number=len(missing), path=FOLLOW_UP))
    lines += [follow("file", language, path=path) for path in paths]
    context.with_door(door).show("\n".join(lines))
    return FINE


def _recommended(root: Path, language: str) -> tuple[Mapping[str, DraftParagraph], Mapping[str, DraftParagraph]]:
    """The recommendations of the last frozen draft, and of every one; raises `Stop` where none was frozen."""
    numbers = draft_map.numbers(root)
    if not numbers:
        raise Stop(follow("no-draft", language), ERRORS)
    found = [recommendations_of(draft_map.open_draft(root, number, language).places) for number in numbers]
    return found[-1], {name: place for one in found for name, place in one.items()}


def _source(root: Path, language: str) -> Source | None:
    """The file as it stands; raises `Stop` where it is there and cannot be read."""
    path = root / FOLLOW_UP
    if not path.exists() and not path.is_symlink():
        return None
    raw = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    text = encoding.read(raw)
    if not text:
        raise Stop(follow("unreadable", language, path=FOLLOW_UP), ERRORS)
    return Source(FOLLOW_UP, text, hashlib.sha256(raw).hexdigest())


def _add(
    root: Path, source: Source | None, missing: Mapping[str, DraftParagraph], door: Outgoing, language: str
) -> None:
    """The recommendations that nobody has noted yet, after what the file holds, of which nothing is touched."""
    found = [(name, one.label, one.theme, door.words(words_of(one))) for name, one in missing.items()]
    head, *lines = entry_lines(found)
    if source is None:
        before = "".join(f"# {follow(f'head-{line}', language)}\n" for line in range(1, 6)) + f"\n{head}\n"
    else:
        before = source.text.rstrip("\n") + "\n"
    write_atomically(root / FOLLOW_UP, (before + "\n".join(lines) + "\n").encode())
