"""Runs of inlines of two states made one: what was deleted, inserted, or changed in its looks stands in spans.

The spans go inside links and emphasis, down to the words: Word admits no link inside a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

import orjson
from rapidfuzz.distance import Indel

from rapport import tree
from rapport.diff.equivalence import said
from rapport.diff.leaves import InlineLeaf, leaves, unlinked
from rapport.model import Node

SAME, DELETED, INSERTED, RESTYLED = "same", "deletion", "insertion", "restyled"
TOO_FEW = 0.4  # of the words of two texts in common: below, the whole is replaced
BRIDGE = 3  # words left alone between two larger changes that are one to a reader
BREAK = "\0"  # the key of the end of a paragraph


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose the changes are, and their date in the form that Word wants; `move` is the name of what was moved.

    `names` is what tables and figures are called in their captions. Labels (« R12 ») that the program counts anew
    change in the name of `counter`, so that Word can hide them all.
    """

    author: str
    date: str
    counter: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    move: str = ""
    counting: bool = False

    def span(self, kind: str, inlines: Sequence[Node], **more: str) -> Node:
        """Inlines as deleted, inserted or restyled."""
        pairs = [*self.pairs, *([name, value] for name, value in more.items())]
        return {"t": "Span", "c": [["", [kind, *(["counted"] if self.counting else [])], pairs], list(inlines)]}

    def mark(self, kind: str, of: str = "paragraph", *more: str) -> Node:
        """What stands first in a paragraph (or in a row) that was deleted or inserted whole, or whose end was."""
        return {"t": "Span", "c": [["", [f"{of}-{kind}", *more], self.pairs], []]}

    @property
    def later(self) -> Hand:
        """The same hand an hour later: LibreOffice takes for one what was inserted side by side in few minutes."""
        return replace(self, date=self.date.replace("T00:", "T01:"))

    @property
    def pairs(self) -> list[list[str]]:
        author = self.counter if self.counting else self.author
        return [["author", author], ["date", self.date], *([["move", self.move]] if self.move else [])]


@dataclass(frozen=True, slots=True)
class InlineChange:
    """A leaf and what became of it; `was` are the styles that it had."""

    kind: str
    leaf: InlineLeaf
    was: str = ""

    @property
    def fate(self) -> tuple[str, str]:
        return self.kind, self.was


END = InlineLeaf({"t": "LineBreak"}, (), BREAK)


def merged(old: Sequence[Node], new: Sequence[Node], hand: Hand) -> list[Node]:
    """The inlines of both texts."""
    return divided([old], [new], hand)[0][1]


def divided(old: Sequence[Sequence[Node]], new: Sequence[Sequence[Node]], hand: Hand) -> list[tuple[str, list[Node]]]:
    """The paragraphs of both texts, where one was divided or several were joined; what became of the end of each."""
    stretches: list[tuple[str, list[InlineChange]]] = []
    here: list[InlineChange] = []
    for told in _changes(_ended(old), _ended(new), hand):
        if told.leaf.key == BREAK:
            stretches.append((told.kind, here))
            here = []
        else:
            here.append(told)
    return [(kind, _rebuilt(told, hand)) for kind, told in (*stretches, (SAME, here))]


def whole(inlines: Sequence[Node], kind: str, hand: Hand) -> list[Node]:
    """Inlines all deleted or all inserted."""
    if kind == INSERTED:
        return _rebuilt([InlineChange(SAME if leaf.anchor else kind, leaf) for leaf in leaves(inlines)], hand)
    return _rebuilt([InlineChange(kind, unlinked(leaf)) for leaf in leaves(inlines) if not leaf.anchor], hand)


def _ended(paragraphs: Sequence[Sequence[Node]]) -> list[InlineLeaf]:
    made: list[InlineLeaf] = []
    for index, inlines in enumerate(paragraphs):
        made += [END] if index else []
        made += leaves(inlines)
    return made


# ---------------------------------------------------------------- what became of them


def _changes(old: Sequence[InlineLeaf], new: Sequence[InlineLeaf], hand: Hand) -> Iterator[InlineChange]:
    """Every leaf of both texts once, and what became of it; places stay before the leaf that they stood before."""
    here = [leaf for leaf in old if not leaf.anchor]
    there: list[InlineLeaf] = []
    anchors: dict[int, list[InlineLeaf]] = {}
    for leaf in new:
        if leaf.anchor:
            anchors.setdefault(len(there), []).append(leaf)
        else:
            there.append(leaf)
    here, there = _with_notes(here, there, hand)
    for same, i1, i2, j1, j2 in _stretches([leaf.same for leaf in here], [leaf.same for leaf in there]):
        if not same:
            yield from (InlineChange(DELETED, unlinked(leaf)) for leaf in here[i1:i2])
        for j in range(j1, j2):
            yield from (InlineChange(SAME, anchor) for anchor in anchors.get(j, ()))
            yield _stayed(here[i1 + j - j1], there[j]) if same else InlineChange(INSERTED, there[j])
    yield from (InlineChange(SAME, anchor) for anchor in anchors.get(len(there), ()))


def _stayed(was: InlineLeaf, now: InlineLeaf) -> InlineChange:
    restyled = was.styles != now.styles and now.node["t"] == "Str"
    return InlineChange(RESTYLED, now, was.styles) if restyled else InlineChange(SAME, now)


def _with_notes(old: list[InlineLeaf], new: list[InlineLeaf], hand: Hand) -> tuple[list[InlineLeaf], list[InlineLeaf]]:
    """Notes that only changed under one key, as one note in which the changes are: their calls stay."""
    notes = [index for index, leaf in enumerate(old) if leaf.node["t"] == "Note"]
    for j, leaf in enumerate(new):
        if leaf.node["t"] != "Note":
            continue
        found = next((i for i in notes if _one_note(old[i].node, leaf.node)), None)
        if found is None:
            continue
        notes = [i for i in notes if i > found]
        if old[found].key != leaf.key:
            pairs = zip(old[found].node["c"], leaf.node["c"], strict=True)
            blocks = [{"t": now["t"], "c": merged(was["c"], now["c"], hand)} for was, now in pairs]
            new[j] = replace(leaf, node={"t": "Note", "c": blocks})
            old[found] = replace(old[found], key=leaf.key)
    return old, new


def _one_note(was: Node, now: Node) -> bool:
    """Whether a note is another one changed: as many paragraphs, and nothing else, with words enough in common."""
    blocks = [*was["c"], *now["c"]]
    if len(was["c"]) != len(now["c"]) or any(block["t"] not in ("Para", "Plain") for block in blocks):
        return False
    return said(was) == said(now) or alike(tree.text(was["c"]), tree.text(now["c"])) >= TOO_FEW


def alike(old: str, new: str) -> float:
    """How many of the words of two texts are common, in order: from 0 to 1."""
    return float(Indel.normalized_similarity(old.split(), new.split()))


def _stretches(said: Sequence[Any], says: Sequence[Any]) -> list[tuple[bool, int, int, int, int]]:
    """Stretches that are the same or not; with hardly a word between them, two changes are one."""
    matcher = SequenceMatcher(None, said, says, autojunk=False)
    stretches = [(kind == "equal", *places) for kind, *places in matcher.get_opcodes()]
    common = sum(_words(said[i1:i2]) for same, i1, i2, _, _ in stretches if same)  # type: ignore[misc]
    every = _words(said) + _words(says)
    if every and 2 * common < TOO_FEW * every and not any(_things(said[s[1] : s[2]]) for s in stretches if s[0]):
        return [(False, 0, len(said), 0, len(says))]
    while (at := _bridge(stretches, said, says)) > 0:
        (_, i1, _, j1, _), (_, _, i2, _, j2) = stretches[at - 1], stretches[at + 1]
        stretches[at - 1 : at + 2] = [(False, i1, i2, j1, j2)]
    return stretches  # type: ignore[return-value]


def _bridge(stretches: Sequence[Any], said: Sequence[Any], says: Sequence[Any]) -> int:
    """The first stretch that stayed between two changes with more words than it has, or 0."""

    def changed(stretch: Any) -> int:
        return max(_words(said[stretch[1] : stretch[2]]), _words(says[stretch[3] : stretch[4]]))

    for at in range(1, len(stretches) - 1):
        same, i1, i2, _, _ = stretches[at]
        beside = min(changed(stretches[at - 1]), changed(stretches[at + 1]), BRIDGE)
        if same and not _things(said[i1:i2]) and _words(said[i1:i2]) <= beside:
            return at
    return 0


def _words(keys: Sequence[Any]) -> int:
    return sum(key[:1].isalnum() for _, key in keys)


def _things(keys: Sequence[Any]) -> bool:
    return any(key.startswith("\1") for _, key in keys)


# ---------------------------------------------------------------- put together again


def _rebuilt(told: Sequence[InlineChange], hand: Hand, depth: int = 0) -> list[Node]:
    """Leaves put back into their shells, words joined, each stretch under what became of it."""
    made: list[Node] = []
    for shell, group in groupby(told, lambda one: one.leaf.within[depth] if len(one.leaf.within) > depth else b""):
        here = list(group)
        if shell:
            node = orjson.loads(shell)
            inside = _rebuilt(here, hand, depth + 1)
            made.append({**node, "c": inside if node["t"] in tree.STYLED else [node["c"][0], inside, *node["c"][2:]]})
            continue
        for (kind, was), stretch in groupby(here, lambda one: one.fate):
            made += _stretch(kind, was, [one.leaf.node for one in stretch], hand)
    return made


def _stretch(kind: str, was: str, nodes: Sequence[Node], hand: Hand) -> list[Node]:
    if kind == SAME:
        return _joined(nodes)
    if kind == RESTYLED:
        return [hand.span(kind, _joined(nodes), was=was)]
    if kind == DELETED:
        return [hand.span(kind, _joined([_gone(node, hand) for node in nodes]))]
    made: list[Node] = []
    for linked, group in groupby(nodes, lambda node: node["t"] == "Link"):
        if not linked:
            made.append(hand.span(kind, _joined([_come(node, hand) for node in group])))
            continue
        for link in group:  # a reference: the change goes inside it
            attributes, inlines, target = link["c"]
            made.append({"t": "Link", "c": [attributes, [hand.span(kind, inlines)], target]})
    return made


def _joined(nodes: Iterable[Node]) -> list[Node]:
    made: list[Node] = []
    for node in nodes:
        if node["t"] == "Str" and made and made[-1]["t"] == "Str":
            made[-1] = {"t": "Str", "c": made[-1]["c"] + node["c"]}
        else:
            made.append(node)
    return made


def _gone(node: Node, hand: Hand) -> Node:
    """Something whole that is deleted: its names and links stay with what is there."""
    match node["t"]:
        case "Note":
            return {"t": "Note", "c": _in_note(node["c"], DELETED, hand)}
        case "Link" | "Span":
            return {"t": "Str", "c": tree.text(node["c"][1])}
        case "Image" | "Code":
            return {"t": node["t"], "c": [["", *node["c"][0][1:]], *node["c"][1:]]}
        case _:
            return node


def _come(node: Node, hand: Hand) -> Node:
    return {"t": "Note", "c": _in_note(node["c"], INSERTED, hand)} if node["t"] == "Note" else node


def _in_note(blocks: Sequence[Node], kind: str, hand: Hand) -> list[Node]:
    """The blocks of a note that comes or goes with its call: its words too, for who reads them there."""

    def change(node: Node) -> Node | None:
        return {"t": node["t"], "c": whole(node["c"], kind, hand)} if node["t"] in ("Para", "Plain") else None

    changed: list[Node] = tree.rewrite(list(blocks), change)
    return changed
