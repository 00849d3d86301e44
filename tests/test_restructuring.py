"""Accepted changes of whole paragraphs are written where they are asked for, and nowhere else."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace

from conftest import lay_stock
from rapport import cli
from rapport.diff.markdown_alignment import keys
from rapport.messages import apply_fr
from rapport.review.apply.edited_texts import EditedTexts, UnfaithfulEdit
from rapport.review.apply.printed_paragraphs import printed_paragraphs as printed_of
from rapport.review.collect import ledger
from rapport.review.collect.ledger import ACCEPTED, APPLIED, Remark
from test_decisions import PATH, TEXT, Desk, frozen_with, laid_out

pytestmark = pytest.mark.slow

LATER = """
Un alinéa qui vient après[^b], inventé lui aussi.

1. une étape inventée ;
2. une autre étape inventée.

[^b]: Une seconde note inventée.
"""
WHOLE = TEXT.replace("\n## Analyse", f"{LATER}\n## Analyse")
OTHER = "contributions/beta/mendicite.md"


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return frozen_with(WHOLE, tmp_path_factory.mktemp("projet figé"))


@pytest.fixture
def desk(frozen: Path, tmp_path: Path) -> Desk:
    return Desk(Path(shutil.copytree(frozen, tmp_path / "projet")))


def noted_desk(text: str, folder: Path, works: str = "") -> Desk:
    """A project that cites in notes, with this text and more works, its first draft frozen."""
    root = lay_stock(folder)
    outline = root / "chapters" / "outline.yaml"
    noted = outline.read_text("utf-8").replace("  date_limite_sources:", "  citations: notes\n  date_limite_sources:")
    outline.write_text(noted, "utf-8")
    (root / PATH).write_text(text, encoding="utf-8")
    with (root / "bibliography.bib").open("a", encoding="utf-8") as book:
        book.write(works)
    assert cli.run(["draft", "--root", str(root), "--lang", "fr"]) == 0
    return Desk(root)


def place(desk: Desk, near: str) -> Any:
    here = [p for p in desk.places if near in p.text and p.path == PATH and not p.copy]
    return min(here, key=lambda p: len(p.text))


def whole(desk: Desk, near: str, genre: str, **more: Any) -> Remark:
    here = place(desk, near)
    made = desk.remark(here.text, more.pop("apres", ""), near, genre=genre, **more)
    lead = len(here.text) - len(here.text.lstrip())
    return replace(made, bloc=here.id, place=desk.places.index(here), debut=lead, avant=here.text.strip())


def gone(near: str) -> Any:
    return lambda desk: [whole(desk, near, ledger.DELETION)]


def new(near: str, words: str, ou: str = ledger.AFTER) -> Any:
    return lambda desk: [desk.remark("", words, near, genre=ledger.INSERTION, debut=-1, ou=ou)]


def cut(before: str, after: str, near: str) -> Any:
    return lambda desk: [desk.remark(before, after, near, genre=ledger.SPLIT)]


def joined(near: str, goal: str) -> Any:
    return lambda desk: [desk.remark("", "", near, genre=ledger.MERGE, vers=place(desk, goal).id)]


def moved(near: str, goal: str, ou: str = ledger.AFTER) -> Any:
    return lambda desk: [whole(desk, near, ledger.MOVE, vers=place(desk, goal).id, ou=ou, apres="…")]


def looking(words: str, near: str, look: str) -> Any:
    return lambda desk: [desk.remark(words, look, near, genre=ledger.FORMAT)]


def row(desk: Desk) -> list[Remark]:
    return [whole(desk, cell, ledger.DELETION) for cell in ("2012", "dix cas") if desk]


def words(before: str, after: str, near: str, **more: Any) -> Any:
    return lambda desk: [desk.remark(before, after, near, **more)]


def cited(after: str, more: str = "") -> Any:
    """The words of a citation, as the report prints them, with those that stand before it."""

    def asked(desk: Desk) -> list[Remark]:
        text = place(desk, "récit").text
        printed = text[text.index("(Institution") : text.index(")", text.index("(Institution")) + 1]
        return [desk.remark(f"{more}{printed}", after, "récit")]

    return asked


def noted(before: str, said: str, near: str) -> Any:
    """A new note, called after these words."""

    def asked(desk: Desk) -> list[Remark]:
        at = place(desk, near).text.index(before) + len(before)
        made = desk.remark("", said, near, genre=ledger.INSERTION, ou=ledger.AFTER, doute=ledger.NOTE)
        here = place(desk, near)
        return [replace(made, bloc=here.id, place=desk.places.index(here), debut=at)]

    return asked


def new_row(near: str, *cells: str) -> Any:
    return lambda desk: [one for cell in cells for one in new(near, cell)(desk)]


NOTE_END = "  enfants inventés.\n"
WRITTEN = {
    "words over the call of a note": (
        words("récit vivent", "conte existent", "ils y"),
        (("ce récit[^a] vivent dans", "ce conte existent[^a] dans"),),
    ),
    "words around the call of a note out": (
        words("récit vivent ", "", "ils y"),
        (("de ce récit[^a] vivent dans", "de ce[^a] dans"),),
    ),
    "words over a call, and others further on in the place of a citation": (
        lambda desk: [
            *words("récit vivent", "conte ancien existent", "ils y")(desk),
            *cited("reçue", "inventée ")(desk),
        ],
        (
            ("ce récit[^a] vivent dans", "ce conte ancien existent[^a] dans"),
            ("inventée [@rapport2012, p. 4] depuis", "reçue depuis"),
        ),
    ),
    "a citation out": (cited(""), ((" inventée [@rapport2012, p. 4] depuis", " inventée depuis"),)),
    "words in the place of a citation": (
        cited("reçue", "inventée "),
        (("inventée [@rapport2012, p. 4] depuis", "reçue depuis"),),
    ),
    "a note in": (
        noted("alinéa", "1. Une note *neuve*.", "second alinéa"),
        (
            ("Un second alinéa mène", "Un second alinéa[^1] mène"),
            (NOTE_END, f"{NOTE_END}\n[^1]: 1\\. Une note \\*neuve\\*.\n"),
        ),
    ),
    "a note in after a citation and another note": (
        noted("depuis longtemps", "Une note neuve.", "ils y"),
        (("depuis longtemps.", "depuis longtemps[^1]."), (NOTE_END, f"{NOTE_END}\n[^1]: Une note neuve.\n")),
    ),
    "a note in beside another one": (
        noted("récit", "Une note neuve.", "ils y"),
        (("récit[^a] vivent", "récit[^a][^1] vivent"), (NOTE_END, f"{NOTE_END}\n[^1]: Une note neuve.\n")),
    ),
    "a note in an item": (
        noted("premier point", "Une note neuve.", "premier point"),
        (("premier point inventé", "premier point[^1] inventé"), (NOTE_END, f"{NOTE_END}\n[^1]: Une note neuve.\n")),
    ),
    "a note in after words in bold": (
        noted("s'arrête net".replace("'", "’"), "Une note neuve.", "second alinéa"),
        (("**net**.", "**net**[^1]."), (NOTE_END, f"{NOTE_END}\n[^1]: Une note neuve.\n")),
    ),
    "a row in": (
        new_row("dix cas", "2013", "onze | cas"),
        (("| 2012  | dix cas         |\n", "| 2012  | dix cas         |\n| 2013 | onze \\| cas |\n"),),
    ),
    "two rows in under the head": (
        new_row("Nombre de faits", "2010", "huit cas", "2011", "neuf cas"),
        (("|:------|----------------:|\n", "|:------|----------------:|\n| 2010 | huit cas |\n| 2011 | neuf cas |\n"),),
    ),
    "a cell out": (gone("dix cas"), (("| 2012  | dix cas         |", "| 2012  |                 |"),)),
    "a paragraph out": (
        gone("second alinéa"),
        (("Un second alinéa mène à [une page inventée](https://example.org/page_une) et s'arrête **net**.\n\n", ""),),
    ),
    "a quotation out": (gone("Une citation"), (("> Une citation inventée\n> va sur deux lignes.\n\n", ""),)),
    "an item out": (gone("premier point"), (("- un premier point inventé ;\n", ""),)),
    "a paragraph out with its note": (
        gone("vient après"),
        (("Un alinéa qui vient après[^b], inventé lui aussi.\n\n", ""), ("[^b]: Une seconde note inventée.\n\n", "")),
    ),
    "a note out with its call": (
        gone("seconde note"),
        (("après[^b],", "après,"), ("[^b]: Une seconde note inventée.\n\n", "")),
    ),
    "a paragraph in": (
        new("second alinéa", "Un *nouvel* alinéa."),
        (("s'arrête **net**.\n", "s'arrête **net**.\n\nUn \\*nouvel\\* alinéa.\n"),),
    ),
    "a paragraph in before": (
        new("second alinéa", "1. Un alinéa.", ledger.BEFORE),
        (("Un second alinéa", "1\\. Un alinéa.\n\nUn second alinéa"),),
    ),
    "an item in": (
        new("premier point", "un deuxième point ;"),
        (("un premier point inventé ;\n", "un premier point inventé ;\n- un deuxième point ;\n"),),
    ),
    "a step in": (
        new("une étape", "une étape de plus ;"),
        (("1. une étape inventée ;\n", "1. une étape inventée ;\n1. une étape de plus ;\n"),),
    ),
    "a quoted paragraph in": (
        new("Une citation", "Elle continue."),
        (("> va sur deux lignes.\n", "> va sur deux lignes.\n>\n> Elle continue.\n"),),
    ),
    "a recommendation in": (
        new("Au Parlement", "Au Gouvernement (CIDE 4) : inventer encore un plan."),
        (
            (
                "  enfants inventés.\n",
                "  enfants inventés.\n- **Au Gouvernement** (CIDE 4) : inventer encore un plan.\n",
            ),
        ),
    ),
    "a paragraph in under a recommendation": (
        new("Au Parlement", "Il faut aussi inventer une suite."),
        (("  enfants inventés.\n", "  enfants inventés.\n\n  Il faut aussi inventer une suite.\n"),),
    ),
    "a paragraph cut": (
        cut("récit vivent", "récit ¶ vivent", "ils y"),
        (("ce récit[^a] vivent", "ce récit[^a]\n\nvivent"),),
    ),
    "an item cut": (
        cut("point inventé", "point ¶ inventé", "premier"),
        (("premier point inventé ;", "premier point\n- inventé ;"),),
    ),
    "a quotation cut": (cut("inventée va", "inventée ¶ va", "citation"), (("inventée\n> va", "inventée\n>\n> va"),)),
    "paragraphs made one": (
        joined("second alinéa", "Une citation"),
        (
            (
                "s'arrête **net**.\n\n> Une citation inventée\n> va sur deux lignes.\n",
                "s'arrête **net**. Une citation inventée\nva sur deux lignes.\n",
            ),
        ),
    ),
    "items made one": (
        joined("premier point", "point essentiel"),
        (
            (
                "inventé ;\n- un point *essentiel*, inventé aussi :\n",
                "inventé ; un point *essentiel*, inventé aussi :\n",
            ),
        ),
    ),
    "a paragraph moved": (
        moved("second alinéa", "vient après"),
        (
            ("Un second alinéa mène à [une page inventée](https://example.org/page_une) et s'arrête **net**.\n\n", ""),
            (
                "inventé lui aussi.\n",
                "inventé lui aussi.\n\n"
                "Un second alinéa mène à [une page inventée](https://example.org/page_une) et s'arrête **net**.\n",
            ),
        ),
    ),
    "an item moved": (
        moved("une étape inventée", "autre étape"),
        (
            (
                "1. une étape inventée ;\n2. une autre étape inventée.\n",
                "1. une autre étape inventée.\n2. une étape inventée ;\n",
            ),
        ),
    ),
    "words in bold": (
        looking("alinéa mène", "second", "gras"),
        (("second alinéa mène à", "second **alinéa mène** à"),),
    ),
    "words no longer in bold": (looking("net", "second", "ordinaire"), (("**net**", "net"),)),
    "words also in italics": (looking("net", "second", "gras et italique"), (("**net**", "***net***"),)),
    "a row out": (row, (("| 2012  | dix cas         |\n", ""),)),
    "an item first in its list": (
        moved("autre étape", "vient après"),
        (
            (
                "1. une étape inventée ;\n2. une autre étape inventée.\n",
                "2. une autre étape inventée.\n1. une étape inventée ;\n",
            ),
        ),
    ),
    "a link in": (
        looking("alinéa mène", "second", "lien vers https://example.org/a_b(c)?d=1&e=2"),
        (("alinéa mène à", "[alinéa mène](<https://example.org/a_b(c)?d=1&e=2>) à"),),
    ),
    "a link in before the call of a note": (
        looking("récit", "ils y", "lien vers https://example.org/récit"),
        (("récit[^a] vivent", "[récit](https://example.org/récit)[^a] vivent"),),
    ),
    "a link out": (
        looking("une page inventée", "second", "sans lien"),
        (("[une page inventée](https://example.org/page_une)", "une page inventée"),),
    ),
    "a link elsewhere": (
        looking("une page inventée", "second", "lien vers https://example.org/autre/"),
        (("(https://example.org/page_une)", "(https://example.org/autre/)"),),
    ),
}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd"])
def test_a_link_leads_to_the_web_alone(desk: Desk, address: str) -> None:
    desk.keep(*looking("alinéa mène", "second", f"lien vers {address}")(desk))
    assert desk.run("apply") == 0
    assert (desk.text, {one.etat for one in desk.kept.values()}) == (WHOLE, {ACCEPTED})


def test_an_address_with_letters_beyond_ascii_is_written_and_built(desk: Desk) -> None:
    desk.keep(*looking("alinéa mène", "second", "lien vers https://example.org/récit#§3")(desk))
    assert desk.run("apply") == 0
    assert desk.text == WHOLE.replace("alinéa mène", "[alinéa mène](https://example.org/récit#§3)")
    assert desk.run("build") == 0
    with pikepdf.open(desk.root / "build/rapport-projet.pdf") as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
        assert "https://example.org/récit#§3".encode() in [
            bytes(one.A.URI) for one in notes if "/URI" in one.get("/A", {})
        ]


@pytest.mark.parametrize(("one", "other"), [("lien vers https://example.org/une", "lien vers https://example.org/autre"),
                                            ("gras", "italique")])  # fmt: skip
def test_of_two_looks_of_the_same_words_none_is_written(desk: Desk, one: str, other: str) -> None:
    (first,), (second,) = (looking("alinéa mène", "second", look)(desk) for look in (one, other))
    ids = desk.keep(first, replace(second, relecteur="Une autre"))
    assert desk.run("apply") == 0
    assert (desk.text, {desk.kept[name].etat for name in ids}) == (WHOLE, {ACCEPTED})
    assert {desk.kept[name].suite for name in ids} == {apply_fr.WORDS["why-overlap"]}
    assert [desk.kept[name].contredit for name in ids] == [(ids[1],), (ids[0],)]


def test_who_asks_for_one_look_of_words_that_overlap_contradicts_nobody(desk: Desk) -> None:
    (first,), (second,) = (looking(part, "second", "gras")(desk) for part in ("second alinéa", "alinéa mène"))
    ids = desk.keep(first, replace(second, relecteur="Une autre"))
    assert desk.run("apply") == 0
    assert "**second alinéa**" in desk.text or "**alinéa mène**" in desk.text
    assert [desk.kept[name].contredit for name in ids] == [(), ()]


def test_a_link_and_a_look_of_the_same_words_contradict_in_nothing(desk: Desk) -> None:
    (first,), (second,) = (looking("alinéa mène", "second", look)(desk) for look in ("gras", "lien vers https://a.org"))
    desk.keep(first, replace(second, relecteur="Une autre"))
    assert desk.run("apply") == 0
    assert {one.etat for one in desk.kept.values()} == {APPLIED}


def test_a_link_is_there_once_all_its_words_lead_there(desk: Desk) -> None:
    address = "https://example.org/page"
    (name,) = desk.keep(*looking("alinéa mène", "second", f"lien vers {address}")(desk))
    for typed, state in ((f"[alinéa]({address}) mène", ACCEPTED), (f"[alinéa mène]({address})", APPLIED)):
        (desk.root / PATH).write_text(WHOLE.replace("alinéa mène", typed), encoding="utf-8")
        assert desk.run("apply") == 0
        assert desk.kept[name].etat == state


def test_why_a_look_is_left_is_told_as_it_is(desk: Desk) -> None:
    """A citation is no word: the paragraph has not changed."""
    (asked,) = cited("lien vers https://example.org/x")(desk)
    (name,) = desk.keep(replace(asked, genre=ledger.FORMAT))
    assert desk.run("apply") == 0
    assert (desk.text, desk.kept[name].suite) == (WHOLE, apply_fr.WORDS["why-format"])


@pytest.mark.parametrize("out", [gone("second alinéa"), row])
def test_what_is_asked_of_a_paragraph_that_goes_is_not_told_as_written(desk: Desk, out: Any) -> None:
    words, near = ("dix cas", "dix cas") if out is row else ("alinéa mène", "second")
    asked = [*looking(words, near, "lien vers https://a.org")(desk), *out(desk)]
    look, *others = desk.keep(asked[0], *(replace(one, relecteur="Une autre") for one in asked[1:]))
    assert desk.run("apply") == 0
    assert (words in desk.text, {desk.kept[name].etat for name in others}) == (False, {APPLIED})
    assert (desk.kept[look].etat, desk.kept[look].suite) == (ACCEPTED, apply_fr.WORDS["why-changed"])


def test_a_masked_address_is_not_written(desk: Desk) -> None:
    (asked,) = looking("alinéa mène", "second", "lien vers https://example.org/[…]")(desk)
    desk.keep(replace(asked, masque=True))
    assert desk.run("apply") == 0
    assert (desk.text, {one.etat for one in desk.kept.values()}) == (WHOLE, {ACCEPTED})


SQUARE = "un carré gris, sans rien d'autre"


def test_a_picture_is_described_anew(tmp_path: Path) -> None:
    root, path = lay_stock(tmp_path / "projet"), "contributions/alpha/travail-force.md"
    text = (root / path).read_text("utf-8")
    assert cli.run(["draft", "--root", str(root), "--lang", "fr"]) == 0
    desk = Desk(root)
    near = desk.remark("", "Un carré sombre, « plat »", "Un carré gris", path=path)
    gone = replace(near, avant="[image : un carré]", apres="")
    desk.keep(*(replace(one, genre=ledger.PICTURE, debut=-1) for one in (replace(near, avant=SQUARE), gone)))
    assert desk.run("apply") == 0
    now = (root / path).read_text("utf-8")
    assert now == text.replace(SQUARE, "Un carré sombre, « plat »")
    line = text[: text.index(SQUARE)].count("\n") + 1
    assert any(one.suite.endswith(f"{path}, ligne {line}") for one in desk.kept.values())
    assert sorted(one.etat for one in desk.kept.values()) == [ACCEPTED, APPLIED]


def test_of_two_pictures_in_one_paragraph_none_is_described_anew(tmp_path: Path) -> None:
    root, path = lay_stock(tmp_path / "projet"), "contributions/alpha/travail-force.md"
    text = (root / path).read_text("utf-8")
    assert cli.run(["draft", "--root", str(root), "--lang", "fr"]) == 0
    desk = Desk(root)
    near = desk.remark("", "Un carré sombre", "Un carré gris", path=path)
    (name,) = desk.keep(replace(near, avant=SQUARE, genre=ledger.PICTURE, debut=-1))
    at = text.index("![", text.index("\n---\n"))
    twice = f'{text[:at]}![Un autre](images/carre.png){{alt="autre"}} {text[at:]}'
    (root / path).write_text(twice, encoding="utf-8")
    assert desk.run("apply") == 0
    assert ((root / path).read_text("utf-8"), desk.kept[name].etat) == (twice, ACCEPTED)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_paragraph_becomes_what_was_accepted(desk: Desk, name: str) -> None:
    asked, changes = WRITTEN[name]
    ids = desk.keep(*asked(desk))
    expected = WHOLE
    for before, after in changes:
        assert expected.count(before) == 1, before
        expected = expected.replace(before, after)
    assert desk.run("apply") == 0
    assert desk.text == expected, [desk.kept[one].suite for one in ids]
    assert {desk.kept[one].etat for one in ids} == {APPLIED}


def test_the_first_steps_of_a_list_go(tmp_path: Path) -> None:
    """The list goes on with the number that it began with: from 2 on it would be none."""
    steps = "1. Une étape inventée.\n2. Une autre étape inventée.\n3. Une fin inventée.\n"
    text = TEXT.replace("Une analyse inventée.", f"{steps}\nUne analyse inventée.", 1)
    desk = Desk(frozen_with(text, tmp_path / "projet"))
    ids = desk.keep(*gone("Une étape")(desk), *gone("Une autre étape")(desk))
    assert desk.run("apply") == 0
    assert [desk.kept[one].etat for one in ids] == [APPLIED, APPLIED], [desk.kept[one].suite for one in ids]
    assert desk.text == text.replace(steps, "1. Une fin inventée.\n")


def test_what_two_reviewers_ask_alike_is_written_once(desk: Desk) -> None:
    alike = [*gone("second alinéa")(desk), *new("premier point", "un deuxième point ;")(desk)]
    ids = desk.keep(*alike, *(replace(remark, relecteur="Une autre") for remark in alike))
    assert desk.run("apply") == 0
    assert {desk.kept[one].etat for one in ids} == {APPLIED} and len(ids) == 4
    assert desk.text.count("un deuxième point ;") == 1 and "second alinéa" not in desk.text


def test_a_paragraph_that_one_moves_or_changes_and_another_takes_out_stays(desk: Desk) -> None:
    """Neither could be told to be written where both are; a move of words that are masked needs none of them."""
    others = [*moved("second alinéa", "vient après")(desk), desk.remark("alinéa mène", "texte mène", "second")]
    ids = desk.keep(
        *gone("second alinéa")(desk),
        *(replace(remark, relecteur="Un tiers") for remark in others),
        *(replace(remark, masque=True) for remark in moved("une étape", "autre étape")(desk)),
    )
    assert desk.run("apply") == 0
    *against, masked = (desk.kept[one] for one in ids)
    assert {remark.etat for remark in against} == {ACCEPTED} and masked.etat == APPLIED
    assert all("changent les mêmes mots" in remark.suite for remark in against)
    assert "Un second alinéa mène" in desk.text


def test_a_new_paragraph_comes_with_its_note(desk: Desk) -> None:
    said = "Un alinéa neuf, avec sa note."
    (paragraph,) = new("second alinéa", said)(desk)
    (first,) = desk.keep(paragraph)
    note = replace(paragraph, apres="Une note neuve.", doute=ledger.NOTE, avec=first, debut=said.index(","))
    (*_, second) = desk.keep(paragraph, note)
    assert desk.run("apply") == 0
    assert {desk.kept[one].etat for one in (first, second)} == {APPLIED}, [r.suite for r in desk.kept.values()]
    assert "\n\nUn alinéa neuf[^1], avec sa note.\n" in desk.text
    assert desk.text.endswith("\n\n[^1]: Une note neuve.\n")
    (desk.root / PATH).write_text(desk.text.replace("[^1],", ",").replace("\n\n[^1]: Une note neuve.", ""))
    desk.keep(replace(desk.kept[first]), replace(desk.kept[second], etat=ACCEPTED, suite=""))
    assert desk.run("apply") == 0
    assert desk.kept[second].etat == APPLIED and "Un alinéa neuf[^1], avec" in desk.text, desk.kept[second].suite


def test_a_row_with_a_cell_too_few_waits(desk: Desk) -> None:
    (name,) = desk.keep(*new_row("dix cas", "2013")(desk))
    assert desk.run("apply") == 0
    assert (desk.text, desk.kept[name].etat) == (WHOLE, ACCEPTED)


def test_a_move_made_by_hand_is_seen(desk: Desk) -> None:
    (name,) = desk.keep(*moved("second alinéa", "vient après")(desk))
    paragraph = "Un second alinéa mène à [une page inventée](https://example.org/page_une) et s'arrête **net**.\n\n"
    after = "Un alinéa qui vient après[^b], inventé lui aussi.\n\n"
    by_hand = WHOLE.replace(paragraph, "").replace(after, after + paragraph)
    (desk.root / PATH).write_text(by_hand, encoding="utf-8")
    assert desk.run("apply") == 0
    assert (desk.text, desk.kept[name].etat) == (by_hand, APPLIED), desk.kept[name].suite


def test_many_at_once_and_again_changes_nothing(desk: Desk) -> None:
    ids = desk.keep(
        *gone("premier point")(desk), *new("second alinéa", "Un alinéa de plus.")(desk),
        *new("second alinéa", "Et un autre encore.")(desk), *moved("Une citation", "vient après")(desk),
        desk.remark("vivent", "vivent encore", "récit"), *looking("alinéa mène", "second", "gras")(desk),
    )  # fmt: skip
    assert desk.run("apply") == 0
    assert {desk.kept[one].etat for one in ids} == {APPLIED}, [desk.kept[one].suite for one in ids]
    text = " ".join(desk.text.replace("**", "").split())
    assert text.index("Un second") < text.index("Un alinéa de plus.") < text.index("Et un autre") < text.index("vient")
    assert text.index("vient après") < text.index("> Une citation") and "vivent encore" in text
    assert desk.run("apply") == 0
    assert " ".join(desk.text.replace("**", "").split()) == text


def test_changes_of_different_paragraphs_are_read_again_together(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    readings: list[str] = []
    parse = EditedTexts.parse

    def reading(self: EditedTexts, texts: Sequence[tuple[Any, str]]) -> None:
        readings.extend(text for _, text in texts)
        parse(self, texts)

    monkeypatch.setattr(EditedTexts, "parse", reading)
    near = ("second alinéa", "premier point", "Une citation", "une étape inventée", "vient après")
    ids = desk.keep(*(one for words in near for one in new(words, "Un ajout de plus.")(desk)))
    assert desk.run("apply") == 0
    assert {desk.kept[one].etat for one in ids} == {APPLIED}, [desk.kept[one].suite for one in ids]
    assert desk.text.count("Un ajout de plus.") == len(near)
    assert len(set(readings)) == 1


def test_one_that_is_read_as_something_else_takes_no_other_with_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read = EditedTexts.read

    def misread(self: EditedTexts, before: Any, text: str, wanted: Any) -> Any:
        if "Un ajout de travers." in text:
            raise UnfaithfulEdit
        return read(self, before, text, wanted)

    monkeypatch.setattr(EditedTexts, "read", misread)
    said = ("Un ajout de plus.", "Un ajout de travers.", "Et un autre ajout.")
    near = ("second alinéa", "premier point", "vient après")
    ids = desk.keep(*(one for at, words in zip(near, said, strict=True) for one in new(at, words)(desk)))
    assert desk.run("apply") == 0
    assert [desk.kept[one].etat for one in ids] == [APPLIED, ACCEPTED, APPLIED]
    assert [words in desk.text for words in said] == [True, False, True]


def test_a_row_goes_from_a_table_of_which_words_were_changed_at_once(desk: Desk) -> None:
    ids = desk.keep(*words("Nombre de faits", "Nombre de faits inventés", "Nombre de faits")(desk), *row(desk))
    assert desk.run("apply") == 0
    assert {desk.kept[one].etat for one in ids} == {APPLIED}, [desk.kept[one].suite for one in ids]
    assert "Nombre de faits inventés" in desk.text and "2012  |" not in desk.text and "dix cas" not in desk.text


def test_no_row_goes_in_part(desk: Desk) -> None:
    first, *others = row(desk)
    ids = desk.keep(replace(first, masque=True), *others)
    assert desk.run("apply") == 0
    assert {desk.kept[one].etat for one in ids} == {ACCEPTED}
    assert desk.text == WHOLE


def test_a_section_is_not_emptied_and_what_is_done_by_hand_is_seen(desk: Desk) -> None:
    (name,) = desk.keep(*gone("Une analyse inventée")(desk))
    assert desk.run("apply") == 0
    assert (desk.text, desk.kept[name].etat) == (WHOLE, ACCEPTED)
    (desk.root / PATH).write_text(WHOLE.replace("Une analyse inventée. Une analyse inventée aussi.",
                                                "Tout autre chose est dit ici."), encoding="utf-8")  # fmt: skip
    assert desk.run("apply") == 0
    assert desk.kept[name].etat == APPLIED


def test_a_passage_that_goes_under_another_name_is_told(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    goal = next(p for p in desk.places if p.path.startswith("contributions/alpha/") and p.kind == "text" and p.block)
    here = replace(whole(desk, "vient après", ledger.MOVE, apres="…", ou=ledger.AFTER), vers=goal.id)
    (name,) = desk.keep(here)
    assert desk.run("apply") == 0
    assert desk.kept[name].etat == APPLIED, desk.kept[name].suite
    assert f"beta est maintenant dans {goal.path}" in capsys.readouterr().out
    written = (desk.root / goal.path).read_text(encoding="utf-8")
    assert "Un alinéa qui vient après[^b], inventé lui aussi." in written and "[^b]: Une seconde note" in written
    assert "vient après" not in desk.text and "seconde note" not in desk.text


def test_a_paragraph_moved_right_below_the_name_of_another_association_begins_its_text(desk: Desk) -> None:
    """Below a title that stands over another name it is nobody's, and is left to a hand."""
    at = next(n for n, p in enumerate(desk.places) if p.path.startswith("contributions/alpha/") and p.kind == "text")
    title = next(n for n in range(at, len(desk.places)) if desk.places[n].text == "Recommandations")
    asked = replace(whole(desk, "vient après", ledger.MOVE, apres="…", ou=ledger.AFTER), vers=desk.places[at - 1].id)
    alpha = desk.places[at]
    other = desk.remark(alpha.text, "…", genre=ledger.MOVE, path=alpha.path, ou=ledger.AFTER)
    moved_one, left = desk.keep(asked, replace(other, vers=desk.places[title].id))
    assert desk.run("apply") == 0
    assert (desk.kept[moved_one].etat, desk.kept[left].etat) == (APPLIED, ACCEPTED), desk.kept[moved_one].suite
    written = (desk.root / desk.places[at].path).read_text(encoding="utf-8")
    assert "## Constat\n\nUn alinéa qui vient après[^b], inventé lui aussi.\n\nCe texte est inventé" in written


def test_paragraphs_change_where_works_are_cited_in_notes(tmp_path: Path) -> None:
    """The notes of citations are typed nowhere: they part no paragraph from its text, change when a work is cited for
    the first time elsewhere, and go with what cites; one that somebody typed, and that only cites, is no other."""
    text = WHOLE.replace("aussi.\n\n1.", "aussi [@rapport2012, p. 5].\n\n1.")
    text = text.replace("un premier point inventé", "un premier point inventé[^c]")
    text = text.replace("[^b]: Une", "[^c]: [@rapport2012, p. 6]\n\n[^b]: Une")
    desk = noted_desk(text, tmp_path / "projet")
    (cited,) = (p.text for p in desk.places if p.path == PATH and p.part == "note" and p.text.endswith("p.\u00a05."))
    asked = [gone("récit"), cut("inventée va", "inventée ¶ va", "citation"), new("vient après", "Un ajout.")]
    ids = desk.keep(*(one for ask in [*asked, gone("premier point"), gone(cited)] for one in ask(desk)))
    assert desk.run("apply") == 0
    assert {desk.kept[one].etat for one in ids} == {APPLIED}, [desk.kept[one].suite for one in ids]
    here, there = text.index("Les enfants"), text.index("Un second alinéa")
    expected = text.replace(text[here:there], "").replace("inventée\n> va", "inventée\n>\n> va")
    expected = expected.replace(" [@rapport2012, p. 5].\n\n", ".\n\nUn ajout.\n\n").replace(
        "- un premier point inventé[^c] ;\n", ""
    )
    for note in ("[^a]: Une note inventée, longue\n    de deux lignes.\n\n", "[^c]: [@rapport2012, p. 6]\n\n"):
        expected = expected.replace(note, "")
    assert desk.text == expected


def test_words_beside_the_note_of_a_citation_leave_its_call_where_it_was(tmp_path: Path) -> None:
    """Words over a call, a sentence after it, a word and its full stop changed apart; the name that a citation prints
    would take its note along; a note that only cites, though typed, goes with its call."""
    more = " [@rapport2012, p. 5] aussi, selon @rapport2012. Il finit ici [@rapport2012, p. 7].\n\n1."
    text = WHOLE.replace(" aussi.\n\n1.", more).replace("second alinéa mène", "second alinéa[^c] mène")
    text = text.replace("[^b]: Une", "[^c]: [@rapport2012, p. 6]\n\n[^b]: Une")
    desk = noted_desk(text, tmp_path / "projet")
    (cited,) = (p.text for p in desk.places if p.path == PATH and p.part == "note" and p.text.endswith("p.\u00a06"))
    said = place(desk, "vient après").text
    (name,) = (word for word in said.split() if word.startswith("Institut"))
    asked = [
        words("lui aussi", "elle encore", "vient après"), words("ici", "là", "vient après"),
        words("ici.", "ici. Une phrase de plus.", "vient après"), looking("Il", "vient après", "gras"), gone(cited),
        words(name, "une autre", "vient après"),
    ]  # fmt: skip
    ids = desk.keep(*(one for ask in asked for one in ask(desk)))
    assert desk.run("apply") == 0
    assert desk.run("build") == 0  # a link to the paragraph leads there though a note is called in its first words
    states = [desk.kept[one].etat for one in ids]
    assert states == [APPLIED] * 5 + [ACCEPTED], [desk.kept[one].suite for one in ids]
    after = " [@rapport2012, p. 5], selon @rapport2012. **Il** finit là [@rapport2012, p. 7]. Une phrase de plus.\n\n1."
    expected = text.replace(f"lui{more}", f"elle encore{after}").replace("alinéa[^c]", "alinéa")
    assert desk.text == expected.replace("[^c]: [@rapport2012, p. 6]\n\n", "")


def test_of_notes_called_at_one_place_the_one_taken_out_goes(tmp_path: Path) -> None:
    two = "finit [@rapport2012, p. 7] [@livre2010, p. 8], puis"  # one note is printed for both
    more = f" dit [@rapport2012, p. 5][^d]. Il {two} [@rapport2012, p. 9][^e].\n\n1."
    text = WHOLE.replace(" aussi.\n\n1.", more).replace(
        "[^b]: Une", "[^d]: Une note à part.\n\n[^e]: Une autre à part.\n\n[^b]: Une"
    )
    desk = noted_desk(text, tmp_path / "projet")
    near = ("note à part", "p.\u00a08", "p.\u00a09")
    found = [next(p.text for p in desk.places if p.path == PATH and p.part == "note" and one in p.text) for one in near]
    ids = desk.keep(*(one for said in found for one in gone(said)(desk)))
    assert desk.run("apply") == 0
    states = [desk.kept[one].etat for one in ids]
    assert states == [APPLIED] * 3, [desk.kept[one].suite for one in ids]
    after = " dit [@rapport2012, p. 5]. Il finit, puis[^e].\n\n1."
    assert desk.text == text.replace(more, after).replace("[^d]: Une note à part.\n\n", "")


def test_words_beside_the_reference_in_the_note_of_a_citation_are_typed_in_the_citation(tmp_path: Path) -> None:
    """Before it, after it, in the place of its page, a sentence more; between two works that one note cites. The words
    of a reference are nobody's to change there."""
    more = (
        " dit [@rapport2012, p. 15]. Il finit [@rapport2012; voir @livre2010, p. 18] ici [@livre2010, p. 19], puis "
        "[@rapport2012, p. 21] [@livre2010, p. 22], et là [@rapport2012, p. 23] ou [@rapport2012, p. 24], voire "
        "[voir @livre2010, p. 25].\n\n1."
    )
    desk = noted_desk(WHOLE.replace(" aussi.\n\n1.", more), tmp_path / "projet")

    def note(page: str) -> str:
        return next(p.text for p in desk.places if p.path == PATH and p.part == "note" and f"p.\u00a0{page}" in p.text)

    first, two, third, fourth, last = map(note, ("15", "18", "19", "22", "23"))
    bare, begun = map(note, ("24", "25"))
    name = two.split()[0]
    asked = [
        words("15.", "16, annexe A.", first), words("voir", "voir notamment", two),
        words(third.split()[0], f"Selon {third.split()[0]}", third), words("19.", "19. Une précision inventée.", third),
        words("21", "30", fourth), words("22.", "22, note 4.", fourth), words(name, "Autre", last),
        words(bare.split()[0], f"lire d'abord, puis relire {bare.split()[0]}", bare),
        words("25.", "26, en fin.", begun),
    ]  # fmt: skip
    ids = desk.keep(*(one for ask in asked for one in ask(desk)))
    assert desk.run("apply") == 0
    states = [desk.kept[one].etat for one in ids]
    assert states == [APPLIED] * 6 + [ACCEPTED] + [APPLIED] * 2, [desk.kept[one].suite for one in ids]
    after = (
        " dit [@rapport2012, p. 16, annexe A]. Il finit [@rapport2012; voir notamment @livre2010, p. 18] ici "
        "[Selon @livre2010, p. 19. Une précision inventée], puis [@rapport2012, p. 30] [@livre2010, p. 22, note 4], et "
        "là [@rapport2012, p. 23] ou [Lire d'abord, puis relire @rapport2012, p. 24], voire [voir @livre2010, p. 26, "
        "en fin].\n\n1."
    )
    assert desk.text == WHOLE.replace(" aussi.\n\n1.", after)


def test_words_over_citations_whose_notes_go_too(tmp_path: Path) -> None:
    """A paragraph in other words, the notes of what it cited gone with them; a citation right behind a note's call."""
    more = (
        " dit [@rapport2012, p. 31] ce que dit le livre [@livre2010, p. 32] aussi.\n\n"
        "Ici[^d] [@rapport2012, p. 33].\n\n1."
    )
    text = WHOLE.replace(" aussi.\n\n1.", more).replace("[^b]: Une", "[^d]: Une note à part.\n\n[^b]: Une")
    desk = noted_desk(text, tmp_path / "projet")
    notes = [p.text for p in desk.places if p.path == PATH and p.part == "note" and "p.\u00a03" in p.text]
    said = place(desk, "dit ce que").text
    asked = [words(said, "Une phrase toute neuve.", "dit ce que"), *map(gone, notes)]
    ids = desk.keep(*(one for ask in asked for one in ask(desk)))
    assert desk.run("apply") == 0
    assert {desk.kept[one].etat for one in ids} == {APPLIED}, [desk.kept[one].suite for one in ids]
    here, there = text.index("Un alinéa qui vient"), text.index("Ici[^d]")
    wanted = text.replace(text[here:there], "Une phrase toute neuve[^b].\n\n")
    assert desk.text == wanted.replace(" [@rapport2012, p. 33]", "")


def test_a_title_that_a_note_began_with_has_its_own_letter_behind_words_put_before_it(tmp_path: Path) -> None:
    text = WHOLE.replace(" aussi.\n\n1.", " dit [@guide2011, p. 23] aussi [@guide2011, p. 24].\n\n1.")
    names = "title = {Guide inventé par une autrice}, shorttitle = {guide inventé}"
    work = f"\n@legislation{{guide2011, {names}, date = {{2011}}, langid = {{french}}}}\n"
    desk = noted_desk(text, tmp_path / "projet", work)
    (said,) = (p.text for p in desk.places if p.path == PATH and p.part == "note" and "p.\u00a024" in p.text)
    assert said.split()[:2] == ["Guide", "inventé,"]
    (one,) = desk.keep(*words("Guide", "Voir Guide", said)(desk))
    assert desk.run("apply") == 0
    assert desk.kept[one].etat == APPLIED, (said, desk.kept[one].suite)
    assert desk.text == text.replace("[@guide2011, p. 24]", "[Voir @guide2011, p. 24]")


def test_a_note_goes_from_right_below_another_one(tmp_path: Path) -> None:
    text = WHOLE.replace("\n\n[^b]:", "\n\n[^z]: Une note de plus.\n[^b]:").replace("lui aussi.", "lui aussi[^z].")
    desk = Desk(frozen_with(text, tmp_path / "projet"))
    (done,) = desk.keep(*gone("seconde note")(desk))
    assert desk.run("apply") == 0
    assert desk.kept[done].etat == APPLIED, desk.kept[done].suite
    assert desk.text == text.replace("après[^b],", "après,").replace("[^b]: Une seconde note inventée.\n", "")


def test_words_put_in_where_a_note_is_called_stand_on_the_side_of_its_call_that_the_file_says(tmp_path: Path) -> None:
    more = " dit [@rapport2012, p. 5]. Il finit ici [@rapport2012, p. 7], puis là[^d].\n\n1."
    text = WHOLE.replace(" aussi.\n\n1.", more).replace("[^b]: Une", "[^d]: Une troisième note inventée.\n\n[^b]: Une")
    desk = noted_desk(text, tmp_path / "projet")
    behind = {"après": "après et avant", "dit": "dit et écrit", "puis là": "puis là et ici"}
    asked = [words(one, put_in, "vient après", appel=ledger.AFTER) for one, put_in in behind.items()]
    asked.append(words("ici", "ici ou ailleurs", "vient après"))
    ids = desk.keep(*(one for ask in asked for one in ask(desk)))
    assert desk.run("apply") == 0
    assert {desk.kept[one].etat for one in ids} == {APPLIED}, [desk.kept[one].suite for one in ids]
    after = (
        " dit et écrit [@rapport2012, p. 5]. Il finit ici [@rapport2012, p. 7] ou ailleurs, puis là et ici[^d].\n\n1."
    )
    assert desk.text == text.replace(more, after).replace("après[^b]", "après et avant[^b]")


def test_the_letter_of_a_year_that_goes_with_a_work_is_no_change(tmp_path: Path) -> None:
    """« 2012a » is printed as « 2012 » where the other work of that year is cited no more, in texts untouched too."""
    root = lay_stock(tmp_path / "projet")
    works = (root / "bibliography.bib").read_text(encoding="utf-8")
    report = works[works.index("@report") : works.index("@article")]
    other = report.replace("rapport2012", "bilan2012").replace("Un rapport", "Un bilan")
    (root / "bibliography.bib").write_text(works + other, encoding="utf-8")
    (root / PATH).write_text(WHOLE.replace("inventé lui aussi.", "inventé lui aussi [@bilan2012]."), encoding="utf-8")
    assert cli.run(["draft", "--root", str(root), "--lang", "fr"]) == 0
    desk = Desk(root)
    assert any("2012b" in p.text or "2012a" in p.text for p in desk.places if p.path.startswith("contributions/alpha/"))
    ids = desk.keep(*gone("vient après")(desk), *gone("premier point")(desk), *gone("Une analyse inventée")(desk))
    assert desk.run("apply") == 0
    states = [desk.kept[one].etat for one in ids]
    assert states == [APPLIED, APPLIED, ACCEPTED], [desk.kept[one].suite for one in ids]  # the last empties a section
    assert "vient après" not in desk.text and "bilan2012" not in desk.text and "premier point" not in desk.text


def test_only_the_letter_of_a_cited_year_may_go(tmp_path: Path) -> None:
    """« 2012a » typed in prose is a word like any other to the proof, in the very paragraph that cites that year."""
    root = frozen_with(TEXT.replace("dit-on,", "dit-on en 2012a,"), tmp_path / "projet")
    (paragraph,) = (p for told in printed_of(*laid_out(root)).values() for p in told if "dit-on en 2012a" in p.text)
    said = keys(paragraph.text)
    typed, cited = said.index("2012a"), said.index("2012")
    assert paragraph.says(said)
    assert paragraph.says([*said[:cited], "2012b", *said[cited + 1 :]])
    assert not paragraph.says([*said[:cited], "2013", *said[cited + 1 :]])
    assert not paragraph.says([*said[:typed], "2012", *said[typed + 1 :]])
