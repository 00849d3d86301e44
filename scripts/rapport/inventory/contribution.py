"""A finished contribution counted: its text as it lies on disk, read as the report reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from rapport import tree
from rapport.inventory.states import Inventory
from rapport.markdown import parse
from rapport.markdown.body_text import BodyText
from rapport.model import LocatedValue, Node
from rapport.storage import strict_yaml
from rapport.storage.cache import Cache

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def read(text: str, cache: Cache) -> Inventory:
    """The inventory of a contribution's text; what its header says is in `outside_texts`."""
    header = parse.HEADER.match(text)
    under = BodyText("intake.md", text[header.end() if header else 0 :], 1, "x-")
    body = next(iter(parse.read_bodies([under], cache)))
    blocks = [passage.node for passage in body.passages]
    values, _ = strict_yaml.read(header["yaml"] if header else "", "")
    reader = _Reader(Inventory(tree.text(blocks, tree.RECEIVED)))
    reader.blocks(blocks)
    reader.inventory.outside_texts += _scalars(tuple(values.values()))
    return reader.inventory


def _scalars(value: object) -> Iterator[str]:
    """The strings of a header's values."""
    if isinstance(value, LocatedValue):
        yield from _scalars(value.value)
    elif isinstance(value, dict):
        yield from _scalars(tuple(value.values()))
    elif isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _scalars(one)


class _Reader(Struct):
    """One walk through pandoc's blocks, which adds to `inventory` what it meets."""

    inventory: Inventory
    points: list[list[str]] = field(default_factory=list)  # of the lists around
    words_before: str = ""

    def blocks(self, blocks: Sequence[Node]) -> None:
        for node in blocks:
            kind = tree.kind(node)
            if kind in tree.LISTS:
                self._list(node)
            elif kind in tree.PARAGRAPHS or kind in ("Header", "LineBlock"):
                self._paragraph(node)
            elif kind == "Table":
                self._table(node)
            else:
                self.blocks(tree.blocks(node))
                self._inline(tree.caption(node))

    def _list(self, node: Node) -> None:
        self.points.append([])
        first = tree.numbering(node)[0] if tree.kind(node) == "OrderedList" else 0
        for at, item in enumerate(tree.items(node)):
            self.inventory.marks += [str(first + at), LETTERS[(first + at - 1) % 26]] if first else []
            self.blocks(item)
        points = self.points.pop()
        if self.points:
            self.points[-1] += points
        else:
            self.inventory.lists.append(tuple(points))

    def _paragraph(self, node: Node) -> None:
        text = tree.text(node)
        if tree.kind(node) == "Header":
            self.inventory.headings.append(text)
        elif self.points:
            self.points[-1].append(text)
        self._inline(node)
        self.words_before = text or self.words_before

    def _inline(self, value: Node | Sequence[Node]) -> None:
        for node in tree.find(value, "Image", "Note"):
            if tree.kind(node) == "Image":
                self.inventory.pictures.append(self.words_before[-80:])
            else:
                self.inventory.notes.append(tree.text(tree.blocks(node), tree.RECEIVED))

    def _table(self, node: Node) -> None:
        cells = [cell.blocks for cell in tree.table_of(node).cells()]
        self.inventory.tables.append(tuple(tree.text(blocks, tree.RECEIVED) for blocks in cells))
        self._inline(tree.caption(node))
        around, self.points = self.points, []
        for blocks in cells:
            self.blocks(blocks)
        self.points = around
