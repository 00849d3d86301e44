"""chapters/graphiques/: every chart of what was published; one that has not changed is not drawn anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from rapport.figures.charts.bars import bar_chart
from rapport.figures.charts.chart import Chart
from rapport.figures.charts.drawing import draw, drawing_name, width_in_cm
from rapport.figures.charts.years import series, year_chart
from rapport.figures.indicators import Dictionary
from rapport.figures.publication import LANGUAGES, Publication

SUFFIXES = (".svg", ".png")


class PlacedChart(Struct, frozen=True):
    """A chart that is drawn: its file's name, how wide it is printed in cm, whether its indicator asks for it."""

    chart: Chart
    file: str
    width: float
    is_requested: bool


class Gallery(Struct, frozen=True):
    """The files of all charts by their names, and the charts of each language as its page places them."""

    files: Mapping[str, bytes]
    charts: Mapping[str, tuple[PlacedChart, ...]]


def gallery(published: Sequence[Publication], dictionary: Dictionary, there: Mapping[str, bytes]) -> Gallery:
    """The charts of everything published; `there` are the files drawn before, by name."""
    charts = {language: tuple(_charts(published, language)) for language in LANGUAGES}
    named = {drawing_name(chart): chart for own in charts.values() for chart in own}
    missing = [name for name in named if not all(name + suffix in there for suffix in SUFFIXES)]
    files = {name + suffix: there[name + suffix] for name in named if name not in missing for suffix in SUFFIXES}
    if missing:
        drawings = draw([named[name].specification for name in missing])
        for name, drawing in zip(missing, drawings, strict=True):
            files |= {f"{name}.svg": drawing.svg, f"{name}.png": drawing.png}
    asked = {id_ for one in dictionary.indicators for id_ in _asked(one.id, one.charts)}
    placed = {
        language: tuple(_placed(chart, files, chart.id in asked) for chart in own) for language, own in charts.items()
    }
    return Gallery(files, placed)


def _charts(published: Sequence[Publication], language: str) -> Iterator[Chart]:
    """Of each count, the bars of its last table, and its periods side by side where there are several."""
    for indicator in dict.fromkeys(one.indicator for one in published):
        own = [one for one in published if one.indicator == indicator]
        found = series(own, language)
        charts = (bar_chart(own[-1], language), year_chart(found, language) if found else None)
        yield from (chart for chart in charts if chart)


def _asked(indicator: str, charts: Sequence[str]) -> Iterator[str]:
    names = {"barres": f"graphique-{indicator}", "annees": f"graphique-{indicator}-annees"}
    yield from (names[chart] for chart in charts)


def _placed(chart: Chart, files: Mapping[str, bytes], asked: bool) -> PlacedChart:
    name = f"{drawing_name(chart)}.svg"
    return PlacedChart(chart, name, width_in_cm(files[name]), asked)
