"""The file that an association sent, given back to it with each thing to change as a comment at its place.

Only for texts that came through intake, whose original is still in the inbox of this machine.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from rapport.correspondence.facts import Point, Post, outline_of, section_of
from rapport.examination.result import Examined
from rapport.intake.journal import INBOX, Journal, JournalEntry
from rapport.intake.states import IncomingFile
from rapport.intake.unpack import incoming_files
from rapport.intake.versions import RETURNED
from rapport.inventory.reading import inventory
from rapport.language.names import printable_line, with_spaces_of
from rapport.messages import letter
from rapport.model import Severity, Span
from rapport.office.add_comments import NewComment, OpenedFile, Signature, annotate, open_file
from rapport.office.file_kinds import Kind, kind_of
from rapport.office.text_location import LocationMethod, TextQuery
from rapport.safeguarding.masks import MASK
from rapport.safeguarding.outgoing import Outgoing

LONGEST = 80  # signs of a file's name


class AnnotatedFile(Struct, frozen=True):
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
    annotating = _Annotating(post, examined, door, language)
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
            yield annotating.annotate_file(original, name, path, entry)


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


class _Annotating(Struct, frozen=True):
    """Writes comments in an association's files, through the door, in the language of the letter."""

    post: Post
    examined: Examined
    door: Outgoing
    language: str

    def say(self, sentence: str, /, **facts: object) -> str:
        """A sentence of a comment, masked before the comment is sealed."""
        return with_spaces_of(self.door.words(letter(sentence, self.language, **facts)), self.language)

    def annotate_file(self, original: IncomingFile, name: str, path: str, entry: JournalEntry) -> AnnotatedFile:
        text = self.examined.sources[path].text if path in self.examined.sources else ""
        corrected = hashlib.sha256(text.encode()).hexdigest()[:12] != entry.texte
        opened = open_file(original.data)
        comments = list(self.comments(opened, path, text.split("\n"), corrected))
        date = entry.date or outline_of(self.examined).identity.date
        made = annotate(opened, comments, Signature(letter("comment-author", self.language), date))
        return AnnotatedFile(name, made, len(comments), corrected, original.data)

    def comments(self, opened: OpenedFile, path: str, lines: list[str], corrected: bool) -> Iterator[NewComment]:
        """One comment for each place of each thing to change."""
        start = opened.find(TextQuery(""))
        if corrected and start is not None:
            yield NewComment(start, (self.say("comment-corrected"),))
        for point in self.post.points:
            for span in point.places if point.path == path and point.severity is not Severity.NOTE else ():
                place = opened.find(self.query(span, lines))
                if place is not None:
                    yield NewComment(place, tuple(self.lines(point, span, place.how)), point.code)

    def query(self, span: Span, lines: list[str]) -> TextQuery:
        if not 0 < span.line <= len(lines):
            return TextQuery("")
        typed, column, section = lines[span.line - 1], max(span.column - 1, 0), section_of(span, self.examined)
        return TextQuery(typed, column, span.length, section, span.line / len(lines))

    def lines(self, point: Point, span: Span, how: LocationMethod) -> Iterator[str]:
        """The lines of a comment; one whose words were not found in the file quotes them first."""
        if how in (LocationMethod.HEADING, LocationMethod.START):
            yield self.say(f"comment-{how}")
            if point.quote and span == point.places[0]:
                yield self.say("comment-quote", quote=point.quote)
        yield self.say("comment-what", what=f"{point.message[:1].upper()}{point.message[1:]}")
        yield self.say("hint", hint=point.hint)
