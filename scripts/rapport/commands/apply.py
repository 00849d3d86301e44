"""`rapport apply`: accepted changes written into the contributions, each proved; the rest listed for whoever does it.

A file is written whole or not at all, and never over something saved meanwhile; what it was lies in build/avant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rapport.commands.arguments import Terminal
from rapport.messages import decisions
from rapport.messages.stop import Stop
from rapport.opening import open_cache
from rapport.project.read import ENGLISH
from rapport.review.apply import todo
from rapport.review.apply.session import Paragraphs, ReviewSession, of_association, opened, saved
from rapport.review.apply.targets import Aim, NotAimed, Today, Why
from rapport.review.apply.writing import Writing, Written, laid_out
from rapport.review.collect.ledger import ACCEPTED, APPLIED, Remark
from rapport.storage.cache import digest, write_together
from rapport.storage.lock import locked

BEFORE = "build/avant"


def verb(options: Any, terminal: Terminal) -> int:
    """Write what can be written; 1 when something accepted is left to do by hand."""
    root, language = options.root, options.lang
    with terminal.progress(language) as progress, locked(root):
        book = opened(root, language)
        accepted = of_association((r for r in book.ledger.remarks if r.etat == ACCEPTED), options.association, language)
        if not accepted:
            terminal.show(decisions("apply-none", language))
            return 0
        cache = open_cache(root)
        examined = terminal.examined(root, cache, language, progress)
        made = laid_out(examined, cache)
        if made is None:
            raise Stop(decisions("apply-no-layout", language), 1)
        writing = Writing(root, cache, examined, *made)
        aims, left, done = aimed(accepted, book, writing.today)
        progress("apply", number=len(aims))
        written = writing.write(aims)
        left |= written.refused
        changed = told(accepted, written, left, done, {aim.remark.id: aim for aim in aims}, language)
        book = put_in_place(root, written.files, writing.raw, changed, language)
        lists = todo.write(root, examined, book, left, not options.association, language)
    for line in report(written, left, done, lists, examined, language):
        terminal.show(line)
    return 1 if left else 0


def aimed(
    accepted: Sequence[Remark], book: ReviewSession, today: Today
) -> tuple[list[Aim], dict[str, tuple[Why, str]], set[str]]:
    """The aims of remarks; those that have none, with the reason; those whose words stand there already."""
    applied: dict[tuple[int, str], list[Remark]] = defaultdict(list)
    for remark in book.ledger.remarks:
        if remark.etat == APPLIED:
            applied[(remark.projet, remark.bloc)].append(remark)
    aims: list[Aim] = []
    left: dict[str, tuple[Why, str]] = {}
    done: set[str] = set()
    for remark in accepted:
        sent = book.paragraphs.get(remark.projet, Paragraphs({}, {}))
        try:
            aims.append(today.aim(remark, sent, applied[(remark.projet, remark.bloc)]))
        except NotAimed as reason:
            if reason.why is Why.DONE:
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
    book = opened(root, language)  # afresh: the editor may have written in it
    return replace(book, ledger=saved(root, book.ledger, changed, language, files))


def told(
    accepted: Sequence[Remark], written: Written, left: Mapping[str, tuple[Why, str]], done: set[str],
    aims: Mapping[str, Aim], language: str,
) -> dict[str, Remark]:  # fmt: skip
    """The remarks with what became of them."""
    changed = {}
    for remark in accepted:
        if remark.id in written.lines:
            path = aims[remark.id].block.span.path
            suite = decisions("suite-written", language, path=path, line=written.lines[remark.id])
            changed[remark.id] = replace(remark, etat=APPLIED, suite=suite)
        elif remark.id in done:
            changed[remark.id] = replace(remark, etat=APPLIED, suite=decisions("suite-done", language))
        elif remark.id in left:
            changed[remark.id] = replace(remark, suite=todo.reason(left[remark.id], language))
    return changed


def report(
    written: Written, left: Mapping[str, Any], done: set[str], lists: Sequence[str], examined: Any, language: str
) -> list[str]:
    """What is said on the screen."""
    said = [decisions("applied-file", language, path=path) for path in sorted(written.files)]
    for path in sorted(written.files):
        english = f"{path.removesuffix('.md')}{ENGLISH}"
        if english in examined.sources:
            said.append(decisions("apply-translation", language, path=english))
    number = len(written.lines) + len(done)
    said.append(decisions("apply-summary", language, applied=number, left=len(left)))
    said += [decisions("todo-file", language, path=path) for path in lists]
    if written.files:
        said.append(decisions("apply-next", language))
    return said
