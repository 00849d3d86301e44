"""chapters/indicateurs.yaml: what is counted, of whom, in what unit, at which moment, before anybody is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from rapport import rules
from rapport.figures import INDICATORS
from rapport.language.names import nearest
from rapport.model import Diagnostic, Fields, LocatedValue, Source, Span, YamlValue
from rapport.storage import encoding, schema
from rapport.storage.schema import Key

WHOM = ("mineurs", "tous-ages")
UNITS = ("personne", "situation", "contact")
MOMENTS = ("repere", "accompagne", "identifie")
OVERLAPS = ("inconnu", "aucun")
CHARTS = ("barres", "annees")
MOST_DIMENSIONS = 2
MOST_CATEGORIES = 40  # of one dimension: a table that can be printed, and proved in well under a second

TOP = (
    Key("seuils", "mappings", True), Key("dimensions", "mappings"), Key("indicateurs", "mappings", True),
    Key("cites", "mappings"),
)  # fmt: skip
THRESHOLD = (
    Key("valeur", required=True, test=schema.is_number, expectation="number"),
    Key("depuis", required=True, test=schema.is_date, expectation="date"),
    Key("source", required=True),
)
NAMED = (
    Key("id", required=True, test=schema.is_identifier, expectation="identifier"),
    Key("nom", required=True), Key("nom_en", required=True),
)  # fmt: skip
DIMENSION = (*NAMED, Key("valeurs", "mappings", True))
MERGE = (*NAMED, Key("dimension", required=True), Key("valeurs", "list", True))
QUOTED = (
    Key("id", required=True, test=schema.is_identifier, expectation="identifier"),
    Key("nombre", required=True, test=schema.is_number, expectation="number"),
    Key("compte", required=True), Key("compte_en", required=True),
    Key("qui", required=True, allowed_values=WHOM),
    Key("periode", required=True), Key("periode_en", required=True),
    Key("source", required=True), Key("source_en", required=True),
    Key("reserve", required=True), Key("reserve_en", required=True),
)  # fmt: skip


class Category(Struct, frozen=True):
    """One value of a dimension."""

    id: str
    name: str
    name_en: str

    def title(self, language: str) -> str:
        """Its name in `language`."""
        return self.name_en if language == "en" else self.name


class Dimension(Struct, frozen=True):
    """What a count is broken down by: a closed list of values, in the order they are asked and printed."""

    id: str
    name: str
    name_en: str
    categories: tuple[Category, ...]

    def title(self, language: str) -> str:
        """Its name in `language`."""
        return self.name_en if language == "en" else self.name


class CategoryMerge(Struct, frozen=True):
    """Values of one dimension that are printed as one."""

    dimension: str
    category: Category
    ids: tuple[str, ...]


class Indicator(Struct, frozen=True):
    """One count: all that has to be said before a number means anything. Dates are ISO, `threshold` in units counted.

    `no_overlap` says why nobody is counted by two associations, "" where that is not known; `charts` are those that are
    always drawn (`CHARTS`); `asked_associations` whom it is asked of, none for all; `containing` the counts in which
    everybody counted here is counted too.
    """

    id: str
    version: int
    date: str
    counts: str
    counts_en: str
    people: str
    unit: str
    moment: str
    age: str
    age_en: str
    start: str
    end: str
    question: str
    question_en: str
    threshold: int
    no_overlap: str
    dimensions: tuple[Dimension, ...]
    merges: tuple[CategoryMerge, ...]
    charts: tuple[str, ...]
    asked_associations: tuple[str, ...]
    containing: tuple[str, ...]
    span: Span

    @property
    def population(self) -> tuple[str, str, str, str, str]:
        """Who is counted: two tables of one population share their totals."""
        return self.people, self.unit, self.moment, self.start, self.end

    @property
    def printed_dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions as they are printed, merged values as one."""
        return tuple(_merged(dimension, self.merges) for dimension in self.dimensions)

    def title(self, language: str) -> str:
        """Its name in `language`."""
        return self.counts_en if language == "en" else self.counts

    def is_asked(self, association: str) -> bool:
        """Whether this association is asked: where no association is named, all are."""
        return not self.asked_associations or association in self.asked_associations


class QuotedFigure(Struct, frozen=True):
    """A number read in a source, which no association was asked for; `reserve` says what it is not."""

    id: str
    number: int
    people: str
    texts: Mapping[str, str]

    def text(self, name: str, language: str) -> str:
        """A sentence of the dictionary in `language`."""
        return self.texts[f"{name}_en" if language == "en" else name]


class Dictionary(Struct, frozen=True):
    """Everything that may be counted, and what is quoted beside it."""

    indicators: tuple[Indicator, ...] = ()
    quoted_figures: tuple[QuotedFigure, ...] = ()

    def indicator(self, name: str) -> Indicator | None:
        """The indicator with this id, None where the dictionary has none."""
        return next((one for one in self.indicators if one.id == name), None)

    def shares_persons(self, indicator: Indicator) -> bool:
        """Whether another table counts the same persons, so that a total of one gives away what the other hides."""
        return sum(one.population == indicator.population for one in self.indicators) > 1


def _merged(dimension: Dimension, merges: Iterable[CategoryMerge]) -> Dimension:
    categories = list(dimension.categories)
    for merge in (merge for merge in merges if merge.dimension == dimension.id):
        first = next(at for at, category in enumerate(categories) if category.id in merge.ids)
        categories[first] = merge.category
        categories = [c for c in categories if c.id not in merge.ids or c is merge.category]
    return Dimension(dimension.id, dimension.name, dimension.name_en, tuple(categories))


def read_indicators(source: Source) -> tuple[Dictionary, tuple[Diagnostic, ...]]:
    """The dictionary, and what is wrong with it; nothing is collected for an indicator with a mistake."""
    top, problems = schema.read(source, TOP)
    reading = _Reading(top, list(problems))
    return reading.dictionary(), tuple(reading.problems)


def project_dictionary(root: Path) -> Dictionary:
    """What of the project's dictionary is sound; an empty one where there is none."""
    source = text_file(root, INDICATORS)
    return read_indicators(source)[0] if source else Dictionary()


def text_file(root: Path, path: str) -> Source | None:
    """A file of ours read as text, whatever its encoding; None where it is not there or cannot be read so."""
    file = root / path
    raw = file.read_bytes() if file.is_file() and not file.is_symlink() else b""
    text = encoding.read(raw)
    return Source(path, text, sha256(raw).hexdigest()) if text else None


class _Reading:
    def __init__(self, top: Fields, problems: list[Diagnostic]) -> None:
        self.top, self.problems = top, problems

    def sound_records(self, key: str, keys: tuple[Key, ...], among: Fields | None = None) -> Iterator[YamlValue]:
        """The sound records of a list; what is wrong with the others is told."""
        seen: dict[str, Span] = {}
        for item in schema.mappings(self.top if among is None else among, key):
            wrong = list(schema.check(item.value, keys, item.span))
            name = schema.text(item.value, "id")
            if name and name in seen:
                wrong.append(Diagnostic(rules.DUPLICATE_IDENTIFIER, item.span, {"id": name}, (seen[name],)))
            seen.setdefault(name, item.span)
            self.problems += wrong
            if not wrong:
                yield item

    def dictionary(self) -> Dictionary:
        thresholds = tuple(schema.text(item.value, "valeur") for item in self.sound_records("seuils", THRESHOLD))
        dimensions = {one.id: one for one in map(self.dimension, self.sound_records("dimensions", DIMENSION))}
        items = list(self.sound_records("indicateurs", _keys(thresholds)))
        self.refuse_unknown_containing(items)
        indicators = [self.indicator(item, dimensions) for item in items]
        quoted = tuple(map(_quoted, self.sound_records("cites", QUOTED)))
        return Dictionary(tuple(one for one in indicators if one), quoted)

    def refuse_unknown_containing(self, items: Sequence[YamlValue]) -> None:
        known = [schema.text(item.value, "id") for item in items]
        for item in items:
            for one in schema.located_texts(item.value, "contenu_dans"):
                others = [name for name in known if name != schema.text(item.value, "id")]
                if one.value not in others:
                    self.refuse(one, "contenu_dans", " | ".join(others), nearest(one.value, others))

    def dimension(self, item: YamlValue) -> Dimension:
        fields = item.value
        categories = [_category(value.value) for value in self.sound_records("valeurs", NAMED, fields)]
        if len(categories) > MOST_CATEGORIES:
            facts = {"key": "valeurs", "wanted": f"1-{MOST_CATEGORIES}"}
            self.problems.append(Diagnostic(rules.WRONG_SHAPE, item.span, facts))
        one = _category(fields)
        return Dimension(one.id, one.name, one.name_en, tuple(categories[:MOST_CATEGORIES]))

    def indicator(self, item: YamlValue, dimensions: Mapping[str, Dimension]) -> Indicator | None:
        fields, before = item.value, len(self.problems)
        named = schema.located_texts(fields, "dimensions")
        for at, one in enumerate(named):
            if one.value not in dimensions or at >= MOST_DIMENSIONS or one.value in {n.value for n in named[:at]}:
                wanted = f"{' | '.join(dimensions)} ({MOST_DIMENSIONS})"
                self.refuse(one, "dimensions", wanted, nearest(one.value, dimensions))
        if schema.text(fields, "chevauchement") == "aucun" and not schema.text(fields, "chevauchement_raison"):
            facts = {"key": "chevauchement_raison", "wanted": "text"}
            self.problems.append(Diagnostic(rules.MISSING_KEY, item.span, facts))
        if schema.text(fields, "debut") > schema.text(fields, "fin"):
            self.refuse(fields["fin"], "fin", schema.text(fields, "debut"))
        for one in schema.located_texts(fields, "graphiques"):
            if one.value not in CHARTS:
                self.refuse(one, "graphiques", " | ".join(CHARTS), nearest(one.value, CHARTS))
        taken: set[str] = set()
        merges = [self.merge(one, dimensions, named, taken) for one in self.sound_records("fusions", MERGE, fields)]
        if len(self.problems) > before:
            return None
        own = tuple(dimensions[one.value] for one in named)
        return _indicator(fields, own, tuple(merge for merge in merges if merge), item.span)

    def merge(
        self, item: YamlValue, dimensions: Mapping[str, Dimension], used: tuple[LocatedValue[str], ...], taken: set[str]
    ) -> CategoryMerge | None:
        """Values printed as one; each of them in one merge only, noted in `taken`."""
        name = item.value["dimension"]
        if name.value not in {one.value for one in used} & set(dimensions):
            self.refuse(name, "dimension", " | ".join(one.value for one in used))
            return None
        known = [category.id for category in dimensions[name.value].categories if category.id not in taken]
        ids = schema.located_texts(item.value, "valeurs")
        for one in ids:
            if one.value not in known:
                self.refuse(one, "valeurs", " | ".join(known), nearest(one.value, known))
        if not {one.value for one in ids} & set(known):
            return None
        taken.update(one.value for one in ids)
        return CategoryMerge(name.value, _category(item.value), tuple(one.value for one in ids))

    def refuse(self, value: LocatedValue[str], key: str, wanted: str, near: str = "") -> None:
        self.problems.append(schema.bad_value(Key(key, expectation=wanted), value, near))


def _keys(thresholds: tuple[str, ...]) -> tuple[Key, ...]:
    """The keys of an indicator: nothing about a count may be left unsaid."""
    return (
        Key("id", required=True, test=schema.is_identifier, expectation="identifier"),
        Key("version", required=True, test=schema.is_number, expectation="number"),
        Key("date", required=True, test=schema.is_date, expectation="date"),
        Key("compte", required=True), Key("compte_en", required=True),
        Key("qui", required=True, allowed_values=WHOM),
        Key("unite", required=True, allowed_values=UNITS),
        Key("moment", required=True, allowed_values=MOMENTS),
        Key("age", required=True), Key("age_en", required=True),
        Key("debut", required=True, test=schema.is_date, expectation="date"),
        Key("fin", required=True, test=schema.is_date, expectation="date"),
        Key("dimensions", "list"),
        Key("question", required=True), Key("question_en", required=True),
        Key("seuil", required=True, allowed_values=thresholds),
        Key("chevauchement", required=True, allowed_values=OVERLAPS), Key("chevauchement_raison"),
        Key("fusions", "mappings"), Key("graphiques", "list"), Key("demande_a", "list"), Key("contenu_dans", "list"),
        Key("source"),
    )  # fmt: skip


def _category(fields: Fields) -> Category:
    return Category(*(schema.text(fields, name) for name in ("id", "nom", "nom_en")))


def _quoted(item: YamlValue) -> QuotedFigure:
    fields = item.value
    texts = {key.name: schema.text(fields, key.name) for key in QUOTED}
    return QuotedFigure(texts["id"], int(texts["nombre"]), texts["qui"], texts)


def _indicator(
    fields: Fields, dimensions: tuple[Dimension, ...], merges: tuple[CategoryMerge, ...], span: Span
) -> Indicator:
    said = {name: schema.text(fields, name) for name in fields}
    charts, asked, containing = (schema.texts(fields, name) for name in ("graphiques", "demande_a", "contenu_dans"))
    overlap = said.get("chevauchement_raison", "") if said["chevauchement"] == "aucun" else ""
    return Indicator(
        id=said["id"],
        version=int(said["version"]),
        date=said["date"],
        counts=said["compte"],
        counts_en=said["compte_en"],
        people=said["qui"],
        unit=said["unite"],
        moment=said["moment"],
        age=said["age"],
        age_en=said["age_en"],
        start=said["debut"],
        end=said["fin"],
        question=said["question"],
        question_en=said["question_en"],
        threshold=int(said["seuil"]),
        no_overlap=overlap,
        dimensions=dimensions,
        merges=merges,
        charts=charts,
        asked_associations=asked,
        containing=containing,
        span=span,
    )
