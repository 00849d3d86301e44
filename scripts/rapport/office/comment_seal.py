"""The seal at the end of a comment of ours, made of its author and its words.

By it a comment is known as ours when the file comes back from whatever program, which gives comments other numbers;
and it no longer is once somebody has written into it.
"""

from __future__ import annotations

import hashlib
import re

SEAL = re.compile(r"\[[^\[\]]*?(\b[0-9a-f]{8})\]\s*$")


def seal_comment(text: tuple[str, ...], code: str, author: str) -> tuple[str, ...]:
    """The paragraphs of a comment, after them « [R01 · 1f2e3d4c] »."""
    mark = f"{code} · " if code else ""
    return (*text, f"[{mark}{_seal(author, ' '.join((*text, mark)))}]")


def is_ours(author: str, text: str) -> bool:
    """Whether a comment is one of those we put in, as we put it in."""
    found = SEAL.search(text)
    return found is not None and found[1] == _seal(author, text[: found.start(1)])


def _seal(author: str, text: str) -> str:
    return hashlib.sha256(f"{author}\n{''.join(filter(str.isalnum, text))}".encode()).hexdigest()[:8]
