"""`rapport letters`: one page for each association, what was received and what to change, in build/lettres/."""

from __future__ import annotations

from rapport.commands.context import Context
from rapport.correspondence import facts
from rapport.correspondence.letters import write
from rapport.intake.journal import JOURNAL, Journal
from rapport.messages import intake, letter
from rapport.messages.stop import ERRORS, FINE, Stop
from rapport.pipeline import outgoing_door
from rapport.storage.lock import hold_lock


def verb(context: Context) -> int:
    """Write the letters, and say which were written, taken away, or lack an original."""
    root, language = context.root, context.language
    with context.progress() as steps, hold_lock(root):
        try:
            journal = Journal(root)
        except ValueError:
            raise Stop(intake("bad-journal", language, path=JOURNAL), ERRORS) from None
        examined = context.examine()
        with steps.time_step("letters") as step:
            written, removed, absent = write(
                root, examined, journal, context.today, language, lambda name: steps("letter", name=name)
            )
            step.counts["files"] = len(written)
    lines = [letter("file", language, path=path) for path in written]
    lines += [letter("removed", language, path=path) for path in removed]
    lines += [letter("no-original", language, file=file) for file in absent]
    lines += [letter("unknown", language, folder=folder) for folder in facts.unknown_folders(examined)]
    context.with_door(outgoing_door(examined, language)).show("\n".join(lines or [letter("none", language)]))
    return FINE
