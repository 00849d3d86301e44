"""The page « Chiffres et sources »: every publication as a table with its definition in a note, in both languages.

It is a template like the editor's own, written from the record: whatever makes a report prints it as it stands, and a
project without figures has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat

from rapport.figures.charts.chart import known_rows, number_words
from rapport.figures.charts.gallery import PlacedChart
from rapport.figures.charts.years import PeriodSeries, series
from rapport.figures.indicators import QuotedFigure
from rapport.figures.network import Cell
from rapport.figures.publication import Publication
from rapport.messages import figures, number_in_groups

ROW_HEADS = "row-heads"  # the division whose tables head each row
BLANKS = re.compile(r"[ \t\n]+")  # not those that no line breaks at
MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+.!~^$@|:&%=-])")


def page(
    published: Sequence[Publication], quoted: Iterable[QuotedFigure], names: Mapping[str, str], language: str,
    charts: Iterable[PlacedChart] = (),
) -> str:  # fmt: skip
    """The text of the page; `names` are the associations' by their identifiers."""
    drawn = {one.chart.id: one for one in charts}
    last = {one.indicator: one for one in published}
    lines = [f"{{# {figures('page-comment', language)} #}}"]
    lines += [f"# {figures('page-title', language)} {{.unnumbered #chiffres}}", "", _say("page-intro", language), ""]
    for at, one in enumerate(last.values(), 1):
        lines += [*_table_lines(one, names, language, at, drawn.get(f"graphique-{one.indicator}")), ""]
        if found := series([p for p in published if p.indicator == one.indicator], language):
            lines += [*_series_lines(found, language, drawn.get(f"graphique-{one.indicator}-annees")), ""]
    for figure in quoted:
        facts = {"title": figure.text("compte", language), "period": figure.text("periode", language)}
        facts |= {"reserve": figure.text("reserve", language), "source": figure.text("source", language)}
        lines += [_say("page-quoted", language, number=number_in_groups(figure.number), **facts), ""]
    return "\n".join(lines)


def _escaped_braces(text: str) -> str:
    """Words between quotation marks that a template takes for none of its own."""
    return text.replace("{", "(").replace("}", ")")


def _say(name: str, language: str, **facts: object) -> str:
    return figures(name, language, **{key: _escaped(str(value)) for key, value in facts.items()})


def _escaped(text: str) -> str:
    """Words that neither pandoc nor a template takes for signs of its own."""
    return MARKUP.sub(r"\\\1", BLANKS.sub(" ", text).strip())


def _chart_lines(placed: PlacedChart | None) -> Iterator[str]:
    """A chart with what it says, where its indicator asks for it or a text refers to it."""
    if placed is None:
        return
    chart = placed.chart
    said = chart.alternative.replace('"', "").replace("\\", "")
    open_, close = ("", "") if placed.is_requested else (f'{{% if "{chart.id}" in charts %}}', "{% endif %}")
    yield from filter(None, [open_])
    size = f'{{width={placed.width}cm #{chart.id} alt="{_escaped_braces(said)}"}}'
    yield from ("", f"![{_escaped(chart.caption)}]({placed.file}){size}", "")
    yield from filter(None, [close])


def _table_lines(
    one: Publication, names: Mapping[str, str], language: str, at: int, chart: PlacedChart | None
) -> Iterator[str]:
    """A heading with an id to refer to, how many answered, the table, what nobody knows, the definition in a note.

    Who answered and who did not is said in drafts alone: other editions do not say who wrote what.
    """
    yield f"## {_escaped(one.titles[language])} {{.unnumbered #chiffre-{one.indicator}}}"
    yield ""
    whole, part, silent = one.respondents, one.partial_respondents, one.nonrespondents
    answered = _say("page-answered", language, number=len(whole), all=len(whole) + len(part) + len(silent))
    partly = _say("page-partly", language, number=len(part)) if part else ""
    note = f"[^chiffre-{at}]"
    yield f"{answered} {partly}".strip() + note
    yield ""
    named = (("page-who", whole), ("page-who-partly", part), ("page-silent", silent))
    said = [_say(name, language, names=_names(list_, names)) for name, list_ in named if list_]
    yield from ("{% if edition.draft %}", _say("page-drafts", language), *said, "{% endif %}", "")
    yield from _chart_lines(chart)
    shown, unknown = known_rows(one)
    yield from _grid(one, shown, language)
    yield ""
    if unknown:
        titles = ", ".join(_title(one, 0, row, language) for row in unknown)
        yield from (_say("page-unknown", language, names=titles), "")
    yield f"{note}: {_escaped(one.definitions[language])}"


def _series_lines(found: PeriodSeries, language: str, chart: PlacedChart | None) -> Iterator[str]:
    """The same count over several periods: the chart, and the table of its numbers."""
    facts = {"title": found.titles[0], "first": found.periods[0], "last": found.periods[-1]}
    title = _say("page-years", language, **facts)
    yield from (f"### {title} {{.unnumbered #chiffre-{found.indicator}-annees}}", "")
    notes = {f"[^chiffre-{found.indicator}-{at}]": one for at, one in enumerate(found.tables, 1)}
    answered = map(_answered, found.periods, found.tables, repeat(language))
    said = (_escaped(words) + note for words, note in zip(answered, notes, strict=True))
    between = "; " if language == "en" else " ; "
    yield from (figures("page-years-answered", language, said=between.join(said)), "")
    yield from (f"{note}: {_escaped(one.definitions[language])}\n" for note, one in notes.items())
    yield from _chart_lines(chart)
    yield from _table(
        [found.titles[1], *found.periods],
        (
            [name, *(number.words for number in numbers)]
            for name, numbers in zip(found.names, found.numbers, strict=True)
        ),
        figures("page-years", language, **facts),
    )


def _answered(period: str, one: Publication, language: str) -> str:
    whole, part, silent = (len(list_) for list_ in (one.respondents, one.partial_respondents, one.nonrespondents))
    return figures("page-years-one", language, period=period, number=whole, all=whole + part + silent)


def _names(associations: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(one, one) for one in associations)


def _grid(one: Publication, rows: Sequence[int], language: str) -> Iterator[str]:
    """The table in Markdown, each number in words."""
    if not one.axes:
        yield f"**{number_words(one, (), language)}**"
        return
    across = range(one.shape[1] + 1) if len(one.axes) > 1 else None
    heads = [_title(one, 1, column, language) for column in across] if across else [figures("page-number", language)]
    said = (
        [_title(one, 0, row, language), *(number_words(one, cell, language) for cell in _across(one, row))]
        for row in rows
    )
    yield from _table([one.axes[0].title(language), *heads], said, one.titles[language])


def _across(one: Publication, row: int) -> list[Cell]:
    """The places of a row, its total last."""
    return [(row, column) for column in range(one.shape[1] + 1)] if len(one.axes) > 1 else [(row,)]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> Iterator[str]:
    """A table whose first column heads its rows, as Markdown."""
    yield from (f"::: {{.{ROW_HEADS}}}", "")
    yield f"| {' | '.join(map(_escaped, heads))} |"
    yield f"|:{'-' * 24}|{'|'.join(['-' * 12 + ':'] * (len(heads) - 1))}|"
    for row in rows:
        yield f"| {' | '.join(map(_escaped, row))} |"
    yield from ("", f": {_escaped(caption)}", "", ":::")


def _title(one: Publication, axis: int, at: int, language: str) -> str:
    categories = one.axes[axis].categories
    return categories[at].title(language) if at < len(categories) else figures("page-total", language)
