"""translation: the files that translators fill in, written for the first time or brought up to date.

What was typed in them is kept; a file whose form is broken is left alone, and what is wrong in it is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rapport import rules
from rapport.language.names import identifier
from rapport.messages import display, phrase
from rapport.model import Contribution, Diagnostic, Severity
from rapport.pipeline import Examined
from rapport.project.read import ENGLISH
from rapport.storage.cache import write_atomically
from rapport.translation.refresh import Progress, progress, refreshed


def write(root: Path, examined: Examined, association: str, theme: str, language: str) -> tuple[list[str], bool]:
    """Write the translations of these contributions (all of them for ""); what to say, and whether all were written."""
    assert examined.outline is not None
    of, on = identifier(association) or association, identifier(theme) or theme  # « ??? » is not all of them
    chosen = [one for one in examined.accepted if of in ("", one.association) and on in ("", one.theme)]
    if not chosen:
        return [phrase("translation-none", language, wanted=" ".join(filter(None, (association, theme))))], False
    known = {(one.association, one.theme): one for one in examined.translations}
    said: list[str] = []
    whole = True
    for contribution in chosen:
        before = known.get((contribution.association, contribution.theme))
        path = before.path if before else beside(contribution)
        if wrong := _wrong(path, examined):
            said += [display.as_text(diagnostic, examined.sources, language) for diagnostic in wrong]
            said.append(phrase("translation-refused", language, path=path))
            whole = False
            continue
        content = refreshed(contribution, examined.outline, before, language).encode()
        changed = before is None or (root / path).read_bytes() != content
        if changed:
            write_atomically(root / path, content)
        far = progress(contribution, examined.outline, before)
        said += _told("translation-written" if changed else "translation-kept", path, far, language)
    return said, whole


def beside(contribution: Contribution) -> str:
    """The path of a contribution's translation."""
    return f"{contribution.path[: -len('.md')]}{ENGLISH}"


def _wrong(path: str, examined: Examined) -> list[Diagnostic]:
    """What in a file could be lost if it were written again: text out of place, letters, or all of it, not read."""
    astray = (d for d in examined.in_translations if d.rule is rules.OUT_OF_PLACE)
    unread = (d for d in examined.diagnostics if d.rule.severity is Severity.ERROR and d.rule is not rules.EMPTY_FILE)
    return [diagnostic for diagnostic in (*astray, *unread) if diagnostic.span.path == path]


def _told(name: str, path: str, far: Progress, language: str) -> Iterator[str]:
    yield phrase(name, language, path=path, done=far.done, total=far.total, revise=far.revise)
    if far.left:
        yield phrase("translation-left", language, count=far.left)
