"""One build at a time in one build/."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from rapport.storage.manifest import PART
from rapport.storage.transaction import Outcome, Teller, is_left_undone, transaction

PARTS = (".*", "build/.*", "build/*/.*", "build/cache/*/.*", "contributions/**/.*", "chapters/**/.*")


class BuildFolderBusy(Exception):
    """Another command is writing into build/, or was killed while it did, since this one began."""


class BuildFolderDeleted(OSError):
    """Somebody deleted build/ while a command was at work in it."""


@contextlib.contextmanager
def hold_lock(root: Path, wait: bool = False, once: str = "", tell: Teller | None = None) -> Iterator[Outcome]:
    """Hold build/ for oneself; all that is changed meanwhile is one transaction.

    Gives what was put back of a command that was killed. Raises Busy at once when another command holds it, unless told
    to wait. The system gives the lock back when its holder ends, however it ends. `once`: see `transaction`.

    Only who can `tell` puts something back. A command that cannot has looked for it before it read anything: what is
    there now is of one that was at work then, what was read may be half of what that one did, and Busy is raised too.
    """
    folder = root / "build"
    with _held(folder, wait) as lock:
        for part in (path for pattern in PARTS for path in root.glob(pattern)):
            if PART.fullmatch(part.name):
                part.unlink(missing_ok=True)
        if not tell and is_left_undone(root):
            raise BuildFolderBusy
        try:
            with transaction(root, once, tell) as recovered:
                yield recovered
        except Exception as error:
            if not _in_place(lock, folder):
                raise BuildFolderDeleted from error
            raise


def _held(folder: Path, wait: bool) -> IO[str]:
    """The lock, held; taken once more where build/ was deleted meanwhile."""
    import portalocker  # late: slow to start, and wanted only by what writes

    flags = portalocker.LockFlags.EXCLUSIVE
    flags |= portalocker.LockFlags(0) if wait else portalocker.LockFlags.NON_BLOCKING
    while True:
        folder.mkdir(exist_ok=True)
        try:
            lock = (folder / ".lock").open("w")
        except FileNotFoundError:
            if folder.is_dir():
                raise
            continue
        try:
            portalocker.lock(lock, flags)
        except portalocker.AlreadyLocked:
            lock.close()
            raise BuildFolderBusy from None
        except portalocker.LockException as error:  # a disk on which nothing can be locked
            lock.close()
            raise error.__cause__ if isinstance(error.__cause__, OSError) else OSError(str(error)) from error
        if _in_place(lock, folder):
            return lock
        lock.close()


def _in_place(lock: IO[str], folder: Path) -> bool:
    """Whether the lock held is still the one that others find."""
    try:
        return os.path.samestat(os.fstat(lock.fileno()), (folder / ".lock").stat())
    except OSError:
        return False
