"""The title and the date that a document gives itself, where they are honest; nothing of it is run or fetched."""

from __future__ import annotations

import datetime
import io
import re
import unicodedata
import zipfile
from pathlib import PurePosixPath

from msgspec import Struct

from rapport.language.copies import original_name
from rapport.language.names import UNPRINTABLE
from rapport.office.file_kinds import OLE_FILE, ZIP_FILE
from rapport.office.namespaces import q
from rapport.office.package import parse_xml

PDF = b"%PDF-"
LONGEST = 200  # letters of a title
RECORD = 1_000_000  # bytes of the part that holds a file's properties
HTML_HEAD = 20_000  # bytes in which a web page has its title
RECORDS = (("docProps/core.xml", "dcterms:created"), ("meta.xml", "meta:creation-date"))
HTML_TITLE = re.compile(rb"<title\b[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
# What programs write by themselves: the name of a file or of themselves, or a word for « document ».
MADE = re.compile(r"^(?:microsoft (?:office )?(?:word|powerpoint|excel|publisher)|libreoffice|print)\s*[-–:]", re.I)
FILE_NAME = re.compile(r"[\\/]|\.(?:docx?|dotx?|pdf|xlsx?|pptx?|od[tps]|indd|qxp|pub|tmp|html?|rtf)\b", re.I)
STOCK = re.compile(
    r"(?:untitled|sans[ _-]?(?:titre|nom)|(?:nouveau |new )?document|pr[ée]sentation(?: powerpoint)?|powerpoint\b.*|"
    r"classeur|book|feuille?|sheet|workbook|diapositive|diapo|slide|title|titre|num[ée]risation|scan|image|img|photo|"
    r"page|layout|mise en page|template|mod[èe]le|default|normal|model)[\s\d._()-]*(?:\d+)?",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]{3,}")


class Properties(Struct, frozen=True):
    """What a file says of itself; "" where it says nothing that can be believed. `date` is ISO."""

    title: str = ""
    date: str = ""


def properties(data: bytes) -> Properties:
    """The properties of a PDF, an Office or OpenDocument file, or a web page; none where it cannot be read."""
    try:
        title, date = _read(data)
    except Exception:  # readers of files that anybody sent raise what they like
        return Properties()
    return Properties(title_of_author(title), _day(date))


def title_of_author(title: str) -> str:
    """A title that a person wrote, on one line; "" for what a program put there."""
    said = " ".join(UNPRINTABLE.sub(" ", unicodedata.normalize("NFC", title)).split())
    if MADE.search(said) or FILE_NAME.search(said) or STOCK.fullmatch(said) or len(WORD.findall(said)) < 2:
        return ""
    return said[:LONGEST]


def title_of_file(name: str) -> str:
    """The name of a file as a title: « rapport_2013-final.pdf » → « rapport 2013-final »."""
    name = original_name(name) or name
    stem = unicodedata.normalize("NFC", PurePosixPath(name).stem or name)
    return " ".join(UNPRINTABLE.sub(" ", stem.replace("_", " ")).split())[:LONGEST]


def _read(data: bytes) -> tuple[str, str]:
    if data.startswith(PDF):
        return _of_pdf(data)
    if data.startswith(ZIP_FILE):
        return _of_package(data)
    if data.startswith(OLE_FILE):
        return _of_old_office(data)
    found = HTML_TITLE.search(data[:HTML_HEAD])
    return (" ".join(found[1].decode("utf-8").split()) if found else ""), ""


def _of_pdf(data: bytes) -> tuple[str, str]:
    from pypdf import PdfReader  # late: a PDF is rare

    said = PdfReader(io.BytesIO(data)).metadata
    if said is None:
        return "", ""
    try:
        made = said.creation_date
    except ValueError:
        made = None
    return str(said.title or ""), made.date().isoformat() if made else ""


def _of_package(data: bytes) -> tuple[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part, made in RECORDS:
            if part in archive.namelist() and archive.getinfo(part).file_size < RECORD:
                with archive.open(part) as stream:
                    root = parse_xml(stream.read(RECORD), part)
                return root.findtext(f".//{q('dc:title')}") or "", (root.findtext(f".//{q(made)}") or "")[:10]
    return "", ""


def _of_old_office(data: bytes) -> tuple[str, str]:
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as file:
        said = file.get_metadata()
    title = said.title or b""
    coding = "utf-8" if said.codepage == 65001 else "cp1252"
    made = said.create_time
    return (
        title.decode(coding, "replace") if isinstance(title, bytes) else str(title),
        made.date().isoformat() if isinstance(made, datetime.datetime) else "",
    )


def _day(said: str) -> str:
    """The day, where it is one; a clock that was never set says 1601, 1970 or 1980."""
    try:
        day = datetime.date.fromisoformat(said)
    except ValueError:
        return ""
    return day.isoformat() if day.year > 1980 else ""
