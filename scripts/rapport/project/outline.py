"""The outline: a YAML source → Outline, or diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rapport import rules
from rapport.language.articles import articles_of
from rapport.language.states import state_called, states, states_in_symbols
from rapport.model import (
    Association,
    Diagnostic,
    Fields,
    Identity,
    Instrument,
    LocatedValue,
    Outline,
    Part,
    Section,
    Source,
    Span,
    Theme,
    YamlValue,
)
from rapport.project.addressees import REACH, check_addressees, read_addressee
from rapport.project.calendar import Stage, check_stages, read_stages
from rapport.project.deposit import DEPOSIT, YES_NO
from rapport.storage import schema, strict_yaml
from rapport.storage.schema import Key

Canonical = Callable[[Iterable[str]], tuple[str, ...]]  # a list of articles as typed → each by itself

CITATIONS = ("auteur-date", "notes")
EDITIONS = {"projet": "draft", "publique": "public", "confidentielle": "confidential"}

TOP = (
    Key("rapport", "mapping", True), Key("instruments", "mappings", True), Key("articles_communs", "list"),
    Key("modeles", "mapping", True), Key("parties", "mappings", True), Key("destinataires", "mappings"),
)  # fmt: skip
REPORT = (
    *(Key(name, required=True) for name in ("titre", "comite", "convention", "projet", "longueur")),
    *(Key(name) for name in ("titre_en", "sous_titre", "sous_titre_en", "comite_en", "convention_en", "projet_en")),
    Key("date", required=True, test=schema.is_date, expectation="date"),
    Key("date_limite_sources", required=True, test=schema.is_date, expectation="date"),
    Key("reponse_a", "mapping", True), Key("collectif", "mapping", True), Key("contact", "list", True),
    Key("depot", "mapping"), Key("langues", "list", True), Key("calendrier", "mappings"),
    Key("longueurs", "mappings", True),
    Key("auteurs_visibles", "mapping", True), Key("porteurs_visibles", "mapping"),
    Key("retour_attendu", test=schema.is_date, expectation="date"), Key("citations", allowed_values=CITATIONS),
    Key("etat", test=states().__contains__, expectation="state"), Key("autres_etats", "list"),
    Key("licence"), Key("licence_en"), Key("logos", "mappings"),
    Key("id", test=schema.is_identifier, expectation="identifier"),
)  # fmt: skip
ANSWERS = (Key("titre", required=True), Key("titre_en"), Key("cote"), Key("source"))
COLLECTIVE = (Key("nom", required=True), Key("nom_en"), Key("coordination"))
LENGTH = (
    Key("id", required=True), Key("titre", required=True), Key("mots", test=schema.is_number, expectation="number"),
    Key("pages", test=schema.is_number, expectation="number"), Key("notes_comprises", allowed_values=YES_NO),
    Key("source", required=True), Key("consulte_le", test=schema.is_date, expectation="date"),
)  # fmt: skip
VISIBLE = tuple(Key(name, required=True, allowed_values=YES_NO) for name in EDITIONS)
INSTRUMENT = (
    Key("sigle", required=True),
    Key("nom", required=True),
    Key("nom_en"),
    Key("sigle_en"),
    Key("source"),
    Key("verifie", allowed_values=YES_NO),
    Key("autres_noms", "list"),
    Key("dernier_article", test=schema.is_number, expectation="number"),
    REACH,
)
NAMED = (
    Key("id", required=True, test=schema.is_identifier, expectation="identifier"),
    Key("titre", required=True),
    Key("titre_en"),
)
LOGO = (Key("fichier", required=True), Key("description", required=True))
KINDS = ("texte", "temoignages", "recommandations", "sources")
SECTION = (
    *NAMED,
    Key("obligatoire", allowed_values=YES_NO),
    Key("nature", allowed_values=KINDS),
)
PART = (*NAMED, Key("themes", "mappings", True))
THEME = (
    *NAMED,
    Key("precision"), Key("articles", "list"), Key("mots", test=schema.is_number, expectation="number"),
    Key("chef_de_file"),
    Key("titre_court"), Key("titre_court_en"), Key("constat_titre"), Key("constat_titre_en"),
    Key("modele"), Key("statut", allowed_values=("ouvert", "clos")), Key("ordre", "list"),
)  # fmt: skip


def read_outline(source: Source) -> tuple[Outline | None, tuple[Stage, ...], tuple[Diagnostic, ...]]:
    """The outline and its calendar, or None with what is wrong: nothing can be built on a plan that is not understood.

    An article of an unknown text is wrong too, but stops nothing.
    """
    top, found = strict_yaml.read(source.text, source.path)
    if top or not found:  # a file that is no YAML at all has been spoken of
        found = (*found, *_check_outline(top, source.path))
    if found:
        return None, (), found
    models = {
        name: tuple(_section(s.value) for s in value.value) for name, value in schema.mapping(top, "modeles").items()
    }
    instruments = tuple(
        Instrument(
            schema.text(entry.value, "sigle"), schema.text(entry.value, "nom"), schema.text(entry.value, "nom_en"),
            schema.text(entry.value, "sigle_en"), schema.texts(entry.value, "autres_noms"),
            last_article=int(schema.text(entry.value, "dernier_article", "0")) or None,
        )
        for entry in schema.mappings(top, "instruments")
    )  # fmt: skip
    articles = articles_of(instruments).canonical
    parts = tuple(_part(p.value, models, articles) for p in schema.mappings(top, "parties"))
    whole = Outline(
        _identity(schema.mapping(top, "rapport")),
        instruments,
        parts,
        tuple(_named(top)),
        articles(schema.texts(top, "articles_communs")),
        tuple(map(read_addressee, schema.mappings(top, "destinataires"))),
    )
    stages = read_stages(schema.mapping(top, "rapport"))
    return whole, stages, tuple(_check_articles(top, instruments))


def _check_outline(top: Fields, path: str) -> Iterator[Diagnostic]:
    yield from schema.check(top, TOP, Span(path))
    if "rapport" in top and isinstance(top["rapport"].value, dict):
        yield from _check_report(top["rapport"])
    for item in schema.mappings(top, "instruments"):
        yield from schema.check(item.value, INSTRUMENT, item.span)
    yield from check_addressees(top)
    yield from _check_models(top)
    yield from _check_parts(top)


def _check_report(whole: YamlValue) -> Iterator[Diagnostic]:
    report = whole.value
    yield from schema.check(report, REPORT, whole.span)
    mappings = ("reponse_a", ANSWERS), ("collectif", COLLECTIVE), ("depot", DEPOSIT), ("auteurs_visibles", VISIBLE)
    for name, keys in (*mappings, ("porteurs_visibles", VISIBLE)):
        if name in report and isinstance(report[name].value, dict):
            yield from schema.check(report[name].value, keys, report[name].span)
    yield from check_stages(report)
    yield from _duplicates(schema.mappings(report, "calendrier"))
    for item in schema.mappings(report, "logos"):
        yield from schema.check(item.value, LOGO, item.span)
    lengths = schema.mappings(report, "longueurs")
    for item in lengths:
        yield from schema.check(item.value, LENGTH, item.span)
    yield from _duplicates(lengths)
    ids = [schema.text(length.value, "id") for length in lengths]
    if schema.text(report, "longueur") and schema.text(report, "longueur") not in ids:
        yield schema.unknown_name(report["longueur"], ids)


def _check_models(top: Fields) -> Iterator[Diagnostic]:
    models = schema.mapping(top, "modeles")
    for name, model in models.items():
        sections = schema.mappings(models, name)
        if not sections or len(sections) < len(model.value):
            yield Diagnostic(rules.WRONG_SHAPE, model.span, {"key": name, "wanted": "mappings"})
        for section in sections:
            yield from schema.check(section.value, SECTION, section.span)
        yield from _duplicates(sections)
    if models and "standard" not in models:
        yield Diagnostic(rules.MISSING_KEY, top["modeles"].span, {"key": "standard", "wanted": "mappings"})


def _check_parts(top: Fields) -> Iterator[Diagnostic]:
    parts, models = schema.mappings(top, "parties"), schema.mapping(top, "modeles")
    for part in parts:
        yield from schema.check(part.value, PART, part.span)
        for theme in schema.mappings(part.value, "themes"):
            yield from schema.check(theme.value, THEME, theme.span)
            if schema.text(theme.value, "modele", "standard") not in {*models, "standard"}:
                yield schema.unknown_name(theme.value["modele"], models)
    yield from _duplicates(parts)
    yield from _duplicates([theme for part in parts for theme in schema.mappings(part.value, "themes")])


def _check_articles(top: Fields, instruments: tuple[Instrument, ...]) -> Iterator[Diagnostic]:
    """Articles of texts that are not in « instruments », or that a text there has not."""
    themes = (t.value for p in schema.mappings(top, "parties") for t in schema.mappings(p.value, "themes"))
    short = ", ".join(entry.short for entry in instruments)
    for values in (
        schema.located_texts(top, "articles_communs"),
        *(schema.located_texts(theme, "articles") for theme in themes),
    ):
        for mistake in articles_of(instruments).mistakes(value.value for value in values):
            facts = {"name": mistake.text, "nearest": mistake.nearest, "known": mistake.known_articles or short}
            yield Diagnostic(rules.UNKNOWN_NAME_IN_OUTLINE, values[mistake.place].span, facts)


def _duplicates(items: Sequence[YamlValue]) -> Iterator[Diagnostic]:
    """Mappings of one list that have the same id."""
    first: dict[str, Span] = {}
    for item in items:
        name = schema.text(item.value, "id")
        if name and name in first:
            yield Diagnostic(rules.DUPLICATE_IDENTIFIER, item.value["id"].span, {"id": name}, (first[name],))
        elif name:
            first[name] = item.value["id"].span


def title_in(language: str, named: Section | Theme | Part) -> str:
    """A title in the language of who reads it, in French where the outline has no other."""
    return named.title_en if language == "en" and named.title_en else named.title


def full_title(theme: Theme) -> str:
    """The title of a theme as print has it, its finding with it: « La mendicité : des enfants poursuivis »."""
    return f"{theme.title} : {theme.finding}" if theme.finding else theme.title


def unknown_associations(outline: Outline, associations: Mapping[str, Association]) -> Iterator[Diagnostic]:
    """Leads, orders and the coordination of the outline that name no association of the project."""
    for name in outline.named_associations:
        if associations and name.value not in associations:
            yield schema.unknown_name(name, associations)


def _named(top: Fields) -> Iterator[LocatedValue[str]]:
    """Every association that the outline names."""
    report = schema.mapping(top, "rapport")
    yield from schema.located_texts(schema.mapping(report, "collectif"), "coordination")
    for stage in schema.mappings(report, "calendrier"):
        yield from schema.located_texts(stage.value, "pour")
    for part in schema.mappings(top, "parties"):
        for theme in schema.mappings(part.value, "themes"):
            yield from schema.located_texts(theme.value, "chef_de_file")
            yield from schema.located_texts(theme.value, "ordre")


def _identity(report: Fields) -> Identity:
    answers, collective = schema.mapping(report, "reponse_a"), schema.mapping(report, "collectif")
    chosen = [
        length.value
        for length in schema.mappings(report, "longueurs")
        if schema.text(length.value, "id") == schema.text(report, "longueur")
    ]
    words, symbol = schema.text(chosen[0], "mots"), schema.text(answers, "cote")
    return Identity(
        title=schema.text(report, "titre"),
        subtitle=schema.text(report, "sous_titre"),
        committee=schema.text(report, "comite"),
        convention=schema.text(report, "convention"),
        answers=schema.text(answers, "titre"),
        answers_symbol=symbol,
        collective=schema.text(collective, "nom"),
        date=schema.text(report, "date"),
        source_cutoff=schema.text(report, "date_limite_sources"),
        contact=schema.texts(report, "contact"),
        draft_name=schema.text(report, "projet"),
        authors_visible=_visible(report, "auteurs_visibles"),
        carriers_visible=_visible(report, "porteurs_visibles"),
        english=_english(report),
        length=schema.text(chosen[0], "titre"),
        length_words=int(words) if words else None,
        length_notes=schema.text(chosen[0], "notes_comprises", "oui") == "oui",
        length_span=report["longueur"].span,
        reply_by=schema.text(report, "retour_attendu"),
        citations=schema.text(report, "citations", "auteur-date"),
        states=tuple(_states(report, symbol)),
        licence=schema.text(report, "licence"),
        logos=tuple(
            (logo.value["fichier"], schema.text(logo.value, "description")) for logo in schema.mappings(report, "logos")
        ),
    )


def _states(report: Fields, symbol: str) -> Iterator[str]:
    """The State of the report, typed or else of the symbol answered, then the others; nothing where there is none."""
    own = schema.text(report, "etat") or next((state.code for state, *_ in states_in_symbols(symbol)), "")
    if own:
        yield own
        yield from (state.code for state in map(state_called, schema.texts(report, "autres_etats")) if state)


def _english(report: Fields) -> Mapping[str, str]:
    """What the cover says in English, by the field of Identity that it is of."""
    typed = {
        "title": "titre_en", "subtitle": "sous_titre_en", "committee": "comite_en", "convention": "convention_en",
        "draft_name": "projet_en", "licence": "licence_en",
    }  # fmt: skip
    return {name: schema.text(report, key) for name, key in typed.items()} | {
        "answers": schema.text(schema.mapping(report, "reponse_a"), "titre_en"),
        "collective": schema.text(schema.mapping(report, "collectif"), "nom_en"),
    }


def _visible(report: Fields, name: str) -> Mapping[str, bool]:
    """Whether something is printed, edition by edition."""
    return {EDITIONS[edition]: said.value == "oui" for edition, said in schema.mapping(report, name).items()}


def _section(values: Fields) -> Section:
    return Section(
        schema.text(values, "id"), schema.text(values, "titre"), schema.text(values, "titre_en"),
        schema.text(values, "obligatoire", "non") == "oui", schema.text(values, "nature", "texte"),
    )  # fmt: skip


def _part(values: Fields, models: Mapping[str, tuple[Section, ...]], articles: Canonical) -> Part:
    themes = tuple(_theme(theme, models, articles) for theme in schema.mappings(values, "themes"))
    return Part(schema.text(values, "id"), schema.text(values, "titre"), schema.text(values, "titre_en"), themes)


def _theme(theme: YamlValue, models: Mapping[str, tuple[Section, ...]], articles: Canonical) -> Theme:
    values, words = theme.value, schema.text(theme.value, "mots")
    return Theme(
        id=schema.text(values, "id"),
        title=schema.text(values, "titre"),
        title_en=schema.text(values, "titre_en"),
        articles=articles(schema.texts(values, "articles")),
        sections=models[schema.text(values, "modele", "standard")],
        budget=int(words) if words else None,
        lead=schema.text(values, "chef_de_file") or None,
        order=schema.texts(values, "ordre"),
        is_closed=schema.text(values, "statut") == "clos",
        span=theme.span,
        budget_span=values["mots"].span if words else theme.span,
        finding=schema.text(values, "constat_titre"),
        finding_en=schema.text(values, "constat_titre_en"),
        short=schema.text(values, "titre_court"),
        short_en=schema.text(values, "titre_court_en"),
    )
