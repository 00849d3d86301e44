"""`rapport status`: what waits, in one screen; with `--all` what was sent on every theme, and by whom."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from rapport.commands.context import Context, outline_of
from rapport.commands.documents import register_of, summary
from rapport.correspondence.agreement_status import status_lines
from rapport.examination.result import Examined
from rapport.messages import phrase, submission
from rapport.messages.stop import FINE
from rapport.model import Edition, Theme
from rapport.project.associations import participants
from rapport.project.outline import title_in
from rapport.submission import readiness
from rapport.submission.registers import read_registers
from rapport.translation.refresh import Progress, progress

WIDTH = 80
NAMES_LINES = 2  # lines that the names of associations may take on the one screen


def verb(context: Context) -> int:
    """What waits and how far the report is, in 24 lines of 80 columns; the table of themes where all is asked for."""
    register, language = register_of(context), context.language
    examined = context.examine_project()
    received = [summary(register, language, "summary-status")] if register.entries else []
    if context.options.every_theme:
        lines = [*table(examined, language), "", *_far(examined, language), *_silent(examined, language), *received]
    else:
        lines = [*screen(context, examined, received)]
    context.show("\n".join(lines))
    return FINE


def screen(context: Context, examined: Examined, received: Sequence[str]) -> Iterator[str]:
    """The one screen: what stands against the public edition first, a line each, then how far the report is."""
    language = context.language
    kept = read_registers(context.root, examined.associations, examined.owed_figures)
    found = readiness.checks(examined, Edition.PUBLIC, "fr", kept)
    red = [check for check in found if not check.green]
    against = [submission(f"open-{check.name}", language, count=len(check.places)) for check in red]
    yield phrase("status-waiting" if against else "status-nothing-waits", language)
    yield from (f"  {textwrap.shorten(line, WIDTH - 2, placeholder=' …')}" for line in against)
    for line in (*_far(examined, language), *_silent(examined, language), *received):
        yield from textwrap.wrap(line, WIDTH, max_lines=NAMES_LINES, placeholder=" …", break_on_hyphens=False)
    yield from textwrap.wrap(phrase("status-more", language), WIDTH)


def table(examined: Examined, language: str) -> Iterator[str]:
    """The lines of the table: a part's title, then a line a theme."""
    outline = outline_of(examined)
    english = _english(examined)
    for part in outline.parts:
        yield title_in(language, part).upper()
        for theme in (one for one in part.themes if not one.is_closed):
            yield f"  {theme.id:22} {_who(theme, examined, language)}{_translated(english.get(theme.id), language)}"
    for name in sorted({c.theme for c in examined.accepted if c.proposes}):
        yield f"  {name:22} {phrase('status-proposed', language)}"


def _far(examined: Examined, language: str) -> Iterator[str]:
    """How far the report is: themes, translations, agreements, a line each."""
    outline, english = outline_of(examined), _english(examined)
    covered = {c.theme for c in examined.accepted} & {theme.id for theme in outline.themes}
    yield phrase(
        "status-summary", language, covered=len(covered), themes=sum(not theme.is_closed for theme in outline.themes),
        sent=len(examined.drafts), associations=len({d.association for d in examined.drafts}),
        refused=len(examined.refused),
    )  # fmt: skip
    if english:
        far = sum(english.values(), Progress(0, 0, 0))
        yield phrase(
            "status-english-summary", language, done=far.done_blocks, total=far.all_blocks, revise=far.blocks_to_revise,
            texts=len(examined.translations), sent=len(examined.accepted),
        )  # fmt: skip
    yield from status_lines(examined, language)


def _silent(examined: Examined, language: str) -> Iterator[str]:
    """The associations that have sent nothing yet, in one line; nothing where all have."""
    writers = {draft.association for draft in examined.drafts}
    assert examined.outline is not None
    partners = participants(examined.associations, examined.drafts, examined.outline.identity.date)
    silent = [one.name for one in partners.values() if one.id not in writers]
    if silent:
        yield phrase("status-silent", language, number=len(silent), names=", ".join(silent))


def _english(examined: Examined) -> dict[str, Progress]:
    """How far the English of each theme has come; nothing as long as no translation has begun."""
    assert examined.outline is not None
    found: dict[str, Progress] = {}
    begun = {(t.association, t.theme): t for t in examined.translations}
    for contribution in examined.accepted if begun else ():
        far = progress(contribution, examined.outline, begun.get((contribution.association, contribution.theme)))
        found[contribution.theme] = found.get(contribution.theme, Progress(0, 0, 0)) + far
    return found


def _translated(far: Progress | None, language: str) -> str:
    if far is None:
        return ""
    name = "status-english-revise" if far.blocks_to_revise else "status-english"
    facts = {"revise": far.blocks_to_revise} if far.blocks_to_revise else {}
    return "  " + phrase(name, language, done=far.done_blocks, total=far.all_blocks, **facts)


def _who(theme: Theme, examined: Examined, language: str) -> str:
    names = {a.id: a.name for a in examined.associations.values()}
    said = []
    for contribution in examined.accepted:
        if contribution.theme == theme.id:
            mark = f" ({phrase('status-confidential', language)})" if contribution.confidential else ""
            said.append(names[contribution.association] + mark)
    for refused in examined.refused:
        if refused.theme == theme.id:
            said.append(f"{names.get(refused.association, refused.association)} ({phrase('status-refused', language)})")
    if not said:
        lead = f" ({phrase('status-lead', language, name=names[theme.lead])})" if theme.lead in names else ""
        return f"— {phrase('status-none', language)}{lead}"
    return ", ".join(said)
