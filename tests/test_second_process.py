"""Work beside this process: its answer, its mistakes, what it asked of the cache, and what it never holds."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

import pytest

from html_sample import sample
from rapport.output import export
from rapport.output.pdf import writer as pdf
from rapport.storage import second_process
from rapport.storage.cache import Cache
from rapport.storage.lock import hold_lock
from rapport.storage.second_process import begin_beside


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


def test_no_thread_is_at_work_when_the_reading_of_the_pdf_begins_beside(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = list[str]()

    def slowly(name: str) -> Callable[[object], bytes]:
        def write(production: object) -> bytes:
            time.sleep(0.2)
            done.append(name)
            return b""

        return write

    monkeypatch.setattr(export._Production, "draft", slowly("draft"))
    monkeypatch.setattr(export._Production, "html", slowly("html"))
    monkeypatch.setattr(export._Production, "docx", lambda *given: b"docx")
    monkeypatch.setattr(export._Production, "pdf", lambda *given: pdf.Pdf(b"pdf", {}))
    monkeypatch.setattr(export.Export, "_put_in_place", lambda *given: None)
    monkeypatch.setattr(pdf, "stage", lambda *given: None)
    seen = list[tuple[str, set[str]]]()
    document = sample()
    export.Export(tmp_path, cache, pdf.Compiler())(document, {}, lambda path, content: seen.append((path, set(done))))
    assert [(path.rpartition(".")[2], finished) for path, finished in seen] == [("pdf", {"draft", "html"})]
