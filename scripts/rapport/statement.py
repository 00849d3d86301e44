"""The page that goes with a submission: what was verified. No date but the report's, no folder, no person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import version

from rapport.building import Made
from rapport.letters_page import Line
from rapport.messages import submission
from rapport.model import Edition
from rapport.pages import long_date
from rapport.readiness import Check

PROGRAM = "rapport-alternatif"
APPROVED = "valide"


def statement(made: Made, checks: Iterable[Check], digests: Mapping[str, str], language: str) -> list[Line]:
    """The lines of the page; `digests` is the SHA-256 of each file of the report, by its name."""
    meta, identity = made.document.meta, made.report.outline.identity
    date = long_date(meta.date, meta.language)
    lines = [
        Line("sender", identity.collective),
        Line("to", submission(f"statement-{meta.edition.value}", language)),
        Line("subject", submission("statement", language)),
        Line("para", submission("of", language, title=meta.title, committee=identity.committee, date=date)),
    ]
    if meta.edition is Edition.CONFIDENTIAL:
        lines.append(Line("to", submission("secret", language)))
    lines.append(Line("heading", submission("files", language)))
    for name, digest in digests.items():
        lines += [Line("entry", name), Line("detail", f"SHA-256 {digest}")]
    lines += [
        Line("para", submission("sums", language)),
        Line("heading", submission("holds", language)),
        Line("para", submission("counts", language, **_counts(made))),
        Line("heading", submission("checked", language)),
    ]
    lines += [Line("entry", submission(f"check-{check.name}", language)) for check in checks]
    lines += [Line("entry", submission(name, language, **made.counts)) for name in ("whole", "nothing-else", "agree")]
    lines += [
        Line("entry", submission(f"apart-{meta.edition.value}", language)),
        Line("entry", submission("silent", language)),
        Line("signature", submission("program", language, program=PROGRAM, version=version(PROGRAM))),
    ]
    return lines


def _counts(made: Made) -> dict[str, int]:
    themes = [theme for part in made.report.parts for theme in part.themes if theme.sections]
    blocks, budget = made.report.blocks, made.examined.budget
    secret = made.document.meta.edition is Edition.CONFIDENTIAL
    return {
        "words": budget.total if secret else budget.total - budget.confidential,
        "themes": len(themes),
        "associations": len({block.association for block in blocks}),
        "texts": len({(block.association, block.theme) for block in blocks}),
        "approved": sum(1 for text in made.examined.accepted if text.status == APPROVED),
        "recommendations": sum(1 for block in blocks if block.recommendation),
    }
