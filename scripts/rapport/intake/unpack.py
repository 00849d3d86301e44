"""The inbox's files, and those inside zips and messages: unpacked in memory, under limits, with sender and date."""

from __future__ import annotations

import email
import email.policy
import email.utils
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email.message import EmailMessage, MIMEPart
from pathlib import Path, PurePosixPath

from rapport.intake.document import OFFICE
from rapport.intake.journal import INBOX
from rapport.intake.states import IncomingFile
from rapport.office.package import MAX_FILE, MAX_TOTAL, Kind, Unsafe, kind_of, unzip
from rapport.project.read import LITTER

NOT_MAIL = (
    "journal.yaml",
    "recus",
    "reviews",
    "conflits",
    "LISEZ-MOI.md",
)  # at the top of the inbox: ours, or another verb's
DEEPEST = 3  # a zip in a message in a zip
MAX_INSIDE = 500
TEXTS = (".docx", ".docm", ".dotx", ".odt", ".ott", ".doc", ".rtf", ".md", ".markdown", ".txt", ".pdf", ".zip", ".eml")
SIGNED = re.compile(r"\.(png|jpe?g|gif|vcf|ics|p7s|asc|html?)$", re.IGNORECASE)  # what comes with a message of itself
BESIDE = re.compile(r"\.(png|jpe?g|gif|heic|webp|tiff?|svg|css|js|html?|ini|db)$|(^|/)[._]", re.IGNORECASE)
TNEF = b"\x78\x9f\x3e\x22"  # how Outlook's « winmail.dat » begins


def incoming_files(root: Path, given: Sequence[Path] = ()) -> Iterator[IncomingFile]:
    """Every file to be taken in: those named, else all of the inbox, those inside others included."""
    inbox = root / INBOX
    for path in given or _inside(inbox):
        place = path.relative_to(inbox).as_posix() if path.is_relative_to(inbox) else path.name
        yield from _bounded(_unpacked(_read(path, place), 0))


def _bounded(found: Iterator[IncomingFile]) -> Iterator[IncomingFile]:
    """The files in one file, no more of them and no more bytes in all than one file may hold."""
    total = 0
    for at, one in enumerate(found):
        total += len(one.data)
        if at >= MAX_INSIDE or total > MAX_TOTAL:
            yield replace(one, data=b"", problem="too-many")
            return
        yield one


def _inside(inbox: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(inbox):
        top = Path(folder) == inbox
        folders[:] = sorted(f for f in folders if not LITTER.fullmatch(f) and not (top and f in NOT_MAIL))
        yield from (Path(folder, n) for n in sorted(names) if not LITTER.fullmatch(n) and not (top and n in NOT_MAIL))


def _read(path: Path, place: str) -> IncomingFile:
    """A plain file's bytes; a link, a pipe or a giant is not opened."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode):
                return IncomingFile(place, b"", problem="special")
            if facts.st_size > MAX_FILE:
                return IncomingFile(place, b"", problem="too-big")
            data = file.read(MAX_FILE + 1)
    except OSError:
        return IncomingFile(place, b"", problem="special")
    return IncomingFile(place, data, problem="" if data.strip() else "empty")


def _unpacked(one: IncomingFile, depth: int) -> Iterator[IncomingFile]:
    if one.problem:
        yield one
    elif one.data.startswith(TNEF):
        yield replace(one, problem="winmail")
    elif one.name.lower().endswith(".eml"):
        yield from _message(one, depth)
    elif one.data.startswith(b"PK") and kind_of(one.data) is Kind.ZIP and not _is_office(one):
        yield from _archive(one, depth)
    else:
        yield one


def _is_office(one: IncomingFile) -> bool:
    """A damaged Word file is told as such, not as an archive without texts."""
    return one.name.lower().endswith(OFFICE)


def _archive(one: IncomingFile, depth: int) -> Iterator[IncomingFile]:
    if depth >= DEEPEST:
        yield replace(one, data=b"", problem="too-deep")
        return
    try:
        members = unzip(one.data)
    except Unsafe as error:
        yield replace(one, problem=error.reason, detail=error.detail)
        return
    texts = [n for n in sorted(members) if not LITTER.fullmatch(PurePosixPath(n).name) and "__MACOSX" not in n]
    if not any(n.lower().endswith(TEXTS) for n in texts):
        yield replace(one, problem="no-text")
        return
    for name in [n for n in texts if n.lower().endswith(TEXTS) or not BESIDE.search(n)]:
        inner = replace(one, path=f"{one.path} › {_clean(name)}", data=members[name])
        yield from _unpacked(inner if members[name].strip() else replace(inner, problem="empty"), depth + 1)


def _message(one: IncomingFile, depth: int) -> Iterator[IncomingFile]:
    """The files attached to a message; its own words where nothing is attached."""
    if depth >= DEEPEST:
        yield replace(one, data=b"", problem="too-deep")
        return
    try:
        message = email.message_from_bytes(one.data, policy=email.policy.default)
        sender, sent = _sender(message), _sent(message)
        parts = list(_attached(message))
        body = message.get_body(("plain",))
        text = _words(body) if body is not None and body.get_filename() is None else b""
    except Exception:  # the standard library's parser raises what it likes on hostile messages
        yield replace(one, problem="damaged", detail="message")
        return
    known = replace(one, sender=sender, date=sent)
    if parts:
        for name, data in parts:
            inner = replace(known, path=f"{one.path} › {_clean(name)}", data=data)
            yield from _unpacked(inner if data.strip() else replace(inner, problem="empty"), depth + 1)
    elif text.strip():
        yield replace(known, path=f"{one.path} › message.txt", data=text)
    else:
        yield replace(known, problem="no-text")


def _attached(message: MIMEPart) -> Iterator[tuple[str, bytes]]:
    """The files in a message, wherever a mail program put them: beside its words, within them, or in place of them."""
    if message.get_content_type() == "message/rfc822":
        inner = message.get_payload(0)
        yield message.get_filename() or "message.eml", inner.as_bytes() if hasattr(inner, "as_bytes") else b""
    elif message.is_multipart():
        for part in message.iter_parts():
            yield from _attached(part)
    elif (name := message.get_filename() or "") and not SIGNED.search(name):
        content = message.get_payload(decode=True)
        yield name, content if isinstance(content, bytes) else b""


def _words(body: MIMEPart) -> bytes:
    """A message's own words; as they came where nobody knows the encoding that it names."""
    try:
        return str(body.get_content()).encode()
    except (LookupError, UnicodeError):
        content = body.get_payload(decode=True)
        return content if isinstance(content, bytes) else b""


def _sender(message: EmailMessage) -> str:
    return " ".join(str(message.get("From", "")).split())[:200]


def _sent(message: EmailMessage) -> str:
    try:
        return email.utils.parsedate_to_datetime(str(message.get("Date", ""))).date().isoformat()
    except (ValueError, TypeError):
        return ""


def _clean(name: str) -> str:
    """A member's own name, without its folders."""
    return re.sub(r"[\x00-\x1f]", "", PurePosixPath(name.replace("\\", "/")).name)[:150] or "fichier"
