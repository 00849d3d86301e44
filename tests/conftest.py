"""What the tests share: a copy of the small invented project, with the product's own templates."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import portalocker
import pytest
from jinja2 import Environment

from rapport import cli
from rapport.storage import manifest

TESTS = Path(__file__).parent
PRODUCT = TESTS.parent


def lay_stock(folder: Path) -> Path:
    """Copy the stock project and the product's templates into a folder; returns the folder."""
    shutil.copytree(TESTS / "project", folder, dirs_exist_ok=True)
    for template in (PRODUCT / "chapters").rglob("*.md.j2"):
        place = folder / template.relative_to(PRODUCT)
        place.parent.mkdir(exist_ok=True)
        if not place.exists():  # the stock has its own where the product's cites works that it does not have
            shutil.copy(template, place)
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh", action="store_true", help="rewrite expected.txt where it differs; read the diff")


def pytest_collection_finish() -> None:
    """What collecting made stays to the end: it is not looked through for garbage, nor copied by each fork that is.

    The command itself collects nothing; a thousand runs in one process have to, but seldom.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class Interrupted(BaseException):
    """Ctrl-C during a test: `rapport` answers KeyboardInterrupt with an exit status, and the run would go on."""


INTERRUPTED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Have Ctrl-C stop the test where it is, and be remembered; each worker has its own tests to stop."""
    runner, before = os.getpid(), signal.getsignal(signal.SIGINT)

    def interrupt(number: int, frame: Any) -> None:
        if os.getpid() != runner:  # a child that the test forked
            signal.default_int_handler(number, frame)
        item.stash[INTERRUPTED] = True
        raise Interrupted

    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, interrupt)
    try:
        return (yield)
    finally:
        signal.signal(signal.SIGINT, before)


def pytest_runtest_makereport(item: pytest.Item) -> None:
    """End the run after a test that was interrupted, whatever the test made of it."""
    if INTERRUPTED in item.stash:
        raise KeyboardInterrupt


@pytest.fixture(scope="session", autouse=True)
def once() -> Iterator[None]:
    """What a thousand runs in one process need not do again: look at the program's files, compile the same template.

    A template's code depends on its words, its place and the language that its filters speak.
    """
    compiled: dict[tuple[Any, ...], Any] = {}
    compile = Environment.compile

    def known(self: Environment, source: str, *place: Any, **more: Any) -> Any:
        key = (type(self), self.globals.get("english"), source, place, tuple(sorted(more.items())))
        if key not in compiled:
            compiled[key] = compile(self, source, *place, **more)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", known)
        patch.setattr(manifest, "program", cache(manifest.program))
        yield


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first worker which wants it makes for all of them: to be copied, never written."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with portalocker.Lock(base / f"{name}.lock", timeout=300):
        if not (base / name).exists():
            part = factory.mktemp(name)
            make(part)
            part.rename(base / name)
    return base / name


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What builds of the stock project in both languages keep in their cache."""

    def make(cache: Path) -> None:
        for language in ("fr", "en"):
            built = lay_stock(tmp_path_factory.mktemp("stock"))
            assert cli.run(["build", "--root", str(built), "--report-language", language]) == 0
            # but for the record of the build: a project that was never built has none
            shutil.copytree(built / "build/cache", cache, dirs_exist_ok=True, ignore=shutil.ignore_patterns("last-*"))

    return made_once(tmp_path_factory, "kept", make)


@pytest.fixture
def unbuilt(tmp_path: Path) -> Path:
    """The stock project, in a folder of its own whose name holds a space and an accent."""
    return lay_stock(tmp_path / "projet d'été")


@pytest.fixture
def project(unbuilt: Path, kept: Path) -> Path:
    """The same, with a cache that knows its texts already, so that a test waits for its own changes alone."""
    shutil.copytree(kept, unbuilt / "build/cache")
    return unbuilt
