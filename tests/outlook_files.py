"""Messages as Outlook saves them, made small: a compound file whose folders are dictionaries and streams bytes."""

from __future__ import annotations

import datetime
import struct
from collections.abc import Mapping
from typing import Union

Tree = Mapping[str, Union[bytes, "Tree"]]
SECTOR, FREE, END, FAT, NONE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
SMALL = 4096  # bytes below which a stream lies among the small ones
EPOCH = datetime.datetime(1601, 1, 1)


def compound(tree: Tree) -> bytes:
    """A compound file (version 3) its directory a chain of siblings."""
    entries: list[tuple[str, int, int, bytes]] = [("Root Entry", 5, NONE, b"")]  # name, kind, first child, bytes
    after: dict[int, int] = {}

    def put(inside: Tree) -> int:
        first = last = NONE
        for name, content in inside.items():
            at = len(entries)
            entries.append((name, 2, NONE, content) if isinstance(content, bytes) else (name, 1, NONE, b""))
            if not isinstance(content, bytes):
                entries[at] = (name, 1, put(content), b"")
            first = at if first == NONE else first
            if last != NONE:
                after[last] = at
            last = at
        return first

    entries[0] = ("Root Entry", 5, put(tree), b"")
    big, small = _Sectors(SECTOR), _Sectors(64)
    places = [(small if len(content) < SMALL else big).store(content) for *_, content in entries]
    mini = b"".join(small.sectors)
    places[0] = big.store(mini)
    directory = b""
    for at, (name, kind, child, content) in enumerate(entries):
        coded = name.encode("utf-16-le") + b"\0\0"
        directory += coded.ljust(64, b"\0") + struct.pack("<HBB", len(coded), kind, 1)
        directory += struct.pack("<III", NONE, after.get(at, NONE), child) + bytes(36)
        directory += struct.pack("<IQ", places[at], len(content) if at else len(mini))
    listed = big.store(directory)
    small_chain = big.store(struct.pack(f"<{len(small.chain)}I", *small.chain), b"\xff")
    chain = big.chain
    tables = -(-(len(chain) + 8) // (SECTOR // 4 - 1))
    where = range(len(chain), len(chain) + tables)
    fat = struct.pack(f"<{len(chain)}I", *chain) + struct.pack("<I", FAT) * tables
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    minis = -(-len(small.chain) * 4 // SECTOR)
    head += struct.pack("<IIIIIIIII", 0, tables, listed, 0, SMALL, small_chain, minis, END, 0)
    head += struct.pack("<109I", *where, *[FREE] * (109 - tables))
    return head + b"".join(big.sectors) + fat.ljust(tables * SECTOR, b"\xff")


class _Sectors:
    """Pieces of one size, each stream a chain of them."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.sectors: list[bytes] = []
        self.chain: list[int] = []

    def store(self, content: bytes, filler: bytes = b"\0") -> int:
        """The number of a stream's first piece."""
        size, start = self.size, len(self.sectors)
        self.sectors += [content[at : at + size].ljust(size, filler) for at in range(0, len(content), size)]
        self.chain += [*range(start + 1, len(self.sectors)), END] if content else []
        return start if content else END


def properties(values: Mapping[int, str], within: bool = False, sent: str = "") -> dict[str, bytes | Tree]:
    """The streams of texts by their numbers, and the fixed properties with the moment of sending."""
    made: dict[str, bytes | Tree] = {f"__substg1.0_{n:04X}001F": text.encode("utf-16-le") for n, text in values.items()}
    fixed = bytes(24 if within else 32)
    if sent:
        ticks = (datetime.datetime.fromisoformat(sent) - EPOCH) // datetime.timedelta(microseconds=1) * 10
        fixed += struct.pack("<IIQ", 0x0039 << 16 | 0x0040, 6, ticks)
    return {**made, "__properties_version1.0": fixed}


def attachment(name: str, data: bytes) -> Tree:
    return {"__substg1.0_3707001F": name.encode("utf-16-le"), "__substg1.0_37010102": data}
