"""Files of a moment: in build/tmp, not in the folder that all programs of a machine share."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

FOLDER = "build/tmp"
LONGEST = 86_400  # seconds that a command is given where nobody can ask whether it runs
STARTED = "started-"  # and the mark of a program that the command has started: an empty file in its folder
TRIES, PAUSE = 100, 0.01  # to delete a folder that a program was writing into until now; seconds between two

_place: Path | None = None
"""The folder of this process in build/tmp."""


@contextlib.contextmanager
def temporary_files(root: Path) -> Iterator[None]:
    """Let `tempfile`, and the programs that we start, put theirs into build/tmp, which is empty again afterwards.

    Where that cannot be written, they stay where the system has them.
    """
    global _place
    home = root.absolute() / FOLDER
    clear(root)
    try:
        home.mkdir(parents=True, exist_ok=True)
        place = tempfile.mkdtemp(prefix=f"{process_mark(os.getpid())}-", dir=home)
    except OSError:
        yield
        return
    before, told = tempfile.tempdir, os.environ.get("TMPDIR")
    tempfile.tempdir = os.environ["TMPDIR"] = place
    _place = Path(place)
    try:
        yield
    finally:
        _place, tempfile.tempdir = None, before
        if told is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = told
        shutil.rmtree(place, ignore_errors=True)
        for folder in (home, home.parent):
            with contextlib.suppress(OSError):
                folder.rmdir()  # where nothing else is in it


def part_of(path: Path) -> Path:
    """Where a file is written before it is put in place: in build/tmp, else beside it."""
    mine = f"{os.getpid()}-{threading.get_ident()}.part"
    return _place / mine if _place else path.with_name(f".{path.name}.{mine}")


def clear(root: Path) -> None:
    """Delete what commands have left that were killed."""
    home = root / FOLDER
    for left in home.iterdir() if home.is_dir() else ():
        with contextlib.suppress(FileNotFoundError):  # its command has ended since
            if not is_alive(left.name.partition("-")[0], left):
                tries = TRIES if _end_programs(left) else 1
                while tries and left.exists():
                    shutil.rmtree(left, ignore_errors=True)
                    tries -= 1
                    time.sleep(PAUSE if tries else 0)


def ends_with_us(group: int) -> None:
    """A program that we have started, as a group of its own: it is ended with what we leave, should we be killed."""
    if _place:
        (_place / f"{STARTED}{process_mark(group)}").touch()


def _end_programs(left: Path) -> bool:
    """What a killed command has started and goes on without it, ended; whether there was any."""
    marks = [path.name.removeprefix(STARTED) for path in left.glob(f"{STARTED}*.*")]
    groups = [int(mark.partition(".")[0]) for mark in marks if os.name != "nt" and is_alive(mark, left)]
    for group in groups:
        with contextlib.suppress(OSError):
            os.killpg(group, signal.SIGKILL)
    return bool(groups)


def process_mark(number: int) -> str:
    """A process by its number and, where the system tells it, when it began: a number is given again to another."""
    try:
        facts = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
        return f"{number}.{facts.rpartition(')')[2].split()[19]}"  # proc(5): 22nd, the name in brackets being the 2nd
    except (OSError, IndexError):
        return str(number)


def is_alive(mark: str, made: Path) -> bool:
    """Whether a process is there, by its mark: on Windows, which kills who asks so, for a day after what it `made`."""
    if os.name == "nt":
        return time.time() - made.stat().st_mtime < LONGEST
    number, _, began = mark.partition(".")
    try:
        os.kill(int(number), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except OSError:
        return True  # somebody else's
    return not began or mark == process_mark(int(number))
