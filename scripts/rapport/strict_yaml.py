"""YAML read as strings, lists and mappings only, every value with its place.

No tags, anchors, aliases or duplicate keys; `non`, `01000` and `12:30` stay what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from rapport import rules
from rapport.model import Diagnostic, Located, Span

Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
MAX_DEPTH = 12


def read(text: str, path: str, first_line: int = 1) -> tuple[Mapping[str, Located[Any]], tuple[Diagnostic, ...]]:
    """A YAML mapping as {key: Located(value)}; values are str, tuples of Located, or such mappings again.

    `first_line` is the line of the file that the text begins at, so that places are the file's own.
    """
    reading = _Reading(path, first_line - 1)
    trick = reading.first_trick(text)
    if trick:
        return {}, (trick,)
    try:
        root = yaml.compose(text, Loader=Loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return {}, (reading.syntax_error(error),)
    if root is None:
        return {}, ()
    if not isinstance(root, yaml.MappingNode):
        return {}, (Diagnostic(rules.WRONG_SHAPE, reading.span(root), {"key": "", "wanted": "mapping"}),)
    value = reading.value(root, 0)
    return value.value if isinstance(value.value, dict) else {}, tuple(reading.found)


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
        try:
            for event in yaml.parse(text, Loader=Loader):
                name = getattr(event, "anchor", None) or getattr(event, "tag", None)
                if name:
                    return Diagnostic(rules.YAML_TRICK, self.span(event), {"name": str(name)})
        except (yaml.YAMLError, RecursionError, ValueError):
            pass  # the composer says it better
        return None

    def syntax_error(self, error: Exception) -> Diagnostic:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        if mark is None:
            return Diagnostic(rules.YAML_SYNTAX, Span(self.path, self.offset + 1, 1, 1), {})
        return Diagnostic(rules.YAML_SYNTAX, Span(self.path, mark.line + 1 + self.offset, mark.column + 1, 1), {})

    def value(self, node: yaml.Node, depth: int) -> Located[Any]:
        span = self.span(node)
        if depth > MAX_DEPTH:
            self.found.append(Diagnostic(rules.WRONG_SHAPE, span, {"key": "", "wanted": "flat"}))
            return Located("", span)
        if isinstance(node, yaml.MappingNode):
            return Located(dict(self.pairs(node, depth)), span)
        if isinstance(node, yaml.SequenceNode):
            return Located(tuple(self.value(item, depth + 1) for item in node.value), span)
        return Located(node.value, span)

    def pairs(self, node: yaml.MappingNode, depth: int) -> Iterator[tuple[str, Located[Any]]]:
        places: dict[str, Span] = {}
        for key_node, value_node in node.value:
            key, span = str(key_node.value), self.span(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.found.append(Diagnostic(rules.WRONG_SHAPE, span, {"key": "", "wanted": "mapping"}))
            elif key in places:
                self.found.append(Diagnostic(rules.DUPLICATE_KEY, span, {"key": key}, (places[key],)))
            else:
                places[key] = span
                yield key, self.value(value_node, depth + 1)
