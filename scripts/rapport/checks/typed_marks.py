"""S and R: what was typed by hand that the report cannot print as it was meant, with what to write instead."""

from __future__ import annotations

from collections.abc import Iterator

from rapport import rules, tree
from rapport.checks.rule_context import RuleContext
from rapport.language.typed_marks import working_marks
from rapport.model import Diagnostic, Draft, Rule

TYPED: tuple[tuple[str, Rule], ...] = (
    ("bullet", rules.TYPED_BULLET),
    ("typed-table", rules.TYPED_TABLE),
    ("working-mark", rules.WORKING_MARK),
    ("unclosed-quote", rules.UNCLOSED_QUOTE),
    ("ibid", rules.CITED_BY_PLACE),
    ("typed-number", rules.TYPED_NUMBER),
)


def typed_marks(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """S25 to S27, S29, R21, R22: each where it stands."""
    for kind, rule in TYPED:
        for find in draft.body.finds_of(kind):
            facts = {"text": find.value, "kind": find.detail} if find.detail else {"text": find.value}
            yield Diagnostic(rule, find.span, facts)


def working_mark_in_header(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """S27 in a line of the header."""
    for located in draft.header.values():
        if isinstance(located.value, str):
            for mark in working_marks(located.value):
                yield Diagnostic(rules.WORKING_MARK, located.span, {"text": mark})


def table_without_caption(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """S28: a table that has no caption has no number either, and nothing says what it shows."""
    for passage in draft.body.passages:
        for table in tree.find([passage.node], "Table"):
            if not tree.text(tree.caption(table)).strip() and len(tree.table_of(table).columns) > 1:
                yield Diagnostic(rules.TABLE_WITHOUT_CAPTION, passage.span, {})


CHECKS = (typed_marks, working_mark_in_header, table_without_caption)
