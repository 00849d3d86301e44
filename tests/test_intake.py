"""`rapport intake` as an editor uses it: files dropped into the inbox, contributions and receipts out, nothing lost."""

from __future__ import annotations

import re
from email.message import EmailMessage
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from PIL import Image

from conftest import PRODUCT
from rapport import cli
from rapport.checks.conflict_marks import MARK
from rapport.intake import unpack
from rapport.intake.receipt import reshaped_parts
from rapport.inventory.states import Account, Tally
from rapport.messages import intake_en, intake_fr
from rapport.storage import strict_yaml
from word_files import TEXT, W, bold, docx, field, h, odt, p, photo, picture, run, table, zipped

pytestmark = pytest.mark.slow

MENDICITE = "contributions/beta/mendicite.md"


def drop(root: Path, name: str, content: bytes) -> Path:
    path = root / "contributions" / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def intake(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit status and what is printed."""
    capsys.readouterr()
    status = cli.run(["intake", "--root", str(root), *arguments])
    out, err = capsys.readouterr()
    assert not (root / "build" / "erreur.txt").exists(), (root / "build" / "erreur.txt").read_text()
    return status, out + err


def receipt(root: Path, part: str = "") -> str:
    """The one receipt of that name, its lines unfolded."""
    (file,) = [path for path in (root / "build" / "recus").glob("*.txt") if part in path.name]
    return re.sub(r"\s+", " ", file.read_text(encoding="utf-8-sig"))


def editors(root: Path, part: str = "") -> str:
    """The editor's receipt of that name, its lines unfolded."""
    (file,) = [path for path in (root / "build" / "recus" / "edition").glob("*.txt") if part in path.name]
    return re.sub(r"\s+", " ", file.read_text(encoding="utf-8-sig"))


def text_of(root: Path, path: str = MENDICITE) -> str:
    return (root / path).read_text(encoding="utf-8")


# ---------------------------------------------------------------- one file, from Word to the report


def test_a_text_written_in_its_own_way(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sent = drop(project, "beta/mendicite.docx", docx(*TEXT))
    before = sent.read_bytes()
    status, said = intake(project, capsys)
    assert status == 0, said
    assert text_of(project) == (
        "---\ntitre: Un texte inventé sur la mendicité\ndate: 2015-02-28\n"
        "auteurs: ['Association Bêta (inventée)']\ndiffusion: publique\n---\n\n"
        "## Constat\n\nLes faits inventés sont peu connus.\n\n### Un intertitre en gras\n\nUne suite inventée.\n\n"
        "## Analyse au regard de la Convention\n\nUne analyse inventée.\n\n## Recommandations\n\n"
        "- **Au ministère inventé** (CIDE 3) : former les équipes de nuit.\n"
        "- **Au gouvernement inventé** : publier les chiffres.\n"
    ).replace("['Association Bêta (inventée)']", re.search(r"auteurs: (.*)", text_of(project))[1])  # type: ignore[index]
    assert sent.read_bytes() == before
    told = receipt(project)
    assert "Aucun mot n'est perdu" in told
    assert "mots : 49 dans votre fichier, 45 dans le texte, " in told and "nommés ci-dessous : 1" in told
    assert "sans trace" not in told
    assert "titres : 3 dans votre fichier, 3 dans le texte" in told
    assert (project / "build" / "recus").glob("*.docx")
    assert cli.run(["check", "--root", str(project)]) == 0


def test_the_same_file_again_does_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.docx", docx(*TEXT))
    intake(project, capsys)
    places = [MENDICITE, "contributions/inbox/journal.yaml"]
    before = {path: (project / path).stat().st_mtime_ns for path in places}
    status, said = intake(project, capsys)
    assert (status, said) == (0, "rien de nouveau dans contributions/inbox/\n")
    assert before == {path: (project / path).stat().st_mtime_ns for path in places}


def test_the_journal_says_what_arrived(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message = EmailMessage()
    message["From"], message["Date"] = "Secrétariat <bureau@beta.example>", "Fri, 05 Dec 2014 10:00:00 +0100"
    message.set_content("Bonjour, voici notre texte.")
    message.add_attachment(docx(*TEXT), maintype="application", subtype="octet-stream", filename="mendicité.docx")
    drop(project, "beta/envoi.eml", message.as_bytes())
    status, said = intake(project, capsys)
    assert status == 0, said
    journal, found = strict_yaml.read(text_of(project, "contributions/inbox/journal.yaml"), "j")
    assert not found
    entries = {entry.value["fichier"].value: entry for entry in journal["recus"].value}
    assert list(entries) == ["beta/envoi.eml › message.txt", "beta/envoi.eml › mendicité.docx"]
    entry = entries["beta/envoi.eml › mendicité.docx"]
    facts = {name: value.value for name, value in entry.value.items()}
    assert facts["fichier"] == "beta/envoi.eml › mendicité.docx"
    assert facts["expediteur"] == "Secrétariat <[…]>"
    assert (facts["date"], facts["verdict"], facts["resultat"]) == ("2014-12-05", "repris", MENDICITE)
    assert "date: 2014-12-05" in text_of(project)
    made = project / "contributions" / "inbox" / "recus" / f"{facts['empreinte'][:12]}.md"
    assert made.read_text(encoding="utf-8") == text_of(project)
    assert "bureau@" not in text_of(project)


# ---------------------------------------------------------------- whose it is


def test_who_and_what_are_asked_when_unsure(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "texte final v3.docx", docx(h("Constat"), p("Des mots inventés.")))
    status, said = intake(project, capsys)
    assert status == 1
    assert "en attente, de quelle association vient ce fichier" in said
    assert "make intake FILE='contributions/inbox/texte final v3.docx' ASSOCIATION=… THEME=…" in editors(project)
    assert "make intake" not in receipt(project)
    status, said = intake(project, capsys, "--association", "beta", "--theme", "mendicite")
    assert status == 0, said
    assert "Des mots inventés." in text_of(project)


def test_an_answer_on_the_terminal(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(project, "texte.docx", docx(h("Constat"), p("Des mots inventés.")))
    answers = {"association": "Beta", "thème": "la mendicité"}
    monkeypatch.setattr("builtins.input", lambda question: next(a for word, a in answers.items() if word in question))
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    assert cli.run(["intake", "--root", str(project)]) == 0
    assert "Des mots inventés." in text_of(project)


def test_a_name_that_the_outline_does_not_have(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = intake(project, capsys, "--theme", "mendicit")
    assert (status, said) == (
        2,
        "« mendicit » n'est pas dans le plan ; tapez l'un de ceux-ci : mendicite, travail-force, parole, formation\n",
    )


@pytest.mark.parametrize("name", ["Mendicité.docx", "2014 mendicite v2.docx"])
def test_the_theme_in_the_name_of_the_file(name: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, f"beta/{name}", docx(h("Constat"), p("Des mots.")))
    status, said = intake(project, capsys)
    assert status == 0, said
    assert "Des mots." in text_of(project)


# ---------------------------------------------------------------- sections, lists, tables


def test_every_kind_of_block_is_kept(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(
        project,
        "beta/mendicite.docx",
        docx(
            p("Un mot avant toute rubrique."),
            h("Constats"),
            p("- un tiret tapé"),
            p("- un autre"),
            p("Tableau 3 : Des chiffres inventés", "caption"),
            table(("Année", "Nombre"), ("2012", "quatre")),
            p(inside=run("en italique", "<w:i/>") + run(" et ") + run("en gras ", "<w:b/>") + run("puis rien.")),
            p("« Une citation » avec *étoiles*, [crochets] et 1. un point_bas_."),
            h("Préconisations"),
            table(
                ("Destinataire", "Recommandation", "Articles"), ("Ministère inventé", "Former les équipes.", "CIDE 3")
            ),
            h("Un titre à nous"),
            p("Une phrase encore."),
        ),
    )
    status, said = intake(project, capsys)
    assert status == 0, said
    text, told = text_of(project), receipt(project)
    assert "Aucun mot n'est perdu" in told
    assert "- un tiret tapé\n- un autre\n" in text
    assert ": Des chiffres inventés" in text and "| Année" in text
    assert "*en italique* et **en gras** puis rien." in text
    assert "- **Ministère inventé** (CIDE 3) : Former les équipes." in text
    assert "### Un titre à nous" in text
    assert "le texte placé avant toute rubrique a été mis sous « Constat »" in told
    assert "titres compris comme ceux de nos rubriques : « " in told and "« Préconisations » : Recommandations" in told
    assert "rien n'a été reconnu pour « Analyse au regard de la Convention »" in told


def test_plain_text_and_markdown(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = "Un texte inventé\r\n\r\nCONSTAT\r\n\r\nDes mots\r\npliés sur deux lignes.\r\n\r\n1. un\r\n2. deux\r\n"
    drop(project, "beta/mendicite.txt", plain.encode("cp1252"))
    drop(
        project,
        "gamma/mendicite.md",
        b"---\ntitre: Un titre\ndate: 2014-12-01\n---\n\n## Constat\n\nUn *mot*[^1].\n\n[^1]: Note.\n",
    )
    status, said = intake(project, capsys)
    assert status == 0, said
    assert "Des mots pliés sur deux lignes.\n\n1. un\n2. deux\n" in re.sub(r"(\d)\.  ", r"\1. ", text_of(project))
    other = text_of(project, "contributions/gamma/mendicite.md")
    assert "Un *mot*[^1]." in other and "[^1]: Note." in other
    assert "titre: Un titre\ndate: 2014-12-01\n" in other


def test_pictures_are_made_anew_and_described(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = (
        h("Constat"),
        p(inside=picture("p")),
        p("Figure 1 – Un carré", "caption"),
        p(inside=picture("w", "un plan")),
    )
    body += (p(inside=picture("l", "un dessin d'ailleurs")),)
    drop(
        project,
        "beta/mendicite.docx",
        docx(
            *body,
            parts={"word/media/a.jpg": photo(), "word/media/b.wmf": b"\xd7\xcd\xc6\x9a dessin"},
            relations={
                "p": ("image", "media/a.jpg", False),
                "w": ("image", "media/b.wmf", False),
                "l": ("image", "http://ailleurs.example/x.png", True),
            },
        ),
    )
    status, said = intake(project, capsys)
    assert status == 0, said
    (image,) = (project / "contributions" / "beta" / "images").iterdir()
    assert b"Invent" not in image.read_bytes()
    assert not Image.open(image).getexif()
    assert f"![Un carré](images/{image.name})" in text_of(project)
    told = receipt(project)
    assert "dessins en WMF, EMF ou SVG (1), à renvoyer en PNG : un plan" in told
    assert "que montre l'image" in told
    assert "ailleurs.example" not in text_of(project)


# ---------------------------------------------------------------- what must not pass

STOPPED = {
    "changes": (f'<w:ins w:id="1" w:author="Anne">{run("ajout")}</w:ins>', "des modifications suivies"),
    "hidden": (run("secret", "<w:vanish/>"), "du texte caché"),
    "white": (run("secret", '<w:color w:val="FFFFFF"/>'), "du texte caché"),
}


@pytest.mark.parametrize("what", STOPPED)
def test_what_stops_a_file(what: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inside, why = STOPPED[what]
    drop(project, "beta/mendicite.docx", docx(h("Constat"), p(inside=run("vu ") + inside)))
    status, said = intake(project, capsys)
    assert status == 1
    assert f"en attente, il contient encore {why}" in said
    assert not (project / MENDICITE).exists()
    assert "page 1 : " in receipt(project)
    status, said = intake(project, capsys, "--accept-changes")
    assert status == 0, said
    assert "secret" not in text_of(project)
    assert ("ajout" in text_of(project)) == (what == "changes")


def test_comments_stop_a_file_and_are_never_published(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    comments = f'<w:comments {space}><w:comment w:id="7" w:author="Luc">{p("un avis privé")}</w:comment></w:comments>'
    drop(project, "beta/mendicite.docx", docx(h("Constat"), p("vu"), parts={"word/comments.xml": comments}))
    assert intake(project, capsys)[0] == 1
    assert intake(project, capsys, "--accept-changes")[0] == 0
    assert "privé" not in text_of(project)
    assert "commentaire : « un avis privé »" in receipt(project)


def test_refusals_are_told_and_take_nothing_with_them(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "a.docx", docx(p("x"), parts={"word/vbaProject.bin": b"x"}))
    drop(project, "b.pdf", b"%PDF-1.4 quelque chose")
    drop(project, "c.docx", docx(p("x"))[:200])
    drop(project, "d.bin", bytes(range(256)))
    drop(project, "e.docx", b"")
    drop(project, "beta/mendicite.docx", docx(*TEXT))
    (project / "contributions" / "inbox" / "f.docx").symlink_to("/etc/hostname")
    status, said = intake(project, capsys)
    assert status == 1
    for reason in (
        "un programme",
        "abîmé",
        "pas un format",
        "il est vide",
        "fichier ordinaire",
    ):
        assert reason in said, reason
    assert "repris : 1 ; en attente : 0 ; refusés : 5 ; déjà connus : 0" in said
    assert "b.pdf : document reçu" in said
    assert (project / MENDICITE).exists()


def test_archives_are_unpacked_under_limits(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inner = zipped({"beta mendicite.docx": docx(*TEXT), "__MACOSX/x.docx": b"x", "photo.png": b"x"})
    drop(project, "beta/envoi.zip", zipped({"dossier/envoi.zip": inner}))
    drop(project, "bombe.zip", zipped({"a.txt": b"0" * 60_000_000}))
    deep = inner
    for _ in range(6):
        deep = zipped({"a.zip": deep})
    drop(project, "puits.zip", deep)
    status, said = intake(project, capsys)
    assert status == 1
    assert "démesurément grand" in said and "les uns dans les autres" in said
    assert (project / MENDICITE).exists()
    assert sorted(path.name for path in (project / "contributions" / "inbox").iterdir()) == [
        "beta", "bombe.zip", "journal.yaml", "puits.zip", "recus",
    ]  # fmt: skip


def test_a_member_cannot_name_a_place(tmp_path: Path) -> None:
    (tmp_path / "contributions" / "inbox").mkdir(parents=True)
    message = EmailMessage()
    message.set_content("bonjour")
    message.add_attachment(b"texte", maintype="text", subtype="plain", filename="../../mal.txt")
    drop(tmp_path, "m.eml", message.as_bytes())
    assert [one.path for one in unpack.incoming_files(tmp_path)] == ["m.eml › message.txt", "m.eml › mal.txt"]


# ---------------------------------------------------------------- later versions


def second(*, first: str = "Les faits inventés sont peu connus.", suite: str = "Une suite inventée.") -> bytes:
    body = "".join(TEXT).replace("Les faits inventés sont peu connus.", first).replace("Une suite inventée.", suite)
    return docx(body)


def test_a_second_version_keeps_the_editors_corrections(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.docx", docx(*TEXT))
    intake(project, capsys)
    corrected = text_of(project).replace("Une analyse inventée.", "Une analyse inventée, corrigée.")
    (project / MENDICITE).write_text(corrected, encoding="utf-8")
    drop(project, "beta/mendicite.docx", second(first="Les faits inventés sont mieux connus."))
    status, said = intake(project, capsys)
    assert status == 0, said
    assert "sont mieux connus" in text_of(project) and "corrigée" in text_of(project)
    told = " ".join(receipt(path.parent.parent.parent, path.stem) for path in (project / "build/recus").glob("*.txt"))
    assert "+Les faits inventés sont mieux connus." in told and "-Les faits inventés sont peu connus." in told


def test_a_contradiction_is_the_editors_to_settle(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.docx", docx(*TEXT))
    intake(project, capsys)
    corrected = text_of(project).replace("sont peu connus", "restent peu connus")
    (project / MENDICITE).write_text(corrected, encoding="utf-8")
    drop(project, "beta/mendicite.docx", second(first="Les faits inventés sont mieux connus.", suite="Une fin."))
    status, said = intake(project, capsys)
    conflict = "contributions/inbox/conflits/beta--mendicite.md"
    assert status == 1 and conflict in said
    assert text_of(project) == corrected
    both = text_of(project, conflict)
    assert "restent peu connus" in both and "sont mieux connus" in both and "Une fin." in both
    assert MARK.search(both)
    assert intake(project, capsys)[1] == "rien de nouveau dans contributions/inbox/\n"
    chosen = re.sub(r"<<<<<<< .*\n(.*\n)+?=======\n((?:.*\n)+?)>>>>>>> .*\n", r"\2", both)
    (project / conflict).write_text(chosen, encoding="utf-8")
    status, said = intake(project, capsys)
    assert status == 0, said
    assert "sont mieux connus" in text_of(project) and not (project / conflict).exists()
    drop(project, "beta/mendicite.docx", second(first="Les faits inventés sont très connus.", suite="Une fin."))
    assert intake(project, capsys)[0] == 0
    assert "sont très connus" in text_of(project)


def test_a_text_saved_in_an_older_encoding_is_merged_all_the_same(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drop(project, "beta/mendicite.docx", docx(*TEXT))
    intake(project, capsys)
    corrected = text_of(project).replace("Une analyse inventée.", "Une analyse inventée, corrigée.")
    (project / MENDICITE).write_bytes(corrected.encode("cp1252"))
    drop(project, "beta/mendicite.docx", second(first="Les faits inventés sont mieux connus."))
    assert intake(project, capsys)[0] == 0
    assert "sont mieux connus" in text_of(project) and "inventée, corrigée" in text_of(project)


def test_a_text_that_can_no_longer_be_read_is_not_written_over(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drop(project, "beta/mendicite.docx", docx(*TEXT))
    intake(project, capsys)
    (project / MENDICITE).write_bytes(spoiled := b"\x00\x01 what was this \xff\xfe")
    drop(project, "beta/mendicite.docx", second(first="Les faits inventés sont mieux connus."))
    assert intake(project, capsys)[0] == 1
    assert (project / MENDICITE).read_bytes() == spoiled


def test_a_text_that_did_not_come_this_way_is_not_replaced_unasked(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / MENDICITE).write_text("à nous\n", encoding="utf-8")
    drop(project, "beta/mendicite.docx", docx(*TEXT))
    status, said = intake(project, capsys)
    assert status == 1 and "existe déjà" in said
    assert text_of(project) == "à nous\n"
    status, said = intake(project, capsys, "--replace")
    assert status == 0, said
    assert "Les faits inventés" in text_of(project)
    kept = (project / "contributions" / "inbox" / "recus").glob("*.md")
    assert "à nous\n" in [path.read_text(encoding="utf-8") for path in kept]


# ---------------------------------------------------------------- citations


def csl(title: str, year: int, family: str) -> str:
    return (
        f'{{"citationItems":[{{"id":"ITEM-1","locator":"12","itemData":{{"id":"ITEM-1","type":"book","title":"{title}",'
        f'"author":[{{"family":"{family}","given":"A."}}],"issued":{{"date-parts":[["{year}"]]}}}}}}]}}'
    )


def test_citations_of_every_kind(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = re.findall(r"^@\w+\{([\w-]+),", (project / "bibliography.bib").read_text(encoding="utf-8"), re.MULTILINE)[0]
    sources = (
        '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source>'
        "<b:Tag>Inv14</b:Tag><b:SourceType>Book</b:SourceType><b:Title>Un livre inventé pour Word</b:Title>"
        "<b:Year>2014</b:Year><b:Author><b:Author><b:NameList><b:Person><b:Last>Inventé</b:Last><b:First>Luc</b:First>"
        "</b:Person></b:NameList></b:Author></b:Author></b:Source></b:Sources>"
    )
    drop(
        project,
        "beta/mendicite.docx",
        docx(
            h("Constat"),
            p(f"Une clé tapée [@{known}, p. 4] et une inconnue [@personne2001]."),
            p(
                inside=run("Un ")
                + field(f" ADDIN ZOTERO_ITEM CSL_CITATION {csl('Un ouvrage', 2012, 'Premier')} ", "(Premier, 2012)")
                + run(" et ")
                + field(f" ADDIN CSL_CITATION {csl('Un tout autre ouvrage', 2013, 'Second')} ", "(Second, 2013)")
                + run(" et ")
                + field(" CITATION Inv14 \\p 7 \\l 1036 ", "(Inventé, 2014, p. 7)")
                + run(".")
            ),
            parts={"customXml/item1.xml": sources},
        ),
    )
    status, said = intake(project, capsys)
    assert status == 0, said
    text, told = text_of(project), receipt(project)
    assert f"Une clé tapée [@{known}, p. 4] et une inconnue [@personne2001]." in text
    assert "Un [@premier2012, p. 12] et [@second2013, p. 12] et [@invente2014, p. 7]." in text
    bib = text_of(project, "contributions/beta/sources.bib")
    assert bib.count("@book{") == 3 and "title = {Un tout autre ouvrage}" in bib
    assert "la référence @personne2001 n'est pas dans la bibliographie" in told
    assert "« (Premier, 2012) » est une nouvelle entrée de sources.bib, @premier2012, à compléter" in editors(project)
    assert "Aucun mot n'est perdu" in told


def zotero(title: str, year: int, family: str, shown: str) -> str:
    """A citation as Zotero leaves it in LibreOffice: two marks, whose name holds the works, around what is shown."""
    name = escape(f"ZOTERO_ITEM CSL_CITATION {csl(title, year, family)} RNDa1b2c3D4", {'"': "&quot;"})
    marks = (f'<text:reference-mark-{edge} text:name="{name}"/>' for edge in ("start", "end"))
    return f"<text:span>{shown}</text:span>".join(marks)


def test_zotero_in_libreoffice(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = zotero("Un ouvrage", 2012, "Premier", "(Premier, 2012, p. 12)")
    second = zotero("Un tout autre ouvrage", 2013, "Second", "Second 2013, 12")
    inside = f"<text:note-citation>1</text:note-citation><text:note-body><text:p>{second}.</text:p></text:note-body>"
    note = f"<text:note>{inside}</text:note>"
    heading = '<text:h text:outline-level="1">Constat</text:h>'
    drop(project, "beta/mendicite.odt", odt(f"{heading}<text:p>Un {first} et une note{note}.</text:p>"))
    status, said = intake(project, capsys)
    assert status == 0, said
    text, told = text_of(project), receipt(project)
    assert "Un [@premier2012, p. 12] et une note" in text
    assert "[@second2013, p. 12]" in text
    assert text_of(project, "contributions/beta/sources.bib").count("@book{") == 2
    decided = editors(project)
    assert "« (Premier, 2012, p. 12) » est une nouvelle entrée de sources.bib, @premier2012, à compléter" in decided
    assert "Aucun mot n'est perdu" in told


def test_entries_go_after_what_cannot_be_read(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damaged = b"@book{ancien2001,\n  title = {Anci\x81n \xff\x00},\n}\n"
    bib = project / "contributions" / "beta" / "sources.bib"
    bib.write_bytes(damaged)
    cited = zotero("Un ouvrage", 2012, "Premier", "(Premier, 2012, p. 12)")
    heading = '<text:h text:outline-level="1">Constat</text:h>'
    drop(project, "beta/mendicite.odt", odt(f"{heading}<text:p>Un {cited}.</text:p>"))
    assert intake(project, capsys)[0] == 0
    assert bib.read_bytes().startswith(damaged) and b"@book{premier2012," in bib.read_bytes()


def test_a_note_is_replaced_only_when_confirmed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "bibliography.bib").write_text(
        "@book{essai2010,\n author={Inventé, Luc},\n title={Un ouvrage inventé pour cet essai},\n date={2010},\n}\n",
        encoding="utf-8",
    )
    note = f'<w:footnotes {W}><w:footnote w:id="2">'
    note += p("L. Inventé, Un ouvrage inventé pour cet essai, 2010, p. 9.") + "</w:footnote></w:footnotes>"
    file = docx(
        h("Constat"),
        p(inside=run("Un fait") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(".")),
        parts={"word/footnotes.xml": note},
        relations={"f": ("footnotes", "footnotes.xml", False)},
    )
    sent = drop(project, "beta/mendicite.docx", file)
    assert intake(project, capsys)[0] == 0
    assert "[^1]: L. Inventé, Un ouvrage inventé pour cet essai, 2010, p. 9." in text_of(project)
    assert "ressemble à @essai2010, « Un ouvrage inventé pour cet essai »" in receipt(project)
    assert intake(project, capsys, "--citations", str(sent))[0] == 0
    assert "Un fait[@essai2010, p. 9]." in text_of(project)


# ---------------------------------------------------------------- many


def test_one_bad_file_among_many(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(12):
        drop(project, f"lot/{number}.docx", docx(h("Constat"), bold("Titre"), p(f"Le texte numéro {number}.")))
    drop(project, "lot/mauvais.docx", b"PK\x03\x04 rien")
    status, said = intake(project, capsys)
    assert status == 1
    assert "repris : 0 ; en attente : 12 ; refusés : 1 ; déjà connus : 0" in said
    assert len(list((project / "build" / "recus").glob("*.docx"))) == 13


def test_the_inbox_is_no_part_of_the_report(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.md", b"pas un texte \x00")
    drop(project, "recus/x.md", b"# texte")
    assert cli.run(["check", "--root", str(project)]) == 0
    assert capsys.readouterr().out == "aucune erreur dans 3 contributions\n"


def test_both_languages_say_the_same_and_nothing_idle() -> None:
    assert intake_fr.WORDS.keys() == intake_en.WORDS.keys()
    for name, text in intake_fr.WORDS.items():
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", intake_en.WORDS[name])), name
    package = PRODUCT / "scripts" / "rapport"
    source = "".join(
        path.read_text(encoding="utf-8") for path in package.rglob("*.py") if path.parent.name != "messages"
    )
    said = set(re.findall(r"(?=[\"']([\w-]+)[\"'{])", source))
    kinds = {("loss", k) for k in re.findall(r'Loss\("([\w-]+)"', source)}
    kinds |= {("repair", k) for k in re.findall(r'repaired\("([\w-]+)"', source)}
    kinds |= {("refusal", k) for k in re.findall(r'Unsafe\("([\w-]+)"', source)}
    kinds |= {(None, k) for k in re.findall(r'Told\("([\w-]+)"', source)}
    assert {"-".join(filter(None, kind)) for kind in kinds} <= intake_fr.WORDS.keys()
    families = ("refusal-", "finding-", "stopped-", "loss-", "repair-", "clue-", "thanks-", "which-", "whose-", "ask-")
    families += ("kind-", "tally-", "reshaped-", "missing-", "editor-")
    idle = [n for n in intake_fr.WORDS if n not in said and not (n.startswith(families) and n.split("-", 1)[1] in said)]
    assert idle == ["which-association-likely", "which-theme-likely"]


def test_a_receipt_in_english(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.docx", docx(*TEXT))
    status, said = intake(project, capsys, "--lang", "en")
    assert (status, said.split("\n")[0]) == (0, f"beta/mendicite.docx: taken into {MENDICITE} (words received: 49)")
    assert "No word is lost" in receipt(project)


def test_receipts_give_the_codes_that_explain_knows(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tracked = f'<w:p><w:ins w:id="1" w:author="Zoé">{run("Un ajout.")}</w:ins></w:p>'
    hidden = p(inside=run("Un secret inventé.", "<w:vanish/>"))
    comments = f'<w:comments {W}><w:comment w:id="0" w:author="Zoé">{p("À revoir.")}</w:comment></w:comments>'
    header = f"<w:hdr {W}>{p('Brouillon inventé')}</w:hdr>"
    parts = {"word/comments.xml": comments, "word/header1.xml": header}
    drop(project, "beta/mendicite.docx", docx(*TEXT, tracked, hidden, parts=parts))
    drop(project, "beta/mauvais.docx", b"PK\x03\x04 rien")
    status, said = intake(project, capsys)
    assert status == 1
    assert "abîmé ou incomplet [W02]" in said and "[W03, W05, W04]" in said
    assert "abîmé ou incomplet. [W02]" in receipt(project, "mauvais")
    told = receipt(project, "mendicite")
    for words, code in (
        ("Un ajout. »", "W03"),
        ("À revoir. »", "W04"),
        ("Un secret inventé. »", "W05"),
        ("Brouillon inventé", "W06"),
    ):
        assert f"{words} [{code}]" in told.replace("\u00a0", " ")
        assert cli.run(["explain", code]) == 0


def test_a_mistake_of_ours_in_one_file_stops_no_other(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise KeyError("inventé")

    drop(project, "beta/mendicite.docx", docx(*TEXT))
    monkeypatch.setattr("rapport.intake.inbox.convert_file", fails)
    assert cli.run(["intake", "--root", str(project)]) == 1
    assert "notre programme s'est trompé en le lisant (KeyError)" in capsys.readouterr().out
    assert "inventé" in (project / "build" / "erreur.txt").read_text(encoding="utf-8")


def test_the_command_shown_for_a_file_with_a_name_in_it_can_be_typed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drop(
        project, "beta/mendicite relu Anne.docx", docx(h("Constat"), p(inside=f'<w:ins w:id="1">{run("Un.")}</w:ins>'))
    )
    status, said = intake(project, capsys)
    shown = re.search(r"FILE='([^']*)'", said.replace("\u00a0", " "))
    assert status == 1 and shown and "[…]" in shown[1], said
    status, said = intake(project, capsys, shown[1], "--accept-changes", "--theme", "mendicite")
    assert status == 0 and "Un." in text_of(project), said
    drop(project, "beta/mendicite relu Zoé.docx", b"x")
    status, said = intake(project, capsys, shown[1])
    assert status == 2 and "n'existe pas" in said.replace("\u00a0", " ")


@pytest.mark.parametrize(("text", "named"), [
    ("un deux", "un deux"),
    ("mot " * 30, "mot " * 20 + "…"),
    ("https://exemple.org/" + "a" * 100 + " fin", "https://exemple.org/" + "a" * 60 + "…"),
])  # fmt: skip
def test_what_changed_its_shape_is_named_by_its_first_words_however_long_they_are(text: str, named: str) -> None:
    account = Account((Tally("lists", 1, 0, reshaped_words=(text,)),))
    assert list(reshaped_parts(account, lambda name, /, **facts: f"{facts['text']}")) == [named]


def test_words_masked_in_receipts_stand_whole_in_a_list_that_never_leaves_this_machine(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remark = p(inside=f'<w:ins w:id="1">{run("Aminata Keita, 06 12 34 56 78")}</w:ins>')
    drop(project, "beta/mendicite.docx", docx(*TEXT, remark))
    _, said = intake(project, capsys)
    (kept,) = (project / "contributions/inbox/recus").glob("masques-*.txt")
    whole = " ".join(kept.read_text(encoding="utf-8-sig").split())
    assert "06 12" not in receipt(project) + editors(project) + said
    assert "Aminata Keita, 06 12 34 56 78" in whole and kept.stat().st_mode & 0o777 == 0o600
    assert f"dans contributions/inbox/recus/{kept.name}, pour vous seul" in editors(project)
    assert kept.name not in receipt(project)
    ignored = (PRODUCT / ".gitignore").read_text(encoding="utf-8")
    assert "/contributions/inbox/*\n!/contributions/inbox/journal.yaml\n" in ignored
