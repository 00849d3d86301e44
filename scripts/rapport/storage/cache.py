"""Results kept in build/cache under the digest of what they were made from: safe to delete at any moment.

An entry that cannot be read back is made again, never trusted.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Mapping
from pathlib import Path


def digest(*parts: str | bytes) -> str:
    """The SHA-256, in hexadecimal, of parts that cannot run into one another."""
    total = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(b"%d:" % len(raw))
        total.update(raw)
    return total.hexdigest()


def write_atomically(path: Path, content: bytes) -> None:
    """Put a file in place whole or not at all: written elsewhere in its folder, flushed, renamed."""
    write_together({path: content})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Put files in place, each whole; none of them when one cannot be written: a full disk tells before that."""
    parts = {path: _part(path) for path in files}
    try:
        for path, part in parts.items():
            _write(path, part, files[path])
        for path, part in parts.items():
            part.replace(path)
    finally:
        for part in parts.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def _part(path: Path) -> Path:
    """Where a file is written before it is put in place; `lock` clears away those of a build that was killed."""
    return path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")


def _write(path: Path, part: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        error.filename = str(path)  # the name that people know
        raise


SEAL = 16  # bytes


def _seal(content: bytes) -> bytes:
    """What stands before a stored result: a half-written or damaged one does not match it."""
    return hashlib.blake2b(content, digest_size=SEAL).digest()


class Cache:
    """A folder of results by kind and digest, which forgets what a build did not ask for."""

    def __init__(self, folder: Path, maker: str) -> None:
        """`maker` stands for the program's own version: another one finds nothing of this one's."""
        self.folder, self.maker = folder, maker
        self.asked: dict[str, set[str]] = {}

    def get(self, kind: str, *parts: str | bytes) -> tuple[Path, bytes | None]:
        """The place of a result, and the result if it is there and whole."""
        name = digest(self.maker, *parts)
        self.asked.setdefault(kind, set()).add(name)
        path = self.folder / kind / name
        try:
            stored = path.read_bytes()
        except OSError:
            return path, None
        content = stored[SEAL:]
        return path, content if _seal(content) == stored[:SEAL] else None

    def put(self, path: Path, content: bytes) -> None:
        """Store a result at the place that `get` gave; a full disk costs time later, not the build."""
        part = _part(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_seal(content) + content)
            part.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Delete what this build did not ask for, in the kinds it asked anything of."""
        for kind, names in self.asked.items():
            folder = self.folder / kind
            for path in folder.iterdir() if folder.is_dir() else ():
                if path.name not in names:
                    path.unlink(missing_ok=True)
