"""`rapport status`: what was sent on every theme, by whom, and who has sent nothing yet."""

from __future__ import annotations

from collections.abc import Iterator

from rapport.commands.context import Context, outline_of
from rapport.commands.documents import register_of, summary
from rapport.correspondence.agreement_status import status_lines
from rapport.messages import phrase
from rapport.messages.stop import FINE
from rapport.model import Theme
from rapport.pipeline import Examined
from rapport.project.outline import title_in
from rapport.translation.refresh import Progress, progress


def verb(context: Context) -> int:
    """The table of themes, and who has sent nothing."""
    register = register_of(context)
    context.show("\n".join(table(context.looked_at(), context.language)))
    if register.entries:
        context.show(summary(register, context.language, "summary-status"))
    return FINE


def table(examined: Examined, language: str) -> Iterator[str]:
    """The lines of the table: a part's title, then a line a theme."""
    outline = outline_of(examined)
    open_ = sum(not theme.closed for theme in outline.themes)
    covered = {c.theme for c in examined.accepted}
    english = _english(examined)
    for part in outline.parts:
        yield title_in(language, part).upper()
        for theme in (one for one in part.themes if not one.closed):
            yield f"  {theme.id:22} {_who(theme, examined, language)}{_translated(english.get(theme.id), language)}"
    for name in sorted({c.theme for c in examined.accepted if c.proposes}):
        yield f"  {name:22} {phrase('status-proposed', language)}"
    writers = {draft.association for draft in examined.drafts}
    silent = [a.name for a in sorted(examined.associations.values(), key=lambda a: a.id) if a.id not in writers]
    yield ""
    yield phrase(
        "status-summary", language, covered=len(covered & {t.id for t in outline.themes}), themes=open_,
        sent=len(examined.drafts), associations=len(writers), refused=len(examined.refused),
    )  # fmt: skip
    if english:
        far = sum(english.values(), Progress(0, 0, 0))
        yield phrase(
            "status-english-summary", language, done=far.done, total=far.total, revise=far.revise,
            texts=len(examined.translations), sent=len(examined.accepted),
        )  # fmt: skip
    yield from status_lines(examined, language)
    if silent:
        yield phrase("status-silent", language, names=", ".join(silent))


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
    name = "status-english-revise" if far.revise else "status-english"
    facts = {"revise": far.revise} if far.revise else {}
    return "  " + phrase(name, language, done=far.done, total=far.total, **facts)


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
