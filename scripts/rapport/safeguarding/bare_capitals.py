"""A word with a capital inside a sentence that nothing but a name explains: « avec Soleil », « they asked Hope »."""

from __future__ import annotations

from rapport.language.patterns import late_pattern

DETERMINERS = frozenset(
    "le la les l' un une des du au aux ce cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes ladite "
    "ledit dudit tout toute toutes tous chaque aucun aucune quel quelle nul nulle deux trois the a an this that "
    "these those each every any no some all its their our your his her my which whose two three premier "
    "première second seconde".split()
)
LINKS = frozenset(
    "s at by from of de d' et and for ou or & in on to against with without contre pour en sans entre".split()
)
NEIGHBOURS = late_pattern(r"\w+(?:-\w+)*'?|[^\w\s,]")
# A title goes on: « Ministère de la Justice », « Article 4 »; so does an address: « Exemple.org ».
GOES_ON = late_pattern(r"\s(?:d'|de\s(?:la\s|l')?|du\s|des\s|of\s(?:the\s)?)?(?:[A-ZÀ-Þ\d]|n°)|\.[a-z]")
PARTICIPLE = late_pattern(r"(?:é|u|i|is|it|ert)e?$")  # « a cru Bonheur », where « a » is no article


def stands_bare(text: str, start: int, end: int) -> bool:
    """Whether a word inside a sentence has a capital but no article, and no title goes on there."""
    word = text[start:end]
    several = (word.endswith(("s", "aux")) and word[-2:] != "ss") or word.lower() in DETERMINERS
    if len(word) < 3 or several or not word[1:].islower() or GOES_ON.match(text, end):
        return False
    near, far = [".", ".", *NEIGHBOURS.findall(text, max(0, start - 60), start)][:-3:-1]
    article = far.lower() in DETERMINERS and not (far == "a" and PARTICIPLE.search(near))  # « the new Act »
    if text[start - 2 : start] == ", " and far == ".":  # « Accompagnée, Précieux a dit »
        return text[end + 1 : end + 2].islower()
    article = article and text[start - 2 : start] != ", "  # but « her sister, Shining »
    if not near.islower() or near in DETERMINERS or article or far == ".":
        return False
    return not (near in LINKS and far[0].isupper())
