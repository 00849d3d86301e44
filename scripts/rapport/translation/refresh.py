"""What a translation's file should say today: the French as it is, every English where its French is, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from rapport.messages import phrase
from rapport.model import Contribution, Outline
from rapport.translation import file
from rapport.translation.file import CHECKED, CONFIDENTIAL, REMOVED, REVISE, TranslationEntry
from rapport.translation.pairing import Pair, PairState, pair
from rapport.translation.source_blocks import originals
from rapport.translation.translations import Translation

Mask = Callable[[str], str]


class Progress(Struct, frozen=True):
    """How far a translation has come: blocks that are done, to be revised, all; English that has lost its French."""

    done_blocks: int
    blocks_to_revise: int
    all_blocks: int
    orphan_blocks: int = 0

    def __add__(self, other: Progress) -> Progress:
        return Progress(
            self.done_blocks + other.done_blocks,
            self.blocks_to_revise + other.blocks_to_revise,
            self.all_blocks + other.all_blocks,
            self.orphan_blocks + other.orphan_blocks,
        )


def progress(contribution: Contribution, outline: Outline, translation: Translation | None) -> Progress:
    """How far the translation of a contribution has come, begun or not."""
    if translation is None:
        return Progress(0, 0, len(originals(contribution, outline)))
    states = [one.state for one in translation.pairing.pairs]
    left = len(translation.pairing.leftover_entries)
    return Progress(states.count(PairState.DONE), states.count(PairState.REVISE), len(states), left)


def refresh_file(
    contribution: Contribution, outline: Outline, before: Translation | None, language: str, mask: Mask
) -> str:
    """The text of the file; `language` is that of the advice in it, `mask` takes from its French what could identify
    somebody. What was typed is never changed or lost."""
    if before is None:
        pairing = pair(originals(contribution, outline), ())
        head = f"---\n{phrase('translation-head', language, path=contribution.path)}\n---"
    else:
        pairing, head = before.pairing, before.file.head
    parts = [
        (_title(section.title, section.title_en), [_entry(one, mask) for one in pairs])
        for section, pairs in groupby(pairing.pairs, key=lambda one: one.original.section)
    ]
    if left := [_left(entry, mask) for entry in pairing.leftover_entries]:
        parts.append((phrase("translation-removed", language), left))
    return file.write(head, parts)


def _title(french: str, english: str) -> str:
    """The landmark of a section, in both languages."""
    return f"{french} / {english}" if english and english != french else french


def _entry(one: Pair, mask: Mask) -> TranslationEntry:
    """A block with its French of today and its English of always."""
    original, entry = one.original, one.entry
    secret = frozenset({CONFIDENTIAL}) if original.confidential else frozenset[str]()
    fresh = TranslationEntry(original.ref, mask(original.quote), marks=secret)
    if entry is None:
        return fresh
    if one.is_changed:
        former = mask(entry.former or entry.quote)
        return replace(fresh, english=entry.english, former=former, marks=secret | {REVISE})
    former = mask(entry.former) if REVISE in entry.marks else ""
    if entry.quoted_reference not in (
        original.ref,
        fresh.quoted_reference,
    ):  # somebody typed over the French: it may be English
        former = "\n".join(filter(None, (former, entry.quote)))
    marks = secret | (entry.marks & {REVISE, CHECKED} if entry.english else frozenset())
    return replace(fresh, english=entry.english, former=former, marks=marks | ({REVISE} if former else set()))


def _left(entry: TranslationEntry, mask: Mask) -> TranslationEntry:
    """English that has lost its French, put aside."""
    marks = frozenset({REMOVED}) | (entry.marks & {CONFIDENTIAL})
    return replace(entry, quote=mask(entry.quote), ref=entry.ref or entry.quoted_reference, former="", marks=marks)
