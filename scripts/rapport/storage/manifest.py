"""What the last build was made from and what it made: so that nothing changed costs next to nothing.

Kept apart from the pipeline, and light to import, because `make` on an unchanged project runs this and no more.
Files are known by their content, never by their dates.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from typing import Any

FOLDERS = ("chapters", "contributions")
FILES = ("bibliography.bib",)
# What arrived, the drafts that are frozen, and numbers as they were counted, which no report is made from.
NOT_READ = re.compile(r"contributions/(inbox|drafts/\d+|[^/]+/[Cc]hiffres)")
PART = re.compile(r"\..+\.\d+(?:-\d+)?\.part")  # half-written: whoever wrote it is at work, or was killed
INBOX = "contributions/inbox"
NOT_WAITING = (f"{INBOX}/recus/", f"{INBOX}/reviews/")  # kept by intake, or another verb's
TOLD = f"{INBOX}/journal.yaml"  # the journal of what arrived, which the desk shows


def program() -> str:
    """A digest of the program itself: its files' names, sizes and dates, and its libraries' last change."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    total = hashlib.sha256()
    for folder, folders, names in os.walk(here):
        folders[:] = sorted(f for f in folders if f != "__pycache__")
        for name in sorted(names):
            facts = os.stat(os.path.join(folder, name))
            total.update(f"{folder[len(here) :]}/{name}:{facts.st_size}:{facts.st_mtime_ns}\n".encode())
    total.update(str(os.stat(os.path.dirname(os.path.dirname(json.__file__))).st_mtime_ns).encode())
    total.update(str([os.stat(path).st_mtime_ns for path in _libraries()]).encode())
    return total.hexdigest()


def _libraries() -> list[str]:
    import sys

    return [path for path in sys.path if path.endswith("site-packages") and os.path.isdir(path)]


def inputs(root: str) -> str:
    """A digest of everything that a report is made from, or "" when something cannot be read."""
    total = hashlib.sha256()
    try:
        for path, content in _inputs(root):
            total.update(path.encode("utf-8", "surrogateescape") + b"\0" + content + b"\0")
    except OSError:
        return ""
    return total.hexdigest()


def with_inbox(root: str) -> dict[str, str]:
    """The digest of each file that a report is made from and of each that waits in the inbox; raises OSError."""
    waiting = (path for path in _walked(root, INBOX) if not path.startswith(NOT_WAITING))
    contents = (*_inputs(root), *((path, _content(os.path.join(root, path))) for path in waiting))
    return {path: content.hex() for path, content in contents}


def _inputs(root: str) -> Iterator[tuple[str, bytes]]:
    """Every file that a report is made from, with what stands for its content."""
    for path in files(root):
        yield path, _content(os.path.join(root, path))
    for path in (TOLD, *_frozen(root), *_figures(root)):
        if os.path.exists(os.path.join(root, path)):
            yield path, _content(os.path.join(root, path))


def _frozen(root: str) -> list[str]:
    """The maps of the frozen drafts."""
    drafts = os.path.join(root, "contributions", "drafts")
    numbers = sorted(name for name in os.listdir(drafts) if name.isdigit()) if os.path.isdir(drafts) else []
    return [f"contributions/drafts/{number}/map.json" for number in numbers]


def _figures(root: str) -> list[str]:
    """The files of numbers, of which the desk says who has sent them."""
    base, found = os.path.join(root, "contributions"), list[str]()
    for association in sorted(os.listdir(base)) if os.path.isdir(base) else ():
        for name in ("chiffres", "Chiffres"):
            folder = os.path.join(base, association, name)
            files = sorted(os.listdir(folder)) if os.path.isdir(folder) else ()
            found += [f"contributions/{association}/{name}/{file}" for file in files]
    return found


def _content(path: str) -> bytes:
    if os.path.islink(path) or not os.path.isfile(path):
        return b"special"  # `read` refuses it whatever is in it
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).digest()


def files(root: str) -> Iterator[str]:
    """The paths of what a report is made from, in a fixed order."""
    for name in FILES:
        if os.path.exists(os.path.join(root, name)):
            yield name
    for top in FOLDERS:
        yield from _walked(root, top)


def _walked(root: str, top: str) -> Iterator[str]:
    for folder, folders, names in os.walk(os.path.join(root, top)):
        place = os.path.relpath(folder, root).replace(os.sep, "/")
        folders[:] = sorted(f for f in folders if not NOT_READ.fullmatch(f"{place}/{f}"))
        yield from (f"{place}/{name}" for name in sorted(names) if not PART.fullmatch(name))


def _path(root: str, name: str) -> str:
    return os.path.join(root, "build", "cache", f"last-{name}.json")


def _seal(name: str, text: bytes) -> bytes:
    """The line that stands before what is kept: damaged or under another's name, it does not match."""
    return hashlib.sha256(name.encode() + b"\n" + text).hexdigest().encode() + b"\n"


def _said(root: str, name: str) -> dict[str, Any]:
    """What was kept of the last build of this name; raises OSError or ValueError where it is missing or damaged."""
    with open(_path(root, name), "rb") as file:
        head, text = file.readline(), file.read()
    if head != _seal(name, text):
        raise ValueError(name)
    said: dict[str, Any] = json.loads(text)
    return said


def recall(root: str, name: str) -> tuple[str, int] | None:
    """What the last build of this name printed and its exit status, if it would do exactly the same again."""
    try:
        said = _said(root, name)
        if said["program"] != program() or said["inputs"] != inputs(root):
            return None
        for output, known in said["outputs"].items():
            with open(os.path.join(root, output), "rb") as file:
                if hashlib.sha256(file.read()).hexdigest() != known:
                    return None
        return said["printed"], said["status"]
    except (OSError, ValueError):
        return None


def forget(root: str, name: str) -> None:
    """Delete the stored results of commands whose name begins so: something beside the inputs has changed."""
    folder = os.path.dirname(_path(root, name))
    for entry in os.listdir(folder) if os.path.isdir(folder) else ():
        if entry.startswith(f"last-{name}-"):
            os.unlink(os.path.join(folder, entry))


def current(root: str, name: str) -> bool:
    """Whether the last build of this name read what is there now, by this very program."""
    try:
        said = _said(root, name)
        return bool(said["program"] == program() and said["inputs"] == inputs(root))
    except (OSError, ValueError):
        return False


def remember(root: str, name: str, before: str, outputs: dict[str, bytes], printed: str, status: int) -> None:
    """Keep what a build did; `before` is `inputs` as it was when the build began, "" to remember nothing."""
    if not before:
        return
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in outputs.items()}
    said = {"program": program(), "inputs": before, "outputs": digests, "printed": printed, "status": status}
    from pathlib import Path  # late, as what follows: an unchanged project needs none of it

    from rapport.storage.temporary import part_of

    path = _path(root, name)
    part = part_of(Path(path))
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        text = json.dumps(said).encode()
        with open(part, "wb") as file:
            file.write(_seal(name, text) + text)
        os.replace(part, path)
    except OSError:
        pass  # the next build takes longer, that is all
