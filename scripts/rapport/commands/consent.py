"""`rapport consent`: each association is shown its text as it stands; what it answers is recorded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, partial

from msgspec.structs import replace

from rapport.commands.context import Context
from rapport.compare.states import ReportState, read_state, without_children
from rapport.correspondence.agreement_status import (
    AgreedPassage,
    agreed_passages,
    blocks_by_id,
    english_passages,
    list_numbers,
    number_passages,
    unreviewed_paths,
)
from rapport.correspondence.consent_letters import FOLDER, Letter, letters
from rapport.examination.opening import open_cache
from rapport.language.names import typed_name
from rapport.messages import consent, long_date, review
from rapport.messages.stop import ERRORS, FINE, USAGE, Stop
from rapport.model import Block, Edition
from rapport.pipeline import in_english, lay_out, outgoing_door
from rapport.project.agreements import (
    AGREEMENTS,
    Agreement,
    AgreementRequest,
    Agreements,
    Reservation,
    as_yaml,
    can_carry_note,
    imprint,
    make_agreements,
)
from rapport.safeguarding.outgoing_files import GONE
from rapport.storage.lock import hold_lock
from rapport.storage.transaction import remove_others, write_atomically


def verb(context: Context) -> int:
    """Write the letters, or record an agreement or a reservation."""
    options = context.options
    if options.agree and options.reserve:
        raise Stop(consent("both", options.lang), USAGE)
    with context.progress(), hold_lock(options.root):
        if options.agree and not (options.association or options.signatory):
            _Recording(context).walk()
        elif options.agree:
            _Recording(context).agree()
        elif options.reserve:
            _Recording(context).reserve()
        else:
            _Asking(context).ask()
    return FINE


class _Dialogue:
    """The report as it stands, the agreements given so far, and the words for both ways of this verb."""

    def __init__(self, context: Context) -> None:
        options = context.options
        self.root, self.language, self.options = context.root, context.language, options
        self.steps, self.cache = context.steps, open_cache(self.root)
        self.examined = context.examine(self.cache)
        self.door = outgoing_door(self.examined, self.language)
        shown = context.with_door(self.door)
        self.show, self.ask_for = shown.show, shown.ask
        if any(d.span.path == AGREEMENTS and d.rule.severity == "error" for d in self.examined.diagnostics):
            raise Stop(consent("bad-file", self.language, path=AGREEMENTS), ERRORS)
        self.book: Agreements = self.examined.agreements
        self.date = context.today
        self.association = self.read_association(options.association)

    @cached_property
    def current_passages(self) -> dict[str, tuple[AgreedPassage, ...]]:
        """The passages of each association as they stand."""
        return agreed_passages(self.examined)

    @cached_property
    def english(self) -> dict[str, AgreedPassage]:
        """Their finished English as it is printed, by the ids of the blocks."""
        found = english_passages(self.examined)
        if not found:
            return {}
        spoken = without_children(in_english(self.examined))
        _, document, _ = lay_out(spoken, Edition.DRAFT, self.cache, "en", self.steps)
        places = blocks_by_id(document) if document else {}
        return {
            name: replace(one, block=replace(one.block, node=places.get(name, one.block.node)))
            for name, one in found.items()
        }

    def list_passages(self, association: str) -> list[AgreedPassage]:
        """The passages of an association as they stand, and their English."""
        french = self.current_passages.get(association, ())
        return [*french, *(self.english[one.block.id] for one in french if one.block.id in self.english)]

    def say(self, name: str, /, **facts: object) -> str:
        return consent(name, self.language, **facts)

    def stop(self, name: str, /, **facts: object) -> Stop:
        return Stop(self.say(name, **facts), USAGE)

    def read_association(self, typed: str) -> str:
        name, near = typed_name(typed, self.examined.associations)
        if near:
            raise Stop(review("unknown-association", self.language, name=typed, near=near), USAGE)
        return name

    def write(self, book: Agreements) -> None:
        head = (self.say("head"), self.say("head-how"))
        write_atomically(self.root / AGREEMENTS, as_yaml(book, head).encode())

    def withheld(self, name: str, association: str) -> str:
        """Why an association's letter is not written, or its agreement not recorded; "" where nothing is against it."""
        paths = unreviewed_paths(self.examined, association)
        return self.say(name, name=association, paths=", ".join(paths)) if paths else ""

    def current_state(self) -> ReportState:
        return read_state(self.root, "", self.cache, self.language, self.steps)


class _Asking(_Dialogue):
    """Letters that show each association its text, and the note of what they showed."""

    def ask(self) -> None:
        """A letter to each association that has passages, and a note of what it was shown."""
        here = self.current_passages
        if self.association:
            here = {name: passages for name, passages in here.items() if name == self.association}
        refused = [one.path for one in self.examined.refused if self.association in ("", one.association)]
        left_out = [self.say("refused", paths=", ".join(refused))] if refused else []
        withheld = [one for name in here if (one := self.withheld("withheld", name))]
        here = {name: passages for name, passages in here.items() if not unreviewed_paths(self.examined, name)}
        if not here and (left_out or withheld):
            raise Stop("\n".join([*withheld, *left_out]), ERRORS)
        if not here:
            raise self.stop("no-passage" if self.association else "nobody", name=self.association)
        state, masked = self.current_state(), partial(self.door.content, only=GONE)
        written = list(letters(self.root, state, here, self.english, self.cache, self.language, masked))
        files = [file for letter in written for file in letter.files.items()]
        kept = {self.door.write(self.root, path, content, GONE) for path, content in files}
        if not self.association:
            self.clear(kept)
        told = {one.association: one for one in (*self.book.requests, *map(self.make_request, written))}
        self.write(replace(self.book, requests=tuple(told.values())))
        for letter in written:
            self.show(self.standing(letter))
        for line in (*withheld, *left_out):
            self.show(line)
        self.show(self.say("written", path=f"{FOLDER}/"))
        self.show(self.say("next"))

    def make_request(self, letter: Letter) -> AgreementRequest:
        """What a letter showed; one that shows what the last one did keeps its date."""
        both = (*letter.passages, *letter.english)
        passages = tuple((f"{n}/{label}" if label else n, p.imprint) for n, label, p in both)
        before = next((one for one in self.book.requests if one.association == letter.association), None)
        if before and before.passages == passages:
            return before
        return AgreementRequest(letter.association, self.date, passages)

    def clear(self, kept: set[str]) -> None:
        remove_others(self.root, FOLDER, ("*.docx", "*.html"), kept)

    def standing(self, letter: Letter) -> str:
        open_ = [number for number, _, passage in letter.passages if not passage.is_agreed]
        agreed, spoken = len(letter.passages) - len(open_), [n for n, _, one in letter.english if not one.is_agreed]
        said = self.say("standing", name=letter.association, total=len(letter.passages), agreed=agreed)
        said += self.say("standing-open", numbers=list_numbers(open_)) if open_ else ""
        return said + (self.say("standing-english", numbers=list_numbers(spoken)) if spoken else "")


class _Recording(_Dialogue):
    """What associations answered: agreements and reservations."""

    def read_signature(self) -> tuple[str, str]:
        by = " ".join(self.options.signatory.split())
        if not self.association:
            raise self.stop("which-association")
        if not by:
            raise self.stop("who")
        return self.association, by

    def agree(self) -> None:
        """An agreement, to what the association was shown and to nothing else."""
        name, by = self.read_signature()
        request = next((one for one in self.book.requests if one.association == name), None)
        if request is None:
            raise self.stop("not-asked", name=name)
        if withheld := self.withheld("not-recorded", name):
            raise Stop(withheld, ERRORS)
        self.record(request, by, self.chosen(request))

    def walk(self) -> None:
        """Each association that was shown passages it has not agreed to: who has said yes for it, if anybody."""
        asked = [one for one in self.book.requests if self.count_awaited(one)]
        withheld = [self.withheld("not-recorded", one.association) for one in asked]
        waiting = [one for one, why in zip(asked, withheld, strict=True) if not why]
        for why in filter(None, withheld):
            self.show(why)
        if not waiting:
            raise self.stop("none-waiting")
        self.show(self.say("walk", number=len(waiting)))
        try:
            for request in waiting:
                name = self.examined.associations[request.association].name
                facts = {
                    "name": name,
                    "number": self.count_awaited(request),
                    "date": long_date(request.date, self.language),
                }
                if by := " ".join(self.ask_for(self.say("walk-ask", **facts)).split()):
                    self.record(request, by, [one for _, one in request.passages])
        except (EOFError, KeyboardInterrupt):
            self.show("\n" + self.say("walk-stopped"))

    def count_awaited(self, request: AgreementRequest) -> int:
        """How many passages that were shown stand in the report unchanged and without agreement."""
        open_ = {one.imprint for one in self.list_passages(request.association) if not one.is_agreed}
        return sum(one in open_ for _, one in request.passages)

    def record(self, request: AgreementRequest, by: str, chosen: Sequence[str]) -> None:
        """One agreement written down, and told."""
        name = request.association
        agreement = Agreement(name, self.date, by, tuple(chosen))
        given = tuple(dict.fromkeys((*self.book.agreements, agreement)))  # typed twice, it is written once
        self.book = make_agreements(self.book.requests, given, self.book.reservations)
        self.write(self.book)
        self.show(self.say("agreed", name=name, number=len(chosen)))
        still = {passage.imprint for passage in self.list_passages(name)}
        if changed := len(set(chosen) - still):
            self.show(self.say("agreed-changed", number=changed))

    def chosen(self, asked: AgreementRequest) -> list[str]:
        """The imprints of the passages that were named, « 12 » with what follows it; of all where none is."""
        typed = _typed(self.options.reserved_numbers)
        found = [] if typed else [one for _, one in asked.passages]
        for number in typed:
            here = [one for called, one in asked.passages if number in _names(called)]
            if not here:
                known = list_numbers(called.replace("/", " = ") for called, _ in asked.passages)
                raise self.stop("no-number", typed=number, name=asked.association, known=known)
            found += here
        return list(dict.fromkeys(found))

    def reserve(self) -> None:
        """A reservation, on paragraphs or recommendations of today's report."""
        name, by = self.read_signature()
        typed = _typed(self.options.reserved_numbers)
        if not typed:
            raise self.stop("on-what")
        blocks = [block for number in typed for block in self.blocks(number)]
        words = self.door.words(" ".join(self.options.words.split()))
        one = Reservation(name, self.date, by, ", ".join(typed), tuple(map(imprint, (b.node for b in blocks))), words)
        if one not in (
            replace(kept, text_en="", line=0) for kept in self.book.reservations
        ):  # typed twice, written once
            self.write(make_agreements(self.book.requests, self.book.agreements, (*self.book.reservations, one)))
        self.show(self.say("reserved", name=name, on=one.passage_number))

    def blocks(self, typed: str) -> Sequence[Block]:
        """The passages that a number or a label stands for."""
        places = blocks_by_id(self.current_state().document)
        found = [
            passage.block
            for mine in self.current_passages.values()
            for number, label, passage in number_passages(mine, places)
            if typed in (number, label, passage.block.id)
        ]
        if not found:
            raise self.stop("no-such", typed=typed)
        if not all(can_carry_note(block.node) for block in found):
            raise self.stop("not-notable", typed=typed)
        return found


def _typed(numbers: str) -> list[str]:
    """« 12, § 14 et r3 » → 12, 14, R3."""
    return [
        word.upper() if word[:1] in "rR" else word
        for word in re.findall(r"[Rr]\d+|\d+(?:\.\d+)?|p[0-9a-f-]{6,}", numbers)
    ]


def _names(called: str) -> tuple[str, ...]:
    """What a passage answers to: « 12/R3 » to 12 and R3, « 12.1 » to 12 too."""
    number, _, label = called.partition("/")
    return number, label, number.split(".")[0]
