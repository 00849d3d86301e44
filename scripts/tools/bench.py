"""bench: our chain against the naive way on the same synthetic texts, measured in one run.

The naive way is what pasting all the files into one would cost: pandoc to DOCX, pandoc to typst, typst to PDF.
Runs alternate, so that a busy machine weighs on both; what counts is the median of the paired ratios. The same with the
DOCX made beside the PDF is measured too: it is the least that those three programs can take.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory, TemporaryFile

from msgspec import Struct

from rapport.markdown import pandoc
from rapport.messages import bench as spoken
from rapport.messages import phrase
from tools import bench_corpus, bench_names
from tools.bench_corpus import Corpus

SIZES = ((36, 3), (180, 3), (900, 1))  # contributions, rounds
TARGETS = {
    "full": (1.00, 0.90), "edited": (0.55, 0.45), "unchanged": (0.02, 0.02), "watch": (0.22, 0.30),
    "memory": (1.10, 1.10),
}  # fmt: skip
"""What is aimed at, at the smallest size and above it."""
COLUMNS = ("size", "words", "naive", "beside", *TARGETS)
NARROW = 4  # columns of one number
PDF = "build/rapport-projet.pdf"
TEMPLATES = Path(__file__).resolve().parents[2] / "chapters"
STYLE = Path(__file__).parents[1] / "rapport" / "bibliography" / "references-fr.csl"
TYPST = "import typst; typst.compile('report.typ', output='report.pdf')"
PATIENCE, PAUSE = 120, 1  # seconds: for a PDF to come, and between two saves
UNIT = 1024 if sys.platform == "darwin" else 1  # macOS counts the largest size in bytes, Linux in KiB
NOTE_LABEL = re.compile(r"\[\^(\w+)\]")


class Cost(Struct, frozen=True):
    """One measurement: seconds on the clock, seconds of processor, and KiB of the largest single process."""

    wall: float
    cpu: float
    memory: int


class Round(Struct, frozen=True):
    """One of each, taken one after the other."""

    naive: Cost
    beside: float
    full: Cost
    edited: Cost
    unchanged: Cost
    watch: Cost

    def ratios(self) -> dict[str, float]:
        """Our cost as a part of the naive one, by the names of TARGETS."""
        walls = {name: getattr(self, name).wall / self.naive.wall for name in TARGETS if name != "memory"}
        return walls | {"memory": self.full.memory / self.naive.memory}


def bench(say: Callable[[str], None], language: str = "fr", sizes: Sequence[tuple[int, int]] = SIZES) -> int:
    """Measure every size and print the table; always 0, because a slow machine is nobody's mistake."""
    say(spoken("intro", language))
    say(_machine(language))
    say(_row([spoken(f"{name}", language) for name in COLUMNS]))
    for size, rounds in sizes:
        with TemporaryDirectory(prefix="rapport-bench-") as folder:
            corpus = bench_corpus.write(Path(folder, "project"), size, TEMPLATES)
            pasted = paste(corpus, Path(folder, "pasted"))
            measured = [_round(corpus, pasted, number) for number in range(rounds)]
            say(_row(_cells(corpus, measured, language)))
            shutil.rmtree(corpus.root / "build")
            say("\n".join([spoken("timeline", language, size=size), *timeline(corpus, language)]))
            if size == sizes[-1][0]:
                say("\n" + _checking(corpus, size, language))
    say(spoken("legend", language))
    return 0


# ---------------------------------------------------------------- the two ways


def paste(corpus: Corpus, folder: Path) -> Path:
    """All bodies in one file, in the report's order; notes are renamed and images moved, as whoever pastes must do."""
    (folder / "images").mkdir(parents=True)
    bodies = []
    for number, path in enumerate(corpus.contributions):
        text = bench_corpus.body(path.read_text(encoding="utf-8"))
        bodies.append(NOTE_LABEL.sub(rf"[^{number}-\1]", text))
    (folder / "report.md").write_text("\n".join(bodies), encoding="utf-8")
    for image in corpus.root.glob("contributions/*/images/*"):
        shutil.copyfile(image, folder / "images" / image.name)
    shutil.copyfile(corpus.root / "bibliography.bib", folder / "bibliography.bib")
    shutil.copyfile(STYLE, folder / "style.csl")
    return folder


def naive_steps() -> list[list[str]]:
    """The three commands: DOCX, typst's text, PDF."""
    common = ["report.md", "--citeproc", "--bibliography=bibliography.bib", "--csl=style.csl", "--metadata=lang:fr-FR"]
    return [
        [pandoc.binary(), *common, "--to=docx", "--output=report.docx"],
        [pandoc.binary(), *common, "--to=typst", "--standalone", "--output=report.typ"],
        [sys.executable, "-c", TYPST],
    ]


def naive(folder: Path) -> Cost:
    """Three processes, one after the other."""
    costs = [measure(step, folder) for step in naive_steps()]
    return Cost(sum(c.wall for c in costs), sum(c.cpu for c in costs), max(c.memory for c in costs))


def naive_beside(folder: Path) -> float:
    """Seconds of the same, the DOCX made beside the PDF."""
    word, *typeset = naive_steps()
    start = time.perf_counter()
    with ThreadPoolExecutor(1) as other:
        made = other.submit(measure, word, folder)
        for step in typeset:
            measure(step, folder)
        made.result()
    return time.perf_counter() - start


def timeline(corpus: Corpus, language: str) -> list[str]:
    """The steps of one build with their seconds, as `--timings` tells them."""
    told = subprocess.run(
        [sys.executable, "-m", "rapport", "build", "--timings", f"--lang={language}"],
        cwd=corpus.root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", check=True,
    )  # fmt: skip
    return [line for line in told.stderr.splitlines() if line.startswith(" ")]  # beside them, what was taken back


def ours(corpus: Corpus, *verb: str) -> Cost:
    """One command in the project's folder, with the interpreter's own start."""
    return measure([sys.executable, "-m", "rapport", *verb], corpus.root)


def _round(corpus: Corpus, pasted: Path, number: int) -> Round:
    edited = corpus.contributions[len(corpus.contributions) // 2]
    naively, beside = naive(pasted), naive_beside(pasted)
    shutil.rmtree(corpus.root / "build", ignore_errors=True)
    full = ours(corpus, "build")
    bench_corpus.edit(edited, 3 * number)
    rebuilt = ours(corpus, "build")
    unchanged = ours(corpus)
    return Round(naively, beside, full, rebuilt, unchanged, watched(corpus, edited, 3 * number))


def watched(corpus: Corpus, edited: Path, revision: int) -> Cost:
    """From a save to the new PDF in place, the second time: `rapport watch` stands ready for hours."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "rapport", "watch", "--lang=fr"], cwd=corpus.root, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        ready = phrase("watch-ready", "fr").encode()
        for line in process.stdout:
            if line.strip() == ready:
                break
        else:
            raise EOFError("rapport watch ended before it was ready")
        _replaced(corpus, edited, revision + 1)
        wall = _replaced(corpus, edited, revision + 2)
        time.sleep(PAUSE)
    finally:
        process.terminate()  # SIGINT is ignored by what a shell starts in the background
        process.stdout.close()
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // UNIT)


def _replaced(corpus: Corpus, edited: Path, revision: int) -> float:
    """Seconds between a save and the moment another file stands in the PDF's place."""
    time.sleep(PAUSE)  # the DOCX of the save before comes after its PDF
    pdf = corpus.root / PDF
    before, start = pdf.stat().st_ino, time.perf_counter()
    bench_corpus.edit(edited, revision)
    while pdf.stat().st_ino == before:
        if time.perf_counter() - start > PATIENCE:
            raise TimeoutError(f"{PDF}: nothing after {PATIENCE} s")
        time.sleep(0.002)
    return time.perf_counter() - start


def measure(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end; raises RuntimeError, with what it said, when it fails."""
    start = time.perf_counter()
    # Nothing of the command is heard unless it fails, and a file needs nobody to read it meanwhile.
    with TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        # wait4 and not getrusage: this process's other children, and itself, stay out of the count.
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        if process.returncode:
            raise RuntimeError(f"{command}: {process.returncode}\n{log.read().decode(errors='replace')}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // UNIT)


# ---------------------------------------------------------------- what is printed


def _cells(corpus: Corpus, rounds: Sequence[Round], language: str) -> Iterator[str]:
    yield str(len(corpus.contributions))
    yield str(corpus.words)
    yield _number(median(r.naive.wall for r in rounds), language)
    yield _number(median(r.beside for r in rounds), language)
    for name, targets in TARGETS.items():
        target = targets[len(corpus.contributions) > SIZES[0][0]]
        ratio = round(median(r.ratios()[name] for r in rounds), 2)
        verdict = "met" if ratio <= target else "missed"
        yield spoken(f"{verdict}", language, ratio=_number(ratio, language), target=_number(target, language))


def _checking(corpus: Corpus, size: int, language: str) -> str:
    """The processor's time for checking alone: cold, again, and after one edit."""
    shutil.rmtree(corpus.root / "build", ignore_errors=True)
    cold, again = (_number(ours(corpus, "check").cpu, language) for _ in range(2))
    bench_corpus.edit(corpus.contributions[0], 1)
    edited = _number(ours(corpus, "check").cpu, language)
    return spoken("check", language, size=size, cold=cold, again=again, edited=edited)


def _machine(language: str) -> str:
    """What the machine was, and how busy before anything was measured."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    facts = {"processors": os.cpu_count() or 1, "machine": platform.machine(), "python": platform.python_version()}
    return spoken("machine", language, system=platform.system(), load=_number(load, language), **facts)


def _number(value: float, language: str) -> str:
    return f"{value:.2f}".replace(".", "," if language == "fr" else ".")


def _row(cells: Iterator[str] | Sequence[str]) -> str:
    return "".join(f"{cell:<{8 if number < NARROW else 22}}" for number, cell in enumerate(cells)).rstrip()


def main() -> int:
    """Measure the chain, then what the rules of protection find; returns the exit status."""
    language = os.environ.get("RAPPORT_LANG", "fr")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or each command measured compiles the whole package again
    return bench(print, language) or int(not bench_names.run(None, print, language))


if __name__ == "__main__":
    sys.exit(main())
