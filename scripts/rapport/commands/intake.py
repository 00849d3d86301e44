"""`rapport intake`: what was typed, made into one intake."""

from __future__ import annotations

import sys
from typing import Any

from rapport.commands.arguments import Terminal, named
from rapport.intake.journal import INBOX, JOURNAL, Journal
from rapport.intake.plan import Plan
from rapport.intake.run import Desk, TwoFiles, nothing_new, run
from rapport.intake.take import Wishes
from rapport.messages import intake
from rapport.messages.stop import USAGE, Stop
from rapport.opening import open_cache
from rapport.storage.lock import locked


def verb(options: Any, terminal: Terminal) -> int:
    """Take in the files named, or all of the inbox; 1 when something waits for an answer."""
    root, language = options.root, options.lang
    for file in options.files:
        if not file.is_file():
            raise Stop(intake("no-such-file", language, file=file), USAGE)
    try:
        journal = Journal(root)
    except ValueError:
        raise Stop(intake("bad-journal", language, path=JOURNAL), 1) from None
    if not options.files and nothing_new(root, journal):
        terminal.show(intake("nothing", language, folder=INBOX))
        return 0
    with terminal.progress(language) as progress, locked(root):
        cache = open_cache(root)
        examined = terminal.examined(root, cache, language, progress)
        plan = plan_of(examined)
        wishes = Wishes(
            named(options.association, list(plan.associations), language),
            named(options.theme, [theme.id for theme in plan.outline.themes], language),
            options.accept_changes, options.replace, options.citations,
        )  # fmt: skip
        ask = terminal.ask if sys.stdin.isatty() and sys.stdout.isatty() else None
        desk = Desk(root, plan, wishes, cache, journal, language, terminal.show, ask)
        try:
            return 0 if run(desk, options.files, progress) else 1
        except TwoFiles:
            raise Stop(intake("two-files", language), USAGE) from None


def plan_of(examined: Any) -> Plan:
    """What files are compared with, of a project as read."""
    items = {reference.key.value: reference.item for reference in examined.library.references}
    keys = examined.library.keys
    works = {typed: items[name] for typed, name in keys.get("", {}).items() if name in items}
    own = {
        association: {typed: items[name] for typed, name in known.items() if name in items}
        for association, known in keys.items()
        if association
    }
    return Plan(examined.outline, examined.associations, works, own)
