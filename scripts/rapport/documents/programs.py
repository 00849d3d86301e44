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
MOST = 20_000  # fields, entries of an outline, actions that are looked at
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
        raise ValueError("encrypted")  # the names of its actions stand in its bytes
    root = _entries(reader.root_object)
    names, form = _entries(root.get("/Names")), _entries(root.get("/AcroForm"))
    if "/JavaScript" in names:
        yield "JavaScript"
    if "/EmbeddedFiles" in names:
        yield from (ending[0].lower() for one in reader.attachments if (ending := ENDINGS.search(one)))
    yield from _of_node(root)
    for field in _below(form.get("/Fields"), "/Kids"):
        yield from (f"{kind} « {field['/T']} »" if "/T" in field else kind for kind in _of_node(field))
    if any(b"<script" in part for part in _streams(form.get("/XFA"))):
        yield "JavaScript (XFA)"
    for entry in _below(_entries(root.get("/Outlines")).get("/First"), "/First", "/Next"):
        yield from _of_node(entry)
    for page, _ in zip(reader.pages, range(PAGES), strict=False):
        yield from _of_node(page)
        for note in page.get("/Annots") or ():
            yield from _of_node(note)


def _of_node(node: object) -> Iterator[str]:
    """The actions of one object, and those that follow them: on opening it, at a click, at any other event."""
    here = _entries(node)
    first = [here.get("/OpenAction"), here.get("/A"), *_entries(here.get("/AA")).values()]
    for action in (one for start in first for one in _below(start, "/Next")):
        if (kind := str(action.get("/S"))) in RUN:
            yield kind[1:]


def _below(start: object, *ways: str) -> Iterator[Mapping[str, object]]:
    """The dictionaries that this value is, or holds, and those that they lead to, each once."""
    pending, seen = [start], set[int]()
    while pending and len(seen) < MOST:
        value = pending.pop()
        found = value.get_object() if hasattr(value, "get_object") else value
        if isinstance(found, list):
            pending += reversed(found)
        elif isinstance(found, dict) and id(found) not in seen:
            seen.add(id(found))
            yield found
            pending += [found[way] for way in ways if way in found]


def _streams(value: object) -> Iterator[bytes]:
    """The content of a stream of a PDF, or of those in a list."""
    found = value.get_object() if hasattr(value, "get_object") else value
    for one in found if isinstance(found, list) else [found]:
        inner = one.get_object() if hasattr(one, "get_object") else one
        if hasattr(inner, "get_data"):
            yield inner.get_data()


def _entries(value: object) -> Mapping[str, object]:
    """A dictionary of a PDF, where this is one or leads to one."""
    found = value.get_object() if hasattr(value, "get_object") else value
    return found if isinstance(found, dict) else {}
