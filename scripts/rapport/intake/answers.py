"""The answers of a form made into the keys of a header; what is not understood is asked, never guessed in silence."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

from rapport.checks.header import KEYS
from rapport.diff.thresholds import TITLE_LIKE
from rapport.forms import fields
from rapport.forms.fields import COLUMNS, FORMER, TICKED, FormField
from rapport.intake.plan import Plan
from rapport.intake.states import Notification, ReceivedText, Value
from rapport.language import dates
from rapport.language.articles import articles_of
from rapport.language.folding import fold_words
from rapport.language.names import identifier
from rapport.messages import LANGUAGES, form_words
from rapport.office.normal_document import Loss

TICKS = re.compile(rf"\s*(?:[{TICKED}☑✓✔✗✘]|\[\s*[xX]\s*\]|[xX](?:\s|$)|(?:oui|yes|clé|key|cle)\b)", re.IGNORECASE)
LISTS = frozenset(key.name for key in KEYS if key.kind == "list")
ASKED = ("titre", "diffusion")  # answers that everybody has


def is_ticked(text: str) -> bool:
    """Whether a box is ticked, with its own sign or as people do by hand."""
    return TICKS.match(text) is not None


def nearest_key(text: str, known: Mapping[str, str]) -> str:
    """What a text means among words made comparable, a slip allowed; "" for nothing."""
    from rapidfuzz import fuzz, process

    said = fold_words(text)
    if not said or said in known:
        return known.get(said, "")
    best = process.extractOne(said, list(known), scorer=fuzz.ratio, score_cutoff=TITLE_LIKE)
    return known[best[0]] if best else ""


class Answers(Struct):
    """What a form said, gathered; `put_into` puts it into a contribution."""

    plan: Plan
    language: str = "fr"
    association: str = ""
    theme: str = ""
    proposes: str = ""
    header: dict[str, Value] = field(default_factory=dict)
    consent_rows: list[dict[str, str]] = field(default_factory=list)
    records: list[dict[str, str]] = field(default_factory=list)
    placed_words: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    decisions: list[Notification] = field(default_factory=list)
    questions: list[Notification] = field(default_factory=list)
    unticked_boxes: list[str] = field(default_factory=list)

    def take(self, asked: FormField, said: str, checked: bool) -> None:
        """One answer of the card."""
        name, line = asked.name, " ".join(said.split())
        if asked.kind == "checkbox":
            self.take_box(asked, line, checked)
        elif not line:
            if name in ASKED:
                self.ask("form-unanswered", name)
        else:
            self.placed_words.append(line)
            if asked in FORMER:
                self.take_former(asked, line)
            else:
                self.take_value(asked, said, line)

    def take_value(self, asked: FormField, said: str, line: str) -> None:
        """An answer put under its key of the header, by the kind of its field; what is not understood is asked."""
        name = asked.name
        if name in ("association", "theme"):
            known = self.associations() if name == "association" else self.themes()
            found = nearest_key(line, known)
            setattr(self, name, found)
            if not found:
                self.ask("form-unknown", name, text=line)
        elif name == "theme_propose":
            if self.theme:
                self.ask("form-both", name, text=line)
            else:
                self.theme, self.proposes, self.header[name] = identifier(line)[:60], line, line
        elif asked.kind == "date":
            if found := self.iso_day(line, fields.label(name, self.language)):
                self.header[name] = found
        elif asked.choices:
            if found := nearest_key(line, fields.choices(asked)):
                if (name, found) != ("langue", "fr"):
                    self.header[name] = found
            else:
                self.ask("form-unknown", name, text=line)
        elif name == "articles":
            self.header[name] = self.canonical_articles(said)
        elif name in LISTS:
            self.header[name] = tuple(" ".join(p.split()) for p in re.split(r"[;\n]", said) if p.strip())
        else:
            self.header[name] = line

    def take_former(self, asked: FormField, line: str) -> None:
        """The answer to what is asked no more, told unless it is the one that the form had ready."""
        if nearest_key(line, fields.choices(asked)) != asked.choices[0]:
            facts = {"field": fields.label(asked.name, self.language), "text": line}
            self.decisions.append(Notification("form-former", facts))

    def take_box(self, asked: FormField, line: str, checked: bool) -> None:
        """A box of the card; what was written beside it is not lost."""
        name = asked.name
        for language in LANGUAGES:
            line = line.replace(form_words(language)[f"box-{name}"], "")
        if not checked and not is_ticked(line):
            self.unticked_boxes.append(name)
        left = TICKS.sub("", line, count=1).replace(fields.UNTICKED, "").strip(" .,;:[]")
        if re.search(r"\w", left):
            self.tell_left_over(fields.label(name, self.language), left)
        self.placed_words += [word for word in line.split() if word not in left.split()]

    def record(self, said: Mapping[str, str]) -> None:
        """One row of consents; its dates wait until the language of the form is known."""
        self.consent_rows.append({name: text for name, text in said.items() if text})

    def read_consents(self) -> None:
        """Every row of consents as the header wants it."""
        for row in self.consent_rows:
            made: dict[str, str] = {}
            for asked in COLUMNS["temoignages"]:
                text = row.get(asked.name, "")
                if not text:
                    continue
                self.placed_words.append(text)
                label = fields.column("temoignages", asked.name, self.language)
                value = text
                if asked.kind == "date":
                    value = self.iso_day(text, label)
                elif asked.choices:
                    value = nearest_key(text, fields.choices(asked)) or text
                if value:
                    made[asked.name] = value
            self.records.append(made)

    def iso_day(self, text: str, label: str) -> str:
        """A date in ISO, "" when it is none; one that could be another is asked."""
        day = dates.read(text, self.language)
        if not day.iso:
            self.questions.append(Notification("form-date-unread", {"field": label, "text": text}))
        elif not day.is_certain:
            self.questions.append(Notification("form-date", {"field": label, "text": text, "date": day.iso}))
        return day.iso

    def canonical_articles(self, said: str) -> tuple[str, ...]:
        """« CIDE 12, 39 ; CRC 3 » → CIDE 12, CIDE 39, CIDE 3: a number alone is of the text named before it."""
        return articles_of(self.plan.outline.instruments).canonical([said])

    def associations(self) -> dict[str, str]:
        """What an association may be called → its id."""
        return {fold_words(n): a.id for a in self.plan.associations.values() for n in (a.acronym, a.id, a.name) if n}

    def themes(self) -> dict[str, str]:
        """What a theme may be called → its id."""
        return {fold_words(n): t.id for t in self.plan.outline.themes for n in (t.id, t.title_en, t.title) if n}

    def tell_left_over(self, label: str, text: str) -> None:
        """Words that the form has no place for."""
        self.losses.append(Loss("form-value", 1, text))
        self.questions.append(Notification("form-remark", {"field": label, "text": text}))

    def ask(self, name: str, asked: str, **facts: str) -> None:
        """Add a question about a field of the form, named by its label."""
        self.questions.append(Notification(name, {"field": fields.label(asked, self.language), **facts}))

    def put_into(self, received: ReceivedText) -> None:
        """The answers laid into what was read of the text."""
        self.read_consents()
        for name in self.unticked_boxes:
            if name != "accord" or self.records or any(s.startswith("temoignage") for s in received.sections):
                self.ask("form-unticked", name)
        received.association, received.theme, received.proposes = self.association, self.theme, self.proposes
        if self.records:
            self.header["temoignages"] = tuple(self.records)
        received.header.update(self.header)
        received.placed_words += self.placed_words
        received.losses += self.losses
        received.decisions += self.decisions
        received.questions += self.questions
