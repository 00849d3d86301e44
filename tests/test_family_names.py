"""Beside a first name that is masked the family's goes too, in every order and writing, and in the names of files."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from rapport.safeguarding.guard import Guarded
from rapport.safeguarding.outgoing import Outgoing, open_door
from rapport.safeguarding.scan import Finding
from rapport.safeguarding.world import make_world
from word_files import docx, h, p

FIRST = ("Kadiatou", "Mariama", "Soleil")
FAMILIES = (
    "Diallo Petit Marchand Boulanger Ndiaye Traoré N'Diaye Ba Roux Fontaine Sow Martin Blanc Popescu-Ionescu".split()
)
FAMILIES += ["Dos Santos", "El Amrani", "Da Silva", "van den Berg", "de La Tour", "d'Almeida", "Keita Sangaré"]
ORDERS = (
    "{f} {s} dort ici.", "{s} {f} dort ici.", "{S} {f} a été entendue.", "On écoute {f} {S}.", "{F} {S}", "{S}, {f}",
    "Dossier de {f} {s}", "{f}, {s}, a fui.", "M. {s} ({f}) attend.", "{f} ({s})", "entretien avec {s} {f}, le soir",
    "*{f}* **{s}** dort.", "{f}\u00a0{s} parle.", "{f}\n{s} parle.", "{f} née {s} parle.", "{f} épouse {s} dort.",
    "{f} Awa {s} dort.",
)  # fmt: skip
PARTICLES = "de la du le el da dos van den d".split()


def a_door() -> Outgoing:
    """A door that has met « Soleil », a word of the dictionary, as somebody's name."""
    found = Finding("name", "Soleil", 0, 6, "Soleil", parts=((0, 6),))
    return open_door(make_world(["Association Alpha"], (), ()), {"texte.md": Guarded((found,))})


@pytest.mark.parametrize("order", ORDERS)
def test_the_family_goes_with_the_first_name(order: str) -> None:
    door, said = a_door(), dict[str, str]()
    for first in FIRST:
        for family in FAMILIES:
            typed = order.format(f=first, s=family, F=first.upper(), S=family.upper())
            told = set(re.findall(r"\w+", door.words(typed).lower())) & set(re.findall(r"\w+", family.lower()))
            if told - set(PARTICLES):
                said[typed] = door.words(typed)
    assert not said


@pytest.mark.parametrize(
    "kept",
    [
        "Hier {} a fui.", "Témoignage de {}", "Madame {} dort.", "Affaire {} : la suite.", "{} (ASE) dort.",
        "{} (Mali) dort.", "Depuis Paris, {} appelle.", "Après la Convention, {} dort.", "Heureusement {} crie.",
        "{} parle. Elle crie.",
    ],
)  # fmt: skip
def test_the_other_words_beside_it_stay(kept: str) -> None:
    assert a_door().words(kept.format("Kadiatou")) == kept.format("[…]")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("temoignage-kadiatou-boulanger.docx", "temoignage-[…].docx"),
        ("Entretien_Kadiatou_Petit.docx", "Entretien_[…].docx"),
        ("BOULANGER Kadiatou.docx", "[…].docx"),
        ("boulanger_kadiatou_v2.odt", "[…]_v2.odt"),
        ("temoignage-de-kadiatou-relu.docx", "temoignage-de-[…]-relu.docx"),
        ("Kadiatou D'Almeida.docx", "[…].docx"),
        ("Petit, Kadiatou.docx", "[…].docx"),
        ("entretien kadiatou de la tour 2013.docx", "entretien […] 2013.docx"),
        ("CR réunion 12 mars.docx", "CR réunion 12 mars.docx"),
        ("PV_AG_2014.odt", "PV_AG_2014.odt"),
        ("IMG_20140612.jpg", "IMG_20140612.jpg"),
        ("CR audition Kadiatou.docx", "CR audition […].docx"),
        ("audition KD 2014.docx", "audition […] 2014.docx"),
    ],
)
def test_the_family_goes_from_the_name_of_a_file(name: str, shown: str) -> None:
    assert a_door().file_name(name) == shown


@pytest.mark.parametrize("name", ["Soleil Petit", "Petit Soleil", "SOLEIL MARCHAND", "Soleil de La Tour"])
def test_who_signs_with_a_name_of_the_texts_shows_no_family(name: str) -> None:
    assert a_door().person(name) == "[…]"
    assert a_door().person("Anne Marchand") == "Anne Marchand"


def test_the_family_goes_from_a_file_that_is_given_back() -> None:
    given = docx(h("Soleil Boulanger"), p("Le soir Boulanger Kadiatou dort."), p("On a revu MARCHAND, Kadiatou."))
    with zipfile.ZipFile(io.BytesIO(a_door().content("texte.docx", given))) as package:
        told = [name for name in package.namelist() if re.search(rb"(?i)boulanger|marchand", package.read(name))]
    assert not told
