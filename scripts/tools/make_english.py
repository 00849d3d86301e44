"""Make data/anglais.zlib again: python scripts/tools/make_english.py FOLDER...

Each folder holds `index.aff` and `index.dic`: the English dictionaries for Hunspell derived from SCOWL, British and
American. What is kept is words in small letters: a name is never made ordinary by a dictionary.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from rapport.safeguarding.lexicon import ENGLISH

LEFT_OUT = frozenset("!c")  # words not to be suggested, and parts of ordinal numbers


def forms(affixes: str, words: str) -> Iterator[str]:
    """Every form of every entry, beginnings and endings crossed."""
    endings: dict[str, list[tuple[str, str, re.Pattern[str]]]] = defaultdict(list)
    beginnings: dict[str, list[str]] = defaultdict(list)
    for fields in (line.split() for line in affixes.splitlines()):
        if len(fields) < 5 or fields[0] not in ("SFX", "PFX"):
            continue
        cut, added = ("" if field == "0" else field for field in fields[2:4])
        if fields[0] == "SFX":
            endings[fields[1]].append((cut, added, re.compile(f"(?:{fields[4]})$")))
        else:
            beginnings[fields[1]].append(added)
    for line in words.splitlines()[1:]:
        word, _, flags = line.split("\t")[0].partition("/")
        if LEFT_OUT & set(flags):
            continue
        made = [word]
        for cut, added, condition in (ending for flag in flags for ending in endings.get(flag, ())):
            if condition.search(word):
                made.append(word[: len(word) - len(cut)] + added)
        yield from made
        yield from (added + form for flag in flags for added in beginnings.get(flag, ()) for form in made)


def main(*folders: str) -> None:
    """Write the blob that `english` reads."""
    found: set[str] = set()
    for folder in map(Path, folders):
        found.update(forms((folder / "index.aff").read_text("utf-8"), (folder / "index.dic").read_text("utf-8")))
    kept = sorted(word for word in found if re.fullmatch("[a-z]{2,}", word))
    ENGLISH.write_bytes(zlib.compress("\n".join(kept).encode(), 9))


if __name__ == "__main__":
    main(*sys.argv[1:])
