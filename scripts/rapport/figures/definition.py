"""The definition that goes with every number, in a few sentences."""

from __future__ import annotations

from rapport.figures.indicators import Indicator
from rapport.messages import figures, long_date


def definition(indicator: Indicator, language: str) -> str:
    """The definition in a few sentences: who, in what unit, when, at which age, over which period, what is hidden."""
    english = language == "en"
    facts = {
        "whom": figures(f"whom-{indicator.people}", language),
        "unit": figures(f"unit-{indicator.unit}", language),
        "moment": figures(f"moment-{indicator.moment}", language),
        "age": indicator.age_en if english else indicator.age,
        "start": long_date(indicator.start, language), "end": long_date(indicator.end, language),
        "question": indicator.question_en if english else indicator.question,
        "version": indicator.version, "date": long_date(indicator.date, language), "threshold": indicator.threshold,
        "overlap": figures("overlap-none" if indicator.no_overlap else "overlap-unknown", language),
    }  # fmt: skip
    return figures("definition", language, **facts)
