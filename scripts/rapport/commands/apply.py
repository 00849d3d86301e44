"""`rapport apply`: accepted changes written into the contributions, each proved; the rest listed for whoever does it.

A file is written whole or not at all, and never over something saved meanwhile; what it was lies in build/avant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from rapport.commands.context import Context
from rapport.examination.opening import open_cache
from rapport.examination.result import Examined
from rapport.messages import decisions
from rapport.messages.stop import ERRORS, FINE, Stop
from rapport.model import Document, Report
from rapport.project.read import ENGLISH
from rapport.review.apply import outcome, todo
from rapport.review.apply.grouped_changes import cells_together
from rapport.review.apply.paragraph_writing import ParagraphWriting
from rapport.review.apply.project_copy import lay_out_copy
from rapport.review.apply.session import ReviewSession, open_session, remarks_of_association
from rapport.review.apply.targets import Obstacle, WriteResult, changes_paragraphs, empties_paragraph
from rapport.review.apply.template_writing import TemplateWriting, in_template
from rapport.review.apply.writing import Writing
from rapport.review.collect.ledger import ACCEPTED, Remark
from rapport.storage.cache import Cache
from rapport.storage.lock import hold_lock

BY_PARAGRAPH = (Obstacle.CROSSING, Obstacle.UNPROVED)  # words that are tried again with all that their paragraph holds


class _Applied(Struct):
    """What a run of the verb has made of the remarks: files written, how many remarks, and those that are left."""

    files: list[str] = field(default_factory=list)
    number: int = 0
    obstacles: dict[str, tuple[Obstacle, str]] = field(default_factory=dict)
    moved_words: list[tuple[str, str]] = field(default_factory=list)  # words of an association, now in another's file
    laid_out: tuple[Report, Document] | None = None  # the texts as they are now, where they were laid out already


def verb(context: Context) -> int:
    """Write what can be written, and list what is left to do by hand."""
    options, root, language = context.options, context.root, context.language
    with context.progress() as steps, hold_lock(root):
        book = open_session(root, language)
        accepted = remarks_of_association(
            (r for r in book.ledger.remarks if r.etat == ACCEPTED), options.association, language
        )
        if not accepted:
            context.show(decisions("apply-none", language))
            return FINE
        applied, cache = _Applied(), open_cache(root)
        against, typed, small, large = _sorted_out(accepted, book)
        with steps.time_step("apply") as step:
            steps("apply", number=len(accepted))
            examined = context.examine(cache)
            if against:
                why = dict.fromkeys((remark.id for remark in against), (Obstacle.OVERLAP, ""))
                written = WriteResult({}, {}, why)
                book, examined = _in_place(context, cache, examined, against, written, {}, why, set(), applied)
            if typed:
                book, examined = write_with(TemplateWriting, context, cache, examined, book, typed, applied)
            if small:
                book, examined = write_words(context, cache, examined, book, small, applied)
                large += [r for r in small if applied.obstacles.get(r.id, ("",))[0] in BY_PARAGRAPH]
            if large:
                book, examined = write_with(ParagraphWriting, context, cache, examined, book, large, applied)
            step.counts["remarks"] = len(accepted)
        lists = todo.write(root, examined, book, applied.obstacles, not options.association, language)
    for line in report(applied, lists, examined, language):
        context.show(line)
    return FINE


def _sorted_out(accepted: Sequence[Remark], book: ReviewSession) -> tuple[list[Remark], ...]:
    """Remarks that contradict each other, on the editor's templates, on words, on whole paragraphs."""
    against = outcome.contradicting(accepted)
    waiting = {remark.id for remark in against}
    for row in cells_together(accepted, book.place):
        if any(remark.id in waiting for remark in row):
            against += [remark for remark in row if remark.id not in waiting]
            waiting |= {remark.id for remark in row}
    sorts: tuple[list[Remark], ...] = (against, [], [], [])
    for remark in accepted:
        place = book.place(remark)
        if remark.id not in waiting:
            wide = changes_paragraphs(remark) or empties_paragraph(remark, place)
            sorts[1 if in_template(place) else 3 if wide else 2].append(remark)
    return sorts


def write_words(
    context: Context, cache: Cache, examined: Examined, book: ReviewSession, accepted: Sequence[Remark], told: _Applied
) -> tuple[ReviewSession, Examined]:
    """Changes of words inside paragraphs, in place; the ledger and the project as they are then."""
    writing = Writing(context.root, cache, examined, *_laid_out(examined, cache, context.language, told))
    aims, left, done = outcome.aim_remarks(accepted, book, writing.today)
    written = writing.write(aims)
    return _in_place(
        context, cache, examined, accepted, written, writing.raw, left | dict(written.obstacles), done, told
    )


def write_with(
    kind: type[ParagraphWriting] | type[TemplateWriting], context: Context, cache: Cache, examined: Examined,
    book: ReviewSession, accepted: Sequence[Remark], told: _Applied,
) -> tuple[ReviewSession, Examined]:  # fmt: skip
    """Changes of whole paragraphs, or of templates, in place; the ledger and the project as they are then."""
    made = _laid_out(examined, cache, context.language, told)
    writing = kind(context.root, cache, examined, *made, outcome.applied_by_place(book))
    written = writing.write(accepted, book.paragraphs)
    return _in_place(context, cache, examined, accepted, written, writing.raw, written.obstacles, writing.done, told)


def _laid_out(examined: Examined, cache: Cache, language: str, told: _Applied) -> tuple[Report, Document]:
    made = told.laid_out = told.laid_out or lay_out_copy(examined, cache)
    if made is None:
        raise Stop(decisions("apply-no-layout", language), ERRORS)
    return made


def _in_place(
    context: Context, cache: Cache, examined: Examined, accepted: Sequence[Remark], written: WriteResult,
    before: Mapping[str, bytes], left: Mapping[str, tuple[Obstacle, str]], done: set[str], told: _Applied,
) -> tuple[ReviewSession, Examined]:  # fmt: skip
    language = context.language
    changed = outcome.with_outcome(accepted, written, left, done, language)
    book = outcome.put_in_place(context.root, written.files, before, changed, language)
    told.files += written.files
    told.number += len(written.lines) + len(done)
    told.obstacles = {
        id: why for id, why in (told.obstacles | dict(left)).items() if id not in written.lines and id not in done
    }
    for remark in accepted:
        path, _ = written.lines.get(remark.id, (remark.fichier, 0))
        if path.split("/")[:2] != remark.fichier.split("/")[:2]:
            told.moved_words.append((remark.association, path))
    if not written.files:
        return book, examined
    tried = written.trial if written.trial and written.trial.files == written.files else None
    told.laid_out = tried.laid_out if tried else None
    return book, tried.examined if tried else context.examine(cache)


def report(applied: _Applied, lists: Sequence[str], examined: Examined, language: str) -> list[str]:
    """What is said on the screen."""
    files = sorted(set(applied.files))
    said = [decisions("applied-file", language, path=path) for path in files]
    for path in files:
        english = f"{path.removesuffix('.md')}{ENGLISH}"
        if english in examined.sources:
            said.append(decisions("apply-translation", language, path=english))
    said += [decisions("apply-elsewhere", language, name=name, path=path) for name, path in applied.moved_words]
    said.append(decisions("apply-summary", language, applied=applied.number, left=len(applied.obstacles)))
    said += [decisions("todo-file", language, path=path) for path in lists]
    if files:
        said.append(decisions("apply-next", language))
    return said
