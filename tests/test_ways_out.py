"""What is confidential stands in nothing that is handed out: every file that a verb writes is unpacked and searched.

A paper that goes back to the association (or the child) whose words they are may hold them, and the confidential
edition does; nothing else.
"""

from __future__ import annotations

import base64
import builtins
import io
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from PIL import Image as Pillow

import ways_out
from conftest import lay_stock
from rapport import cli
from test_documents import pdf
from ways_out import BEFORE, CHILD, COLOUR, RECEIVED, SECRET, SEEDED, Life, decoded, live, shows
from word_files import docx, p, run

pytestmark = pytest.mark.slow

WORDS = re.compile("|".join((SECRET, RECEIVED, BEFORE, CHILD)))
# What holds such words by right: the texts themselves, as they were before « apply » too, what they were made of, what
# goes back to who wrote it, what was sent while everybody could read it, the confidential edition.
OWN = (
    ("contributions/(?:alpha|beta|gamma)/", f"{SECRET}|{RECEIVED}|{BEFORE}|{CHILD}"),
    (r"contributions/inbox/(?!journal)", RECEIVED),
    (r"contributions/drafts/\d+/sources\.zip", f"{SECRET}|{RECEIVED}|{BEFORE}|{CHILD}"),
    (r"contributions/drafts/(?:1/)?ledger\.yaml", BEFORE),
    ("build/avant/", f"{SECRET}|{RECEIVED}|{BEFORE}|{CHILD}"),
    (r"chapters/noms-revus\.yaml", SECRET),
    (r"build/(?:lettres|recus)/beta|build/rappels/beta\.eml", SECRET),
    (r"build/(?:lettres|recus)/gamma|build/rappels/gamma\.eml", RECEIVED),
    ("build/enfants/alpha/", CHILD),
    ("build/[^/]*-confidentiel", f"{SECRET}|{BEFORE}|{CHILD}"),
)  # fmt: skip
# The verbs that write nothing, or nothing of their own.
WITHOUT_FILES = {
    "watch": "builds as « build » does, until it is stopped",
    "explain": "shows the page of a rule",
    "check": "shows what is to be corrected, to the editor",
    "status": "shows counts",
    "verify": "reads",
    "budget": "shows counts",
    "review-names": "asks the editor; its register holds public names and seals",
}
# The verbs that show the editor the words that something is to be done about.
SHOWS_TEXT = ("check", "build", "draft", "review-names", "decide", "public", "confidential", "documents")


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    with pytest.MonkeyPatch.context() as patch:
        shown = list[str]()
        patch.setattr(builtins, "print", lambda *words, **_: shown.append(" ".join(map(str, words))))
        return live(tmp_path_factory.mktemp("vie"), shown)


def test_every_verb_is_used_and_those_that_write_have_written(life: Life) -> None:
    """A verb that nobody put into the life of `ways_out` fails here."""
    used = {name.split()[1] for name in life.written}
    assert used | {"watch"} == {verb.name for verb in cli.VERBS}
    wrote = {name.split()[1] for name, files in life.written.items() if files}
    assert {verb.name for verb in cli.VERBS} - wrote == set(WITHOUT_FILES)
    assert {name: status for name, status in life.status.items() if status not in (0, 1)} == {}
    made = {name.split(". ")[1] for name, status in life.status.items() if status == 0}
    assert {"public", "public --report-language en", "confidential", "booklet", "briefs", "apply"} <= made


def test_each_way_of_writing_stands_in_the_confidential_edition(life: Life) -> None:
    """Every word looked for is one that the program prints where it may: none is looked for in vain."""
    said = "\n".join(
        text.lower() for path, content in _written(life) if "confidentiel-ne-pas" in path for text in decoded(content)
    )
    printed = {word for words in SEEDED.values() for word in re.findall(rf"{SECRET}[a-z]+", words.lower())}
    assert printed - set(re.findall(rf"{SECRET}[a-z]+", said)) <= ways_out.NEVER_PRINTED


def test_nothing_confidential_is_handed_out(life: Life) -> None:
    assert [leak for path, content in _written(life) for leak in leaks(path, content)] == []


def test_nothing_confidential_is_shown_but_to_the_editor(life: Life) -> None:
    said = {name: text for name, text in life.said.items() if name.split()[1] not in SHOWS_TEXT}
    assert {name: WORDS.findall(text.lower()) for name, text in said.items() if WORDS.search(text.lower())} == {}


def _written(life: Life) -> Iterator[tuple[str, bytes]]:
    """Each file as each verb left it; what was public until the first draft went out is no leak before that."""
    for at, files in enumerate(life.written.values()):
        for path, content in files.items():
            yield (path if at >= life.kept_from else f"{path} (before)"), content


def leaks(path: str, content: bytes) -> list[tuple[str, str]]:
    """The words of a file, or of its path, that do not belong there."""
    own = "|".join(words for place, words in OWN if re.match(rf"projet/(?:{place})", path))
    own += f"|{BEFORE}" if path.endswith(" (before)") else ""
    allowed = re.compile(own.strip("|") or r"(?!)")
    found = [
        (path, text[max(0, match.start() - 40) : match.end() + 30])
        for text in (path, *decoded(content))
        for match in WORDS.finditer(text.lower())
        if not allowed.fullmatch(match[0])
    ]
    if not re.match(r"projet/(?:contributions/|build/[^/]*confidentiel)", path) and shows(content, COLOUR):
        found.append((path, "the picture"))
    return found


WORD = f"{SECRET}mot"


def picture() -> bytes:
    content = io.BytesIO()
    Pillow.new("RGB", (8, 8), COLOUR).save(content, "PNG")
    return content.getvalue()


def message() -> bytes:
    made = EmailMessage()
    made["Subject"] = "inventé"
    made.set_content("é " * 40)
    made.add_attachment(docx(p(WORD)), maintype="application", subtype="x", filename="a.docx")
    return made.as_bytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (f"{WORD}.txt", b""),
        ("a.docx", docx(p("", inside=run(WORD[:3]) + run(WORD[3:], "<w:b/>")))),
        ("a.eml", message()),
        ("a.ics", f"DESCRIPTION:x{WORD[:4]}\r\n {WORD[4:]}".encode()),
        ("a.html", f"<p>{WORD[:4]}<b>{WORD[4:]}</b></p>".encode()),
        ("b.html", "".join(f"&#{ord(sign)};" for sign in WORD).encode()),
        ("c.html", f'<a href="#{"".join(f"%{ord(sign):x}" for sign in WORD)}">x</a>'.encode()),
        ("d.html", b'<img src="data:image/png;base64,' + base64.b64encode(picture()) + b'">'),
        ("a.pdf", pdf(WORD)),
    ],
)
def test_a_word_is_found_however_it_is_packed(name: str, content: bytes) -> None:
    assert leaks(f"projet/build/{name}", content)
    assert leaks(f"projet/contributions/beta/{name}", content) == [] or name.startswith(WORD)


def test_the_texts_of_a_frozen_draft_stay_in_the_project(tmp_path: Path) -> None:
    root = lay_stock(tmp_path / "projet")
    assert cli.run(["draft", "--root", str(root)]) in (0, 1)
    (archive,) = root.glob("contributions/drafts/*/sources.zip")
    files = [path for path in (root / "build").rglob("*") if path.is_file() and "cache" not in path.parts]
    assert [path for path in files if path.suffix == ".zip"] == []
    assert [path for path in files if archive.read_bytes() in path.read_bytes()] == []
