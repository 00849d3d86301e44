"""The family name that stands beside a first name which is masked: before it, after it, in capitals, with a particle.

The rules of `closed_world` say what is a name; beside a mask, a word of the dictionary with a capital is one, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rapport.language.folding import fold_accents
from rapport.language.patterns import late_pattern
from rapport.safeguarding import lexicon
from rapport.safeguarding.name_cues import THEIRS

MOST = 3  # words that one family name is made of
LONGEST_ACRONYM = 3  # letters: « Kadiatou (ASE) »
MARKS = r"[*_~`\]\[)]{0,4}"
PARTICLE = (
    r"(?:(?i:de\sla|de\sl'|de|du|des|d'|dos|da|di|del|della|van\sden|van\sder|van|von|le|la|el|al|ben|bin|bint|ould|"
    r"oulad|mc|mac|st)[\s-]?(?<=[\s'-]))"
)
WORD = r"[A-ZÀ-Þ](?:[^\W_]|['’-](?=[^\W_]))+"
LINK = r"(?:,?\s(?:née?|épouse|ép\.|veuve|vve|dite?|alias|born)\s)"
AFTER = late_pattern(rf"{MARKS}(?P<link>{LINK}|\s{{1,2}}|-|\s?[,(/]\s?){MARKS}(?P<name>{PARTICLE}?(?P<word>{WORD}))")
BEFORE = late_pattern(
    rf"(?<![^\W_])(?P<name>{PARTICLE}?(?P<word>{WORD})){MARKS}(?P<link>\s{{1,2}}|-|\s?[,(/]\s?){MARKS}\Z"
)
GLUED = late_pattern(r"(?<![^\W_])[A-Z]['’]\Z")
CLOSED = late_pattern(r"\s?(?:[,;:.)/\n]|\Z)")
OPENED = late_pattern(r"(?:^|[.!?:;«»“”\n]|\bMm?e?)[\s\W]*\Z")
ARTICLE = late_pattern(r"\b(?:les?|la|l'|du|des|aux?|une?|cette|cet?|son|sa|ses|the|an?)\s?\Z")
TITLES = frozenset(
    "m mm mme mmes mlle monsieur madame mademoiselle maître maitre me dr docteur pr soeur sœur frère père mère "
    "tante oncle maman papa tata tonton mr mrs ms miss aunt uncle".split()
)
OPENERS = frozenset(
    "à a afin ainsi ailleurs alors après aujourd'hui aussi aussitôt autrefois auparavant avant avec bien bientôt "
    "car cependant ceci cela certes cette ces ce cet chaque chez comme contre d'abord dans de demain déjà depuis "
    "derrière dès devant donc durant elle elles en encore enfin ensuite entre et eux faute hélas hier hormis ici "
    "il ils jadis jamais je jusqu'à là là-bas lorsque lundi mardi mercredi jeudi vendredi samedi dimanche "
    "maintenant mais malgré même mieux moins naguère ni nous on or ou où outre par parce parfois parmi pendant "
    "personne peu plus plusieurs plutôt pour pourquoi pourtant près presque puis puisque quand quant que quel "
    "quelle qu qui quoi quoique sans sauf selon seul seule si sinon sitôt soudain sous souvent sur tandis tant "
    "tantôt tard tôt toujours toutefois très tout toute toutes trop un une vers voici voilà vous son sa ses leur "
    "leurs ma mon mes notre nos le la les du des aucun aucune deux trois after again also although and another as "
    "at because before both but by during each even every finally for from he her here his how i if in it its "
    "later like meanwhile my never no not now of often once only our same she since so some sometimes soon still "
    "that the their then there these they this though through thus to today together under until when where "
    "whereas while who why with without yesterday yet you your last next one two three".split()
)
HEADS = late_pattern(
    rf"(?i:(?:{THEIRS}|récits?|entretiens?|note|objet|affaires?|prénoms?|noms?|réf(?:érence)?|question|réponse|annexe|"
    r"encadré|portrait|extrait|paroles|case|story|name|hearing|testimony|interview|file)s?|\w{4,}ment)"
)
IsKnown = Callable[[str, int, int], bool]


def with_family(text: str, start: int, end: int, is_known: IsKnown) -> tuple[int, int]:
    """The place of a first name in a text with that of the family's beside it.

    `is_known` says whether a word there, from offset to offset, is of an association, an author or a work.
    """
    if not text[start:end].strip(" *_«»\"'")[:1].isupper():
        return start, end
    glued = GLUED.search(text, max(0, start - 3), start)
    first = start = glued.start() if glued else start
    for _ in range(MOST):
        found = AFTER.match(text, end)
        if not found or not _is_family(text, found, is_known):
            break
        end = found.end("name")
        if "(" in found["link"] or "," in found["link"]:
            break
    for _ in range(MOST):
        back = max(0, start - 60)
        found = BEFORE.search(text, back, start)
        if not found or not _is_family(text, found, is_known, before=True):
            break
        start = found.start("name")
        if first != start and found["link"].strip() not in ("", "-"):
            break
    return start, end


def _is_family(text: str, found: re.Match[str], is_known: IsKnown, before: bool = False) -> bool:
    """Whether a word with a capital beside a first name is a family name."""
    word, (start, end) = found["word"], found.span("word")
    low = word.lower().replace("’", "'")
    if low in TITLES or word in lexicon.wide_places() or word in lexicon.institutions() or is_known(text, start, end):
        return False
    apart = found["link"].strip(" \u00a0\n") in (",", "(", "/")
    if apart:
        at = found.start("name")
        alone = OPENED.search(text, max(0, at - 6), at) if before else CLOSED.match(text, end)
        is_acronym = not before and word.isupper() and len(word) <= LONGEST_ACRONYM
        return bool(alone) and not is_acronym and low not in OPENERS and not HEADS.fullmatch(word)
    if not before:
        return low not in OPENERS
    if fold_accents(word).title() in lexicon.surnames() or word.title() in lexicon.surnames():
        return True
    common = lexicon.is_common(word) and not (word.isupper() and len(word) > 2)
    if common and ARTICLE.search(text, max(0, start - 8), start):
        return False
    return low not in OPENERS and not HEADS.fullmatch(word)
