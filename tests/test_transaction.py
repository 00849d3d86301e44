"""Killed before each rename, deletion and flush in turn: the same command again leaves what an undisturbed one does."""

from __future__ import annotations

import builtins
import io
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

import test_briefs
import test_children_version
import test_translation_form
from forked import draw_apart, exit_status, set_apart
from rapport import cli
from rapport.commands import briefs, decide, review_names
from rapport.figures.charts import gallery
from rapport.intake.journal import Journal
from rapport.review.collect.ledger import ACCEPTED, OPEN
from rapport.review.freeze import draft_map
from rapport.review.freeze.draft_files import sources
from rapport.storage import temporary, transaction
from rapport.storage.cache import Cache, kept_in_mind
from rapport.storage.lock import BuildFolderBusy, hold_lock
from rapport.storage.transaction import (
    Outcome,
    WritingStopped,
    heard,
    is_done,
    recover,
    remove,
    savepoint,
    write_atomically,
    write_together,
)
from review_edits import Editor
from test_deciding import filled
from test_decisions import PATH, TEXT, Desk
from test_desk import planned, write
from test_documents import pdf
from test_figures_publication import WIDE, send
from test_intake import drop
from test_intake_versions import FACTS, MORE, facts
from test_reminders import FIVE
from test_submission import approve, finish
from test_workshop_forms import AGREED, SPOKEN, filled_word, form_of, picture
from workshop_sample import lay_workshop

KILLED = 137
LOOKING: tuple[tuple[str, ...], ...] = (
    ("check",), ("status",), ("budget",), ("verify",), ("explain", "R01"),
    ("decide", "--list"), ("review-names", "--list"),
)  # fmt: skip
BESIDE = ("watch",)  # builds as `build` does, again and again: test_watch.py
MADE_AGAIN = ("build/cache", "build/staging", "build/tmp", "build/.lock")


def files(root: Path) -> dict[str, bytes]:
    """What a project holds, empty folders too, but for what is made again at need."""
    found = (path for path in root.rglob("*") if path.is_file() or not any(path.iterdir()))
    named = {path.relative_to(root).as_posix(): path for path in found}
    kept = {name: path for name, path in named.items() if not name.startswith(MADE_AGAIN)}
    return {name: path.read_bytes() if path.is_file() else b"" for name, path in kept.items()}


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


def test_what_is_done_stands_where_ctrl_c_comes_while_the_former_bytes_go(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(folder: Path, **_: object) -> None:
        (folder / "0").unlink(missing_ok=True)
        (folder / "2").unlink(missing_ok=True)
        monkeypatch.undo()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), hold_lock(root):
        change(root)
        monkeypatch.setattr(shutil, "rmtree", half)
    assert files(root) == {"a": b"a2", "neuf/c": b"c1"}
    assert not (root / transaction.FOLDER).exists()


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError()])
def test_what_stands_at_a_savepoint_is_not_taken_back_by_an_error(root: Path, error: BaseException) -> None:
    with pytest.raises(type(error)), hold_lock(root):
        write_atomically(root / "a", b"a1")
        savepoint()
        change(root)
        raise error
    assert files(root) == {"a": b"a1", "b": b"b d'avant"}


def test_a_full_disk_takes_back_what_stood_at_a_savepoint_too(root: Path) -> None:
    before = files(root)
    with pytest.raises(WritingStopped) as raised, hold_lock(root):
        write_atomically(root / "a", b"a1")
        savepoint()
        change(root)
        raise OSError
    assert files(root) == before
    assert raised.value.outcome.restored_files == ("a", "b", "neuf/c")


def test_a_request_that_was_done_and_never_said_is_known_to_be_done(root: Path) -> None:
    """Told to whoever comes next, once; not while the command that did it is saying its last words."""

    def done() -> None:
        with hold_lock(root, once="un pas en arrière"):
            change(root)

    done()
    with hold_lock(root) as recovered:
        assert recovered == Outcome()
    heard(root)
    assert not list(root.glob(".transaction*"))
    assert killed_at(0, lambda: (done(), os._exit(KILLED)), root) == KILLED
    with hold_lock(root, tell=Mock()) as recovered:
        assert is_done(recovered, "un pas en arrière") and not is_done(recovered, "autre chose")
    assert files(root) == {"a": b"a2", "neuf/c": b"c1"}
    with hold_lock(root) as recovered:
        assert recovered == Outcome()


def test_what_a_request_changed_nothing_for_leaves_no_mark(root: Path) -> None:
    with hold_lock(root, once="rien"):
        pass
    assert not list(root.glob(".transaction*"))


def opened(number: int) -> Path:
    return Path(f"/proc/self/fd/{number}").readlink()


CALLS = ("replace", "rename", "unlink", "remove", "fsync", "link")


def watched(
    root: Path, real: Callable[..., Any], before: Callable[[], None], unwatched: tuple[str, ...] = MADE_AGAIN
) -> Callable[..., Any]:
    """A call that changes a file, with `before` done where the file is one of the project.

    What is made again at need is not one: a result that is missing or half there is made again.
    """

    def step(what: Any, *others: Any, **named: Any) -> Any:
        folder = named.get("dir_fd")
        path = opened(what) if isinstance(what, int) else opened(folder) / what if folder else Path(what)
        if path.is_relative_to(root) and not path.relative_to(root).as_posix().startswith(unwatched):
            before()
        return real(what, *others, **named)

    return step


@pytest.fixture(autouse=True)
def drawn_apart(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path_factory.mktemp("drawn")
    monkeypatch.setattr(gallery, "draw", draw_apart(kept))
    monkeypatch.setattr(briefs, "as_pdf", set_apart(kept))


def killed_at(moment: int, work: Callable[[], object], root: Path, unwatched: tuple[str, ...] = MADE_AGAIN) -> int:
    """Work done in a process that ends before its n-th change; its exit status."""
    return exit_status(lambda: _die_at(moment, work, root, unwatched))


def _die_at(
    moment: int, work: Callable[[], object], root: Path, unwatched: tuple[str, ...]
) -> None:  # pragma: no cover
    left = count(1)

    def end() -> None:
        if next(left) == moment:
            os._exit(KILLED)

    for name in CALLS:
        setattr(os, name, watched(root, getattr(os, name), end, unwatched))
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

    before, moment = files(root), 0
    while files(root) == before:
        moment += 1
        killed_at(moment, work, root)
        with hold_lock(root, tell=Mock()):
            pass
    assert moment > 12
    assert files(root) == {"a": b"a2", "neuf/c": b"c1"}


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc, to know which file is flushed")
def test_who_puts_back_is_killed_too_and_the_next_one_says_all(root: Path) -> None:
    def work() -> None:
        with hold_lock(root):
            change(root)
            os._exit(KILLED)

    def tell(outcome: Outcome) -> None:
        if outcome != Outcome():
            told.write_text(" ".join(outcome.restored_files), encoding="utf-8")

    def put_back() -> None:
        with hold_lock(root, tell=tell):
            pass

    before, moment, told = files(root), 0, root.parent / f"{root.name}-told"
    status = KILLED
    while status == KILLED:
        told.unlink(missing_ok=True)
        assert killed_at(0, work, root) == KILLED
        status = killed_at(moment := moment + 1, put_back, root)
        put_back()
        assert told.read_text(encoding="utf-8") == "a b neuf/c", moment
        assert files(root) == before and not (root / transaction.FOLDER).exists()
    assert moment > 6


def test_a_command_that_began_while_one_was_at_work_that_was_killed_since_does_nothing(root: Path) -> None:
    """What it has read may be half of what the other did; the next command, which reads nothing before, says so."""

    def work(once: str = "", until: int = 0) -> None:
        with hold_lock(root, once=once):
            change(root)
            if not until:
                os._exit(KILLED)
        os._exit(KILLED)

    for cut_off in (work, lambda: work("un pas en arrière", 1)):
        assert killed_at(0, cut_off, root) == KILLED
        left = files(root)
        with pytest.raises(BuildFolderBusy), hold_lock(root):
            change(root)
        assert files(root) == left
        with hold_lock(root, tell=(tell := Mock())) as recovered:
            tell.assert_called_once_with(recovered)
            assert recovered != Outcome()


def test_what_somebody_changed_after_the_kill_is_theirs(root: Path) -> None:
    def work() -> None:
        with hold_lock(root):
            change(root)
            os._exit(KILLED)

    assert killed_at(0, work, root) == KILLED
    (root / "a").write_text("corrigé depuis", encoding="utf-8")
    with hold_lock(root, tell=Mock()) as recovered:
        assert (recovered.foreign_files, recovered.restored_files) == (("a",), ("b", "neuf/c"))
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
    with hold_lock(root, tell=Mock()):
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


def test_what_is_kept_in_mind_goes_when_a_build_did_not_ask_for_it(tmp_path: Path) -> None:
    made = list[str]()
    kept, long_text = Cache(tmp_path, "maker"), kept_in_mind(lambda text: made.append(text) or f"lu : {text}")
    for edition in ("a", "a", "b", "a"):
        assert [long_text(one) for one in ("stable", edition, edition)][1:] == [f"lu : {edition}"] * 2
        kept.sweep("another kind")
        kept.sweep()
    assert made == ["stable", "a", "b", "a"]


def test_parts_of_killed_commands_are_cleared_wherever_they_lie(root: Path) -> None:
    for folder in ("build/cache/kind", "contributions/beta", "build"):
        (root / folder).mkdir(parents=True, exist_ok=True)
        (root / folder / ".texte.md.12-34.part").write_bytes(b"demi")
    (root / "contributions/beta/un autre.part").write_bytes(b"celui d'un navigateur")
    with hold_lock(root):
        pass
    assert [path.name for path in root.rglob("*.part")] == ["un autre.part"]


def test_half_written_files_are_no_part_of_what_a_report_is_made_from(root: Path) -> None:
    for folder in ("chapters", "contributions/beta"):
        (root / folder).mkdir(parents=True)
        (root / folder / "texte.md").write_bytes(b"entier")
        (root / folder / ".texte.md.12-34.part").write_bytes(b"demi")
    with zipfile.ZipFile(io.BytesIO(sources(root))) as kept:
        assert kept.namelist() == ["chapters/texte.md", "contributions/beta/texte.md"]


def test_temporary_files_lie_in_build_and_go(tmp_path: Path) -> None:
    left = tmp_path / temporary.FOLDER / "999999999-x"
    left.mkdir(parents=True)
    with temporary.temporary_files(tmp_path):
        assert not left.exists()
        assert Path(tempfile.gettempdir()).is_relative_to(tmp_path / temporary.FOLDER)
        assert os.environ["TMPDIR"] == tempfile.gettempdir()
    assert not (tmp_path / "build").exists()
    assert not Path(tempfile.gettempdir()).is_relative_to(tmp_path / "build")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc, to know when a process began")
def test_a_program_that_a_killed_command_had_started_ends_with_what_it_left(tmp_path: Path) -> None:
    """LibreOffice goes on without who started it, and writes again what was deleted."""
    write_for_ever = "while :; do mkdir -p $0/profile; : > $0/profile/settings; done"

    def work() -> None:
        with temporary.temporary_files(tmp_path):
            program = subprocess.Popen(["sh", "-c", write_for_ever, tempfile.gettempdir()], start_new_session=True)
            temporary.ends_with_us(program.pid)
            while not Path(tempfile.gettempdir(), "profile").exists():
                pass
            os._exit(KILLED)

    assert killed_at(0, work, tmp_path) == KILLED
    with temporary.temporary_files(tmp_path):
        pass
    assert not (tmp_path / "build").exists()


def test_what_is_half_written_lies_there_too(root: Path) -> None:
    """So that whatever command comes next clears it, the one that only looks too."""
    kept = Cache(root / "build/cache", "maker")

    def work() -> None:
        with temporary.temporary_files(root):
            kept.put(kept.get("kind", "1")[0], b"un")
            write_atomically(root / "a", b"a1")

    before, moment = files(root), 0
    while killed_at(moment := moment + 1, work, root, MADE_AGAIN[1:2]) == KILLED:
        with temporary.temporary_files(root):
            pass
        assert not list(root.rglob("*.part")) and not (root / temporary.FOLDER).exists()
    assert moment > 4
    assert files(root) != before


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc, to know when a process began")
def test_temporary_files_of_a_process_whose_number_was_given_again_go(tmp_path: Path) -> None:
    home = tmp_path / temporary.FOLDER
    for began in ("1", "999999999999"):
        (home / f"{os.getpid()}.{began}-x").mkdir(parents=True)
    with temporary.temporary_files(tmp_path):
        mine = Path(tempfile.gettempdir())
        temporary.clear(tmp_path)
        assert list(home.iterdir()) == [mine]


@pytest.mark.slow
def test_a_disk_that_is_full_while_a_file_is_read_is_no_fault_of_the_file(
    project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(project, "beta/mendicite.docx", facts(FACTS))
    before = files(project)
    with monkeypatch.context() as patched:
        full = Mock(side_effect=OSError(28, "No space left on device"))
        patched.setattr("rapport.intake.inbox.convert_file", full)
        assert cli.run(["intake", "--root", str(project)]) == 1
    assert "le disque est plein, faites de la place et recommencez ; rien n'est écrit" in capfd.readouterr().err
    assert files(project) == before
    assert cli.run(["intake", "--root", str(project)]) == 0


@pytest.mark.slow
def test_a_disk_that_is_full_after_the_first_of_two_files_leaves_nothing_of_it(
    project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two files that nothing tells apart, the first would stand, and the same command would ask about one only."""
    received(project)
    before, write = files(project), Journal.write
    room = iter([None, OSError(28, "No space left on device")])

    def limited(journal: Journal, *arguments: Any) -> None:
        if error := next(room):
            raise error
        write(journal, *arguments)

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "write", limited)
        assert cli.run(["intake", "--root", str(project)]) == 1
    assert "rien n'est écrit, tous les fichiers sont comme avant" in capfd.readouterr().err
    assert files(project) == before


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["at the end", "at each line"])
def test_a_screen_that_takes_nothing_is_told_as_one(unbuffered: str, project: Path) -> None:
    """The second time, what was said before is only said again; the exit status is the same."""
    for _ in range(2):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "rapport", "check"], cwd=project, stdout=full, stderr=subprocess.PIPE,
                env={**os.environ, "PYTHONUNBUFFERED": unbuffered}, text=True, check=False,
            )  # fmt: skip
        assert done.stderr.startswith("ce qui devait s'afficher n'a pas pu être écrit là où vous l'envoyez")
        assert done.stderr.count("\n") == 1 and "build/" not in done.stderr
        assert done.returncode == 1


@pytest.mark.slow
@pytest.mark.parametrize("command", LOOKING, ids=" ".join)
def test_what_only_looks_changes_nothing(command: tuple[str, ...], project: Path) -> None:
    """`files` leaves out build/cache, which is made again at need."""
    lines_of(project, "build")
    before = files(project)
    assert cli.run([*command, "--root", str(project)]) == 0
    assert files(project) == before


@pytest.mark.slow
def test_a_dialogue_that_the_disk_stops_says_how_many_decisions_stand(
    project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = remarked(project, OPEN)
    typed, room = iter(["o", "", "o", ""]), iter([None, OSError(28, "No space left on device")])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(builtins, "input", lambda _: next(typed))
    save = decide.save_ledger

    def limited(*arguments: Any) -> None:
        if error := next(room):
            raise error
        save(*arguments)

    monkeypatch.setattr(decide, "save_ledger", limited)
    capfd.readouterr()
    assert cli.run(["decide", "--root", str(project)]) == 1
    said = capfd.readouterr().err
    assert "cette décision n'est pas écrite ; celles d'avant le sont, et restent : 1" in said
    assert "rien n'est écrit" not in said
    assert sorted(remark.etat for remark in desk.kept.values()) == sorted([ACCEPTED, OPEN])


@pytest.mark.slow
def test_a_review_of_names_that_the_disk_stops_says_how_many_decisions_stand(
    project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    doubtful(project)
    path = project / PATH
    path.write_text(path.read_text(encoding="utf-8") + "\nUn jour, Fatou Sissoko est venue.\n", encoding="utf-8")
    note, room = review_names.record, iter([None, OSError(28, "No space left on device")])

    def limited(*arguments: Any) -> None:
        if error := next(room):
            raise error
        note(*arguments)

    monkeypatch.setattr(review_names, "record", limited)
    typed = iter(["p", "Une personne", "une raison", "p", "une raison"])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(builtins, "input", lambda _: next(typed))
    assert cli.run(["review-names", "--root", str(project)]) == 1
    said = capfd.readouterr().err
    assert "celles d'avant le sont, et restent : 1" in said and "rien n'est écrit" not in said
    assert "une raison" in (project / "chapters/noms-revus.yaml").read_text(encoding="utf-8")


# ---------------------------------------------------------------- every command


def lines_of(project: Path, *typed: str) -> None:
    assert cli.run([*typed, "--root", str(project)]) == 0


def rewritten(project: Path) -> None:
    path = project / PATH
    path.write_text(path.read_text(encoding="utf-8").replace("inventé", "imaginé"), encoding="utf-8")


def complete(project: Path) -> None:
    finish(project)
    lines_of(project, "public")
    rewritten(project)
    approve(project)


def edited(project: Path) -> None:
    lines_of(project, "build")
    rewritten(project)


def received(project: Path) -> None:
    """Two files of which nothing says which is the newer: the second takes the first one's place back."""
    drop(project, "beta/mendicite.docx", facts(FACTS, MORE))
    drop(project, "beta/mendicite finale.docx", facts(FACTS, "D'autres mots inventés."))
    drop(project, "gamma/travail-force.docx", facts(FACTS))
    drop(project, "beta/rapport.pdf", pdf())


def taken_in(project: Path) -> None:
    received(project)
    cli.run(["intake", "--root", str(project)])


def noted(project: Path) -> None:
    taken_in(project)
    lines_of(project, "documents", "1", "--read")


def frozen(project: Path) -> None:
    (project / PATH).write_text(TEXT, encoding="utf-8")
    lines_of(project, "draft")


def frozen_and_edited(project: Path) -> None:
    frozen(project)
    rewritten(project)


def sent_back(project: Path) -> None:
    frozen(project)
    content = (project / "build/projet-1/rapport-projet-1.docx").read_bytes()
    editor = Editor(content, draft_map.load(project, 1).places, 1, True)
    editor.edit(6)
    drop(project, "reviews/jeanne.docx", editor.save())


def remarked(project: Path, state: str = ACCEPTED) -> Desk:
    frozen(project)
    desk = Desk(project)
    changes = ("premier", "dernier", "point"), ("dix", "onze", "cas")
    desk.keep(*(desk.remark(*words, state=state) for words in changes))
    return desk


def table_filled(project: Path) -> None:
    desk = remarked(project, OPEN)
    drop(project, "remarques.docx", filled(desk, dict.fromkeys(desk.kept, ("accepter", ""))))


def workshop_sent_back(project: Path) -> None:
    """The form of a workshop, filled in, with a drawing."""
    drawn = {"Ce que montre": ["une porte bleue"], **AGREED}
    drop(project, "atelier.docx", filled_word(form_of(project, "docx"), [drawn, *SPOKEN], drawing=picture("blue")))


def translation_sent_back(project: Path) -> None:
    form = test_translation_form.form_of(project)
    drop(project, "retour.docx", test_translation_form.filled(form, test_translation_form.all_typed(form)))


def version_made(project: Path) -> None:
    lay_workshop(project)
    test_children_version.lay(project)
    lines_of(project, "children-version")


def version_written_again(project: Path) -> None:
    version_made(project)
    test_children_version.lay(project, test_children_version.SHORT.replace("pour toi.", "pour toi, enfant."))


def printed_for_children(project: Path) -> None:
    lay_workshop(project)
    lines_of(project, "draft")
    lines_of(project, "children")


def shown(project: Path) -> None:
    lines_of(project, "consent")


def collecting(project: Path) -> None:
    (project / "chapters/indicateurs.yaml").write_text(WIDE, encoding="utf-8")
    send(project, "beta", [3, 2077, 3088, 1299, 1866, 4055, 2233, 977, 5011])


def with_calendar(project: Path) -> None:
    planned(project)
    write(project, "chapters/actions.yaml", FIVE)


def followed(project: Path) -> None:
    complete(project)
    lines_of(project, "draft")


def with_addressees(project: Path) -> None:
    """Pages of a former run, of which one is nobody's any more."""
    outline, text = project / "chapters/outline.yaml", project / PATH
    outline.write_text(outline.read_text(encoding="utf-8") + test_briefs.ADDRESSEES, encoding="utf-8")
    text.write_text(test_briefs.TEXT, encoding="utf-8")
    lines_of(project, "briefs")
    text.write_text(test_briefs.TEXT.replace("ministère inventé", "Parlement"), encoding="utf-8")


def doubtful(project: Path) -> None:
    path = project / PATH
    path.write_text(path.read_text(encoding="utf-8").replace("inventé", "d'Aminata Diallo", 1), encoding="utf-8")


def names_reviewed(project: Path) -> int:
    """`make review-names` with somebody at the terminal, who settles one finding."""
    typed = iter(["p", "Une personne", "une raison", "q"])
    with pytest.MonkeyPatch.context() as terminal:
        terminal.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
        terminal.setattr(builtins, "input", lambda _: next(typed))
        terminal.setattr(secrets, "token_hex", lambda length: "5a" * length)
        return cli.run(["review-names", "--root", str(project)])


Verb = tuple[Callable[[Path], object], tuple[str, ...]]
COMMANDS: Mapping[str, Verb] = {
    "build": (edited, ("build",)),
    "english": (edited, ("build", "--report-language", "en")),
    "public": (complete, ("public",)),
    "confidential": (complete, ("confidential",)),
    "intake": (received, ("intake",)),
    "undo": (taken_in, ("intake", "--undo", "oui")),
    "documents": (taken_in, ("documents", "1", "--read")),
    "cite": (noted, ("documents", "1", "--cite", "oui", "--author", "Institution inventée", "--year", "2013")),
    "draft": (edited, ("draft", "--association", "toutes")),
    "redline": (frozen_and_edited, ("redline",)),
    "review": (sent_back, ("review",)),
    "decide": (lambda project: remarked(project, OPEN), ("decide", "--accept", "--association", "beta")),
    "table": (table_filled, ("decide", "--file", "remarques.docx")),
    "apply": (remarked, ("apply",)),
    "answers": (remarked, ("answers",)),
    "consent": (edited, ("consent",)),
    "reserve": (
        shown,
        (
            "consent",
            "--association",
            "beta",
            "--reserve",
            "--on",
            "R1",
            "--by",
            "Une personne",
            "--words",
            "Pas nous.",
        ),
    ),
    "agree": (shown, ("consent", "--association", "beta", "--agree", "--by", "Une personne")),
    "letters": (taken_in, ("letters",)),
    "workshop": (workshop_sent_back, ("intake",)),
    "translated": (translation_sent_back, ("intake",)),
    "children": (lay_workshop, ("children",)),
    "page": (
        lambda project: lay_workshop(project, False),
        ("children", "--piece", "P-01", "--agree", "--date", "2014-06-12"),
    ),
    "withdrawn": (printed_for_children, ("children", "--piece", "D-01", "--withdraw", "--date", "2014-07-01")),
    "version": (version_written_again, ("children-version",)),
    "approved": (version_made, ("children-version", "--agree", "--date", "2014-06-20")),
    "booklet": (lay_workshop, ("booklet",)),
    "forms": (edited, ("forms", "--association", "beta", "--theme", "mendicite")),
    "figures": (collecting, ("figures", "--publish")),
    "calendar": (with_calendar, ("calendar",)),
    "reminders": (with_calendar, ("reminders", "--date", "2015-01-12")),
    "sent": (with_calendar, ("reminders", "--date", "2015-01-12", "--sent", "oui")),
    "desk": (with_calendar, ("desk",)),
    "follow": (followed, ("follow",)),
    "briefs": (with_addressees, ("briefs",)),
    "questions": (edited, ("new", "--answers", "reponses.txt")),
    "translation": (edited, ("translation",)),
    "review-names": (doubtful, ()),
}
STEPS = ("undo",)  # asked for twice, two steps back
ONCE = ("undo", "cite", "draft", "questions")  # or refused the second time


def test_every_verb_that_changes_files_is_killed_here() -> None:
    killed = {command[0] if command else name for name, (_, command) in COMMANDS.items()}
    looking = {verb for verb, *more in LOOKING if "--list" not in more}
    assert killed.isdisjoint(looking)
    assert killed | looking | {*BESIDE} == {verb.name for verb in cli.VERBS}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc, to know which file is flushed")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_was_killed_and_is_run_again(
    name: str, project: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What each kill would leave is copied on the way, and put right; then two kills are done.

    Where the project is put right to the byte, the same command does again what it would have done.
    """
    monkeypatch.setattr("secrets.token_bytes", bytes)  # or each run of `withdrawn` has a secret of its own
    prepare, command = COMMANDS[name]
    prepare(project)
    before, ready = files(project), shutil.copytree(project, tmp_path / "prêt")
    put_right, cut = list[dict[str, bytes]](), tmp_path / "coupé"

    def work(*typed: str) -> int:
        return cli.run([*(typed or command), "--root", str(project)]) if command or typed else names_reviewed(project)

    def look() -> None:
        """Folders stay from look to look: a file system is slow to make new ones after deletions."""
        with one_at_a_time:
            for path in sorted(cut.rglob("*"), reverse=True):
                if not path.is_dir():
                    path.unlink()
                elif not (project / path.relative_to(cut)).is_dir():
                    path.rmdir()
            shutil.copytree(project, cut, ignore=again, copy_function=link, dirs_exist_ok=True)
            recover(cut)
            put_right.append(files(cut))

    again, link, one_at_a_time = shutil.ignore_patterns("cache", "staging", "tmp"), os.link, Lock()
    with monkeypatch.context() as patched:
        for call in CALLS:
            patched.setattr(os, call, watched(project, getattr(os, call), look))
        patched.setattr(transaction, "is_alive", lambda *_: False)
        work()
    right = files(project)
    put_right.append(right)
    assert right != before
    kept = next(at for at, state in enumerate(put_right) if state != before)
    assert all(state == right for state in put_right[kept:]), "taken back, up to the moment from which all of it stands"
    assert kept > 3
    at_its_end = [(len(put_right) - 1, ())] if name in ONCE else []
    for moment, other in ((kept // 2, ("check",)), (kept, ()), *at_its_end):
        shutil.rmtree(project)
        shutil.copytree(ready, project)
        assert killed_at(moment, work, project) == KILLED
        left, nothing = files(project), b""  # as is an empty folder, which goes unsaid
        differ = {path for path in left | before if left.get(path, nothing) != before.get(path, nothing)}
        torn = {path for path in differ if not path.startswith(transaction.FOLDER)}
        capfd.readouterr()
        if other:
            work(*other)
            assert not torn or "une commande avait été coupée avant sa fin" in capfd.readouterr().err
            assert files(project) == before
        capfd.readouterr()
        work()
        if moment > kept:
            assert "elle n'est pas faite une seconde fois" in capfd.readouterr().err
        assert files(project) == right, moment
        assert not list(project.rglob("*.part"))
        assert not list(project.glob(".transaction*")) and not (project / temporary.FOLDER).exists()
    if name not in STEPS:
        work()
        assert files(project) == right, "what was done, and not known to be, is asked for again"
