"""S and R: what was typed by hand that the report cannot print as it was meant, with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, count

from rapport import rules, tree
from rapport.checks.kept_diagnostics import look_once
from rapport.language import typed_marks as language
from rapport.language.template_code import blank_code
from rapport.language.typed_marks import working_marks
from rapport.model import Diagnostic, Draft, Find, Node, Rule, Source, Span
from rapport.safeguarding.lexicon import is_word
from rapport.storage.cache import Cache

TYPED: tuple[tuple[str, Rule], ...] = (
    ("bullet", rules.TYPED_BULLET),
    ("typed-table", rules.TYPED_TABLE),
    ("working-mark", rules.WORKING_MARK),
    ("unclosed-quote", rules.UNCLOSED_QUOTE),
    ("ibid", rules.CITED_BY_PLACE),
    ("typed-number", rules.TYPED_NUMBER),
)


def typed_marks(draft: Draft, known: object) -> Iterator[Diagnostic]:
    """S25 to S27, S29, R21, R22: each where it stands."""
    for kind, rule in TYPED:
        for find in draft.body.finds_of(kind):
            yield _told(rule, find)


def _told(rule: Rule, find: Find) -> Diagnostic:
    facts = {"text": find.value, "kind": find.detail} if find.detail else {"text": find.value}
    return Diagnostic(rule, find.span, facts)


def in_templates(templates: Sequence[Source], cache: Cache) -> tuple[Diagnostic, ...]:
    """S25 to S28, S35, R21, R22 in the editor's own pages, their commands passed over."""

    def found(template: Source) -> tuple[Diagnostic, ...]:
        kept = look_once(cache, "template-alone", (template.path, template.text), lambda: [_in_template(template)])
        return kept[0]

    return tuple(chain.from_iterable(map(found, templates)))


def _in_template(template: Source) -> Iterator[Diagnostic]:
    ruled = dict(TYPED)
    text = blank_code(template.text)
    for find in language.finds(text, template.span):
        yield from [_told(ruled[find.kind], find)] if find.kind in ruled else _glued_call(find)
    for table in _unexplained_tables(text):
        yield Diagnostic(rules.TABLE_WITHOUT_CAPTION, template.span(*table.span()), {})


DIGITS = "0123456789"
RULED = re.compile(r"^(?=.*[-=]{3})(?=.*[-=:][ |+]+[-=:])[-=:|+ \t]+$", re.MULTILINE)
"""The line by which pandoc knows a table of two columns or more, drawn with bars or not."""
PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
CAPTION = ("#", ":", "Table:", "Tableau :")
"""How what stands before or after a table begins where it says what the table shows: a title, a caption."""


def _unexplained_tables(text: str) -> Iterator[re.Match[str]]:
    """The first line of each table that neither a caption nor the title right above it explains."""
    for table in RULED.finditer(text):
        above, below = PARAGRAPHS.split(text[: table.start()]), PARAGRAPHS.split(text[table.end() :])
        if any(RULED.search(line) for line in above[-1].split("\n")):
            continue  # a rule further down in the same table
        beside = (*above[-2:-1], *below[1:2])
        if not any(one.lstrip().startswith(CAPTION) for one in beside):
            yield table


def glued_call(draft: Draft, known: object) -> Iterator[Diagnostic]:
    """S35: the number of a note glued to a word of the dictionary, as copying from a PDF leaves it."""
    for find in draft.body.finds_of("glued-number"):
        yield from _glued_call(find)


def _glued_call(find: Find) -> Iterator[Diagnostic]:
    word = find.value.rstrip(DIGITS)
    if is_word(word.lower()) and not word.isupper():
        note = f"[^{find.value[len(word) :]}]"
        yield Diagnostic(rules.GLUED_CALL, find.span, {"text": find.value, "call": f"{word}{note}", "note": f"{note}:"})


def working_mark_in_header(draft: Draft, known: object) -> Iterator[Diagnostic]:
    """S27 in a line of the header."""
    for located in draft.header.values():
        if isinstance(located.value, str):
            for mark in working_marks(located.value):
                yield Diagnostic(rules.WORKING_MARK, located.span, {"text": mark})


def table_without_caption(draft: Draft, known: object) -> Iterator[Diagnostic]:
    """S28: a table that has no caption has no number either, and nothing says what it shows."""
    for passage in draft.body.passages:
        for _ in bare_tables([passage.node]):
            yield Diagnostic(rules.TABLE_WITHOUT_CAPTION, passage.span, {})


def bare_tables(nodes: Sequence[Node]) -> list[Node]:
    """The tables of several columns that have no caption."""
    tables = tree.find(list(nodes), "Table")
    return [t for t in tables if not tree.text(tree.caption(t)).strip() and len(tree.table_of(t).columns) > 1]


ITEM = re.compile(r"^(?P<before>[ \t>]*(?:[-*+][ \t]+)?)\(?(?P<number>\d{1,3})[.)](?=\s|$)")


def list_numbers(draft: Draft, known: object) -> Iterator[Diagnostic]:
    """S30: a list numbered 1, 2, 4 by hand is printed 1, 2, 3; all alike is a way to type one, years are no list."""
    lines = draft.source.text.split("\n")
    passages = sorted(draft.body.passages, key=lambda passage: passage.span.line)
    ends = [*(passage.span.line - 1 for passage in passages[1:]), len(lines)]
    for passage, end in zip(passages, ends, strict=False):  # a body that could not be read has no passage
        if any(tree.find([passage.node], "OrderedList")):
            for numbers in _typed_lists(lines, passage.span.line - 1, end):
                yield from _jump(draft.source.path, numbers)


def _typed_lists(lines: Sequence[str], start: int, end: int) -> Iterator[list[tuple[int, int, int]]]:
    """The numbers of each list typed on these lines: (line, column, number)."""
    open_ = dict[int, list[tuple[int, int, int]]]()
    for at in range(start, end):
        if found := ITEM.match(lines[at]):
            indent = len(found["before"].expandtabs(4))
            for deeper in [known for known in open_ if known > indent + 1]:
                yield open_.pop(deeper)
            same = next((known for known in open_ if abs(known - indent) < 2), indent)
            open_.setdefault(same, []).append((at + 1, found.start("number") + 1, int(found["number"])))
    yield from open_.values()


def _jump(path: str, numbers: Sequence[tuple[int, int, int]]) -> Iterator[Diagnostic]:
    """The first number of a list that is not the one that will be printed."""
    typed = [number for _, _, number in numbers]
    for (line, column, number), printed in zip(numbers, count(typed[0]), strict=False):
        if number != printed and len(set(typed)) > 1:
            facts = {"text": str(number), "printed": str(printed)}
            yield Diagnostic(rules.LIST_NUMBERS, Span(path, line, column, len(str(number))), facts)
            return


CHECKS = (typed_marks, glued_call, working_mark_in_header, table_without_caption, list_numbers)
