"""Make data/lexique.txt again: python scripts/tools/make_lexicon.py fr.aff fr.dic [names.txt].

`fr.aff` and `fr.dic` are Grammalecte's French dictionary for Hunspell; `names.txt` holds first names, one a line.
Four lists: words, first names, other proper names, first names that are no words in lower case. Each is sorted by its
forms without accents, so that « ETAT » can be looked up as well as « État ».
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from rapport.language.folding import fold_accents
from rapport.safeguarding.lexicon import LEXICON, SHORTEST

NEEDS_AFFIX, FORBIDDEN = "()", "{}"
NAME = re.compile(r"[A-ZÀ-ÖØ-ÞŒ][a-zà-öø-ÿœ’'A-ZÀ-ÖØ-Þ-]*[a-zà-öø-ÿœ]")


def forms(affixes: str, words: str) -> Iterator[tuple[str, str]]:
    """Every form with the marks of its entry; elisions (l', qu') are prefixes, which the reader of texts cuts off."""
    endings: dict[str, list[tuple[str, str, re.Pattern[str]]]] = defaultdict(list)
    for line in affixes.splitlines():
        fields = line.split()
        if len(fields) >= 5 and fields[0] == "SFX":
            cut, added = (field.partition("/")[0] for field in fields[2:4])
            endings[fields[1]].append(
                ("" if cut == "0" else cut, "" if added == "0" else added, re.compile(f"(?:{fields[4]})$"))
            )
    for line in words.splitlines():
        word, _, flags = line.partition(" ")[0].partition("/")
        own = [flags[at : at + 2] for at in range(0, len(flags), 2)]
        if not word or word.isdigit() or FORBIDDEN in own:
            continue
        if NEEDS_AFFIX not in own:
            yield word, line
        for flag in own:
            for cut, added, condition in endings.get(flag, ()):
                if word.endswith(cut) and condition.search(word):
                    yield word[: len(word) - len(cut)] + added, line


def main(affixes: str, words: str, names: str = "") -> None:
    """Write the blob that `lexicon` reads."""
    common, given, places = set(), set(), set()
    for form, line in forms(Path(affixes).read_text("utf-8"), Path(words).read_text("utf-8")):
        if form[0].islower():
            common.add(form)
        elif "po:prn" in line:
            given.add(form)
        elif "po:patr" not in line and (NAME.fullmatch(form) or re.fullmatch("[A-Z]{2,6}", form)):
            places.add(form)
    given |= set(Path(names).read_text("utf-8").split()) if names else set()
    ordinary = {fold_accents(word) for word in common}
    rare = {fold_accents(name) for name in given if name.isalpha() and len(name) >= SHORTEST} - ordinary
    lists = [sorted(found, key=lambda w: (fold_accents(w), w)) for found in (common, given, places, rare)]
    LEXICON.write_bytes("\0".join("".join(["\n", *(f"{word}\n" for word in words)]) for words in lists).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
