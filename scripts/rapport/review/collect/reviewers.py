"""Who is who among reviewers: a name is matched whole, and the editor may say that two names are one person's."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

from rapport.language.folding import fold_words
from rapport.messages import decisions
from rapport.messages.stop import USAGE, Stop
from rapport.storage import strict_yaml

PEOPLE = "contributions/drafts/relecteurs.yaml"
"""« Claire Martin: [C. Martin, cmartin] »: one person under several names; the editor's file."""


class Reviewers(Struct, frozen=True):
    """The names that are one person's, each under the first of them."""

    first_names: Mapping[str, str] = field(default_factory=dict)

    def person(self, name: str) -> str:
        """What stands for whoever signs so: the same for all the names of one person."""
        folded = whole_name(name)
        return self.first_names.get(folded, folded)

    def names_of(self, typed: str, known: Iterable[str], language: str) -> set[str]:
        """The names in use of the person typed; raises `Stop` where nobody, or more than one, is called so."""
        names = list(dict.fromkeys(known))
        people = {self.person(name) for name in names}
        found = {self.person(typed)} & people or {self.person(n) for n in names if fold_words(n) == fold_words(typed)}
        if len(found) > 1:
            told = ", ".join(name for name in names if self.person(name) in found)
            raise Stop(decisions("decide-ambiguous", language, name=typed, known=told), USAGE)
        if not found:
            words = set(fold_words(typed).split())
            near = [name for name in names if words & set(fold_words(name).split())] or names
            raise Stop(decisions("decide-no-reviewer", language, name=typed, known=", ".join(near) or "–"), USAGE)
        return {name for name in names if self.person(name) in found}


def whole_name(name: str) -> str:
    """A name as it is compared: composed letters, one space between words, capitals or not."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def load(root: Path, language: str) -> Reviewers:
    """Who is who; raises `Stop` where the file cannot be read."""
    path = root / PEOPLE
    if not path.is_file():
        return Reviewers()
    said, problems = strict_yaml.read(path.read_text(encoding="utf-8", errors="replace"), PEOPLE)
    if problems:
        raise Stop(decisions("decide-bad-people", language, path=PEOPLE, line=problems[0].span.line), USAGE)
    first: dict[str, str] = {}
    for name, entry in said.items():
        others = entry.value if isinstance(entry.value, tuple) else (entry,)
        for other in (name, *(str(one.value) for one in others)):
            first[whole_name(other)] = whole_name(name)
    return Reviewers(first)
