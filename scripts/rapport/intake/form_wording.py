"""What our forms print themselves, told from what people typed by its words alone: programs lose every other mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import takewhile

from msgspec.structs import asdict

from rapport.intake.plan import Plan
from rapport.language.folding import fold_words
from rapport.language.months import MONTHS
from rapport.messages import LANGUAGES, form_words

FRONT = ("title", "subtitle", "report", "for", "on", "open", "how-", "length", "reply", "point", "card-", "prompt-")
UNDER = ("ask-", "table-")
BESIDE = ("prompt-", "box-")
CELLS = (*BESIDE, "choose", "day")
WORDS_OWN = (
    "cliquez ou appuyez ici pour entrer du texte", "click or tap here to enter text", "choisissez un element",
    "choose an item", "cliquez ou appuyez ici pour entrer une date", "click or tap to enter a date",
)  # fmt: skip
ALIKE, LONG = 85, 30  # of 100, and letters
SENTENCES = 4  # long ones of ours by which a form is known that lost all its tables and styles
ROWS = 20  # of all the tables of a form, and more


class FormTexts:
    """Whether a text is one that the forms print, in any language, with whatever facts; « <…> » is LibreOffice's."""

    def __init__(self, names: Sequence[str]) -> None:
        texts = [t for one in LANGUAGES for name, t in form_words(one).items() if name.startswith(tuple(names))]
        whole = sorted((text for text in texts if "{" not in text), key=len, reverse=True)
        self.words = [shape.format(text) for text in whole for shape in ("<{}>", "{}")]
        shapes = [".+?".join(map(fold_words, re.split(r"\{\w+\}", text))) for text in texts]
        self.pattern = re.compile("|".join((*shapes, *WORDS_OWN)))
        self.long = [said for said in map(fold_words, whole) if len(said) >= LONG]

    def __call__(self, text: str) -> bool:
        return bool(fold_words(text)) and self.pattern.fullmatch(fold_words(text)) is not None

    def is_nearly_ours(self, text: str) -> bool:
        """Whether a text is a sentence of ours in slightly other words: those of a form made long ago, or touched."""
        from rapidfuzz import fuzz, process

        said = fold_words(text)
        best = process.extractOne(said, self.long, scorer=fuzz.ratio, score_cutoff=ALIKE)
        return len(said) >= LONG and best is not None

    def typed_extent(self, text: str) -> tuple[int, int]:
        """Where what was typed begins and ends in a text that was typed before, behind or into a prompt."""
        for words in self.words:
            start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, words, strict=False)))
            if len(text) > len(words) and text.endswith(words[start:]):
                return start, len(text) - len(words) + start
        return 0, len(text)


def is_blank(text: str, plan: Plan) -> bool:
    """Whether a text holds our form's own words and facts of the project, and nothing that anybody typed.

    Counted word by word, since some programs cut the form's tables into lines that are nobody's sentences.
    """
    if not is_printed_in(text):
        return False
    facts = _facts(plan)
    typed = (Counter(fold_words(text).split()) - _printed_words(language) for language in LANGUAGES)
    return any(all(word in facts or word.isdigit() or len(word) == 1 for word in words) for words in typed)


def is_printed_in(text: str) -> bool:
    """Whether a text holds sentences of our form, which lost all its tables and styles."""
    said = fold_words(text)
    sentences = [s for one in LANGUAGES for t in form_words(one).values() if len(s := fold_words(t)) >= LONG]
    return sum(sentence in said for sentence in sentences) >= SENTENCES


def _printed_words(language: str) -> Counter[str]:
    """The words of a form, no fewer of each than it prints."""
    words = Counter[str]()
    for name, text in form_words(language).items():
        times = ROWS if name.startswith(("choose", "day")) else 1
        words += Counter(fold_words(re.sub(r"\{\w+\}", " ", text)).split() * times)
    return words + Counter([word for text in WORDS_OWN for word in text.split()] * ROWS)


def _facts(plan: Plan) -> Collection[str]:
    """The words that a form takes from the project: names, themes, headings, days."""
    names = [text for one in plan.associations.values() for text in (one.name, one.acronym, one.id)]
    titles = [text for one in plan.outline.themes for text in (one.title, one.title_en, one.id)]
    titles += [t for one in plan.outline.themes for s in one.sections for t in (s.title, s.title_en)]
    identity = [value for value in asdict(plan.outline.identity).values() if isinstance(value, str)]
    identity += [*plan.outline.identity.contact, *plan.outline.identity.english.values()]
    months = [month for names in MONTHS.values() for month in names]
    return {word for text in (*names, *titles, *identity, *months, *plan.hints) for word in fold_words(text).split()}
