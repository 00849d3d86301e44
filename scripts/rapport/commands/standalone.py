"""A document that stands beside the report made, proved like any edition, put in place and told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rapport.commands.build import readable_size
from rapport.commands.context import Context
from rapport.messages import display, phrase
from rapport.messages.stop import BUG, FINE

if TYPE_CHECKING:
    from rapport.examination.result import Examined
    from rapport.model import Diagnostic, Document, Report
    from rapport.output.pdf.writer import Compiler
    from rapport.storage.cache import Cache


def show_diagnostics(context: Context, examined: Examined, found: Iterable[Diagnostic]) -> None:
    """Each diagnostic with its place and its hint."""
    for said in display.as_texts(list(found), examined.sources, context.language):
        context.show(said)


def export_document(
    context: Context, compiler: Compiler, cache: Cache, examined: Examined, report: Report, document: Document,
    proved: str = "",
) -> int:  # fmt: skip
    """The three files, in place once each is proved; the exit status. `proved` is said in the usual stead."""
    from rapport import pipeline
    from rapport.output.export import Export
    from rapport.proof import ProofFailure

    export = Export(context.root, cache, compiler)
    proof = pipeline.proof(examined, report, document, context.root, cache)
    try:
        built, counts = pipeline.export(export, examined, document, proof, context.steps)
    except ProofFailure as failure:
        show_diagnostics(context, examined, failure.diagnostics)
        context.show(phrase("verified-not", context.language))
        return BUG
    finally:
        export.close()
    for path, content in built.outputs.items():
        size = readable_size(len(content), context.language)
        context.show(phrase("built", context.language, path=path, size=size))
    said = display.verification_line(counts, proof.claims(), context.language)
    context.show(proved if proved and "whole" in proof.claims() else said)
    return FINE
