"""A project of which much is confidential, and every verb that writes used on it: what each wrote, unpacked.

INVENTED TEST MATERIAL. Words that begin with `SECRET` are confidential in Bêta's texts, with `RECEIVED` in a file of
Gamma's; those with `BEFORE` were public in the first draft and are confidential ever since; `CHILD` is in what a child
agreed to for the confidential edition alone. The colour of a confidential picture is `COLOUR`.
"""

from __future__ import annotations

import base64
import binascii
import email
import html
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pypdfium2
from PIL import Image as Pillow
from pypdf import PdfReader

from conftest import PRODUCT, lay_stock
from rapport import cli
from rapport.figures import INDICATORS
from rapport.model import Source
from rapport.workshops.reading import read_workshop
from test_briefs import ADDRESSEES
from test_desk import planned
from test_documents import pdf
from test_figures_publication import WIDE
from test_intake import drop
from test_new import ANSWERS
from word_files import docx, h, p, zipped
from workshop_sample import EDITIONS, codes, lay_workshop
from workshop_sample import PATH as CHILDREN

SECRET, RECEIVED, BEFORE, CHILD = "zqvkxw", "kqwxzv", "qjxvwz", "wxkzvq"
COLOUR, COLOUR_BEFORE = (3, 251, 127), (251, 127, 3)
BETA, ALPHA = "contributions/beta/travail-force.md", "contributions/alpha/travail-force.md"
REFUSED, OPEN_FIRST = "contributions/beta/mendicite.md", "contributions/beta/parole.md"

SEEDED = {
    "paragraph": "Un lieu zqvkxwparagraphe inventé.",
    "small capitals": "Un lieu [zqvkxwpetites]{.smallcaps} inventé.",
    "half a word in italics": "Un lieu zq*vkxwitalique* inventé.",
    "note": "Un lieu inventé[^zqvkxw].\n\n[^zqvkxw]: Une note zqvkxwnote inventée.",
    "note typed in place": "Un lieu inventé^[Une note zqvkxwenplace inventée].",
    "anchor": "[Un mot zqvkxwancre inventé]{#zqvkxwancre}.",
    "cell": "| Un | Deux |\n|---|---|\n| zqvkxwcase | b |\n\n: Légende zqvkxwlegende {#tbl:zqvkxwtable}",
    "picture": '![Une image zqvkxwimage](images/zqvkxwfichier.png){#fig:zqvkxwfigure alt="Un dessin zqvkxwdessin"}',
    "link": "[Un lien zqvkxwlien](https://exemple.org/zqvkxwadresse).",
    "address": "<https://zqvkxwdomaine.example/page>",
    "item": "- un point zqvkxwpoint\n    - un point zqvkxwsouspoint",
    "numbered": "1. un rang zqvkxwrang\n2. un autre",
    "quotation": "> Une citation zqvkxwcitation",
    "definition": "zqvkxwterme\n:   une définition zqvkxwdefinition",
    "acronym": "La Zone Quelconque Xylophone (ZQVKXW) inventée.",
    "citation": "Un fait inventé [voir zqvkxwavant, @rapport2012, p. 4 et zqvkxwapres].",
    "a work cited here alone": "Un fait inventé [@zqvkxwcle].",
    "span of a public paragraph": "Un fait inventé, public, [et zqvkxwmorceau]{.confidentiel}.",
    "cross-reference": "Voir [la suite zqvkxwrenvoi](#zqvkxwancre).",
}
REVIEWED = """\
noms:
""" + "".join(
    f"  - {{nom: {name}, raison: inventé pour un essai, relecteur: un essai, date: 2014-12-05}}\n"
    for name in ("ZQVKXW", "Inventé Zqvkxwauteur", "Zqvkxwediteur")
)
RECOMMENDATION = (
    "::: confidentiel\n- **Au Parlement** (CIDE 3) : ouvrir un lieu zqvkxwdemande inventé^[note zqvkxwpied].\n"
    "- **À la mairie zqvkxwmairie** (CIDE 3) : fermer un lieu.\n:::\n"
)
ADDRESSEES_IN_BOTH = ADDRESSEES.replace("inventé\n", "inventé\n    nom_en: To the ministry\n").replace(
    "inventée\n", "inventée\n    nom_en: To the town\n"
)
PUBLIC_FIRST = """\
Un passage qjxvwzautrefois inventé, public d'abord.

| Un titre qjxvwzcolonne inventé | Autre |
|---|---|
| une case qjxvwzcase longue inventée | b |

: Une légende qjxvwzlegende inventée pour essai

Un fait inventé^[Une note qjxvwznote inventée pour essai].

Un terme qjxvwzterme inventé
:   une définition qjxvwzdefinition inventée

> Une citation qjxvwzcitation inventée

![Une image qjxvwzimage inventée](images/autrefois.png){alt="Un dessin qjxvwzdessin inventé pour essai"}"""
DEMAND_FIRST = "- **Au ministère inventé** (CIDE 32) : inventer une mesure qjxvwzdemande."
WHOLE_FIRST = """\
---
titre: Un texte qjxvwztitre public d'abord
date: 2014-12-02
auteurs: [Association Bêta]
avertissement: Un avertissement qjxvwzavertissement inventé.
diffusion: publique
---

## Constat

Un constat qjxvwzentier inventé.

### Une partie qjxvwzpartie inventée

## Analyse au regard de la Convention

Une analyse qjxvwzanalyse inventée.

## Recommandations

- **Au Parlement** (CIDE 12) : inventer une suite qjxvwzsuite.
"""
LIBRARY = """\
@book{zqvkxwcle, author = {Zqvkxwauteur, Inventé}, title = {Un livre zqvkxwlivre}, publisher = {Zqvkxwediteur},
  date = {2009}, url = {https://zqvkxwsite.example/livre}}
"""
WHOLE = """\
---
titre: Un texte zqvkxwtitre inventé
date: 2014-12-02
auteurs: [Association Bêta]
diffusion: confidentielle
avertissement: Un avertissement zqvkxwavertissement.
articles: [CIDE 12]
---

## Constat

Un constat zqvkxwconstat inventé.

### Une partie zqvkxwpartie

## Analyse au regard de la Convention

Une analyse zqvkxwanalyse.

## Bonnes pratiques

Une pratique zqvkxwpratique. Elle se fait.

## Recommandations

- **Au Parlement** (CIDE 12 ; clé) : une demande zqvkxwcleconfidentielle.

## Sources

- Une source zqvkxwsource.
"""
BAD = """\
---
titre: Un texte refusé
date: 2014-12-02
auteurs: [Association Bêta]
diffusion: confidentielle
---

## Constat

Un constat zqvkxwrefuse [@inconnu2014].
"""


# What no edition prints: the name of an anchor and of a file, the key of a work.
NEVER_PRINTED = {f"{SECRET}{name}" for name in ("ancre", "table", "figure", "fichier", "cle")}


@dataclass
class Life:
    """A project and what each verb wrote in it: `written` has each file by its path, as it was left by that verb."""

    root: Path
    shown: list[str]
    written: dict[str, dict[str, bytes]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    kept_from: int = 0  # the first verb after what was public became confidential

    def do(self, verb: str, *typed: str) -> None:
        """One verb; what it wrote and said is kept under its name and its arguments."""
        self.look()
        self.shown.clear()
        name = f"{len(self.written) + 1}. {' '.join([verb, *typed])}"
        self.status[name] = cli.run([verb, "--root", str(self.root), *typed])
        self.said[name] = "\n".join(self.shown)
        self.written[name] = self.look()

    def look(self) -> dict[str, bytes]:
        """What stands in the folder and did not when it was last looked at."""
        new = {}
        for path in sorted(self.root.parent.rglob("*")):
            where = path.relative_to(self.root.parent).as_posix()
            if path.is_file() and not re.search(r"/build/(?:cache|staging)/", where):
                content = path.read_bytes()
                digest = sha256(content).hexdigest()
                if self.seen.get(where) != digest:
                    new[where], self.seen[where] = content, digest
        return new


def lay(folder: Path) -> Path:
    """The stock, with much that is confidential in it, before anything was made of it."""
    root = lay_stock(folder / "projet")
    outline = root / "chapters/outline.yaml"
    plan = outline.read_text(encoding="utf-8") + ADDRESSEES_IN_BOTH
    plan = plan.replace("  projet: Essai n° 1\n", "  projet: Essai n° 1\n  projet_en: Essay\n")
    plan = plan.replace("nom: Convention relative aux droits de l'enfant", "nom: Convention\n    nom_en: Convention")
    outline.write_text(plan.replace("nom: Protocole", "nom_en: Protocol\n    nom: Protocole"), encoding="utf-8")
    text = root / BETA
    (text.parent / "images").mkdir(exist_ok=True)
    Pillow.new("RGB", (64, 48), COLOUR).save(text.parent / "images/zqvkxwfichier.png")
    (text.parent / "sources.bib").write_text(LIBRARY, encoding="utf-8")
    kept = "\n\n".join(f"::: confidentiel\n{words}\n:::" for words in SEEDED.values())
    words = text.read_text(encoding="utf-8").replace(
        "Un autre constat inventé.", f"Un autre constat inventé. \n\n{kept}"
    )
    text.write_text(words.replace("## Sources", f"{RECOMMENDATION}\n## Sources", 1), encoding="utf-8")
    (root / "contributions/beta/formation.md").write_text(WHOLE, encoding="utf-8")
    (root / REFUSED).write_text(BAD, encoding="utf-8")
    (root / "chapters/noms-revus.yaml").write_text(REVIEWED, encoding="utf-8")
    public = root / ALPHA
    (public.parent / "images").mkdir(exist_ok=True)
    Pillow.new("RGB", (64, 48), COLOUR_BEFORE).save(public.parent / "images/autrefois.png")
    words = public.read_text(encoding="utf-8").replace("\n\n[^1]:", f"\n\n{PUBLIC_FIRST}\n\n[^1]:", 1)
    public.write_text(words.rstrip() + f"\n{DEMAND_FIRST}\n", encoding="utf-8")
    (root / OPEN_FIRST).write_text(WHOLE_FIRST, encoding="utf-8")
    lay_children(root)
    (root / INDICATORS).write_text(WIDE, encoding="utf-8")
    planned(root)
    letter = docx(h("Constat"), p("Un fait reçu."), p("::: confidentiel"), p("Un secret kqwxzvrecu."), p(":::"),
                  h("Recommandations"), p("- Au Parlement : [confidentiel] voter kqwxzvvote."))  # fmt: skip
    drop(root, "gamma/travail-force.docx", letter)
    drop(root, "beta/un-rapport-recu.pdf", pdf("Un titre inventé"))
    return root


def lay_children(root: Path) -> None:
    """A workshop, one child of which agreed to the confidential edition alone."""
    place = lay_workshop(root)
    words = place.read_text(encoding="utf-8")
    before, _, last = words.partition("  - reference: P-07\n")
    words = f"{before}  - reference: P-07\n{last.replace(EDITIONS, '[confidentielle]', 1)}"
    words = words.replace("le juje il a parlé o dam", f"le juje il a parlé o dam {CHILD}")
    old = codes(root)["P-07"]
    workshop, problems = read_workshop("alpha", "atelier-essai", Source(CHILDREN, words, ""))
    assert workshop, problems
    new = next(piece.imprint("") for piece in workshop.pieces if piece.code == "P-07")
    place.write_text(words.replace(old, new), encoding="utf-8")


def decoded(content: bytes) -> Iterator[str]:
    """Everything that a file says: its bytes, its members', its pages' and its properties' words, marks undone."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for member in package.infolist():
                yield f"{member.filename} {member.comment!r} {package.comment!r}"
                yield from decoded(package.read(member))
        return
    if content.startswith(b"%PDF"):
        yield from of_pdf(content)
        return
    text = content.decode("utf-8", "replace")
    yield text
    yield unquote(html.unescape(text))
    yield re.sub(r"\r?\n[ \t]", "", text)  # lines that a calendar or a message folds
    yield re.sub(r"<[^>]*>", "", html.unescape(text))  # words whose letters stand between marks
    for packed in re.findall(r"[A-Za-z0-9+/=\r\n]{40,}", text):
        try:
            yield from decoded(base64.b64decode("".join(packed.split()), validate=True))
        except (binascii.Error, ValueError, zipfile.BadZipFile):
            continue
    if re.match(r"(?:[\w-]+: .*\r?\n)+", text):
        message = email.message_from_bytes(content, policy=policy.default)
        yield from (f"{name} {value}" for name, value in message.items())
        for part in message.walk():
            if not part.is_multipart():
                yield f"{part.get_filename()}"
                yield from decoded(part.get_payload(decode=True) or b"")


def of_pdf(content: bytes) -> Iterator[str]:
    """The words of a PDF's pages by two readers, its properties, and each of its objects and streams, unpacked."""
    reader = PdfReader(io.BytesIO(content))
    yield " ".join(page.extract_text() for page in reader.pages)
    yield repr((reader.metadata, reader.outline, list(reader.named_destinations), list(reader.attachments)))
    document = pypdfium2.PdfDocument(content)
    yield " ".join(page.get_textpage().get_text_bounded() for page in document)
    with pikepdf.open(io.BytesIO(content)) as opened:
        for one in opened.objects:
            yield unquote(repr(one))
            if isinstance(one, pikepdf.Stream):
                yield one.read_bytes(pikepdf.StreamDecodeLevel.generalized).decode("utf-8", "replace")


def pictures(content: bytes) -> Iterator[Pillow.Image]:
    """Every picture in a file, whatever it is packed in."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for member in package.namelist():
                yield from pictures(package.read(member))
    elif content.startswith(b"%PDF"):
        for page in PdfReader(io.BytesIO(content)).pages:
            yield from (one.image for one in page.images if one.image)
    elif content[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0", b"RIFF"):
        yield Pillow.open(io.BytesIO(content))
    else:
        for packed in re.findall(rb"data:image/[\w+]+;base64,([A-Za-z0-9+/=]+)", content):
            yield from pictures(base64.b64decode(packed))


def shows(content: bytes, colour: tuple[int, int, int]) -> bool:
    """Whether a picture of this colour is in a file."""
    found = (image.convert("RGB").getcolors(1 << 20) or () for image in pictures(content))
    return any(colour == one for colours in found for _, one in colours)


def live(folder: Path, shown: list[str]) -> Life:
    """A project that went through every verb, its words confidential from the start or from halfway on."""
    life = Life(lay(folder), shown)
    life.look()
    for verb in WITH_A_REFUSED_TEXT:
        life.do(*verb)
    english(life.root)
    life.do("translation")
    life.do("build", "--report-language", "en")
    returned(life.root)
    make_confidential(life.root)
    life.kept_from = len(life.written)
    for verb in AFTERWARDS:
        life.do(*verb)
    decided(life)
    finish(life)
    for verb in TO_BE_HANDED_IN:
        life.do(*verb)
    shutil.copytree(PRODUCT / "docs", life.root / "docs")
    (life.root / "reponses.txt").write_text(ANSWERS.replace("SOS Esclaves", "Association Bêta"), encoding="utf-8")
    life.look()
    life.do("new", "--answers", "reponses.txt")
    return life


WITH_A_REFUSED_TEXT = (
    ["check"], ["status"], ["status", "--all"], ["build"], ["build", "--report-language", "en"], ["verify"], ["budget"],
    ["desk"], ["calendar"], ["reminders"], ["letters"], ["forms"], ["forms", "--children", "--association", "alpha"],
    ["translation"], ["children"], ["intake"], ["documents"], ["figures"], ["draft"],
    ["consent"], ["review-names", "--list"], ["explain", "S11"],
)  # fmt: skip
AFTERWARDS = (
    ["check", "--report-language", "en"], ["review"], ["decide", "--list"], ["apply"], ["redline", "1", "maintenant"],
    ["draft"], ["consent"], ["redline", "1", "2"], ["letters"], ["desk"], ["translation"], ["forms"], ["reminders"],
)  # fmt: skip
TO_BE_HANDED_IN = (
    ["figures", "--publish"], ["public"], ["public", "--report-language", "en"], ["briefs"], ["booklet"],
    ["children-version"], ["follow"], ["desk"], ["status"],
    ["confidential"], ["build"], ["desk"], ["redline", "1", "maintenant"],
)  # fmt: skip


def english(root: Path) -> None:
    """Each passage has its English: the French again, confidential words of its own where it is confidential."""
    for path in root.glob("contributions/*/*.en.md"):
        text = path.read_text(encoding="utf-8")

        def fill(block: re.Match[str]) -> str:
            said = re.sub(r"(?m)^> ?", "", block["french"])
            return f"{block[0].rstrip()}\n\n{said.replace(' ' + SECRET, f' {SECRET}english')}\n"

        path.write_text(re.sub(r"(?m)^(?P<french>(?:>.*\n)+)\n*(?=:::$)", fill, text), encoding="utf-8")


def returned(root: Path) -> None:
    """The first draft as a reviewer sends it back: the passage that is going to be confidential changed."""
    sent = (root / "build/projet-1/rapport-projet-1.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(sent)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    main = parts["word/document.xml"].decode()
    changed = re.sub(f"({BEFORE}\\w+) invent", r"\1 bien invent", main)
    changed = changed.replace("analyse est inventée aussi", "analyse est bien inventée aussi")
    assert changed.count(" bien invent") > 5
    drop(root, "reviews/relectrice.docx", zipped(parts | {"word/document.xml": changed}))


def make_confidential(root: Path) -> None:
    """What everybody could read is confidential from now on."""
    text = (root / ALPHA).read_text(encoding="utf-8")
    for passage in (PUBLIC_FIRST, DEMAND_FIRST):
        assert passage in text
        text = text.replace(passage, f"\n::: confidentiel\n{passage}\n:::")
    (root / ALPHA).write_text(text, encoding="utf-8")
    whole = (root / OPEN_FIRST).read_text(encoding="utf-8")
    (root / OPEN_FIRST).write_text(whole.replace("diffusion: publique", "diffusion: confidentielle"), encoding="utf-8")
    outline = root / "chapters/outline.yaml"
    outline.write_text(outline.read_text(encoding="utf-8").replace("Essai n° 1", "Essai n° 2"), encoding="utf-8")


def decided(life: Life) -> None:
    """Remarks on what is public accepted and written, the others answered; the answers written."""
    ledger = (life.root / "contributions/drafts/ledger.yaml").read_text(encoding="utf-8")
    remarks = {entry.split("\n")[0].strip("'"): BEFORE in entry for entry in ledger.split("- id: ")[1:]}
    assert set(remarks.values()) == {True, False}
    life.do("decide", *(one for one in remarks if not remarks[one]), "--accept")
    life.do("decide", *(one for one in remarks if remarks[one]), "--answer", "Cela sera vu.")
    life.do("apply")
    life.do("answers")


def finish(life: Life) -> None:
    """The project as it is on the last day: no working document, each association has agreed."""
    for path in (REFUSED, "contributions/gamma/travail-force.md"):
        (life.root / path).unlink()
    for path in life.root.glob("contributions/*/*.en.md"):
        path.unlink()
    life.do("documents", "1", "--read")
    for text in life.root.glob("contributions/*/*.md"):
        text.write_text(re.sub(r"(?m)^avertissement: .*\n", "", text.read_text(encoding="utf-8")), encoding="utf-8")
    life.do("translation")
    english(life.root)
    life.do("consent")
    for name in ("alpha", "beta"):
        life.do("consent", "--association", name, "--agree", "--by", "la présidence", "--date", "2015-02-01")
