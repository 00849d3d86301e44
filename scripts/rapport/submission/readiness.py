"""What must be in order before an edition is handed in: every check, and the places where it is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from rapport import rules
from rapport.correspondence.agreement_status import WORKING, Approval, approvals, unapproved_translations
from rapport.documents.register import DOCUMENTS, TO_READ
from rapport.examination.promises import broken_promises, taken_out
from rapport.examination.result import Examined
from rapport.messages import display, submission
from rapport.model import Diagnostic, Edition, Report, Severity
from rapport.review.collect import ledger
from rapport.submission.registers import Registers

SHOWN = 3  # places shown of a check whose own command lists them all
TOLD_HERE = ("refused", "final", "deadlines")
NAMED = {
    "summary": (rules.NO_ENGLISH_SUMMARY,),
    "names": (rules.UNREVIEWED_NAME,),
    "testimonies": (rules.UNSIGNED,),
}
TRANSLATIONS = "T"


class Check(Struct, frozen=True):
    """One thing that must be in order: its name in `messages`, and where it is open."""

    name: str
    places: tuple[str, ...] = ()

    @property
    def green(self) -> bool:
        return not self.places


def checks(
    examined: Examined, edition: Edition, spoken: str, kept: Registers, today: str = "",
    stand: Mapping[str, Approval] | None = None,
) -> tuple[Check, ...]:  # fmt: skip
    """Every check of an edition, in the order in which a person would see to them.

    `kept`: the registers beside the texts; `today`: an ISO day, "" where deadlines are not compared with it; `stand`:
    the approval of each text, where it is known already.
    """
    stand = approvals(examined) if stand is None else stand
    found = examined.diagnostics
    open_ = [d for d in found if d.rule.severity is Severity.REVIEW and not _allowed(d, edition)]
    named = {name: _places(d for d in open_ if d.rule in rules_) for name, rules_ in NAMED.items()}
    in_english = [d for d in open_ if d.rule.code.startswith(TRANSLATIONS)]
    told = {rule for rules_ in NAMED.values() for rule in rules_} | {d.rule for d in in_english}
    return (
        Check("texts", () if examined.accepted else ("contributions/",)),
        Check("errors", _places(d for d in found if d.rule.severity is Severity.ERROR)),
        Check("refused", tuple(one.path for one in examined.refused)),
        Check("final", tuple(path for path, one in stand.items() if one.state == WORKING)),
        Check("names", named["names"]),
        Check("testimonies", named["testimonies"]),
        Check("reviews", _places(d for d in open_ if d.rule not in told)),
        Check("summary", named["summary"]),
        Check("consent", tuple(_without_agreement(examined, stand, spoken))),
        Check("remarks", tuple(_undecided(kept))),
        Check("sources", tuple(_unread_documents(kept))),
        *((Check("translation", _places(in_english)),) if spoken == "en" else ()),
        *((Check("deadlines", tuple(_missed(examined, today))),) if today else ()),
    )


def unprinted_sentences(examined: Examined, report: Report, language: str) -> Iterator[str]:
    """The sentences that the report would say of itself and does not, with what stands against each."""
    refused = [one.path for one in examined.refused]
    broken = broken_promises(examined.diagnostics, refused).items()
    against = {"whole": taken_out(refused, report)} | {name: _places(found) for name, found in broken}
    for name, found in against.items():
        if not (places := [*dict.fromkeys(found)]):
            continue
        yield submission(f"unprinted-{name}", language, count=len(places), places=", ".join(places[:SHOWN]))


def _allowed(diagnostic: Diagnostic, edition: Edition) -> bool:
    """Whether an edition may hold what the rule is about: a case before a court, the confidential one."""
    return edition is Edition.CONFIDENTIAL and diagnostic.rule is rules.PROCEEDINGS


def _places(found: Iterable[Diagnostic]) -> tuple[str, ...]:
    return tuple(f"{display.place(diagnostic.span)} ({diagnostic.rule.code})" for diagnostic in found)


def _without_agreement(examined: Examined, stand: Mapping[str, Approval], spoken: str) -> Iterator[str]:
    """Texts, and translations where the edition is English, that their association has not agreed to in full."""
    yield from (path for path, one in stand.items() if one.open_passages)
    yield from unapproved_translations(examined) if spoken == "en" else ()


def _undecided(kept: Registers) -> Iterator[str]:
    """Remarks that nobody has answered, or that were accepted and are not written yet; a ledger that cannot be read."""
    yield from (path for path in kept.unread if path == ledger.LEDGER)
    for remark in kept.remarks:
        if remark.etat == ledger.OPEN or (remark.etat == ledger.ACCEPTED and not remark.suite):
            yield f"{ledger.LEDGER} ({remark.id})"


def _unread_documents(kept: Registers) -> Iterator[str]:
    """Documents that associations sent and nobody has read; a register that cannot be read."""
    yield from (path for path in kept.unread if path == DOCUMENTS)
    yield from (f"{DOCUMENTS} ({one.numero})" for one in kept.documents if one.etat == TO_READ)


def _missed(examined: Examined, today: str) -> Iterator[str]:
    """The day of the deposit, and actions, that are past and not said to be done."""
    assert examined.outline is not None
    handed_in = examined.outline.identity.date
    for stage in examined.calendar:
        if stage.open and stage.date == handed_in and stage.last_day < today:
            yield f"{display.place(stage.span)} ({stage.last_day})"
    for action in examined.actions:
        if action.open and action.due_date and action.due_date < today:
            yield f"{display.place(action.span)} ({action.due_date})"


def table(found: Iterable[Check], language: str) -> Iterator[str]:
    """One line for a check that is green; what is open, where, and what to do, for one that is not."""
    for check in found:
        if check.green:
            yield f"  {submission('green', language)}  {submission(f'check-{check.name}', language)}"
            continue
        count = len(check.places)
        yield f"  {submission('open', language)}  {submission(f'open-{check.name}', language, count=count)}"
        margin = " " * (len(submission("open", language)) + 4)
        first, *others = _where(check, language)
        yield margin + (where := submission("where", language, places=first))
        yield from (margin + " " * where.index(first) + place for place in others)
        yield margin + submission("do", language, what=submission(f"do-{check.name}", language))


def _where(check: Check, language: str) -> list[str]:
    """The places to be seen to, one a line; only the first where another command lists all."""
    if check.name in TOLD_HERE or len(check.places) <= SHOWN:
        return list(check.places)
    return [*check.places[:SHOWN], submission("others", language, count=len(check.places) - SHOWN)]
