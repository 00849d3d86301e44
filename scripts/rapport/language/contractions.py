"""Titles within sentences: « au cinquième rapport », « aux cinquième et sixième rapports », capitals at their start."""

from __future__ import annotations

import re

PLURAL = re.compile(
    r"(?:rapports|réponses|observations|recommandations|conclusions|points|informations|renseignements)\b"
)
SINGULAR = re.compile(
    r"(?:rapport|réponse|observation|recommandation|liste|communication|questionnaire|plan|document)\b"
)
FEMININE = ("réponse", "observation", "liste", "communication")
ARTICLES = {"le": "au", "la": "à la", "les": "aux"}


def with_au(noun_phrase: str) -> str:
    """A title within a sentence, after « à »: « Cinquième rapport… » → « au cinquième rapport… ».

    Its first noun among those that name such documents says number and gender; without one it is masculine singular.
    """
    first, _, rest = noun_phrase.partition(" ")
    if first.lower() in ARTICLES:
        return f"{ARTICLES[first.lower()]} {rest}"
    if elided := re.match(r"[Ll]['’]", noun_phrase):
        return f"à l’{noun_phrase[elided.end() :]}"
    phrase = noun_phrase[:1].lower() + noun_phrase[1:]
    plural, one = PLURAL.search(phrase), SINGULAR.search(phrase)
    if plural and not (one and one.start() < plural.start()):
        return f"aux {phrase}"
    if one and one[0].startswith(FEMININE):
        return f"à l’{phrase}" if phrase[:1] in "aeiouéh" else f"à la {phrase}"
    return f"au {phrase}"


def with_du(title: str) -> str:
    """The name of a treaty after « de », with its capital: « de la Convention… », « du Pacte… »."""
    return f"{'du' if title.lower().startswith(('pacte', 'protocole', 'traité', 'statut')) else 'de la'} {title}"


WITHIN_SENTENCES = {
    "lower_first": lambda text: text[:1].lower() + text[1:],
    "upper_first": lambda text: text[:1].upper() + text[1:],
    "au": with_au,
    "du": with_du,
}
"""What templates may do to a title or a name, by the name of the filter."""
