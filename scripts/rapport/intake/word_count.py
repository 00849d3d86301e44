"""Words counted: those of a file as it came, of what was made of it, and of what is told; nothing may be missing.

A word here is a run of letters and digits, so that no change of quotation marks or dashes looks like a loss.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from rapport import tree
from rapport.model import Node
from rapport.storage.encoding import mend

WORD = re.compile(r"\w+")
APART = tree.BLOCKS | {"Note", "Cell", "Row"}


def words(text: str) -> list[str]:
    """The words of a text, in its order."""
    return WORD.findall(mend(text)[0])


def of_blocks(blocks: Sequence[Node], keys: bool = False) -> list[str]:
    """The words of pandoc's blocks; of citations what was typed, or their keys and the words around those."""
    parts: list[str] = []
    for block in blocks:
        _gather(block, parts, keys)
        parts.append("\n")
    return words("".join(parts))


def _gather(value: Any, parts: list[str], keys: bool) -> None:
    if isinstance(value, list):
        for item in value:
            if isinstance(item, list):
                parts.append("" if _inlines(item) else "\n")
                _gather(item, parts, keys)
            elif isinstance(item, dict):
                _gather(item, parts, keys)
        return
    kind, content = value.get("t"), value.get("c")
    if kind == "Str":
        parts.append(content)
    elif kind in ("Space", "SoftBreak", "LineBreak"):
        parts.append(" ")
    elif kind in ("Code", "CodeBlock", "Math", "RawInline", "RawBlock"):
        parts.append(f" {content[1]} ")
    elif kind == "Image":
        parts.append(" ")  # its words are those of who cannot see it
    elif kind in ("Link", "Span"):
        _gather(content[1], parts, keys)
    elif kind == "Quoted":
        parts.append('"')
        _gather(content[1], parts, keys)
        parts.append('"')
    elif kind == "Cite" and not keys:
        _gather(content[1], parts, keys)
    elif kind == "Cite":
        parts.append(f" {' '.join(_cited(content[0]))} ")
    elif isinstance(content, list):
        around = " \n" if kind in APART else ""
        parts.append(around)
        _gather(content, parts, keys)
        parts.append(around)


def _inlines(value: list[Any]) -> bool:
    return bool(value) and isinstance(value[0], dict) and value[0].get("t") in tree.INLINES


def _cited(citations: Sequence[Any]) -> Iterable[str]:
    for cited in citations:
        for part in (cited["citationPrefix"], [{"t": "Str", "c": cited["citationId"]}], cited["citationSuffix"]):
            pieces: list[str] = []
            _gather(part, pieces, True)
            yield "".join(pieces)


def missing(given: Sequence[str], kept: Sequence[str]) -> list[str]:
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


def moved(given: Sequence[str], kept: Sequence[str]) -> list[str]:
    """The words of `given` from the first that `kept` has elsewhere, to the last."""
    start = next((at for at, (one, other) in enumerate(zip(given, kept, strict=False)) if one != other), len(given))
    tail = next((at for at, (a, b) in enumerate(zip(given[::-1], kept[::-1], strict=False)) if a != b), 0)
    return list(given[start : max(len(given) - tail, start + 1)])
