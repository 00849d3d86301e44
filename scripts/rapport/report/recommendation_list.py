"""The recommendations of the whole report, grouped by those they are addressed to: R1, R2, …

What is asked in the same words of the same addressees is one entry, carried by all who ask it. Pure, and before any
paragraph has a number: the body prints the same R-numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapport.model import Block, Recommended


@dataclass(frozen=True, slots=True)
class ListedRecommendation:
    """One recommendation: its number in the list, and every block that asks it."""

    number: int
    blocks: tuple[Block, ...]

    @property
    def label(self) -> str:
        return f"R{self.number}"

    @property
    def key(self) -> bool:
        return any(_head(block).key for block in self.blocks)

    @property
    def articles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for block in self.blocks for one in _head(block).articles))

    @property
    def also(self) -> tuple[str, ...]:
        """The addressees it has beside the one it stands under."""
        return _head(self.blocks[0]).addressees[1:]

    @property
    def associations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(block.association for block in self.blocks))


@dataclass(frozen=True, slots=True)
class AddresseeGroup:
    """Everything that is asked of one addressee, called as most texts call it ("" when nobody is named)."""

    addressee: str
    entries: tuple[ListedRecommendation, ...]


def consolidated(blocks: Iterable[Block]) -> tuple[AddresseeGroup, ...]:
    """The groups in the order in which the report first speaks to each, those without addressee last."""
    asked: dict[str, dict[tuple[frozenset[str], str], list[Block]]] = {}
    called: dict[str, Counter[str]] = {}
    for block in blocks:
        if block.recommendation:
            head = block.recommendation
            to = head.to or ("",)
            called.setdefault(to[0], Counter())[head.addressees[0] if head.addressees else ""] += 1
            same = asked.setdefault(to[0], {})
            same.setdefault((frozenset(to), head.asks), []).append(block)
    groups, number = [], 0
    for key in sorted(asked, key=lambda key: not key):
        entries = tuple(ListedRecommendation(number + n, tuple(same)) for n, same in enumerate(asked[key].values(), 1))
        number += len(entries)
        groups.append(AddresseeGroup(called[key].most_common(1)[0][0], entries))
    return tuple(groups)


def labels(groups: Iterable[AddresseeGroup]) -> Mapping[str, str]:
    """The R-number of every block that recommends something, by the block's id."""
    return {block.id: entry.label for group in groups for entry in group.entries for block in entry.blocks}


def _head(block: Block) -> Recommended:
    assert block.recommendation is not None
    return block.recommendation
