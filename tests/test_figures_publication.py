"""What is published of a collection, and what a reader of several publications can find."""

from __future__ import annotations

import csv as csv_format
import hashlib
import io
import json
import random
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from conftest import lay_stock
from rapport import cli, pipeline
from rapport.commands import review_names
from rapport.figures import INDICATORS, PUBLISHED, prose
from rapport.figures.collection import Collection, TableDecision, decide, decide_all
from rapport.figures.combining import combine
from rapport.figures.counts import Answer, CountRange
from rapport.figures.grids.reading import grids
from rapport.figures.indicators import Dictionary, read_indicators
from rapport.figures.network import Cell
from rapport.figures.prose import HiddenNumber, _name, hidden_numbers
from rapport.figures.protection import Suppression
from rapport.figures.publication import (
    Publication,
    as_yaml,
    publication,
    read_publications,
    small_cells,
    standing_pattern,
)
from rapport.figures.sentences import printed_texts, sentences_with_numbers
from rapport.messages import figures_en, figures_fr
from rapport.model import Source
from rapport.project.read import REGISTER
from rapport.safeguarding.decisions import NUMBERS_REGISTER
from rapport.storage.cache import Cache
from rapport.storage.manifest import INBOX
from test_figures_files import csv, dictionary, opendocument

WIDE = """
seuils:
  - {valeur: 5, depuis: 2014-07-25, source: un essai}
dimensions:
  - id: forme
    nom: Forme
    nom_en: Form
    valeurs: [{id: a, nom: Mendicité, nom_en: A}, {id: b, nom: Cambriolage, nom_en: B}, {id: c, nom: Sport, nom_en: C}]
  - id: age
    nom: Âge
    nom_en: Age
    valeurs:
      - {id: x, nom: les plus jeunes, nom_en: X}
      - {id: y, nom: les moyens, nom_en: Y}
      - {id: z, nom: les plus grands, nom_en: Z}
indicateurs:
  - {id: essai, version: 2, date: 2014-10-01, compte: "Mineurs | d'un essai", compte_en: Minors, qui: mineurs,
     unite: personne, moment: repere, age: moins de 18 ans, age_en: under 18, debut: 2013-01-01, fin: 2013-12-31,
     dimensions: [forme, age], question: "Combien ?", question_en: "How many?", seuil: 5, chevauchement: inconnu}
"""


def revealing_sentences(source: Source, hidden: Sequence[HiddenNumber]) -> list[prose.RevealingSentence]:
    return list(prose.revealing_sentences(sentences_with_numbers(source), hidden))


def answers(*tables: list[int]) -> list[Answer]:
    """An answer an association, of the nine numbers of its table."""
    cells = [(r, c) for r in range(3) for c in range(3)]
    return [
        Answer(f"a{at}", "essai", {cell: CountRange(n, n) for cell, n in zip(cells, table, strict=True)}, f"a{at}")
        for at, table in enumerate(tables)
    ]


def decided(given: list[Answer], *published: Publication, text: str = WIDE) -> TableDecision:
    known: Dictionary = dictionary(text)
    return decide(known, known.indicators[0], given, ["a0", "a1", "a2"], published)


TABLE = [3, 20, 30, 12, 18, 40, 22, 9, 50]


def test_a_small_number_is_hidden_with_what_would_give_it_back() -> None:
    new = decided(answers(TABLE)).new
    assert new and (0, 0) in new.hidden_places and len(new.hidden_places) == 4
    assert (new.respondents, new.nonrespondents) == (("a0",), ("a1", "a2"))


def test_a_record_is_read_as_it_was_written() -> None:
    new = decided(answers(TABLE, [0] * 9)).new
    assert new
    text = as_yaml([new], ["un essai"])
    (again,), problems = read_publications(Source(PUBLISHED, text, ""))
    assert problems == () and again == replace(new, titles=again.titles)
    assert " 3 " not in text.partition("nombres:")[2]


def test_a_damaged_record_is_told() -> None:
    new = decided(answers(TABLE)).new
    assert new
    for old, bad in (("x x", "x"), ("'x", "'douze"), ("numero: 1", "numero: un")):
        text = as_yaml([new], []).replace(old, bad, 1)
        found, problems = read_publications(Source(PUBLISHED, text, ""))
        assert found == () and problems, old


def test_a_greatest_and_a_sum_never_tell_what_one_other_counted() -> None:
    """31 and 34 would say that the other association counted 3; 31, 45 and one's own 11, that a third did."""
    known = dictionary(WIDE).indicators[0]
    few, enough = (combine(known, answers([31] * 9, [number] * 9), []) for number in (3, 5))
    inside = few.network.index[0, 0]
    assert inside in small_cells(few) and inside not in small_cells(enough)
    three = combine(known, answers([31] * 9, [11] * 9, [3] * 9), [])
    assert (three.least_printed((0, 0)), three.sums[0, 0].high) == (29, 45)  # to who counted 11, five or fewer are left
    assert combine(known, answers([31] * 9, [11] * 9, [5] * 9), []).least_printed((0, 0)) == 31


def test_two_runs_publish_the_same() -> None:
    assert decided(answers(TABLE)).new == decided(answers(TABLE)).new


def test_the_same_numbers_are_not_published_twice() -> None:
    first = decided(answers(TABLE)).new
    assert first and decided(answers(TABLE), first).reason == "same"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ([3, 20, 30, 12, 18, 42, 22, 9, 50], "held-moved"),
        ([4, 20, 30, 12, 18, 40, 22, 9, 50], "held-moved"),
        ([3, 20, 4, 12, 18, 40, 22, 9, 50], "held-new"),
        ([0, 20, 30, 12, 18, 40, 22, 9, 50], "held-gone"),
        ([3, 20, 30, 12, 18, 80, 22, 9, 50], ""),
    ],
)
def test_a_later_table_gives_nothing_away(change: list[int], reason: str) -> None:
    first = decided(answers(TABLE)).new
    assert first
    later = decided(answers(change), first)
    assert later.reason == reason
    assert later.new is None or later.new.hidden_places == first.hidden_places


def test_other_rows_for_the_same_persons_are_held() -> None:
    first = decided(answers(TABLE)).new
    merged = WIDE.replace("chevauchement: inconnu", "chevauchement: inconnu, fusions: [{id: xy, nom: Xy, nom_en: Xy, "
                          "dimension: age, valeurs: [x, y]}]")  # fmt: skip
    assert first and decided(answers(TABLE), first, text=merged).reason == "held-layout"


def test_a_table_under_another_name_is_held_to_the_old_one() -> None:
    first = decided(answers(TABLE)).new
    assert first
    old = replace(first, indicator="ancien-nom")
    assert decided(answers([3, 20, 30, 12, 18, 42, 22, 9, 50]), old).reason == "held-moved"


def test_a_total_that_another_table_hides_is_not_given() -> None:
    hidden = decided(answers([3, 0, 0, 0, 30, 0, 0, 0, 40])).new
    other = WIDE + WIDE.partition("indicateurs:\n")[2].replace("id: essai", "id: autre")
    assert hidden and any(hidden.is_total(cell) for cell in hidden.hidden_places)
    assert decided(answers(TABLE), replace(hidden, indicator="autre"), text=other).reason == "linked"


BY_COUNTRY = WIDE.replace(
    "indicateurs:",
    "  - {id: pays, nom: Pays, nom_en: Country, valeurs: [{id: p, nom: Pé, nom_en: P}, "
    "{id: q, nom: Qu, nom_en: Q}]}\nindicateurs:",
) + WIDE.partition("indicateurs:\n")[2].replace("id: essai", "id: autre").replace("[forme, age]", "[forme, pays]")
"""The same persons by age, and by country: the totals of their forms are in both tables."""


def by_country(association: str, *numbers: int) -> Answer:
    cells = [(r, c) for r in range(3) for c in range(2)]
    return Answer(association, "autre", dict(zip(cells, map(CountRange, numbers, numbers), strict=True)), association)


@pytest.mark.parametrize(
    ("last", "reason"),
    [
        ([], ""),
        ([[3, 0, 0, 0, 0, 0, 6, 6, 6]], "linked"),
        ([[9, 0, 0, 0, 0, 0, 6, 6, 6]], ""),
        ([[3, 0, 0, 0, 0, 0, 6, 6, 6], [9, 0, 0, 9, 0, 0, 6, 6, 6]], "linked"),  # the last finds the three
    ],
)
def test_who_answers_one_of_two_questions_about_the_same_persons_is_not_found(
    last: list[list[int]], reason: str
) -> None:
    known = dictionary(BY_COUNTRY)
    given = [*answers([20] * 9, [20] * 9, *last), *(by_country(f"a{at}", *[30] * 6) for at in range(2))]
    first, second = decide_all(known, Collection(tuple(given), ()), ["a0", "a1"], ())
    assert (first.reason, second.reason) == ("", reason)
    if second.new:
        again = decide_all(known, Collection(tuple(given), ()), ["a0", "a1"], [first.new, second.new])  # type: ignore[list-item]
        assert [one.reason for one in again] == ["same", "same"]


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [("2013-01-01", "2014-06-30", "period"), ("2013-07-01", "2013-12-31", "period"), ("2014-01-01", "2014-12-31", "")],
)
def test_periods_that_share_days_are_not_both_published(start: str, end: str, reason: str) -> None:
    """The year and its first half would give the second half by subtraction."""
    first = decided(answers(TABLE)).new
    assert first
    longer = WIDE.replace("debut: 2013-01-01, fin: 2013-12-31", f"debut: {start}, fin: {end}")
    decision = decided(answers([n + 2 for n in TABLE]), first, text=longer)
    assert decision.reason == reason and bool(decision.new) is not bool(reason)


SIX = [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 0)]  # hidden round three rows and three columns


@pytest.mark.parametrize(
    ("added", "reason"),
    [
        (
            {(0, 1): 7, (1, 1): 3, (1, 2): 5, (2, 2): 5},
            "held-moved",
        ),  # rows 7, 8, 5; columns 0, 10, 10
        ({(0, 1): 7, (1, 1): 7, (1, 2): 7, (2, 2): 7}, ""),
        ({(0, 0): 1, (0, 1): 7, (1, 1): 7, (1, 2): 7, (2, 2): 7, (2, 0): 5}, ""),
    ],
)
def test_what_an_association_added_is_not_found(added: dict[Cell, int], reason: str) -> None:
    """Who takes it that nothing was corrected has a table of the differences, without a number below zero."""
    indicator = dictionary(WIDE).indicators[0]
    halves = [3, 10, 15, 20, 12, 20, 11, 15, 25], [0, 10, 15, 20, 6, 20, 11, 15, 25]
    first = combine(indicator, answers(*halves), ["a0"])
    hidden = frozenset(first.network.index[cell] for cell in SIX)
    old = publication(first, Suppression(small_cells(first), hidden), 1)
    more = combine(indicator, answers(*halves, [added.get((r, c), 0) for r in range(3) for c in range(3)]), ["a0"])
    pattern, why = standing_pattern(more, [old])
    assert why == reason and bool(pattern) is not bool(reason)


def test_what_cannot_be_protected_is_refused_with_a_merge() -> None:
    twin = WIDE + WIDE.partition("indicateurs:\n")[2].replace("id: essai", "id: autre")
    decision = decided(answers([3, 0, 0, 0, 30, 0, 0, 0, 40]), text=twin)
    assert decision.reason == "unprotected" and decision.new is None
    assert decision.proposal is None or decision.proposal.hidden_count < 9


def test_a_merge_that_hides_less_is_proposed() -> None:
    decision = decided(answers([3, 4, 30, 0, 0, 40, 22, 9, 50]))
    assert decision.proposal and decision.proposal.hidden_count == 0
    assert [one.id for one in decision.proposal.categories] == ["x", "y"]


def test_no_number_is_printed_that_is_too_small() -> None:
    chance = random.Random(7)
    for _ in range(40):
        tables = [
            [chance.choice([0, 1, 2, 3, *range(5, 50)]) for _ in range(9)] for _ in range(chance.choice([1, 2, 3]))
        ]
        new = decided(answers(*tables)).new
        for number in (new.numbers if new else {}).values():
            assert number is None or not 0 < number.high < 5


# ---------------------------------------------------------------- the command


@pytest.fixture
def collecting(tmp_path: Path) -> Path:
    root = lay_stock(tmp_path / "projet")
    (root / "chapters" / "indicateurs.yaml").write_text(WIDE, encoding="utf-8")
    return root


def send(root: Path, name: str, numbers: list[object]) -> Path:
    folder = root / "contributions" / name / "chiffres"
    folder.mkdir(exist_ok=True)
    head = [["Indicateur", "essai"], ["Version", "2"], ["Source", "registre secret"], ["Méthode", "m"]]
    head += [["Jour", "2014-10-01"], ["Contact", "c"], ["", "les plus jeunes", "les moyens", "les plus grands"]]
    rows = [
        [name, *map(str, numbers[at * 3 : at * 3 + 3])] for at, name in enumerate(("Mendicité", "Cambriolage", "Sport"))
    ]
    (folder / "reponse.csv").write_bytes(csv(head + rows))
    return folder / "reponse.csv"


def run(root: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    status = cli.run(["figures", "--root", str(root), *more])
    seen = capsys.readouterr()
    return status, seen.out + seen.err


def test_nothing_raw_leaves_the_folder(collecting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = next(path.parent.name for path in sorted(collecting.glob("contributions/*/association.yaml")))
    send(collecting, name, [3, 2077, 3088, 1299, 1866, 4055, 2233, 977, 5011])
    status, said = run(collecting, capsys)
    assert status == 0 and not (collecting / PUBLISHED).exists() and "PUBLISH=oui" in said
    status, more = run(collecting, capsys, "--publish")
    record = (collecting / PUBLISHED).read_text(encoding="utf-8")
    (publication,), problems = read_publications(Source(PUBLISHED, record, ""))
    assert status == 0 and problems == () and len(publication.hidden_places) == 4
    raw = {"3", "2077", "3088", "1299", "1866", "4055", "2233", "977", "5011"}
    hidden = {n for n in raw if n not in {str(k.high) for k in publication.numbers.values() if k}}
    made = [collecting / PUBLISHED, *(collecting / "build" / "chiffres").glob("*.csv*")]
    assert len(hidden) == 4 and len(made) == 3
    for text in (said, more, *(path.read_text(encoding="utf-8") for path in made)):
        assert not any(f"{n}" in text for n in hidden - {"3"}) and "registre secret" not in text


def test_a_bad_cell_is_told_and_stops_nobody_else(collecting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = [path.parent.name for path in sorted(collecting.glob("contributions/*/association.yaml"))][:2]
    send(collecting, one, TABLE)
    send(collecting, other, ["environ 37", *TABLE[1:]])
    status, said = run(collecting, capsys)
    assert status == 1 and f"contributions/{other}/chiffres/reponse.csv, cellule B8" in said
    assert "37" not in said and "ont répondu (1" in said


def test_a_wrong_definition_stops_everything(collecting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (collecting / "chapters" / "indicateurs.yaml").write_text(
        WIDE.replace("age: moins de 18 ans, ", ""), encoding="utf-8"
    )
    status, said = run(collecting, capsys)
    assert status == 1 and "E04" in said and not (collecting / "build" / "chiffres").exists()


def test_a_questionnaire_filled_in_is_read(collecting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(collecting, capsys)[0] == 0
    file = sorted((collecting / "build" / "chiffres").glob("questionnaire-*.xlsx"))[0]
    before, name = file.read_bytes(), file.stem.removeprefix("questionnaire-")
    assert run(collecting, capsys)[0] == 0 and file.read_bytes() == before
    book = openpyxl.load_workbook(file)
    sheet = book.active
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value in ("Source", "Méthode", "Contact"):
                sheet.cell(cell.row, 2).value = "registre"
            if cell.value == "Jour":
                sheet.cell(cell.row, 2).value = "2014-10-01"
            if cell.value in ("Mendicité", "Cambriolage", "Sport"):
                for column in (2, 3, 4):
                    sheet.cell(cell.row, column).value = 12
    (collecting / "contributions" / name / "chiffres").mkdir()
    book.save(collecting / "contributions" / name / "chiffres" / "rempli.xlsx")
    status, said = run(collecting, capsys)
    assert status == 0 and "ont répondu (1" in said
    assert not file.exists()


def test_both_languages_say_the_same() -> None:
    assert list(figures_fr.WORDS) == list(figures_en.WORDS)


def test_the_report_prints_what_was_published_and_texts_refer_to_it(
    collecting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = next(path.parent.name for path in sorted(collecting.glob("contributions/*/association.yaml")))
    send(collecting, name, [3, 2077, 3088, 1299, 1866, 4055, 2233, 977, 5011])
    assert run(collecting, capsys, "--publish")[0] == 0
    text = collecting / "contributions" / "alpha" / "travail-force.md"
    head, mark, body = text.read_text(encoding="utf-8").partition("## Constat\n")
    assert mark
    text.write_text(f"{head}{mark}\nVoir [le tableau](#chiffre-essai).\n{body}", encoding="utf-8")
    status = cli.run(["build", "--root", str(collecting)])
    said = capsys.readouterr()
    assert status == 0, said.out + said.err
    html = (collecting / "build" / "rapport-projet.html").read_text(encoding="utf-8")
    assert '<a href="#chiffre-essai" class="reference">le tableau</a>' in html and 'id="chiffre-essai"' in html
    assert html.count(">caché<") == 4 and "moins de 18 ans" in html and ">4\u202f055<" in html
    assert not re.search("2\u202f?(?:077|233)", html)


SAID = {
    "digits": ("Nous avons suivi 3 enfants très jeunes.", False),
    "digits beside the words": ("En mendicité, nous avons suivi 3 enfants.", True),
    "words": ("Trois enfants étaient en situation de mendicité.", True),
    "a mark inside": ("*Tr*ois enfants, de la mendi*cité*.", True),
    "a note": ("Un constat[^n].\n\n[^n]: Dont trois en mendicité.", True),
    "a caption": ("| a | b |\n|---|---|\n| c | d |\n\n: La mendicité, trois enfants", True),
    "a cell": ("| Forme | Nombre |\n|---|---|\n| Mendicité | 3 |\n\n: Nos nombres", True),
    "over two lines": ("La mendicité est partout et nous avons\nsuivi trois enfants.", True),
    "another number": ("En mendicité, nous avons suivi 2078 enfants.", False),
    "an article": ("La mendicité est contraire à l'article 3 de la Convention.", False),
    "an age": ("En mendicité, un enfant de 3 ans.", False),
    "two sentences": ("Voici la mendicité. Trois juges ont été saisis.", False),
    "a greater one that is hidden": ("Nous comptons 2077 mendicités.", True),
    "with a space": ("Nous comptons 2\u00a0077 mendicités.", True),
    "with a narrow space": ("Nous comptons 3\u202fenfants en mendicité.", True),
    "the head of a column": ("| Année | Mendicité |\n|---|---|\n| 2013 | 3 |\n\n: Nos nombres", True),
    "a head without it": ("| Année | Enfants |\n|---|---|\n| 2013 | 3 |\n\n: Nos nombres", False),
    "under its heading": ("### La mendicité\n\nUne phrase inventée.\n\nNous avons suivi trois jeunes enfants.", True),
    "under another heading": ("### Le sport\n\nNous avons suivi trois jeunes enfants.", False),
    "the sentence before": ("Voici la mendicité. Nous avons suivi trois enfants.", True),
    "under its heading, of those": ("### La mendicité\n\nAu total, nous en avons suivi trois.", True),
    "under its heading, of other things": ("### La mendicité\n\nLe code en cite trois formes.", False),
    "a trio": ("La mendicité : un trio, des frères.", True),
    "a total": ("Au total, 6464 parmi les plus jeunes.", False),
}


@pytest.mark.parametrize("name", SAID)
def test_a_hidden_number_that_a_text_says_is_found(
    collecting: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    alpha = collecting / "contributions" / "alpha"
    send(collecting, "alpha", [3, 2077, 3088, 1299, 1866, 4055, 2233, 977, 5011])
    assert run(collecting, capsys, "--publish")[0] == 0
    words, found = SAID[name]
    text = alpha / "travail-force.md"
    head, mark, body = text.read_text(encoding="utf-8").partition("## Constat\n")
    text.write_text(f"{head}{mark}\n{words}\n{body}", encoding="utf-8")
    cli.run(["check", "--root", str(collecting)])
    said = capsys.readouterr().out
    assert ("S31" in said) == found, said


COUNTED = {
    "half a dozen": (6, "Une demi-douzaine d'enfants mendient : mendicité forcée.", True),
    "a dozen is twice as many": (12, "Une demi-douzaine d'enfants en mendicité.", False),
    "in English": (6, "Half a dozen children in forced begging (mendicité).", True),
    "a dozen": (12, "Une bonne part, une douzaine, en mendicité.", True),
    "four": (4, "Quatre enfants en mendicité.", True),
    "one alone": (1, "Une seule enfant en mendicité.", True),
    "both": (2, "Both of them in mendicité.", True),
    "for either sex": (4, "4 mineur·e·s ou mineur-e-s en mendicité.", True),
    "by their initials": (4, "4 MIE étaient en mendicité.", True),
    "with decimals": (4, "4,0 enfants en mendicité.", True),
    "in a note inside": (4, "Un mot^[quatre enfants en mendicité].", True),
    "with a soft hyphen": (4, "qua\u00adtre enfants en mendicité.", True),
    "out of": (4, "Four out of sixteen, in mendicité.", True),
    "side by side": (4, "Deux filles, deux garçons en mendicité.", True),
    "one in four": (4, "La mendicité : un enfant sur quatre, des 16 mineurs.", True),
    "one in five": (4, "La mendicité : un enfant sur cinq, des 16 mineurs.", False),
}


@pytest.mark.parametrize("name", COUNTED)
def test_a_number_is_found_in_all_its_words(name: str) -> None:
    number, words, found = COUNTED[name]
    hidden = HiddenNumber("essai", frozenset({number}), (_name("Mendicité"),))
    assert bool(revealing_sentences(Source("a.md", words, ""), [hidden])) is found


def test_cases_are_boxes_in_french_and_people_in_english() -> None:
    hidden = HiddenNumber("essai", frozenset({3}), (_name("Mendicité forcée"), _name("Forced begging")))
    text = "Un schéma : trois cases, la mendicité forcée.\n\nThree cases of forced begging."
    for path, found in (("mendicite-forcee.md", 0), ("mendicite-forcee.en.md", 1)):
        told = revealing_sentences(Source(f"contributions/alpha/{path}", text.split("\n\n")[found], ""), [hidden])
        assert len(told) == found


@pytest.mark.parametrize(
    ("title", "words", "found"),
    [
        ("de 0 à 5 ans", "Quatre enfants de 0 à 5 ans.", True),
        ("de 0 à 5 ans", "Quatre enfants (0-5 ans).", True),
        ("0 to 5 years", "Four children, 0–5 years.", True),
        ("0 to 5 years", "Four children over several years.", False),
        ("16 et 17 ans", "Quatre avaient 16 ou 17 ans.", True),
        ("Vol", "Quatre enfants pour vol.", True),
    ],
)
def test_a_row_with_numbers_in_its_name_is_known_by_them(title: str, words: str, found: bool) -> None:
    hidden = HiddenNumber("essai", frozenset({4}), (_name(title),))
    assert bool(revealing_sentences(Source("a.md", words, ""), [hidden])) is found


ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("fr", "en")
HIDDEN = {"mendicite-forcee": 4, "esclavage-domestique": 3, "exploitation-sexuelle": 17, "ventes-bebes": 1, "0-5": 2,
          "roumanie": 6, "nice": 12}  # fmt: skip
"""A number for some rows of the shipped dictionary; the sentences that say them, or other things, are invented."""


def test_sentences_that_say_a_hidden_number_are_told_from_those_that_count_something_else() -> None:
    """A sentence missed may give a child away, one told for nothing costs a look: nearly all of the first are found."""
    shipped, _ = read_indicators(Source("", (ROOT / INDICATORS).read_text(encoding="utf-8"), ""))
    assert shipped
    axes = [axis for indicator in shipped.indicators for axis in indicator.dimensions]
    names = {
        one.id: tuple(_name(one.title(said), [o.title(said) for o in (axis, *axis.categories)]) for said in LANGUAGES)
        for axis in axes
        for one in axis.categories
    }
    hidden = [HiddenNumber("essai", frozenset({number}), names[id_]) for id_, number in HIDDEN.items()]
    lines = (ROOT / "tests" / "figures" / "hidden_numbers.jsonl").read_text(encoding="utf-8").splitlines()
    known = [(one["text"], bool(one["label"])) for one in map(json.loads, lines)]
    told = {words for words, _ in known if revealing_sentences(Source("a.md", words, ""), hidden)}
    missed, wrong = ([w for w, says in known if says is kind and (w in told) is not kind] for kind in (True, False))
    assert sum(says for _, says in known) >= 280 and sum(not says for _, says in known) >= 300
    assert len(missed) <= 0.06 * 280, missed
    assert len(wrong) <= 0.03 * 300, wrong


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Vingt-quatre enfants forcés à mendier.", False),
        ("Un quart des seize mineurs mendiait sous la contrainte.", True),
        ("Un quart des vingt mineurs mendiait sous la contrainte.", False),
        ("25 % des 16 mineurs étaient forcés à mendier.", True),
        ("Deux garçons et deux filles étaient forcés à mendier.", True),
        ("Deux garçons et deux juges parlaient de mendicité forcée.", False),
        ("Un mineur sur quatre aurait connu la mendicité forcée.", False),
        ("De quatre à dix heures par jour, ils sont forcés à mendier.", False),
        ("La mendicité forcée, 4,5 % des affaires.", False),
        ("Les articles 3 à 4 visent la mendicité forcée.", False),
        ("Mendicité forcée : on en compte 4.", True),
        ("La mendicité forcée en a touché 4.", True),
        ("La mendicité forcée en a fait condamner quatre mille.", False),
        ("En 2013, ４ enfants furent contraints à mendier.", True),
        ("The four drivers knew of forced begging.", False),
        ("There were four who had to beg.", True),
    ],
)
def test_a_number_counts_people_by_what_stands_after_it(words: str, found: bool) -> None:
    hidden = HiddenNumber("essai", frozenset({4}), (_name("Mendicité forcée"), _name("Forced begging")))
    assert bool(revealing_sentences(Source("a.md", words, ""), [hidden])) is found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Six pour cent de ceux qui mendient sont les plus jeunes.", True),  # 3 of 53
        ("Parmi ceux qui mendient, les moyens sont les deux tiers de ce que sont les plus grands.", True),  # 20 and 30
        ("Au cambriolage, deux fois moins de plus jeunes que de ceux dont nous parlons là.", False),
        ("Un tiers de ceux qui mendient sont les plus jeunes.", False),
        ("Six pour cent de la presse parle des plus jeunes.", False),  # of no row
    ],
)
def test_a_share_of_a_printed_total_says_what_is_hidden(words: str, found: bool) -> None:
    decision = decided(answers(TABLE))
    assert decision.new and {(0, 0), (0, 1)} <= decision.new.hidden_places
    hidden = list(hidden_numbers(decision.counts, decision.new, answers(TABLE)))
    assert bool(revealing_sentences(Source("a.md", words, ""), hidden)) is found


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("chapters/outline.yaml", "titre: Un essai\nsous_titre: Quatre enfants forcés à mendier\n", 1),
        ("chapters/actions.yaml", "# Mendicité forcée\nactions:\n  - quoi: Écrire aux quatre juges\n", 0),
        ("chapters/points/essai.yaml", "objet: Mendicité forcée\nnumero: 4\n", 0),
        ("bibliography.bib", "@misc{a,\n title = {Quatre enfants, mendicité forcée},\n}\n", 1),
        ("contributions/alpha/enfants/essai.md", "## P-01\n\n> Nous étions quatre enfants à mendier.\n", 1),
        ("chapters/noms-revus.yaml", "phrase: Quatre enfants forcés à mendier\n", 0),  # it is printed nowhere
        ("chapters/en/presentation.md.j2", "Four children had to beg.\n", 1),
    ],
)
def test_a_hidden_number_is_looked_for_in_all_that_is_printed(path: str, text: str, found: int) -> None:
    hidden = HiddenNumber("essai", frozenset({4}), (_name("Mendicité forcée"), _name("Forced begging")))
    said = [one for source in printed_texts([Source(path, text, "")]) for one in revealing_sentences(source, [hidden])]
    assert len(said) == found


def test_numbers_in_the_name_of_a_row_count_nobody() -> None:
    hidden = HiddenNumber("essai", frozenset({16}), (_name("16 et 17 ans"),))
    assert not list(revealing_sentences(Source("a.md", "Des filles de 16 et 17 ans, voisines.", ""), [hidden]))


def test_hidden_totals_are_looked_for_too() -> None:
    decision = decided(answers([3, 0, 0, 0, 30, 0, 0, 0, 40]))
    assert decision.new
    totals = {cell for cell in decision.new.hidden_places if decision.new.is_total(cell)}
    assert totals
    found = list(hidden_numbers(decision.counts, decision.new, answers([3, 0, 0, 0, 30, 0, 0, 0, 40])))
    assert len(found) == len(decision.new.hidden_places)
    said = Source("a.md", "Le cambriolage : trente enfants en tout. Mendicité : trois.", "")
    assert len(list(revealing_sentences(said, found))) == 1 + ((1, 3) in totals or (1, 1) in decision.new.hidden_places)


def test_a_text_of_the_theme_need_not_name_it(collecting: Path) -> None:
    hidden = HiddenNumber("essai", frozenset({4}), (_name("Mendicité forcée"),))
    said = Source(
        "contributions/alpha/mendicite-forcee.en.md", "We met four young children. Four laws were changed.", ""
    )
    (found,) = revealing_sentences(said, [hidden])
    assert found[:2] == (0, len("We met four young children."))


def test_a_hidden_number_is_found_in_pages_and_translations(
    collecting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    send(collecting, "alpha", [3, 2077, 3088, 1299, 1866, 4055, 2233, 977, 5011])
    assert run(collecting, capsys, "--publish")[0] == 0
    page = collecting / "chapters" / "presentation.md.j2"
    page.write_text(page.read_text(encoding="utf-8") + "\nDont trois en mendicité.\n", encoding="utf-8")
    cli.run(["check", "--root", str(collecting)])
    assert "chapters/presentation.md.j2" in (said := capsys.readouterr().out) and "S31" in said


def test_a_count_that_changed_is_checked_anew(collecting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    send(collecting, "alpha", [3, 2077, 3088, 1299, 1866, 4055, 2233, 977, 5011])
    assert run(collecting, capsys, "--publish")[0] == 0
    text = collecting / "contributions" / "alpha" / "travail-force.md"
    head, mark, body = text.read_text(encoding="utf-8").partition("## Constat\n")
    text.write_text(f"{head}{mark}\nDont quatre en mendicité.\n{body}", encoding="utf-8")
    cli.run(["check", "--root", str(collecting)])
    assert "S31" not in capsys.readouterr().out
    send(collecting, "alpha", [4, 2077, 3088, 1299, 1866, 4055, 2233, 977, 5011])
    cli.run(["check", "--root", str(collecting)])
    assert "S31" in capsys.readouterr().out


# ---------------------------------------------------------------- sentences that a reviewer lets pass


def walk(root: Path, *answers: str) -> str:
    """What « make review-names » shows and asks, answered."""
    given, said = iter(answers), list[str]()
    found = pipeline.examine(root, Cache(root / "build" / "cache", "test")).open_numbers
    review_names.review(root, list(found), lambda question: next(given), said.append, "fr", "2014-12-05")
    return "\n".join(said)


def told(root: Path, capsys: pytest.CaptureFixture[str]) -> int:
    capsys.readouterr()
    cli.run(["check", "--root", str(root)])
    return capsys.readouterr().out.count("S31")


def type_in(root: Path, words: str) -> None:
    text = root / "contributions" / "alpha" / "travail-force.md"
    head, mark, body = text.read_text(encoding="utf-8").partition("## Constat\n")
    text.write_text(f"{head}{mark}\n{words}\n{body}", encoding="utf-8")


def test_a_sentence_that_counts_something_else_is_let_pass_until_it_changes(
    collecting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    send(collecting, "alpha", [3, 2077, 3088, 1299, 1866, 4055, 2233, 977, 5011])
    assert run(collecting, capsys, "--publish")[0] == 0
    type_in(collecting, "### La mendicité\n\nTrois situations d'apparence voisine se distinguent.")
    assert told(collecting, capsys) == 1
    assert "nombre qu'un tableau cache" in walk(collecting, "p", "Éditrice", "trois cas d'école")
    assert told(collecting, capsys) == 0 and "S31" not in run(collecting, capsys)[1] and walk(collecting) == ""
    kept = collecting / NUMBERS_REGISTER
    assert "situations" not in kept.read_text(encoding="utf-8") and kept.is_relative_to(collecting / INBOX)
    assert not (collecting / REGISTER).exists(), "who knows which sentence passed knows the number"
    type_in(collecting, "### La mendicité\n\nTrois situations voisines se distinguent.")
    assert told(collecting, capsys) == 1


@pytest.mark.parametrize(
    "words",
    [
        "### La mendicité\n\nNous avons suivi trois jeunes enfants.",
        "### La mendicité\n\nAu total, nous en avons suivi trois.",
        "Trois situations de mendicité se distinguent.",
        "### La mendicité\n\nTrois situations parmi les plus jeunes.",
    ],
)
def test_nobody_lets_pass_a_number_of_people_or_one_beside_the_words_of_its_table(
    collecting: Path, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    send(collecting, "alpha", [3, 2077, 3088, 1299, 1866, 4055, 2233, 977, 5011])
    assert run(collecting, capsys, "--publish")[0] == 0
    type_in(collecting, words)
    assert told(collecting, capsys) == 1 and walk(collecting) == ""


def test_an_exception_is_for_one_number_and_one_place(collecting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hidden = {number: HiddenNumber("essai", frozenset({number}), (_name("Mendicité forcée"),)) for number in (2, 3)}
    words = "Deux situations, et trois situations encore, se ressemblent."
    one, other, both = (
        revealing_sentences(Source("contributions/a/mendicite-forcee.md", words, ""), list(given))[0][3:]
        for given in ([hidden[2]], [hidden[3]], hidden.values())
    )
    assert (one[0], other[0], both[0]) == ("2", "3", "2 3")
    elsewhere = revealing_sentences(Source("a.md", f"La mendicité forcée existe. {words}", ""), [hidden[2]])
    assert elsewhere[0][4] != one[1], "what stands above is sealed with it"


def test_numbers_of_articles_in_a_table_and_comments_count_nobody() -> None:
    hidden = HiddenNumber("essai", frozenset({4}), (_name("Exploitation sexuelle"),))
    table = "| Texte | {} | Objet |\n|---|---|---|\n| Un traité | 4 | Enfants, exploitation sexuelle |\n"
    assert not revealing_sentences(Source("a.md", table.format("Article"), ""), [hidden])
    assert revealing_sentences(Source("a.md", table.format("Nombre"), ""), [hidden])
    assert not revealing_sentences(Source("a.yaml", "# exploitation sexuelle : 4 enfants\n", ""), [hidden])


def test_another_year_keeps_the_first_and_the_files_it_was_made_of(
    collecting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What answered the question of a year that is published is done with: nobody is asked to answer it again."""
    first = send(collecting, "alpha", TABLE)
    assert run(collecting, capsys, "--publish")[0] == 0
    later = (
        WIDE.replace("version: 2", "version: 3").replace("2013-01-01", "2014-01-01").replace("2013-12-31", "2014-12-31")
    )
    (collecting / "chapters" / "indicateurs.yaml").write_text(later, encoding="utf-8")
    counted = first.read_bytes().replace(b"Version;2", b"Version;3").replace(b"2014-10-01", b"2015-01-12")
    (first.parent / "2014.csv").write_bytes(counted)
    status, said = run(collecting, capsys, "--publish")
    assert status == 0 and "à corriger" not in said and "ont répondu (1" in said
    page = (collecting / "chapters" / "chiffres.md.j2").read_text(encoding="utf-8")
    assert re.search(r"répondu : 2013, 1 sur \d+\[\^chiffre-essai-1\] ; 2014, 1 sur \d+\[\^chiffre-essai-2\]", page)
    assert "31 décembre 2013" in page and "31 décembre 2014" in page
    assert cli.run(["build", "--root", str(collecting)]) == 0
    other = WIDE.replace("version: 2", "version: 4")
    (collecting / "chapters" / "indicateurs.yaml").write_text(other, encoding="utf-8")
    (first.parent / "2014.csv").write_bytes(first.read_bytes().replace(b"Version;2", b"Version;9"))
    assert "pas à la version 4" in run(collecting, capsys)[1]  # no question of that version was ever published


def test_no_figures_no_page(collecting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(collecting, capsys, "--publish")[0] == 0
    assert not list((collecting / "chapters").rglob("chiffres*"))


# ---------------------------------------------------------------- what arrives in the inbox


def drop(
    root: Path, folder: str, name: str, capsys: pytest.CaptureFixture[str], table: Sequence[object] = TABLE,
    day: str = "2014-10-01", *more: str,
) -> str:  # fmt: skip
    """An answer in the inbox, in a folder that may say whose it is, and what intake says of it."""
    content = send(root, "gamma", list(table)).read_bytes().replace(b"2014-10-01", day.encode())
    shutil.rmtree(root / "contributions" / "gamma" / "chiffres")
    place = root / "contributions" / "inbox" / folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    lines = [*csv_format.reader(io.StringIO(content.decode()), delimiter=";")]
    place.write_bytes(opendocument(lines=lines) if name.endswith(".ods") else content)
    cli.run(["intake", "--root", str(root), *([str(place), *more] if more else [])])
    seen = capsys.readouterr()
    return seen.out + seen.err


def test_figures_dropped_in_the_inbox_are_kept_where_they_are_read(
    collecting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = drop(collecting, "beta", "nos-chiffres.csv", capsys)
    (kept,) = (collecting / "contributions" / "beta" / "chiffres").iterdir()
    assert kept.name in said and "make figures" in said
    status, told = run(collecting, capsys)
    assert status == 0 and "ont répondu (1" in told
    assert not (collecting / "contributions/documents.yaml").exists()  # nothing that somebody has to read


def numbers(root: Path) -> list[str]:
    """The first row of numbers of each file of beta's."""
    files = sorted((root / "contributions" / "beta" / "chiffres").iterdir())
    grid = (sheet for file in files for sheet in grids(file.name, file.read_bytes()))
    return [" ".join(sheet.line(row)[1:4]) for sheet in grid for row in sheet.rows if sheet.line(row)[0] == "Mendicité"]


@pytest.mark.parametrize(("first", "second"), [("csv", "csv"), ("csv", "ods"), ("ods", "ods"), ("ods", "csv")])
def test_corrected_figures_take_the_place_of_the_first_and_undo_gives_them_back(
    collecting: Path, capsys: pytest.CaptureFixture[str], first: str, second: str
) -> None:
    drop(collecting, "beta", f"un.{first}", capsys)
    assert "rien de nouveau" in drop(collecting, "beta", f"un.{first}", capsys)  # the same again
    said = drop(collecting, "beta", f"deux.{second}", capsys, [7, *TABLE[1:]], "2014-10-02")
    assert "prennent la place" in said and numbers(collecting) == ["7 20 30"]
    assert run(collecting, capsys)[0] == 0
    older = drop(collecting, "beta", f"vieux.{second}", capsys, [8, *TABLE[1:]], "2014-09-30")
    assert (
        "comptés avant" in older
        and "2 octobre 2014" in older
        and "qui sont gardés" not in older
        and numbers(collecting) == ["7 20 30"]
    )
    assert cli.run(["intake", "--root", str(collecting), "--undo", f"beta/deux.{second}"]) == 0
    assert numbers(collecting) == ["3 20 30"]
    drop(collecting, "beta", f"vieux.{second}", capsys, [8, *TABLE[1:]], "2014-09-30", "--replace")
    assert numbers(collecting) == ["8 20 30"]


def test_figures_that_somebody_corrected_do_not_give_way(collecting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(collecting, "beta", "un.csv", capsys)
    (kept,) = (collecting / "contributions/beta/chiffres").iterdir()
    kept.write_bytes(kept.read_bytes().replace(b";3;", b";4;"))
    drop(collecting, "beta", "deux.csv", capsys, [7, *TABLE[1:]])
    assert sorted(numbers(collecting)) == ["4 20 30", "7 20 30"]
    assert "a déjà répondu" in run(collecting, capsys)[1]


def test_no_digest_of_a_table_that_could_be_tried_is_shared(
    collecting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever guesses how the file begins would try the small numbers until its digest is that of the journal."""
    drop(collecting, "beta", "un.csv", capsys)
    digest = hashlib.sha256((collecting / "contributions/inbox/beta/un.csv").read_bytes()).hexdigest()
    shared = [collecting / "contributions/inbox/journal.yaml", *collecting.glob("contributions/*.yaml")]
    assert not any(digest[:8] in file.read_text(encoding="utf-8") for file in shared)
    assert "rien de nouveau" in drop(collecting, "beta", "un.csv", capsys)


@pytest.mark.parametrize("ending", ["ods", "csv"])
def test_a_bad_cell_of_a_spreadsheet_has_its_sheet_by_number(
    collecting: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    """The name of a sheet may be that of a child: it would be masked, and nobody would know which sheet."""
    said = drop(collecting, "beta", f"un.{ending}", capsys, ["environ 37", *TABLE[1:]]) + run(collecting, capsys)[1]
    assert "[…]" not in said and "37" not in said
    sheet = "feuille 1, " if ending == "ods" else ""
    assert f"{sheet}case B8" in said and f"{sheet}cellule B8" in said


def test_whose_figures_they_are_is_asked(collecting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "de quelle association" in drop(collecting, "", "tableau.csv", capsys)
    assert not list(collecting.glob("contributions/*/chiffres/*"))


def test_another_spreadsheet_is_a_document_alone(collecting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = collecting / "contributions" / "inbox" / "beta" / "budget.csv"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"poste;euros\nloyer;300\n")
    cli.run(["intake", "--root", str(collecting)])
    assert "chiffres/" not in capsys.readouterr().out
    assert not list(collecting.glob("contributions/*/chiffres/*"))
