"""Files of a moment: in build/tmp, not in the folder that all programs of a machine share."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

FOLDER = "build/tmp"


@contextlib.contextmanager
def temporary_files(root: Path) -> Iterator[None]:
    """Let `tempfile`, and the programs that we start, put theirs into build/tmp, which is empty again afterwards.

    Where that cannot be written, they stay where the system has them.
    """
    home = root.absolute() / FOLDER
    clear(root)
    try:
        home.mkdir(parents=True, exist_ok=True)
        place = tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=home)
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
        if not _alive(left.name.partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)


def _alive(number: str) -> bool:
    """Whether a process has this number, and is not ours."""
    try:
        os.kill(int(number), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except OSError:
        pass  # somebody else's
    return True
