"""A message that Outlook saved (.msg): subject, sender, date, words and files, as `mail` gives them of an .eml.

The file is a compound one: a property is a stream whose name holds its number and type, an attachment a folder of such.
"""

from __future__ import annotations

import datetime
import io
import struct
from collections.abc import Iterator
from email.message import EmailMessage
from typing import TYPE_CHECKING

from msgspec import Struct

from rapport.intake.mail import MailMessage, chosen_words, unsaid_lines
from rapport.intake.outlook_html import page_of

if TYPE_CHECKING:
    from olefile import OleFileIO

SUBJECT, ADDRESS, SMTP, NAME, BODY, HTML, RTF = 0x0037, 0x0C1F, 0x5D01, 0x0C1A, 0x1000, 0x1013, 0x1009
LONG_NAME, SHORT_NAME, CONTENT = 0x3707, 0x3704, 0x3701
SENT, DELIVERED = 0x0039, 0x0E06
UNICODE, BYTES, BINARY, WITHIN = 0x001F, 0x001E, 0x0102, 0x000D
TIME = 0x0040  # the type of a moment, in tenths of microseconds since 1601
EPOCH = datetime.datetime(1601, 1, 1)
HEADS = (32, 24)  # bytes before the fixed properties: of the message itself, of one within
DEEPEST = 3


class OutlookFormatOnly(Exception):
    """A message whose words stand in Outlook's own format alone."""


def read(data: bytes) -> MailMessage:
    """The message; raises `OutlookFormatOnly`, or what olefile raises on files that are damaged."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as file:
        return _Folder(file, ()).message()


class _Folder(Struct, frozen=True):
    """One folder of the file: the message, an attachment, or a message within one."""

    file: OleFileIO
    path: tuple[str, ...]

    def message(self, depth: int = 0) -> MailMessage:
        plain = self.text(BODY)
        html = self.bytes_of(HTML, BINARY).decode("utf-8", "replace") or self.text(HTML)
        html = html or page_of(self.bytes_of(RTF, BINARY))
        if not (plain.strip() or html) and self.bytes_of(RTF, BINARY):
            raise OutlookFormatOnly
        address = self.text(SMTP) or self.text(ADDRESS)
        sender = f"{self.text(NAME)} <{address}>" if "@" in address else self.text(NAME)
        words, is_page = chosen_words(plain, html) if html else (plain, False)
        subject = " ".join(self.text(SUBJECT).split())[:200]
        unsaid = unsaid_lines(f"{words} {subject}", plain, html) if html else ""
        files = tuple(self.attachments(depth))
        sent_by, page = " ".join(sender.split())[:200], html if is_page else ""
        return MailMessage(sent_by, self.day(), subject, words, is_page, files, unsaid=unsaid, page=page)

    def attachments(self, depth: int) -> Iterator[tuple[str, bytes]]:
        """Every attachment with its name; a message within as an .eml."""
        names = {one[len(self.path)] for one in self.file.listdir() if one[: len(self.path)] == list(self.path)}
        for name in sorted(one for one in names if one.startswith("__attach_version1.0_")):
            here = _Folder(self.file, (*self.path, name))
            within = f"__substg1.0_{CONTENT:04X}{WITHIN:04X}"
            called = " ".join((here.text(LONG_NAME) or here.text(SHORT_NAME)).split())
            if self.file.exists([*here.path, within, "__properties_version1.0"]) and depth < DEEPEST:
                inner = _Folder(self.file, (*here.path, within)).message(depth + 1)
                yield f"{inner.subject or called or 'message'}.eml", _as_eml(inner)
            else:
                yield called or "fichier", here.bytes_of(CONTENT, BINARY)

    def text(self, number: int) -> str:
        if said := self.bytes_of(number, UNICODE):
            return said.decode("utf-16-le", "replace").rstrip("\0")
        return self.bytes_of(number, BYTES).decode("cp1252", "replace").rstrip("\0")

    def bytes_of(self, number: int, kind: int) -> bytes:
        """The bytes of a property, none where it is not there."""
        place = [*self.path, f"__substg1.0_{number:04X}{kind:04X}"]
        return bytes(self.file.openstream(place).read()) if self.file.exists(place) else b""

    def day(self) -> str:
        """The day on which it was sent, or came; ISO."""
        place = [*self.path, "__properties_version1.0"]
        fixed = bytes(self.file.openstream(place).read()) if self.file.exists(place) else b""
        moments = {}
        for at in range(HEADS[bool(self.path)], len(fixed) - 15, 16):
            tag, _, value = struct.unpack_from("<IIQ", fixed, at)
            if tag & 0xFFFF == TIME and 0 < value < 1 << 60:
                moments[tag >> 16] = (EPOCH + datetime.timedelta(microseconds=value // 10)).date().isoformat()
        return moments.get(SENT, moments.get(DELIVERED, ""))


def _as_eml(message: MailMessage) -> bytes:
    """A message in the format of the internet, so that it goes the way of any other."""
    made = EmailMessage()
    made["Subject"] = message.subject
    made["From"] = message.sender.encode("ascii", "ignore").decode()
    if message.date:
        made["Date"] = datetime.datetime.fromisoformat(message.date)
    made.set_content(message.words)
    for name, data in message.files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()
