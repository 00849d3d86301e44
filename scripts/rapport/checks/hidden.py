"""S: what was meant to be hidden or to be settings, and would be printed as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport import rules
from rapport.checks.rule_context import RuleContext
from rapport.language.patterns import lower
from rapport.model import Diagnostic, Draft, span_at

HEADER = re.compile(r"\A\s*^---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
SECOND_HEADER = re.compile(
    r"^---[ \t]*\n(?:[A-Za-z][\w-]*:.*\n)(?:[ \tA-Za-z-].*\n)*?(?:---|\.\.\.)[ \t]*$", re.MULTILINE
)
SECRET = r"(?:strictement[ ]|tr[èe]s[ ])?confidentiel(?:le)?s?|(?:[àa][ ])?ne[ ]pas[ ](?:diffuser|publier|communiquer)"
SIGNS = ("confidentiel", "diffuser", "publier", "communiquer")  # one of which stands in every SECRET
IN_WORDS = re.compile(
    rf"""
      ^(?![ \t>]*:{{3,}})                                  # not the fence that does hide
        [ \t>*_#+\-:\[({{«"]*(?:\d+[.)][ \t]*)?
        (?:(?:texte|passage|partie|document|début|fin)[ ])?(?:{SECRET})
        [ \t*_]*(?:[\])}}»:.!—–]|-{{2}}|$)
    | [\[(][ ]*(?:(?:passage|texte|début|fin)[ ])?(?:{SECRET})[ ]*[\])]     # « [confidentiel] » anywhere
    | ^[^#\n][^\n]*?[^\s:`\])][ ]+(?P<mark>\{{[ ]*\.?(?:{SECRET})[ ]*\}})  # a paragraph has no mark
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)


def _body_start(text: str) -> int:
    match = HEADER.match(text)
    return match.end() if match else 0


def second_header(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """S18: a second header in the middle of the text: it sets nothing, and would be printed."""
    text = draft.source.text
    if any(diagnostic.rule is rules.NO_HEADER for diagnostic in draft.diagnostics):
        return  # it is the first
    for match in SECOND_HEADER.finditer(text, _body_start(text)):
        yield Diagnostic(rules.SECOND_HEADER, span_at(draft.source.path, text, match.start(), 3), {})


def confidential_in_words(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """S19: « [confidentiel] » typed as words hides nothing."""
    text = draft.source.text
    low = lower(text)
    if not any(sign in low for sign in SIGNS):
        return
    for match in IN_WORDS.finditer(text, _body_start(text)):
        words = match["mark"] or match[0].strip()
        start = match.start() + match[0].index(words)
        span = span_at(draft.source.path, text, start, len(words))
        yield Diagnostic(rules.CONFIDENTIAL_IN_WORDS, span, {"text": words})


CHECKS = (second_header, confidential_in_words)
