"""`rapport apply`: accepted changes written into the contributions, each proved; the rest listed for whoever does it.

A file is written whole or not at all, and never over something saved meanwhile; what it was lies in build/avant.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rapport.commands.context import Context
from rapport.messages import decisions
from rapport.messages.stop import ERRORS, FINE, Stop
from rapport.opening import open_cache
from rapport.pipeline import Examined
from rapport.project.read import ENGLISH
from rapport.review.apply import outcome, todo
from rapport.review.apply.session import of_association, open_session
from rapport.review.apply.writing import Writing, Written, laid_out
from rapport.review.collect.ledger import ACCEPTED
from rapport.storage.lock import locked


def verb(context: Context) -> int:
    """Write what can be written; 1 when something accepted is left to do by hand."""
    options, root, language = context.options, context.root, context.language
    with context.progress() as steps, locked(root):
        book = open_session(root, language)
        accepted = of_association((r for r in book.ledger.remarks if r.etat == ACCEPTED), options.association, language)
        if not accepted:
            context.show(decisions("apply-none", language))
            return FINE
        cache = open_cache(root)
        examined = context.examined(cache)
        made = laid_out(examined, cache)
        if made is None:
            raise Stop(decisions("apply-no-layout", language), ERRORS)
        writing = Writing(root, cache, examined, *made)
        aims, left, done = outcome.aimed(accepted, book, writing.today)
        steps("apply", number=len(aims))
        with steps.timed("apply") as step:
            written = writing.write(aims)
            step.counted["remarks"] = len(aims)
        left |= written.refused
        changed = outcome.told(accepted, written, left, done, {aim.remark.id: aim for aim in aims}, language)
        book = outcome.put_in_place(root, written.files, writing.raw, changed, language)
        lists = todo.write(root, examined, book, left, not options.association, language)
    for line in report(written, left, done, lists, examined, language):
        context.show(line)
    return ERRORS if left else FINE


def report(
    written: Written,
    left: Collection[str],
    done: Collection[str],
    lists: Sequence[str],
    examined: Examined,
    language: str,
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
