"""What is typed by hand, in the ways that people type it, is told; what only looks like it is not."""

from __future__ import annotations

import pytest

from rapport.language import typed_marks
from rapport.markdown.straight_quotes import unclosed_quotes
from rapport.model import Span

BULLETS = ("•", "o", "→", "►", "✓", "☐", "☞", "§", "~", "➣", "1-", "1°", "1°)", "1/", "–", "—")
GLUED = ("-", "*", "+", "1)", "1.")
TABLES = (
    "Année | Nombre\n2013 | 12\n2014 | 15", "|Année|Nombre|\n|2013|12|", "Année\tNombre\n2013\t12",
    "Année    Nombre\n2013     12", "Année ; Nombre\n2013 ; 12\n2014 ; 15", "Année ¦ Nombre\n2013 ¦ 12",
    "Année || Nombre\n2013 || 12", "Année Nombre\n2013 12\n2014 15", "Année,Nombre\n2013,12\n2014,15",
    "Lieu : nombre\nParis : 12\nLyon : 15", "2012 - 12\n2013 - 15\n2014 - 16",
    "2013 \\| 12\n\n2014 \\| 15", "2013 ; 12\n\n2014 ; 15", "| Année | Nombre |\n| 2013 | 12 |\n|---|---|",
)  # fmt: skip
WORKING = (
    "{++ajouté++}", "{--ôté--}", "{>>un mot<<}", "{~~vieux~>neuf~~}", "[à compléter]", "[compléter]", "???", "XXX",
    "TODO", "(source ?)", "(source?)", "[source ?]", "(réf. manquante)", "(référence à ajouter)", "(vérifier)",
    "(vérifier la source)", "(à vérifier avec nous, svp)", "(à compléter par le bureau)", "NB : à revoir avec nous",
    "Un fait … à compléter.", "[…à compléter…]", "XX enfants", "[citation needed]", "(check this)", "[TBC]",
    "@@@ à finir", "*** à reprendre ***", "[?]", "(date à préciser)",
    "[Commentaire : est-ce sûr ?]", "/!\\ à confirmer",
    "Un fait ### ici", "/* supprimer ce passage */", "source : ?", "[insérer le graphique ici]",
    "Note à Marie : un mot", "En 20XX.", "En 201?", "[NDLR : un mot]", "[brouillon]", "[voir avec Paul]", "[réf.]",
    "[à voir avec nous]", "(à voir)", "todo: relire", "[insert figure here]", "[need source]",
)  # fmt: skip
BY_PLACE = (
    "Un fait (voir supra).", "Comme dit infra.", "Un fait, cf. ci-dessus.", "Un fait, voir ci-dessous.",
    "Un fait, comme indiqué plus haut.", "See above.", "Voir la note précédente.", "À la page précédente.",
    "[^a]: Ibid., p. 4.", "[^a]: ibidem.",
    "[^a]: Martin, op. cit., p. 3.", "[^a]: Martin, loc. cit.", "[^a]: Id., p. 5.",
    "[^a]: Même source.", "[^a]: Même auteur, p. 12.",
    "[^a]: Martin, ouvr. cité, p. 3.", "[^a]: Rapport précité, p. 3.",
    "- Id., p. 12.", "[^a]: GRETA, précité, p. 3.", "[^a]: Ib., p. 4.", "Un fait, comme nous l'avons vu plus haut.",
    "Loc cit, p 12.", "[^a]: *ID.*, p. 3.", "Idem, p. 12.", "Un fait. Idem, par. 4.",
)  # fmt: skip
NUMBERS = (
    "Le tableau 1 montre cela.", "Voir la note 3.", "Voir page 12.", "See table 2.", "As shown in Figure 3 below.",
    "See note 4 above.", "See page 7.", "Voir le point 3.2.", "Voir annexe 2.", "Voir la partie II.", "Cf. R12.",
    "Cf. recommandation 12.", "Voir le paragraphe 45.", "Voir recommandation R4.",
    "(note de bas de page n° 3)", "Fig. 2 : un dessin.",
    "Tab. 3 : un compte.", "Le graphique n°4.", "Voir tableau I.", "Le tableau A montre cela.", "Cf. p. 34-36.",
    "Voir chapitre 4 du présent rapport.", "Voir section 2.1.", "Les tableaux 1 et 2 montrent cela.", "See Part II.",
)  # fmt: skip
HARMLESS = (
    "::: confidentiel\n| A | B |\n|---|---|\n| c | d |\n:::",
    "La page 12 de ce qu'en dit [@rapport, p. 12].", "La loi a changé en 2013. Elle protège.",
    "Voir <https://exemple.test/TODO/liste>.", "Voir [la page](https://exemple.test/TODO?x=XXX).",
    "Le tableau 3 du rapport de l'État le dit.", "La note 12 sur 20 de l'élève.", "L'article 12 [@rapport, p. 3].",
    "L'observation générale n° 12, par. 34, le dit.", "Le XXe siècle.", "Les infra-structures et l'infrarouge.",
    "L'opération Citroën.", "Il est à préciser que la loi existe.", "Reste à faire : tout.", "Un texte | une barre.",
    "Il mange o combien peu.", "o combien de fois", "La décision A → B est prise.", "1° de l'article 3 : il décide.",
    "12/15 ans\n16/17 ans", "Voir l'annexe 2 [@rapport] pour le détail.", "Voir la section 2 de la loi.",
    "Voir les points I et II de la décision.", "Voir le chapitre 4 du rapport annuel.", "*Un mot* et\n*un autre* mot.",
    "Ils ont à revoir la loi : à compter de 2014.", "Note aux lecteurs : ceci est inventé.", "(à adopter d'ici 2016)",
    "(vérifier l'âge, nommer un tuteur)", "La note interne du ministère dit : non.", "La page suivante du journal.",
    "Cela (qui n'a rien à voir) le dit.", "« He [needs] help. »", "Qui vient en 2014? Eux.", "- Idem pour les filles.",
    "Un texte qui dit en 2013\nque la loi du 5 août 2013\nprotège les enfants.", "Il est né\nen 2013",
    "L'article 3 précité.", "Voir plus grand.", "Un texte   avec des   espaces.", "Nom ; prénom :\ntrois ; deux.",
    "Voir point par point.", "(source : INSEE, 2013)", "« Je sais pas, heu… à revoir. »", "The table I made.",
    "| Année | Nombre |\n|---|---|\n| 2013   | 12     |\n| 2014   | 15     |", 
    "Année    Nombre\n-----    ------\n2013     12",
    "[un lien](https://exemple.test/a)  [un autre](https://exemple.test/b)\n[encore](https://exemple.test/a) et b",
    "- un point\n– au milieu – de sa phrase", "Il en est idem, pour tous.",
    "Un mot[^renvoi2] suivi.\n\n[^renvoi2]: La note.",
    "Le code `''x''` reste.", "Le titre „Kinder“.", "Le 1er mai 2013) non.", "Il vit au 12 / rue",
)  # fmt: skip


def kinds(text: str) -> set[str]:
    """The kinds of what is found in a text."""
    found = typed_marks.finds(text, lambda start, end: Span("texte.md", 1, start + 1, end - start))
    return {find.kind for find in found} | {"unclosed-quote" for _ in unclosed_quotes(text)}


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("bullet", [f"{sign} un point ;\n{sign.replace('1', '2')} un autre." for sign in BULLETS]),
        ("bullet", [f"Il faut :\n{sign}aider ;\n{sign.replace('1', '2')}nommer." for sign in GLUED]),
        ("bullet", ["- un point\n– un autre", "1. un point\n– un autre\n– un troisième", "- un point\n  – un autre"]),
        ("typed-table", TABLES),
        ("working-mark", WORKING),
        ("ibid", BY_PLACE),
        ("typed-number", NUMBERS),
        ("unclosed-quote", ["Il dit ''oui'' ici.", "Il dit ``oui'' ici.", "Il dit ”oui” ici.", "Il dit „oui” ici."]),
    ],
    ids=str,
)
def test_each_way_of_typing_it_is_told(kind: str, texts: list[str]) -> None:
    assert [text for text in texts if kind not in kinds(text)] == []


def test_what_looks_like_it_is_not() -> None:
    assert {text: kinds(text) for text in HARMLESS if kinds(text)} == {}
