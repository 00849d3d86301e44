"""Decisions on remarks are written into the very words of the contributions, proved, or left to a person, with why."""

from __future__ import annotations

import builtins
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from conftest import lay_stock
from rapport import cli, pipeline
from rapport.commands.context import Context
from rapport.diff.markdown_alignment import WordChange, keys, with_changes
from rapport.examination.opening import open_cache
from rapport.messages import apply_en, apply_fr
from rapport.model import Edition
from rapport.office.archive import unpack
from rapport.office.package import open_package
from rapport.office.tracked_reader import read
from rapport.review.apply import source_file, writing
from rapport.review.apply.printed_paragraphs import printed_paragraphs as printed_of
from rapport.review.apply.project_copy import try_files
from rapport.review.apply.splice import SourceEdit
from rapport.review.collect import ledger
from rapport.review.collect.contradictions import in_order
from rapport.review.collect.ledger import ACCEPTED, ANSWERED, APPLIED, LEDGER, OPEN, REFUSED, Ledger, Remark
from rapport.review.freeze import draft_map as drafts_map
from rapport.safeguarding.masks import MASK

pytestmark = pytest.mark.slow

FACT = re.compile(r"{(\w+)}")
PATH = "contributions/beta/travail-force.md"
TEXT = """\
---
titre: Un texte inventé pour être corrigé
date: 2014-12-03
auteurs: [Association Bêta]
statut: relu
diffusion: publique
avertissement: Un avertissement inventé pour ce texte seul, assez long pour que son fichier soit retrouvé.
---

## Constat

Les enfants *vraiment inventés* de ce récit[^a] vivent dans une ville inventée ; ils y
attendent, dit-on, « une réponse » inventée [@rapport2012, p. 4] depuis longtemps.

Un second alinéa mène à [une page inventée](https://example.org/page_une) et s'arrête **net**.

> Une citation inventée
> va sur deux lignes.

- un premier point inventé ;
- un point *essentiel*, inventé aussi :
  - un point sous le point.

| Année | Nombre de faits |
|:------|----------------:|
| 2012  | dix cas         |

: Des faits inventés

[^a]: Une note inventée, longue
    de deux lignes.

## Analyse au regard de la Convention

Une analyse inventée. Une analyse inventée aussi.

## Recommandations

- **Au Parlement** (CIDE 3) : inventer une loi nouvelle sur les
  enfants inventés.
"""


def frozen_with(text: str, folder: Path) -> Path:
    """The stock project with a text of all kinds of words, and its first draft frozen."""
    root = lay_stock(folder)
    (root / PATH).write_text(text, encoding="utf-8")
    assert cli.run(["draft", "--root", str(root), "--lang", "fr"]) == 0
    return root


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return frozen_with(TEXT, tmp_path_factory.mktemp("projet figé"))


@pytest.fixture
def root(frozen: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(frozen, tmp_path / "projet"))


class Desk:
    """A project with a ledger that tests fill and look at."""

    def __init__(self, root: Path) -> None:
        self.root, self.places = root, drafts_map.load(root, 1).places

    def remark(self, before: str, after: str, near: str = "", state: str = ACCEPTED, **more: Any) -> Remark:
        """A change of words of the contribution, in the paragraph that has `near` in it."""
        path, copy = more.pop("path", PATH), more.pop("copy", False)
        here = (p for p in self.places if before in p.text and near in p.text and p.path == path and p.copy == copy)
        place = next(here)
        made = Remark(
            "", 1, ledger.REPLACEMENT, place=self.places.index(place), bloc=place.id, paragraphe=place.number,
            association=place.association, fichier=place.path, ligne=place.line, relecteur="Relectrice",
            debut=place.text.index(before), avant=before, apres=after, etat=state,
        )  # fmt: skip
        return replace(made, **more)

    def keep(self, *remarks: Remark) -> list[str]:
        """Put remarks in the ledger; their ids."""
        seen: dict[str, int] = {}
        made = [ledger.assign_identifiers(remark, seen) for remark in remarks]
        ledger.write(self.root, in_order(Ledger(tuple(made))), ())
        return [remark.id for remark in made]

    def run(self, *arguments: str) -> int:
        return cli.run([arguments[0], "--root", str(self.root), "--lang", "fr", *arguments[1:]])

    @property
    def text(self) -> str:
        return (self.root / PATH).read_text(encoding="utf-8")

    @property
    def kept(self) -> dict[str, Remark]:
        return {remark.id: remark for remark in ledger.load(self.root).remarks}


@pytest.fixture
def desk(root: Path) -> Desk:
    return Desk(root)


def laid_out(root: Path) -> tuple[Any, Any]:
    """The report of the texts as they are now, and its document."""
    cache = open_cache(root)
    report, document, _ = pipeline.lay_out(pipeline.examine(root, cache), Edition.DRAFT, cache)
    return report, document


# ---------------------------------------------------------------- what is written, and where

WRITTEN = (
    # words, what they become, another word of the paragraph, the text before and after
    ("inventés", "imaginaires", "récit", "*vraiment inventés*", "*vraiment imaginaires*"),
    ("vraiment inventés", "imaginaires", "récit", "*vraiment inventés*", "*imaginaires*"),
    ("vraiment inventés de", "de", "récit", "enfants *vraiment inventés* de", "enfants de"),
    ("enfants", "enfants, presque", "récit", "enfants *vraiment", "enfants, presque *vraiment"),
    ("ils y attendent", "ils attendent", "récit", "ils y\nattendent", "ils\nattendent"),
    ("attendent", "n’attendent plus", "récit", "\nattendent,", "\nn’attendent plus,"),
    ("récit", "récit ancien", "", "récit[^a] vivent", "récit[^a] ancien vivent"),
    ("vivent", "vivent encore", "", "[^a] vivent dans", "[^a] vivent encore dans"),
    ("inventée (", "inventée, hélas (", "attendent", "inventée [@rapport", "inventée, hélas [@rapport"),
    ("depuis", "ici depuis", "attendent", "p. 4] depuis", "p. 4] ici depuis"),
    ("une réponse", "deux réponses [sûres] *", "attendent", "« une réponse »", "« deux réponses \\[sûres\\] \\* »"),
    ("une page inventée", "la page inventée", "", "[une page inventée](", "[la page inventée]("),
    ("page inventée et", "page inventée, puis", "", "page_une) et", "page_une), puis"),
    ("net", "là", "arrête", "**net**", "**là**"),
    ("net", "net et bien", "arrête", "**net**.", "**net** et bien."),
    ("inventée va", "inventée ne va pas", "citation", "inventée\n> va", "inventée ne\n> va pas"),
    ("premier", "tout premier", "point", "un premier point", "un tout premier point"),
    ("essentiel", "capital", "", "*essentiel*,", "*capital*,"),
    ("sous le point", "sous ce point", "", "sous le point.", "sous ce point."),
    ("dix", "onze", "cas", "| dix cas ", "| onze cas "),
    ("Nombre de faits", "Nombre", "", "| Nombre de faits |", "| Nombre |"),
    ("faits inventés", "faits, inventés", "Des", ": Des faits inventés", ": Des faits, inventés"),
    ("longue", "très longue", "note", "longue\n", "très longue\n"),
    ("loi nouvelle", "loi", "Parlement", "loi nouvelle sur", "loi sur"),
    ("sur les", "pour les", "Parlement", "sur les\n  enfants", "pour les\n  enfants"),
)  # fmt: skip


def batches() -> Iterator[list[tuple[str, str, str, str, str]]]:
    """The cases in as few groups as can be, those of one group in different words of the text."""
    left = list(WRITTEN)
    while left:
        taken: list[tuple[str, str, str, str, str]] = []
        for case in left:
            start = TEXT.index(case[3])
            if all(
                start >= (at := TEXT.index(other[3])) + len(other[3]) or start + len(case[3]) <= at for other in taken
            ):
                taken.append(case)
        left = [case for case in left if case not in taken]
        yield taken


@pytest.mark.parametrize("cases", list(batches()), ids=lambda cases: f"{len(cases)}-{cases[0][1][:12]}")
def test_only_the_words_concerned_change(desk: Desk, cases: list[tuple[str, str, str, str, str]]) -> None:
    names = desk.keep(*(desk.remark(before, after, near) for before, after, near, _, _ in cases))
    expected = TEXT
    for _, _, _, typed, becomes in cases:
        assert TEXT.count(typed) == 1
        expected = expected.replace(typed, becomes)
    status = desk.run("apply")
    assert desk.text == expected
    assert status == 0
    assert {desk.kept[name].etat for name in names} == {APPLIED}
    assert all(PATH in desk.kept[name].suite for name in names)


MISTAKES = (
    # what is accepted, and the reason for which it waits
    ({"before": "2012", "after": "2013", "near": "attendent"}, "crossing"),  # inside a citation
    ({"before": "dix cas", "after": "dix ¶ cas", "near": "dix"}, "structure"),
    ({"before": "premier", "after": "premier", "genre": ledger.MOVE, "vers": "p1"}, "structure"),
    ({"before": "dix", "after": "Un alinéa de plus.", "ou": ledger.AFTER, "genre": ledger.INSERTION}, "structure"),
    (
        {
            "before": "net",
            "after": "Une note.",
            "ou": ledger.AFTER,
            "genre": ledger.INSERTION,
            "doute": "note",
            "debut": -1,
        },
        "note",
    ),
    (
        {"before": "net", "after": "Un alinéa.", "ou": ledger.AFTER, "genre": ledger.INSERTION, "doute": "a / b"},
        "doubt",
    ),
    ({"before": "premier", "after": "x²", "doute": ledger.FORMULA}, "formula"),
    ({"before": "premier", "after": "premier", "genre": ledger.FORMAT}, "format"),
    ({"before": "premier", "after": "", "genre": ledger.COMMENT, "texte": "Pourquoi ?"}, "comment"),
    ({"before": "alinéa mène", "after": "alinéa  mène"}, "spaces"),
    ({"before": "premier", "after": "dernier", "bloc": ""}, "unplaced"),
    ({"before": "premier", "after": "dernier", "avant": "deuxième"}, "unplaced"),
    ({"before": "ce texte seul", "after": "lui", "near": "avertissement"}, "header"),
    ({"before": "loi", "after": "loi de Jean Dupont, 06 12 34 56 78,", "near": "Parlement"}, "rule"),
)


@pytest.mark.parametrize(("said", "why"), MISTAKES, ids=[f"{why}-{n}" for n, (_, why) in enumerate(MISTAKES)])
def test_what_is_not_certain_waits_with_its_reason(
    desk: Desk, said: dict[str, str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after, near = said["before"], said["after"], said.get("near", "")
    more = {key: value for key, value in said.items() if key not in ("before", "after", "near")}
    (name,) = desk.keep(desk.remark(before, after, near, **more))
    assert desk.run("apply") == 0
    assert desk.text == TEXT
    assert desk.kept[name].etat == ACCEPTED
    expected = apply_fr.WORDS[f"why-{why}"].partition("{")[0]
    assert desk.kept[name].suite.startswith(expected)
    listed = (desk.root / "build" / "a-faire" / "beta.txt").read_text(encoding="utf-8-sig")
    assert PATH in listed and name in listed


PRESENTATION = "chapters/presentation.md.j2"
LITERAL = (
    # words, what they become, the template before and after
    ("numérotés de façon continue", "numérotés à la suite", "numérotés de façon continue", "numérotés à la suite"),
    ("réunit", "rassemble", "» réunit {{", "» rassemble {{"),
    ("les prénoms sont changés, ", "", "les prénoms sont changés, ", ""),
    ("fin par destinataire", "fin, par *destinataire*", "fin par destinataire", "fin, par \\*destinataire\\*"),
)


def test_words_of_a_template_are_written_where_they_stand(desk: Desk) -> None:
    text = (desk.root / PRESENTATION).read_text(encoding="utf-8")
    names = desk.keep(*(desk.remark(before, after, path=PRESENTATION) for before, after, _, _ in LITERAL))
    assert desk.run("apply") == 0
    for _, _, before, after in LITERAL:
        assert text.count(before) == 1
        text = text.replace(before, after)
    assert (desk.root / PRESENTATION).read_text(encoding="utf-8") == text, [one.suite for one in desk.kept.values()]
    assert {desk.kept[name].etat for name in names} == {APPLIED}
    assert all(PRESENTATION in desk.kept[name].suite for name in names)
    assert desk.run("apply") == 0
    assert (desk.root / PRESENTATION).read_text(encoding="utf-8") == text


def test_a_numbered_paragraph_of_a_template_is_written_too_and_a_change_that_cannot_be_is_found(tmp_path: Path) -> None:
    frame, text = (
        "chapters/cadre-juridique.md.j2",
        "Un long paragraphe inventé du cadre, que le rapport compte avec les autres.",
    )
    root = lay_stock(tmp_path / "projet")
    (root / frame).write_text(f"# Le cadre {{.unnumbered #cadre-juridique}}\n\n{text}\n", encoding="utf-8")
    assert cli.run(["draft", "--root", str(root), "--lang", "fr"]) == 0
    desk = Desk(root)
    changes = (("inventé", "fictif"), ("long", "court"), ("autres", "autres, de Jean Dupont, 06 12 34 56 78,"))
    names = desk.keep(*(desk.remark(before, after, "paragraphe inventé", path=frame) for before, after in changes))
    assert all(place.number for place in desk.places if place.path == frame and "inventé" in place.text)
    assert desk.run("apply") == 0
    said = (root / frame).read_text(encoding="utf-8")
    assert "\n\nUn court paragraphe fictif du cadre, que le rapport compte avec les autres.\n" in said
    assert [desk.kept[name].etat for name in names] == [APPLIED, APPLIED, ACCEPTED]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("réunit 2 associations", "réunit 3 groupes"),  # a number that the program counts
        ("numérotés de façon continue", "numérotés {{ counts.themes }} fois"),
        ("numérotés de façon continue", "numérotés {% include 'x' %}"),
    ],
)
def test_what_a_template_does_not_say_literally_waits(desk: Desk, before: str, after: str) -> None:
    text = (desk.root / PRESENTATION).read_bytes()
    (name,) = desk.keep(desk.remark(before, after, path=PRESENTATION))
    assert desk.run("apply") == 0
    assert (desk.root / PRESENTATION).read_bytes() == text
    assert (desk.kept[name].etat, desk.kept[name].suite) == (ACCEPTED, apply_fr.WORDS["why-editor"])


def test_the_editors_own_texts_are_told_with_their_place(desk: Desk) -> None:
    place = next(p for p in desk.places if p.path.endswith(".j2") and len(p.text) > 60)
    new = {"genre": ledger.INSERTION, "ou": ledger.AFTER, "debut": -1}
    (name,) = desk.keep(desk.remark("", "Un alinéa de plus.", place.text[:60], path=place.path, **new))
    assert desk.run("apply") == 0
    listed = (desk.root / "build/a-faire/edition.txt").read_text("utf-8-sig")
    assert f"{place.path}, ligne {place.line}" in " ".join(listed.split())
    assert desk.kept[name].suite == apply_fr.WORDS["why-editor"]


def test_remarks_on_the_same_words_wait_and_the_same_wish_is_written_once(desk: Desk) -> None:
    one, other, same, twin = desk.keep(
        desk.remark("net", "là", "arrête"),
        desk.remark("net", "bientôt", "arrête", relecteur="Relecteur"),
        desk.remark("premier", "tout premier", "point"),
        desk.remark("premier", "tout premier", "point", relecteur="Relecteur"),
    )
    assert desk.run("apply") == 0
    assert desk.text == TEXT.replace("un premier", "un tout premier")
    assert {desk.kept[name].etat for name in (same, twin)} == {APPLIED}
    assert {desk.kept[name].suite for name in (one, other)} == {apply_fr.WORDS["why-overlap"]}


def test_words_put_in_before_words_that_another_replaces_are_written_with_them(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = desk.remark("un", "un tout", "premier point", genre=ledger.INSERTION, relecteur="Relecteur")
    tried = []
    monkeypatch.setattr(writing, "try_files", lambda *asked: tried.append(asked) or try_files(*asked))
    desk.keep(put, desk.remark("premier", "second", "point"))
    assert desk.run("apply") == 0
    assert desk.text == TEXT.replace("un premier", "un tout second")
    assert len(tried) == 1  # together


def test_what_is_put_in_stands_before_what_is_replaced_there() -> None:
    put, there = (WordChange(1, end, new, True, True) for end, new in ((1, "et là"), (2, "fin")))
    for made in ((put, there), (there, put)):
        assert with_changes(["ici", "début"], made) == ["ici", "et", "là", "fin"]
    edits = [SourceEdit(4, 4, "et là "), SourceEdit(4, 9, "fin")]
    assert {source_file.apply_edits("ici début\n".encode(), made) for made in (edits, edits[::-1])} == {
        "ici et là fin\n".encode()
    }


HOSTILE = (
    "<b>gras</b>", "[x]{.confidentiel}", "![x](images/carre.png)", "`code`", "^[une note]", "H~2~O",
    "$x$ {{ secret }} {% raw %}", "\\\\input{x}", "R&D", "<!-- rien -->", "[lien](https://example.org)", 
    "1. un | deux",
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_in_accepted_words_is_printed_and_never_read(desk: Desk, words: str) -> None:
    (name,) = desk.keep(desk.remark("premier", f"premier {words}", "point"))
    assert desk.run("apply") == 0, desk.kept[name].suite
    report, document = laid_out(desk.root)
    (printed,) = (p.text for said in printed_of(report, document).values() for p in said if "un premier" in p.text)
    assert keys(printed) == keys(f"un premier {words} point inventé ;")


@pytest.mark.parametrize("start", ["1. mot", "- mot", "# mot", "A. mot", "(a) mot", "> mot", "=== mot"])
def test_words_that_begin_a_line_begin_nothing_else(desk: Desk, start: str) -> None:
    (name,) = desk.keep(desk.remark("attendent", start, "dit-on"))
    assert desk.run("apply") == 0
    assert desk.kept[name].etat == APPLIED


def test_the_lists_of_other_associations_stay(desk: Desk) -> None:
    desk.keep(desk.remark("premier", "dernier", genre=ledger.FORMAT))
    other = desk.root / "build" / "a-faire" / "alpha.txt"
    other.parent.mkdir()
    other.write_text("à faire\n", encoding="utf-8")
    assert desk.run("apply", "--association", "beta") == 0
    assert other.exists()
    assert desk.run("apply") == 0
    assert not other.exists()


def test_a_copy_in_a_list_is_written_at_its_origin(desk: Desk) -> None:
    place = next(p for p in desk.places if p.copy and "loi nouvelle" in p.text)
    start = place.text.index("nouvelle")
    desk.keep(desk.remark("nouvelle", "neuve", copy=True, bloc=place.id, debut=start))
    assert desk.run("apply") == 0
    assert desk.text == TEXT.replace("loi nouvelle", "loi neuve")


def test_later_decisions_on_a_paragraph_that_was_written_to(desk: Desk) -> None:
    first, second = desk.keep(
        desk.remark("Un second", "Voici un second", "mène"), desk.remark("net", "là", "arrête", state=OPEN)
    )
    assert desk.run("apply") == 0
    assert desk.run("decide", second, "--accept") == 0
    assert desk.run("apply") == 0
    assert desk.text == TEXT.replace("Un second", "Voici un second").replace("**net**", "**là**")
    assert {desk.kept[name].etat for name in (first, second)} == {APPLIED}


def test_a_paragraph_that_changed_since_is_left_alone(desk: Desk) -> None:
    (name,) = desk.keep(desk.remark("net", "là", "arrête"))
    now = TEXT.replace("Un second alinéa", "Un deuxième alinéa")
    (desk.root / PATH).write_text(now, encoding="utf-8")
    assert desk.run("apply") == 0
    assert desk.text == now
    assert desk.kept[name].suite == apply_fr.WORDS["why-changed"]


def test_a_contribution_that_was_renamed_is_followed(desk: Desk) -> None:
    new = {"genre": ledger.INSERTION, "debut": -1, "ou": ledger.AFTER}
    name, said = desk.keep(
        desk.remark("premier", "dernier", "point"), desk.remark("", "Un alinéa neuf, inventé.", "premier", **new)
    )
    (desk.root / "contributions/beta").rename(desk.root / "contributions/beta-et-compagnie")
    place = desk.root / PATH.replace("/beta/", "/beta-et-compagnie/")
    text = place.read_text(encoding="utf-8")
    assert desk.run("apply") == 0
    assert (desk.kept[name].etat, desk.kept[said].etat) == (APPLIED, APPLIED), [r.suite for r in desk.kept.values()]
    written = text.replace("un premier point inventé ;", "un dernier point inventé ;\n- Un alinéa neuf, inventé.")
    assert place.read_text(encoding="utf-8") == written
    assert str(place.relative_to(desk.root)) in desk.kept[name].suite


def test_a_paragraph_of_another_association_is_never_taken(desk: Desk) -> None:
    (name,) = desk.keep(desk.remark("premier", "dernier", "point"))
    path = desk.root / PATH
    path.write_text(TEXT.replace("- un premier point inventé ;\n", ""), encoding="utf-8")
    alpha = next(iter(sorted((desk.root / "contributions/alpha").glob("*.md"))))
    text = alpha.read_text(encoding="utf-8")
    alpha.write_text(text.replace("## Constat\n", "## Constat\n\nun premier point inventé ;\n", 1), encoding="utf-8")
    before = alpha.read_bytes()
    assert before != text.encode()
    assert desk.run("apply") == 0
    assert (desk.kept[name].etat, alpha.read_bytes()) == (ACCEPTED, before)


def test_what_was_corrected_by_hand_is_seen(desk: Desk) -> None:
    (name,) = desk.keep(desk.remark("net", "là", "arrête"))
    now = TEXT.replace("**net**", "**là**")
    (desk.root / PATH).write_text(now, encoding="utf-8")
    assert desk.run("apply") == 0
    assert (desk.text, desk.kept[name].etat) == (now, APPLIED)


def test_a_look_of_words_that_another_remark_replaced_waits(desk: Desk) -> None:
    look = desk.remark("premier", "gras", "point", genre=ledger.FORMAT)
    _, waits = desk.keep(desk.remark("premier", "dernier", "point"), look)
    assert desk.run("apply") == 0
    assert desk.text == TEXT.replace("un premier point", "un dernier point")
    assert (desk.kept[waits].etat, desk.kept[waits].suite) == (ACCEPTED, apply_fr.WORDS["why-changed"])


def test_a_link_that_is_there_already_is_seen(desk: Desk) -> None:
    there = desk.remark("une page inventée", "lien vers https://example.org/page_une", genre=ledger.FORMAT)
    nowhere = desk.remark("premier", "sans lien", "point", genre=ledger.FORMAT)
    desk.keep(there, nowhere)
    assert desk.run("apply") == 0
    assert (desk.text, {one.etat for one in desk.kept.values()}) == (TEXT, {APPLIED})


@pytest.mark.parametrize("name", ["Anne Dubois", "José Pérez"])
def test_papers_name_who_said_what_and_when_and_the_first_word_stays(desk: Desk, name: str) -> None:
    said = {"relecteur": name, "date": "2026-11-20", "genre": ledger.PICTURE}
    desk.keep(desk.remark("net", "là", "arrête", **said))
    assert (desk.run("apply"), desk.run("answers")) == (0, 0)
    parts = [unpack(next(desk.root.glob("build/suites/observations.docx")).read_bytes())["word/document.xml"].decode()]
    parts += [next(desk.root.glob("build/suites/observations.html")).read_text("utf-8")]
    for text in parts:
        assert name in text and "20 novembre 2026" in text and "Un second alinéa" in text and MASK not in text
    (todo,) = (path.read_text("utf-8") for path in desk.root.glob("build/a-faire/*.txt"))
    assert f"de {name}" in todo and "une image se change à la main" in todo


def test_a_second_time_changes_nothing(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.keep(desk.remark("net", "là", "arrête"), desk.remark("premier", "dernier", genre=ledger.FORMAT))
    assert desk.run("apply") == 0
    before = {path: path.read_bytes() for path in (desk.root / "contributions").rglob("*") if path.is_file()}
    assert desk.run("apply") == 0
    assert before == {path: path.read_bytes() for path in (desk.root / "contributions").rglob("*") if path.is_file()}
    assert any(path.read_text("utf-8") == TEXT for path in (desk.root / "build" / "avant").rglob("*.md"))


def test_nothing_is_written_over_a_text_saved_meanwhile(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from rapport.review.apply import outcome as apply

    desk.keep(desk.remark("net", "là", "arrête"))
    put, saved = apply.put_in_place, TEXT + "\nEncore.\n"

    def late(root: Path, *rest: Any) -> None:
        (desk.root / PATH).write_text(saved, encoding="utf-8")
        put(root, *rest)

    monkeypatch.setattr(apply, "put_in_place", late)
    assert desk.run("apply") == 1
    assert desk.text == saved


ENCODINGS = {
    "windows": TEXT.replace("\n", "\r\n").encode("cp1252"),
    "utf-16": TEXT.encode("utf-16"),
    "with a mark": b"\xef\xbb\xbf" + TEXT.encode(),
    "accents apart": unicodedata.normalize("NFD", TEXT).encode(),
    "twice": TEXT.encode().decode("cp1252", "ignore").encode(),
    "old macintosh": TEXT.replace("\n", "\r").encode(),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_the_other_bytes_stay(desk: Desk, name: str) -> None:
    raw = ENCODINGS[name]
    (desk.root / PATH).write_bytes(raw)
    desk.keep(desk.remark("attendent", "espèrent", "dit-on"), desk.remark("premier", "dernier", "point"))
    assert desk.run("apply") == 0

    def typed(text: str) -> bytes:
        if name == "accents apart":
            return unicodedata.normalize("NFC", text).encode()  # what is written is, the rest stays as it was
        return text.encode({"windows": "cp1252", "utf-16": "utf-16-le"}.get(name, "utf-8"))

    expected = raw
    for before, after in (("attendent", "espèrent"), ("un premier", "un dernier")):
        new = typed(after).decode().encode("utf-8").decode("cp1252").encode() if name == "twice" else typed(after)
        assert expected.count(typed(before)) == 1
        expected = expected.replace(typed(before), new)
    assert (desk.root / PATH).read_bytes() == expected


def test_a_sign_that_the_encoding_has_not(desk: Desk) -> None:
    raw = TEXT.encode("cp1252")
    (desk.root / PATH).write_bytes(raw)
    (name,) = desk.keep(desk.remark("premier", "premier (ő)", "point"))
    assert desk.run("apply") == 0
    assert (desk.root / PATH).read_bytes() == raw
    assert desk.kept[name].suite == apply_fr.WORDS["why-encoding"]


def test_a_translation_is_said_to_be_stale(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("translation", "--association", "beta") == 0
    english = (desk.root / PATH).with_suffix(".en.md")
    before = english.read_bytes()
    desk.keep(desk.remark("net", "là", "arrête"))
    capsys.readouterr()
    assert desk.run("apply") == 0
    assert "travail-force.en.md est à revoir" in capsys.readouterr().out
    assert english.read_bytes() == before


# ---------------------------------------------------------------- deciding


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str, end: type[BaseException] = EOFError) -> None:
    """A person at a terminal who says this, then closes it, or types Ctrl-C."""
    waiting = iter(answers)

    def ask(question: str = "") -> str:
        print(question)
        try:
            return next(waiting)
        except StopIteration:
            raise end from None

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(builtins, "input", ask)


def two(desk: Desk) -> list[str]:
    """Two remarks that contradict each other on one paragraph, and one on another."""
    return desk.keep(
        desk.remark("net", "là", "arrête", OPEN, relecteur="Première"),
        desk.remark("net", "tard", "arrête", OPEN, relecteur="Seconde"),
        desk.remark("dix", "", state=OPEN, genre=ledger.COMMENT, texte="D'où vient ce nombre ?"),
    )


def test_a_walk_through_the_open_remarks(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other, third = two(desk)
    answering(monkeypatch, "?", "o", "merci", "n", "", "r", "", "Il est inventé.")
    assert desk.run("decide") == 0
    said = capsys.readouterr().out
    assert said.count("s’arrête net") == 1  # the paragraph once, its remarks together
    assert "contredit Première" in said and "contredit Seconde" in said
    assert "répondez par une des lettres" in said
    kept = desk.kept
    assert (kept[one].etat, kept[one].reponse) == (ACCEPTED, "merci")
    assert (kept[other].etat, kept[third].etat, kept[third].reponse) == (REFUSED, ANSWERED, "Il est inventé.")


def test_a_remark_is_named_whatever_number_its_name_looks_like(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    remark = replace(desk.remark("net", "là", "arrête", OPEN), id="093696353213")
    ledger.write(desk.root, Ledger((remark,)), ())
    assert desk.run("decide", "--list") == 0
    assert f"« net » → « là » [{remark.id}]" in capsys.readouterr().out


def test_what_was_proved_is_examined_no_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, examine = list[Context](), Context.examine
    monkeypatch.setattr(Context, "examine", lambda self, *more: asked.append(self) or examine(self, *more))
    desk.keep(desk.remark("net", "là", "arrête"))
    assert desk.run("apply") == 0
    assert "**là**" in desk.text and len(asked) == 1


def test_each_decision_is_saved_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other, _ = two(desk)
    answering(monkeypatch, "o", "")  # and the terminal is closed
    assert desk.run("decide") == 0
    assert (desk.kept[one].etat, desk.kept[other].etat) == (ACCEPTED, OPEN)


def test_stopping_in_the_middle_loses_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other, third = two(desk)
    answering(monkeypatch, "o", "", "o", "", end=KeyboardInterrupt)
    assert desk.run("decide") == 0
    said = capsys.readouterr().out
    assert f"{other} contredit une remarque déjà acceptée de Première" in said
    assert "décisions notées : 2, remarques en attente : 1" in said
    assert [desk.kept[name].etat for name in (one, other, third)] == [ACCEPTED, ACCEPTED, OPEN]


def test_decisions_by_the_command_line(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    one, other, third = two(desk)
    assert desk.run("decide", one[:5], "--accept", "--answer", "oui") == 0
    assert desk.run("decide", "--reviewer", "seconde", "--association", "beta", "--accept") == 0
    assert "contredit une remarque déjà acceptée de Première" in capsys.readouterr().out
    assert desk.run("decide", other, "--refuse") == 0
    assert desk.run("decide", third, "--answer", "D'une invention.") == 0
    assert [desk.kept[name].etat for name in (one, other, third)] == [ACCEPTED, REFUSED, ANSWERED]
    assert desk.run("decide", third, "--reopen") == 0
    assert (desk.kept[third].etat, desk.kept[third].reponse) == (OPEN, "")
    assert desk.run("decide", "--list") == 0
    assert third in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["zzzz", "--accept"], "n'est aucune remarque"),
        (["--accept"], "dites lesquelles"),
        (["--reviewer", "Personne", "--accept"], "aucune remarque de « Personne »"),
        (["--association", "betta", "--list"], "tapez l'une de celles-ci : beta"),
        (["--reviewer", "seconde", "--accept", "--refuse"], "une seule décision"),
    ],
)
def test_a_decision_that_cannot_be_understood(
    desk: Desk, typed: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    two(desk)
    before = (desk.root / LEDGER).read_bytes()
    assert desk.run("decide", *typed) == 2
    assert said in capsys.readouterr().err
    assert (desk.root / LEDGER).read_bytes() == before


def test_what_is_in_the_text_is_no_longer_decided_on(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    (name,) = desk.keep(desk.remark("net", "là", "arrête"))
    assert desk.run("apply") == 0
    assert desk.run("decide", name, "--refuse") == 2
    assert "est déjà dans le texte" in capsys.readouterr().err


# ---------------------------------------------------------------- answering


def test_answers_as_a_table_and_as_comments(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    one, _, third = two(desk)
    desk.run("decide", third, "--answer", "Il est inventé.")
    desk.run("decide", one, "--refuse", "--answer", "Le mot est juste.")
    assert desk.run("answers") == 0
    page = (desk.root / "build/suites/observations.html").read_text("utf-8")
    assert "Non retenue. Le mot est juste." in page and "En cours d&#x27;examen." in page
    assert "Association Bêta" in page and PATH not in page
    (made,) = (desk.root / "build" / "suites").glob("rapport-*.docx")
    found = read(open_package(made.read_bytes()))
    told = {comment.text: found.lines[comment.line or 0].text_sent for comment in found.comments}
    (where,) = (line for text, line in told.items() if "Le mot est juste." in text)
    assert "s’arrête net" in where
    assert len(told) == 2  # what is still open is not answered


def test_answers_want_the_draft_again_where_it_is_damaged(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    one, *_ = two(desk)
    desk.run("decide", one, "--refuse", "--answer", "Le mot est juste.")
    (sent,) = (desk.root / "build").glob("projet-*/rapport-projet-?.docx")
    sent.write_bytes(b"not a Word file")
    assert desk.run("answers") == 0
    assert "REBUILD=" in capsys.readouterr().out


def test_our_answers_are_not_remarks_when_the_file_returns(desk: Desk) -> None:
    one, *_ = two(desk)
    desk.run("decide", one, "--refuse", "--answer", "Le mot est juste.")
    desk.run("answers")
    (made,) = (desk.root / "build" / "suites").glob("rapport-*.docx")
    before = set(desk.kept)
    (desk.root / "contributions/inbox/reviews").mkdir(parents=True)
    shutil.copy(made, desk.root / "contributions/inbox/reviews/retour.docx")
    assert desk.run("review") == 0
    assert set(desk.kept) == before


def test_an_empty_ledger(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("apply") == 0
    assert desk.run("decide") == 0
    assert desk.run("answers") == 1
    said = capsys.readouterr()
    assert "aucune remarque n'est acceptée" in said.out and "aucune remarque ouverte" in said.out
    assert "le registre est vide" in said.err


def test_both_languages_say_the_same() -> None:
    assert list(apply_fr.WORDS) == list(apply_en.WORDS)
    for name, text in apply_fr.WORDS.items():
        assert set(FACT.findall(text)) == set(FACT.findall(apply_en.WORDS[name])), name
