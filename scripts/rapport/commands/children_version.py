"""`rapport children-version`: the version for children made; that a workshop approves it noted, or that none does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapport import rules
from rapport.commands.context import Context, read_identifier
from rapport.commands.standalone import export_document, show_diagnostics
from rapport.messages import long_date, workshops
from rapport.messages.stop import ERRORS, FINE, USAGE, Stop
from rapport.storage.lock import hold_lock
from rapport.storage.transaction import write_atomically
from rapport.workshops.writing import with_approval

if TYPE_CHECKING:
    from rapport.examination.result import Examined
    from rapport.output.pdf.writer import Compiler
    from rapport.storage.cache import Cache
    from rapport.workshops.workshop import Workshop

MEASURED = (rules.LONG_SENTENCE, rules.HARD_WORD)


def verb(context: Context) -> int:
    """Make the version, or record one answer about it."""
    from rapport.output.pdf.writer import Compiler

    options = context.options
    if options.agree and options.withdraw:
        raise Stop(workshops("both", options.lang), USAGE)
    with context.progress(), Compiler() as compiler, hold_lock(context.root):
        from rapport.examination.opening import open_cache  # late: typst gets ready meanwhile

        cache = open_cache(context.root)
        examined = context.examine(cache)
        if options.agree or options.withdraw:
            return _Approval(context, examined).record()
        return _make(context, compiler, cache, examined)


def _make(context: Context, compiler: Compiler, cache: Cache, examined: Examined) -> int:
    from rapport.examination.children_version import page_measures
    from rapport.report.bilingual_templates import CHILD_PAGES, in_language
    from rapport.submission.children_version import lay_out_version

    language, spoken = context.language, context.options.report_language
    made = lay_out_version(examined, cache, spoken)
    page = in_language(CHILD_PAGES, spoken)
    of_page = [d for d in examined.diagnostics if d.rule in MEASURED and d.span.path == page]
    lapsed = [d for d in examined.diagnostics if d.rule is rules.CHILD_VERSION]
    show_diagnostics(context, examined, [*of_page, *lapsed, *made.problems])
    if made.report is None or made.document is None:
        raise Stop(workshops("version-open" if made.problems else f"no-version-{spoken}", language), ERRORS)
    proved = workshops("version-proved", language, points=made.document.meta.smallest)
    status = export_document(context, compiler, cache, examined, made.report, made.document, proved)
    if status == FINE:
        measured = page_measures(examined.templates, spoken)
        average = f"{measured.average:.1f}".replace(".", "," if language == "fr" else ".")
        facts = {"sentences": measured.sentences, "longest": measured.longest, "lix": measured.lix}
        context.show(workshops("version-measures", language, average=average, **facts))
        for line in made.approvals:
            context.show(line)
    return status


class _Approval:
    """The answer of one workshop about the version as it stands."""

    def __init__(self, context: Context, examined: Examined) -> None:
        self.context, self.examined, self.language = context, examined, context.language
        self.day = context.today

    def record(self) -> int:
        """Note in the workshop's header which text was approved and when, or that none is any more."""
        from rapport.examination.children_version import page_codes
        from rapport.pipeline import outgoing_door

        options, workshop = self.context.options, self.chosen()
        code = page_codes(self.examined.templates).get(options.report_language, "")
        if options.agree and not code:
            raise Stop(workshops(f"no-version-{options.report_language}", self.language), ERRORS)
        place = self.context.root / workshop.path
        changed = with_approval(place.read_text(encoding="utf-8"), code if options.agree else "", self.day)
        write_atomically(place, changed.encode())
        facts = {"title": workshop.title, "path": workshop.path, "date": long_date(self.day, self.language)}
        said = workshops("version-approved" if options.agree else "version-unapproved", self.language, **facts)
        self.context.with_door(outgoing_door(self.examined, self.language)).show(said)
        return FINE

    def chosen(self) -> Workshop:
        """The workshop that was named; raises Stop where none, or more than one, has this name."""
        options, found = self.context.options, self.examined.workshops.workshops
        association = read_identifier(options.association, list(self.examined.associations), self.language)
        chosen = [one for one in found if association in ("", one.association) and options.workshop in ("", one.name)]
        if len(chosen) != 1:
            known = ", ".join(f"{one.association}/{one.name}" for one in found)
            raise Stop(workshops("which-workshop", self.language, known=known or "–"), USAGE)
        return chosen[0]
