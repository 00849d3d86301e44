"""The redline: all accepted is the new report, all refused the old one; what did not change is not marked."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace
from PIL import Image
from pypdf import PdfReader

from conftest import lay_stock
from docx_rules import unclosed_fields, wrong_bookmarks
from docx_sample import META, W, Word
from html_reader import Page
from office import as_pdf, needs_office, settled
from rapport import cli
from rapport.compare.document import ComparedPart, compare_documents, passages_document
from rapport.compare.files import as_docx, as_html
from rapport.diff.inlines import ChangeMarker
from rapport.markdown import pandoc
from rapport.model import Document, Node
from rapport.office.archive import pack, unpack
from rapport.output.docx.reference_document import reference_docx
from rapport.output.docx.writer import write
from rapport.report.numbering import Numbering
from rapport.review.freeze.draft_files import sources
from tracked import differences, stories

pytestmark = pytest.mark.slow

HAND = ChangeMarker("Collectif", "2015-02-28T00:00:00Z", "Numéros", {"Table": "Tableau", "Figure": "Figure"})
HTML_META = replace(
    META, strings={**META.strings, "notes": "Notes", "note": "note {number}", "back": "retour {number}"}
)
HTML_META.strings.update({"edition": "Édition", "skip": "Aller au texte"})


def document(text: str) -> Document:
    """A report of one chapter written in Markdown: its paragraphs numbered, as layout does."""
    read = orjson.loads(pandoc.run(["--from=markdown-smart-auto_identifiers", "--to=json"], text.encode(), 20))
    return Document(HTML_META, (), (tuple(Numbering().chapter(read["blocks"])),), ())


class Desk:
    """Makes and settles redlines in a folder that holds the pictures and the reference document."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.reference = folder, folder / "reference.docx"
        self.reference.write_bytes(reference_docx("fr"))
        Image.new("RGB", (60, 40), "navy").save(folder / "a.png")
        Image.new("RGB", (60, 40), "teal").save(folder / "b.png")

    def plain(self, of: Document) -> bytes:
        return write(of, self.folder, self.reference)

    def redline(self, old: Document, new: Document) -> bytes:
        return as_docx(compare_documents(old, new, HAND, "Comparaison"), new, self.folder, self.reference)

    def wrong(self, old: Document, new: Document) -> list[str]:
        """Where all accepted is not the new document, or all refused not the old one."""
        return wrong(self.redline(old, new), self.plain(old), self.plain(new))


def wrong(red: bytes, old: bytes, new: bytes) -> list[str]:
    """Where a redline is not the new file once all is accepted, nor the old one once all is refused."""
    return [
        difference
        for of, accept in ((new, True), (old, False))
        for expected, found in zip(stories(of, None), stories(without_old_numbers(red), accept), strict=True)
        for difference in differences(expected, without_numbers(found))
    ]


def without_numbers(paragraphs: list[str]) -> list[str]:
    """Paragraphs of a redline without the fields that count those of its lists; « # » says a field."""
    return [re.sub(r"^#(?:\{\w+:[.)]\}|[.)])? ", "", words) for words in paragraphs]


def without_old_numbers(red: bytes) -> bytes:
    """A redline without the numbers that were struck, which Word counts by itself in the old file."""
    parts = unpack(red)
    body = etree.fromstring(parts["word/document.xml"])
    for change in [change for change in body.iter(f"{W}del") if is_number(change)]:
        change.getparent().remove(change)
    return pack({**parts, "word/document.xml": etree.tostring(body)})


def is_number(change: Any) -> bool:
    """Whether a tracked change holds a paragraph's number alone: a field that counts, or what stood before a tab."""
    return any("SEQ n" in (code.text or "") for code in change.iter(f"{W}instrText")) or (
        change.tag == f"{W}del" and len(change) == 1 and change[0].find(f"{W}tab") is not None
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("redline"))


def changes(content: bytes) -> list[str]:
    """What Word shows as changed, in order: « +words », « -words », « =words » for looks, « ¶+ » for whole ends."""
    word = Word(content)
    found = []
    for part in ("word/document.xml", "word/footnotes.xml"):
        for element in word.xml(part).iter():
            sign = {"ins": "+", "moveTo": "»", "del": "-", "moveFrom": "«", "rPrChange": "="}.get(
                etree.QName(element).localname, ""
            )
            if not sign or is_number(element):
                continue
            if element.getparent().tag == f"{W}rPr" and sign != "=":
                found.append(f"¶{sign}")
            elif element.getparent().tag == f"{W}trPr":
                found.append(f"row{sign}")
            else:
                words = element.getparent().getparent() if sign == "=" else element
                found.append(sign + "".join(t.text or "" for t in words.iter(f"{W}t", f"{W}delText")))
    return found


LONG = "Les associations du collectif inventé demandent que chaque enfant soit entendu dans une langue qu'il comprend."
OTHER = "Un deuxième paragraphe inventé parle ensuite de tout autre chose, des moyens et des délais par exemple."
TABLE = """
| Année | Nombre |
|-------|--------|
| 2012  | dix    |
| 2013  | vingt  |

: Un tableau inventé
"""
LIST = "Trois demandes :\n\n- un abri sûr pour chacun ;\n- une écoute attentive ;\n- un suivi dans la durée.\n"
LABELLED = "::: {{.recommendation label={0}}}\n[{0}]{{.label}} **Au ministère** : {1}\n:::\n\n"

CASES: dict[str, tuple[str, str, list[str]]] = {
    "nothing": (LONG, LONG, []),
    "a word": (LONG, LONG.replace("chaque", "tout"), ["-chaque", "+tout"]),
    "words close together": (
        LONG,
        LONG.replace("chaque enfant soit entendu", "tout enfant parle"),
        ["-chaque enfant soit entendu", "+tout enfant parle"],
    ),
    "a number is one word": ("Un total de 12,5 % des enfants.", "Un total de 12,7 % des enfants.", ["-12,5", "+12,7"]),
    "a paragraph rewritten": (
        f"{LONG}\n\nAvant tout, rien.",
        f"{OTHER}\n\nAvant tout, rien.",
        ["¶-", f"-{LONG}", "¶+", f"+{OTHER}"],
    ),
    "a paragraph inserted": (LONG, f"{OTHER}\n\n{LONG}", ["¶+", f"+{OTHER}"]),
    "the last paragraph deleted": (f"{LONG}\n\n{OTHER}", LONG, ["¶-", f"-{OTHER}"]),
    "a paragraph moved": (
        f"# Une {{#a}}\n\n{LONG}\n\n{OTHER}\n\n# Deux {{#b}}\n\nFin d'une partie inventée.",
        f"# Une {{#a}}\n\n{LONG}\n\n# Deux {{#b}}\n\nFin d'une partie inventée.\n\n{OTHER}",
        ["¶«", f"«{OTHER}", "¶»", f"»{OTHER}"],
    ),
    "a paragraph divided": (f"{LONG} {OTHER}", f"{LONG}\n\n{OTHER}", ["¶+", "- "]),
    "two paragraphs joined": (f"{LONG}\n\n{OTHER}", f"{LONG} {OTHER}", ["¶-", "+ "]),
    "three joined and reworded": (
        f"{LONG}\n\n{OTHER}\n\nEt voilà la fin de ce texte.",
        f"{LONG} {OTHER} Et voilà la suite de ce texte.",
        ["¶-", "¶-", "+ ", "+ ", "-fin", "+suite"],
    ),
    "an item inserted": (LIST, LIST.replace("- une", "- un repas chaud ;\n- une"), ["¶+", "+un repas chaud ;"]),
    "an item deleted": (LIST, LIST.replace("- une écoute attentive ;\n", ""), ["¶-", "-une écoute attentive ;"]),
    "a loose list is no change": (LIST, LIST.replace("\n- une", "\n\n- une").replace("\n- un s", "\n\n- un s"), []),
    "a cell": (TABLE, TABLE.replace("dix ", "onze"), ["-dix", "+onze"]),
    "a cell emptied": (TABLE, TABLE.replace("vingt", "     "), ["-vingt"]),
    "a row added": (TABLE, TABLE.replace("| 2013", "| 2010  | cinq |\n| 2013"), ["row+", "+2010", "+cinq"]),
    "a row removed": (TABLE, TABLE.replace("| 2012  | dix    |\n", ""), ["row-", "-2012", "-dix"]),
    "a table added": (
        LONG,
        f"{LONG}\n{TABLE}\n{OTHER}",
        ["¶+", "+Tableau\u00a01\u00a0– ", "+Un tableau inventé", *["row+", "+Année", "+Nombre"],
         *["row+", "+2012", "+dix"], *["row+", "+2013", "+vingt"], "¶+", f"+{OTHER}"],
    ),
    "a caption": (TABLE, TABLE.replace("Un tableau", "Le tableau"), ["-Un", "+Le"]),
    "a note changed": (
        f"{LONG}[^1]\n\n[^1]: Une note inventée, page 4.", f"{LONG}[^1]\n\n[^1]: Une note inventée, page 5.",
        ["-4", "+5"],
    ),
    "a note added": (LONG, f"{LONG}[^1]\n\n[^1]: Une note.", ["+", "+Une note."]),
    "a note removed": (f"{LONG}[^1]\n\n[^1]: Une note.", LONG, ["-", "-Une note."]),
    "a heading renamed": (f"## Constat\n\n{LONG}", f"## Constats\n\n{LONG}", ["-Constat", "+Constats"]),
    "emphasis alone": (LONG, LONG.replace("chaque enfant", "**chaque** *enfant*"), ["=chaque", "=enfant"]),
    "emphasis taken away": (LONG.replace("chaque", "***chaque***"), LONG, ["=chaque"]),
    "a link": (f"{LONG} [Voir](https://example.org/a).", f"{LONG} [Voir](https://example.org/b).", ["-Voir", "+Voir"]),
    "a picture replaced": (
        '![Un schéma](a.png){alt="un"}\n', '![Un schéma](b.png){alt="deux"}\n', ["¶-", "-", "¶+", "+"],
    ),
    "a label that shifts": (
        LABELLED.format("R1", LONG), LABELLED.format("R1", OTHER) + LABELLED.format("R2", LONG),
        ["¶+", "+R1 ", "+Au ministère", f"+ : {OTHER}", "-R1", "+R2"],
    ),
    "a word that comes back": (
        "Il ne cite aucun cas et ne donne aucun chiffre.", "Il ne cite pas de cas et ne donne aucun chiffre.",
        ["-aucun", "+pas de"],
    ),
    "a quotation becomes a paragraph": (f"> {LONG}", LONG, ["¶-", f"-{LONG}", "¶+", f"+{LONG}"]),
    "a column added": (
        "| A |\n|---|\n| un |\n", "| A | B |\n|---|---|\n| un | deux |\n",
        ["row-", "-A", "row-", "-un", "row+", "+A", "+B", "row+", "+un", "+deux"],
    ),
    "a definition": ("Terme\n:   Sa définition inventée.\n", "Terme\n:   Sa définition réinventée.\n", [
        "¶-", "-Terme", "¶-", "-Sa définition inventée.", "¶+", "+Terme", "¶+", "+Sa définition réinventée.",
    ]),
    "verses": ("| Un vers\n| un autre\n", "| Un vers\n| un dernier\n", ["-autre", "+dernier"]),
    "a list in a list": (
        "- un abri\n    - pour les enfants seuls\n- une écoute\n",
        "- un abri\n    - pour les enfants isolés\n- une écoute\n", ["-seuls", "+isolés"],
    ),
    "a rule": (f"{LONG}\n\n---\n\n{OTHER}", f"{LONG}\n\n{OTHER}", []),
    "a part added": (
        f"# Une {{#a}}\n\n## Un thème {{#t1}}\n\n{LONG}",
        f"# Une {{#a}}\n\n## Un autre {{#t2}}\n\n{OTHER}\n\n## Un thème {{#t1}}\n\n{LONG}",
        ["¶+", "+Un autre", "¶+", f"+{OTHER}"],
    ),
    "a theme moved": (
        f"# Une {{#a}}\n\n## Un {{#t1}}\n\n{LONG}\n\n{LONG}\n\n## Deux {{#t2}}\n\n{OTHER}",
        f"# Une {{#a}}\n\n## Deux {{#t2}}\n\n{OTHER}\n\n## Un {{#t1}}\n\n{LONG}\n\n{LONG}",
        ["¶+", "+Deux", "¶»", f"»{OTHER}", "¶-", "-Deux", "¶«", f"«{OTHER}"],
    ),
    "code": ("```\nune ligne\n```\n", "```\nune autre\n```\n", ["¶-", "-une ligne", "¶+", "+une autre"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_change_is_told_as_a_reader_would_and_goes_both_ways(desk: Desk, name: str) -> None:
    old, new, told = CASES[name]
    before, after = document(old), document(new)
    plain, plain_after, red = desk.plain(before), desk.plain(after), desk.redline(before, after)
    assert wrong(red, plain, plain_after) == []
    assert wrong(desk.redline(after, before), plain_after, plain) == []
    assert changes(red) == told


def test_numbers_that_shift_are_no_change(desk: Desk) -> None:
    rest = f"# Une {{#a}}\n\n{LONG}\n{TABLE}\n\n# Deux {{#b}}\n\n{OTHER}"
    assert changes(desk.redline(document(rest), document(f"Un paragraphe de plus.\n\n{rest}"))) == [
        "¶+",
        "+Un paragraphe de plus.",
    ]


def test_labels_change_in_a_name_of_their_own(desk: Desk) -> None:
    """So that Word can hide them all: what was only counted anew is nobody's change."""
    old, new, _ = CASES["a label that shifts"]
    body = Word(desk.redline(document(old), document(new))).xml("word/document.xml")
    authors = {"".join(e.itertext()): e.get(f"{W}author") for e in body.iter(f"{W}ins", f"{W}del")}
    assert (authors["R1"], authors["R2"], authors["Au ministère"]) == ("Numéros", "Numéros", "Collectif")


# ---------------------------------------------------------------- any two documents

WORDS = st.lists(
    st.sampled_from("un deux trois quatre *cinq* **six** sept. huit, neuf[^1] [dix](https://e.org)".split())
)
PARAGRAPH = st.builds(lambda words: " ".join(["Début", *words]), WORDS)
BLOCK = st.one_of(
    PARAGRAPH,
    st.lists(PARAGRAPH, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {item}" for item in items)),
    st.lists(PARAGRAPH, min_size=1, max_size=3).map(
        lambda rows: "\n".join(["| A | B |", "|---|---|", *(f"| {row} | x |" for row in rows)])
    ),
    PARAGRAPH.map("> {}".format),
    PARAGRAPH.map("### {}".format),
)
BLOCKS = st.lists(BLOCK, min_size=1, max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(first=BLOCKS, second=BLOCKS, kept=BLOCKS)
def test_any_two_documents(desk: Desk, first: list[str], second: list[str], kept: list[str]) -> None:
    note = "\n\n[^1]: Une note de bas de page.\n"
    old, new = ("\n\n".join([*blocks, *kept]) + note for blocks in (first, second))
    assert desk.wrong(document(old), document(new)) == []


# ---------------------------------------------------------------- the whole report

CHANGED = {
    "Ce texte est inventé pour les tests[^1]. Il cite": "Ce texte est inventé *pour les essais*[^1]. Il lit",
    "[@rapport2012, p. 4]": "[@livre2010, p. 5]",
    "| 2013  | 20             |": "| 2013  | 21             |\n| 2014  | 30             |",
    "Une note inventée.": "Une note réinventée.",
    "l'ouvrage de @livre2010.": "l'ouvrage de @livre2010, et un autre.\n\nUn paragraphe derrière des mots ajoutés.",
    "inventée aussi, comme": "inventée aussi.\n\nElle est comme",
    "- **Au Parlement**": "- **Au ministère inventé** (CIDE 32) : inventer un délai.\n- **Au Parlement**",
}


def edit(project: Path) -> None:
    """The project as it stands a draft later: texts changed, moved, added and removed, a picture replaced."""
    alpha, beta = project / "contributions" / "alpha", project / "contributions" / "beta"
    text = (alpha / "travail-force.md").read_text(encoding="utf-8")
    for before, after in CHANGED.items():
        assert before in text
        text = text.replace(before, after)
    (alpha / "travail-force.md").write_text(text, encoding="utf-8")
    Image.new("RGB", (80, 80), "maroon").save(alpha / "images" / "carre.png")
    (beta / "mendicite.md").write_text((beta / "travail-force.md").read_text(encoding="utf-8"), encoding="utf-8")
    (beta / "travail-force.md").unlink()
    outline = project / "chapters" / "outline.yaml"
    outline.write_text(outline.read_text(encoding="utf-8").replace("Essai n° 1", "Essai n° 2"), encoding="utf-8")


def git(project: Path, *arguments: str) -> None:
    author = ("-c", "user.name=Essai", "-c", "user.email=essai@example.org")
    subprocess.run(["git", *author, *arguments], cwd=project, check=True, capture_output=True)


def committed(project: Path) -> Path:
    """The project under git, once committed."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    (project / ".gitignore").write_text("/build/\n", encoding="utf-8")
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "un")
    return project


@pytest.fixture
def repository(project: Path) -> Path:
    return committed(project)


def told(project: Path, *arguments: str) -> int:
    return cli.run(["redline", *arguments, "--root", str(project)])


def made(project: Path) -> dict[str, bytes]:
    folder = project / "build" / "comparaison"
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def files_of(project: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in project.rglob("*") if p.is_file() and "build" not in p.parts}


def plain_words(content: bytes) -> str:
    return " ".join(content.decode("utf-8-sig").split())


def test_a_revision_against_the_folder(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(repository)
    before = files_of(repository)
    assert told(repository, "HEAD", "maintenant") == 0
    assert files_of(repository) == before  # nor anything of git's own
    files = made(repository)
    assert set(files) == {f"HEAD-maintenant/{name}" for name in (
        "comparaison.docx", "comparaison.html", "associations/alpha.txt", "associations/alpha.docx",
        "associations/beta.txt", "associations/beta.docx",
    )}  # fmt: skip
    assert "build/comparaison/HEAD-maintenant/comparaison.docx écrit" in capsys.readouterr().out
    for name in ("comparaison.docx", "associations/alpha.docx", "associations/beta.docx"):
        word = Word(files[f"HEAD-maintenant/{name}"])
        assert [*wrong_bookmarks(word), *unclosed_fields(word)] == []
        assert b"documentProtection" not in word.parts["word/settings.xml"]
    told(repository, "HEAD", "maintenant")
    assert made(repository) == files


def test_drafts_and_revisions_name_the_same_state(repository: Path) -> None:
    frozen = repository / "contributions" / "drafts" / "7"
    frozen.mkdir(parents=True)
    (frozen / "sources.zip").write_bytes(sources(repository))
    (frozen / "map.json").write_text("{}", encoding="utf-8")
    edit(repository)
    assert told(repository, "7") == told(repository, "HEAD") == 0
    files = made(repository)
    same = [files[f"{name}-maintenant/associations/alpha.txt"] for name in ("7", "HEAD")]
    assert plain_words(same[0]).replace("projet n° 7", "HEAD") == plain_words(same[1])


def test_the_digest_speaks_of_one_association_alone(repository: Path) -> None:
    edit(repository)
    told(repository, "HEAD")
    files = made(repository)
    alpha, beta = (plain_words(files[f"HEAD-maintenant/associations/{name}.txt"]) for name in ("alpha", "beta"))
    for words in (
        "Ce texte est inventé {=pour les=} [-tests-]{+essais+}", "Paragraphe 3 – 4, paragraphe divisé", "[-20-]{+21+}",
        "{+2014+}",
        "Une note [-inventée-]{+réinventée+}", "inventer un délai", "ajout",
    ):  # fmt: skip
        assert words in alpha, words
    assert "inventer une loi" not in alpha and "R1" not in alpha.replace("(R1)", "")
    assert "Un autre constat inventé" not in alpha and "Ce texte est inventé" not in beta
    assert "déplacement" in beta and "suppression" not in beta
    word = Word(files["HEAD-maintenant/associations/alpha.docx"])
    assert "Un autre constat" not in "".join(word.body.itertext())
    assert "+essais" in changes(word.data)


@pytest.fixture(scope="module")
def redlined(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, bytes, bytes]:
    """A redline of the whole project, its page of the web, and the Word files of both states without changes."""
    repository = committed(lay_stock(tmp_path_factory.mktemp("compare") / "projet d'été"))
    told(repository, "HEAD")
    names = ("comparaison.docx", "comparaison.html")
    old = made(repository)[f"HEAD-maintenant/{names[0]}"]
    edit(repository)
    told(repository, "HEAD")
    red, page = (made(repository)[f"HEAD-maintenant/{name}"] for name in names)
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "deux")
    told(repository, "HEAD")
    return red, page, old, made(repository)[f"HEAD-maintenant/{names[0]}"]


def test_the_whole_report_goes_both_ways(redlined: tuple[bytes, bytes, bytes, bytes], tmp_path: Path) -> None:
    red, _, old, new = redlined
    assert wrong(red, old, new) == []
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    (tmp_path / "red.docx").write_bytes(red)
    assert audit.OpenXmlValidator().validate(str(tmp_path / "red.docx")).errors == []


@needs_office
def test_libreoffice_accepts_and_refuses_all_of_it(
    redlined: tuple[bytes, bytes, bytes, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    red, _, old, new = redlined
    given = [(new, True), (red, True), (old, False), (without_old_numbers(red), False)]
    settled_files = settled(tmp_path_factory.mktemp("office"), given)
    for plain, redline in zip(settled_files[::2], settled_files[1::2], strict=True):
        for one, other in zip(stories(plain, None), stories(redline, None), strict=True):
            assert differences(one, without_numbers(other)) == []


def test_the_page_says_in_words_what_it_shows_in_colours(redlined: tuple[bytes, bytes, bytes, bytes]) -> None:
    page = Page(redlined[1])
    assert "essais" in " ".join(e.text_content() for e in page("//ins"))
    assert "tests" in " ".join(e.text_content() for e in page("//del"))
    assert [e.text_content() for e in page("//*[@class='restyled']")] == ["pour les "]
    assert "¶" in [e.text_content() for e in page("//ins")]
    for words in ("[ajout : ", "[suppression : ", "[mise en forme : ", "[inserted: "):
        assert words in page.source
    assert max(page.ids.values()) == 1
    assert {e[1:] for e in page("//a/@href") if e.startswith("#")} <= set(page.ids)
    assert not page("//script | //link | //*[@style]") and "Comparaison : HEAD → textes actuels" in page.source
    assert not page("//*[@class='label'][ins or del]")  # a label counted anew is the new one


# ---------------------------------------------------------------- what is said when it cannot be done


def stopped(project: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert told(project, *arguments) == 2
    return capsys.readouterr().err.strip()


def test_a_revision_that_is_not_there(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for typed in ("jamais", "HEAD:chapters", "--output=x", "a b"):
        if typed.startswith("-"):
            assert cli.run(["redline", "--root", str(repository), "--", typed]) == 2
            said = capsys.readouterr().err
        else:
            said = stopped(repository, capsys, typed)
        assert f"« {typed} » n'est aucun état connu ici : tapez le numéro d'un projet figé (–)" in said
    assert "le projet n° 99 n'est pas figé" in stopped(repository, capsys, "99")
    assert "aucun projet n'est figé : « make draft » en fige un" in stopped(repository, capsys)


def test_a_folder_without_git(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    assert "« HEAD » n'est aucun état connu ici" in stopped(project, capsys, "HEAD")
    monkeypatch.setenv("PATH", os.devnull)
    assert "« HEAD » n'est aucun état connu ici" in stopped(project, capsys, "HEAD")


def test_a_state_that_cannot_be_laid_out(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outline = repository / "chapters" / "outline.yaml"
    outline.write_text(outline.read_text(encoding="utf-8").replace("parties:", "partis:"), encoding="utf-8")
    git(repository, "commit", "-qam", "abîmé")
    git(repository, "checkout", "-q", "HEAD~1", "--", ".")
    assert told(repository, "HEAD", "maintenant") == 1
    said = capsys.readouterr().err
    assert "ne peut pas être mis en page dans cet état (HEAD)" in said and "chapters/outline.yaml" in said


# ---------------------------------------------------------------- passages alone, for whoever compares less


def test_passages_stand_without_the_report_around_them(desk: Desk) -> None:
    reference: Any = {"t": "Span", "c": [["", ["number"], []], [{"t": "Str", "c": "12"}]]}
    pairs = [["kind", "paragraph"], ["number", "12"]]
    link: Node = {"t": "Link", "c": [["", ["reference"], pairs], [reference], ["#ailleurs", ""]]}
    old, new = document(f"{LONG}\n\n{TABLE}"), document(f"{LONG} Voir le\n\n{OTHER}\n\n{TABLE}")
    new.chapters[0][0]["c"][1][0]["c"].extend([{"t": "Space"}, link])
    made_of = [ComparedPart("Le texte", old.chapters[0], new.chapters[0])]
    page = passages_document(HTML_META, made_of, HAND)
    red = as_docx(page, page, desk.folder, desk.reference)
    assert changes(red) == ["+ Voir le 12", "¶+", f"+{OTHER}"]
    assert stories(red, False)[0][:2] == ["Le texte", LONG]
    assert "Tableau" not in "".join(Word(red).body.itertext())
    assert Page(as_html(page, desk.folder))("//ins")


def test_a_recommendation_alone_begins_with_its_words(desk: Desk) -> None:
    new = document(CASES["a label that shifts"][0])
    page = passages_document(HTML_META, [ComparedPart("", new.chapters[0], new.chapters[0])], HAND)
    (words,) = stories(as_docx(page, page, desk.folder, desk.reference), None)[0]
    assert words.startswith("{b:Au}")


def test_the_page_opens_with_a_list_of_what_changed(desk: Desk) -> None:
    def text(changed: str, came: str) -> str:
        return f"# Un titre {{.unnumbered}}\n\n{LONG}\n\n{changed}\n\n{TABLE}\n\n## Un autre\n\n{OTHER}\n\n{came}"

    old, new = document(text("Ce mot.", "")), document(text("Cette phrase.", "Un paragraphe nouveau."))
    page = Page(as_html(compare_documents(old, new, HAND, "Comparaison"), desk.folder, "fr"))
    lines = ["".join(line.itertext()) for line in page("//h1[1]/following::p[position() < 4]")]
    assert lines == [
        "Passages changés\N{NO-BREAK SPACE}: 3.",
        "Un titre\N{NO-BREAK SPACE}: après le §\N{NO-BREAK SPACE}1, §\N{NO-BREAK SPACE}2",
        "Un autre\N{NO-BREAK SPACE}: §\N{NO-BREAK SPACE}4",
    ]
    links = page("//h1[1]/following::p[position() < 4]//a")
    assert [link.get("href") for link in links] == ["#paragraphe-1", "#paragraphe-2", "#paragraphe-4"]
    same = Page(as_html(compare_documents(new, new, HAND, ""), desk.folder, "fr"))
    assert "".join(same("//h1[1]/following::p[1]")[0].itertext()) == "La comparaison ne montre aucun changement."


NUMBERED = "1. Premier point inventé du texte ;\n2. Deuxième point inventé ;\n3. Troisième point inventé.\n"


def shown_numbers(red: bytes) -> list[tuple[str, str]]:
    """What stands before each paragraph of a list that counts, with « - » before a number that was struck."""
    found = []
    for paragraph in Word(red).body.iter(f"{W}p"):
        runs = list(paragraph.iter(f"{W}r"))
        tab = next((at for at, run in enumerate(runs) if run.find(f"{W}tab") is not None), -1)
        if tab >= 0:
            parts = [text for run in runs[: tab + 1] for text in run.iter(f"{W}t", f"{W}delText")]
            words = "".join(text.text or "" for run in runs[tab + 1 :] for text in run.iter(f"{W}t", f"{W}delText"))
            struck = "-" * any(text.tag == f"{W}delText" for text in parts)
            found.append((struck + "".join(text.text or "" for text in parts), words[:8]))
    return found


def test_a_number_is_one_and_goes_with_its_paragraph(desk: Desk) -> None:
    old = document(f"{LONG}\n\n{NUMBERED}\n{OTHER}")
    changed = NUMBERED.replace("2. Deux", "2. Un point tout à fait nouveau ;\n2. Deux").replace("\n3. Troisième", "")
    red = desk.redline(old, document(f"Un paragraphe de plus.\n\n{LONG}\n\n{changed}"))
    assert [label for label, _ in shown_numbers(red)] == ["1.", "2.", "a)", "b)", "c)", "-c)", "-2."]
    assert not list(Word(red).body.iter(f"{W}numPr"))
    assert f"{W}numPr" not in {e.tag for e in Word(red).xml("word/styles.xml").iter()}


@needs_office
def test_libreoffice_shows_one_number_before_a_paragraph(
    redlined: tuple[bytes, bytes, bytes, bytes], tmp_path: Path
) -> None:
    (tmp_path / "red.docx").write_bytes(redlined[0])
    shown = "\n".join(page.extract_text() for page in PdfReader(as_pdf(tmp_path, "red.docx")).pages)
    assert re.search(r"^\s*\d+\.\s", shown, re.MULTILINE)
    assert re.findall(r"\S*\.?\[[\dIVXa-z]+[.)]?\]", shown) == []
