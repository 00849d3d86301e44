"""What lies in the project's folders and nothing shows: pictures, texts, hidden and special files, each named.

What stands at the top of an association's folder is told while it is read (F03, F12); here is what reading passes over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path

from rapport import rules
from rapport.model import Diagnostic, Span
from rapport.project.images import CHARTS
from rapport.project.read import CHAPTERS, CONTRIBUTIONS, DRAFTS, INBOX

IMAGES = "images"
PICTURE = re.compile(r".*\.(?:png|jpe?g|gif|webp|bmp|tiff?|svg|wmf|emf|heic)", re.IGNORECASE)
READ = re.compile(r".*\.md\.j2|.*\.yaml|ebauches\.txt|en|points|graphiques")  # in chapters/
# What systems and editors leave behind, which holds no text of anybody's.
LEFT_BEHIND = re.compile(
    r"\.DS_Store|\._.*|\.#.*|\.~lock.*|~\$.*|~.*\.tmp|\.git\w*|\.directory|\.localized|\.dropbox.*|\.sync.*|\.st\w+"
    r"|\.(?:next|own)cloud.*|\..*\.sw[a-z]|Thumbs\.db|desktop\.ini|__MACOSX",
    re.IGNORECASE | re.DOTALL,
)


def unread_files(root: Path, shown: Collection[str]) -> Iterator[Diagnostic]:
    """F16 for each file that no reader opens; `shown` are the paths of the pictures that some text shows."""
    known = {_same(path) for path in shown}
    for path in _passed_over(root):
        name = path.relative_to(root).as_posix()
        if kind := _kind(path, _same(name) in known):
            yield Diagnostic(rules.UNSHOWN_FILE, Span(name), {"kind": kind})


def _passed_over(root: Path) -> Iterator[Path]:
    """The files that the report's texts are not read from, in a fixed order."""
    yield from (path for path in _entries(root / CHAPTERS) if not READ.fullmatch(path.name))
    yield from _entries(root / CHARTS)
    yield from (path for path in _entries(root / CHAPTERS / "en") if not path.name.endswith(".md.j2"))
    for folder in _entries(root / CONTRIBUTIONS):
        if folder.name.startswith("."):
            yield folder
        elif folder.name not in (INBOX, DRAFTS) and not folder.is_symlink():
            for path in _entries(folder):
                if path.name == IMAGES and not path.is_symlink():
                    yield from _all_inside(path)
                elif path.name.startswith(".") or (path.name == IMAGES and path.is_symlink()):
                    yield path


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not LEFT_BEHIND.fullmatch(path.name))
    except OSError:
        return []


def _all_inside(folder: Path) -> Iterator[Path]:
    for path in _entries(folder):
        if path.is_dir() and not path.is_symlink() and not path.name.startswith("."):
            yield from _all_inside(path)
        else:
            yield path


def _kind(path: Path, shown: bool) -> str:
    """Why nothing shows a file; "" where something does."""
    if shown:
        return ""
    if path.is_symlink() or not (path.is_file() or path.is_dir()):
        return "unshown-special"
    if path.name.startswith("."):
        return "unshown-hidden"
    return "unshown-picture" if PICTURE.fullmatch(path.name) else "unshown-text"


def _same(path: str) -> str:
    """A path as every system compares it: a Mac takes accents apart."""
    return unicodedata.normalize("NFC", path)
