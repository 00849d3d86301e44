"""A translator's form taken in: the file of the translation written, the journal, the receipt, the line on the screen.

The file is made by the same step as `make translation` makes it (`refresh_file`); rules and the protection of children
read it there like any other text.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from rapport.forms.page import HOW
from rapport.forms.translation import ROW
from rapport.intake.conversion import STOPPING
from rapport.intake.journal import ASIDE, NOTHING, TAKEN, WAITING, JournalEntry
from rapport.intake.placing import IntakeSession, existing_text
from rapport.intake.reporting import RECEIPTS
from rapport.intake.states import IncomingFile, Notification, SentDocument
from rapport.intake.translation_form import read
from rapport.intake.translation_merge import TranslationMerge, merge_form
from rapport.inventory.reading import inventory
from rapport.inventory.states import words
from rapport.language.names import LOST_LETTER, consonant_stamp, identifier, with_unbroken_spaces
from rapport.messages import LANGUAGES, form, translations
from rapport.model import Contribution, Source
from rapport.office.plain_page import PageLine
from rapport.project.read import CONTRIBUTIONS, ENGLISH, ContributionFile
from rapport.storage.transaction import write_atomically
from rapport.translation.block_shape import fit
from rapport.translation.checks import text_out_of_place
from rapport.translation.passage_lines import lines_of, plain
from rapport.translation.refresh import progress, refresh_file
from rapport.translation.source_blocks import HEAD
from rapport.translation.translations import Translation, gather
from rapport.tree.anchors import namespace

FACT = re.compile(r"\{\w+\}")
PRINTED = ("title", "subtitle", "for", "on", "file", "french", "english", "prompt", *HOW)
FORM_TEXTS = {one: [FACT.sub(" ", translations(name, one)) for name in PRINTED] for one in LANGUAGES}


def place(session: IntakeSession, arrived: IncomingFile, document: SentDocument, data: bytes) -> JournalEntry:
    """The English written into its file; what the journal says of it, whose file it was left out."""
    verdict, path, before = _TranslationIntake(session, arrived, document, data).place()
    return JournalEntry(arrived.digest, "", verdict=verdict, resultat=path, avant=before)


class _TranslationIntake:
    """One form on its way into the project."""

    def __init__(self, session: IntakeSession, arrived: IncomingFile, document: SentDocument, data: bytes) -> None:
        self.session, self.arrived, self.data = session, arrived, data
        self.document, self.form = document, read(document)
        self.association = session.choices.association or self.form.association
        self.theme = session.choices.theme or self.form.theme
        self.own = namespace(self.association, self.theme)
        self.path = f"{CONTRIBUTIONS}/{self.association}/{self.theme}{ENGLISH}"

    def say(self, name: str, **facts: object) -> str:
        return translations(name, self.session.language, **facts)

    def waits(self, why: str) -> tuple[str, str, str]:
        facts = {"path": self.path, "association": self.association, "theme": self.theme}
        self.session.show(self.say(why, file=self.arrived.path, **facts))
        return WAITING, "", ""

    def place(self) -> tuple[str, str, str]:
        """The English put into its file: the verdict, the path, what stood there before."""
        french = self.session.plan.contributions.get((self.association, self.theme))
        if french is None:
            return self.waits("waits-text")
        if any(one.kind in STOPPING for one in self.document.normal.findings) and not self.session.choices.accept:
            return self.waits("waits-notices")
        there = existing_text(self.session.root / self.path)
        text = self.render_text(french, None) if there is None else there
        before = self.read(french, text)
        if LOST_LETTER in text or list(text_out_of_place(before)):
            return self.waits("waits-file")
        merged = merge_form(self.form, before, self.own)
        self.tell_words(merged)
        return self.write_result(french, before, merged, there)

    def write_result(
        self, french: Contribution, before: Translation, merged: TranslationMerge, there: str | None
    ) -> tuple[str, str, str]:
        """The file as it is now, its receipt and its line."""
        if merged.pairing == before.pairing:
            self.session.show(self.say("nothing", file=self.arrived.path, path=self.path))
            self.show_told(merged)
            self.receipt(french, before, merged)
            return ASIDE, "", ""
        text = self.render_text(french, replace(before, pairing=merged.pairing))
        after = self.read(french, text)
        if lost := sorted((_typed_words(merged) - _words_of(after, self.own)).elements()):
            merged.notifications.append(Notification("unread", {"words": " ".join(lost)}))
        kept = self.session.journal.save_before(self.session.root / self.path) if there is not None else NOTHING
        write_atomically(self.session.root / self.path, text.encode())
        facts = {"new": merged.new_count, "changed": merged.changed_count}
        self.session.show(self.say("taken", file=self.arrived.path, path=self.path, **facts))
        self.show_told(merged)
        self.session.show(self.say("next", path=self.path))
        self.receipt(french, after, merged)
        return TAKEN, self.path, kept

    def render_text(self, french: Contribution, before: Translation | None) -> str:
        outline, door = self.session.plan.outline, self.session.door
        return refresh_file(french, outline, before, self.session.language, door.words)

    def read(self, french: Contribution, text: str) -> Translation:
        """A translation's text as the project reads it."""
        source = Source(self.path, text, hashlib.sha256(text.encode()).hexdigest())
        sent = ContributionFile(self.association, self.theme, source)
        return gather([sent], [french], self.session.plan.outline, self.session.cache)[0]

    def tell_words(self, merged: TranslationMerge) -> None:
        """Words of the file, by the independent count, that stand in no place of English and are not the form's."""
        found = inventory(self.arrived.name, self.data)
        if found is None:
            return
        left = Counter(words(found.text))
        said = [plain(line.english) for line in self.form.lines]
        said += [plain(line) for some in self.form.notes.values() for line in some]
        said += [text for line in self.form.lines for text in (line.french, *line.side_text.split("\n"))]
        for text in said:
            left.subtract(words(text))
        own = _own_words(self.session)
        known = {tuple(words(text)) for text in said}
        for line in found.text.split("\n"):
            typed = words(line)
            beside = tuple(typed) not in known and any(left[one] > 0 and one not in own for one in typed)
            if beside and not ROW.fullmatch(line):
                merged.notifications.append(Notification("told-beside", {"words": " ".join(line.split())}))

    def notices(self, merged: TranslationMerge) -> list[str]:
        return [self.say(one.name, **one.facts) for one in merged.notifications]

    def show_told(self, merged: TranslationMerge) -> None:
        for line in self.notices(merged):
            self.session.show(f"  {line}")

    def receipt(self, french: Contribution, after: Translation, merged: TranslationMerge) -> None:
        """What the translator is told, in a letter of the collective."""
        session, language = self.session, self.session.language
        name = identifier(session.door.file_name(self.arrived.path.replace(" › ", " ")))[:60] or "formulaire"
        lines = list(self.letter(french, after, merged))
        if language == "fr":
            lines = [replace(line, text=with_unbroken_spaces(line.text)) for line in lines]
        stem = f"{RECEIPTS}/{name}-{consonant_stamp(self.arrived.digest)}"
        session.door.write_page(session.root, stem, lines, self.arrived.date or session.plan.outline.identity.date)

    def letter(self, french: Contribution, after: Translation, merged: TranslationMerge) -> Iterator[PageLine]:
        plan = self.session.plan
        for line in (plan.outline.identity.collective, *plan.outline.identity.contact):
            yield PageLine("sender", line)
        yield PageLine("subject", self.say("subject"))
        yield PageLine("para", self.say("hello"))
        theme = plan.theme(self.theme)
        facts = {"association": plan.associations[self.association].name, "theme": theme.title if theme else self.theme}
        yield PageLine(
            "para", self.say("thanks" if merged.new_count + merged.changed_count else "thanks-nothing", **facts)
        )
        yield PageLine("heading", self.say("counts"))
        if merged.new_count + merged.changed_count:
            yield PageLine("item", self.say("count-new", new=merged.new_count, changed=merged.changed_count))
        far = progress(french, plan.outline, after)
        yield PageLine(
            "item", self.say("count-done", done=far.done_blocks, total=far.all_blocks, revise=far.blocks_to_revise)
        )
        if told := self.notices(merged):
            yield PageLine("heading", self.say("told"))
            yield from (PageLine("item", line) for line in told)
        yield PageLine("signature", self.say("signature"))


def _own_words(session: IntakeSession) -> set[str]:
    """The words of the form's own sentences, in either language, and of what it takes from the project."""
    sections = {section for theme in session.plan.outline.themes for section in theme.sections}
    texts = [text for one in sections for text in (one.title, one.title_en)]
    texts.append(HEAD.title)
    texts += [text for one in session.plan.associations.values() for text in (one.id, one.name)]
    texts += [text for one in session.plan.outline.themes for text in (one.id, one.title, one.title_en)]
    for language in LANGUAGES:
        texts += FORM_TEXTS[language] + [form(name, language) for name in ("how-title", "page", "of")]
    return {word for text in texts for word in words(text)}


def _typed_words(merged: TranslationMerge) -> Counter[str]:
    """The words of all English that the form gave or the file had."""
    return Counter(word for line in merged.placed_lines for word in words(plain(line)))


def _words_of(after: Translation, own: str) -> Counter[str]:
    """The words of the English of a file as the project reads it, those put aside too."""
    found = Counter[str]()
    for one in after.pairing.pairs:
        node = fit(one.original.node, after.body(one), one.original.places).node
        found.update(word for line in (lines_of(node, own) if node else ()) for word in words(plain(line)))
    found.update(word for entry in after.pairing.leftover_entries for word in words(entry.english))
    return found
