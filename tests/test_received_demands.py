"""Recommendations of received files: addressees and articles found wherever they stand, what was decided listed."""

from __future__ import annotations

import pytest

from received_text import body, received
from word_files import docx, h, odt, p, photo, picture


def demands(*lines: str) -> str:
    """What the section of recommendations has of these paragraphs, in Word and in OpenDocument alike."""
    inside = "".join(f"<text:p>{line}</text:p>" for line in lines)
    written = body(received(odt(f'<text:h text:outline-level="1">Recommandations</text:h>{inside}'), "a.odt"))
    assert body(received(docx(h("Recommandations"), *map(p, lines)))) == written
    return written.removeprefix("## Recommandations").strip()


def test_a_leading_sentence_is_no_demand_and_says_to_whom() -> None:
    text = demands("Nous demandons à l’État :", "- de faire ceci ;", "- de faire cela.")
    assert text == (
        "### Nous demandons à l’État :\n\n- **À l’État** : de faire ceci ;\n- **À l’État** : de faire cela."
    )


@pytest.mark.parametrize("sentence", ["Nous recommandons :", "Il faudrait :"])
def test_a_leading_sentence_that_names_nobody(sentence: str) -> None:
    assert demands(sentence, "1) de faire ceci ;", "2) de faire cela.") == (
        f"### {sentence}\n\n- de faire ceci ;\n- de faire cela."
    )


@pytest.mark.parametrize(
    "marks",
    [
        ("1. ", "2. "),
        ("1) ", "2) "),
        ("a) ", "b) "),
        ("– ", "– "),
        ("R1 : ", "R2 : "),
        ("Recommandation n°1 : ", "Recommandation n° 2 – "),
    ],
)
def test_what_was_typed_before_a_demand_goes(marks: tuple[str, str]) -> None:
    lines = ("À l’État : agir.", "Au Parlement : voter.")
    text = demands(*(f"{mark}{line}" for mark, line in zip(marks, lines, strict=True)))
    assert text == "- **À l’État** : agir.\n- **Au Parlement** : voter."


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("À l’État : agir vite (CIDE 39).", "- **À l’État** (CIDE 39) : agir vite."),
        ("À l’État : agir (articles 3 et 12 CIDE) ;", "- **À l’État** (articles 3 et 12 CIDE) : agir ;"),
        ("À l’État (CIDE 39) : agir.", "- **À l’État** (CIDE 39) : agir."),
        ("À l’État : agir (avant 2015).", "- **À l’État** : agir (avant 2015)."),
        ("Agir vite (CIDE 39).", "- Agir vite (CIDE 39)."),
    ],
)  # fmt: skip
def test_articles_stand_behind_the_addressee(typed: str, wanted: str) -> None:
    assert demands(typed) == wanted


def test_what_was_decided_is_listed() -> None:
    result = received(docx(h("Recommandations"), p("Nous demandons au Gouvernement :"), p("- agir (CIDE 3).")))
    said = [(one.name, one.facts) for one in result.contribution.decisions if one.name.startswith("demand")]
    assert said == [
        ("demand-intro", {"text": "Nous demandons au Gouvernement :"}),
        ("demand-to", {"text": "agir (CIDE 3).", "to": "Au Gouvernement"}),
        ("demand-articles", {"text": "Au Gouvernement : agir (CIDE 3).", "articles": "CIDE 3"}),
    ]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("À l’attention du ministère de la Justice", "Au ministère de la Justice"),
        ("À l’attention des départements :", "Aux départements"),
        ("À destination de l’État", "À l’État"),
        ("À l’intention de la police :", "À la police"),
        ("Aux départements", "Aux départements"),
    ],
)
def test_a_line_that_says_to_whom_speaks_for_the_demands_below(typed: str, wanted: str) -> None:
    for line in (h(typed, 2), p(typed)):
        result = received(docx(h("Constat"), p("Les faits."), h("Recommandations"), line, p("- agir."), p("- voter.")))
        assert body(result).endswith(f"\n- **{wanted}** : agir.\n- **{wanted}** : voter.")
        assert [one.facts["to"] for one in result.contribution.decisions if one.name == "demand-to"] == [wanted]


def test_a_number_of_two_levels_before_a_demand_goes() -> None:
    assert demands("3.1. Au Parlement : voter.", "3.2. À l’État : agir.") == (
        "- **Au Parlement** : voter.\n- **À l’État** : agir."
    )


def test_a_picture_below_a_demand_is_part_of_it() -> None:
    shown = p(inside=picture("i", "Un schéma"))
    parts, relations = {"word/media/i.jpg": photo()}, {"i": ("image", "media/i.jpg", False)}
    blocks = (h("Recommandations"), p("Au ministère : agir."), shown)
    made = body(received(docx(h("Constat"), p("Les faits."), *blocks, parts=parts, relations=relations)))
    assert made.count("\n- ") == 1 and "agir.\n\n  ![" in made


LEAD = "C’est pourquoi nous demandons à l’État :"


def test_the_demands_that_end_a_text_without_that_section_are_put_under_it() -> None:
    result = received(
        docx(p("Madame,"), p("Les faits."), p(LEAD), p("- d’agir ;"), p("- de voter."), p("Veuillez agréer nos vœux."))
    )
    assert body(result) == (
        f"## Constat\n\nLes faits.\n\n## Recommandations\n\n### {LEAD}\n\n"
        "- **À l’État** : d’agir ;\n- **À l’État** : de voter."
    )
    (told,) = [one.facts for one in result.contribution.decisions if one.name == "demands-found"]
    assert told == {"text": LEAD, "from": "Constat", "section": "Recommandations"}
    assert "Recommandations" not in [one.facts.get("section") for one in result.contribution.questions]


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        ((LEAD, "- d’agir ;", "- de voter.", "Rien n’est fait."), [LEAD]),
        (("Nous demandons aux enfants :", "- leur nom ;", "- leur âge."), []),
        (("Nous demandons souvent aux enfants :", "- leur nom ;", "- leur âge."), []),
        (("Nous voyons :", "- des caves ;", "- des squats."), []),
        (("Nous avons déjà demandé à l’État :", "- ses chiffres ;", "- ses listes."), []),
        (("Notre association avait demandé au préfet :", "- ses chiffres ;", "- ses listes."), []),
    ],
)
def test_other_lists_stay_where_they_are(lines: tuple[str, ...], asked: list[str]) -> None:
    result = received(docx(p("Les faits."), *map(p, lines)))
    assert "## Recommandations" not in body(result)
    assert [one.facts["text"] for one in result.contribution.questions if one.name == "demands-within"] == asked
