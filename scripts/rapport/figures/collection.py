"""contributions/<association>/chiffres/: every file of numbers read, and what can be published of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from rapport.figures import PUBLISHED, nesting
from rapport.figures.answer_parts import without_double_answers
from rapport.figures.asking import ExpectedAnswer, expected_answers
from rapport.figures.combining import CombinedCounts, combine
from rapport.figures.counts import Answer, answer_of
from rapport.figures.grids.grid import MAX_BYTES, FigureProblem, UnreadableGrid
from rapport.figures.grids.reading import grids
from rapport.figures.indicators import Category, CategoryMerge, Dictionary, Dimension, Indicator, text_file
from rapport.figures.protection import Suppression, protect
from rapport.figures.publication import (
    Publication,
    layout,
    population,
    publication,
    read_publications,
    shares_days,
    standing_pattern,
)
from rapport.figures.sheet_reading import filled_sheets
from rapport.project.read import CONTRIBUTIONS, FIGURES, LITTER

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")


class Collection(Struct, frozen=True):
    """What was received: the answers that can be used, and what has to be mended in the files."""

    answers: tuple[Answer, ...]
    problems: tuple[FigureProblem, ...]


class MergeProposal(Struct, frozen=True):
    """Two values that would be printed as one, and how many numbers would then be hidden."""

    dimension: Dimension
    categories: tuple[Category, Category]
    hidden_count: int


class TableDecision(Struct, frozen=True):
    """What becomes of one table: `new` where it can be published, else the reason's name (« held-new »)."""

    counts: CombinedCounts
    reason: str = ""
    new: Publication | None = None
    proposal: MergeProposal | None = None


def collect(root: Path, associations: Iterable[str], dictionary: Dictionary) -> Collection:
    """Every file of numbers of these associations; one that cannot be used stops nobody else's.

    Answers to an earlier version of a question that was published are done with: they are passed over.
    """
    answers, problems = list[Answer](), list[FigureProblem]()
    published, _ = read_publications(text_file(root, PUBLISHED))
    settled = frozenset((one.indicator, str(one.version)) for one in published)
    for association in sorted(associations):
        for path in sorted(_files(root, association)):
            found, wrong = _read(root, path, association, dictionary, settled)
            answers += found
            problems += wrong
    once, twice = without_double_answers(answers)
    return Collection(tuple(once), (*problems, *twice, *nesting.contradictions(dictionary, once)))


def answers_by_file(root: Path, association: str, dictionary: Dictionary) -> dict[str, list[Answer]]:
    """The answers in each file of numbers of an association, those left out that hold none."""
    found = {path: _read(root, path, association, dictionary)[0] for path in sorted(_files(root, association))}
    return {path: answers for path, answers in found.items() if answers}


def answers_expected(
    dictionary: Dictionary, collection: Collection, associations: Iterable[str]
) -> dict[str, tuple[ExpectedAnswer, ...]]:  # fmt: skip
    """What each association has still to answer, those that owe nothing left out."""
    expected = {one: tuple(expected_answers(dictionary, collection.answers, one)) for one in sorted(associations)}
    return {association: parts for association, parts in expected.items() if parts}


def _files(root: Path, association: str) -> Iterator[str]:
    for folder in (root / CONTRIBUTIONS / association).iterdir():
        if folder.name in (FIGURES, FIGURES.title()) and folder.is_dir() and not folder.is_symlink():
            names = (file.name for file in folder.iterdir() if not LITTER.fullmatch(file.name))
            yield from (f"{CONTRIBUTIONS}/{association}/{folder.name}/{name}" for name in names)


def _read(
    root: Path, path: str, association: str, dictionary: Dictionary, settled: frozenset[tuple[str, str]] = frozenset()
) -> tuple[list[Answer], list[FigureProblem]]:
    """The answers of a file and what is wrong with it; `settled` are the versions of questions that are done with."""
    file = root / path
    try:
        if file.is_symlink() or not file.is_file() or not path.lower().endswith(ENDINGS):
            raise UnreadableGrid("grid-other")
        if file.stat().st_size > MAX_BYTES:
            raise UnreadableGrid("grid-big")
        tables = filled_sheets(grids(path, file.read_bytes()), dictionary)
    except UnreadableGrid as error:
        return [], [FigureProblem(error.name, path, facts={"detail": error.detail})]
    except OSError:
        return [], [FigureProblem("grid-damaged", path)]
    read = [answer_of(table, association, dictionary) for table in tables]
    done = [any(_version(problem) in settled for problem in wrong) for _, wrong in read]
    problems = [problem for (_, wrong), is_done in zip(read, done, strict=True) for problem in wrong if not is_done]
    if not problems and not any(done) and not any(answer for answer, _ in read):
        problems = [FigureProblem("no-indicator", path)]
    return [answer for answer, _ in read if answer], problems


def _version(problem: FigureProblem) -> tuple[str, str]:
    return problem.facts.get("indicator", ""), problem.facts.get("given", "")


# ---------------------------------------------------------------- what becomes of it


def decide_all(
    dictionary: Dictionary, collection: Collection, asked: Sequence[str], published: Sequence[Publication]
) -> list[TableDecision]:  # fmt: skip
    """What becomes of each table, each beside what is published and what the others of this run would be.

    One that could not stand beside the last publication of another is tried again beside the new one.
    """
    decisions, known = dict[str, TableDecision](), list(published)
    for indicator in nesting.inner_first(dictionary) * 2:
        if indicator.id not in decisions or decisions[indicator.id].reason == "nested":
            decision = decide(dictionary, indicator, collection.answers, asked, known)
            known += [decision.new] if decision.new else []
            decisions[indicator.id] = decision
    return [decisions[indicator.id] for indicator in dictionary.indicators]


def decide(
    dictionary: Dictionary, indicator: Indicator, answers: Sequence[Answer], asked: Iterable[str],
    published: Sequence[Publication],
) -> TableDecision:  # fmt: skip
    """Whether the answers to an indicator can be published, under which pattern, or why not."""
    own = [answer for answer in answers if answer.indicator == indicator.id]
    asked = [association for association in asked if indicator.is_asked(association)]
    combined = combine(indicator, own, asked)
    if not own or len(combined.unknown) == len(combined.sums):
        return TableDecision(combined, "none")
    nested = tuple(nesting.nested_tables(dictionary, indicator, answers, published))
    if any(shares_days(p, indicator) for p in published) or any(
        nesting.has_other_days(one, indicator) for one in nested
    ):
        return TableDecision(combined, "period")
    beside = tuple(one for one in nested if nesting.has_same_days(one, indicator))
    linked = [p for p in published if p.population == population(indicator)]
    earlier = [p for p in linked if p.indicator == indicator.id or _renamed(p, indicator, dictionary)]
    others = [one for one in linked if one not in earlier]
    is_told = nesting.linked_totals_tell(dictionary, combined, answers, others)
    if earlier:
        return _again(combined, earlier, beside, is_told)
    if is_told:
        return TableDecision(combined, "linked")
    keeps_totals = bool(linked) or dictionary.shares_persons(indicator)
    pattern = _pattern(combined, keeps_totals, beside)
    proposal = None if pattern and not pattern.hidden_numbers else _proposal(combined, own, asked, keeps_totals, beside)
    if pattern is None:
        reason = "nested" if beside and _pattern(combined, keeps_totals, ()) else "unprotected"
        return TableDecision(combined, reason, None, proposal)
    return TableDecision(combined, "", publication(combined, pattern, 1), proposal)


def _again(
    combined: CombinedCounts, earlier: Sequence[Publication], beside: Sequence[nesting.NestedTable], is_told: bool
) -> TableDecision:  # fmt: skip
    """What becomes of a table that was published before: as it was, in its pattern with new numbers, or held, as where
    tables of the same persons by something else would tell a small number (`is_told`).
    """
    pattern, reason = standing_pattern(combined, earlier)
    if pattern is None:
        return TableDecision(combined, reason)
    new = publication(combined, pattern, earlier[-1].number + 1)
    if replace(new, number=earlier[-1].number) == earlier[-1]:
        return TableDecision(combined, "same")
    if is_told or not _stands_beside(combined, pattern.hidden_numbers, beside):
        return TableDecision(combined, "linked" if is_told else "nested")
    return TableDecision(combined, "", new)


def _stands_beside(combined: CombinedCounts, hidden: frozenset[int], beside: Iterable[nesting.NestedTable]) -> bool:
    """Whether nothing is found by subtracting the tables that count a part of these persons, or more."""
    return all(
        nesting.fits(combined, hidden, one)
        if nesting.is_same_table(one, combined.indicator)
        else not nesting.totals_tell(combined, one)
        for one in beside
    )


def _renamed(one: Publication, indicator: Indicator, dictionary: Dictionary) -> bool:
    """Whether a publication is of this very table under a name that the dictionary no longer has."""
    return dictionary.indicator(one.indicator) is None and layout(one.axes) == layout(indicator.printed_dimensions)


def _pattern(combined: CombinedCounts, keeps_totals: bool, beside: Sequence[nesting.NestedTable]) -> Suppression | None:
    """The pattern of a table published for the first time; None where there is none that stands beside the others."""
    network, threshold = combined.network, combined.indicator.threshold
    alike = [one for one in beside if nesting.is_same_table(one, combined.indicator)]
    every = range(len(network.edges))
    kept = {at for at in every if network.is_total(at)} if keeps_totals or len(alike) < len(beside) else set[int]()
    hidden, views = set[int](), list(combined.views)
    for one in alike:
        if one.is_inner:
            hidden |= nesting.hidden_with(one, network)
            views += nesting.difference_views(combined, one) or ()
        else:
            kept |= set(every) - nesting.hidden_with(one, network)
    pattern = protect(network, views, threshold, kept, hidden)
    return pattern if pattern and _stands_beside(combined, pattern.hidden_numbers, beside) else None


def _proposal(
    combined: CombinedCounts, answers: Sequence[Answer], asked: Sequence[str], keeps_totals: bool,
    beside: Sequence[nesting.NestedTable],
) -> MergeProposal | None:  # fmt: skip
    """The two neighbouring values that are best printed as one: the fewest numbers hidden, if a table can be."""
    found, indicator = list[MergeProposal](), combined.indicator
    for dimension in indicator.printed_dimensions:
        for first, second in zip(dimension.categories, dimension.categories[1:], strict=False):
            together = _together(indicator, dimension, first, second)
            pattern = _pattern(combine(together, answers, asked), keeps_totals, beside)
            if pattern is not None:
                found.append(MergeProposal(dimension, (first, second), len(pattern.hidden_numbers)))
    return min(found, key=lambda one: one.hidden_count, default=None)


def _together(indicator: Indicator, dimension: Dimension, first: Category, second: Category) -> Indicator:
    """The indicator with two printed values as one."""
    ids = [id_ for one in (first, second) for id_ in _ids(indicator, dimension, one)]
    kept = tuple(merge for merge in indicator.merges if merge.category not in (first, second))
    merged = CategoryMerge(dimension.id, Category(f"{first.id}+{second.id}", "", ""), tuple(ids))
    return replace(indicator, merges=(*kept, merged))


def _ids(indicator: Indicator, dimension: Dimension, one: Category) -> tuple[str, ...]:
    merge = next((m for m in indicator.merges if m.category == one and m.dimension == dimension.id), None)
    return merge.ids if merge else (one.id,)
