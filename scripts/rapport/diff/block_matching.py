"""Two lists of blocks matched in order: the same ones first, then those as alike as can be; the rest went or came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz.distance import Indel

from rapport import tree
from rapport.diff.equivalence import said
from rapport.diff.inlines import alike
from rapport.model import Node

ALIKE = 0.42  # of the words of two blocks in common: they are one block, changed
PART = 0.6  # of the words of a paragraph that are also in one beside its place: it was divided from it, or joined
SHORTEST = 3  # words of such a paragraph
TITLES = 0.05  # two titles of one level between the same blocks are one, renamed
LARGE = 40_000  # ways of pairing two stretches that are worth weighing


@dataclass(frozen=True, slots=True)
class BlockPair:
    """A block that stayed or changed (one of each), went (`old` alone) or came (`new` alone).

    Several on one side are the paragraphs that the one on the other was divided into, or joined from.
    """

    old: tuple[Node, ...]
    new: tuple[Node, ...]

    @property
    def same(self) -> bool:
        return len(self.old) == len(self.new) == 1 and said(self.old[0]) == said(self.new[0])


def matched(old: Sequence[Node], new: Sequence[Node]) -> Iterator[BlockPair]:
    """Every block of both lists once, in an order that is that of each."""
    here, there = [said(node) for node in old], [said(node) for node in new]
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (BlockPair((was,), (now,)) for was, now in zip(old[i1:i2], new[j1:j2], strict=True))
        else:
            yield from _joined(_nearly(old[i1:i2], new[j1:j2]))


def _nearly(old: Sequence[Node], new: Sequence[Node]) -> Iterator[BlockPair]:
    """Blocks of two stretches paired in order so that they are as alike as can be."""
    if len(old) * len(new) > LARGE:
        a, b = len(old) // 2, len(new) // 2
        yield from _nearly(old[:a], new[:b])
        yield from _nearly(old[a:], new[b:])
        return
    scores = [[score(o, n) for n in new] for o in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            joined = best[i + 1][j + 1] + scores[i][j] if scores[i][j] else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], joined)
    i = j = 0
    while i < len(old) and j < len(new):
        if scores[i][j] and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            yield BlockPair((old[i],), (new[j],))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield BlockPair((old[i],), ())
            i += 1
        else:
            yield BlockPair((), (new[j],))
            j += 1
    yield from (BlockPair((node,), ()) for node in old[i:])
    yield from (BlockPair((), (node,)) for node in new[j:])


def score(old: Node, new: Node) -> float:
    """How much two blocks of one kind have in common; 0 where they are two blocks."""
    if _kind(old) != _kind(new):
        return 0
    if "cover" in tree.attributes(old)[1]:
        return 1
    common = alike(tree.text(old), tree.text(new))
    if old["t"] == "Header":
        return TITLES + common
    return common if common >= ALIKE else 0


def _kind(node: Node) -> tuple[Any, ...]:
    """What two blocks must share to be one; a paragraph is one wherever it stands."""
    name = {"Plain": "Para"}.get(node["t"], node["t"])
    if name == "Table":
        return name, len(node["c"][2])
    if name == "Header":
        return name, node["c"][0], "unnumbered" in node["c"][1][1]
    return name, *tree.attributes(node)[1]


# ---------------------------------------------------------------- paragraphs divided and joined


def _joined(matches: Iterator[BlockPair]) -> list[BlockPair]:
    """Paragraphs that came beside one that changed, or went beside it, as one match where that explains them better."""
    made: list[BlockPair] = []
    for match in matches:
        made.append(match)
        while len(made) > 1 and (one := _as_one(made[-2], made[-1])):
            made[-2:] = [one]
    return made


def _as_one(first: BlockPair, second: BlockPair) -> BlockPair | None:
    old, new = (*first.old, *second.old), (*first.new, *second.new)
    nodes = (*old, *new)
    if min(len(old), len(new)) != 1 or len(nodes) < 3 or len({_kind(node) for node in nodes}) != 1:
        return None
    several = old if len(old) > 1 else new
    if any(lone(node) is None for node in nodes) or any(_noted(node) for node in several[:-1]):
        return None
    apart = max(_common(first.old, first.new), _common(second.old, second.new))
    fewest = min(len(_words(side)) for match in (first, second) for side in (match.old, match.new) if side)
    return BlockPair(old, new) if fewest >= SHORTEST and _common(old, new) - apart >= PART * fewest else None


def _noted(node: Node) -> bool:
    """Whether a paragraph calls a note: LibreOffice (7.4) then forgets that its end came or went."""
    return any(inner["t"] == "Note" for inner in tree.walk(node))


def _common(old: Sequence[Node], new: Sequence[Node]) -> float:
    """How many words two runs of paragraphs have in common, in order."""
    before, after = _words(old), _words(new)
    return (len(before) + len(after) - Indel.distance(before, after)) / 2


def _words(nodes: Sequence[Node]) -> list[str]:
    return [word for node in nodes for word in re.findall(r"\w+", tree.text(node))]


def lone(node: Node) -> list[Node] | None:
    """The inlines of a block that is one paragraph of words and no more; a label that is counted is not words."""
    if node["t"] == "Div" and len(node["c"][1]) == 1 and "label" not in dict(node["c"][0][2]):
        node = node["c"][1][0]
    return list(node["c"]) if node["t"] in ("Para", "Plain") and node["c"] else None


def with_words(node: Node, inlines: list[Node]) -> Node:
    """A block of one paragraph with other words."""
    if node["t"] == "Div":
        return {"t": "Div", "c": [node["c"][0], [with_words(node["c"][1][0], inlines)]]}
    return {"t": node["t"], "c": inlines}
