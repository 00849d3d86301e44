"""`rapport review`: what reviewers did to a draft comes home, each remark on its paragraph, once, and nothing else."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace

from conftest import PRODUCT
from office import needs_office
from rapport import cli
from rapport.diff.paragraph_matching import Item, match_paragraphs
from rapport.messages import en, fr
from rapport.office import convert
from rapport.office.archive import pack, unpack
from rapport.office.hyperlink_repair import close_tracked_changes
from rapport.office.namespaces import q
from rapport.office.package import open_package
from rapport.office.rtf import authors, restore_changes
from rapport.office.tracked_reader import read
from rapport.review.collect import ledger
from rapport.review.collect.ledger import LEDGER, BadLedger, Ledger, Remark, ReturnedFile
from rapport.review.collect.remarks import pair_moves, remarks
from rapport.review.freeze import draft_map as drafts_map
from rapport.review.freeze.draft_map import DraftParagraph, FrozenDraft
from review_edits import KINDS, OTHER, Editor, as_google, score
from word_files import W, docx, odt, p, run

pytestmark = pytest.mark.slow

REVIEWS = "contributions/inbox/reviews"
WHO = 'w:author="Jeanne Exemple" w:date="2026-11-20T10:00:00Z"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product's own report, its draft n° 1 frozen: fifty pages."""
    root = tmp_path_factory.mktemp("projet")
    shutil.copytree(PRODUCT / "chapters", root / "chapters")
    left_out = shutil.ignore_patterns("inbox", "drafts")
    shutil.copytree(PRODUCT / "contributions", root / "contributions", ignore=left_out)
    shutil.copy(PRODUCT / "bibliography.bib", root)
    outline = root / "chapters/outline.yaml"
    outline.write_text(re.sub(r"(?m)^(  projet:).*", r"\1 Projet n° 1", outline.read_text()))
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


def told(frozen: FrozenDraft, content: bytes) -> tuple[Remark, ...]:
    """What a returned file says."""
    return remarks(frozen, read(open_package(content)), "Relectrice", "retour.docx").remarks


def changed(draft: bytes, words: str, edit: Callable[[Any], None], part: str = "document") -> bytes:
    """The draft with one paragraph edited: the first of the part that has these words."""
    parts = unpack(draft)
    top = etree.fromstring(parts[f"word/{part}.xml"])
    edit(next(one for one in top.iter(q("w:p")) if words in "".join(t.text or "" for t in one.iter(q("w:t")))))
    return pack({**parts, f"word/{part}.xml": etree.tostring(top, encoding="UTF-8", xml_declaration=True)})


def instead(old: str, new: str) -> Callable[[Any], None]:
    """Words typed over others, untracked."""

    def edit(paragraph: Any) -> None:
        text = next(t for t in paragraph.iter(q("w:t")) if old in (t.text or ""))
        text.text = text.text.replace(old, new)

    return edit


def runs(*made: str) -> list[Any]:
    """Runs and changes from XML."""
    return list(etree.fromstring(f"<w:p {W}>{''.join(made)}</w:p>"))


def tracked(kind: str, text: str) -> str:
    words = run(text).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ") if kind == "del" else run(text)
    return f'<w:{kind} w:id="{900000 + len(text)}" {WHO}>{words}</w:{kind}>'


def place_of(frozen: FrozenDraft, kind: str, least: int = 8, part: str = "body") -> DraftParagraph:
    """A paragraph of an association's own, of this kind, with so many words, told by its first forty signs."""
    texts = [place.text for place in frozen.places]
    return next(
        place for place in frozen.places
        if place.kind == kind and place.part == part and place.block and not place.counted
        and len(place.text.split()) >= least and sum(place.text[:40] in text for text in texts) == 1
    )  # fmt: skip


# ---------------------------------------------------------------- the right paragraph


def test_a_file_nobody_touched_says_nothing(frozen: FrozenDraft, draft: bytes) -> None:
    assert told(frozen, draft) == ()
    assert told(frozen, as_google(draft)) == ()


@pytest.mark.parametrize("google", [False, True], ids=["word", "google"])
@pytest.mark.parametrize("follow", [True, False], ids=["tracked", "untracked"])
def test_every_edit_is_told_on_its_paragraph(frozen: FrozenDraft, draft: bytes, follow: bool, google: bool) -> None:
    for seed in (1, 2):
        editor = Editor(draft, frozen.places, seed, follow)
        edits = editor.edit(33)
        assert {edit.kind for edit in edits} >= set(KINDS) - {"many"}
        content = as_google(editor.save()) if google else editor.save()
        made = remarks(frozen, read(open_package(content)), "Relectrice", "retour.docx")
        found, result = made.remarks, score(edits, made.remarks)
        assert made.voices == 0  # what was moved is not taken for children's words
        assert (result.wrong, result.missed) == ((), ())
        assert all(remark.is_placed and remark.suivi == (follow and remark.suivi) for remark in found)
        at = {place.id: n for n, place in enumerate(frozen.places)}
        near = {at[name] + step for edit in edits for name in edit.places for step in (-1, 0, 1)}
        assert [r for r in found if at[r.bloc] not in near and at.get(r.vers) not in near] == []


@needs_office
@pytest.mark.parametrize(("suffix", "follow"), [("odt", True), ("doc", False), ("rtf", True)])
def test_other_formats_come_home_too(
    frozen: FrozenDraft, draft: bytes, suffix: str, follow: bool, tmp_path: Path
) -> None:
    editor = Editor(draft, frozen.places, 4, follow)
    edits = editor.edit(33)
    (tmp_path / "a.docx").write_bytes(editor.save())
    there = through_office(tmp_path / "a.docx", suffix)
    package = open_package(convert.to_docx({f"a.{suffix}": there})[f"a.{suffix}"])
    package = restore_changes(package, authors(there)) if suffix == "rtf" else package
    result = score(edits, remarks(frozen, read(package), "Relectrice", "retour").remarks)
    assert result.wrong == ()
    assert result.right >= 0.95 * len(edits), result.missed


def through_office(path: Path, suffix: str) -> bytes:
    """A file saved by LibreOffice in another format."""
    made = {"odt": "odt:writer8", "doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format"}[suffix]
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", made, "--outdir", str(path.parent / suffix), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return (path.parent / suffix / f"{path.stem}.{suffix}").read_bytes()


@pytest.mark.parametrize("kind", ["list", "table", "heading", "copy"])
def test_lists_tables_headings_and_copies(frozen: FrozenDraft, draft: bytes, kind: str) -> None:
    place = place_of(frozen, kind, 3 if kind in ("table", "heading") else 8)
    word = max(re.findall(r"\w+", place.text), key=len)
    editor = Editor(draft, frozen.places, 0, False)
    instead(word, "nouveaumot")(next(one for one, its in editor.printed if its is place))
    (remark,) = told(frozen, editor.save())
    assert (remark.genre, remark.apres, remark.suivi) == (ledger.REPLACEMENT, "nouveaumot", False)
    assert (remark.bloc, remark.fichier, remark.association) == (place.id, place.path, place.association)


def test_a_note_leads_to_the_paragraph_that_calls_it(frozen: FrozenDraft, draft: bytes) -> None:
    place = place_of(frozen, "note", 6, "note")
    word = max(re.findall(r"\w+", place.text), key=len)
    (remark,) = told(frozen, changed(draft, place.text.strip()[-20:], instead(word, "autrement"), "footnotes"))
    assert (remark.bloc, remark.apres, remark.fichier, remark.ligne) == (place.id, "autrement", place.path, place.line)
    assert remark.bloc.endswith("/n")


def test_what_word_counts_by_itself_is_no_remark(frozen: FrozenDraft, draft: bytes) -> None:
    place = next(p for p in frozen.places if p.counted and p.block and p.kind == "text")
    a, b = place.counted[0]
    number = place.text[a:b]

    def renumbered(paragraph: Any) -> None:
        text = next(t for t in paragraph.iter(q("w:t")) if (t.text or "") == number)
        text.text = "999"

    assert told(frozen, changed(draft, place.text[b : b + 30], renumbered)) == ()


def test_an_index_counted_anew_is_no_remark(frozen: FrozenDraft, draft: bytes) -> None:
    """LibreOffice counts all fields again: a line then says what the line before it said."""
    parts = unpack(draft)
    top = etree.fromstring(parts["word/document.xml"])
    counted = 0
    for cell in top.iter(q("w:tc")):
        if cell.find(f".//{q('w:instrText')}") is not None:
            for text in cell.iter(q("w:t")):
                if (text.text or "").isdigit():
                    text.text, counted = str(int(text.text) - 1), counted + 1
    assert counted > 50
    content = {**parts, "word/document.xml": etree.tostring(top, encoding="UTF-8", xml_declaration=True)}
    assert told(frozen, pack(content)) == ()


# ---------------------------------------------------------------- what was done


def test_tracked_words_keep_who_when_before_and_after(frozen: FrozenDraft, draft: bytes) -> None:
    place = place_of(frozen, "text", 20)

    def edit(paragraph: Any) -> None:
        first = next(r for r in paragraph.iter(q("w:r")) if len((r.findtext(q("w:t")) or "").split()) > 6)
        words = first.findtext(q("w:t")).split(" ")
        new = runs(run(f"{words[0]} "), tracked("del", words[1]), tracked("ins", "remplacé"),
                   run(f" {words[2]} "), tracked("ins", "ajouté "), run(" ".join(words[3:])))  # fmt: skip
        for one in new:
            first.addprevious(one)
        first.getparent().remove(first)
        typed.extend(words)

    typed: list[str] = []
    first, second = told(frozen, changed(draft, place.text[:40], edit))
    assert (first.relecteur, first.date, first.suivi) == ("Jeanne Exemple", "2026-11-20", True)
    assert (first.genre, first.avant, first.apres) == (ledger.REPLACEMENT, typed[1], "remplacé")
    assert (second.genre, second.apres) == (ledger.INSERTION, f"{typed[2]} ajouté")
    for remark in (first, second):
        assert remark.bloc == place.id
        assert place.text[remark.debut : remark.end] == remark.avant


def test_looks_are_told_and_change_no_word(frozen: FrozenDraft, draft: bytes) -> None:
    place = place_of(frozen, "text", 20)

    def bold(paragraph: Any) -> None:
        one = next(r for r in paragraph.iter(q("w:r")) if r.findtext(q("w:t")))
        looks = etree.fromstring(f'<w:rPr {W}><w:b/><w:rPrChange w:id="1" {WHO}><w:rPr/></w:rPrChange></w:rPr>')
        if one.find(q("w:rPr")) is not None:
            one.remove(one.find(q("w:rPr")))
        one.insert(0, looks)

    (remark,) = told(frozen, changed(draft, place.text[:40], bold))
    assert (remark.genre, remark.bloc, remark.suivi) == (ledger.FORMAT, place.id, True)


def weigh(switches: str) -> Callable[[Any], None]:
    """The longest words of one look in a paragraph made to look otherwise."""

    def edit(paragraph: Any) -> None:
        one = max(paragraph.iter(q("w:r")), key=lambda r: len(r.findtext(q("w:t")) or ""))
        if one.find(q("w:rPr")) is not None:
            one.remove(one.find(q("w:rPr")))
        one.insert(0, etree.fromstring(f"<w:rPr {W}>{switches}</w:rPr>"))

    return edit


@pytest.mark.parametrize("switches", ["<w:b/>", '<w:b w:val="1"/><w:i/>'])
def test_bold_and_italic_that_nobody_tracked(frozen: FrozenDraft, draft: bytes, switches: str) -> None:
    place = next(p for p in frozen.places if p.kind == "text" and p.block and not p.looks and len(p.text.split()) > 20)
    (remark,) = told(frozen, changed(draft, place.text[:40], weigh(switches)))
    assert (remark.genre, remark.bloc, remark.suivi) == (ledger.FORMAT, place.id, False)
    assert place.text[remark.debut : remark.end] == remark.avant != ""
    assert told(frozen, changed(draft, place.text[:40], weigh('<w:b w:val="0"/>'))) == ()
    older = replace(frozen, places=tuple(replace(one, looks=()) for one in frozen.places))
    assert told(older, changed(draft, place.text[:40], weigh(switches))) == ()


def test_bold_is_seen_though_half_of_the_words_around_it_are_others(frozen: FrozenDraft, draft: bytes) -> None:
    place = next(p for p in frozen.places if p.kind == "text" and p.block and not p.looks and len(p.text.split()) > 20)

    def rewrite(paragraph: Any) -> None:
        first, *others = [r for r in paragraph.iter(q("w:r")) if r.findtext(q("w:t"))]
        words = place.text.split()
        for one in others:
            one.getparent().remove(one)
        bold, after = deepcopy(first), deepcopy(first)
        first.addnext(bold)
        bold.addnext(after)
        weigh("<w:b/>")(bold)
        half = len(words) // 2
        for one, said in zip((first, bold, after), (words[:4], words[4:7], [*words[7:half], *OTHER]), strict=True):
            one.find(q("w:t")).text = " ".join((*said, ""))

    found = [r for r in told(frozen, changed(draft, place.text[:40], rewrite)) if r.genre == ledger.FORMAT]
    assert [(r.bloc, r.avant, r.apres) for r in found] == [(place.id, " ".join(place.text.split()[4:7]), "gras")]


def test_bold_that_is_taken_away_is_seen(frozen: FrozenDraft, draft: bytes) -> None:
    listed = (place for place in frozen.places if place.kind in ("text", "list") and place.block)
    place, start, end = next((p, s, e) for p in listed for s, e, weight in p.looks if weight == "b" and e - s > 8)

    def lighten(paragraph: Any) -> None:
        for bold in list(paragraph.iter(q("w:b"))):
            bold.set(q("w:val"), "0")

    found = told(frozen, changed(draft, place.text[:40], lighten))
    assert {remark.genre for remark in found} == {ledger.FORMAT}
    assert any(remark.avant in place.text[start:end] for remark in found)


def test_a_paragraph_joined_to_another_looks_as_that_one_does(frozen: FrozenDraft, draft: bytes) -> None:
    editor = Editor(draft, frozen.places, 3, True)
    (merged,) = editor.edit(1, ("merge",))
    second = next(paragraph for paragraph, place in editor.printed if place.id == merged.places[1])
    for one in second.iter(q("w:r")):
        one.insert(0, etree.fromstring(f"<w:rPr {W}><w:i/></w:rPr>"))
    assert [remark.genre for remark in told(frozen, editor.save())] == [ledger.MERGE]


def test_paragraphs_put_in_on_both_sides_of_an_end_join_nothing(frozen: FrozenDraft, draft: bytes) -> None:
    """LibreOffice marks the end between them as new, which was there before."""
    editor = Editor(draft, frozen.places, 3, True)
    at, place = next((n, place) for n, (p, place) in enumerate(editor.printed) if editor.able(p, place) and editor.able(
        *editor.printed[n + 1]) and editor.whole("merge", n))  # fmt: skip
    editor.new(at)
    editor.new(at)
    editor.mark_of(editor.printed[at][0], "w:ins")
    found = told(frozen, editor.save())
    assert [(remark.genre, remark.bloc, remark.ou) for remark in found] == [(ledger.INSERTION, place.id, "apres")] * 2


def test_a_program_that_makes_everything_bold_is_no_reviewer(frozen: FrozenDraft, draft: bytes) -> None:
    parts = unpack(draft)
    top = etree.fromstring(parts["word/document.xml"])
    for one in [one for one in top.iter(q("w:r")) if one.find(q("w:rPr")) is None]:
        one.insert(0, etree.fromstring(f"<w:rPr {W}><w:b/></w:rPr>"))
    bold = {**parts, "word/document.xml": etree.tostring(top, encoding="UTF-8", xml_declaration=True)}
    assert told(frozen, pack(bold)) == ()


@pytest.mark.parametrize(("lost", "number"), [(1, 1), (2, 2), (4, 0)])
def test_a_program_that_keeps_no_link_is_no_reviewer(frozen: FrozenDraft, draft: bytes, lost: int, number: int) -> None:
    able = [p for p in frozen.places if p.kind == "text" and p.block and not p.copy and len(p.text.split()) > 20]
    led = {p.id: ((0, len(p.text.split()[0]), "https://example.org/page"),) for p in able[:lost]}
    linked = replace(frozen, places=tuple(replace(p, links=led.get(p.id, p.links)) for p in frozen.places))
    assert [remark.apres for remark in told(linked, draft)] == ["sans lien"] * number


@pytest.mark.parametrize("some", [True, False])
def test_a_program_that_keeps_no_bold_is_no_reviewer(frozen: FrozenDraft, draft: bytes, some: bool) -> None:
    """Where every second paragraph keeps its own, it was somebody."""
    parts = unpack(draft)
    top = etree.fromstring(parts["word/document.xml"])
    paragraphs = [one for one in top.iter(q("w:p")) if one.getparent().tag == q("w:body")]
    for one in paragraphs[:: 2 if some else 1]:
        for look in list(one.iter(q("w:b"), q("w:i"), q("w:rStyle"))):
            if not look.get(q("w:val"), "").startswith("Footnote"):
                look.getparent().remove(look)
    plain = {**parts, "word/document.xml": etree.tostring(top, encoding="UTF-8", xml_declaration=True)}
    genres = {remark.genre for remark in told(frozen, pack(plain))}
    assert genres == ({ledger.FORMAT} if some else set())


def with_comments(draft: bytes, place: DraftParagraph, *comments: tuple[str, str], resolved: bool = False) -> bytes:
    """The draft with a thread of comments (who, what) on the first words of a paragraph."""
    parts = unpack(changed(draft, place.text[:40], lambda paragraph: hang(paragraph, len(comments))))
    said = "".join(
        f'<w:comment w:id="{n}" w:author="{who}" w:date="2026-11-21T09:00:00Z">'
        f'<w:p w14:paraId="0000000{n + 1}"><w:r><w:t>{what}</w:t></w:r></w:p></w:comment>'
        for n, (who, what) in enumerate(comments)
    )
    threads = "".join(
        f'<w15:commentEx w15:paraId="0000000{n + 1}" w15:done="{int(resolved)}"'
        + (' w15:paraIdParent="00000001"' if n else "") + "/>"
        for n in range(len(comments))
    )  # fmt: skip
    parts["word/comments.xml"] = f"<w:comments {W} {W14}>{said}</w:comments>".encode()
    parts["word/commentsExtended.xml"] = f"<w15:commentsEx {W15}>{threads}</w15:commentsEx>".encode()
    return pack(parts)


def hang(paragraph: Any, number: int) -> None:
    first = next(r for r in paragraph.iter(q("w:r")) if r.findtext(q("w:t")))
    for n in range(number):
        start, end, point = runs(
            f'<w:commentRangeStart w:id="{n}"/><w:commentRangeEnd w:id="{n}"/>'
            f'<w:r><w:commentReference w:id="{n}"/></w:r>'
        )
        first.addprevious(start)
        first.addnext(point)
        first.addnext(end)


def test_comments_keep_their_thread_and_their_state(frozen: FrozenDraft, draft: bytes) -> None:
    place = place_of(frozen, "text", 20)
    said = (("Jeanne Exemple", "À préciser ?"), ("Paul Exemple", "Oui &amp; non"))
    first, second = told(frozen, with_comments(draft, place, *said, resolved=True))
    assert (first.genre, first.bloc, first.texte, first.resolu) == (ledger.COMMENT, place.id, "À préciser ?", True)
    assert first.avant
    assert place.text.startswith(first.avant.strip()[:30])
    assert (second.relecteur, second.texte, second.repond_a, second.date) == (
        "Paul Exemple", "Oui & non", first.id, "2026-11-21",
    )  # fmt: skip


def test_what_libreoffice_writes_beside_a_comment_is_none(frozen: FrozenDraft, draft: bytes) -> None:
    parts = unpack(with_comments(draft, place_of(frozen, "text", 20), ("Jean Exemple", "Comment added")))
    body = parts["word/document.xml"]
    parts["word/document.xml"] = re.sub(rb"<w:commentRange(Start|End) [^>]*/>", b"", body)
    assert not told(frozen, pack(parts))
    parts["word/comments.xml"] = (
        parts["word/comments.xml"].replace(b"Comment added", b"Ah ?").replace(b"2026-11-21", b"0-00-00")
    )
    assert [(remark.texte, remark.date) for remark in told(frozen, pack(parts))] == [("Ah ?", "")]


def test_hidden_words_are_never_shown(frozen: FrozenDraft, draft: bytes) -> None:
    place = place_of(frozen, "text", 20)

    def edit(paragraph: Any) -> None:
        paragraph.extend(runs(run("un secret caché", "<w:vanish/>"), tracked("ins", " vu")))

    found = told(frozen, changed(draft, place.text[:40], edit))
    assert [remark.apres.split()[-1] for remark in found] == ["vu"]
    assert "secret" not in repr(found)


def test_an_extract_is_not_taken_for_deletions(frozen: FrozenDraft, draft: bytes) -> None:
    def cut(paragraph: Any) -> None:
        body = paragraph.getparent()
        for other in [*body][: len(body) * 3 // 4]:
            body.remove(other)

    kept = changed(draft, frozen.places[0].text[:20], cut)
    found = remarks(frozen, read(open_package(kept)), "R", "extrait.docx")
    assert found.missing_paragraphs > 400
    assert found.remarks == ()


def test_notes_that_a_program_emptied_are_not_taken_for_deletions(frozen: FrozenDraft, draft: bytes) -> None:
    parts = unpack(draft)
    notes = etree.fromstring(parts["word/footnotes.xml"])
    full = [text for text in notes.iter(q("w:t")) if (text.text or "").strip()]

    def emptied(texts: list[Any]) -> bytes:
        for text in texts:
            text.text = ""
        return pack({**parts, "word/footnotes.xml": etree.tostring(notes, encoding="UTF-8", xml_declaration=True)})

    (remark,) = told(frozen, emptied(full[:1]))
    assert (remark.genre, remark.bloc[-2:]) == (ledger.DELETION, "/n")
    found = remarks(frozen, read(open_package(emptied(full))), "R", "notes.docx")
    assert found.remarks == ()
    assert found.emptied_notes == sum(place.part == "note" for place in frozen.places)


def test_a_comment_without_words_is_told_where_it_hangs(frozen: FrozenDraft, draft: bytes) -> None:
    place = place_of(frozen, "text", 20)
    (remark,) = told(frozen, with_comments(draft, place, ("Jeanne Exemple", "")))
    assert (remark.genre, remark.bloc, remark.texte, remark.doute) == (ledger.COMMENT, place.id, "", ledger.WORDLESS)


def test_rows_of_numbers_do_not_move(frozen: FrozenDraft, draft: bytes) -> None:
    """An index of paragraphs is counted anew by the word processor, which may leave a number out."""
    first = next(place for place in frozen.places if place.kind == "table" and len(place.counted) > 3)
    start, end = first.counted[-1]

    def forget(paragraph: Any) -> None:
        next(t for t in paragraph.iter(q("w:t")) if t.text == first.text[start:end]).text = ""

    assert told(frozen, changed(draft, first.text, forget)) == ()


def test_new_words_before_a_changed_paragraph_are_no_part_of_it() -> None:
    old = " ".join(f"mot{n}" for n in range(40))
    changed_since = old.replace("mot20", "autre")
    found = match_paragraphs([Item(old)], [Item("Voici une phrase neuve de huit mots ici"), Item(changed_since)])
    assert [(one.places, one.units) for one in found.by_place.values()] == [((0,), (1,))]
    cut = match_paragraphs([Item(old)], [Item(" ".join(old.split()[:25])), Item(" ".join(changed_since.split()[25:]))])
    assert [(one.places, one.units) for one in cut.by_place.values()] == [((0,), (0, 1))]


def test_a_cut_after_words_put_in_is_of_the_same_hand(frozen: FrozenDraft, draft: bytes) -> None:
    place = place_of(frozen, "text", 20)

    def cut(paragraph: Any) -> None:
        first = next(r for r in paragraph.iter(q("w:r")) if len((r.findtext(q("w:t")) or "").split()) > 6)
        words = first.findtext(q("w:t")).split(" ")
        after = deepcopy(paragraph)
        kept = {q("w:t"), q("w:footnoteReference")}
        wordless = [r for r in after.iter(q("w:r")) if kept.isdisjoint(e.tag for e in r)]
        for one in (*first.itersiblings(), *wordless):
            one.getparent().remove(one)
        again = next(r for r in after.iter(q("w:r")) if r.findtext(q("w:t")) == first.findtext(q("w:t")))
        for one in again.itersiblings(preceding=True):
            if one.tag != q("w:pPr"):
                after.remove(one)
        again.find(q("w:t")).text = " " + " ".join(words[3:])
        first.find(q("w:t")).text = " ".join(words[:3])
        first.addnext(runs(tracked("ins", " ajouté."))[0])
        paragraph.addnext(after)

    (remark,) = told(frozen, changed(draft, place.text[:40], cut))
    assert (remark.genre, remark.bloc, remark.apres) == (ledger.INSERTION, place.id, "ajouté. ¶")
    assert (remark.relecteur, remark.suivi) == ("Jeanne Exemple", True)


@pytest.mark.parametrize("side", ["after", "before"])
def test_words_put_in_where_a_paragraph_is_cut_stay_on_their_side(frozen: FrozenDraft, draft: bytes, side: str) -> None:
    place = place_of(frozen, "text", 20)

    def cut(paragraph: Any) -> None:
        first = next(r for r in paragraph.iter(q("w:r")) if len((r.findtext(q("w:t")) or "").split()) > 6)
        typed = first.findtext(q("w:t")).split(" ")
        after = deepcopy(paragraph)
        again = next(r for r in after.iter(q("w:r")) if r.findtext(q("w:t")) == first.findtext(q("w:t")))
        for one in again.itersiblings(preceding=True):
            if one.tag != q("w:pPr"):
                after.remove(one)
        for one in first.itersiblings():
            one.getparent().remove(one)
        added = "un mot ajouté"
        first.find(q("w:t")).text = " ".join([*typed[:3], *([added] if side == "before" else [])])
        again.find(q("w:t")).text = " ".join([*([added] if side == "after" else []), *typed[3:]])
        paragraph.addnext(after)

    (remark,) = told(frozen, changed(draft, place.text[:40], cut))
    assert (remark.bloc, remark.suivi) == (place.id, False)
    now = place.text.replace(remark.avant, remark.apres, 1).replace("\u00a0", " ")
    assert ("¶ un mot ajouté" if side == "after" else "un mot ajouté ¶") in now


def test_a_paragraph_cut_behind_an_apostrophe_is_cut_there(frozen: FrozenDraft, draft: bytes) -> None:
    place = next(p for p in frozen.places if p.kind == "text" and p.block and " l’" in p.text[80:200] and not p.counted)
    at = place.text.index(" l’", 80) + 3

    def cut(paragraph: Any) -> None:
        after = deepcopy(paragraph)
        for half, kept in ((paragraph, slice(0, at)), (after, slice(at, None))):
            said = 0
            for text in list(half.iter(q("w:t"))):
                here = range(said, said + len(text.text or ""))
                text.text, said = "".join(place.text[n] for n in here if n in range(*kept.indices(10_000))), here.stop
        paragraph.addnext(after)

    (remark,) = told(frozen, changed(draft, place.text[:40], cut))
    assert (remark.genre, remark.bloc, remark.suivi) == (ledger.SPLIT, place.id, False)
    assert place.text[remark.debut : remark.end] == remark.avant and remark.avant in place.text[at - 4 :]
    assert remark.apres.startswith("l’ ¶ ") and remark.avant == remark.apres.replace(" ¶ ", "")


def test_a_cut_and_pasted_paragraph_is_a_move(frozen: FrozenDraft, draft: bytes) -> None:
    place = place_of(frozen, "text", 20)

    def move(paragraph: Any) -> None:
        goal = list(paragraph.itersiblings(q("w:p")))[40]
        copy = deepcopy(paragraph)
        paragraph.getparent().remove(paragraph)
        goal.addnext(copy)

    (remark,) = told(frozen, changed(draft, place.text[:40], move))
    assert (remark.genre, remark.bloc, remark.suivi, remark.ou) == (ledger.MOVE, place.id, False, ledger.AFTER)
    beside = next(one for one in frozen.places if one.id == remark.vers)
    assert remark.apres == beside.text.strip()[:400] != place.text


@pytest.mark.parametrize(
    ("pasted", "genres"), [("R12 {}", [ledger.MOVE]), ("{} Et un mot.", [ledger.DELETION, ledger.INSERTION])]
)
def test_what_was_taken_out_and_put_elsewhere_word_for_word_is_a_move(
    frozen: FrozenDraft, pasted: str, genres: list[str]
) -> None:
    at, goal = (next(n for n, one in enumerate(frozen.places) if len(one.text.split()) > least) for least in (20, 30))
    place, beside = frozen.places[at], frozen.places[goal]
    gone = Remark("1", 1, ledger.DELETION, relecteur="Une personne", bloc=place.id, place=at, avant=place.text)
    come = replace(gone, id="2", genre=ledger.INSERTION, bloc=beside.id, place=goal, avant="",
                   apres=pasted.format(place.text), ou=ledger.AFTER)  # fmt: skip
    found = pair_moves([gone, come], frozen.places)
    assert [one.genre for one in found] == genres
    if genres == [ledger.MOVE]:
        assert (found[0].vers, found[0].apres) == (beside.id, beside.text.strip()[:400])


def test_libreoffice_forgets_to_end_a_change() -> None:
    good = b'<w:p><w:hyperlink><w:del w:id="1"><w:r/></w:del></w:hyperlink></w:p>'
    assert close_tracked_changes(good.replace(b"</w:del>", b"")) == good
    assert close_tracked_changes(good.replace(b"</w:del></w:hyperlink>", b"</w:hyperlink></w:del>")) == good
    assert close_tracked_changes(good) == good
    for other in (good.replace(b"</w:hyperlink>", b""), b"</w:p>", b"<w:del>"):
        assert close_tracked_changes(other) == other


# ---------------------------------------------------------------- the folder, the ledger, the tables


def drop(root: Path, name: str, content: bytes) -> Path:
    path = root / REVIEWS / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def review(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    status = cli.run(["review", "--root", str(root), *arguments])
    assert not (root / "build/erreur.txt").exists(), (root / "build/erreur.txt").read_text()
    return status, "".join(capsys.readouterr())


def tables(root: Path) -> tuple[str, bytes]:
    folder = root / "build/relecture"
    return (folder / "remarques.html").read_text(), (folder / "remarques.docx").read_bytes()


def test_remarks_stand_once_in_the_order_of_the_report(
    root: Path, frozen: FrozenDraft, draft: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    content = Editor(draft, frozen.places, 5, True, "Ada Exemple")
    content.edit(22)
    path = drop(root, "retour Ada.docx", content.save())
    other = Editor(draft, frozen.places, 6, False)
    other.edit(11)
    drop(root, "rapport-projet-1 relu par Bob (2).docx", other.save())
    status, said = review(root, capsys)
    assert status == 0, said
    assert path.read_bytes() == content.save()
    found = ledger.load(root)
    assert [remark.place for remark in found.remarks] == sorted(remark.place for remark in found.remarks)
    assert {remark.relecteur for remark in found.remarks} == {"Ada Exemple", "Bob"}
    assert len({remark.id for remark in found.remarks}) == len(found.remarks)
    for remark in found.remarks:
        place = frozen.places[remark.place]
        assert (remark.bloc, remark.fichier, remark.ligne) == (place.id, place.path, place.line)
        assert remark.paragraphe == (place.label or place.number)
        assert remark.debut < 0 or place.text[remark.debut : remark.end] == remark.avant
    before = (root / LEDGER).read_bytes(), *tables(root)
    drop(root, "encore Ada.docx", path.read_bytes() + b"\n")
    status, said = review(root, capsys)
    assert "Projet n° 1 ; les mêmes remarques qu'un fichier déjà lu, rien de nouveau" in said
    assert said.count("déjà lu, rien de nouveau") == 3
    (root / REVIEWS / "encore Ada.docx").unlink()
    kept = (root / LEDGER).read_text()
    assert kept.count("  - id: ") == before[0].decode().count("  - id: ")
    assert tables(root) == before[1:]


def test_what_the_editor_decided_is_kept(
    root: Path, frozen: FrozenDraft, draft: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    place = place_of(frozen, "text", 20)
    word = place.text.split()[1]
    drop(root, "a.docx", changed(draft, place.text[:40], instead(word, "premier")))
    review(root, capsys)
    typed = (root / LEDGER).read_text()
    typed = typed.replace("etat: ouverte", "etat: Accepté").replace(
        "reponse: ''", "reponse: \"d'accord : c'est mieux\""
    )
    (root / LEDGER).write_text(typed)
    drop(root, "b.docx", changed(draft, place.text[:40], instead(word, "second")))
    status, said = review(root, capsys)
    assert status == 0, said
    by_words = {remark.apres: remark for remark in ledger.load(root).remarks}
    assert (by_words["premier"].etat, by_words["premier"].reponse) == (ledger.ACCEPTED, "d'accord : c'est mieux")
    assert by_words["second"].etat == ledger.OPEN


def test_contradictions_stand_together_and_are_marked(
    root: Path, frozen: FrozenDraft, draft: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    place = place_of(frozen, "text", 20)
    word, last = place.text.split()[1], place.text.split()[-2]
    for name, old, new in (("Ada", word, "premier"), ("Bob", word, "second"), ("Carl", last, "final")):
        drop(root, f"{name}.docx", changed(draft, place.text[:40], instead(old, new)))
    review(root, capsys)
    found = {remark.relecteur: remark for remark in ledger.load(root).remarks}
    assert found["Ada"].contredit == (found["Bob"].id,)
    assert found["Bob"].contredit == (found["Ada"].id,)
    assert found["Carl"].contredit == ()
    page, word_file = tables(root)
    assert page.count('scope="rowgroup"') == 1
    assert page.count('class="note against">contredit') == 2
    assert "contredit Ada" in "".join(etree.fromstring(unpack(word_file)["word/document.xml"]).itertext())


def test_the_table_prints_words_as_words(
    root: Path, frozen: FrozenDraft, draft: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    place = place_of(frozen, "text", 20)
    bad = "&lt;script&gt;alert(1)&lt;/script&gt;"
    drop(root, "a.docx", with_comments(draft, place, ("&lt;b&gt;Jeanne", bad)))
    assert review(root, capsys)[0] == 0
    page, _ = tables(root)
    assert bad in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


def flooded(draft: bytes) -> bytes:
    """The draft with six thousand paragraphs more."""

    def add(paragraph: Any) -> None:
        for n in range(6000):
            paragraph.addnext(
                etree.fromstring(f"<w:p {W}>{run(f'Un paragraphe inventé, le numéro {n}, de trop.')}</w:p>")
            )

    return changed(draft, "Collectif", add)


REFUSED = {
    "a flood": (flooded, "6000 différences"),
    "macro": (lambda draft: pack({**unpack(draft), "word/vbaProject.bin": b"x"}), "un programme"),
    "dtd": (
        lambda draft: pack({**unpack(draft), "word/footnotes.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
        "des définitions",
    ),
    "another text": (
        lambda _: docx(*(p(f"Un tout autre texte, numéro {n}, sans rapport.") for n in range(30))),
        "aucun",
    ),
    "a text file": (lambda _: b"bonjour", "pas un format"),
    "a pdf": (lambda _: b"%PDF-1.7 bonjour", "PDF"),
    "half a file": (lambda draft: draft[: len(draft) // 2], "abîmé"),
    "empty": (lambda _: b"", "vide"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_told_and_left(
    root: Path, draft: bytes, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make, why = REFUSED[name]
    path = drop(root, "reçu.docx", make(draft))
    before = path.read_bytes()
    status, said = review(root, capsys)
    assert status == 1
    assert "reviews/reçu.docx : refusé" in said
    assert why in said
    assert path.read_bytes() == before
    assert ledger.load(root) == Ledger()


def test_a_file_comes_back_from_an_older_draft(
    root: Path, frozen: FrozenDraft, draft: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    place = place_of(frozen, "text", 20)
    since = "Un texte qui a changé du tout au tout depuis lors."
    places = tuple(replace(one, text=one.text.replace(place.text, since)) for one in frozen.places)
    later = replace(frozen, number=2, name="Projet n° 2", places=places)
    (root / "contributions/drafts/2").mkdir()
    (root / "contributions/drafts/2/map.json").write_bytes(drafts_map.as_json(later))
    drop(root, "a.docx", changed(draft, place.text[:40], instead(place.text.split()[1], "ancien")))
    status, said = review(root, capsys)
    assert status == 0
    assert "revient de « Projet n° 1 », alors que « Projet n° 2 »" in said
    (remark,) = ledger.load(root).remarks
    assert (remark.projet, remark.bloc) == (1, place.id)


def test_a_number_that_is_no_draft_is_told(
    root: Path, frozen: FrozenDraft, draft: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = unpack(draft)
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(b">1<", b">7<")
    drop(root, "a.docx", pack(parts))
    assert "se dit du projet n° 7, qui n'est pas figé ici ; lu comme Projet n° 1" in review(root, capsys)[1]


def test_without_a_frozen_draft(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = review(project, capsys)
    assert status == 2
    assert "make draft" in said
    assert review(project, capsys, str(project / "rien.docx"))[0] == 2


def test_a_file_named_anywhere(
    root: Path, frozen: FrozenDraft, draft: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    place = place_of(frozen, "text", 20)
    path = root.parent / "retour d'Élise.docx"
    path.write_bytes(changed(draft, place.text[:40], instead(place.text.split()[1], "mieux")))
    assert review(root, capsys, str(path))[0] == 0
    (remark,) = ledger.load(root).remarks
    assert remark.relecteur == "retour d'Élise"


NASTY = (
    "", " ", "oui", "non", "~", "null", "01000", "12:30", "- a", "a: b", "# x", "'", "''", '"', "\\", "|-", ">",
    "&a *b", "!tag", "%x", "{a}", "[a, b]", "é œ « » ’", "a\u00a0b\u202fc", "deux\nlignes", " avant\n après",
    "a\n\n\nb",
    "ligne:\n  - x", "fin:", "?", "@x", "`y`", "a # b", "x" * 3000, "𝄞 et 日本",
)  # fmt: skip


def test_the_ledger_keeps_every_word(tmp_path: Path) -> None:
    made = tuple(
        Remark(f"id{n}", 1, ledger.COMMENT, place=n, bloc=f"p{n}", texte=text, reponse=text, relecteur=text or "x")
        for n, text in enumerate(NASTY)
    )
    kept = Ledger(made, {"abc": ReturnedFile("abc", "a'b: c.docx", 1, len(made))})
    ledger.write(tmp_path, kept, ("tête",))
    again = ledger.load(tmp_path)
    assert again.files == kept.files
    for one, other in zip(made, again.remarks, strict=True):
        assert (other.texte, other.reponse, other.id) == (one.texte.strip(), one.reponse.strip(), one.id)
    ledger.write(tmp_path, again, ("tête",))
    assert ledger.load(tmp_path) == again


@pytest.mark.parametrize(
    ("line", "number"),
    [("    etat: peut-être", 4), ("    inconnu: x", 4), ("    place: dix", 4), ("   de: travers: x", 4)],
)
def test_a_ledger_that_is_no_longer_one_is_told_with_its_line(tmp_path: Path, line: str, number: int) -> None:
    path = tmp_path / LEDGER
    path.parent.mkdir(parents=True)
    path.write_text(f"remarques:\n  - id: a\n    projet: 1\n{line}\n    genre: commentaire\nfichiers: []\n")
    with pytest.raises(BadLedger) as error:
        ledger.load(tmp_path)
    assert error.value.line == number
    assert ("« peut-être » n'est pas un état" in error.value.explanation("fr")) == ("peut-être" in line)


@pytest.mark.parametrize(("head", "tail", "number"), [("notes: à garder\n", "", 1), ("", "notes:\n  - a\n", 6)])
def test_what_a_ledger_has_no_place_for_is_told_and_never_dropped(
    tmp_path: Path, head: str, tail: str, number: int
) -> None:
    path = tmp_path / LEDGER
    path.parent.mkdir(parents=True)
    path.write_text(f"{head}remarques:\n  - id: a\n    projet: 1\n    genre: commentaire\nfichiers: []\n{tail}")
    with pytest.raises(BadLedger) as error:
        ledger.load(tmp_path)
    assert error.value.line == number


# ---------------------------------------------------------------- what is needed beside


def test_how_far_it_is_has_words_in_both_languages() -> None:
    code = "".join(path.read_text() for path in (PRODUCT / "scripts/rapport").rglob("*.py"))
    steps = set(re.findall(r'(?:progress|steps)\("([a-z-]+)"', code))
    assert "review" in steps
    for step in steps:
        assert {f"progress-{step}"} <= set(fr.PHRASES) & set(en.PHRASES)


def test_without_libreoffice_other_formats_are_told(
    root: Path, frozen: FrozenDraft, draft: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(convert, "NAMES", ())
    monkeypatch.setattr(convert, "FIXED", ())
    place = place_of(frozen, "text", 20)
    drop(root, "a.odt", odt("<text:p>Un texte</text:p>"))
    drop(root, "b.docx", changed(draft, place.text[:40], instead(place.text.split()[1], "mieux")))
    status, said = review(root, capsys)
    assert status == 1
    assert "reviews/a.odt : refusé, il se lit avec LibreOffice" in said
    assert "fichiers lus : 1, refusés : 1" in said


def test_a_file_that_libreoffice_cannot_bear_costs_no_other(
    root: Path, draft: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def to_docx(files: dict[str, bytes]) -> dict[str, bytes]:
        if any(b"fatal" in content for content in files.values()):
            raise convert.ConversionError
        return dict.fromkeys(files, draft)

    monkeypatch.setattr(convert, "to_docx", to_docx)
    drop(root, "a.rtf", rb"{\rtf1 fatal}")
    drop(root, "b.rtf", rb"{\rtf1 bon}")
    _, said = review(root, capsys)
    assert "reviews/a.rtf : refusé, LibreOffice n'a pas pu le convertir" in said
    assert "reviews/b.rtf : Projet n° 1 ; rien n'y est changé" in said
