"""Work done beside this process, on another core: Python's threads share one."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import TypeVar

from rapport.storage.cache import Cache

Result = TypeVar("Result")
PATIENCE = 60  # seconds, and the other process is ended: what stands still there is done here
UNENDING = 300  # seconds of processor, for it and whatever it started: nothing of ours takes so long
STANDARD, MOST_OPEN = 3, 1 << 16  # files: the first that is none of the three that every process has, and the last


def begin_beside(work: Callable[[], Result], cache: Cache, more_seconds: int = 0) -> Callable[[], Result]:
    """Begin some work, which asks no more than this `cache`, in a forked process; the function returned waits for it.

    No other thread may be at work then: a lock that it holds is never given back in the other process. Where the
    system does not fork, or the other process ended without an answer or waits for ever, the work is done when it is
    asked for: what is wrong with it is raised there. `more_seconds` are what it may take over the usual patience.
    """
    if sys.platform != "linux":  # on macOS, libraries do not survive it
        return work
    return _begin(work, cache, PATIENCE + more_seconds)


def stand_by(
    work: Callable[[bytes], Result], cache: Cache, more_seconds: int
) -> Callable[[bytes], Callable[[], Result]]:  # fmt: skip
    """The same for work on something that is not there yet: the process is forked now, while no thread is at work.

    It waits no longer than so many seconds more. The function returned is called once, with what there is to work on,
    and returns the one that waits for the answer.
    """
    if sys.platform != "linux":
        return lambda given: partial(work, given)
    reading, writing = os.pipe()
    waiting = _begin(lambda: work(_received(reading)), cache, PATIENCE + more_seconds, reading)
    os.close(reading)
    giving = os.fdopen(writing, "wb")

    def give(given: bytes) -> Callable[[], Result]:
        with contextlib.suppress(OSError), giving:  # whoever has ended meanwhile does not answer
            giving.write(given)
        return lambda: waiting(partial(work, given))

    return give


def _received(reading: int) -> bytes:  # pragma: no cover
    with os.fdopen(reading, "rb") as pipe:
        given = pipe.read()
    signal.alarm(PATIENCE)
    return given


def _begin(
    work: Callable[[], Result], cache: Cache, patience: int, needed: int = STANDARD - 1
) -> Callable[..., Result]:  # fmt: skip
    """The work begun in a forked process, in which the file `needed` stays open.

    The function returned waits for it, and does what it is given, or the work itself, where there is no answer.
    """
    reading, writing = os.pipe()
    answer, child = os.fdopen(reading, "rb"), os.fork()
    if not child:  # pragma: no cover
        _answer(work, cache, writing, patience, needed)
    os.close(writing)

    def result(instead: Callable[[], Result] = work) -> Result:
        with answer:
            said = answer.read()
        if os.waitpid(child, 0)[1]:
            return instead()
        made: Result
        made, asked = pickle.loads(said)
        cache.also_asked(asked)
        return made

    return result


def _answer(
    work: Callable[[], object], cache: Cache, writing: int, patience: int, needed: int
) -> None:  # pragma: no cover
    """Write the pickled result of the work to the pipe, and end the process, silently on any error.

    Nothing of its parent stays open in it: neither the lock, nor the other end of the pipe, which tells who waits.
    """
    status = 1
    with contextlib.suppress(BaseException):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(patience)
        import resource  # late: not every system has it

        resource.setrlimit(resource.RLIMIT_CPU, (UNENDING, UNENDING))
        kept = sorted({STANDARD - 1, needed, writing, MOST_OPEN})
        for last, following in pairwise(kept):
            os.closerange(last + 1, following)
        said = pickle.dumps((work(), cache.asked), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(said)
        status = 0
    os._exit(status)
