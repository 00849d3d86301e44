"""The page that Outlook keeps inside compressed RTF (MS-OXRTFCP, MS-OXRTFEX) where a message has no other."""

from __future__ import annotations

import re
import struct

PRELOADED = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    + b"\r\n"
    + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
PACKED, PLAIN = 0x75465A4C, 0x414C454D
LARGEST = 5_000_000  # bytes of the text unpacked
IN_RTF_ALONE = re.compile(rb"\\htmlrtf(0?)1?(?![\w-]) ?")  # begins what the page has not, or ends it
TOKEN = re.compile(
    rb"\{\\\*\\htmltag\d* ?|\{\\(?:fonttbl|colortbl|stylesheet|\*(?!\\htmltag))(?:[^{}]++|\{[^{}]*\})*+\}|"
    rb"\\'(?P<code>[0-9a-f]{2})|\\u(?P<letter>-?\d+) ?(?:\\'[0-9a-f]{2}|\?)?|\\(?P<sign>[{}\\~])|"
    rb"\\(?P<break>par|line|tab)(?![a-z]) ?|\\[a-z]+-?\d* ?|[{}\r\n]",
    re.IGNORECASE,
)
HALVES = re.compile(r"&#(5[56]\d{3});&#(5[67]\d{3});")  # of a letter beyond 65,535
CODE_PAGE = re.compile(rb"\\ansicpg(\d+)")


def page_of(data: bytes) -> str:
    """The page in a message's compressed RTF; "" where it holds none, or is damaged."""
    text = decompress(data)
    if rb"\fromhtml" not in text[:400]:
        return ""
    page = CODE_PAGE.search(text)
    encoding = f"cp{page[1].decode()}" if page and page[1] != b"65001" else "utf-8" if page else "cp1252"

    def said(token: re.Match[bytes]) -> bytes:
        if token["code"]:
            return bytes.fromhex(token["code"].decode())
        if token["letter"]:
            return f"&#{int(token['letter']) % 65536};".encode()
        return token["sign"].replace(b"~", b"&nbsp;") if token["sign"] else b"\n" if token["break"] else b""

    parts = [b"0", *IN_RTF_ALONE.split(text)]
    shown = b"".join(part for ends, part in zip(parts[::2], parts[1::2], strict=True) if ends)
    try:
        return HALVES.sub(_whole, TOKEN.sub(said, shown).decode(encoding, "replace"))
    except LookupError:
        return ""


def _whole(halves: re.Match[str]) -> str:
    pair = struct.pack("<HH", int(halves[1]), int(halves[2]))
    return pair.decode("utf-16-le", "replace")


def decompress(data: bytes) -> bytes:
    """The RTF: as it stands, or copied from its last 4,096 bytes; "" where bytes are missing or too many."""
    size, kind = struct.unpack_from("<II", data, 4) if len(data) >= 16 else (0, 0)
    text = data[16:] if kind == PLAIN else _unpacked(data) if kind == PACKED else b""
    return text if size <= len(text) < LARGEST else b""


def _unpacked(data: bytes) -> bytes:
    out, at = bytearray(PRELOADED), 16
    while at < len(data) and len(out) < LARGEST:
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data):
                break
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
                continue
            pair, at = int.from_bytes(data[at : at + 2], "big"), at + 2
            back = (len(out) - (pair >> 4)) % 4096
            if not back or back > len(out):
                return bytes(out[len(PRELOADED) :])
            for _ in range((pair & 15) + 2):
                out.append(out[-back])
    return bytes(out[len(PRELOADED) :])
