"""`rapport decide`: the open remarks, paragraph by paragraph, and what the editor decides, each saved at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path

from rapport.commands.arguments import Options
from rapport.commands.context import Context
from rapport.language.folding import fold_words
from rapport.messages import decisions, review
from rapport.messages.stop import FINE, USAGE, Stop
from rapport.pipeline import outgoing_door
from rapport.review.apply.session import ReviewSession, of_association, open_session, save_ledger
from rapport.review.collect import ledger
from rapport.review.collect.ledger import ACCEPTED, ANSWERED, APPLIED, OPEN, REFUSED, Remark
from rapport.review.collect.table import called, cut, notes
from rapport.storage.lock import locked

SHORTEST = 4  # signs of an id that are enough to say which
SHOWN = 300  # signs of a paragraph, enough to know it again
LETTERS = {"o": ACCEPTED, "n": REFUSED, "r": ANSWERED, "s": "", "q": "quit"}


def verb(context: Context) -> int:
    """Walk through the open remarks on a terminal, list them, or record what the command line says."""
    options, root, language = context.options, context.root, context.language
    book = open_session(root, language)
    wanted = _wanted(options, language)
    door = cache(lambda: outgoing_door(context.looked_at(), language))
    here = _chosen(book, options, language)
    if wanted is not None:
        if not (options.remarks or options.association or options.reviewer):
            raise Stop(decisions("decide-which", language), USAGE)
        answer = options.answer.strip()
        return _recorded(root, here, wanted, door().words(answer) if answer else "", context, language)
    waiting = [remark for remark in here if remark.etat == OPEN]
    if not waiting:
        context.show(decisions("decide-none", language))
        return FINE
    context = context.through(door())
    if options.only_list or not sys.stdin.isatty():
        context.show("\n".join([*shown(waiting, book, language), "", decisions("decide-how", language)]))
    else:
        walk(root, waiting, book, context, door().words, language)
    return FINE


def _wanted(options: Options, language: str) -> str | None:
    """The state that was asked for; None when remarks are to be shown."""
    asked = [s for s, on in ((ACCEPTED, options.accept), (REFUSED, options.refuse), (OPEN, options.reopen)) if on]
    if len(asked) > 1 or (options.reopen and options.answer):
        raise Stop(decisions("decide-one", language), USAGE)
    return asked[0] if asked else ANSWERED if options.answer.strip() else None


def _chosen(book: ReviewSession, options: Options, language: str) -> list[Remark]:
    """The remarks named by the beginning of their ids, of an association, of a reviewer; all where nothing is said."""
    here = of_association(book.ledger.remarks, options.association, language)
    if options.reviewer:
        here = [remark for remark in here if fold_words(options.reviewer) in fold_words(remark.relecteur)]
        if not here:
            names = ", ".join(dict.fromkeys(remark.relecteur for remark in book.ledger.remarks)) or "–"
            raise Stop(decisions("decide-no-reviewer", language, name=options.reviewer, known=names), USAGE)
    if not options.remarks:
        return here if options.only_list or options.reopen else [remark for remark in here if remark.etat == OPEN]
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
    written = [remark for remark in here if remark.etat == APPLIED]
    if written and state != ANSWERED:
        raise Stop(decisions("decide-applied", language, id=written[0].id, where=written[0].suite), USAGE)
    record(root, here, state, answer, language)
    name = review(f"state-{state}", language)
    context.show(decisions("decide-done", language, number=len(here), state=name))
    if state == ACCEPTED:
        context.show(
            "\n".join([*_against(here, open_session(root, language), language), decisions("decide-next", language)])
        )
    return FINE


def _against(accepted: Sequence[Remark], book: ReviewSession, language: str) -> Iterator[str]:
    """Remarks that were accepted and want something else of the same words: only one of them can be written."""
    for remark in accepted:
        if rivals := _rivals(remark, book, (ACCEPTED, APPLIED)):
            yield decisions("decide-contradiction", language, id=remark.id, others=", ".join(rivals))


def record(root: Path, remarks: Sequence[Remark], state: str, answer: str, language: str) -> None:
    """One decision on these remarks, in the ledger as it stands now: what somebody else wrote meanwhile is kept."""
    with locked(root):
        book = open_session(root, language)
        names = {remark.id for remark in remarks}
        changed = {
            remark.id: replace(
                remark,
                etat=remark.etat if remark.etat == APPLIED else state,
                reponse=answer or ("" if state == OPEN else remark.reponse),
                suite=remark.suite if remark.etat == APPLIED else "",
            )
            for remark in book.ledger.remarks
            if remark.id in names
        }
        save_ledger(root, book.ledger, changed, language)


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
            context.show("\n".join(shown(together, book, language)))
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
                record(root, [remark], state, mask(answer) if answer else "", language)
                decided += 1
                for line in _against([remark], open_session(root, language), language) if state == ACCEPTED else ():
                    context.show(line)
    except (EOFError, KeyboardInterrupt):  # the terminal was closed, or the editor stops: each decision is written
        context.show("")
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


def shown(remarks: Sequence[Remark], book: ReviewSession, language: str) -> Iterator[str]:
    """Remarks for the screen: each paragraph once, with its words, then all that is said of it."""
    by_id = {remark.id: remark for remark in book.ledger.remarks}
    for _, group in groupby(remarks, key=_paragraph):
        together = list(group)
        yield ""
        yield _where(together[0], language)
        place = book.place(together[0])
        if place is not None:
            yield f"  « {cut(' '.join(place.text.split()), SHOWN)} »"
        for number, remark in enumerate(together, 1):
            before = f"  [{number}] " if len(together) > 1 else "  "
            yield before + _said(remark, by_id, language)
            rivals = _rivals(remark, book, ledger.STATES)
            if rivals:
                yield "      " + review("contradicts", language, others=", ".join(rivals))


def _paragraph(remark: Remark) -> tuple[int, str, str]:
    return remark.projet, remark.bloc, "" if remark.placed else remark.id


def _where(remark: Remark, language: str) -> str:
    """« § 14 – hors-la-rue – contributions/…, ligne 12 »."""
    if not remark.placed:
        return review("to-place", language)
    said = called(remark, language)
    said.append(remark.association or review("editor", language))
    if remark.fichier:
        said.append(review("line", language, path=remark.fichier, line=remark.ligne))
    return " – ".join(said)


def _said(remark: Remark, by_id: Mapping[str, Remark], language: str) -> str:
    """« remplacement, de Mme A (sans suivi) : « … » → « … » [id] »."""
    words = [f"« {cut(text, SHOWN)} »" for text in (remark.avant, remark.apres) if text]
    change = " → ".join(words)
    if remark.genre == ledger.COMMENT:
        about = decisions("decide-about", language, words=cut(remark.avant, SHOWN)) if remark.avant else ""
        change = f"{about}{cut(remark.texte, SHOWN)}"
    aside = "; ".join(notes(remark, by_id, language))
    who = f"{remark.relecteur} ({aside})" if aside else remark.relecteur
    kind = review(f"kind-{remark.genre}", language)
    return decisions("decide-remark", language, kind=kind, who=who, change=change, id=remark.id)


def _rivals(remark: Remark, book: ReviewSession, states: Sequence[str]) -> list[str]:
    """Who wants something else of the same words, among remarks in these states."""
    if not remark.contredit:
        return []
    against = [other for other in book.ledger.remarks if other.id in remark.contredit and other.etat in states]
    return list(dict.fromkeys(other.relecteur for other in against))
