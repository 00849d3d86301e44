"""R: citations, notes and links that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from rapport import rules
from rapport.check.known import Known
from rapport.model import Diagnostic, Draft
from rapport.names import nearest

SCHEMES = ("http://", "https://", "mailto:", "#")
SAID_ELSEWHERE = ("NoteDefinedButNotUsed", "DuplicateNoteReference", "UnclosedDiv")


def unknown_citation(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """R01: a key that the bibliography does not have."""
    for find in draft.body.all("citation"):
        if find.value not in known.keys:
            yield Diagnostic(
                rules.UNKNOWN_CITATION, find.span, {"key": find.value, "nearest": nearest(find.value, known.keys)}
            )


def undefined_note(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """R02: the call of a note whose text is nowhere."""
    for find in draft.body.all("undefined-note"):
        yield Diagnostic(rules.UNDEFINED_NOTE, find.span, {"call": find.value})


def unused_note(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """R03: the text of a note that nothing calls, or that another of the same name hides."""
    for find in draft.body.all("warning"):
        if find.value in ("NoteDefinedButNotUsed", "DuplicateNoteReference"):
            kind = "unused" if find.value == "NoteDefinedButNotUsed" else "duplicate"
            yield Diagnostic(rules.UNUSED_NOTE, find.span, {"kind": kind})


def pandoc_warning(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """R05: what pandoc itself warns of, and no other rule says better."""
    for find in draft.body.all("warning"):
        if find.value not in SAID_ELSEWHERE:
            yield Diagnostic(rules.PANDOC_WARNING, find.span, {"text": find.detail})


def forbidden_link(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """R07: a link to something else than a page, an address or a place in the text."""
    for find in draft.body.all("link"):
        if not find.value.lower().startswith(SCHEMES):
            yield Diagnostic(rules.FORBIDDEN_LINK, find.span, {"link": find.value})


def broken_link(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """R06: a link to a place that the text does not have."""
    ids = {find.value for find in draft.body.all("id")}
    for find in draft.body.all("link"):
        if find.value.startswith("#") and find.value[1:] not in ids:
            yield Diagnostic(rules.BROKEN_LINK, find.span, {"link": find.value, "nearest": nearest(find.value, ids)})


CHECKS = (unknown_citation, undefined_note, unused_note, pandoc_warning, forbidden_link, broken_link)
