"""What would run when a document is opened: programs, macros, scripts and launches of a PDF."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from rapport.documents.properties import PDF
from rapport.office.file_kinds import BROKEN, OLE_FILE, ZIP_FILE
from rapport.office.package import MACROS

MAGIC = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
ENDINGS = re.compile(
    r"\.(exe|com|bat|cmd|scr|pif|msi|msp|jar|vbs?|vbe|jse|wsf|wsh|ps1|psm1|hta|cpl|reg|dll|sh|app|apk|dmg|iso|img|"
    r"xlsm|xltm|xlam|pptm|potm|ppam|ppsm|chm|scf|inf|application|gadget)\Z",
    re.IGNORECASE,
)
SCRIPT = re.compile(rb"<script\b|\bon(?:load|click|error)\s*=", re.IGNORECASE)
OLD_MACROS = ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "Macros")
RUN = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition")
PAGES = 2_000  # of a PDF whose links are looked at


def program_in(name: str, data: bytes) -> str:
    """What of a file would run (« macro », « .exe », « JavaScript »), "" for nothing."""
    if ending := ENDINGS.search(name):
        return ending[0].lower()
    if data.startswith(MAGIC):
        return "programme"
    if data.startswith(PDF):
        return next(_actions(data), "")
    if data.startswith(ZIP_FILE):
        return "macro" if _has_macros(data) else ""
    if data.startswith(OLE_FILE):
        return "macro" if any(word.encode("utf-16-le") in data for word in OLD_MACROS) else ""
    return "script" if name.lower().endswith(".svg") and SCRIPT.search(data) else ""


def _has_macros(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(MACROS.search(one) or ENDINGS.search(one) for one in archive.namelist())
    except BROKEN:
        return False


def _actions(data: bytes) -> Iterator[str]:
    """What a PDF would do by itself, or at a click; of one that nothing can read, what stands in its bytes."""
    try:
        yield from _read_actions(data)
    except Exception:  # a reader of files that anybody sent raises what it likes
        yield from (name[1:] for name in RUN if name.encode() in data)


def _read_actions(data: bytes) -> Iterator[str]:
    from pypdf import PdfReader  # late: a PDF is rare

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return
    root = _entries(reader.root_object)
    names = _entries(root.get("/Names"))
    if "/JavaScript" in names:
        yield "JavaScript"
    if "/EmbeddedFiles" in names:
        yield from (ending[0].lower() for one in reader.attachments if (ending := ENDINGS.search(one)))
    yield from _of_node(root)
    for page, _ in zip(reader.pages, range(PAGES), strict=False):
        yield from _of_node(page)
        for note in page.get("/Annots") or ():
            yield from _of_node(note)


def _of_node(node: object) -> Iterator[str]:
    """The actions of one object: on opening it, at a click, at any other event."""
    here = _entries(node)
    for action in (here.get("/OpenAction"), here.get("/A"), *_entries(here.get("/AA")).values()):
        if (kind := str(_entries(action).get("/S"))) in RUN:
            yield kind[1:]


def _entries(value: object) -> Mapping[str, object]:
    """A dictionary of a PDF, where this is one or leads to one."""
    found = value.get_object() if hasattr(value, "get_object") else value
    return found if isinstance(found, dict) else {}
