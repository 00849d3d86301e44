"""A spreadsheet that answers a question of the dictionary of figures is kept where « make figures » reads it, too."""

from __future__ import annotations

from pathlib import Path

from rapport.figures.collection import ENDINGS
from rapport.figures.counts import answer_of
from rapport.figures.grids.grid import UnreadableGrid
from rapport.figures.grids.reading import grids
from rapport.figures.indicators import INDICATORS, read_indicators, text_file
from rapport.intake.states import IncomingFile
from rapport.language.names import consonant_stamp
from rapport.project.read import CONTRIBUTIONS, FIGURES


def answers_figures(root: Path, arrived: IncomingFile) -> bool:
    """Whether a file names a count of the dictionary, be it filled in well or not."""
    source = text_file(root, INDICATORS)
    if source is None or not arrived.name.lower().endswith(ENDINGS):
        return False
    dictionary, _ = read_indicators(source)
    try:
        tables = grids(arrived.name, arrived.data)
    except UnreadableGrid:
        return False
    read = [answer_of(table, "", dictionary) for table in tables]
    return any(answer or any(one.name != "no-indicator" for one in problems) for answer, problems in read)


def figures_place(arrived: IncomingFile, association: str) -> str:
    """Where the answer of an association is kept: a name that says nothing of what it was called."""
    suffix = arrived.name.rpartition(".")[2].lower()
    return f"{CONTRIBUTIONS}/{association}/{FIGURES}/reponse-{consonant_stamp(arrived.digest)}.{suffix}"
