"""What the protection of children left open, and what the editor decides of it, put into the register."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from rapport.model import Source, Span, span_at
from rapport.project import read
from rapport.safeguarding.guard import Guarded
from rapport.safeguarding.register import Register, ReviewEntry, read_register, write_register
from rapport.safeguarding.scan import Finding
from rapport.storage import encoding
from rapport.storage.transaction import write_atomically


class OpenFinding(Struct, frozen=True):
    """One finding that wants a decision, and where it stands."""

    finding: Finding
    span: Span


class DamagedRegister(Exception):
    """The register cannot be read whole: writing it again would lose what is in it."""


def open_findings(guarded: Mapping[str, Guarded], sources: Mapping[str, Source]) -> list[OpenFinding]:
    """What a reviewer may let pass, in the order of the files: no identifier, nothing that a testimony may not say."""
    found = []
    for path, seen in guarded.items():
        text = sources[path].text
        for finding in seen.findings:
            if finding.kind != "identifier" and not finding.is_testimony:
                found.append(
                    OpenFinding(finding, span_at(path, text, finding.start, 0) if finding.start >= 0 else Span(path))
                )
    return sorted(found, key=lambda o: (o.span.path, o.span.line, o.span.column))


def record(root: Path, finding: Finding, public: bool, reviewed: ReviewEntry) -> None:
    """Put one decision in the register: a name that is public everywhere, or one sentence that may stand.

    The register is read afresh: what someone else has written meanwhile is kept; raises `DamagedRegister`.
    """
    path = root / read.REGISTER
    register = _register(path)
    if public:
        register = register.with_name(finding.text, reviewed)
    else:
        register = register.with_exception(finding.sentence, finding.kind, finding.text, reviewed)
    write_atomically(path, write_register(register).encode())


def _register(path: Path) -> Register:
    if not path.exists():
        return Register()
    text = encoding.read(path.read_bytes())
    if text is None:
        raise DamagedRegister
    register, problems = read_register(Source(str(path), text, ""))
    if problems or path.is_symlink():
        raise DamagedRegister
    return register
