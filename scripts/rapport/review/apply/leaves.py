"""A contribution as the paragraphs that it is made of: what each says, how it looks, where it stands in the text.

A leaf is one paragraph as pandoc read it: in a list, a quotation, a table's cell, a note. Two lists of leaves say
whether two texts are the same, whatever the Markdown is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import astuple, replace

from rapport import tree
from rapport.diff.markdown_alignment import keys, tokens
from rapport.model import Block, Draft, Node, Span
from rapport.review.apply.printed_paragraphs import CAPTION, NOTE, PrintedParagraph, only_cites
from rapport.review.apply.source_ranges import NOTE_TEXT, SourceRange, SourceText
from rapport.review.apply.splice import Crossing, SourceParagraph

MARKER = re.compile(r"[ \t>]*(?:[-+*]|\(?[\w#]{1,5}[.)])[ \t]+")
INNER_MARKER = re.compile(rf"^(?=[ \t>]){MARKER.pattern}", re.MULTILINE)  # of a list in another, or in a quotation
INDENT = re.compile(r"[ \t>]*")
ANY = "*"  # a look that may be any


class Leaf(Struct, frozen=True):
    """One paragraph of a contribution.

    `passage`: which top-level block it is in; `item`: where its item of the passage's list begins; `containers`: the
    lists, quotations and tables around it; `row`: of a table, -1 elsewhere; `begins_item`: an item begins with it;
    `looks`: one for each word (« b » bold, « i » italic); `frame`: its citations, links, pictures and notes;
    `printed_words`: its words as the report prints them, None where it does not; `is_recommendation`: it is (of) a
    recommendation; `notes`: what notes of its citations said, and what they are to say; `name` stays its own when the
    text around it changes.
    """

    node: Node
    passage: int
    item: Span | None
    containers: tuple[str, ...]
    side_kind: str
    row: int
    begins_item: bool
    words: tuple[str, ...]
    looks: tuple[str, ...]
    frame: tuple[Hashable, ...]
    printed_words: tuple[str, ...] | None = None
    name: int = 0
    is_recommendation: bool = False
    notes: Mapping[tuple[str, ...], tuple[str, ...]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Leaf) and astuple(self)[1:] == astuple(other)[1:]  # all but the node

    def __hash__(self) -> int:
        return hash(astuple(self)[1:-1])

    @property
    def is_plain(self) -> bool:
        """Whether a paragraph can be put after it, cut or moved as one in running text or in a list."""
        return not self.side_kind and self.row < 0 and tree.kind(self.node) in tree.PARAGRAPHS

    def says(self, other: Leaf) -> bool:
        """Whether another one, read later, says the same in the same surroundings."""
        looks = len(self.looks) == len(other.looks) and all(
            mine in (ANY, theirs) for mine, theirs in zip(self.looks, other.looks, strict=True)
        )
        mine, theirs = ((one.words, one.containers, one.side_kind, one.row) for one in (self, other))
        return looks and mine == theirs


def leaves(draft: Draft) -> list[Leaf]:
    """The paragraphs of a contribution in the order of its text, a note after the paragraph that calls it."""
    found: list[Leaf] = []
    for number, passage in enumerate(draft.body.passages):
        node = passage.node
        if passage.items and tree.kind(node) in tree.LISTS:
            for item, span in zip(tree.items(node), passage.items, strict=True):
                for at, block in enumerate(item):
                    found += _leaves(block, number, span, (tree.kind(node),), "", -1, not at)
        else:
            found += _leaves(node, number, None, (), "", -1, False)
    return [replace(leaf, name=name) for name, leaf in enumerate(found)]


def _leaves(
    node: Node, passage: int, item: Span | None, within: tuple[str, ...], beside: str, row: int, first: bool
) -> Iterator[Leaf]:
    def inside(blocks: Sequence[Node], kind: str, aside: str = beside, at: int = row) -> Iterator[Leaf]:
        deeper = (*within, kind) if kind else within
        for number, block in enumerate(blocks):
            yield from _leaves(block, passage, item, deeper, aside, at, kind in tree.LISTS and not number)

    match kind := tree.kind(node):
        case "Para" | "Plain" | "Header" | "CodeBlock" | "LineBlock":
            words, looks = _words(node)
            frame = tuple(one for one, _, _ in non_word_content(node))
            yield Leaf(
                node=node,
                passage=passage,
                item=item,
                containers=within,
                side_kind=beside,
                row=row,
                begins_item=first,
                words=words,
                looks=looks,
                frame=frame,
            )
            for note in _notes(node):
                yield from inside(tree.blocks(note), "", NOTE)
        case "BulletList" | "OrderedList":
            for blocks in tree.items(node):
                yield from inside(blocks, kind)
        case "DefinitionList":
            for term, texts in tree.definitions(node):
                yield from inside([tree.plain(term)], kind)
                for blocks in texts:
                    yield from inside(blocks, kind)
        case "Table":
            yield from inside(tree.caption(node), "", CAPTION)
            for number, line in enumerate(tree.table_of(node).rows()):
                for cell in line.cells:
                    yield from inside(cell.blocks, kind, beside, number)
        case "Figure":
            yield from inside(tree.caption(node), kind)
            yield from inside(tree.blocks(node), kind)
        case "BlockQuote" | "Div":
            yield from inside(tree.blocks(node), kind)


def _words(node: Node) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The comparable words of a paragraph, and how each looks."""
    pieces = list(_pieces(_inlines(node), ""))
    text = "".join(piece for piece, _ in pieces)
    looks = [look for piece, look in pieces for _ in piece]
    found = tokens(text)
    return tuple(token.key for token in found), tuple(looks[token.start] for token in found)


def _inlines(node: Node) -> list[Node]:
    if tree.kind(node) == "LineBlock":
        return [one for line in tree.lines(node) for one in (*line, tree.space())]
    return [tree.word(tree.letters(node))] if tree.kind(node) == "CodeBlock" else tree.inlines(node)


def _pieces(inlines: Sequence[Node], look: str) -> Iterator[tuple[str, str]]:
    for node in inlines:
        match kind := tree.kind(node):
            case "Str" | "Code":
                yield tree.letters(node), look
            case "Space" | "SoftBreak" | "LineBreak":
                yield " ", look
            case "Note" | "Image":
                yield "", look
            case "Quoted":
                yield '"', look
                yield from _pieces(tree.inlines(node), look)
                yield '"', look
            case "Strong" | "Emph":
                mine = "b" if kind == "Strong" else "i"
                yield from _pieces(tree.inlines(node), "".join(sorted({*look, mine})))
            case _:
                yield from _pieces(tree.inlines(node), look)


def _notes(node: Node) -> Iterator[Node]:
    """The notes that a paragraph calls itself."""
    pending = list(reversed(_inlines(node)))
    while pending:
        here = pending.pop()
        if tree.kind(here) == "Note":
            yield here
        elif tree.kind(here) not in ("Str", "Code", *tree.BLANKS):
            pending += reversed(tree.inlines(here))


def non_word_content(node: Node) -> list[tuple[Hashable, int, int]]:
    """What a paragraph holds beside words, each with the words that it is around: from which, up to which."""
    starts = [token.start for token in tokens("".join(piece for piece, _ in _pieces(_inlines(node), "")))]
    found: list[tuple[Hashable, int, int]] = []

    def look(inlines: Sequence[Node], at: int) -> None:
        for here in inlines:
            if (kind := tree.kind(here)) in ("Str", *tree.BLANKS):
                at += len(tree.letters(here)) if kind == "Str" else 1
                continue
            end = at + sum(len(piece) for piece, _ in _pieces([here], ""))
            if (one := frame_entry(here)) is not None:
                found.append((one, bisect_left(starts, at), bisect_left(starts, end)))
            if kind not in ("Note", "Cite", "Code"):
                look(tree.inlines(here), at + (kind == "Quoted"))
            at = end

    look(_inlines(node), 0)
    return found


def frame_entry(node: Node) -> Hashable:
    """What a node is beside its words, None of one that is words alone."""
    match kind := tree.kind(node):
        case "Note":
            return kind
        case "Cite":
            return kind, tuple(tree.cited_keys(node))
        case "Link" | "Image":
            return kind, repr(tree.attributes(node)), tree.target(node), tree.tooltip(node)
        case "Code":
            return kind, tree.letters(node)
        case "Span":
            return kind, repr(tree.attributes(node))
        case "Underline" | "Strikeout" | "Superscript" | "Subscript" | "SmallCaps":
            return (kind,)
    return None


class Lines(Struct, frozen=True):
    """The lines of a paragraph in its file: text[start:end], its own words from `begin`; `lead` stands before them."""

    start: int
    begin: int
    end: int
    lead: str

    @property
    def indent(self) -> str:
        """What stands before its further lines."""
        return self.lead if not self.lead.strip(" \t>") else re.sub(r"[^>\s]", " ", self.lead)


class LeafSource:
    """The text of a contribution with its leaves, and where they stand in it."""

    def __init__(self, draft: Draft, found: Sequence[Leaf]) -> None:
        self.typed, self.draft, self.leaves = SourceText(draft), draft, list(found)
        self.text = self.typed.text

    def printed_leaves(self, block: Block) -> list[Leaf]:
        """The leaves that a block of the report prints, without the notes that only cite."""
        own = [one for one in self.leaves if one.words and not (one.side_kind == NOTE and only_cites(one.node))]
        if block.recommendation is not None:
            return [leaf for leaf in own if leaf.item == block.span]
        number = self.typed.passage(block)
        return [leaf for leaf in own if leaf.passage == number]

    def ground(self, leaf: Leaf) -> SourceParagraph:
        """The text under a leaf; raises `Crossing` where it is not found again."""
        if leaf.side_kind:
            return self.typed.side_range(PrintedParagraph(" ".join(leaf.words), leaf.side_kind))
        together = [
            one for one in self.leaves if (one.passage, one.item) == (leaf.passage, leaf.item) and not one.side_kind
        ]
        words = [word for one in together for word in one.words]
        first = sum(len(one.words) for one in together[: together.index(leaf)])
        # « 2. » is no word, and its full stop none of an item before
        inner = [INNER_MARKER] if any(len(one.containers) > 1 for one in together) else []
        return self.typed.lay_words(words, range(first, first + len(leaf.words)), self.stretch(leaf), inner)

    def stretch(self, leaf: Leaf) -> SourceRange:
        """From the line on which a leaf's item, or passage, begins to that on which the next one does."""
        starts = self.typed.passages if leaf.item is None else sorted({*self.typed.passages, *self.typed.items})
        at = self.typed.passages[leaf.passage] if leaf.item is None else self.typed.offset(leaf.item)
        following = next((start for start in starts if start > at), None)
        end = len(self.text) if following is None else self.typed.line(following)
        return SourceRange(self.typed.line(at), end)

    def lines(self, leaf: Leaf) -> Lines:
        """Where a leaf is typed; raises `Crossing` where its ends are not found."""
        ground = self.ground(leaf)
        if not ground.places:
            raise Crossing
        begin = ground.tokens[min(ground.places.values())].start
        last = ground.tokens[max(ground.places.values())].end
        start, end = self.text.rfind("\n", 0, begin) + 1, self.text.find("\n", last)
        found = (MARKER.match(self.text, start) if leaf.begins_item else None) or INDENT.match(self.text, start)
        assert found is not None
        return Lines(start, found.end(), end if end >= 0 else len(self.text), found[0])

    def note(self, leaf: Leaf) -> tuple[SourceRange, str]:
        """The stretch of a note, definition or inline, and its label (none of an inline one)."""
        ground = self.ground(leaf)
        at = ground.tokens[min(ground.places.values())].start
        for found in NOTE_TEXT.finditer(self.text):
            if found.start() <= at < found.end():
                return SourceRange(found.start(), found.end()), found[0][: found[0].index("]") + 1]
        for stretch in self.typed.notes():
            if stretch.start <= at < stretch.end:
                return SourceRange(stretch.start - 2, stretch.end + 1), ""
        raise Crossing


def keys_of(words: str) -> tuple[str, ...]:
    """The comparable words of a new paragraph."""
    return tuple(keys(words))
