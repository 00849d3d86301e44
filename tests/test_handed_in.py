"""The deposit whole, with a workshop: two editions, two languages, and one child who withdrew after a draft went out.

Everything is invented. What is read back is read by pypdf, html.parser, ElementTree, page-validation and axe.
"""

from __future__ import annotations

import html
import io
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from lxml import html as web

from conftest import lay_stock
from rapport import cli
from rapport.review.freeze.draft_map import withdrawn_digest
from rapport.storage.machine_secret import read_secret
from rapport.workshops.quoted_words import trace
from rapport.workshops.withdrawn_register import REGISTER, read_withdrawn
from test_accessible_pdf import told
from test_deposit import DATE, DEPOT
from test_english import ALL, BETA, ENGLISH, PAROLE, fill
from test_html_browser import axe, browser  # noqa: F401  `browser` is a fixture
from test_points import annex
from test_points import lay as lay_points
from test_submission import approve, change
from test_workshops import ARABIC, letters, lines_of
from workshop_sample import PIECES, lay_workshop

pytestmark = pytest.mark.slow

WITHDRAWN = PIECES[3]
LEFT = [piece for piece in PIECES if piece is not WITHDRAWN]
MENDICITE = ("An invented finding.", "An invented analysis.", "**To Parliament** (CRC 3): to invent something else.")
FORCED = "contributions/alpha/travail-force.md"
SEES = "See TEST/C/FRA/CO/4, para. 14: "
ENGLISH_OF = {
    ENGLISH: (f"{SEES}{ALL[1]}", *ALL[2:]), "contributions/beta/travail-force.en.md": BETA,
    "contributions/alpha/parole.en.md": PAROLE, "contributions/beta/mendicite.en.md": MENDICITE,
}  # fmt: skip
EDITIONS = {
    "rapport-public": ["public"], "rapport-public-en": ["public", "--report-language", "en"],
    "rapport-confidentiel-ne-pas-diffuser": ["confidential"],
    "rapport-confidentiel-en-do-not-circulate": ["confidential", "--report-language", "en"],
    "livret-enfants": ["booklet"], "livret-enfants-en": ["booklet", "--report-language", "en"],
}  # fmt: skip
REPORTS = [name for name in EDITIONS if name.startswith("rapport")]


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stock on its last day: a draft went out, a child withdrew, all agreed, and everything was made."""
    root = lay_stock(tmp_path_factory.mktemp("remis") / "projet")
    lay_workshop(root)
    lay_points(root, 'repond: ["TEST/C/FRA/CO/4, par. 14"]\n')
    change(
        root / "contributions/alpha/travail-force.md", "Ce texte est inventé", "Voir TEST/C/FRA/CO/4, par. 14 : inventé"
    )
    outline = root / "chapters/outline.yaml"
    change(outline, DATE, DEPOT)
    change(outline, "^  projet: .*", "  projet: Essai n° 1\n  projet_en: Trial No. 1")
    for french in ("Convention relative aux droits de l'enfant", "Protocole facultatif"):
        change(outline, f"^    nom: {french}", f"    nom: {french}\n    nom_en: Invented")
    assert run(root, "draft") == 0
    assert held(root), "it went out"
    typed = ["--association", "alpha", "--piece", WITHDRAWN.code, "--withdraw", "--date", "2014-07-01"]
    assert run(root, "children", *typed) == 0
    change(root / FORCED, r"^avertissement: .*\n", "")
    assert run(root, "translation") == 0
    for path, english in ENGLISH_OF.items():
        fill(root / path, english)
    approve(root)
    for typed in EDITIONS.values():
        assert run(root, *typed) == 0
    assert run(root, "children") == 0
    return root


def run(root: Path, *typed: str) -> int:
    return cli.run([*typed, "--root", str(root)])


def opened(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, each part of an archive however deep, the streams and the words of a PDF."""
    yield name, content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                yield from opened(f"{name} › {part}", archive.read(part))
    if content[:4] == b"%PDF":
        yield name, "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).encode()
        for found in re.finditer(rb"stream\r?\n", content):
            try:
                yield name, zlib.decompressobj().decompress(content[found.end() :])
            except zlib.error:
                continue


def held(root: Path) -> set[str]:
    """Where in a folder words of the piece that was withdrawn stand, however they are written."""
    wanted = ["".join(line.split()) for line in (*WITHDRAWN.words, *WITHDRAWN.translation)]
    found = set()
    for path in (one for one in sorted(root.rglob("*")) if one.is_file()):
        for name, content in opened(path.relative_to(root).as_posix(), path.read_bytes()):
            for read in ("utf-8", "utf-16-le", "utf-16-be"):
                said = html.unescape(re.sub("<[^>]*>", "", content.decode(read, "ignore"))).replace("’", "'")
                said = re.sub(r"\\u([\da-f]{4})", lambda one: chr(int(one[1], 16)), said)
                found |= {name for one in wanted if one in "".join(said.split())}
    return found


def test_nothing_of_what_was_withdrawn_is_anywhere(handed_in: Path) -> None:
    assert held(handed_in) == set()


def test_who_guesses_the_words_is_not_told_that_they_are_right(handed_in: Path, tmp_path: Path) -> None:
    """All that is shared has codes that only this machine can make, and on another they are codes of nothing."""
    kept = (handed_in / REGISTER).read_text(encoding="utf-8")
    (code,) = re.findall(r"traces: \[(\w+)\]", kept)
    said = (handed_in / "contributions/drafts/1/map.json").read_text(encoding="utf-8")
    assert code == read_withdrawn(handed_in).code_of(trace(WITHDRAWN.words)) != trace(WITHDRAWN.words)
    for words in (*WITHDRAWN.words, *WITHDRAWN.translation):
        assert withdrawn_digest(words, read_secret(handed_in)) in said and withdrawn_digest(words, b"") not in said
    shutil.copytree(handed_in / "contributions", tmp_path / "contributions", ignore=shutil.ignore_patterns("inbox"))
    assert read_withdrawn(tmp_path).number_of([trace(WITHDRAWN.words)]) == 0


@pytest.mark.parametrize("name", EDITIONS)
@pytest.mark.parametrize("suffix", ["docx", "pdf", "html"])
def test_what_the_others_said_is_there_to_the_letter(handed_in: Path, name: str, suffix: str) -> None:
    said = [line.strip() for line in lines_of(suffix, (handed_in / f"build/{name}.{suffix}").read_bytes())]
    for line in (line for piece in LEFT for line in piece.words if line):
        if suffix == "pdf" and ARABIC.search(line):
            assert letters(line) in map(letters, said), line
        else:
            assert line in said


@pytest.mark.parametrize("name", EDITIONS)
def test_anybody_can_read_it(handed_in: Path, browser: Any, name: str) -> None:  # noqa: F811
    assert told((handed_in / f"build/{name}.pdf").read_bytes()) == []
    for width in (1280, 320):
        context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
        page = context.new_page()
        page.goto((handed_in / f"build/{name}.html").as_uri())
        page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        context.close()
        assert [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found["violations"]] == []
        assert len(found["passes"]) > 20, "axe has looked"


@pytest.mark.parametrize("name", REPORTS)
def test_a_point_is_answered_in_two_themes_and_one_in_none(handed_in: Path, name: str) -> None:
    cells = annex(web.fromstring((handed_in / f"build/{name}.html").read_bytes()))
    assert len(cells["para. 14" if "-en" in name else "par. 14"].split(", ")) == 2
    assert cells["para. 15" if "-en" in name else "par. 15"] == ("not addressed" if "-en" in name else "non traité")


@pytest.mark.parametrize("name", REPORTS)
def test_what_goes_with_it_says_the_same_and_what_it_counts(handed_in: Path, name: str) -> None:
    folder = handed_in / "build" / name.replace("rapport", "depot")
    pages = {path.name: [one.text for one in docx.Document(str(path)).paragraphs] for path in folder.iterdir()}
    assert len(pages) == 3 and "[…]" not in str(pages)
    (letter,) = (lines for file, lines in pages.items() if "letter-of" in file or "lettre-de" in file)
    sent = {line.removeprefix("•\t") for line in letter if line.startswith("•\t")}
    package = handed_in / "build" / name.replace("rapport", "soumission")
    assert sent == {path.name for path in package.iterdir() if path.name.startswith("rapport")}
    (oral,) = (lines for file, lines in pages.items() if "oral" in file)
    first = next(at for at, line in enumerate(oral) if line.endswith(","))
    last = next(at for at, line in enumerate(oral) if line in ("Thank you.", "Je vous remercie."))
    spoken = sum(1 for word in " ".join(oral[first : last + 1]).split() if any(map(str.isalnum, word)))
    assert f"{spoken} " in oral[last + 1] and spoken <= 60
    assert oral[last + 2].startswith(f"{spoken // 60} min {spoken % 60:02} s"), "sixty words a minute, for this test"
    (statement,) = package.glob("*.txt")
    assert "SHA-256" in (said := statement.read_text(encoding="utf-8-sig")) and "[…]" not in said
