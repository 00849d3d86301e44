"""`rapport budget`: the table of words, theme by theme, association by association, against what was planned."""

from __future__ import annotations

from collections.abc import Iterator

from rapport.commands.context import Context
from rapport.examination.result import Examined
from rapport.messages import phrase
from rapport.messages.stop import FINE
from rapport.model import Theme
from rapport.project.outline import title_in

NAME, NUMBER = 44, 9  # columns


def verb(context: Context) -> int:
    """The table of words."""
    context.show("\n".join(table(context.examine_project(), context.language)))
    return FINE


def table(examined: Examined, language: str) -> Iterator[str]:
    """The lines of the table: themes and who wrote on them, associations, the report as a whole."""
    outline, counted = examined.outline, examined.budget
    assert outline is not None and counted is not None
    names = {a.id: a.name for a in examined.associations.values()}
    yield _row(phrase("budget-themes", language), phrase("budget-words", language), phrase("budget-planned", language))
    for part in outline.parts:
        yield title_in(language, part).upper()
        for theme in (theme for theme in part.themes if not theme.is_closed):
            yield from _theme(theme, examined, language)
    known = {theme.id for theme in outline.themes}
    for name in (name for name in counted.themes if name not in known):
        yield _row(f"  {name} ({phrase('status-proposed', language)})", counted.themes[name])
    yield ""
    yield _row(phrase("budget-associations", language), phrase("budget-words", language))
    for name in sorted({text.association for text in counted.texts}):
        yield _row(f"  {names.get(name, name)}", counted.words_of(name))
    yield ""
    yield from _whole(examined, language)


def _theme(theme: Theme, examined: Examined, language: str) -> Iterator[str]:
    counted = examined.budget
    assert counted is not None
    words = counted.themes.get(theme.id, 0)
    if not words and not theme.budget:
        return
    over = words - (theme.budget or words)
    mark = phrase("budget-over", language, count=over) if over > 0 else ""
    yield _row(f"  {theme.id}", words, theme.budget or "—", mark)
    for text in counted.texts:
        if text.theme == theme.id:
            yield _row(f"      {text.association}", text.words)


def _whole(examined: Examined, language: str) -> Iterator[str]:
    outline, counted = examined.outline, examined.budget
    assert outline is not None and counted is not None
    identity = outline.identity
    yield _row(phrase("budget-report", language), counted.total, identity.length_words or "—")
    if counted.confidential:
        yield _row("  " + phrase("budget-confidential", language), counted.confidential)
    if identity.length_words:
        left = identity.length_words - counted.total
        name = "budget-left" if left >= 0 else "budget-too-many"
        yield phrase(name, language, count=abs(left), length=identity.length)
    else:
        yield phrase("budget-no-limit", language, length=identity.length)
    yield phrase("budget-notes" if identity.length_notes else "budget-without-notes", language)
    if examined.refused:
        yield phrase("budget-refused", language, count=len(examined.refused))


def _row(name: str, words: object, planned: object = "", mark: str = "") -> str:
    shown = name if len(name) <= NAME else name[: NAME - 1] + "…"
    return f"{shown:{NAME}}{words!s:>{NUMBER}}{planned!s:>{NUMBER}}  {mark}".rstrip()
