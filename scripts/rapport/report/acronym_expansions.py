"""layout: a known acronym that no text explains gets its name where the body first uses it, in a Span `.expansion`.

The association's own words stay untouched: the Span holds all that is added, the space before it included. Nothing is
added to a quotation, a heading, a table, inside brackets, or before an article's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapport import tree
from rapport.language import acronyms
from rapport.model import Acronym, Node
from rapport.report.body_blocks import RunningText


def names(known: Iterable[Acronym], language: str) -> dict[str, str]:
    """The acronyms that may be expanded, with their names in the language of the report."""
    return {a.short: (a.name_en if language == "en" else "") or a.name for a in known if a.expand}


def expand_acronyms(blocks: Iterable[RunningText], known: Mapping[str, str]) -> dict[str, Node]:
    """The blocks that get an expansion, by their id: each acronym once, in the order of the body."""
    waiting, changed = dict(known), dict[str, Node]()
    for block in blocks:
        here = [acronym for acronym, _ in acronyms.find_acronyms(block.text) if acronym in waiting]
        if not here:
            continue
        for acronym, _ in acronyms.explained_acronyms(block.text, waiting):
            waiting.pop(acronym, None)
        expanding = _Expanding({acronym: waiting[acronym] for acronym in here if acronym in waiting})
        node = expanding.division(block.node)
        if expanding.done and block.id:
            changed[block.id] = node
            for acronym in expanding.done:
                del waiting[acronym]
    return changed


class _Expanding:
    """Expands what is wanted in one block, each acronym at the first place where it may be."""

    def __init__(self, wanted: Mapping[str, str]) -> None:
        self.wanted = dict(wanted)
        self.done: set[str] = set()
        self.brackets = 0
        self.quotes = 0

    def division(self, node: Node) -> Node:
        return tree.with_blocks(node, self.blocks(tree.blocks(node))) if self.wanted else node

    def block(self, node: Node) -> Node:
        """Paragraphs and lists of them; any other block is left as it is."""
        if tree.kind(node) in tree.PARAGRAPHS:
            return tree.with_inlines(node, self.inlines(tree.inlines(node)))
        return tree.change_inside(node, self.blocks) if tree.kind(node) in tree.LISTS else node

    def blocks(self, nodes: Sequence[Node]) -> list[Node]:
        return [self.block(node) for node in nodes]

    def inlines(self, nodes: Sequence[Node]) -> list[Node]:
        changed: list[Node] = []
        for index, node in enumerate(nodes):
            kind = tree.kind(node)
            if kind == "Str":
                changed.extend(self.word(tree.letters(node), _follows(nodes, index)))
            elif kind in ("Emph", "Strong"):
                changed.append(tree.with_inlines(node, self.inlines(tree.inlines(node))))
            else:
                changed.append(node)
        return changed

    def word(self, word: str, following: str) -> Iterator[Node]:
        at = 0
        for acronym, start in acronyms.find_acronyms(word):
            name, end = self.wanted.get(acronym, ""), start + len(acronym)
            self.count(word[at:start])
            free = not self.brackets and not self.quotes and not re.match(r"\s*[\d(]", word[end:] + following)
            if name and free:
                self.done.add(acronym)
                del self.wanted[acronym]
                yield tree.word(word[at:end])
                yield tree.span([tree.space(), *tree.string(f"({name})")], ["expansion"])
                at = end
        self.count(word[at:])
        if word[at:]:
            yield tree.word(word[at:])

    def count(self, text: str) -> None:
        self.brackets = max(self.brackets + text.count("(") - text.count(")"), 0)
        self.quotes = max(self.quotes + text.count("«") - text.count("»"), 0)


def _follows(nodes: Sequence[Node], index: int) -> str:
    """How the words after a node begin."""
    near = (node for node in nodes[index + 1 : index + 3] if tree.kind(node) in ("Str", "Space", "SoftBreak"))
    return "".join(tree.letters(node) or " " for node in near)
