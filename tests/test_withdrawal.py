"""A child's piece withdrawn after people read it: gone from what they said of it, and never taken again.

Files that only a person may change are named.

The workshop is invented (`workshop_sample`).
"""

from __future__ import annotations

import io
import re
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest

from rapport import cli
from rapport.workshops.quoted_words import QuotedWords
from test_workshop_forms import MADE, SPOKEN, arrive, filled_word, form_of, intake, made, picture
from test_workshops import built, children, holding
from workshop_sample import PIECES, lay_workshop

FRENCH, ARABIC = PIECES[0], PIECES[4]
LEDGER = "contributions/drafts/ledger.yaml"


@pytest.fixture
def sent(project: Path) -> Path:
    """A project whose first draft went out with the words of the workshop."""
    lay_workshop(project)
    assert cli.run(["draft", "--root", str(project)]) == 0
    return project


def commented(project: Path, name: str, said: dict[str, str], insert: str = "") -> None:
    """The draft that a reviewer sends back: a comment on each paragraph that has these words, words put in."""
    word = docx.Document(io.BytesIO((project / "build/projet-1/rapport-projet-1.docx").read_bytes()))
    asked = dict(said)
    for paragraph in word.paragraphs:
        for words in [one for one in asked if one in paragraph.text]:
            word.add_comment(paragraph.runs, text=asked.pop(words), author="Personne Inventée")
        if insert and paragraph.text.startswith(insert):
            paragraph.add_run(" Une phrase ajoutée.")
            insert = ""
    assert not asked and not insert
    out = io.BytesIO()
    word.save(out)
    arrive(project, f"reviews/{name}", out.getvalue())


def in_ledgers(project: Path) -> str:
    return "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((project / "contributions/drafts").rglob("*.yaml"))
    )


def paragraph_of(project: Path) -> str:
    """The first words of an ordinary paragraph of the draft."""
    word = docx.Document(io.BytesIO((project / "build/projet-1/rapport-projet-1.docx").read_bytes()))
    return next(one.text[:40] for one in word.paragraphs if len(one.text) > 80 and "inventé" in one.text)


def test_remarks_that_quote_what_was_withdrawn_lose_it_and_are_answered(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = paragraph_of(sent)
    commented(sent, "relu.docx", {
        FRENCH.words[0]: f"Faut-il écrire « {FRENCH.words[0]} » ?",
        ARABIC.words[0]: f"Que dit « {ARABIC.words[0]} » ?",
        elsewhere: "Un enfant dit « on ma dis tes pas dici, pourtan chui la », citons-le.",
    })  # fmt: skip
    assert cli.run(["review", "--root", str(sent)]) == 0
    assert "lécol" in in_ledgers(sent) and "pourtan chui" in in_ledgers(sent)
    capsys.readouterr()
    for code in (FRENCH.code, ARABIC.code):
        assert children(sent, "--piece", code, "--withdraw") == 0
    assert "des remarques de relecture la citaient" in capsys.readouterr().out
    left = in_ledgers(sent)
    assert not any(words in left for words in ("lécol", "dici", "chui", "المدرسه", "أعود"))
    assert "Un enfant dit « […] », citons-le." in left
    assert left.count("Cette parole d") == 4, "two remarks, in the ledger and in the copy beside its draft"
    assert cli.run(["decide", "--root", str(sent), "--list"]) == 0, "the ledger is still read"


def test_a_draft_that_comes_back_after_the_withdrawal_brings_nothing_of_it_and_loses_no_other_remark(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = paragraph_of(sent)
    late = (sent / "build/projet-1/rapport-projet-1.docx").read_bytes()
    for code in (FRENCH.code, ARABIC.code):
        assert children(sent, "--piece", code, "--withdraw") == 0
    (sent / "build/projet-1").mkdir(parents=True, exist_ok=True)
    (sent / "build/projet-1/rapport-projet-1.docx").write_bytes(late)
    commented(sent, "tardif.docx", {
        FRENCH.words[0]: f"Faut-il écrire « {FRENCH.words[0]} » ?",
        ARABIC.words[0]: f"Que dit « {ARABIC.words[0]} » ?",
        elsewhere: f"Ou citer « {FRENCH.words[1]} » et « {ARABIC.words[1]} » ?",
    }, insert=elsewhere)  # fmt: skip
    assert cli.run(["review", "--root", str(sent)]) == 0
    left = in_ledgers(sent)
    assert not any(words in left for words in ("lécol", "dici", "chui", "المدرسه", "سرير"))
    assert re.search(r"Ou citer « \[…\][^«]{0,5}» et « \[…\]", left)
    assert "Une phrase ajoutée." in left, "an insertion has no words before it, and is no word of a child"


def test_every_file_that_still_has_it_is_named_and_none_is_touched(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "\n".join(FRENCH.words)
    form = filled_word(form_of(sent, "docx"), [{**SPOKEN[0], "Les mots": list(FRENCH.words)}])
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w") as archive:
        archive.writestr("envoi/atelier.docx", form)
    mail = EmailMessage()
    mail.set_content("Bonjour,\n\nVoici le formulaire.")
    mail.add_attachment(form, maintype="application", subtype="octet-stream", filename="atelier.docx")
    other = filled_word(form_of(sent, "docx"), SPOKEN[2:3])
    arrived = {"envoi.zip": inside.getvalue(), "message.eml": mail.as_bytes(), "texte.txt": said.upper().encode(),
               "autre.docx": other, "scan.pdf": b"%PDF-1.4 ..."}  # fmt: skip
    for name, content in arrived.items():
        arrive(sent, name, content)
    quoted = next(path for path in sorted((sent / "contributions").glob("*/*.md")))
    before = quoted.read_text(encoding="utf-8")
    quoted.write_text(before + "\nUn enfant dit : « On ma dis  tes pas dici, pourtan ».\n", encoding="utf-8")
    capsys.readouterr()
    assert children(sent, "--piece", FRENCH.code, "--withdraw") == 0
    told = capsys.readouterr().out
    named = set(re.findall(r"(?m)^  (contributions/\S+)$", told.partition("ne peuvent pas être lus")[0]))
    assert named == {"contributions/inbox/envoi.zip", "contributions/inbox/message.eml",
                     "contributions/inbox/texte.txt", quoted.relative_to(sent).as_posix()}  # fmt: skip
    assert "contributions/inbox/scan.pdf" in told.partition("ne peuvent pas être lus")[2]
    assert all((sent / "contributions/inbox" / name).read_bytes() == content for name, content in arrived.items())
    assert quoted.read_text(encoding="utf-8").startswith(before)


def test_two_children_who_begin_alike_are_not_taken_for_one(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert children(sent, "--piece", ARABIC.code, "--withdraw") == 0  # « Je ne veux pas… », as P-03 says too
    assert "ces fichiers ont encore" not in capsys.readouterr().out


def test_a_form_sent_again_brings_nothing_back(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = form_of(project, "docx")
    drawn = {"Ce que montre": ["une porte bleue"], **SPOKEN[1]}
    first = [SPOKEN[0], SPOKEN[1], SPOKEN[4]]
    arrive(project, "atelier.docx", filled_word(form, [drawn, *first], drawing=picture("blue")))
    intake(project, capsys)
    assert "P-04" in made(project) and "D-01" in made(project)
    for code in ("P-02", "D-01"):
        assert children(project, "--piece", code, "--withdraw") == 0
    (project / "contributions/inbox/atelier.docx").unlink()
    again = {**SPOKEN[0], "Les mots": [line.replace(" ,  ", ", ") for line in FRENCH.words]}
    fresh = {**SPOKEN[0], "Les mots": ["Des mots tout autres, inventés aussi."]}
    late = filled_word(form, [drawn, again, fresh, SPOKEN[4]], drawing=picture("blue"))
    arrive(project, "corrige.docx", late)
    said = intake(project, capsys, str(project / "contributions/inbox/corrige.docx"), "--replace")
    assert "que l'enfant avait retirés, et qui ne sont pas repris : 2" in said
    assert "lécol" not in said and "mot pour mot : 3 ;" in said
    text = made(project)
    assert "lécol" not in text and "chui" not in text and "image:" not in text
    assert re.findall(r"reference: (\S+)", text) == ["P-02", "P-01", "P-03", "P-04", "D-01"], "no code is used again"
    (project / "contributions/inbox/corrige.docx").unlink()
    assert holding(project, "pourtan chui") == []
    assert not (project / MADE).with_name("atelier-invente-d-01.png").exists()
    assert cli.run(["check", "--root", str(project)]) == 0


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Il dit : « On ma dis tes pas dici ». Que faire ?", "Il dit : « […] ». Que faire ?"),
        ("JE VEU ALE\nA LECOL, dit-il", "[…], dit-il"),
        ("on ma dis, tes pas dici; pourtan chui la", "[…]"),
        ("Je veu dire autre chose", "Je veu dire autre chose"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_quotation_is_known_by_its_words(text: str, masked: str) -> None:
    assert QuotedWords([" ".join(FRENCH.words)]).mask(text) == masked


def test_words_of_any_script_are_known() -> None:
    known = QuotedWords([" ".join(ARABIC.words)])
    assert known.stand_in(f"« {ARABIC.words[1]} »") and not known.stand_in(PIECES[5].words[0])
    assert not QuotedWords(["..."]).stand_in("...")


def test_the_outputs_made_afterwards_have_the_others(sent: Path) -> None:
    assert children(sent, "--piece", ARABIC.code, "--withdraw") == 0
    html = built(sent)["html"].decode()
    assert PIECES[5].words[0] in html and "المدرسه" not in html


def test_a_piece_withdrawn_twice_is_still_known_if_it_comes_back(sent: Path) -> None:
    def kept() -> dict[Path, str]:
        return {path: path.read_text(encoding="utf-8") for path in sent.glob("contributions/*/enfants/*.md")}

    def withdraw_again() -> None:
        assert children(sent, "--piece", FRENCH.code, "--withdraw", "--date", "2014-07-01") == 0

    withdraw_again()
    once = kept()
    assert sum(text.count("retire_trace: ") for text in once.values()) == 1
    withdraw_again()
    assert kept() == once
