"""The acronyms that the report knows: chapters/sigles.yaml, then the associations' own, then the outline's texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import orjson

from rapport.language.acronyms import ACRONYM, find_acronyms
from rapport.model import Acronym, Association, Diagnostic, Outline, Reference, Source
from rapport.storage import schema
from rapport.storage.schema import Key

TOP = (Key("sigles", "mappings", True),)
ENTRY = (
    Key("sigle", required=True), Key("nom", required=True), Key("nom_en"), Key("source", required=True),
    Key("developper", allowed_values=("oui", "non")),
)  # fmt: skip


def read_glossary(source: Source | None) -> tuple[tuple[Acronym, ...], tuple[Diagnostic, ...]]:
    """The acronyms that the editor verified, in the file's order, and what is wrong with the file."""
    if source is None:
        return (), ()
    top, problems = schema.read(source, TOP)
    acronyms = []
    for item in schema.mappings(top, "sigles"):
        problems = (*problems, *schema.check(item.value, ENTRY, item.span))
        short, name, name_en = (schema.text(item.value, key) for key in ("sigle", "nom", "nom_en"))
        if short and name:
            acronyms.append(Acronym(short, name, name_en, schema.text(item.value, "developper", "oui") == "oui"))
    return tuple(acronyms), problems


def named_acronyms(
    verified: Iterable[Acronym], associations: Iterable[Association], outline: Outline
) -> tuple[Acronym, ...]:  # fmt: skip
    """Every acronym that has a name, each once: what the editor verified goes before what others say."""
    of_members = (Acronym(a.acronym, a.name, a.name) for a in associations if a.acronym)
    of_texts = (Acronym(i.short, i.title, i.title_en) for i in outline.instruments if ACRONYM.fullmatch(i.short))
    known: dict[str, Acronym] = {}
    for acronym in (*verified, *of_members, *of_texts):
        known.setdefault(acronym.short, acronym)
    return tuple(known.values())


def familiar_acronyms(
    acronyms: Iterable[Acronym], associations: Mapping[str, Association], outline: Outline,
    references: Iterable[Reference], told: Iterable[str],
) -> frozenset[str]:  # fmt: skip
    """The acronyms that nobody need be asked about: those with a name, and those inside names and works cited.

    `told` is what is spoken of already because it may lead to a person.
    """

    def texts() -> Iterator[str]:
        yield from (association.name for association in associations.values())
        yield from (instrument.short for instrument in outline.instruments)
        yield from (orjson.dumps(reference.item).decode() for reference in references)

    inside = {acronym for text in texts() for acronym, _ in find_acronyms(text)}
    personal = {word for text in told for word in text.upper().split()}
    return frozenset(inside | personal | {acronym.short for acronym in acronyms})
