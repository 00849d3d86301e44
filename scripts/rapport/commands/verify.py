"""`rapport verify`: the files that are in build/, read back and compared with the texts of today."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rapport import pipeline
from rapport.commands.context import Context
from rapport.examination.opening import open_cache
from rapport.examination.result import Examined
from rapport.messages import LANGUAGES, display, phrase
from rapport.messages.stop import BUG, ERRORS, FINE
from rapport.model import Edition
from rapport.output.export import paths
from rapport.storage import manifest
from rapport.storage.cache import Cache


def verb(context: Context) -> int:
    """Every edition that build/ holds; returns the exit status."""
    root = context.root
    with context.progress() as steps:
        built = [(e, spoken) for e in Edition for spoken in LANGUAGES if any(_files(root, e, spoken).values())]
        if not built:
            context.show(phrase("verified-nothing", context.language))
            return ERRORS
        cache = open_cache(root)
        examined = pipeline.examine(root, cache, steps)
        steps("verify")
        return max([_edition(context, examined, edition, spoken, cache) for edition, spoken in built])


def _edition(context: Context, examined: Examined, edition: Edition, spoken: str, cache: Cache) -> int:
    """One edition in one language: what was compared, or what is wrong."""
    root, language, steps = context.root, context.language, context.steps
    examined = pipeline.in_english(examined) if spoken == "en" else examined
    report, document, _ = pipeline.lay_out(examined, edition, cache, spoken, steps)
    files = _files(root, edition, spoken)
    if report is None or document is None or not _current(root, edition, spoken):
        for path in filter(files.get, files):
            context.show(phrase("verify-old", language, path=path, command=_command(edition, spoken)))
        return ERRORS
    proof = pipeline.proof(examined, report, document, root, cache, anew=True)
    with steps.time_step("proof") as step:
        for path, content in files.items():
            proof.read(path, content)
        proved = proof()
        unseen = proof.identifiers(proof.readings)
        step.counts.update(proved.counts)
    for diagnostic in (*proved.diagnostics, *unseen):
        context.show(display.as_text(diagnostic, examined.sources, language))
    said = (
        phrase("verified-not", language)
        if proved.diagnostics
        else display.verification_line(proved.counts, proved.claims, language)
    )
    context.show(", ".join(files) + phrase("colon", language) + said)
    if proved.diagnostics:
        return BUG
    return ERRORS if unseen and edition is not Edition.DRAFT else FINE


def _command(edition: Edition, spoken: str) -> str:
    """What the editor types to make these outputs again."""
    if edition is Edition.DRAFT:
        return "make english" if spoken == "en" else "make"
    return f"make {edition.value}" + (" ENGLISH=oui" if spoken == "en" else "")


def _current(root: Path, edition: Edition, spoken: str) -> bool:
    """Whether the last build of these outputs was made from what is there now."""
    return any(manifest.current(str(root), f"{edition.value}-{spoken}-{language}") for language in LANGUAGES)


def _files(root: Path, edition: Edition, spoken: str) -> dict[str, bytes]:
    return dict(_read(root, paths(edition, spoken)))


def _read(root: Path, places: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    for path in places.values():
        yield path, (root / path).read_bytes() if (root / path).is_file() else b""
