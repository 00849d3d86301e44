"""F15: what is longer than the programs that set the report can take, known before anything is exported.

The limits stand far above what a text needs and far below what was measured to stop a writer (typst 0.15): an address
of more than 8,000 characters, a string of more than 32,767, a run of 32,769 no-break spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from rapport import rules, tree
from rapport.model import Diagnostic, Draft, Span, span_at

ADDRESS, HEADING, ALTERNATIVE, NAME, SPACES, LINES = 2_000, 500, 2_000, 500, 500, 200
FINDS: Mapping[str, tuple[str, int]] = {
    "link": ("long-address", ADDRESS),
    "image": ("long-address", ADDRESS),
    "id": ("long-name", NAME),
    "mark": ("long-name", NAME),
}
SPACE = (
    r"(?:[ \t\u00a0\u2000-\u200a\u202f\u3000]|\\[ ]"
    r"|&(?:nbsp|ensp|emsp|thinsp|\#(?:32|160|8239|[xX](?:20|[aA]0|202[fF])));)"
)
RUN_OF_SPACES = re.compile(rf"{SPACE}{{{SPACES + 1},}}")
BROKEN_LINE = re.compile(r"(?:\\|  )$")


def exceeded_limit(draft: Draft, known: object) -> Iterator[Diagnostic]:
    """F15: an address, a heading, a description, a run of spaces or of broken lines beyond all measure."""
    for find in draft.body.finds:
        kind, limit = FINDS.get(find.kind, ("", 0))
        if limit and len(find.value) > limit:
            yield _over(find.span, kind, len(find.value), limit)
        if find.kind == "image" and len(find.detail) > ALTERNATIVE:
            yield _over(find.span, "long-alternative", len(find.detail), ALTERNATIVE)
    for passage in draft.body.passages:
        if tree.kind(passage.node) == "Header" and len(title := tree.text(passage.node)) > HEADING:
            yield _over(passage.span, "long-heading", len(title), HEADING)
    source = draft.source
    for match in RUN_OF_SPACES.finditer(source.text):
        yield _over(span_at(source.path, source.text, match.start(), 1), "long-spaces", len(match[0]), SPACES)
    yield from _broken_lines(draft)


def _broken_lines(draft: Draft) -> Iterator[Diagnostic]:
    """Runs of lines that each end with a break: a paragraph of lines takes typst a second for every hundred."""
    lines = enumerate(draft.source.text.split("\n"), 1)
    for broken, run in groupby(lines, key=lambda line: bool(BROKEN_LINE.search(line[1]) and line[1].strip())):
        held = list(run)
        if broken and len(held) > LINES:
            yield _over(Span(draft.source.path, held[0][0], 1), "long-lines", len(held), LINES)


def _over(span: Span, kind: str, length: int, limit: int) -> Diagnostic:
    return Diagnostic(rules.OVER_A_LIMIT, span, {"kind": kind, "length": str(length), "limit": str(limit)})


CHECKS = (exceeded_limit,)
