"""letters: one plain page for each association: what was received, what is accepted, what to change, how, by when.

`facts` says what, `page` how it looks; here are the words in their order, and the files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rapport.correspondence.annotated_files import AnnotatedFile, annotate_files
from rapport.correspondence.facts import Point, Post, clean, file_name, outline_of, posts, theme_of, title_of
from rapport.intake.journal import Journal
from rapport.intake.versions import RETURNED
from rapport.language.names import with_unbroken_spaces
from rapport.messages import letter, long_date
from rapport.model import Severity
from rapport.office.plain_page import PageLine
from rapport.pipeline import Examined, outgoing_door
from rapport.storage.transaction import remove

FOLDER = "build/lettres"
SHOWN = 4  # points of one kind in one file that are worth printing
KINDS = ((Severity.ERROR, "to-change"), (Severity.REVIEW, "to-look-at"), (Severity.NOTE, "done"))
Progress = Callable[[str], None]
Say = Callable[..., str]


def write(
    root: Path, examined: Examined, journal: Journal, language: str, progress: Progress = lambda name: None
) -> tuple[list[str], list[str], list[str]]:
    """Write every letter as text and as DOCX, with the files sent and their comments, and take away those that no
    longer say the truth: (written, removed, originals that are not on this machine)."""
    written, absent = list[str](), list[str]()
    door = outgoing_door(examined, language)
    for post in posts(examined, language):
        progress(post.association.name)
        commented = list[AnnotatedFile]()
        for file in annotate_files(root, post, examined, journal, door, language):
            if isinstance(file, str):
                absent.append(file)
            else:
                written.append(door.write(root, f"{FOLDER}/{post.association.id}/{file.name}", file.content))
                commented.append(replace(file, name=written[-1].rpartition("/")[2]))
        lines = compose(post, examined, language, commented)
        written += door.write_page(root, f"{FOLDER}/{post.association.id}", lines, outline_of(examined).identity.date)
    folder = root / FOLDER
    old = [path for kind in ("*.txt", "*.docx", f"*/*{RETURNED}.*") for path in sorted(folder.glob(kind))]
    removed = [path for path in old if path.relative_to(root).as_posix() not in written]
    for path in removed:
        remove(path)
        if path.parent != folder and not any(path.parent.iterdir()):
            path.parent.rmdir()
    return written, [path.relative_to(root).as_posix() for path in removed], absent


def compose(post: Post, examined: Examined, language: str, commented: Sequence[AnnotatedFile] = ()) -> list[PageLine]:
    """The letter, line by line."""

    def say(sentence: str, /, **facts: object) -> str:
        return letter(sentence, language, **facts)

    identity, date = outline_of(examined).identity, long_date(reply_by(examined), language)
    addressed = {"committee": clean(identity.committee), "draft": clean(identity.draft_name)}
    lines = [PageLine("sender", say("collective", name=clean(identity.collective)))]
    lines += [PageLine("sender", clean(line)) for line in identity.contact]
    lines += [PageLine("to", say("to", name=clean(post.association.name)))]
    lines += [PageLine("subject", say("subject" if post.received else "subject-lead", **addressed))]
    lines += [PageLine("para", say("hello"))]
    if not post.received:
        lines += [PageLine("para", say("lead"))]
        lines += [PageLine("entry", title_of(theme, language)) for theme in post.missing]
        lines += [PageLine("para", say("lead-ask", date=date)), PageLine("para", say("how-children"))]
    else:
        asked = bool([p for p in post.points if p.severity is not Severity.NOTE] or post.missing)
        number = len(post.received)
        opening = ("thanks" if asked else "wait" if post.ours else "fine") + ("-one" if number == 1 else "-many")
        lines += [PageLine("para", say(opening, number=number, date=date))]
        lines += _about_files(post, say, language)
        for severity, title in KINDS:
            lines += _about_points([p for p in post.points if p.severity is severity], title, examined, say, language)
        if post.missing:
            lines += [PageLine("heading", say("missing"))]
            lines += [
                PageLine("entry", say("missing-theme", theme=title_of(theme, language))) for theme in post.missing
            ]
        if post.ours:
            lines += [PageLine("para", say("ours" if post.ours == 1 else "ours-many", number=post.ours))]
        if asked:
            lines += [PageLine("heading", say("how-title")), PageLine("para", say("how", date=date))]
            lines += _about_comments(commented, say)
            lines += [PageLine("para", say("how-children"))]
    lines += [PageLine("para", say("bye")), PageLine("signature", say("signature"))]
    return lines if language != "fr" else [replace(line, text=_french(line)) for line in lines]


def _french(line: PageLine) -> str:
    """A sentence with the spaces that French does not break at; words quoted stay as typed."""
    return line.text if line.kind == "quote" else with_unbroken_spaces(line.text)


def _about_comments(commented: Sequence[AnnotatedFile], say: Say) -> Iterator[PageLine]:
    """The association's own files that go with the letter."""
    if commented:
        yield PageLine("para", say("commented"))
    for file in commented:
        yield PageLine("entry", say("commented-file", file=file.name, number=file.number))
        if file.corrected:
            yield PageLine("detail", say("commented-corrected"))


def _about_files(post: Post, say: Say, language: str) -> Iterator[PageLine]:
    yield PageLine("heading", say("received"))
    for received in post.received:
        yield PageLine("entry", say("entry", theme=received.theme, state=say(f"state-{received.state}")))
        facts = {"file": file_name(received.path), "title": received.title}
        dated = received.title and received.date
        yield PageLine(
            "detail",
            say("dated", **facts, date=long_date(received.date, language)) if dated else say("undated", **facts),
        )


def _about_points(
    points: Sequence[Point], title: str, examined: Examined, say: Say, language: str
) -> Iterator[PageLine]:
    """The points of one severity, file by file."""
    if not points:
        return
    yield PageLine("heading", say(title))
    several = len({point.path for point in points}) > 1 or title != "to-change"
    for path in dict.fromkeys(point.path for point in points):
        mine = [point for point in points if point.path == path]
        if several or len(examined.drafts) > 1:
            yield PageLine("file", say("in-file", theme=theme_of(path, examined, language), file=file_name(path)))
        of_a_code = Counter[str]()
        for point in mine:
            of_a_code[point.code] += 1
            if of_a_code[point.code] == 1:
                yield from _about_point(point, say)
            elif of_a_code[point.code] <= SHOWN:
                yield from _again(point, say)
        more = sum(max(0, number - SHOWN) for number in of_a_code.values())
        if more:
            yield PageLine("detail", say("more", number=more))


def _about_point(point: Point, say: Callable[..., str]) -> Iterator[PageLine]:
    section = say("section", title=point.section) if point.section else ""
    if point.line:
        yield PageLine(
            "point", say("where", section=section, line=point.line) if section else say("where-line", line=point.line)
        )
    else:
        yield PageLine("point", say("whole"))
    if point.quote:
        yield PageLine("quote", point.quote)
    yield PageLine("what", f"{point.message[:1].upper()}{point.message[1:]}.")
    yield PageLine("what", say("hint", hint=point.hint), small=point.code)
    if point.others:
        name = "also-one" if len(point.others) == 1 else "also-many"
        yield PageLine("detail", say(name, lines=", ".join(map(str, point.others))))


def _again(point: Point, say: Say) -> Iterator[PageLine]:
    """The same mistake somewhere else: where, and what; what to do has been said."""
    quoted = point.quote and not re.search("[«“]", point.message)  # words that Ctrl+F finds
    what = f"{point.message}{say('again-quote', quote=point.quote) if quoted else ''}"
    yield PageLine("detail", say("again", line=point.line, what=what) if point.line else say("again-whole", what=what))


def reply_by(examined: Examined) -> str:
    """The date the editor gave, else the calendar's next between what was sent and the report, else the report's."""
    identity = outline_of(examined).identity
    if identity.reply_by:
        return identity.reply_by
    sent = max((c.date for c in examined.accepted), default="")
    dates = (stage.date for stage in examined.calendar if stage.open)
    return min((date for date in dates if sent < date < identity.date), default=identity.date)
