"""Plain letters to children: for each piece one that asks again on the printed page, and one back.

Each is of that piece alone, as it is printed, its drawing too: what a child gave for the Committee alone is told to no
other child. The letter back says what was said, where it stands, and what the Committee answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from rapport.language.folding import folded_letters
from rapport.messages import long_date, workshops
from rapport.model import Identity
from rapport.office.plain_page import PageLine
from rapport.project.images import Image
from rapport.safeguarding.closed_world import WORD
from rapport.safeguarding.outgoing import Outgoing
from rapport.storage.transaction import remove_others
from rapport.workshops.annex import RIGHT_TO_LEFT
from rapport.workshops.consent import drawing_name, reason
from rapport.workshops.quoted_words import texts_of
from rapport.workshops.workshop import EDITIONS, ChildPiece, Workshop

FOLDER = "build/enfants"
LETTERS = ("*.txt", "*.docx")
ASKED = frozenset(("", "not-asked-again", "changed-since"))
"""What a piece may lack for its page to be shown."""


def folder_of_workshop(workshop: Workshop) -> str:
    """Where a workshop's letters are written, from the project's root."""
    return f"{FOLDER}/{workshop.association}/{workshop.name}"


class ChildrenLetters:
    """The letters of one workshop, through the door that everything sent passes."""

    def __init__(
        self, root: Path, workshop: Workshop, pictures: Mapping[str, Image], identity: Identity, door: Outgoing,
        language: str,
    ) -> None:  # fmt: skip
        self.root, self.of, self.pictures, self.identity = root, workshop, pictures, identity
        self.door, self.language = door, language

    def say(self, name: str, /, **facts: object) -> str:
        """A sentence of the workshops' messages in the letter's language."""
        return workshops(name, self.language, **facts)

    def write(self, identifying: frozenset[str]) -> Iterator[str]:
        """Every letter written; its path. A piece in which something identifies somebody is sent to nobody, and no
        letter of before is left that would not be written now."""
        written = list(self._written(identifying))
        remove_others(self.root, folder_of_workshop(self.of), LETTERS, written)
        yield from written

    def _written(self, identifying: frozenset[str]) -> Iterator[str]:
        pieces = [one for one in self.of.pieces if self.of.identifier(one) not in identifying]
        folder = folder_of_workshop(self.of)
        for piece in pieces:
            if reason(piece, self.pictures) in ASKED:
                lines = list(self.asking_letter(piece))
                yield from self.door_for(piece).write_page(
                    self.root, f"{folder}/{piece.code}", lines, self.identity.date
                )
            if not reason(piece, self.pictures):
                lines = list(self.letter_back(piece))
                yield from self.door_for(piece).write_page(
                    self.root, f"{folder}/{self.say('name-back')}-{piece.code}", lines, self.identity.date
                )

    def door_for(self, piece: ChildPiece) -> Outgoing:
        """The door, which knows the words of this piece however they are written: somebody looked at it, and they name
        nobody, though another child may have begun a line with one of them, which looks like a name there."""
        said = "\n".join(texts_of(piece))
        folded = folded_letters(said)[0]
        words = {*WORD.findall(said), *(name for name in self.door.private if folded_letters(name)[0] in folded)}
        return replace(self.door, known_names=self.door.known_names | words)

    def asking_letter(self, piece: ChildPiece) -> Iterator[PageLine]:
        """Is this still what you want to say, printed like this, there?"""
        yield PageLine("sender", self.identity.collective)
        yield PageLine("subject", self.say("ask-subject", code=piece.code))
        yield PageLine("para", self.say("ask-drawing" if piece.picture else "ask-words"))
        yield from self.page(piece)
        yield PageLine("para", self.say("ask-where"))
        yield from self.places(piece)
        yield PageLine("para", self.say("ask-question"))
        yield PageLine("entry", self.say("answer-yes"))
        yield PageLine("entry", self.say("answer-no"))
        yield PageLine("para", self.say("ask-later", date=long_date(self.identity.date, self.language)))
        yield PageLine("signature", self.say("ask-code", code=piece.imprint(drawing_name(piece, self.pictures))))

    def page(self, piece: ChildPiece) -> Iterator[PageLine]:
        """The piece as it will be printed."""
        yield PageLine("heading", piece.code)
        if piece.picture:
            yield PageLine("what", piece.description, picture=self.pictures[piece.picture].content)
            return
        yield from _lines(piece.words, piece.language)
        for language, words in sorted(piece.translations.items()):
            yield PageLine("detail", self.say("in-language", language=self.say(f"language-{language}")))
            yield from _lines(words, language)

    def places(self, piece: ChildPiece) -> Iterator[PageLine]:
        """Where the child agreed to be printed."""
        agreed = (one for one in EDITIONS if one in piece.consent.editions)
        yield from (PageLine("entry", self.say(f"edition-{one}")) for one in agreed)

    def letter_back(self, piece: ChildPiece) -> Iterator[PageLine]:
        """What you said, where it stands, what was answered."""
        yield PageLine("sender", self.identity.collective)
        yield PageLine("subject", self.say("back-subject", title=self.of.title))
        yield PageLine("para", self.say("back-hello"))
        yield from self.page(piece)
        yield PageLine("para", self.say("back-where", title=self.say("annex-title"), code=piece.code))
        yield from self.places(piece)
        if piece.report:
            yield PageLine("para", self.say("back-report", words=piece.report))
        answered = piece.committee
        yield PageLine("para", self.say("back-committee" if answered else "back-waiting", words=answered))
        yield PageLine("signature", self.say("back-thanks"))


def _lines(words: tuple[str, ...], language: str) -> Iterator[PageLine]:
    kind = "said-rtl" if language in RIGHT_TO_LEFT else "said"
    yield from (PageLine(kind, line) for line in words if line)
