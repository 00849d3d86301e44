"""The associations: the YAML cards of their folders → Associations, or diagnostics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapport import rules
from rapport.language.names import identifier
from rapport.model import Association, Diagnostic, Draft, Observation, Source, Span
from rapport.project.deposit import YES_NO
from rapport.storage import schema
from rapport.storage.schema import Key

ASSOCIATION = (
    Key("nom", required=True),
    Key("sigle"),
    Key("sigle_source"),
    Key("coordination", allowed_values=YES_NO),
    Key("adhesion", "mappings", True),
)
LEFT = "ancienne"
OBSERVATION = (
    Key("date", required=True, test=schema.is_date, expectation="date"),
    Key("etat", required=True, allowed_values=("membre", "candidate", LEFT)),
    Key("source", required=True),
)


def read_association(source: Source) -> tuple[Association, tuple[Diagnostic, ...]]:
    """One association from its card, whose folder is its identifier.

    A card with a mistake says nothing against its association, which is then a member under the name of its folder:
    one slip is told once, not once for each of its texts.
    """
    values, found = schema.read(source, ASSOCIATION)
    for item in schema.mappings(values, "adhesion"):
        found = (*found, *schema.check(item.value, OBSERVATION, item.span))
    folder = identifier(source.path.split("/")[-2])
    observations = tuple(
        Observation(schema.text(o.value, "date"), schema.text(o.value, "etat"), schema.text(o.value, "source"))
        for o in schema.mappings(values, "adhesion")
    )
    association = Association(
        id=folder,
        name=schema.text(values, "nom", folder),
        acronym=schema.text(values, "sigle"),
        coordinates=schema.text(values, "coordination") == "oui",
        observations=(Observation("", "membre", ""),) if found else observations,
    )
    return association, found


def participants(known: Mapping[str, Association], texts: Iterable[Draft], day: str) -> dict[str, Association]:
    """The associations that take part on an ISO day, by identifier: one that has left stays where a text of it is."""
    writers = {text.association for text in texts}
    return {name: one for name, one in sorted(known.items()) if name in writers or one.state_on(day) != LEFT}


def read_associations(sources: Iterable[Source]) -> tuple[dict[str, Association], tuple[Diagnostic, ...]]:
    """The associations by their ids, from their cards; of two with one id the first is taken."""
    associations: dict[str, Association] = {}
    cards: dict[str, str] = {}
    found: list[Diagnostic] = []
    for source in sources:
        association, problems = read_association(source)
        found += problems
        if association and association.id in associations:
            facts, first = {"id": association.id}, Span(cards[association.id])
            found.append(Diagnostic(rules.DUPLICATE_IDENTIFIER, Span(source.path), facts, (first,)))
        elif association:
            associations[association.id] = association
            cards[association.id] = source.path
    return associations, tuple(found)
