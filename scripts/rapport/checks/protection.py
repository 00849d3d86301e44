"""C: the protection of children. What was found is in `known.guarded`; here it is said, by rule."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from re import finditer

from rapport import rules
from rapport.checks.rule_context import RuleContext
from rapport.model import Diagnostic, Draft, Rule, Source, Span
from rapport.safeguarding.guard import IN_FILE_NAME, Guarded
from rapport.safeguarding.scan import PUBLIC, Finding


def _found(draft: Draft, known: RuleContext, kind: str) -> Iterator[tuple[Finding, Span]]:
    """The open findings of a kind, with their places."""
    guarded = known.guarded.get(draft.source.path)
    findings = [finding for finding in guarded.findings if finding.kind == kind] if guarded else []
    yield from _placed(findings, draft.source)


def _placed(findings: Sequence[Finding], source: Source) -> Iterator[tuple[Finding, Span]]:
    """Findings of one file with their lines and columns."""
    lines = [0, *(match.end() for match in finditer("\n", source.text))] if findings else []
    for finding in findings:
        if finding.start == IN_FILE_NAME:
            yield finding, Span(source.path)
            continue
        line = bisect_right(lines, finding.start)
        length = min(finding.length, max(len(finding.text), 1)) if "\n" not in finding.text else 1
        yield finding, Span(source.path, line, finding.start - lines[line - 1] + 1, length)


def _say(rule: Rule, span: Span, finding: Finding, **facts: str) -> Diagnostic:
    return Diagnostic(rule, span, {"text": " ".join(finding.text.split()), **facts})


def identifier(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """C01: a number or an address that leads to one person."""
    for finding, span in _found(draft, known, "identifier"):
        yield _say(rules.IDENTIFIER, span, finding, kind=finding.detail.removesuffix(PUBLIC).rstrip())


def name(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """C02: a name that nobody has looked at; C03: a person's, in a testimony."""
    for finding, span in _found(draft, known, "name"):
        yield _say(rules.NAME_IN_TESTIMONY if finding.is_testimony else rules.UNREVIEWED_NAME, span, finding)


def combined_details(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """C04: a first name with an age and a place, or an exact age beside a town."""
    for finding, span in _found(draft, known, "together"):
        yield _say(rules.AGE_AND_PLACE, span, finding, other=" ".join(finding.detail.split()))


def place(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """C05: a place narrower than a département, in a testimony."""
    for finding, span in _found(draft, known, "place"):
        yield _say(rules.PLACE_IN_TESTIMONY, span, finding)


def combination(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """C06: three facts or more about one person in one sentence."""
    for finding, span in _found(draft, known, "combination"):
        yield _say(rules.COMBINATION, span, finding, other=finding.detail)


def small_count(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """C07: a count below five in a département or a narrower place."""
    for finding, span in _found(draft, known, "count"):
        yield _say(rules.SMALL_COUNT, span, finding)


def health(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """C08: a word on someone's health beside another fact about that person."""
    for finding, span in _found(draft, known, "health"):
        yield _say(rules.HEALTH, span, finding)


def date(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """C16: an exact day in a testimony, in a confidential passage, or beside a first name or an age."""
    for finding, span in _found(draft, known, "date"):
        yield _say(rules.EXACT_DATE, span, finding)


def findings_outside_texts(guarded: Mapping[str, Guarded], sources: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """The same rules where there is no testimony: associations' bibliographies and cards, the outline, templates."""
    for path, found in guarded.items():
        for finding, span in _placed(found.findings, sources[path]):
            facts = {"kind": finding.detail.removesuffix(PUBLIC).rstrip(), "other": " ".join(finding.detail.split())}
            if finding.kind in ELSEWHERE:
                yield _say(ELSEWHERE[finding.kind], span, finding, **facts)


ELSEWHERE = {
    "identifier": rules.IDENTIFIER,
    "name": rules.UNREVIEWED_NAME,
    "together": rules.AGE_AND_PLACE,
    "combination": rules.COMBINATION,
    "count": rules.SMALL_COUNT,
    "health": rules.HEALTH,
    "date": rules.EXACT_DATE,
}
ERRORS = frozenset((rules.IDENTIFIER, rules.AGE_AND_PLACE))
CHECKS = (identifier, name, combined_details, place, combination, small_count, health, date)
