"""Every rule, as people meet it: a folder of files laid over the stock project, and all that `rapport check` says.

A folder is called after its rule, `<CODE>-<what-is-wrong>`. `remove.txt`, if there is one, lists what of the stock is
taken away first; `arguments.txt` what is typed after `rapport check`. `expected.txt` is the French output in full, its
last line the exit status; `pytest --refresh` rewrites it, and the change is read as a diff.
"""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from conftest import TESTS, lay_stock
from rapport import cli, rules
from rapport.language import prose
from rapport.markdown import pandoc
from rapport.messages import en, fr, page
from rapport.messages.display import as_texts
from rapport.model import Diagnostic, Span

FOLDERS = TESTS / "diagnostics"
CASES = sorted(path.name for path in FOLDERS.iterdir() if path.is_dir())
CODES = [rule.code for rule in rules.RULES]
PAGES = TESTS.parent / "scripts" / "rapport" / "messages" / "pages"
IN_RECEIPTS = (
    "W02",
    "W03",
    "W04",
    "W05",
    "W06",
)  # said of Word files, which are no files of the report: test_intake.py
IN_BUILDS = ("F14",)  # said when a writer breaks down: test_halving.py
NOT_LAID = ("expected.txt", "remove.txt", "arguments.txt")


def large_picture() -> bytes:
    out = io.BytesIO()
    Image.new("1", (8000, 8000)).save(out, "PNG")
    return out.getvalue()


# What git, or other systems, cannot hold well is made here: a file's bytes, the target of a link, or a pipe (None).
MADE: dict[str, tuple[str, bytes | str | None]] = {
    "F02-link-to-another-file": ("contributions/alpha/mendicite.md", "/etc/hostname"),
    "F02-not-an-ordinary-file": ("contributions/alpha/mendicite.md", None),
    "F02-too-big": ("contributions/alpha/mendicite.md", b"Un texte sans fin. " * 150_000),
    "F03-linked-folder": ("contributions/delta", "alpha"),
    "F16-link": ("contributions/alpha/images/ancien.png", "carre.png"),
    "I02-link-to-another-file": ("contributions/alpha/images/lien.png", "/etc/hostname"),
    "I02-too-big": ("contributions/alpha/images/grand.png", large_picture()),
}


def make(path: Path, content: bytes | str | None) -> None:
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is None:
        os.mkfifo(path)
    else:
        path.symlink_to(content)


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all cases: what it holds is found by its content, so none can see another's."""
    return tmp_path_factory.mktemp("cache")


def lay(folder: Path, warm: Path, case: str = "") -> Path:
    """The stock in a folder, with a case laid over it."""
    root = lay_stock(folder)
    (root / "build").mkdir()
    (root / "build" / "cache").symlink_to(warm)
    if case:
        removed = FOLDERS / case / "remove.txt"
        for name in removed.read_text(encoding="utf-8").split() if removed.exists() else ():
            shutil.rmtree(root / name) if (root / name).is_dir() else (root / name).unlink()
        shutil.copytree(FOLDERS / case, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*NOT_LAID))
    if case in MADE:
        path, content = MADE[case]
        make(root / path, content)
    return root


def said(root: Path, language: str, capsys: pytest.CaptureFixture[str], case: str = "") -> str:
    """All that the command says, with the case's own arguments, and its exit status."""
    capsys.readouterr()
    more = FOLDERS / case / "arguments.txt"
    arguments = more.read_text(encoding="utf-8").split() if case and more.exists() else []
    status = cli.run(["check", "--root", str(root), "--lang", language, *arguments])
    out, err = capsys.readouterr()
    return f"{out}{err}exit {status}\n"


def diagnostics(text: str) -> list[str]:
    """The codes of the diagnostics in a text, in its order."""
    return re.findall(r"^[^ \n].*?: (?:erreur|à voir|note|error|review) ([A-Z]\d\d)(?: :|:) ", text, re.MULTILINE)


@pytest.mark.parametrize("case", CASES)
def test_what_is_said(
    case: str, tmp_path: Path, warm: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    if case == "F06-too-slow":
        said(lay(tmp_path / "stock", warm), "fr", capsys)  # so that one text alone is read in the short time left
        monkeypatch.setattr(pandoc, "SECONDS", 0.3)
    root = lay(tmp_path / "project", warm, case)
    french, english = said(root, "fr", capsys, case), said(root, "en", capsys, case)
    expected = FOLDERS / case / "expected.txt"
    if request.config.getoption("--refresh"):
        expected.write_text(french, encoding="utf-8")
    assert expected.exists(), "pytest --refresh writes expected.txt: read it before it is committed"
    assert french == expected.read_text(encoding="utf-8")
    assert case[:3] in diagnostics(french), f"these files do not break {case[:3]}"
    assert diagnostics(english) == diagnostics(french)
    assert not FACT.search(english) and not FACT.search(french)


def test_nothing_is_said_of_the_stock(unbuilt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(unbuilt, "fr", capsys) == "aucune erreur dans 3 contributions\nexit 0\n"


# ---------------------------------------------------------------- the catalogues are whole


def test_a_file_of_many_faults_does_not_hide_the_others() -> None:
    found = [
        *(Diagnostic(rules.IGNORED_FILE, Span("a.md", line)) for line in range(1, 61)),
        Diagnostic(rules.EMPTY_FILE, Span("a.md", 61)),
        Diagnostic(rules.IGNORED_FILE, Span("b.md", 1)),
    ]
    told = list(as_texts(found, {}, "fr"))
    assert len(told) == 50 + 1 + 1
    assert told[48].startswith("a.md:49:") and told[49].startswith("a.md:61:")  # an error is never among those left out
    assert told[50] == "a.md : autres constats, qui paraîtront quand ceux-ci seront réglés : 11"
    assert told[51].startswith("b.md:1:")


def facts(*texts: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{(\w+)\}(?!\})", " ".join(texts)))


NAMES = sorted(facts(*(text for rule in fr.RULES.values() for text in rule)))
FACT = re.compile(rf"\{{({'|'.join(NAMES)})\}}")


def test_every_rule_has_a_folder_and_every_folder_a_rule() -> None:
    by_files = {code for code in CODES if not code.startswith("V")}  # no file breaks an output: see test_verify.py
    without = by_files - set(IN_RECEIPTS) - set(IN_BUILDS) - {case[:3] for case in CASES}
    assert not without, f"add a folder tests/diagnostics/<code-name>/ (tests/README.md says how) for {sorted(without)}"
    unknown = {case[:3] for case in CASES} - by_files
    assert not unknown, f"no rule of rules.py has this code: {sorted(unknown)}"


def test_no_expectation_is_unused() -> None:
    assert sorted(FOLDERS.rglob("expected.txt")) == [FOLDERS / case / "expected.txt" for case in CASES]
    assert set(MADE) <= set(CASES)


def test_every_rule_has_its_sentences() -> None:
    for language, rules_said in (("fr", fr.RULES), ("en", en.RULES)):
        missing = set(CODES) - set(rules_said)
        assert not missing, f"add the sentences of {sorted(missing)} to messages/rules_{language}.py"
        unknown = set(rules_said) - set(CODES)
        assert not unknown, f"no rule of rules.py has this code: {sorted(unknown)}"
    assert list(fr.RULES) == list(en.RULES), "the two catalogues list the rules in one order"


def test_codes_are_in_families() -> None:
    assert len(set(CODES)) == len(CODES)
    assert all(re.fullmatch(r"[FEPSRIBCTDWV]\d\d", code) for code in CODES)


def test_both_languages_say_the_same() -> None:
    assert fr.PHRASES.keys() == en.PHRASES.keys()
    for code in CODES:
        assert facts(*fr.RULES[code]) == facts(*en.RULES[code]), code
        assert bool(fr.RULES[code].near_hint) == bool(en.RULES[code].near_hint), code
    for name in fr.PHRASES:
        assert facts(fr.PHRASES[name]) == facts(en.PHRASES[name]), name


def test_no_phrase_is_unused() -> None:
    scripts = TESTS.parent / "scripts"
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in scripts.rglob("*.py")
        if path.name not in ("fr.py", "en.py", "rules_fr.py", "rules_en.py", "verify_fr.py", "verify_en.py")
    )
    known = {*re.findall(r"[\"']([^\"'\n]*?)[\"'{]", source), *map(os.strerror, errno.errorcode)}
    stems = {name: name.removesuffix("-one").removesuffix("-many").partition("-")[2] for name in fr.PHRASES}
    stems = {name: {name, name.partition("-")[2], stem, stem.removeprefix("of-")} for name, stem in stems.items()}
    assert [name for name, forms in stems.items() if not known & forms] == []


# What cannot be shown here: the tests may run as root, and pandoc has no other warning that we know of.
UNSHOWN = {"reason-Permission denied", "kind-other", "wanted-lasting"}  # the last by `make follow` alone


def test_every_word_of_a_fact_is_shown() -> None:
    shown = "".join((FOLDERS / case / "expected.txt").read_text(encoding="utf-8") for case in CASES)
    kinds = ("reason-", "kind-", "advice-", "wanted-", "encoding-", "key-")
    named = {name: text for name, text in fr.PHRASES.items() if name.startswith(kinds)}
    forms = {name: re.escape(text).replace(r"\{it\}", ".+") for name, text in named.items()}
    assert {name for name, form in forms.items() if not re.search(form, shown)} == UNSHOWN


@pytest.mark.parametrize("code", CODES)
def test_sentences_are_written_for_volunteers(code: str) -> None:
    for text in (*fr.RULES[code], *en.RULES[code]):
        assert not text or ((text[0].islower() or text[0] in "«“{") and not text.endswith("."))


# ---------------------------------------------------------------- the pages of `rapport explain`


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_its_page(code: str, language: str) -> None:
    path = PAGES / language / f"{code}.md"
    assert path.is_file(), f"write the page of the rule: {path.relative_to(TESTS.parent)}"
    lines = page(code, language).rstrip("\n").split("\n")
    assert re.match(rf"# {code}(?: :|:) \S", lines[0]), f"{path.name} begins with « # {code} : » and its title"
    assert 8 <= len(lines) <= 24, "a page has 8 to 24 lines"
    assert max(map(len, lines)) <= 120, "a line has at most 120 signs"


def test_no_page_is_without_a_rule() -> None:
    assert [path for path in PAGES.rglob("*.md") if path.stem not in CODES] == []


def test_the_command_explains(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", "s07"]) == 0
    assert capsys.readouterr().out == page("S07", "fr").rstrip() + "\n"
    assert cli.run(["explain", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert [code for code in CODES if f"  {code}  " not in said] == []


def test_documents_too_new_are_looked_for_where_one_of_their_marks_stands() -> None:
    assert [pattern for pattern, _ in prose.ISSUED if not any(mark in pattern for mark in prose.MARKS)] == []
