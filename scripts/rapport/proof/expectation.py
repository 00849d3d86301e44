"""What the outputs must say: the document's own words as one text, in pieces that know whose they are.

A walk of its own, which shares nothing with the exporters', so that what one of them forgets is missed here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapport import tree
from rapport.model import Document, Node
from rapport.proof.reading import BREAK, CALL, CELL, CLOSE, END, OPEN, OPENING, PICTURE, fold, without_calls

TITLES = 2
"""The levels of headings that stand in the table of contents."""
WRITTEN = frozenset(
    {"label", "expansion", "written", "translation-mark"}
)  # spans of words that the program adds to a text
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(slots=True)
class ExpectedPiece:
    """A stretch of the text: what it is, the block of a contribution it belongs to ("" for the report's own words).

    `kind` is text, number, heading, provenance, caption, cell, picture or note.
    """

    kind: str
    owner: str
    said: list[str]


@dataclass(frozen=True, slots=True)
class ExpectedTitle:
    """A line of the table of contents."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class ExpectedHeading:
    """A heading with its number, and whether it stands in a list, a quotation, a note or a cell."""

    level: int
    text: str
    inside: bool


@dataclass(frozen=True, slots=True)
class ExpectedText:
    """The text and the notes, folded, BREAK between pieces; the pieces; titles; the names of pictures in order.

    `addresses` are where links lead outside the report, `links` the words of those that lead inside it and the first
    letters there. `headed` are the `cells`, by their place among all, that are headings: of columns ("head"), of a
    group of rows ("group"), of their row ("first"). `struck` are the words that are crossed out.
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
    headed: Mapping[str, frozenset[int]]
    struck: str


def expected_text(document: Document, owners: Collection[str]) -> ExpectedText:
    """What the document says; `owners` are the ids of the blocks that contributions wrote."""
    walk = _Walk(document, owners)
    for chapter in (document.front, *document.chapters, document.back):
        walk.blocks(chapter, top=True)
    return ExpectedText(
        fold(BREAK.join(["".join(piece.said) for piece in walk.pieces])),
        fold(BREAK.join(["".join(piece.said) for piece in walk.notes])),
        tuple(walk.pieces),
        tuple(walk.notes),
        tuple(walk.titles),
        tuple(walk.pictures),
        frozenset(walk.addresses),
        tuple((words, walk.opening(target)) for words, target in walk.links),
        tuple(walk.headings),
        tuple(walk.cells),
        {kind: frozenset(cells) for kind, cells in walk.headed.items()},
        without_calls("".join(walk.struck)),
    )


class _Walk:
    """One pass in the order of print; a method for each kind of block, `inlines` for all of running text."""

    def __init__(self, document: Document, owners: Collection[str]) -> None:
        self.strings, self.owners = document.meta.strings, owners
        self.pieces: list[ExpectedPiece] = []
        self.notes: list[ExpectedPiece] = []
        self.titles: list[ExpectedTitle] = []
        self.pictures: list[str] = []
        self.addresses: set[str] = set()
        self.links: list[tuple[str, str]] = []
        self.places: dict[str, tuple[list[ExpectedPiece], int, int]] = {}
        self.headings: list[ExpectedHeading] = []
        self.headed: dict[str, set[int]] = {"head": set(), "group": set(), "first": set()}
        self.struck: list[str] = []
        self.owner = ""
        self.cells: list[str] = []
        self.calls = self.inside = 0

    def piece(self, kind: str, *said: str) -> list[str]:
        """A new piece, into whose words everything goes from here on."""
        self.pieces.append(ExpectedPiece(kind, self.owner, list(said)))
        return self.pieces[-1].said

    def place(self, identifier: str) -> None:
        """What comes next stands under this id."""
        if identifier:
            self.places[identifier] = (self.pieces, len(self.pieces), 0)

    def opening(self, identifier: str) -> str:
        """The first letters of what stands under an id: of its number, if it has one, and its first words."""
        pieces, at, offset = self.places.get(identifier, ([], 0, 0))
        letters = ""
        for piece in pieces[at:]:
            letters += without_calls("".join(piece.said[offset:]))
            offset = 0
            if letters and piece.kind != "number":
                break
        return letters[:OPENING]

    def inner(self, nodes: Iterable[Node], kind: str) -> None:
        """Blocks in which a heading opens nothing."""
        self.inside += 1
        self.blocks(nodes, kind)
        self.inside -= 1

    def blocks(self, nodes: Iterable[Node], kind: str = "text", top: bool = False) -> None:
        for node in nodes:
            match tree.kind(node):
                case "Para" | "Plain":
                    self.inlines(tree.inlines(node), self.piece(kind))
                case "Div":
                    self.division(node, kind, top)
                case "Header":
                    self.heading(node, top)
                case "BulletList":
                    for item in tree.items(node):
                        self.inner(item, kind)
                case "OrderedList":
                    self.ordered_list(node, kind)
                case "DefinitionList":
                    for term, texts in tree.definitions(node):
                        self.inlines(term, self.piece(kind))
                        for blocks in texts:
                            self.inner(blocks, kind)
                case "BlockQuote":
                    self.inner(tree.blocks(node), kind)
                case "LineBlock":
                    for line in tree.lines(node):
                        self.inlines(line, self.piece(kind))
                case "CodeBlock":
                    self.place(tree.identifier(node))
                    self.piece(kind, tree.letters(node))
                case "Table":
                    self.table(node)
                case "Figure":
                    self.place(tree.identifier(node))
                    self.inner(tree.blocks(node), kind)
                    self.caption("figure", node)
                case "HorizontalRule":
                    pass
                case other:
                    raise ValueError(f"verify knows no {other}")

    def division(self, node: Node, kind: str, top: bool) -> None:
        identifier, classes = tree.identifier(node), tree.classes(node)
        if "toc" in classes:
            return
        if "awaited" in classes:
            self.piece(kind, "[]{.awaited}")
        self.place(identifier)
        before = self.owner
        if identifier in self.owners:
            self.owner = identifier
        if "provenance" in classes:
            kind = "provenance"
        number = tree.pair(node, "number") if {"paragraph", "recommendation"} & set(classes) else ""
        if number:
            self.piece("number", f"{number}.")
        self.blocks(tree.blocks(node), kind, top)
        self.owner = before

    def heading(self, node: Node, top: bool) -> None:
        level, identifier, number = tree.level(node), tree.identifier(node), tree.pair(node, "number")
        self.place(identifier)
        before = self.owner
        if identifier in self.owners:
            self.owner = identifier
        if number:
            self.piece("number", number)
        said = self.piece("heading")
        self.inlines(tree.inlines(node), said)
        if words := without_calls("".join(said)):
            self.headings.append(ExpectedHeading(level, fold(number) + words, self.inside > 0))
        if top and level <= TITLES and identifier:
            self.titles.append(ExpectedTitle(level, fold(number) + words))
        self.owner = before

    def ordered_list(self, node: Node, kind: str) -> None:
        start, style, delimiter = tree.numbering(node)
        for at, item in enumerate(tree.items(node), start):
            self.piece("number", _sign(at, style, delimiter))
            self.inner(item, kind)

    def table(self, node: Node) -> None:
        self.place(tree.identifier(node))
        self.caption("table", node)
        table = tree.table_of(node)
        width = len(table.columns)
        self.rows(table.head, "head", width)
        for body in table.bodies:
            self.rows(body.titles, "group", width)
            self.rows(body.rows, "first", body.title_columns)
        self.rows(table.foot, "first", 0)

    def rows(self, rows: Iterable[tree.Row], kind: str, heads: int) -> None:
        """Rows of a table, of which the first `heads` cells are headings of this kind."""
        for row in rows:
            for column, cell in enumerate(row.cells):
                at = len(self.pieces)
                self.piece("cell", CELL)
                self.inner(cell.blocks, "cell")
                said = without_calls("".join("".join(piece.said) for piece in self.pieces[at:]))
                if self.pieces is self.notes:  # which stand elsewhere in each format
                    continue
                if column < heads:
                    self.headed[kind].add(len(self.cells))
                self.cells.append(said)

    def caption(self, kind: str, node: Node) -> None:
        if number := tree.pair(node, "number"):
            self.piece("caption", f"{OPEN}{self.strings[kind]} {number} – {CLOSE}")
        self.blocks(tree.caption(node), "caption")

    def inlines(self, nodes: Sequence[Node], said: list[str]) -> None:
        for node in nodes:
            match tree.kind(node):
                case "Str" | "Code":
                    said.append(tree.letters(node))
                case "Space" | "SoftBreak" | "LineBreak":
                    said.append(" ")
                case "Cite":
                    said.append(OPEN)
                    self.inlines(tree.inlines(node), said)
                    said.append(CLOSE)
                case "Strikeout":
                    start = len(said)
                    self.inlines(tree.inlines(node), said)
                    self.struck += said[start:]
                case "Span":
                    self.span(node, said)
                case "Link":
                    start, address = len(said), tree.target(node)
                    self.span(node, said)
                    if address.startswith("#"):
                        self.links.append((without_calls("".join(said[start:])), address[1:]))
                    else:
                        self.addresses.add(address)
                case "Image":
                    plain: list[str] = []
                    self.inlines(tree.inlines(node), plain)
                    alternative = tree.pair(node, "alt").strip() or _bare("".join(plain))
                    said.append(f"{PICTURE}{alternative}{END}")
                    self.pictures.append(tree.target(node))
                case "Note":
                    self.note(tree.blocks(node), said)
                case kind if kind in tree.INLINES_AT:
                    self.inlines(tree.inlines(node), said)
                case other:
                    raise ValueError(f"verify knows no {other}")

    def span(self, node: Node, said: list[str]) -> None:
        """A span, or the words of a link; between marks, what the program wrote."""
        identifier, classes = tree.identifier(node), tree.classes(node)
        if identifier:
            self.places[identifier] = (self.pieces, len(self.pieces) - 1, len(said))
        if "slot" in classes:
            said.append("[]{.slot}")  # a place that was not filled prints nothing, and nobody would know
        ours = bool(classes) and not WRITTEN.isdisjoint(classes)
        if ours:
            said.append(OPEN)
        self.inlines(tree.inlines(node), said)
        if ours:
            said.append(CLOSE)

    def note(self, blocks: Sequence[Node], said: list[str]) -> None:
        """A call where it stands, and the note among the notes, whose pieces are its own."""
        self.calls += 1
        call = f"{CALL}{self.calls}{END}"
        said.append(call)
        outer, self.pieces = self.pieces, self.notes
        self.piece("note", call)
        self.inner(blocks, "note")
        self.pieces = outer


def _bare(text: str) -> str:
    """A text without calls of notes and marks: as a table of contents has it."""
    parts = text.split(CALL)
    text = "".join([parts[0], *(part.partition(END)[2] for part in parts[1:])])
    return text.replace(OPEN, "").replace(CLOSE, "").strip()


def _sign(number: int, style: str, delimiter: str) -> str:
    """« b) », « ii. », « (3) »: what stands before an item of a list."""
    return {"OneParen": "{})", "TwoParens": "({})"}.get(delimiter, "{}.").format(list_number(number, style))


def list_number(number: int, style: str) -> str:
    """A number as letters, Roman or Arabic figures, by pandoc's name of the style."""
    match style:
        case "LowerAlpha" | "UpperAlpha":
            times, at = divmod(number - 1, len(LETTERS))
            text = LETTERS[at] * (times + 1)
        case "LowerRoman" | "UpperRoman":
            text = "".join(_roman(number))
        case _:
            return str(number)
    return text.upper() if style.startswith("Upper") else text


def _roman(number: int) -> Iterator[str]:
    for value, figure in ROMAN:
        yield figure * (number // value)
        number %= value
