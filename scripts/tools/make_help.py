"""`make help`: the targets of a Makefile in their groups, in the language of RAPPORT_LANG, within 80 columns.

It runs before anything is installed, on the standard library of any Python 3.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from textwrap import wrap

WIDTH, NAMES = 80, 24  # columns, of the page and of the commands
NO_BREAK = "\u00a0:"  # a colon stays with its word
LINE = re.compile(r"#: (?P<group>.*)|(?P<target>[a-z-]+):.*?## (?P<words>.*)")


def lines(makefile: str, english: bool) -> Iterator[str]:
    """Each group (« #: chaque jour / every day ») and, under it, its targets (« name: … ## français / English »)."""
    for found in filter(None, map(LINE.fullmatch, makefile.splitlines())):
        words = (found["group"] or found["words"]).split(" / ")[english]
        if found["group"]:
            yield from ("", words)
        else:
            sentence, _, example = re.sub(r"[ \u00a0]?: (?=make )", "\n", words.replace(" :", NO_BREAK)).partition("\n")
            first, *more = [row for part in (sentence, example) for row in wrap(part, WIDTH - NAMES)]
            name = f"  make {found['target']}"
            yield f"{name:{NAMES}}{first}"
            yield from (" " * NAMES + line for line in more)


if __name__ == "__main__":
    makefile = Path(sys.argv[1]).read_text(encoding="utf-8")
    page = "\n".join([*lines(makefile, os.environ.get("RAPPORT_LANG") == "en"), ""])
    with suppress(BrokenPipeError):
        os.write(sys.stdout.fileno(), page.encode())  # at once: « make help | head » reads as much of it as it wants
