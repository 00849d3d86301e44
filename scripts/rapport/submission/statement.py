"""The page that goes with a submission: what was verified. No date but the report's, no folder, no person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version

from msgspec.structs import replace

from rapport.correspondence.agreement_status import APPROVED, approvals
from rapport.language.typography_rules import english_edits, french_edits
from rapport.messages import long_date, submission
from rapport.model import Contribution, Edition
from rapport.office.plain_page import PageLine
from rapport.submission.edition import BuiltEdition
from rapport.submission.readiness import Check

PROGRAM = "rapport-alternatif"
CLAIMS = ("whole", "nothing-else", "agree", "apart", "silent")
"""What the page says of the files, each where the proof of this very package made it so (`proof.claims`)."""


def statement(made: BuiltEdition, checks: Iterable[Check], digests: Mapping[str, str], language: str) -> list[PageLine]:
    """The lines of the page; `digests` is the SHA-256 of each file of the report, by its name."""
    return [_set(line, language) for line in _lines(made, list(checks), digests, language)]


def _lines(made: BuiltEdition, checks: list[Check], digests: Mapping[str, str], language: str) -> Iterator[PageLine]:
    meta, identity = made.document.meta, made.report.outline.identity
    said = {"committee": identity.committee, "date": long_date(meta.date, meta.language)}
    yield from (PageLine("sender", line) for line in (identity.collective, *identity.contact))
    yield PageLine("to", submission("statement", language))
    yield PageLine("subject", submission(f"statement-{meta.edition.value}", language, title=meta.title))
    yield PageLine("para", submission("of", language, **said))
    if meta.edition is Edition.CONFIDENTIAL:
        yield PageLine("to", submission("secret", language))
    yield PageLine("heading", submission("files", language))
    for name, digest in digests.items():
        yield PageLine("entry", name)
        yield PageLine("detail", submission("digest", language, digest=digest))
    yield PageLine("para", submission("sums", language))
    yield PageLine("heading", submission("holds", language))
    counts, days = _counts(made), _days_of_agreements(made)
    approved = "all" if counts["approved"] == counts["texts"] else "some"
    yield PageLine("para", submission(f"approved-{approved}", language, **counts))
    if days:
        first, last = (long_date(day, language) for day in (days[0], days[-1]))
        yield PageLine(
            "para", submission("agreed-on" if first == last else "agreed-between", language, first=first, last=last)
        )
    yield PageLine("heading", submission("checked", language))
    held = [f"check-{check.name}" for check in checks if check.green]
    for name in (*held, *(_named(claim, meta.edition) for claim in CLAIMS if claim in made.claims)):
        yield PageLine("entry", submission(name, language, **made.counts))
    yield PageLine("signature", submission("program", language, program=PROGRAM, version=version(PROGRAM)))


def unproved_claims(made: BuiltEdition, language: str) -> Iterator[str]:
    """What the page does not say of the files, because their proof was not made to its end."""
    for claim in CLAIMS:
        if claim not in made.claims:
            said = submission(_named(claim, made.document.meta.edition), language, **made.counts)
            yield submission("unprinted-claim", language, said=said)


def _named(claim: str, edition: Edition) -> str:
    return f"apart-{edition.value}" if claim == "apart" else claim


def _counts(made: BuiltEdition) -> dict[str, int]:
    """What stands in the edition that was made."""
    blocks, budget = made.report.blocks, made.examined.budget
    assert budget is not None  # as of every report that has an outline
    printed = {(block.association, block.theme) for block in blocks}
    approved = {(text.association, text.theme) for text in _approved(made)}
    hidden = 0 if made.document.meta.edition is Edition.CONFIDENTIAL else budget.confidential
    return {
        "themes": len({theme for _, theme in printed}),
        "texts": len(printed),
        "approved": len(printed & approved),
        "associations": len({association for association, _ in printed}),
        "recommendations": sum(1 for block in blocks if block.recommendation),
        "words": round(budget.total - hidden, -2) or budget.total - hidden,
    }


def _approved(made: BuiltEdition) -> list[Contribution]:
    """The texts of which every passage that the edition prints was agreed to; no letter shows a confidential one."""
    stand = approvals(made.examined)
    found = [text for text in made.examined.accepted if stand[text.path].state == APPROVED]
    if made.document.meta.edition is not Edition.CONFIDENTIAL:
        return found
    return [
        text for text in found if not any(p.confidential for passages in text.sections.values() for p in passages)
    ]  # fmt: skip


def _days_of_agreements(made: BuiltEdition) -> list[str]:
    """The ISO days on which the texts that stand in the edition were approved, the first before the last."""
    stand = approvals(made.examined)
    return sorted({one.date for one in stand.values() if one.state == APPROVED})


def _set(line: PageLine, language: str) -> PageLine:
    """The line with the spaces and marks of its language; a digest, or a file's name, holds nothing to be set."""
    text = line.text
    for start, end, right, _ in reversed((french_edits if language == "fr" else english_edits)(text)):
        text = text[:start] + right + text[end:]
    return replace(line, text=text)
