"""`rapport watch` as a person uses it: save, wait, look."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rapport import pipeline
from rapport.examination.opening import open_cache
from rapport.model import Edition
from rapport.output.export import Export
from rapport.output.pdf.writer import Compiler
from rapport.proof import ProofFailure

pytestmark = pytest.mark.slow

PATIENCE = 30  # seconds on a busy machine; a save is answered in a fraction of one


@pytest.fixture
def watching(project: Path) -> Iterator[tuple[Path, Path]]:
    """The stock project being watched, and the file that the command writes what it says to."""
    said = project.parent / "dit.txt"
    with said.open("w") as out:
        command = [sys.executable, "-u", "-m", "rapport", "watch"]
        process = subprocess.Popen(command, cwd=project, stdout=out, stderr=out, preexec_fn=hear_interrupts)
        try:
            wait(lambda: "prêt" in said.read_text())
            yield project, said
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 130


def hear_interrupts() -> None:
    """Ctrl-C is heard as on a terminal, though who runs the tests in the background has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < end, "not reached in time"
        time.sleep(0.05)


def edit(project: Path, word: str) -> None:
    path = project / "contributions/beta/travail-force.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("## Constat\n", f"## Constat\n\n{word}.\n", 1), encoding="utf-8"
    )


def test_a_save_is_rebuilt_whatever_happened_before(watching: tuple[Path, Path]) -> None:
    project, said = watching
    pdf, docx = project / "build/rapport-projet.pdf", project / "build/rapport-projet.docx"
    before = pdf.read_bytes(), docx.read_bytes()

    edit(project, "Un ajout")
    wait(lambda: "PDF, HTML, DOCX" in said.read_text().split("prêt")[1])
    assert (pdf.read_bytes(), docx.read_bytes()) != before

    shutil.rmtree(project / "build", ignore_errors=True)  # its own temporary folder may go first
    wait(lambda: pdf.exists() and docx.exists())
    wait(lambda: "effacé de build/ → " in said.read_text())
    docx.unlink()
    wait(lambda: docx.exists())
    shutil.rmtree(project / "build", ignore_errors=True)  # its own temporary folder may go first
    edit(project, "Un autre ajout")
    wait(lambda: pdf.exists() and docx.exists())

    outline = project / "chapters/outline.yaml"
    good = outline.read_text(encoding="utf-8")
    outline.write_text("rapport: [", encoding="utf-8")
    wait(lambda: "n'est pas refait" in said.read_text())
    assert pdf.exists()
    outline.write_text(good.replace("Travail forcé", "Le travail forcé"), encoding="utf-8")
    wait(lambda: "outline.yaml → " in said.read_text())

    bibliography = project / "bibliography.bib"
    bibliography.write_text(
        bibliography.read_text(encoding="utf-8").replace("2012-05-04", "2011-05-04"), encoding="utf-8"
    )
    wait(lambda: "bibliography.bib → " in said.read_text())
    assert "Traceback" not in said.read_text()


def test_what_is_proved_is_in_place_before_the_docx_is_made(project: Path) -> None:
    cache = open_cache(project)
    examined = pipeline.examine(project, cache)
    _, document, problems = pipeline.lay_out(examined, Edition.DRAFT, cache)
    assert document is not None, problems
    made: list[str] = []

    def accept() -> None:
        if any(path.endswith(".docx") for path in made):
            raise ProofFailure(())

    written: list[str] = []
    with Compiler() as compiler, pytest.raises(ProofFailure):
        for built in Export(project, cache, compiler).docx_last(
            document, examined.images, lambda path, _: made.append(path), accept
        ):
            written += built.written_files
    assert sorted(written) == ["build/rapport-projet.html", "build/rapport-projet.pdf"]
    assert [(project / path).exists() for path in (*written, "build/rapport-projet.docx")] == [True, True, False]
