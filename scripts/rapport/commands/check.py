"""`rapport check`: everything checked and nothing made. Little is imported here: pandoc is set to work first."""

from __future__ import annotations

from rapport.commands.context import Context
from rapport.examination.opening import open_cache
from rapport.messages import display
from rapport.messages.by_owner import group_by_owner
from rapport.messages.stop import ERRORS, FINE
from rapport.model import Edition
from rapport.storage import manifest


def verb(context: Context) -> int:
    """Check the contributions, and the templates as far as a report would be laid out."""
    options, language, before = context.options, context.language, manifest.inputs(str(context.root))
    with context.progress() as steps:
        cache = open_cache(context.root)
        examined = context.examine(cache)
        from rapport import pipeline

        examined = pipeline.in_english(examined, whole=options.report_language == "en")
        *_, problems = pipeline.read_pages(examined, Edition.DRAFT, cache, options.report_language, steps=steps)
    found = (*examined.diagnostics, *problems)
    status = ERRORS if display.count(found)["errors"] else FINE
    if options.json:
        for diagnostic in found:
            context.show(display.as_json(diagnostic, language))
        return status
    names = {one.id: one.name for one in examined.associations.values()}
    printed = "\n".join(group_by_owner(found, examined.sources, names, len(examined.drafts), language))
    context.show(printed)
    manifest.remember(str(context.root), f"check-{options.report_language}-{language}", before, {}, printed, status)
    return status
