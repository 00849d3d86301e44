"""Two agreements of one child, the file's and the form's: the later one counts, else the narrower of the two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapport.intake.workshop_form import Answers
from rapport.intake.workshop_text import CONSENT, project_codes
from rapport.storage.schema import is_date
from rapport.workshops.reading import FRENCH, REPRESENTATIVES
from rapport.workshops.workshop import EDITIONS, ChildPiece, PieceConsent


class AgreedAnswers(dict[str, Sequence[str]]):
    """The rows of an agreement; whether it is narrower than the form's, or wider than the page that was shown."""

    is_narrower = False
    is_wider = False


def answers_of(piece: ChildPiece) -> Mapping[str, Sequence[str]]:
    """What the file says of a piece, under the names of the form's rows."""
    consent = piece.consent
    return {
        "langue": [piece.language], "traduction": piece.translations.get(FRENCH, ()), "decrit": [piece.description],
        "enfant": [consent.child], "representant": [consent.representative], "accord_le": [consent.given_on],
        "editions": [one for one in EDITIONS if one in consent.editions],
    }  # fmt: skip


def agreed_answers(there: PieceConsent, typed: Answers) -> AgreedAnswers:
    """The agreement that counts. An answer that is no plain one stays as it was typed, so that a check names it."""
    said = {name: project_codes(name, typed.get(name, ())) for name in CONSENT}
    agreed = AgreedAnswers(_later(there, said) if _is_later(there, said) else _narrower(there, said))
    agreed.is_narrower = any(said[name] and list(agreed[name]) != said[name] for name in CONSENT)
    agreed.is_wider = not there.editions.issuperset(agreed["editions"])
    return agreed


def _is_later(there: PieceConsent, said: Mapping[str, list[str]]) -> bool:
    day = "".join(said["accord_le"])
    return is_date(day) and day > there.given_on


def _of_file(there: PieceConsent) -> Mapping[str, list[str]]:
    editions = [one for one in EDITIONS if one in there.editions]
    single = {"enfant": there.child, "representant": there.representative, "accord_le": there.given_on}
    return {**{name: [value] if value else [] for name, value in single.items()}, "editions": editions}


def _later(there: PieceConsent, said: Mapping[str, list[str]]) -> Mapping[str, Sequence[str]]:
    return {name: said[name] or known for name, known in _of_file(there).items()}


def _narrower(there: PieceConsent, said: Mapping[str, list[str]]) -> Mapping[str, Sequence[str]]:
    known = _of_file(there)
    plain = {
        "enfant": said["enfant"] == ["oui"], "representant": "".join(said["representant"]) in REPRESENTATIVES,
        "accord_le": is_date("".join(said["accord_le"])), "editions": set(said["editions"]) <= set(EDITIONS),
    }  # fmt: skip
    agreed = {name: (known[name] or said[name]) if plain[name] or not said[name] else said[name] for name in CONSENT}
    if said["editions"] and known["editions"] and plain["editions"]:
        agreed["editions"] = [one for one in known["editions"] if one in said["editions"]]
    return agreed
