"""A secret of this machine, never shared: without it nobody can recompute the codes that were made with it."""

from __future__ import annotations

from pathlib import Path

from rapport.storage.cache import digest
from rapport.storage.transaction import write_atomically

SECRET = "contributions/inbox/recus/secret"


def read_secret(root: Path) -> bytes:
    """The secret of a project on this machine, b"" where there is none yet."""
    path = root / SECRET
    return path.read_bytes() if path.is_file() else b""


def make_secret(root: Path) -> bytes:
    """The same, made once for good where there is none."""
    if not (root / SECRET).is_file():
        import secrets  # late: once for good

        write_atomically(root / SECRET, secrets.token_bytes(32))
    return read_secret(root)


def seal(text: str, secret: bytes) -> str:
    """A digest of a text that only this machine can compute; any machine, where there is no secret."""
    return digest(secret, text) if secret else digest(text)
