"""Children who have the name of a country, in French and in English; countries that do what states do; invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import lay_stock
from rapport import pipeline
from rapport.examination.opening import open_cache
from rapport.safeguarding.country_names import called_by_a_country
from rapport.safeguarding.world import make_world
from tools import bench_names

SOMEBODY = (
    "Depuis son arrivée, {} refuse de parler de cet homme.",
    "Personne n'a cherché {} pendant trois semaines.",
    "C'est {} qui a ouvert la porte aux policiers.",
    "Grâce à {}, deux autres filles ont été retrouvées.",
    "Les billets étaient remis chaque soir à la tante de {}.",
    "{} : « J'avais peur de lui. »",
)
A_STATE = (
    "La délégation de {} a répondu au Comité.",
    "Pays visités : {}, Tchad, Niger.",
    "Une fille venue de {} a été placée.",
    "Le dossier {} est suivi par le bureau de Dakar.",
    "Les rapports entre {} et Roumanie sont anciens.",
)
SOMEBODY_IN_ENGLISH = (
    "{} told the nurse that she had never been to school.",
    "We placed {} with a foster family in March.",
    "The teacher asked {} to stay after class because of her bruises.",
    "{} was sold to another gang.",
    "Her best friend, {}, disappeared first.",
    "Neither {} nor her sister was heard.",
)
A_STATE_IN_ENGLISH = (
    "{} told the Committee that the law was under review.",
    "The girl came from {} with her aunt.",
    "He left {} in 2013 with his uncle.",
    "{} and Malta signed the agreement in 2011.",
    "The Committee asked {} to raise the age of marriage.",
)


@pytest.mark.parametrize("country", ["Chine", "Kenya", "Somalie", "Jamaïque", "Norvège"])
def test_a_country_without_its_article_is_somebody(country: str) -> None:
    assert [words for words in SOMEBODY if not called_by_a_country(words.format(country))] == []
    assert [words for words in A_STATE if called_by_a_country(words.format(country))] == []


@pytest.mark.parametrize("country", ["China", "India", "Kenya", "Ireland", "Georgia", "Chad"])
def test_a_country_is_somebody_where_no_state_could_stand(country: str) -> None:
    known = make_world((), (), ())
    missed = [words for words in SOMEBODY_IN_ENGLISH if not bench_names.flagged(words.format(country), known)]
    vain = [words for words in A_STATE_IN_ENGLISH if called_by_a_country(words.format(country))]
    assert (missed, vain) == ([], [])


ENGLISH = (
    "Of the thirty-seven minors, most had been met before. The Convention was born in Geneva.\n\n"
    "Patience and trust are needed before any interview.\n\n"
)
IN_IT = "They beat hope with a cable, and Adaeze saw it.\n\n"


def test_a_contribution_in_english_is_read_as_english(tmp_path: Path) -> None:
    root = lay_stock(tmp_path / "projet")
    file = root / "contributions/beta/travail-force.md"
    stock = file.read_text(encoding="utf-8").replace("statut: valide", "statut: valide\nlangue: en", 1)

    def names(text: str) -> list[str]:
        file.write_text(stock.replace("## Analyse", f"{text}## Analyse", 1), encoding="utf-8")
        guarded = pipeline.examine(root, open_cache(root)).guarded
        return [found.text for found in guarded["contributions/beta/travail-force.md"].findings]

    quiet = names("")
    assert names(ENGLISH) == quiet
    assert {name for name in names(ENGLISH + IN_IT) if name not in quiet} == {"Adaeze", "hope"}
