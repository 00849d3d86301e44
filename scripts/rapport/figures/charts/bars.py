"""Horizontal bars, one a row of a table: full as far as is vouched for, an outline as far as it may go."""

from __future__ import annotations

from collections.abc import Sequence

from rapport.figures.charts import chart
from rapport.figures.publication import Publication
from rapport.messages import figures

WIDTH, BAR = 300, 18  # pixels
STEP, NARROW_STEP, MANY = 34, 21, 14  # pixels from bar to bar, fewer where there are many
FEWEST, NEVER = 2, 200  # bars; letters in a line where none goes on below


def bar_chart(one: Publication, language: str) -> chart.Chart | None:
    """The rows of a table without its total; None where there are too few to be compared."""
    if not one.axes:
        return None
    total = one.shape[0]
    rows = [row for row in chart.known_rows(one)[0] if row != total]
    numbers = [chart.shown_number(one, chart.row_total(one, row), language) for row in rows]
    names = [one.axes[0].categories[row].title(language) for row in rows]
    if len(rows) < FEWEST:
        return None
    said = "; ".join(f"{name}: {number.words}" for name, number in zip(names, numbers, strict=True))
    if language != "en":
        said = said.replace("; ", " ; ").replace(": ", " : ")
    facts = {"title": chart.title_by(one.titles[language], one.axes[0].title(language))}
    caption = figures("chart-bars-caption", language, **facts, message=_message(names, numbers, language))
    alternative = figures("chart-bars-alternative", language, **facts, said=said)
    return chart.Chart(f"graphique-{one.indicator}", _specification(names, numbers), caption, alternative)


def _message(names: Sequence[str], numbers: Sequence[chart.ShownNumber], language: str) -> str:
    """Which row is the greatest, where that is so whatever the numbers are within what is printed."""
    order = sorted(range(len(numbers)), key=lambda at: numbers[at].low, reverse=True)
    first, *others = order
    certain = all(number.is_known for number in numbers) and not any(numbers[at].is_minimum for at in others)
    if not certain or any(numbers[at].high >= numbers[first].low for at in others):
        return ""
    return figures("chart-greatest", language, name=names[first], words=numbers[first].words)


def _specification(names: Sequence[str], numbers: Sequence[chart.ShownNumber]) -> chart.Specification:
    values = [
        {
            "row": "\n".join(chart.lines(name, chart.LABEL_LENGTH if len(names) < MANY else NEVER)),
            "low": number.low,
            "high": number.high,
            "words": number.words,
        }
        for name, number in zip(names, numbers, strict=True)
    ]
    axis = {"labelExpr": "split(datum.label, '\\n')", "labelLineHeight": 14}
    across = {"scale": {"domain": [0, chart.axis_end(numbers)], "nice": False}, "axis": None, "type": "quantitative"}
    rows = [value["row"] for value in values]
    return chart.frame(
        data={"values": values},
        width=WIDTH,
        height={"step": STEP if len(names) < MANY else NARROW_STEP},
        encoding={"y": {"field": "row", "type": "nominal", "scale": {"domain": rows}, "axis": axis}},
        layer=[
            {
                "name": "possible", "transform": [{"filter": "datum.high > datum.low"}],
                "mark": {"type": "bar", "height": BAR, "fill": "white", "stroke": chart.MAIN, "strokeWidth": 1.5},
                "encoding": {"x": {"field": "low", **across}, "x2": {"field": "high"}},
            },
            {
                "name": "certain", "transform": [{"filter": "datum.low > 0"}],
                "mark": {"type": "bar", "height": BAR, "fill": chart.MAIN, "stroke": chart.MAIN, "strokeWidth": 1.5},
                "encoding": {"x": {"field": "low", **across}},
            },
            {
                "name": "words", "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6},
                "encoding": {"x": {"field": "high", **across}, "text": {"field": "words", "type": "nominal"}},
            },
        ],
    )  # fmt: skip
