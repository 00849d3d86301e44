"""Killed before each rename, deletion and flush in turn: the same command again leaves what an undisturbed one does."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from rapport import cli
from rapport.review.freeze import draft_map
from rapport.storage import temporary, transaction
from rapport.storage.cache import Cache
from rapport.storage.lock import hold_lock
from rapport.storage.transaction import WritingStopped, remove, savepoint, write_atomically, write_together
from review_edits import Editor
from test_decisions import PATH, TEXT, Desk
from test_intake import drop
from test_intake_versions import FACTS, MORE, facts
from test_submission import finish

KILLED = 137
MADE_AGAIN = ("build/cache", "build/staging", "build/.lock")


def files(root: Path) -> dict[str, bytes]:
    """What a project holds, but for what is made again at need."""
    found = (path for path in root.rglob("*") if path.is_file())
    named = {path.relative_to(root).as_posix(): path for path in found}
    return {name: path.read_bytes() for name, path in named.items() if not name.startswith(MADE_AGAIN)}


# ---------------------------------------------------------------- the mechanism


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with two files."""
    for name in ("a", "b"):
        (tmp_path / name).write_text(f"{name} d'avant", encoding="utf-8")
    return tmp_path


def change(root: Path) -> None:
    write_together({root / "a": b"a1", root / "neuf/c": b"c1"})
    remove(root / "b")
    write_atomically(root / "a", b"a2")


def test_what_ends_well_stands_and_leaves_nothing(root: Path) -> None:
    with hold_lock(root):
        change(root)
    assert files(root) == {"a": b"a2", "neuf/c": b"c1"}
    assert not (root / transaction.FOLDER).exists()


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError()])
def test_what_ends_with_an_error_changed_nothing(root: Path, error: BaseException) -> None:
    before = files(root)
    with pytest.raises(WritingStopped if isinstance(error, OSError) else type(error)), hold_lock(root):
        change(root)
        raise error
    assert files(root) == before
    assert not (root / "neuf").exists()


def test_what_stands_at_a_savepoint_is_not_taken_back_by_an_error(root: Path) -> None:
    with pytest.raises(WritingStopped) as raised, hold_lock(root):
        write_atomically(root / "a", b"a1")
        savepoint()
        change(root)
        raise OSError
    assert files(root) == {"a": b"a1", "b": b"b d'avant"}
    assert (raised.value.outcome.kept, raised.value.outcome.undone) == (("a",), ("a", "b", "neuf/c"))


def killed_at(moment: int, work: Callable[[], object], root: Path) -> tuple[int, int]:
    """Work done in a process that ends before its n-th change; its exit status, and how many changes it came to.

    What is kept in build/cache is not counted: a result that is missing or half there is made again.
    """
    with tempfile.TemporaryFile() as counted:
        child = os.fork()
        if not child:  # pragma: no cover
            _die_at(moment, work, root, counted.fileno())
        _, status = os.waitpid(child, 0)
        counted.seek(0)
        return os.waitstatus_to_exitcode(status), len(counted.read())


def _die_at(moment: int, work: Callable[[], object], root: Path, counted: int) -> None:  # pragma: no cover
    left = [moment]

    def watched(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(what: Any, *others: Any, **named: Any) -> Any:
            path = str(Path(f"/proc/self/fd/{what}").readlink()) if isinstance(what, int) else os.fspath(what)
            if str(root) in path and "/build/cache/" not in path and not named.get("dir_fd"):
                left[0] -= 1
                os.write(counted, b".")
                if left[0] == 0:
                    os._exit(KILLED)
            return real(what, *others, **named)

        return step

    for name in ("replace", "rename", "unlink", "remove", "fsync", "link"):
        setattr(os, name, watched(getattr(os, name)))
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        sys.stdout = sys.stderr = os.fdopen(nowhere, "w")
        work()
    finally:
        os._exit(0)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc, to know which file is flushed")
def test_a_kill_at_any_moment_is_taken_back_by_the_next_command(root: Path) -> None:
    def work() -> None:
        with hold_lock(root):
            change(root)

    before, moment, status = files(root), 0, KILLED
    while status == KILLED:
        moment += 1
        status, _ = killed_at(moment, work, root)
        if status == KILLED:
            with hold_lock(root):
                assert files(root) == before, moment
    assert moment > 12
    assert files(root) == {"a": b"a2", "neuf/c": b"c1"}


def test_what_somebody_changed_after_the_kill_is_theirs(root: Path) -> None:
    def work() -> None:
        with hold_lock(root):
            change(root)
            os._exit(KILLED)

    assert killed_at(0, work, root)[0] == KILLED
    (root / "a").write_text("corrigé depuis", encoding="utf-8")
    with hold_lock(root) as recovered:
        assert (recovered.foreign, recovered.undone) == (("a",), ("b", "neuf/c"))
    assert files(root) == {"a": "corrigé depuis".encode(), "b": b"b d'avant"}


def test_a_line_that_was_not_finished_is_of_a_change_that_was_not_begun(root: Path) -> None:
    def work() -> None:
        with hold_lock(root):
            write_atomically(root / "a", b"a1")
            os._exit(KILLED)

    before = files(root)
    killed_at(0, work, root)
    with (root / transaction.FOLDER / transaction.LIST).open("ab") as file:
        file.write(b'\n["b", "1234')
    with hold_lock(root):
        assert files(root) == before


def test_a_disk_without_hard_links_keeps_copies(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    test_what_ends_with_an_error_changed_nothing(root, ValueError())


def test_results_under_each_other_s_names_are_not_believed(tmp_path: Path) -> None:
    kept = Cache(tmp_path, "maker")
    one, two = kept.get("kind", "1")[0], kept.get("kind", "2")[0]
    kept.put(one, b"un")
    kept.put(two, b"deux")
    content = one.read_bytes(), two.read_bytes()
    one.write_bytes(content[1])
    two.write_bytes(content[0])
    assert [kept.get("kind", name)[1] for name in "12"] == [None, None]


def test_parts_of_killed_commands_are_cleared_wherever_they_lie(root: Path) -> None:
    for folder in ("build/cache/kind", "contributions/beta", "build"):
        (root / folder).mkdir(parents=True, exist_ok=True)
        (root / folder / ".texte.md.12-34.part").write_bytes(b"demi")
    (root / "contributions/beta/un autre.part").write_bytes(b"celui d'un navigateur")
    with hold_lock(root):
        pass
    assert [path.name for path in root.rglob("*.part")] == ["un autre.part"]


def test_temporary_files_lie_in_build_and_go(tmp_path: Path) -> None:
    left = tmp_path / temporary.FOLDER / "999999999-x"
    left.mkdir(parents=True)
    with temporary.temporary_files(tmp_path):
        assert not left.exists()
        assert Path(tempfile.gettempdir()).is_relative_to(tmp_path / temporary.FOLDER)
        assert os.environ["TMPDIR"] == tempfile.gettempdir()
    assert not (tmp_path / "build").exists()
    assert not Path(tempfile.gettempdir()).is_relative_to(tmp_path / "build")


# ---------------------------------------------------------------- every command


def complete(project: Path) -> None:
    finish(project)
    assert cli.run(["public", "--root", str(project)]) == 0
    path = project / PATH
    path.write_text(path.read_text(encoding="utf-8").replace("inventé", "imaginé"), encoding="utf-8")


def edited(project: Path) -> None:
    assert cli.run(["build", "--root", str(project)]) == 0
    path = project / PATH
    path.write_text(path.read_text(encoding="utf-8").replace("inventé", "imaginé"), encoding="utf-8")


def received(project: Path) -> None:
    """Two files of which nothing says which is the newer: the second takes the first one's place back."""
    drop(project, "beta/mendicite.docx", facts(FACTS, MORE))
    drop(project, "beta/mendicite finale.docx", facts(FACTS, "D'autres mots inventés."))
    drop(project, "gamma/travail-force.docx", facts(FACTS))


def taken_in(project: Path) -> None:
    drop(project, "beta/mendicite.docx", facts(FACTS, MORE))
    cli.run(["intake", "--root", str(project)])


def frozen(project: Path) -> None:
    (project / PATH).write_text(TEXT, encoding="utf-8")
    assert cli.run(["draft", "--root", str(project)]) == 0


def sent_back(project: Path) -> None:
    frozen(project)
    content = (project / "build/projet-1/rapport-projet-1.docx").read_bytes()
    editor = Editor(content, draft_map.load(project, 1).places, 1, True)
    editor.edit(6)
    drop(project, "reviews/jeanne.docx", editor.save())


def decided(project: Path) -> None:
    frozen(project)
    desk = Desk(project)
    desk.keep(desk.remark("premier", "dernier", "point"), desk.remark("dix", "onze", "cas"))


def shown(project: Path) -> None:
    assert cli.run(["consent", "--root", str(project)]) == 0


COMMANDS: Mapping[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "build": (edited, ("build",)),
    "public": (complete, ("public",)),
    "intake": (received, ("intake",)),
    "undo": (taken_in, ("intake", "--undo", "oui")),
    "draft": (edited, ("draft", "--association", "toutes")),
    "review": (sent_back, ("review",)),
    "apply": (decided, ("apply",)),
    "consent": (edited, ("consent",)),
    "agree": (shown, ("consent", "--association", "beta", "--agree", "--by", "Une personne")),
    "letters": (taken_in, ("letters",)),
    "forms": (edited, ("forms", "--association", "beta", "--theme", "mendicite")),
    "translation": (edited, ("translation",)),
}
OTHERS = (("check",), ("status",))
SHARES = {"intake": 4, "public": 2, "draft": 2}  # tests that the moments of a long command are dealt out to


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc, to know which file is flushed")
@pytest.mark.parametrize(("name", "first"), [(n, at) for n in COMMANDS for at in range(1, SHARES.get(n, 1) + 1)])
def test_a_command_that_was_killed_and_is_run_again(
    name: str, first: int, project: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    prepare, command = COMMANDS[name]
    prepare(project)
    before = files(project)
    ready = shutil.copytree(project, tmp_path / "prêt")

    def work(*typed: str) -> int:
        return cli.run([*(typed or command), "--root", str(project)])

    def again() -> None:
        shutil.rmtree(project)
        shutil.copytree(ready, project)

    work()
    right = files(project)
    assert right != before
    again()
    _, changes = killed_at(0, work, project)
    assert files(project) == right, "undisturbed, in a process of its own"
    assert changes > 3
    for moment in range(first, changes + 1, SHARES.get(name, 1)):
        again()
        capfd.readouterr()
        status, _ = killed_at(moment, work, project)
        assert status == KILLED
        torn = files(project)
        if moment % 5 == 0:  # no share's number divides it: each tries another command first
            other = OTHERS[moment // 5 % len(OTHERS)]
            work(*other)
            assert not (project / transaction.FOLDER).exists()
            if torn.keys() - before.keys() - {path for path in torn if path.startswith(transaction.FOLDER)}:
                assert "une commande avait été coupée avant sa fin" in capfd.readouterr().err
            assert files(project) == before, (name, moment)
        work()
        assert {p for p, c in files(project).items() if right.get(p) != c} == set(), (name, moment)
        assert files(project).keys() >= right.keys(), (name, moment)
        assert not list(project.rglob("*.part")) and not (project / transaction.FOLDER).exists()
    assert not (project / temporary.FOLDER).exists()
