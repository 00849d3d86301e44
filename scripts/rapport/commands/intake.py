"""`rapport intake`: what was typed, made into one intake."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from msgspec.structs import replace

from rapport.commands.arguments import Options
from rapport.commands.context import Context, read_identifier
from rapport.commands.documents import register_of
from rapport.examination.opening import open_cache
from rapport.figures.indicators import project_dictionary
from rapport.intake import repetition
from rapport.intake.inbox import PART, AmbiguousTheme, nothing_new, process_inbox
from rapport.intake.journal import INBOX, JOURNAL, Journal
from rapport.intake.placing import IntakeSession
from rapport.intake.plan import plan_of
from rapport.intake.states import EditorChoices
from rapport.intake.undo import NotUndone, undo
from rapport.messages import intake
from rapport.messages.stop import ERRORS, FINE, USAGE, Stop
from rapport.pipeline import outgoing_door
from rapport.safeguarding.masks import MASK
from rapport.storage.lock import hold_lock


def verb(context: Context) -> int:
    """Take in the files named, or all of the inbox, or take one step back; 1 when something waits for an answer."""
    options, root, language = context.options, context.root, context.language
    options = replace(options, files=[_unmasked(file, root) for file in options.files])
    for file in options.files:
        if not Path(str(file).partition(PART)[0]).is_file():
            raise Stop(intake("no-such-file", language, file=file), USAGE)
    ask = context.ask if sys.stdin.isatty() and sys.stdout.isatty() else None
    said = repetition.recall(root, open_cache(root), language) if _is_bare(options) else None
    if said and not (ask and said.is_asked):
        for line in said.lines:
            context.repeat(line)
        return ERRORS if said.receipts else FINE
    try:
        journal = Journal(root)
    except ValueError:
        raise Stop(intake("bad-journal", language, path=JOURNAL), ERRORS) from None
    register_of(context)
    if not (options.files or options.undo) and nothing_new(root, journal):
        context.show(intake("nothing", language, folder=INBOX))
        return FINE
    with context.progress() as steps, hold_lock(root, once=context.request if options.undo else ""):
        journal, cache = Journal(root), open_cache(root)  # as it is now: another command may have been at work
        examined = context.examine(cache)
        plan = plan_of(examined, project_dictionary(root))
        choices = EditorChoices(
            read_identifier(options.association, list(plan.associations), language),
            read_identifier(options.theme, [theme.id for theme in plan.outline.themes], language),
            options.accept_changes, options.replace, options.citations, options.add,
            is_text=bool(options.files and options.theme),
        )  # fmt: skip
        door = outgoing_door(examined, language, cache)
        context = context.with_door(door)
        session = IntakeSession(
            root=root,
            plan=plan,
            choices=choices,
            cache=cache,
            journal=journal,
            door=door,
            language=language,
            show=context.show,
            repeat=context.repeat,
            ask=ask,
        )
        try:
            if options.undo:
                undo(session, options.undo)
                return FINE
            return FINE if steps.run("intake", process_inbox, session, options.files, steps) else ERRORS
        except AmbiguousTheme:
            raise Stop(intake("two-files", language), USAGE) from None
        except NotUndone as error:
            raise Stop(intake(error.reason, language, **error.facts), USAGE) from None


def _unmasked(file: Path, root: Path) -> Path:
    """The one file of the inbox that is shown by this name, a word of it masked; else the name as typed."""
    name, part, inner = str(file).partition(PART)
    if MASK not in name or Path(name).is_file():
        return file
    shape = re.compile(".+".join(map(re.escape, name.split(MASK))))
    shown = [one for one in (root / INBOX).rglob("*") if one.is_file()]
    found = [one for one in shown if shape.fullmatch(one.relative_to(root).as_posix())]
    return Path(f"{found[0]}{part}{inner}") if len(found) == 1 else file


def _is_bare(options: Options) -> bool:
    """Whether nothing was typed that an intake depends on."""
    typed = replace(options, root=Path(), lang="fr", timings=False, files=tuple(options.files))
    return typed == Options(verb=options.verb)
