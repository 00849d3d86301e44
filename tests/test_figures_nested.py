"""Minors and persons of all ages: who subtracts one published table from the other finds nobody, by another solver."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import product

import highspy
import pytest

from rapport.figures.collection import Collection, TableDecision, decide_all
from rapport.figures.counts import Answer, CountRange
from rapport.figures.indicators import read_indicators
from rapport.figures.nesting import contradictions, inner_first
from rapport.figures.network import Cell
from rapport.figures.publication import Publication, as_yaml
from rapport.model import Source
from test_figures_files import dictionary
from test_figures_publication import TABLE, WIDE
from test_figures_readers import printed_numbers, with_totals

THRESHOLD = 5
ONE = WIDE.partition("indicateurs:\n")[2]
ALL = ONE.replace("id: essai", "id: tous").replace("qui: mineurs", "qui: tous-ages")
BOTH = WIDE + ALL
DECLARED = WIDE.replace("seuil: 5", "seuil: 5, contenu_dans: [tous]") + ONE.replace("id: essai", "id: tous").replace(
    "moment: repere", "moment: accompagne"
)


def answer(indicator: str, numbers: Sequence[int], association: str = "a0") -> Answer:
    cells = product(range(3), range(3))
    counts = {cell: CountRange(n, n) for cell, n in zip(cells, numbers, strict=True)}
    return Answer(association, indicator, counts, f"contributions/{association}/chiffres/{indicator}.csv")


def decided(text: str, given: Sequence[Answer], *published: Publication) -> dict[str, TableDecision]:
    names = list(dict.fromkeys(one.association for one in given))
    decisions = decide_all(dictionary(text), Collection(tuple(given), ()), names, published)
    return {one.counts.indicator.id: one for one in decisions}


def bounds(
    shape: Sequence[int], minors: Mapping[Cell, int | None], everybody: Mapping[Cell, int | None], what: str, cell: Cell
) -> tuple[float, float]:
    """What a reader of both tables can tell of a place: of minors, of everybody, or of the others (`what`)."""
    low, high = (_solved(shape, (minors, everybody), what, cell, sense) for sense in (1.0, -1.0))
    return low, high


def _solved(
    shape: Sequence[int], tables: Sequence[Mapping[Cell, int | None]], what: str, cell: Cell, sense: float
) -> float:
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    places: dict[tuple[int, Cell], int] = {}
    for which, table in enumerate(tables):
        for one, number in table.items():
            places[which, one] = len(places)
            model.addVar(*((number, number) if number is not None else (1, highspy.kHighsInf)))
    weights = {"minors": (1, 0), "everybody": (0, 1), "others": (-1, 1)}[what]
    for which, weight in enumerate(weights):
        model.changeColCost(places[which, cell], sense * weight)
    for one in tables[0]:
        model.addRow(0, highspy.kHighsInf, 2, [places[1, one], places[0, one]], [1.0, -1.0])
        for which, axis in product((0, 1), range(len(shape))):
            if one[axis] == shape[axis]:
                parts = [(*one[:axis], at, *one[axis + 1 :]) for at in range(shape[axis])]
                terms = [places[which, part] for part in parts] + [places[which, one]]
                model.addRow(0, 0, len(terms), terms, [1.0] * len(parts) + [-1.0])
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return -sense * float("inf")
    return round(model.getInfo().objective_function_value * sense)


def found(minors: Answer, everybody: Answer, records: Sequence[Publication]) -> list[object]:
    """The places at which a reader of both records finds a small number."""
    tables, true = [], []
    for one, given in zip(records, (minors, everybody), strict=True):
        shape, printed = printed_numbers(as_yaml([one], []))
        tables.append({cell: number[1] if number else None for cell, number in printed.items()})
        true.append(with_totals(shape, given))
    wanted = {"minors": true[0], "everybody": true[1], "others": {c: true[1][c] - true[0][c] for c in true[0]}}
    bad: list[object] = []
    for what, numbers in wanted.items():
        for cell, number in numbers.items():
            if 0 < number < THRESHOLD:
                low, high = bounds(shape, tables[0], tables[1], what, cell)
                bad += [(what, cell, number, low, high)] if low > 1 or high < THRESHOLD else []
    return bad


def pair(seed: int) -> tuple[Answer, Answer]:
    chance = random.Random(seed)
    number = lambda: chance.choice([0, 0, 1, 2, 3, 4, *range(5, 40)])  # noqa: E731
    minors = [number() for _ in range(9)]
    return answer("essai", minors), answer("tous", [n + number() for n in minors])


def together(seed: int, text: str = BOTH) -> tuple[bool, list[object]]:
    """Both in one run, as far as they are published."""
    given = pair(seed)
    new = [one.new for one in decided(text, given).values()]
    return all(new), found(*given, [one for one in new if one]) if all(new) else []


def one_after_the_other(seed: int, first: int) -> tuple[bool, list[object]]:
    """The one of them published before the other is asked."""
    given = pair(seed)
    before = next((one.new for one in decided(BOTH, [given[first]]).values() if one.new), None)
    if before is None:
        return False, []
    after = decided(BOTH, given, before)["tous" if first == 0 else "essai"].new
    if after is None:
        return False, []
    return True, found(*given, [before, after] if first == 0 else [after, before])


@pytest.mark.parametrize("text", [BOTH, DECLARED], ids=["by their ages", "said in the dictionary"])
def test_two_nested_tables_of_one_run_tell_no_small_number(text: str) -> None:
    results = [together(seed, text) for seed in range(25)]
    assert [bad for _, bad in results if bad] == [] and any(published for published, _ in results)


@pytest.mark.parametrize("first", [0, 1], ids=["minors first", "everybody first"])
def test_two_nested_tables_one_after_the_other_tell_no_small_number(first: int) -> None:
    results = [one_after_the_other(seed, first) for seed in range(40)]
    assert [bad for _, bad in results if bad] == [] and any(published for published, _ in results)


def test_tables_that_are_not_nested_would_give_it_away() -> None:
    """The same numbers, as if nobody were in both: all are printed, and 23 less 20 is 3."""
    numbers = [20, 20, 30, 12, 18, 40, 22, 9, 50]
    given = [answer("essai", numbers), answer("tous", [numbers[0] + 3, *(n + 20 for n in numbers[1:])])]
    apart = decided(BOTH.replace("qui: tous-ages, ", "qui: mineurs, ").replace("id: tous", "id: tous").replace(
        ALL, ALL.replace("unite: personne", "unite: contact")), given)  # fmt: skip
    records = [one.new for one in apart.values() if one.new]
    assert len(records) == 2 and found(*given, records)
    nested = decided(BOTH, given)["tous"].new
    assert nested and (0, 0) in nested.hidden_places


def test_a_minor_table_after_everybody_is_refused_where_the_difference_is_small() -> None:
    numbers = [20, 20, 30, 12, 18, 40, 22, 9, 50]
    everybody = answer("tous", [numbers[0] + 3, *(n + 20 for n in numbers[1:])])
    first = decided(BOTH, [everybody])["tous"].new
    assert first and not first.hidden_places
    assert decided(BOTH, [answer("essai", numbers), everybody], first)["essai"].reason == "nested"


def test_other_rows_are_compared_by_their_totals() -> None:
    text = WIDE + ALL.replace("[forme, age]", "[age]")
    minors = answer("essai", [20, 20, 30, 12, 18, 40, 22, 9, 50])
    for more, reason in ((3, "nested"), (7, "")):
        everybody = Answer("a0", "tous", {(at,): CountRange(n, n) for at, n in enumerate((54 + more, 67, 150))}, "a0")
        assert decided(text, [minors, everybody])["tous"].reason == reason


def test_periods_that_share_days_are_refused_for_nested_counts_too() -> None:
    text = WIDE + ALL.replace("fin: 2013-12-31", "fin: 2014-06-30")
    assert decided(text, [answer("essai", TABLE), answer("tous", [n + 20 for n in TABLE])])["tous"].reason == "period"


def test_nested_tables_published_again_are_held_where_the_difference_would_tell() -> None:
    numbers = [20, 20, 30, 12, 18, 40, 22, 9, 50]
    minors, everybody = answer("essai", numbers), answer("tous", [n + 20 for n in numbers])
    records = [one.new for one in decided(BOTH, [minors, everybody]).values() if one.new]
    later = answer("tous", [23, *(n + 20 for n in numbers[1:])])
    assert decided(BOTH, [minors, later], *records)["tous"].reason == "nested"
    later = answer("tous", [n + 30 for n in numbers])
    assert decided(BOTH, [minors, later], *records)["tous"].new


def test_one_run_publishes_both_of_two_nested_tables_again() -> None:
    """The new minors do not stand beside everybody as published before another association answered."""
    first = [answer("essai", [n + 20 for n in TABLE]), answer("tous", [n + 40 for n in TABLE])]
    records = [one.new for one in decided(BOTH, first).values() if one.new]
    more = [answer("essai", [n + 100 for n in range(9)], "a1"), answer("tous", [n + 150 for n in range(9)], "a1")]
    assert len(records) == 2 and all(one.new for one in decided(BOTH, [*first, *more], *records).values())


def test_more_minors_than_persons_are_told_by_association() -> None:
    known = dictionary(BOTH)
    given = [answer("essai", TABLE), answer("tous", [2, *TABLE[1:]]), answer("tous", TABLE, "a1")]
    (told,) = contradictions(known, given)
    assert (told.name, told.path) == ("more-than-all", "contributions/a0/chiffres/essai.csv")
    assert told.facts["other"] == "contributions/a0/chiffres/tous.csv"


def test_the_smaller_count_is_decided_first_however_the_dictionary_has_them() -> None:
    reverse = WIDE.partition("indicateurs:\n")[0] + "indicateurs:\n" + ALL + ONE
    assert [one.id for one in inner_first(dictionary(reverse))] == ["essai", "tous"]


def test_a_count_in_one_that_there_is_not_is_told() -> None:
    text = WIDE.replace("seuil: 5", "seuil: 5, contenu_dans: [tousse]") + ALL
    _, problems = read_indicators(Source("chapters/indicateurs.yaml", text, ""))
    assert [problem.rule.code for problem in problems] == ["E05"] and "tous" in str(problems[0].facts)
