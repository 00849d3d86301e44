"""An association that answered subtracts its own numbers: what the others counted stays hidden, by another solver."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import highspy
import pytest
import yaml

from rapport.figures.collection import decide
from rapport.figures.combining import combine
from rapport.figures.counts import Answer, CountRange
from rapport.figures.indicators import Dictionary
from rapport.figures.network import Cell
from rapport.figures.publication import as_yaml
from test_figures_files import dictionary
from test_figures_publication import WIDE

THRESHOLD = 5
AGES = "".join(f"      - {{id: w{at}, nom: W{at}, nom_en: W{at}}}\n" for at in range(5))
LONG = WIDE.replace("      - {id: x, nom: les plus jeunes", f"{AGES}      - {{id: x, nom: les plus jeunes")
ADDED_UP = "chevauchement: aucun, chevauchement_raison: essai"
TEXTS = {
    "3 x 3": WIDE,
    "3 x 8": LONG,
    "3": WIDE.replace("[forme, age]", "[forme]"),
    "added up": WIDE.replace("chevauchement: inconnu", ADDED_UP),
}


def counted(seed: int, known: Dictionary, associations: int) -> list[Answer]:
    """Random tables, one an association, with many small numbers."""
    chance = random.Random(seed)
    shape = [len(axis.categories) for axis in known.indicators[0].dimensions]
    one = lambda: chance.choice([0, 0, 0, 1, 2, 3, 4, *range(5, 30)])  # noqa: E731
    return [
        Answer(f"a{at}", "essai", {cell: CountRange(n := one(), n) for cell in product(*map(range, shape))}, f"a{at}")
        for at in range(associations)
    ]


def printed_numbers(record: str) -> tuple[list[int], dict[Cell, tuple[int, int] | None]]:
    """The shape and the numbers of a record as a stranger reads the file; None: hidden."""
    (one,) = yaml.safe_load(record)["publications"]
    axes: dict[str, int] = defaultdict(int)
    for line in one["axes"]:
        axis, id_, *_ = (part.strip() for part in line.split("|"))
        axes[axis] += bool(id_)
    shape = list(axes.values())
    cells = product(*(range(size + 1) for size in shape))
    numbers = {}
    for cell, word in zip(cells, " ".join(one["nombres"]).split(), strict=True):
        low, _, high = word.partition("-")
        numbers[cell] = None if word == "x" else (int(low), int(high or low))
    return shape, numbers


def with_totals(shape: Sequence[int], answer: Answer) -> dict[Cell, int]:
    cells = product(*(range(size + 1) for size in shape))
    return {
        cell: sum(
            count.high
            for one, count in answer.counts.items()
            if count and all(at in (here, size) for here, at, size in zip(one, cell, shape, strict=True))
        )
        for cell in cells
    }


class Attacker:
    """Who knows what is printed and one association's numbers, and looks for what the others counted together."""

    def __init__(self, shape: list[int], printed: Mapping[Cell, tuple[int, int] | None], own: Mapping[Cell, int]):
        self.left = {cell: number[1] - own[cell] for cell, number in printed.items() if number}
        self.hidden = sorted(cell for cell, number in printed.items() if number is None)
        self.shape, self.own = shape, own

    def bounds(self, cell: Cell) -> tuple[float, float]:
        least, most = (self._solved(cell, sense) for sense in (1.0, -1.0))
        return least, most

    def _solved(self, cell: Cell, sense: float) -> float:
        model = highspy.Highs()
        model.setOptionValue("output_flag", False)
        at = {one: place for place, one in enumerate(self.hidden)}
        for one in self.hidden:
            model.addVar(max(0, 1 - self.own[one]), highspy.kHighsInf)
            model.changeColCost(at[one], sense if one == cell else 0)
        for known, terms in self._sums(at):
            model.addRow(known, known, len(terms), [term[0] for term in terms], [term[1] for term in terms])
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return -sense * float("inf")
        return round(model.getInfo().objective_function_value * sense)

    def _sums(self, at: Mapping[Cell, int]) -> Iterator[tuple[int, list[tuple[int, float]]]]:
        """Each total less its parts is nothing: what is known of it, and what is not."""
        for total in [*self.left, *self.hidden]:
            for axis, size in enumerate(self.shape):
                if total[axis] == size:
                    parts = [(*total[:axis], place, *total[axis + 1 :]) for place in range(size)]
                    known = self.left.get(total, 0) - sum(self.left.get(part, 0) for part in parts)
                    terms = [(at[part], 1.0) for part in parts if part in at]
                    terms += [(at[total], -1.0)] if total in at else []
                    if terms:
                        yield known, terms


def found_by(attacker: Attacker, others: Mapping[Cell, int]) -> list[Cell]:
    """The places at which a small number of the others is read, or held too tight."""
    small = {cell for cell, number in others.items() if 0 < number < THRESHOLD}
    read = sorted(small & attacker.left.keys())
    for cell in sorted(small - attacker.left.keys()):
        least, most = attacker.bounds(cell)
        if least > 1 or most < THRESHOLD:
            read.append(cell)
    return read


def all_found(seed: int, text: str, associations: int) -> tuple[int, list[object]]:
    """How many numbers a publication hides (-1: refused), and what any reader finds in it."""
    known = dictionary(text)
    given = counted(seed, known, associations)
    new = decide(known, known.indicators[0], given, [], []).new
    if new is None:
        return -1, []
    shape, printed = printed_numbers(as_yaml([new], []))
    tables = {answer.association: with_totals(shape, answer) for answer in given}
    everything = {cell: sum(table[cell] for table in tables.values()) for cell in printed}
    found: list[object] = found_by(Attacker(shape, printed, dict.fromkeys(printed, 0)), everything)
    for name, own in tables.items():
        others = {cell: everything[cell] - own[cell] for cell in printed}
        found += [(name, cell) for cell in found_by(Attacker(shape, printed, own), others)]
    return sum(number is None for number in printed.values()), found


@pytest.mark.parametrize("associations", [1, 2, 3, 6])
@pytest.mark.parametrize("name", TEXTS)
def test_no_association_finds_what_the_others_counted(name: str, associations: int) -> None:
    published = 0
    for seed in range(6):
        hidden, found = all_found(seed, TEXTS[name], associations)
        assert found == [], seed
        published += hidden >= 0
    assert published


def test_the_attacker_finds_what_a_pattern_of_the_sums_alone_would_give() -> None:
    """Nothing is small in 23, but who counted 20 of them reads that the others counted 3."""
    numbers = {(0, 0): 23, (0, 1): 20, (1, 0): 30, (1, 1): 40}
    shape, own = [2, 2], {(0, 0): 20, (0, 1): 0, (1, 0): 0, (1, 1): 0}
    answer = Answer("a0", "essai", {cell: CountRange(n, n) for cell, n in numbers.items()}, "")
    sums = with_totals(shape, answer)
    mine = with_totals(shape, Answer("a0", "essai", {cell: CountRange(n, n) for cell, n in own.items()}, ""))
    others = {cell: sums[cell] - mine[cell] for cell in sums}
    attacker = Attacker(shape, {cell: (0, number) for cell, number in sums.items()}, mine)
    assert found_by(attacker, others) == [(0, 0)]
    hidden = Attacker(shape, {cell: None if cell == (0, 0) else (0, n) for cell, n in sums.items()}, mine)
    assert found_by(hidden, others) == [(0, 0)]  # hidden alone it comes back from its row


def test_the_greatest_number_gives_no_third_association_away() -> None:
    """Every way in which three associations may have counted one cell, by what is printed and what one knows."""
    indicator = dictionary(WIDE).indicators[0]
    worlds, few = defaultdict[tuple[int, int, int], set[int]](set), set[tuple[int, int, int]]()
    for counts in product(range(13), repeat=3):
        given = [Answer(f"a{at}", "essai", {(0, 0): CountRange(n, n)}, "") for at, n in enumerate(counts)]
        cells = {cell: CountRange(0, 0) for cell in product(range(3), range(3))}
        both = combine(indicator, [Answer(a.association, "essai", cells | dict(a.counts), "") for a in given], [])
        if both.is_small((0, 0)) or any(0 < sum(counts) - own < THRESHOLD for own in counts):
            continue  # hidden: nothing is printed of it
        for at, own in enumerate(counts):
            rest = sorted([*counts[:at], *counts[at + 1 :]])
            seen = both.least_printed((0, 0)), sum(counts), own
            worlds[seen].add(rest[0])
            if own < max(counts) and 0 < rest[0] < THRESHOLD:
                few.add(seen)
    held = {seen: worlds[seen] for seen in few}
    assert held and all(max(rests) >= THRESHOLD for rests in held.values())
    assert all(min(rests) <= 1 for (least, *_), rests in held.items() if least + THRESHOLD < 13)
