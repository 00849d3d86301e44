"""Translators' Word forms: made, filled in, saved by any program, taken in; nothing that was there is lost."""

from __future__ import annotations

import copy
import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from rapport import cli
from rapport.office.archive import pack, unpack
from rapport.office.namespaces import q

pytestmark = pytest.mark.slow

FRENCH = "contributions/alpha/travail-force.md"
ENGLISH = "contributions/alpha/travail-force.en.md"
FORM = "build/traductions/alpha/travail-force"
INBOX = "contributions/inbox"
FIRST = "This text is invented for the tests[^1]. It cites a report [@rapport2012, p. 4] and shows a table."
NOTE = "An invented note."
ROW = re.compile(r"(\d+\.\d+) · [a-z]{6}")
OFFICE = bool(shutil.which("soffice"))


def run(project: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    status = cli.run([*arguments, "--root", str(project)])
    out, err = capsys.readouterr()
    return status, out + err


def form_of(project: Path, suffix: str = "docx") -> bytes:
    """The form of the one text, made anew."""
    assert cli.run(["translation", "--root", str(project), "--association", "alpha", "--theme", "travail-force"]) == 0
    return (project / f"{FORM}.{suffix}").read_bytes()


def rows(root: Any) -> dict[str, tuple[Any, Any]]:
    """The two cells of each line of a Word form, by its number."""
    found = {}
    for row in root.iter(q("w:tr")):
        cells = row.findall(q("w:tc"))
        code = ROW.search("".join(cells[0].itertext())) if len(cells) > 1 else None
        if code:
            found[code[1]] = (cells[0], cells[1])
    return found


def numbers(form: bytes) -> list[str]:
    return list(rows(etree.fromstring(unpack(form)["word/document.xml"])))


def filled(form: bytes, typed: Mapping[str, str]) -> bytes:
    """A Word form with words typed into its controls."""
    parts = dict(unpack(form))
    root = etree.fromstring(parts["word/document.xml"])
    for number, text in typed.items():
        control = rows(root)[number][1].find(f".//{q('w:sdt')}")
        for prompt in control.findall(f"{q('w:sdtPr')}/{q('w:showingPlcHdr')}"):
            prompt.getparent().remove(prompt)
        content = control.find(q("w:sdtContent"))
        for old in list(content):
            content.remove(old)
        run_ = etree.SubElement(content, q("w:r"))
        etree.SubElement(run_, q("w:t")).text = text
    parts["word/document.xml"] = etree.tostring(root)
    return pack(parts)


def arrive(project: Path, content: bytes, name: str = "retour.docx") -> None:
    (project / INBOX).mkdir(exist_ok=True)
    (project / INBOX / name).write_bytes(content)


def english(project: Path) -> str:
    return (project / ENGLISH).read_text(encoding="utf-8")


def all_typed(form: bytes) -> dict[str, str]:
    return {number: f"Invented English {at}" for at, number in enumerate(numbers(form))}


def test_the_form_has_the_french_line_by_line(project: Path) -> None:
    form = form_of(project)
    root = etree.fromstring(unpack(form)["word/document.xml"])
    left = {number: "".join(cells[0].itertext()) for number, cells in rows(root).items()}
    assert "Ce texte est inventé pour les tests[^1]." in left["2.1"]
    assert left["2.2"].endswith("Une note inventée.")
    assert all("Écrivez l'anglais ici" in "".join(cells[1].itertext()) for cells in rows(root).values())
    bold = [r for r in root.iter(q("w:r")) if r.find(f"{q('w:rPr')}/{q('w:b')}") is not None]
    assert any("".join(r.itertext()).startswith("Au ministère") for r in bold)
    assert "**" not in "".join(root.itertext())
    assert form == form_of(project)  # the same bytes


def test_an_untouched_form_gives_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = form_of(project)
    before = english(project)
    arrive(project, form)
    arrive(project, (project / f"{FORM}.odt").read_bytes(), "retour.odt")
    status, said = run(project, capsys, "intake")
    assert status == 0
    assert said.count("sans rien de nouveau") == 2
    assert "n'ont pas été repris" not in said
    assert english(project) == before


def test_what_is_typed_stands_under_its_french(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = form_of(project)
    typed = all_typed(form) | {"2.1": FIRST, "2.2": NOTE}
    arrive(project, filled(form, typed))
    status, said = run(project, capsys, "intake")
    assert status == 0
    assert "passages traduits : 7, changés : 0" in said
    assert "n'ont pas été repris" not in said
    text = english(project)
    assert f"{FIRST}\n\n[^1]: {NOTE}\n" in text
    assert all(words in text for words in typed.values())
    receipt = next((project / "build/recus").glob("retour-*.txt")).read_text(encoding="utf-8")
    assert "Passages qui ont leur anglais\u00a0: 7 sur 7" in receipt
    # the tables keep their cells, the pictures their file
    assert re.search(r"^\| Invented English \d+ \| Invented English \d+ \|$", text, re.MULTILINE)
    status, said = run(project, capsys, "check")
    assert "T07" not in said


def test_what_is_typed_may_look_like_markdown(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = form_of(project)
    arrive(project, filled(form, {"1.1": "1. *Stars* | bars, <b>tags</b> and a_b_c; # no title"}))
    assert run(project, capsys, "intake")[0] == 0
    assert r"1\. \*Stars\* \| bars, \<b\>tags\</b\> and a\_b\_c; # no title" in english(project)


def test_the_same_steps_back(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = form_of(project)
    before = english(project)
    arrive(project, filled(form, {"1.1": "Invented text."}))
    assert run(project, capsys, "intake")[0] == 0
    assert english(project) != before
    assert run(project, capsys, "intake", "--undo", ENGLISH)[0] == 0
    assert english(project) == before


def test_english_that_is_there_stays(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Typed in the file while the form was away: only what the form alone changed is taken."""
    form = form_of(project)
    text = english(project)
    head, rest = text.split("\n\n\n\n:::", 1)
    (project / ENGLISH).write_text(f"{head}\n\nThe editor's own words.\n\n:::{rest}", encoding="utf-8")
    arrive(project, filled(form, {"1.1": "The translator's words.", "2.2": NOTE}))
    status, said = run(project, capsys, "intake")
    assert status == 0
    assert "choisissez" in said
    text = english(project)
    assert text.index("The editor's own words.") < text.index(".retire") < text.index("The translator's words.")
    assert run(project, capsys, "build", "--report-language", "en")[0] == 0
    with zipfile.ZipFile(project / "build/rapport-projet-en.docx") as built:
        printed = built.read("word/document.xml").decode()
    assert "own words" in printed
    assert "The translator" not in printed


def test_english_corrected_in_the_form_replaces_what_it_was_made_of(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arrive(project, filled(form_of(project), {"1.1": "First words.", "2.1": FIRST, "2.2": NOTE}))
    assert run(project, capsys, "intake")[0] == 0
    again = form_of(project)
    assert "First words." in "".join(etree.fromstring(unpack(again)["word/document.xml"]).itertext())
    arrive(project, filled(again, {"1.1": "Better words."}), "deuxieme.docx")
    status, said = run(project, capsys, "intake")
    assert status == 0
    assert "passages traduits : 0, changés : 1" in said
    text = english(project)
    assert "Better words." in text
    assert "First words." not in text
    assert f"{FIRST}\n\n[^1]: {NOTE}\n" in text
    # and an older form sent once more takes nothing back
    arrive(project, filled(again, {"5.1": "The analysis is invented, like the work by @livre2010."}), "tard.docx")
    assert run(project, capsys, "intake")[0] == 0
    assert "Better words." in english(project)
    assert "First words." not in english(project)


def test_a_passage_in_part_keeps_its_french_elsewhere(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arrive(project, filled(form_of(project), {"2.1": FIRST}))
    status, said = run(project, capsys, "intake")
    assert status == 0
    assert "n'est traduit qu'en partie" in said
    assert f"{FIRST}\n\n[^1]: Une note inventée.\n" in english(project)
    assert "{.bloc .a-revoir ref=" in english(project)
    arrive(project, filled(form_of(project), {"2.2": NOTE}), "suite.docx")
    assert run(project, capsys, "intake")[0] == 0
    assert f"{FIRST}\n\n[^1]: {NOTE}\n" in english(project)
    assert "{.bloc .a-revoir" not in english(project)


def test_a_form_older_than_its_french(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = form_of(project)
    french = (project / FRENCH).read_text(encoding="utf-8")
    changed = french.replace("L'analyse est inventée aussi", "L'analyse est inventée elle aussi, autrement")
    assert changed != french
    (project / FRENCH).write_text(changed, encoding="utf-8")
    arrive(project, filled(form, {"1.1": "Invented text.", "5.1": "The analysis is invented too, like @livre2010."}))
    status, said = run(project, capsys, "intake")
    assert status == 0
    assert "le français a changé depuis ce formulaire : « L'analyse est inventée aussi" in said.replace("’", "'")
    assert "passages traduits : 2" in said
    place = english(project).index("The analysis is invented too")
    block = english(project)[:place].rpartition(":::")[2]
    assert ".a-revoir" in block
    assert "elle aussi, autrement" in block
    assert ">> L" in block


def test_english_whose_french_is_gone_is_kept(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = form_of(project)
    french = (project / FRENCH).read_text(encoding="utf-8")
    gone = re.sub(
        r"(?m)^L['’]analyse est inventée.*$", "Tout autre chose, sans rapport aucun : dix mots nouveaux.", french
    )
    (project / FRENCH).write_text(gone, encoding="utf-8")
    arrive(project, filled(form, {"5.1": "The analysis is invented too."}))
    status, said = run(project, capsys, "intake")
    assert status == 0
    assert "n'est plus dans le français" in said
    assert "The analysis is invented too." in english(project).partition(".retire")[2]


def test_nothing_confidential_is_in_a_form(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    french = (project / FRENCH).read_text(encoding="utf-8")
    secret = "Un passage inventé que personne ne doit lire."
    text = french.replace("## Analyse", f"::: confidentiel\n{secret}\n:::\n\n## Analyse", 1)
    assert text != french
    (project / FRENCH).write_text(text, encoding="utf-8")
    status, said = run(project, capsys, "translation")
    assert status == 0
    assert "passages confidentiels qui n'y sont pas : 1" in said
    assert secret in english(project)
    for suffix, part in (("docx", "word/document.xml"), ("odt", "content.xml")):
        with zipfile.ZipFile(project / f"{FORM}.{suffix}") as package:
            assert "que personne" not in package.read(part).decode()
    # a text that is confidential whole has no form at all
    assert not list((project / "build/traductions").rglob("parole.*"))
    assert "tout y est confidentiel" in said


def test_english_of_what_became_confidential(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = form_of(project)
    french = (project / FRENCH).read_text(encoding="utf-8")
    line = re.search(r"(?m)^L['’]analyse est inventée.*$", french)
    assert line
    text = french.replace(line[0], f"::: confidentiel\n{line[0]}\n:::\n\nUn autre paragraphe inventé, tout neuf.")
    (project / FRENCH).write_text(text, encoding="utf-8")
    arrive(project, filled(form, {"5.1": "The analysis is invented too, like @livre2010."}))
    assert run(project, capsys, "intake")[0] == 0
    place = english(project).index("The analysis is invented too")
    assert ".confidentiel" in english(project)[:place].rpartition(":::")[2]


def test_the_rules_on_names_read_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arrive(project, filled(form_of(project), {"1.1": "The girl is called Mirela Ionescu, born on 3 May 2001."}))
    _, said = run(project, capsys, "intake")
    assert "Ionescu" not in said
    receipts = (project / "build/recus").glob("*.txt")
    assert not any("Ionescu" in one.read_text(encoding="utf-8") for one in receipts)
    assert "Ionescu" not in (project / f"{INBOX}/journal.yaml").read_text(encoding="utf-8")
    _, said = run(project, capsys, "check", "--report-language", "en")
    assert re.search(rf"{re.escape(ENGLISH)}:\d+:\d+: (erreur|à voir) C02", said)


def test_words_outside_the_places_are_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = dict(unpack(filled(form_of(project), {"1.1": "Invented text."})))
    root = etree.fromstring(parts["word/document.xml"])
    extra = copy.deepcopy(root.find(f"{q('w:body')}/{q('w:p')}"))
    next(extra.iter(q("w:t"))).text = "A remark of the translator, zebra."
    root.find(q("w:body")).insert(3, extra)
    left = rows(root)["2.2"][0]
    list(left.iter(q("w:t")))[-1].text = "Une note tout autre."
    parts["word/document.xml"] = etree.tostring(root)
    arrive(project, pack(parts))
    _, said = run(project, capsys, "intake")
    assert "A remark of the translator, zebra." in said
    assert "le français a été changé dans le formulaire" in said


def test_lines_without_their_codes_are_known_by_their_words(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = dict(unpack(filled(form_of(project), {"1.1": "Invented text.", "5.1": "Invented analysis by @livre2010."})))
    parts["word/document.xml"] = re.sub(
        rb"\d+\.\d+ \xc2\xb7 [a-z]{6}( \xc2\xb7 [a-z]{6})?", b"", parts["word/document.xml"]
    )
    arrive(project, pack(parts))
    status, said = run(project, capsys, "intake")
    assert status == 0
    assert "passages traduits : 2" in said
    assert "Invented analysis by @livre2010." in english(project)


def test_a_form_with_tracked_changes_waits(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = dict(unpack(filled(form_of(project), {"1.1": "Invented text."})))
    words = b"<w:t>Invented text.</w:t>"
    at = parts["word/document.xml"].index(words)
    start = parts["word/document.xml"].rindex(b"<w:r>", 0, at)
    end = parts["word/document.xml"].index(b"</w:r>", at) + len(b"</w:r>")
    document = parts["word/document.xml"]
    mark = b'<w:ins w:id="9001" w:author="A" w:date="2015-01-01T00:00:00Z">' + document[start:end] + b"</w:ins>"
    parts["word/document.xml"] = document[:start] + mark + document[end:]
    arrive(project, pack(parts))
    before = english(project)
    status, said = run(project, capsys, "intake")
    assert status == 1
    assert "modifications suivies" in said
    assert english(project) == before
    assert run(project, capsys, "intake", "--accept-changes")[0] == 0
    assert "Invented text." in english(project)


def test_a_form_without_its_french_waits(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = filled(form_of(project), {"1.1": "Invented text."})
    (project / FRENCH).unlink()
    (project / ENGLISH).unlink()
    arrive(project, form)
    status, said = run(project, capsys, "intake")
    assert status == 1
    assert "corrigez le texte français" in said
    assert not (project / ENGLISH).exists()


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_a_form_saved_by_libreoffice(project: Path, capsys: pytest.CaptureFixture[str], suffix: str) -> None:
    form = form_of(project)
    typed = all_typed(form) | {"2.1": FIRST, "2.2": NOTE}
    saved = through_office({"a.docx": filled(form, typed), "b.docx": form}, suffix)
    arrive(project, saved["b"], f"vide.{suffix}")
    before = english(project)
    assert run(project, capsys, "intake")[0] == 0
    assert english(project) == before
    arrive(project, saved["a"], f"retour.{suffix}")
    status, said = run(project, capsys, "intake")
    assert status == 0
    assert "n'ont pas été repris" not in said
    text = english(project)
    assert f"{FIRST}\n\n[^1]: {NOTE}\n" in text
    assert all(words in text for words in typed.values())


def through_office(files: Mapping[str, bytes], suffix: str) -> dict[str, bytes]:
    """Word files as LibreOffice saves them."""
    import subprocess
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, content in files.items():
            (place / name).write_bytes(content)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", suffix]
        subprocess.run(
            [*command, "--outdir", f"{folder}/out", *(str(place / name) for name in files)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return {Path(name).stem: (place / "out" / f"{Path(name).stem}.{suffix}").read_bytes() for name in files}
