"""Small multiples over periods: a panel a row of the tables, one line in each, what is uncertain as an outline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from rapport.figures.charts import chart
from rapport.figures.publication import Publication, layout, period
from rapport.messages import figures

HEIGHT, STEP, BELOW = 56, 66, 22  # pixels: of a panel, of a period in it, from its foot to the first line of words
WORD_LENGTH = 12  # letters of a number before it goes on below
MOST_PERIODS, MOST_PANELS = 8, 14
LEAST_TITLE = 20  # letters of a panel's title before it goes on below


class PeriodSeries(Struct, frozen=True):
    """What was published of one count for several periods, the oldest first: `numbers` are the rows' by period."""

    indicator: str
    titles: tuple[str, str]  # of the count, of its rows
    periods: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[tuple[chart.ShownNumber, ...], ...]
    tables: tuple[Publication, ...]


def series(published: Iterable[Publication], language: str) -> PeriodSeries | None:
    """The last publications of an indicator for each period, as far as they have the same rows; None for one alone."""
    by_period = {period(one.population): one for one in published if one.axes}
    tables = [by_period[when] for when in sorted(by_period)][-MOST_PERIODS:]
    tables = [one for one in tables if layout(one.axes) == layout(tables[-1].axes) and _whom(one) == _whom(tables[-1])]
    if len(tables) < 2:
        return None
    last = tables[-1]
    rows = range(last.shape[0])
    return PeriodSeries(
        last.indicator,
        (last.titles[language], last.axes[0].title(language)),
        tuple(period_words(one, language) for one in tables),
        tuple(last.axes[0].categories[row].title(language) for row in rows),
        tuple(tuple(chart.shown_number(one, chart.row_total(one, row), language) for one in tables) for row in rows),
        tuple(tables),
    )


def _whom(one: Publication) -> list[str]:
    """Who is counted, whatever the period."""
    return one.population.split()[:-2]


def period_words(one: Publication, language: str) -> str:
    """« 2013 », or the first and the last day of what is not a year."""
    start, end = period(one.population)
    whole = start.endswith("-01-01") and end.endswith("-12-31")
    years = [start[:4]] if start[:4] == end[:4] else [start[:4], end[:4]]
    return "–".join(years) if whole else figures("chart-days", language, start=start, end=end)


def year_chart(found: PeriodSeries, language: str) -> chart.Chart | None:
    """A panel for each row; None where there are more than a page has room for."""
    if len(found.names) > MOST_PANELS:
        return None
    between = " ; " if language != "en" else "; "
    said = between.join(
        figures("chart-row", language, name=name, said=", ".join(map(_said, found.periods, numbers)))
        for name, numbers in zip(found.names, found.numbers, strict=True)
    )
    facts = {"title": chart.title_by(*found.titles), "first": found.periods[0], "last": found.periods[-1]}
    return chart.Chart(
        f"graphique-{found.indicator}-annees",
        _specification(found),
        figures("chart-years-caption", language, **facts),
        figures("chart-years-alternative", language, **facts, said=said),
    )


def _said(period: str, number: chart.ShownNumber) -> str:
    return f"{period} {number.words}"


def _specification(found: PeriodSeries) -> chart.Specification:
    width = STEP * len(found.periods)
    top = chart.axis_end([number for numbers in found.numbers for number in numbers])
    panels = [
        _panel(at, name, found.periods, numbers, top)
        for at, (name, numbers) in enumerate(zip(found.names, found.numbers, strict=True))
    ]
    return chart.frame(concat=panels, columns=max(1, int(chart.WIDEST * chart.PIXELS) // (width + 24)), spacing=24)


def _panel(
    panel: int, name: str, periods: Sequence[str], numbers: Sequence[chart.ShownNumber], top: int
) -> chart.Specification:
    """One row's panel; its marks have names of their own, or every panel would be given the marks of the last."""
    width = STEP * len(periods)
    values = [
        {
            "period": period, "low": number.low, "high": number.high, "known": number.is_known,
            "words": chart.lines(number.words, WORD_LENGTH),
        }
        for period, number in zip(periods, numbers, strict=True)
    ]  # fmt: skip
    up = {"type": "quantitative", "scale": {"domain": [0, top], "nice": False}, "axis": None}
    axis = {"labelAngle": 0, "labelPadding": 4, "domainColor": chart.INK}
    point = {"type": "point", "filled": True, "fill": chart.MAIN, "stroke": chart.MAIN, "size": 45, "opacity": 1}
    return {
        "title": {"text": chart.lines(name, max(LEAST_TITLE, width // 7))},
        "data": {"values": values},
        "width": width,
        "height": HEIGHT,
        "encoding": {"x": {"field": "period", "type": "ordinal", "scale": {"domain": list(periods)}, "axis": axis}},
        "layer": [
            {
                "name": f"possible{panel}", "transform": [{"filter": "datum.high > datum.low"}],
                "mark": {"type": "bar", "width": 10, "fill": "white", "stroke": chart.MAIN, "strokeWidth": 1.5},
                "encoding": {"y": {"field": "low", **up}, "y2": {"field": "high"}},
            },
            {
                "name": f"line{panel}",
                "mark": {"type": "line", "stroke": chart.MAIN, "strokeWidth": 2, "invalid": "break-paths-show-domains"},
                "transform": [{"calculate": "datum.known ? datum.low : null", "as": "known_low"}],
                "encoding": {"y": {"field": "known_low", **up}},
            },
            {
                "name": f"certain{panel}", "transform": [{"filter": "datum.known"}],
                "mark": point, "encoding": {"y": {"field": "low", **up}},
            },
            {
                "name": f"words{panel}", "mark": {"type": "text", "baseline": "top", "lineHeight": 13},
                "encoding": {"y": {"value": HEIGHT + BELOW}, "text": {"field": "words"}},
            },
        ],
    }  # fmt: skip
