"""Institutions typed like people: without braces, « Ministère de la Justice » is a person called Justice.

BibLaTeX cuts a name at its comma, at « and » and at its particles, unless braces hold it together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport.language.folding import fold_words

AND = re.compile(r"\s+and\s+", re.IGNORECASE)
# What no person is called, and the words that stand in no person's name.
NOUNS = frozenset(
    "ministere ministeres comite conseil commission commissariat haut haute defenseur defenseure assemblee senat "
    "organisation organisations office agence fondation association associations institut observatoire direction "
    "secretariat cour tribunal parlement gouvernement union nations fonds groupe reseau mission inspection prefecture "
    "universite centre collectif federation confederation ligue mouvement medecins secours armee amicale comites "
    "delegation autorite bureau programme societe syndicat service services conference alliance plateforme "
    "ministry committee council agency department government organization foundation institute university court "
    "parliament commissioner network center observatory rights united international european authority bank "
    "droits enfants enfance children humanitaire justice interieur sante".split()
)
LINKS = frozenset("pour contre sur sans en entre of for the against on in with et".split())
PUBLISHED = ("publisher", "institution", "organization", "school")
PEOPLE = ("author", "editor", "translator", "bookauthor")


def unbraced_institutions(name: str, text: str) -> Iterator[str]:
    """The institutions in a field that are held together by no braces, as they are typed.

    `name` is that of the field: one of a publisher holds no people, and is only cut at « and ».
    """
    names = _apart(text)
    if name in PUBLISHED:
        yield from [" ".join(text.split())] if len(names) > 1 else []
    elif name in PEOPLE:
        yield from (" ".join(one.split()) for one in names if _institution(one))


def _institution(name: str) -> bool:
    """Whether a name is an institution's that would be cut."""
    outside = _outside(name)
    words = re.findall(r"[^\W\d_]+", fold_words(outside))
    cut = len(outside.split()) > 1
    return cut and (not NOUNS.isdisjoint(words) or not LINKS.isdisjoint(words))


def _outside(name: str) -> str:
    """What of a name stands in no braces; « GRETA, {Groupe d'experts} » is a form of ours."""
    while (bare := re.sub(r"\{[^{}]*\}", "", name)) != name:
        name = bare
    return name.strip(" ,")


def _apart(text: str) -> list[str]:
    """The names of a field, cut at each « and » that stands in no braces."""
    names, begun = [], 0
    for match in AND.finditer(text):
        if text.count("{", 0, match.start()) == text.count("}", 0, match.start()):
            names.append(text[begun : match.start()])
            begun = match.end()
    return [*names, text[begun:]]
