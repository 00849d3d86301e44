"""layout: the themes on which no association has sent anything yet, which a draft lists in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rapport.model import Edition, MergedTheme, Report, Theme


def is_printed(theme: MergedTheme, edition: Edition) -> bool:
    """Whether a theme has pages of its own: it says something, or a draft has something to say of it."""
    return bool(theme.sections or (edition is Edition.DRAFT and (theme.refused or theme.withheld)))


def awaited_themes(report: Report, name: Callable[[str], str]) -> list[Mapping[str, Any]]:
    """The parts that have open themes without a text, each with those themes and the `name` of who leads them."""

    def waiting(theme: Theme) -> Mapping[str, str]:
        return {"title": theme.title, "lead": name(theme.lead) if theme.lead else ""}

    parts = [(p.part.title, [t.theme for t in p.themes if not is_printed(t, report.edition)]) for p in report.parts]
    listed = [(title, [waiting(theme) for theme in themes if not theme.is_closed]) for title, themes in parts]
    return [{"title": title, "themes": themes} for title, themes in listed if themes]
