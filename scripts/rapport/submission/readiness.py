"""What must be in order before an edition is handed in: every check, and the places where it is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapport import rules
from rapport.correspondence.agreement_status import unagreed_places
from rapport.examination.promises import broken_promises
from rapport.messages import display, submission
from rapport.model import Diagnostic, Edition, Report, Severity
from rapport.pipeline import Examined
from rapport.storage import schema

SHOWN = 3  # places told of a check whose verb tells them all
TOLD_HERE = ("refused", "final")
NAMED = {
    "summary": (rules.NO_ENGLISH_SUMMARY,),
    "names": (rules.UNREVIEWED_NAME,),
    "testimonies": (rules.UNSIGNED,),
}
TRANSLATIONS, SKETCH = "T", "ebauche"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be in order: its name in `messages`, and where it is open."""

    name: str
    places: tuple[str, ...] = ()

    @property
    def green(self) -> bool:
        return not self.places


def checks(examined: Examined, edition: Edition, spoken: str, draft: Report | None = None) -> tuple[Check, ...]:
    """Every check of an edition, in the order in which a person would see to them; `draft`, where it was merged."""
    found = examined.diagnostics
    open_ = [d for d in found if d.rule.severity is Severity.REVIEW and not _allowed(d, edition)]
    named = {name: _places(d for d in open_ if d.rule in rules_) for name, rules_ in NAMED.items()}
    in_english = [d for d in open_ if d.rule.code.startswith(TRANSLATIONS)]
    told = {rule for rules_ in NAMED.values() for rule in rules_} | {d.rule for d in in_english}
    return (
        Check("texts", () if examined.accepted else ("contributions/",)),
        Check("errors", _places(d for d in found if d.rule.severity is Severity.ERROR)),
        Check("refused", tuple(one.path for one in examined.refused)),
        Check("final", tuple(_unfinished(examined, spoken))),
        Check("names", named["names"]),
        Check("testimonies", named["testimonies"]),
        Check("reviews", _places(d for d in open_ if d.rule not in told)),
        Check("summary", named["summary"]),
        *((Check("consent", unagreed_places(examined, draft)),) if examined.agreements.begun else ()),
        *((Check("translation", _places(in_english)),) if spoken == "en" else ()),
    )


def unprinted(examined: Examined, language: str) -> Iterator[str]:
    """The sentences that the report would say of itself and does not, with what stands against each."""
    against = broken_promises(examined.diagnostics, [one.path for one in examined.refused])
    for name, found in against.items():
        places = [*dict.fromkeys(_places(found))]
        yield submission(f"unprinted-{name}", language, count=len(places), places=", ".join(places[:SHOWN]))


def _allowed(diagnostic: Diagnostic, edition: Edition) -> bool:
    """A case before a court may be told of in confidence."""
    return edition is Edition.CONFIDENTIAL and diagnostic.rule is rules.PROCEEDINGS


def _places(found: Iterable[Diagnostic]) -> tuple[str, ...]:
    return tuple(f"{display.place(diagnostic.span)} ({diagnostic.rule.code})" for diagnostic in found)


def _unfinished(examined: Examined, spoken: str) -> Iterator[str]:
    """Texts that say they are sketches, or carry a reservation, which the draft alone prints; translations likewise."""
    for text in examined.accepted:
        if text.status == SKETCH or text.caveat:
            yield text.path
    for translation in examined.translations if spoken == "en" else ():
        if schema.text(translation.header, "statut") == SKETCH:
            yield translation.path


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
    """The places to be seen to, one a line; of what another command tells in full, the first."""
    if check.name in TOLD_HERE or len(check.places) <= SHOWN:
        return list(check.places)
    return [*check.places[:SHOWN], submission("others", language, count=len(check.places) - SHOWN)]
