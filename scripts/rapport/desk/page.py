"""The page written: one file with its style and its few lines of script, which asks nothing of the network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from rapport.desk import over_time
from rapport.desk.over_time import Series
from rapport.desk.overview import LETTERS, Desk, Length, ListLine
from rapport.language.names import with_spaces_of
from rapport.messages import desk as desk_words
from rapport.messages import long_date, submission
from rapport.output.html.writer import policy_digest
from rapport.project.actions import COLLECTIVE, OUTSIDE
from rapport.safeguarding.outgoing import Outgoing
from rapport.storage.schema import is_date
from rapport.submission.readiness import Check

POLICY = "default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"
CLASSES = {letter: letter.lower() if letter.isalpha() else "l" for letter in LETTERS}
BOX = {
    "width": over_time.WIDTH, "height": over_time.HEIGHT, "left": over_time.LEFT, "top": over_time.TOP,
    "right": over_time.WIDTH - over_time.RIGHT, "bottom": over_time.HEIGHT - over_time.BOTTOM,
}  # fmt: skip


def write(desk: Desk, door: Outgoing, language: str) -> bytes:
    """The page as a file. Every word that comes from the project passes the door; our own sentences are our own."""
    words = _Words(desk, door, language)
    style, script = _beside("page.css"), _beside("page.js")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=words.mask
    )
    text = environment.from_string(_beside("page.html.j2")).render(
        desk=desk, language=language, say=words.say, long=words.long, number=words.number, named=words.names_of,
        actor=words.actor, owners=words.owners, opened=words.opening_sentence, remedy=words.remedy,
        said=words.plot_sentence, most=longest_bar, marks=over_time.marks, steps=over_time.steps, letters=LETTERS,
        classes=CLASSES, box=BOX,
        changing=[one for one in desk.over_time if one.points],
        actions=sorted(desk.actions, key=lambda one: (not one.open, one.due_date or "9999")),
        css=Markup(style), script=Markup(script),
        policy=Markup(escape(POLICY.format(style=policy_digest(style), script=policy_digest(script)))),
    )  # fmt: skip
    return text.lstrip().encode()


def _beside(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8").strip()


def longest_bar(lengths: Iterable[Length]) -> int:
    """The number that the longest bar stands for, at least 1."""
    return max((max(one.words, one.planned_words or 0) for one in lengths), default=0) or 1


class _Words:
    """What the template says: our sentences, and the project's words with what could identify somebody masked."""

    def __init__(self, desk: Desk, door: Outgoing, language: str) -> None:
        self.desk, self.door, self.language = desk, door, language

    def mask(self, value: object) -> object:
        """A value as it is printed: what is not ours passes the door."""
        return self.door.words(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    def own_sentence(self, text: str) -> Markup:
        """A sentence of ours, whose facts have passed the door."""
        return Markup(escape(with_spaces_of(text, self.language)))

    def say(self, name: str, **facts: object) -> Markup:
        return self.own_sentence(
            desk_words(name, self.language, **{key: self.mask(fact) for key, fact in facts.items()})
        )

    def long(self, date: str) -> Markup:
        return (
            self.own_sentence(long_date(date, self.language))
            if is_date(date)
            else Markup(escape(self.door.words(date)))
        )

    def number(self, count: int) -> Markup:
        """« 10 000 » or « 10,000 »."""
        return Markup(f"{count:,}".replace(",", "\u202f" if self.language == "fr" else ","))

    def names_of(self, who: Sequence[str]) -> list[str]:
        return [self.desk.names.get(one, one) for one in who]

    def actor(self, who: str) -> str:
        """Who acts: an association by its name, the Collective, somebody outside."""
        return self.say(who) if who in (COLLECTIVE, OUTSIDE) else self.desk.names.get(who, who)

    def owners(self, places: Sequence[ListLine]) -> list[str]:
        """Whose hands these places are in, each once."""
        return list(dict.fromkeys(place.holder or str(self.say("editor")) for place in places))

    def opening_sentence(self, check: Check) -> Markup:
        return self.own_sentence(submission(f"open-{check.name}", self.language, count=len(check.places)))

    def remedy(self, check: Check) -> Markup:
        return self.own_sentence(submission(f"do-{check.name}", self.language))

    def plot_sentence(self, one: Series) -> Markup:
        """A plot in one sentence."""
        label, number = one.points[-1]
        title = desk_words(f"plot-{one.name}", self.language)
        return self.say("plot-said", title=Markup(title), number=self.number(number), label=Markup(label))
