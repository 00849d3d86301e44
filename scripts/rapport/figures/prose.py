"""Numbers that a table hides and a text says: found by the number beside the words for what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapport import tree
from rapport.figures.combining import CombinedCounts
from rapport.figures.publication import Publication
from rapport.language.folding import fold_words
from rapport.model import Contribution, Span

WRITTEN = (
    "zero", "un seul|une seule", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix sept", "dix huit", "dix neuf", "vingt",
)  # fmt: skip
LONG = 4  # letters of a word that says what is counted


def revealing_passages(
    combined: CombinedCounts, publication: Publication, contributions: Iterable[Contribution]
) -> Iterator[Span]:
    """The places of passages with a hidden number and the name of a value of its place."""
    patterns = list(_patterns(combined, publication))
    for contribution in contributions if patterns else ():
        for passages in contribution.sections.values():
            for passage in passages:
                words = fold_words(tree.text(passage.node))
                if any(number.search(words) and all(w in words for w in name) for number, name in patterns):
                    yield passage.span


def _patterns(combined: CombinedCounts, publication: Publication) -> Iterator[tuple[re.Pattern[str], list[str]]]:
    """For each hidden number inside a table: how it is written, and the words of a value that it is of."""
    printed = combined.indicator.printed_dimensions
    for cell in publication.hidden_places & set(combined.sums):
        count = combined.sums[cell]
        for axis, at in enumerate(cell):
            name = [word for word in fold_words(printed[axis].categories[at].name).split() if len(word) >= LONG]
            if count.low == count.high and name:
                words = WRITTEN[count.low] if count.low < len(WRITTEN) else ""
                yield re.compile(rf"\b(?:{count.low}{'|' + words if words else ''})\b"), name
