"""What a file says of itself: the report's own title, author and date, and nothing of the machine that made it."""

from __future__ import annotations

import getpass
import re
import socket
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

from rapport.model import Meta

PATH = re.compile(r"(?:^|[\s\"'(=>])(?:file:|/(?:home|root|tmp|var|Users|mnt|usr|opt|private)/|[A-Za-z]:[\\/](?![/]))")
DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?([0-2]\d|3[01])(?:\D|$|(?=\d{6}))")
TOOLS = re.compile(r"pandoc|libreoffice|openoffice|microsoft|python|pypdf|pikepdf|qpdf|ghostscript|adobe|pillow", re.I)
LEADS = re.compile(r"^URI$|^href$|\.rels$")
"""Where links lead, which are compared with those of the texts."""
PLAIN = re.compile(
    r"Picture|Typst [\d.]+|(?:fr|en)(?:-[A-Z]{2})?|\d+(?:\.\d+)?|saved|converted|application/pdf|proof|"
    r"(?:D:)?[\d:TZ+'-]{8,}|"
    r"only light|no-referrer|noindex|width=device-width, initial-scale=1|"
    r"default-src 'none'; style-src 'sha256-[\w+/=]+'; "
    r"img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
"""What our files say of themselves beside their title, author and subtitle."""
SHORT = 4  # a name of fewer letters may be a word of the report
PLAIN_PNG = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
TELLING_JPEG = frozenset({*range(0xE1, 0xEE), 0xFE})
AUTHOR, TITLE = ("author", "creator"), ("title",)


def revealing_properties(properties: Sequence[tuple[str, str]], meta: Meta, root: Path) -> Iterator[tuple[str, str]]:
    """The properties, as (place, value), that say more than the report does."""
    known = _machine(root)
    own = {"", meta.title, meta.subtitle, meta.author, *(f"{mark} – {meta.title}" for mark in meta.strings.values())}
    for place, value in properties:
        said = LEADS.search(place) is not None
        name = re.split(r"[\s:]", place)[-1].lower()
        if (
            (name in TITLE and meta.title not in value)
            or (name in AUTHOR and meta.author not in value and not value.startswith("Typst "))
            or any("".join(date) != meta.date.replace("-", "") for date in DATE.findall(value))
            or PATH.search(value)
            or any(word in value for word in known)
            or TOOLS.search(value)
            or not (said or value in own or PLAIN.fullmatch(value))
        ):
            yield place, value


def _machine(root: Path) -> tuple[str, ...]:
    """The names that only this machine knows: of the user, of the machine, of the folders."""
    names = [str(root.resolve()), str(Path.home())]
    for name in (getpass.getuser, socket.gethostname):
        try:
            names.append(name())
        except (OSError, KeyError, ImportError):
            continue
    return tuple(name for name in names if len(name) > SHORT)


def revealing_picture(content: bytes) -> str:
    """The first field of a picture's file that is not the picture (camera, place, remark); "" if there is none."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return next((name.decode("latin-1") for name in _chunks(content) if name not in PLAIN_PNG), "")
    if content.startswith(b"\xff\xd8"):
        return next((f"APP{code - 0xE0}" if code != 0xFE else "COM" for code in _segments(content)), "")
    return ""


def _chunks(content: bytes) -> Iterator[bytes]:
    at = 8
    while at + 8 <= len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        yield name
        at += length + 12
        if name == b"IEND" and at != len(content):
            yield b"after the end"


def _segments(content: bytes) -> Iterator[int]:
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xDA:
        if content[at + 1] in TELLING_JPEG:
            yield content[at + 1]
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
