"""Which of a State's reports, in words: « Cinquième et sixième rapports périodiques du Portugal »."""

from __future__ import annotations

from collections.abc import Sequence

from rapport.language.ordinals import ordinal
from rapport.language.states import State


def periodic_reports(numbers: Sequence[int], state: State, language: str) -> str:
    """The title of the State's periodic reports of these numbers, with a capital at its start."""
    if language == "en":
        said = _joined([ordinal(number, "en") for number in numbers], "and")
        return f"{said[:1].upper()}{said[1:]} periodic report{'s' * (len(numbers) > 1)} of {state.english}"
    said = _joined([ordinal(number, "fr") for number in numbers], "et")
    nouns = "rapports périodiques" if len(numbers) > 1 else "rapport périodique"
    return f"{said[:1].upper()}{said[1:]} {nouns} {state.du}"


def report_without_number(state: State, language: str, first: bool) -> str:
    """The title of a State's first report, or of one of which nobody has said which it is."""
    if language == "en":
        return f"{'Initial report' if first else 'Report'} of {state.english}"
    return f"Rapport {'initial ' * first}{state.du}"


def _joined(words: Sequence[str], last: str) -> str:
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
