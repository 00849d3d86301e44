"""E: the header of a contribution."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from rapport import rules
from rapport.checks.rule_context import RuleContext
from rapport.language.articles import articles_of
from rapport.model import Diagnostic, Draft, Span
from rapport.project.points import nearest_label
from rapport.storage import schema
from rapport.storage.schema import Key

ARTICLES = Key("articles", "list", expectation="article")
KEYS = (
    Key("titre", required=True),
    Key("date", required=True, test=schema.is_date, expectation="date"),
    Key("auteurs", "list", required=True),
    Key("statut", allowed_values=("ebauche", "relu", "valide")),  # what the sender says of it: it approves nothing
    Key("diffusion", required=True, allowed_values=("publique", "confidentielle")),
    Key("langue", allowed_values=("fr", "en")),
    ARTICLES,
    Key("repond", "list"),
    Key("avertissement"),
    Key("theme_propose"),
    Key("pseudonymes", "list"),
    Key("temoignages", "mappings"),
)
WRITTEN = ("titre", "auteurs", "avertissement", "theme_propose")  # keys whose values are prose
KEY_TYPED = re.compile(r"(\w+)\s*:")
HASH = re.compile(r"[ \t]+(#(?:\S|[ \t]\d).*)")


def header(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """E03 to E05 and E08: keys unknown, missing, or with a value that cannot be."""
    if draft.diagnostics and not draft.header:
        return  # a header that could not be read has been spoken of already
    unread, told = _unread_keys(draft), {diagnostic.span.line for diagnostic in draft.diagnostics}
    for diagnostic in schema.check(draft.header, KEYS, Span(draft.source.path, 1, 1, 3)):
        missing = diagnostic.rule is rules.MISSING_KEY
        if (diagnostic.facts["key"] not in unread) if missing else (diagnostic.span.line not in told):
            yield diagnostic


def _unread_keys(draft: Draft) -> set[str]:
    """The keys of the fields that could not be read, and were spoken of as such."""
    lines, names = draft.source.text.split("\n"), set[str]()
    for diagnostic in draft.diagnostics:
        above = reversed(lines[: diagnostic.span.line])
        names.add(next((match[1] for line in above if (match := KEY_TYPED.match(line))), ""))
    return names


def article(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """E05: an article of a text that the outline does not list, or that the text does not have."""
    values = schema.located_texts(draft.header, "articles")
    for mistake in articles_of(known.outline.instruments).mistakes(value.value for value in values):
        wanted = replace(ARTICLES, expectation=mistake.known_articles) if mistake.known_articles else ARTICLES
        yield schema.bad_value(wanted, replace(values[mistake.place], value=mistake.text), mistake.nearest)


def date_too_late(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """E10: a text dated after the report it is printed in."""
    limit = known.outline.identity.date
    for value in schema.located_texts(draft.header, "date"):
        if schema.is_date(value.value) and value.value > limit:
            yield Diagnostic(rules.DATE_TOO_LATE, value.span, {"date": value.value, "limit": limit})


def hash_in_value(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """E09: what follows a « # » in a title is a remark to YAML, and would be printed nowhere."""
    lines = draft.source.text.split("\n")
    for value in (value for name in WRITTEN for value in schema.located_texts(draft.header, name)):
        end = value.span.column - 1 + value.span.length
        if match := HASH.match(lines[value.span.line - 1], end):
            span = Span(value.span.path, value.span.line, match.start(1) + 1, len(match[1]))
            yield Diagnostic(rules.HASH_IN_VALUE, span, {"text": match[1].rstrip()})


def unknown_point(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """E11: a point that the text says it answers, and that no document of chapters/points/ has."""
    for value in schema.located_texts(draft.header, "repond"):
        if not known.points.names_of(value.value):
            facts = {"value": value.value, "nearest": nearest_label(value.value, known.points)}
            yield Diagnostic(rules.UNKNOWN_POINT, value.span, facts)


CHECKS = (header, article, date_too_late, hash_in_value, unknown_point)
