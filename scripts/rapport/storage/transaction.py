"""Several files changed as one: a command that is killed, interrupted or out of room leaves them as it found them.

While a command holds the lock, every change that it makes to the project is written down in `.transaction/list` before
it is made, with the former bytes beside it; the list is deleted once the command is done, and only then do its changes
stand. Where the list is still there, its command was killed, and the next one puts everything back, so that the same
command again does what it would have done. What somebody changed meanwhile is theirs, and stays.

A command that does more when it is typed twice leaves `.transaction.done` until all that it had to say was said: where
that is still there, its command was killed at its very end, and is not done a second time. To delete it is the last
that a command does.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple

from rapport.storage.temporary import is_alive, part_of, process_mark
from rapport.storage.whole_files import blame, digest_of, digest_of_bytes, keep_former, put_in_place, write_whole

FOLDER = ".transaction"
LIST, PUT_BACK, DONE = "list", "put-back", f"{FOLDER}.done"
SCRATCH = (("build", "cache"), ("build", "staging"), ("build", "tmp"))  # made again at need: nobody takes them back


class Outcome(Struct, frozen=True):
    """Files by their path from the root: put back, or changed by somebody since and left.

    `finished_request` is the digest of what was asked of a command killed when all its changes stood, else "".
    """

    restored_files: tuple[str, ...] = ()
    foreign_files: tuple[str, ...] = ()
    finished_request: str = ""


Teller = Callable[[Outcome], None]
"""Says what was made of a command that was killed."""


class WritingStopped(OSError):
    """A command that the disk stopped, and what became of the files that it had changed."""

    def __init__(self, error: OSError, outcome: Outcome) -> None:
        super().__init__(error.errno, error.strerror or str(error), error.filename)
        self.outcome = outcome


class _Change(Struct, frozen=True):
    """One change: a path from the root, the digests before and after it ("" for no file), where the former bytes are.

    `folders` are those that were made for it, the innermost first.
    """

    path: str
    old_digest: str
    new_digest: str
    backup: str
    folders: tuple[str, ...] = ()


class Transaction:
    """The changes of one command; `once` is its request, where it does more when it is done twice."""

    def __init__(self, root: Path, once: str = "") -> None:
        self.root, self.folder, self.once = root, root / FOLDER, once
        self.changes: list[_Change] = []
        self.settled = 0  # how many of them Ctrl-C or a bug does not take back
        self.names = map(str, count())

    def covers(self, path: Path) -> bool:
        """Whether a change of this file is one of the project."""
        return path.is_relative_to(self.root) and path.relative_to(self.root).parts[:2] not in SCRATCH

    def replace(self, files: Mapping[Path, bytes]) -> None:
        """Files put in place, each whole; none where one cannot be written."""
        parts = {path: self.folder / next(self.names) for path in files}
        for path, part in parts.items():
            write_whole(path, part, files[path])
        self._note([self._change(path, digest_of_bytes(content)) for path, content in files.items()])
        for path, part in parts.items():
            put_in_place(part, path)

    def remove(self, path: Path) -> None:
        """A file deleted, if it is there."""
        if path.is_file() or path.is_symlink():
            with blame(path):
                self.folder.mkdir(exist_ok=True)
                self._note([self._change(path, "")])
                path.unlink()

    def savepoint(self) -> None:
        """What was done so far stands, unless the command is killed or out of room."""
        self.settled = len(self.changes)

    def keep(self) -> None:
        """What was done stands, even where Ctrl-C is typed while the former bytes are deleted."""
        if self.once and self.changes:
            done = self.root / DONE
            write_whole(done, done, f"{process_mark(os.getpid())}\n{digest_of_bytes(self.once.encode())}".encode())
        (self.folder / LIST).unlink(missing_ok=True)
        self.changes.clear()
        _forget(self.folder)

    def undo(self) -> Outcome:
        """What was done since the savepoint put back."""
        outcome = _undone(self.root, self.changes[self.settled :])
        (self.root / DONE).unlink(missing_ok=True)
        _forget(self.folder)
        return outcome

    def _change(self, path: Path, after: str) -> _Change:
        """A change to come, the former bytes kept."""
        name = path.relative_to(self.root).as_posix()
        before = digest_of(path)
        backup = ""
        if before and all(change.path != name for change in self.changes[self.settled :]):
            backup = next(self.names)
            with blame(path):
                keep_former(path, self.folder / backup)
        missing = [folder for folder in path.relative_to(self.root).parents if not (self.root / folder).exists()]
        return _Change(name, before, after, backup, tuple(folder.as_posix() for folder in missing))

    def _note(self, changes: list[_Change]) -> None:
        text = "".join(f"\n{json.dumps(astuple(change))}" for change in changes)
        with blame(self.root / changes[0].path), (self.folder / LIST).open("ab") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        self.changes += changes


_current: Transaction | None = None
"""The transaction of the command that holds the lock."""


@contextlib.contextmanager
def transaction(root: Path, once: str = "", tell: Teller | None = None) -> Iterator[Outcome]:
    """All changes until the end are one, or none where an error ends it; gives what a killed command left undone.

    For whoever holds the lock. `once` is the request of a command that does more when it is done twice: `heard` is
    called when all was printed. `tell`: see `recover`. Raises `WritingStopped` in the place of an OSError.
    """
    global _current
    recovered = recover(root, tell)
    current = _current = Transaction(root, once)
    try:
        yield recovered
        current.keep()
    except OSError as error:
        current.settled = 0
        raise WritingStopped(error, current.undo()) from error
    except BaseException:
        current.undo()
        raise
    finally:
        _current = None


def is_pending(root: Path) -> bool:
    """Whether a command is changing files, or was killed while it did."""
    return (root / FOLDER).exists() or (root / DONE).exists()


def is_left_undone(root: Path) -> bool:
    """Whether a command was killed and nobody was told. Call it while holding the lock."""
    request, speaking = _finished(root)
    return (root / FOLDER / LIST).exists() or (bool(request) and not speaking)


def recover(root: Path, tell: Teller | None = None) -> Outcome:
    """What a killed command has changed put back, or the request of one of which all stands.

    `tell` is called before the list is deleted: where this is killed too, the next restores the rest, and tells.
    """
    if not is_pending(root):
        return Outcome()
    folder = root / FOLDER
    if (folder / LIST).exists():
        outcome = _undone(root, list(_listed(folder / LIST)))
    else:
        request, speaking = _finished(root)
        if speaking:
            return Outcome()
        outcome = Outcome(finished_request=request)
    try:
        if tell:
            tell(outcome)
    finally:
        (root / DONE).unlink(missing_ok=True)
        _forget(folder)
    return outcome


def _finished(root: Path) -> tuple[str, bool]:
    """The request of a command of which all stands, "" for none; whether it is there still, and says its last words."""
    done = root / DONE
    try:
        mark, _, request = done.read_text().partition("\n")
        return request, bool(request) and is_alive(mark, done)
    except FileNotFoundError:  # it has said them
        return "", False


def is_done(outcome: Outcome, request: str) -> bool:
    """Whether this very request was done by a command that was killed at its very end."""
    return outcome.finished_request == digest_of_bytes(request.encode())


def is_unheard(root: Path) -> bool:
    """Whether the messages of a finished command may not have been printed yet."""
    return (root / DONE).exists()


def heard(root: Path) -> None:
    """Note that all messages were printed: the same command typed again is a new request."""
    (root / DONE).unlink(missing_ok=True)


def savepoint() -> None:
    """What the command has changed so far stands where Ctrl-C or a bug ends it; a kill or a full disk takes it back."""
    if _current:
        _current.savepoint()


def changed_files() -> dict[str, str]:
    """The files that the command at work has changed, by their paths from the root, with their digests, "" for gone."""
    return {change.path: change.new_digest for change in _current.changes} if _current else {}


def write_atomically(path: Path, content: bytes) -> None:
    """Put a file in place whole or not at all."""
    write_together({path: content})


def write_changed(path: Path, content: bytes) -> bool:
    """Put one file in place unless it is there as it should be; whether that was done."""
    changed = not path.is_file() or path.read_bytes() != content
    if changed:
        write_atomically(path, content)
    return changed


def write_together(files: Mapping[Path, bytes]) -> None:
    """Put files in place, each whole; none of them when one cannot be written: a full disk tells before that."""
    covered = {path: content for path, content in files.items() if _current and _current.covers(path)}
    if _current and covered:
        _current.replace(covered)
    for path in files.keys() - covered.keys():
        part = part_of(path)
        try:
            write_whole(path, part, files[path])
            put_in_place(part, path)
        finally:
            part.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Delete a file, if it is there."""
    if _current and _current.covers(path):
        _current.remove(path)
    else:
        path.unlink(missing_ok=True)


def remove_others(root: Path, folder: str, patterns: Iterable[str], kept: Collection[str]) -> list[str]:
    """Delete the files of a folder that match a pattern and are not `kept`; paths given and taken are from the root."""
    found = (path for pattern in patterns for path in sorted((root / folder).glob(pattern)))
    others = [name for path in found if (name := path.relative_to(root).as_posix()) not in kept]
    for name in others:
        remove(root / name)
    return others


# ---------------------------------------------------------------- on the disk


def _listed(path: Path) -> Iterator[_Change]:
    """The changes written down; a line that was not finished stands for one that was not begun."""
    for line in path.read_text(encoding="utf-8").split("\n") if path.exists() else ():
        with contextlib.suppress(ValueError):
            name, before, after, backup, folders = json.loads(line)
            yield _Change(name, before, after, backup, tuple(folders))


def _undone(root: Path, changes: list[_Change]) -> Outcome:
    """Each file as it was before the first of its changes; one that is in no state of ours is left alone."""
    first = {change.path: change for change in reversed(changes)}
    known: dict[str, set[str]] = {}
    for change in changes:
        known.setdefault(change.path, set()).add(change.new_digest)
    now = {path: digest_of(root / path) for path in first}
    changed = [path for path, change in first.items() if now[path] != change.old_digest]
    foreign = {path for path in changed if now[path] not in known[path]}
    ours = [path for path in changed if path not in foreign]
    restored = _noted(root / FOLDER / PUT_BACK, ours) - foreign
    for path in ours:
        _put_back(root, first[path])
    for folder in (folder for change in reversed(changes) for folder in change.folders):
        with contextlib.suppress(OSError):
            (root / folder).rmdir()
    return Outcome(restored_files=tuple(sorted(restored)), foreign_files=tuple(sorted(foreign)))


def _noted(place: Path, paths: Iterable[str]) -> set[str]:
    """What is about to be put back, with what somebody was putting back who was killed."""
    with contextlib.suppress(OSError), place.open("ab") as file:  # a disk that is full is no reason to stop
        file.write("".join(f"\n{json.dumps(path)}" for path in paths).encode())
        file.flush()
        os.fsync(file.fileno())
    noted = set(paths)
    for line in place.read_text(encoding="utf-8").split("\n") if place.exists() else ():
        with contextlib.suppress(ValueError):
            noted.add(json.loads(line))
    return noted


def _put_back(root: Path, change: _Change) -> None:
    if change.old_digest:
        put_in_place(root / FOLDER / change.backup, root / change.path)
    else:
        (root / change.path).unlink()


def _forget(folder: Path) -> None:
    """The list first: from then on, its changes stand, or are taken back."""
    (folder / LIST).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
