"""One build at a time in one build/."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from rapport.storage.manifest import PART
from rapport.storage.transaction import Outcome, transaction

PARTS = (".*", "build/.*", "build/*/.*", "build/cache/*/.*", "contributions/**/.*", "chapters/**/.*")


class BuildFolderBusy(Exception):
    """Another command is writing into build/."""


class BuildFolderDeleted(OSError):
    """Somebody deleted build/ while a command was at work in it."""


@contextlib.contextmanager
def hold_lock(root: Path, wait: bool = False, once: str = "") -> Iterator[Outcome]:
    """Hold build/ for oneself; all that is changed meanwhile is one transaction.

    Gives what was put back of a command that was killed. Raises Busy at once when another command holds it, unless told
    to wait. The system gives the lock back when its holder ends, however it ends. `once`: see `transaction`.
    """
    folder = root / "build"
    with _held(folder, wait) as lock:
        for part in (path for pattern in PARTS for path in root.glob(pattern)):
            if PART.fullmatch(part.name):
                part.unlink(missing_ok=True)
        try:
            with transaction(root, once) as recovered:
                yield recovered
        except Exception as error:
            if not _in_place(lock, folder):
                raise BuildFolderDeleted from error
            raise


def _held(folder: Path, wait: bool) -> IO[str]:
    """The lock, held; taken once more where build/ was deleted meanwhile."""
    while True:
        folder.mkdir(exist_ok=True)
        try:
            lock = (folder / ".lock").open("w")
        except FileNotFoundError:
            if folder.is_dir():
                raise
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            lock.close()
            raise BuildFolderBusy from None
        except OSError:  # a disk on which nothing can be locked
            lock.close()
            raise
        if _in_place(lock, folder):
            return lock
        lock.close()


def _in_place(lock: IO[str], folder: Path) -> bool:
    """Whether the lock held is still the one that others find."""
    try:
        return os.path.samestat(os.fstat(lock.fileno()), (folder / ".lock").stat())
    except OSError:
        return False
