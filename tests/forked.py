"""Work in a process that a test forks, so that it can be ended at any moment: never waited for without an end."""

from __future__ import annotations

import faulthandler
import hashlib
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rapport.figures.charts.chart import Specification
from rapport.figures.charts.drawing import Drawing

PATIENCE = 200  # seconds, on a busy machine; what is forked takes a few
DRAW = """
import pickle, sys
from rapport.figures.charts.drawing import draw
sys.stdout.buffer.write(pickle.dumps(list(draw(pickle.load(sys.stdin.buffer)))))
"""
SET = """
import pickle, sys
from rapport.output.pdf.plain_page import as_pdf
sys.stdout.buffer.write(pickle.dumps(as_pdf(*pickle.load(sys.stdin.buffer))))
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
            yield from _done_apart(DRAW, [specification], kept)

    return draw


def set_apart(kept: Path) -> Callable[..., tuple[bytes, int]]:
    """The same of what sets the pages of a letter."""
    return lambda *asked: _done_apart(SET, asked, kept)


def _done_apart(script: str, asked: object, kept: Path) -> Any:
    said = pickle.dumps(asked)
    place = kept / hashlib.sha256(script.encode() + said).hexdigest()
    if not place.exists():
        command = [sys.executable, "-c", script]
        place.write_bytes(subprocess.run(command, input=said, stdout=subprocess.PIPE, check=True).stdout)
    return pickle.loads(place.read_bytes())
