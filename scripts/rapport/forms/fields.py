"""What a form asks, by name: the rows of its first table and the columns of the others.

The words that stand for a name are in messages/forms_*.py; what is filled in is read back by the same names.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from rapport.language.folding import fold_words
from rapport.messages import LANGUAGES, form, form_words

TAG = "rapport_"  # content controls of ours: rapport_titre
BOOKMARK = "sec_"  # bookmarks of ours: sec_constat; « - » is not a sign that Word allows there
TICKED, UNTICKED = "☒", "☐"


class FormField(Struct, frozen=True):
    """One thing asked: its kind is text, dropdown, date or checkbox; `choices` are the values that the header wants."""

    name: str
    kind: str = "text"
    choices: tuple[str, ...] = ()


YES_NO = ("oui", "non")
AUDIENCES = ("publique", "confidentielle")

FIELDS = (
    FormField("association", "dropdown"),
    FormField("theme", "dropdown"),
    FormField("theme_propose"),
    FormField("titre"),
    FormField("auteurs"),
    FormField("date", "date"),
    FormField("langue", "dropdown", ("fr", "en")),
    FormField("diffusion", "dropdown", AUDIENCES),
    FormField("articles"),
    FormField("repond"),
    FormField("pseudonymes"),
    FormField("accord", "checkbox"),
    FormField("anonymat", "checkbox"),
)
# Rows that forms had once: read, told, and put nowhere.
FORMER = (FormField("statut", "dropdown", ("ebauche", "relu", "valide")),)

# By the nature of a section of the outline: the table that stands under it.
COLUMNS: Mapping[str, tuple[FormField, ...]] = {
    "recommandations": (
        FormField("demande"),
        FormField("destinataire"),
        FormField("articles"),
        FormField("cle", "checkbox"),
        FormField("portee", "dropdown", AUDIENCES),
    ),
    "temoignages": (
        FormField("reference"),
        FormField("enfant", "dropdown", YES_NO),
        FormField("representant", "dropdown", ("representant legal", "administrateur ad hoc")),
        FormField("date", "date"),
        FormField("portee", "dropdown", AUDIENCES),
        FormField("procedure_en_cours", "dropdown", YES_NO),
        FormField("signe_par"),
        FormField("signe_le", "date"),
    ),
    "sources": (FormField("auteur"), FormField("titre"), FormField("date"), FormField("adresse")),
}


def label(field: str, language: str) -> str:
    """The words at the head of a row."""
    return form(f"label-{field}", language)


def column(kind: str, field: str, language: str) -> str:
    """The words at the head of a column."""
    return form(f"column-{kind}-{field}", language)


def choice(value: str, language: str) -> str:
    """The words for a value of the header in a list to choose from."""
    return form(f"choice-{value}", language)


def labels() -> dict[str, str]:
    """What a row may be called, made comparable, in every language → the name of the field."""
    asked = (*FIELDS, *FORMER)
    return {fold_words(label(field.name, language)): field.name for language in LANGUAGES for field in asked}


def columns(kind: str) -> dict[str, str]:
    """What a column of this table may be called, made comparable, in every language → the name of the field."""
    return {
        fold_words(column(kind, field.name, language)): field.name for language in LANGUAGES for field in COLUMNS[kind]
    }


def choices(field: FormField) -> dict[str, str]:
    """What may be chosen, made comparable, in every language → the value that the header wants."""
    words = {fold_words(choice(value, language)): value for language in LANGUAGES for value in field.choices}
    return words | {fold_words(value): value for value in field.choices}


def section_prompts(language: str) -> dict[str, str]:
    """The prompts under the headings: the id of a section, or the nature of one → the words."""
    return {name.removeprefix("ask-"): words for name, words in form_words(language).items() if name.startswith("ask-")}


def bookmark(section: str) -> str:
    """The bookmark on the heading of a section; Word allows no hyphen in it."""
    return BOOKMARK + section.replace("-", "_")
