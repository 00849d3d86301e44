"""Inlines cut at a sign, trimmed, joined, and out of the styles that a word processor gave them."""

from __future__ import annotations

from collections.abc import Sequence

from rapport import tree
from rapport.model import Node


def without_custom_styles(inlines: Sequence[Node]) -> list[Node]:
    """Inlines out of the Spans in which pandoc puts Word's styles."""
    out: list[Node] = []
    for node in inlines:
        styled = tree.kind(node) == "Span" and "custom-style" in tree.pairs(node)
        out += without_custom_styles(tree.inlines(node)) if styled else [node]
    return out


def without_bold(inlines: Sequence[Node]) -> list[Node]:
    """The words of a heading without bold and underlining, which the report's own style gives them."""
    out: list[Node] = []
    for node in inlines:
        kind = tree.kind(node)
        if kind in ("Strong", "Underline", "SmallCaps"):
            out += without_bold(tree.inlines(node))
        else:
            out.append(tree.space() if kind == "LineBreak" else node)
    return out


def signs(inlines: Sequence[Node]) -> str:
    """The words with one sign for each that `drop` counts, unbreakable spaces as others."""
    parts = [" " if tree.kind(n) in tree.BLANKS else tree.text(n) for n in inlines]
    return "".join(parts).replace("\u00a0", " ").replace("\u202f", " ")


def drop(inlines: Sequence[Node], count: int) -> list[Node]:
    """Inlines without their first `count` signs; a node that cannot be cut stays whole."""
    out: list[Node] = []
    for node in inlines:
        kind = tree.kind(node)
        if count <= 0:
            out.append(node)
        elif kind in tree.BLANKS:
            count -= 1
        elif kind == "Str":
            letters = tree.letters(node)
            out += [tree.word(letters[count:])] if letters[count:] else []
            count -= len(letters)
        elif kind in tree.STYLED:
            inner = drop(tree.inlines(node), count)
            out += [tree.styled_inlines(kind, inner)] if tree.text(inner) else []
            count -= len(tree.text(tree.inlines(node)))
        else:
            out.append(node)
            count -= len(tree.text(node))
    return out


def take(inlines: Sequence[Node], count: int) -> list[Node]:
    """The inlines of the first `count` signs; a node that cannot be cut is left out."""
    out: list[Node] = []
    for node in inlines:
        length, kind = len(signs([node])), tree.kind(node)
        if length > count > 0 and kind in tree.STYLED:
            return [*out, tree.styled_inlines(kind, take(tree.inlines(node), count))]
        if length > count:
            return [*out, tree.word(tree.letters(node)[:count])] if kind == "Str" and count else out
        out.append(node)
        count -= length
    return out


def split_lines(inlines: Sequence[Node], at: str = "LineBreak") -> list[list[Node]]:
    """The inlines between line breaks; breaks inside bold and the like stay."""
    out: list[list[Node]] = [[]]
    for node in inlines:
        if tree.kind(node) == at:
            out.append([])
        else:
            out[-1].append(node)
    return [line for line in out if line]


def hoist_breaks(inlines: Sequence[Node]) -> list[Node]:
    """The same, line breaks at the edge of bold and the like put outside."""
    out: list[Node] = []
    for node in inlines:
        if tree.kind(node) not in tree.STYLED:
            out.append(node)
            continue
        inner = hoist_breaks(tree.inlines(node))
        words = trim(inner)
        start = next((at for at, one in enumerate(inner) if tree.kind(one) not in tree.BLANKS), len(inner))
        out += [
            *inner[:start],
            *([tree.styled_inlines(tree.kind(node), words)] if words else []),
            *inner[start + len(words) :],
        ]
    return out


def join_styled(inlines: list[Node]) -> list[Node]:
    """Two runs in bold side by side made one: Markdown cannot say where one ends and the next begins."""
    out: list[Node] = []
    for node in inlines:
        if out and tree.kind(node) in tree.STYLED and tree.kind(out[-1]) == tree.kind(node):
            out[-1] = tree.with_inlines(node, [*tree.inlines(out[-1]), *tree.inlines(node)])
        else:
            out.append(node)
    return out


def trim(inlines: list[Node]) -> list[Node]:
    """Without the spaces and line breaks at both ends."""
    start, end = 0, len(inlines)
    while start < end and tree.kind(inlines[start]) in tree.BLANKS:
        start += 1
    while end > start and tree.kind(inlines[end - 1]) in tree.BLANKS:
        end -= 1
    return inlines[start:end]


def hoist_spaces(inlines: list[Node]) -> tuple[list[Node], list[Node], list[Node]]:
    """The spaces before, the words, the spaces after; a line break at the edge is a space."""
    words = trim(inlines)
    start = next((at for at, node in enumerate(inlines) if tree.kind(node) not in tree.BLANKS), len(inlines))
    before = [tree.space()] if start else []
    return before, words, [tree.space()] if words and start + len(words) < len(inlines) else []
