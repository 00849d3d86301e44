"""display: diagnostics → text or JSON. The one place where facts become sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from string import Formatter

from rapport.language.names import LOST_LETTER, UNPRINTABLE
from rapport.messages import number_with_noun, phrase, rule_text, words
from rapport.model import Diagnostic, Rule, Severity, Source, Span
from rapport.storage.lock import BuildFolderDeleted
from rapport.storage.transaction import Outcome, WritingStopped

FAMILIES = ("F", "E", "P", "S", "R", "I", "B", "C", "T", "D", "W", "V")  # in the order of their table
MOST = 50  # diagnostics of one file that are printed, the gravest first of all; the rest are counted
GRAVITY = tuple(Severity)
WIDEST = 100  # columns of the excerpt shown around a place


def message(diagnostic: Diagnostic, language: str) -> str:
    """What is wrong, as one sentence without a full stop."""
    return rule_text(diagnostic.rule.code, language).message.format(**words(diagnostic.facts, language))


def hint(diagnostic: Diagnostic, language: str) -> str:
    """What to do now."""
    text = rule_text(diagnostic.rule.code, language)
    chosen = text.near_hint if text.near_hint and diagnostic.facts.get("nearest") else text.hint
    return chosen.format(**words(diagnostic.facts, language))


def place(span: Span, language: str = "fr") -> str:
    """« path:line:column », or the path alone for a file as a whole; of a Word file « path, page 2, tableau 1 »."""
    path = UNPRINTABLE.sub(LOST_LETTER, span.path.replace("\n", LOST_LETTER))  # a file's name may hold anything
    parts = [path, *(phrase(f"within-{kind}", language, number=number) for kind, number in span.location)]
    return f"{path}:{span.line}:{span.column}" if span.line else ", ".join(parts)


def as_text(diagnostic: Diagnostic, sources: Mapping[str, Source], language: str) -> str:
    """The diagnostic in full: a first line complete alone, the line of the file, the hint, related places."""
    return "\n".join(_lines(diagnostic, sources, language))


def as_texts(found: Sequence[Diagnostic], sources: Mapping[str, Source], language: str) -> Iterator[str]:
    """Diagnostics in full in their order, at most `MOST` of a file, and after its last how many more there are."""
    gravest = sorted(range(len(found)), key=lambda at: (GRAVITY.index(found[at].rule.severity), at))
    paths: dict[str, list[int]] = {}
    for at in gravest:
        paths.setdefault(found[at].span.path, []).append(at)
    printed = {at for mine in paths.values() for at in mine[:MOST]}
    last = {max(mine[:MOST]): (path, len(mine) - MOST) for path, mine in paths.items()}
    for at, diagnostic in enumerate(found):
        if at in printed:
            yield as_text(diagnostic, sources, language)
        if at in last and last[at][1] > 0:
            path, more = last[at]
            yield phrase("more-found", language, path=place(Span(path), language), number=more)


def _lines(diagnostic: Diagnostic, sources: Mapping[str, Source], language: str) -> Iterator[str]:
    colon = phrase("colon", language)
    severity = phrase(f"severity-{diagnostic.rule.severity}", language)
    yield f"{place(diagnostic.span, language)}: {severity} {diagnostic.rule.code}{colon}{message(diagnostic, language)}"
    yield from _excerpt(diagnostic.span, sources)
    yield f"   {phrase('hint', language)}{colon}{hint(diagnostic, language)}"
    for span in diagnostic.related_spans:
        yield f"   {phrase('see', language)}{colon}{place(span, language)}"


def _excerpt(span: Span, sources: Mapping[str, Source]) -> Iterator[str]:
    """The line a place is on, cut around it when long, and a mark under the words meant."""
    lines = sources[span.path].text.split("\n") if span.path in sources else []
    if not 0 < span.line <= len(lines) or not lines[span.line - 1].strip():
        return
    line = lines[span.line - 1].replace("\t", " ")
    cut = max(0, span.column - 1 - WIDEST // 2) if len(line) > WIDEST else 0
    shown, at = line[cut : cut + WIDEST], span.column - 1 - cut
    gutter = f"{span.line:5} │ "
    yield gutter + shown.rstrip()
    if span.column:
        yield " " * (len(gutter) - 2) + "│ " + " " * at + "^" * max(1, min(span.length, len(shown) - at))


def disk_error(error: OSError, language: str, decided: int = 0) -> str:
    """What the disk, or whoever deleted a folder, did to a command; `decided` is what a dialogue has written before."""
    if isinstance(error, BuildFolderDeleted):
        return phrase("gone", language)
    hidden = not error.filename or re.search(
        r"(^|/)(\.transaction(\.done)?|build/(tmp|staging|cache))(/|$)|\.part$", str(error.filename)
    )
    facts = {"path": "build/" if hidden else error.filename, **_disk(error, language)}
    outcome = error.outcome if isinstance(error, WritingStopped) else Outcome()
    said = phrase("disk-decided" if decided else "disk", language, decided=decided, **facts)
    return "\n".join([said, *files_changed_since(outcome, language)])


def lost_output(error: OSError, language: str) -> str:
    """What the screen, or the file that stands for it, did to a command."""
    return phrase("unheard", language, **_disk(error, language))


def undone_changes(outcome: Outcome, language: str) -> Iterator[str]:
    """What was made of the changes of a command that was killed; nothing where it had made none."""
    if outcome.restored_files:
        yield number_with_noun("taken-back", len(outcome.restored_files), language)
    if outcome.finished_request:
        yield phrase("finished-before", language)
    yield from files_changed_since(outcome, language)


def files_changed_since(outcome: Outcome, language: str) -> Iterator[str]:
    """The files that somebody has changed since we did, which are left as they are."""
    if outcome.foreign_files:
        yield phrase("changed-since", language, paths=", ".join(outcome.foreign_files))


def _disk(error: OSError, language: str) -> dict[str, object]:
    return dict(words({"disk": error.strerror or str(error)}, language))


def as_json(diagnostic: Diagnostic, language: str) -> str:
    """The diagnostic as one line of JSON, for other programs."""
    return json.dumps({
        "code": diagnostic.rule.code,
        "severity": diagnostic.rule.severity,
        "path": diagnostic.span.path,
        "line": diagnostic.span.line,
        "column": diagnostic.span.column,
        "length": diagnostic.span.length,
        "message": message(diagnostic, language),
        "hint": hint(diagnostic, language),
        "related": [place(span, language) for span in diagnostic.related_spans],
    }, ensure_ascii=False)  # fmt: skip


def table(rules: Sequence[Rule], language: str) -> Iterator[str]:
    """Every rule as a table in Markdown, under a heading for each family: docs/regles.md, whose text this is."""
    title, intro = phrase("table-title", language), phrase("table-intro", language)
    yield from (f"# {title}", "", intro)
    for family in FAMILIES:
        if members := [rule for rule in rules if rule.code.startswith(family)]:
            yield from ("", f"## {phrase(f'family-{family}', language)}", "")
            yield from (phrase("table-head", language), "|---|---|---|---|")
            yield from (_row(rule, language) for rule in members)


def _row(rule: Rule, language: str) -> str:
    text = rule_text(rule.code, language)
    severity = phrase(f"severity-{rule.severity}", language)
    return f"| {rule.code} | {severity} | {_anything(text.message)} | {_anything(text.hint)} |"


def _anything(text: str) -> str:
    """A rule's sentence with « … » for its facts, fit for a cell of a table."""
    bare = "".join(words + "…" * (name is not None) for words, name, _, _ in Formatter().parse(text))
    return re.sub(r"([|<>*_`\[\]@#\\])", r"\\\1", bare)


def count(diagnostics: Iterable[Diagnostic]) -> dict[str, int]:
    """How many of each severity."""
    found = [d.rule.severity for d in diagnostics]
    return {
        "errors": found.count(Severity.ERROR),
        "reviews": found.count(Severity.REVIEW),
        "notes": found.count(Severity.NOTE),
    }


def summary(diagnostics: Iterable[Diagnostic], files: int, language: str) -> str:
    """One line on the whole."""
    counts = count(diagnostics)
    said = {name: number_with_noun(name, number, language) for name, number in counts.items()}
    name = "done-found" if any(counts.values()) else "done-clean"
    return phrase(name, language, files=number_with_noun("files", files, language), **said)


def next_lines(texts: int, refused: Iterable[str], language: str) -> tuple[str, ...]:
    """What to type now: one line where no text has come, or where the report goes without some that are refused."""
    if not texts:
        return (phrase("no-texts", language),)
    if not (named := sorted(set(refused))):
        return ()
    files = number_with_noun("omitted", len(named), language)
    return (phrase("left-out", language, files=files, named=", ".join(named)),)


def verification_line(counts: Mapping[str, int], claims: Collection[str], language: str) -> str:
    """One line on what was compared; `claims` are those of `proof.claims` that hold, and nothing else is said."""
    if "whole" not in claims:
        return phrase("verified-unproved", language)
    said = {name: number_with_noun(f"verified-{name}", number, language) for name, number in counts.items()}
    recounted = phrase("verified-recounted", language, words=said["words"]) if "recounted" in claims else ""
    return phrase("verified", language, **said) + recounted
