"""E: the header of a contribution."""

from __future__ import annotations

from collections.abc import Iterator

from rapport import shape
from rapport.check.known import Known
from rapport.model import Diagnostic, Draft, Span
from rapport.shape import Key

KEYS = (
    Key("titre", required=True),
    Key("date", required=True, test=shape.is_date, wanted="date"),
    Key("auteurs", "list", required=True),
    Key("statut", required=True, allowed=("ebauche", "relu", "valide")),
    Key("diffusion", required=True, allowed=("publique", "confidentielle")),
    Key("langue", allowed=("fr", "en")),
    Key("articles", "list"),
    Key("avertissement"),
    Key("theme_propose"),
)


def header(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """E03 to E05 and E08: keys unknown, missing, or with a value that cannot be."""
    if not draft.diagnostics:  # a header that could not be read has been spoken of already
        yield from shape.check(draft.header, KEYS, Span(draft.source.path, 1, 1, 3))


CHECKS = (header,)
