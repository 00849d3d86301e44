"""`rapport forms`: the Word and OpenDocument forms that associations fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapport.commands.context import Context, outline_of, read_identifier
from rapport.figures.asking import tables_to_ask
from rapport.figures.collection import collect
from rapport.figures.indicators import project_dictionary
from rapport.forms.files import FOLDER, OPEN, choose_forms, write_both
from rapport.forms.page import compose
from rapport.forms.workshop import NAME, workshop_form
from rapport.messages import form
from rapport.messages.stop import FINE
from rapport.pipeline import outgoing_door
from rapport.project.associations import participants
from rapport.project.calendar import reply_day
from rapport.project.points import hint
from rapport.storage.lock import hold_lock

FEW = 6  # files that are told one by one


def verb(context: Context) -> int:
    """Write the forms asked for, and say which."""
    options, root, language = context.options, context.root, context.language
    with context.progress() as steps, hold_lock(root):
        examined = context.examine()
        outline, known = outline_of(examined), examined.associations
        partners = list(participants(known, examined.drafts, outline.identity.date))
        association = read_identifier(options.association, list(known), language)
        theme = read_identifier(options.theme, [one.id for one in outline.themes], language)
        lines, door = list[str](), outgoing_door(examined, language)
        dictionary = project_dictionary(root)
        answers = collect(root, known, dictionary).answers
        identity = outline.identity
        day = reply_day(identity.reply_by, examined.calendar, identity.date, context.today)
        open_points = examined.points.open_points(examined.accepted)
        if options.children:
            chosen = [association] if association else partners
            for who in chosen:
                made = workshop_form(outline, known[who], language)
                lines += _told(write_both(root, made, f"{FOLDER}/{who}/{NAME}", door), language)
            context.with_door(door).show("\n".join(lines))
            return FINE
        with steps.time_step("forms") as step:
            for who, what in choose_forms(outline, partners, association, theme):
                steps("form", name=known[who].name)
                hints = [hint(*one, language) for one in open_points if what and what.id in one[1].themes]
                counts = tables_to_ask(dictionary, answers, who, what.id if what else "")
                known_points = hints if examined.points.documents else None
                form_ = compose(outline, known, who, what, language, known_points, counts, day)
                stem = f"{FOLDER}/{who}/{what.id if what else OPEN}"
                lines += _told(write_both(root, form_, stem, door), language)
            step.counts["files"] = len(lines)
    many = len(lines) > FEW
    told = form("many", language, number=len(lines) // 2, folder=FOLDER) if many else "\n".join(lines)
    context.with_door(door).show(told)
    return FINE


def _told(files: Iterable[tuple[str, bool]], language: str) -> Iterator[str]:
    """A line for each form: written, or as it was."""
    for path, written in files:
        yield form("written" if written else "kept", language, path=path)
