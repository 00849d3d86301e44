"""`rapport redline`: two states of the report compared: a Word file, a page of the web, a page for each association."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rapport.commands.arguments import Terminal
from rapport.compare.redline import redlined
from rapport.compare.states import state
from rapport.messages import redline
from rapport.messages.stop import USAGE, Stop
from rapport.opening import open_cache
from rapport.review.freeze import draft_map as drafts_map
from rapport.storage.cache import write_atomically
from rapport.storage.lock import locked


def verb(options: Any, terminal: Terminal) -> int:
    """Compare what FROM and TO say; without them, the last draft frozen and the texts of today."""
    root, language = options.root, options.lang
    with terminal.progress(language) as progress, locked(root):
        first = options.first or _last(root, language)
        cache = open_cache(root)
        progress("redline")
        old, new = (state(root, typed, cache, language) for typed in (first, options.second))
        files = redlined(root, old, new, language)
        for path, content in files.items():
            write_atomically(root / path, content)
    for path in files:
        if "/associations/" not in path:
            terminal.show(redline("written", language, path=path))
    pages = sorted({str(Path(path).parent) for path in files if "/associations/" in path})
    for path in pages:
        terminal.show(redline("pages", language, path=path))
    return 0


def _last(root: Path, language: str) -> str:
    numbers = drafts_map.numbers(root)
    if not numbers:
        raise Stop(redline("no-draft", language), USAGE)
    return str(numbers[-1])
