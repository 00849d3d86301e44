"""`rapport review-names`: the editor walks through the open findings; each decision goes into the register at once."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from rapport.commands.context import Context
from rapport.messages import figures, phrase
from rapport.messages.display import disk_error, place, undone_changes
from rapport.messages.stop import ERRORS, FINE, Stop
from rapport.safeguarding.decisions import NUMBER, DamagedRegister, OpenFinding, open_findings, record
from rapport.safeguarding.register import ReviewEntry
from rapport.safeguarding.scan import Finding
from rapport.storage.lock import hold_lock
from rapport.storage.transaction import Outcome

PUBLIC, SENTENCE, SKIP, QUIT = "o", "p", "s", "q"


def finding_lines(found: list[OpenFinding], language: str) -> Iterator[str]:
    """Every open finding on two lines: number, place, words; sentence."""
    for number, item in enumerate(found, 1):
        yield phrase(
            "review-item", language, number=number, total=len(found), place=place(item.span),
            kind=_kind(item.finding, language), text=" ".join(item.finding.text.split()),
        )  # fmt: skip
        yield f"      {' '.join(item.finding.sentence.split())}"


def _kind(finding: Finding, language: str) -> str:
    return (figures if finding.kind == NUMBER else phrase)(f"review-{finding.kind}", language)


def verb(context: Context) -> int:
    """Walk through what is open with someone who answers on a terminal, or list it."""
    examined, language = context.examine_project(), context.language
    found = [*open_findings(examined.guarded, examined.sources), *examined.open_numbers]
    if not found:
        context.show(phrase("review-none", language))
    elif context.options.only_list or not sys.stdin.isatty():
        context.show("\n".join([*finding_lines(found, language), phrase("review-how", language)]))
    else:
        try:
            decided = review(context.root, found, context.ask, context.show, language)
            context.show(phrase("review-done", language, decided=decided, left=len(found) - decided))
        except DamagedRegister as error:
            raise Stop(phrase("review-damaged", language, path=str(error)), ERRORS) from None
    return FINE


def review(
    root: Path,
    found: list[OpenFinding],
    ask: Callable[[str], str],
    say: Callable[[str], None],
    language: str,
    today: str = "",
) -> int:
    """Ask about each finding until the end or « q », and write each decision at once; returns how many."""
    today = today or datetime.date.today().isoformat()
    lines = list(finding_lines(found, language))
    decided, reviewer = 0, ""
    public: set[str] = set()

    def tell(outcome: Outcome) -> None:
        for line in undone_changes(outcome, language):
            say(line)

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
            reviewed = ReviewEntry(_wanted("review-why", ask, language), reviewer, today)
            with hold_lock(root, wait=True, tell=tell):
                record(root, item.finding, answer == PUBLIC, reviewed)
            decided += 1
            if answer == PUBLIC:
                public.add(item.finding.text)
    except EOFError:
        say("")  # the terminal was closed in the middle of a line: what was decided is written
    except OSError as error:
        raise Stop(disk_error(error, language, decided), ERRORS) from error
    return decided


def _answer(finding: Finding, ask: Callable[[str], str], say: Callable[[str], None], language: str) -> str:
    """One of the four letters; « o » is for names alone."""
    name = finding.kind == "name"
    while True:
        answer = ask(phrase("review-ask-name" if name else "review-ask", language)).strip().lower()
        answer = PUBLIC if answer in ("oui", "yes") else answer
        if answer in (SENTENCE, SKIP, QUIT) or (answer == PUBLIC and name):
            return answer
        say(phrase("review-letters", language))


def _wanted(question: str, ask: Callable[[str], str], language: str) -> str:
    while not (said := " ".join(ask(phrase(question, language)).split())):
        pass
    return said
