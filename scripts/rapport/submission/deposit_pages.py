"""What goes with the package: the letter of transmission, the request for a meeting with children, an oral statement.

Each says what the outline says and what stands in the report that was proved, and promises nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from rapport.correspondence.briefs import Briefs
from rapport.messages import long_date, submission
from rapport.model import Edition
from rapport.office.plain_page import PageLine
from rapport.project.calendar import Stage
from rapport.project.deposit import Deposit
from rapport.submission.edition import BuiltEdition

PRE_SESSION = "presession"  # the id of the stage in the outline's calendar
WORD = re.compile(r"\w")
Mask = Callable[[Sequence[PageLine]], Sequence[PageLine]]


def deposit_pages(
    made: BuiltEdition, deposit: Deposit, files: Sequence[str], language: str, mask: Mask
) -> Mapping[str, list[PageLine]]:
    """The pages by the name of their message: `letter`, `children` where it is asked for, `oral`.

    That the request names no child is said only where `mask`, which takes out what could identify somebody, finds
    nothing to take out of it.
    """
    pages = {"letter": [*_letter(made, deposit, files, language)]}
    if deposit.children:
        asked = [*_children(made, deposit, language)]
        named = mask(asked) != asked
        nobody = PageLine("para", submission("children-nobody", language))
        pages["children"] = [*asked[:-1], *([] if named else [nobody]), asked[-1]]
    pages["oral"] = [*_oral(made, deposit, language)]
    return pages


def missing_fields(deposit: Deposit) -> list[str]:
    """The fields without which a page leaves something out."""
    found = {"porte_parole": bool(deposit.speakers), "mots_par_minute, source": bool(deposit.pace)}
    return [f"rapport: depot: {name}" for name, given in found.items() if not given]


def _head(made: BuiltEdition, subject: str, language: str) -> Iterator[PageLine]:
    identity = made.report.outline.identity
    yield from (PageLine("sender", line) for line in (identity.collective, *identity.contact))
    yield PageLine("sender", long_date(identity.date, language))
    yield PageLine("to", identity.committee)
    yield PageLine("subject", submission(subject, language, title=made.document.meta.title))


def _letter(made: BuiltEdition, deposit: Deposit, files: Sequence[str], language: str) -> Iterator[PageLine]:
    identity, edition = made.report.outline.identity, made.document.meta.edition
    yield from _head(made, "letter-subject", language)
    answered = f"{identity.answers} ({identity.answers_symbol})" if identity.answers_symbol else identity.answers
    facts = {"collective": identity.collective, "title": made.document.meta.title, "answered": answered}
    yield PageLine("para", submission("letter-sends", language, number=len(made.report.associations), **facts))
    secret = edition is Edition.CONFIDENTIAL
    yield PageLine("para", submission("letter-confidential" if secret else "letter-public", language))
    if deposit.speakers:
        yield PageLine("para", submission("letter-speakers", language, names=", ".join(deposit.speakers)))
    if deposit.pre_session:
        yield PageLine("para", submission("letter-presession", language, when=_pre_session(made, language)))
    if deposit.children:
        yield PageLine("para", submission("letter-children", language))
    yield PageLine("heading", submission("letter-files", language))
    yield from (PageLine("item", name) for name in files)
    yield PageLine("signature", identity.collective)


def _children(made: BuiltEdition, deposit: Deposit, language: str) -> Iterator[PageLine]:
    yield from _head(made, "children-subject", language)
    yield PageLine("para", submission("children-asks", language, when=_pre_session(made, language)))
    yield PageLine("para", submission("children-choice", language))
    if deposit.speakers:
        yield PageLine("para", submission("children-contact", language, names=", ".join(deposit.speakers)))
    yield PageLine("signature", made.report.outline.identity.collective)


def _pre_session(made: BuiltEdition, language: str) -> str:
    """« , du 8 juin 2015 » where the calendar has the day of the pre-session, else ""."""
    stages: Sequence[Stage] = made.examined.calendar
    day = next((stage.date for stage in stages if stage.id == PRE_SESSION), "")
    return submission("pre-session-on", language, date=long_date(day, language)) if day else ""


def _oral(made: BuiltEdition, deposit: Deposit, language: str) -> Iterator[PageLine]:
    """The statement: as many key recommendations as its minutes hold, and how long it takes, counted."""
    identity = made.report.outline.identity
    number = len(made.report.associations)
    begins = [
        submission("oral-greets", language),
        submission("oral-speaks", language, collective=identity.collective, number=number),
        submission("oral-report", language, title=made.document.meta.title),
        submission("oral-asks", language),
    ]
    ends = submission("oral-thanks", language)
    briefs = Briefs(made.report, made.document, (), language)
    asked = [entry for entry in briefs.entries if entry.key] or briefs.entries
    demands = [briefs.demand(entry).words for entry in asked]
    spoken = _fitting(demands, deposit, count_words([*begins, ends]))
    yield PageLine("sender", identity.collective)
    yield PageLine("subject", submission("oral-subject", language, minutes=deposit.minutes))
    yield from (PageLine("para", line) for line in begins)
    yield from (PageLine("item", demand) for demand in spoken)
    yield PageLine("para", ends)
    words, left = count_words([*begins, *spoken, ends]), len(demands) - len(spoken)
    yield PageLine("detail", submission("oral-words", language, words=words))
    if deposit.pace:
        minutes, seconds = divmod(round(words * 60 / deposit.pace), 60)
        facts = {"pace": deposit.pace, "source": deposit.source, "minutes": minutes, "seconds": f"{seconds:02}"}
        read = long_date(deposit.read_on, language) if deposit.read_on else "–"
        yield PageLine("detail", submission("oral-lasts", language, read_on=read, **facts))
    if left:
        yield PageLine("detail", submission("oral-left", language, number=left))


def _fitting(demands: Sequence[str], deposit: Deposit, taken: int) -> list[str]:
    """The first demands that the minutes hold; all of them where no source gives a pace."""
    if not deposit.pace:
        return list(demands)
    fitting: list[str] = []
    for demand in demands:
        taken += count_words([demand])
        if taken > deposit.minutes * deposit.pace:
            break
        fitting.append(demand)
    return fitting


def count_words(lines: Sequence[str]) -> int:
    """The words of lines, those between spaces that hold a letter or a digit."""
    return sum(1 for line in lines for word in line.split() if WORD.search(word))
