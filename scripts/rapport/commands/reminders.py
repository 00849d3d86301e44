"""`rapport reminders`: a short message to each association, in build/rappels/; SENT= notes what somebody sent."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rapport.commands.context import Context, read_identifier
from rapport.desk import reminders
from rapport.desk.reminders import BadRegister, Reminder, SentReminder
from rapport.examination.result import Examined
from rapport.figures.asking import ExpectedAnswer
from rapport.figures.collection import answers_expected, collect
from rapport.figures.indicators import project_dictionary
from rapport.messages import desk, long_date
from rapport.messages.stop import ERRORS, FINE, Stop
from rapport.pipeline import outgoing_door
from rapport.storage.lock import hold_lock

EVERYBODY = "oui"


def verb(context: Context) -> int:
    """Write the messages of the day, or note which of them were sent."""
    root, language, options, today = context.root, context.language, context.options, context.today
    with context.progress(), hold_lock(root):
        try:
            sent = reminders.read_sent(root)
        except BadRegister as error:
            raise Stop(desk("remind-bad-file", language, path=reminders.SENT, line=error.args[0]), ERRORS) from None
        examined = context.examine()
        wanted = read_identifier(options.association, examined.associations, language)
        context = context.with_door(outgoing_door(examined, language))
        counts = _counts(context.root, examined)
        every = reminders.reminders(examined, counts, today, language)
        found = [one for one in every if wanted in ("", one.association.id)]
        if options.sent_to:
            lines = _noted(context, found, sent, today, examined)
        else:
            lines = _written(context, found, sent, today, examined)
    context.show("\n".join(lines))
    return FINE


def _counts(root: Path, examined: Examined) -> Mapping[str, tuple[ExpectedAnswer, ...]]:
    """What each association has still to count, once any of them has sent its figures."""
    dictionary = project_dictionary(root)
    collection = collect(root, examined.associations, dictionary)
    return answers_expected(dictionary, collection, examined.associations) if collection.answers else {}


def _written(
    context: Context, found: list[Reminder], sent: tuple[SentReminder, ...], today: str, examined: Examined
) -> list[str]:
    """What is told of the messages written, and of those that are left alone for now."""
    root, language, lines, paths = context.root, context.language, list[str](), list[str]()
    assert context.door is not None
    for one in found:
        if day := reminders.recent_reminder(sent, one.association.id, today):
            lines.append(desk("remind-quiet", language, name=one.association.name, date=long_date(day, language)))
            continue
        written, attached = reminders.write(root, one, examined, context.options.words, context.door, language)
        paths += written
        lines.append(desk("remind-file", language, path=written[1], count=len(one.asks)))
        if one.file and not attached:
            lines.append(desk("remind-missing", language, file=one.file, command=_command(one.file)))
    if not context.options.association:
        lines += [desk("calendar-removed", language, path=path) for path in reminders.remove_old(root, paths)]
    return [*lines, desk("remind-how" if paths else "remind-none", language)]


def _command(file: str) -> str:
    """What makes a file that is to be attached."""
    made = {
        "lettres": "make letters",
        "formulaires": "make forms",
        "accords": "make consent",
        "chiffres": "make figures",
    }
    return made[file.split("/")[1]]


def _noted(
    context: Context, found: list[Reminder], sent: tuple[SentReminder, ...], today: str, examined: Examined
) -> list[str]:
    """The reminders that were sent, noted: all that were proposed today, or those of the associations named."""
    language, typed = context.language, context.options.sent_to
    names = typed.replace(",", " ").split() if typed != EVERYBODY else [one.association.id for one in found]
    known = {read_identifier(name, examined.associations, language) for name in names}
    asked = {one.association.id: tuple(ask.name for ask in one.asks) for one in found}
    fresh = [
        SentReminder(name, today, asked.get(name, ()))
        for name in sorted(known)
        if not reminders.recent_reminder(sent, name, today)
    ]
    if fresh:
        reminders.write_sent(context.root, (*sent, *fresh), desk("remind-head", language))
    return [desk("remind-noted", language, path=reminders.SENT, count=len(fresh))]
