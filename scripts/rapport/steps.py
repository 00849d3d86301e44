"""The steps of a command: each has a name, is told while it happens, timed in seconds, and says what it counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import ParamSpec, Protocol, TypeVar, runtime_checkable

from msgspec import Struct, field

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@runtime_checkable
class HasCounts(Protocol):
    """A value that says how many things of each kind it holds."""

    def counts(self) -> Mapping[str, int]:
        """What `--timings` prints of this step: what was counted, and how many."""


class Step(Struct):
    """One step: its name, how many steps it stands inside, its seconds, and what it counted, by kind."""

    name: str
    depth: int
    seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)


def no_progress(step: str, /, **facts: object) -> None:
    """Tells nobody how far a command is."""


class Steps:
    """What a command has done so far, and who is told how far it is."""

    def __init__(self, show: Callable[..., None] = no_progress) -> None:
        self.show, self.done = show, list[Step]()
        self.depth, self.start = 0, perf_counter()

    def __call__(self, name: str, /, **facts: object) -> None:
        """Tell that this begins, in the words of the phrase `progress-<name>`."""
        self.show(name, **facts)

    @contextmanager
    def time_step(self, name: str) -> Iterator[Step]:
        """A step of this name; its seconds are added up where it is done several times inside one other."""
        step = self._again(name)
        self.depth += 1
        start = perf_counter()
        try:
            yield step
        finally:
            step.seconds += perf_counter() - start
            self.depth -= 1

    def run(
        self, name: str, function: Callable[Arguments, Result], *values: Arguments.args, **named: Arguments.kwargs
    ) -> Result:
        """What a function makes of these values, as a step of this name."""
        with self.time_step(name) as step:
            result = function(*values, **named)
        if isinstance(result, HasCounts):
            step.counts.update(result.counts())
        return result

    def time_beside(
        self, name: str, function: Callable[Arguments, Result]
    ) -> Callable[Arguments, Result]:  # fmt: skip
        """The same function, timed as a step of this name in whatever thread calls it while this one does another."""
        step = self._again(name)

        def timed(*values: Arguments.args, **named: Arguments.kwargs) -> Result:
            start = perf_counter()
            try:
                return function(*values, **named)
            finally:
                step.seconds += perf_counter() - start

        return timed

    def _again(self, name: str) -> Step:
        last = next((step for step in reversed(self.done) if step.depth <= self.depth), None)
        if last and (last.name, last.depth) == (name, self.depth):
            return last
        self.done.append(Step(name, self.depth))
        return self.done[-1]
