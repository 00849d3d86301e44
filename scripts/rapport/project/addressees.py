"""`destinataires`, in the outline: whom recommendations may be addressed to, and whom a page for a meeting is for."""

from __future__ import annotations

from collections.abc import Iterator

from rapport.model import Addressee, Diagnostic, Fields, YamlValue
from rapport.storage import schema
from rapport.storage.schema import Key

REACH = Key("portee", allowed_values=("etat", "conseil-europe", "union-europeenne"))
ADDRESSEE = (
    Key("nom", required=True), Key("nom_en"), Key("autres_noms", "list"), Key("ailleurs"), Key("ailleurs_en"), REACH,
    Key("themes", "list"), Key("rencontre"),
)  # fmt: skip


def read_addressee(entry: YamlValue) -> Addressee:
    """One entry as the report has it."""
    said, listed = entry.value, schema.texts
    names = schema.text(said, "nom"), schema.text(said, "nom_en"), listed(said, "autres_noms")
    return Addressee(*names, listed(said, "themes"), schema.text(said, "rencontre"))


def check_addressees(top: Fields) -> Iterator[Diagnostic]:
    """What is wrong with them: keys, and themes or a stage of the calendar that the outline has not."""
    themes = [theme for part in schema.mappings(top, "parties") for theme in schema.mappings(part.value, "themes")]
    stages = schema.mappings(schema.mapping(top, "rapport"), "calendrier")
    found = (("themes", themes), ("rencontre", stages))
    known = {key: [schema.text(one.value, "id") for one in entries] for key, entries in found}
    for item in schema.mappings(top, "destinataires"):
        yield from schema.check(item.value, ADDRESSEE, item.span)
        for key, names in known.items():
            for value in schema.located_texts(item.value, key):
                if value.value not in names:
                    yield schema.unknown_name(value, filter(None, names))
