"""What becomes of accepted remarks: those that can be written, those that cannot, and the files put in place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from rapport.messages import decisions
from rapport.messages.stop import Stop
from rapport.review.apply import todo
from rapport.review.apply.session import Paragraphs, ReviewSession, open_session, save_ledger
from rapport.review.apply.targets import CannotTarget, CurrentReport, Obstacle, Target, WriteResult
from rapport.review.collect.ledger import APPLIED, Remark
from rapport.storage.cache import digest
from rapport.storage.transaction import write_together

BEFORE = "build/avant"


def applied_by_place(book: ReviewSession) -> dict[tuple[int, str], list[Remark]]:
    """The remarks that are written already, by draft and paragraph."""
    found: dict[tuple[int, str], list[Remark]] = defaultdict(list)
    for remark in book.ledger.remarks:
        if remark.etat == APPLIED:
            found[(remark.projet, remark.bloc)].append(remark)
    return found


def contradicting(accepted: Sequence[Remark]) -> list[Remark]:
    """Those that ask for different things of the same words; what strikes the words of another is no such thing."""
    ids = {remark.id for remark in accepted}
    return [remark for remark in accepted if ids & set(remark.contredit) and not (remark.repond_a or remark.avec)]


def aim_remarks(
    accepted: Sequence[Remark], book: ReviewSession, today: CurrentReport
) -> tuple[list[Target], dict[str, tuple[Obstacle, str]], set[str]]:
    """The aims of remarks; those that have none, with the reason; those whose words stand there already."""
    applied = applied_by_place(book)
    aims: list[Target] = []
    left: dict[str, tuple[Obstacle, str]] = {}
    done: set[str] = set()
    for remark in accepted:
        sent = book.paragraphs.get(remark.projet, Paragraphs({}, {}))
        try:
            aims.append(today.aim(remark, sent, applied.get((remark.projet, remark.bloc), [])))
        except CannotTarget as reason:
            if reason.why is Obstacle.DONE:
                done.add(remark.id)
            else:
                left[remark.id] = (reason.why, "")
    return aims, left, done


def put_in_place(
    root: Path, files: Mapping[str, bytes], before: Mapping[str, bytes], changed: Mapping[str, Remark], language: str
) -> ReviewSession:
    """The files in place and the ledger with them, what they were beside; nothing where one was saved meanwhile."""
    for path in files:
        if (root / path).read_bytes() != before[path]:
            raise Stop(decisions("apply-saved", language, path=path), 1)
    write_together({root / BEFORE / digest(before[path])[:8] / path: before[path] for path in files})
    book = open_session(root, language)  # afresh: the editor may have written in it
    return replace(book, ledger=save_ledger(root, book.ledger, changed, language, files))


def with_outcome(
    accepted: Sequence[Remark],
    written: WriteResult,
    left: Mapping[str, tuple[Obstacle, str]],
    done: set[str],
    language: str,
) -> dict[str, Remark]:
    """The remarks with what became of them."""
    changed = {}
    for remark in accepted:
        if remark.id in written.lines:
            path, line = written.lines[remark.id]
            suite = decisions("suite-written", language, path=path, line=line)
            changed[remark.id] = replace(remark, etat=APPLIED, suite=suite)
        elif remark.id in done:
            changed[remark.id] = replace(remark, etat=APPLIED, suite=decisions("suite-done", language))
        elif remark.id in left:
            changed[remark.id] = replace(remark, suite=todo.reason(left[remark.id], language))
    return changed
