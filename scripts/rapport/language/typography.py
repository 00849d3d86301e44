"""layout, last step: the report as a typographer sets it, whatever was typed; exporters print what they get.

Rules work on a whole run of inlines, because « mot **:** suite » has its space in one node and its colon in another.
A run comes out with its words and spaces joined into one Str, which halves what exporters and pandoc have to do, and
with quotation marks written out. Code, addresses, images and words marked as another language's are left alone.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from itertools import groupby

import orjson
from msgspec import Struct
from msgspec.structs import replace

from rapport import tree
from rapport.language.typography_rules import (
    BLANKS,
    OBJECT,
    WIDE,
    Edit,
    Rules,
    english_edits,
    french_edits,
    no_edits,
    reference_list_edits,
)
from rapport.model import Document, Node

Marks = Mapping[str, tuple[str, str]]
"""What quotation marks are written as, by pandoc's names for them."""

VERBATIM = "verbatim"
"""The class of a division that is printed as it was given, to the letter."""
MARKS = ".,;:!?…"
SIZE = 16
"""Bytes of a block's digest."""
# In French a call stands before the mark that it was typed after, unless the stop is the word's own.
OWN_STOP = re.compile(r"(?:\betc|(?<!\w)[A-Z])\.\Z")


class Manner(Struct, frozen=True):
    """How the words of a place are set: the rules, how pandoc's quotations are written, where calls of notes stand."""

    rules: Rules
    marks: Marks
    calls: str = ""


CURLY: Marks = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
FRENCH = Manner(french_edits, {"DoubleQuote": ("“", "”"), "SingleQuote": ("“", "”")}, "before")
ENGLISH = Manner(english_edits, CURLY, "after")
FOREIGN = Manner(no_edits, CURLY)
LISTED_FRENCH = Manner(reference_list_edits, {"DoubleQuote": (f"«{WIDE}", f"{WIDE}»"), "SingleQuote": ("“", "”")})
LISTED_ENGLISH = FOREIGN


class SetBlocks:
    """The blocks at the top of a document's pages as they are set in its language.

    `before` holds blocks that were set already, by the digest of what they were made from; `used` those of now.
    """

    def __init__(self, language: str, before: Mapping[str, Node]) -> None:
        self.setting, self.before = Setting(language), before
        self.used: dict[str, Node] = {}

    def page(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        """Blocks set, those of before taken from there."""
        return tuple(map(self.block, nodes))

    def block(self, node: Node) -> Node:
        """A block set, or taken from before."""
        name = blake2b(orjson.dumps(node), digest_size=SIZE).hexdigest()
        if name not in self.used:
            self.used[name] = self.before[name] if name in self.before else self.setting.block(node)
        return self.used[name]


def set_typography(document: Document, blocks: SetBlocks) -> Document:
    """The document set in its language."""
    return replace(
        document,
        meta=replace(document.meta, header=blocks.setting.text(document.meta.header)),
        front_matter=blocks.page(document.front_matter),
        chapters=tuple(map(blocks.page, document.chapters)),
        back_matter=blocks.page(document.back_matter),
    )


class Setting:
    """Sets blocks and runs of inlines in one language; it changes nothing in place."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.manner = FRENCH if language == "fr" else ENGLISH
        self.listed = LISTED_FRENCH if language == "fr" else LISTED_ENGLISH

    def text(self, text: str) -> str:
        """A plain string set."""
        return tree.text(self.inlines([tree.word(text)]))

    def blocks(self, nodes: Sequence[Node]) -> list[Node]:
        """Blocks with the typography of their language."""
        return [self.block(node) for node in nodes]

    def block(self, node: Node) -> Node:
        """A block with the typography of its language; a child's own words stay as they are."""
        if tree.kind(node) == "Div":
            if tree.has_class(node, VERBATIM):
                return node
            spoken = tree.pairs(node).get("lang")
            if spoken or tree.has_class(node, "csl-entry"):
                with self.set_in(self.manner_of(spoken) if spoken else self.listed):
                    return tree.change_inside(node, self.blocks, self.inlines)
        return tree.change_inside(node, self.blocks, self.inlines)

    def inlines(self, nodes: Sequence[Node]) -> list[Node]:
        """Inlines with the typography of the language that is set."""
        return _Run(self).set(nodes)

    def manner_of(self, spoken: str) -> Manner:
        """How a language's passage is set within this report."""
        if spoken[:2] == self.language:
            return FRENCH if self.language == "fr" else ENGLISH
        return FRENCH if spoken[:2] == "fr" else FOREIGN

    @contextmanager
    def set_in(self, manner: Manner) -> Iterator[None]:
        """Set what is inside the `with` in this manner."""
        before, self.manner = self.manner, manner
        yield
        self.manner = before


class _Run:
    """One run of inlines: its text as a reader sees it, and the Str that each stretch of it goes back to."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.manner = setting, setting.manner
        self.words: list[str] = []  # of the Str that is being made
        self.parts: list[str] = []  # of the text
        self.leaves: list[TextLeaf | None] = []  # where each part stands; None for what is no text
        self.passed = ""  # the mark that a call of a note has passed

    def set(self, nodes: Sequence[Node]) -> list[Node]:
        made: list[Node] = []
        self.walk(nodes, made)
        self.flush(made)
        text = "".join(self.parts)
        if edits := self.manner.rules(text):
            _apply(edits, text, list(zip(self.parts, self.leaves, strict=True)))
        return made

    def inside(self, node: Node) -> Node:
        """A node that the run goes on in; edits reach the list that it holds, so that list is filled in its place."""
        made = tree.with_inlines(node, ())
        held = tree.inlines(made)
        self.walk(tree.inlines(node), held)
        self.flush(held)
        return made

    def walk(self, nodes: Sequence[Node], out: list[Node]) -> None:
        if self.manner.calls == "after":
            nodes = _marks_before_calls(nodes)
        for index, node in enumerate(nodes):
            kind = tree.kind(node)
            if kind == "Str":
                self.words.append(tree.letters(node))
            elif kind in tree.SPACES:
                self.words.append(" ")
            elif kind in tree.STYLED:
                self.flush(out)
                out.append(self.inside(node))
            elif kind == "Quoted":
                opening, closing = self.manner.marks["DoubleQuote" if tree.double(node) else "SingleQuote"]
                self.words.append(opening)
                self.walk(tree.inlines(node), out)
                self.words.append(closing)
            elif kind == "Note":
                self.call(node, nodes, index, out)
            else:
                self.flush(out)
                out.append(self.other(kind, node))

    def other(self, kind: str, node: Node) -> Node:
        """A node that the run goes on in, or one that is an object in it, set by itself or left alone."""
        match kind:
            case "Link" if not _shows_address(node):
                return self.inside(node)
            case "Span":
                spoken = tree.pairs(node).get("lang")
                if not spoken:
                    return self.inside(node)
                node = self.set_alone(node, self.setting.manner_of(spoken))
            case "Cite":
                node = self.set_alone(node, FOREIGN if self.manner is FOREIGN else self.setting.listed)
            case "Image":
                node = self.set_alone(node, self.manner)
        self.object("\n" if kind == "LineBreak" else OBJECT)
        return node

    def set_alone(self, node: Node, manner: Manner) -> Node:
        """A node with its inlines set as a run of their own."""
        with self.setting.set_in(manner):
            return tree.with_inlines(node, self.setting.inlines(tree.inlines(node)))

    def call(self, note: Node, nodes: Sequence[Node], index: int, out: list[Node]) -> None:
        """A note's call; in French it goes before the mark that it was typed after."""
        following = nodes[index + 1] if index + 1 < len(nodes) else None
        self.flush(out)
        if self.manner.calls == "before" and not self.passed and not _begins_with_mark(following):
            self.passed = self.take_mark()
        out.append(tree.note(self.setting.blocks(tree.blocks(note))))
        self.object(OBJECT)
        if self.passed and not (following and tree.kind(following) == "Note"):
            self.words.append(self.passed)
            self.passed = ""

    def take_mark(self) -> str:
        """The mark that the text ends with, taken off it."""
        if not self.leaves or (leaf := self.leaves[-1]) is None:
            return ""
        text = self.parts[-1]
        at = len(text.rstrip(BLANKS + MARKS))
        at += bool(OWN_STOP.search(text, max(at - 3, 0), at + 1))
        if not text.endswith(tuple(MARKS)) or (not at and len(self.parts) == 1):
            return ""
        self.parts[-1] = text[:at]
        tree.set_letters(leaf.node, text[:at])
        return text[at:]

    def flush(self, out: list[Node]) -> None:
        """The words collected become a Str."""
        if self.words:
            text = "".join(self.words)
            node = tree.word(text)
            out.append(node)
            self.parts.append(text)
            self.leaves.append(TextLeaf(out, node))
            self.words = []

    def object(self, sign: str) -> None:
        self.parts.append(sign)
        self.leaves.append(None)


def _apply(edits: Sequence[Edit], text: str, parts: Sequence[tuple[str, TextLeaf | None]]) -> None:
    """Each edit in the Str that holds its beginning; what it takes away may reach into the next ones."""
    end = done = 0
    waiting = deque(edits)
    for part, leaf in parts:
        start, end = end, end + len(part)
        if leaf is None or (done <= start and (not waiting or waiting[0][0] >= end)):
            continue
        at = min(max(start, done), end)
        pieces: list[str | Node] = []
        while waiting and waiting[0][0] < end:
            first, done, new, raised = waiting.popleft()
            pieces += [text[at:first], _raised(new) if raised and first > start else new]
            at = min(done, end)
        leaf.put([*pieces, text[at:end]])


class TextLeaf(Struct, frozen=True):
    """A Str and the list it stands in, both our own."""

    siblings: list[Node]
    node: Node

    def put(self, pieces: Sequence[str | Node]) -> None:
        """Strings and nodes in the Str's stead."""
        made: list[Node] = []
        for strings, group in groupby(pieces, lambda piece: isinstance(piece, str)):
            if not strings:
                made.extend(group)  # type: ignore[arg-type]
            elif word := "".join(group):  # type: ignore[arg-type]
                made.append(tree.word(word))
        if len(made) == 1 and tree.kind(made[0]) == "Str":
            tree.set_letters(self.node, tree.letters(made[0]))
            return
        at = next(index for index, node in enumerate(self.siblings) if node is self.node)
        self.siblings[at : at + 1] = made


def _raised(text: str) -> Node:
    return tree.styled_inlines("Superscript", [tree.word(text)])


def _begins_with_mark(node: Node | None) -> bool:
    return node is not None and tree.letters(node).startswith(tuple(MARKS)) and tree.kind(node) == "Str"


def _marks_before_calls(nodes: Sequence[Node]) -> list[Node]:
    """Inlines with the calls of notes, as English has it, after the mark that they were typed before."""
    made: list[Node] = []
    for node in nodes:
        if made and tree.kind(node) == "Str" and (word := tree.letters(node).lstrip(BLANKS)).startswith(tuple(MARKS)):
            end = len(made)
            while end and tree.kind(made[end - 1]) in tree.SPACES:
                end -= 1
            at = end
            while at and tree.kind(made[at - 1]) == "Note":
                at -= 1
            close = end == len(made) and word == tree.letters(node)
            if at < end and (close or word[0] in ";:!?"):  # the marks that a French hand puts a space before
                rest = word.lstrip(MARKS)
                made[at:] = [tree.word(word[: len(word) - len(rest)]), *made[at:end]]
                made += [tree.word(rest)] if rest else []
                continue
        made.append(node)
    return made


def _shows_address(link: Node) -> bool:
    """Whether the words of a link are its address, or a piece of it."""
    target = tree.target(link)
    return not target.startswith("#") and tree.text(tree.inlines(link)) in tree.address(target)
