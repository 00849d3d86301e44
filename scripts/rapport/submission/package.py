"""A package put in place and read back; for whoever holds the lock, under which all of it is in place or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rapport.storage.transaction import remove, write_together


def put_in_place(folder: Path, files: Mapping[str, bytes], archive: Path, packed: bytes) -> None:
    """Put a finished folder and its archive in place; what else lies in the folder goes.

    The last of `files`, which vouches for the others, is not there while they are changed, and neither is the archive.
    """
    if _files(folder) == files and archive.is_file() and archive.read_bytes() == packed:
        return
    *_, voucher = files
    for name in (voucher, *(_files(folder).keys() - files.keys())):
        remove(folder / name)
    remove(archive)
    write_together({**{folder / name: content for name, content in files.items()}, archive: packed})
    if _files(folder) != files:
        raise OSError(None, None, str(folder))


def _files(folder: Path) -> dict[str, bytes]:
    """What a folder holds, by the path within it."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
