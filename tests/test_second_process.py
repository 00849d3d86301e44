"""Work beside this process: its answer, its mistakes, what it asked of the cache, and what it never holds."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import Any

import pytest

from rapport import pipeline
from rapport.output.export import BuildResult
from rapport.steps import Steps
from rapport.storage import second_process
from rapport.storage.cache import Cache
from rapport.storage.lock import hold_lock
from rapport.storage.second_process import begin_beside, stand_by


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "build" / "cache", "this version")


def test_the_answer_comes_and_what_was_asked_is_kept(cache: Cache) -> None:
    def work() -> str:
        place, _ = cache.get("kind", "part")
        cache.put(place, b"made")
        return "x" * (1 << 20)  # more than a pipe holds

    assert begin_beside(work, cache)() == "x" * (1 << 20)
    cache.sweep()
    assert cache.get("kind", "part")[1] == b"made"


def test_a_process_that_ends_without_an_answer_is_done_without(cache: Cache) -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return 7

    assert begin_beside(work, cache)() == 7


def test_a_process_that_waits_for_a_lock_of_a_thread_that_it_has_not_is_done_without(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_process, "PATIENCE", 1)
    lock = Lock()

    def work() -> int:
        with lock:
            return 7

    with lock:  # a cached property of Python 3.11, computed in the thread that writes the PDF, is such a one
        waiting = begin_beside(work, cache)
    assert waiting() == 7


def test_what_goes_wrong_is_raised_where_it_is_asked_for(cache: Cache) -> None:
    def work() -> int:
        raise ValueError("wrong")

    waiting = begin_beside(work, cache)
    with pytest.raises(ValueError, match="wrong"):
        waiting()


def test_nobody_else_waits_for_the_lock_of_work_that_nobody_asks_for(tmp_path: Path, cache: Cache) -> None:
    with hold_lock(tmp_path):
        waiting = begin_beside(lambda: b"x" * (1 << 20), cache)
    with hold_lock(tmp_path, wait=True):
        pass
    del waiting  # its end of the pipe is closed, and so the other process ends


def test_what_stands_by_works_on_what_it_is_given_and_is_done_without_where_it_ends(cache: Cache) -> None:
    here = os.getpid()

    def work(given: bytes) -> tuple[int, bool]:
        if given == b"end" and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return len(given), os.getpid() == here

    assert stand_by(work, cache, 1)(b"x" * (1 << 20))() == (1 << 20, False)  # more than a pipe holds
    assert stand_by(work, cache, 1)(b"end")() == (3, True)


def test_what_stands_by_and_is_given_nothing_ends(cache: Cache) -> None:
    give = stand_by(len, cache, 60)
    del give  # its end of the pipe is closed
    assert os.waitstatus_to_exitcode(os.wait()[1]) >= 0  # by itself, not by its alarm


def test_the_process_that_reads_the_pdf_is_forked_before_any_thread_writes_an_output() -> None:
    done = list[str]()

    def make(*given: object) -> BuildResult:
        done.append("outputs begun")
        return BuildResult({}, ())

    proof = SimpleNamespace(
        stand_by=lambda: done.append("stands by"), read=None, accept=None, counts=lambda: {"sentences": 0}
    )
    given: Any = (make, SimpleNamespace(images={}), None, proof)
    pipeline.export(*given, Steps())
    assert done == ["stands by", "outputs begun"]
