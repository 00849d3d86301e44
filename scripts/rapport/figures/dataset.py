"""The protected numbers for others: a CSV file a table, and its description as the W3C's CSV on the Web wants it."""

from __future__ import annotations

import csv
import io
import json

from rapport.figures.network import Cell
from rapport.figures.publication import Publication
from rapport.messages import LANGUAGES, figures


def csv_file(one: Publication) -> bytes:
    """A row a number: the values it is of, the least, the greatest, and what it is; a hidden one has neither."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=",", lineterminator="\r\n")
    rows.writerow([*(dimension.id for dimension in one.axes), "minimum", "maximum", "etat"])
    for cell in one.cells:
        rows.writerow([*_names(one, cell), *_number(one, cell)])
    return out.getvalue().encode()


def _names(one: Publication, cell: Cell) -> list[str]:
    return [one.value(axis, at) for axis, at in enumerate(cell)]


def _number(one: Publication, cell: Cell) -> list[str]:
    if cell in one.hidden_places:
        return ["", "", "protege"]
    number = one.numbers[cell]
    if number is None:
        return ["", "", "inconnu"]
    return [str(number.low), str(number.high), "incomplet" if number.more else "complet"]


def description(one: Publication) -> bytes:
    """The metadata of the CSV file: what each column is, and the definition without which no number is given."""
    dimensions = [
        {
            "name": dimension.id, "datatype": "string", "required": True,
            "titles": {language: dimension.title(language) for language in LANGUAGES},
            "dc:description": "; ".join(f"{c.id} = {c.name} / {c.name_en}" for c in dimension.categories),
        }
        for dimension in one.axes
    ]  # fmt: skip
    numbers = [
        {
            "name": name, "datatype": "string" if name == "etat" else "integer", "required": name == "etat",
            "titles": {language: figures(f"column-{name}", language) for language in LANGUAGES},
        }
        for name in ("minimum", "maximum", "etat")
    ]  # fmt: skip
    said = {
        "@context": ["http://www.w3.org/ns/csvw", {"language": "fr"}],
        "url": f"{one.indicator}.csv",
        "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True},
        "dc:title": {language: one.titles[language] for language in LANGUAGES},
        "dc:description": {language: one.definitions[language] for language in LANGUAGES},
        "dc:identifier": f"{one.indicator}, version {one.version}, publication {one.number}",
        "dc:contributor": [*one.respondents, *one.partial_respondents],
        "tableSchema": {"columns": [*dimensions, *numbers]},
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()
