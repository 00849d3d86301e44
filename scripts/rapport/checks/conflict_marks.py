"""W: what is left in a text after two versions of it were laid side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport import rules
from rapport.model import Diagnostic, Draft

OURS, BETWEEN, END = "<<<<<<<", "=======", ">>>>>>>"
MARK = re.compile(rf"^(?:(?:{OURS}|{END}) .*|{BETWEEN})$", re.MULTILINE)


def conflict_marks(draft: Draft, known: object) -> Iterator[Diagnostic]:
    """W01: marks between which nobody has chosen yet; the first is shown, the others are its relatives."""
    text = draft.source.text
    if OURS not in text and END not in text:
        return
    spans = [draft.source.span(*mark.span()) for mark in MARK.finditer(text)]
    if spans:
        yield Diagnostic(rules.CONFLICT_MARKS, spans[0], {}, tuple(spans[1 : 1 + rules.MAX_RELATED]))


CHECKS = (conflict_marks,)
