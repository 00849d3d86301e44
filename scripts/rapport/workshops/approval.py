"""Which workshops approved the version of the report for children: the text that stands there now, and no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rapport import rules
from rapport.language.names import CONSONANTS
from rapport.messages import long_month, workshops
from rapport.model import Diagnostic, Span
from rapport.storage.cache import digest
from rapport.workshops.workshop import LETTERS, Workshop

FRENCH, ENGLISH = "fr", "en"


def version_code(text: str) -> str:
    """Letters that say which words a workshop approved: those of the editor's page, however its lines are broken."""
    return digest(" ".join(text.split()))[:LETTERS].translate(CONSONANTS)


def is_nameable(workshop: Workshop) -> bool:
    """Whether a workshop may be named: not where all that its children gave has been withdrawn."""
    return not workshop.pieces or any(not piece.consent.withdrawn_on for piece in workshop.pieces)


def approval_lines(nameable: Iterable[Workshop], codes: Mapping[str, str], language: str) -> Iterator[str]:
    """What the cover says of who approved it; `codes`: that of the page in each language that has one.

    Of the day, the month alone is said, as of the workshop itself: it is a day on which those children were together.
    """
    approved = [one for one in nameable if one.approved_on and is_nameable(one)]
    here = [one for one in approved if one.approved_text == codes.get(language)]
    yield from (_line("approved-by", one, language) for one in here)
    if not here:
        in_french = [one for one in approved if language == ENGLISH and one.approved_text == codes.get(FRENCH)]
        yield from (_line("approved-french", one, language) for one in in_french)
        yield workshops("approved-translation" if in_french else "approved-none", language)


def _line(name: str, workshop: Workshop, language: str) -> str:
    month = long_month(workshop.approved_on[:7], language)
    return workshops(name, language, title=workshop.title, place=workshop.place, month=month)


def lapsed_approvals(found: Iterable[Workshop], codes: Mapping[str, str]) -> Iterator[Diagnostic]:
    """C21 for each approval that is not printed: of another text than stands there now, or of nobody knows which."""
    for workshop in found:
        if workshop.approved_on and workshop.approved_text not in codes.values():
            why = "approved-other" if workshop.approved_text else "approved-unknown"
            yield Diagnostic(rules.CHILD_VERSION, Span(workshop.path, 1, 1, 3), {"why": why})
