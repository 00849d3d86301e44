"""The file that an association sent, given back with comments: found by it, corrected there, taken in again."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from rapport import cli
from rapport.office.add_comments import NewComment, OpenedFile, Signature, annotate, open_file
from rapport.office.comment_seal import is_ours
from rapport.office.normalise_docx import normalise
from rapport.office.normalise_odt import normalise_odt
from rapport.office.package import open_package
from rapport.office.text_location import LocationMethod, TextQuery, letters_of_line
from test_intake import drop, intake, receipt, text_of
from word_files import W, docx, h, odt, p, run, table

pytestmark = pytest.mark.slow

NOTE = '<w:footnote w:id="2">' + p("Une note inventée sur les chiffres.") + "</w:footnote>"
CALL = p(inside=run("Des faits inventés") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" et la suite."))
BOXED = f"<w:txbxContent>{p('Un encadré inventé.')}</w:txbxContent>"
BOX = p(inside=f"<w:r><w:pict><v:shape><v:textbox>{BOXED}</v:textbox></v:shape></w:pict></w:r>{run('Autour.')}")
ODT = (
    "<text:p>Un <text:span>texte inv</text:span>enté &amp; rare<text:note><text:note-body>"
    "<text:p>Une note inventée.</text:p></text:note-body></text:note>.</text:p>"
)
LONG = "Une suite inventée assez longue pour qu'on la reconnaisse"
LETTERS = "build/lettres/beta/mendicite-a-corriger.docx"
FAULTY = (
    h("Constat"), p("Les faits inventés sont peu connus [@inconnu2013]."),
    h("Analyse au regard de la Convention"), p("Écrire à zoe.inventee@example.org pour la suite."),
    h("Recommandations"), p("Au ministère inventé (CIDE 3) : former les équipes de nuit."),
)  # fmt: skip


def place(opened: OpenedFile, line: str, words: str = "", **more: object):  # type: ignore[no-untyped-def]
    found = opened.find(TextQuery(line, line.index(words), len(words), **more))  # type: ignore[arg-type]
    assert found is not None
    return found


def commented(data: bytes, *wanted: tuple[str, str]) -> bytes:
    opened = open_file(data)
    said = [
        NewComment(place(opened, line, words), (f"Remarque {at} & suite.", "Que faire : ceci."), "R01")
        for at, (line, words) in enumerate(wanted)
    ]
    return annotate(opened, said, Signature("Collectif", "2014-12-05"))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def ranges(data: bytes) -> dict[str, str]:
    """The words that each comment of a Word file hangs on, by its id."""
    main = parts(data)["word/document.xml"].decode()
    between = r'commentRangeStart w:id="{0}"/>(.*?)<w:commentRangeEnd w:id="{0}"/>'
    ids = re.findall(r'commentRangeStart w:id="(\d+)"', main)
    return {one: re.sub("<[^>]*>", "", re.search(between.format(one), main, re.DOTALL)[1]) for one in ids}  # type: ignore[index]


# ---------------------------------------------------------------- comments in a file


def test_comments_hang_on_their_words_and_all_else_stays() -> None:
    line = "Les faits inventés & « connus » sont rares."
    runs = run("Les faits inven", "<w:b/>") + run("tés & « con", "<w:i/>") + run("nus » sont rares.")
    before = docx(
        h("Constat"), p(inside=runs), CALL, parts={"word/footnotes.xml": f"<w:footnotes {W}>{NOTE}</w:footnotes>"}
    )
    after = commented(
        before, (line, "inventés"), (line, "faits inventés"), ("[^1]: Une note inventée sur les chiffres.", "note")
    )
    assert ranges(after) == {"0": "inventés", "1": "faits inventés", "2": ""}
    old, new = parts(before), parts(after)
    assert set(new) - set(old) == {"word/comments.xml"}
    assert {name for name in old if old[name] != new[name]} == {
        "[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml",
    }  # fmt: skip
    left = re.sub(
        rb"<w:commentRange(Start|End) [^>]*/>|<w:r><w:commentReference [^>]*/></w:r>", b"", new["word/document.xml"]
    )
    left = re.sub(rb'</w:t></w:r><w:r>(<w:rPr><w:[bi]/></w:rPr>)?<w:t xml:space="preserve">', b"", left)
    assert left == re.sub(
        rb'</w:t></w:r><w:r>(<w:rPr><w:[bi]/></w:rPr>)?<w:t xml:space="preserve">', b"", old["word/document.xml"]
    )
    assert normalise(open_package(after)).text == normalise(open_package(before)).text


def test_comments_that_were_there_stay() -> None:
    theirs = '<w:comment w:id="7" w:author="Zoé"><w:p><w:r><w:t>Le mien.</w:t></w:r></w:p></w:comment>'
    before = docx(
        p("Un texte inventé."), parts={"word/comments.xml": f"<w:comments {W}>{theirs}</w:comments>"},
        relations={"c": ("comments", "comments.xml", False)},
    )  # fmt: skip
    after = commented(before, ("Un texte inventé.", "texte"))
    assert theirs.encode() in parts(after)["word/comments.xml"]
    assert ranges(after) == {"8": "texte"}
    assert parts(after)["[Content_Types].xml"] == parts(before)["[Content_Types].xml"]


def test_a_text_box_has_its_comment_on_the_paragraph_it_hangs_on() -> None:
    after = commented(docx(BOX), ("Un encadré inventé.", "encadré"))
    assert ranges(after) == {"0": "Un encadré inventé.Autour."}
    assert parts(after)["word/document.xml"].count(b"<w:commentRangeStart") == 1


def test_a_text_in_another_encoding_and_with_another_prefix() -> None:
    main = parts(docx(p("Un texte inventé.")))["word/document.xml"].decode()
    others = (
        f'<?xml version="1.0" encoding="UTF-16"?>{main}',
        main.replace("w:", "x:").replace("xmlns:w=", "xmlns:x="),
        main.replace("Un texte", "<![CDATA[Un texte]]>"),
    )
    for other in others:
        content = other.encode("utf-16") if "UTF-16" in other else other.encode()
        after = commented(docx(parts={"word/document.xml": content}), ("Un texte inventé.", "texte"))
        told = normalise(open_package(after))
        assert "Un texte inventé." in told.text
        assert [is_ours(one.author, one.text) for one in told.findings] == [True]


def test_a_new_comment_is_valid(tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    errors = []
    for data in (
        docx(*FAULTY, CALL),
        commented(docx(*FAULTY, CALL), ("Au ministère inventé", "ministère"), ("Constat", "Constat")),
    ):
        (tmp_path / "x.docx").write_bytes(data)
        errors.append({str(error) for error in audit.OpenXmlValidator().validate(tmp_path / "x.docx").errors})
    assert errors[1] <= errors[0]


def test_annotations_of_an_odt() -> None:
    before = odt(ODT)
    after = commented(before, ("Un texte inventé & rare.", "inventé & rare"), ("[^1]: Une note inventée.", "note"))
    main = parts(after)["content.xml"].decode()
    words = re.search(r'"rapport0">.*?</office:annotation>(.*?)<office:annotation-end[^>]*"rapport0"', main)
    assert words is not None and re.sub("<[^>]*>", "", words[1]) == "inventé &amp; rare"
    told = normalise_odt(open_package(after))
    assert [is_ours(one.author, one.text) for one in told.findings] == [True, True]
    assert told.text == normalise_odt(open_package(before)).text


def test_a_seal_is_broken_by_whoever_writes_into_the_comment() -> None:
    (ours,) = normalise(open_package(commented(docx(p("Un texte inventé.")), ("Un texte inventé.", "texte")))).findings
    assert is_ours(ours.author, ours.text.replace(" ", "\u00a0\n"))
    assert not is_ours(ours.author, ours.text.replace("ceci", "ceci, mais voyez Zoé"))
    assert not is_ours(ours.author, f"Déjà fait. {ours.text}")
    assert not is_ours(ours.author, f"{ours.text} Déjà fait.")
    assert not is_ours("Zoé", ours.text)


# ---------------------------------------------------------------- where the words stand


@pytest.mark.parametrize(
    ("line", "words", "how", "hung"),
    [
        ("Les **faits** inventés [sont](https://example.org) rares[^1].", "[sont]", LocationMethod.WORDS, "sont"),
        ("| Au ministère | CIDE 3 | former |", "former", LocationMethod.WORDS, "former"),
        ("Écrire à zoe@example.org.", "zoe@example.org", LocationMethod.WORDS, "zoe@example.org"),
        ("- **Au ministère** (CIDE 3) : former.", "CIDE 3", LocationMethod.WORDS, "CIDE 3"),
        (f"{LONG}, et corrigée depuis.", "et corrigée", LocationMethod.PARAGRAPH, f"{LONG} ; corrigé"),
        ("Des mots que rien ne rappelle ici.", "rappelle", LocationMethod.HEADING, "1. Constats"),
    ],
)  # fmt: skip
def test_the_best_place(line: str, words: str, how: LocationMethod, hung: str) -> None:
    opened = open_file(docx(
        p("Titre"), h("1. Constats"), p("Les faits inventés sont rares."), p("Écrire à zoe@example.org."),
        table(("Au ministère", "CIDE 3", "former")), p(f"{LONG} ; corrigé"),
    ))  # fmt: skip
    found = place(opened, line, words, heading="Constat")
    assert (found.how, found.paragraph.text[found.start : found.end]) == (how, hung)


def test_what_is_nowhere_is_said_at_the_start() -> None:
    opened = open_file(docx(p("Titre"), p("Autre chose.")))
    found = opened.find(TextQuery("Des mots que rien ne rappelle ici.", heading="Constat"))
    assert found is not None and (found.how, found.paragraph.text) == (LocationMethod.START, "Titre")
    assert open_file(docx(p(""))).find(TextQuery("Des mots.")) is None


def test_of_two_equal_paragraphs_the_one_as_far_on() -> None:
    opened = open_file(docx(*(p("Le même texte inventé." if n in (1, 8) else f"Numéro {n}.") for n in range(10))))
    places = [opened.find(TextQuery("Le même texte inventé.", share=share)) for share in (0.1, 0.9)]
    assert places[0] is not None and places[1] is not None
    assert places[0].paragraph is not places[1].paragraph


def test_the_letters_of_a_line() -> None:
    assert letters_of_line("## 1. L'Été [^2] {.x} ![mot](a.png)") == "1letemot"


# ---------------------------------------------------------------- there and back


def letters(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert cli.run(["letters", "--root", str(root)]) == 0
    return capsys.readouterr().out


def letter(root: Path) -> str:
    return re.sub(r"\s+", " ", (root / "build/lettres/beta.txt").read_text(encoding="utf-8-sig"))


def test_the_way_there_and_back(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.docx", docx(*FAULTY))
    status, said = intake(project, capsys)
    assert status == 0, said
    assert f"{LETTERS} écrit" in letters(project, capsys)
    assert "mendicite-a-corriger.docx (commentaires : 2)" in letter(project)
    sent = (project / LETTERS).read_bytes()
    assert set(ranges(sent).values()) == {"inconnu2013", "[…]"}
    comments = re.sub("<[^>]*>", "", parts(sent)["word/comments.xml"].decode())
    assert "zoe" not in comments and "inconnu2013" in comments
    corrected = parts(sent)
    main = (
        corrected["word/document.xml"]
        .decode()
        .replace("[@</w:t>", "[</w:t>")
        .replace("inconnu2013", "sans source")
        .replace("[…]", "nous")
    )
    drop(project, "beta/mendicite-a-corriger.docx", docx(parts={**corrected, "word/document.xml": main}))
    status, said = intake(project, capsys)
    assert status == 0, said
    assert "sont peu connus [sans source]" in text_of(project).replace("\\", "")
    told = receipt(project, "a-corriger")
    assert "nos propres commentaires, encore dans le fichier et laissés de côté : 2" in told
    assert "Aucun mot n'est perdu" in told


def test_an_answer_to_our_comment_stops_the_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.docx", docx(*FAULTY))
    intake(project, capsys)
    letters(project, capsys)
    sent = parts((project / LETTERS).read_bytes())
    sent["word/comments.xml"] = sent["word/comments.xml"].replace(b"Que faire", b"Fait ! Que faire", 1)
    drop(project, "beta/mendicite-a-corriger.docx", docx(parts=sent))
    status, said = intake(project, capsys)
    assert status == 1 and "il contient encore des commentaires" in said


def test_what_the_editor_corrected_since_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.docx", docx(*FAULTY))
    intake(project, capsys)
    path = project / "contributions/beta/mendicite.md"
    path.write_text(path.read_text(encoding="utf-8").replace("peu connus", "mal connus"), encoding="utf-8")
    letters(project, capsys)
    assert "nous avons corrigé ce texte de notre côté" in letter(project)
    assert (
        "ces corrections ne sont pas dans ce fichier"
        in parts((project / LETTERS).read_bytes())["word/comments.xml"].decode()
    )
    assert "inconnu2013" in ranges((project / LETTERS).read_bytes()).values()


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("Écrire pour la suite.", "votre propre fichier, tel que vous l'avez envoyé ; nos remarques"),
        ("Écrire à zoe.inventee@example.org pour la suite.", "votre propre fichier, où « […] » tient la place de mots"),
    ],
)
def test_as_you_sent_it_is_said_of_a_file_that_was_read_back(
    added: str, said: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drop(project, "beta/mendicite.docx", docx(*[p(added) if "@example" in one else one for one in FAULTY]))
    intake(project, capsys)
    letters(project, capsys)
    assert said in " ".join(letter(project).split()).replace("\u00a0", " ").replace("’", "'")
    assert ("@" in added) == ("[…]" in parts((project / LETTERS).read_bytes())["word/document.xml"].decode())


def test_a_file_that_is_written_wrong_is_not_called_as_sent(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = [one for one in FAULTY if "@example" not in one]
    drop(project, "beta/mendicite.docx", docx(*clean))
    intake(project, capsys)
    spoiled = docx(*clean[:-1])
    monkeypatch.setattr("rapport.correspondence.annotated_files.annotate", lambda *_: spoiled)
    letters(project, capsys)
    assert "l'avez envoyé" not in letter(project).replace("’", "'")


def test_an_original_that_is_elsewhere_is_told_to_the_editor(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sent = drop(project, "beta/mendicite.docx", docx(*FAULTY))
    intake(project, capsys)
    letters(project, capsys)
    sent.unlink()
    said = letters(project, capsys)
    assert "beta/mendicite.docx n'est pas sur cette machine" in said
    assert f"{LETTERS} retiré" in said
    assert not (project / "build/lettres/beta").exists()
    assert "commentaire" not in letter(project)


def test_the_same_file_every_time(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.docx", docx(*FAULTY))
    intake(project, capsys)
    letters(project, capsys)
    first = (project / LETTERS).read_bytes()
    letters(project, capsys)
    assert (project / LETTERS).read_bytes() == first


# ---------------------------------------------------------------- a second round


def test_our_earlier_comments_make_room_for_the_new_ones() -> None:
    line = "Les faits inventés & rares."
    theirs = '<w:comment w:id="7" w:author="Zoé"><w:p><w:r><w:t>Le mien [12345678]</w:t></w:r></w:p></w:comment>'
    before = docx(
        p(line), parts={"word/comments.xml": f"<w:comments {W}>{theirs}</w:comments>"},
        relations={"c": ("comments", "comments.xml", False)},
    )  # fmt: skip
    again = commented(commented(before, (line, "faits"), (line, "rares")), (line, "inventés"))
    assert list(ranges(again).values()) == ["inventés"]
    assert [one.author for one in normalise(open_package(again)).findings] == ["Zoé", "Collectif"]
    assert parts(again)["word/document.xml"].count(b"commentReference") == 1
    twice = commented(odt(ODT), ("Un texte inventé & rare.", "Un"), ("Un texte inventé & rare.", "rare"))
    told = normalise_odt(open_package(commented(twice, ("Un texte inventé & rare.", "texte"))))
    assert len(told.findings) == 1


def test_a_comment_of_ours_that_was_answered_stays() -> None:
    made = parts(
        commented(
            docx(p("Un texte inventé."), p("Une suite.")), ("Un texte inventé.", "texte"), ("Une suite.", "suite")
        )
    )
    names = ("w14", "w15", "w16cid")
    spaces = " ".join(f'xmlns:{name}="urn:inventé:{name}"' for name in names)
    for code in ("0A", "0B"):
        made["word/comments.xml"] = made["word/comments.xml"].replace(
            b'<w:p><w:r><w:t xml:space="preserve">[R01',
            f'<w:p {spaces} w14:paraId="{code}"><w:r><w:t xml:space="preserve"> [R01'.encode(),
            1,
        )
    made["word/commentsExtended.xml"] = (
        f'<w15:commentsEx {spaces}><w15:commentEx w15:paraId="0A" w15:done="0"/><w15:commentEx w15:paraId="0B"/>'
        '<w15:commentEx w15:paraId="0C" w15:paraIdParent="0B"/></w15:commentsEx>'
    ).encode()  # fmt: skip
    made["word/commentsIds.xml"] = (
        f'<w16cid:x {spaces}><w16cid:commentId w16cid:paraId="0A" w16cid:durableId="1F"/></w16cid:x>'
    ).encode()
    made["word/commentsExtensible.xml"] = f'<w16cid:x {spaces}><w16cid:y w16cid:durableId="1F"/></w16cid:x>'.encode()
    again = commented(docx(parts=made), ("Un texte inventé.", "Un"))
    assert sorted(ranges(again).values()) == ["Un", "suite"]
    new = parts(again)
    assert (
        b'paraId="0A"' not in new["word/commentsExtended.xml"]
        and b'paraIdParent="0B"' in new["word/commentsExtended.xml"]
    )
    assert b"1F" not in new["word/commentsIds.xml"] + new["word/commentsExtensible.xml"]
