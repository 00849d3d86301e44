"""Two documents as one, or pages of passages alone, with what changed in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile

from msgspec import Struct
from msgspec.structs import replace

from rapport import tree
from rapport.diff.alignment import edit_script
from rapport.diff.block_matching import BlockPair, match_blocks, only_paragraph
from rapport.diff.blocks import merge_blocks, merge_pair
from rapport.diff.equivalence import signature
from rapport.diff.inlines import ChangeMarker
from rapport.diff.thresholds import MOVED_WORDS
from rapport.model import Document, Meta, Node
from rapport.tree import KEPT_PAIRS

THEME = 2  # the last level of the titles that open a part or a theme
BLANK = ("Str", "Space", "SoftBreak")


class ComparedPart(Struct, frozen=True):
    """Some blocks as they were and as they are, under a title of this level."""

    title: str
    old: Sequence[Node]
    new: Sequence[Node]
    level: int = 2


def compare_documents(old: Document, new: Document, marker: ChangeMarker, header: str) -> Document:
    """The new document with what it was in the old one; `header` runs at the head of its pages."""
    before, after = ([node for page in tree.document_pages(document) for node in page] for document in (old, new))
    home = {id(node): at for at, page in enumerate(tree.document_pages(new)) for node in page}
    matches = list(_aligned(before, after))
    moves = _moves(matches)
    pages: list[list[Node]] = [[] for _ in tree.document_pages(new)]
    here = 0
    for match in matches:
        here = home[id(match.new[0])] if match.new else here
        pages[here] += merge_pair(match, replace(marker, move=moves.get(id((*match.old, *match.new)[0]), "")))
    front, *chapters, back = (tuple(page) for page in pages)
    return Document(replace(new.meta, header=header), front, tuple(chapters), back)


def _aligned(old: Sequence[Node], new: Sequence[Node]) -> Iterator[BlockPair]:
    """The blocks of two reports, part by part and theme by theme: what is edited in its theme did not move."""
    here, there = list(_parts(old)), list(_parts(new))
    before, after = ([name for name, _ in parts] for parts in (here, there))
    for same, i1, i2, j1, j2 in edit_script(before, after):
        went, came = ([node for _, part in parts for node in part] for parts in (here[i1:i2], there[j1:j2]))
        if same:
            for (_, was), (_, now) in zip(here[i1:i2], there[j1:j2], strict=True):
                yield from match_blocks(was, now)
        elif set(before[i1:i2]) & set(after) or set(after[j1:j2]) & set(before):  # moved, and not another one renamed
            yield from match_blocks(went, ())
            yield from match_blocks((), came)
        else:
            yield from match_blocks(went, came)


def _parts(blocks: Sequence[Node]) -> Iterator[tuple[str, list[Node]]]:
    """Blocks from one title of a part or theme to the next, by its name."""
    name = ""
    here: list[Node] = []
    for block in blocks:
        if tree.kind(block) == "Header" and tree.level(block) <= THEME:
            yield name, here
            name, here = tree.identifier(block) or tree.text(tree.inlines(block)), []
        here.append(block)
    yield name, here


def passages_document(
    meta: Meta, parts: Iterable[ComparedPart], marker: ChangeMarker, before: Sequence[Node] = ()
) -> Document:
    """A document of some passages alone; what their links led to may not be in it. `before` opens it."""
    blocks: list[Node] = [*before]
    for count, part in enumerate(parts, 1):
        title = tree.header(part.level, tree.string(part.title), f"passage-{count}", ["unnumbered"])
        blocks += [title] if part.title else []
        blocks += merge_blocks(_alone(part.old), _alone(part.new), marker)
    return Document(meta, (), (tuple(blocks),), ())


def _moves(matches: Sequence[BlockPair]) -> dict[int, str]:
    """The paragraphs that went in one place and came in another, and the name of each move."""
    went: dict[str, list[Node]] = {}
    for match in matches:
        if not match.new and _movable(match.old[0]):
            went.setdefault(signature(match.old[0]), []).append(match.old[0])
    found: dict[int, str] = {}
    for match in matches:
        if not match.old and (left := went.get(signature(match.new[0]))):
            found[id(left.pop(0))] = found[id(match.new[0])] = f"move{len(found) // 2 + 1}"
    return found


def _movable(node: Node) -> bool:
    """Whether a block can move as Word moves things: one paragraph of plain words."""
    inlines = only_paragraph(node)
    if inlines is None or len(tree.text(inlines).split()) < MOVED_WORDS:
        return False
    return not any(tree.kind(inner) in ("Link", "Note", "Image") for inner in tree.walk(inlines))


def _alone(blocks: Sequence[Node]) -> list[Node]:
    """Blocks without what belongs to the report around them: numbers, labels, names, and links into it."""

    def change(node: Node) -> Node | None:
        if tree.kind(node) not in tree.ATTRIBUTES_AT:
            return None
        if tree.has_class(node, "label"):
            return tree.word("")
        if tree.kind(node) == "Link" and tree.target(node).startswith("#"):
            return tree.span(tree.rewrite(tree.inlines(node), change))
        pairs = {key: value for key, value in tree.pairs(node).items() if key in KEPT_PAIRS}
        bare = tree.attr("", [name for name in tree.classes(node) if name == "number"], pairs)
        inside = tree.rewrite_inside(node, change)
        return tree.with_attributes(inside, bare)

    return list(_flat(tree.rewrite(list(blocks), change)))


def _flat(blocks: Iterable[Node]) -> Iterator[Node]:
    """Blocks outside the divisions that said what they are, their words from the first on."""
    for block in blocks:
        if tree.kind(block) == "Div":
            yield from _flat(tree.blocks(block))
        elif tree.kind(block) in tree.PARAGRAPHS:
            words = list(dropwhile(_is_blank, tree.inlines(block)))
            if words and tree.kind(words[0]) == "Str":
                words[0] = tree.word(tree.letters(words[0]).lstrip(" "))
            yield tree.with_inlines(block, words)
        else:
            yield block


def _is_blank(node: Node) -> bool:
    return tree.kind(node) in BLANK and not tree.text(node).strip()
