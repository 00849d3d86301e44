"""Names that synchronisation and downloads give to a second copy of a file, and the name that they copy."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapport.language.folding import fold_words

# The end of a name before its extensions, as OneDrive, Dropbox, Nextcloud, Syncthing, browsers and systems write it.
IN_CONFLICT = re.compile(
    r"""(?:
      # « (copie en conflit de …) »
      [ _.-]*\([^()]*(?:en[ ]conflit|de[ ]conflit|conflictuelle|conflicted|case[ ]conflict|sfconflict)[^()]*\)
    | [ _-]*(?:copie[ ]en[ ]conflit|conflicted[ ]copy)\b.*
    | \.sync-conflict-[\w-]+ | [_-]conflict-\d[\w-]*
    | -(?:(?-i:PC|DESKTOP|LAPTOP|MAC|POSTE|PORTABLE)|macbook|imac)(?:-[\w-]*)?
    )\Z""",
    re.IGNORECASE | re.VERBOSE,
)
COPIED = re.compile(r"(?:[ _]*\(\d{1,2}\)|(?:\s+-\s+|[\s-])(?:copie|copy)(?:\s*\(\d+\)|\s+\d{1,2})?)\Z", re.IGNORECASE)
COPY_OF = re.compile(r"(?:(?:copie(?: \(\d+\))? de|copy(?: \(\d+\))? of)|\[conflict\]) ", re.IGNORECASE)
# The name of a computer, or macOS's number: believed only where the original stands beside.
BESIDE = re.compile(r"-[A-Z0-9][A-Z0-9-]{2,}\Z| \d{1,2}\Z")
ENDING = re.compile(r"(?:\.en\.md|\.md\.j2|\.[A-Za-z][A-Za-z0-9]{0,7})\Z", re.IGNORECASE)


def original_name(name: str, beside: Iterable[str] = ()) -> str:
    """The file's name without what made it a copy: « formation (1).md » → « formation.md »; "" for no copy.

    The bare name of a computer (« formation-ACCUEIL.md ») or a number makes a copy only of a file `beside` it.
    """
    found = ENDING.search(name)
    stem, ending = (name[: found.start()], found[0]) if found else (name, "")
    bare = _without_marks(stem)
    if bare != stem:
        return bare + ending if bare else ""
    shorter = BESIDE.sub("", stem)
    return next((o for o in beside if shorter != stem and fold_words(o) == fold_words(shorter + ending)), "")


def in_conflict(name: str) -> bool:
    """Whether a name says that two people changed one file at the same time."""
    return bool(IN_CONFLICT.search(ENDING.sub("", name)))


def _without_marks(stem: str) -> str:
    before = ""
    while before != stem:
        before = stem
        stem = COPY_OF.sub("", COPIED.sub("", IN_CONFLICT.sub("", stem)), count=1).rstrip(" _")
    return stem
