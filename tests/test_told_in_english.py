"""What leads to a child is found where English tells it, and in the neighbours of what was missed in French."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import lay_stock
from rapport import pipeline
from rapport.examination.opening import open_cache
from rapport.safeguarding.english import unreviewed_in_french
from rapport.safeguarding.guard import Guarded
from rapport.safeguarding.scan import Finding, scan
from rapport.safeguarding.world import make_world

FOUND = (
    "She lives at 12 Mill Road, Vire, with her grandmother.",
    "He was born in May 2001 and nobody looked for a guardian.",
    "Aged fifteen, he was arrested near Flers station.",
    "K. D. was heard without a lawyer.",
    "The child, nine, is housed at the Hotel du Lac with her mother.",
    "Faith said she was afraid of the night staff.",
    "A twelve-year-old boy from Tinchebray walked to school alone.",
    "His Instagram is malik.rides14.",
    "Born on the 3rd of April 2010, the girl has no papers.",
    "Mariam, a pupil in year 6, asks for a quiet room.",
    "You can phone the boy: 07 12 34 56 78.",
    "Write to her at flat 7B, 45 Station Street, Caen.",
    "His mother, Aïssata, signed nothing.",
    "Email: kadi (at) exemple (dot) org, says the girl.",
    "He will be eighteen on 4 March and sleeps in Granville.",
    "They live in flat 12, Bosquets House.",
    "His home is 4 Church Lane, Flers.",
    "The girl, aged twelve, sleeps at the station in Vire.",
    "The mother of K. wrote to us.",
    "Her number is zero six, twelve, thirty-four, fifty-six, seventy-eight.",
)
LEFT = (
    "Children aged fifteen live far from any school.",
    "A 15-year-old law still governs placements.",
    "In May 2001 the law on secularism was debated.",
    "One child in fifteen lives in poverty in Paris.",
    "Flat rates penalise large families.",
    "The estate of childhood policy is poor.",
    "Children born in 2001 came of age in 2019.",
    "Station houses are not a place for children.",
    "Article 12, paragraph 2, gives the child the right to be heard.",
    "A group of 12-year-olds from several regions wrote the chapter.",
    "The U.S. and the U.K. were reviewed in 2023.",
    "CRC/C/FRA/CO/5, paragraph 12, said the same.",
    "Seventeen départements, from Ain to Var, answered.",
    "The children aged twelve to fifteen live in care.",
    "Room 12 of the court hears minors.",
    "In 2016 two hundred and fifty children, forty boys and ten girls, were heard.",
    "He was born in a family of ten.",
    "Born in 1989, the Convention has aged.",
    "She is one of the authors of the study.",
    "The Paris Court said that he is one in ten.",
    "Of every child of school age in Caen, one is absent.",
    "The U.N. has said so.",
    "The Convention, born in November 1989, has aged.",
)
FOUND_IN_FRENCH = (
    "Accompagnée, Précieux a dit qu'elle reviendrait.",
    "Sa sœur, marguerite, lui écrivait chaque semaine.",
    "La mère de l'enfant vit au bâtiment C, cité des Bosquets.",
    "Elle vit tour Mistral, au huitième étage.",
    "Logés cage trois, ils ont la porte B, au fond.",
    "Le garçon est né en mai 2009, dit sa tante.",
    "Il vit entrée C, résidence des Pins.",
)
LEFT_IN_FRENCH = (
    "Interrogée, la police n'a pas répondu.",
    "Le hall 3 du parc des expositions accueille le salon.",
    "La porte 2 de la préfecture reste close.",
    "L'escalier B de l'école est interdit.",
    "Le bâtiment C du tribunal sera rénové en 2025.",
    "Interrogé, Paris a répondu que rien ne changerait.",
    "Née en novembre 1989, la Convention a été ratifiée en 1990.",
)


def findings(text: str, english: bool) -> list[Finding]:
    """What is open in a text of which nothing was reviewed, and of which there is no French."""
    known = make_world((), (), ())
    open_ = tuple(finding for finding in scan(text) if not known.knows(finding))
    return list(unreviewed_in_french(Guarded(open_, ()), "").findings if english else open_)


@pytest.mark.parametrize("text", FOUND)
def test_english_that_leads_to_a_child(text: str) -> None:
    assert findings(text, english=True)


@pytest.mark.parametrize("text", LEFT)
def test_english_that_leads_to_nobody(text: str) -> None:
    assert findings(text, english=True) == []


@pytest.mark.parametrize("text", FOUND_IN_FRENCH)
def test_french_that_leads_to_a_child(text: str) -> None:
    assert findings(text, english=False)


@pytest.mark.parametrize("text", LEFT_IN_FRENCH)
def test_french_that_leads_to_nobody(text: str) -> None:
    assert findings(text, english=False) == []


def test_english_in_a_french_text_is_told_by_its_line(tmp_path: Path) -> None:
    root = lay_stock(tmp_path / "projet")
    text = root / "contributions/beta/travail-force.md"
    words = text.read_text(encoding="utf-8")
    text.write_text(words.replace("Un autre constat inventé.", "A 15-year-old girl lives in Vire."), encoding="utf-8")
    examined = pipeline.examine(root, open_cache(tmp_path))
    found = [(d.rule.code, d.span.line) for d in examined.diagnostics if d.span.path.endswith("beta/travail-force.md")]
    assert ("C04", 11) in found


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Grace periods are granted for thirty days.", False),
        ("Gift cards are used to recruit children.", False),
        ("Mercy is not a policy.", False),
        ("Joy was beaten.", True),
        ("Precious never saw her mother again.", True),
        ("Mercy is not a girl who complains.", True),
        ("Mercy travelled alone.", True),
        ("Blessing's aunt kept the money.", True),
    ],
)
def test_a_word_that_opens_a_sentence_is_a_name_where_it_acts(text: str, named: bool) -> None:
    found = Guarded(tuple(finding for finding in scan(text) if finding.kind == "name"))
    assert bool(unreviewed_in_french(found, "").findings) == named
