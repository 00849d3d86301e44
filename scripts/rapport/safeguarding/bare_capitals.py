"""A word with a capital inside a sentence that nothing but a name explains: « avec Soleil », « they asked Hope »."""

from __future__ import annotations

from rapport.language.patterns import late_pattern

DETERMINERS = frozenset(
    "le la les l' un une des du au aux ce cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes ladite "
    "ledit dudit tout toute toutes tous chaque aucun aucune quel quelle nul nulle deux trois the a an this that "
    "these those each every any no some all its their our your his her my which whose two three premier "
    "première second seconde autre autres telle ancien ancienne nouvel nouvelle other another such new former".split()
)
LINKS = frozenset(
    "s at by from of de d' et and for ou or & in on to against with without contre pour en sans entre it".split()
)
NEIGHBOURS = late_pattern(r"\w+(?:-\w+)*'?|[^\w\s,]")
INSIDE = frozenset("en dans sous hors dès voir via licence menu onglet page mode in under into within see nd".split())
# A title goes on: « Ministère de la Justice », « Article 4 », « Life, the Universe »; so does « Exemple.org ».
GOES_ON = late_pattern(
    r"(?:'s)?\s\(?(?:d'|de\s(?:la\s|l')?|du\s|des\s|of\s(?:the\s)?|the\s)?(?:[A-ZÀ-Þ\d→]|n°)"
    r"|,\s(?:the\s[A-Z]|[A-Z]\w+,?\s(?:or|ou)\s)|\.[a-z]"
)
# « Chef du pôle », « Journée nationale » go on in small letters; who was « taken from » something does not.
COMPLEMENT = late_pattern(
    r"\s(?:d'|d[ue]\s(?:la\s|l')?|des\s)(?!autres?\b|(?:s[ao]n?|ses|leurs?|ces?|cette)\b|\w+[ei]r\b)[a-zà-ÿ]"
    r"|\s(?!r?appel|signal|aval)\w{3,}(?:[nrtvd]al|ales?|aux|ell?es?|aires?|[st]ifs?|[st]ives?|[ée]enne?)s?\b"
)
# Acts and offices that no one is called by, given names apart: « par Décision », « élue Directrice ».
ACT_OR_OFFICE = late_pattern(r"(?:[stx]ion|ment|isme?|teur|trice|ator|cture|ship|iste|logue|[nt]ial|ional)$")
DOES = late_pattern(r"\s(?!(?:aux?|à|d[eu]s?|et|ou|pour|sur|en|and|of|or|for|to|in|on)\b)[a-zà-ÿ]")
# « Selon Bonheur, », « According to Sunshine, »: at a sentence's head, too, an article would stand there.
AT_THE_HEAD = late_pattern(
    r"(?:^|[.!?…:;«\"]\s?)\W{0,3}(?:Selon|Pour|Avec|Chez|Contre|Sans|Par|Comme|Malgré|Devant|D'après|Quant à|Grâce à|"
    r"According to|For|With|Without|Against|Like|Unlike|Thanks to|As for|After|Before|From|About|Beside)\s$"
)
AFTER_A_HEAD = late_pattern(r",|\s(?:nous|on|ils?|elles?|l[ae]s?|l'|we|s?he|they|the|ses|sa|son|his|her)\b")
OF_A_HEAD = frozenset("Mémoire Rappel Exemple Info Mille Cent Instance Example Now Madame Monsieur Maître".split())
AFTER_A_CASE = late_pattern(r"(?:\bcas|[Dd]ossier|affaire|[Ff]ratrie|[Ff]amille)\s$")  # « l'affaire Destin »
PARTICIPLE = late_pattern(r"(?:é|u|i|is|it|ert)e?$")  # « a cru Bonheur », where « a » is no article


def stands_bare(text: str, start: int, end: int) -> bool:
    """Whether a word inside a sentence has a capital but no article, and no title goes on there."""
    word = text[start:end]
    several = (word.endswith(("s", "aux")) and word[-2:] != "ss") or word.lower() in DETERMINERS
    if len(word) < 3 or several or not word[1:].islower() or GOES_ON.match(text, end) or ACT_OR_OFFICE.search(word):
        return False
    if AT_THE_HEAD.search(text, max(0, start - 30), start):
        return word not in OF_A_HEAD and bool(AFTER_A_HEAD.match(text, end))
    if AFTER_A_CASE.search(text, max(0, start - 12), start):
        return True
    near, far = [".", ".", *NEIGHBOURS.findall(text, max(0, start - 60), start)][:-3:-1]
    article = far.lower() in DETERMINERS and not (far == "a" and PARTICIPLE.search(near))  # « the new Act »
    if text[start - 2 : start] == ", " and far == ".":  # « Accompagnée, Précieux a dit »
        return bool(DOES.match(text, end))
    article = article and text[start - 2 : start] != ", "  # but « her sister, Shining »
    titled = COMPLEMENT.match(text, end) and not PARTICIPLE.search(near)
    if not near.islower() or near in DETERMINERS | INSIDE or article or titled or far == ".":
        return False
    return not (near in LINKS and (far[0].isupper() or not far[0].isalnum()))


# What happens to a person, and to no town, no body and nothing that has a name: « Marseille a quinze ans ».
SUFFERS = late_pattern(
    r"\s(?:(?:a|avait|aurait)\s(?:été\s(?:vendue?|violée?|battue?|frappée?|enfermée?|séquestrée?|hospitalisée?|placée?|hébergée?|scolarisée?|prostituée?|kidnappée?)\b|fugué|accouché|avorté|"
    r"(?:onze|douze|treize|quatorze|quinze|seize|dix-sept|1[0-7])\sans\b)|(?:dort|dormait|mendie|mendiait|fugue|se\sprostitue|est\senceinte)\b"
    r"|(?:was|were|has\sbeen)\s(?:sold|raped|beaten|locked|trafficked|groomed|kidnapped)\b|(?:is|was)\s(?:pregnant|(?:ten|eleven|twelve|\w+teen|1\d)(?:\syears)?\b(?!\s[a-z]{2,}s\b))"
    r"|(?:sleeps?|slept|begs|begged)\b|ran\saway\b)"
)
PRONOUNS = frozenset(
    "elle elles il ils on qui que celle celui une un l'une l'un chacune chacun aucune aucun personne quiconque rien "
    "tout certaine certains plusieurs beaucoup cela ça laquelle lequel parfois souvent désormais mineur mineure enfant "
    "fillette victime she he they it we you i who someone everyone nobody anyone one none each all many some several "
    "most both that this these those girls boys children victims minors women".split()
)
BEFORE_ONE = frozenset(
    "et and que that quand when où where puis then mais but car depuis since because si if hier".split()
)


# Countries and regions that have an article in French, and some girls the name of: « avec Kenya », « a vu Chine ».
COUNTRIES = frozenset(
    "Kenya Chine Malaisie Inde Somalie Syrie Bolivie Angola Ghana Jordanie Géorgie Tunisie Algérie Colombie Bretagne "
    "Normandie Savoie Corse Guyane Nigéria Tanzanie Russie Italie Irlande Océanie Asie Afrique Amérique".split()
)
MET = late_pattern(
    r"\b(?:avec|chez|selon|contre|pour|sans|que|quand|lorsque|où|mais|(?:a|ont|avons|avait|avaient|ai)\s(?:rencontré|accueilli|accompagné|"
    r"suivi|reçu|vu|vendu|frappé|placé|confié|refusé|retrouvé|entendu|logé|aidé|emmené|hébergé|orienté|perdu|interrogé))\s$"
)


def suffers(word: str, text: str, start: int, end: int) -> bool:
    """Whether what happens to a person happens to a word with a capital that no article, no noun stands before."""
    if word in COUNTRIES and MET.search(text, max(0, start - 24), start):
        return True
    if not SUFFERS.match(text, end) or word.lower() in PRONOUNS:
        return False
    before = text[max(0, start - 40) : start].rstrip(" «\"'(")
    return not before or before[-1] in ".,;:!?…–—-" or before.rpartition(" ")[2].lower() in BEFORE_ONE
