"""What the walk through the document has gathered: pieces of text that know whose they are, and what stands in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from msgspec import Struct, field

from rapport.proof.reading import BREAK, OPENING, fold, without_calls

MARKS = {"Strikeout": "struck", "Superscript": "raised", "Subscript": "lowered", "Emph": "slanted", "Strong": "strong"}


class ExpectedPiece(Struct):
    """A stretch of the text: what it is, the block of a contribution it belongs to ("" for the report's own words).

    `kind` is text, number, heading, provenance, caption, cell or note.
    """

    kind: str
    owner: str
    words: list[str]


class ExpectedTitle(Struct):
    """A line of the table of contents, and the number of the first paragraph under it and no other line."""

    level: int
    text: str
    paragraph: str = ""


class ExpectedHeading(Struct, frozen=True):
    """A heading with its number, and whether it stands in a list, a quotation, a note or a cell."""

    level: int
    text: str
    inside: bool


class ExpectedText(Struct, frozen=True):
    """The text and the notes, folded, BREAK between pieces; the pieces; titles; the names of pictures in order.

    `addresses` are where links lead outside the report, `links` the words of those that lead inside it and the first
    letters there. `heading_cells` are the `cells`, by their place among all, that are headings: of columns ("head"), of
    a group of rows ("group"), of their row ("first"). `marked_words` are those of each of `MARKS`, `names` the ids.
    """

    text: str
    notes: str
    pieces: tuple[ExpectedPiece, ...]
    note_pieces: tuple[ExpectedPiece, ...]
    titles: tuple[ExpectedTitle, ...]
    pictures: tuple[str, ...]
    addresses: frozenset[str]
    links: tuple[tuple[str, str], ...]
    headings: tuple[ExpectedHeading, ...]
    cells: tuple[str, ...]
    heading_cells: Mapping[str, frozenset[int]]
    marked_words: Mapping[str, str]
    names: frozenset[str]


class PieceAnchor(Struct, frozen=True):
    """Where an id stands: before which piece of a text, and before which of its words."""

    pieces: list[ExpectedPiece]
    index: int
    offset: int


class Transcript(Struct):
    """The text in the making; `pieces` are those that grow now, of the text or of the notes, whose owner is `owner`.

    `owners` are the ids of the blocks that contributions wrote.
    """

    owners: Collection[str]
    text_pieces: list[ExpectedPiece] = field(default_factory=list)
    note_pieces: list[ExpectedPiece] = field(default_factory=list)
    titles: list[ExpectedTitle] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)
    links: list[tuple[str, str]] = field(default_factory=list)
    headings: list[ExpectedHeading] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    heading_cells: dict[str, set[int]] = field(default_factory=lambda: {"head": set(), "group": set(), "first": set()})
    marked_words: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in MARKS.values()})
    anchors: dict[str, PieceAnchor] = field(default_factory=dict)
    owner: str = ""
    is_in_note: bool = False
    calls: int = 0

    @property
    def pieces(self) -> list[ExpectedPiece]:
        return self.note_pieces if self.is_in_note else self.text_pieces

    def piece(self, kind: str, *words: str) -> list[str]:
        """A new piece, into whose words everything goes from here on."""
        self.pieces.append(ExpectedPiece(kind, self.owner, list(words)))
        return self.pieces[-1].words

    def anchor(self, identifier: str) -> None:
        """What comes next stands under this id."""
        if identifier:
            self.anchors[identifier] = PieceAnchor(self.pieces, len(self.pieces), 0)

    @contextmanager
    def enter_block(self, identifier: str) -> Iterator[None]:
        """What comes next stands under this id, and is its block's where a contribution wrote it."""
        self.anchor(identifier)
        outer = self.owner
        self.owner = identifier if identifier in self.owners else outer
        yield
        self.owner = outer

    def anchor_within(self, identifier: str, words: Sequence[str]) -> None:
        """What comes next in the words of the last piece stands under this id."""
        if identifier:
            self.anchors[identifier] = PieceAnchor(self.pieces, len(self.pieces) - 1, len(words))

    def opening(self, identifier: str) -> str:
        """The first letters of what stands under an id: of its number, if it has one, and its first words."""
        anchor = self.anchors.get(identifier)
        if anchor is None:
            return ""
        letters, offset = "", anchor.offset
        for piece in anchor.pieces[anchor.index :]:
            letters += without_calls("".join(piece.words[offset:]))
            offset = 0
            if letters and piece.kind != "number":
                break
        return letters[:OPENING]

    def expected_text(self) -> ExpectedText:
        """The whole, once the walk is done."""
        return ExpectedText(
            text=_joined(self.text_pieces),
            notes=_joined(self.note_pieces),
            pieces=tuple(self.text_pieces),
            note_pieces=tuple(self.note_pieces),
            titles=tuple(self.titles),
            pictures=tuple(self.pictures),
            addresses=frozenset(self.addresses),
            links=tuple((words, self.opening(target)) for words, target in self.links),
            headings=tuple(self.headings),
            cells=tuple(self.cells),
            heading_cells={kind: frozenset(cells) for kind, cells in self.heading_cells.items()},
            marked_words={kind: without_calls("".join(words)) for kind, words in self.marked_words.items()},
            names=frozenset(self.anchors),
        )


def _joined(pieces: Sequence[ExpectedPiece]) -> str:
    return fold(BREAK.join(["".join(piece.words) for piece in pieces]))
