"""An association's answers to one indicator laid together: parts of a table joined, a place answered twice told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from rapport.figures.counts import Answer
from rapport.figures.grids.grid import FigureProblem
from rapport.figures.network import Cell


def without_double_answers(answers: Sequence[Answer]) -> tuple[list[Answer], list[FigureProblem]]:
    """The answers of associations that answered each place once, its parts joined; two to one place are set aside."""
    problems, kept = list[FigureProblem](), list[Answer]()
    for at, answer in enumerate(answers):
        same = [one for one in answers if (one.association, one.indicator) == (answer.association, answer.indicator)]
        parts = len(_all_places(same)) == sum(len(one.places) for one in same)
        if answer is same[0]:
            kept += [_joined(same)] if parts else []
        elif not parts:
            other = next(one for one in answers[:at] if one in same)
            facts = {"other": other.path, "indicator": answer.indicator}
            problems.append(FigureProblem("answered-twice", answer.path, facts=facts))
    return kept, problems


def _joined(parts: Sequence[Answer]) -> Answer:
    """The parts of one table as one answer, said by all their sources, on the last of their days."""
    counts = dict(parts[0].counts)
    for part in parts[1:]:
        counts |= {cell: part.counts[cell] for cell in part.places}
    sources, methods = (
        " ; ".join(dict.fromkeys(texts)) for texts in zip(*((p.source, p.method) for p in parts), strict=True)
    )
    day = max(part.day for part in parts)
    return replace(parts[0], counts=counts, source=sources, method=methods, day=day, present_cells=_all_places(parts))


def _all_places(answers: Iterable[Answer]) -> frozenset[Cell]:
    return frozenset[Cell]().union(*(one.places for one in answers))
