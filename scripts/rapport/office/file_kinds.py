"""What a file from outside is, by its bytes and whatever its name says."""

from __future__ import annotations

import io
import zipfile
import zlib
from enum import StrEnum
from lzma import LZMAError

OLE_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word 97-2003, and every encrypted DOCX
ZIP_FILE = b"PK\x03\x04"
RTF_FILE = b"{\\rtf"

BROKEN = (zipfile.BadZipFile, zlib.error, LZMAError, NotImplementedError, OSError, RuntimeError, ValueError, EOFError)
# Programs of another kind by what their files hold: in an old one streams, in a zip parts.
STREAMS = {"Workbook": "spreadsheet", "PowerPoint Document": "slides"}
PARTS = {"xl/": "spreadsheet", "ppt/": "slides", "Index/": "pages", "index.xml": "pages"}
MIMETYPES = {"spreadsheet": "spreadsheet", "presentation": "slides"}
ODF_TEXT = ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template")


class Kind(StrEnum):
    """What a file is, whatever its name says."""

    DOCX = "docx"
    ODT = "odt"
    DOC = "doc"
    RTF = "rtf"
    ZIP = "zip"
    OTHER = "other"


def kind_of(data: bytes) -> Kind:
    """What a file is by its first bytes (and, of a zip, its parts)."""
    if data.startswith(OLE_FILE):
        return Kind.DOC
    if data.lstrip()[:5] == RTF_FILE:
        return Kind.RTF
    if not data.startswith(ZIP_FILE):
        return Kind.OTHER
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return Kind.ODT if archive.read("mimetype").decode("ascii", "replace") in ODF_TEXT else Kind.OTHER
    except BROKEN:
        return Kind.ZIP
    return Kind.DOCX if "[Content_Types].xml" in names and any(n.startswith("word/") for n in names) else Kind.ZIP


def other_program(data: bytes) -> str:
    """« spreadsheet », « slides », « pages » (Apple's) for a file that no word processor made; else ""."""
    if data.startswith(OLE_FILE) and "WordDocument".encode("utf-16-le") not in data:
        return next((kind for name, kind in STREAMS.items() if name.encode("utf-16-le") in data), "")
    if not data.startswith(ZIP_FILE):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            said = archive.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
    except BROKEN:
        return ""
    if said:
        return next((kind for word, kind in MIMETYPES.items() if f"opendocument.{word}" in said), "")
    office = "[Content_Types].xml" in names
    found = (kind for start, kind in PARTS.items() for name in names if name.startswith(start))
    return next((kind for kind in found if office != (kind == "pages")), "")
