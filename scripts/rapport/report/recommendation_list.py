"""The recommendations of the whole report, numbered R1, R2, … as they are read, and grouped by addressee.

What is asked in the same words of the same addressees is one entry, carried by all who ask it. Pure, and before any
paragraph has a number: the body prints the same R-numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from rapport.markdown.recommendation_head import addressee_key
from rapport.model import Block, Outline, RecommendationHead


class ListedRecommendation(Struct, frozen=True):
    """One recommendation: its number, every block that asks it, and its addressees as the list names them."""

    number: int
    blocks: tuple[Block, ...]
    addressees: tuple[str, ...]

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
    def other_addressees(self) -> tuple[str, ...]:
        """The addressees it has beside the one it stands under."""
        return self.addressees[1:]

    @property
    def associations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(block.association for block in self.blocks))


class AddresseeGroup(Struct, frozen=True):
    """Everything that is asked of one addressee first ("" when nobody is named)."""

    addressee: str
    entries: tuple[ListedRecommendation, ...]


def listed_addressees(outline: Outline, language: str) -> Mapping[str, str]:
    """The addressees of the outline, in its order: what makes each comparable → its name in a language."""
    return {addressee_key(a.name): a.name_en if language == "en" and a.name_en else a.name for a in outline.addressees}


def consolidate(blocks: Iterable[Block], listed: Mapping[str, str]) -> tuple[AddresseeGroup, ...]:
    """The groups in the order of `listed`, then of those the report first speaks to; those without addressee last."""
    demands: dict[tuple[str, frozenset[str], str], list[Block]] = {}
    for block in blocks:
        if head := block.recommendation:
            first = head.addressee_keys[0] if head.addressee_keys else ""
            demands.setdefault((first, frozenset(head.addressee_keys), head.demand_key), []).append(block)
    names = _typed(block for same in demands.values() for block in same) | dict(listed)
    groups: dict[str, list[ListedRecommendation]] = {key: [] for key in listed}
    for number, same in enumerate(demands.values(), 1):
        to = _head(same[0]).addressee_keys or ("",)
        entry = ListedRecommendation(number, tuple(same), tuple(names[key] for key in to))
        groups.setdefault(to[0], []).append(entry)
    order = sorted(groups, key=lambda key: not key)
    return tuple(AddresseeGroup(names[key], tuple(groups[key])) for key in order if groups[key])


def labels(groups: Iterable[AddresseeGroup]) -> Mapping[str, str]:
    """The R-number of every block that recommends something, by the block's id."""
    return {block.id: entry.label for group in groups for entry in group.entries for block in entry.blocks}


def _typed(blocks: Iterable[Block]) -> dict[str, str]:
    """What most texts call each addressee, by what makes it comparable."""
    called: dict[str, Counter[str]] = {"": Counter([""])}
    for head in map(_head, blocks):
        for key, name in zip(head.addressee_keys, head.addressees, strict=True):
            called.setdefault(key, Counter())[name] += 1
    return {key: names.most_common(1)[0][0] for key, names in called.items()}


def _head(block: Block) -> RecommendationHead:
    assert block.recommendation is not None
    return block.recommendation
