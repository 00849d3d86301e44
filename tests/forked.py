"""Work in a process that a test forks, so that it can be ended at any moment: never waited for without an end."""

from __future__ import annotations

import faulthandler
import hashlib
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from rapport.figures.charts.chart import Specification
from rapport.figures.charts.drawing import Drawing

PATIENCE = 200  # seconds, on a busy machine; what is forked takes a few
DRAW = """
import json, pickle, sys
from rapport.figures.charts.drawing import draw
sys.stdout.buffer.write(pickle.dumps(list(draw(json.load(sys.stdin)))))
"""


def exit_status(work: Callable[[], object]) -> int:
    """Work done in a forked process; its exit status, negative where a signal ended it.

    One that waits for ever (a lock held by a thread that was not forked with it) is ended, says where it stood, and
    fails the test.
    """
    begun, said = time.monotonic(), os.dup(2)
    child = os.fork()
    if not child:  # pragma: no cover
        faulthandler.dump_traceback_later(PATIENCE, exit=True, file=said)
        try:
            work()
        finally:
            os._exit(99)
    try:
        status = os.waitpid(child, 0)[1]
    except BaseException:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    finally:
        os.close(said)
    if time.monotonic() - begun >= PATIENCE:
        pytest.fail("the forked process did not end")
    return os.waitstatus_to_exitcode(status)


def draw_apart(kept: Path) -> Callable[[Iterable[Specification]], Iterator[Drawing]]:
    """What draws charts in a process of its own, kept in a folder: the threads of the library do not survive a fork."""

    def draw(specifications: Iterable[Specification]) -> Iterator[Drawing]:
        for specification in specifications:
            asked = json.dumps([specification])
            place = kept / hashlib.sha256(asked.encode()).hexdigest()
            if not place.exists():
                command = [sys.executable, "-c", DRAW]
                drawn = subprocess.run(command, input=asked.encode(), stdout=subprocess.PIPE, check=True).stdout
                place.write_bytes(drawn)
            (drawing,) = pickle.loads(place.read_bytes())
            yield drawing

    return draw
