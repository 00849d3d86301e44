"""Diagnostics grouped by who must act on them, under a summary: what `rapport check` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rapport import rules
from rapport.language.names import identifier
from rapport.messages import display, number_with_noun, phrase
from rapport.model import Diagnostic, Severity, Source

EDITOR, TRANSLATION, REVIEW = "editor", "translation", "review"
OTHERS = (EDITOR, TRANSLATION, REVIEW)
"""Those who are no association, in the order in which they are told."""
FILING = (
    rules.IGNORED_FILE, rules.DUPLICATE_CONTRIBUTION, rules.UNREAD_TEXT, rules.CONFLICTING_COPY,
    rules.STOPS_THE_REPORT, rules.UNSHOWN_FILE, rules.COPY_OF_NOTHING,
)  # fmt: skip
"""How files lie in a folder, which is the editor's work even in that of an association."""


def owner(diagnostic: Diagnostic, names: Mapping[str, str]) -> str:
    """Who must act: the id of an association of `names`, or one of `OTHERS`.

    The plan and the filing are the editor's, what may tell who a child is those who review names; an error of
    protection stands in a text, and its association mends it.
    """
    rule, parts = diagnostic.rule, diagnostic.span.path.split("/")
    if rule.code.startswith("C") and rule.severity is not Severity.ERROR:
        return REVIEW
    if rule.code.startswith("T") or parts[-1].endswith(".en.md"):
        return TRANSLATION
    if len(parts) < 3 or parts[0] != "contributions" or parts[-1] == "association.yaml":
        return EDITOR
    folder = identifier(parts[1])
    return folder if folder in names and rule not in FILING and not rule.code.startswith("P") else EDITOR


def group_by_owner(
    found: Sequence[Diagnostic], sources: Mapping[str, Source], names: Mapping[str, str], files: int, language: str
) -> Iterator[str]:
    """The lines: how many in all, how many for whom, then each group with its files in order.

    `names` gives associations by id; `files` is how many contributions were read.
    """
    yield display.summary(found, files, language)
    groups: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        groups.setdefault(owner(diagnostic, names), []).append(diagnostic)
    told = [*sorted((name for name in groups if name in names), key=lambda name: identifier(names[name])), *OTHERS]
    titles = {name: names[name] if name in names else phrase(f"owner-{name}", language) for name in told}
    present = [name for name in told if name in groups]
    for name in present:
        yield f"  {titles[name]}{phrase('colon', language)}{_counted(groups[name], language)}"
    for name in present:
        yield f"\n— {titles[name]} —"
        in_order = sorted(groups[name], key=lambda one: one.span.path)
        yield from display.as_texts(in_order, sources, language)


def _counted(found: Sequence[Diagnostic], language: str) -> str:
    """« 2 erreurs, 1 note »: how many of each severity, without those of which there is none."""
    return ", ".join(
        number_with_noun(name, number, language) for name, number in display.count(found).items() if number
    )
