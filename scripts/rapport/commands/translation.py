"""`rapport translation`: the files and Word forms that translators fill in, made or brought up to date.

What was typed in them is kept; a file whose form is broken is left alone, and what is wrong in it is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rapport import rules
from rapport.commands.context import Context, outline_of, read_identifier
from rapport.examination.result import Examined
from rapport.forms.files import write_both
from rapport.forms.translation import FOLDER, translation_form
from rapport.messages import display, phrase, translations
from rapport.messages.stop import ERRORS, FINE
from rapport.model import Diagnostic, Severity
from rapport.pipeline import outgoing_door
from rapport.safeguarding.outgoing import Outgoing
from rapport.storage.lock import hold_lock
from rapport.translation.refresh import Progress
from rapport.translation.source_blocks import originals
from rapport.translation.translator_files import TranslatorFile, translator_files


def verb(context: Context) -> int:
    """Write the files of the contributions chosen; 1 where one could not be, or none is meant."""
    with context.progress() as steps, hold_lock(context.root):
        examined = context.examine()
        with steps.time_step("translation-files") as step:
            lines, whole = _write(context, examined)
            step.counts["files"] = len(lines)
    context.show("\n".join(lines))
    return FINE if whole else ERRORS


def _write(context: Context, examined: Examined) -> tuple[list[str], bool]:
    """Write the translations of these contributions (all of them for ""); what to say, and whether all were written."""
    root, language, outline = context.root, context.language, outline_of(examined)
    door = outgoing_door(examined, language)
    lines: list[str] = []
    whole = True
    for file in (files := list(_chosen(context, examined))):
        if wrong := _wrong(file.path, examined):
            lines += [display.as_text(diagnostic, examined.sources, language) for diagnostic in wrong]
            lines.append(phrase("translation-refused", language, path=file.path))
            whole = False
            continue
        name = "translation-written" if file.write(root, outline, door) else "translation-kept"
        lines += _summary(name, file.path, file.progress(outline), language)
        lines += _form(root, file, examined, door, language)
    if not files:
        wanted = " ".join(filter(None, (context.options.association, context.options.theme)))
        return [phrase("translation-none", language, wanted=wanted)], False
    return lines, whole


def _form(root: Path, file: TranslatorFile, examined: Examined, door: Outgoing, language: str) -> Iterator[str]:
    """The Word form of a translation written, and what is to be said of it."""
    assert examined.outline is not None
    form = translation_form(file.contribution, examined.outline, examined.associations, file.translation, language)
    if form is None:
        yield translations("form-none", language, path=file.path)
        return
    stem = f"{FOLDER}/{file.contribution.association}/{file.contribution.theme}"
    list(write_both(root, form, stem, door))
    yield translations("form-written", language, path=file.path, form=stem)
    if withheld := sum(one.confidential for one in originals(file.contribution, examined.outline)):
        yield translations("form-withheld", language, number=withheld)


def _chosen(context: Context, examined: Examined) -> Iterator[TranslatorFile]:
    """The files of the associations and themes named; of all where none is."""
    themes = [*(one.id for one in outline_of(examined).themes), *(one.theme for one in examined.accepted)]
    of = read_identifier(context.options.association, examined.associations, context.language)
    on = read_identifier(context.options.theme, dict.fromkeys(themes), context.language)
    known = {(one.association, one.theme): one for one in examined.translations}
    chosen = (one for one in examined.accepted if of in ("", one.association) and on in ("", one.theme))
    return translator_files(chosen, known)


def _wrong(path: str, examined: Examined) -> list[Diagnostic]:
    """What in a file could be lost if it were written again: text out of place, letters, or all of it, not read."""
    astray = (d for d in examined.in_translations if d.rule is rules.OUT_OF_PLACE)
    unread = (d for d in examined.diagnostics if d.rule.severity is Severity.ERROR and d.rule is not rules.EMPTY_FILE)
    return [diagnostic for diagnostic in (*astray, *unread) if diagnostic.span.path == path]


def _summary(name: str, path: str, far: Progress, language: str) -> Iterator[str]:
    yield phrase(name, language, path=path, done=far.done_blocks, total=far.all_blocks, revise=far.blocks_to_revise)
    if far.orphan_blocks:
        yield phrase("translation-left", language, count=far.orphan_blocks)
