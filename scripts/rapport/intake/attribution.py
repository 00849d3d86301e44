"""Which association wrote a file, and on which theme: from the folder, the name, the sender, the title, the text.

A clue weighs as much as it rarely misleads; where two come near each other, nobody guesses: the receipt asks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from rapport.diff.thresholds import NAME_LIKE
from rapport.intake import header_keys
from rapport.intake.plan import Plan
from rapport.intake.states import SentDocument
from rapport.language.folding import fold_words
from rapport.language.names import identifier
from rapport.model import Association, Theme

SURE = 30
LIKELY = 20  # one word alone of those that name a theme
AHEAD = 2.0  # how many times the next one's weight
SMALL = frozenset("le la les l de du des d et en a au aux un une pour par sur dans qui s".split())
GENERIC = frozenset(
    "association collectif contribution texte rapport theme mineurs mineur enfants enfant traite victimes france "
    "version final def vf".split()
)
STATED = re.compile(r"^\W*th[èe]me(?:\s+(?:n°\s*)?\d+)?\s*:[ \t]*(\S.{2,200})$", re.IGNORECASE | re.MULTILINE)
PUBLIC_MAIL = re.compile(r"@(gmail|orange|wanadoo|free|yahoo|hotmail|outlook|laposte|live|sfr)\b")


class Guess(Struct, frozen=True):
    """The best answer, "" when none is sure; `others` are the likely ones, the best first."""

    answer: str = ""
    clue: str = ""
    others: tuple[str, ...] = ()


def association(document: SentDocument, title: str, plan: Plan) -> Guess:
    """Who wrote it: an association's id."""
    weights: dict[str, float] = {}
    clues: dict[str, str] = {}
    header = header_keys.header_statements(document.header)
    signed = " / ".join(header[name] for name in ("association", "auteurs") if name in header)
    head = " ".join(document.normal.text.split()[:60])
    for one in plan.associations.values():
        for clue, weight, text in (
            ("folder", 100, " / ".join(document.folder)),
            ("header", 100, signed),
            ("sender", 60, "" if PUBLIC_MAIL.search(document.sender) else re.sub(r"[@._-]", " ", document.sender)),
            ("file", 60, re.sub(r"[_.-]", " ", document.title)),
            ("parcel", 50, re.sub(r"[_.-]", " ", " / ".join(document.parcels))),
            ("title", 40, title),
            ("head", 35, head),
        ):
            if _named(one, text, loosely=clue not in ("title", "head")):
                weights[one.id] = weights.get(one.id, 0) + weight
                clues.setdefault(one.id, clue)
        times = _times(one, document.normal.text)
        if times:
            weights[one.id] = weights.get(one.id, 0) + min(8 * times, 32)
            clues.setdefault(one.id, "text")
    return _best(weights, clues)


def _named(one: Association, text: str, loosely: bool) -> bool:
    said = f" {fold_words(text)} "
    if any(f" {name} " in said for name in _names(one)):
        return True
    if one.acronym:
        return bool(re.search(rf"\b{re.escape(one.acronym)}\b", text, re.IGNORECASE if loosely else 0))
    return loosely and f" {one.id.replace('-', '')} " in said


def _times(one: Association, text: str) -> int:
    said = f" {fold_words(text)} "
    return sum(said.count(f" {name} ") for name in _names(one)) + (
        len(re.findall(rf"\b{re.escape(one.acronym)}\b", text)) if one.acronym else 0
    )


def _names(one: Association) -> set[str]:
    """The ways its name is written, each long enough to mean it."""
    parts = [one.name, *re.split(r"\s[–—-]\s", one.name), one.id.replace("-", " ")]
    bare = [re.sub(r"^(association|les|la|le|congregation|fondation) ", "", fold_words(part)) for part in parts]
    whole = [fold_words(part) for part in parts]
    return {name for name in (*whole, *(b for b in bare if " " in b)) if len(name) > 3 and name not in GENERIC}


def theme(document: SentDocument, title: str, association_id: str, plan: Plan) -> Guess:
    """What it is about: a theme's id."""
    from rapidfuzz import fuzz

    stem = document.title
    themes = {one.id: one for one in plan.outline.themes}
    if (said := identifier(header_keys.header_statements(document.header).get("theme", ""))) in themes:
        return Guess(said, "header")
    if identifier(stem) in themes:
        return Guess(identifier(stem), "file")
    weights: dict[str, float] = {}
    clues: dict[str, str] = {}
    text = f" {fold_words(document.normal.text)} "
    lines = Counter(map(_bare, document.normal.text.split("\n")))
    own_words = _own_words(themes.values())
    candidates = (
        ("file", 60, re.sub(r"[_-]", " ", stem)),
        ("title", 70, title),
        ("folder", 60, " / ".join(document.folder)),
        ("parcel", 50, re.sub(r"[_-]", " ", " / ".join(document.parcels))),
        ("head", 70, " ".join(STATED.findall(document.normal.text)[:1])),
    )
    for one in themes.values():
        for clue, weight, candidate in candidates:
            alike = max((_alike(fuzz, name, candidate) for name in (one.title, one.id.replace("-", " "))), default=0)
            if alike >= NAME_LIKE:
                weights[one.id] = weights.get(one.id, 0) + weight * alike / 100 * _share(one, candidate)
                clues.setdefault(one.id, clue)
        for clue, _, said in candidates if one.id not in weights else ():
            if own := own_words[one.id] & set(_content(said)):
                weights[one.id] = LIKELY + min(4 * sum(text.count(f" {word} ") for word in own), 12)
                clues.setdefault(one.id, clue)
        if lines[_bare(one.title)] == 1 and len(_content(one.title)) > 1:
            weights[one.id] = weights.get(one.id, 0) + SURE
            clues.setdefault(one.id, "text")
        if times := text.count(f" {fold_words(one.title)} "):
            long = len(_content(one.title)) > 1
            weights[one.id] = weights.get(one.id, 0) + min(times * (12 if long else 4), 36)
            clues.setdefault(one.id, "text")
        if one.lead == association_id and association_id and one.id in weights:
            weights[one.id] += 8
    return _best(weights, clues)


def _bare(line: str) -> str:
    """A line that names a theme, without « Thème : » and an article before it."""
    return re.sub(r"^(?:theme (?:\d+ )?)?(?:(?:les?|la|l|une?|des) )?", "", fold_words(line))


def _own_words(themes: Iterable[Theme]) -> Mapping[str, set[str]]:
    """The words of a theme's id that stand in the title of no other."""
    titles = {one.id: {*_content(one.title), *_content(one.id.replace("-", " "))} for one in themes}
    times = Counter(word for words in titles.values() for word in words)
    named = {name: set(_content(name.replace("-", " "))) - GENERIC for name in titles}
    return {name: {word for word in words if times[word] == 1} for name, words in named.items()}


def _content(text: str) -> list[str]:
    return [word for word in fold_words(text).split() if word not in SMALL]


def _alike(fuzz: object, name: str, candidate: str) -> float:
    """How well all the words of a theme's name stand in a title, plurals apart."""
    wanted, there = _content(name), _content(candidate)
    if not wanted or not there:
        return 0
    scores = [max(fuzz.ratio(w.rstrip("s"), t.rstrip("s")) for t in there) for w in wanted]  # type: ignore[attr-defined]
    return float(sum(scores) / len(scores)) if min(scores) > 75 else 0


def _share(one: Theme, candidate: str) -> float:
    """The more of a title a theme's name fills, the surer it is."""
    there = [word for word in _content(candidate) if word not in GENERIC]
    return 0.6 + 0.4 * min(len(_content(one.title)) / max(len(there), 1), 1)


def _best(weights: Mapping[str, float], clues: Mapping[str, str]) -> Guess:
    ranked = sorted(weights, key=lambda name: (-weights[name], name))
    likely = tuple(ranked[:4])
    if not ranked or weights[ranked[0]] < SURE:
        return Guess("", "", likely)
    if len(ranked) > 1 and weights[ranked[0]] < AHEAD * weights[ranked[1]] and not _part(ranked[:2], weights):
        return Guess("", "", likely)
    return Guess(ranked[0], clues[ranked[0]], likely)


def _part(names: Iterable[str], weights: Mapping[str, float]) -> bool:
    """Whether the folder speaks for the first and not for the second."""
    first, second = names
    return weights[first] >= 100 > weights[second]
