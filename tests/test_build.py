"""`rapport build` as a whole: all outputs, the same numbers in them, the same bytes from the same input."""

from __future__ import annotations

import ast
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from conftest import PRODUCT
from rapport import cli
from rapport.messages import en, fr
from rapport.output.export import SUFFIXES
from rapport.proof.output_reading import READERS
from rapport.storage import manifest

pytestmark = pytest.mark.slow

ADD_PHRASES = "write them in messages/fr.py and messages/en.py: `--timings` prints them"
OUTPUTS = ("build/rapport-projet.docx", "build/rapport-projet.pdf", "build/rapport-projet.html")
# `.paragraph` and `.recommendation` are the styles that Word numbers by itself.
NUMBERED_STYLES = re.compile(r'<w:pStyle w:val="(?:Paragraphenumrot|ParagrapheNumerote|Recommandation)\w*"')


def run(project: Path, *arguments: str) -> int:
    return cli.run([*(arguments or ("build",)), "--root", str(project)])


def process(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a person runs it, in the project's folder, without a terminal."""
    env = {"PATH": os.environ["PATH"], "HOME": str(project), **environment}
    command = [sys.executable, "-m", "rapport", *arguments]
    return subprocess.run(
        command, cwd=project, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


def digests(project: Path) -> dict[str, str]:
    return {path: hashlib.sha256((project / path).read_bytes()).hexdigest() for path in OUTPUTS}


def docx_text(project: Path) -> str:
    with zipfile.ZipFile(project / OUTPUTS[0]) as package:
        parts = [package.read(name).decode() for name in ("word/document.xml", "word/footnotes.xml")]
    return " ".join("".join(re.findall(r"<w:t[ >][^<]*</w:t>|<w:t>[^<]*</w:t>", part)) for part in parts)


def in_words(xml: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", xml))


def test_a_build_makes_every_output(unbuilt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(unbuilt) == 0
    said = capsys.readouterr()
    assert "aucune erreur dans 3 contributions" in said.out
    assert said.err == ""
    text = in_words(docx_text(unbuilt))
    for sentence in (
        "Ce texte est inventé pour les tests",
        "Une note inventée.",
        "Un tableau inventé",
        "inventer une loi",
    ):
        assert sentence in text
    with pikepdf.open(unbuilt / OUTPUTS[1]) as report:
        assert str(report.docinfo["/Title"]) == "Rapport inventé pour les tests"
        assert len(report.pages) > 2


def test_the_same_input_gives_the_same_bytes(unbuilt: Path, tmp_path: Path) -> None:
    run(unbuilt)
    cold = digests(unbuilt)
    (unbuilt / "build/rapport-projet.docx").unlink()
    run(unbuilt)
    assert digests(unbuilt) == cold, "from a warm cache"
    other = tmp_path / "ailleurs"
    shutil.copytree(unbuilt, other, ignore=shutil.ignore_patterns("build"))
    run(other)
    assert digests(other) == cold, "in another folder"


def test_a_cached_build_after_an_edit_equals_a_clean_one(project: Path) -> None:
    run(project)
    text = project / "contributions/beta/travail-force.md"
    text.write_text(text.read_text(encoding="utf-8").replace("inventé", "imaginé", 1), encoding="utf-8")
    run(project)
    cached = digests(project)
    shutil.rmtree(project / "build")
    run(project)
    assert digests(project) == cached


def test_nothing_changed_writes_nothing(project: Path) -> None:
    assert process(project, "build").returncode == 0
    before = {path: (project / path).stat().st_mtime_ns for path in OUTPUTS}
    again = process(project, "build")
    assert "build/rapport-projet.pdf inchangé" in again.stdout
    assert {path: (project / path).stat().st_mtime_ns for path in OUTPUTS} == before


def test_the_quick_answer_is_the_long_one(project: Path) -> None:
    (project / "contributions/alpha/note.txt").write_text("ignoré")
    process(project, "build")
    quick, long = process(project, "build"), process(project, "build", "--lang", "fr")
    assert quick.stdout == long.stdout
    assert quick.returncode == long.returncode


def test_an_unchanged_project_is_checked_by_its_last_words(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "program", manifest.program.__wrapped__)  # as the processes below see it
    first, again = process(project, "check"), process(project, "check")
    assert (first.stdout, first.returncode) == (again.stdout, again.returncode) and first.stdout
    assert manifest.recall(str(project), "check-fr-fr") == (first.stdout.rstrip("\n"), 0)
    (project / "contributions" / "alpha" / "parole.md").write_text("abîmé", encoding="utf-8")
    assert manifest.recall(str(project), "check-fr-fr") is None
    assert process(project, "check").returncode == 1
    assert process(project, "check").returncode == 1


def test_a_damaged_output_is_made_again(project: Path) -> None:
    process(project, "build")
    before = digests(project)
    (project / OUTPUTS[1]).write_bytes(b"")
    process(project, "build")
    assert digests(project) == before


def test_a_damaged_cache_is_made_again(project: Path) -> None:
    run(project)
    before = digests(project)
    for path in (project / "build/cache").rglob("*"):
        if path.is_file() and path.parent.name.startswith(("bodies", "citations", "bibliography", "typeset")):
            path.write_bytes(path.read_bytes()[: len(path.read_bytes()) // 2])
    (project / OUTPUTS[0]).unlink()
    run(project)
    assert digests(project) == before


def test_errors_do_not_stop_the_draft_but_its_status_tells(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "contributions/beta/travail-force.md").write_text("pas d'en-tête", encoding="utf-8")
    assert run(project) == 1
    assert "beta/travail-force.md:1:1: erreur E01" in capsys.readouterr().out
    assert "Contribution en attente de correction" in in_words(docx_text(project))


@pytest.mark.parametrize("edition", ["public", "confidential"])
def test_other_editions_are_refused_while_anything_is_open(
    project: Path, edition: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "contributions/beta/travail-force.md").write_text("pas d'en-tête", encoding="utf-8")
    assert run(project, "build", "--edition", edition) == 1
    assert "n'est pas faite" in capsys.readouterr().err
    assert not list((project / "build").glob("rapport-*"))


def test_the_public_edition_names_no_author_and_no_secret(project: Path) -> None:
    assert run(project, "build", "--edition", "public") == 0
    with zipfile.ZipFile(project / "build/rapport-public.docx") as package:
        text = in_words(package.read("word/document.xml").decode())
    assert "réservé à l'édition confidentielle" not in text.replace("’", "'")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["n'importe quoi"], 2, "n'est pas compris"),
        (["n'importe quoi", "--lang=en"], 2, "is not understood"),
        (["build", "--edition", "inventée"], 2, "n'existe pas"),
        (["explain", "Z99"], 2, "aucune règle"),
        (["check", "--root", "nulle-part"], 2, "il n'y a pas de rapport"),
    ],
)
def test_wrong_usage_is_told_without_a_traceback(
    arguments: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(arguments) == status
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err


def test_a_broken_outline_stops_with_its_place(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "chapters/outline.yaml").write_text("rapport: [", encoding="utf-8")
    assert run(project) == 1
    assert "chapters/outline.yaml:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "mistake", ["{{ theme.nothing }}", "{{ 1 / 0 }}", "{% if %}", "::: {.notice}", "```", "<b>", "[@nulle-part]"]
)
def test_a_broken_template_keeps_the_outputs(project: Path, mistake: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(project)
    before = digests(project)
    theme = project / "chapters/theme.md.j2"
    theme.write_text(f"{theme.read_text(encoding='utf-8')}\n\n{mistake}\n", encoding="utf-8")
    assert run(project) == 1
    assert "chapters/theme.md.j2:" in capsys.readouterr().out
    assert digests(project) == before


def test_a_report_that_nobody_has_joined_yet_is_built(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(project / "contributions")
    (project / "contributions").mkdir()
    run(project, "build")
    assert "build/rapport-projet.pdf écrit" in capsys.readouterr().out


def test_a_machine_without_a_locale(unbuilt: Path) -> None:
    done = process(unbuilt, "build", LANG="C", LC_ALL="C")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_english_by_a_switch(project: Path) -> None:
    assert "no error in 3 contributions" in process(project, "check", "--lang", "en").stdout
    assert "no error in 3 contributions" in process(project, "check", RAPPORT_LANG="en").stdout


def test_the_last_line_names_what_was_left_out_and_what_to_type(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(project)
    assert "laissé" not in capsys.readouterr().out
    (project / "contributions/beta/travail-force.md").write_text("pas d'en-tête", encoding="utf-8")
    for _ in range(2):  # made, then unchanged
        run(project)
        assert capsys.readouterr().out.splitlines()[-1] == (
            "1 texte laissé de côté tant qu'une erreur y reste : contributions/beta/travail-force.md ; "
            "la suite : « make check » dit quoi corriger, et qui"
        )


def test_diagnostics_as_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "contributions/beta/travail-force.md").write_text("pas d'en-tête", encoding="utf-8")
    run(project, "check", "--json")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["code"] for line in lines} >= {"E01"}


def test_nothing_of_the_machine_is_in_an_output(unbuilt: Path) -> None:
    run(unbuilt)
    with zipfile.ZipFile(unbuilt / OUTPUTS[0]) as package:
        content = b"".join(package.read(name) for name in package.namelist())
    with pikepdf.open(unbuilt / OUTPUTS[1]) as report:
        unpacked = io.BytesIO()
        report.save(unpacked, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
        content += unpacked.getvalue()
    content += (unbuilt / OUTPUTS[2]).read_bytes()
    today = time.strftime("%Y-%m-%d").encode()
    for leak in (str(unbuilt).encode(), str(PRODUCT).encode(), b'.md"', b"carre.png", today, b"staging"):
        assert leak not in content


def test_a_second_build_at_once_says_so(unbuilt: Path) -> None:
    import fcntl

    (unbuilt / "build").mkdir()
    with (unbuilt / "build/.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = process(unbuilt, "build")
    assert done.returncode == 75
    assert "une autre commande" in done.stderr


def test_a_killed_build_leaves_whole_outputs(project: Path) -> None:
    process(project, "build")
    text = project / "contributions/beta/travail-force.md"
    original = text.read_text(encoding="utf-8")
    for number in range(6):
        text.write_text(original.replace("inventé", f"inventé{number}", 1), encoding="utf-8")
        command, env = [sys.executable, "-m", "rapport", "build"], {**os.environ, "TMPDIR": str(project.parent)}
        child = subprocess.Popen(command, cwd=project, env=env, stdout=subprocess.DEVNULL)
        time.sleep(0.1 + 0.08 * number)
        child.send_signal(signal.SIGKILL)
        child.wait()
        with zipfile.ZipFile(project / OUTPUTS[0]) as package:
            assert package.testzip() is None
        with pikepdf.open(project / OUTPUTS[1]) as report:
            assert len(report.pages) > 2
        assert (project / OUTPUTS[2]).read_bytes().endswith(b"</html>\n")
    assert process(project, "build").returncode == 0


def test_the_contributions_folder_is_never_written(project: Path) -> None:
    before = {p: p.read_bytes() for p in (project / "contributions").rglob("*") if p.is_file()}
    run(project)
    assert {p: p.read_bytes() for p in (project / "contributions").rglob("*") if p.is_file()} == before


@pytest.mark.parametrize(
    ("verb", "steps"),
    [
        ("check", "analyse vérification fusion"),
        ("build", "analyse vérification fusion citations DOCX"),
        ("status", "analyse"),
    ],
)
def test_timings_tell_each_step(project: Path, capsys: pytest.CaptureFixture[str], verb: str, steps: str) -> None:
    assert cli.run([verb, "--root", str(project), "--timings"]) == 0
    rows = [line for line in capsys.readouterr().err.splitlines() if re.match(r" *\d+,\d{3} s  ", line)]
    assert [step for step in steps.split() if not any(f" {step}" in row for row in rows)] == []
    assert "textes :" in next(row for row in rows if " analyse" in row)


def test_every_step_has_a_name_in_both_languages() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (PRODUCT / "scripts/rapport").rglob("*.py"))
    steps = set(re.findall(r"\b(?:time_step|time_beside|steps\.run|run)\(\s*\"([a-z-]+)\"", code))
    assert len(steps) > 20
    names = [f"step-{step}" for step in steps]
    assert [name for name in names if name not in fr.PHRASES or name not in en.PHRASES] == [], ADD_PHRASES


def counted(code: str) -> Iterator[str]:
    """The kinds of things that steps of a module count: keys of what `counts()` gives, and of `step.counts`."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef) and ast.unparse(node).startswith("def counts(self)"):
            keys = [key for one in ast.walk(node) if isinstance(one, ast.Dict) for key in one.keys]
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "step.counts":
            keys = [node.slice]
        else:
            continue
        yield from (key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def test_what_a_step_counts_has_a_name_in_both_languages() -> None:
    files = (PRODUCT / "scripts/rapport").rglob("*.py")
    modules = [path.read_text(encoding="utf-8") for path in files if path.stem != "page_contents"]  # of templates
    names = {f"step-of-{kind}" for code in modules if "counts" in code for kind in counted(code)}
    assert len(names) > 10
    assert [name for name in names if name not in fr.PHRASES or name not in en.PHRASES] == [], ADD_PHRASES


def test_every_output_is_read_back() -> None:
    assert set(SUFFIXES) == set(READERS), "an output has a reader of its own: READERS of proof/output_reading.py"


def test_the_table_of_steps_names_each_of_them() -> None:
    code = (PRODUCT / "scripts/rapport/pipeline.py").read_text(encoding="utf-8")
    table, _, rest = code.removeprefix('"""').partition('"""')
    rows = set(re.findall(r"^    ([a-z]+) +\S", table, re.MULTILINE))
    run = set(re.findall(r"\b(?:run|time_step)\(\s*\"([a-z-]+)\"", rest))
    assert run - rows == set(), "give each a row in the table at the head of pipeline.py"
