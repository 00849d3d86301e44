"""The summary in English, which the Committee advises adding: whether the editor wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapport import rules
from rapport.language.template_code import CODE
from rapport.model import Diagnostic, Source, Span
from rapport.report.bilingual_templates import SUMMARY_EN

HEADING = re.compile(r"^[ \t]*(?:#|:::)[^\n]*$", re.MULTILINE)


def has_summary(templates: Iterable[Source]) -> bool:
    """Whether the file is there and says something beside headings, remarks and what the program puts in."""
    texts = (template.text for template in templates if template.path == SUMMARY_EN)
    return any(re.search(r"\w", HEADING.sub("", CODE.sub("", text))) for text in texts)


def no_english_summary(templates: Iterable[Source]) -> Iterator[Diagnostic]:
    """P09: the summary in English is missing, or empty."""
    if not has_summary(templates):
        yield Diagnostic(rules.NO_ENGLISH_SUMMARY, Span(SUMMARY_EN), {"file": SUMMARY_EN})
