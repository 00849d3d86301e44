"""forms: the Word and OpenDocument forms that associations fill in, in build/formulaires/<association>/<theme>.

Without a choice, each association gets one form on which the theme is still to be chosen, and one for each theme that
the outline gives it to lead or names it for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rapport.commands.arguments import Terminal, named
from rapport.forms.docx import as_docx
from rapport.forms.odt import as_odt
from rapport.forms.page import compose
from rapport.messages import form
from rapport.model import Outline, Theme
from rapport.opening import open_cache
from rapport.storage.cache import write_atomically
from rapport.storage.lock import locked

FOLDER = "build/formulaires"
OPEN = "formulaire"  # the name of a form whose theme is still to be chosen
FEW = 6  # files that are told one by one


def verb(options: Any, terminal: Terminal) -> int:
    """Write the forms asked for, and say which."""
    root, language = options.root, options.lang
    with terminal.progress(language) as progress, locked(root):
        examined = terminal.examined(root, open_cache(root), language, progress)
        outline, known = examined.outline, examined.associations
        association = named(options.association, list(known), language)
        theme = named(options.theme, [one.id for one in outline.themes], language)
        said = []
        for who, what in chosen(outline, list(known), association, theme):
            progress("form", name=known[who].name)
            made = compose(outline, known, who, what, language)
            for suffix, content in (("docx", as_docx(made)), ("odt", as_odt(made))):
                said.append(_put(root, f"{FOLDER}/{who}/{what.id if what else OPEN}.{suffix}", content, language))
    many = len(said) > FEW
    terminal.show(form("many", language, number=len(said) // 2, folder=FOLDER) if many else "\n".join(said))
    return 0


def chosen(
    outline: Outline, associations: list[str], association: str = "", theme: str = ""
) -> Iterator[tuple[str, Theme | None]]:
    """Whose forms, and on what; None where the theme is left to choose."""
    themes = {one.id: one for one in outline.themes}
    for who in [association] if association else associations:
        if theme:
            yield who, themes[theme]
            continue
        yield who, None
        for one in outline.themes:
            if not one.closed and who in (one.lead, *one.order):
                yield who, one


def _put(root: Path, path: str, content: bytes, language: str) -> str:
    """The file written where it differs; what to say of it."""
    place = root / path
    if place.is_file() and place.read_bytes() == content:
        return form("kept", language, path=path)
    write_atomically(place, content)
    return form("written", language, path=path)
