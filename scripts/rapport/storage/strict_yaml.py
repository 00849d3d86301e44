"""YAML read as strings, lists and mappings only, every value with its place.

No tags, anchors, aliases or duplicate keys; `non`, `01000` and `12:30` stay what was typed, without the spaces around
(a word processor types « titre : » with a space that YAML does not take for one).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from rapport import rules
from rapport.language.names import LOST_LETTER, UNPRINTABLE
from rapport.language.printable import unprintable_characters
from rapport.model import Diagnostic, LocatedValue, Span
from rapport.storage.encoding import NOT_DRAWN

Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
MAX_DEPTH = 12
GLUED = re.compile(r"^[ -]*\w+(:)[^\s:/]", re.MULTILINE)  # « titre:Un texte » is no key to YAML
TRICK = re.compile(r"[&*!]")  # without one of these there is no anchor, no alias, no tag
FIELD = re.compile(r"^\w+[ \xa0\u202f]*:", re.MULTILINE)  # where a field of a header begins


class YamlEntry(LocatedValue[Any], frozen=True):
    """A value of a mapping, and the place of its key."""

    key: Span


def read(text: str, path: str, first_line: int = 1) -> tuple[Mapping[str, YamlEntry], tuple[Diagnostic, ...]]:
    """A YAML mapping as {key: Entry}; values are str, tuples of Located, or such mappings again.

    `first_line` is the line of the file that the text begins at, so that places are the file's own.
    """
    reading = _Reading(path, first_line - 1)
    trick = reading.first_trick(text)
    if trick:
        return {}, (trick,)
    try:
        root = yaml.compose(text, Loader=Loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return {}, (reading.syntax_error(error, text),)
    if root is None:
        return {}, ()
    if not isinstance(root, yaml.MappingNode):
        return {}, (Diagnostic(rules.WRONG_SHAPE, reading.span(root), {"key": "", "wanted": "mapping"}),)
    value = reading.value(root, 0)
    return value.value if isinstance(value.value, dict) else {}, tuple(reading.found)


def read_fields(text: str, path: str, first_line: int = 1) -> tuple[Mapping[str, YamlEntry], tuple[Diagnostic, ...]]:
    """As `read`, but a mistake in one field hides none of the others: where the whole is no YAML, each is read alone.

    A field that cannot be read is absent from the mapping; its diagnostic stands on one of its lines.
    """
    values, found = read(text, path, first_line)
    starts = [match.start() for match in FIELD.finditer(text)]
    if values or not found or len(starts) < 2:
        return values, found
    read_on: dict[str, YamlEntry] = {}
    said: list[Diagnostic] = []
    for start, end in itertools.pairwise([0, *starts[1:], len(text)]):
        line = first_line + text.count("\n", 0, start)
        alone = text[start:end].rstrip()
        entries, wrong = read(alone, path, line)
        if (not entries and not wrong) or any(one.rule is rules.WRONG_SHAPE and not entries for one in wrong):
            wrong = (_Reading(path, line - 1).syntax_error(ValueError(), alone),)
        said += wrong
        for name, entry in entries.items():
            if name in read_on:
                said.append(Diagnostic(rules.DUPLICATE_KEY, entry.key, {"key": name}, (read_on[name].key,)))
            else:
                read_on[name] = entry
    return read_on, tuple(said) or found


class _Reading:
    """One pass over a composed tree, collecting what is wrong on the way."""

    def __init__(self, path: str, offset: int) -> None:
        self.path, self.offset, self.found = path, offset, list[Diagnostic]()

    def span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark, node.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return Span(self.path, start.line + 1 + self.offset, start.column + 1, max(length, 1))

    def first_trick(self, text: str) -> Diagnostic | None:
        """The first tag, anchor or alias, found in the event stream before anything is expanded."""
        if not TRICK.search(text):
            return None
        try:
            for event in yaml.parse(text, Loader=Loader):
                if getattr(event, "anchor", None) or getattr(event, "tag", None):
                    at = event.start_mark
                    typed = text.split("\n")[at.line][at.column :].split()[0]
                    span = Span(self.path, at.line + 1 + self.offset, at.column + 1, len(typed))
                    return Diagnostic(rules.YAML_TRICK, span, {"name": typed})
        except (yaml.YAMLError, RecursionError, ValueError):
            pass  # the composer says it better
        return None

    def syntax_error(self, error: Exception, text: str) -> Diagnostic:
        """Where the mistake was made, which is often above the place where YAML noticed it."""
        quote = "quoted scalar" in str(getattr(error, "context", ""))
        mark = getattr(error, "context_mark" if quote else "problem_mark", None)
        if mark and mark.line > text.rstrip().count("\n"):  # noticed at the very end: where it was opened
            mark = getattr(error, "context_mark", None) or mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        for glued in GLUED.finditer(text):
            at = text.count("\n", 0, glued.start(1)) + 1
            if at <= line:
                line, column = at, glued.start(1) - text.rfind("\n", 0, glued.start(1))
                break
        return Diagnostic(rules.YAML_SYNTAX, Span(self.path, line + self.offset, column, 1), {})

    def value(self, node: yaml.Node, depth: int) -> LocatedValue[Any]:
        span = self.span(node)
        if depth > MAX_DEPTH:
            self.found.append(Diagnostic(rules.WRONG_SHAPE, span, {"key": "", "wanted": "flat"}))
            return LocatedValue("", span)
        if isinstance(node, yaml.MappingNode):
            return LocatedValue(dict(self.pairs(node, depth)), span)
        if isinstance(node, yaml.SequenceNode):
            return LocatedValue(tuple(self.value(item, depth + 1) for item in node.value), span)
        return LocatedValue(self.without_escapes(node.value, span) if node.style == '"' else node.value.strip(), span)

    def without_escapes(self, text: str, span: Span) -> str:
        """A value between double quotes, where « \\u0001 » stands for a character that nobody typed."""
        for character in sorted(
            {*UNPRINTABLE.findall(text), *NOT_DRAWN.findall(text), *unprintable_characters(text)} - {LOST_LETTER}
        ):
            self.found.append(Diagnostic(rules.INVISIBLE_CHARACTER, span, {"name": f"U+{ord(character):04X}"}))
            text = text.replace(character, LOST_LETTER)
        return text.strip()

    def pairs(self, node: yaml.MappingNode, depth: int) -> Iterator[tuple[str, YamlEntry]]:
        places: dict[str, Span] = {}
        for key_node, value_node in node.value:
            key, span = str(key_node.value).strip(), self.span(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.found.append(Diagnostic(rules.WRONG_SHAPE, span, {"key": "", "wanted": "mapping"}))
            elif key in places:
                self.found.append(Diagnostic(rules.DUPLICATE_KEY, span, {"key": key}, (places[key],)))
            else:
                places[key] = span
                value = self.value(value_node, depth + 1)
                yield key, YamlEntry(value.value, value.span, span)
