"""The outline and the associations: YAML sources → Outline and Associations, or diagnostics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rapport import rules, shape, strict_yaml
from rapport.model import (
    Association,
    Diagnostic,
    Identity,
    Instrument,
    Located,
    Observation,
    Outline,
    Part,
    Section,
    Source,
    Span,
    Theme,
)
from rapport.names import identifier, nearest
from rapport.shape import Key

Values = Mapping[str, Located[Any]]
YES_NO = ("oui", "non")
EDITIONS = {"projet": "draft", "publique": "public", "confidentielle": "confidential"}

TOP = (
    Key("rapport", "mapping", True), Key("instruments", "mappings", True), Key("articles_communs", "list"),
    Key("modeles", "mapping", True), Key("parties", "mappings", True),
)  # fmt: skip
REPORT = (
    *(Key(name, required=True) for name in ("titre", "comite", "convention", "projet", "longueur")),
    *(Key(name) for name in ("titre_en", "sous_titre", "sous_titre_en", "comite_en", "convention_en")),
    Key("date", required=True, test=shape.is_date, wanted="date"),
    Key("date_limite_sources", required=True, test=shape.is_date, wanted="date"),
    Key("reponse_a", "mapping", True), Key("collectif", "mapping", True), Key("contact", "list", True),
    Key("langues", "list", True), Key("calendrier", "mappings"), Key("longueurs", "mappings", True),
    Key("auteurs_visibles", "mapping", True),
)  # fmt: skip
ANSWERS = (Key("titre", required=True), Key("titre_en"), Key("cote"), Key("source"))
COLLECTIVE = (Key("nom", required=True), Key("nom_en"), Key("coordination", required=True))
EVENT = (
    Key("date", required=True, test=shape.is_date, wanted="date"),
    *(Key(n) for n in ("evenement", "evenement_en", "source")),
)
LENGTH = (
    Key("id", required=True), Key("titre", required=True), Key("mots", test=shape.is_number, wanted="number"),
    Key("pages", test=shape.is_number, wanted="number"), Key("notes_comprises", allowed=YES_NO),
    Key("source", required=True), Key("consulte_le", test=shape.is_date, wanted="date"),
)  # fmt: skip
VISIBLE = tuple(Key(name, required=True, allowed=YES_NO) for name in EDITIONS)
INSTRUMENT = (
    Key("sigle", required=True),
    Key("nom", required=True),
    Key("nom_en"),
    Key("source"),
    Key("verifie", allowed=YES_NO),
)
NAMED = (
    Key("id", required=True, test=shape.is_identifier, wanted="identifier"),
    Key("titre", required=True),
    Key("titre_en"),
)
KINDS = ("texte", "temoignages", "recommandations", "sources")
SECTION = (
    *NAMED,
    Key("obligatoire", allowed=YES_NO),
    Key("nature", allowed=KINDS),
)
PART = (*NAMED, Key("themes", "mappings", True))
THEME = (
    *NAMED,
    Key("precision"), Key("articles", "list"), Key("mots", test=shape.is_number, wanted="number"), Key("chef_de_file"),
    Key("modele"), Key("statut", allowed=("ouvert", "clos")), Key("ordre", "list"),
)  # fmt: skip
ASSOCIATION = (
    Key("nom", required=True),
    Key("sigle"),
    Key("sigle_source"),
    Key("coordination", allowed=YES_NO),
    Key("adhesion", "mappings", True),
)
OBSERVATION = (
    Key("date", required=True, test=shape.is_date, wanted="date"),
    Key("etat", required=True, allowed=("membre", "candidate")),
    Key("source", required=True),
)


def read_outline(source: Source) -> tuple[Outline | None, tuple[Diagnostic, ...]]:
    """The outline, or None with what is wrong: nothing can be built on a plan that is not understood."""
    top, found = strict_yaml.read(source.text, source.path)
    found = (*found, *_check_outline(top, source.path))
    if found:
        return None, found
    models = {
        name: tuple(_section(s.value) for s in value.value) for name, value in shape.mapping(top, "modeles").items()
    }
    parts = tuple(_part(p.value, models) for p in shape.mappings(top, "parties"))
    instruments = tuple(
        Instrument(shape.text(i.value, "sigle"), shape.text(i.value, "nom"), shape.text(i.value, "nom_en"))
        for i in shape.mappings(top, "instruments")
    )
    outline = Outline(_identity(shape.mapping(top, "rapport")), instruments, parts)
    problems = tuple(_duplicate_themes(outline))
    return (None if problems else outline), problems


def _check_outline(top: Values, path: str) -> Iterator[Diagnostic]:
    yield from shape.check(top, TOP, Span(path))
    report = shape.mapping(top, "rapport")
    here = top["rapport"].span if "rapport" in top else Span(path)
    yield from shape.check(report, REPORT, here)
    for name, keys in (("reponse_a", ANSWERS), ("collectif", COLLECTIVE), ("auteurs_visibles", VISIBLE)):
        if name in report:
            yield from shape.check(shape.mapping(report, name), keys, report[name].span)
    for values, name, keys in (
        (report, "calendrier", EVENT),
        (report, "longueurs", LENGTH),
        (top, "instruments", INSTRUMENT),
    ):
        for item in shape.mappings(values, name):
            yield from shape.check(item.value, keys, item.span)
    lengths = [shape.text(length.value, "id") for length in shape.mappings(report, "longueurs")]
    if "longueur" in report and shape.text(report, "longueur") not in lengths:
        yield _unknown(report["longueur"], lengths)
    for name, model in shape.mapping(top, "modeles").items():
        if not isinstance(model.value, tuple):
            yield Diagnostic(rules.WRONG_SHAPE, model.span, {"key": name, "wanted": "mappings"})
    models = shape.mapping(top, "modeles")
    for name in models:
        for section in shape.mappings(models, name):
            yield from shape.check(section.value, SECTION, section.span)
    for part in shape.mappings(top, "parties"):
        yield from shape.check(part.value, PART, part.span)
        for theme in shape.mappings(part.value, "themes"):
            yield from shape.check(theme.value, THEME, theme.span)
            if "modele" in theme.value and shape.text(theme.value, "modele") not in models:
                yield _unknown(theme.value["modele"], models)
    if "standard" not in models:
        yield Diagnostic(
            rules.MISSING_KEY,
            top["modeles"].span if "modeles" in top else Span(path),
            {"key": "standard", "wanted": "mappings"},
        )


def _unknown(value: Located[Any], known: Any) -> Diagnostic:
    return Diagnostic(
        rules.UNKNOWN_NAME_IN_OUTLINE,
        value.span,
        {"name": str(value.value), "nearest": nearest(str(value.value), known)},
    )


def _duplicate_themes(outline: Outline) -> Iterator[Diagnostic]:
    first: dict[str, Theme] = {}
    for theme in outline.themes:
        if theme.id in first:
            yield Diagnostic(rules.DUPLICATE_THEME, theme.span, {"theme": theme.id}, (first[theme.id].span,))
        first.setdefault(theme.id, theme)


def unknown_associations(outline: Outline, associations: Mapping[str, Association]) -> Iterator[Diagnostic]:
    """Leads and orders of the outline that name no association of the project."""
    for theme in outline.themes:
        for name in (*((theme.lead,) if theme.lead else ()), *theme.order):
            if name not in associations:
                yield Diagnostic(
                    rules.UNKNOWN_NAME_IN_OUTLINE, theme.span, {"name": name, "nearest": nearest(name, associations)}
                )


def _identity(report: Values) -> Identity:
    answers, collective = shape.mapping(report, "reponse_a"), shape.mapping(report, "collectif")
    chosen = [
        length.value
        for length in shape.mappings(report, "longueurs")
        if shape.text(length.value, "id") == shape.text(report, "longueur")
    ]
    words = shape.text(chosen[0], "mots")
    return Identity(
        title=shape.text(report, "titre"),
        subtitle=shape.text(report, "sous_titre"),
        committee=shape.text(report, "comite"),
        convention=shape.text(report, "convention"),
        answers=shape.text(answers, "titre"),
        answers_symbol=shape.text(answers, "cote"),
        collective=shape.text(collective, "nom"),
        date=shape.text(report, "date"),
        source_cutoff=shape.text(report, "date_limite_sources"),
        contact=shape.texts(report, "contact"),
        draft_name=shape.text(report, "projet"),
        authors_visible={EDITIONS[k]: v.value == "oui" for k, v in shape.mapping(report, "auteurs_visibles").items()},
        length=shape.text(chosen[0], "titre"),
        length_words=int(words) if words else None,
    )


def _section(values: Values) -> Section:
    return Section(
        shape.text(values, "id"), shape.text(values, "titre"), shape.text(values, "titre_en"),
        shape.text(values, "obligatoire", "non") == "oui", shape.text(values, "nature", "texte"),
    )  # fmt: skip


def _part(values: Values, models: Mapping[str, tuple[Section, ...]]) -> Part:
    themes = tuple(_theme(theme, models) for theme in shape.mappings(values, "themes"))
    return Part(shape.text(values, "id"), shape.text(values, "titre"), shape.text(values, "titre_en"), themes)


def _theme(theme: Located[Any], models: Mapping[str, tuple[Section, ...]]) -> Theme:
    values, words = theme.value, shape.text(theme.value, "mots")
    return Theme(
        id=shape.text(values, "id"),
        title=shape.text(values, "titre"),
        title_en=shape.text(values, "titre_en"),
        articles=shape.texts(values, "articles"),
        sections=models[shape.text(values, "modele", "standard")],
        budget=int(words) if words else None,
        lead=shape.text(values, "chef_de_file") or None,
        order=shape.texts(values, "ordre"),
        closed=shape.text(values, "statut") == "clos",
        span=theme.span,
    )


def read_association(source: Source) -> tuple[Association | None, tuple[Diagnostic, ...]]:
    """One association from its card, or None with what is wrong; its folder is its identifier."""
    values, found = strict_yaml.read(source.text, source.path)
    found = (*found, *shape.check(values, ASSOCIATION, Span(source.path)))
    for item in shape.mappings(values, "adhesion"):
        found = (*found, *shape.check(item.value, OBSERVATION, item.span))
    if found:
        return None, found
    observations = tuple(
        Observation(shape.text(o.value, "date"), shape.text(o.value, "etat"), shape.text(o.value, "source"))
        for o in shape.mappings(values, "adhesion")
    )
    folder = identifier(source.path.split("/")[-2])
    coordinates = shape.text(values, "coordination") == "oui"
    return Association(folder, shape.text(values, "nom"), shape.text(values, "sigle"), coordinates, observations), ()
