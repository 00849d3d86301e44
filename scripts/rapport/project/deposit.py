"""`depot`, in the outline: who speaks for the report, what is asked of the Committee, how long an oral statement is."""

from __future__ import annotations

from msgspec import Struct

from rapport.model import Source
from rapport.storage import schema, strict_yaml
from rapport.storage.schema import Key

YES, YES_NO = "oui", ("oui", "non")
DEPOSIT = (
    Key("porte_parole", "list"), Key("presession", allowed_values=YES_NO),
    Key("reunion_enfants", allowed_values=YES_NO),
    Key("minutes", test=schema.is_number, expectation="number"),
    Key("mots_par_minute", test=schema.is_number, expectation="number"), Key("source"),
    Key("consulte_le", test=schema.is_date, expectation="date"),
)  # fmt: skip
MINUTES = 5


class Deposit(Struct, frozen=True):
    """What goes with the report. `speakers`: as they are printed; `pace`: words a minute, 0 where no source gives it.

    `source` says where the pace was read, `read_on` (ISO) when.
    """

    speakers: tuple[str, ...]
    pre_session: bool
    children: bool
    minutes: int
    pace: int
    source: str
    read_on: str


def read_deposit(outline: Source) -> Deposit | None:
    """What the outline says of the deposit; None where it says nothing. The outline's own checks say what is wrong."""
    top, _ = strict_yaml.read(outline.text, outline.path)
    report = schema.mapping(top, "rapport")
    if "depot" not in report:
        return None
    said = schema.mapping(report, "depot")
    source = schema.text(said, "source")
    return Deposit(
        schema.texts(said, "porte_parole"), schema.text(said, "presession") == YES,
        schema.text(said, "reunion_enfants") == YES, int(schema.text(said, "minutes") or MINUTES) or MINUTES,
        int(schema.text(said, "mots_par_minute") or 0) if source else 0, source, schema.text(said, "consulte_le"),
    )  # fmt: skip
