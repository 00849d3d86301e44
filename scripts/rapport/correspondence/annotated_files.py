"""The file that an association sent, given back to it with each thing to change as a comment at its place.

Only for texts that came through intake, whose original is still in the inbox of this machine.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rapport.correspondence.facts import Point, Post, outline_of, section_of
from rapport.examination.result import Examined
from rapport.intake.journal import INBOX, Journal, JournalEntry
from rapport.intake.states import IncomingFile
from rapport.intake.unpack import incoming_files
from rapport.intake.versions import RETURNED
from rapport.inventory.reading import inventory
from rapport.language.names import printable_line, with_unbroken_spaces
from rapport.messages import letter
from rapport.model import Severity, Span
from rapport.office.add_comments import NewComment, OpenedFile, Signature, annotate, open_file
from rapport.office.file_kinds import Kind, kind_of
from rapport.office.text_location import LocationMethod, TextQuery
from rapport.safeguarding.outgoing import MASK, Outgoing

LONGEST = 80  # signs of a file's name
Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class AnnotatedFile:
    """A file sent, with comments: how many; whether the editor has corrected its text, whether it says the same."""

    name: str
    content: bytes
    number: int
    is_corrected: bool
    original: bytes
    is_as_sent: bool = False


def hold_the_same(name: str, sent: bytes, made: bytes) -> bool:
    """Whether two files hold the same, comments apart, as a reader counts them that shares nothing with `annotate`."""
    before, after = inventory(name, sent), inventory(name, made)
    return before is not None and after is not None and replace(before, comments=after.comments) == after


def annotate_files(
    root: Path, post: Post, examined: Examined, journal: Journal, door: Outgoing, language: str
) -> Iterator[AnnotatedFile | str]:
    """The association's files with our comments; of one whose original is not on this machine, its name."""
    names: set[str] = set()
    for path in sorted({point.path for point in post.points if point.severity is not Severity.NOTE}):
        entry = journal.last_accepted(path)
        if entry is None:
            continue
        original = _original(root, entry)
        if original is None:
            yield printable_line(entry.fichier)
        elif kind_of(original.data) in (Kind.DOCX, Kind.ODT):
            name = _name(original, path, names)
            names.add(name.lower())
            yield _commented(original, name, path, entry, post, examined, door, language)


def _original(root: Path, entry: JournalEntry) -> IncomingFile | None:
    """The very file that was taken in, found again in the inbox, or inside the message or archive it came in."""
    place = root / INBOX / entry.fichier.split(" › ")[0]
    if not place.is_file() and MASK not in entry.fichier:
        return None
    places = [place] if place.is_file() else []  # a masked name is looked for in all of the inbox
    return next((one for one in incoming_files(root, places) if one.data and one.digest == entry.empreinte), None)


def _name(original: IncomingFile, path: str, taken: set[str]) -> str:
    """« texte.docx » → « texte-a-corriger.docx »; with the theme where two files have one name."""
    stem, _, _ = original.name.rpartition(".")
    stem = re.sub(r'[\\/:*?"<>|]', "-", printable_line(stem))[:LONGEST].strip(" .") or "texte"
    stem = stem.removesuffix(RETURNED)
    suffix = f"{RETURNED}.{kind_of(original.data)}"
    theme = path.rpartition("/")[2].removesuffix(".md")
    return f"{stem}-{theme}{suffix}" if f"{stem}{suffix}".lower() in taken else f"{stem}{suffix}"


def _commented(
    original: IncomingFile,
    name: str,
    path: str,
    entry: JournalEntry,
    post: Post,
    examined: Examined,
    door: Outgoing,
    language: str,
) -> AnnotatedFile:
    def say(sentence: str, /, **facts: object) -> str:
        said = door.words(letter(sentence, language, **facts))  # masked before the comment is sealed
        return with_unbroken_spaces(said) if language == "fr" else said

    text = examined.sources[path].text if path in examined.sources else ""
    corrected = hashlib.sha256(text.encode()).hexdigest()[:12] != entry.texte
    opened = open_file(original.data)
    comments = list(_comments(opened, path, text, post, examined, say, corrected))
    signed = Signature(letter("comment-author", language), entry.date or outline_of(examined).identity.date)
    return AnnotatedFile(name, annotate(opened, comments, signed), len(comments), corrected, original.data)


def _comments(
    opened: OpenedFile, path: str, text: str, post: Post, examined: Examined, say: Say, corrected: bool
) -> Iterator[NewComment]:
    """One comment for each place of each thing to change."""
    lines = text.split("\n")
    start = opened.find(TextQuery(""))
    if corrected and start is not None:
        yield NewComment(start, (say("comment-corrected"),))
    for point in post.points:
        if point.path != path or point.severity is Severity.NOTE:
            continue
        for span in point.places:
            place = opened.find(_wanted(span, lines, examined))
            if place is not None:
                yield NewComment(place, tuple(_said(point, span, place.how, say)), point.code)


def _wanted(span: Span, lines: list[str], examined: Examined) -> TextQuery:
    if not 0 < span.line <= len(lines):
        return TextQuery("")
    column = max(span.column - 1, 0)
    return TextQuery(lines[span.line - 1], column, span.length, section_of(span, examined), span.line / len(lines))


def _said(point: Point, span: Span, how: LocationMethod, say: Say) -> Iterator[str]:
    """What a comment says; where its words were not found in the file, it says of what it speaks."""
    if how in (LocationMethod.HEADING, LocationMethod.START):
        yield say(f"comment-{how}")
        if point.quote and span == point.places[0]:
            yield say("comment-quote", quote=point.quote)
    yield say("comment-what", what=f"{point.message[:1].upper()}{point.message[1:]}")
    yield say("hint", hint=point.hint)
