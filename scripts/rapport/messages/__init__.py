"""Every sentence that a person reads, one catalogue per language; a test holds them complete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol

from rapport.language.months import MONTHS

LANGUAGES = ("fr", "en")


class RuleText(NamedTuple):
    """What a rule says: the message, what to do now, and what to do when a near name is known."""

    message: str
    hint: str
    near_hint: str = ""


def phrase(name: str, language: str, /, **facts: object) -> str:
    """One sentence of the program's own, with its facts filled in."""
    text: str = _catalogue(language).PHRASES[name]
    return text.format(**facts) if facts else text


def number_with_noun(name: str, number: int, language: str) -> str:
    """« 1 erreur », « 2 erreurs »: a number and its noun."""
    form = "one" if number in _catalogue(language).SINGULAR else "many"
    return phrase(f"{name}-{form}", language, number=number)


def number_in_groups(number: int) -> str:
    """« 10 000 », in both languages: « 1,299, 1,866 » may be a place on a map."""
    return f"{number:,}".replace(",", "\u202f")


def long_date(text: str, language: str) -> str:
    """« 28 février 2015 » for 2015-02-28; what is no date as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    number = phrase("print-first", language) if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[language][day.month - 1]} {day.year}"


def long_month(text: str, language: str) -> str:
    """« mai 2014 » for 2014-05."""
    year, _, month = text.partition("-")
    return f"{MONTHS[language][int(month) - 1]} {year}"


def rule_text(code: str, language: str) -> RuleText:
    """The sentences of a rule, still to be filled in."""
    text: RuleText = _catalogue(language).RULES[code]
    return text


def words(facts: Mapping[str, str], language: str) -> dict[str, str]:
    """Facts as they are printed: « reason: big » becomes the words for it, a name stays itself.

    After a tab comes what these words speak of: « reason: jinja-name<tab>titre ».
    """
    phrases, said = _catalogue(language).PHRASES, dict[str, str]()
    for name, value in facts.items():
        kind, tab, it = value.partition("\t")
        text = phrases.get(f"{name}-{kind}", value)
        said[name] = text.format(it=it) if tab else text
    return said


def page(code: str, language: str) -> str:
    """The long page of a rule, as Markdown."""
    return Path(__file__).with_name("pages").joinpath(language, f"{code}.md").read_text(encoding="utf-8")


def letter_rule(code: str, language: str) -> RuleText:
    """What a letter says of a rule: its own words, or the rule's where those suit an association too."""
    text: RuleText | None = _catalogue(f"letters_{language}").RULES.get(code)
    return text or rule_text(code, language)


def form_words(language: str) -> Mapping[str, str]:
    """All the sentences of the forms, to tell them from what was typed in."""
    words: Mapping[str, str] = _catalogue(f"forms_{language}").WORDS
    return words


class Speaker(Protocol):
    """One sentence of a family, by its name, with its facts filled in."""

    def __call__(self, name: str, language: str, /, **facts: object) -> str: ...


def _speaker(family: str) -> Speaker:
    """The sentences of a family of their own, kept in <family>_fr.py and <family>_en.py."""

    def say(name: str, language: str, /, **facts: object) -> str:
        text: str = _catalogue(f"{family}_{language}").WORDS[name]
        return text.format(**facts) if facts else text

    return say


letter = _speaker("letters")
form = _speaker("forms")
intake = _speaker("intake")
review = _speaker("review")
redline = _speaker("redline")
decisions = _speaker("apply")
consent = _speaker("consent")
submission = _speaker("submission")
figures = _speaker("figures")
desk = _speaker("desk")
documents = _speaker("documents")
scaffold = _speaker("scaffold")
points = _speaker("points")
briefs = _speaker("briefs")
follow = _speaker("follow")
bench = _speaker("bench")
workshops = _speaker("workshops")
translations = _speaker("translations")


def _catalogue(language: str):  # type: ignore[no-untyped-def]
    return import_module(f"rapport.messages.{language}")
