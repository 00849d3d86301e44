"""Files of a moment: in build/tmp, not in the folder that all programs of a machine share."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

FOLDER = "build/tmp"
LONGEST = 86_400  # seconds that a command is given where nobody can ask whether it runs


@contextlib.contextmanager
def temporary_files(root: Path) -> Iterator[None]:
    """Let `tempfile`, and the programs that we start, put theirs into build/tmp, which is empty again afterwards.

    Where that cannot be written, they stay where the system has them.
    """
    home = root.absolute() / FOLDER
    clear(root)
    try:
        home.mkdir(parents=True, exist_ok=True)
        place = tempfile.mkdtemp(prefix=f"{_mark(os.getpid())}-", dir=home)
    except OSError:
        yield
        return
    before, told = tempfile.tempdir, os.environ.get("TMPDIR")
    tempfile.tempdir = os.environ["TMPDIR"] = place
    try:
        yield
    finally:
        tempfile.tempdir = before
        if told is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = told
        shutil.rmtree(place, ignore_errors=True)
        for folder in (home, home.parent):
            with contextlib.suppress(OSError):
                folder.rmdir()  # where nothing else is in it


def clear(root: Path) -> None:
    """Delete what commands have left that were killed."""
    home = root / FOLDER
    for left in home.iterdir() if home.is_dir() else ():
        with contextlib.suppress(FileNotFoundError):  # its command has ended since
            if not _alive(left):
                shutil.rmtree(left, ignore_errors=True)


def _mark(number: int) -> str:
    """A process by its number and, where the system tells it, when it began: a number is given again to another."""
    try:
        facts = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
        return f"{number}.{facts.rpartition(')')[2].split()[19]}"  # proc(5): 22nd, the name in brackets being the 2nd
    except (OSError, IndexError):
        return str(number)


def _alive(place: Path) -> bool:
    """Whether the process is there that a folder is named after: on Windows, which kills who asks so, for a day."""
    if os.name == "nt":
        return time.time() - place.stat().st_mtime < LONGEST
    mark = place.name.partition("-")[0]
    number, _, began = mark.partition(".")
    try:
        os.kill(int(number), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except OSError:
        return True  # somebody else's
    return not began or mark == _mark(int(number))
