"""`rapport review`: what a reader sees of a returned file is compared, and all that a reviewer can do is a remark."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace
from PIL import Image

from conftest import lay_stock
from rapport import cli
from rapport.office.archive import pack, unpack
from rapport.office.namespaces import NS, q
from rapport.office.package import open_package
from rapport.office.tracked_reader import read, read_lines
from rapport.office.tracked_text import TrackedChange, TrackedRun
from rapport.review.collect import ledger
from rapport.review.collect.contradictions import contradictions
from rapport.review.collect.edits import edits
from rapport.review.collect.ledger import BadLedger, Remark
from rapport.review.collect.masked_remarks import mask_words
from rapport.review.collect.remarks import ReadReturn, remarks
from rapport.review.freeze import draft_map as drafts_map
from rapport.review.freeze.draft_map import DraftParagraph, FrozenDraft
from rapport.safeguarding.masks import MASK

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
CALLER = "Ce texte est inventé pour les tests"
REVIEWS = "contributions/inbox/reviews"


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = lay_stock(tmp_path_factory.mktemp("projet"))
    assert cli.run(["draft", "--root", str(root)]) == 0
    return root


@pytest.fixture(scope="module")
def frozen(sent: Path) -> FrozenDraft:
    return drafts_map.load(sent, 1)


@pytest.fixture(scope="module")
def draft(sent: Path) -> bytes:
    return (sent / "build/projet-1/rapport-projet-1.docx").read_bytes()


@pytest.fixture
def root(sent: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sent, tmp_path / "projet", ignore=shutil.ignore_patterns("cache", "*.pdf", "*.html")))


def result(frozen: FrozenDraft, content: bytes) -> ReadReturn:
    return remarks(frozen, read(open_package(content)), "Relectrice", "retour.docx")


def told(frozen: FrozenDraft, content: bytes) -> tuple[Remark, ...]:
    return result(frozen, content).remarks


def edited(draft: bytes, edit: Callable[[Any], object], part: str = "document") -> bytes:
    parts = unpack(draft)
    root = etree.fromstring(parts[f"word/{part}.xml"])
    edit(root)
    return pack({**parts, f"word/{part}.xml": etree.tostring(root, encoding="UTF-8", xml_declaration=True)})


def paragraph(root: Any, words: str) -> Any:
    return next(p for p in root.iter(q("w:p")) if words in "".join(t.text or "" for t in p.iter(q("w:t"))))


def run(*content: Any, looks: str = "") -> Any:
    made = etree.Element(q("w:r"))
    if looks:
        value = {"w:highlight": "yellow", "w:u": "single"}.get(looks)
        etree.SubElement(etree.SubElement(made, q("w:rPr")), q(looks), {q("w:val"): value} if value else {})
    for one in content:
        if isinstance(one, str):
            etree.SubElement(made, q("w:t"), {SPACE: "preserve"}).text = one
        else:
            made.append(one)
    return made


def by(author: str, kind: str, *inside: Any) -> Any:
    made = etree.Element(q(kind), {q("w:id"): "990", q("w:author"): author, q("w:date"): "2026-11-20T10:00:00Z"})
    made.extend(inside)
    if kind == "w:del":
        for text in list(made.iter(q("w:t"))):
            text.tag = q("w:delText")
    return made


def place(frozen: FrozenDraft, words: str) -> DraftParagraph:
    return next(one for one in frozen.places if words in one.text and not one.copy)


def with_note(draft: bytes, put: Callable[[Any, Any], object]) -> bytes:
    """The draft with a new note; `put` places its call (a run) in the body."""
    call = run(etree.Element(q("w:footnoteReference"), {q("w:id"): "777"}))

    def note(root: Any) -> None:
        made = etree.SubElement(root, q("w:footnote"), {q("w:id"): "777"})
        etree.SubElement(made, q("w:p")).append(run(" Une précision venue plus tard."))

    return edited(edited(draft, note, "footnotes"), lambda root: put(root, call))


# ---------------------------------------------------------------- notes


@pytest.mark.parametrize("tracked", [True, False])
def test_a_call_taken_out_takes_its_note(frozen: FrozenDraft, draft: bytes, tracked: bool) -> None:
    def out(root: Any) -> None:
        call = next(paragraph(root, CALLER).iter(q("w:footnoteReference"))).getparent()
        if tracked:
            call.addprevious(by("Jeanne", "w:del", deepcopy(call)))
        call.getparent().remove(call)

    (remark,) = told(frozen, edited(draft, out))
    assert (remark.genre, remark.bloc, remark.avant) == (
        ledger.DELETION, f"{place(frozen, CALLER).id}/n", "Une note inventée.",
    )  # fmt: skip
    assert remark.relecteur == ("Jeanne" if tracked else "Relectrice")


@pytest.mark.parametrize("tracked", [True, False])
def test_a_new_note_is_told_where_it_is_called(frozen: FrozenDraft, draft: bytes, tracked: bool) -> None:
    def put(root: Any, call: Any) -> None:
        first = next(r for r in paragraph(root, CALLER).iter(q("w:r")) if CALLER in (r.findtext(q("w:t")) or ""))
        first.addprevious(by("Jeanne", "w:ins", call) if tracked else call)

    (remark,) = told(frozen, with_note(draft, put))
    assert (remark.genre, remark.doute, remark.debut) == (ledger.INSERTION, ledger.NOTE, 0)
    assert (remark.bloc, remark.apres) == (place(frozen, CALLER).id, "Une précision venue plus tard.")


@pytest.mark.parametrize("tracked", [True, False])
def test_a_pasted_paragraph_brings_its_note(frozen: FrozenDraft, draft: bytes, tracked: bool) -> None:
    def put(root: Any, call: Any) -> None:
        new, words = etree.Element(q("w:p")), run("Un paragraphe collé ici, que personne n’avait encore écrit.")
        new.extend([by("Jeanne", "w:ins", words, call)] if tracked else [words, call])
        if tracked:
            looks = etree.SubElement(etree.Element(q("w:pPr")), q("w:rPr"))
            looks.append(by("Jeanne", "w:ins"))
            new.insert(0, looks.getparent())
        paragraph(root, CALLER).addnext(new)

    pasted, note = told(frozen, with_note(draft, put))
    assert (pasted.bloc, pasted.ou, pasted.doute) == (place(frozen, CALLER).id, ledger.AFTER, "")
    assert (note.bloc, note.doute, note.avec) == (pasted.bloc, ledger.NOTE, pasted.id)
    assert note.debut == len(pasted.apres)


@pytest.mark.parametrize("second", [True, False])
def test_a_note_goes_with_the_new_paragraph_that_calls_it_though_another_says_the_same(
    frozen: FrozenDraft, draft: bytes, second: bool
) -> None:
    places = [place(frozen, CALLER), next(p for p in reversed(frozen.places) if p.kind == "text" and p.block)]

    def put(root: Any, call: Any) -> None:
        for n, near in enumerate(places):
            new = etree.Element(q("w:p"))
            new.extend([run("Une même phrase ajoutée à deux endroits du projet."), *([call] if n == second else [])])
            paragraph(root, near.text[:40]).addnext(new)

    *pasted, note = sorted(told(frozen, with_note(draft, put)), key=lambda one: one.doute == ledger.NOTE)
    assert [one.bloc for one in pasted] == [near.id for near in places]
    assert (note.bloc, note.avec) == (places[second].id, pasted[second].id)


def test_a_call_that_stands_elsewhere_in_its_paragraph_is_told_and_left_to_a_hand(root: Path, draft: bytes) -> None:
    def put(body: Any) -> None:
        first = next(r for r in paragraph(body, CALLER).iter(q("w:r")) if CALLER in (r.findtext(q("w:t")) or ""))
        call = next(paragraph(body, CALLER).iter(q("w:footnoteReference"))).getparent()
        text = first.find(q("w:t"))
        rest = deepcopy(first)
        rest.find(q("w:t")).text, text.text = text.text.removeprefix("Ce texte"), "Ce texte"
        text.set(SPACE, "preserve")
        first.addnext(rest)
        first.addnext(call)

    frozen, moved = drafts_map.load(root, 1), edited(draft, put)
    (remark,) = told(frozen, moved)
    assert (remark.genre, remark.doute, remark.bloc) == (ledger.MOVE, ledger.CALL, f"{place(frozen, CALLER).id}/n")
    assert (remark.avant, remark.ou, remark.apres) == ("Une note inventée.", ledger.AFTER, "Ce texte")
    (root / REVIEWS).mkdir(parents=True, exist_ok=True)
    (root / REVIEWS / "Relectrice.docx").write_bytes(moved)
    before = (root / place(frozen, CALLER).path).read_bytes()
    for command in (["review"], ["decide", remark.id, "--accept"], ["apply"]):
        assert cli.run([*command, "--root", str(root)]) in (0, 1)
    assert (root / place(frozen, CALLER).path).read_bytes() == before
    assert [one.etat for one in ledger.load(root).remarks] == [ledger.ACCEPTED]


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize("behind", [True, False])
def test_words_put_in_beside_the_call_of_a_note_say_on_which_side(
    frozen: FrozenDraft, draft: bytes, tracked: bool, behind: bool
) -> None:
    def put(body: Any) -> None:
        call = next(paragraph(body, CALLER).iter(q("w:footnoteReference"))).getparent()
        made = etree.Element(q("w:r"))
        etree.SubElement(made, q("w:t"), {SPACE: "preserve"}).text = " et mille"
        hull = etree.Element(q("w:ins"), {q("w:id"): "990001", q("w:author"): "Jeanne Exemple"})
        hull.append(made)
        (call.addprevious if behind else call.addnext)(hull if tracked else made)

    (remark,) = told(frozen, edited(draft, put))
    assert (remark.genre, remark.bloc, remark.suivi) == (ledger.INSERTION, place(frozen, CALLER).id, tracked)
    assert "et mille" in remark.apres and remark.appel == (ledger.AFTER if behind else "")


def test_notes_are_found_by_their_call_and_not_by_their_place_in_the_file(frozen: FrozenDraft, draft: bytes) -> None:
    def turned_round(root: Any) -> None:
        for note in [one for one in root if one.get(q("w:type")) is None]:
            root.insert(0, note)
        text = next(t for t in paragraph(root, "Une note inventée").iter(q("w:t")) if "inventée" in (t.text or ""))
        text.text = " Tout autre chose est dit ici."

    (remark,) = told(frozen, edited(draft, turned_round, "footnotes"))
    assert remark.bloc == f"{place(frozen, CALLER).id}/n"
    assert remark.avant == "Une note inventée."


# ---------------------------------------------------------------- what is seen


def test_numbers_kept_as_mere_text_are_no_remark(frozen: FrozenDraft, draft: bytes) -> None:
    def flattened(root: Any) -> None:
        for p in root.iter(q("w:p")):
            shows = True
            for one in list(p.iter(q("w:r"))):
                mark = one.find(q("w:fldChar"))
                shows = mark.get(q("w:fldCharType")) != "begin" if mark is not None else shows
                if mark is not None or not shows:
                    one.getparent().remove(one)

    content = edited(draft, flattened)
    assert b"instrText" not in unpack(content)["word/document.xml"]
    assert told(frozen, content) == ()

    def worded(root: Any) -> None:
        text = next(t for t in paragraph(root, CALLER).iter(q("w:t")) if CALLER in (t.text or ""))
        text.text = text.text.replace("inventé", "imaginé")

    (remark,) = told(frozen, edited(content, worded))
    assert (remark.bloc, remark.avant, remark.apres) == (place(frozen, CALLER).id, "inventé", "imaginé")


def test_typography_alone_is_counted(frozen: FrozenDraft, draft: bytes) -> None:
    parts = unpack(draft)
    parts["word/document.xml"] = parts["word/document.xml"].decode().replace("’", "'").encode()
    found = result(frozen, pack(parts))
    assert found.remarks == ()
    assert found.typography > 0


# ---------------------------------------------------------------- all that a reviewer can do


def test_what_another_hand_strikes_is_two_remarks_that_contradict(frozen: FrozenDraft, draft: bytes) -> None:
    def struck(root: Any) -> None:
        first = next(r for r in paragraph(root, CALLER).iter(q("w:r")) if CALLER in (r.findtext(q("w:t")) or ""))
        first.addprevious(by("Ada", "w:ins", run("Une phrase "), by("Grace", "w:del", run("de trop. "))))

    found = contradictions(told(frozen, edited(draft, struck)))
    put_in, taken_out = found
    assert (put_in.relecteur, put_in.genre) == ("Ada", ledger.INSERTION)
    assert put_in.apres.startswith("Une phrase de trop.")
    assert (taken_out.relecteur, taken_out.genre, taken_out.avant) == ("Grace", ledger.DELETION, "de trop.")
    assert taken_out.repond_a == put_in.id
    assert (put_in.contredit, taken_out.contredit) == ((taken_out.id,), (put_in.id,))


ADA, GRACE = TrackedChange("Ada", "2026-01-02T10:00:00Z"), TrackedChange("Grace", "2026-01-02T10:00:00Z")
BUILT_UPON: dict[str, tuple[list[TrackedRun], list[tuple[str, str, str]]]] = {
    "a word typed over the word typed over another": (
        [TrackedRun("compris", deletion=ADA), TrackedRun("entendu", ADA, GRACE), TrackedRun("saisi", GRACE)],
        [("Ada", "compris", "entendu"), ("Grace", "compris", "saisi")],
    ),
    "the same, the new words first": (
        [TrackedRun("saisi", GRACE), TrackedRun("entendu", ADA, GRACE), TrackedRun("compris", deletion=ADA)],
        [("Ada", "compris", "entendu"), ("Grace", "compris", "saisi")],
    ),
    "letters put to a word that another put in": (
        [TrackedRun("compris", deletion=ADA), TrackedRun("entendu", ADA), TrackedRun("es", GRACE)],
        [("Ada", "compris", "entendu"), ("Grace", "compris", "entendues")],
    ),
    "a word typed over one that another took out": (
        [TrackedRun("compris", deletion=ADA), TrackedRun("saisi", GRACE)],
        [("Ada", "ont compris", "ont "), ("Grace", "compris", "saisi")],
    ),
    "a word put inside what another put in": (
        [TrackedRun("compris"), TrackedRun(" et bien", ADA), TrackedRun(" vite", GRACE), TrackedRun(" entendu", ADA)],
        [("Ada", "compris", "compris et bien entendu"), ("Grace", "compris", "compris et bien vite entendu")],
    ),
    "words of two beside each other": (
        [TrackedRun("compris"), TrackedRun(" et bien", ADA), TrackedRun(" entendu", GRACE)],
        [("Ada", "compris", "compris et bien"), ("Grace", "compris", "compris entendu")],
    ),
}


@pytest.mark.parametrize("case", BUILT_UPON)
def test_each_persons_change_is_told_by_itself_against_the_words_sent(case: str) -> None:
    changed, wanted = BUILT_UPON[case]
    base = "ils ont compris droits et devoirs"
    runs = [TrackedRun("ils ont "), *changed, TrackedRun(" droits et devoirs")]
    told = [(e.change.author, base[e.start : e.end], e.new) for e in edits(base, runs, []) if e.change]
    assert sorted(told) == wanted


def test_two_new_paragraphs_of_which_one_goes_on_from_the_other_contradict() -> None:
    first = Remark("a", 1, ledger.INSERTION, place=3, bloc="p", relecteur="Ada", ou="apres", apres="Un alinéa neuf")
    second = replace(first, id="b", relecteur="Grace", apres="Un alinéa vraiment neuf")
    other = replace(first, id="c", relecteur="Jean", apres="Rien de ce qui précède.")
    found = contradictions([first, second, other])
    assert [remark.contredit for remark in found] == [("b",), ("a",), ()]


LINKED = 'HYPERLINK "https://l.facebook.com/l.php?u=https%3A%2F%2Fexemple.org%2Fune%2520page%2F"'
LOOKS = (
    ("w:strike", ""), ("w:highlight", "surligné à la main"), ("w:u", "souligné à la main"),
    ("w:b", "gras"), ("w:sz", "autre mise en forme"), (LINKED, "lien vers https://exemple.org/une%20page/"),
)  # fmt: skip


@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "untracked"])
@pytest.mark.parametrize(("looks", "said"), LOOKS, ids=[said for _, said in LOOKS])
def test_words_that_look_otherwise_or_lead_elsewhere(
    frozen: FrozenDraft, draft: bytes, looks: str, said: str, tracked: bool
) -> None:
    def marked(root: Any) -> None:
        first = next(r for r in paragraph(root, CALLER).iter(q("w:r")) if CALLER in (r.findtext(q("w:t")) or ""))
        text = first.find(q("w:t"))
        made = run("Ce texte", looks="" if looks == LINKED else looks)
        if tracked:
            properties = made.find(q("w:rPr"))
            properties = etree.Element(q("w:rPr")) if properties is None else properties
            made.insert(0, properties)
            etree.SubElement(properties, q("w:rPrChange"), {q("w:author"): "Jose\u0301", q("w:id"): "77"})
        first.addprevious(made)
        if looks == LINKED:
            field = etree.Element(q("w:fldSimple"), {q("w:instr"): LINKED})
            made.addprevious(field)
            field.append(made)
        text.text = text.text.removeprefix("Ce texte")

    found = [(r.genre, r.avant, r.apres, r.suivi, r.relecteur) for r in told(frozen, edited(draft, marked))]
    nothing = looks == "w:sz" and not tracked
    who = "José" if tracked else "Relectrice"
    kind = ledger.FORMAT if said else ledger.DELETION  # words struck by hand are to go
    assert found == ([] if nothing else [(kind, "Ce texte", said, tracked, who)])
    if looks == LINKED and not tracked:  # a draft that was frozen before links were noted
        assert told(replace(frozen, has_links=False), edited(draft, marked)) == ()


def test_a_paragraph_cut_where_a_space_was_struck_is_a_cut(frozen: FrozenDraft, draft: bytes) -> None:
    def cut(root: Any) -> None:
        p = paragraph(root, CALLER)
        first = next(r for r in p.iter(q("w:r")) if CALLER in (r.findtext(q("w:t")) or ""))
        text = first.find(q("w:t"))
        before, after = (text.text or "").split(" inventé", 1)
        made = etree.Element(q("w:p"))
        mark = etree.SubElement(etree.SubElement(etree.SubElement(made, q("w:pPr")), q("w:rPr")), q("w:ins"))
        mark.attrib.update(by("Ada", "w:ins").attrib)
        made.extend([run(before), by("Ada", "w:del", run(" "))])
        text.text = f"inventé{after}"
        p.addprevious(made)

    (remark,) = told(frozen, edited(draft, cut))
    assert (remark.genre, remark.avant, remark.apres) == (ledger.SPLIT, "est inventé", "est ¶ inventé")
    assert (remark.relecteur, remark.bloc) == ("Ada", place(frozen, CALLER).id)


@pytest.mark.parametrize(("typed", "kept", "masked"), [
    ("lien vers https://exemple.org/?t=06%2012%2034%2056%2078", f"lien vers https://exemple.org/?t={MASK}", True),
    ("lien vers https://exemple.org/un%20rapport.pdf", "lien vers https://exemple.org/un%20rapport.pdf", False),
])  # fmt: skip
def test_a_number_is_masked_in_an_address_that_encodes_it(typed: str, kept: str, masked: bool) -> None:
    remark = Remark("", 1, ledger.FORMAT, apres=typed, texte=typed)
    hidden = mask_words(remark, lambda text: text.replace("06 12 34 56 78", MASK))
    assert (hidden.apres, hidden.texte, hidden.masque) == (kept, kept, masked)


def test_an_address_that_a_program_made_a_link_of_is_no_remark(frozen: FrozenDraft, draft: bytes) -> None:
    def linked(root: Any) -> None:
        field = etree.Element(q("w:fldSimple"), {q("w:instr"): 'HYPERLINK "http://www.exemple.org/"'})
        paragraph(root, CALLER).append(field)
        field.append(run("www.exemple.org"))

    (remark,) = told(frozen, edited(draft, linked))
    assert (remark.genre, remark.apres[-15:]) == (ledger.INSERTION, "www.exemple.org")


def test_an_address_that_word_cut_into_several_runs_is_a_link_of_its_own_words(draft: bytes) -> None:
    pieces = ["www.", "exemple", ".org"]

    def linked(root: Any) -> None:
        field = etree.Element(q("w:fldSimple"), {q("w:instr"): 'HYPERLINK "http://www.exemple.org/"'})
        paragraph(root, CALLER).append(field)
        field.extend(map(run, pieces))

    lines = read(open_package(edited(draft, linked))).lines
    assert [one.link for line in lines for one in line.runs if one.text in pieces] == ["", "", ""]


def test_what_programs_underline_is_no_mark(frozen: FrozenDraft, draft: bytes) -> None:
    """The words of a link, in a link or under its style, are underlined by whatever program saves them."""

    def underlined(root: Any) -> None:
        runs = [r for link in root.iter(q("w:hyperlink")) for r in link.iter(q("w:r"))]
        assert runs
        for one in runs:
            looks = one.find(q("w:rPr"))
            looks = etree.Element(q("w:rPr")) if looks is None else looks
            one.insert(0, looks)
            etree.SubElement(looks, q("w:u"), {q("w:val"): "single"})
        first = next(r for r in paragraph(root, CALLER).iter(q("w:r")) if CALLER in (r.findtext(q("w:t")) or ""))
        looks = etree.Element(q("w:rPr"))
        first.insert(0, looks)
        etree.SubElement(looks, q("w:rStyle"), {q("w:val"): "Lienhypertexte"})
        etree.SubElement(looks, q("w:u"), {q("w:val"): "single"})

    assert told(frozen, edited(draft, underlined)) == ()


def test_signs_formulas_and_headers(frozen: FrozenDraft, draft: bytes) -> None:
    sign = etree.Element(q("w:sym"), {q("w:font"): "Symbol", q("w:char"): "F0B3"})
    formula = etree.fromstring(f'<m:oMath xmlns:m="{NS["m"]}"><m:r><m:t>x=2</m:t></m:r></m:oMath>')
    for new, shown, doubt in ((run(sign), "≥", ""), (formula, "x=2", ledger.FORMULA)):
        content = edited(draft, lambda root, new=new: paragraph(root, CALLER).append(by("Ada", "w:ins", new)))
        (remark,) = told(frozen, content)
        assert remark.bloc == place(frozen, CALLER).id
        assert shown in remark.apres
        assert remark.doute == doubt

    def headed(root: Any) -> None:
        text = next(t for t in root.iter(q("w:t")) if re.search(r"[a-z]{4}", t.text or ""))
        text.text = f"Autrement : {text.text}"

    (remark,) = told(frozen, edited(draft, headed, "header1"))
    assert remark.apres.startswith("Autrement")


def picture(color: int) -> bytes:
    made, file = Image.new("L", (64, 64), 255), io.BytesIO()
    made.paste(color, (0, 0, 30, 40))
    made.save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("in_row", [True, False], ids=["docx", "doc"])
@pytest.mark.parametrize("kind", ["ins", "del"])
def test_the_sign_that_libreoffice_puts_into_a_row_that_it_tracks_is_no_word(kind: str, in_row: bool) -> None:
    """Who put the row in stands on the row, or on its words alone where the file came from DOC or RTF."""
    mark = f'w:{kind} w:id="1" w:author="Ada" w:date="2026-11-20T10:00:00Z"'
    row, (start, end) = (f"<w:trPr><{mark}/></w:trPr>", ("", "")) if in_row else ("", (f"<{mark}>", f"</w:{kind}>"))
    cells = [
        "".join(f"<w:tc><w:p>{start}<w:r><w:t>{said}</w:t></w:r>{end}</w:p></w:tc>" for said in (one, "mot\u200dmot"))
        for one in ("inventé\u200d", "\u200dinventé", "\u200d")
    ]
    rows = "".join(f"<w:tr>{row}{cell}</w:tr>" for cell in cells)
    root = etree.fromstring(f'<w:body xmlns:w="{NS["w"]}"><w:tbl>{rows}</w:tbl></w:body>')
    said = [(line.text_sent or line.text_now) for _, line in read_lines(root)]
    assert said == ["inventé", "mot\u200dmot", "inventé", "mot\u200dmot", "", "mot\u200dmot"]


@pytest.mark.parametrize("tracked", [True, False])
def test_a_picture_taken_out(frozen: FrozenDraft, draft: bytes, tracked: bool) -> None:
    def out(root: Any) -> None:
        here = next(root.iter(q("w:drawing"))).getparent()
        if tracked:
            here.addprevious(by("Ada", "w:del", deepcopy(here)))
        here.getparent().remove(here)

    (remark,) = told(frozen, edited(draft, out))
    assert (remark.genre, remark.apres, remark.bloc) == (ledger.PICTURE, "", frozen.pictures[0].bloc)  # type: ignore[index]
    assert remark.avant.startswith("[image : ")
    assert remark.suivi == tracked


def test_a_picture_replaced_and_one_described_anew(frozen: FrozenDraft, draft: bytes) -> None:
    def described(root: Any) -> None:
        next(root.iter(q("wp:docPr"))).set("descr", "Tout autre chose")

    (remark,) = told(frozen, edited(draft, described))
    assert (remark.genre, remark.apres) == (ledger.PICTURE, "Tout autre chose")
    parts = unpack(draft)
    (name,) = [name for name in parts if name.startswith("word/media/")]
    (remark,) = told(frozen, pack({**parts, name: picture(0)}))
    assert (remark.genre, remark.bloc) == (ledger.PICTURE, frozen.pictures[0].bloc)  # type: ignore[index]
    with Image.open(io.BytesIO(parts[name])) as before:
        again = io.BytesIO()
        before.convert("RGBA").save(again, "PNG", compress_level=1)
    assert told(frozen, pack({**parts, name: again.getvalue()})) == ()  # the same to the eye


# ---------------------------------------------------------------- the same file, and the ledger


def returned(
    draft: bytes, saved_by: str, old: str = "inventé pour les tests", new: str = "imaginé pour des essais"
) -> bytes:
    parts = unpack(draft)
    parts["word/document.xml"] = parts["word/document.xml"].decode().replace(old, new, 1).encode()
    core = re.sub(r"<cp:lastModifiedBy>[^<]*</cp:lastModifiedBy>", "", parts["docProps/core.xml"].decode())
    signed = f"<cp:lastModifiedBy>{saved_by}</cp:lastModifiedBy></cp:coreProperties>"
    return pack({**parts, "docProps/core.xml": core.replace("</cp:coreProperties>", signed).encode()})


def review(root: Path, files: dict[str, bytes]) -> ledger.Ledger:
    for name, content in files.items():
        (root / REVIEWS).mkdir(parents=True, exist_ok=True)
        (root / REVIEWS / name).write_bytes(content)
    assert cli.run(["review", "--root", str(root)]) == 0
    return ledger.load(root)


def test_a_file_called_after_somebody_can_be_found_by_its_place_and_size(
    root: Path, draft: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = root / REVIEWS
    folder.mkdir(parents=True)
    (folder / "Mariama_Mensah.docx").write_bytes(draft)
    (folder / "retour.docx").write_bytes(b"rien")
    cli.run(["review", "--root", str(root), "--lang", "fr"])
    said = "".join(capsys.readouterr())
    assert f"[…].docx (le fichier n° 1 sur 2, dans l'ordre des noms ; {-(-len(draft) // 1024)} ko)" in said
    assert "retour.docx : refusé" in said and "Mariama" not in said and "Mensah" not in said


def test_the_same_file_is_the_same(root: Path, draft: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    first = returned(draft, "Jeanne")
    found = review(root, {"a.docx": first, "b.docx": first, "c.docx": returned(draft, "Paul")})
    assert {remark.relecteur for remark in found.remarks} == {"Jeanne"}
    assert len(found.files) == 2
    said = capsys.readouterr().out
    assert "b.docx : déjà lu" in said
    assert "c.docx : Essai n° 1 ; les mêmes remarques qu'un fichier déjà lu" in said
    more = returned(first, "Luc", "Une autre analyse", "Une seconde analyse")
    names = {remark.apres: remark.relecteur for remark in review(root, {"d.docx": more}).remarks}
    assert names.pop("seconde") == "Luc"
    assert set(names.values()) == {"Jeanne"}


def test_what_was_written_is_read_without_yaml_and_all_else_strictly() -> None:
    full = Remark(
        "1f2e77ab0123", 3, ledger.COMMENT, place=7, bloc="p1/2", relecteur="L'« Amie »: #1, [x]", suivi=True, debut=4,
        avant="deux\n\n  lignes", texte="'a', b", contredit=("0123456789ab", "1f2e77ab0123-2"), masque=True,
        reponse="12",
    )  # fmt: skip
    for remark in (full, Remark("p2", 1, ledger.MOVE, suite="|2-")):
        record = ledger._record(remark)
        assert ledger._as_written(record) == ledger._read(f"remarques:\n{record}\n").remarks[0] == remark
        strange = record.replace("etat: ouverte", "etat: Acceptée"), record.replace("projet: ", "projet: '' #"), ""
        assert [ledger._as_written(typed) for typed in strange] == [None] * 3


RECORD = "  - id: {}\n    projet: 1\n    genre: ajout\n    contredit: [a, 'b''c']\n    etat: ouverte\n    reponse: ''\n"
FILES = "fichiers:\n  - empreinte: e\n    fichier: f.docx\n    projet: 1\n    remarques: 2\n"
HEAD, FIRST, LAST = "# tête\nremarques:\n", RECORD.format("p1"), RECORD.format("p2")
BY_HAND = {
    "as it was written": (HEAD, FIRST, "\n", LAST, FILES),
    "a remark among the files": (HEAD, FIRST, FILES, LAST),
    "a key that is not ours": (HEAD, FIRST, "notes:\n  - ici\n", LAST, FILES),
    "the key of remarks mistyped": (HEAD.replace("que", "qe"), FIRST, LAST, FILES),
    "an end of a document": (HEAD, FIRST, "...\n", LAST, FILES),
    "a blank that YAML knows not": (HEAD, FIRST.replace("    rep", "\xa0   rep"), LAST, FILES),
    "an end of line of YAML alone": (HEAD, FIRST.replace("    etat", "    \u2028notes"), LAST, FILES),
    "a mapping in a list": (HEAD, FIRST.replace("a, ", "a: x, "), LAST, FILES),
    "a tab before a quotation mark": (HEAD, FIRST.replace("c'", "c\t'"), LAST, FILES),
    "a record in quotation marks": (HEAD, FIRST.replace("''\n", f"'\n{LAST.replace(chr(39), '')}'\n"), FILES),
    "an order of one's own": ("\ufeff", FILES, HEAD, FIRST, LAST),
}


@pytest.mark.parametrize("parts", BY_HAND.values(), ids=BY_HAND)
def test_a_ledger_that_somebody_edited_is_never_read_otherwise_than_yaml_reads_it(parts: tuple[str, ...]) -> None:
    text = "".join(parts)
    quick = ledger._read_again(text)
    assert bool(quick) == (parts == BY_HAND["as it was written"] or "\t" in text)
    assert quick is None or quick == ledger._read(text)


def test_a_comment_without_a_name_of_its_paragraph_is_answered_by_none(draft: bytes) -> None:
    def comment(number: int, words: str, more: str = "") -> str:
        return f'<w:comment w:id="{number}" w:author="Ada"><w:p {more}><w:r><w:t>{words}</w:t></w:r></w:p></w:comment>'

    made = comment(0, "Un") + comment(1, "Deux", 'w14:paraId="01000000"')
    spaces = " ".join(f'xmlns:{name}="{NS[name]}"' for name in ("w", "w14", "w15"))
    parts = unpack(draft)
    parts["word/comments.xml"] = f"<w:comments {spaces}>{made}</w:comments>".encode()
    resolved = '<w15:commentEx w15:paraId="01000000" w15:done="1"/>'
    parts["word/commentsExtended.xml"] = f"<w15:commentsEx {spaces}>{resolved}</w15:commentsEx>".encode()
    found = [(one.text, one.parent, one.is_resolved) for one in read(open_package(pack(parts))).comments]
    assert found == [("Un", "", False), ("Deux", "", True)]


def test_an_emptied_ledger_is_not_taken_for_no_remark(
    root: Path, draft: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    review(root, {"a.docx": returned(draft, "Jeanne")})
    path = root / ledger.LEDGER
    whole = path.read_text(encoding="utf-8")
    copy = root / "contributions/drafts/1/ledger.yaml"
    assert copy.read_text(encoding="utf-8") == whole
    for cut in ("", whole[: whole.index("remarques:")] + "remarques: []\n"):
        path.write_text(cut, encoding="utf-8")
        capsys.readouterr()
        assert cli.run(["review", "--root", str(root)]) == 1
        assert "contributions/drafts/1/ledger.yaml garde encore" in capsys.readouterr().err
        assert path.read_text(encoding="utf-8") == cut
    path.unlink()
    with pytest.raises(BadLedger):
        ledger.load(root)
    path.write_text(whole.replace("remarques:", "<<<<<<< HEAD\nremarques:"), encoding="utf-8")
    with pytest.raises(BadLedger) as conflict:
        ledger.load(root)
    assert conflict.value.conflict
    assert conflict.value.line == whole[: whole.index("remarques:")].count("\n") + 1
    assert "«" in conflict.value.explanation("fr")


def test_numbers_counted_anew_are_no_change_even_where_one_becomes_another_of_the_list() -> None:
    """« 111, 112, 113, 116, 117 », four paragraphs later, is « 115, 116, 117, 120, 121 »."""
    then, now = ("111", "112", "113", "116", "117"), ("115", "116", "117", "120", "121")
    base = f"Le thème : {', '.join(then)} ; fin."
    starts = [base.index(number) for number in then]
    counted = [(start, start + 3) for start in starts]
    numbers = [TrackedRun(number, is_counted=True) for number in now]
    between = [TrackedRun(", ")] * 4 + [TrackedRun(" ; fin.")]
    runs = [TrackedRun("Le thème : "), *(run for pair in zip(numbers, between, strict=True) for run in pair)]
    assert list(edits(base, runs, counted)) == []
    (edit,) = edits(base, [*runs[:-1], TrackedRun(" ; la fin.")], counted)
    assert "la" in edit.new.split() and not any(number in edit.new for number in now)
