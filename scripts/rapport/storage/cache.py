"""Results kept in build/cache under the digest of what they were made from: safe to delete at any moment.

An entry that cannot be read back is made again, never trusted.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from rapport.storage.temporary import part_of
from rapport.storage.whole_files import put_in_place

Asked = ParamSpec("Asked")
Result = TypeVar("Result")

_forgetting: list[Callable[[], None]] = []
"""What a sweep calls for each function that is `kept_in_mind`."""


def kept_in_mind(make: Callable[Asked, Result]) -> Callable[Asked, Result]:
    """A function that makes a result of a whole text once, for `make watch`; what a build did not ask for goes."""
    now, before = dict[object, Result](), dict[object, Result]()

    def forget() -> None:
        before.clear()
        before.update(now)
        now.clear()

    @wraps(make)
    def recall(*asked: Asked.args, **named: Asked.kwargs) -> Result:
        key = asked, *named.items()
        if key not in now:
            now[key] = before[key] if key in before else make(*asked, **named)
        return now[key]

    _forgetting.append(forget)
    return recall


def digest(*parts: str | bytes) -> str:
    """The SHA-256, in hexadecimal, of parts that cannot run into one another."""
    total = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(b"%d:" % len(raw))
        total.update(raw)
    return total.hexdigest()


SEAL = 16  # bytes


def _seal(path: Path, content: bytes) -> bytes:
    """What stands before a stored result: half-written, damaged or under another's name, it does not match."""
    return hashlib.blake2b(content, digest_size=SEAL, key=digest(path.parent.name, path.name).encode()).digest()


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
        return path, content if _seal(path, content) == stored[:SEAL] else None

    def holds(self, kind: str, *parts: str | bytes) -> bool:
        """Whether something stands at the place of a result; only `get` tells whether it is whole."""
        return (self.folder / kind / digest(self.maker, *parts)).exists()

    def put(self, path: Path, content: bytes) -> None:
        """Store a result at the place that `get` gave; a full disk costs time later, not the build."""
        part = part_of(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_seal(path, content) + content)
            put_in_place(part, path)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def also_asked(self, asked: Mapping[str, set[str]]) -> None:
        """What another process asked for belongs to this build too."""
        for kind, names in asked.items():
            self.asked.setdefault(kind, set()).update(names)

    def sweep(self, *kinds: str) -> None:
        """Delete what this build did not ask for, in these kinds, or in those it asked anything of."""
        for forget in () if kinds else _forgetting:
            forget()
        for kind in kinds or self.asked:
            folder = self.folder / kind
            for path in folder.iterdir() if folder.is_dir() else ():
                if path.name not in self.asked.get(kind, ()):
                    path.unlink(missing_ok=True)
