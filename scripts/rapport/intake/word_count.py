"""Words counted: those of a file as it came, of what was made of it, and of what is told; nothing may be missing.

A word here is a run of letters and digits, so that no change of quotation marks or dashes looks like a loss, nor does
a line to be filled in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rapport import tree
from rapport.model import Node
from rapport.storage.encoding import mend

WORD = re.compile(r"[^\W_]\w*")


def words(text: str) -> list[str]:
    """The words of a text, in its order."""
    return WORD.findall(mend(text)[0])


def words_of_blocks(blocks: Sequence[Node], keys: bool = False) -> list[str]:
    """The words of pandoc's blocks; of citations what was typed, or their keys and the words around those."""
    return words(tree.text(list(blocks), tree.KEYED if keys else tree.RECEIVED))


def missing_words(given: Sequence[str], kept: Sequence[str]) -> list[str]:
    """The words of `given` that `kept` does not have, in their order; words only joined or cut anew are there."""
    left = Counter(given) - Counter(kept)
    if not left:
        return []
    more = Counter(kept) - Counter(given)
    if more:
        left -= Counter(_cut_anew(given, kept))
    lost = []
    for word in given:
        if left[word] > 0:
            left[word] -= 1
            lost.append(word)
    return lost


def _cut_anew(given: Sequence[str], kept: Sequence[str]) -> list[str]:
    """The words of `given` that stand in `kept` with the same letters, joined or cut otherwise."""
    from rapidfuzz.distance import LCSseq

    same: list[str] = []
    if len(given) * len(kept) > 1_000_000_000:  # a matrix of bits, 125 MB
        return same
    before: list[str] = []
    after: list[str] = []
    for step in LCSseq.opcodes(given, kept):
        if step.tag == "equal":
            same += before if "".join(before) == "".join(after) else []
            before, after = [], []
        else:
            before += given[step.src_start : step.src_end]
            after += kept[step.dest_start : step.dest_end]
    return same + (before if "".join(before) == "".join(after) else [])


def moved_words(given: Sequence[str], kept: Sequence[str]) -> list[str]:
    """The words of `given` from the first that `kept` has elsewhere, to the last."""
    start = next((at for at, (one, other) in enumerate(zip(given, kept, strict=False)) if one != other), len(given))
    tail = next((at for at, (a, b) in enumerate(zip(given[::-1], kept[::-1], strict=False)) if a != b), 0)
    return list(given[start : max(len(given) - tail, start + 1)])
