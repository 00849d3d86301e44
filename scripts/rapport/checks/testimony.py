"""C: a testimony is printed with a record of consent, a signature, and no real first name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from rapport import rules, tree
from rapport.checks.rule_context import RuleContext
from rapport.model import Diagnostic, Draft, LocatedValue, Node, Passage, Span, YamlValue, span_at
from rapport.safeguarding.reading import confidential
from rapport.storage import schema
from rapport.storage.schema import Key

YES_NO = ("oui", "non")
RECORD = (
    Key("reference", required=True),
    Key("enfant", required=True, allowed_values=YES_NO),
    Key("representant", required=True, allowed_values=("representant legal", "administrateur ad hoc")),
    Key("date", required=True, test=schema.is_date, expectation="date"),
    Key("portee", required=True, allowed_values=("publique", "confidentielle")),
    Key("retire", allowed_values=YES_NO),
    Key("signe_par"),
    Key("signe_le", test=schema.is_date, expectation="date"),
    Key("procedure_en_cours", allowed_values=YES_NO),
)
CODE = re.compile(r"[A-Z]{1,6}-?(?:\d{2,4}-)?\d{1,6}|\d{1,6}")  # « T-01 », « HLR-2014-03 »: a code says nothing
# At the end of a testimony, the code of its record: « … » (T-01), as people type it and as Word changes its hyphen.
CLOSING = re.compile(
    r"[(\[]\s*(?P<code>[A-Za-z]{0,6}[-\u2010-\u2013 ]?(?:\d{2,4}[-\u2010-\u2013 ])?\d{1,6})\s*[)\]][\s.»\"”]*$"
)
VOICE = re.compile(r"[«\"“—–-]")  # how a paragraph begins that is someone's own words
CHANGED = re.compile(
    r"\**_*[»\"]?\s*(?:(?:,|et)\s[^\s,().]+\s*){0,3}"  # « Lina et Nadia (prénoms modifiés) »
    r"\((?:le |les |son |leurs )?prénoms? (?:a été |ont été )?(?:modifié|changé)s?\)"
)


class Testimony(Struct, frozen=True):
    """The paragraphs that belong to one record: its code as typed at their end, "" when there is none."""

    code: str
    span: Span
    passages: tuple[Passage, ...]


def testimony_section(draft: Draft, known: RuleContext) -> tuple[Span | None, tuple[Passage, ...]]:
    """The place of the section of testimonies and what is in it; no place when there is none."""
    for section in draft.body.sections:
        if section.heading is not None and known.is_of_testimonies(section.title):
            return section.heading.span, section.passages
    return None, ()


def testimonies(passages: tuple[Passage, ...], records: Iterable[str]) -> tuple[Testimony, ...]:
    """A section's testimonies in order: each ends with its code, and one without any may be the only one."""
    found: list[Testimony] = []
    mine: list[Passage] = []
    place: Span | None = None
    for passage, paragraph, span in _paragraphs(passages):
        mine, place = [*mine, passage], place or (span if paragraph else None)
        if code := _code(paragraph, records):
            found.append(Testimony(code, place or span, tuple(mine)))
            mine, place = [], None
    return (*found, Testimony("", place, tuple(mine))) if place else tuple(found)


def _paragraphs(passages: tuple[Passage, ...]) -> Iterator[tuple[Passage, str, Span]]:
    """Every paragraph of a section, those of quotations, lists and blocks too; a heading goes with what it is above."""
    for passage in passages:
        blocks = list(_leaves(passage.node))
        places = passage.items if len(passage.items) == len(blocks) else (passage.span,) * len(blocks)
        for block, place in zip(blocks, places, strict=True):
            yield passage, "" if tree.kind(block) == "Header" else tree.text(block), place


def _leaves(node: Node) -> Iterator[Node]:
    if tree.kind(node) in ("BlockQuote", "Div", "BulletList", "OrderedList"):
        for block in (*tree.blocks(node), *(block for item in tree.items(node) for block in item)):
            yield from _leaves(block)
    else:
        yield node


def _code(paragraph: str, records: Iterable[str]) -> str:
    """The code that a paragraph ends with: a record's, or what can be nothing else."""
    match = CLOSING.search(paragraph)
    if match is None:
        return ""
    plain = match["code"]
    return (
        plain
        if _comparable_code(plain) in map(_comparable_code, records) or (plain[0].isalpha() and "-" in plain)
        else ""
    )


def _comparable_code(code: str) -> str:
    """A code without what people and word processors change in it."""
    return re.sub(r"[^A-Z0-9]", "", code.upper())


def _records(draft: Draft) -> tuple[YamlValue, ...]:
    return schema.mappings(draft.header, "temoignages")


def _references(records: Iterable[YamlValue]) -> list[str]:
    return [reference for record in records if (reference := schema.text(record.value, "reference"))]


def withheld_passages(draft: Draft, known: RuleContext) -> frozenset[int]:
    """The passages, by identity, that a court is still dealing with: for the confidential edition alone."""
    under_way = [r for r in _records(draft) if schema.text(r.value, "procedure_en_cours") == "oui"]
    if not under_way:
        return frozenset()
    _, passages = testimony_section(draft, known)
    codes = {_comparable_code(reference) for reference in _references(under_way)}
    found = testimonies(passages, _references(_records(draft)))
    apart = [testimony for testimony in found if not testimony.code or _comparable_code(testimony.code) in codes]
    return frozenset(id(passage) for testimony in apart for passage in testimony.passages)


def record_shape(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """E03 to E05: a record whose keys are unknown, missing, or cannot be."""
    for record in _records(draft):
        yield from schema.check(record.value, RECORD, record.span)


def consent(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """C09: a testimony without consent, or beyond it."""
    place, passages = testimony_section(draft, known)
    records = _records(draft)
    if place and passages and not records:
        yield Diagnostic(rules.CONSENT, place, {"kind": "no-record"})
    whole = schema.text(draft.header, "diffusion") == "confidentielle"
    found = testimonies(passages, _references(records))
    for record in records:
        code = _comparable_code(schema.text(record.value, "reference"))
        mine = [p for t in found if not t.code or _comparable_code(t.code) == code for p in t.passages]
        for name, kind in _against(record.value, not whole and not all(p.confidential for p in mine)):
            span = record.value[name].span if name in record.value else record.span
            yield Diagnostic(rules.CONSENT, span, {"kind": kind})
    yield from _twice(records)


def _twice(records: Iterable[YamlValue]) -> Iterator[Diagnostic]:
    """Two records of one code: nobody could say under which of them a testimony stands."""
    places: dict[str, Span] = {}
    for record in records:
        if code := _comparable_code(schema.text(record.value, "reference")):
            place = record.value["reference"].span
            if (first := places.setdefault(code, place)) is not place:
                yield Diagnostic(rules.CONSENT, place, {"kind": "same-code"}, (first,))


def unmatched_record(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """C14: a testimony that does not say under which record it stands; C15: a record of nothing that is told."""
    place, passages = testimony_section(draft, known)
    records = [record for record in _records(draft) if CODE.fullmatch(schema.text(record.value, "reference"))]
    if not records:
        return  # C09 has spoken
    codes = _references(records)
    found = testimonies(passages, codes)
    facts = {"known": ", ".join(f"({code})" for code in codes)}
    alone = len(records) == 1 and not any(testimony.code for testimony in found)
    if alone and _voices(draft, passages) > 1 and place:
        yield Diagnostic(rules.UNTIED_TESTIMONY, place, facts | {"kind": "several"})
    for testimony in found if not alone else ():
        if not testimony.code:
            yield Diagnostic(rules.UNTIED_TESTIMONY, testimony.span, facts | {"kind": "no-code-here"})
        elif _comparable_code(testimony.code) not in map(_comparable_code, codes):
            yield Diagnostic(rules.UNTIED_TESTIMONY, testimony.span, facts | {"kind": "unknown-code"})
    if found and not any(testimony.code for testimony in found):
        return
    told_codes = {_comparable_code(testimony.code) for testimony in found}
    for record in records:
        reference = schema.text(record.value, "reference")
        if _comparable_code(reference) not in told_codes:
            yield Diagnostic(rules.UNUSED_RECORD, record.value["reference"].span, {"reference": reference})


def _voices(draft: Draft, passages: tuple[Passage, ...]) -> int:
    """How many seem to speak where one record stands: quotations, intertitles, points of a list, pseudonyms."""
    kinds = [tree.kind(passage.node) for passage in passages]
    words = " ".join(tree.text(passage.node) for passage in passages)
    spoken = [words for _, words, _ in _paragraphs(passages) if VOICE.match(words)]
    named = [name for name in schema.texts(draft.header, "pseudonymes") if re.search(rf"\b{re.escape(name)}\b", words)]
    points = sum(len(passage.items) for passage in passages)
    return max(kinds.count("Header"), kinds.count("BlockQuote"), len(spoken), points, len(named))


def _against(record: Mapping[str, LocatedValue[str]], open_: bool) -> Iterator[tuple[str, str]]:
    """What forbids printing a testimony: the key that says so, and how."""
    if schema.text(record, "enfant") == "non":
        yield "enfant", "child-refused"
    if schema.text(record, "retire") == "oui":
        yield "retire", "withdrawn"
    if schema.text(record, "portee") == "confidentielle" and open_:
        yield "portee", "too-narrow"
    reference = schema.text(record, "reference")
    if reference and not CODE.fullmatch(reference):
        yield "reference", "no-code"


def signature(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """C10: a testimony that nobody has signed off."""
    for record in _records(draft):
        if not (schema.text(record.value, "signe_par") and schema.text(record.value, "signe_le")):
            reference = schema.text(record.value, "reference", "?")
            yield Diagnostic(
                rules.UNSIGNED, record.span, {"reference": reference if CODE.fullmatch(reference) else "?"}
            )


def pending_case(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """C11: a testimony in a case that a court is dealing with: for the confidential edition alone."""
    for record in _records(draft):
        if schema.text(record.value, "procedure_en_cours") == "oui":
            yield Diagnostic(rules.PROCEEDINGS, record.value["procedure_en_cours"].span, {})


def pseudonym(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """C12: the first use of a declared pseudonym, in each edition, does not say that the first name was changed."""
    text = draft.source.text
    body = max(text.find("\n---", 3), 0)
    hidden = [(body + start, body + end) for start, end in confidential(text[body:])]
    for value in filter(None, schema.texts(draft.header, "pseudonymes")):
        uses = list(re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", text[body:]))
        shown = [use for use in uses if not any(start <= body + use.start() < end for start, end in hidden)]
        for first in dict.fromkeys([*uses[:1], *shown[:1]]):  # what is read first where confidential passages are not
            at = body + first.start()
            if not CHANGED.match(text, body + first.end()):
                span = span_at(draft.source.path, text, at, len(value))
                yield Diagnostic(rules.UNMARKED_PSEUDONYM, span, {"name": value})


CHECKS = (record_shape, consent, unmatched_record, signature, pending_case, pseudonym)
