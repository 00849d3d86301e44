"""The form of a workshop that came back: each child's words taken from its cell as they stand, no reader between.

What is typed is read straight from the Word file, paragraph by paragraph; pandoc, which would join lines and change
quotation marks, has no part in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rapport.intake.journal import REFUSED, TAKEN, WAITING, JournalEntry
from rapport.intake.placing import IntakeSession
from rapport.intake.states import IncomingFile
from rapport.language.folding import fold_words
from rapport.language.names import identifier
from rapport.messages import LANGUAGES, workshops
from rapport.office.file_kinds import Kind, kind_of
from rapport.office.namespaces import q
from rapport.office.package import Package, Unsafe, open_package
from rapport.office.xml import Element
from rapport.project.read import CONTRIBUTIONS, WORKSHOPS
from rapport.storage import yaml_out
from rapport.storage.transaction import write_atomically
from rapport.workshops.form_rows import OF_WORKSHOP, label, rows_by_label

DOCUMENT = "word/document.xml"
LISTS = ("langues", "ages", "editions")
Answers = Mapping[str, Sequence[str]]
"""The lines of each answer, by the name of its row."""


def is_workshop_form(data: bytes) -> bool:
    """Whether a file is the form of a workshop: no other asks for a child's words."""
    if kind_of(data) is not Kind.DOCX:
        return False
    try:
        package = open_package(data)
    except Unsafe:
        return False
    said = package.parts.get(DOCUMENT, b"").decode("utf-8", "replace")
    return any(label("mots", language).replace("'", "&apos;") in said or label("mots", language) in said
               for language in LANGUAGES)  # fmt: skip


def take_in(session: IntakeSession, arrived: IncomingFile, data: bytes) -> bool:
    """Whether a file is the form of a workshop; then it is taken in, and the journal says so."""
    if not is_workshop_form(data):
        return False
    verdict, path = place(session, arrived, data)
    name, sender = session.door.file_name(arrived.path), session.door.sender(arrived.sender)
    session.journal.add(JournalEntry(arrived.digest, name, sender, arrived.date, verdict, path))
    return True


def place(session: IntakeSession, arrived: IncomingFile, data: bytes) -> tuple[str, str]:
    """The workshop's file written, unless one stands there: the verdict and the path."""
    cards = list(_cards(open_package(data)))
    whole = {name: lines for card in cards for name, lines in card.items() if name in OF_WORKSHOP}
    pieces = [card for card in cards if any(card.get("mots", ()))]
    association = session.choices.association or _association(session, whole)

    def say(name: str, **facts: object) -> str:
        return workshops(name, session.language, file=arrived.path, **facts)

    if not association or not pieces:
        session.show(say("form-waits"))
        return WAITING, ""
    title = " ".join(whole.get("titre", ())) or "atelier"
    path = f"{CONTRIBUTIONS}/{association}/{WORKSHOPS}/{identifier(title)[:40].strip('-')}.md"
    if (session.root / path).exists():
        session.show(say("form-exists", path=path))
        return REFUSED, ""
    write_atomically(session.root / path, "\n".join(_file(whole, pieces)).encode())
    session.show(say("form-taken", path=path, number=len(pieces)))
    return TAKEN, path


def _association(session: IntakeSession, whole: Answers) -> str:
    typed = fold_words(" ".join(whole.get("association", ())))
    known = session.plan.associations.values()
    return next((one.id for one in known if typed in (fold_words(one.name), fold_words(one.acronym or one.name))), "")


def _cards(package: Package) -> Iterator[Answers]:
    """Every table of two columns, its rows by their names."""
    root, names = package.xml(DOCUMENT), rows_by_label()
    for table in root.iter(q("w:tbl")) if root is not None else ():
        card = {}
        for row in table.iter(q("w:tr")):
            cells = row.findall(q("w:tc"))
            name = names.get(fold_words(" ".join(_lines(cells[0])))) if len(cells) > 1 else None
            if name:
                card[name] = _lines(cells[1])
        if card:
            yield card


def _lines(cell: Element) -> list[str]:
    """The lines of a cell, as they stand; what a prompt shows is no answer."""
    return [line for paragraph in cell.iter(q("w:p")) for line in "".join(_pieces(paragraph)).split("\n")]


def _pieces(paragraph: Element) -> Iterator[str]:
    for run in paragraph.iter(q("w:r")):
        style = run.find(f"{q('w:rPr')}/{q('w:rStyle')}")
        if style is not None and style.get(q("w:val")) == "PlaceholderText":
            continue
        for node in run:
            if node.tag == q("w:t"):
                yield node.text or ""
            elif node.tag in (q("w:br"), q("w:cr")):
                yield "\n"
            elif node.tag == q("w:tab"):
                yield "\t"


def _file(whole: Answers, pieces: Sequence[Answers]) -> Iterator[str]:
    """The lines of the workshop's file."""
    yield "---"
    for name in OF_WORKSHOP[1:]:
        if value := _value(name, whole):
            yield f"{name}: {value}"
    yield "paroles:"
    for number, piece in enumerate(pieces, 1):
        yield f"  - reference: P-{number:02}"
        for name in ("langue", "enfant", "representant", "accord_le", "editions"):
            if value := _value(name, piece):
                yield f"    {name}: {value}"
    yield "---"
    for number, piece in enumerate(pieces, 1):
        yield from ("", f"## P-{number:02}", "", *_quoted(piece.get("mots", ())))
        if any(translated := piece.get("traduction", ())):
            yield from ("", "### Traduction", "", *_quoted(translated))
    yield ""


def _value(name: str, answers: Answers) -> str:
    said = " ".join(" ".join(answers.get(name, ())).split())
    if name in LISTS and said:
        return yaml_out.flow_list([one for one in said.replace(";", ",").replace(",", " ").split() if one != "et"])
    return yaml_out.single_quoted(said) if said else ""


def _quoted(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"> {line}" if line else ">" for line in lines)
