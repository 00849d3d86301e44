"""Whether a piece may be printed, and where: what is missing, refused, withdrawn or not asked again withholds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from rapport import rules
from rapport.model import Diagnostic
from rapport.project.images import Image
from rapport.workshops.workshop import ChildPiece, Workshop

REPORT_LANGUAGE = "fr"  # of which every piece has a translation: somebody looked for names in it


def drawing_name(piece: ChildPiece, pictures: Mapping[str, Image]) -> str:
    """The name of a drawing's content, "" where there is none."""
    image = pictures.get(piece.picture)
    return image.name if image else ""


def reason(piece: ChildPiece, pictures: Mapping[str, Image]) -> str:
    """Why a piece is printed nowhere, by its name in the messages; "" where it may be, in the editions agreed to."""
    return next(_reasons(piece, pictures), "") or next(_asked_again(piece, pictures), "")


def unfit(piece: ChildPiece, pictures: Mapping[str, Image]) -> str:
    """The same before the child was shown the page: why it is not even to be shown."""
    return next(_reasons(piece, pictures), "")


def _reasons(piece: ChildPiece, pictures: Mapping[str, Image]) -> Iterator[str]:
    consent = piece.consent
    if consent.withdrawn_on:
        yield "withdrawn-kept" if piece.words or drawing_name(piece, pictures) else "withdrawn"
    elif consent.child != "oui":
        yield "child-refused" if consent.child else "child"
    elif not consent.representative:
        yield "representative"
    elif not consent.given_on:
        yield "given-on"
    elif not consent.editions:
        yield "editions"
    elif not (consent.looked_by and consent.looked_on):
        yield "not-looked"
    elif piece.picture:
        yield from _in_drawing(piece, pictures)
    elif piece.language != REPORT_LANGUAGE and not piece.translations.get(REPORT_LANGUAGE):
        yield "not-translated"


def _in_drawing(piece: ChildPiece, pictures: Mapping[str, Image]) -> Iterator[str]:
    if not drawing_name(piece, pictures):
        yield "no-picture"
    elif not piece.description:
        yield "not-described"
    elif piece.consent.name != "non" or piece.consent.face != "non":
        looked = piece.consent.name and piece.consent.face
        yield "name-or-face" if looked else "not-looked"


def _asked_again(piece: ChildPiece, pictures: Mapping[str, Image]) -> Iterator[str]:
    if not (piece.consent.shown_page and piece.consent.shown_on):
        yield "not-asked-again"
    elif piece.consent.shown_page != piece.imprint(drawing_name(piece, pictures)):
        yield "changed-since"


def withheld(workshops: Iterable[Workshop], pictures: Mapping[str, Image]) -> Iterator[Diagnostic]:
    """C17 for each piece that is printed nowhere, with the reason; C20 where it was withdrawn and its words remain."""
    for workshop in workshops:
        for piece in workshop.pieces:
            if why := reason(piece, pictures):
                rule = rules.CHILD_WITHDRAWN if why == "withdrawn-kept" else rules.CHILD_WITHHELD
                yield Diagnostic(rule, piece.span, {"reference": piece.code, "why": why})


def printable_in(
    workshops: Iterable[Workshop], edition: str, pictures: Mapping[str, Image], identifying: frozenset[str]
) -> Iterator[Workshop]:
    """The workshops with the pieces that this edition (or « livret ») may hold; one that has none is left out.

    `identifying` are the ids of the pieces in which something could identify somebody.
    """
    for workshop in workshops:
        kept = tuple(
            piece
            for piece in workshop.pieces
            if edition in piece.consent.editions
            and not reason(piece, pictures)
            and workshop.identifier(piece) not in identifying
        )
        if kept:
            yield replace(workshop, pieces=kept)
