"""`rapport build`: one edition checked, merged, compiled, proved and put in place.

`make` is also what a submission is built with: it looks at what was found before, and packs what was made after.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from rapport import rules
from rapport.commands.arguments import Options
from rapport.commands.context import Context
from rapport.commands.desk import PageMaker, page_maker, write_page
from rapport.messages import display, number_with_noun, phrase
from rapport.messages.stop import BUG, ERRORS, FINE, USAGE, Stop
from rapport.model import Diagnostic, Edition, Source
from rapport.proof import ProofFailure
from rapport.storage import manifest
from rapport.storage.lock import hold_lock
from rapport.submission.edition import BuiltEdition

if TYPE_CHECKING:
    from rapport.examination.result import Examined
    from rapport.halving import Halving

Ready = Callable[["Examined"], None]
Then = Callable[[BuiltEdition], Sequence[str]]


def verb(context: Context) -> int:
    """Check, merge and compile one edition."""
    edition = _edition(context.options)
    ready = partial(_refuse_unless_clean, edition, context.options)
    return make(edition, context, (lambda examined: None) if edition is Edition.DRAFT else ready)


def make(edition: Edition, context: Context, ready: Ready, then: Then = lambda made: ()) -> int:
    """Make an edition, say what came of it; returns the exit status.

    `ready` is given the project with what was found so far, and raises Stop where nothing may be made of it. `then`
    is given what was made while build/ is still held, and returns what it has to say.
    """
    from rapport.output.pdf.writer import Compiler

    language, root, spoken = context.language, context.root, context.options.report_language
    before = manifest.inputs(str(root))
    with (
        context.progress(),
        Compiler(Path(root) / "build" / "staging" / "pdf") as compiler,
        hold_lock(root),
        contextlib.ExitStack() as before_unlocking,
    ):
        # late: typst is started by now, and gets ready while the rest is imported
        from rapport.examination.opening import open_cache

        cache = open_cache(root)
        examined = context.examine(cache)
        from rapport import pipeline
        from rapport.halving import Halving
        from rapport.output.export import Export

        export = Export(root, cache, compiler)
        before_unlocking.callback(export.close)
        looked_at = examined
        examined = pipeline.in_english(examined) if spoken == "en" else examined
        ready(examined)  # what is not clean is laid out as a draft only
        export.begin_reference(spoken)
        halving = Halving(edition, cache, export, spoken)
        try:
            made = halving.make(examined, partial(_attempt, halving, context, ready), ready)
        except ProofFailure as failure:
            _tell(failure.diagnostics, examined.sources, language, context)
            context.show(phrase("unprotected" if failure.is_unprotected else "verified-not", language))
            return ERRORS if failure.is_unprotected else BUG
        if isinstance(made, int):
            return made
        built, written, begun = made
        more = then(built)
        looked_at = built.examined if spoken == "fr" else looked_at  # the desk is about the report in French
        merged = built.report if edition is Edition.DRAFT and spoken == "fr" else None
        page, shown, newly = write_page(context, begun or page_maker(context, looked_at, cache, merged))
        cache.sweep()
    examined = built.examined
    found = examined.diagnostics
    lines = list(display.as_texts(found, examined.sources, language))
    lines.append(display.summary(found, len(examined.drafts), language))
    status = ERRORS if display.count(found)["errors"] else FINE
    following = display.next_lines(len(examined.drafts), (file.path for file in examined.refused), language)
    proved = (display.verification_line(built.counts, built.claims, language), *following)
    outputs, told = {**built.outputs, page: shown}, {*written, *([page] if newly else ())}
    kept = [phrase("kept", language, path=path) for path in outputs]
    new = [
        phrase("built", language, path=p, size=readable_size(len(c), language))
        if p in told
        else phrase("kept", language, path=p)
        for p, c in outputs.items()
    ]
    name = f"{edition.value}-{spoken}-{language}"
    manifest.remember(str(root), name, before, outputs, "\n".join([*lines, *kept, *proved]), status)
    context.show("\n".join([*lines, *new, *proved, *more]))
    return status


def _attempt(
    halving: Halving, context: Context, ready: Ready, examined: Examined
) -> tuple[BuiltEdition, tuple[str, ...], PageMaker | None] | int:
    """The edition, which outputs were written anew, and of the French draft the desk that is being made beside it.

    The exit status where there is none, its reason said.
    """
    from rapport import pipeline
    from rapport.storage.second_process import begin_beside

    language, steps, cache, edition = context.language, context.steps, halving.cache, halving.edition
    begun = None
    if edition is Edition.DRAFT and halving.language == "fr":  # while one core lays out, the other is free
        begun = begin_beside(page_maker(context, examined, cache), cache)
    report, document, problems = pipeline.lay_out(examined, edition, cache, halving.language, steps)
    if problems:
        examined = replace(examined, diagnostics=(*examined.diagnostics, *problems))
        ready(examined)
    if report is None or document is None:
        _tell(examined.diagnostics, examined.sources, language, context)
        return ERRORS
    proof = pipeline.proof(examined, report, document, context.root, cache)
    built, counts = pipeline.export(halving.export, examined, document, proof, steps)
    if proof.to_see:  # the desk tells it too
        examined, begun = replace(examined, diagnostics=(*examined.diagnostics, *proof.to_see)), None
    return BuiltEdition(examined, report, document, counts, built.outputs, proof.claims()), built.written_files, begun


def _edition(options: Options) -> Edition:
    """The edition asked for; any other name stops before anything is read."""
    known = [edition.value for edition in Edition]
    if options.edition not in known:
        facts = {"edition": options.edition, "known": ", ".join(known)}
        raise Stop(phrase("no-edition", options.lang, **facts), USAGE)
    return Edition(options.edition)


def _refuse_unless_clean(edition: Edition, options: Options, examined: Examined) -> None:
    """Stop unless nothing is open; outputs of before stay, since nothing good is destroyed, and are said to be old."""
    from rapport.output.export import paths

    language, root = options.lang, options.root
    allowed = (rules.PROCEEDINGS,) if edition is Edition.CONFIDENTIAL else ()
    counts = display.count(d for d in examined.diagnostics if d.rule not in allowed)
    if counts["errors"] or counts["reviews"]:
        texts = display.as_texts(examined.diagnostics, examined.sources, language)
        left = {name: number_with_noun(name, number, language) for name, number in counts.items()}
        refusal = phrase("refused-edition", language, edition=edition.value, **left)
        old = [path for path in paths(edition, options.report_language).values() if (root / path).exists()]
        kept = [phrase("refused-kept", language, path=path) for path in old]
        raise Stop("\n".join([*texts, refusal, *kept]), ERRORS)


def _tell(found: Sequence[Diagnostic], sources: Mapping[str, Source], language: str, context: Context) -> None:
    for said in display.as_texts(found, sources, language):
        context.show(said)


def readable_size(count: int, language: str) -> str:
    """A number of bytes as a person reads it: « 517 ko », « 1,2 Mo »."""
    if count < 1e6:
        return phrase("kilobytes", language, count=round(count / 1e3))
    return phrase("megabytes", language, count=f"{count / 1e6:.1f}".replace(".", "," if language == "fr" else "."))
