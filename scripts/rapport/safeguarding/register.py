"""The register of reviewed names: what someone looked at and let pass, with who, when and why.

A public name is printed in the report, so it stands in clear. An exception is for one sentence, and is sealed:
the digests of the sentence and of the words in it, so that the register names no one, and lapses with its sentence.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from rapport import rules
from rapport.model import Diagnostic, LocatedValue, Source, Span
from rapport.safeguarding.reading import normal
from rapport.storage import schema
from rapport.storage.schema import Key
from rapport.storage.strict_yaml import YamlEntry
from rapport.storage.yaml_out import Pair, double_quoted, records

REVIEW = (
    Key("raison", required=True),
    Key("relecteur", required=True),
    Key("date", required=True, test=schema.is_date, expectation="date"),
)
TOP = (Key("sel"), Key("noms", "mappings"), Key("contacts", "mappings"), Key("exceptions", "mappings"))
NAME = (Key("nom", required=True), *REVIEW)
CONTACT = (Key("contact", required=True), *REVIEW)
EXCEPTION = (Key("phrase", required=True), Key("mots", required=True), *REVIEW)


class ReviewEntry(Struct, frozen=True):
    """Who let something pass, when, and why."""

    reason: str
    reviewer: str
    date: str


class Register(Struct, frozen=True):
    """Public names, declared contacts, and the sealed exceptions; `places` is where each exception is written."""

    salt: str = ""
    names: tuple[tuple[str, ReviewEntry], ...] = ()
    contacts: tuple[tuple[str, ReviewEntry], ...] = ()
    exceptions: tuple[tuple[tuple[str, str], ReviewEntry], ...] = ()
    places: tuple[Span, ...] = ()

    def with_name(self, name: str, review: ReviewEntry) -> Register:
        """The register with one more public name."""
        return replace(self, names=(*self.names, (name, review)))

    def with_exception(self, sentence: str, kind: str, words: str, review: ReviewEntry) -> Register:
        """The register with an exception for these words in this sentence, as long as it stays as it is."""
        salt = self.salt or secrets.token_hex(16)
        seal = seals(salt, sentence, kind, words)
        return replace(self, salt=salt, exceptions=(*self.exceptions, (seal, review)))


def seals(salt: str, sentence: str, kind: str, words: str) -> tuple[str, str]:
    """The digest of a sentence, and that of the words in it: the second cannot be guessed without the sentence."""
    whole = hashlib.sha256(f"{salt}\n{normal(sentence)}".encode()).hexdigest()
    return whole, hashlib.sha256(f"{whole}\n{kind}\n{normal(words)}\n{normal(sentence)}".encode()).hexdigest()


def read_register(source: Source | None) -> tuple[Register, tuple[Diagnostic, ...]]:
    """The register, or what is wrong with it: an entry that is not whole lets nothing pass."""
    if source is None:
        return Register(), ()
    values, found = schema.read(source, TOP)
    names, wrong_names = _entries(values, "noms", NAME)
    contacts, wrong_contacts = _entries(values, "contacts", CONTACT)
    exceptions, wrong = _entries(values, "exceptions", EXCEPTION)
    register = Register(
        schema.text(values, "sel"),
        tuple((schema.text(e.value, "nom"), _review(e)) for e in names),
        tuple((schema.text(e.value, "contact"), _review(e)) for e in contacts),
        tuple(((schema.text(e.value, "phrase"), schema.text(e.value, "mots")), _review(e)) for e in exceptions),
        tuple(e.span for e in exceptions),
    )
    return register, (*found, *wrong_names, *wrong_contacts, *wrong)


def _entries(
    values: Mapping[str, YamlEntry], name: str, keys: tuple[Key, ...]
) -> tuple[list[LocatedValue[Mapping[str, YamlEntry]]], list[Diagnostic]]:
    whole: list[LocatedValue[Mapping[str, YamlEntry]]] = []
    wrong: list[Diagnostic] = []
    for entry in schema.mappings(values, name):
        problems = list(schema.check(entry.value, keys, entry.span))
        wrong += problems
        if not problems:
            whole.append(entry)
    return whole, wrong


def _review(entry: LocatedValue[Mapping[str, YamlEntry]]) -> ReviewEntry:
    return ReviewEntry(*(schema.text(entry.value, name) for name in ("raison", "relecteur", "date")))


def lapsed_exceptions(register: Register, used: Iterable[tuple[str, str]]) -> Iterator[Diagnostic]:
    """C13: exceptions whose sentence is in no contribution any more."""
    still = set(used)
    for (seal, _), span in zip(register.exceptions, register.places, strict=False):
        if seal not in still:
            yield Diagnostic(rules.LAPSED_EXCEPTION, span, {})


HEAD = """\
# Le registre des noms revus : ce que quelqu'un a regardé et laissé passer. « make review-names » l'écrit.
#
# noms        un nom public, tel qu'il est imprimé (auteur d'un ouvrage, institution, lieu) : il passe partout
# contacts    une adresse, un téléphone ou un courriel qu'une organisation publie elle-même
# exceptions  des mots laissés dans une phrase : sous forme d'empreintes, pour que le registre ne nomme personne ;
#             l'exception tombe dès que la phrase change
#
# Les phrases qui semblaient dire un nombre caché (S31) sont dans contributions/inbox/recus/nombres-revus.yaml, qui
# reste sur cet ordinateur comme les réponses : qui saurait laquelle est acceptée saurait le nombre.
#
# Chaque entrée dit pourquoi (raison), par qui (relecteur) et quand (date). Jamais le nom d'un enfant ici.
"""


def write_register(register: Register) -> str:
    """The register as its file: the same entries always give the same text."""
    lines = [HEAD]
    if register.salt:
        lines.append(f"sel: {register.salt}\n")
    for title, key, entries in (("noms", "nom", register.names), ("contacts", "contact", register.contacts)):
        if entries:
            items = ([(key, double_quoted(value)), *_pairs(review)] for value, review in sorted(entries))
            lines += [*records(title, items), ""]
    if register.exceptions:
        exceptions = register.exceptions
        lines += records("exceptions", ([("phrase", s), ("mots", w), *_pairs(r)] for (s, w), r in exceptions))
    return "\n".join(lines).rstrip() + "\n"


def _pairs(review: ReviewEntry) -> list[Pair]:
    return [
        ("raison", double_quoted(review.reason)),
        ("relecteur", double_quoted(review.reviewer)),
        ("date", review.date),
    ]
