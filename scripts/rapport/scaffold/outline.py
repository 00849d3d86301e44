"""The outline of a new report: the present one's themes and sections, under another identity, with a ready calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from rapport.language.names import identifier, instrument_of
from rapport.language.states import State
from rapport.messages import ordinals
from rapport.scaffold.profiles import KINDS, Profile, profiles
from rapport.scaffold.questionnaire import Questionnaire
from rapport.storage.yaml_out import whole_file

Tree = Mapping[str, object]
LIMIT = "limite-du-comite"
ALWAYS, COUNCIL, UNION = "", "conseil-europe", "union-europeenne"
KEPT_OF_THEME = (
    "id", "titre", "titre_en", "titre_court", "titre_court_en", "constat_titre", "constat_titre_en", "precision",
    "mots", "modele",
)  # fmt: skip


def plain_value(value: object) -> object:
    """A value of `strict_yaml` without the places that it was read at."""
    value = getattr(value, "value", value)
    if isinstance(value, tuple):
        return [plain_value(item) for item in value]
    return {key: plain_value(item) for key, item in value.items()} if isinstance(value, Mapping) else value


def new_outline(present: Tree, calendar: Sequence[Tree], answers: Questionnaire, old: State | None) -> str:
    """The text of chapters/outline.yaml; `present` this report's outline, `calendar` a ready plan's stages."""
    reaches = {ALWAYS, *(name for name in (COUNCIL, UNION) if answers.yes(name))}
    texts = [
        _kept(text, ("portee",)) if text.get("portee") in (None, "") else text for text in _list(present, "instruments")
    ]
    own = profiles()[answers["comite"]]
    kept = [text for text in texts if text.get("portee", ALWAYS) in reaches or text["sigle"] == own.acronym]
    instruments = [*_with_own_text(kept, own), *_law(answers)]
    known = {str(text["sigle"]): None for text in instruments}
    values = {
        "rapport": _identity(present, calendar, answers),
        "instruments": instruments,
        "destinataires": [_elsewhere(one) for one in _list(present, "destinataires") if "portee" not in one],
        "articles_communs": _articles(present.get("articles_communs"), known),
        "modeles": _in_words_of(own, present["modeles"]),
        "parties": [_part(part, answers, known, old) for part in _parts(present, answers)],
    }
    return (
        "# Le plan du rapport, écrit par « make new ». docs/guide-edition.md dit ce que chaque ligne veut dire.\n"
        + whole_file(values)
    )


def answered_reports(answers: Questionnaire, language: str) -> str:
    """What the report answers: « Cinquième et sixième rapports périodiques du Portugal »."""
    state, rounds = answers.state, answers.rounds
    if rounds:
        return ordinals.periodic_reports(rounds, state, language)
    return ordinals.report_without_number(state, language, first=bool(answers["rapport"]))


def _identity(present: Tree, calendar: Sequence[Tree], answers: Questionnaire) -> Tree:
    profile, report = profiles()[answers["comite"]], cast(Tree, present["rapport"])
    collective = cast(Tree, report["collectif"])
    kind, _, number = profile.limit.partition(" ")
    length = {"id": LIMIT, "titre": "Limite lue pour ce Comité" if kind else "Aucune limite lue"}
    length |= {kind: number} if kind else {}
    source = (
        f"{profile.source} (lu en {profile.read_in} ; à relire avant le dépôt) ; {profile.kind} ; {profile.publicity}"
    )
    return {
        "id": identifier(f"{answers.state.name} {profile.id} {answers['depot']}"),  # what calendars know it by
        "titre": answers["titre"], "titre_en": answers["titre-anglais"],
        "sous_titre": "Rapport alternatif et complémentaire", "sous_titre_en": "Alternative and complementary report",
        "comite": profile.committee, "comite_en": profile.committee_en,
        "convention": profile.convention, "convention_en": profile.convention_en,
        "etat": answers.state.code,
        "reponse_a": {
            "titre": answered_reports(answers, "fr"), "titre_en": answered_reports(answers, "en"),
            **({"cote": answers["cote"]} if answers["cote"] else {}),
        },
        "collectif": {
            "nom": answers["collectif"], "nom_en": answers["collectif-anglais"] or answers["collectif"],
            **({"coordination": collective["coordination"]} if keeps_coordination(present, answers) else {}),
        },
        "citations": "notes", "date": answers["depot"], "date_limite_sources": answers["depot"],
        "contact": answers.several("contact"),
        "langues": ["fr", "en"], "projet": "Projet n° 1", "projet_en": "Draft No. 1",
        "calendrier": list(calendar),
        "longueur": LIMIT,
        "longueurs": [length | {"notes_comprises": "oui", "source": source}],
        "auteurs_visibles": report["auteurs_visibles"],
    }  # fmt: skip


def _with_own_text(texts: Sequence[Tree], own: Profile) -> Iterator[Tree]:
    """The texts with the Committee's own, which alone is « la Convention » in a report that is written to it."""
    if own.acronym not in [text["sigle"] for text in texts]:
        short, _, english = own.acronyms.partition(" / ")
        yield {
            "sigle": short, "sigle_en": english, "autres_noms": list(own.short_names), "nom": own.convention,
            "nom_en": own.convention_en, "verifie": "non",
        }  # fmt: skip
    for text in texts:
        others = [name for name in cast("list[str]", text.get("autres_noms") or []) if name not in KINDS]
        names = [*others, *own.short_names] if text["sigle"] == own.acronym else others
        yield {**text, "autres_noms": names} if names else _kept(text, ("autres_noms",))


def keeps_coordination(present: Tree, answers: Questionnaire) -> bool:
    """Whether the association that coordinates does so in the new report: a Collective of another name says nothing."""
    collective = cast(Tree, cast(Tree, present["rapport"])["collectif"])
    return answers["collectif"] == collective["nom"] and collective["coordination"] not in answers.leaving


def _in_words_of(own: Profile, value: object) -> object:
    """Titles that speak of « la Convention », in the words of the Committee's own text."""
    if isinstance(value, str):
        return own.named_in(value)
    if isinstance(value, Mapping):
        return {key: _in_words_of(own, inner) for key, inner in value.items()}
    return [_in_words_of(own, inner) for inner in value] if isinstance(value, list) else value


def _elsewhere(addressee: Tree) -> Tree:
    """An addressee of the present State under the name that it has in any."""
    named = {"nom": addressee.get("ailleurs", addressee["nom"])}
    english = addressee.get("ailleurs_en", addressee.get("nom_en"))
    return named | ({"nom_en": english} if english else {})


def _law(answers: Questionnaire) -> Iterator[Tree]:
    """The State's own texts, typed « sigle = intitulé = English »."""
    for typed in answers.several("droit"):
        short, name, english = ([part.strip() for part in typed.split("=")] + ["", ""])[:3]
        yield {
            "sigle": short, "portee": "etat", "nom": name or short, "nom_en": english or name or short,
            "verifie": "non",
        }  # fmt: skip


def keeps_themes(answers: Questionnaire) -> bool:
    """Whether the new report has the themes of the present one."""
    typed = answers.several("themes")
    return not typed or (len(typed) == 1 and answers.yes("themes"))


def _parts(present: Tree, answers: Questionnaire) -> list[Tree]:
    """The parts with their themes: the present ones, or one part of the themes that were answered."""
    typed = answers.several("themes")
    if keeps_themes(answers):
        return _list(present, "parties")
    themes = [[part.strip() for part in one.split("=")] for one in typed]
    return [
        {
            "id": "themes", "titre": "Constats et recommandations", "titre_en": "Findings and recommendations",
            "themes": [
                {"id": identifier(names[0]), "titre": names[0], **({"titre_en": names[1]} if names[1:] else {})}
                for names in themes
            ],
        }
    ]  # fmt: skip


def _part(part: Tree, answers: Questionnaire, known: Mapping[str, None], old: State | None) -> Tree:
    titles = {key: _restated(value, old, answers.state) for key, value in part.items() if key != "themes"}
    themes = []
    for theme in _list(part, "themes"):
        kept = {key: _restated(theme[key], old, answers.state) for key in KEPT_OF_THEME if key in theme}
        articles = _articles(theme.get("articles"), known)
        themes.append(kept | ({"articles": articles} if articles else {}))
    return {**titles, "themes": themes}


def _restated(text: object, old: State | None, new: State) -> object:
    """A title with the State of this report where it names that of the present one."""
    if not isinstance(text, str) or old is None:
        return text
    forms = [(old.en, new.en), (old.du, new.du), (old.au, new.au), (old.le, new.le)]
    for before, after in [*forms, (old.english, new.english), (old.name, new.name)]:
        text = re.sub(rf"(?<![\w-]){re.escape(before)}(?![\w-])", after, text)
    return text


def _articles(typed: object, known: Mapping[str, None]) -> list[str]:
    """The articles of texts that are kept."""
    listed = typed if isinstance(typed, list) else [typed] if typed else []
    return [article for article in map(str, listed) if instrument_of(article, known)]


def _list(values: Tree, key: str) -> list[Tree]:
    return cast("list[Tree]", values.get(key) or [])


def _kept(values: Tree, without: Sequence[str]) -> Tree:
    return {key: value for key, value in values.items() if key not in without}
