"""A package put in place: beside the former one first, then read back, then in its place; mended after a kill."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from rapport.storage.cache import write_atomically, write_together

OLD, NEW = ".old", ".new"  # what is taken away, and what is not finished, beside the package and hidden


def put(folder: Path, files: Mapping[str, bytes], archive: Path, packed: bytes) -> None:
    """Put a finished folder and its archive in place; at no moment does one stand beside the other's former self."""
    if not _holds(folder, files):
        fresh, old, sealed = _beside(folder, NEW), _beside(folder, OLD), _beside(archive, NEW)
        shutil.rmtree(fresh, ignore_errors=True)
        write_together({**{fresh / name: content for name, content in files.items()}, sealed: packed})
        if not _holds(fresh, files):
            raise OSError(None, None, str(fresh))
        archive.unlink(missing_ok=True)  # from here on, nothing needs room
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
        sealed.rename(archive)
        shutil.rmtree(old, ignore_errors=True)
    elif not archive.is_file() or archive.read_bytes() != packed:
        write_atomically(archive, packed)


def recover(folder: Path, archive: Path) -> None:
    """Mend what a command that was killed while it put a package in place has left."""
    old = _beside(folder, OLD)
    if old.exists() and not folder.exists():
        old.rename(folder)
    for leftover in (old, _beside(folder, NEW)):
        shutil.rmtree(leftover, ignore_errors=True)
    _beside(archive, NEW).unlink(missing_ok=True)


def _beside(folder: Path, suffix: str) -> Path:
    return folder.with_name(f".{folder.name}{suffix}")


def _holds(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a folder holds these files, byte for byte, and nothing else."""
    try:
        return {path.name: path.read_bytes() for path in folder.iterdir()} == dict(files)
    except OSError:
        return False
