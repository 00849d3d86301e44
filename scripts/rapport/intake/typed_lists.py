"""Lists that were typed with dashes, dots, numbers or letters, made lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapport import tree
from rapport.intake.inlines import drop
from rapport.intake.states import ReceivedText
from rapport.model import Node

BULLET = re.compile(r"^\s*[-–—•·▪➢►❖✓○o]\s+(?=\S)")
NUMBER = re.compile(r"^\s*\(?(?P<number>\d{1,2})\s?[.)°]-?\s+(?=\S)")
LETTER = re.compile(r"^\s*\(?(?P<letter>[a-zA-Z])\s?[.)]\s+(?=\S)")
MARK = re.compile(r"\s*(?:[-–—•·▪➢►❖✓○]|\(?(?:\d{1,2}|[a-z])\s?\)|\d{1,2}\s?[.°])\s+(?=\S)")
"""What a line begins with that a line break set apart."""
PARAGRAPH = 30  # words: what is longer is a paragraph that was given a number


def list_typed_items(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """Paragraphs that begin with a typed dash, or with numbers or letters that go on, made into lists."""
    out: list[Node] = []
    at = 0
    while at < len(blocks):
        kind, count = _run(blocks, at)
        if count > 1 or (count == 1 and kind == "bullet" and out and tree.text(out[-1]).rstrip().endswith(":")):
            out.append(_as_list(blocks[at : at + count], kind, received))
            at += count
        else:
            out.append(blocks[at])
            at += 1
    return out


def _run(blocks: Sequence[Node], start: int) -> tuple[str, int]:
    """What the marks of the paragraphs from here on are (« bullet », « number », « letter »), and how many go on."""
    begun = _mark(blocks[start])
    if not begun or (begun[0] == "letter" and begun[1] != 1):
        return "", 0
    kind, first, _ = begun
    count = 1
    while start + count < len(blocks):
        mark = _mark(blocks[start + count])
        if not mark or mark[0] != kind or (kind != "bullet" and mark[1] != first + count):
            break
        count += 1
    long = [block for block in blocks[start : start + count] if len(tree.text(block).split()) >= PARAGRAPH]
    return (kind, count) if kind == "bullet" or 2 * len(long) <= count else ("", 0)


def _mark(block: Node) -> tuple[str, int, int] | None:
    """The kind of a paragraph's mark, its number, and how many signs it takes; None where there is none."""
    inlines = tree.inlines(block) if tree.kind(block) == "Para" else []
    if not inlines or tree.kind(inlines[0]) not in ("Str", "Strong", "Emph"):
        return None
    text = tree.text(block)
    if found := BULLET.match(text):
        return "bullet", 0, found.end()
    if found := NUMBER.match(text):
        return "number", int(found["number"]), found.end()
    if found := LETTER.match(text):
        return "letter", ord(found["letter"]) - ord("a" if found["letter"].islower() else "A") + 1, found.end()
    return None


def _as_list(blocks: Sequence[Node], kind: str, received: ReceivedText) -> Node:
    marks = [mark for mark in map(_mark, blocks) if mark]
    items = [[tree.plain(drop(tree.inlines(block), end))] for block, (_, _, end) in zip(blocks, marks, strict=True)]
    received.count_repair("bullet", len(items))
    if kind == "bullet":
        return tree.bullet_list(items)
    received.placed_words += [tree.text(block)[:end] for block, (_, _, end) in zip(blocks, marks, strict=True)]
    return tree.ordered_list(items, marks[0][1])
