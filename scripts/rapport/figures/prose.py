"""Numbers that a table hides and a text says: the number, in digits or in words, beside the words for what is counted.

Looked for in everything that is printed, as it was typed: captions, notes, cells, pages of the editor, translations.
A number counts those of the table where a word for people follows it, or no noun at all (« ils sont quatre », « quatre
de nos mineurs »); before any other noun it counts something else. Where the words for what is counted stand above a
sentence alone (in its paragraph, its heading, the theme of its file), it needs a word for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from msgspec import Struct

from rapport.figures.combining import CombinedCounts, combine
from rapport.figures.comparisons import (
    COMPARED,
    IN_WORDS,
    MARK,
    NUMBER,
    PART,
    PEOPLE,
    PERSONS,
    REST,
    UNITS,
    WORDS,
    differences,
    numbers_said,
    parts,
    ratios,
    sums,
    wholes,
)
from rapport.figures.counts import Answer
from rapport.figures.network import Cell
from rapport.figures.publication import LANGUAGES, Publication
from rapport.figures.sentences import SentenceWithNumber
from rapport.language.folding import fold_words

LONG, SHORTEST, STEM = 4, 3, 5  # letters of a word that says what is counted, of any name; by which a word is known
NEAR_ENOUGH = 0.01  # between a share that is said and that of a hidden number
LINK = "(?:(?:a|to|et|and|ou|or) )?"  # between the numbers of a name: « 0 à 5 ans », « 0-5 ans »
PLURAL = re.compile(r".*[sx]|children|people|men|women|mie|mna|mena|uam|uasc")
VERB = re.compile(r".*(?:nt|ed)")
FUNCTIONS = WORDS["functions"] | WORDS["of"] | {MARK}
COMMON = frozenset(word[:STEM] for word in FUNCTIONS | WORDS["people"])  # known words that tell no row from another
JOINTS = frozenset({MARK, "et", "and", "a", "to", "ou", "or"})
"""Between numbers of which the last has the noun: « articles 2, 3 et 12 », « de quatre à dix heures »."""
RevealingSentence = tuple[int, int, str, str, str]
"""Where it begins, the length of its first line, the indicator; the numbers that a reviewer may let pass, "" where none
may; its folded words and those above."""


class HiddenNumber(Struct, frozen=True):
    """The numbers that one hidden place of a table may give away, as texts may say them, and what they count."""

    indicator: str
    numbers: frozenset[int]
    names: tuple[re.Pattern[str], ...]  # the words for what is counted, a pattern for each way to say it
    kin: tuple[re.Pattern[str], ...] = ()  # for the other rows and columns
    ratios: tuple[float, ...] = ()  # of it to the others of its row and its column
    gaps: frozenset[int] = frozenset()  # between it and those of them that are printed
    unit: str = "personne"  # of what is counted

    def is_said(self, words: str, above: str) -> bool:
        """Whether folded words say one of them, under what stands above."""
        near = any(name.search(words) for name in self.names)
        is_known = near or any(name.search(above) for name in self.names)
        is_kin = near or any(name.search(words) for name in self.kin)
        if near and all(name.search(f"{words}{above}") for name in self.names) and self._is_compared(words):
            return True
        for name in (*self.names, *self.kin):
            words = name.sub(" ", words)  # « 0 à 5 ans » counts nobody
        told = self.numbers.union(wholes(words, self.numbers))
        if is_known and not told.isdisjoint((*sums(words), *self._counted(words, near))):
            return True
        return (is_known or is_kin) and self._is_left(words, above, self._counted(words, is_kin), is_known)

    def may_pass(self, words: str) -> bool:
        """Whether folded words that seem to say one of them may be let pass by a reviewer: « deux situations types ».

        Their number is of situations or cases and not of people, and they name no row or column of the table.
        """
        said = [found for found in NUMBER.finditer(words) if int(found[2]) in self.numbers]
        nouns = [_noun(_around(words, found)[1], 0) for found in said]
        is_named = any(name.search(words) for name in (*self.names, *self.kin))
        is_other = all(not UNITS.isdisjoint(noun) and PERSONS.isdisjoint(noun) for noun in nouns)
        return bool(said) and is_other and not is_named and self.unit == "personne"

    def _counted(self, words: str, near: bool) -> set[int]:
        """The numbers of people in words."""
        return {int(found[2]) for found in NUMBER.finditer(words) if self._counts(words, found, near)}

    def _is_left(self, words: str, above: str, counted: set[int], is_known: bool) -> bool:
        """Whether words give it as what is left of a whole, or as more than another number or less."""
        known, by = counted | self._counted(above, False), set(differences(words))
        left = {whole - part for whole, part in parts(words, above) if part in counted and whole in known}
        moved = {number + sign * more for number in counted for more in by for sign in (1, -1)}
        given = by | counted if REST.search(words) else by
        return not self.numbers.isdisjoint(left | moved) or (is_known and not self.gaps.isdisjoint(given))

    def _counts(self, words: str, found: re.Match[str], near: bool) -> bool:
        """Whether a number counts people: a word for them follows or, near what is counted, no other noun."""
        before, after = _around(words, found)
        last = before[-1] if before else MARK
        is_set_off = words[: found.start()].endswith(f"{MARK} ")  # « une sur dix (trois) »
        is_whole = last in ("sur", "in") and bool({"un", "une", "one"} & {*before[-8:]})
        if last in WORDS["labels"] or (is_whole and not is_set_off):
            return False  # « article 4 », « une sur quatre »
        is_part = bool(after) and after[0] in WORDS["of"]
        noun = _noun(after[1:] if is_part else after, 3 if is_part else 0)
        many = int(found[2]) > 1
        if any(word in PEOPLE and (PLURAL.fullmatch(word) or not many) for word in noun):
            return True
        has = before[-3:-2] == ["en"] and before[-2] in WORDS["have"]
        if is_part or not near:
            is_all = bool(found[1]) and {MARK}.issuperset(before + after)  # « Quatre. » under what is counted
            is_of_them = not noun and (has or before[-2:-1] == ["en"] or _are(before))  # « nous en avons suivi quatre »
            return (
                is_all
                or is_of_them
                or (near and any(word in WORDS["pronouns"] or self._is_named(word) for word in noun))
            )
        if noun and self._is_named(noun[0]) and PLURAL.fullmatch(noun[0]):
            return True  # « quatre mendiants »
        is_alone = not noun or (many and _is_verb(noun, after[len(noun) :]))
        subject = has or before[-2:-1] in (["en"], ["nous"], ["we"])
        counts = is_alone and (subject or self._may_precede(last, bool(found[1])))
        return counts and not self._is_part_of_others(words, found)

    def _is_part_of_others(self, words: str, found: re.Match[str]) -> bool:
        """Whether a number without a noun is a part of a greater one that counts something else: « 9 pays, dont 4 »."""
        *_, whole = [None, *NUMBER.finditer(words[: found.start()])]
        if whole is None or int(whole[2]) <= int(found[2]) or not PART.search(words):
            return False
        noun = _noun(words[whole.end() :].split(), 0)[:1]
        return any(PLURAL.fullmatch(one) and one not in PEOPLE and not self._is_named(one) for one in noun)

    def _is_compared(self, words: str) -> bool:
        """Whether words give it as a share or a multiple of a number that is printed: « les deux tiers »."""
        said = list(ratios(words))
        return any(abs(ratio - one) <= NEAR_ENOUGH for ratio in self.ratios for one in said)

    def _is_named(self, word: str) -> bool:
        return any(name.search(f" {word} ") for name in self.names)

    def _may_precede(self, word: str, in_words: bool) -> bool:
        """Whether a number counts by itself after this word: « ligne 4 » and « l'un des deux » do not."""
        if in_words or word in FUNCTIONS:
            return word not in ("des", "aux")
        return bool(VERB.fullmatch(word)) or word in PEOPLE or self._is_named(word)


def _around(words: str, found: re.Match[str]) -> tuple[list[str], list[str]]:
    """The words before and after a number, without the numbers that it stands in a row with."""
    before, after = words[: found.start()].split(), words[found.end() :].split()
    while len(before) > 1 and before[-1] in JOINTS and NUMBER.fullmatch(before[-2]):
        del before[-2:]
    while len(after) > 1 and after[0] in JOINTS - {MARK} and NUMBER.fullmatch(after[1]):
        del after[:2]
    return before, after


def _are(before: Sequence[str]) -> bool:
    """Whether the words before a number say that those spoken of are so many: « ils étaient », « there were only »."""
    while before and before[-1] in WORDS["only"]:
        before = before[:-1]
    return before[-1:] != [] and before[-1] in WORDS["be"] and not WORDS["subjects"].isdisjoint(before[-4:-1])


def _noun(words: Sequence[str], skipped: int) -> list[str]:
    """The words up to the next that cannot be of one noun, three at most; so many may be passed over before them."""
    while words and skipped and words[0] in FUNCTIONS - WORDS["pronouns"] - {MARK}:
        words, skipped = words[1:], skipped - 1
    group = list[str]()
    for word in words[:3]:
        is_other = bool(group) and bool(PLURAL.fullmatch(group[-1])) and not PLURAL.fullmatch(word)  # a verb
        if is_other or (word in FUNCTIONS and (group or word not in WORDS["pronouns"])):
            break
        group.append(word)
    return group


def _is_verb(noun: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the word after a number is no noun: « quatre mendient », « six came from », not « 12 rue de »."""
    if noun[0] in WORDS["measures"] or PLURAL.fullmatch(noun[0]):
        return False
    return bool(VERB.fullmatch(noun[0])) or (len(noun) == 1 and after[:1] != [] and after[0] not in WORDS["of"])


def hidden_numbers(
    combined: CombinedCounts, publication: Publication, answers: Sequence[Answer]
) -> Iterator[HiddenNumber]:
    """What a publication hides of its table and its totals: the sum, and each association's own number."""
    each = [
        combine(combined.indicator, [answer], ()) for answer in answers if answer.indicator == publication.indicator
    ]
    ranges = [(one is combined, *_ranges(one)) for one in (combined, *each)]
    for cell in sorted(publication.hidden_places):
        at = combined.network.index[cell]
        numbers = {
            number for summed, low, high in ranges if summed or low[at] for number in range(low[at], high[at] + 1)
        } - {0}
        names = tuple(_names(publication, cell))
        if numbers and names:
            beside = dict(_beside(publication, combined, cell)) if ranges[0][1][at] == ranges[0][2][at] else {}
            number = ranges[0][2][at]
            yield HiddenNumber(
                publication.indicator,
                frozenset(numbers),
                names,
                tuple(_kin(publication, cell)),
                tuple(number / other for other in beside),
                frozenset(abs(other - number) for other, is_printed in beside.items() if is_printed) - {0},
                combined.indicator.unit,
            )


def _ranges(combined: CombinedCounts) -> tuple[Sequence[int], Sequence[int]]:
    """The least and the greatest of each number of a table, its totals too."""
    values, sums = combined.network.values, combined.sums
    return values({c: count.low for c, count in sums.items()}), values({c: count.high for c, count in sums.items()})


def _names(publication: Publication, cell: Cell) -> Iterator[re.Pattern[str]]:
    """What may be said of a place in each language: its row, its column; of the total of all, what is counted."""
    inside = [(axis, at) for axis, at in enumerate(cell) if at < publication.shape[axis]]
    yield from filter(None, (_place_name(publication, *one) for one in inside))
    yield from () if inside else map(_name, publication.titles.values())


def _kin(publication: Publication, cell: Cell) -> Iterator[re.Pattern[str]]:
    """What may be said of the rows and columns that a place is not in."""
    others = ((axis, at) for axis, size in enumerate(publication.shape) for at in range(size) if at != cell[axis])
    yield from filter(None, (_place_name(publication, *one) for one in others))


def _place_name(publication: Publication, axis: int, at: int) -> re.Pattern[str] | None:
    """What a row or a column is known by in each language; what is counted in all of them tells none from another."""
    dimension = publication.axes[axis]
    titles = [
        [*(one.title(said) for one in dimension.categories), dimension.title(said), publication.titles[said]]
        for said in LANGUAGES
    ]
    patterns = [_name(way[at], way).pattern for way in titles if len(way[at]) >= SHORTEST]
    return re.compile("|".join(patterns)) if patterns else None


def _beside(publication: Publication, combined: CombinedCounts, cell: Cell) -> Iterator[tuple[int, bool]]:
    """The greatest of each other number in the row and the column of a place, totals too, and whether it is printed."""
    for other in publication.cells:
        number = combined.tables[0][combined.network.index[other]]
        if number and sum(a != b for a, b in zip(other, cell, strict=True)) == 1:
            yield number, other in publication.numbers


def _name(title: str, titles: Sequence[str] = ()) -> re.Pattern[str]:
    """What a row or a column is known by: half of the words that no other has; of one with numbers, these in order."""
    words = fold_words(title).split()
    if any(word.isdigit() for word in words):
        at = [place for place, word in enumerate(words) if word.isdigit()]
        numbers = f" {LINK}".join(f"{IN_WORDS}?{word}" for word in words[at[0] : at[-1] + 1] if word.isdigit())
        return re.compile(rf"\b{numbers}(?: {' '.join(words[at[-1] + 1 :])})?\b" if len(at) > 1 else " ".join(words))
    others = COMMON.union(*(_stems(one) for one in titles if one != title))
    own = [stem for stem in _stems(title) if stem not in others]
    stems = own or _stems(title)
    if not stems:
        return re.compile(rf"\b{' '.join(words)}s?\b")
    half = combinations(stems, (len(own) + 1) // 2 or len(stems))
    return re.compile(f"^(?:{'|'.join(''.join(f'(?=.* {stem})' for stem in some) for some in half)})")


def _stems(title: str) -> list[str]:
    """What the long words of a title begin with: « forcés », « forcée » ; « begging », « beg »."""
    return [_stem(word.rstrip("sx")) for word in fold_words(title).split() if len(word) >= LONG]


def _stem(word: str) -> str:
    if word.endswith("ing"):
        bare = re.sub(r"(.)\1$", r"\1", word.removesuffix("ing"))
        return rf"{bare}(?:s?\b|{bare[-1]}|ing|ed)"
    return word[:STEM].removesuffix("ee")


def revealing_sentences(
    sentences: Iterable[SentenceWithNumber], hidden: Sequence[HiddenNumber]
) -> Iterator[RevealingSentence]:  # fmt: skip
    """The sentences, lines of a table and captions that say a hidden number."""
    for at, length, words, above in sentences:
        numbers = numbers_said(words) | {whole - part for whole, part in parts(words, above)}
        near = hidden if COMPARED.search(words) else [one for one in hidden if numbers & one.numbers]
        if said := [one for one in near if one.is_said(words, above)]:
            other = frozenset[int]().union(*(one.numbers & numbers for one in said if one.may_pass(words)))
            may_pass = all(one.may_pass(words) for one in said)
            yield at, length, said[0].indicator, " ".join(map(str, sorted(other))) if may_pass else "", words + above
