"""`rapport new`: a new report, from questions or a file of answers, in a folder of its own."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import cast

from rapport.commands.context import Context
from rapport.language.contractions import with_du
from rapport.messages import LANGUAGES, scaffold
from rapport.messages.stop import ERRORS, FINE, USAGE, Stop
from rapport.scaffold.folder import members, present_outline, write_report
from rapport.scaffold.outline import Tree
from rapport.scaffold.profiles import Profile, profiles
from rapport.scaffold.questionnaire import (
    QUESTIONS,
    AnswerMistake,
    Questionnaire,
    ask_questions,
    folder_name,
    read_answers,
)
from rapport.storage.lock import hold_lock
from rapport.storage.transaction import write_atomically

USUAL = {"conseil-europe": "non", "union-europeenne": "non", "themes": "oui"}  # what an empty answer means
UNREAD = "non lu"  # what profiles.txt says of a rule that nobody has read


def verb(context: Context) -> int:
    """Ask or read the answers, write the new report, and say how to go on."""
    return _Beginning(context).run()


class _Beginning:
    """One new report."""

    def __init__(self, context: Context) -> None:
        self.context, self.language = context, context.language
        self.members = members(context.root)
        self.report = cast(Tree, present_outline(context.root).get("rapport") or {})
        if not self.report:
            raise Stop(scaffold("no-plan", self.language), ERRORS)

    def run(self) -> int:
        answers = self.answers()
        if answers is None:
            return FINE
        folder = (self.context.root / answers["dossier"]).resolve()
        if folder.is_relative_to(self.context.root.resolve()):
            raise Stop(scaffold("inside", self.language, path=answers["dossier"]), ERRORS)
        today = min(datetime.date.today().isoformat(), answers["depot"])
        try:
            write_report(self.context.root, folder, answers, today)
        except FileExistsError:
            raise Stop(scaffold("exists", self.language, path=answers["dossier"]), ERRORS) from None
        self.tell(answers, folder)
        return FINE

    def answers(self) -> Questionnaire | None:
        """What was answered; None where a file of questions was written to be filled in."""
        if self.context.options.answers:
            return self.from_file(self.context.root / self.context.options.answers)
        if not sys.stdin.isatty():
            raise Stop(scaffold("no-terminal", self.language), USAGE)
        self.context.show(scaffold("begin", self.language))
        try:
            return ask_questions(self.ask, self.proposal, self.tell_mistake, self.members)
        except (EOFError, KeyboardInterrupt):
            raise Stop("\n" + scaffold("stopped", self.language), ERRORS) from None

    def from_file(self, path: Path) -> Questionnaire | None:
        if not path.exists():
            lines = [scaffold("file-head", self.language)]
            for question in QUESTIONS:
                notes = [*self.help(question).split("\n"), *self.default_notes(question)]
                lines += ["", *(f"# {note}" for note in notes), f"{self.label(question)} :"]
            with hold_lock(self.context.root, once=self.context.request):
                write_atomically(path, ("\n".join(lines) + "\n").encode())
            self.context.show(scaffold("file-begun", self.language, path=self.context.options.answers))
            return None
        labels = {scaffold(f"ask-{question}", one): question for question in QUESTIONS for one in LANGUAGES}
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        answers, wrong = read_answers(text, labels, self.proposal, self.members)
        if wrong:
            raise Stop("\n".join(map(self.mistake, wrong)), ERRORS)
        return answers

    def ask(self, question: str, proposed: str) -> str:
        words = {"label": self.label(question), "help": self.help(question), "proposed": proposed}
        return self.context.ask(scaffold("question", self.language, **words))

    def label(self, question: str) -> str:
        return scaffold(f"ask-{question}", self.language)

    def help(self, question: str) -> str:
        if question != "comite":
            return scaffold(f"help-{question}", self.language)
        return "\n".join(f"{one.id} = {one.committee}{_kind(one, ' : ')}" for one in profiles().values())

    def default_notes(self, question: str) -> list[str]:
        """What an empty answer in a file means, where that does not depend on another answer."""
        if question in ("titre", "titre-anglais", "dossier"):
            return []
        answer = self.proposal(question, Questionnaire({"collectif": self.proposal("collectif", Questionnaire({}))}))
        return [scaffold("proposed", self.language, answer=answer)] if answer else []

    def tell_mistake(self, wrong: AnswerMistake) -> None:
        self.context.show(self.mistake(wrong))

    def mistake(self, wrong: AnswerMistake) -> str:
        if not wrong.question:
            return scaffold("wrong-line", self.language, answer=wrong.answer)
        facts = {"label": self.label(wrong.question), "answer": wrong.answer}
        if wrong.nearest:
            return scaffold("wrong-near", self.language, near=wrong.nearest, **facts)
        return scaffold("wrong", self.language, help=self.help(wrong.question), **facts)

    def proposal(self, question: str, so_far: Questionnaire) -> str:
        """What an empty answer means, from the answers before it and this report."""
        collective = cast(Tree, self.report["collectif"])
        if question in ("collectif-anglais", "contact") and so_far.answers.get("collectif", "") != collective["nom"]:
            return ""  # of a Collective of another name nothing is known
        match question:
            case "comite":
                return next(iter(profiles()))
            case "titre":
                convention = with_du(profiles()[so_far["comite"]].convention)
                return scaffold("title", "fr", en=so_far.state.en, convention=convention)
            case "titre-anglais":
                names = {"state": so_far.state.english, "convention": profiles()[so_far["comite"]].convention_en}
                return scaffold("title-en", "en", **names)
            case "dossier":
                return f"../{folder_name(so_far.state, so_far['comite'], so_far['depot'])}"
            case "collectif":
                return str(collective["nom"])
            case "collectif-anglais":
                return str(collective.get("nom_en", ""))
            case "contact":
                return " ; ".join(map(str, cast("list[str]", self.report["contact"])))
        return USUAL.get(question, "")

    def tell(self, answers: Questionnaire, folder: Path) -> None:
        profile = profiles()[answers["comite"]]
        members = len(list(folder.glob("contributions/*/association.yaml")))
        name, _, number = profile.limit.partition(" ")
        limit = scaffold(f"limit-{name}" if name else "no-limit", self.language, number=number)
        kind = f"{said} ; " if (said := _kind(profile)) else ""
        facts = {"kind": kind, "publicity": profile.publicity, "source": profile.source}
        self.context.show(scaffold("written", self.language, path=answers["dossier"], members=members))
        self.context.show(
            scaffold("limit", self.language, committee=profile.committee, limit=limit, read_in=profile.read_in, **facts)
        )
        self.context.show(scaffold("next", self.language, path=answers["dossier"]))


def _kind(profile: Profile, before: str = "") -> str:
    """What kind of text a Committee wants, after `before`; "" where nobody has read it."""
    return f"{before}{profile.kind}" if profile.kind != UNREAD else ""
