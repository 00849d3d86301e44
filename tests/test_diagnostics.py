"""Every rule, as people meet it: a folder of files laid over the stock project, and all that `rapport check` says.

A folder is called after its rule, `<CODE>-<what-is-wrong>`. `remove.txt`, if there is one, lists what of the stock is
taken away first. `expected.txt` is the French output in full, its last line the exit status; `pytest --refresh`
rewrites it, and the change is read as a diff.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TESTS, lay_stock
from PIL import Image

from rapport import cli, pandoc, rules
from rapport.messages import en, fr, page

FOLDERS = TESTS / "diagnostics"
CASES = sorted(path.name for path in FOLDERS.iterdir() if path.is_dir())
CODES = [rule.code for rule in rules.RULES]
NOT_LAID = ("expected.txt", "remove.txt")
LANGUAGES = (fr, en)


def link_to(target: str, path: str) -> Callable[[Path], None]:
    return lambda root: (root / path).symlink_to(target)


def write(content: bytes, path: str) -> Callable[[Path], None]:
    return lambda root: (root / path).write_bytes(content) and None


def large_picture() -> bytes:
    out = io.BytesIO()
    Image.new("1", (8000, 8000)).save(out, "PNG")
    return out.getvalue()


# What git, or other systems, cannot hold well is made here.
MADE: dict[str, Callable[[Path], None]] = {
    "F02-link-to-another-file": link_to("/etc/hostname", "contributions/alpha/mendicite.md"),
    "F02-not-an-ordinary-file": lambda root: os.mkfifo(root / "contributions/alpha/mendicite.md"),
    "F02-too-big": write(b"Un texte sans fin. " * 150_000, "contributions/alpha/mendicite.md"),
    "F03-linked-folder": link_to("alpha", "contributions/delta"),
    "I02-link-to-another-file": link_to("/etc/hostname", "contributions/alpha/images/lien.png"),
    "I02-too-big": write(large_picture(), "contributions/alpha/images/grand.png"),
}


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all cases: what it holds is found by its content, so none can see another's."""
    return tmp_path_factory.mktemp("cache")


def lay(case: str, folder: Path, warm: Path) -> Path:
    """The stock in a folder, with a case laid over it."""
    root = lay_stock(folder)
    (root / "build").mkdir()
    (root / "build" / "cache").symlink_to(warm)
    removed = FOLDERS / case / "remove.txt"
    for name in removed.read_text(encoding="utf-8").split() if removed.exists() else ():
        shutil.rmtree(root / name) if (root / name).is_dir() else (root / name).unlink()
    shutil.copytree(FOLDERS / case, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*NOT_LAID))
    MADE.get(case, lambda root: None)(root)
    return root


def said(root: Path, language: str, capsys: pytest.CaptureFixture[str]) -> str:
    """All that the command says, and its exit status."""
    capsys.readouterr()
    status = cli.run(["check", "--root", str(root), "--lang", language])
    out, err = capsys.readouterr()
    return f"{out}{err}exit {status}\n"


def diagnostics(text: str) -> list[str]:
    """The codes of the diagnostics in a text, in its order."""
    return re.findall(r"^[^ \n].*?: (?:erreur|à voir|note|error|review) ([A-Z]\d\d)(?: :|:) ", text, re.MULTILINE)


@pytest.mark.parametrize("case", CASES)
def test_what_is_said(
    case: str,
    tmp_path: Path,
    warm: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    if case == "F06-too-slow":
        lay_and_forget(tmp_path / "stock", warm, capsys)  # so that one text alone is read in the short time left
        monkeypatch.setattr(pandoc, "SECONDS", 0.3)
    root = lay(case, tmp_path / "project", warm)
    french, english = said(root, "fr", capsys), said(root, "en", capsys)
    expected = FOLDERS / case / "expected.txt"
    if request.config.getoption("--refresh"):
        expected.write_text(french, encoding="utf-8")
    assert french == (expected.read_text(encoding="utf-8") if expected.exists() else "")
    assert case[:3] in diagnostics(french)
    assert diagnostics(english) == diagnostics(french)
    assert not FACT.search(english) and not FACT.search(french)


def lay_and_forget(folder: Path, warm: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay_stock(folder)
    (root / "build").mkdir()
    (root / "build" / "cache").symlink_to(warm)
    said(root, "fr", capsys)


def test_nothing_is_said_of_the_stock(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(project, "fr", capsys) == "aucune erreur dans 3 contributions\nexit 0\n"


# ---------------------------------------------------------------- the catalogues are whole


def facts(*texts: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{(\w+)\}(?!\})", " ".join(texts)))


FACT = re.compile(r"\{(%s)\}" % "|".join(facts(*(text for rule in fr.RULES.values() for text in rule))))


def test_every_rule_has_a_folder_and_every_folder_a_rule() -> None:
    assert {case[:3] for case in CASES} == set(CODES)


def test_no_expectation_is_unused() -> None:
    assert sorted(FOLDERS.rglob("expected.txt")) == [FOLDERS / case / "expected.txt" for case in CASES]
    assert set(MADE) <= set(CASES)


@pytest.mark.parametrize("catalogue", LANGUAGES)
def test_every_rule_has_its_sentences(catalogue: object) -> None:
    assert list(getattr(catalogue, "RULES")) == CODES


def test_codes_are_in_families() -> None:
    assert len(set(CODES)) == len(CODES)
    assert all(re.fullmatch(r"[FEPSRI]\d\d", code) for code in CODES)


def test_both_languages_say_the_same() -> None:
    assert fr.PHRASES.keys() == en.PHRASES.keys()
    for code in CODES:
        assert facts(*fr.RULES[code]) == facts(*en.RULES[code]), code
        assert bool(fr.RULES[code].near) == bool(en.RULES[code].near), code
    for name in fr.PHRASES:
        assert facts(fr.PHRASES[name]) == facts(en.PHRASES[name]), name


def test_no_phrase_is_unused() -> None:
    package = TESTS.parent / "scripts" / "rapport"
    source = "".join(p.read_text(encoding="utf-8") for p in package.rglob("*.py") if p.parent.name != "messages")
    words = set(re.findall(r"[\"'](\w[\w /-]*)[\"']|\b\w+-(?=\{)", source)) | set(re.findall(r"\"([\w-]*)\{", source))
    for name in fr.PHRASES:
        prefix, _, value = name.partition("-")
        assert name in words or value in words or f"{prefix}-" in words or value in ("one", "many"), name


# What cannot be shown here: the tests may run as root, and pandoc has no other warning that we know of.
UNSHOWN = {"reason-Permission denied", "kind-other"}


def test_every_word_of_a_fact_is_shown() -> None:
    shown = "".join((FOLDERS / case / "expected.txt").read_text(encoding="utf-8") for case in CASES)
    kinds = ("reason-", "kind-", "advice-", "wanted-", "encoding-", "key-")
    named = {name: text for name, text in fr.PHRASES.items() if name.startswith(kinds)}
    assert {name for name, text in named.items() if text not in shown} == UNSHOWN


@pytest.mark.parametrize("code", CODES)
def test_sentences_are_written_for_volunteers(code: str) -> None:
    for text in (*fr.RULES[code], *en.RULES[code]):
        assert not text or (text[0].islower() or text[0] in "«“") and not text.endswith(".")


# ---------------------------------------------------------------- the pages of `rapport explain`


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_its_page(code: str, language: str) -> None:
    lines = page(code, language).rstrip("\n").split("\n")
    assert re.match(rf"# {code}(?: :|:) \S", lines[0])
    assert 8 <= len(lines) <= 24
    assert max(map(len, lines)) <= 120


def test_no_page_is_without_a_rule() -> None:
    pages = sorted(Path(sys.modules["rapport.messages"].__file__ or "").with_name("pages").rglob("*.md"))
    assert [p.stem for p in pages] == sorted(CODES) * 2


def test_the_command_explains(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", "s07"]) == 0
    assert capsys.readouterr().out == page("S07", "fr").rstrip() + "\n"
    assert cli.run(["explain", "--lang", "en"]) == 0
    assert all(f"  {code}  " in capsys.readouterr().out for code in CODES[:1])
