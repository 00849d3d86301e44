"""The file of a workshop written from its form: the header in the project's own codes, then words as they were typed.

Codes, dates and yes or no are read as people write them (« roumain », « 20/05/2014 », « Oui ») ; what is not understood
stays as typed, so that `make check` names it. Words are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapport.intake import dates
from rapport.intake.workshop_form import Answers
from rapport.language.folding import fold_words
from rapport.messages import LANGUAGES, workshops
from rapport.storage import yaml_out
from rapport.workshops.form_rows import CODED_LISTS, OF_WORKSHOP
from rapport.workshops.reading import LANGUAGE, MONTH, UNSAID
from rapport.workshops.workshop import EDITIONS, ChildPiece
from rapport.workshops.writing import withdrawn_record

CONSENT = ("enfant", "representant", "accord_le", "editions")
SPOKEN_LANGUAGES = "fr en ar ro bg sr sq es pt it de ru uk tr fa ps ur ku vi wo bm ln rom".split()
BETWEEN = re.compile(r"[,;/]|\s+(?:et|and)\s+|\s+")
BAND = re.compile(r"(\d{1,2})\s*(?:[-\u2010-\u2013]|à|a|to)\s*(\d{1,2})")
MONTH_IN_FIGURES = re.compile(r"\b(\d{1,2})\s*[/.-]\s*(\d{4})\b")
YES_NO = {"oui": "oui", "yes": "oui", "non": "non", "no": "non"}
EDITION_NAMES = {
    "projet": "projet", "projets": "projet", "brouillon": "projet", "brouillons": "projet", "draft": "projet",
    "drafts": "projet", "publique": "publique", "public": "publique", "confidentielle": "confidentielle",
    "confidentiel": "confidentielle", "confidential": "confidentielle", "livret": "livret", "booklet": "livret",
}  # fmt: skip
OF_REPRESENTATIVE = {
    "administrateur ad hoc": "administrateur ad hoc", "administratrice ad hoc": "administrateur ad hoc",
    "ad hoc administrator": "administrateur ad hoc", "representant legal": "representant legal",
    "representante legale": "representant legal", "legal representative": "representant legal",
}  # fmt: skip
CHILDREN = re.compile(r"(\d+)(?: enfants| children)?")
ARTICLE = re.compile(r"(?:le|la|l|the|on) ")
PLAIN = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class TypedPiece:
    """Words or a drawing of one child: its code, what was typed beside it, the name of the picture ("" for words)."""

    code: str
    answers: Answers
    picture: str = ""


def workshop_text(whole: Answers, pieces: Sequence[TypedPiece], withdrawn: Sequence[ChildPiece] = ()) -> str:
    """The file of a workshop; it goes on saying which pieces were `withdrawn` from the one before it."""
    return "\n".join(_lines(whole, pieces, withdrawn))


def _lines(whole: Answers, pieces: Sequence[TypedPiece], withdrawn: Sequence[ChildPiece]) -> Iterator[str]:
    yield "---"
    yield from _values(OF_WORKSHOP[1:], whole, "")
    spoken, drawn = [one for one in pieces if not one.picture], [one for one in pieces if one.picture]
    for key, some in (("paroles", spoken), ("dessins", drawn)):
        gone = [one for one in withdrawn if one.code.startswith("D") == (key == "dessins")]
        if some or gone:
            yield f"{key}:"
        for former in gone:
            consent = former.consent
            yield from withdrawn_record("  ", former.code, consent.withdrawn_on, consent.withdrawn_trace)
        for piece in some:
            yield f"  - reference: {piece.code}"
            if piece.picture:
                yield f"    image: {piece.picture}"
            yield from _values(("decrit",) if piece.picture else ("langue",), piece.answers, "    ")
            yield from _values(CONSENT, piece.answers, "    ")
    yield "---"
    for piece in spoken:
        yield from ("", f"## {piece.code}", "", *_quoted(piece.answers["mots"]))
        if any(translated := piece.answers.get("traduction", ())):
            yield from ("", "### Traduction", "", *_quoted(translated))
    yield ""


def _values(names: Sequence[str], answers: Answers, margin: str) -> Iterator[str]:
    for name in names:
        said = " ".join(" ".join(answers.get(name, ())).split())
        if said:
            yield f"{margin}{name}: {_value(name, said)}"


def _value(name: str, said: str) -> str:
    """A value as YAML has it, in the project's codes where it was understood."""
    if name in CODED_LISTS:
        return yaml_out.flow_list(LISTS[name](said), _quoted_where_needed)
    return yaml_out.single_quoted(VALUES[name](said) if name in VALUES else said)


def _quoted_where_needed(said: str) -> str:
    return said if PLAIN.fullmatch(said) else yaml_out.single_quoted(said)


def _quoted(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"> {line}" if line else ">" for line in lines)


# ---------------------------------------------------------------- what people type for a code


def _language_codes() -> Mapping[str, str]:
    """The code of a language by its name in French and in English."""
    return {fold_words(workshops(f"language-{code}", one)): code for one in LANGUAGES for code in SPOKEN_LANGUAGES}


def _language(said: str) -> str:
    return said.lower() if LANGUAGE.fullmatch(said.lower()) else _language_codes().get(fold_words(said), said)


def _languages(said: str) -> list[str]:
    return [_language(one) for one in BETWEEN.split(said) if one]


def _ages(said: str) -> list[str]:
    return [f"{first}-{last}" for first, last in BAND.findall(said)] or [said]


def _editions(said: str) -> list[str]:
    named = [EDITION_NAMES.get(fold_words(one), one) for one in BETWEEN.split(said) if one]
    return sorted(set(named), key=[*EDITIONS, *named].index)


def _month(said: str) -> str:
    if MONTH.fullmatch(said):
        return said
    if found := MONTH_IN_FIGURES.fullmatch(said):
        return f"{found[2]}-{int(found[1]):02}"
    return dates.read(said).iso[:7] or said


def _day(said: str) -> str:
    """A date and nothing else: « pas avant le 20 mai » is no agreement of that day."""
    words = [one for one in ARTICLE.sub("", fold_words(said), count=1).split() if one.isalpha()]
    day = dates.read(said)
    return day.iso if day.iso and day.is_certain and len(words) <= 1 else said


def _children(said: str) -> str:
    if fold_words(said) in (fold_words(UNSAID), "not said"):
        return UNSAID
    number = CHILDREN.fullmatch(fold_words(said))
    return number[1] if number else said


def _representative(said: str) -> str:
    return OF_REPRESENTATIVE.get(ARTICLE.sub("", fold_words(said), count=1), said)


LISTS: Mapping[str, Callable[[str], list[str]]] = {"langues": _languages, "ages": _ages, "editions": _editions}
VALUES: Mapping[str, Callable[[str], str]] = {
    "langue": _language, "mois": _month, "accord_le": _day, "enfants": _children, "representant": _representative,
    "enfant": lambda said: YES_NO.get(fold_words(said), said),
}  # fmt: skip
