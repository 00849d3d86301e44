"""What verbs share: what was typed, the terminal, the steps that are timed, the project as read and checked."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct, field
from msgspec.structs import replace

from rapport.commands.arguments import Options
from rapport.language.names import LOST_LETTER, UNPRINTABLE, typed_name
from rapport.messages import display, phrase
from rapport.messages.stop import ERRORS, USAGE, Stop
from rapport.steps import Steps
from rapport.storage.schema import is_date

if TYPE_CHECKING:
    from rapport.examination.result import Examined
    from rapport.model import Outline
    from rapport.safeguarding.outgoing import Outgoing
    from rapport.storage.cache import Cache
    from rapport.storage.transaction import Outcome

CLEARED = "\r\033[K"  # what empties a line of a terminal


class Context(Struct, frozen=True):
    """One run of a verb."""

    options: Options
    steps: Steps = field(default_factory=Steps)
    unheard: list[OSError] = field(default_factory=list)  # what the screen did not take
    door: Outgoing | None = None  # what masks the lines shown; None while nothing of the texts is told

    @property
    def root(self) -> Path:
        return self.options.root

    @property
    def language(self) -> str:
        return self.options.lang

    @property
    def request(self) -> str:
        """What was typed, in one line that no other request has."""
        return repr(replace(self.options, lang="", timings=False))

    @property
    def today(self) -> str:
        """The ISO day that was typed, else the one it is; raises Stop where what was typed is no date."""
        typed = self.options.date
        if typed and not is_date(typed):
            raise Stop(phrase("bad-date", self.language, typed=typed), USAGE)
        return typed or date.today().isoformat()

    def show(self, words: str) -> None:
        """A line on the screen, in the place of the one that says how far it is."""
        self.repeat(self.mask(words))

    def repeat(self, masked: str) -> None:
        """The same for a line that has passed the door already."""
        if sys.stderr.isatty():
            sys.stderr.write(CLEARED)
            sys.stderr.flush()
        try:
            print(UNPRINTABLE.sub(LOST_LETTER, masked))
        except OSError as error:
            self._silence(error)

    def _silence(self, error: OSError) -> None:
        """Go on without a screen, which is no reason to leave the work half done."""
        discard_output(sys.stdout)
        if not isinstance(error, BrokenPipeError):
            self.unheard.append(error)
            print(display.lost_output(error, self.language), file=sys.stderr)

    def tell_undone(self, outcome: Outcome) -> None:
        """What was made of a command that was killed."""
        for line in display.undone_changes(outcome, self.language):
            print(line, file=sys.stderr)

    def ask(self, question: str) -> str:
        """What is typed in answer; raises EOFError where the terminal was closed."""
        return input(self.mask(question))

    def with_door(self, door: Outgoing) -> Context:
        """The same run, whose lines on the screen pass the door: a screen is shared, copied, kept by a server."""
        return replace(self, door=door)

    def mask(self, words: str) -> str:
        """Words as the door lets them on the screen, line by line."""
        return "\n".join(map(self.door.words, words.split("\n"))) if self.door else words

    @contextmanager
    def progress(self) -> Iterator[Steps]:
        """The steps of this run, told on one changing line of a terminal, and not at all elsewhere."""
        stream = sys.stderr
        if not stream.isatty():
            yield self.steps
            return

        def show(step: str, /, **facts: object) -> None:
            stream.write(f"{CLEARED}{phrase(f'progress-{step}', self.language, **facts)}…")
            stream.flush()

        self.steps.show = show
        try:
            yield self.steps
        finally:
            stream.write(CLEARED)
            stream.flush()

    def examine(self, cache: Cache | None = None, root: Path | None = None) -> Examined:
        """A project (the one of this run by default) as read and checked; raises Stop where it has no sound outline."""
        from rapport.examination.opening import open_cache, open_project

        root = root or self.root
        cache = cache or open_cache(root)
        if not (root / "chapters" / "outline.yaml").exists():
            raise Stop(phrase("no-project", self.language), USAGE)
        self.steps("read")
        opened = self.steps.run("read", open_project, root, cache)
        with self.steps.time_step("load"):
            from rapport import pipeline  # late: pandoc is at work by now

        examined = pipeline.examine(root, cache, self.steps, opened)
        if examined.outline is None:
            texts = display.as_texts(examined.diagnostics, examined.sources, self.language)
            raise Stop("\n".join([*texts, phrase("no-outline", self.language)]), ERRORS)
        return examined

    def examine_project(self) -> Examined:
        """The project of this run as read and checked, for the verbs that make nothing."""
        with self.progress():
            return self.examine()


def discard_output(stream: TextIO) -> None:
    """Let what is still said go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def outline_of(examined: Examined) -> Outline:
    """The outline of a project that `Context.examine` let through."""
    assert examined.outline is not None
    return examined.outline


def read_identifier(typed: str, known: Iterable[str], language: str) -> str:
    """The identifier of the outline that was typed, "" for none; raises `Stop` where it is not there."""
    name, near = typed_name(typed, known)
    if near:
        raise Stop(phrase("unknown-name", language, name=typed, near=near), USAGE)
    return name


def timings(steps: Steps, language: str) -> Iterator[str]:
    """A line for each step: its seconds, its name, what it counted; those within another step are indented."""
    for step in steps.done:
        name = "  " * step.depth + phrase(f"step-{step.name}", language)
        counted = (f"{phrase(f'step-of-{kind}', language)} {number}" for kind, number in step.counts.items())
        yield f"{_seconds(step.seconds, language)}  {name:36} {', '.join(counted)}".rstrip()
    whole = perf_counter() - steps.start
    rest = whole - sum(step.seconds for step in steps.done if not step.depth)
    yield f"{_seconds(rest, language)}  {phrase('step-rest', language)}"
    yield f"{_seconds(whole, language)}  {phrase('step-whole', language)}"


def _seconds(number: float, language: str) -> str:
    return f"{number:8.3f} s".replace(".", "," if language == "fr" else ".")
