"""The file of a workshop read: its header under a closed list of keys, then every line of words as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from msgspec import Struct, field

from rapport import rules
from rapport.language.folding import fold_words
from rapport.model import Diagnostic, Fields, Source, Span
from rapport.safeguarding import lexicon
from rapport.storage import schema, strict_yaml
from rapport.storage.schema import Key
from rapport.workshops.workshop import EDITIONS, ChildPiece, PieceConsent, Workshop

HEADER = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"[A-Z]{1,2}-\d{1,3}")
OPENS = re.compile(r"##[ \t]+(?P<code>\S+)[ \t]*")
TRANSLATES = re.compile(r"###[ \t]+(?P<title>.+?)[ \t]*")
WORDS = re.compile(r">(?: (?P<said>.*))?")
MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
LANGUAGE = re.compile(r"[a-z]{2,3}")
PICTURE = re.compile(r"[\w.-]+\.(?:png|jpe?g|gif|webp|bmp|tiff?)", re.IGNORECASE)
FEWEST = 5  # children of a workshop whose number may be said
UNSAID = "non dit"
FRENCH = "fr"
AGES = ("0-5", "6-10", "11-12", "13-15", "16-17")
YES_NO = ("oui", "non")
REPRESENTATIVES = ("representant legal", "administrateur ad hoc")
TITLES = {"traduction": FRENCH, "traduction en anglais": "en", "translation": "en"}


def _is_number(text: str) -> bool:
    return text == UNSAID or (schema.is_number(text) and int(text) >= FEWEST)


def _is_wide(text: str) -> bool:
    return fold_words(text) in {fold_words(place) for place in lexicon.wide_places()}


KEYS = (
    Key("titre", required=True),
    Key("mois", required=True, test=lambda text: MONTH.fullmatch(text) is not None, expectation="month"),
    Key("lieu", required=True, test=_is_wide, expectation="wide-place"),
    Key("langues", "list", required=True),
    Key("enfants", required=True, test=_is_number, expectation="children"),
    Key("ages", "list", required=True),
    Key("accompagnement", required=True),
    Key("methode"),
    Key("version_approuvee"),
    Key("version_approuvee_le", test=schema.is_date, expectation="date"),
    Key("paroles", "mappings"),
    Key("dessins", "mappings"),
)
CONSENT = (
    Key("reference", required=True, test=lambda text: CODE.fullmatch(text) is not None, expectation="piece-code"),
    Key("enfant", allowed_values=YES_NO),
    Key("representant", allowed_values=REPRESENTATIVES),
    Key("accord_le", test=schema.is_date, expectation="date"),
    Key("editions", "list"),
    Key("regarde_par"),
    Key("regarde_le", test=schema.is_date, expectation="date"),
    Key("mots_revus", "list"),
    Key("page_relue"),
    Key("page_relue_le", test=schema.is_date, expectation="date"),
    Key("retire_le", test=schema.is_date, expectation="date"),
    Key("retire_trace"),
    Key("suite"),
    Key("comite"),
)
SPOKEN = (*CONSENT, Key("langue", test=lambda text: LANGUAGE.fullmatch(text) is not None, expectation="language"))
DRAWN = (
    *CONSENT,
    Key("image", test=lambda text: PICTURE.fullmatch(text) is not None, expectation="picture-name"),
    Key("decrit"),
    Key("nom", allowed_values=YES_NO),
    Key("visage", allowed_values=YES_NO),
)


class _Said(Struct):
    """What stands under one code: the words, then the translations, and where it begins."""

    span: Span
    words: list[str] = field(default_factory=list)
    translations: dict[str, list[str]] = field(default_factory=dict)


def read_workshop(association: str, name: str, source: Source) -> tuple[Workshop | None, tuple[Diagnostic, ...]]:
    """The workshop of a file, None where something is wrong with it: then nothing of it is printed."""
    header = HEADER.match(source.text)
    if not header:
        return None, (Diagnostic(rules.NO_HEADER, Span(source.path, 1), {"kind": "absent"}),)
    fields, problems = strict_yaml.read(header["yaml"], source.path, 2)
    first = source.text.count("\n", 0, header.end()) + 1
    said, misplaced = _sections(source.path, source.text[header.end() :].split("\n"), first)
    found = [*problems, *_wrong(fields, Span(source.path, 1, 1, 3)), *misplaced]
    found += _unpaired(fields, said)
    if found:
        return None, tuple(found)
    pieces = (*_spoken(fields, said), *_drawings(fields, source.path))
    return _workshop(association, name, source.path, fields, pieces), ()


def _workshop(
    association: str, name: str, path: str, fields: Fields, pieces: tuple[ChildPiece, ...]
) -> Workshop:  # fmt: skip
    def text(key: str) -> str:
        return schema.text(fields, key)

    return Workshop(
        association=association,
        name=name,
        path=path,
        title=text("titre"),
        month=text("mois"),
        place=text("lieu"),
        languages=schema.texts(fields, "langues"),
        number=text("enfants"),
        ages=schema.texts(fields, "ages"),
        company=text("accompagnement"),
        method=text("methode"),
        pieces=pieces,
        approved_on=text("version_approuvee_le"),
        approved_text=text("version_approuvee"),
    )


# ---------------------------------------------------------------- the words


def _sections(path: str, lines: list[str], first: int) -> tuple[Mapping[str, _Said], list[Diagnostic]]:
    """The words under each code; a line that is neither a heading nor words is nobody's, and is told."""
    said: dict[str, _Said] = {}
    found: list[Diagnostic] = []
    into: list[str] | None = None
    for number, line in enumerate(lines, first):
        span = Span(path, number, 1, max(len(line), 1))
        if opens := OPENS.fullmatch(line):
            if opens["code"] in said:
                found.append(_odd(span, "twice", opens["code"], said[opens["code"]].span))
            section = said[opens["code"]] = _Said(span)
            into = section.words
        elif (translates := TRANSLATES.fullmatch(line)) and said:
            language = TITLES.get(fold_words(translates["title"]), "")
            if not language:
                found.append(_odd(span, "title", translates["title"]))
            into = section.translations.setdefault(language, [])
        elif (words := WORDS.fullmatch(line)) and into is not None:
            into.append(words["said"] or "")
        elif line.strip():
            found.append(_odd(span, "line", line.strip()[:40]))
        elif into:
            into.append("")
    return said, found


def _odd(span: Span, kind: str, text: str, *related: Span) -> Diagnostic:
    return Diagnostic(rules.CHILD_RECORD, span, {"why": f"{kind}\t{text}"}, related)


def whole_lines(lines: Iterable[str]) -> tuple[str, ...]:
    """Lines without the empty ones around them, one for several between them."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return tuple(kept[:-1] if kept and not kept[-1] else kept)


# ---------------------------------------------------------------- the records


def _wrong(fields: Fields, whole: Span) -> Iterator[Diagnostic]:
    yield from schema.check(fields, KEYS, whole)
    yield from _each(fields, "ages", AGES)
    for value in schema.located_texts(fields, "langues"):
        if not LANGUAGE.fullmatch(value.value):
            yield schema.bad_value(Key("langues", expectation="language"), value)
    for key, shape in (("paroles", SPOKEN), ("dessins", DRAWN)):
        for record in schema.mappings(fields, key):
            yield from schema.check(record.value, shape, record.span)
            yield from _each(record.value, "editions", EDITIONS)
            if not schema.text(record.value, "retire_le"):  # nothing but its code is kept of what was withdrawn
                wanted = "langue" if key == "paroles" else "image"
                if not schema.text(record.value, wanted):
                    yield Diagnostic(rules.MISSING_KEY, record.span, {"key": wanted, "wanted": wanted})


def _each(fields: Fields, key: str, allowed: tuple[str, ...]) -> Iterator[Diagnostic]:
    for value in schema.located_texts(fields, key):
        if value.value not in allowed:
            yield schema.bad_value(Key(key, allowed_values=allowed), value)


def _unpaired(fields: Fields, said: Mapping[str, _Said]) -> Iterator[Diagnostic]:
    """Records of one code; words without a record; a record of words that are not there."""
    places: dict[str, Span] = {}
    for record in (*schema.mappings(fields, "paroles"), *schema.mappings(fields, "dessins")):
        code = schema.text(record.value, "reference")
        if (before := places.setdefault(code, record.span)) is not record.span:
            yield _odd(record.span, "twice", code, before)
    for code, section in said.items():
        if code not in places:
            yield _odd(section.span, "no-record", code)
    for record in schema.mappings(fields, "paroles"):
        code = schema.text(record.value, "reference")
        if code and code not in said and not schema.text(record.value, "retire_le"):
            yield _odd(record.span, "no-words", code)


def _spoken(fields: Fields, said: Mapping[str, _Said]) -> Iterator[ChildPiece]:
    for record in schema.mappings(fields, "paroles"):
        code = schema.text(record.value, "reference")
        section = said.get(code, _Said(record.span))
        translations = {language: whole_lines(lines) for language, lines in section.translations.items() if any(lines)}
        yield ChildPiece(
            code, schema.text(record.value, "langue"), _consent(record.value), record.span, whole_lines(section.words),
            translations, report=schema.text(record.value, "suite"), committee=schema.text(record.value, "comite"),
        )  # fmt: skip


def _drawings(fields: Fields, path: str) -> Iterator[ChildPiece]:
    for record in schema.mappings(fields, "dessins"):
        image = schema.text(record.value, "image")
        yield ChildPiece(
            schema.text(record.value, "reference"), "", _consent(record.value), record.span,
            picture=str(PurePosixPath(path).parent / image) if image else "",
            description=schema.text(record.value, "decrit"), report=schema.text(record.value, "suite"),
            committee=schema.text(record.value, "comite"),
        )  # fmt: skip


def _consent(record: Fields) -> PieceConsent:
    def text(key: str) -> str:
        return schema.text(record, key)

    return PieceConsent(
        child=text("enfant"),
        representative=text("representant"),
        given_on=text("accord_le"),
        editions=frozenset(schema.texts(record, "editions")),
        shown_page=text("page_relue"),
        shown_on=text("page_relue_le"),
        withdrawn_on=text("retire_le"),
        looked_by=text("regarde_par"),
        looked_on=text("regarde_le"),
        name=text("nom"),
        face=text("visage"),
        reviewed_words=frozenset(schema.texts(record, "mots_revus")),
        withdrawn_trace=text("retire_trace"),
    )
