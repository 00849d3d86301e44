"""A hidden number that a text says by others: as what is left of a whole, as so many more, as a share or a multiple.

Of the boys of the table below, 3 came from Romania: that is hidden, with 24, 12 and 9; the sentences are invented.
"""

from __future__ import annotations

import pytest

from rapport.figures.prose import HiddenNumber, hidden_numbers, revealing_sentences
from rapport.figures.sentences import sentences_with_numbers
from rapport.model import Source
from test_figures_publication import WIDE, answers, decided

DIMENSIONS = """dimensions:
  - id: forme
    nom: Sexe
    nom_en: Sex
    valeurs:
      - {id: f, nom: Filles, nom_en: Girls}
      - {id: g, nom: Garçons, nom_en: Boys}
      - {id: i, nom: Non dit, nom_en: Unsaid}
  - id: age
    nom: Pays d'origine
    nom_en: Country of origin
    valeurs:
      - {id: f, nom: France, nom_en: France}
      - {id: r, nom: Roumanie, nom_en: Romania}
      - {id: b, nom: Bulgarie, nom_en: Bulgaria}
indicateurs:
"""
HEAD, _, REST = WIDE.partition("dimensions:")
BY_SEX = (
    HEAD
    + DIMENSIONS
    + REST.partition("indicateurs:\n")[2].replace("Mineurs | d'un essai", "Mineurs victimes de traite")
)
TABLE = [9, 24, 30, 12, 3, 20, 40, 0, 7]


def hidden() -> list[HiddenNumber]:
    decision = decided(answers(TABLE), text=BY_SEX)
    assert decision.new and decision.new.hidden_places == {(0, 0), (0, 1), (1, 0), (1, 1)}
    return list(hidden_numbers(decision.counts, decision.new, answers(TABLE)))


def is_told(text: str) -> bool:
    return bool(list(revealing_sentences(sentences_with_numbers(Source("a.md", text, "")), hidden())))


@pytest.mark.parametrize(
    "text",
    [
        "Parmi les 35 garçons, 32 venaient de France ou de Bulgarie.",
        "Trente-cinq garçons, dont trente-deux ne venaient pas de Roumanie.",
        "Nous avons suivi 32 garçons, hors Roumanie, et 35 en tout.",
        "Nous avons suivi 35 garçons. Trente-deux venaient d'ailleurs, les autres de Roumanie.",
        "Trente-deux garçons étaient d'ailleurs, le reste de Roumanie.",
        "Of the 35 boys, 32 were not from Romania.",
        "We met 35 boys; thirty-two of them were from elsewhere, the rest from Romania.",
        "Sur les vingt-sept, vingt-quatre étaient des filles.",
        "Vingt-quatre des vingt-sept enfants roumains étaient des filles.",
        "Les mineurs roumains étaient des filles, tous sauf trois.",
        "Les Roumains : des filles, à trois exceptions près.",
        "All but three of the Romanian children were girls.",
        "Chez les garçons, dix-sept de moins de Roumanie que de Bulgarie.",
        "Trente garçons, vingt-sept de plus que venus de Roumanie.",
        "Vingt garçons bulgares, dix-sept de plus que de Roumanie.",
        "Seventeen fewer boys from Romania than from Bulgaria.",
        "Un enfant roumain sur neuf était un garçon.",
        "Un Roumain sur neuf était un garçon.",
        "Un neuvième des enfants roumains étaient des garçons.",
        "One ninth of the Romanian children were boys.",
        "Les garçons étaient 11 % des enfants venus de Roumanie.",
        "Il y avait huit fois plus de filles que de garçons parmi les Roumains.",
        "## Roumanie\n\nUn neuvième étaient des garçons.",
        "Garçons venus de Roumanie : 35 − 32.",
        "Garçons venus de Roumanie : 35 - 12 - 20",
        "Garçons venus de Roumanie : 2+1",
        "Garçons venus de Roumanie : ③",
        "Le troisième garçon venu de Roumanie a été suivi en 2013.",
        "Deux garçons roumains et un troisième, plus jeune, ont été suivis.",
        "Deux garçons de Roumanie, puis un autre en décembre.",
        "Two boys from Romania, and then another.",
        "A trio of Romanian boys.",
        "Moins d'un garçon sur dix (trois) venait de Roumanie.",
        "Les garçons venus de Roumanie ont été entendus. Ils n'étaient que trois.",
        "The boys from Romania were heard. There were three.",
        "Les garçons venus de Roumanie ont été entendus[^1].\n\n[^2]: Non.\n[^1]: Ils étaient trois.",
        "Garçons venus de Roumanie :\n\n- suivis : 3",
        "Garçons venus de Roumanie :\n\n| Année | Nombre |\n|---|---|\n| 2013 | 3 |",
    ],
)
def test_what_others_tell_is_found(text: str) -> None:
    assert is_told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sur 27 pays, 24 ont ratifié la convention, dont la Roumanie.",
        "Parmi les 47 États membres, 44 ont signé, la Roumanie aussi.",
        "Sur les 27 membres du collectif, 24 ont répondu.",
        "Le Comité a posé 27 questions, dont 24 sur les filles.",
        "La Roumanie a 17 départements de moins que la Bulgarie.",
        "Dix-sept mois de plus que prévu ont été nécessaires aux garçons de Roumanie.",
        "Parmi d'autres lois sur les garçons, la Roumanie a changé la sienne en 2013 et en 2016.",
        "Un enfant roumain sur cinq vit dans la pauvreté.",
        "Trente pour cent des enfants de Roumanie vivent à la campagne.",
        "Neuf associations sur dix ont répondu.",
        "L'article 32 protège les garçons de Roumanie, les autres articles aussi.",
        "Roumanie : pour être protégée comme un enfant, une victime doit être reconnue.",
        "Le projet « traite des enfants 3.0 » suit des garçons en Roumanie.",
        "Les garçons de Roumanie ont un tuteur[^3].\n\n[^3]: Les garçons de Roumanie, surtout.",
        "Les garçons de Roumanie[^3].\n\n[^2]: Voir p. 3.\n[^3]: Rapport, 3 mars 2013.",
        "Le troisième protocole protège les garçons de Roumanie.",
        "Pour la troisième fois, les garçons de Roumanie sont cités.",
        "Les garçons de Roumanie ont un deuxième tuteur et un troisième.",
        "Les garçons de Roumanie sont trois fois plus exposés.",
        "Ils étaient trois juges, dit un garçon de Roumanie.",
        "Garçons de Roumanie :\n\n1. un accueil ;\n2. une école ;\n3. un tuteur.",
        "Garçons de Roumanie :\n\n- une aide de 3 mois ;\n- trois repas.",
        "Les garçons de Roumanie, en 2012-2013, de 12 - 15 ans.",
    ],
)
def test_what_counts_something_else_is_not(text: str) -> None:
    assert not is_told(text)


def test_a_number_before_a_colon_is_told_once_and_not_for_each_point_of_the_list() -> None:
    text = "Trois garçons de Roumanie :\n\n- l'un à Paris ;\n- un autre à Lyon."
    assert [at for at, *_ in revealing_sentences(sentences_with_numbers(Source("a.md", text, "")), hidden())] == [0]


def test_the_words_of_what_is_counted_tell_no_row_from_another() -> None:
    """« traite » stands in the title of the whole table: it does not name the row « victimes de traite seulement »."""
    text = BY_SEX.replace("nom: Garçons,", "nom: Hébergement des victimes de traite,")
    decision = decided(answers(TABLE), text=text)
    assert decision.new
    found = list(hidden_numbers(decision.counts, decision.new, answers(TABLE)))
    for words, told in (("La traite a touché trois enfants.", 0), ("Trois enfants sont en hébergement.", 1)):
        assert len(list(revealing_sentences(sentences_with_numbers(Source("a.md", words, "")), found))) == told
