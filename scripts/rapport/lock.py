"""One build at a time in one build/."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path


class Busy(Exception):
    """Another command is writing into build/."""


@contextlib.contextmanager
def locked(root: Path, wait: bool = False) -> Iterator[None]:
    """Hold build/ for oneself; raises Busy at once when another command holds it, unless told to wait."""
    folder = root / "build"
    folder.mkdir(exist_ok=True)
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Busy from None
        yield
