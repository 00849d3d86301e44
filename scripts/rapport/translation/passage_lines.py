"""What a translator writes at a time: one paragraph, item, cell, caption or note of a block, with its looks.

A block is taken apart into lines and put together again by the same walk (`quote.BlockWriter`), so that a list keeps
its items and a table its cells whatever is written in them. Citations, calls of notes and links stay as they are typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from rapport import tree
from rapport.language.names import consonant_stamp
from rapport.model import Node
from rapport.storage.cache import digest
from rapport.translation.quote import STYLES, BlockWriter

# What stays as typed: works cited, calls of notes, links and pictures, letters of a program.
TYPED = re.compile(
    r"\[[^\[\]]*(?<!\w)-?@[\w{][^\[\]]*\]|\[\^[\w-]+\]|!?\[[^\[\]]*\]\([^()\s]*\)(?:\{[^{}]*\})?|`[^`]+`"
    r"|(?<![\w\\])-?@[A-Za-z_][\w:.#$%&+?<>~/-]*\w"
)
MARKUP = re.compile(r"[\\*_`<>^~\[\]|$]|&(?=#?\w+;)")
LIKE_A_LIST = re.compile(r"\A(?:[-+–](?= |$)|[:#]|\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,8})[.)](?= |$))")
LETTER = re.compile(r"[^\W\d_]")
SHOWN = 60  # letters of a passage that a message quotes


class TextRun(Struct, frozen=True):
    """Words of one look; `looks` are kinds of pandoc's inlines: « Strong », « Emph »."""

    text: str
    looks: frozenset[str] = frozenset()


TextLine = tuple[TextRun, ...]


def lines_of(node: Node, own: str) -> tuple[TextLine, ...]:
    """The lines of a block in the order in which they are read, notes last; those without a letter are left out."""
    reader = _LineReader(own)
    reader.whole(node)
    return tuple(reader.lines)


def first_words(text: str) -> str:
    """How a passage begins, as a message quotes it."""
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else flat[:SHOWN].rsplit(" ", 1)[0] + "…"


def with_lines(node: Node, written: Iterable[str], own: str) -> str:
    """The Markdown of a block with these lines (in Markdown) in the places of its own."""
    return _LineFiller(own, iter(written)).whole(node)


def as_markdown(line: TextLine) -> str:
    """A line as Markdown that reads as its words."""
    parts = [(looks, "".join(run.text for run in runs)) for looks, runs in groupby(line, key=lambda run: run.looks)]
    text = "".join(_marked(_escaped(text), looks) for looks, text in parts)
    text = " ".join(text.split())
    return LIKE_A_LIST.sub(_as_words, text)


def stamp(text: str) -> str:
    """Six consonants that stand for a line's words, however they are spaced."""
    return consonant_stamp(digest(" ".join(text.split())))


def inline_runs(nodes: Iterable[Node], writer: BlockWriter, looks: frozenset[str] = frozenset()) -> Iterator[TextRun]:
    """Inlines as runs; what has no look is written by `writer`."""
    for node in nodes:
        kind = tree.kind(node)
        if kind in STYLES:
            yield from inline_runs(tree.inlines(node), writer, looks | {kind})
        elif kind == "Quoted":
            sign = '"' if tree.double(node) else "'"
            yield from (TextRun(sign, looks), *inline_runs(tree.inlines(node), writer, looks), TextRun(sign, looks))
        elif kind in ("Span", "Underline", "SmallCaps"):
            yield from inline_runs(tree.inlines(node), writer, looks)
        else:
            yield TextRun(writer.inline(node), looks)


def join_runs(runs: Iterable[TextRun]) -> TextLine:
    """Runs of one look side by side made one."""
    return tuple(
        TextRun("".join(run.text for run in same), looks) for looks, same in groupby(runs, key=lambda run: run.looks)
    )


def plain(line: TextLine) -> str:
    """The letters of a line."""
    return "".join(run.text for run in line)


class _LineReader(BlockWriter):
    """Notes the lines that it comes by."""

    def __init__(self, namespace: str) -> None:
        super().__init__(namespace)
        self.lines: list[TextLine] = []

    def words(self, nodes: Iterable[Node]) -> str:
        line = join_runs(inline_runs(nodes, self))
        if LETTER.search(plain(line)):
            self.lines.append(line)
        return plain(line)


class _LineFiller(BlockWriter):
    """Writes given lines instead of its own."""

    def __init__(self, namespace: str, lines: Iterator[str]) -> None:
        super().__init__(namespace)
        self.next_lines = lines

    def words(self, nodes: Iterable[Node]) -> str:
        line = join_runs(inline_runs(nodes, self))
        return next(self.next_lines) if LETTER.search(plain(line)) else self.inlines(nodes)

    def description(self, nodes: Iterable[Node]) -> str:
        return self.words(nodes).replace('"', "'").replace("\\", "")


def _marked(text: str, looks: Iterable[str]) -> str:
    """Words between the marks of their looks, which stand next to letters."""
    bare = text.strip()
    if not bare:
        return text
    start = len(text) - len(text.lstrip())
    before, after = text[:start], text[start + len(bare) :]
    for sign in (STYLES[look] for look in sorted(looks)):
        bare = f"{sign}{bare}{sign}"
    return before + bare + after


def _escaped(text: str) -> str:
    """Letters as Markdown reads them, but for what is typed as Markdown (`TYPED`)."""
    out, at = "", 0
    for found in TYPED.finditer(text):
        out += MARKUP.sub(r"\\\g<0>", text[at : found.start()]) + found[0]
        at = found.end()
    return out + MARKUP.sub(r"\\\g<0>", text[at:])


def _as_words(found: re.Match[str]) -> str:
    """The sign at the head of a line, read as words."""
    sign = found[0]
    return f"{sign[:-1]}\\{sign[-1]}" if sign[-1] in ".)" else f"\\{sign}"


def words_of(lines: Sequence[TextLine]) -> str:
    """All the letters of lines."""
    return "\n".join(map(plain, lines))
