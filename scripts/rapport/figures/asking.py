"""What a form asks an association to count: whole tables where it is of no theme, else the part of its theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from rapport.figures.counts import Answer
from rapport.figures.indicators import Dictionary, Indicator
from rapport.figures.network import Cell


def tables_to_ask(
    dictionary: Dictionary, answers: Sequence[Answer], association: str, theme: str = ""
) -> tuple[Indicator, ...]:
    """The indicators of a form, those left out of which the association has answered a part that it would ask again."""
    own = [answer for answer in answers if answer.association == association]
    return tuple(
        asked
        for indicator, asked in _asked(dictionary, theme)
        if not any(one.indicator == asked.id and one.places & _cells(indicator, asked) for one in own)
    )


def _asked(dictionary: Dictionary, theme: str) -> Iterator[tuple[Indicator, Indicator]]:
    """Each indicator with what a form asks of it; those that say nothing of the form's theme left out."""
    for indicator in dictionary.indicators:
        asked = theme_part(indicator, theme) if theme else indicator
        if asked:
            yield indicator, asked


def theme_part(indicator: Indicator, theme: str) -> Indicator | None:
    """An indicator with one value alone in the dimension that names themes; None where no value is this theme."""
    for at, dimension in enumerate(indicator.dimensions):
        own = tuple(one for one in dimension.categories if one.id == theme)
        if own:
            dimensions = list(indicator.dimensions)
            dimensions[at] = replace(dimension, categories=own)
            return replace(indicator, dimensions=tuple(dimensions))
    return None


def _cells(indicator: Indicator, asked: Indicator) -> set[Cell]:
    """The places of a table that a part of it asks for."""
    known = [dimension.categories for dimension in indicator.dimensions]
    parts = [dimension.categories for dimension in asked.dimensions]
    return set(product(*([all_.index(one) for one in part] for all_, part in zip(known, parts, strict=True))))
