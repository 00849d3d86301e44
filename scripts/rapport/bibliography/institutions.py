"""Institutions typed like people: without braces, « Ministère de la Justice » is a person called Justice.

BibLaTeX cuts a name at its comma, at « and » and at its particles, unless braces hold it together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

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
PARTICLES = frozenset(
    "d de del della di da do dos du des la le les l van von der den ten ter zu af av el al bin ben ibn y e i".split()
)
PEOPLES = frozenset(
    "france francais francaise international internationale europe suisse belgique canada quebec".split()
)
ARTICLES = ("la", "les", "the")
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
    return cut and (not NOUNS.isdisjoint(words) or not LINKS.isdisjoint(words) or _is_shaped_so(outside))


def _is_shaped_so(name: str) -> bool:
    """Whether a name has what no person's has, « ONU Femmes », or is two: « Anne Dupont, Paul Martin »."""
    words = re.findall(r"[^\W\d_]+", name)
    if "," in name or not words:
        parts = [[w for w in one.split() if fold_words(w) not in PARTICLES and w[-1] != "."] for one in name.split(",")]
        return len(parts) > 3 or (len(parts) == 2 and min(map(len, parts)) > 1)
    folded = [fold_words(word) for word in words]
    noun = any(word.islower() and plain not in PARTICLES for word, plain in zip(words[1:], folded[1:], strict=True))
    initials = words[0].isupper() and len(words[0]) in (3, 4)  # « Awa DIOP » has a surname in capitals
    alone = any(plain == "la" and before not in PARTICLES for before, plain in pairwise(folded))
    return noun or initials or alone or folded[0] in ARTICLES or folded[-1] in PEOPLES


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
