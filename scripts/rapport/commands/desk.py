"""`rapport desk`: the editor's page, in build/tableau-de-bord.html; every build makes it too."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from rapport.commands.context import Context
from rapport.messages import desk
from rapport.messages.stop import FINE
from rapport.storage.lock import hold_lock

if TYPE_CHECKING:
    from rapport.examination.result import Examined
    from rapport.model import Report
    from rapport.storage.cache import Cache

PAGE = "build/tableau-de-bord.html"
PageMaker = Callable[[], tuple[bytes, int]]
"""What gives the page, and how many things stand on it that block the report."""


def verb(context: Context) -> int:
    """Make the page, and say where it is."""
    from rapport.examination.opening import open_cache

    with context.progress(), hold_lock(context.root):
        cache = open_cache(context.root)
        path, _, written = write_page(context, page_maker(context, context.examine(cache), cache))
    context.show(desk("made" if written else "kept", context.language, path=path))
    return FINE


def page_maker(context: Context, examined: Examined, cache: Cache, draft: Report | None = None) -> PageMaker:
    """What makes the page of a project; `draft`: its French draft as merged, where there is one."""
    usable = None if examined.agreements.reservations else draft
    return partial(_make_page, context, examined, cache, usable)


def _make_page(context: Context, examined: Examined, cache: Cache, draft: Report | None) -> tuple[bytes, int]:
    from rapport import pipeline
    from rapport.desk.overview import gather
    from rapport.desk.page import write

    whole = gather(context.root, examined, context.language, draft)
    door = pipeline.outgoing_door(examined, context.language, cache)
    return write(whole, door, context.language), len(whole.blocking)


def write_page(context: Context, make: PageMaker) -> tuple[str, bytes, bool]:
    """The page put in its place: its path, its bytes, whether they are new."""
    from rapport.storage.transaction import write_changed

    with context.steps.time_step("desk") as step:
        content, step.counts["open"] = make()
    return PAGE, content, write_changed(context.root / PAGE, content)
