"""`rapport review`: every draft that came back read, its remarks kept once in the ledger, and shown as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from rapport.commands.context import Context
from rapport.examination.opening import open_cache
from rapport.intake.states import IncomingFile
from rapport.language.names import printable_line
from rapport.messages import intake, review
from rapport.messages.stop import ERRORS, FINE, USAGE, Stop
from rapport.pipeline import outgoing_door
from rapport.review.collect import ledger, reviewers, table
from rapport.review.collect.contradictions import in_order
from rapport.review.collect.examined_returns import ExaminedReturn, examine_returns
from rapport.review.collect.ledger import OPEN, BadLedger, Ledger, ReturnedFile
from rapport.review.collect.masked_remarks import mask_remarks
from rapport.review.collect.returned_files import FILLED, REVIEWS, files
from rapport.review.collect.same_file import under_first_names
from rapport.review.freeze import draft_map as drafts_map
from rapport.safeguarding.outgoing import Outgoing
from rapport.storage.lock import hold_lock

MOST = 5_000  # remarks in one file: a hundred a page


def verb(context: Context) -> int:
    """Read what came back; 1 when a file was refused."""
    options, root, language = context.options, context.root, context.language
    for file in options.files:
        if not file.is_file():
            raise Stop(review("no-such-file", language, file=file), USAGE)
    with context.progress(), hold_lock(root):
        return _Dialogue(context).read(files(root, list(options.files)))


class _Dialogue:
    """What stays the same for all files of one reading."""

    def __init__(self, context: Context) -> None:
        self.context, self.root, self.language = context, context.root, context.language
        root, language = self.root, self.language
        self.drafts = [drafts_map.open_draft(root, number, language) for number in drafts_map.numbers(root)]
        if not self.drafts:
            raise Stop(self.say("no-draft"), USAGE)
        try:
            self.ledger = ledger.load(root)
        except BadLedger as error:
            raise Stop(error.explanation(language), ERRORS) from None
        self.cache = open_cache(root)
        examined = context.examine(self.cache)
        self.door = outgoing_door(examined, language)
        self.tables_door = self.door.withholding(examined.drafts)
        self.context = context.with_door(self.door)
        self.shown: dict[str, str] = {}
        self.counts: Counter[str] = Counter()

    def say(self, name: str, /, **facts: object) -> str:
        return review(name, self.language, **facts)

    def show(self, name: str, /, **facts: object) -> None:
        self.context.show(self.say(name, **facts))

    def read(self, arrived: list[IncomingFile]) -> int:
        if not arrived:
            self.show("nothing", folder=REVIEWS)
        self.shown = _names(arrived, self.door, self.language)
        seen = set(self.ledger.files)
        fresh = []
        for one in arrived:
            if one.problem or one.digest not in seen:
                fresh.append(one)
                seen.add(one.digest)
            else:
                self.counts["known"] += 1
                self.show("known", file=self.shown[one.path])
        with self.context.steps.time_step("review") as step:
            found = examine_returns(fresh, self.drafts, self.say("reviewer-unnamed"), self.cache)
            for at, (file, made) in enumerate(found):
                self.context.steps("review", number=at + 1, of=len(fresh), name=_short(file.name))
                self.collect(file, made)
            step.counts["files"] = len(fresh)
        self.ledger = in_order(self.ledger, reviewers.load(self.root, self.language).person)
        ledger.write(self.root, self.ledger, (self.say("ledger-head"), self.say("ledger-how")))
        return self.summary(bool(arrived))

    def collect(self, file: IncomingFile, made: ExaminedReturn) -> None:
        """One file's remarks into the ledger, or why there are none."""
        name, read = self.shown[file.path], made.read
        if made.problem == FILLED:
            self.context.show(f"{name} : {self.why(made)}")
            return
        if made.problem:
            self.refuse(name, self.why(made))
            return
        draft = next((draft for draft in self.drafts if draft.number == made.draft), None)
        if draft is None:
            known = ", ".join(draft.name for draft in self.drafts)
            self.refuse(name, self.say("unrecognised", known=known))
            return
        if made.stamp not in ("", *(str(one.number) for one in self.drafts)):
            self.show("other-number", file=name, stamp=made.stamp, name=draft.name)
        read = replace(read, remarks=under_first_names(read.remarks, made.reviewer, self.ledger))
        if draft is not self.drafts[-1]:
            self.show("older", file=name, name=draft.name, last=self.drafts[-1].name)
        if made.is_lossy:
            self.show("rtf", file=name)
        if wordless := sum(1 for remark in read.remarks if remark.doute == ledger.WORDLESS):
            self.show("wordless-file", file=name, number=wordless)
        if len(read.remarks) > MOST:
            self.refuse(name, self.say("too-many", number=len(read.remarks), name=draft.name))
            return
        before = {remark.id for remark in self.ledger.remarks}
        kept = ReturnedFile(file.digest, self.door.file_name(_short(file.path)), draft.number, len(read.remarks))
        self.ledger = self.ledger.with_file(kept, mask_remarks(read.remarks, self.door))
        facts = {"file": name, "name": draft.name, "number": len(read.remarks)}
        facts["new"] = sum(1 for remark in read.remarks if remark.id not in before)
        unsure = sum(1 for remark in read.remarks if not remark.is_placed)
        if read.remarks and not facts["new"]:
            self.show("same", file=name, name=draft.name)
        else:
            self.show("read-unsure" if unsure else "read" if read.remarks else "read-none", **facts, unsure=unsure)
        if read.typography:
            self.show("typography", file=name, number=read.typography)
        if read.voices:
            self.show("voices", file=name, number=read.voices)
        if read.missing_paragraphs:
            self.show("part-missing", file=name, number=read.missing_paragraphs)
        if read.emptied_notes:
            self.show("emptied", file=name, number=read.emptied_notes)
        self.counts["read"] += 1

    def why(self, file: ExaminedReturn) -> str:
        if file.problem == "no-office":
            return self.say("no-office")
        return intake(f"refusal-{file.problem}", self.language, detail=_short(file.detail) or "?")

    def refuse(self, file: str, why: str) -> None:
        self.counts["refused"] += 1
        self.show("refused", file=file, why=why)

    def summary(self, any_file: bool) -> int:
        """What the ledger holds now, and its tables."""
        found: Ledger = self.ledger
        unsure = sum(1 for remark in found.remarks if not remark.is_placed)
        if any_file:
            self.show(
                "summary", files=self.counts["read"], refused=self.counts["refused"], known=self.counts["known"],
                number=len(found.remarks), open=sum(1 for r in found.remarks if r.etat == OPEN), unsure=unsure,
            )  # fmt: skip
        docx, html = table.write(
            self.root, found, {draft.number: draft for draft in self.drafts}, self.tables_door, self.language
        )
        self.show("tables", docx=docx, html=html)
        return ERRORS if self.counts["refused"] else FINE


def _names(arrived: Sequence[IncomingFile], door: Outgoing, language: str) -> dict[str, str]:
    """By its path, each file's name for a screen; where a part is masked, with its place and size."""
    found = {}
    for number, file in enumerate(arrived, 1):
        name, facts = _short(file.path), {"number": number, "of": len(arrived), "size": -(-len(file.data) // 1024)}
        masked = door.file_name(name) != name
        found[file.path] = review("file-place", language, file=name, **facts) if masked else name
    return found


def _short(text: str) -> str:
    """A file's name, or what is wrong with it, on one line of a screen."""
    return printable_line(text)[:200]
