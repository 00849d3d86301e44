"""`rapport redline`: two states of the report compared: a Word file, a page of the web, a page for each association."""

from __future__ import annotations

from pathlib import Path

from rapport.commands.context import Context
from rapport.compare.redline import comparison_door, comparison_files
from rapport.compare.states import read_state
from rapport.examination.opening import open_cache
from rapport.messages import redline
from rapport.messages.stop import USAGE, Stop
from rapport.review.freeze import draft_map as drafts_map
from rapport.storage.lock import hold_lock


def verb(context: Context) -> int:
    """Compare what FROM and TO say; without them, the last draft frozen and the texts of today."""
    options, root, language = context.options, context.root, context.language
    with context.progress() as steps, hold_lock(root):
        first = options.from_state or _last(root, language)
        cache = open_cache(root)
        steps("redline")
        old, new = (read_state(root, typed, cache, language, steps) for typed in (first, options.to_state))
        with steps.time_step("redline") as step:
            door = comparison_door(old, new, language)
            files = comparison_files(root, old, new, door, language)
            step.counts["files"] = len(files)
        written = [door.write(root, path, content) for path, content in files.items()]
    for path in written:
        if "/associations/" not in path:
            context.show(redline("written", language, path=path))
    pages = sorted({str(Path(path).parent) for path in written if "/associations/" in path})
    for path in pages:
        context.show(redline("pages", language, path=path))
    return 0


def _last(root: Path, language: str) -> str:
    numbers = drafts_map.numbers(root)
    if not numbers:
        raise Stop(redline("no-draft", language), USAGE)
    return str(numbers[-1])
