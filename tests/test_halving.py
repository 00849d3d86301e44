"""One text never stops the others: what a writer breaks down at is found, refused with its box, and remembered."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import pytest

import rapport
from conftest import lay_stock
from rapport import cli, pipeline
from rapport.checks import limits
from rapport.commands import watch
from rapport.commands.arguments import Options
from rapport.commands.context import Context
from rapport.halving import Halving
from rapport.messages.stop import ERRORS, FINE
from rapport.model import Document
from rapport.output.docx import writer as docx
from rapport.output.export import Export
from rapport.output.html import writer as html
from rapport.output.pdf import writer as pdf
from rapport.output.pdf.writer import Compiler
from rapport.report.writer_failure import WriterFailure

pytestmark = pytest.mark.slow

MARK = "perlimpinpin"
TEXT = """---
titre: Un titre inventé
date: 2014-12-04
auteurs: [Une association inventée]
statut: valide
diffusion: publique
---

## Constat

Un constat inventé de {name}. {words}

## Analyse au regard de la Convention

Une analyse inventée de {name}.

## Recommandations

- **Au ministère de la Justice** (CIDE 39) : recommandation inventée de {name}.
"""
NAMES = ("alpha", "beta", "gamma")


@pytest.fixture(autouse=True)
def warm(tmp_path: Path, kept: Path) -> None:
    """What is kept of the stock's own texts lies where each project is laid."""
    shutil.copytree(kept, tmp_path / "build/cache")


def lay(folder: Path, **words: str) -> Path:
    """The stock, and a text on the theme « mendicite » from each association, with words of its own."""
    root = lay_stock(folder)
    card = root / "contributions" / "gamma" / "association.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("candidate", "membre"), encoding="utf-8")
    for name in NAMES:
        text = TEXT.format(name=name, words=words.get(name, "Rien de plus."))
        (root / "contributions" / name / "mendicite.md").write_text(text, encoding="utf-8")
    return root


def run(root: Path, *typed: str) -> int:
    return cli.run([*typed, "--root", str(root), "--lang", "fr"])


def accused(said: str) -> list[str]:
    """The associations whose text is said to stop the report."""
    return re.findall(r"^contributions/(\w+)/mendicite.md: erreur F14 : ", said, re.MULTILINE)


def break_typst(monkeypatch: pytest.MonkeyPatch) -> None:
    compile = Compiler.compile

    def broken(self: Compiler, folder: Path) -> bytes:
        if any(MARK in path.read_text(encoding="utf-8") for path in folder.glob("*.json")):
            raise pdf.TypesettingError("typst broke down: invented")
        return compile(self, folder)

    monkeypatch.setattr(Compiler, "compile", broken)


def break_with(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, error: Exception, mark: str = MARK) -> None:
    """Have a function fail at whatever says the marker word, wherever it stands in its first argument."""
    function: Callable[..., Any] = getattr(module, name)

    def broken(first: Any, *others: Any, **more: Any) -> Any:
        if mark in repr(first):
            raise error
        return function(first, *others, **more)

    monkeypatch.setattr(module, name, broken)


BREAKING: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "PDF": break_typst,
    "DOCX": lambda patch: break_with(patch, docx, "write", docx.pandoc.PandocError("invented")),
    "HTML": lambda patch: break_with(patch, html, "write", RecursionError("invented")),
    "DOCX, PDF, HTML": lambda patch: break_with(patch, pipeline, "assemble", KeyError("invented")),
}


@pytest.mark.parametrize("writer", BREAKING)
def test_a_text_that_breaks_a_writer_is_refused_and_the_others_are_printed(
    writer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay(tmp_path, beta=f"Un {MARK} inventé.")
    BREAKING[writer](monkeypatch)
    assert run(root, "build") == ERRORS
    said = capsys.readouterr().out
    assert accused(said) == ["beta"]
    assert f"empêche le programme de faire le rapport ({writer})" in said
    page = (root / "build" / "rapport-projet.html").read_text(encoding="utf-8")
    assert "inventé de alpha" in page and "inventé de gamma" in page and "inventé de beta" not in page
    assert MARK not in page and 'class="notice refused' in page
    assert {path.suffix for path in (root / "build").glob("rapport-projet.*")} == {".docx", ".pdf", ".html"}
    assert run(root, "check") == ERRORS  # what a build found is known to every verb
    assert accused(capsys.readouterr().out) == ["beta"]
    assert run(root, "verify") == FINE


@pytest.mark.parametrize("words", ["« " * 60, "l'" * 200])
def test_a_text_that_runs_off_the_page_is_refused_and_the_others_are_printed(
    words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing breaks down, but what the typesetter made of it is not what was written."""
    root = lay(tmp_path, beta=words)
    assert run(root, "build") == ERRORS
    assert accused(capsys.readouterr().out) == ["beta"]
    page = (root / "build" / "rapport-projet.html").read_text(encoding="utf-8")
    assert "inventé de alpha" in page and "inventé de gamma" in page and "inventé de beta" not in page
    assert run(root, "verify") == FINE


def test_two_texts_at_once_are_both_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay(tmp_path, alpha=f"Un {MARK} inventé.", gamma=f"Un autre {MARK} inventé.")
    break_typst(monkeypatch)
    assert run(root, "build") == ERRORS
    assert accused(capsys.readouterr().out) == ["alpha", "gamma"]


def test_two_texts_that_break_two_writers_are_both_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay(tmp_path, alpha="Un carabistouille inventé.", gamma=f"Un {MARK} inventé.")
    break_typst(monkeypatch)
    break_with(monkeypatch, html, "write", RecursionError("invented"), "carabistouille")
    assert run(root, "build") == ERRORS
    assert sorted(accused(capsys.readouterr().out)) == ["alpha", "gamma"]


def test_what_was_found_is_not_looked_for_again_until_its_text_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay(tmp_path, beta=f"Un {MARK} inventé.")
    break_typst(monkeypatch)
    assert run(root, "build") == ERRORS
    tried: list[WriterFailure] = []
    without = Halving.without_culprits
    monkeypatch.setattr(
        Halving,
        "without_culprits",
        lambda self, examined, failure: tried.append(failure) or without(self, examined, failure),
    )
    other = root / "contributions" / "alpha" / "mendicite.md"
    other.write_text(other.read_text(encoding="utf-8").replace("constat inventé", "autre constat"), encoding="utf-8")
    assert run(root, "build") == ERRORS
    assert tried == []
    culprit = root / "contributions" / "beta" / "mendicite.md"
    culprit.write_text(culprit.read_text(encoding="utf-8").replace(MARK, "mot"), encoding="utf-8")
    capsys.readouterr()
    assert run(root, "build") == FINE
    assert accused(capsys.readouterr().out) == [] and tried == []


def test_where_no_text_is_the_cause_the_message_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay(tmp_path)
    template = root / "chapters" / "annexes.md.j2"
    template.write_text(template.read_text(encoding="utf-8") + f"\nUn {MARK} inventé.\n", encoding="utf-8")
    break_typst(monkeypatch)
    assert run(root, "build") == 3
    said = capsys.readouterr()
    assert accused(said.out) == [] and "erreur du programme" in said.err
    assert "typst broke down: invented" in (root / "build" / "erreur.txt").read_text(encoding="utf-8")


def test_texts_that_break_a_writer_only_together_are_not_accused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay(tmp_path, alpha="Un carabistouille inventé.", gamma=f"Un {MARK} inventé.")
    write = html.write

    def broken(document: Document, images: Path) -> bytes:
        if "carabi" in repr(document) and MARK in repr(document):
            raise RecursionError
        return write(document, images)

    monkeypatch.setattr(html, "write", broken)
    assert run(root, "build") == 3
    assert accused(capsys.readouterr().out) == []


def test_a_public_edition_waits_and_names_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay(tmp_path, beta=f"Un {MARK} inventé.")
    break_typst(monkeypatch)
    assert run(root, "build", "--edition", "public") == ERRORS
    said = capsys.readouterr()
    assert accused(said.err) == ["beta"]
    assert not (root / "build" / "rapport-public.pdf").exists()
    assert run(root, "public") == ERRORS
    assert "contributions/beta/mendicite.md" in capsys.readouterr().err


def test_a_draft_is_frozen_without_it_and_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay(tmp_path, beta=f"Un {MARK} inventé.")
    break_typst(monkeypatch)
    outline = root / "chapters" / "outline.yaml"
    if not re.search(r"projet.*\d", outline.read_text(encoding="utf-8")):
        pytest.fail("the stock names no draft")
    assert run(root, "draft") == FINE
    assert accused(capsys.readouterr().out) == ["beta"]


def test_a_watch_goes_on_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = lay(tmp_path, beta=f"Un {MARK} inventé.")
    break_typst(monkeypatch)
    said: list[str] = []
    monkeypatch.setattr(Context, "show", lambda self, words: said.append(words))
    watching = watch._Watching(Context(Options(verb="watch", root=root, lang="fr")))
    with Compiler() as compiler:
        watching.export = Export(root, watching.cache, compiler)
        watching.rebuild("make watch")
        watching.export.close()
    assert accused("\n".join(said)) == ["beta"]
    assert (root / "build" / "rapport-projet.pdf").exists()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Un constat inventé.\n\n### " + "mot " * 9_000 + "\n\nInventé.", id="heading"),
        pytest.param(f"Un [lien](https://exemple.org/{'a' * 9_000}) inventé.", id="address"),
    ],
)
def test_what_typst_really_breaks_down_at(
    words: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "HEADING", 10**6)  # which a rule knows beforehand, but for this
    monkeypatch.setattr(limits, "FINDS", {})
    root = lay(tmp_path, beta=words)
    assert run(root, "build") == ERRORS
    said = capfd.readouterr()
    assert accused(said.out) == ["beta"] and "panicked" not in said.err


HANGING = """
import json, sys, time
from pathlib import Path
from rapport.output.pdf import writer
compile = writer.typesetter
def stuck(folder):
    def set_or_hang():
        if any(MARK in path.read_text(encoding="utf-8") for path in Path(folder).glob("*.json")):
            HOW
        return compile(folder)()
    return set_or_hang
writer.typesetter = stuck
writer.serve()
"""


@pytest.mark.parametrize("how", ["time.sleep(600)", "import os; os.abort()"], ids=["hangs", "dies"])
def test_a_text_that_typst_hangs_or_dies_at_is_refused_and_the_others_are_printed(
    how: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way: another process, the limit, the halving, the build of the others."""
    stub = tmp_path / "stub.py"
    stub.write_text(HANGING.replace("MARK", repr(MARK)).replace("HOW", how), encoding="utf-8")
    monkeypatch.setattr(pdf, "SERVER", (sys.executable, str(stub)))
    monkeypatch.setenv("PYTHONPATH", str(Path(rapport.__file__).parents[1]))
    monkeypatch.setattr(pdf, "TIME_LIMIT", 8)  # seconds, above what the texts of this test take
    root = lay(tmp_path, beta=f"Un {MARK} inventé.")
    assert run(root, "build") == ERRORS
    said = capsys.readouterr().out
    assert accused(said) == ["beta"]
    page = (root / "build" / "rapport-projet.html").read_text(encoding="utf-8")
    assert "inventé de alpha" in page and "inventé de gamma" in page and MARK not in page
    assert {path.suffix for path in (root / "build").glob("rapport-projet.*")} == {".docx", ".pdf", ".html"}


def test_a_typesetter_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "TIME_LIMIT", 0.2)
    with Compiler() as compiler:
        compiler.close()
        compiler.process = Popen(["sleep", "600"], stdin=PIPE, stdout=PIPE)
        with pytest.raises(pdf.TypesettingError, match="ended before"):
            compiler.compile(tmp_path)
        assert compiler.process.poll() is None  # a fresh one is ready for the other texts
