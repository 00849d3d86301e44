"""`rapport desk`: the editor's page, in build/tableau-de-bord.html; every build makes it too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapport.commands.context import Context
from rapport.messages import desk
from rapport.messages.stop import FINE
from rapport.storage.lock import hold_lock

if TYPE_CHECKING:
    from rapport.model import Report
    from rapport.pipeline import Examined
    from rapport.storage.cache import Cache


def verb(context: Context) -> int:
    """Make the page, and say where it is."""
    from rapport.examination.opening import open_cache

    with context.progress(), hold_lock(context.root):
        cache = open_cache(context.root)
        path, _, written = write_page(context, context.examine(cache), cache)
    context.show(desk("made" if written else "kept", context.language, path=path))
    return FINE


def write_page(
    context: Context, examined: Examined, cache: Cache, draft: Report | None = None
) -> tuple[str, bytes, bool]:
    """The page put in its place: its path, its bytes, whether they are new. `draft`: the French draft as merged."""
    from rapport import pipeline
    from rapport.desk.overview import gather
    from rapport.desk.page import PAGE, write
    from rapport.storage.transaction import write_atomically

    with context.steps.time_step("desk") as step:
        usable = None if examined.agreements.reservations else draft
        whole = gather(context.root, examined, context.language, usable)
        content = write(whole, pipeline.outgoing_door(examined, context.language, cache), context.language)
        step.counts["open"] = len(whole.blocking)
    place = context.root / PAGE
    if place.is_file() and place.read_bytes() == content:
        return PAGE, content, False
    write_atomically(place, content)
    return PAGE, content, True
