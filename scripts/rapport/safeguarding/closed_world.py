# ruff: noqa: E501  # one pattern, one line
"""Names that nobody has looked at: every word that is not in the dictionary and not in a list of what is public.

Models and lists of first names find half of the names in such texts; a closed world finds nearly all, and asks a
person about the rest. What the outline, the bibliography or the register know is taken off later, by `world`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from rapport.language.folding import fold_accents
from rapport.language.patterns import late_for_lower, late_pattern, lower_in_place
from rapport.safeguarding import lexicon
from rapport.safeguarding.bare_capitals import stands_bare, suffers

WORD = late_pattern(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
SYMBOL = late_pattern(
    r"https?://\S+|www\.\S+|\b(?:19|20)\d\d/\d{1,4}/[A-Z]{2,4}\b|\b[A-Z]{1,6}(?:/[\w.()-]+){1,6}|\b[A-Z]{1,3}\(\d{4}\)\d+|\bNOR\s:?\s?\w+|doi\s?:\s?\S+|10\.\d{4,5}/\S+"
)
ELISION = late_pattern(r"(?i)(?:l|d|j|n|s|m|t|c|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)'(?=\w)")
SUFFIX = late_pattern(
    r"(?i)-(?:t-)?(?:ils?|elles?|on|je|tu|nous|vous|moi|toi|lui|leurs?|les?|la|y|en|ce|ci|là|même|mêmes)$"
)
ROMAN = late_pattern(r"[IVXLC]+(?:e|er|ème)?")
PARTICLES = frozenset("de du des da dos del della di van von der ben bin ibn bint ould al el la le d'".split())
PERSON = (
    r"mères?|pères?|sœurs?|soeurs?|frères?|tantes?|oncles?|cousine?s?|filles?|fils|nièces?|neveux?|garçons?|"
    r"adolescente?s?|mineure?s?|enfants?|élèves?|amie?s?|petite?s?|jeunes?|familles?|madame|monsieur|mademoiselle|"
    r"mme|mlle|m\.|bébé|fillette|gamine?|grand-mère|grand-père|jumeaux|jumelles|aînée?|cadette?|copine?|compagnon|"
    r"compagne|marie?|épouse|époux|victime|éducatrice|éducateur|juge|maître|me|docteur|dr|proxénète|passeur|voisine?"
)
NAMED = (
    r"(?:s'|m'|t'|se\s|me\s|fait\s|faire\s|faisait\s|fais\s)(?:appel\w{1,8}|prénomm\w{1,6}|nomm\w{1,6})|(?:ap|rap|sur)?pel(?:é|ée|és|ées)|appel(?:ons|lerons|onsla|ons-la|ons-le)|"
    r"appellerons|prénomm\w{1,4}|prenom+é?e?s?|surnomm\w{1,4}|nomm(?:é|ée|és|ées)|dénomm\w{1,4}|dite?s?|alias|aka|a\.k\.a\.|"
    r"prénoms?(?:\s(?:est|de|était))?|prenoms?|(?:au|le|sous\sle|du|par\sle)\s(?:pré|sur)?nom\sde|nom(?:\sde\sfamille)?\s?(?=:)|"
    r"répond(?:ait|ant)?\sau\s(?:pré)?nom\sde|baptisée?"
)
SYMBOL_SIGNS = ("/", "www.", "(", "NOR", "doi")  # a sentence without any of these holds no symbol
CUE = late_for_lower(
    rf"(?i)\b(?:(?P<named>{NAMED})|(?P<person>{PERSON}))(?(named)\s?[:,]?\s?[«\"(]?|)\s?(?P<next>[^\W\d_]+(?:['-][^\W\d_]+)*\.?)"
)
MAX_RUN = 6
PSEUDONYM = late_pattern(
    r"\s?[«»\"]?\s?[,(]?\s?(?:\*|(?:le\s|son\s|les\s)?(?:pré)?noms?\s(?:a\sété\s|ont\sété\s|est\s)?"
    r"(?:modifiés?|changés?|fictifs?|d'emprunt|d'usage|inventés?))"
)


class Name(Struct, frozen=True):
    """A name nobody has looked at: where it stands in a sentence, the words in it that are unknown, how sure it is.

    `person` says that it is a first name, or that words before it speak of a person.
    """

    start: int
    end: int
    parts: tuple[tuple[int, int], ...]
    person: bool


class _Token(NamedTuple):  # there is one for every word of the report: a dataclass costs four times as much
    start: int
    end: int
    word: str
    state: str  # "known" (a capitalised word of French), "place", "unknown", "name" (also a word), "low", "initial"
    is_first_name: bool = False


def names(sentence: str) -> Iterator[Name]:
    """The names of a sentence, adjacent words together."""
    hidden = sentence
    if any(sign in sentence for sign in SYMBOL_SIGNS):
        hidden = SYMBOL.sub(lambda match: "/" * len(match[0]), sentence)
    told = _cued(hidden)
    tokens = [_token(match, hidden) for match in WORD.finditer(hidden) if _can_be_named(match, told)]
    at = 0
    while at < len(tokens):
        end = _run(tokens, at, hidden, told)
        if end > at:
            yield _name(tokens[at:end], told)
            at = end
        else:
            at += 1


def _can_be_named(match: re.Match[str], told: dict[int, bool]) -> bool:
    """Whether a word is, or can stand inside, a name: most are words in lower case and none of it."""
    word = match[0]
    return (
        not word.islower()
        or "'" in word
        or word in PARTICLES
        or match.start() in told
        or (len(word) >= lexicon.SHORTEST and lexicon.is_rare(_first_of(word)))
    )


def _first_of(word: str) -> str:
    """« fatou » of « fatou-b », « fatou-binta »; any other word whole."""
    first, _, last = word.partition("-")
    return first if last and (len(last) < 3 or lexicon.is_rare(last)) else word


def _suspect(token: _Token, told: dict[int, bool]) -> bool:
    return token.state in ("unknown", "name", "low") or token.start in told


def _run(tokens: list[_Token], at: int, text: str, told: dict[int, bool]) -> int:
    """Where the name ends that begins at this token, or `at` when none does."""
    if not _suspect(tokens[at], told):
        return at
    end = at + 1
    while end < len(tokens) and end - at < MAX_RUN:
        between = text[tokens[end - 1].end : tokens[end].start]
        if (
            between not in (" ", ". ", " - ")
            or tokens[end - 1].state == "low"
            or (between == ". " and len(tokens[end - 1].word) > 1)
        ):
            break
        if tokens[end].word.lower() in PARTICLES and end + 1 < len(tokens) and _capital(tokens[end + 1]):
            end += 1
        elif not _capital(tokens[end]) or tokens[end].state == "place":
            break
        else:
            end += 1
    while end > at + 1 and tokens[end - 1].word in PARTICLES:
        end -= 1
    return end


def _capital(token: _Token) -> bool:
    return token.word[:1].isupper()


def _name(run: list[_Token], told: dict[int, bool]) -> Name:
    suspects = [token for token in run if _suspect(token, told)]
    person = any(t.is_first_name or told.get(t.start, False) for t in run) or (
        len(run) > 1 and run[-1].state == "initial"
    )
    return Name(run[0].start, run[-1].end, tuple((t.start, t.end) for t in suspects), person)


def _token(match: re.Match[str], text: str) -> _Token:
    word, start, end = match[0], match.start(), match.end()
    while "'" in word and (elided := ELISION.match(word)):
        start += elided.end()
        word = word[elided.end() :]
    if touches_digit(text, start, end):
        return _Token(start, end, word, "digits")
    if not word[0].isupper():
        if "-" in word and any(part[:1].isupper() and _is_given(part) for part in word.split("-")[1:]):
            return _Token(start, end, word, "name", True)  # « audition-Rokia »
        bare = _first_of(word.removesuffix("'s"))
        low = len(bare) >= lexicon.SHORTEST and lexicon.is_rare(bare)
        return _Token(start, end, word, "low" if low else "text", low)
    if word in DATED_NAMES and (YEAR_AFTER.match(text, end) or DAY_BEFORE.search(text[max(0, start - 14) : start])):
        return _Token(start, end, word, "known")
    if AGED.match(text, end) and not (word.isupper() and len(word) > 1):
        return _Token(start, end, word, "name", True)
    if len(word) == 1:
        return _Token(start, end, word, "initial")
    return _Token(start, end, word, *_state(word, text, start, end))


# « Paris, 12 ans », « L. (15 ans) », « B. » between quotation marks: whatever the word, someone is called so.
AGED = late_pattern(
    r"\.?\s?[,(]\s?(?:\d{1,2}|(?:dix-)?\w{3,8})\sans\b(?!\saprès|\sd'|\sde\s|\splus)|\s\((?:[5-9]|1\d)\)|,\s(?:[5-9]|1\d|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)(?=,\s(?!eleven|twelve|\w+teen)[a-z])|(?<=«\s.)\.?\s?»|(?<=\".)\.?\""
)

# « In June 2011 », « on 12 April »: an English month that is a first name, too, where it dates something.
DATED_NAMES = frozenset("April May June August Monday Friday Sunday".split())
YEAR_AFTER = late_pattern(
    r"\s(?:to|through|until)\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|,?\s(?:\d{1,2}(?:st|nd|rd|th)?,?\s)?(?:19|20)\d\d\b"
)
DAY_BEFORE = late_pattern(
    r"\b(?:[MTWFS]\w{2,6}day\s(?:to|through|until)\s|\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?|(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ll]ast|[Nn]ext|[Oo]n|before|after|\w*(?:ary|rch|ril|May|une|uly|ust|ber)\s(?:and|or|to))\s)$"
)


def touches_digit(text: str, start: int, end: int) -> bool:
    """Whether a digit or an underscore touches a word: then it is part of a number, a symbol or a handle."""
    return text[start - 1 : start].isdigit() or text[end : end + 1].isdigit() or text[end : end + 1] == "_"


def _state(word: str, text: str, start: int, end: int) -> tuple[str, bool]:
    """What a capitalised word is, and whether it is a first name."""
    bare = SUFFIX.sub("", word)
    given = _is_given(bare)
    if (bare in ALSO_PEOPLE and ACTS.match(text[end : end + 40])) or suffers(bare, text, start, end):
        return "name", True
    if _in(bare, lexicon.places()) or _in(bare, lexicon.wide_places()):
        return "place", False
    if not lexicon.institutions().isdisjoint((bare, bare.removesuffix("'s"))):
        return "known", False
    if given or (bare.title() if bare.isupper() else bare) in lexicon.surnames():
        return ("known", False) if _opens(text, start, end, bare) else ("name", given)
    if ROMAN.fullmatch(bare) or _acronym(bare, text[:start], text[end : end + 12]):
        return "known", False
    if lexicon.is_common(bare):
        return ("name" if stands_bare(text, start, end) else "known"), False
    if "-" in bare:
        return _compound(bare)
    return "unknown", False


def _compound(word: str) -> tuple[str, bool]:
    """What a word with hyphens is, by its parts."""
    parts = [ELISION.sub("", part) for part in word.split("-")]
    if parts[0] in ("Saint", "Sainte", "Saints"):
        return "place", False
    if any(_is_given(part) for part in parts):
        return "name", True
    known = all(lexicon.is_common(p) or _in(p, lexicon.places()) or _in(p, lexicon.wide_places()) for p in parts if p)
    return ("known" if known else "unknown"), False


def _in(word: str, known: frozenset[str]) -> bool:
    return word in known or (word.isupper() and len(word) > 3 and word.title() in known)


def _is_given(word: str) -> bool:
    if word in lexicon.institutions():
        return False
    known = lexicon.given_names()
    return word in known or (word.isupper() and len(word) > 2 and (word.title() in known or lexicon.is_rare(word)))


OPENERS = frozenset("Grâce Juste Constant Fort Bon Haut Bas Long Grand Joli Petit Blanc Fidèle Parfait Son Vu".split())
ALSO_PEOPLE = frozenset(
    "Noël Lorraine Florence Sofia Milan Toussaint Constance Vienne Nancy Lourdes Valence Alma".split()
)
ACTS = late_pattern(
    r"\s(?:(?:a|ai|avait|est|était|fut|va|vit|dit|dort|fugue|raconte|parle|pleure|travaille|veut|peut|doit|aura|sera)\b"
    r"|\w{2,12}ait\b|n'|ne\s|s'|se\s|et\ssa\s|et\sson\s)"
)
A_MONTH = r"\s(?:\d|the\s\D|(?:et|ou|and|or)\s(?:m|Ma|Ju|ju|a))"
OPENERS_THEN = {"Grâce": r"\s(?:à|aux?)\b"} | dict.fromkeys(("May", "Mai", "Avril", "Janvier"), A_MONTH)


def _opens(text: str, start: int, end: int, word: str) -> bool:
    """Whether a word that is also a name only has its capital because a sentence begins with it."""
    first = not text[:start].strip(" «\"'([<-–—•;:")
    if word in OPENERS_THEN:
        return re.match(OPENERS_THEN[word], text[end : end + 6]) is not None
    if first and PAIRED.match(text, end) and lexicon.is_common(word):
        return True  # « Aurore et crépuscule »
    return first and word in OPENERS and re.match(r"\s[a-zà-ÿ]", text[end:]) is not None and not ACTS.match(text[end:])


PAIRED = late_pattern(
    r"\s(?:et|ou)\s(?!(?:sa|son|ses|moi|elle|lui|une?|l[ae]s?|deux|trois|leurs?|mon|ma|notre|d'autres)\b|l')[a-zà-ÿ]"
)
OF_A_PUBLICATION = late_pattern(r"-\d(?!\d?\sans)|,\s(?:19|20)\d\d\b|,\sn°")  # « MDE-2014-127 », « RSC, 2013 »


def _acronym(word: str, before: str, after: str) -> bool:
    """Letters that stand for an institution: after an article, or in brackets after its words."""
    if not word.isupper() or not 2 <= len(word) <= 7:
        return False
    before = before[-120:]
    if (len(word) <= 5 and OF_A_PUBLICATION.match(after)) or re.search(
        r"(?:\b(?:[Ll]e|[Ll]a|[Dd]u|[Aa]u)\s|[LlDd]'|\b(?:sigles?|abréviations?|acronymes?|acronyms?)\s(?:[A-Z]{2,7}(?:,|\set|\sand)\s)*)$",
        before,
    ):
        return True
    if not before.endswith("("):
        return False
    words, letters = fold_accents(before.replace("'", " ")).split(), fold_accents(word)
    initials = "".join(one[0] for one in words)
    return _spells(letters, initials[initials.find(letters[0]) :]) or any(
        _spells(letters, "".join(words[at:])) for at in range(-len(word), 0)
    )


def _spells(letters: str, words: str) -> bool:
    """Whether letters stand in this order in words that begin with the first: « OFMIN » in « Office mineurs »."""
    rest = iter(words)
    return words[:1] == letters[:1] and all(letter in rest for letter in letters)


def _cued(text: str) -> dict[int, bool]:
    """Where a name must stand, by the words before it, whatever that name is."""
    told: dict[int, bool] = {}
    at, low = 0, lower_in_place(text)
    while match := CUE.search(low, at):
        cue = "person" if match["person"] else "named"
        at = match.end(cue)
        (start, end), words = match.span("next"), text[slice(*match.span(cue))]
        word = text[start:end]
        if elided := ELISION.match(word):
            start, word = start + elided.end(), word[elided.end() :]
        bare = word.rstrip(".")
        if cue == "named":
            if words.lower()[:2] in ("s'", "no", "dé", "ba") and A_THING.search(
                text[max(0, match.start() - 60) : match.start()]
            ):
                continue
            if _named(bare, text[start:]):
                told[start] = True
        elif not low.endswith("droits de l'", 0, match.start()) and _after_person(words, bare, word):
            told[start] = True
    return told


A_THING = late_pattern(
    r"\b(?:ligne|campagne|association|projet|programme|dispositif|plan|loi|opération|centre|ateliers?|revue|brochure|guide|exposition|film|"
    r"livre|collectif|plateforme|application|logiciel|fichier|mouvement|enquête|affaire|procès|pièce|chanson|série)\b[^.;,]{0,40}$"
)

WHO_SPEAKS = frozenset("Nous Vous Ils Elles Il On Je Ce Cela Ça".split())
"""What a sentence that is quoted begins with: « un enfant dit : « Nous n'avons rien vu » »."""


def _named(word: str, rest: str) -> bool:
    """Whether what follows « s'appelle » is a name: unknown, a first name, or with a capital that nothing else explains."""
    if not word or word in lexicon.institutions() or _in(word, lexicon.wide_places()):
        return False
    common = lexicon.is_common(word)
    if word in WHO_SPEAKS and re.match(r"\s[a-zà-ÿ]", rest[len(word) :]):
        return False
    if word[0].isupper():
        return len(word) > 1 or rest[1:2] in (".", ",", " ", "")
    return not common or (word.title() in lexicon.given_names() and len(word) > 3)


def _after_person(cue: str, bare: str, word: str) -> bool:
    """Whether a word right after « la jeune » or « sa sœur » is a name."""
    if not bare[:1].isupper() or bare in lexicon.institutions() or (cue[0].isupper() and cue.lower() == "me"):
        return cue.lower() == "me" and cue != "me" and bare[:1].isupper() and len(bare) > 1
    if len(bare) == 1:
        return word.endswith(".") or bare not in "XYZAÀ"
    if _in(bare, lexicon.places()) or _in(bare, lexicon.wide_places()):
        return False
    if OF_A_PEOPLE.fullmatch(bare) and lexicon.is_common(bare) and not _is_given(bare):
        return False  # « la jeune Vietnamienne »
    title = cue.lower() in ("m.", "mme", "mlle", "madame", "monsieur", "mademoiselle", "dr", "docteur", "maître")
    if cue == "me" or bare.lower() in NOBODYS:
        return False
    return title or bare not in FUNCTIONS


OF_A_PEOPLE = late_pattern(r"\w+(?:ien|ienne|ais|aise|ain|aine|ois|oise|éen|éenne)s?")
NOBODYS = frozenset("tout-le-monde untel unetelle machin machine truc".split())
FUNCTIONS = frozenset("Convention État Etat Comité Conseil Cour Justice Europe Nations Unies Roms Rom".split())
