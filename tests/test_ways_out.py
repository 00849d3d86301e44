"""What is confidential stands in nothing that is handed out: every file is unpacked, and every byte of it searched.

A letter is not among them: it goes back to the association whose words it quotes.
"""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from pypdf import PdfReader

from conftest import lay_stock
from rapport import cli

pytestmark = pytest.mark.slow

SEEDED = {
    "paragraph": "Un lieu zqvkxwparagraphe inventé.",
    "small capitals": "Un lieu [zqvkxwpetites]{.smallcaps} inventé.",
    "note": "Un lieu inventé[^zqvkxw].\n\n[^zqvkxw]: Une note zqvkxwnote inventée.",
    "note typed in place": "Un lieu inventé^[Une note zqvkxwenplace inventée].",
    "heading": "### Un intertitre zqvkxwintertitre {#zqvkxwancre}",
    "cell": "| Un | Deux |\n|---|---|\n| zqvkxwcase | b |\n\n: Légende zqvkxwlegende",
    "picture": '![Une image zqvkxwimage](images/schema.png){alt="Un dessin zqvkxwdessin"}',
    "link": "[Un lien zqvkxwlien](https://exemple.org/zqvkxwadresse).",
    "item": "- un point zqvkxwpoint",
    "quotation": "> Une citation zqvkxwcitation",
    "acronym": "La Zone Quelconque Xylophone (ZQVKXW) inventée.",
    "citation": "Un fait inventé [voir zqvkxwavant, @rapport2012, p. 4].",
}
RECOMMENDATION = "::: confidentiel\n- **Au Parlement** (CIDE 3) : ouvrir un lieu zqvkxwdemande inventé.\n:::\n"
VERBS = (
    ["check"], ["status"], ["build"], ["desk"], ["draft"], ["forms"], ["calendar"], ["reminders"],
    ["verify"], ["budget"],
)  # fmt: skip


def decoded(content: bytes) -> Iterator[str]:
    """Everything that a file says: its bytes, its members', its pages' and its properties' words, marks undone."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for member in package.namelist():
                yield member
                yield from decoded(package.read(member))
        return
    if content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        yield " ".join(page.extract_text() for page in reader.pages)
        yield repr((reader.metadata, reader.outline, list(reader.named_destinations), list(reader.attachments)))
        yield from (
            repr(page.get("/Annots") and [one.get_object() for one in page["/Annots"]]) for page in reader.pages
        )
        yield from (repr(one.get_object()) for one in (reader.trailer["/Root"],))
    text = content.decode("utf-8", "replace")
    yield text
    yield unquote(html.unescape(text))


def handed_out(root: Path) -> Iterator[Path]:
    """What leaves the project: all of build/ but what the program keeps there for itself."""
    for path in sorted((root / "build").rglob("*")):
        if path.is_file() and path.relative_to(root / "build").parts[0] not in ("cache", "staging"):
            yield path


def test_nothing_confidential_goes_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay_stock(tmp_path / "projet")
    text = root / "contributions/beta/travail-force.md"
    (root / "contributions/beta/images").mkdir(exist_ok=True)
    picture = next(root.rglob("*.png"))
    (root / "contributions/beta/images/schema.png").write_bytes(picture.read_bytes())
    kept = "\n\n".join(f"::: confidentiel\n{words}\n:::" for words in SEEDED.values())
    words = text.read_text(encoding="utf-8").replace(
        "Un autre constat inventé.", f"Un autre constat inventé.\n\n{kept}"
    )
    text.write_text(words.replace("## Sources", f"{RECOMMENDATION}\n## Sources", 1), encoding="utf-8")
    for verb in VERBS:
        assert cli.run([*verb, "--root", str(root)]) in (0, 1), verb
        said = capsys.readouterr()
        if verb[0] not in ("check", "build", "draft"):  # whose messages quote the line that a rule is about
            assert "zqvkxw" not in (said.out + said.err).lower(), verb
    seen = {path.suffix for path in handed_out(root)}
    assert {".docx", ".pdf", ".html"} <= seen
    leaks = [
        (str(path.relative_to(root)), said[max(0, at - 40) : at + 30])
        for path in handed_out(root)
        for said in decoded(path.read_bytes())
        if (at := said.lower().find("zqvkxw")) >= 0
    ]
    assert leaks == []


def test_the_texts_of_a_frozen_draft_stay_in_the_project(tmp_path: Path) -> None:
    root = lay_stock(tmp_path / "projet")
    assert cli.run(["draft", "--root", str(root)]) in (0, 1)
    (archive,) = root.glob("contributions/drafts/*/sources.zip")
    assert [path for path in handed_out(root) if path.suffix == ".zip"] == []
    assert [path for path in handed_out(root) if archive.read_bytes() in path.read_bytes()] == []
