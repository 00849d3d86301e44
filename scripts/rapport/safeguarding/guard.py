"""Every contribution scanned, from its text or from the cache, and freed of what is known or reviewed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import orjson
from msgspec import Struct
from msgspec.structs import replace

from rapport.bibliography.library import Library
from rapport.language.folding import fold_words
from rapport.language.template_code import CODE
from rapport.model import Association, Draft, Fields, LocatedValue, Outline, Reference, Source, YamlValue
from rapport.safeguarding.register import Register
from rapport.safeguarding.scan import Finding, file_name, mark
from rapport.safeguarding.scan_printed import in_testimony, scan_body
from rapport.safeguarding.scan_typed import scan_marked, scan_value, scan_works
from rapport.safeguarding.world import World, body_names, make_world, printed_names, title_names
from rapport.storage import schema, strict_yaml
from rapport.storage.cache import Cache, kept_in_mind

HEADER = re.compile(r"\A\s*^---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
NOT_PROSE = frozenset("date statut diffusion langue articles temoignages pseudonymes".split())
NEVER = frozenset(("identifier", "name", "together", "place"))  # in a testimony no register lets these pass
TEMPLATE = ".j2"
QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
IN_FILE_NAME = -1  # the offset of what stands in the name of the file itself


class Guarded(Struct, frozen=True):
    """What still wants an eye in one contribution, the exceptions that let something pass, the marks of all found."""

    findings: tuple[Finding, ...]
    excepted: tuple[tuple[str, str], ...] = ()
    found_marks: frozenset[tuple[str, str]] = frozenset()


def known_world(
    outline: Source | None, plan: Outline, associations: Mapping[str, Association],
    references: Sequence[Reference], register: Register, cache: Cache,
) -> World:  # fmt: skip
    """What needs no one's eye: names in the outline and the works, of associations and authors, in the register."""
    lines = [line for line in (outline.text if outline else "").splitlines() if not line.lstrip().startswith("#")]
    prose = [*lines, *(text for reference in references for text in _prose(reference))]
    place, stored = cache.get("public-names", *prose)
    printed = orjson.loads(stored) if stored is not None else sorted(printed_names(prose))
    if stored is None:
        cache.put(place, orjson.dumps(printed))
    public = [*printed, *(name for reference in references for name in _authors(reference))]
    bodies = [name for association in associations.values() for name in (association.name, association.acronym)]
    titles = list(_titles(plan))
    public += [*bodies, *titles, *(name for name, _ in register.names)]
    contact = plan.identity.contact
    contacts = [*contact, " ".join(contact), *(text for text, _ in register.contacts)]
    keys = [reference.key.value for reference in references]
    world = make_world(public, contacts, keys, (seal for seal, _ in register.exceptions), register.salt)
    return replace(world, bodies=body_names(bodies, titles), titles=title_names(titles))


def _titles(plan: Outline) -> Iterator[str]:
    """What the outline calls its parts, themes and sections, in both languages, and the ids of themes."""
    for part in plan.parts:
        yield from (part.title, part.title_en)
        for theme in part.themes:
            yield from (theme.title, theme.title_en, theme.id, theme.short, theme.short_en)
            yield from (title for section in theme.sections for title in (section.title, section.title_en))


def _prose(reference: Reference) -> Iterator[str]:
    """What a reference prints beside people's names."""
    for name in ("title", "title-short", "container-title", "publisher", "publisher-place", "authority", "note"):
        if isinstance(reference.item.get(name), str):
            yield reference.item[name]
    yield from (person["literal"] for person in _people(reference) if person.get("literal"))


def _authors(reference: Reference) -> Iterator[str]:
    """The people of a reference, as a text may call them: by both names, or by the second."""
    for person in _people(reference):
        family, given = person.get("family", ""), person.get("given", "")
        written = (family, f"{given} {family}", f"{family} {given}", f"{family}, {given}", f"{family} ({given})")
        yield from (name for name in written if family)


def _people(reference: Reference) -> Iterator[Mapping[str, str]]:
    for role in ("author", "editor", "translator", "director", "collection-editor"):
        yield from reference.item.get(role) or ()


def guard(drafts: Sequence[Draft], titles: frozenset[str], world: World, cache: Cache) -> dict[str, Guarded]:
    """Every contribution's open findings, by its path; `titles` are those of sections of testimonies."""
    return {
        draft.source.path: _free(
            draft, _kept(draft.source, partial(scan_draft, draft, titles), cache, *sorted(titles)), titles, world
        )
        for draft in drafts
    }


def guard_works(
    references: Sequence[Reference], sources: Mapping[str, Source], world: World, cache: Cache, editors: str
) -> dict[str, Guarded]:
    """The same for bibliographies, whose people are taken from what pandoc read; those in the `editors`' are public."""
    paths = dict.fromkeys(reference.key.span.path for reference in references)
    found = {path: _kept(sources[path], partial(scan_works, sources[path]), cache) for path in paths}
    if editors in found:
        found[editors] = [finding for finding in found[editors] if finding.kind != "name"]
    for reference in (reference for reference in references if reference.key.span.path != editors):
        span, text = reference.key.span, sources[reference.key.span.path].text
        start = sum(map(len, text.splitlines(keepends=True)[: span.line - 1])) + span.column - 1
        for person in _people(reference):
            if name := f"{person.get('given', '')} {person.get('family', '')}".strip():
                whole = ((0, len(name)),)
                finding = Finding("name", name, start, max(span.length, 1), name, 0, whole, detail="person")
                found[span.path].append(finding)
    return {
        path: _but_excepted((f for f in findings if not world.knows(f)), world, findings)
        for path, findings in found.items()
    }


def without_identifiers(works: Library, guarded: Mapping[str, Guarded], sources: Mapping[str, Source]) -> Library:
    """The library with a stand-in for each entry that could lead to a person: a draft prints its key alone."""
    led = [
        (path, sources[path].text.count("\n", 0, finding.start) + 1)
        for path, found in guarded.items()
        for finding in found.findings
        if finding.kind == "identifier"
    ]
    lines = [(r.key.span.path, r.key.span.line) for r in works.references]
    hidden = {max(place for place in lines if place[0] == path and place[1] <= line) for path, line in led}
    kept = tuple(
        replace(r, item={"id": r.key.value, "type": "document", "title": r.key.value}) if place in hidden else r
        for r, place in zip(works.references, lines, strict=True)
    )
    return replace(works, references=kept) if hidden else works


def guard_prose(source: Source, world: World, cache: Cache) -> Guarded:
    """The same for what is printed beside contributions: a template of the editor's, the outline, a card."""
    found = _kept(source, lambda: scan_prose(source), cache)
    return _but_excepted((finding for finding in found if not world.knows(finding)), world, found)


def _but_excepted(found: Iterable[Finding], world: World, whole: Sequence[Finding]) -> Guarded:
    """What is left when exceptions are taken off, and the exceptions used; `whole` is all that was found."""
    open_, used = list[Finding](), list[tuple[str, str]]()
    for finding in found:
        seal = None if finding.kind == "identifier" or finding.is_testimony else world.exception(finding)
        if seal:
            used.append(seal)
        else:
            open_.append(finding)
    return Guarded(tuple(open_), tuple(used), frozenset(map(mark, whole)))


def _free(draft: Draft, found: Sequence[Finding], titles: frozenset[str], world: World) -> Guarded:
    """The findings that want an eye. In a testimony no contact passes, no bare name of an author, no exception."""
    pseudonyms = frozenset(schema.texts(draft.header, "pseudonymes"))
    open_ = []
    for finding in found:
        strict = finding.kind in NEVER and in_testimony(finding.section, titles)
        if strict and finding.detail == "place":
            continue  # it is told as a place there
        told = strict and (finding.kind != "name" or finding.detail.startswith("person"))
        known = world.knows_whole(finding) if strict else world.knows(finding)
        if not known and finding.kind != "key" and not _declared(finding, pseudonyms):
            open_.append(replace(finding, is_testimony=told))
    return _but_excepted(open_, world, found)


def _declared(finding: Finding, pseudonyms: frozenset[str]) -> bool:
    """Whether a name is made of declared pseudonyms alone."""
    return (
        finding.kind == "name"
        and all(finding.sentence[start:end] in pseudonyms for start, end in finding.parts)
        and bool(finding.parts)
    )


def _kept(source: Source, look: Callable[[], Iterable[Finding]], cache: Cache, *also: str) -> list[Finding]:
    """What a file's text alone says (and `also`, what it was read with), from the cache or looked for now."""
    place, stored = cache.get("names", source.path, source.text, *also)
    if stored is not None:
        return list(_decoded(stored))
    found = list(look())
    cache.put(place, orjson.dumps([as_row(finding) for finding in found]))
    return found


@kept_in_mind
def _decoded(stored: bytes) -> tuple[Finding, ...]:
    return tuple(map(from_row, orjson.loads(stored)))


def as_row(f: Finding) -> list[object]:
    """A finding as it is kept between builds."""
    return [f.kind, f.text, f.start, f.length, f.sentence, f.offset, f.parts, f.detail, f.section]


def from_row(row: Sequence[Any]) -> Finding:
    """The finding of a row."""
    kind, text, start, length, sentence, at, parts, detail, section = row
    spans = tuple((a, b) for a, b in parts)
    return Finding(kind, text, start, length, sentence, at, spans, detail=detail, section=section)


def scan_draft(draft: Draft, titles: frozenset[str] = frozenset()) -> Iterator[Finding]:
    """The findings of a file: its name, the values of its header, its body; offsets are those of the file."""
    text = draft.source.text
    for finding in file_name(draft.theme.replace("-", " "), 0):
        yield replace(finding, start=IN_FILE_NAME)
    header = HEADER.match(text)
    at = header.end() if header else 0
    if header:
        lines = [0, *(match.end() for match in re.finditer("\n", text[:at]))]
        for name, value in draft.header.items():
            for item in _values(value):
                found = _in_header(item, text, lines)
                yield from (f for f in found if name not in NOT_PROSE or f.kind == "identifier")
    yield from scan_body(draft, at, titles)


def scan_prose(source: Source) -> Iterator[Finding]:
    """The findings of a template, whatever the edition that prints them, or of the values of a YAML file."""
    if source.path.endswith(TEMPLATE):
        yield from (finding for finding in scan_marked(CODE.sub(_words_of, source.text)) if finding.kind != "key")
        return
    lines = [0, *(match.end() for match in re.finditer("\n", source.text))]
    for name, item in _named(strict_yaml.read(source.text, source.path)[0]):
        for finding in _in_header(item, source.text, lines):
            key = name == "source" and finding.detail == "handle"  # that of an entry in the bibliography
            if not key and (finding.kind != "name" or not name.endswith("_en")):
                yield finding


def _named(values: Fields) -> Iterator[tuple[str, LocatedValue[str]]]:
    """Every string of a mapping, however deep, with the key that it stands under."""
    for name, value in values.items():
        for item in value.value if isinstance(value.value, tuple) else (value,):
            if isinstance(item.value, Mapping):
                yield from _named(item.value)
            else:
                yield from ((name, text) for text in _values(item))


def _words_of(code: re.Match[str]) -> str:
    """A piece of Jinja with blanks for all but the words between quotes, which may be printed; nothing moves."""
    blank = re.sub(r"[^\n]", " ", code[0])
    for words in QUOTED.finditer(code[0]) if not code[0].startswith("{#") else ():
        blank = blank[: words.start()] + " " + words[0][1:-1] + " " + blank[words.end() :]
    return blank


def testimony_titles(outline: Outline) -> frozenset[str]:
    """The titles, in plain letters, of the sections that the outline's models have for testimonies."""
    sections = (section for theme in outline.themes for section in theme.sections)
    return frozenset(fold_words(section.title) for section in sections if section.kind == "temoignages")


def _values(value: YamlValue) -> Iterator[LocatedValue[str]]:
    """Every string under a key, however deep."""
    if isinstance(value.value, str):
        yield value
    elif isinstance(value.value, Mapping):
        for inner in value.value.values():
            yield from _values(inner)
    else:
        for inner in value.value:
            yield from _values(inner)


def _in_header(value: LocatedValue[str], text: str, lines: list[int]) -> Iterator[Finding]:
    """The findings of one value; a value folded over several lines has one place for all."""
    if not value.value or value.span.line > len(lines):
        return
    start = lines[value.span.line - 1] + value.span.column - 1
    exact = next((at for at in (start, start + 1) if text.startswith(value.value, at)), None)
    for finding in scan_value(value.value):
        if exact is None:
            yield replace(finding, start=start, length=max(value.span.length, 1))
        else:
            yield replace(finding, start=exact + finding.start)
