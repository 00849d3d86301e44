"""C: a testimony is printed with a record of consent, a signature, and no real first name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport import rules, shape
from rapport.check.known import Known
from rapport.check.structure import sections, title
from rapport.model import Diagnostic, Draft, Passage, Span
from rapport.protection.guard import in_testimony
from rapport.shape import Key

YES_NO = ("oui", "non")
RECORD = (
    Key("reference", required=True),
    Key("enfant", required=True, allowed=YES_NO),
    Key("representant", required=True, allowed=("representant legal", "administrateur ad hoc")),
    Key("date", required=True, test=shape.is_date, wanted="date"),
    Key("portee", required=True, allowed=("publique", "confidentielle")),
    Key("retire", allowed=YES_NO),
    Key("signe_par"),
    Key("signe_le", test=shape.is_date, wanted="date"),
    Key("procedure_en_cours", allowed=YES_NO),
)
CODE = re.compile(r"[A-Z]{1,6}-?(?:\d{2,4}-)?\d{1,6}|\d{1,6}")  # « T-01 », « HLR-2014-03 »: a code says nothing
CHANGED = re.compile(r"\**_*[»\"]?\s*\((?:le |son )?prénom (?:a été )?(?:modifié|changé)\)")


def testimonies(draft: Draft) -> tuple[Span | None, tuple[Passage, ...]]:
    """The place of the section of testimonies and what is in it; no place when there is none."""
    for heading, passages in sections(draft):
        if heading is not None and in_testimony(title(heading)):
            return heading.span, passages
    return None, ()


def proceedings(draft: Draft) -> bool:
    """Whether a court is still dealing with a testimony of this text."""
    return any(shape.text(r.value, "procedure_en_cours") == "oui" for r in shape.mappings(draft.header, "temoignages"))


def record_shape(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """E03 to E05: a record whose keys are unknown, missing, or cannot be."""
    for record in shape.mappings(draft.header, "temoignages"):
        yield from shape.check(record.value, RECORD, record.span)


def consent(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """C09: a testimony without consent, or beyond it."""
    place, passages = testimonies(draft)
    records = shape.mappings(draft.header, "temoignages")
    if place and passages and not records:
        yield Diagnostic(rules.CONSENT, place, {"kind": "no-record"})
    open_ = shape.text(draft.header, "diffusion") != "confidentielle" and not all(p.confidential for p in passages)
    for record in records:
        for name, kind in _against(record.value, open_):
            span = record.value[name].span if name in record.value else record.span
            yield Diagnostic(rules.CONSENT, span, {"kind": kind})


def _against(record: dict[str, shape.Located[str]], open_: bool) -> Iterator[tuple[str, str]]:
    """What forbids printing a testimony: the key that says so, and how."""
    if shape.text(record, "enfant") == "non":
        yield "enfant", "child-refused"
    if shape.text(record, "retire") == "oui":
        yield "retire", "withdrawn"
    if shape.text(record, "portee") == "confidentielle" and open_:
        yield "portee", "too-narrow"
    reference = shape.text(record, "reference")
    if reference and not CODE.fullmatch(reference):
        yield "reference", "no-code"


def signature(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """C10: a testimony that nobody has signed off."""
    for record in shape.mappings(draft.header, "temoignages"):
        if not (shape.text(record.value, "signe_par") and shape.text(record.value, "signe_le")):
            reference = shape.text(record.value, "reference", "?")
            yield Diagnostic(
                rules.UNSIGNED, record.span, {"reference": reference if CODE.fullmatch(reference) else "?"}
            )


def under_way(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """C11: a testimony in a case that a court is dealing with: for the confidential edition alone."""
    for record in shape.mappings(draft.header, "temoignages"):
        if shape.text(record.value, "procedure_en_cours") == "oui":
            yield Diagnostic(rules.PROCEEDINGS, record.value["procedure_en_cours"].span, {})


def pseudonym(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """C12: the first use of a declared pseudonym does not say that the first name was changed."""
    for value in shape.located(draft.header, "pseudonymes"):
        if not value.value:
            continue
        body = draft.source.text.find("\n---", 3)
        first = re.compile(rf"(?<!\w){re.escape(value.value)}(?!\w)").search(draft.source.text, max(body, 0))
        if first and not CHANGED.match(draft.source.text, first.end()):
            line = draft.source.text.count("\n", 0, first.start()) + 1
            column = first.start() - draft.source.text.rfind("\n", 0, first.start())
            yield Diagnostic(
                rules.UNMARKED_PSEUDONYM, Span(draft.source.path, line, column, len(value.value)), {"name": value.value}
            )


CHECKS = (record_shape, consent, signature, under_way, pseudonym)
