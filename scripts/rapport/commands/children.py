"""`rapport children`: the letters of workshops; that a printed page was shown again; a piece taken out."""

from __future__ import annotations

import re

from rapport.commands.context import Context, outline_of, read_identifier
from rapport.correspondence.children_letters import ChildrenLetters, folder_of_workshop
from rapport.correspondence.piece_withdrawal import withdraw
from rapport.language.names import printable_line
from rapport.messages import long_date, words, workshops
from rapport.messages.stop import ERRORS, FINE, USAGE, Stop
from rapport.pipeline import outgoing_door
from rapport.project.read import CONTRIBUTIONS
from rapport.review.collect.ledger import LEDGER, BadLedger
from rapport.storage.lock import hold_lock
from rapport.storage.transaction import write_atomically
from rapport.workshops.consent import drawing_name, unfit
from rapport.workshops.workshop import ChildPiece, Workshop
from rapport.workshops.writing import with_looked, with_page_seen


def verb(context: Context) -> int:
    """Write the letters, or record one answer."""
    options = context.options
    if options.agree + options.withdraw + options.found_nobody > 1:
        raise Stop(workshops("both", options.lang), USAGE)
    with context.progress(), hold_lock(options.root):
        dialogue = _ChildrenDialogue(context)
        if options.found_nobody:
            dialogue.note_looked()
        elif options.agree:
            dialogue.agree()
        elif options.withdraw:
            dialogue.withdraw()
        else:
            dialogue.write()
    return FINE


class _ChildrenDialogue:
    """One run over the workshops of the project."""

    def __init__(self, context: Context) -> None:
        self.options, self.root, self.language = context.options, context.root, context.language
        self.examined = context.examine()
        self.children = self.examined.workshops
        self.pictures = self.children.pictures or {}
        self.door = outgoing_door(self.examined, self.language)
        self.show = context.with_door(self.door).show
        self.day = context.today

    def say(self, name: str, /, **facts: object) -> str:
        return workshops(name, self.language, **facts)

    def stop(self, name: str, /, **facts: object) -> Stop:
        return Stop(self.say(name, **facts), USAGE)

    @property
    def workshops(self) -> list[Workshop]:
        """Those asked for."""
        association = read_identifier(self.options.association, list(self.examined.associations), self.language)
        found = [one for one in self.children.workshops if association in ("", one.association)]
        wanted = self.options.workshop
        return [one for one in found if wanted in ("", one.name)]

    def write(self) -> None:
        """The letters of every workshop whose own facts identify nobody."""
        told = 0
        for workshop in self.workshops:
            if workshop.path in self.children.open_paths:
                self.show(self.say("not-written", path=workshop.path))
                continue
            identity = outline_of(self.examined).identity
            letters = ChildrenLetters(self.root, workshop, self.pictures, identity, self.door, self.language)
            paths = list(letters.write(self.children.identifying))
            told += len(paths)
            if paths:
                self.show(self.say("written", number=len(paths), folder=f"{folder_of_workshop(workshop)}/"))
            self.name_unseen(workshop)
        if not told:
            self.show(self.say("none", folder=f"{CONTRIBUTIONS}/…/enfants/"))

    def name_unseen(self, workshop: Workshop) -> None:
        """The pieces in which nobody has looked for a name or a face, and what to type once somebody has."""
        unseen = [one for one in workshop.pieces if unfit(one, self.pictures) == "not-looked"]
        if unseen:
            shown = ", ".join(f"{one.code} ({one.picture})" if one.picture else one.code for one in unseen)
            codes = " ".join(one.code for one in unseen)
            facts = {"association": workshop.association, "workshop": workshop.name, "path": workshop.path}
            self.show(self.say("to-look", pieces=shown, codes=codes, **facts))

    def note_looked(self) -> None:
        """That somebody looked for a name and a face in these pieces, and found none."""
        if not self.options.signatory.strip():
            raise self.stop("looked-by")
        chosen = [self.chosen(code) for code in re.split(r"[\s,;]+", self.options.piece.strip())]
        for workshop, piece in chosen:
            text = (self.root / workshop.path).read_text(encoding="utf-8")
            person = printable_line(self.options.signatory.strip())
            self.note("looked", workshop, piece, with_looked(text, piece.code, person, self.day, bool(piece.picture)))

    def note(self, said: str, workshop: Workshop, piece: ChildPiece, text: str) -> None:
        """The text as the workshop's file, and what it now says of a piece."""
        write_atomically(self.root / workshop.path, text.encode())
        self.show(self.say(said, code=piece.code, date=long_date(self.day, self.language), path=workshop.path))

    def chosen(self, typed: str = "") -> tuple[Workshop, ChildPiece]:
        """The piece that was named; raises Stop where none, or more than one, has this code."""
        code = (typed or self.options.piece).upper()
        found = [(one, piece) for one in self.workshops for piece in one.pieces if piece.code == code]
        if len(found) != 1:
            known = ", ".join(
                f"{one.association}/{one.name} {piece.code}" for one in self.workshops for piece in one.pieces
            )
            raise self.stop("which-piece", code=code or "–", known=known or "–")
        return found[0]

    def agree(self) -> None:
        """That the child saw the page as it is now, and said yes."""
        workshop, piece = self.chosen()
        if why := unfit(piece, self.pictures):
            raise self.stop("not-fit", code=piece.code, why=self.say_why(why))
        text, seen = (self.root / workshop.path).read_text(encoding="utf-8"), drawing_name(piece, self.pictures)
        self.note("agreed", workshop, piece, with_page_seen(text, piece.code, piece.imprint(seen), self.day))

    def say_why(self, why: str) -> str:
        return words({"why": why}, self.language)["why"]

    def withdraw(self) -> None:
        """Take the piece out of everything, and say what is out of reach."""
        workshop, piece = self.chosen()
        try:
            done = withdraw(self.root, workshop, piece, self.day, self.language, self.children.workshops)
        except BadLedger as error:
            raise Stop(error.explanation(self.language), ERRORS) from None
        self.show(self.say("withdrawn", code=piece.code, path=workshop.path))
        if done.twins:
            self.show(self.say("withdrawn-twins", pieces=", ".join(done.twins)))
        for number in done.drafts:
            self.show(self.say("withdrawn-draft", number=number))
        if done.outputs:
            self.show(self.say("withdrawn-outputs", number=len(done.outputs)))
        if done.was_quoted:
            self.show(self.say("withdrawn-remarks", path=LEDGER))
        for name, paths in (("holding", done.remaining.holding), ("unread", done.remaining.unread)):
            if paths:
                self.show("\n".join([self.say(f"withdrawn-{name}"), *(f"  {path}" for path in paths)]))
        for line in ("sent", "versions"):
            self.show(self.say(f"withdrawn-{line}"))
