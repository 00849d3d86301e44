"""The reader of each format: by what the bytes are, never by what another room said of them."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from rapport.inventory import docx, odt, plain_text, rtf
from rapport.inventory.states import Inventory

MAX_PART = 200_000_000
RTF, PDF = b"{\\rtf", b"%PDF"


def inventory(name: str, data: bytes) -> Inventory | None:
    """What a file holds; None where no reader of ours knows the format, or where it is damaged.

    `name` only tells Markdown from plain text.
    """
    try:
        if data.startswith(b"PK"):
            return _packed(data)
        if data.startswith(RTF):
            return rtf.read(data)
        if data.startswith((PDF, b"\xd0\xcf\x11\xe0")):
            return None
        text = plain_text.decode(data)
        return plain_text.read(text, name.lower().endswith((".md", ".markdown")))
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, RecursionError, OSError):
        return None


def _packed(data: bytes) -> Inventory | None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sizes = {
            info.filename: info.file_size for info in package.infolist() if info.filename.endswith((".xml", ".rels"))
        }
        if sum(sizes.values()) > MAX_PART:
            return None
        parts = {name: package.read(name) for name in sizes}
    return odt.read(parts) if "content.xml" in parts else docx.read(parts)
