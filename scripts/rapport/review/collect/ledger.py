"""contributions/drafts/ledger.yaml: every remark on the drafts sent out, once, in the order of the report.

What was decided (`etat`, `reponse`) and what became of it (`suite`) is kept; the rest is what the files said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import fields, replace

from rapport.language.names import LOST_LETTER, UNPRINTABLE, identifier
from rapport.messages import review
from rapport.review.freeze.draft_map import FOLDER
from rapport.storage import strict_yaml, yaml_out
from rapport.storage.cache import digest
from rapport.storage.transaction import write_together

NAME = "ledger.yaml"
LEDGER = f"{FOLDER}/{NAME}"
COPIES = f"{FOLDER}/[0-9]*/{NAME}"  # what was said of each draft, as it was last written
ID = re.compile(r"(?m)^  - id: '?([\w-]+)")
PARTS = re.compile(r"((?:#.*\n)*)remarques:\n(  - id:.*\n(?:[ #].*\n|\n)*)((?s:fichiers:.*)?)")
RECORD = re.compile(r"(?m)^(?=  - id:)")
LINE = re.compile(r"(?m)^(?:  - |    )(\w+): (?:\|2-((?:\n      .*|\n$)+)|(.*))$")
NUMBER = re.compile(r"-?\d{1,9}")
CONFLICT = re.compile(r"(?m)^(?:<{7}|>{7}) ")
OPEN, ACCEPTED, REFUSED, ANSWERED, APPLIED = "ouverte", "acceptee", "refusee", "repondue", "appliquee"
STATES = (OPEN, ACCEPTED, REFUSED, ANSWERED, APPLIED)
COMMENT, INSERTION, DELETION, REPLACEMENT = "commentaire", "ajout", "suppression", "remplacement"
MOVE, FORMAT, SPLIT, MERGE, PICTURE = "deplacement", "mise-en-forme", "coupure", "reunion", "image"
KINDS = (COMMENT, INSERTION, DELETION, REPLACEMENT, MOVE, FORMAT, SPLIT, MERGE, PICTURE)
LOOKS = {"b": "gras", "i": "italique", "bi": "gras et italique", "": "ordinaire"}  # `apres` of a change of looks
YES, AFTER, BEFORE = "oui", "apres", "avant"
NOTE = "note"  # the doubt of a new note, called at `debut` of its paragraph
CALL = "appel"  # the doubt of a note called elsewhere in its paragraph, behind the words `apres`
FORMULA = "formule"  # the doubt of words that are a formula's letters without its layout
WORDLESS = "sans-texte"  # the doubt of a comment whose words the file has not
QUOTING = yaml_out.plain_if(re.compile(r"[A-Za-zÀ-ÿŒœ0-9][\wÀ-ÿ./-]*"))
SHORT = 12  # signs of an id


class Remark(Struct, frozen=True):
    """One remark: where (the paragraph, as the draft's map has it), who, what, and what was decided.

    `debut` is where `avant` begins in the paragraph's words, as the map has them. `ou`: something new stands after or
    before the paragraph; `vers` is the paragraph that a move or a merge leads to. Without `bloc` it is to be placed.
    """

    id: str
    projet: int
    genre: str
    place: int = -1  # of the paragraph in the draft's map, by which the ledger is ordered
    bloc: str = ""
    paragraphe: str = ""
    association: str = ""
    fichier: str = ""
    ligne: int = 0
    relecteur: str = ""
    date: str = ""
    suivi: bool = False
    debut: int = -1
    avant: str = ""
    apres: str = ""
    texte: str = ""
    ou: str = ""
    vers: str = ""
    appel: str = ""  # « apres »: the call of a note stands right behind the words put in
    avec: str = ""  # the remark on a new paragraph that this one goes with
    doute: str = ""
    resolu: bool = False
    repond_a: str = ""
    contredit: tuple[str, ...] = ()
    preuve: str = ""  # how its paragraph was found
    fin: int = -1  # where `avant` ends, when words of it are masked
    masque: bool = False  # words of `apres` are masked: whoever writes them looks them up in the file received
    recu: str = ""
    etat: str = OPEN
    reponse: str = ""
    suite: str = ""

    @property
    def is_placed(self) -> bool:
        return bool(self.bloc)

    @property
    def end(self) -> int:
        """Where the words concerned end in the paragraph."""
        return self.fin if self.fin >= 0 else self.debut + len(self.avant)


FIELDS: Mapping[str, str] = Remark.__annotations__
_fields = lru_cache(fields)


class ReturnedFile(Struct, frozen=True):
    """One file that was read: its digest, its name, the draft it came from."""

    empreinte: str
    fichier: str
    projet: int
    remarques: int


class Ledger(Struct, frozen=True):
    """The remarks in order, and the files they were read from."""

    remarks: tuple[Remark, ...] = ()
    files: Mapping[str, ReturnedFile] = field(default_factory=dict)

    def with_file(self, file: ReturnedFile, found: Iterable[Remark]) -> Ledger:
        """With what a file says: what is known already keeps its decision, and is not said twice."""
        known = {remark.id: remark for remark in self.remarks}
        for remark in found:
            known.setdefault(remark.id, remark)
        return Ledger(tuple(known.values()), {**self.files, file.empreinte: file})


def assign_identifiers(remark: Remark, seen: dict[str, int]) -> Remark:
    """The remark under an id made of its draft, its reviewer, its place and its words: read again, it is the same."""
    said = (str(remark.projet), remark.relecteur, remark.genre, remark.bloc, str(remark.debut), remark.avant)
    name = digest(*said, remark.apres, remark.texte, remark.ou, remark.vers, remark.repond_a)[:SHORT]
    seen[name] = seen.get(name, 0) + 1
    return replace(remark, id=name if seen[name] == 1 else f"{name}-{seen[name]}")


# ---------------------------------------------------------------- on the disk


class BadLedger(Exception):
    """The ledger can no longer be read, from this line on; `state`: what was typed there is none.

    `conflict`: git left both versions in it. `lost`: so many remarks are gone that a copy still has.
    """

    def __init__(self, line: int, state: str = "", conflict: bool = False, lost: int = 0, copy: str = "") -> None:
        super().__init__(line)
        self.line, self.state, self.conflict, self.lost, self.copy = line, state, conflict, lost, copy

    def explanation(self, language: str) -> str:
        """What is wrong, where, and what to do now."""
        kinds = {"bad-state": self.state, "ledger-conflict": self.conflict, "ledger-cut": self.lost}
        name = next((name for name, found in kinds.items() if found), "bad-ledger")
        return review(name, language, path=LEDGER, line=self.line, typed=self.state, number=self.lost, copy=self.copy)


def load(root: Path) -> Ledger:
    """The ledger as it stands; raises `BadLedger`."""
    path = root / LEDGER
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
    except UnicodeDecodeError as error:
        raise BadLedger(1) from error
    if conflict := CONFLICT.search(text):
        raise BadLedger(text.count("\n", 0, conflict.start()) + 1, conflict=True)
    found = _read_again(text) or _read(text)
    known = {remark.id for remark in found.remarks}
    if len(known) != len(found.remarks):
        raise BadLedger(1)
    _check_whole(root, known)
    return found


def _read_again(text: str) -> Ledger | None:
    """A ledger of whose remarks most were read before, by this command; None where it is not as we write it."""
    if UNPRINTABLE.search(text) or not (parts := PARTS.fullmatch(text)):
        return None
    try:
        return replace(_read(parts[1] + parts[3]), remarks=tuple(map(_read_one, RECORD.split(parts[2])[1:])))
    except BadLedger:
        return None


@lru_cache(maxsize=20_000)
def _read_one(typed: str) -> Remark:
    """The one remark that a record is; raises `BadLedger`, with no line of the file."""
    if written := _as_written(typed.rstrip("\n")):
        return written
    found = _read(f"remarques:\n{typed}").remarks
    if len(found) != 1:
        raise BadLedger(1)
    return found[0]


def _as_written(typed: str) -> Remark | None:
    """The remark that this command writes in these very letters, read without YAML; None where it is not."""
    said: dict[str, object] = {}
    try:
        for name, lines, value in LINE.findall(typed):
            text = re.sub(r"(?m)^      ", "", lines[1:]).strip() or _unquoted(value)
            listed = tuple(map(_unquoted, value[1:-1].split(", "))) if value.startswith("[") else text
            said[name] = _value(listed, FIELDS[name])
        remark = Remark(**said)  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError):
        return None
    return remark if remark.genre in KINDS and remark.etat in STATES and _record(remark) == typed else None


def _unquoted(value: str) -> str:
    return (value[1:-1].replace("''", "'") if value.startswith("'") else value).strip()


def _read(text: str) -> Ledger:
    """A ledger as typed; raises `BadLedger`."""
    top, found = strict_yaml.read(text, LEDGER)
    unknown = [one.key.line for name, one in top.items() if name not in ("remarques", "fichiers")]
    if wrong := [*(one.span.line for one in found), *unknown]:
        raise BadLedger(wrong[0])
    remarks = [_remark(item.value, item.span.line) for item in _list(top, "remarques")]
    files = [_made(ReturnedFile, item.value, item.span.line) for item in _list(top, "fichiers")]
    return Ledger(tuple(remarks), {file.empreinte: file for file in files})


def _check_whole(root: Path, known: set[str]) -> None:
    """Raises `BadLedger` where the copy beside a draft has remarks that the ledger has no more."""
    for path in sorted(root.glob(COPIES)):
        if lost := set(ID.findall(path.read_text(encoding="utf-8", errors="replace"))) - known:
            raise BadLedger(1, lost=len(lost), copy=path.relative_to(root).as_posix())


def _list(top: Mapping[str, strict_yaml.YamlEntry], name: str) -> tuple:  # type: ignore[type-arg]
    value = top[name].value if name in top else ()
    if not isinstance(value, tuple) or any(not isinstance(item.value, dict) for item in value):
        raise BadLedger(top[name].span.line)
    return value


def _remark(said: Mapping[str, strict_yaml.YamlEntry], line: int) -> Remark:
    remark: Remark = _made(Remark, said, line)
    typed = identifier(remark.etat).rstrip("e")  # « Acceptée » and « accepté » are understood
    state = next((state for state in STATES if state.rstrip("e") == typed), "")
    if not state:
        raise BadLedger(said["etat"].span.line, remark.etat)
    if remark.genre not in KINDS:
        raise BadLedger(said["genre"].span.line)
    return replace(remark, etat=state)


def _made(kind: type, said: Mapping[str, strict_yaml.YamlEntry], line: int):  # type: ignore[no-untyped-def]
    """A record of these strings, each value as its field wants it."""
    values: dict[str, object] = {}
    wanted: Mapping[str, str] = kind.__annotations__
    for name, entry in said.items():
        if name not in wanted or not isinstance(entry.value, str | tuple):
            raise BadLedger(entry.key.line)
        try:
            said_as = entry.value if isinstance(entry.value, str) else tuple(one.value for one in entry.value)
            values[name] = _value(said_as, wanted[name])
        except ValueError:
            raise BadLedger(entry.span.line) from None
    try:
        return kind(**values)
    except TypeError as error:
        raise BadLedger(line) from error


def _value(said: object, wanted: str) -> object:
    """What was typed, as a field of this type has it; raises ValueError."""
    listed = said if isinstance(said, tuple) else (said,)
    if wanted.startswith("tuple") and all(isinstance(one, str) for one in listed):
        return listed
    if not isinstance(said, str) or (wanted == "int" and not NUMBER.fullmatch(said)):
        raise ValueError(said)
    return int(said) if wanted == "int" else said == YES if wanted == "bool" else said


def write(root: Path, ledger: Ledger, remarks: Iterable[str]) -> bool:
    """The ledger in place, its explanation above; says whether anything changed."""
    content = as_files(root, ledger, remarks)
    changed = {path: text for path, text in content.items() if not path.is_file() or path.read_bytes() != text}
    write_together(changed)
    return root / LEDGER in changed


def as_files(root: Path, ledger: Ledger, remarks: Iterable[str]) -> dict[Path, bytes]:
    """The ledger as it lies on the disk, and beside each frozen draft a copy of what was said of it."""
    head = yaml_out.comments(remarks)
    made = {root / LEDGER: "\n".join([*head, as_yaml(ledger)]).encode()}
    for number in sorted({remark.projet for remark in ledger.remarks}):
        path = root / f"{FOLDER}/{number}/{NAME}"
        mine = tuple(remark for remark in ledger.remarks if remark.projet == number)
        if path.parent.is_dir():
            files = {key: file for key, file in ledger.files.items() if file.projet == number}
            made[path] = "\n".join([*head, as_yaml(Ledger(mine, files))]).encode()
    return made


def as_yaml(ledger: Ledger) -> str:
    """A remark after another, each a few lines; what says nothing is left out."""
    files = sorted(ledger.files.values(), key=lambda file: (file.projet, file.fichier, file.empreinte))
    lines = yaml_out.record_list("remarques", ((_record(remark), "") for remark in ledger.remarks))
    return "\n".join([*lines, *yaml_out.records("fichiers", map(_pairs, files))]) + "\n"


@lru_cache(maxsize=20_000)
def _record(remark: Remark) -> str:
    return "\n".join(yaml_out.record(_pairs(remark, ("etat", "reponse"))))


def _pairs(value: Remark | ReturnedFile, always: tuple[str, ...] = ()) -> Iterator[yaml_out.Pair]:
    for item in _fields(type(value)):
        typed = getattr(value, item.name)
        if typed != item.default or item.name in always:
            yield item.name, _scalar(typed)


def _scalar(value: object) -> str:
    if isinstance(value, tuple):
        return yaml_out.flow_list(map(str, value), QUOTING)
    text = YES if value is True else UNPRINTABLE.sub(LOST_LETTER, str(value))
    return yaml_out.literal(text) if "\n" in text else QUOTING(text)
