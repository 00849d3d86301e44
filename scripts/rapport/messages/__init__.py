"""Every sentence that a person reads, one catalogue per language; a test holds them complete."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("fr", "en")


class RuleText(NamedTuple):
    """What a rule says: the message, what to do now, and what to do when a near name is known."""

    message: str
    hint: str
    near: str = ""


def phrase(name: str, language: str, /, **facts: object) -> str:
    """One sentence of the program's own, with its facts filled in."""
    text: str = _catalogue(language).PHRASES[name]
    return text.format(**facts) if facts else text


def counted(name: str, number: int, language: str) -> str:
    """« 1 erreur », « 2 erreurs »: a number and its noun."""
    form = "one" if number in _catalogue(language).SINGULAR else "many"
    return phrase(f"{name}-{form}", language, number=number)


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


def letter(name: str, language: str, /, **facts: object) -> str:
    """One sentence of the letters to associations, with its facts filled in."""
    text: str = _catalogue(f"letters_{language}").WORDS[name]
    return text.format(**facts) if facts else text


def letter_rule(code: str, language: str) -> RuleText:
    """What a letter says of a rule: its own words, or the rule's where those suit an association too."""
    text: RuleText | None = _catalogue(f"letters_{language}").RULES.get(code)
    return text or rule_text(code, language)


def intake(name: str, language: str, /, **facts: object) -> str:
    """One sentence of the taking in of files and of its receipts, with its facts filled in."""
    text: str = _catalogue(f"intake_{language}").WORDS[name]
    return text.format(**facts) if facts else text


def form(name: str, language: str, /, **facts: object) -> str:
    """One sentence of the forms for associations, with its facts filled in."""
    text = form_words(language)[name]
    return text.format(**facts) if facts else text


def form_words(language: str) -> Mapping[str, str]:
    """All the sentences of the forms, to tell them from what was typed in."""
    words: Mapping[str, str] = _catalogue(f"forms_{language}").WORDS
    return words


def review(name: str, language: str, /, **facts: object) -> str:
    """One sentence of the drafts sent out and of what comes back, with its facts filled in."""
    text: str = _catalogue(f"review_{language}").WORDS[name]
    return text.format(**facts) if facts else text


def redline(name: str, language: str, /, **facts: object) -> str:
    """One sentence of the comparison of two states of the report, with its facts filled in."""
    text: str = _catalogue(f"redline_{language}").WORDS[name]
    return text.format(**facts) if facts else text


def consent(name: str, language: str, /, **facts: object) -> str:
    """One sentence of the agreement of associations to their texts, with its facts filled in."""
    text: str = _catalogue(f"consent_{language}").WORDS[name]
    return text.format(**facts) if facts else text


def decisions(name: str, language: str, /, **facts: object) -> str:
    """One sentence of what is decided on remarks, applied and answered, with its facts filled in."""
    text: str = _catalogue(f"apply_{language}").WORDS[name]
    return text.format(**facts) if facts else text


def submission(name: str, language: str, /, **facts: object) -> str:
    """One sentence of handing in the report and of its statement, with its facts filled in."""
    text: str = _catalogue(f"submission_{language}").WORDS[name]
    return text.format(**facts) if facts else text


def _catalogue(language: str):  # type: ignore[no-untyped-def]
    return import_module(f"rapport.messages.{language}")
