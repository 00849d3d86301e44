"""Identifiers of every kind in every way of writing: numbers from outside libraries, sentences inside whole files."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import phonenumbers
import pytest
from stdnum import iban
from stdnum.fr import nir
from stdnum.luhn import checksum

from conftest import lay_stock
from rapport import pipeline
from rapport.examination.opening import open_cache
from rapport.safeguarding.scan import scan
from test_printed_words import NESTED
from tools import bench_names

SEPARATORS = (" ", ".", "-", "/", "_", ":", "–", " - ", ", ", " · ", "*", "\u00a0", "\u202f")
DRAW = random.Random(20141218)  # the same numbers at every run
ROWS = [json.loads(line) for line in bench_names.OWN.read_text(encoding="utf-8").splitlines()]
COUNTRIES = ("FR", "RO", "BG", "AL", "NG", "GN", "CI", "DZ", "MA", "VN", "IT", "BE", "GB")


def kinds(text: str) -> set[str]:
    return {finding.detail for finding in scan(text) if finding.kind == "identifier"}


def telephones() -> Iterator[str]:
    """Numbers that libphonenumber holds for possible, as people and as it writes them."""
    for first in "67":
        for _ in range(10):
            pairs = [f"0{first}", *(f"{DRAW.randrange(100):02}" for _ in range(4))]
            assert phonenumbers.is_possible_number(phonenumbers.parse("".join(pairs), "FR"))
            yield from (separator.join(pairs) for separator in ("", *SEPARATORS))
    for country in COUNTRIES:
        example = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
        assert example is not None
        for form in (phonenumbers.PhoneNumberFormat.INTERNATIONAL, phonenumbers.PhoneNumberFormat.E164):
            yield phonenumbers.format_number(example, form)


def test_telephones_with_any_separator() -> None:
    assert [
        number for number in telephones() if not kinds(f"Appelez le {number} ce soir.") & {"phone", "number", "nir"}
    ] == []


def test_numbers_of_social_security() -> None:
    missed = []
    for _ in range(60):
        born = f"{DRAW.choice('12')}{DRAW.randrange(100):02}{DRAW.randrange(1, 13):02}"
        body = f"{born}{DRAW.randrange(21, 96):02}{DRAW.randrange(1, 990):03}{DRAW.randrange(1, 999):03}"
        number = body + f"{97 - int(body) % 97:02}"
        assert nir.is_valid(number)
        missed += [form for form in (number, nir.format(number)) if not kinds(f"Elle porte le {form} ici.")]
    assert missed == []


def test_accounts() -> None:
    missed = []
    for _ in range(60):
        body = "".join(str(DRAW.randrange(10)) for _ in range(23))
        number = iban.calc_check_digits("FR00" + body)
        number = "FR" + number + body
        if iban.is_valid(number, check_country=False):
            missed += [form for form in (number, iban.format(number)) if not kinds(f"Le compte {form} est à lui.")]
    assert missed == []


def test_plates_with_any_separator() -> None:
    letters = "ABCDEFGHJKLMNPQRSTVWXYZ"
    missed = []
    for _ in range(60):
        pair, other = ("".join(DRAW.choices(letters, k=2)) for _ in range(2))
        number = f"{DRAW.randrange(1, 1000):03}"
        for separator in ("-", " ", "", ".", "·", "/"):
            for plate in (pair + separator + number + separator + other,):
                missed += [
                    form for form in (plate, plate.lower()) if "plate" not in kinds(f"Une voiture {form} attend.")
                ]
    assert missed == []


def test_an_oracle_of_luhn_is_no_name() -> None:
    assert checksum("79927398713") == 0
    assert kinds("Le SIREN 79927398713 est cité.")


@pytest.fixture(scope="module")
def examined(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], set[int]]:
    """The lines of a text put into a whole file where a rule of protection stops."""
    root = lay_stock(tmp_path_factory.mktemp("whole") / "projet")
    file = root / "contributions/beta/travail-force.md"
    stock = file.read_text(encoding="utf-8")
    first = stock[: stock.index("\n## Analyse")].count("\n") + 1

    def look(text: str) -> set[int]:
        file.write_text(stock.replace("\n## Analyse", f"\n{text}\n\n## Analyse", 1), encoding="utf-8")
        return {
            found.span.line - first
            for found in pipeline.examine(root, open_cache(root)).diagnostics
            if found.rule.code.startswith("C") and found.span.path == f"contributions/beta/{Path(file).name}"
        }

    return look


WHOLE = (
    "paragraph",
    "item",
    "quotation",
    "note",
    "cell",
    "caption",
    "heading",
    "definition",
    "bold",
    "item of an item",
)


@pytest.mark.parametrize("number", range(len(WHOLE)))
def test_a_third_of_the_sentences_inside_whole_files(number: int, examined: Callable[[str], set[int]]) -> None:
    """Every third sentence in one nesting or another: what is found of it alone is found there too."""
    form = NESTED[WHOLE[number]].replace("{{", "{").replace("}}", "}")
    rows = [row for row in ROWS[::3][number :: len(WHOLE)] if not set(row["text"]) & set("|[]*_#<>\\")]
    texts, places, line = list[str](), dict[str, tuple[int, int]](), 0
    for row in rows:
        text = form.replace("{text}", row["text"]).replace("n1", row["id"])
        places[row["id"]] = (line, line + text.count("\n"))
        texts.append(text)
        line += text.count("\n") + 4
    lines = examined("\n\n<!-- -->\n\n".join(texts))
    found = {name for name, (start, end) in places.items() if any(start <= at - 1 <= end for at in lines)}
    wanted = {row["id"] for row in rows if row["label"] == 1}
    assert len(wanted & found) >= 0.97 * len(wanted), wanted - found
    assert len(found - wanted) <= 0.15 * max(len(found), 1), found - wanted


@pytest.mark.parametrize(
    "text",
    [
        "The girl was born on 3 May 2001 in Lagos.", "She was born on May 3rd, 2001.", "born 03/05/2001",
        "Born in Lagos on the 3rd of May 2001, she speaks Edo.", "her date of birth is 3 May 2001", "DOB: 3.5.2001",
        "D.O.B. 2001-05-03", "Her birthday is on 12 Feb.", "She will turn eighteen on 3 February 2027.",
        "He turned sixteen on Sept 9, 2024.",
        "born 12th/04/2000", "née le 1er/IV/2000", "née le 1er-janv-2000", "née le 12-avril-2000", "née le 1ᵉʳ/04/2000",
        "née le 1 er avril 2000", "née en 04/2000", "Date de naissance : 04/2000", "naissance: avril 2000",
    ],
)  # fmt: skip
def test_a_birth_told_in_other_ways(text: str) -> None:
    assert "birth" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Convention was adopted on 20 November 1989.", "Children born in France may claim it at thirteen.",
        "Births are registered within 5 days.", "In turn, the Committee met on 14 May 2015.",
        "Les actes de naissance : 12 sur 20 manquent.", "Une loi du 1er/04/2000 est en vigueur depuis 06/2001.",
    ],
)  # fmt: skip
def test_a_day_that_is_no_birth(text: str) -> None:
    assert "birth" not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Notre association, née en mai 2009, accompagne les mineurs.", "Le réseau est né en juin 2011 à Paris.",
        "L'Observatoire, né en mai 2005, publie chaque année.", "The network was born in May 2009.",
        "L'association loi 1901 née le 12 mai 2001 est partenaire.",
    ],
)  # fmt: skip
def test_what_is_born_and_is_no_child(text: str) -> None:
    assert "birth" not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "L'association a reçu une enfant née en mai 2001.", "L'association suit une jeune femme née le 12 mai 2001.",
        "Le centre a reçu une enfant née en mai 2001.", "Une fille du réseau, née en mai 2001, s'est confiée.",
        "La fille que suit notre centre, née en mai 2001.", "The project helped a girl born in May 2001.",
        "L'association qui suit Awa, née le 12 mai 2001, alerte.",
    ],
)  # fmt: skip
def test_a_child_whom_an_association_knows_was_born(text: str) -> None:
    assert "birth" in kinds(text)


def test_an_english_month_is_no_first_name_where_it_dates_something() -> None:
    for text in ("It was founded in June 2011.", "In April 12, 2013, nothing was said.", "It met on 12 April."):
        assert not [one for one in scan(text) if one.text in ("June", "April")]
    for text in ("June, who is fifteen, was heard.", "We met April in Lyon.", "June 15 ans, a été entendue."):
        assert [one for one in scan(text) if one.text in ("June", "April")]
