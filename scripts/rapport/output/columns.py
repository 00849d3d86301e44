"""The widths of a table's columns: none so narrow that a word of it is cut."""

from __future__ import annotations

from collections.abc import Sequence

LINE = 100
"""Characters on a line of a table in either typeset output."""


def with_room(widths: Sequence[float], longest: Sequence[int]) -> list[float]:
    """Relative widths, each with room for its longest word (characters, the margins of a cell counted).

    What a column lacks is taken from those that have room to spare; where there is not enough, nothing is changed.
    """
    needs = [length * sum(widths) / LINE for length in longest]
    pairs = list(zip(widths, needs, strict=True))
    lacking = sum(max(need - width, 0) for width, need in pairs)
    if not lacking or sum(needs) >= sum(widths):
        return list(widths)
    kept = 1 - lacking / sum(max(width - need, 0) for width, need in pairs)
    return [round(need + max(width - need, 0) * kept, 6) for width, need in pairs]


def fair_widths(widths: Sequence[float]) -> list[float]:
    """Widths of which the widest give way first, all alike, where a line has not the room for all."""
    left, rising = float(LINE), sorted(widths)
    for at, width in enumerate(rising):
        if width * (len(rising) - at) > left:
            return [min(one, left / (len(rising) - at)) for one in widths]
        left -= width
    return list(widths)
