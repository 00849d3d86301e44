"""letters: one plain page for each association: what was received, what is accepted, what to change, how, by when.

`facts` says what, `office.plain_page` how it looks; here are the words in their order, and the files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from rapport.correspondence.annotated_files import AnnotatedFile, annotate_files, hold_the_same
from rapport.correspondence.facts import Point, Post, file_name, outline_of, posts, theme_of, title_of
from rapport.examination.result import Examined
from rapport.intake.journal import Journal
from rapport.intake.versions import RETURNED
from rapport.language.names import printable_line, with_spaces_of
from rapport.messages import letter, long_date
from rapport.model import Severity
from rapport.office.plain_page import PageLine, as_text
from rapport.pipeline import outgoing_door
from rapport.project.calendar import reply_day
from rapport.storage import schema
from rapport.storage.transaction import remove_others

FOLDER = "build/lettres"
OURS = ".md"  # the ending of the files that intake writes
PAGE, MOST = 66, 24  # lines of the plain text, and points, that one printed page may hold
SHOWN = 4  # points of one kind in one file that are worth printing
KINDS = ((Severity.ERROR, "to-change"), (Severity.REVIEW, "to-look-at"), (Severity.NOTE, "done"))
Progress = Callable[[str], None]
Say = Callable[..., str]


def write(
    root: Path, examined: Examined, journal: Journal, today: str, language: str,
    progress: Progress = lambda name: None,
) -> tuple[list[str], list[str], list[str]]:  # fmt: skip
    """Write every letter as text and as DOCX, with the files sent and their comments, and take away those that no
    longer say the truth: (written, removed, originals that are not on this machine). `today` is an ISO day."""
    written, absent = list[str](), list[str]()
    common = outgoing_door(examined, language)
    for post in posts(examined, language):
        progress(post.association.name)
        mine = [draft for draft in examined.drafts if draft.association == post.association.id]
        cited = {
            word for draft in mine for article in schema.texts(draft.header, "articles") for word in article.split()
        }
        door = common.for_author(draft.source.path for draft in mine).knowing(cited)
        commented = list[AnnotatedFile]()
        for file in annotate_files(root, post, examined, journal, door, language):
            if isinstance(file, str):
                absent.append(file)
            else:
                written.append(door.write(root, f"{FOLDER}/{post.association.id}/{file.name}", file.content))
                name, made = written[-1].rpartition("/")[2], (root / written[-1]).read_bytes()
                commented.append(replace(file, name=name, is_as_sent=hold_the_same(name, file.original, made)))
        lines = compose(post, examined, today, language, commented)
        written += door.write_page(root, f"{FOLDER}/{post.association.id}", lines, outline_of(examined).identity.date)
    removed = remove_others(root, FOLDER, ("*.txt", "*.docx", f"*/*{RETURNED}.*"), written)
    for folder in {(root / path).parent for path in removed} - {root / FOLDER}:
        if not any(folder.iterdir()):
            folder.rmdir()
    return written, removed, absent


def compose(
    post: Post, examined: Examined, today: str, language: str, commented: Sequence[AnnotatedFile] = ()
) -> list[PageLine]:
    """The letter, line by line: with as many points, the gravest first, as one page holds."""
    order = [severity for severity, _ in KINDS]
    gravest = sorted(post.points, key=lambda point: order.index(point.severity))
    for number in range(min(len(gravest), MOST), 0, -1):
        kept = gravest[:number]
        short = replace(post, points=tuple(point for point in post.points if any(point is one for one in kept)))
        lines = _composed(short, examined, today, language, commented, len(gravest) - number)
        if as_text(lines).count(b"\n") <= PAGE:
            return lines
    return _composed(replace(post, points=()), examined, today, language, commented, len(gravest))


def _composed(
    post: Post, examined: Examined, today: str, language: str, commented: Sequence[AnnotatedFile], left: int
) -> list[PageLine]:  # fmt: skip
    """The letter with these points; `left` others are only counted."""

    def say(sentence: str, /, **facts: object) -> str:
        return letter(sentence, language, **facts)

    identity = outline_of(examined).identity
    day = reply_day(identity.reply_by, examined.calendar, identity.date, today)
    by = say("by", date=long_date(day, language)) if day else say("by-soon")
    addressed = {"committee": printable_line(identity.committee), "draft": printable_line(identity.draft_name)}
    lines = [PageLine("sender", say("collective", name=printable_line(identity.collective)))]
    lines += [PageLine("sender", printable_line(line)) for line in identity.contact]
    lines += [PageLine("to", say("to", name=printable_line(post.association.name)))]
    lines += [PageLine("subject", say(_subject(post), **addressed))]
    lines += [PageLine("para", say("hello"))]
    if not post.files:
        lines += _about_what_is_awaited(post, say, language, by)
    else:
        asked = bool([p for p in post.points if p.severity is not Severity.NOTE] or _awaited(post) or left)
        number = len(post.files)
        opening = ("thanks" if asked else "wait" if post.waiting_files else "fine") + (
            "-one" if number == 1 else "-many"
        )
        lines += [PageLine("para", say(opening, number=number, by=by))]
        lines += _about_files(post, say, language)
        for severity, title in KINDS:
            lines += _about_points([p for p in post.points if p.severity is severity], title, examined, say, language)
        if left:
            lines += [PageLine("para", say("left-commented" if commented else "left", number=left))]
        if post.missing or post.working_themes:
            lines += [PageLine("heading", say("missing"))]
            lines += [
                PageLine("entry", say("working-theme", theme=_with_share(theme, share, say)))
                for theme, share in post.working_themes
            ]
            lines += [
                PageLine("entry", say("missing-theme", theme=title_of(theme, language))) for theme in post.missing
            ]
        lines += _about_lengths(post, say)
        if post.waiting_files:
            lines += [
                PageLine("para", say("ours" if post.waiting_files == 1 else "ours-many", number=post.waiting_files))
            ]
        if asked:
            lines += [PageLine("heading", say("how-title")), PageLine("para", say("how", by=by))]
            lines += _about_comments(commented, say)
            lines += [PageLine("para", say("how-children"))]
    lines += [PageLine("para", say("bye")), PageLine("signature", say("signature"))]
    # words quoted stay as typed
    return [one if one.kind == "quote" else replace(one, text=with_spaces_of(one.text, language)) for one in lines]


def _subject(post: Post) -> str:
    """The name of the letter's subject."""
    return "subject" if post.files else "subject-lead" if post.working_themes or post.missing else "subject-invite"


def _awaited(post: Post) -> bool:
    return bool(post.missing or post.working_themes or post.overlengths)


def _about_what_is_awaited(post: Post, say: Say, language: str, by: str) -> Iterator[PageLine]:
    """To an association that has sent nothing: what holds the place of its texts, what it leads, or an invitation."""
    if post.working_themes:
        yield PageLine("para", say("working"))
        yield from (PageLine("entry", _with_share(theme, share, say)) for theme, share in post.working_themes)
        yield PageLine("para", say("working-ask", by=by))
    if post.missing:
        yield PageLine("para", say("lead"))
        yield from (PageLine("entry", title_of(theme, language)) for theme in post.missing)
        yield PageLine("para", say("lead-ask", by=by))
    if not post.working_themes and not post.missing:
        yield PageLine("para", say("invite"))
        yield PageLine("para", say("invite-ask", by=by))
    yield from _about_lengths(post, say)
    yield PageLine("para", say("how-children"))


def _about_lengths(post: Post, say: Say) -> Iterator[PageLine]:
    """Where its words are more than an even share of a limit that is passed."""
    if post.overlengths:
        yield PageLine("heading", say("length"))
    for one in post.overlengths:
        facts = {"words": one.words, "planned": one.planned_words, "number": one.associations, "share": one.share}
        of = "report" if not one.theme else "theme" if one.associations > 1 else "alone"
        yield PageLine("entry", say(f"length-{of}", theme=one.theme, more=one.words - one.share, **facts))


def _with_share(theme: str, share: int, say: Say) -> str:
    return say("about-words", theme=theme, share=share) if share else theme


def _about_comments(commented: Sequence[AnnotatedFile], say: Say) -> Iterator[PageLine]:
    """The association's own files that go with the letter."""
    if commented:
        state = "commented-as-sent" if all(file.is_as_sent for file in commented) else "commented-masked"
        yield PageLine("para", say("commented", state=say(state)))
    for file in commented:
        yield PageLine("entry", say("commented-file", file=file.name, number=file.number))
        if file.is_corrected:
            yield PageLine("detail", say("commented-corrected"))


def _about_files(post: Post, say: Say, language: str) -> Iterator[PageLine]:
    yield PageLine("heading", say("received"))
    for received in post.files:
        yield PageLine("entry", say("entry", theme=received.theme, state=say(f"state-{received.state}")))
        if received.title and received.date:
            date = long_date(received.date, language)
            yield PageLine("detail", say("dated", title=received.title, date=date))
        elif not received.path.endswith(OURS):
            yield PageLine("detail", say("undated", file=file_name(received.path)))


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
            yield PageLine("file", _file_title(path, examined, say, language))
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


def _file_title(path: str, examined: Examined, say: Say, language: str) -> str:
    """The theme of a file, and its name unless it is one that intake wrote, which its author never saw."""
    theme = theme_of(path, examined, language)
    return theme if path.endswith(OURS) else say("in-file", theme=theme, file=file_name(path))


def _about_point(point: Point, say: Say) -> Iterator[PageLine]:
    section = say("section", title=point.section) if point.section else ""
    yield PageLine("point", say("where", section=section) if section else say("whole" if not point.quote else "top"))
    if point.quote:
        yield PageLine("quote", point.quote)
    yield PageLine("what", f"{point.message[:1].upper()}{point.message[1:]}.")
    yield PageLine("what", say("hint", hint=point.hint), small=point.code)
    for other in point.others[:SHOWN]:
        yield PageLine("detail", say("also", quote=other))
    if (more := len(point.others) - SHOWN) > 0:
        yield PageLine("detail", say("more", number=more))


def _again(point: Point, say: Say) -> Iterator[PageLine]:
    """The same mistake somewhere else: where, and what; what to do has been said."""
    quoted = point.quote and not re.search("[«“]", point.message)  # words that Ctrl+F finds
    what = f"{point.message}{say('again-quote', quote=point.quote) if quoted else ''}"
    yield PageLine("detail", say("again", what=what))
