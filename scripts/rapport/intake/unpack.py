"""The inbox's files, and those inside zips and messages: unpacked in memory, under limits, with sender and date."""

from __future__ import annotations

import os
import re
import stat
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from rapport.documents.links import holds_links_alone
from rapport.intake import mail, mail_words, outlook
from rapport.intake.document import OFFICE
from rapport.intake.journal import INBOX
from rapport.intake.states import IncomingFile
from rapport.language.folding import fold_words
from rapport.office.file_kinds import OLE_FILE, Kind, kind_of, other_program
from rapport.office.package import MAX_FILE, MAX_TOTAL, Unsafe, unzip
from rapport.project.read import LITTER

NOT_MAIL = (
    "journal.yaml",
    "recus",
    "reviews",
    "conflits",
    "LISEZ-MOI.md",
)  # at the top of the inbox: ours, or another verb's
NOTE = re.compile(
    r"(?:\d+ )?(?:a lire|lire|lisez ?moi|read ?me|(?:note|mot|lettre) d accompagnement)"
    r"(?: d abord| avant.*| first| svp)?(?: \d+)?"
)
DEEPEST = 3  # a zip in a message in a zip
MAX_INSIDE = 500
UTF_8_FLAG, UNICODE_PATH = 0x800, 0x7075  # in a zip: a name said to be UTF-8, and the field that holds it otherwise
FRENCH, FOREIGN = (
    re.compile(r"[àâäçéèêëîïôöùûüœæ’–]", re.IGNORECASE),
    re.compile(r"[^\x00-\x7fàâäçéèêëîïôöùûüœæ’–]", re.I),
)
BACKSLASH = "\\"
OUTLOOK = "__nameid_version1.0".encode("utf-16-le")  # a part that every .msg has
APPLE = {"numbers": "spreadsheet", "key": "slides"}  # what Pages' two brothers make
TNEF = b"\x78\x9f\x3e\x22"  # how Outlook's « winmail.dat » begins


def incoming_files(root: Path, given: Sequence[Path] = ()) -> Iterator[IncomingFile]:
    """Every file to be taken in: those named, else all of the inbox, those inside others included."""
    inbox = root / INBOX
    for path in given or _inside(inbox):
        place = path.relative_to(inbox).as_posix() if path.is_relative_to(inbox) else path.name
        for one in _bounded(_unpacked(_read(path, place), 0)):
            yield replace(one, is_message_text=one.is_message_text or _is_note(one.name))


def _is_note(name: str) -> bool:
    """Whether a plain text bears the name of a word to whoever opens the parcel, « lisez-moi.txt »."""
    stem, _, ending = name.rpartition(".")
    return ending.lower() in ("txt", "md", "text") and NOTE.fullmatch(fold_words(stem)) is not None


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
    elif one.data.startswith(OLE_FILE) and (one.name.lower().endswith(".msg") or OUTLOOK in one.data):
        yield from _message(one, depth, outlook.read)
    elif program := other_program(one.data):
        yield replace(one, problem=APPLE.get(one.name.lower().rpartition(".")[2], program))
    elif one.name.lower().endswith(".eml"):
        yield from _message(one, depth, mail.read)
    elif one.data.startswith(b"PK") and kind_of(one.data) is Kind.ZIP and not one.name.lower().endswith(OFFICE):
        yield from _archive(one, depth)
    else:
        yield one


def _archive(one: IncomingFile, depth: int) -> Iterator[IncomingFile]:
    """Every file of an archive but what systems leave behind, under its folders: they may say whose it is."""
    if depth >= DEEPEST:
        yield replace(one, data=b"", problem="too-deep")
        return
    try:
        members = unzip(one.data, _readable_name)
    except Unsafe as error:
        yield replace(one, problem=error.reason, detail=error.detail)
        return
    found = [n for n in sorted(members) if not LITTER.fullmatch(PurePosixPath(n).name) and "__MACOSX" not in n]
    if not found:
        yield replace(one, problem="no-text")
    known = replace(one, parcels=(*one.parcels, PurePosixPath(one.name).stem))
    for name in found:
        inner = replace(known, path=f"{one.path} › {_clean(name)}", data=members[name])
        yield from _unpacked(inner if members[name].strip() else replace(inner, problem="empty"), depth + 1)


def _readable_name(info: zipfile.ZipInfo) -> str:
    """The name that somebody gave a member: many programs write UTF-8, or « \\ », without saying so."""
    name = info.filename
    if not info.flag_bits & UTF_8_FLAG:
        raw = name.encode("cp437", "replace")
        name = _unicode_path(info.extra) or _decoded(raw)
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _decoded(raw: bytes) -> str:
    """A name in UTF-8, or in the encoding of DOS or Windows that makes the most French letters of it."""
    with suppress(UnicodeError):
        return raw.decode()
    names = [raw.decode(encoding, "replace") for encoding in ("cp437", "cp850", "cp1252")]
    return max(names, key=lambda name: len(FRENCH.findall(name)) - len(FOREIGN.findall(name)))


def _unicode_path(extra: bytes) -> str:
    """The name in UTF-8 that Info-ZIP's programs put beside the other one; "" where there is none."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == UNICODE_PATH:
            return extra[at + 9 : at + 4 + length].decode("utf-8", "replace")
        at += 4 + length
    return ""


def _message(one: IncomingFile, depth: int, read: Callable[[bytes], mail.MailMessage]) -> Iterator[IncomingFile]:
    """A message's own words, then every file in it."""
    if depth >= DEEPEST:
        yield replace(one, data=b"", problem="too-deep")
        return
    try:
        letter = read(one.data)
    except outlook.OutlookFormatOnly:
        yield replace(one, problem="outlook")
        return
    except Exception:  # the parsers raise what they like on hostile messages
        yield replace(one, problem="outlook-damaged" if read is outlook.read else "damaged", detail="message")
        return
    words = mail_words.cut_message(letter.words, letter.subject)
    origin = words.origin
    subjects = [mail_words.PASSED_ON.sub("", subject) for subject in (letter.subject, origin.subject) if subject]
    sender, date = origin.sender or letter.sender, origin.date or letter.date
    known = replace(one, sender=sender, date=date, parcels=(*one.parcels, *subjects))
    whole = not words.text.strip()
    if whole:
        words = mail_words.MailText(letter.words)  # a greeting that is all there is may say more: it is shown whole
    if words.text.strip():
        name = "message.md" if letter.is_markdown else "message.txt"
        parts = (("signature", words.signature), ("quoted", words.quotation), ("unsaid", letter.unsaid))
        cut = tuple((kind, text.replace("\n", " / ")) for kind, text in parts if text)
        cut += tuple(("logo", text) for text in mail_words.cut_pictures(letter.words, words.text))
        path, beside = f"{one.path} › {name}", whole or bool(letter.files) or holds_links_alone(words.text)
        told = replace(known, subject=(subjects or [PurePosixPath(one.name).stem])[-1], page=letter.page)
        yield replace(told, path=path, data=words.text.encode(), is_message_text=beside, cut_texts=cut)
    elif not letter.files:
        yield replace(known, problem="no-text")
    for name, data in letter.files:
        inner = replace(
            known, path=f"{one.path} › {_clean(PurePosixPath(name.replace(BACKSLASH, '/')).name)}", data=data
        )
        yield from _unpacked(inner if data.strip() else replace(inner, problem="empty"), depth + 1)


def _clean(name: str) -> str:
    """A member's name and folders, without what leads elsewhere."""
    parts = [re.sub(r"[\x00-\x1f]", "", part)[:150] for part in PurePosixPath(name).parts]
    return "/".join(part for part in parts if part.strip(" ./")) or "fichier"
