"""Two lists of blocks matched in order: the same ones first, then those as alike as can be; the rest went or came."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from rapport import tree
from rapport.diff.alignment import PairingStep, common_length, edit_script, pair_in_order
from rapport.diff.equivalence import signature
from rapport.diff.inlines import word_similarity
from rapport.diff.thresholds import BLOCK_ALIKE, BLOCK_PAIRS, PIECE_SHARE, PIECE_WORDS, TITLE_BONUS
from rapport.model import Node


class BlockPair(Struct, frozen=True):
    """A block that stayed or changed (one of each), went (`old` alone) or came (`new` alone).

    Several on one side are the paragraphs that the one on the other was divided into, or joined from.
    """

    old: tuple[Node, ...]
    new: tuple[Node, ...]

    @property
    def is_same(self) -> bool:
        return len(self.old) == len(self.new) == 1 and signature(self.old[0]) == signature(self.new[0])


def match_blocks(old: Sequence[Node], new: Sequence[Node]) -> Iterator[BlockPair]:
    """Every block of both lists once, in an order that is that of each."""
    for same, i1, i2, j1, j2 in edit_script([signature(node) for node in old], [signature(node) for node in new]):
        if same:
            yield from (BlockPair((was,), (now,)) for was, now in zip(old[i1:i2], new[j1:j2], strict=True))
        else:
            pairs = pair_in_order(old[i1:i2], new[j1:j2], _steps, BLOCK_PAIRS)
            yield from _with_joined(BlockPair(tuple(was), tuple(now)) for was, now, _ in pairs)


def _steps(old: Sequence[Node], new: Sequence[Node]) -> Iterator[PairingStep]:
    """The first blocks as one block changed, where they have enough in common."""
    if common := block_similarity(old[0], new[0]):
        yield PairingStep(1, 1, common, common)


def block_similarity(old: Node, new: Node) -> float:
    """How much two blocks of one kind have in common; 0 where they are two blocks."""
    if _kind(old) != _kind(new):
        return 0
    if tree.has_class(old, "cover"):
        return 1
    common = word_similarity(tree.text(old), tree.text(new))
    if tree.kind(old) == "Header":
        return TITLE_BONUS + common
    return common if common >= BLOCK_ALIKE else 0


def _kind(node: Node) -> tuple[object, ...]:
    """What two blocks must share to be one; a paragraph is one wherever it stands."""
    match tree.kind(node):
        case "Para" | "Plain":
            return ("Para",)
        case "Table":
            return "Table", len(tree.table_of(node).columns)
        case "Header":
            return "Header", tree.level(node), tree.has_class(node, "unnumbered")
        case kind:
            return kind, *tree.classes(node)


# ---------------------------------------------------------------- paragraphs divided and joined


def _with_joined(matches: Iterable[BlockPair]) -> list[BlockPair]:
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
    if any(only_paragraph(node) is None for node in nodes) or any(_noted(node) for node in several[:-1]):
        return None
    apart = max(_common(first.old, first.new), _common(second.old, second.new))
    fewest = min(len(_words(side)) for match in (first, second) for side in (match.old, match.new) if side)
    explained = fewest >= PIECE_WORDS and _common(old, new) - apart >= PIECE_SHARE * fewest
    return BlockPair(old, new) if explained else None


def _noted(node: Node) -> bool:
    """Whether a paragraph calls a note: LibreOffice (7.4) then forgets that its end came or went."""
    return any(tree.kind(inner) == "Note" for inner in tree.walk(node))


def _common(old: Sequence[Node], new: Sequence[Node]) -> int:
    """How many words two runs of paragraphs have in common, in order."""
    return common_length(_words(old), _words(new))


def _words(nodes: Sequence[Node]) -> list[str]:
    return [word for node in nodes for word in re.findall(r"\w+", tree.text(node))]


def only_paragraph(node: Node) -> list[Node] | None:
    """The inlines of a block that is one paragraph of words and no more; a label that is counted is not words."""
    if tree.kind(node) == "Div" and len(tree.blocks(node)) == 1 and "label" not in tree.pairs(node):
        node = tree.blocks(node)[0]
    return list(tree.inlines(node)) or None if tree.kind(node) in ("Para", "Plain") else None


def with_paragraph(node: Node, inlines: Sequence[Node]) -> Node:
    """A block of one paragraph with other words."""
    if tree.kind(node) == "Div":
        return tree.with_blocks(node, [with_paragraph(tree.blocks(node)[0], inlines)])
    return tree.with_inlines(node, inlines)
