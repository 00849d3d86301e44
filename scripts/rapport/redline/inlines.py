"""Two runs of inlines made one, in which what was deleted and what was inserted stand in pandoc's own spans.

The spans go inside links and emphasis, down to the words: Word admits no link inside a change, and a word that became
bold is a word taken out and a word put in, so that both ways back are exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

import orjson

from rapport import tree
from rapport.model import Node

SAME, DELETED, INSERTED = "same", "deletion", "insertion"
PIECE = re.compile(r"\w+|\s|[^\w\s]")
BRIDGE = 1  # words left alone between two changes that are one to a reader
TOO_FEW = 0.3  # of the words of two texts in common: below, the whole is replaced


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose the changes are, and their date in the form that Word wants; `move` is the name of what was moved.

    `names` is what tables and figures are called in their captions.
    """

    author: str
    date: str
    move: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def span(self, kind: str, inlines: Sequence[Node]) -> Node:
        """Inlines as deleted or inserted."""
        return {"t": "Span", "c": [["", [kind], self.pairs], list(inlines)]}

    def mark(self, kind: str, of: str = "paragraph") -> Node:
        """What stands first in a paragraph (or in a row) that was deleted or inserted whole."""
        return {"t": "Span", "c": [["", [f"{of}-{kind}"], self.pairs], []]}

    @property
    def pairs(self) -> list[list[str]]:
        return [["author", self.author], ["date", self.date], *([["move", self.move]] if self.move else [])]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A word, a sign, or something whole (a note, a picture, a reference), and the shells that it stands in."""

    node: Node
    within: tuple[bytes, ...]
    key: str

    @property
    def anchor(self) -> bool:
        """Whether this is a place that links lead to, and no words: it is not deleted, and needs not be inserted."""
        return self.key == ""


def merged(old: Sequence[Node], new: Sequence[Node], hand: Hand) -> list[Node]:
    """The inlines of both texts."""
    here, there = [leaf for leaf in leaves(old) if not leaf.anchor], list(leaves(new))
    said = [(leaf.within, leaf.key) for leaf in here]
    says = [(leaf.within, leaf.key) for leaf in there if not leaf.anchor]
    told = [(kind, leaf) for kind, leaf in _changes(said, says, here, [leaf for leaf in there if not leaf.anchor])]
    return _rebuilt(_with_anchors(told, there), hand)


def whole(inlines: Sequence[Node], kind: str, hand: Hand) -> list[Node]:
    """Inlines all deleted or all inserted."""
    if kind == INSERTED:
        return _rebuilt([(kind, leaf) for leaf in leaves(inlines)], hand)
    return _rebuilt([(kind, _unlinked(leaf)) for leaf in leaves(inlines) if not leaf.anchor], hand)


def said(value: Any) -> str:
    """What makes two values the same to a reader: words and their looks; not numbers that are counted, nor names."""
    parts: list[str] = []
    _said(value, parts)
    return "".join(parts)


def _said(value: Any, parts: list[str]) -> None:
    if isinstance(value, list):
        for item in value:
            if isinstance(item, list | dict):
                _said(item, parts)
        return
    kind, content = value.get("t"), value.get("c")
    match kind:
        case "Str":
            parts.append(content)
        case "Space" | "SoftBreak":
            parts.append(" ")
        case "Cite":
            _said(content[1], parts)
        case "Code" | "CodeBlock":
            parts.append(f"\1{kind}{content[1]}\2")
        case "Image":
            parts.append(f"\1{kind}{content[2][0]}{dict(content[0][2]).get('alt', '')}\2")
        case "Header":
            parts.append(f"\1{kind}{content[0]}")
            _said(content[2], parts)
            parts.append("\2")
        case "OrderedList":
            parts.append(f"\1{kind}{content[0][0]}")
            _items(content[1], parts)
        case "BulletList":
            parts.append(f"\1{kind}")
            _items(content, parts)
        case "Span" | "Div" | "Link":
            _, classes, pairs = content[0]
            spoken = dict(pairs).get("lang", "")
            target = content[2][0] if kind == "Link" and not content[2][0].startswith("#") else ""
            marked = bool(classes or spoken or target or kind != "Span")
            parts.append(f"\1{kind}{' '.join(classes)}{spoken}{target}" if marked else "")
            _said(content[1], parts)
            parts.append("\2" if marked else "")
        case _:
            parts.append(f"\1{kind}")
            if isinstance(content, list):
                _said(content, parts)
            parts.append("\2")


def _items(items: Iterable[Any], parts: list[str]) -> None:
    for item in items:
        parts.append("\3")
        _said(item, parts)
    parts.append("\2")


def leaves(nodes: Iterable[Node], within: tuple[bytes, ...] = ()) -> Iterator[Leaf]:
    """The words and the things of a run, in order, each with what it stands in."""
    for node in nodes:
        kind, content = node["t"], node.get("c")
        match kind:
            case "Str":
                for piece in PIECE.findall(content):
                    yield Leaf({"t": "Str", "c": piece}, within, piece)
            case "Space" | "SoftBreak":
                yield Leaf({"t": "Str", "c": " "}, within, " ")
            case "Cite" | "Quoted":
                yield from leaves(content[1], within)
            case "Span" | "Link" if "label" not in content[0][1] and "reference" not in content[0][1]:
                if content[0][0]:
                    yield Leaf({"t": "Span", "c": [[content[0][0], [], []], []]}, within, "")
                plain = kind == "Span" and not content[0][1] and not content[0][2]
                yield from leaves(content[1], within if plain else (*within, _shell(node)))
            case _ if kind in tree.STYLED:
                yield from leaves(content, (*within, _shell(node)))
            case _:
                yield Leaf(node, within, f"\1{said(node)}")


def _shell(node: Node) -> bytes:
    """What holds inlines, without them and without its name."""
    if node["t"] in tree.STYLED:
        return orjson.dumps({"t": node["t"], "c": []})
    attributes, _, *rest = node["c"]
    return orjson.dumps({"t": node["t"], "c": [["", *attributes[1:]], [], *rest]})


def _changes(
    said: Sequence[Any], says: Sequence[Any], here: Sequence[Leaf], there: Sequence[Leaf]
) -> Iterator[tuple[str, Leaf]]:
    """Every leaf of both texts once, and what became of it."""
    for same, i1, i2, j1, j2 in _stretches(said, says):
        if same:
            yield from ((SAME, leaf) for leaf in there[j1:j2])
        else:
            yield from ((DELETED, _unlinked(leaf)) for leaf in here[i1:i2])
            yield from ((INSERTED, leaf) for leaf in there[j1:j2])


def _stretches(said: Sequence[Any], says: Sequence[Any]) -> list[tuple[bool, int, int, int, int]]:
    """Stretches that are the same or not; with hardly a word between them, two changes are one."""
    matcher = SequenceMatcher(None, said, says, autojunk=False)
    if said != says and matcher.ratio() < TOO_FEW:
        return [(False, 0, len(said), 0, len(says))]
    codes = [[kind == "equal", *places] for kind, *places in matcher.get_opcodes()]
    kept: list[list[Any]] = []
    for at, code in enumerate(codes):
        words = sum(key[:1].isalnum() for _, key in said[code[1] : code[2]])
        things = any(key.startswith("\1") for _, key in said[code[1] : code[2]])
        between = 0 < at < len(codes) - 1
        bridged = code[0] and between and words <= BRIDGE and not things
        if kept and not kept[-1][0] and (bridged or not code[0]):
            kept[-1][2], kept[-1][4] = code[2], code[4]
        else:
            kept.append(code)
    return [tuple(code) for code in kept]  # type: ignore[misc]


def _with_anchors(told: list[tuple[str, Leaf]], there: Sequence[Leaf]) -> list[tuple[str, Leaf]]:
    """The places that links lead to put back before the leaf that they stood before."""
    waiting: dict[int, list[Leaf]] = {}
    anchors: list[Leaf] = []
    for leaf in there:
        if leaf.anchor:
            anchors.append(leaf)
        else:
            waiting[id(leaf)], anchors = anchors, []
    made: list[tuple[str, Leaf]] = []
    for kind, leaf in told:
        made += [(SAME, anchor) for anchor in waiting.get(id(leaf), ())]
        made.append((kind, leaf))
    return [*made, *((SAME, anchor) for anchor in anchors)]


def _rebuilt(told: Sequence[tuple[str, Leaf]], hand: Hand, depth: int = 0) -> list[Node]:
    """Leaves put back into their shells, words joined, each stretch under what became of it."""
    made: list[Node] = []
    for shell, group in groupby(told, lambda one: one[1].within[depth] if len(one[1].within) > depth else b""):
        here = list(group)
        if shell:
            node = orjson.loads(shell)
            inside = _rebuilt(here, hand, depth + 1)
            made.append({**node, "c": inside if node["t"] in tree.STYLED else [node["c"][0], inside, *node["c"][2:]]})
            continue
        for kind, stretch in groupby(here, lambda one: one[0]):
            made += _stretch(kind, [leaf.node for _, leaf in stretch], hand)
    return made


def _unlinked(leaf: Leaf) -> Leaf:
    """A leaf that went, outside the links into the report: where they led may be gone too."""
    inner = [
        shell for shell in leaf.within if (node := orjson.loads(shell))["t"] == "Link" and node["c"][2][0][:1] == "#"
    ]
    return replace(leaf, within=tuple(shell for shell in leaf.within if shell not in inner)) if inner else leaf


def _stretch(kind: str, nodes: Sequence[Node], hand: Hand) -> list[Node]:
    if kind == SAME:
        return _joined(nodes)
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
