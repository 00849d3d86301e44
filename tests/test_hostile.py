"""Nothing that is sent gets past: each submission of hostile.py has its verdict, and what is secret never surfaces."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from conftest import lay_stock
from hostile import BODIES, BYTES, CANARY, FILES, HEADER, HIDDEN, THEME, TITLES, head, picture, put, text
from rapport import cli, pipeline
from rapport.examination.opening import open_cache
from rapport.markdown import pandoc
from rapport.messages import display
from rapport.model import Edition, Severity
from rapport.project import images
from rapport.storage.cache import Cache
from verdicts import room, verdict

pytestmark = pytest.mark.slow

OURS = "FEPSRI"  # the families of this module; the others look at what is said, not at how it was sent


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def root(tmp_path: Path, warm: Path) -> Path:
    return room(tmp_path, warm)


def expect(found: list[str], wanted: str) -> None:
    """The verdict wanted is among those found; "" means that nothing of ours refuses; « A|B » that either will do."""
    ours = [code for code in found if code[0] in OURS and " " not in code]
    if wanted == "" or wanted.startswith("note "):
        assert ours == []
        assert wanted in ("", *found)
    elif not (wanted.endswith("|") and not ours):
        assert any(code.startswith(tuple(filter(None, wanted.split("|")))) for code in ours), found


@pytest.mark.parametrize("case", FILES)
def test_files(case: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build, wanted = FILES[case]
    build(root)
    expect(verdict(root, capsys, secret=True), wanted)


def judge(case: str, content: str | bytes, wanted: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(content)(root)
    expect(verdict(root, capsys), wanted)


@pytest.mark.parametrize("case", BYTES)
def test_bytes(case: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    judge(case, *BYTES[case], root, capsys)


@pytest.mark.parametrize("case", TITLES)
def test_headers(case: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line, wanted = TITLES[case]
    judge(case, head(line), wanted, root, capsys)


@pytest.mark.parametrize("case", BODIES)
def test_bodies(case: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body, wanted = BODIES[case]
    judge(case, text(body), wanted, root, capsys)


# ---------------------------------------------------------------- images


def encoded(kind: str, mode: str = "RGB", **settings: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, kind, **settings)
    return out.getvalue()


def exif() -> bytes:
    camera = Image.Exif()
    camera[0x010E] = CANARY
    camera.get_ifd(0x8825)[1] = "N"
    return camera.tobytes()


PICTURES: dict[str, tuple[bytes, str]] = {
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "I02"),
    "moving": (encoded("GIF", save_all=True, append_images=[Image.new("RGB", (8, 8), "red")]), "I02"),
    "cut": (encoded("PNG")[:40], "I02"),
    "empty": (b"", "I02"),
    "a text": (CANARY.encode(), "I02"),
    "a bomb": (encoded("PNG").replace(b"\0\0\0\x08\0\0\0\x08", b"\0\0\x9c\x40\0\0\x9c\x40", 1), "I02"),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "I02"),
    "mislabelled": (encoded("JPEG"), ""),
    "camera's notes": (encoded("JPEG", exif=exif()), ""),
    "text chunk": (encoded("PNG") + CANARY.encode(), ""),
    "CMYK": (encoded("JPEG", "CMYK"), ""),
    "16 bits": (encoded("PNG", "I;16"), ""),
    "1 bit": (encoded("PNG", "1"), ""),
    "palette": (encoded("PNG", "P"), ""),
    "see-through": (encoded("PNG", "LA"), ""),
    "with a profile": (encoded("PNG", icc_profile=CANARY.encode() * 9), ""),
}


@pytest.mark.parametrize("case", PICTURES)
def test_pictures(case: str, root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    content, wanted = PICTURES[case]
    picture("images/essai.png", content)(root)
    expect(verdict(root, capsys, secret=True), wanted)
    path = "contributions/alpha/images/essai.png"
    cleaned = images.load(root, [path], Cache(tmp_path / "cache", ""))[path]
    assert CANARY.encode() not in cleaned.content
    assert b"Exif" not in cleaned.content and b"iCCP" not in cleaned.content
    assert "essai" not in cleaned.name


# ---------------------------------------------------------------- what is confidential


def printed(project: Path) -> str:
    """All that the outputs of a project hold, properties and addresses included."""
    import pikepdf

    said = []
    for path in sorted((project / "build").glob("rapport-*")):
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as package:
                said += [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
        elif path.suffix == ".html":
            said.append(path.read_text(encoding="utf-8"))
        else:
            with pikepdf.open(path) as report:
                said += [str(report.docinfo), str(report.Root)]
                for page in report.pages:
                    said += [str(page.obj.get("/Annots", "")), page.Contents.read_bytes().decode("latin-1")]
    return " ".join(said)


def tree_of(root: Path, edition: Edition) -> str:
    """The document of an edition, as its exporters receive it; and all that typst is given."""
    cache = open_cache(root)
    examined = pipeline.examine(root, cache)
    _, document, problems = pipeline.lay_out(examined, edition, cache)
    assert document is not None, problems
    return str(document)


@pytest.mark.parametrize("edition", [Edition.DRAFT, Edition.PUBLIC])
@pytest.mark.parametrize("case", HIDDEN)
def test_what_is_hidden_is_in_no_other_edition(case: str, edition: Edition, root: Path) -> None:
    put(text(f"Avant.\n\n{HIDDEN[case]}\n\nAprès."))(root)
    assert CANARY not in tree_of(root, edition)


@pytest.mark.parametrize("case", sorted(set(HIDDEN) - {"a name that is linked to", "a link"}))
def test_what_is_hidden_is_in_the_confidential_edition(case: str, root: Path) -> None:
    put(text(f"Avant.\n\n{HIDDEN[case]}\n\nAprès."))(root)
    assert CANARY in tree_of(root, Edition.CONFIDENTIAL)


SECRET = (
    HEADER.replace("publique", f"confidentielle\navertissement: {CANARY}\ntheme_propose: {CANARY}")
    .replace("Un texte", CANARY)
    .replace("Association", CANARY)
)


@pytest.mark.parametrize("edition", [Edition.DRAFT, Edition.PUBLIC])
@pytest.mark.parametrize("theme", ["mendicite", "un-theme-nouveau"])
def test_nothing_of_a_confidential_file_is_in_another_edition(theme: str, edition: Edition, root: Path) -> None:
    body = f"{CANARY}\n\n### {CANARY}\n\na[^1] [@livre2010]\n\n[^1]: {CANARY}\n\n![{CANARY}](images/carre.png)"
    put(text(body, SECRET), f"contributions/alpha/{theme}.md")(root)
    assert CANARY not in tree_of(root, edition)


def test_nothing_hidden_reaches_the_files_themselves(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(text("\n\n".join(dict.fromkeys(HIDDEN.values())).replace("[^1]", "[^n]"), SECRET))(root)
    put(text(HIDDEN["an image"] + "\n\n" + HIDDEN["a name that is linked to"]), "contributions/beta/mendicite.md")(root)
    assert cli.run(["build", "--root", str(root)]) in (0, 1)
    assert CANARY not in printed(root)


# ---------------------------------------------------------------- editions fail closed


def test_an_unknown_edition_is_an_error(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("publique", "PUBLIC", "public ", "", "../public"):
        assert cli.run(["build", "--root", str(root), "--edition", name]) == 2
        said = capsys.readouterr().err
        assert said == f"l'édition « {name} » n'existe pas ; les éditions sont : draft, public, confidential\n"
    assert not list((root / "build").glob("rapport-*"))


def test_a_refused_edition_leaves_what_was_good_and_says_that_it_is_old(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = root / "build/rapport-public.pdf"
    old.write_bytes(b"before")
    put(text("[Mot]: perdu"))(root)
    assert cli.run(["build", "--root", str(root), "--edition", "public"]) == 1
    said = capsys.readouterr().err
    assert "l'édition « public » n'est pas faite" in said
    assert "build/rapport-public.pdf est d'avant : il n'a pas été refait" in said
    assert "rapport-public.docx" not in said
    assert old.read_bytes() == b"before"


# ---------------------------------------------------------------- pandoc, under limits


def test_pandoc_is_stopped_with_its_whole_group(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program that never ends and has a child, in pandoc's place: neither is left."""
    slow = tmp_path / "pandoc"
    slow.write_text(f"#!/bin/sh\nsleep 1000 &\necho $! > '{tmp_path}/child'\ncat > /dev/null\nwait\n")
    slow.chmod(0o755)
    monkeypatch.setattr(pandoc, "binary", lambda: str(slow))
    with pytest.raises(pandoc.PandocError, match="stopped after"):
        pandoc.run([], b"x", seconds=0.5)
    child = int((tmp_path / "child").read_text())
    time.sleep(0.1)
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_a_pandoc_that_is_not_there_is_said(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(text(f"Jamais lu. {time.time_ns()}"))(root)
    monkeypatch.setattr(pandoc, "binary", lambda: "/nulle/part/pandoc")
    assert cli.run(["check", "--root", str(root)]) == 1
    assert "BUG" not in capsys.readouterr().err
    assert not (root / "build/erreur.txt").exists()


def test_no_text_is_on_a_command_line(root: Path) -> None:
    """While a slow text is read, no process shows it, nor a file's name, among its arguments."""
    put(text(f"{CANARY} " + "[" * 60), f"contributions/alpha/{CANARY}.md")(root)
    command = [sys.executable, "-m", "rapport", "check", "--root", "."]
    nothing, env = subprocess.DEVNULL, {**os.environ, "TMPDIR": str(root.parent)}
    running = subprocess.Popen(command, cwd=root, env=env, stdout=nothing, stderr=nothing, start_new_session=True)
    seen = set()
    try:
        ends = time.monotonic() + 1.5
        while running.poll() is None and time.monotonic() < ends:
            for process in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    seen.add(process.read_bytes())
                except OSError:
                    continue
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    assert not [line for line in seen if CANARY.encode() in line]


# ---------------------------------------------------------------- anything at all

GOOD = text("Un élève[^1], *déjà* [@livre2010].\n\n> a\n\n- b\n- c\n\n[^1]: Une note.").encode()
SIGNS = rb"[^1] ]: { } ::: | > - # ` ``` * < <!-- &# ; \\ $ @ ![]( ) \" % ~ ^ titre: &a *a !!x --- [ ]".split()
BITS = st.sampled_from(
    [*SIGNS, b"\n", b"---\n", b"::: confidentiel\n", b"    ", b": ", b"\r", b"\t", b"\xc3", b"\0", b"\xe2\x80\x8b"]
)
MUTATIONS = st.lists(
    st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12), BITS | st.binary(max_size=6)), min_size=1, max_size=12
)


def survives(raw: bytes, root: Path) -> None:
    """Whatever the bytes, reading, parsing and checking end in a verdict: accepted, or refused with an error."""
    put(raw)(root)
    examined = pipeline.examine(root, open_cache(root))
    accepted = any(contribution.path == THEME for contribution in examined.accepted)
    errors = [d for d in examined.diagnostics if d.span.path == THEME and d.rule.severity is Severity.ERROR]
    assert accepted == (not errors)
    for diagnostic in examined.diagnostics:
        display.as_text(diagnostic, examined.sources, "fr")
        display.as_json(diagnostic, "en")


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_stock(tmp_path_factory.mktemp("terrain") / "projet")


# `EXAMPLES=5000 pytest tests/test_hostile.py -k anything` looks further.
FEW = settings(
    max_examples=int(os.environ.get("EXAMPLES", "60")), deadline=None, derandomize="EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck), database=None,
)  # fmt: skip


@FEW
@given(raw=st.binary(max_size=400))
@example(raw=b"\xff\xfe")
@example(raw=b"---\n---\n")
@example(raw=b"\xef\xbb\xbf---")
def test_anything_random(raw: bytes, ground: Path) -> None:
    survives(raw, ground)


@FEW
@given(mutations=MUTATIONS)
def test_anything_like_a_text(mutations: list[tuple[int, int, bytes]], ground: Path) -> None:
    raw = GOOD
    for at, cut, bits in mutations:
        raw = raw[:at] + bits + raw[at + cut :]
    survives(raw, ground)
