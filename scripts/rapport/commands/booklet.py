"""`rapport booklet`: children's own words alone, as PDF, Word and a page, proved like any edition."""

from __future__ import annotations

from rapport.commands.context import Context
from rapport.commands.standalone import export_document, show_diagnostics
from rapport.messages import workshops
from rapport.messages.stop import ERRORS, Stop
from rapport.storage.lock import hold_lock


def verb(context: Context) -> int:
    """Make the booklet, or say why there is none."""
    from rapport.output.pdf.writer import Compiler

    with context.progress(), Compiler() as compiler, hold_lock(context.root):
        from rapport.examination.opening import open_cache  # late: typst gets ready meanwhile
        from rapport.submission.booklet import lay_out_booklet

        cache = open_cache(context.root)
        examined = context.examine(cache)
        report, document, problems = lay_out_booklet(examined, cache, context.options.report_language)
        own = [d for d in examined.diagnostics if "/enfants/" in d.span.path]
        show_diagnostics(context, examined, [*own, *problems])
        if report is None or document is None:
            raise Stop(workshops("no-booklet", context.language), ERRORS)
        return export_document(context, compiler, cache, examined, report, document)
