"""The guides say what the program does: every verb, target, header key and section stands in them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rapport import cli
from rapport.checks.header import KEYS
from tools import make_help

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EDITOR = (ROOT / "docs" / "guide-edition.md").read_text(encoding="utf-8")
ASSOCIATIONS = (ROOT / "docs" / "guide-associations.md").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
PHONY = re.findall(r"^\.PHONY: (.*)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[0].split()
DEVELOPERS = ("test", "quick", "lint", "lock", "bench", "bench-names", "help")


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_is_in_the_readme(target: str) -> None:
    assert f"make {target}" in README, f"add a row of `make {target}` to the table of README.md"


@pytest.mark.parametrize("target", [t for t in TARGETS if t not in DEVELOPERS])
def test_every_target_of_the_editor_is_in_the_guide(target: str) -> None:
    assert f"make {target}" in EDITOR, f"add a line on `make {target}` to docs/guide-edition.md"


@pytest.mark.parametrize("verb", [verb.name for verb in cli.VERBS])
def test_every_verb_has_a_target(verb: str) -> None:
    assert verb in TARGETS, f"add to the Makefile « {verb}: .venv/run ## en français / in English »"


@pytest.mark.parametrize("target", TARGETS)
def test_no_target_is_taken_for_a_file(target: str) -> None:
    assert target in PHONY, f"add {target} to .PHONY in the Makefile"


@pytest.mark.parametrize("english", [False, True])
def test_the_list_of_targets_fits_a_terminal(english: bool) -> None:
    shown = list(make_help.lines((ROOT / "Makefile").read_text(encoding="utf-8"), english))
    assert max(map(len, shown)) <= make_help.WIDTH
    assert {f"make {target}" for target in TARGETS} <= {" ".join(line.split()[:2]) for line in shown}


def test_the_readme_has_the_groups_of_the_makefile() -> None:
    groups = re.findall(r"^#: .* / (.*)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert re.findall(r"^\| \*\*(.*)\*\* \| \|", README, re.MULTILINE) == groups != []


@pytest.mark.parametrize("key", [key.name for key in KEYS])
def test_every_header_key_is_in_the_guide(key: str) -> None:
    assert f"| `{key}` |" in ASSOCIATIONS, f"add a row of `{key}` to the table of docs/guide-associations.md"


def test_required_keys_are_said_to_be() -> None:
    said = dict(re.findall(r"^\| `(\w+)` \|.*\| (oui|non) \|$", ASSOCIATIONS, re.MULTILINE))
    wanted = {key.name: "oui" if key.required else "non" for key in KEYS}
    assert said == wanted, "the last column of the table in docs/guide-associations.md says whether each is required"


@pytest.mark.parametrize(("status", "left"), [(0, 0), (1, 0), (2, 2), (3, 2), (75, 2), (130, 2)])
def test_make_calls_no_error_what_only_waits(status: int, left: int, tmp_path: Path) -> None:
    """Status 1 is an answer that is wanted; what was mistyped, or is our fault, stays an error for make."""
    fake = tmp_path / "rapport"
    fake.write_text(f"#!/bin/sh\nexit {status}\n")
    fake.chmod(0o755)
    for target in [t for t in TARGETS if t not in (*DEVELOPERS, "clean")]:
        command = ["make", "-C", str(ROOT), "-o", ".venv/run", "-o", "MOVED", f"RAPPORT={fake}", target]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (target, done.returncode) == (target, left), done.stderr
        assert left or done.stderr == ""


def test_nobody_needs_to_know_git() -> None:
    spoken = ROOT / "scripts/rapport/messages"
    read = (*spoken.glob("*.py"), *spoken.rglob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "README.fr.md")
    assert len(read) > 100
    for path in read:
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"\b[Gg]it\b|\bHEAD\b|\b[Cc]ommits?\b", text) == [], path.name


def test_the_french_first_page_leads_to_files_and_targets_that_exist() -> None:
    text = (ROOT / "README.fr.md").read_text(encoding="utf-8")
    assert all((ROOT / link).is_file() for link in re.findall(r"\]\(([^)]+)\)", text))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"\n{target}:" in makefile for target in re.findall(r"make ([a-z-]+)", text))


def test_help_may_be_read_in_part() -> None:
    reading, writing = os.pipe()
    os.close(reading)  # as « head » does once it has seen enough
    command = [sys.executable, str(ROOT / "scripts/tools/make_help.py"), str(ROOT / "Makefile")]
    ended = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")
