"""Patterns compiled when they are first used, and patterns tried on text in lower case.

Compiling was a tenth of a build after one edit, which looks for few of them. Those that take no account of case are two
to four times as fast as Python's (?i).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
IGNORE = "(?i)"  # at the head of a pattern that can be tried so
# Outside of the pattern's words: what a backslash makes of a letter, and the names of groups.
LITERAL = re.compile(r"\\.|\(\?P<\w+>|\(\?P=\w+\)|[A-ZÀ-ÖØ-ÞŒ]")
# Letters that (?i) takes for others, and that lower() leaves or makes two of.
ODD = str.maketrans("İıſ", "iis")


def lower_in_place(text: str) -> str:
    """The text in lower case, letter for letter: what is found there has the same place in the text."""
    if "İ" in text or "ı" in text or "ſ" in text:
        text = text.translate(ODD)
    return text.lower()


class _LatePattern:
    """What stands for a pattern until one of its methods is asked for, then has them as its own."""

    def __init__(self, compiled: Callable[[], re.Pattern[str]]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> object:
        pattern = self._compiled()
        for method in METHODS:
            setattr(self, method, getattr(pattern, method))
        return getattr(pattern, name)


def late_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled when it is first used."""
    return cast(re.Pattern[str], _LatePattern(lambda: re.compile(pattern, flags)))


def late_for_lower(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The same as `compile_for_lower`, when it is first used."""
    return cast(re.Pattern[str], _LatePattern(lambda: compile_for_lower(pattern, flags)))


def compile_for_lower(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that begins with (?i), for text in lower case."""
    if not pattern.startswith(IGNORE) or "(?-i" in pattern:
        raise ValueError(pattern)
    plain = pattern.replace(IGNORE, "").replace("(?i:", "(?:")
    return re.compile(LITERAL.sub(lambda found: found[0].lower() if len(found[0]) == 1 else found[0], plain), flags)
