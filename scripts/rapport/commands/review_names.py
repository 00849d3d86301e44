"""review-names: the editor walks through the open findings, and what is decided goes into the register at once."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapport.messages import phrase
from rapport.messages.display import place
from rapport.messages.stop import ERRORS, Stop
from rapport.model import Source, Span, span_at
from rapport.pipeline import Examined
from rapport.project import read
from rapport.safeguarding.register import Register, Reviewed, read_register, write_register
from rapport.safeguarding.scan import Finding
from rapport.storage import encoding
from rapport.storage.cache import write_atomically

PUBLIC, SENTENCE, SKIP, QUIT = "o", "p", "s", "q"


@dataclass(frozen=True, slots=True)
class Open:
    """One finding that wants a decision, and where it stands."""

    finding: Finding
    span: Span


class Damaged(Exception):
    """The register cannot be read whole: writing it again would lose what is in it."""


def open_findings(examined: Examined) -> list[Open]:
    """What a reviewer may let pass, in the order of the files: no identifier, nothing that a testimony may not say."""
    found = []
    for path, guarded in examined.guarded.items():
        text = examined.sources[path].text
        for finding in guarded.findings:
            if finding.kind != "identifier" and not finding.told:
                found.append(Open(finding, span_at(path, text, finding.start, 0) if finding.start >= 0 else Span(path)))
    return sorted(found, key=lambda o: (o.span.path, o.span.line, o.span.column))


def listed(found: list[Open], language: str) -> Iterator[str]:
    """Every open finding on two lines: number, place, words; sentence."""
    for number, item in enumerate(found, 1):
        yield phrase(
            "review-item", language, number=number, total=len(found), place=place(item.span),
            kind=phrase(f"review-{item.finding.kind}", language), text=" ".join(item.finding.text.split()),
        )  # fmt: skip
        yield f"      {' '.join(item.finding.sentence.split())}"


def run(
    root: Path, examined: Examined, ask: Callable[[str], str] | None, say: Callable[[str], None], language: str
) -> None:
    """Walk through what is open with someone who answers on a terminal (`ask`), or list it."""
    found = open_findings(examined)
    if not found:
        say(phrase("review-none", language))
    elif ask is None or not sys.stdin.isatty():
        say("\n".join([*listed(found, language), phrase("review-how", language)]))
    else:
        try:
            decided = review(root, found, ask, say, language)
            say(phrase("review-done", language, decided=decided, left=len(found) - decided))
        except Damaged:
            raise Stop(phrase("review-damaged", language), ERRORS) from None


def review(
    root: Path, found: list[Open], ask: Callable[[str], str], say: Callable[[str], None], language: str, today: str = ""
) -> int:
    """Ask about each finding until the end or « q », and write each decision at once; returns how many."""
    today = today or datetime.date.today().isoformat()
    lines = list(listed(found, language))
    decided, reviewer = 0, ""
    public: set[str] = set()
    try:
        for number, item in enumerate(found):
            if item.finding.kind == "name" and item.finding.text in public:
                continue
            say("\n".join(lines[2 * number : 2 * number + 2]))
            answer = _answer(item.finding, ask, say, language)
            if answer == QUIT:
                break
            if answer == SKIP:
                continue
            reviewer = reviewer or _wanted("review-who", ask, language)
            reviewed = Reviewed(_wanted("review-why", ask, language), reviewer, today)
            record(root, item.finding, answer, reviewed)
            decided += 1
            if answer == PUBLIC:
                public.add(item.finding.text)
    except EOFError:
        say("")  # the terminal was closed in the middle of a line: what was decided is written
    return decided


def _answer(finding: Finding, ask: Callable[[str], str], say: Callable[[str], None], language: str) -> str:
    """One of the four letters; « o » is for names alone."""
    name = finding.kind == "name"
    while True:
        answer = ask(phrase("review-ask-name" if name else "review-ask", language)).strip().lower()[:1]
        if answer in (SENTENCE, SKIP, QUIT) or (answer == PUBLIC and name):
            return answer
        say(phrase("review-letters", language))


def _wanted(question: str, ask: Callable[[str], str], language: str) -> str:
    while not (said := " ".join(ask(phrase(question, language)).split())):
        pass
    return said


def record(root: Path, finding: Finding, answer: str, reviewed: Reviewed) -> None:
    """Put one decision in the register, read afresh: what someone else has written meanwhile is kept."""
    path = root / read.REGISTER
    register = _register(path)
    if answer == PUBLIC:
        register = register.with_name(finding.text, reviewed)
    else:
        register = register.with_exception(finding.sentence, finding.kind, finding.text, reviewed)
    write_atomically(path, write_register(register).encode())


def _register(path: Path) -> Register:
    if not path.exists():
        return Register()
    text = encoding.read(path.read_bytes())
    if text is None:
        raise Damaged
    register, problems = read_register(Source(str(path), text, ""))
    if problems or path.is_symlink():
        raise Damaged
    return register
