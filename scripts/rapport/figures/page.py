"""The page « Chiffres et sources »: every publication as a table with its definition in a note, in both languages.

It is a template like the editor's own, written from the record: whatever makes a report prints it as it stands, and a
project without figures has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapport.figures.indicators import QuotedFigure
from rapport.figures.network import Cell
from rapport.figures.publication import Publication
from rapport.messages import figures

PAGES = {"fr": "chapters/chiffres.md.j2", "en": "chapters/en/chiffres.md.j2"}
MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+.!~^$@|:&%=-])")


def page(
    published: Iterable[Publication], quoted: Iterable[QuotedFigure], names: Mapping[str, str], language: str
) -> str:
    """The text of the page; `names` are the associations' by their identifiers."""
    last = {one.indicator: one for one in published}
    lines = [f"{{# {figures('page-comment', language)} #}}"]
    lines += [f"# {figures('page-title', language)} {{.unnumbered #chiffres}}", "", _say("page-intro", language), ""]
    for at, one in enumerate(last.values(), 1):
        lines += [*_table_lines(one, names, language, at), ""]
    for figure in quoted:
        facts = {"title": figure.text("compte", language), "period": figure.text("periode", language)}
        reserve, source = figure.text("reserve", language), figure.text("source", language)
        lines += [_say("page-quoted", language, number=figure.number, reserve=reserve, source=source, **facts), ""]
    return "\n".join(lines)


def _say(name: str, language: str, **facts: object) -> str:
    return figures(name, language, **{key: _escaped(str(value)) for key, value in facts.items()})


def _escaped(text: str) -> str:
    """Words that neither pandoc nor a template takes for signs of its own."""
    return MARKUP.sub(r"\\\1", " ".join(text.split()))


def _table_lines(one: Publication, names: Mapping[str, str], language: str, at: int) -> Iterator[str]:
    """A heading with an id to refer to, how many answered, the table, what nobody knows, the definition in a note.

    Who answered and who did not is said in drafts alone: other editions do not say who wrote what.
    """
    yield f"## {_escaped(one.titles[language])} {{.unnumbered #chiffre-{one.indicator}}}"
    yield ""
    note, everyone = f"[^chiffre-{at}]", len(one.answered) + len(one.silent)
    yield _say("page-answered", language, number=len(one.answered), all=everyone) + note
    yield ""
    yield from ("{% if edition.draft %}", _say("page-who", language, names=_names(one.answered, names)))
    yield from ([_say("page-silent", language, names=_names(one.silent, names))] if one.silent else [])
    yield from ("{% endif %}", "")
    shown, unknown = _rows(one)
    yield from _grid(one, shown, language)
    yield ""
    if unknown:
        titles = ", ".join(_title(one, 0, row, language) for row in unknown)
        yield from (_say("page-unknown", language, names=titles), "")
    yield f"{note}: {_escaped(one.definitions[language])}"


def _names(associations: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(one, one) for one in associations)


def _rows(one: Publication) -> tuple[list[int], list[int]]:
    """The rows that are printed, the total last, and those of which nobody knows anything."""
    if not one.axes:
        return [], []
    every = range(one.shape[0] + 1)
    rows = {row: [cell for cell in one.cells if cell[0] == row] for row in every}
    unknown = [row for row in every if all(cell in one.numbers and one.numbers[cell] is None for cell in rows[row])]
    return [row for row in every if row not in unknown], unknown


def _grid(one: Publication, rows: Sequence[int], language: str) -> Iterator[str]:
    """The table in Markdown, each number in words."""
    if not one.axes:
        yield f"**{_number(one, (), language)}**"
        return
    across = range(one.shape[1] + 1) if len(one.axes) > 1 else None
    heads = [_title(one, 1, column, language) for column in across] if across else [figures("page-number", language)]
    yield f"| {' | '.join(map(_escaped, [one.axes[0].title(language), *heads]))} |"
    yield f"|:{'-' * 24}|{'|'.join(['-' * 12 + ':'] * len(heads))}|"
    for row in rows:
        cells: list[Cell] = [(row, column) for column in across] if across else [(row,)]
        said = [_title(one, 0, row, language), *(_number(one, cell, language) for cell in cells)]
        yield f"| {' | '.join(map(_escaped, said))} |"
    yield ""
    yield f": {_escaped(one.titles[language])}"


def _title(one: Publication, axis: int, at: int, language: str) -> str:
    categories = one.axes[axis].categories
    return categories[at].title(language) if at < len(categories) else figures("page-total", language)


def _number(one: Publication, cell: Cell, language: str) -> str:
    if cell in one.hidden:
        return figures("page-hidden", language)
    number = one.numbers[cell]
    if number is None:
        return figures("page-nobody", language)
    name = "page-one" if number.low == number.high else "page-range"
    said = figures(name, language, low=number.low, high=number.high)
    return figures("page-more", language, number=said) if number.more else said
