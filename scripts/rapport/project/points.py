"""chapters/points/<symbol>.yaml: what was said to the State before, point by point, and which of our texts answer it.

A text answers a point where its header says so (`repond`), where it names it (« CRC/C/FRA/CO/4, par. 14 »), where it
cites it ([@crc2009, par. 14]), or where it links to it (`#point-crc-c-fra-co-4-14`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from rapport import rules, tree
from rapport.language.folding import fold_words
from rapport.language.names import identifier, nearest
from rapport.messages import points as phrase
from rapport.model import Contribution, CslItem, Diagnostic, Node, Outline, Source, Span, YamlValue
from rapport.storage import schema
from rapport.storage.schema import Key

POINTS = "chapters/points"
EARLIER_REPORT = "rapport-precedent"
KINDS = ("observations", "liste-de-points", "plan", "rapport-etat", "greta", EARLIER_REPORT)
UNITS = {"par.": "para.", "mesure": "measure", "question": "question", "recommandation": "recommendation"}
"""What a document counts its points in, and the English of it."""
TOP = (
    Key("cote", required=True), Key("autres_noms", "list"), Key("titre", required=True), Key("titre_en"),
    Key("auteur", required=True), Key("auteur_en"), Key("nature", required=True, allowed_values=KINDS),
    Key("unite", allowed_values=tuple(UNITS)),
    Key("date", required=True, test=schema.is_date, expectation="date"), Key("reference"),
    Key("lu_le", test=schema.is_date, expectation="date"), Key("source", required=True),
    Key("points", "mappings", True),
)  # fmt: skip
NUMBER = re.compile(r"\d{1,4}(?: ?[a-z]\))?")
POINT = (
    Key("numero", required=True, test=lambda text: NUMBER.fullmatch(text) is not None, expectation="point-number"),
    *map(Key, ("citation", "citation_en", "objet", "objet_en", "lu_dans", "cite_dapres", "cite_dapres_en")),
    Key("themes", "list"),
)  # fmt: skip
CALLED = r"(?:par(?:a|agraphe|agraph)?s?\.?|§§?|(?:mesure|measure|question|recomm[ae]ndation)s?|points?)"
NUMBERS = r"\d{1,4}(?: ?[a-z]\))?(?:(?:,| et| and| à| to|[-–]) ?\d{1,4}(?: ?[a-z]\))?)*"
RANGE = re.compile(r"(\d{1,4}) ?(?:à|to|[-–]) ?(\d{1,4})")
CITED = re.compile(rf"\b{CALLED} ?({NUMBERS})|(?<!\w)§ ?({NUMBERS})", re.I)


class EarlierPoint(Struct, frozen=True):
    """One point of a document: its number there, its words as they were read ("" for none), the themes it belongs to.

    `subject` says in our words what it is about; `quoted_by`: who quotes it, where the document itself was not read.
    `name` is its place in the report.
    """

    name: str
    number: str
    words: Mapping[str, str]
    subject: Mapping[str, str]
    quoted_by: Mapping[str, str]
    themes: tuple[str, ...]
    span: Span

    @property
    def digits(self) -> int:
        """14 of « 14 a) »."""
        return int(re.sub(r"\D.*", "", self.number))


class PointsDocument(Struct, frozen=True):
    """A document addressed to the State, or of the State: observations, a list of issues, a plan, a report of GRETA.

    `other_names`: what texts call it beside its symbol; `reference`: its key in bibliography.bib, if its symbol is not
    there.
    """

    symbol: str
    other_names: tuple[str, ...]
    title: Mapping[str, str]
    author: Mapping[str, str]
    kind: str
    unit: str
    date: str
    reference: str
    points: tuple[EarlierPoint, ...]
    span: Span

    @property
    def symbol_in_title(self) -> bool:
        """Whether the title says all that the symbol does, as that of a plan."""
        return set(fold_words(self.symbol).split()) <= set(fold_words(self.title["fr"]).split())

    def label(self, point: EarlierPoint, language: str) -> str:
        """« CRC/C/FRA/CO/4, par. 14 »."""
        return f"{self.symbol}, {self.point_label(point, language)}"

    def point_label(self, point: EarlierPoint, language: str) -> str:
        """« par. 14 », « mesure 5 »."""
        return f"{UNITS[self.unit] if language == 'en' else self.unit}\u00a0{point.number}"

    def points_of(self, numbers: str) -> Iterator[EarlierPoint]:
        """The points that « 12, 14 a) et 20-22 » names."""
        folded = _spaced(numbers)
        ends = [(int(a), int(b)) for a, b in RANGE.findall(folded)]
        named = {_spaced(one) for one in NUMBER.findall(folded)}
        for point in self.points:
            within = any(a <= point.digits <= b for a, b in ends)
            if within or _spaced(point.number) in named:
                yield point


def _spaced(text: str) -> str:
    """Letters in lower case, every space plain, none before the letter of a point."""
    return re.sub(r"(?<=\d) (?=[a-z]\))", "", " ".join(text.casefold().split()))


class EarlierPoints(Struct, frozen=True, dict=True):
    """Every document with its points, the works that are one of them, and what headers say that they answer.

    `works`: the report's key of a work → its document; `declared_points`: (association, theme) → the names of points.
    """

    documents: tuple[PointsDocument, ...] = ()
    works: Mapping[str, PointsDocument] = field(default_factory=dict)
    declared_points: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @property
    def points(self) -> tuple[tuple[PointsDocument, EarlierPoint], ...]:
        """Every point with its document, in the order of the files."""
        return tuple((document, point) for document in self.documents for point in document.points)

    @property
    def names(self) -> frozenset[str]:
        """The places of the points in the report."""
        return frozenset(point.name for _, point in self.points)

    @cached_property
    def _names(self) -> Mapping[str, PointsDocument]:
        """Each document by every name that texts give it, spaces left out."""
        return {_compact(name): one for one in self.documents for name in (one.symbol, *one.other_names)}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """« CRC/C/FRA/CO/4, par. 14 » or « paragraphe 14 des observations (CRC/C/FRA/CO/4 », however it is spaced."""
        names = "|".join(map(_loose, sorted(self._names, key=len, reverse=True)))
        document = rf"(?<!\w)({names})(?![\w/])"
        before = rf"\b{CALLED} ?({NUMBERS}),? (?:de|du|des|of|dans|in) [^.;0-9]{{0,80}}?{document}"
        return re.compile(rf"{document},? ?\(?(?:au |aux )?{CALLED} ?({NUMBERS})|{before}", re.I)

    def names_of(self, said: str) -> tuple[str, ...]:
        """The names of the points that one line of `repond` means, () where there is none of them."""
        return tuple(dict.fromkeys(self.in_prose(said)))

    def in_prose(self, text: str) -> Iterator[str]:
        """The names of the points that a text names."""
        if not self.documents:
            return
        for match in self._pattern.finditer(" ".join(text.replace("’", "'").split())):
            document, numbers = (match[1], match[2]) if match[1] else (match[4], match[3])
            yield from (point.name for point in self._names[_compact(document)].points_of(numbers))

    def in_citation(self, cite: Node) -> Iterator[str]:
        """The names of the points that a citation opens its work at, « [@crc2009, par. 14] »."""
        for citation in tree.citations(cite):
            if document := self.works.get(citation["citationId"]):
                suffix = " ".join(tree.text(citation["citationSuffix"]).split())
                for match in CITED.finditer(suffix):
                    yield from (point.name for point in document.points_of(match[1] or match[2]))

    def in_links(self, node: Node) -> Iterator[str]:
        """The names of the points that links lead to."""
        names = self.names
        targets = (tree.target(link).rpartition("#")[2] for link in tree.find(node, "Link"))
        # a name that a text has not is the report's, though it carries the text's namespace until the end
        yield from (name for target in targets if (name := target.rpartition("--")[2]) in names)

    def in_node(self, node: Node) -> Iterator[str]:
        """The names of the points that a block speaks of."""
        prose, _, cites = tree.text_with_notes(node)
        yield from (*self.in_prose(prose), *self.in_links(node))
        for cite in cites:
            yield from self.in_citation(cite)

    def open_points(self, accepted: Iterable[Contribution]) -> tuple[tuple[PointsDocument, EarlierPoint], ...]:
        """The points that no accepted text answers."""
        if not self.documents:
            return ()
        answered = {name for names in self.declared_points.values() for name in names}
        for text in accepted:
            for passage in (p for passages in text.sections.values() for p in passages):
                answered.update(self.in_node(passage.node))
        return tuple((document, point) for document, point in self.points if point.name not in answered)


def _compact(text: str) -> str:
    """A name without its spaces, as it is compared."""
    return "".join(text.casefold().replace("’", "'").split())


def _loose(name: str) -> str:
    """A pattern of a name: between any two signs there may be a space, as people and programs break it."""
    return " ?".join(map(re.escape, name))


def works_among(documents: Iterable[PointsDocument], items: Mapping[str, CslItem]) -> dict[str, PointsDocument]:
    """The works of a library that are one of these documents, by the report's key."""
    by_symbol = {_compact(one.symbol): one for one in documents}
    by_key = {one.reference: one for one in documents if one.reference}
    numbers = {key: _compact(str(item.get("number", ""))) for key, item in items.items()}
    found = {key: by_symbol.get(number) or by_key.get(key) for key, number in numbers.items()}
    return {key: document for key, document in found.items() if document}


# ---------------------------------------------------------------- the files


def read_points(
    sources: Iterable[Source], outline: Outline
) -> tuple[tuple[PointsDocument, ...], tuple[Diagnostic, ...]]:
    """The documents in the order of their files, and what is wrong: a point that is not whole is left out."""
    documents: dict[str, PointsDocument] = {}
    found: list[Diagnostic] = []
    for source in sources:
        top, problems = schema.read(source, TOP)
        whole, wrong = Span(source.path), [*problems]
        date = schema.located_texts(top, "date")
        limit = outline.identity.date
        wrong += [
            Diagnostic(rules.DATE_TOO_LATE, day.span, {"date": day.value, "limit": limit})
            for day in date
            if schema.is_date(day.value) and day.value > limit
        ]
        name = identifier(schema.text(top, "cote"))
        if name in documents:
            wrong.append(Diagnostic(rules.DUPLICATE_IDENTIFIER, whole, {"id": name}, (documents[name].span,)))
        points, of_points = _points(schema.mappings(top, "points"), name, outline)
        found += [*wrong, *of_points]
        if not wrong:
            documents[name] = PointsDocument(
                symbol=schema.text(top, "cote"),
                other_names=schema.texts(top, "autres_noms"),
                title=schema.bilingual_text(top, "titre"),
                author=schema.bilingual_text(top, "auteur"),
                kind=schema.text(top, "nature"),
                unit=schema.text(top, "unite", "par."),
                date=schema.text(top, "date"),
                reference=schema.text(top, "reference"),
                points=points,
                span=whole,
            )
    return tuple(documents.values()), tuple(found)


def printed_words(source: Source) -> Source:
    """A document's file without the key of the bibliography, which is no word of anybody's, each word in its place."""
    text = re.sub(r"^reference:.*$", lambda line: " " * len(line[0]), source.text, flags=re.MULTILINE)
    return replace(source, text=text)


def _points(
    entries: Iterable[YamlValue], symbol: str, outline: Outline
) -> tuple[tuple[EarlierPoint, ...], tuple[Diagnostic, ...]]:
    points: dict[str, EarlierPoint] = {}
    found: list[Diagnostic] = []
    for entry in entries:
        wrong = [*schema.check(entry.value, POINT, entry.span), *_unread(entry), *_unknown(entry, outline)]
        number = schema.text(entry.value, "numero")
        name = f"point-{symbol}-{identifier(number)}"
        if not wrong and name in points:
            wrong = [Diagnostic(rules.DUPLICATE_IDENTIFIER, entry.span, {"id": number}, (points[name].span,))]
        found += wrong
        if not wrong:
            said = entry.value
            points[name] = EarlierPoint(
                name, number, schema.bilingual_text(said, "citation"), schema.bilingual_text(said, "objet"),
                schema.bilingual_text(said, "cite_dapres"), schema.texts(said, "themes"), entry.span,
            )  # fmt: skip
    return tuple(points.values()), tuple(found)


def _unread(entry: YamlValue) -> Iterator[Diagnostic]:
    """A quotation that does not say where its words were read."""
    quoted = [*schema.located_texts(entry.value, "citation"), *schema.located_texts(entry.value, "citation_en")]
    if quoted and not schema.text(entry.value, "lu_dans"):
        yield Diagnostic(rules.MISSING_KEY, quoted[0].span, {"key": "lu_dans", "wanted": "read-in"})


def _unknown(entry: YamlValue, outline: Outline) -> Iterator[Diagnostic]:
    """Themes that the outline does not have."""
    known = tuple(theme.id for theme in outline.themes)
    for theme in schema.located_texts(entry.value, "themes"):
        if theme.value not in known:
            yield schema.unknown_name(theme, known)


def nearest_label(said: str, points: EarlierPoints) -> str:
    """The label of the point nearest to what was typed, "" where nothing is near."""
    return nearest(said, [document.label(point, "fr") for document, point in points.points])


def hint(document: PointsDocument, point: EarlierPoint, language: str) -> str:
    """« CRC/C/FRA/CO/4, par. 14 : une stratégie globale »: a point as it is named to those who may answer it."""
    said = (spoken[one] for spoken in (point.subject, point.words) for one in (language, "fr", "en"))
    about = next((words for words in said if words), "")
    label = document.label(point, language)
    return phrase("hint", language, label=label, about=about) if about else label
