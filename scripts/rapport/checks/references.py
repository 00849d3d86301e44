"""R: citations, notes and links that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from rapport import rules
from rapport.checks.rule_context import RuleContext
from rapport.language.names import nearest
from rapport.language.patterns import late_pattern
from rapport.language.web_addresses import leads_elsewhere, real_address
from rapport.model import Diagnostic, Draft, Find, Source, Span, span_at
from rapport.tree import anchors

SCHEMES = ("http://", "https://", "mailto:")
UNUSED, DUPLICATE = "NoteDefinedButNotUsed", "DuplicateNoteReference"
SAID_ELSEWHERE = (UNUSED, DUPLICATE, "UnclosedDiv", "DuplicateIdentifier")
# The bodies whose documents have numbered paragraphs: « A/RES/68/268 », « CRC/C/GC/12 ».
SYMBOL = re.compile(r"(?:A|E|S|CRC|CEDAW|CCPR|CAT|CERD|CMW|CRPD|CED|HRI)/")
PAGE = re.compile(r"[\s,\[{]*(pp?\.\s*\d+(?:\s*[-–]\s*\d+)?|pages?\s+\d+)")
QUOTED = re.compile(r"'(.+?)'")  # the name of a note or of a link in a warning of pandoc's


def unknown_citation(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R01: a key that the bibliography does not have."""
    keys = known.library.keys_of(draft.association)
    for find in draft.body.finds_of("citation"):
        if find.value not in keys:
            yield Diagnostic(
                rules.UNKNOWN_CITATION, find.span, {"key": find.value, "nearest": nearest(find.value, keys)}
            )


def faulty_entry(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R25: a key whose entry has an error; what would be printed of it is not what its author meant."""
    entries = {reference.key.value: reference.key for reference in known.library.references if reference.has_error}
    keys = known.library.keys_of(draft.association) if entries else {}
    for find in draft.body.finds_of("citation"):
        if entry := entries.get(keys.get(find.value, "")):
            facts = {"key": find.value, "path": entry.span.path}
            yield Diagnostic(rules.FAULTY_ENTRY, find.span, facts, (entry.span,))


def note_texts(draft: Draft, call: str) -> list[Span]:
    """The places at which a file gives the text of a note: « [^1]: … » at the head of a line."""
    head = re.compile(r"[ \t>]*" + re.escape(call) + ":")
    lines = enumerate(draft.source.text.split("\n"), 1)
    return [Span(draft.source.path, number, 1, len(call)) for number, line in lines if head.match(line)]


def unread_notes(draft: Draft) -> Iterator[tuple[str, str, Span]]:
    """Calls that pandoc left as text: (call, why, place).

    « missing »: its text is nowhere. « joined »: its text has no empty line above it, and is text like any other.
    « nested »: the call stands in another note.
    """
    calls: dict[str, list[Find]] = {}
    for find in draft.body.finds_of("undefined-note"):
        calls.setdefault(find.value, []).append(find)
    for call, finds in calls.items():
        texts = {span.line: span for span in note_texts(draft, call)}
        glued = [find for find in finds if find.span.line in texts]
        for find in glued or finds:
            yield call, "joined" if glued else "nested" if texts else "missing", find.span


def undefined_note(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R02: the call of a note that leads to no note."""
    for call, kind, span in unread_notes(draft):
        yield Diagnostic(rules.UNDEFINED_NOTE, span, {"call": call, "kind": kind})
    for find in draft.body.finds_of("nested-note"):
        yield Diagnostic(rules.UNDEFINED_NOTE, find.span, {"call": f"^[{find.value}]", "kind": "nested"})


def unused_note(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R03: the text of a note that nothing calls, or that another of the same name hides."""
    for find in draft.body.finds_of("warning"):
        if find.value in (UNUSED, DUPLICATE):
            call = _note(find)
            texts = tuple(span for span in note_texts(draft, call) if span.line != find.span.line)
            facts = {"call": call, "kind": "unused" if find.value == UNUSED else "duplicate"}
            yield Diagnostic(rules.UNUSED_NOTE, replace(find.span, length=len(call)), facts, texts)


def _note(find: Find) -> str:
    name = QUOTED.search(find.detail)
    return f"[^{name[1]}]" if name else "[^…]"


def notes_spoken_of(draft: Draft) -> set[int]:
    """The lines of the notes that R02 and R03 speak of: their words need not be told again as lost."""
    calls = {_note(find) for find in draft.body.finds_of("warning") if find.value in (UNUSED, DUPLICATE)}
    calls |= {call for call, kind, _ in unread_notes(draft) if kind == "nested"}
    return {span.line for call in calls for span in note_texts(draft, call)}


def pandoc_warning(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R05: what pandoc itself warns of, and no other rule says better: two addresses under one name."""
    for find in draft.body.finds_of("warning"):
        if find.value == "DuplicateLinkReference" and (name := QUOTED.search(find.detail)):
            yield Diagnostic(rules.AMBIGUOUS, find.span, {"text": name[1], "kind": "link"})
        elif find.value not in SAID_ELSEWHERE:
            yield Diagnostic(rules.AMBIGUOUS, find.span, {"text": find.detail, "kind": "other"})


def duplicate_identifier(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R05 too: a place of the text that has the name of another."""
    first: dict[str, Span] = {}
    for find in draft.body.finds_of("id"):
        if find.value in first:
            facts = {"text": "#" + find.value, "kind": "place"}
            yield Diagnostic(rules.AMBIGUOUS, find.span, facts, (first[find.value],))
        first.setdefault(find.value, find.span)


def forbidden_link(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R07: a link to something else than a page, an address or a place in a text."""
    for find in draft.body.finds_of("link"):
        if anchors.link_target(draft.source.path, find.value):
            continue
        if not find.value.lower().startswith(SCHEMES) or not _plain_address(find.value):
            yield Diagnostic(rules.FORBIDDEN_LINK, find.span, {"link": find.value})


def misleading_address(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R23: a link whose visible words are an address, and another than the one that it leads to."""
    for find in draft.body.finds_of("link"):
        if find.detail:
            yield Diagnostic(rules.SHOWN_ADDRESS, find.span, {"text": find.detail, "link": find.value})


TYPED_LINK = late_pattern(r"\[(?P<words>[^\[\]\n]+)\]\(<?(?P<link>[^()\s<>]+)")


def addresses_in_templates(templates: Iterable[Source]) -> Iterator[Diagnostic]:
    """R23 in the editor's own pages."""
    for template in templates:
        for link in TYPED_LINK.finditer(template.text):
            if leads_elsewhere(link["words"], real_address(link["link"])):
                span = span_at(template.path, template.text, link.start(), len(link[0]) + 1)
                yield Diagnostic(rules.SHOWN_ADDRESS, span, {"text": link["words"], "link": link["link"]})


def _plain_address(link: str) -> bool:
    """Whether a web address names a host, and no user before it; and a mail address nothing but itself."""
    scheme, _, rest = link.partition(":")
    if scheme.lower() == "mailto":
        return "?" not in rest and "@" in rest
    host = re.split(r"[/?#\\]", rest.removeprefix("//"))[0]
    return bool(host) and "@" not in host


def too_rich_citation(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R09: a link, an image, a note or a mark between the brackets of a citation."""
    for find in draft.body.finds_of("around-key"):
        yield Diagnostic(rules.TOO_RICH_CITATION, find.span, {"node": find.value})


def cited_by_page(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """R20: a page of a UN document; its paragraphs have the same numbers in all six languages, its pages have not."""
    keys = known.library.keys_of(draft.association)
    lines = draft.source.text.split("\n")
    for find in draft.body.finds_of("citation"):
        symbol = str(known.works.get(keys.get(find.value, ""), {}).get("number", ""))
        end = find.span.column - 1 + find.span.length
        page = PAGE.match(lines[find.span.line - 1], end) if SYMBOL.match(symbol) else None
        if page:
            place = Span(find.span.path, find.span.line, page.start(1) + 1, len(page[1]))
            yield Diagnostic(rules.CITED_BY_PAGE, place, {"key": find.value, "symbol": symbol, "page": page[1]})


CHECKS = (
    too_rich_citation, cited_by_page,
    unknown_citation, faulty_entry, undefined_note, unused_note, pandoc_warning, duplicate_identifier, forbidden_link,
    misleading_address,
)  # fmt: skip
