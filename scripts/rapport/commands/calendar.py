"""`rapport calendar`: the calendar as .ics, for all and for each association, in build/calendrier/."""

from __future__ import annotations

from rapport.commands.context import Context
from rapport.desk import agenda
from rapport.messages import desk
from rapport.messages.stop import FINE
from rapport.pipeline import outgoing_door
from rapport.storage.lock import hold_lock


def verb(context: Context) -> int:
    """Write the files, and say which and how many stages each has."""
    root, language = context.root, context.language
    with context.progress(), hold_lock(root):
        examined = context.examine()
        written, removed = agenda.write(root, examined, outgoing_door(examined, language), language)
    lines = [desk("calendar-file", language, path=path, count=count) for path, count in written.items()]
    lines.append(desk("calendar-how" if written else "calendar-none", language))
    lines += [desk("calendar-removed", language, path=path) for path in removed]
    context.show("\n".join(lines))
    return FINE
