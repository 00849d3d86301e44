"""The pieces of workshops as the blocks of a document: words untouched, in their language and its direction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from rapport import tree
from rapport.language.names import CONSONANTS
from rapport.language.typography import VERBATIM
from rapport.messages import long_month, workshops
from rapport.model import Block, Node
from rapport.project.images import Image
from rapport.storage.cache import digest
from rapport.workshops.workshop import ChildPiece, Workshop

RIGHT_TO_LEFT = frozenset("ar fa ur ps ckb sd ug".split())
HEIGHT = "9cm"  # at most, of a drawing


class PrintedWorkshop(Struct, frozen=True):
    """What a page prints of a workshop: its title, the id of its heading, its facts in words, its pieces as blocks."""

    title: str
    identifier: str
    facts: tuple[str, ...]
    body: tuple[Block | Node, ...]

    def values(self, body: object) -> Mapping[str, object]:
        """What a template may print of it; `body` is where its words will stand."""
        return {"title": self.title, "id": self.identifier, "facts": self.facts, "body": body}

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The words and drawings alone."""
        return tuple(piece for piece in self.body if isinstance(piece, Block))


def printed_workshops(
    shown: Iterable[Workshop], pictures: Mapping[str, Image], language: str
) -> tuple[PrintedWorkshop, ...]:  # fmt: skip
    """Workshops, already cut to what may be printed, as pages print them in a language of the report."""
    return tuple(_Printing(workshop, pictures, language).workshop() for workshop in shown)


class _Printing:
    def __init__(self, workshop: Workshop, pictures: Mapping[str, Image], language: str) -> None:
        self.of, self.pictures, self.language = workshop, pictures, language

    def say(self, name: str, **facts: object) -> str:
        return workshops(name, self.language, **facts)

    def workshop(self) -> PrintedWorkshop:
        body = [node for piece in self.of.pieces for node in self.piece(piece)]
        name = f"atelier{digest(self.of.association, self.of.name)[:8].translate(CONSONANTS)}"
        return PrintedWorkshop(self.of.title, name, tuple(self.facts()), tuple(body))

    def facts(self) -> Iterator[str]:
        """Where, when, who was there: in no finer words than the header allows."""
        of, number = self.of, self.of.number
        count = self.say("children", number=number) if number.isdigit() else self.say("children-unsaid")
        yield self.say("fact-when", month=long_month(of.month, self.language), place=of.place)
        yield self.say("fact-who", count=count, ages=_listed(of.ages, self.say("and")))
        spoken = [self.say(f"language-{code}") if code in KNOWN else code for code in of.languages]
        yield self.say("fact-languages", languages=_listed(spoken, self.say("and")))
        yield self.say("fact-company", company=of.company)
        if of.method:
            yield self.say("fact-method", method=of.method)

    def piece(self, piece: ChildPiece) -> Iterator[Block | Node]:
        """The code, the words or the drawing, the translation under its own line."""
        yield _line(piece.code, "voice-code")
        name = self.of.identifier(piece)
        if piece.picture:
            yield self.block(name, self.drawing(piece), piece)
            return
        yield self.block(name, verbatim(piece.words, piece.language), piece)
        if translated := self.translation(piece):
            spoken = self.say(f"from-{piece.language}") if piece.language in KNOWN else self.say("from-other")
            yield _line(self.say("translation", language=spoken), "voice-note")
            yield self.block(f"{name}-t", verbatim(piece.translations[translated], translated), piece)

    def translation(self, piece: ChildPiece) -> str:
        """The language of the translation that is printed beside the words, "" for none."""
        wanted = [self.language, "fr"] if piece.language != self.language else []
        return next((one for one in wanted if one in piece.translations and one != piece.language), "")

    def drawing(self, piece: ChildPiece) -> Node:
        image = tree.image(tree.string(piece.description), self.pictures[piece.picture].name, height=HEIGHT)
        return tree.div([tree.para([image]), tree.para(tree.string(piece.description))], [VERBATIM])

    def block(self, name: str, node: Node, piece: ChildPiece) -> Block:
        return Block(name, "", node, self.of.association, piece.span, "", "")


KNOWN = frozenset("fr en ar ro bg sr sq es pt it de ru uk tr fa ps ur ku vi wo bm ln rom".split())
"""The languages that the messages have a name for."""


def verbatim(lines: Sequence[str], language: str) -> Node:
    """Lines as they stand, an empty one between paragraphs, in their language and its direction."""
    paragraphs: list[list[Node]] = []
    opened = False
    for line in lines:
        if not line:
            opened = False
        elif opened:
            paragraphs[-1] += [tree.line_break(), tree.word(line)]
        else:
            paragraphs.append([tree.word(line)])
            opened = True
    pairs = {"lang": language, "dir": "rtl"} if language in RIGHT_TO_LEFT else {"lang": language}
    return tree.div([tree.para(words) for words in paragraphs], [VERBATIM], **pairs)


def _line(text: str, kind: str) -> Node:
    return tree.div([tree.para(tree.string(text))], [kind])


def _listed(words: Sequence[str], last: str) -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)
