"""Whatever is sent, shown on the screen or kept in git holds no identifier in the clear: each file opened and read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from msgspec.structs import replace

from conftest import lay_stock
from rapport import cli, messages
from rapport.language.names import consonant_stamp
from rapport.office.plain_page import PageLine
from rapport.safeguarding.guard import Guarded
from rapport.safeguarding.outgoing import Outgoing, open_door
from rapport.safeguarding.own_words import FACT
from rapport.safeguarding.scan import Finding
from rapport.safeguarding.world import body_names, make_world, title_names
from rapport.submission import statement
from test_intake import drop
from test_submission import complete, finished
from word_files import docx, h, p, zipped

assert complete and finished  # fixtures
pytestmark = pytest.mark.slow

PLANTED = ("Kadiatou", "Aminata", "Fatoumata", "0612345678", "inventee@example.org", "0698765432")
ALPHA, BETA = "contributions/alpha/travail-force.md", "contributions/beta/travail-force.md"
# The report itself, whose own rules stop what could identify somebody, and what is never sent nor in git.
OURS = re.compile(
    r"build/(?:cache/|staging/|projet-|rapport|erreur)|contributions/inbox/(?!journal)|contributions/drafts/\d"
)
SENT = re.compile(r"build/|contributions/(?:inbox/journal|drafts/\w+\.yaml)|\.en\.md$")
OUTPUTS = (
    "recus",
    "lettres",
    "formulaires",
    "relecture",
    "suites",
    "comparaison",
    "accords",
    "journal",
    "ledger",
    "en.md",
)


def test_no_identifier_leaves_in_the_clear(lived: tuple[Path, str]) -> None:
    root, said = lived
    files = sorted(path.relative_to(root).as_posix() for path in _sent(root))
    absent = [name for name in OUTPUTS if not any(name in path for path in files)]
    assert not absent, files
    leaks = _leaks(root, said)
    assert not leaks, leaks


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A project with planted identifiers that went through every verb that sends something; all that was shown."""
    with pytest.MonkeyPatch.context() as patch:
        return _lived(tmp_path_factory.mktemp("porte"), patch)


def _lived(folder: Path, patch: pytest.MonkeyPatch) -> tuple[Path, str]:
    root, shown = lay_stock(folder / "projet"), list[str]()
    patch.setattr("builtins.print", lambda *words, **_: shown.append(" ".join(map(str, words))))

    def run(verb: str, *arguments: str) -> None:
        mute = verb in ("draft", "check")  # what the editor corrects is named to the editor alone
        before = len(shown)
        cli.run([verb, "--root", str(root), *arguments])
        if mute:
            del shown[before:]

    _change(root / ALPHA, "Ce texte est inventé", "Kadiatou Sylla vivait ici. Ce texte est inventé")
    run("draft")
    _change(root / BETA, "## Constat\n", "## Constat\n\nIl faut appeler le 06 12 34 56 78, zoe.inventee@example.org.\n")
    _change(root / ALPHA, "L'analyse est inventée", "L'analyse de Kadiatou est inventée")
    words = ("Aminata dort ici. On l'appelle au 06 98 76 54 32.", "Écrire à zoe.inventee@example.org.")
    drop(root, "beta/temoignage-aminata.docx", docx(h("Constat"), *map(p, words)))
    drop(root, "inconnu-Fatoumata.docx", docx(p("Rien.")))
    run("intake")
    run("intake", "--association", "beta", "--theme", "mendicite")
    drop(root, "reviews/retour-relectrice.docx", _returned(root))
    for verb in ("review", "letters", "forms", "translation", "redline", "consent"):
        run(verb)
    remark = re.search(r"id: (\w+)", (root / "contributions/drafts/ledger.yaml").read_text("utf-8"))
    assert remark
    run("decide", remark[1], "--answer", "Fatoumata le dit au 06 12 34 56 78.")
    run("answers")
    _change(root / ALPHA, "Kadiatou Sylla vivait ici. ", "")  # as it was sent: what went is shown, and hides her
    _change(root / ALPHA, "L'analyse de Kadiatou", "L'analyse")
    run("consent")
    run("consent", "--association", "alpha", "--reserve", "--on", "R1", "--by", "Alpha", "--words", "au 06 98 76 54 32")
    return root, "\n".join(shown)


def _change(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def _returned(root: Path) -> bytes:
    """The draft as a reviewer sends it back, more words in one of its paragraphs."""
    (sent,) = (root / "build").glob("projet-*/rapport-projet-?.docx")
    with zipfile.ZipFile(sent) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    main = parts["word/document.xml"].decode()
    words = "L’analyse de Fatoumata, zoe.inventee@example.org, 06 98 76 54 32, est inventée"
    assert "L’analyse est inventée" in main
    return zipped(parts | {"word/document.xml": main.replace("L’analyse est inventée", words)})


def _sent(root: Path) -> Iterator[Path]:
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix()
        if path.is_file() and SENT.search(name) and not OURS.match(name):
            yield path


def _leaks(root: Path, shown: str) -> list[tuple[str, str]]:
    """Where something planted stands: the file, its part, the name."""
    texts = {"screen": shown}
    for path in _sent(root):
        name = path.relative_to(root).as_posix()
        texts |= {f"{name} (name)": name} | {f"{name} {part}": text for part, text in _opened(path)}
    return [(where, one) for where, text in sorted(texts.items()) for one in PLANTED if one in _letters(text)]


def _opened(path: Path) -> Iterator[tuple[str, str]]:
    data = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(data)):
        yield "", data.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.namelist():
            yield part, package.read(part).decode("utf-8", "replace")


def _letters(text: str) -> str:
    """The text without marks, and without spaces between digits."""
    plain = unescape(re.sub(r"<[^>]*>", "", text)) + text
    return re.sub(r"(?<=\d)[\s.\u00a0-]+(?=\d)", "", plain)


@pytest.mark.parametrize("bypassed", ["words", "write", "write_page", "file_name"])
def test_a_door_left_open_is_seen(bypassed: str, tmp_path: Path) -> None:
    def write(door: Outgoing, root: Path, path: str, content: bytes) -> str:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
        return path

    open_doors = {
        "words": lambda door, text, also=(): text,
        "file_name": lambda door, path: path,
        "write": write,
        "write_page": None,
    }
    with pytest.MonkeyPatch.context() as patch:
        if bypassed == "write_page":
            patch.setattr(Outgoing, "page", lambda door, lines: list(lines))
        else:
            patch.setattr(Outgoing, bypassed, open_doors[bypassed])
        assert _leaks(*_lived(tmp_path, patch))


@pytest.mark.parametrize("closed", [True, False])
def test_a_statement_passes_the_door(closed: bool, complete: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes with a submission is masked, whatever a title or a collective's name would say; an open one is seen."""

    def telling(*_: object) -> list[PageLine]:
        return [PageLine("subject", "Le récit de Kadiatou Sylla"), PageLine("para", "On l'appelle au 06 12 34 56 78.")]

    monkeypatch.setattr(statement, "statement", telling)
    if not closed:
        monkeypatch.setattr(Outgoing, "page", lambda door, lines: list(lines))
    assert cli.run(["public", "--root", str(complete)]) == 0
    parts = {
        f"{path.name} {part}": text
        for path in (complete / "build").rglob("*attestation*")
        for part, text in _opened(path)
    }
    assert {name.split(" ")[0] for name in parts} == {"attestation.docx", "attestation.txt"}
    leaks = {name.split(" ")[0] for name, text in parts.items() if any(one in _letters(text) for one in PLANTED)}
    assert leaks == (set() if closed else {"attestation.docx", "attestation.txt"})


@pytest.mark.parametrize("language", ["fr", "en"])
def test_our_own_sentences_hide_no_word_of_theirs(language: str) -> None:
    door = open_door(None, {}, (), language)
    modules = [one.name for one in iter_modules(messages.__path__) if one.name.endswith(f"_{language}")]
    said = (vars(import_module(f"rapport.messages.{name}")).get("WORDS", {}) for name in modules)
    plain = {key: FACT.sub("…", text) for words in said for key, text in words.items() if isinstance(text, str)}
    assert len(plain) > 500
    hidden = {key for key, text in plain.items() if "[…]" in door.words(text).replace(text, "")}
    assert hidden <= {key for key, text in plain.items() if "@" in text or "[…]" in text}
    assert door.words("Zélie Quorbanet est venue") != "Zélie Quorbanet est venue"


def test_a_stamp_in_a_file_name_is_nobody() -> None:
    door = open_door(None, {})
    digests = ["ccdc29", "dcdd31", "faf298", "1dabf6", *(sha256(bytes([n])).hexdigest()[:6] for n in range(250))]
    paths = [f"build/recus/beta-mendicite-2-docx-{consonant_stamp(digest)}.txt" for digest in digests]
    assert [door.path(path) for path in paths] == paths
    assert len(set(paths)) == len(set(digests))


@pytest.mark.parametrize("digest", ["b924225589e2", "9242255891e2", "49b5190e9703", "e06123456789"])
def test_the_name_of_a_remark_is_nobody_unless_it_could_be_rung(digest: str) -> None:
    said = open_door(None, {}).words(f"remplacement, d'un relecteur [{digest}]")
    assert said.startswith("remplacement")
    assert (digest in said) == ("0612345678" not in digest)


def test_the_digest_of_a_file_is_nobody() -> None:
    digests = [sha256(bytes([n])).hexdigest() for n in range(60)]
    assert [open_door(None, {}).words(f"rapport.html : {digest}") for digest in digests] == [
        f"rapport.html : {digest}" for digest in digests
    ]


@pytest.mark.parametrize("text", [
    "le dossier a0612345678b est ici", "au*0612345678*b", "<b>x0612345678y</b> est là", "d\u00b2x0612345678y",
])  # fmt: skip
def test_a_number_between_letters_is_masked_where_it_stands(text: str) -> None:
    assert "06123" not in open_door(None, {}).words(text)


def test_a_word_that_is_a_name_somewhere_hides_no_ordinary_word_and_no_association() -> None:
    typed = "Elle vit avec Soleil."
    found = Finding("name", "Soleil", typed.index("Soleil"), 6, typed, parts=((typed.index("Soleil"), 20),))
    world = make_world(["Association Soleil"], (), ())
    door = Outgoing(world, {"texte.md": Guarded((found,))}, frozenset())
    assert door.words("Soleil y dort") == "[…] y dort"
    assert door.words("sous le soleil du matin") == "sous le soleil du matin"
    assert door.words("le texte de l'Association Soleil manque") == "le texte de l'Association Soleil manque"
    assert door.file_name("temoignage-soleil.docx") == "temoignage-[…].docx"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("kadiatou-zongo-0612345695", "[…]-[…]"),
        ("img-0612345638/a.exe", "img-[…]/a.exe"),
        ("mariama_mensah.docx", "[…].docx"),
        ("temoignage-de-fatoumata-zqvkfc.docx", "temoignage-de-[…].docx"),
        ("zqvkfc-fatoumata.odt", "[…].odt"),
        ("rapport-annuel-20140312-bilan", "rapport-annuel-20140312-bilan"),
    ],
)
def test_the_family_and_the_number_go_with_a_first_name_in_the_name_of_a_file(name: str, shown: str) -> None:
    door = open_door(None, {})
    assert door.file_name(name) == shown
    assert door.words(f"le fichier {name} est arrivé") == f"le fichier {shown} est arrivé"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("ABC_texte relu.docx", "ABC_texte relu.docx"),
        ("ABC_accompagnement_V2 corrigé.docx", "ABC_accompagnement_V2 corrigé.docx"),
        ("Elans du Nord escroquerie v2.doc", "Elans du Nord escroquerie v2.doc"),
        ("Élans-du_Nord_VF.odt", "Élans-du_Nord_VF.odt"),
        ("ABC_temoignage_Amina.docx", "ABC_temoignage_[…].docx"),
        ("Amina, Les Élans du Nord.docx", "[…], Les Élans du Nord.docx"),
        ("Pedopornographie.docx", "Pedopornographie.docx"),
        ("LES MINEURS ISOLES ETRANGERS.docx", "LES MINEURS ISOLES ETRANGERS.docx"),
        ("Mineurs_Isoles_v2.docx", "Mineurs_Isoles_v2.docx"),
        ("passage-majorite_Amina.docx", "passage-majorite_[…].docx"),
        ("Passage A La Majorite, Claire.docx", "Passage A La Majorite, […].docx"),
        ("Claire.docx", "[…].docx"),
    ],
)
def test_the_name_of_an_association_is_shown_in_that_of_a_file(name: str, shown: str) -> None:
    titles = ["Pédopornographie", "Les mineurs isolés étrangers", "Le passage à la majorité", "Une règle claire"]
    bodies = body_names(["Les Élans du Nord – réseau", "ABC", "Nord", ""], titles)
    world = replace(make_world(["Les Élans du Nord – réseau", "ABC"], (), ()), bodies=bodies)
    door = Outgoing(world, {}, frozenset())
    assert (door.words(name), door.file_name(name)) == (shown, shown)
    assert door.words("Appelle ABC_lyon13 ce soir.") == "Appelle […] ce soir."


def test_a_title_of_ours_is_shown_in_any_case_and_no_name_beside_it() -> None:
    titles = ["Pédopornographie", "Les mineurs exploités"]
    door = Outgoing(replace(make_world((), (), ()), titles=title_names(titles)), {}, frozenset())
    for line in (
        "titre: Pedopornographie",
        "Thème : PEDOPORNOGRAPHIE",
        "LES MINEURS EXPLOITES : Les Mineurs Exploites",
    ):
        assert door.words(line) == line
    assert door.words("LES MINEURS EXPLOITES, dit Amina Bakkari") == "LES MINEURS EXPLOITES, dit […]"
