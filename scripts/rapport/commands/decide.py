"""`rapport decide`: the open remarks, paragraph by paragraph, and what the editor decides, each saved at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from msgspec.structs import replace

from rapport.commands.arguments import Options
from rapport.commands.context import Context
from rapport.intake.journal import INBOX
from rapport.messages import LANGUAGES, decisions, display, review
from rapport.messages.stop import ERRORS, FINE, USAGE, Stop
from rapport.office.package import Unsafe
from rapport.pipeline import outgoing_door
from rapport.review import filled_table
from rapport.review.apply.session import ReviewSession, open_session, remarks_of_association, save_ledger
from rapport.review.collect import ledger, reviewers
from rapport.review.collect.ledger import ACCEPTED, ANSWERED, APPLIED, OPEN, REFUSED, Remark
from rapport.review.collect.returned_files import REVIEWS
from rapport.review.collect.table import notes, place_words, shorten
from rapport.review.filled_table import Decision
from rapport.storage.lock import hold_lock
from rapport.storage.transaction import Teller

SHORTEST = 4  # signs of an id that are enough to say which
SHOWN = 300  # signs of a paragraph, enough to know it again
LETTERS = {"o": ACCEPTED, "n": REFUSED, "r": ANSWERED, "s": "", "q": "quit"}


def verb(context: Context) -> int:
    """Walk through the open remarks on a terminal, list them, or record what the command line says."""
    options, root, language = context.options, context.root, context.language
    book = open_session(root, language)
    if options.file:
        return _from_table(book, context)
    wanted = _wanted(options, language)
    door = cache(lambda: outgoing_door(context.examine_project(), language))
    here = _chosen(root, book, options, language)
    if wanted is not None:
        if not (options.remarks or options.association or options.reviewer):
            raise Stop(decisions("decide-which", language), USAGE)
        answer = options.answer.strip()
        if wanted == ACCEPTED and not options.remarks:  # nobody named them: what asks for an answer stays open
            questions = [remark for remark in here if remark.genre == ledger.COMMENT]
            here = [remark for remark in here if remark not in questions]
            if questions:
                context.show(decisions("decide-questions", language, number=len(questions)))
        return _recorded(root, here, wanted, door().words(answer) if answer else "", context, language)
    waiting = [remark for remark in here if remark.etat == OPEN]
    if not waiting:
        context.show(decisions("decide-none", language))
        return FINE
    context = context.with_door(door())
    if options.only_list or not sys.stdin.isatty():
        context.repeat("\n".join([*remark_lines(waiting, book, context), ""]))
        context.show(decisions("decide-how", language))
    else:
        walk(root, waiting, book, context, door().words, language)
    return FINE


def _wanted(options: Options, language: str) -> str | None:
    """The state that was asked for; None when remarks are to be shown."""
    asked = [s for s, on in ((ACCEPTED, options.accept), (REFUSED, options.refuse), (OPEN, options.reopen)) if on]
    asked += [APPLIED] if options.done_by_hand else []
    if len(asked) > 1 or (options.reopen and options.answer):
        raise Stop(decisions("decide-one", language), USAGE)
    return asked[0] if asked else ANSWERED if options.answer.strip() else None


def _chosen(root: Path, book: ReviewSession, options: Options, language: str) -> list[Remark]:
    """The remarks named by the beginning of their ids, of an association, of a reviewer; all where nothing is said."""
    here = remarks_of_association(book.ledger.remarks, options.association, language)
    if options.reviewer:
        known = [remark.relecteur for remark in book.ledger.remarks]
        names = reviewers.load(root, language).names_of(options.reviewer, known, language)
        here = [remark for remark in here if remark.relecteur in names]
    if not options.remarks:
        state = ACCEPTED if options.done_by_hand else OPEN
        return here if options.only_list or options.reopen else [remark for remark in here if remark.etat == state]
    found = []
    for typed in (name for one in options.remarks for name in one.replace(",", " ").split()):
        same = [r for r in here if r.id == typed] or [
            r for r in here if len(typed) >= SHORTEST and r.id.startswith(typed)
        ]
        if len(same) != 1:
            raise Stop(decisions("decide-unknown" if not same else "decide-several", language, id=typed), USAGE)
        found += same
    return found


def _recorded(root: Path, here: Sequence[Remark], state: str, answer: str, context: Context, language: str) -> int:
    written = [remark for remark in here if remark.etat == APPLIED and not (state == OPEN and _by_hand(remark))]
    if written and state not in (ANSWERED, APPLIED):
        raise Stop(decisions("decide-applied", language, id=written[0].id, where=written[0].suite), USAGE)
    if state == APPLIED and (left := [remark for remark in here if remark.etat not in (ACCEPTED, APPLIED)]):
        raise Stop(decisions("decide-not-accepted", language, id=left[0].id), USAGE)
    record(root, [Decision(remark.id, state, answer) for remark in here], language)
    name = review(f"state-{state}", language)
    context.show(decisions("decide-done", language, number=len(here), state=name))
    if state == ACCEPTED:
        context.show(
            "\n".join([*_against(here, open_session(root, language), language), decisions("decide-next", language)])
        )
    return FINE


def _against(accepted: Sequence[Remark], book: ReviewSession, language: str) -> Iterator[str]:
    """Remarks that were accepted and want something else of the same words: only one of them can be written."""
    by_id = {remark.id: remark for remark in book.ledger.remarks}
    for remark in accepted:
        if rivals := _rivals(remark, by_id, (ACCEPTED, APPLIED)):
            yield decisions("decide-contradiction", language, id=remark.id, others=", ".join(rivals))


def _by_hand(remark: Remark) -> bool:
    """Whether the editor ticked a remark as done, which may be taken back."""
    return remark.suite in {decisions("suite-by-hand", language) for language in LANGUAGES}


def record(root: Path, made: Sequence[Decision], language: str, tell: Teller | None = None) -> None:
    """Decisions on remarks, in the ledger as it stands now: what somebody else wrote meanwhile is kept.

    A dialogue, which can `tell` what it finds, waits for whoever is at work.
    """
    with hold_lock(root, wait=tell is not None, tell=tell):
        book = open_session(root, language)
        by_id = {one.id: one for one in made}
        changed = {r.id: _decided(r, by_id[r.id], language) for r in book.ledger.remarks if r.id in by_id}
        save_ledger(root, book.ledger, changed, language)


def _decided(remark: Remark, made: Decision, language: str) -> Remark:
    """A remark with its decision; one that is in the text already stays there, but for what was only ticked."""
    answer = made.answer or ("" if made.state == OPEN else remark.reponse)
    if remark.etat == APPLIED and not (made.state == OPEN and _by_hand(remark)):
        return replace(remark, reponse=answer)
    suite = decisions("suite-by-hand", language) if made.state == APPLIED else ""
    return replace(remark, etat=made.state, reponse=answer, suite=suite)


# ---------------------------------------------------------------- in a table filled in


def _from_table(book: ReviewSession, context: Context) -> int:
    """What the table of remarks says, once the editor has filled it in, recorded all at once."""
    root, language, typed = context.root, context.language, context.options.file
    places = (Path(typed), root / typed, root / INBOX / typed, root / REVIEWS / typed)
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        raise Stop(decisions("table-no-file", language, file=typed), USAGE)
    try:
        found = list(filled_table.rows(path.read_bytes()))
    except Unsafe as error:
        raise Stop(decisions("table-bad-file", language, file=typed), USAGE) from error
    if not found:
        raise Stop(decisions("table-empty", language, file=typed), USAGE)
    door = outgoing_door(context.examine_project(), language)
    masked = [replace(row, answer=door.words(row.answer)) for row in found]
    filled = filled_table.decide_rows(masked, {remark.id: remark for remark in book.ledger.remarks}, language)
    record(root, filled.decisions, language)
    facts = {"number": len(filled.decisions), "same": filled.unchanged_rows, "unclear": len(filled.unclear_rows)}
    context.show("\n".join([decisions("table-read", language, file=typed, **facts), *filled.unclear_rows]))
    if any(one.state == ACCEPTED for one in filled.decisions):
        context.show(decisions("decide-next", language))
    return ERRORS if filled.unclear_rows else FINE


# ---------------------------------------------------------------- on a terminal


def walk(
    root: Path,
    waiting: Sequence[Remark],
    book: ReviewSession,
    context: Context,
    mask: Callable[[str], str],
    language: str,
) -> int:
    """Ask about each remark until the end or « q »; what was decided is saved, answers masked. Returns how many."""
    decided = seen = 0
    try:
        for _, group in groupby(waiting, key=_paragraph):
            together = list(group)
            context.repeat("\n".join(remark_lines(together, book, context)))
            seen += len(together)
            context.show(decisions("decide-seen", language, seen=seen, of=len(waiting)))
            for number, remark in enumerate(together, 1):
                state = _state(context, language, number if len(together) > 1 else 0)
                if state == "quit":
                    raise EOFError
                if not state:
                    continue
                question = "decide-ask-answer" if state == ANSWERED else "decide-ask-why"
                answer = _answer(context.ask, decisions(question, language), needed=state == ANSWERED)
                record(
                    root, [Decision(remark.id, state, mask(answer) if answer else "")], language, context.tell_undone
                )
                decided += 1
                for line in _against([remark], open_session(root, language), language) if state == ACCEPTED else ():
                    context.show(line)
    except (EOFError, KeyboardInterrupt):  # the terminal was closed, or the editor stops: each decision is written
        context.show("")
    except OSError as error:
        raise Stop(display.disk_error(error, language, decided), ERRORS) from error
    context.show(decisions("decide-end", language, decided=decided, left=len(waiting) - decided))
    return decided


def _state(context: Context, language: str, number: int) -> str:
    before = f"  [{number}]" if number else " "
    while True:
        letter = context.ask(f"{before} {decisions('decide-ask', language)}").strip().lower()[:1]
        if letter in LETTERS:
            return LETTERS[letter]
        context.show(decisions("decide-letters", language))


def _answer(ask: Callable[[str], str], question: str, needed: bool) -> str:
    while not (said := " ".join(ask(f"      {question}").split())) and needed:
        pass
    return said


def remark_lines(remarks: Sequence[Remark], book: ReviewSession, context: Context) -> Iterator[str]:
    """Remarks for the screen, masked: each paragraph once, with its words, then all that is said of it."""
    by_id, language, mask = {remark.id: remark for remark in book.ledger.remarks}, context.language, context.mask
    for _, group in groupby(remarks, key=_paragraph):
        together = list(group)
        yield ""
        yield mask(place_words(None, together[0], language))
        place = book.place(together[0])
        if place is not None:
            yield "  " + mask(f"« {shorten(' '.join(place.text.split()), SHOWN)} »")
        for number, remark in enumerate(together, 1):  # our own signs are not looked through: they cost half of it
            before = f"  [{number}] " if len(together) > 1 else "  "
            yield f"{before}{mask(_said(remark, by_id, language))} [{remark.id}]"
            rivals = _rivals(remark, by_id, ledger.STATES)
            if rivals:
                yield "      " + mask(review("contradicts", language, others=", ".join(rivals)))


def _paragraph(remark: Remark) -> tuple[int, str, str]:
    return remark.projet, remark.bloc, "" if remark.is_placed else remark.id


def _said(remark: Remark, by_id: Mapping[str, Remark], language: str) -> str:
    """« remplacement, de Mme A (sans suivi) : « … » → « … » »."""
    words = [f"« {shorten(text, SHOWN)} »" for text in (remark.avant, remark.apres) if text]
    change = " → ".join(words)
    if remark.genre == ledger.COMMENT:
        about = decisions("decide-about", language, words=shorten(remark.avant, SHOWN)) if remark.avant else ""
        change = f"{about}{shorten(remark.texte, SHOWN)}"
    aside = "; ".join(notes(remark, by_id, language))
    who = f"{remark.relecteur} ({aside})" if aside else remark.relecteur
    kind = review(f"kind-{remark.genre}", language)
    return decisions("decide-remark", language, kind=kind, who=who, change=change)


def _rivals(remark: Remark, by_id: Mapping[str, Remark], states: Sequence[str]) -> list[str]:
    """Who wants something else of the same words, among remarks in these states."""
    against = [by_id[name] for name in remark.contredit if name in by_id]
    return list(dict.fromkeys(other.relecteur for other in against if other.etat in states))
