"""chapters/chiffres-publies.yaml: what was printed of each count, for good. Editions, drafts and languages print this
record and nothing else, so that they cannot differ, and no raw number is where a report is made.

Whoever holds an earlier publication can subtract it from a later one. Hence: what was hidden stays hidden and what was
printed stays printed; a later table replaces an earlier one only where no number that can be worked out has moved by
fewer than the threshold; else the earlier one stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from msgspec import Struct

from rapport.figures.combining import HIGH, CombinedCounts, values_of
from rapport.figures.definition import definition
from rapport.figures.indicators import Category, Dimension, Indicator
from rapport.figures.network import Cell, Network, ReaderView, counts_in, possible_numbers, possible_table, public_view
from rapport.figures.protection import Suppression, is_safe, too_small
from rapport.model import Diagnostic, Fields, Source
from rapport.storage import schema, yaml_out
from rapport.storage.schema import Key

HIDDEN, UNKNOWN, MORE, SPAN, TOTAL = "x", "nd", "+", "-", "total"
LANGUAGES = ("fr", "en")
BETWEEN = " | "  # what parts a dimension, one of its values, and the names of that
TOP = (Key("publications", "mappings", True),)
RECORD = (
    Key("indicateur", required=True), Key("version", required=True, test=schema.is_number, expectation="number"),
    Key("numero", required=True, test=schema.is_number, expectation="number"), Key("population", required=True),
    *(Key(name, required=True) for name in ("compte", "compte_en", "definition", "definition_en")),
    Key("ont_repondu", "list"), Key("en_partie", "list"), Key("sans_reponse", "list"), Key("axes", "list"),
    Key("nombres", "list", True),
)  # fmt: skip


class PrintedNumber(Struct, frozen=True):
    """A number as it is printed: from `low` to `high`; `more`: somebody could not say how many there are beside."""

    low: int
    high: int
    more: bool = False

    def __str__(self) -> str:
        return (f"{self.low}" if self.low == self.high else f"{self.low}{SPAN}{self.high}") + MORE * self.more


class Publication(Struct, frozen=True):
    """One table as it was printed: a number, None where nobody knows, or nothing at a place that is hidden.

    It has the definition that it was counted by, and `axes`, the values of each dimension as they were then; the place
    after the last of an axis is its total. `titles` and `definitions` are by language.
    """

    indicator: str
    version: int
    number: int
    population: str
    titles: Mapping[str, str]
    definitions: Mapping[str, str]
    axes: tuple[Dimension, ...]
    numbers: Mapping[Cell, PrintedNumber | None]
    respondents: tuple[str, ...]
    partial_respondents: tuple[str, ...]
    nonrespondents: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(axis.categories) for axis in self.axes)

    @property
    def cells(self) -> list[Cell]:
        """Every place, totals included, row by row."""
        return places(self.shape)

    def is_total(self, cell: Cell) -> bool:
        """Whether a place is the total of a row, a column or the table."""
        return any(at == size for at, size in zip(cell, self.shape, strict=True))

    def value(self, axis: int, at: int) -> str:
        """The identifier of a value, « total » after the last."""
        categories = self.axes[axis].categories
        return categories[at].id if at < len(categories) else TOTAL

    @property
    def hidden_places(self) -> frozenset[Cell]:
        return frozenset(cell for cell in self.cells if cell not in self.numbers)


def places(shape: Sequence[int]) -> list[Cell]:
    """Every place of a table with its totals, row by row."""
    return [tuple(cell) for cell in product(*(range(size + 1) for size in shape))]


def population(indicator: Indicator) -> str:
    """Who is counted, in one line: tables of one population are compared with one another."""
    return " ".join(indicator.population)


def period(population: str) -> tuple[str, str]:
    """The first and the last day counted, of who is counted in one line."""
    *_, start, end = population.split()
    return start, end


def shares_days(one: Publication, indicator: Indicator) -> bool:
    """Whether a publication counts the same over another period with days of this one: the rest could be subtracted."""
    *whom, start, end = one.population.split()
    same = whom == list(indicator.population[:3]) and (start, end) != (indicator.start, indicator.end)
    return same and start <= indicator.end and indicator.start <= end


def publication(combined: CombinedCounts, pattern: Suppression, number: int) -> Publication:
    """What a pattern lets through of a table; the least of a total tells no more than what else is printed."""
    indicator, network = combined.indicator, combined.network
    high = network.values({cell: count.high for cell, count in combined.sums.items()})
    low = network.values({cell: count.low for cell, count in combined.sums.items()})
    numbers: dict[Cell, PrintedNumber | None] = {}
    for at, edge in enumerate(network.edges):
        if at in pattern.hidden_numbers:
            continue
        inside = [cell for cell in combined.sums if counts_in(cell, edge.cell, network.shape)]
        if all(cell in combined.unknown for cell in inside):
            numbers[edge.cell] = None
            continue
        shown = [cell for cell in inside if network.index[cell] not in pattern.hidden_numbers]
        least = low[at] if indicator.no_overlap else _least(combined, at, shown)
        more = any(cell in combined.partial or cell in combined.unknown for cell in inside)
        numbers[edge.cell] = PrintedNumber(least, high[at], more)
    titles, definitions = ({one: say(indicator, one) for one in LANGUAGES} for say in (Indicator.title, definition))
    return Publication(
        indicator=indicator.id, version=indicator.version, number=number, population=population(indicator),
        titles=titles, definitions=definitions, axes=indicator.printed_dimensions, numbers=numbers,
        respondents=combined.respondents, partial_respondents=combined.partial_respondents,
        nonrespondents=combined.nonrespondents,
    )  # fmt: skip


def _least(combined: CombinedCounts, at: int, shown: Iterable[Cell]) -> int:
    """The least of a number where persons may be counted twice: of a total, what a reader can work out."""
    least = max(map(combined.least_printed, shown), default=0)
    vouched = combined.vouched_count(at) if combined.network.is_total(at) else 0
    return max(least, vouched if vouched >= combined.indicator.threshold else 0)


# ---------------------------------------------------------------- after an earlier one


def standing_pattern(combined: CombinedCounts, earlier: Sequence[Publication]) -> tuple[Suppression | None, str]:
    """The pattern of earlier publications for new numbers, or the name of the reason why the last one has to stay."""
    network, threshold, last = combined.network, combined.indicator.threshold, earlier[-1]
    if layout(combined.indicator.printed_dimensions) != layout(last.axes):
        return None, "held-layout"
    hidden = frozenset(network.index[cell] for cell in last.hidden_places)
    if not small_cells(combined) <= hidden:
        return None, "held-new"
    if any(values[at] == 0 for values in combined.tables for at in hidden):
        return None, "held-gone"
    if hidden and not is_safe(network, combined.views, hidden, threshold):
        return None, "held-unsafe"
    pattern = Suppression(small_cells(combined), hidden)
    new = publication(combined, pattern, last.number + 1)
    if any(_tells_a_change(combined, new, old) for old in earlier):
        return None, "held-moved"
    return pattern, ""


def layout(axes: Iterable[Dimension]) -> list[tuple[str, list[str]]]:
    """The dimensions and their values by their identifiers."""
    return [(axis.id, [category.id for category in axis.categories]) for axis in axes]


def small_cells(combined: CombinedCounts) -> frozenset[int]:
    """The places too small to be printed, for whoever reads them."""
    return frozenset[int]().union(*(view.small_numbers for view in combined.views))


def _tells_a_change(combined: CombinedCounts, new: Publication, old: Publication) -> bool:
    """Whether a reader of two publications finds that a number moved by a few, or a small number in what was added.

    Such a reader is anybody, or an association that answered since, who knows what it added, or one that had answered
    and knows what it corrected: what is left is then what others added. What an earlier answer was is not kept, so that
    the corrections of two associations are not told apart: each of them may find the other's.
    """
    network, threshold = combined.network, combined.indicator.threshold
    before, small = _printed(network, old, 1), combined.views[0].small_numbers
    added = _subtracted(_printed(network, new, 1), before)
    newcomers = sorted(set(combined.own_counts) - set(old.respondents) - set(old.partial_respondents))
    own = [values_of(network, combined.own_counts[name], HIGH) for name in newcomers]
    together = {at: sum(values[at] for values in own) for at in added}
    beside = [{at: number - values[at] for at, number in added.items()} for values in own]
    return any(too_small(abs(more), threshold) for more in _least_added(combined, new, old)) or any(
        any(too_small(abs(number), threshold) for number in _given_away(network, more))
        or _tells_what_was_added(network, more, before, small, threshold)
        for more in (added, together, *beside)
    )


def _least_added(combined: CombinedCounts, new: Publication, old: Publication) -> Iterable[int]:
    """By how much the least of each number moved, totals left out that only say what others do."""
    network = combined.network
    moved = _subtracted(_printed(network, new, 0), _printed(network, old, 0))
    return (number for at, number in moved.items() if combined.indicator.no_overlap or not network.is_total(at))


def _given_away(network: Network, printed: Mapping[int, int]) -> Iterator[int]:
    """The printed numbers, and what is left of each total for those that are hidden."""
    values = [printed.get(at, 0) for at in range(len(network.edges))]
    yield from values
    yield from network.balances(values)


def _printed(network: Network, one: Publication, bound: int) -> dict[int, int]:
    """The printed numbers by their place in the network: the least of each, or the greatest."""
    return {network.index[cell]: 0 if n is None else (n.low, n.high)[bound] for cell, n in one.numbers.items()}


def _subtracted(now: Mapping[int, int], then: Mapping[int, int]) -> dict[int, int]:
    return {at: number - then[at] for at, number in now.items() if at in then}


def _tells_what_was_added(
    network: Network, added: Mapping[int, int], before: Mapping[int, int], small: frozenset[int], threshold: int
) -> bool:
    """Whether a reader who takes it that associations were only added finds a small number in what they added.

    Then what was there and what was added are two tables of their own, neither with a number below zero.
    """
    more, there = possible_table(network, added, 0), possible_table(network, before, 1)
    if more is None or there is None or any(number < 0 for number in added.values()):
        return False
    hidden = [at for at in range(len(network.edges)) if at not in added]
    anything = ReaderView(more, [0] * len(more), frozenset())
    for at in hidden:
        low, high = possible_numbers(network, anything, hidden, at)
        is_few = low > 0 and high is not None and high < threshold
        if is_few or (at in small and possible_numbers(network, public_view(there), hidden, at)[0] + low > 1):
            return True
    return False


# ---------------------------------------------------------------- the file


def read_publications(source: Source | None) -> tuple[tuple[Publication, ...], tuple[Diagnostic, ...]]:
    """The record in its order, and what is wrong with it."""
    if source is None:
        return (), ()
    top, problems = schema.read(source, TOP)
    found = []
    for item in schema.mappings(top, "publications"):
        wrong = tuple(schema.check(item.value, RECORD, item.span))
        problems = (*problems, *wrong)
        if not wrong:
            one = _publication(item.value)
            words = schema.texts(item.value, "nombres")
            if one is None or len(" ".join(words).split()) != len(one.cells):
                problems = (
                    *problems,
                    schema.bad_value(Key("nombres", expectation="« make figures »"), item.value["indicateur"]),
                )
            else:
                found.append(one)
    return tuple(found), problems


def _publication(fields: Fields) -> Publication | None:
    axes = _axes(schema.texts(fields, "axes"))
    words = " ".join(schema.texts(fields, "nombres")).split()
    cells = places([len(axis.categories) for axis in axes])
    try:
        numbers = {cell: _number(word) for cell, word in zip(cells, words, strict=False) if word != HIDDEN}
    except ValueError:
        return None
    return Publication(
        indicator=schema.text(fields, "indicateur"),
        version=int(schema.text(fields, "version")),
        number=int(schema.text(fields, "numero")),
        population=schema.text(fields, "population"),
        titles=schema.bilingual_text(fields, "compte"),
        definitions=schema.bilingual_text(fields, "definition"),
        axes=axes,
        numbers=numbers,
        respondents=schema.texts(fields, "ont_repondu"),
        partial_respondents=schema.texts(fields, "en_partie"),
        nonrespondents=schema.texts(fields, "sans_reponse"),
    )


def _axes(lines: Iterable[str]) -> tuple[Dimension, ...]:
    """The dimensions of lines « forme | | Forme | Form », « forme | vol | Vol | Theft »."""
    axes: dict[str, Dimension] = {}
    for line in lines:
        axis, id_, name, name_en, *_ = [*(part.strip() for part in line.split("|")), "", "", ""]
        before = axes.get(axis, Dimension(axis, name, name_en, ()))
        more = (Category(id_, name, name_en),) if id_ else ()
        axes[axis] = Dimension(axis, before.name, before.name_en, (*before.categories, *more))
    return tuple(axes.values())


def _axis_lines(axes: Iterable[Dimension]) -> Iterator[str]:
    for axis in axes:
        named = (("", axis.name, axis.name_en), *((c.id, c.name, c.name_en) for c in axis.categories))
        yield from (BETWEEN.join([axis.id, *(part.replace("|", "/") for part in parts)]) for parts in named)


def _number(word: str) -> PrintedNumber | None:
    """« 12 », « 12-20 », « 12+ »; None for « nd »; raises ValueError."""
    if word == UNKNOWN:
        return None
    low, _, high = word.removesuffix(MORE).partition(SPAN)
    return PrintedNumber(int(low), int(high or low), word.endswith(MORE))


def as_yaml(publications: Iterable[Publication], comment: Iterable[str]) -> str:
    """The record as it is kept: each row of a table one line, its total last; the last row is the totals."""
    lines = yaml_out.records("publications", map(_record, publications))
    return "\n".join([*yaml_out.comments(comment), *lines, ""])


def _record(one: Publication) -> list[yaml_out.Pair]:
    words = [HIDDEN if c not in one.numbers else str(one.numbers[c] or UNKNOWN) for c in one.cells]
    width = one.shape[-1] + 1 if one.shape else 1
    rows = tuple(yaml_out.single_quoted(" ".join(words[at : at + width])) for at in range(0, len(words), width))
    return [
        ("indicateur", one.indicator), ("version", str(one.version)), ("numero", str(one.number)),
        ("population", one.population), *_said(one), ("ont_repondu", yaml_out.flow_list(one.respondents)),
        ("en_partie", yaml_out.flow_list(one.partial_respondents)),
        ("sans_reponse", yaml_out.flow_list(one.nonrespondents)),
        ("axes", tuple(map(yaml_out.single_quoted, _axis_lines(one.axes))) or "[]"), ("nombres", rows),
    ]  # fmt: skip


def _said(one: Publication) -> list[yaml_out.Pair]:
    return [
        (f"{name}{'_en' if language == 'en' else ''}", yaml_out.single_quoted(" ".join(said[language].split())))
        for name, said in (("compte", one.titles), ("definition", one.definitions))
        for language in LANGUAGES
    ]
