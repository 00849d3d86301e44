"""What the outputs must say: the document's own words as one text, in pieces that know whose they are.

A walk of its own, which shares nothing with the exporters', so that what one of them forgets is missed here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from rapport import tree
from rapport.model import Document, Node
from rapport.proof.list_signs import list_sign
from rapport.proof.reading import CALL, CALLS, CELL, CLOSE, END, OPEN, PICTURE, fold, without_calls
from rapport.proof.transcript import MARKS, ExpectedHeading, ExpectedPiece, ExpectedText, ExpectedTitle, Transcript

TITLES = 2
"""The levels of headings that stand in the table of contents."""
WRITTEN = frozenset(("label", "expansion", "written", "translation-mark"))  # spans of words that the program adds


def expected_text(document: Document, owners: Collection[str]) -> ExpectedText:
    """What the document says; `owners` are the ids of the blocks that contributions wrote."""
    walk = _BlockWalk(document.meta.strings, Transcript(owners))
    for chapter in tree.document_pages(document):
        walk.blocks(chapter, top=True)
    return walk.transcript.expected_text()


def words_of_nodes(nodes: Iterable[Node]) -> list[ExpectedPiece]:
    """What some blocks say by themselves, their notes at the end."""
    walk = _BlockWalk({"figure": "", "table": ""}, Transcript(()))
    walk.blocks(nodes)
    return [*walk.transcript.text_pieces, *walk.transcript.note_pieces]


class _BlockWalk:
    """One pass in the order of print; a method for each kind of block."""

    def __init__(self, strings: Mapping[str, str], transcript: Transcript) -> None:
        self.strings, self.transcript = strings, transcript
        self.words = _WordWalk(self)
        self.depth = 0  # of blocks in which a heading opens nothing

    def inner(self, nodes: Iterable[Node], kind: str) -> None:
        """Blocks in which a heading opens nothing."""
        self.depth += 1
        self.blocks(nodes, kind)
        self.depth -= 1

    def blocks(self, nodes: Iterable[Node], kind: str = "text", top: bool = False) -> None:
        for node in nodes:
            match tree.kind(node):
                case "Para" | "Plain":
                    self.words.inlines(tree.inlines(node), self.transcript.piece(kind))
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
                        self.words.inlines(term, self.transcript.piece(kind))
                        for blocks in texts:
                            self.inner(blocks, kind)
                case "BlockQuote":
                    self.inner(tree.blocks(node), kind)
                case "LineBlock":
                    for line in tree.lines(node):
                        self.words.inlines(line, self.transcript.piece(kind))
                case "CodeBlock":
                    self.transcript.anchor(tree.identifier(node))
                    self.transcript.piece(kind, tree.letters(node))
                case "Table":
                    self.table(node)
                case "Figure":
                    self.transcript.anchor(tree.identifier(node))
                    self.inner(tree.blocks(node), kind)
                    self.caption("figure", node)
                case "HorizontalRule":
                    pass
                case other:
                    raise ValueError(f"verify knows no {other}")

    def division(self, node: Node, kind: str, top: bool) -> None:
        classes = tree.classes(node)
        if "toc" in classes:
            return
        if "awaited" in classes:
            self.transcript.piece(kind, "[]{.awaited}")
        number = tree.pair(node, "number") if {"paragraph", "recommendation"} & set(classes) else ""
        with self.transcript.enter_block(tree.identifier(node)):
            if number:
                self.transcript.piece("number", f"{number}.")
                for title in self.transcript.titles[-1:]:
                    title.paragraph = title.paragraph or number
            self.blocks(tree.blocks(node), "provenance" if "provenance" in classes else kind, top)

    def heading(self, node: Node, top: bool) -> None:
        level, identifier, number = tree.level(node), tree.identifier(node), tree.pair(node, "number")
        with self.transcript.enter_block(identifier):
            if number:
                self.transcript.piece("number", number)
            inside = self.transcript.piece("heading")
            self.words.inlines(tree.inlines(node), inside)
        if words := without_calls("".join(inside)):
            self.transcript.headings.append(ExpectedHeading(level, fold(number) + words, self.depth > 0))
        if top and level <= TITLES and identifier:
            self.transcript.titles.append(ExpectedTitle(level, fold(number) + words))

    def ordered_list(self, node: Node, kind: str) -> None:
        start, style, delimiter = tree.numbering(node)
        for at, item in enumerate(tree.items(node), start):
            self.transcript.piece("number", list_sign(at, style, delimiter))
            self.inner(item, kind)

    def table(self, node: Node) -> None:
        self.transcript.anchor(tree.identifier(node))
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
                at = len(self.transcript.pieces)
                self.transcript.piece("cell", CELL)
                self.inner(cell.blocks, "cell")
                words = without_calls("".join("".join(piece.words) for piece in self.transcript.pieces[at:]))
                if self.transcript.is_in_note:  # which stand elsewhere in each format
                    continue
                if column < heads:
                    self.transcript.heading_cells[kind].add(len(self.transcript.cells))
                self.transcript.cells.append(words)

    def caption(self, kind: str, node: Node) -> None:
        if number := tree.pair(node, "number"):
            self.transcript.piece("caption", f"{OPEN}{self.strings[kind]} {number} – {CLOSE}")
        self.blocks(tree.caption(node), "caption")


class _WordWalk:
    """Running text, a method for what is more than its words."""

    def __init__(self, blocks: _BlockWalk) -> None:
        self.blocks, self.transcript = blocks, blocks.transcript

    def inlines(self, nodes: Sequence[Node], words: list[str]) -> None:
        for node in nodes:
            match tree.kind(node):
                case "Str" | "Code":
                    words.append(tree.letters(node))
                case "Space" | "SoftBreak" | "LineBreak":
                    words.append(" ")
                case "Cite":
                    words.append(OPEN)
                    self.inlines(tree.inlines(node), words)
                    words.append(CLOSE)
                case "Strikeout" | "Superscript" | "Subscript" | "Emph" | "Strong" as mark:
                    start = len(words)
                    self.inlines(tree.inlines(node), words)
                    self.transcript.marked_words[MARKS[mark]] += words[start:]
                case "Span":
                    self.span(node, words)
                case "Link":
                    start, address = len(words), tree.target(node)
                    self.span(node, words)
                    if address.startswith("#"):
                        self.transcript.links.append((without_calls("".join(words[start:])), address[1:]))
                    else:
                        self.transcript.addresses.add(address)
                case "Image":
                    plain: list[str] = []
                    self.inlines(tree.inlines(node), plain)
                    bare = CALLS.sub("", "".join(plain)).replace(OPEN, "").replace(CLOSE, "").strip()
                    alternative = tree.pair(node, "alt").strip() or bare
                    words.append(f"{PICTURE}{alternative}{END}")
                    self.transcript.pictures.append(tree.target(node))
                case "Note":
                    self.note(tree.blocks(node), words)
                case kind if kind in tree.INLINES_AT:
                    self.inlines(tree.inlines(node), words)
                case other:
                    raise ValueError(f"verify knows no {other}")

    def span(self, node: Node, words: list[str]) -> None:
        """A span, or the words of a link; between marks, what the program wrote."""
        identifier, classes = tree.identifier(node), tree.classes(node)
        self.transcript.anchor_within(identifier, words)
        if "slot" in classes:
            words.append("[]{.slot}")  # a place that was not filled prints nothing, and nobody would know
        ours = bool(classes) and not WRITTEN.isdisjoint(classes)
        if ours:
            words.append(OPEN)
        self.inlines(tree.inlines(node), words)
        if ours:
            words.append(CLOSE)

    def note(self, blocks: Sequence[Node], words: list[str]) -> None:
        """A call where it stands, and the note among the notes, whose pieces are its own."""
        self.transcript.calls += 1
        call = f"{CALL}{self.transcript.calls}{END}"
        words.append(call)
        outer, self.transcript.is_in_note = self.transcript.is_in_note, True
        self.transcript.piece("note", call)
        self.blocks.inner(blocks, "note")
        self.transcript.is_in_note = outer
