"""The names of the Word styles, and which class of the document is printed in which.

Apart from `reference`, which gives each of them its look, because the look is drawn once (with python-docx,
slow to import) and the names are needed at every build.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

BODY = "Body Text"
LIST = "List Paragraph"
QUOTE = "Quote"
CODE = "Source Code"
RULE = "Filet"
TERM = "Definition Term"
DEFINITION = "Definition"
FIGURE = "Figure"
FIGURE_CAPTION = "Légende de figure"
TABLE_CAPTION = "Légende de tableau"
TABLE_HEAD = "En-tête de tableau"
TABLE_TEXT = "Texte de tableau"
ROW_HEAD = "Titre de ligne"
NARROW_ROW_HEAD = "Titre de ligne étroit"
NARROW_HEAD = "En-tête de tableau étroit"
NARROW_TEXT = "Texte de tableau étroit"
OUTER_LINK = "Hyperlink"
INNER_LINK = "Renvoi"
LABEL = "Étiquette"
FOOTNOTE = "footnote text"
NUMBERED = "Paragraphe numéroté"
RECOMMENDATION = "Recommandation"
RECOMMENDATION_MORE = "Recommandation (suite)"
LISTED = "Recommandation de la liste"
KEY = "Recommandation clé"
LAST_KEY = "Recommandation clé (dernière)"
NOTICE = "Encadré"
SUBHEADING = "Intertitre"
SUMMARY = "Résumé"

STYLE_OF_CLASS: Mapping[str, str] = {
    "paragraph": NUMBERED,
    "recommendation": RECOMMENDATION,
    "carried": "Recommandation (portée par)",
    "provenance": "Provenance",
    "summary": SUMMARY,
    "csl-entry": "Bibliography",
    "verbatim": DEFINITION,
    "voice-code": TERM,
    "voice-note": "Recommandation (portée par)",
    "notice": NOTICE,
    "notice-empty": "Encadré – sans contribution",
    "notice-refused": "Encadré – en attente",
    "notice-warning": "Encadré – avertissement",
    "notice-confidential": "Encadré – confidentiel",
    "notice-proposed": "Encadré – thème proposé",
    "cover-top": "Couverture – haut",
    "cover-edition": "Couverture – édition",
    "cover-committee": "Couverture – comité",
    "cover-title": "Title",
    "cover-rule": "Couverture – filet",
    "cover-subtitle": "Subtitle",
    "cover-answers": "Couverture – réponse",
    "cover-date": "Couverture – date",
    "cover-collective": "Couverture – collectif",
    "cover-members": "Couverture – membres",
    "cover-logos": "Couverture – logos",
    "cover-contact": "Couverture – contact",
    "cover-licence": "Couverture – licence",
}

LOCALES = {"fr": "fr-FR", "en": "en-GB"}
"""The languages as Word knows them."""

HEADER_MARK = "(en-tête)"
PAGE_MARK = "(page)"
OF_MARK = "(sur)"
"""What the reference document prints where a report has its own words; `docx_mends` replaces them."""


def style_id(name: str) -> str:
    """The identifier of a style: its name in ASCII letters and digits, each word with a capital."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "".join(word[:1].upper() + word[1:] for word in "".join(c if c.isalnum() else " " for c in plain).split())
