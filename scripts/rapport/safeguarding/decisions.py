"""What the protection of children left open, and what the editor decides of it, put into the register."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from rapport.model import Source, Span, span_at
from rapport.project import read
from rapport.safeguarding.guard import Guarded
from rapport.safeguarding.register import Register, ReviewEntry, read_register, seals, write_register
from rapport.safeguarding.scan import Finding
from rapport.storage import encoding
from rapport.storage.transaction import write_atomically

NUMBER = "number"
NUMBERS_REGISTER = f"{read.CONTRIBUTIONS}/{read.INBOX}/recus/nombres-revus.yaml"
"""On this machine alone, as the answers are: a sentence that is let pass says a number that a table hides."""


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
    name = NUMBERS_REGISTER if finding.kind == NUMBER else read.REGISTER
    path = root / name
    register = _register(path, name)
    if public:
        register = register.with_name(finding.text, reviewed)
    else:
        register = register.with_exception(*sealed_words(finding), reviewed)
    write_atomically(path, write_register(register).encode())


def sealed_words(finding: Finding) -> tuple[str, str, str]:
    """The sentence, the kind and the words that an exception is for; a number's sentence with what stands above it."""
    if finding.kind == NUMBER:
        return finding.section, NUMBER, f"{finding.detail} {finding.text}"
    return finding.sentence, finding.kind, finding.text


def number_exception(register: Register, finding: Finding) -> tuple[str, str] | None:
    """The entry of the register of numbers by which someone let a sentence pass."""
    if not finding.text or not register.exceptions:
        return None
    seal = seals(register.salt, *sealed_words(finding))
    return seal if any(known == seal for known, _ in register.exceptions) else None


def _register(path: Path, name: str) -> Register:
    if not path.exists():
        return Register()
    text = encoding.read(path.read_bytes())
    if text is None:
        raise DamagedRegister(name)
    register, problems = read_register(Source(name, text, ""))
    if problems or path.is_symlink():
        raise DamagedRegister(name)
    return register
