"""Work done beside this process, on another core: Python's threads share one."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Callable
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
    reading, writing = os.pipe()
    answer, child = os.fdopen(reading, "rb"), os.fork()
    if not child:  # pragma: no cover
        _answer(work, cache, writing, PATIENCE + more_seconds)
    os.close(writing)

    def result() -> Result:
        with answer:
            said = answer.read()
        if os.waitpid(child, 0)[1]:
            return work()
        made: Result
        made, asked = pickle.loads(said)
        cache.also_asked(asked)
        return made

    return result


def _answer(work: Callable[[], object], cache: Cache, writing: int, patience: int) -> None:  # pragma: no cover
    """What the work makes, said; the process ends here, without a word of what went wrong.

    Nothing of its parent stays open in it: neither the lock, nor the other end of the pipe, which tells who waits.
    """
    status = 1
    with contextlib.suppress(BaseException):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(patience)
        import resource  # late: not every system has it

        resource.setrlimit(resource.RLIMIT_CPU, (UNENDING, UNENDING))
        os.closerange(STANDARD, writing)
        os.closerange(writing + 1, MOST_OPEN)
        said = pickle.dumps((work(), cache.asked), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(said)
        status = 0
    os._exit(status)
