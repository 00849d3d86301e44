"""`rapport booklet`: children's own words alone, as PDF, Word and a page, proved like any edition."""

from __future__ import annotations

from rapport.commands.build import readable_size
from rapport.commands.context import Context
from rapport.messages import display, phrase, workshops
from rapport.messages.stop import BUG, ERRORS, FINE, Stop
from rapport.storage.lock import hold_lock


def verb(context: Context) -> int:
    """Make the booklet, or say why there is none."""
    from rapport.output.pdf.writer import Compiler

    with context.progress(), Compiler() as compiler, hold_lock(context.root):
        from rapport import pipeline  # late: typst gets ready meanwhile
        from rapport.examination.opening import open_cache
        from rapport.output.export import Export
        from rapport.proof import ProofFailure
        from rapport.submission.booklet import lay_out_booklet

        spoken, language = context.options.report_language, context.language
        cache = open_cache(context.root)
        examined = context.examine(cache)
        report, document, problems = lay_out_booklet(examined, cache, spoken)
        own = [d for d in examined.diagnostics if "/enfants/" in d.span.path]
        for said in display.as_texts([*own, *problems], examined.sources, language):
            context.show(said)
        if report is None or document is None:
            raise Stop(workshops("no-booklet", language), ERRORS)
        export = Export(context.root, cache, compiler)
        proof = pipeline.proof(examined, report, document, context.root, cache)
        try:
            built, counts = pipeline.export(export, examined, document, proof, context.steps)
        except ProofFailure as failure:
            for said in display.as_texts(failure.diagnostics, examined.sources, language):
                context.show(said)
            context.show(phrase("verified-not", language))
            return BUG
        finally:
            export.close()
        for path, content in built.outputs.items():
            context.show(phrase("built", language, path=path, size=readable_size(len(content), language)))
        context.show(display.verification_line(counts, language))
    return FINE
