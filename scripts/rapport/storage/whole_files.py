"""Files written whole beside their place, and put there by one renaming."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

PRIVATE = "contributions/inbox/recus"  # what is kept there is read by whoever wrote it alone


@contextlib.contextmanager
def blame(path: Path) -> Iterator[None]:
    """Errors of the disk under the name that people know."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def write_whole(path: Path, part: Path, content: bytes) -> None:
    """Write the part of a file to come, down to the disk; raises OSError under the name of the file."""
    with blame(path):
        part.parent.mkdir(parents=True, exist_ok=True)
        mode = 0o600 if path.parent.as_posix().endswith(PRIVATE) else 0o666
        with open(part, "wb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def put_in_place(part: Path, path: Path) -> None:
    """Move a file that is whole to its place, whose folders are made."""
    with blame(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.replace(path)
        except OSError as error:
            if error.errno != errno.EXDEV:  # a folder of the project may lie on another disk
                raise
            beside = path.with_name(f".{path.name}.{os.getpid()}.part")
            shutil.copy(part, beside)
            beside.replace(path)
            part.unlink()


def keep_former(path: Path, backup: Path) -> None:
    """Keep a file as it is under another name, where what is put in its place does not reach it."""
    try:
        os.link(path, backup)
    except OSError:  # a disk without hard links, or another one
        shutil.copy(path, backup)


def digest_of_bytes(content: bytes) -> str:
    """The SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest_of(path: Path) -> str:
    """The same of a file, "" where it is not there."""
    try:
        return digest_of_bytes(path.read_bytes())
    except FileNotFoundError:
        return ""
    except OSError:
        return "unreadable"
