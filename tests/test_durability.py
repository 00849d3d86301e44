"""Killed, full, forbidden, deleted, damaged: no output is ever torn or lost, and a clear word is said."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import io
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from forked import exit_status
from rapport import cli
from rapport.storage import manifest
from test_submission import finish

pytestmark = pytest.mark.slow

OUTPUTS = tuple(f"build/rapport-projet.{suffix}" for suffix in ("docx", "pdf", "html"))
TEXT = "contributions/beta/travail-force.md"
FULL, FORBIDDEN = "le disque est plein", "vous n'avez pas le droit d'y écrire"
KILLED = -signal.SIGKILL
KILLS = 12


def run(project: Path, *arguments: str) -> int:
    return cli.run([*(arguments or ("build",)), "--root", str(project)])


def digests(project: Path, paths: tuple[str, ...] = OUTPUTS) -> dict[str, str]:
    return {path: hashlib.sha256((project / path).read_bytes()).hexdigest() for path in paths}


def process(project: Path, *arguments: str, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    """The command as a person runs it; what it leaves in the temporary folder when it is killed goes with the tests."""
    env = {"PATH": os.environ["PATH"], "HOME": str(project), "TMPDIR": str(project.parent)}
    command = [sys.executable, "-m", "rapport", *(arguments or ("build",))]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, cwd=project, env=env, text=True, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, preexec_fn=before
    )


def said(project: Path, *arguments: str, before: Callable[[], None] | None = None) -> tuple[int, str]:
    child = process(project, *arguments, before=before)
    out, err = child.communicate()
    assert "Traceback" not in out + err
    return child.returncode, out + err


class Versions:
    """A project whose text says one thing or another, and what each must come out as."""

    def __init__(self, project: Path) -> None:
        self.project, self.text = project, project / TEXT
        words = self.text.read_text(encoding="utf-8")
        self.words = (words, words.replace("Un autre constat", "Un constat nouveau"))
        assert self.words[0] != self.words[1]
        self.right = []
        for version in (1, 0):
            self.write(version)
            shutil.rmtree(project / "build", ignore_errors=True)
            assert run(project) == 0
            self.right.insert(0, digests(project))

    def write(self, version: int) -> None:
        self.text.write_text(self.words[version], encoding="utf-8")

    def whole(self) -> bool:
        """Whether each output is that of one version or the other."""
        now = digests(self.project)
        return all(now[path] in (self.right[0][path], self.right[1][path]) for path in OUTPUTS)


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    from conftest import lay_stock

    return Versions(lay_stock(tmp_path_factory.mktemp("durable") / "projet d'été"))


# ---------------------------------------------------------------- the same bytes everywhere

ELSEWHERE = """
import os
real_list, real_scan = os.listdir, os.scandir
class Backwards:
    def __init__(self, path): self.real = real_scan(path); self.all = iter(list(self.real)[::-1])
    def __iter__(self): return self.all
    def __next__(self): return next(self.all)
    def __enter__(self): return self
    def __exit__(self, *_): self.real.close()
    def close(self): self.real.close()
os.listdir = lambda *a: real_list(*a)[::-1]
os.scandir = lambda path=".": Backwards(path)
"""
BUILDS = (("build",), ("build", "--report-language", "en"), ("public",), ("confidential",))


def made(project: Path) -> dict[str, bytes]:
    """Everything that a person is given."""
    found = [path for pattern in ("rapport-*", "soumission-*/*", "*.zip") for path in (project / "build").glob(pattern)]
    return {str(path.relative_to(project)): path.read_bytes() for path in found}


def test_another_machine_makes_the_same_bytes(unbuilt: Path, tmp_path: Path) -> None:
    """Another folder, person, zone, language, order of the folders, mask, age of the files and seed of hashes."""
    finish(unbuilt)
    other, site = tmp_path / "un" / "tout autre endroit", tmp_path / "site"
    for path in sorted(unbuilt.rglob("*"), reverse=True):
        if path.is_file():
            place = other / path.relative_to(unbuilt)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
            os.utime(place, (315532800, 315532800))  # 1980
    site.mkdir()
    (site / "sitecustomize.py").write_text(ELSEWHERE, encoding="utf-8")
    env = {
        "PATH": os.environ["PATH"], "HOME": str(other), "USER": "quelquun", "LOGNAME": "quelquun",
        "TZ": "Pacific/Auckland", "LANG": "tr_TR.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "4242",
        "SOURCE_DATE_EPOCH": "1", "PYTHONPATH": str(site),
    }  # fmt: skip
    script = f"import sys; from rapport import cli; sys.exit(max([cli.run([*b, '--root', '.']) for b in {BUILDS!r}]))"
    child = subprocess.Popen([sys.executable, "-c", script], cwd=other, env=env, umask=0o077, stdout=subprocess.DEVNULL)
    for build in BUILDS:
        assert run(unbuilt, *build) == 0
    assert child.wait() == 0
    here, there = made(unbuilt), made(other)
    assert len(here) == 12 + 6 + 6 + 2
    assert {name for name in here.keys() | there.keys() if here.get(name) != there.get(name)} == set()


# ---------------------------------------------------------------- killed


def test_killed_at_random_moments(versions: Versions) -> None:
    """By the clock, wherever the build is: starting, reading, in pandoc, in typst, writing."""
    chance = random.Random(2015)
    seconds, killed, tries = 20.0, 0, 0
    while killed < KILLS:
        tries += 1
        assert tries < 100, "a build that lasts less than the time it was given is given less"
        versions.write(tries % 2)
        start = time.perf_counter()
        child = process(versions.project)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(seconds * (killed + chance.random()) / KILLS if tries > 1 else None)
        child.kill()
        child.communicate()
        if child.returncode == KILLED:
            killed += 1
        else:  # it was done before: that is how long a build takes here, with what is kept by now
            assert child.returncode == 0
            seconds = min(seconds, time.perf_counter() - start)
        assert versions.whole()
    finally_right(versions)


def finally_right(versions: Versions) -> None:
    """The next build works, is identical to a clean one, and leaves nothing behind."""
    for version in (0, 1):
        versions.write(version)
        assert run(versions.project) == 0
        assert digests(versions.project) == versions.right[version]
    assert not list((versions.project / "build").rglob("*.part"))


def forked(project: Path, at: Callable[[int], None], *arguments: str) -> tuple[int, str, int]:
    """The command in a process of its own; `at` is told of each change of a file before it is made, counting from 1.

    Returns the exit status, what was said, and how many changes there were.
    """
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as counted:
        status = exit_status(lambda: _build(project, at, arguments, told, counted))
        told.seek(0)
        counted.seek(0)
        return status, told.read().decode(), len(counted.read())


def _build(
    project: Path, at: Callable[[int], None], arguments: tuple[str, ...], told: Any, counted: Any
) -> None:  # pragma: no cover
    state = {"changes": 0, "inside": False}

    def audit(event: str, facts: tuple[Any, ...]) -> None:
        writes = event in ("os.rename", "os.mkdir", "os.remove") or (
            event == "open" and isinstance(facts[1], str) and facts[1][:1] in ("w", "a", "x")
        )
        if not writes or state["inside"] or str(project) not in str(facts[0]):
            return
        state["inside"] = True
        state["changes"] += 1
        os.write(counted.fileno(), b".")
        at(state["changes"])
        state["inside"] = False

    status = 99
    try:
        sys.stdout = sys.stderr = io.TextIOWrapper(os.fdopen(os.dup(told.fileno()), "wb"), encoding="utf-8")
        sys.addaudithook(audit)
        tempfile.tempdir = str(project.parent)
        status = run(project, *arguments)
        sys.stdout.flush()
    finally:
        os._exit(status)


def die_at(moment: int) -> Callable[[int], None]:
    def at(number: int) -> None:
        if number == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    return at


def test_killed_before_each_kind_of_change(versions: Versions) -> None:
    """By the count of changes to files, so that the short moments are met too: putting outputs in place is last."""
    versions.write(0)
    assert run(versions.project) == 0
    versions.write(1)
    status, _, changes = forked(versions.project, lambda number: None)
    assert (status, digests(versions.project)) == (0, versions.right[1])
    last = range(max(1, changes - 5), changes + 1)
    moments = [*random.Random(2015).sample(range(1, last[0]), min(4, last[0] - 1)), *last]
    for number, moment in enumerate(moments):
        versions.write(number % 2)
        status, told, _ = forked(versions.project, die_at(moment))
        assert status in (KILLED, 0), told
        assert versions.whole()
    finally_right(versions)


def test_deleted_while_it_works(versions: Versions) -> None:
    """`make clean` typed beside `make`: the report is made whole all the same, or the command says what happened."""
    build = versions.project / "build"
    shutil.rmtree(build)
    _, _, changes = forked(versions.project, lambda number: None)
    told_so = False
    for number in range(1, 6):
        shutil.rmtree(build, ignore_errors=True)

        def at(count: int, moment: int = changes * number // 5 - 2) -> None:
            if count == moment:
                shutil.rmtree(build, ignore_errors=True)

        versions.write(number % 2)
        status, told, _ = forked(versions.project, at)
        assert status in (0, 1), told
        if status:
            assert "build/ a été effacé" in told
        elif any((versions.project / path).exists() for path in OUTPUTS):  # or it was deleted when all was done
            assert digests(versions.project) == versions.right[number % 2]
        told_so |= status == 1
    assert told_so
    finally_right(versions)


def test_two_at_once_and_a_lock_left_behind(versions: Versions) -> None:
    versions.write(0)
    shutil.rmtree(versions.project / "build")
    first = process(versions.project)
    while not (versions.project / "build/cache").exists():
        assert first.poll() is None
        time.sleep(0.002)
    first.send_signal(signal.SIGSTOP)  # at work, and holding the lock
    status, told = said(versions.project)
    assert status == 75
    assert "une autre commande est en train d'écrire dans build/" in told
    first.kill()
    first.communicate()
    assert (versions.project / "build/.lock").exists()
    assert said(versions.project)[0] == 0
    finally_right(versions)


# ---------------------------------------------------------------- no room, no right


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of a few megabytes, where this machine lets us have one."""
    folder.mkdir()
    if (
        os.geteuid()
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(folder)], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("mounting a small disk needs the rights of root")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("temporary", [False, True], ids=["the project's", "the temporary files' too"])
def test_a_full_disk(
    unbuilt: Path, tmp_path: Path, temporary: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with small_disk(tmp_path / "petit"):
        here = tmp_path / "petit" / "projet"
        shutil.copytree(unbuilt, here)
        (here / "tmp").mkdir()
        if temporary:
            monkeypatch.setattr(tempfile, "tempdir", str(here / "tmp"))
        words = (here / TEXT).read_text(encoding="utf-8")
        assert run(here) == 0
        before = digests(here)
        failed = 0
        for number, kept in enumerate((0, 120, 300)):
            (here / TEXT).write_text(words.replace("Un autre constat", f"Un constat numéro {number}"), encoding="utf-8")
            room = shutil.disk_usage(here).free - kept * 1024
            (here / "filler").write_bytes(bytes(room))
            capsys.readouterr()
            status = run(here)
            told = capsys.readouterr()
            (here / "filler").unlink()
            assert status in (0, 1), told.err
            if status:
                failed += 1
                assert FULL in told.err
                assert digests(here) == before
            else:
                before = digests(here)
        assert failed > 1
        assert run(here) == 0
        now = digests(here)
        shutil.rmtree(here / "build")
        assert run(here) == 0
        assert digests(here) == now


def test_no_file_may_be_that_large(versions: Versions) -> None:
    """What can be tried without a disk of one's own: files of this size cannot be written."""
    versions.write(0)
    assert run(versions.project) == 0
    versions.write(1)
    for size in (1000, 60_000, 180_000):
        status, told = said(
            versions.project, before=lambda size=size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        )
        assert status == 1, told
        assert "ce disque n'accepte pas un fichier de cette taille" in told
        assert digests(versions.project) == versions.right[0], "all three are of before"
    finally_right(versions)


def without_rights() -> None:  # pragma: no cover
    """Let the modes of files hold for root too (PR_CAPBSET_DROP of CAP_DAC_OVERRIDE, before the program starts)."""
    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)


def test_a_folder_that_may_not_be_written(unbuilt: Path) -> None:
    folders = [unbuilt, *(path for path in unbuilt.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        status, told = said(unbuilt, before=without_rights)
        assert (status, FORBIDDEN in told) == (1, True), told
        assert said(unbuilt, "check", before=without_rights)[0] == 0, "checking writes nothing"
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_a_build_folder_that_may_not_be_written(versions: Versions) -> None:
    versions.write(0)
    assert run(versions.project) == 0
    versions.write(1)
    build = versions.project / "build"
    folders = [build, *(path for path in build.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        status, told = said(versions.project, before=without_rights)
        assert (status, FORBIDDEN in told) == (1, True), told
        assert digests(versions.project) == versions.right[0]
    finally:
        for folder in folders:
            folder.chmod(0o755)
    finally_right(versions)


# ---------------------------------------------------------------- damaged


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_kept_may_be_damaged(versions: Versions, seed: int) -> None:
    chance = random.Random(seed)
    versions.write(seed % 2)
    assert run(versions.project) == 0
    kept = [p for name in ("cache", "staging") for p in (versions.project / "build" / name).rglob("*") if p.is_file()]
    for path in chance.sample(sorted(kept), len(kept) * 2 // 3):
        content = bytearray(path.read_bytes())
        at = chance.randrange(len(content)) if content else 0
        how = chance.choice(("cut", "flip", "empty", "noise", "gone"))
        if how == "gone":
            path.unlink()
            continue
        if how == "cut":
            content = content[:at]
        elif how == "flip" and content:
            content[at] ^= 1 << chance.randrange(8)
        else:
            content = bytearray(b"" if how == "empty" else chance.randbytes(200))
        path.write_bytes(content)
    for path in OUTPUTS:
        (versions.project / path).unlink()
    assert run(versions.project) == 0
    assert digests(versions.project) == versions.right[seed % 2]


def test_a_template_that_is_gone_from_what_was_staged(versions: Versions) -> None:
    """typst, which begins with what the last build left, begins again."""
    versions.write(0)
    assert run(versions.project) == 0
    templates = list((versions.project / "build/staging").rglob("report.typ"))
    assert templates
    for path in templates:
        path.unlink()
    versions.write(1)
    assert run(versions.project) == 0
    assert digests(versions.project) == versions.right[1]


def test_a_damaged_record_of_the_last_build_is_not_believed(versions: Versions) -> None:
    versions.write(0)
    assert run(versions.project) == 0
    record = versions.project / "build/cache/last-draft-fr-fr.json"
    right = record.read_bytes()
    assert manifest.recall(str(versions.project), "draft-fr-fr") is not None
    chance = random.Random(0)
    for _ in range(50):
        spoiled = bytearray(right)
        spoiled[chance.randrange(len(right))] ^= 1 << chance.randrange(8)
        record.write_bytes(spoiled if chance.random() < 0.7 else right[: chance.randrange(len(right))])
        assert manifest.recall(str(versions.project), "draft-fr-fr") is None
    record.write_bytes(right)
    assert manifest.recall(str(versions.project), "draft-fr-fr") is not None
