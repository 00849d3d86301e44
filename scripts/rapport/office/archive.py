"""A DOCX file as its parts, and back, always in the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

STORED = (".png", ".jpeg", ".jpg")
"""Pictures are compressed already: doing it again costs time and gains nothing."""


def unpack(data: bytes) -> dict[str, bytes]:
    """The parts of a DOCX file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {info.filename: package.read(info) for info in package.infolist() if not info.is_dir()}


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A DOCX file from its parts: the content types first, then by name, with no date and no system in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as package:
        for name in sorted(parts, key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name)  # dated 1980
            entry.create_system = 0  # or the file would say on what system it was made
            entry.compress_type = zipfile.ZIP_STORED if name.lower().endswith(STORED) else zipfile.ZIP_DEFLATED
            package.writestr(entry, parts[name], compresslevel=5)
    return buffer.getvalue()
