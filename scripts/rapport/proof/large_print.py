"""The smallest letters of a finished output in large print, read from its bytes by nothing that the other proofs use.

A PDF: what every stream that shows text chooses a face by (ISO 32000-1, 9.3.1: Tf; that no text matrix scales it is
proved by `appearance`). A Word file: every size that any part of it gives, w:sz and w:szCs in half points (ECMA-376,
17.3.2.38). A page: every size of its style sheet, each of which has to hold a floor in points.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping

STREAM = re.compile(rb"stream\r?\n")
CHOSEN = re.compile(rb"/[\w+-]+ ([\d.]+) Tf\b")
SHOWS = re.compile(rb"\bBT\b")
HALVES = re.compile(rb'<w:szC?s?\s[^>]*?w:val="(\d+)"')
RAISED = re.compile(rb'<w:vertAlign\s[^>]*?w:val="su')
STYLE = re.compile(rb"<style\b[^>]*>(.*?)</style>", re.DOTALL)
FETCHED = re.compile(rb"url\([^)]*\)")
DECLARED = re.compile(rb"(?P<root>\bhtml \{ )?(?<![\w-])font(?:-size)?:(?P<value>[^;}]*)")
FLOOR = re.compile(rb"\s*(?:italic\s+)?(?:\d00\s+)?max\((?:[^()]|\([^()]*\))*?([\d.]+)pt\)")


def smallest_letters(path: str, content: bytes) -> float:
    """The size in points of the smallest letters that an output can show; 0 where that cannot be told."""
    return min(SIZES[path.rpartition(".")[2]](content), default=0.0)


def _pdf(content: bytes) -> Iterator[float]:
    for at in STREAM.finditer(content):
        try:
            said = zlib.decompressobj().decompress(content[at.end() :])
        except zlib.error:
            continue
        if SHOWS.search(said):
            yield from map(float, CHOSEN.findall(said))


def _docx(content: bytes) -> Iterator[float]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            part = package.read(name) if name.startswith("word/") and name.endswith(".xml") else b""
            yield from (int(half) / 2 for half in HALVES.findall(part))
            if RAISED.search(part):
                yield 0.0


def _html(content: bytes) -> Iterator[float]:
    for sheet in STYLE.findall(content):
        for declared in DECLARED.finditer(FETCHED.sub(b"", sheet)):
            floor = FLOOR.match(declared["value"])
            if not declared["root"]:  # the measure of other sizes, and of no letter
                yield float(floor[1]) if floor else 0.0


SIZES: Mapping[str, Callable[[bytes], Iterator[float]]] = {"pdf": _pdf, "docx": _docx, "html": _html}
