"""What is asked before a report is begun, and the answers: typed at a terminal, or read in a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct, field

from rapport.language.folding import fold_words
from rapport.language.names import identifier, nearest
from rapport.language.states import State, state_called, states
from rapport.scaffold.profiles import profiles
from rapport.storage.schema import is_date

QUESTIONS = (
    "etat", "comite", "depot", "rapport", "cote", "titre", "titre-anglais", "dossier", "conseil-europe",
    "union-europeenne", "droit", "themes", "parties", "nouvelles", "collectif", "collectif-anglais", "contact",
)  # fmt: skip
"""In the order in which they are asked; what each says is `ask-<question>` in `messages`."""
YES, NO = ("oui", "o", "yes", "y"), ("non", "n", "no")
ALL = ("toutes", "tous", "all")
ROUND = re.compile(r"initial|\d{1,2}(?:\s*(?:,|et|and|-)\s*\d{1,2})*")


class AnswerMistake(Struct, frozen=True):
    """An answer that is not understood: the question, what was answered, and the near one, "" for none."""

    question: str
    answer: str
    nearest: str = ""


class Questionnaire(Struct, frozen=True):
    """What was answered, by question; every question has an answer, "" where nothing was said.

    `members` are the folders of the present associations by the identifiers of their names.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, question: str) -> str:
        return self.answers[question]

    def yes(self, question: str) -> bool:
        """Whether a question was answered with yes."""
        return self.answers[question].lower() in YES

    def several(self, question: str) -> list[str]:
        """The parts of an answer, between semicolons."""
        return [part for part in map(str.strip, self.answers[question].split(";")) if part]

    @property
    def leaving(self) -> set[str]:
        """The folders of the associations that are members no more."""
        if self.answers["parties"].lower() in ALL:
            return set(self.members.values())
        return {self.members[identifier(name)] for name in self.several("parties")}

    @property
    def state(self) -> State:
        found = state_called(self.answers["etat"])
        assert found is not None  # `find_mistake` lets nothing else through
        return found

    @property
    def rounds(self) -> list[int]:
        """The numbers of the State's periodic reports that are answered; none for an initial one, or for none."""
        return [int(number) for number in re.findall(r"\d+", self.answers["rapport"])]


def find_mistake(question: str, answer: str, members: Mapping[str, str]) -> AnswerMistake | None:
    """What is wrong with an answer, None for nothing; `members` as in `Questionnaire`."""
    named = [name for name in map(str.strip, answer.split(";")) if name]
    match question:
        case "etat" if not state_called(answer):
            return AnswerMistake(question, answer, nearest(answer, (one.name for one in states().values())))
        case "parties" if answer.lower() not in ALL:
            unknown = (name for name in named if identifier(name) not in members)
            return next((AnswerMistake(question, name, nearest(name, members)) for name in unknown), None)
        case "nouvelles":
            return next((AnswerMistake(question, name) for name in named if identifier(name) in members), None)
        case "comite" if answer not in profiles():
            return AnswerMistake(question, answer, nearest(answer, profiles()))
        case "depot" if not is_date(answer):
            return AnswerMistake(question, answer)
        case "rapport" if answer and not ROUND.fullmatch(answer.lower()):
            return AnswerMistake(question, answer)
        case "conseil-europe" | "union-europeenne" if answer.lower() not in (*YES, *NO):
            return AnswerMistake(question, answer)
        case "titre" | "dossier" | "collectif" | "contact" if not answer:
            return AnswerMistake(question, answer)
    return None


def ask_questions(
    ask: Callable[[str, str], str], defaults: Callable[[str, Questionnaire], str],
    told: Callable[[AnswerMistake], None], members: Mapping[str, str],
) -> Questionnaire:  # fmt: skip
    """Each question until its answer is understood; an empty answer takes what is proposed."""
    said: dict[str, str] = dict.fromkeys(QUESTIONS, "")
    for question in QUESTIONS:
        proposed = defaults(question, Questionnaire(said))
        while True:
            said[question] = " ".join(ask(question, proposed).split()) or proposed
            if (wrong := find_mistake(question, said[question], members)) is None:
                break
            told(wrong)
    return Questionnaire(said, members)


def read_answers(
    text: str, labels: Mapping[str, str], defaults: Callable[[str, Questionnaire], str], members: Mapping[str, str]
) -> tuple[Questionnaire, list[AnswerMistake]]:
    """A file of answers, one a line, each after its question (`labels`) and a colon; and what is not understood."""
    by_label = {fold_words(label): question for label, question in labels.items()}
    typed, wrong = dict[str, str](), list[AnswerMistake]()
    for label, answer in _lines(text):
        question = by_label.get(fold_words(label)) or by_label.get(nearest(label, by_label))
        if question is None:
            wrong.append(AnswerMistake("", label))
        else:
            typed[question] = answer
    said: dict[str, str] = dict.fromkeys(QUESTIONS, "")
    for question in QUESTIONS:
        said[question] = typed.get(question) or defaults(question, Questionnaire(said))
        if found := find_mistake(question, said[question], members):
            wrong.append(found)
            if question == "etat":  # what is proposed afterwards speaks of it
                break
    return Questionnaire(said, members), wrong


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        label, colon, answer = line.partition(":")
        if colon and not line.lstrip().startswith("#"):
            yield label.strip(), " ".join(answer.split())


def folder_name(state: State, committee: str, deposit: str) -> str:
    """The name proposed for the folder of a report: « rapport-portugal-crc-2027 »."""
    return f"rapport-{identifier(state.name)}-{committee.split('-')[0]}-{deposit[:4]}"
