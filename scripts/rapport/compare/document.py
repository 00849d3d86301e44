"""Two documents as one, or pages of passages alone, with what changed in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import dropwhile

from rapport import tree
from rapport.diff.block_matching import BlockPair, lone, matched
from rapport.diff.blocks import made_one, over
from rapport.diff.equivalence import said
from rapport.diff.inlines import Hand
from rapport.model import Document, Meta, Node
from rapport.tree import KEPT_PAIRS

THEME = 2  # the last level of the titles that open a part or a theme
BLANK = ("Str", "Space", "SoftBreak")
MOVED = 5  # words below which the same paragraph elsewhere is another one that says the same


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """Some blocks as they were and as they are, under a title of this level."""

    title: str
    old: Sequence[Node]
    new: Sequence[Node]
    level: int = 2


def compared(old: Document, new: Document, hand: Hand, header: str) -> Document:
    """The new document with what it was in the old one; `header` runs at the head of its pages."""
    before, after = ([node for page in pages_of(document) for node in page] for document in (old, new))
    home = {id(node): at for at, page in enumerate(pages_of(new)) for node in page}
    matches = list(_aligned(before, after))
    moves = _moves(matches)
    pages: list[list[Node]] = [[] for _ in pages_of(new)]
    here = 0
    for match in matches:
        here = home[id(match.new[0])] if match.new else here
        pages[here] += made_one(match, replace(hand, move=moves.get(id((*match.old, *match.new)[0]), "")))
    front, *chapters, back = (tuple(page) for page in pages)
    return Document(replace(new.meta, header=header), front, tuple(chapters), back)


def _aligned(old: Sequence[Node], new: Sequence[Node]) -> Iterator[BlockPair]:
    """The blocks of two reports, part by part and theme by theme: what is edited in its theme did not move."""
    here, there = list(_parts(old)), list(_parts(new))
    before, after = ([name for name, _ in parts] for parts in (here, there))
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = ([node for _, part in parts for node in part] for parts in (here[i1:i2], there[j1:j2]))
        if kind == "equal":
            for (_, was), (_, now) in zip(here[i1:i2], there[j1:j2], strict=True):
                yield from matched(was, now)
        elif set(before[i1:i2]) & set(after) or set(after[j1:j2]) & set(before):  # moved, and not another one renamed
            yield from matched(gone, ())
            yield from matched((), come)
        else:
            yield from matched(gone, come)


def _parts(blocks: Sequence[Node]) -> Iterator[tuple[str, list[Node]]]:
    """Blocks from one title of a part or theme to the next, by its name."""
    name = ""
    here: list[Node] = []
    for block in blocks:
        if block["t"] == "Header" and block["c"][0] <= THEME:
            yield name, here
            name, here = block["c"][1][0] or tree.text(block["c"][2]), []
        here.append(block)
    yield name, here


def passages(meta: Meta, parts: Iterable[ComparedPart], hand: Hand, before: Sequence[Node] = ()) -> Document:
    """A document of some passages alone; what their links led to may not be in it. `before` opens it."""
    blocks: list[Node] = [*before]
    for count, part in enumerate(parts, 1):
        title = tree.header(part.level, tree.string(part.title), f"passage-{count}", ["unnumbered"])
        blocks += [title] if part.title else []
        blocks += over(_alone(part.old), _alone(part.new), hand)
    return Document(meta, (), (tuple(blocks),), ())


def pages_of(document: Document) -> tuple[Sequence[Node], ...]:
    return (document.front, *document.chapters, document.back)


def _moves(matches: Sequence[BlockPair]) -> dict[int, str]:
    """The paragraphs that went in one place and came in another, and the name of each move."""
    went: dict[str, list[Node]] = {}
    for match in matches:
        if not match.new and _movable(match.old[0]):
            went.setdefault(said(match.old[0]), []).append(match.old[0])
    found: dict[int, str] = {}
    for match in matches:
        if not match.old and (left := went.get(said(match.new[0]))):
            found[id(left.pop(0))] = found[id(match.new[0])] = f"move{len(found) // 2 + 1}"
    return found


def _movable(node: Node) -> bool:
    """Whether a block can move as Word moves things: one paragraph of plain words."""
    inlines = lone(node)
    if inlines is None or len(tree.text(inlines).split()) < MOVED:
        return False
    return not any(inner["t"] in ("Link", "Note", "Image") for inner in tree.walk(inlines))


def _alone(blocks: Sequence[Node]) -> list[Node]:
    """Blocks without what belongs to the report around them: numbers, labels, names, and links into it."""

    def change(node: Node) -> Node | None:
        at = tree.ATTRIBUTES_AT.get(node["t"])
        if at is None:
            return None
        _, classes, pairs = node["c"][at]
        if "label" in classes:
            return {"t": "Str", "c": ""}
        if node["t"] == "Link" and node["c"][2][0].startswith("#"):
            return {"t": "Span", "c": [["", [], []], tree.rewrite(node["c"][1], change)]}
        content = [tree.rewrite(part, change) for part in node["c"]]
        content[at] = ["", [name for name in classes if name == "number"], [p for p in pairs if p[0] in KEPT_PAIRS]]
        return {"t": node["t"], "c": content}

    return list(_flat(tree.rewrite(list(blocks), change)))


def _flat(blocks: Iterable[Node]) -> Iterator[Node]:
    """Blocks outside the divisions that said what they are, their words from the first on."""
    for block in blocks:
        if block["t"] == "Div":
            yield from _flat(block["c"][1])
        elif block["t"] in ("Para", "Plain"):
            words = list(dropwhile(lambda node: node["t"] in BLANK and not tree.text(node).strip(), block["c"]))
            if words and words[0]["t"] == "Str":
                words[0] = {"t": "Str", "c": words[0]["c"].lstrip(" ")}
            yield {"t": block["t"], "c": words}
        else:
            yield block
