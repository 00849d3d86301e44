"""A short message to each association: its three next things, the next date, the file to attach, a free line.

Nothing is sent from here. `contributions/drafts/rappels.yaml` keeps what somebody says that they sent: what was sent is
not proposed again for seven days. The .eml opens in a mail program as a new message (X-Unsent), with the file attached
where it is on this machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from email import policy
from email.message import EmailMessage
from pathlib import Path

from msgspec import Struct

from rapport.correspondence import consent_letters, letters
from rapport.correspondence.agreement_status import WORKING, Approval, approvals
from rapport.correspondence.facts import Post, outline_of, posts, theme_of, title_of
from rapport.examination.result import Examined
from rapport.figures.asking import ExpectedAnswer
from rapport.figures.questionnaire import FOLDER as FIGURES_FOLDER
from rapport.figures.questionnaire import questionnaire_name
from rapport.forms import files as forms
from rapport.language.names import with_spaces_of
from rapport.messages import desk as desk_words
from rapport.messages import long_date
from rapport.model import Association, Severity, Span
from rapport.office.plain_page import PageLine, as_text
from rapport.project.associations import participants
from rapport.project.calendar import reply_day
from rapport.safeguarding.outgoing import Outgoing
from rapport.storage import schema, strict_yaml, yaml_out
from rapport.storage.schema import Key
from rapport.storage.transaction import remove_others, write_atomically

FOLDER = "build/rappels"
SENT = "contributions/drafts/rappels.yaml"
SHOWN, QUIET = 3, 7  # things in one message; days without another
TOP = (Key("envoyes", "mappings"),)
ENTRY = (
    Key("association", required=True), Key("date", required=True, test=schema.is_date, expectation="date"),
    Key("choses", "list"),
)  # fmt: skip
TYPES = {"docx": "vnd.openxmlformats-officedocument.wordprocessingml.document", "odt": "vnd.oasis.opendocument.text"}


class BadRegister(ValueError):
    """The register of what was sent can no longer be read, from this line on."""


class SentReminder(Struct, frozen=True):
    """One reminder that somebody sent: to whom, on which ISO day, the names of what it asked for."""

    association: str
    date: str
    requests: tuple[str, ...] = ()


class Ask(Struct, frozen=True):
    """One thing to ask for: its name for the register, the sentence, the file that goes with it ("" for none)."""

    name: str
    words: str
    file: str = ""


class Reminder(Struct, frozen=True):
    """The message to one association, on one day."""

    association: Association
    asks: tuple[Ask, ...]
    next_date: str = ""
    next_event: str = ""

    @property
    def file(self) -> str:
        """The file to attach: that of the first thing that has one."""
        return next((ask.file for ask in self.asks if ask.file), "")


def read_sent(root: Path) -> tuple[SentReminder, ...]:
    """What was sent, in order; raises `BadRegister`."""
    path = root / SENT
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
    except UnicodeDecodeError as error:
        raise BadRegister(1) from error
    top, found = strict_yaml.read(text, SENT)
    entries = schema.mappings(top, "envoyes")
    found = (*found, *schema.check(top, TOP, Span(SENT)))
    found = (*found, *(wrong for entry in entries for wrong in schema.check(entry.value, ENTRY, entry.span)))
    if found:
        raise BadRegister(found[0].span.line or 1)
    return tuple(
        SentReminder(schema.text(e.value, "association"), schema.text(e.value, "date"), schema.texts(e.value, "choses"))
        for e in entries
    )


def write_sent(root: Path, sent: Iterable[SentReminder], head: str) -> None:
    """The register in place, its explanation above."""
    pairs = (
        [("association", one.association), ("date", one.date), ("choses", yaml_out.flow_list(one.requests))]
        for one in sent
    )
    lines = [*yaml_out.comments(head.split("\n")), *yaml_out.records("envoyes", pairs)]
    write_atomically(root / SENT, ("\n".join(lines) + "\n").encode())


def recent_reminder(sent: Iterable[SentReminder], association: str, today: str) -> str:
    """The day of the reminder that an association had within the last seven days, "" for none."""
    since = (date.fromisoformat(today) - timedelta(days=QUIET)).isoformat()
    return max((one.date for one in sent if one.association == association and since < one.date <= today), default="")


def reminders(
    examined: Examined, counts: Mapping[str, Sequence[ExpectedAnswer]], today: str, language: str
) -> Iterator[Reminder]:
    """The message to each association that something is asked of, by identifier; `today` is an ISO day, `counts` what
    each has still to count.
    """
    mail = {post.association.id: post for post in posts(examined, language)}
    stand = approvals(examined)
    day = outline_of(examined).identity.date
    for name, association in participants(examined.associations, examined.drafts, day).items():
        mine = {path: one for path, one in stand.items() if path.split("/")[1] == name}
        asks = tuple(_asks(association, mail.get(name), mine, counts.get(name, ()), examined, today, language))
        if asks:
            yield Reminder(association, asks[:SHOWN], *_next(examined, name, today, language))


def _next(examined: Examined, association: str, today: str, language: str) -> tuple[str, str]:
    """The next day that concerns an association, and what is on it; both empty where every day is past."""
    identity = outline_of(examined).identity
    days = [
        (stage.date, stage.title(language))
        for stage in examined.calendar
        if stage.open and stage.date and stage.last_day >= today and stage.concerns(association)
    ]
    if identity.reply_by and identity.reply_by >= today:
        days.append((identity.reply_by, desk_words("remind-reply", language)))
    return min(days, default=("", ""))


# ---------------------------------------------------------------- what is asked


def _asks(
    association: Association,
    post: Post | None,
    stand: Mapping[str, Approval],
    counts: Sequence[ExpectedAnswer],
    examined: Examined,
    today: str,
    language: str,
) -> Iterator[Ask]:
    """Everything that an association can do, the most pressing first; to agree, once it was shown its text."""
    yield from _actions(association.id, examined, today, language)
    if post:
        yield from _texts(post, examined, language)
    yield from _counts(association.id, counts, language)
    passages = sum(one.open_passages for one in stand.values()) if examined.agreements.has_begun else 0
    if passages:
        name = "one" if passages == 1 else "many"
        yield Ask("accord", desk_words(f"remind-agree-{name}", language, count=passages), _consent(association.id))
    yield from _working(stand, examined, language)
    if post and not post.files and not post.missing:
        yield from _findings(association.id, examined, today, language)


def _findings(association: str, examined: Examined, today: str, language: str) -> Iterator[Ask]:
    """What a member that leads no theme and has sent nothing may still send, while there is a day for it."""
    identity = outline_of(examined).identity
    if day := reply_day(identity.reply_by, examined.calendar, identity.date, today):
        said = desk_words("remind-findings", language, date=long_date(day, language))
        yield Ask("constats", said, f"{forms.FOLDER}/{association}/{forms.OPEN}.docx")


def _actions(association: str, examined: Examined, today: str, language: str) -> Iterator[Ask]:
    """What the register of actions awaits, the earliest day first, what has none last."""
    mine = [one for one in examined.actions if one.open and one.holder == association]
    for action in sorted(mine, key=lambda one: one.due_date or "9999"):
        name = ("late" if action.due_date < today else "by") if action.due_date else "open"
        said = desk_words(
            f"remind-action-{name}", language, what=action.words(language), date=long_date(action.due_date, language)
        )
        yield Ask(f"action-{action.id}", said)


def _texts(post: Post, examined: Examined, language: str) -> Iterator[Ask]:
    """Texts to be corrected, texts that are awaited, points to be looked at."""
    letter = f"{letters.FOLDER}/{post.association.id}.docx"
    for received in post.files:
        if received.state == "refused":
            yield Ask(f"corriger-{_stem(received.path)}", _about("correct", received.theme, language), letter)
    for theme in post.missing:
        form = f"{forms.FOLDER}/{post.association.id}/{theme.id}.docx"
        yield Ask(f"texte-{theme.id}", _about("write", title_of(theme, language), language), form)
    refused = {received.path for received in post.files if received.state == "refused"}
    open_ = dict.fromkeys(p.path for p in post.points if p.severity is Severity.REVIEW and p.path not in refused)
    for path in open_:
        yield Ask(f"voir-{_stem(path)}", _about("look", theme_of(path, examined, language), language), letter)


def _counts(association: str, counts: Sequence[ExpectedAnswer], language: str) -> Iterator[Ask]:
    """The questionnaire of what is still to be counted; of a count that was begun, which rows or columns."""
    file = f"{FIGURES_FOLDER}/{questionnaire_name(association)}"
    for one in counts:
        title, missing = one.indicator.title(language), " ; ".join(one.missing_titles(language))
        name = "count-rows" if missing else "count"
        yield Ask(
            f"chiffres-{one.indicator.id}", desk_words(f"remind-{name}", language, title=title, missing=missing), file
        )


def _working(stand: Mapping[str, Approval], examined: Examined, language: str) -> Iterator[Ask]:
    """Working documents that wait for the association's own text, or for its approval."""
    for text in examined.accepted:
        if text.path in stand and stand[text.path].state == WORKING:
            theme = theme_of(text.path, examined, language)
            form = f"{forms.FOLDER}/{text.association}/{forms.OPEN}.docx"
            yield Ask(f"ebauche-{text.theme}", _about("own", theme, language), form)


def _about(name: str, theme: str, language: str) -> str:
    return desk_words(f"remind-{name}", language, theme=theme)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _consent(association: str) -> str:
    return f"{consent_letters.FOLDER}/{association}.docx"


# ---------------------------------------------------------------- the message


def compose(reminder: Reminder, examined: Examined, free: str, language: str) -> tuple[str, list[PageLine]]:
    """The subject and the lines of a message."""
    identity = outline_of(examined).identity

    def say(sentence: str, /, **facts: object) -> str:
        return with_spaces_of(desk_words(f"remind-{sentence}", language, **facts), language)

    subject = say("subject", collective=identity.collective, draft=identity.draft_name)
    lines = [PageLine("para", say("hello", name=reminder.association.name)), PageLine("para", free or say("free"))]
    lines.append(PageLine("para", say("asks-one" if len(reminder.asks) == 1 else "asks-many")))
    lines += [PageLine("entry", ask.words) for ask in reminder.asks]
    if reminder.next_date:
        day = long_date(reminder.next_date, language)
        lines.append(PageLine("para", say("next", date=day, event=reminder.next_event)))
    if reminder.file:
        lines.append(PageLine("para", say("attached", file=reminder.file.rpartition("/")[2])))
    return subject, [*lines, PageLine("para", say("bye")), PageLine("signature", say("signature"))]


def write(
    root: Path, reminder: Reminder, examined: Examined, free: str, door: Outgoing, language: str
) -> tuple[list[str], bool]:  # fmt: skip
    """The message as .txt and .eml; their paths, and whether its file is on this machine, and so attached."""
    subject, lines = compose(reminder, examined, free, language)
    subject, lines = door.line(subject), door.page(lines)
    here = bool(reminder.file) and (root / reminder.file).is_file()
    attached = (root / reminder.file).read_bytes() if here else b""
    stem = f"{FOLDER}/{reminder.association.id}"
    text = as_text([PageLine("subject", desk_words("remind-about", language, subject=subject)), *lines])
    message = _message(subject, lines, reminder.file.rpartition("/")[2], attached)
    for path, content in ((f"{stem}.txt", text), (f"{stem}.eml", message)):
        write_atomically(root / path, content)
    return [f"{stem}.txt", f"{stem}.eml"], here


def _message(subject: str, lines: Sequence[PageLine], name: str, attached: bytes) -> bytes:
    """A message that a mail program opens as one to be finished and sent: nobody's address is in it."""
    message = EmailMessage(policy.SMTP)
    message["Subject"] = subject
    message["X-Unsent"] = "1"
    said = (f"- {line.text}" if line.kind == "entry" else line.text for line in lines)
    message.set_content("\n\n".join(said) + "\n")
    if attached:
        kind = TYPES.get(name.rpartition(".")[2], "octet-stream")
        message.add_attachment(attached, maintype="application", subtype=kind, filename=name)
        message.set_boundary("=_rapport_rappel")
    return message.as_bytes()


def remove_old(root: Path, written: Iterable[str]) -> list[str]:
    """The messages of before that are not proposed any more, taken away."""
    return remove_others(root, FOLDER, ("*.txt", "*.eml"), set(written))
