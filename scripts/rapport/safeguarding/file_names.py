"""Names of files and folders in running text, and the rare words beside a first name in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import chain

from rapport.safeguarding import lexicon

ENDING = r"\.(?:docx?|od[tsp]|rtf|md|pdf|txt|eml|msg|zip|png|jpe?g|xlsx?|pptx?|csv|html?|mp[34]|m4a)\b"
ENDS = re.compile(ENDING, re.IGNORECASE)  # quickly told: most texts name no file
FILE = re.compile(r"[^\s«»/›\"][^«»/›\"\n]{0,120}?" + ENDING, re.IGNORECASE)
JOINED_FILE = re.compile(r"[\w.-]+" + ENDING, re.IGNORECASE)
LONG_NUMBER = re.compile(r"[-_]\d{8}")
NUMBERED = re.compile(r"(?<![\w@./-])[^\W\d_]+(?:[-_][^\W_]+)*[-_]\d{8,}(?:[-_]\w+)*")
"""A name without its ending in which a long number stands: « img-0612345678 »."""
BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]{2,})[-_ ]\Z")
AFTER = re.compile(r"[-_ ]([^\W\d_]{2,})(?![^\W_])")


def names_of_files(text: str) -> Iterator[re.Match[str]]:
    """The names of files and folders in a text: by their endings, or by a long number joined to a word."""
    return chain(
        FILE.finditer(text) if ENDS.search(text) else (), NUMBERED.finditer(text) if LONG_NUMBER.search(text) else ()
    )


def with_rare_neighbours(name: str, start: int, end: int, known: Set[str]) -> tuple[int, int]:
    """A first name's place in the name of a file, and the rare words beside it, which may be the family's."""
    beside = (BEFORE.search(name, 0, start), AFTER.match(name, end)) if name[start].isalpha() else ()
    for word in beside:
        if word and word[1] not in known and lexicon.is_strange(word[1].lower()):
            start, end = min(start, word.start()), max(end, word.end())
    return start, end
