"""One workshop and what children gave there."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from rapport.language.names import CONSONANTS
from rapport.model import Span
from rapport.storage.cache import digest

EDITIONS = ("projet", "publique", "confidentielle", "livret")
"""Where a child may agree to be printed: in drafts, in the two editions, in the booklet."""
BOOKLET = EDITIONS[-1]
LETTERS = 6  # of the code that says which printed page a child was shown


class PieceConsent(Struct, frozen=True):
    """Who agreed to what, as the header has it; dates are ISO, "" for what it does not say.

    `child`: « oui » or « non ». `shown_page`: the code of the printed page that was shown, on `shown_on`. `looked_on`:
    the day somebody looked for names (and, in a drawing, a face); `name` and `face` say whether there is one.
    `reviewed_words` look like names and are none. `withdrawn_trace`: the code by which what was withdrawn is known if
    it comes back (`quoted_words.trace`).
    """

    child: str = ""
    representative: str = ""
    given_on: str = ""
    editions: frozenset[str] = frozenset()
    shown_page: str = ""
    shown_on: str = ""
    withdrawn_on: str = ""
    looked_by: str = ""
    looked_on: str = ""
    name: str = ""
    face: str = ""
    reviewed_words: frozenset[str] = frozenset()
    withdrawn_trace: str = ""


class ChildPiece(Struct, frozen=True):
    """What one child said, line by line (an empty line parts paragraphs), or drew; never who.

    `translations` are by language; `picture` is the path of a drawing in the project, `description` what it shows.
    `committee`: what the Committee answered, for the letter back; `report`: where the report takes it up.
    """

    code: str
    language: str
    consent: PieceConsent
    span: Span
    words: tuple[str, ...] = ()
    translations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    picture: str = ""
    description: str = ""
    report: str = ""
    committee: str = ""

    def imprint(self, drawn: str = "") -> str:
        """The code of the page that shows this piece; `drawn` names the content of its drawing."""
        told = [line for language in sorted(self.translations) for line in (language, *self.translations[language])]
        whole = digest(self.code, self.language, *self.words, "", *told, "", drawn, self.description)
        return whole[:LETTERS].translate(CONSONANTS)


class Workshop(Struct, frozen=True):
    """A workshop: where and when, no finer than a département and a month, and its pieces in order.

    `number` is a count of five or more, or « non dit ». `approved_on`: the day its children approved the version of the
    report for children, or ""; `approved_text`: the code of the text that they approved (`approval.version_code`).
    """

    association: str
    name: str
    path: str
    title: str
    month: str
    place: str
    languages: tuple[str, ...]
    number: str
    ages: tuple[str, ...]
    company: str
    method: str
    pieces: tuple[ChildPiece, ...]
    approved_on: str = ""
    approved_text: str = ""

    def identifier(self, piece: ChildPiece) -> str:
        """The id of a piece in every output: it says nothing of its words, so that it outlives them."""
        return identifier_of(self.association, self.name, piece.code)


def identifier_of(association: str, workshop: str, code: str) -> str:
    """The id of a piece by its place and its code."""
    return f"v{digest(association, workshop, code)[:10].translate(CONSONANTS)}"
