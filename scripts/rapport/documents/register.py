"""contributions/documents.yaml: the documents received, each with its number, whose it is, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict, replace

from rapport.model import YamlValue
from rapport.storage import schema, strict_yaml, yaml_out
from rapport.storage.transaction import write_atomically

DOCUMENTS = "contributions/documents.yaml"
KEPT = "contributions/inbox/recus"  # the files as they came
TO_READ, READ, CITED = "à lire", "lu", "cité"
STATES = (TO_READ, READ, CITED)
STATE_NAMES = dict(zip(STATES, ("to-read", "read", "cited"), strict=True))
NATURES = {
    "pdf": "pdf", "spreadsheet": "tableur", "slides": "présentation", "picture": "image", "media": "enregistrement",
    "web-page": "page web", "link": "lien", "minutes": "compte rendu",
}  # fmt: skip
"""The words of the file for what a document is, by what intake calls it."""


class UnreadableRegister(Exception):
    """The register cannot be read; `place` is « contributions/documents.yaml:12 »."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


class ReceivedDocument(Struct, frozen=True):
    """One document; every word of it has passed the door. `nature` is a word of `NATURES`."""

    numero: int
    titre: str
    nature: str
    association: str = ""  # ids; "" where nobody knows
    theme: str = ""
    date: str = ""  # ISO: when it was made, by its own word
    recu: str = ""  # ISO: when the message that brought it was sent
    etat: str = TO_READ
    cle: str = ""  # of its entry in a bibliography
    envoi: str = ""  # its place in the inbox, as in the journal
    adresse: str = ""  # of a link
    empreinte: str = ""

    @property
    def place(self) -> str:
        """Where it can be opened: its address, or its file on the machine that took it in."""
        ending = Path(self.envoi).suffix.lower()
        safe = ending if ending[1:].isalnum() and ending.isascii() else ""
        return self.adresse or f"{KEPT}/document-{self.numero}{safe}"


NAMES = ReceivedDocument.__struct_fields__


class DocumentRegister:
    """The register as read, to be added to and written back; what an editor corrected in it stays."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.entries: dict[int, ReceivedDocument] = {}
        path = root / DOCUMENTS
        try:
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
        except UnicodeDecodeError:
            raise UnreadableRegister(DOCUMENTS) from None
        top, found = strict_yaml.read(text, DOCUMENTS)
        if found:
            raise UnreadableRegister(f"{DOCUMENTS}:{found[0].span.line}")
        listed = top["documents"].value if "documents" in top else ()
        for item in listed if isinstance(listed, tuple) else ():
            one = self._read(item)
            self.entries[one.numero] = one

    def _read(self, item: YamlValue) -> ReceivedDocument:
        line = f"{DOCUMENTS}:{item.span.line}"
        if not isinstance(item.value, dict):
            raise UnreadableRegister(line)
        values = {name: schema.text(item.value, name) for name in NAMES if name in item.value}
        number, state = values.pop("numero", ""), values.get("etat", "") or TO_READ
        if not schema.is_number(number) or int(number) in self.entries or state not in STATES:
            raise UnreadableRegister(line)
        return ReceivedDocument(
            int(number), values.pop("titre", ""), values.pop("nature", ""), **values | {"etat": state}
        )

    def add(self, one: ReceivedDocument) -> ReceivedDocument:
        """The document under a number of its own; one whose digest is known keeps its place."""
        known = next((old for old in self.entries.values() if one.empreinte and old.empreinte == one.empreinte), None)
        if known:
            return known
        numbered = replace(one, numero=max(self.entries, default=0) + 1)
        self.entries[numbered.numero] = numbered
        return numbered

    def change(self, number: int, **values: str) -> ReceivedDocument:
        """A document with other values; raises KeyError for a number that is not there."""
        old = asdict(self.entries[number])
        self.entries[number] = ReceivedDocument(**old | values)
        return self.entries[number]

    def keep(self, one: ReceivedDocument, data: bytes) -> None:
        """The file itself, untouched, where it can be opened; never over another."""
        place = self.root / one.place
        if not one.adresse and not place.exists():
            write_atomically(place, data)

    def states(self) -> Counter[str]:
        """How many documents are in each state."""
        return Counter(one.etat for one in self.entries.values())

    def write(self, remarks: Iterable[str]) -> None:
        """Write the register in its order, with `remarks` as the comment above it."""
        items = ([(name, _scalar(name, value)) for name, value in asdict(e).items() if value] for e in self.in_order())
        lines = [*yaml_out.comments(remarks), *yaml_out.records("documents", items)]
        write_atomically(self.root / DOCUMENTS, ("\n".join(lines) + "\n").encode())

    def in_order(self) -> list[ReceivedDocument]:
        """The documents by their numbers."""
        return [self.entries[number] for number in sorted(self.entries)]


def _scalar(name: str, value: object) -> str:
    return str(value) if name == "numero" else yaml_out.single_quoted(" ".join(str(value).split()))
