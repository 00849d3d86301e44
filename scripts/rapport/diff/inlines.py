"""Runs of inlines of two states made one: what was deleted, inserted, or changed in its looks stands in spans.

The spans go inside links and emphasis, down to the words: Word admits no link inside a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import orjson
from msgspec import Struct, field
from msgspec.structs import replace

from rapport import tree
from rapport.diff.alignment import Stretch, edit_script, similarity
from rapport.diff.equivalence import signature
from rapport.diff.leaves import InlineLeaf, leaves, without_link
from rapport.diff.thresholds import REDLINE_BRIDGE, REPLACED
from rapport.model import Node

SAME, DELETED, INSERTED, RESTYLED = "same", "deletion", "insertion", "restyled"
BREAK = "\0"  # the key of the end of a paragraph
LeafKey = tuple[str, str]
"""What is compared of a leaf (`InlineLeaf.same`): what it stands in, and its key."""


class ChangeMarker(Struct, frozen=True):
    """Makes the marks of changes: their author, their date in the form that Word wants, the name of what was moved.

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
        classes = [kind, "counted"] if self.counting else [kind]
        return tree.span(inlines, classes, **self.pairs, **more)

    def mark(self, kind: str, of: str = "paragraph", *more: str) -> Node:
        """What stands first in a paragraph (or in a row) that was deleted or inserted whole, or whose end was."""
        return tree.span([], [f"{of}-{kind}", *more], **self.pairs)

    @property
    def an_hour_on(self) -> ChangeMarker:
        """The same an hour later: LibreOffice takes for one what was inserted side by side in few minutes."""
        return replace(self, date=self.date.replace("T00:", "T01:"))

    @property
    def pairs(self) -> dict[str, str]:
        """What each change says of itself: its author, its date, the name of its move."""
        author = self.counter if self.counting else self.author
        return {"author": author, "date": self.date, **({"move": self.move} if self.move else {})}


class InlineChange(Struct, frozen=True):
    """A leaf and what became of it; `old_styles` are the styles that it had."""

    kind: str
    leaf: InlineLeaf
    old_styles: str = ""

    @property
    def fate(self) -> tuple[str, str]:
        return self.kind, self.old_styles


END = InlineLeaf(tree.line_break(), (), BREAK)


def merge_inlines(old: Sequence[Node], new: Sequence[Node], marker: ChangeMarker) -> list[Node]:
    """The inlines of both texts."""
    return merge_paragraphs([old], [new], marker)[0][1]


def merge_paragraphs(
    old: Sequence[Sequence[Node]], new: Sequence[Sequence[Node]], marker: ChangeMarker
) -> list[tuple[str, list[Node]]]:
    """The paragraphs of both texts, where one was divided or several were joined; what became of the end of each."""
    stretches: list[tuple[str, list[InlineChange]]] = []
    here: list[InlineChange] = []
    for told in _changes(_ended(old), _ended(new), marker):
        if told.leaf.key == BREAK:
            stretches.append((told.kind, here))
            here = []
        else:
            here.append(told)
    return [(kind, _rebuilt(told, marker)) for kind, told in (*stretches, (SAME, here))]


def mark_all(inlines: Sequence[Node], kind: str, marker: ChangeMarker) -> list[Node]:
    """Inlines all deleted or all inserted."""
    if kind == INSERTED:
        return _rebuilt([InlineChange(SAME if leaf.is_anchor else kind, leaf) for leaf in leaves(inlines)], marker)
    return _rebuilt([InlineChange(kind, without_link(leaf)) for leaf in leaves(inlines) if not leaf.is_anchor], marker)


def _ended(paragraphs: Sequence[Sequence[Node]]) -> list[InlineLeaf]:
    made: list[InlineLeaf] = []
    for index, inlines in enumerate(paragraphs):
        made += [END] if index else []
        made += leaves(inlines)
    return made


# ---------------------------------------------------------------- what became of them


def _changes(old: Sequence[InlineLeaf], new: Sequence[InlineLeaf], marker: ChangeMarker) -> Iterator[InlineChange]:
    """Every leaf of both texts once, and what became of it; places stay before the leaf that they stood before."""
    here = [leaf for leaf in old if not leaf.is_anchor]
    there: list[InlineLeaf] = []
    anchors: dict[int, list[InlineLeaf]] = {}
    for leaf in new:
        if leaf.is_anchor:
            anchors.setdefault(len(there), []).append(leaf)
        else:
            there.append(leaf)
    here, there = _with_notes(here, there, marker)
    for same, i1, i2, j1, j2 in _readable_script(
        [leaf.comparison_key for leaf in here], [leaf.comparison_key for leaf in there]
    ):
        if not same:
            yield from (InlineChange(DELETED, without_link(leaf)) for leaf in here[i1:i2])
        for j in range(j1, j2):
            yield from (InlineChange(SAME, anchor) for anchor in anchors.get(j, ()))
            yield _stayed(here[i1 + j - j1], there[j]) if same else InlineChange(INSERTED, there[j])
    yield from (InlineChange(SAME, anchor) for anchor in anchors.get(len(there), ()))


def _stayed(was: InlineLeaf, now: InlineLeaf) -> InlineChange:
    restyled = was.styles != now.styles and tree.kind(now.node) == "Str"
    return InlineChange(RESTYLED, now, was.styles) if restyled else InlineChange(SAME, now)


def _with_notes(
    old: list[InlineLeaf], new: list[InlineLeaf], marker: ChangeMarker
) -> tuple[list[InlineLeaf], list[InlineLeaf]]:
    """Notes that only changed under one key, as one note in which the changes are: their calls stay."""
    notes = [index for index, leaf in enumerate(old) if tree.kind(leaf.node) == "Note"]
    for j, leaf in enumerate(new):
        if tree.kind(leaf.node) != "Note":
            continue
        found = next((i for i in notes if _one_note(old[i].node, leaf.node)), None)
        if found is None:
            continue
        notes = [i for i in notes if i > found]
        if old[found].key != leaf.key:
            pairs = zip(tree.blocks(old[found].node), tree.blocks(leaf.node), strict=True)
            merged = [
                tree.with_inlines(now, merge_inlines(tree.inlines(was), tree.inlines(now), marker))
                for was, now in pairs
            ]
            new[j] = replace(leaf, node=tree.note(merged))
            old[found] = replace(old[found], key=leaf.key)
    return old, new


def _one_note(was: Node, now: Node) -> bool:
    """Whether a note is another one changed: as many paragraphs, and nothing else, with words enough in common."""
    old, new = tree.blocks(was), tree.blocks(now)
    if len(old) != len(new) or any(tree.kind(block) not in ("Para", "Plain") for block in (*old, *new)):
        return False
    return signature(was) == signature(now) or word_similarity(tree.text(old), tree.text(new)) >= REPLACED


def word_similarity(old: str, new: str) -> float:
    """How many of the words of two texts are common, in order: from 0 to 1."""
    return similarity(old.split(), new.split())


def _readable_script(old: Sequence[LeafKey], new: Sequence[LeafKey]) -> list[Stretch]:
    """Stretches that are the same or not; with hardly a word between them, two changes are one."""
    script = edit_script(old, new)
    common = sum(_words(old[s.start : s.end]) for s in script if s.is_same)
    every = _words(old) + _words(new)
    if every and 2 * common < REPLACED * every and not any(_things(old[s.start : s.end]) for s in script if s.is_same):
        return [Stretch(False, 0, len(old), 0, len(new))]
    while (at := _bridge(script, old, new)) > 0:
        first, last = script[at - 1], script[at + 1]
        script[at - 1 : at + 2] = [Stretch(False, first.start, last.end, first.other_start, last.other_end)]
    return script


def _bridge(script: Sequence[Stretch], old: Sequence[LeafKey], new: Sequence[LeafKey]) -> int:
    """The first stretch that stayed between two changes with more words than it has, or 0."""

    def changed(stretch: Stretch) -> int:
        here, there = old[stretch.start : stretch.end], new[stretch.other_start : stretch.other_end]
        return max(_words(here), _words(there))

    for at in range(1, len(script) - 1):
        here = old[script[at].start : script[at].end]
        beside = min(changed(script[at - 1]), changed(script[at + 1]), REDLINE_BRIDGE)
        if script[at].is_same and not _things(here) and _words(here) <= beside:
            return at
    return 0


def _words(keys: Sequence[LeafKey]) -> int:
    return sum(key[:1].isalnum() for _, key in keys)


def _things(keys: Sequence[LeafKey]) -> bool:
    return any(key.startswith("\1") for _, key in keys)


# ---------------------------------------------------------------- put together again


def _rebuilt(told: Sequence[InlineChange], marker: ChangeMarker, depth: int = 0) -> list[Node]:
    """Leaves put back into their shells, words joined, each stretch under what became of it."""
    made: list[Node] = []
    for shell, group in groupby(told, lambda one: one.leaf.shells[depth] if len(one.leaf.shells) > depth else b""):
        here = list(group)
        if shell:
            made.append(tree.with_inlines(orjson.loads(shell), _rebuilt(here, marker, depth + 1)))
            continue
        for (kind, was), stretch in groupby(here, lambda one: one.fate):
            made += _stretch(kind, was, [one.leaf.node for one in stretch], marker)
    return made


def _stretch(kind: str, was: str, nodes: Sequence[Node], marker: ChangeMarker) -> list[Node]:
    if kind == SAME:
        return _joined(nodes)
    if kind == RESTYLED:
        return [marker.span(kind, _joined(nodes), was=was)]
    if kind == DELETED:
        return [marker.span(kind, _joined([_deleted(node, marker) for node in nodes]))]
    made: list[Node] = []
    for linked, group in groupby(nodes, lambda node: tree.kind(node) == "Link"):
        if not linked:
            made.append(marker.span(kind, _joined([_inserted(node, marker) for node in group])))
            continue
        for link in group:  # a reference: the change goes inside it
            made.append(tree.with_inlines(link, [marker.span(kind, tree.inlines(link))]))
    return made


def _joined(nodes: Iterable[Node]) -> list[Node]:
    made: list[Node] = []
    for node in nodes:
        if tree.kind(node) == "Str" and made and tree.kind(made[-1]) == "Str":
            made[-1] = tree.word(tree.letters(made[-1]) + tree.letters(node))
        else:
            made.append(node)
    return made


def _deleted(node: Node, marker: ChangeMarker) -> Node:
    """Something whole that is deleted: its names and links stay with what is there."""
    match tree.kind(node):
        case "Note":
            return tree.note(_in_note(tree.blocks(node), DELETED, marker))
        case "Link" | "Span":
            return tree.word(tree.text(tree.inlines(node)))
        case "Image" | "Code":
            return tree.with_identifier(node, "")
        case _:
            return node


def _inserted(node: Node, marker: ChangeMarker) -> Node:
    return tree.note(_in_note(tree.blocks(node), INSERTED, marker)) if tree.kind(node) == "Note" else node


def _in_note(blocks: Sequence[Node], kind: str, marker: ChangeMarker) -> list[Node]:
    """The blocks of a note that comes or goes with its call: its words too, for who reads them there."""

    def change(node: Node) -> Node | None:
        if tree.kind(node) not in ("Para", "Plain"):
            return None
        return tree.with_inlines(node, mark_all(tree.inlines(node), kind, marker))

    changed: list[Node] = tree.rewrite(list(blocks), change)
    return changed
