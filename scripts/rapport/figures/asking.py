"""What an association is asked to count: of the counts meant for it, the part that none of its files has answered.

Whole tables, or, of a form of one theme, the part of that theme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from rapport.figures.counts import Answer
from rapport.figures.indicators import Category, Dictionary, Indicator
from rapport.figures.network import Cell


class ExpectedAnswer(Struct, frozen=True):
    """What an association has still to answer of a count: `part` of it, which is all of it where nothing came."""

    indicator: Indicator
    part: Indicator
    is_begun: bool

    def missing_titles(self, language: str) -> list[str]:
        """The rows or columns that are missing, where they are not the whole table."""
        pairs = zip(self.indicator.dimensions, self.part.dimensions, strict=True)
        return [one.title(language) for whole, part in pairs if whole != part for one in part.categories]


def expected_answers(dictionary: Dictionary, answers: Iterable[Answer], association: str) -> Iterator[ExpectedAnswer]:
    """What an association has still to answer, one for each count that is asked of it."""
    given = list(answers)
    for indicator in dictionary.indicators:
        if indicator.is_asked(association):
            places = _places(given, association, indicator)
            if part := missing_part(indicator, indicator, places):
                yield ExpectedAnswer(indicator, part, bool(places))


def tables_to_ask(
    dictionary: Dictionary, answers: Sequence[Answer], association: str, theme: str = ""
) -> tuple[Indicator, ...]:
    """The indicators of a form, each as far as the association has not answered it."""
    asked = (
        (one, theme_part(one, theme) if theme else one) for one in dictionary.indicators if one.is_asked(association)
    )
    parts = (missing_part(one, part, _places(answers, association, one)) for one, part in asked if part)
    return tuple(part for part in parts if part)


def theme_part(indicator: Indicator, theme: str) -> Indicator | None:
    """An indicator with one value alone in the dimension that names themes; None where no value is this theme."""
    for axis, dimension in enumerate(indicator.dimensions):
        own = tuple(one for one in dimension.categories if one.id == theme)
        if own:
            return _narrowed(indicator, axis, own)
    return None


def missing_part(indicator: Indicator, asked: Indicator, answered: frozenset[Cell]) -> Indicator | None:
    """What of a part of an indicator is not among the places answered: its rows or columns, or all of it where neither
    would do; None for nothing.
    """
    missing = _cells(indicator, asked) - answered
    if not missing:
        return None
    for axis, dimension in enumerate(asked.dimensions):
        known = indicator.dimensions[axis].categories
        own = tuple(one for one in dimension.categories if any(cell[axis] == known.index(one) for cell in missing))
        part = _narrowed(asked, axis, own)
        if _cells(indicator, part) == missing:
            return part
    return asked


def _places(answers: Iterable[Answer], association: str, indicator: Indicator) -> frozenset[Cell]:
    own = (one.places for one in answers if (one.association, one.indicator) == (association, indicator.id))
    return frozenset[Cell]().union(*own)


def _narrowed(indicator: Indicator, axis: int, categories: tuple[Category, ...]) -> Indicator:
    dimensions = list(indicator.dimensions)
    dimensions[axis] = replace(dimensions[axis], categories=categories)
    return replace(indicator, dimensions=tuple(dimensions))


def _cells(indicator: Indicator, asked: Indicator) -> frozenset[Cell]:
    """The places of a table that a part of it asks for."""
    known = [dimension.categories for dimension in indicator.dimensions]
    parts = [dimension.categories for dimension in asked.dimensions]
    return frozenset(product(*([all_.index(one) for one in part] for all_, part in zip(known, parts, strict=True))))
