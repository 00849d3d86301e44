"""Which forms are made, and where they are put: build/formulaires/<association>/<theme>.

Without a choice, each association gets one form on which the theme is still to be chosen, and one for each theme that
the outline gives it to lead or names it for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rapport.forms.docx import as_docx
from rapport.forms.odt import as_odt
from rapport.forms.page import Form
from rapport.model import Outline, Theme
from rapport.safeguarding.outgoing import Outgoing
from rapport.storage.transaction import write_changed

FOLDER = "build/formulaires"
OPEN = "formulaire"  # the name of a form whose theme is still to be chosen


def choose_forms(
    outline: Outline, associations: list[str], association: str, theme: str
) -> Iterator[tuple[str, Theme | None]]:
    """Whose forms, and on what; None where the theme is left to choose."""
    themes = {one.id: one for one in outline.themes}
    for who in [association] if association else associations:
        if theme:
            yield who, themes[theme]
            continue
        yield who, None
        for one in outline.themes:
            if not one.is_closed and who in (one.lead, *one.order):
                yield who, one


def write_both(root: Path, form: Form, stem: str, door: Outgoing) -> Iterator[tuple[str, bool]]:
    """A form as Word and as OpenDocument, through the door, written where they differ; each path, and whether it was.

    `stem` is the path in the project without its ending.
    """
    for suffix, made in (("docx", as_docx(form)), ("odt", as_odt(form))):
        path = door.path(f"{stem}.{suffix}")
        yield path, write_changed(root / path, door.content(path, made))
