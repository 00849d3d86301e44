"""The file of a workshop written from its form: the header in the project's own codes, then words as they were typed.

Codes, dates and yes or no are read as people write them (« roumain », « 20/05/2014 », « Oui ») ; what is not understood
stays as typed, so that `make check` names it. Words are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from rapport.intake.workshop_form import Answers
from rapport.language import dates
from rapport.language.folding import fold_words
from rapport.messages import LANGUAGES, workshops
from rapport.storage import yaml_out
from rapport.workshops.form_rows import CODED_LISTS, OF_WORKSHOP
from rapport.workshops.reading import LANGUAGE, MONTH, TITLES, UNSAID
from rapport.workshops.withdrawn_register import WithdrawnPiece
from rapport.workshops.workshop import EDITIONS, ChildPiece, Workshop
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
HEADINGS = {language: title.capitalize() for title, language in reversed(TITLES.items())}
"""The heading of a translation, by its language."""


class TypedPiece(Struct, frozen=True):
    """Words or a drawing of one child: its code, what was typed beside it, the name of the picture ("" for words).

    `former` is the same piece in the file that stood there; it is to be looked at `anew`, or its page to be
    `shown_anew`, where what is read beside it changed or it may be printed in more places. `others`: its translations
    by language.
    """

    code: str
    answers: Answers
    picture: str = ""
    former: ChildPiece | None = None
    anew: bool = False
    shown_anew: bool = False
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)


def workshop_text(
    whole: Answers, pieces: Sequence[TypedPiece], withdrawn: Sequence[WithdrawnPiece] = (),
    former: Workshop | None = None,
) -> str:  # fmt: skip
    """The file of a workshop; it goes on saying what the `former` one said of its version for children, and which
    pieces were `withdrawn`."""
    return "\n".join(_lines(whole, pieces, withdrawn, former))


def project_codes(name: str, lines: Sequence[str]) -> list[str]:
    """An answer in the project's own codes, as typed where it was not understood; empty for none."""
    said = " ".join(" ".join(lines).split())
    if not said:
        return []
    return LISTS[name](said) if name in LISTS else [VALUES[name](said) if name in VALUES else said]


def _lines(
    whole: Answers, pieces: Sequence[TypedPiece], withdrawn: Sequence[WithdrawnPiece], former: Workshop | None
) -> Iterator[str]:  # fmt: skip
    yield "---"
    yield from _values(OF_WORKSHOP[1:], whole, "")
    if former and former.approved_on:
        yield from _pairs("", version_approuvee=former.approved_text, version_approuvee_le=former.approved_on)
    spoken, drawn = [one for one in pieces if not one.picture], [one for one in pieces if one.picture]
    for key, some in (("paroles", spoken), ("dessins", drawn)):
        gone = [one for one in withdrawn if one.code.startswith("D") == (key == "dessins")]
        if some or gone:
            yield f"{key}:"
        for one in gone:
            yield from withdrawn_record("  ", one.code, one.day, next(iter(one.traces), ""))
        for piece in some:
            yield f"  - reference: {piece.code}"
            if piece.picture:
                yield f"    image: {piece.picture}"
            yield from _values(("decrit",) if piece.picture else ("langue",), piece.answers, "    ")
            yield from _values(CONSENT, piece.answers, "    ")
            yield from _noted(piece)
    yield "---"
    for piece in spoken:
        yield from ("", f"## {piece.code}", "", *_quoted(piece.answers["mots"]))
        if any(translated := piece.answers.get("traduction", ())):
            yield from ("", "### Traduction", "", *_quoted(translated))
        for language, lines in piece.others.items():
            yield from ("", f"### {HEADINGS[language]}", "", *_quoted(lines))
    yield ""


def _noted(piece: TypedPiece) -> Iterator[str]:
    """What was noted on the piece that stood there, as far as it is still true."""
    if piece.former is None:
        return
    consent = piece.former.consent
    yield from _pairs("    ", suite=piece.former.report, comite=piece.former.committee)
    if consent.reviewed_words:
        words = yaml_out.flow_list(sorted(consent.reviewed_words), yaml_out.single_quoted)
        yield f"    mots_revus: {words}"
    if not piece.anew:
        yield from _pairs("    ", regarde_par=consent.looked_by, regarde_le=consent.looked_on)
        yield from _pairs("    ", nom=consent.name, visage=consent.face)
    if not piece.shown_anew:
        yield from _pairs("    ", page_relue=consent.shown_page, page_relue_le=consent.shown_on)


def _pairs(margin: str, **values: str) -> Iterator[str]:
    yield from (f"{margin}{name}: {yaml_out.single_quoted(value)}" for name, value in values.items() if value)


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
