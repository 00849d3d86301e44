# ruff: noqa: E501  # one pattern, one line
"""Numbers and addresses that lead to one person. Every pattern is bounded, so that a long text costs no more than its length.

The patterns are wide on purpose: what an organisation prints of its own is declared, and everything else is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from msgspec import Struct

from rapport.language.patterns import IGNORE, compile_for_lower, late_pattern, lower_in_place
from rapport.safeguarding import identifier_words as words
from rapport.safeguarding import lexicon
from rapport.safeguarding.dates import BIRTH, ENGLISH_DATE, ENGLISH_MONTHS, MONTHS, NUMBER_WORD, YEAR_IN_WORDS
from rapport.safeguarding.english_combinations import AGE
from rapport.safeguarding.public_names import A_BEGINNING, OF_NOBODY, SOMEONE
from rapport.safeguarding.spoken_numbers import ENGLISH_NUMBERS, is_spoken_number


class IdentifierPattern(Struct, frozen=True):
    """An identifier: its kind, and where it stands in a piece."""

    kind: str
    start: int
    end: int


ENGLISH_NUMBER = "|".join(ENGLISH_NUMBERS)
DIGIT = late_pattern(r"\d")
# One of these stands in every match of a pattern, in lower case; the other patterns hold a digit.
SIGNS: dict[str, tuple[str, ...]] = {
    "email": ("@",),
    "email2": (" at ", "(at", "[at", "{at", "-at-", "roba", "chez "),
    "email3": ("(at", "[at", "{at", "( at", "(a)", "[a]", "(chez", "(arob", "[arob"),
    "plate5": ("voiture", "berline", "scooter", "moto", "camion", "fourgon", "véhicule", "utilitaire", "taxi", " van", " car", "saloon", "lorry", "truck", "vehicle", "moped", "coach"),
    "plate2": ("immatricul", "plaque", "regist", "reg", "plate"),
    "phone4": ("tél", "tel", "portable", "mobile", "joi", "appel", "whatsapp", "gsm", "sms", "contact", "number"),
    "file3": ("sous le", "under ", "matricule", "with number", "avec le num", "au num", "as number"),
    "phone3": ("vingt", "trente", "quarante", "cinquante", "soixante", "septante", "nonante", "zéro", "zero"),
    "birth": ("né", "naiss", "naqui", "ddn", "anniv", "bougies", "vu le jour", "vue le jour", "au monde", "accouch"),
    "birth2": ("naissance", "anniversaire", "jour de "),
    "handle": ("@",),
    "handle2": ("_",),
    "handle4": (),  # words.NETWORK
    "handle5": (),
    "birth3": (" ans", "majeur", "majorité"),
    "birth8": ("ddn", "dob", "d.o.b", "acte", "civil", "est du", "certificate", "papers"),
    "birth4": ("into the", "into this", "candles", "born", "birth", "dob", "d.o.b", "b. "),
    "birth5": (" since ", "turn", "will be", "would be", "of age"),
    "birth7": ("he turned", "he was born", "of age", "birthday", "he will be", "he would be", "he is ", "he turns", "date of birth"),
    "birth6": ("né", "naquit ", "naissance", "born "),
    "profile": ("/",),
    "profile2": ("/",), "handle7": ("#",),
    "handle6": ("compte", "account", "profil", "handle", "username", "screen", "pseudo"),
    "address3": (
        "app", "apt", "bât", "chambre", "porte", "escalier", "hall", "cage", "entrée", "flat", "apart", "building", "stairc", "room",
    ),
    "phone6": ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "zero", "oh "),
}  # fmt: skip
FEWEST = {
    "nir": 12,
    "phone2": 8,
    "phone4": 8,
    "phone5": 10,
    "phone7": 9,
    "phone9": 4,
    "plate2": 2,
    "plate5": 3,
    "file3": 3,
    "phone8": 10,
    "plate": 3,
    "ip": 4,
    "number": 7,
    "papers": 4,
    "postcode": 5,
}
ON_A_NETWORK = late_pattern(r"\b(?:" + words.NETWORK.replace(" ", r"\s") + r")\b")


class Pattern(Struct, frozen=True, dict=True):
    """One way to write an identifier, and what shows that it may be there: some letters, else a network, else a digit.

    `needs_capitals` says that it is not for text in lower case, `fewest` how many digits every match of it holds.
    """

    kind: str
    signs: tuple[str, ...] | None
    source: str
    needs_capitals: bool
    fewest: int

    @cached_property
    def form(self) -> re.Pattern[str]:
        """The pattern, compiled where it is tried at all."""
        compiled = re.compile if self.needs_capitals else compile_for_lower
        return compiled(self.source, re.VERBOSE)


def _patterns(patterns: dict[str, str]) -> Iterator[Pattern]:
    for name, text in patterns.items():
        cased = not text.startswith(IGNORE) or "(?-i" in text
        yield Pattern(name.rstrip("0123456789"), SIGNS.get(name), text, cased, FEWEST.get(name, int(name not in SIGNS)))


# The whole match is the identifier, or the group « it » where words before it only tell what it is. A space is \s.
FORMS = {
    "email": r"[\w.+-]{1,64}\s?@\s?[\w-]{1,63}(?:\s?\.\s?[\w-]{2,63}){1,4}",
    "email2": r"(?i)[\w.+-]{2,64}\s?[\[({]?\s?(?:\bat\b|arobase|arrobase|arobas|\bchez\b)\s?[\])}]?\s?[\w-]{2,63}"
    r"\s?[\[({]?\s?(?:\bpoint\b|\bdot\b|\.)\s?[\])}]?\s?(?:com|fr|net|org|ro|bg|ng|de|uk|be|it|es|eu|io|me)\b",
    "email3": r"(?i)[\w.+-]{2,64}\s?[\[({]\s?(?:at|arobase|arobas|chez|a)\s?[\])}]\s?[\w-]{2,63}(?:\s?(?:\.|\bpoint\b|\bdot\b|[\[({]\s?(?:dot|point)\s?[\])}])\s?[\w-]{2,20}){1,3}",
    "nir": r"(?<!\d)[12378]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3}(?:\s?\d{2})?(?!\d)",
    "phone": r"(?<![\d,./-])(?:(?:\+|00)\s?33\s?(?:\(\s?0\s?\))?|0|(?<![^\W\d_])[Oo])[\s._/·•-]{0,2}[1-9Il](?:(?:[\s._/·•*^x-]{0,3}|\s+;\s+)[\dOoIl]){8}(?!\d)",
    "phone2": r"(?<![\d,./-])(?:\+|00)\s?[1-9](?:[\s().*^-]{0,2}\d){7,13}(?!\d)",
    "phone5": r"(?<![\d,./-])0[1-9](?P<sign>[^\w]{1,3}|_)\d\d(?:(?P=sign)\d\d){3}(?!\d)",
    "phone7": r"(?<![\w,./-])[0Oo]\d{3,4}[\s./-]\d{3}[\s./-]?\d{3,4}(?!\d)",
    "phone8": r"(?i)(?<![\d,./-])0[1-9](?:\W{1,3}(?:(?:et\s)?puis|ensuite|et|enfin|then|and)\s(?:le\s)?\d\d){4}(?!\d)",
    "phone3": r"(?i)\b(?:(?:" + NUMBER_WORD + r"|\d\d?)(?!\w)[^\w]{1,3}(?:(?:et|puis|enfin)[\s-])?){3,16}(?:" + NUMBER_WORD + r"|\d\d?)\b",
    "phone6": r"(?i)\b(?:(?:(?:double|triple)\s)?(?:" + ENGLISH_NUMBER + r"|\d\d?)(?!\w)[^\w]{1,3}(?:(?:and|then)\s|(?:double|triple)\s)?){3,16}(?:" + ENGLISH_NUMBER + r"|\d\d?)\b",
    "phone4": r"(?i)(?:\btél\b|\btel\b|téléphone|portable|mobile|joignable|joindre|appel[ée]\w*|whatsapp|\bgsm\b|\bsms\b|contact\w*|\bnumber\b(?!\sof))"
    r"[^\n\d]{0,30}?(?P<it>\+?\(?\d(?:[\s().-]{0,2}\d){7,14})",
    "phone9": r"(?i)(?<![\d,./-])0[1-9](?:[\s.-]?\d\d){1,3}(?:[\s.,-]{1,3}(?:" + NUMBER_WORD + "|" + ENGLISH_NUMBER + r")){1,6}\b(?!\s(?:mois|ans|jours|months|days|years))",
    "plate": r"(?i)(?<![\w-])[a-hj-np-tv-z]{2}[\s./·–-]?\d{3}[\s./·–-]?[a-hj-np-tv-z]{2}(?![\w-])",
    "plate2": r"(?i)(?:immatricul\w*|plaques?|registration|registered|\breg\b|\bplates?\b)[^\n.;]{0,30}?(?P<it>\b(?:\d{1,4}[\s-]?[a-z]{2,3}[\s-]?\d{2}|[a-z]{1,3}[\s-]?\d{2,4}[\s-]?[a-z]{2,3}|[a-z]{2}[\s-]?\d{4,6}|[a-z]{2}\d\d\s?[a-z]{3}))\b",
    "plate5": r"\b(?i:voiture|berline|scooter|moto|camion|fourgon|camionnette|fourgonnette|véhicule|utilitaire|taxi|van|car|saloon|lorry|truck|vehicle|moped|motorbike|coach)\b[^\n.;]{0,40}?(?P<it>\b(?!BMW|SUV|VW|GPS|RN)(?:[A-Z]{2,3}[\s-]?\d{3,5}(?:[\s-]?[A-Z]{1,3})?|\d{2,4}[\s-][A-Z]{2,3}[\s-]\d{2,4}|[A-Z][\s-]\d{2,4}[\s-][A-Z]{2,3})\b)",
    "plate4": r"(?<![\w-])[A-Z]{2}\d{2}\s?[A-Z]{3}(?![\w-])",
    "plate3": r"\b\d{2,4}\s[A-Z]{2,3}\s\d{2}\b",
    "iban": r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b",
    "ip": r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\.?\d)",
    "position": r"-?\d{1,3}[.,]\d{3,8}°?\s?[NS]?\s?[,;/ ]\s?-?\d{1,3}[.,]\d{3,8}|\d{1,3}°\s?\d{1,2}[′']\s?\d{0,2}",
    "birth": r"(?i)\b(?:née?s?|naquit|naissance|nés?e?\(e\)|vue?\sle\sjour|au\smonde|accouch\w{1,3}|ddn|anniv(?:ersaire)?|bougies)\b[^\n.;]{0,40}?(?P<it>(?<!\d)" + BIRTH.replace(" ", r"\s") + ")",
    "birth2": r"(?i)(?P<it>" + BIRTH.replace(" ", r"\s") + r")\s?[,:(]?\s?(?:\(?date\sde\s(?:sa\s)?naissance|naissance|son\sanniversaire|jour\sde\s(?:sa\snaissance|ses\s\w{1,12}(?:-\w{1,5})?\sans|sa\smajorité|son\sanniversaire)|[^\n.;]{0,60}?\b(?:pour|comme)\s(?:sa\s|date\sde\s){1,2}naissance)",
    "birth3": r"(?i)\b(?:(?:ses|mes|(?:aura|fêt\w{1,5}|eut?|eue?s?)\s(?:ses\s)?)\s?\w{1,8}(?:-\w{1,5})?\sans|âgée?\s(?:de\s|d')\w{1,8}(?:-\w{1,5})?\sans|sa\smajorité|majeure?)(?:\s\w{3,12})?,?\s(?:depuis\s)?(?:le\s|ce\s|chaque\s|tous\sles\s|au\s|[«\"]?\s?à\s(?=la\s(?:saint|toussaint)))(?:(?:lun|mar|mercre|jeu|vendre|same)di\s|dimanche\s)?(?P<it>" + BIRTH.replace(" ", r"\s") + ")",
    "birth8": r"(?i)\b(?:(?:sur\s(?:l'|son\s)acte|état\scivil|(?:elle|il|fille|garçon|enfant)\sest)(?:\s?:\s?|\sdu\s)|on\s(?:the|his|her)\s(?:certificate|papers)\s?:\s?|(?:ddn|dob|d\.o\.b\.?)\s?:?\s?(?=\d\d?\s?/\s?(?:19|20)\d\d))(?P<it>" + BIRTH.replace(" ", r"\s") + "|" + ENGLISH_DATE + r"|\d\d?\s?/\s?(?:19|20)\d\d)",
    "birth4": r"(?i)\b(?:born|birth(?:day|date)?|dob|d\.o\.b|(?:came|brought)\sinto\s(?:the|this)\sworld|candles|b\.(?=\s\d))(?!\w)[^\n;]{0,40}?(?P<it>(?<!\d)(?:" + ENGLISH_DATE + "|" + BIRTH.replace(" ", r"\s") + "))",
    "birth5": r"(?i)\b(?:(?:turn(?:s|ed|ing)?|(?:will|would)\sbe)\s" + AGE + r"(?:\s\w{3,8})?|(?:^|\W)" + AGE + r"(?=\ssince)|(?:an?\s)?adult(?=\ssince)|of\sage(?=\ssince)|c[ao]mes?\sof\sage),?\s(?:on|this|next|every|each|since)\s(?:the\s)?(?P<it>" + ENGLISH_DATE + "|" + BIRTH.replace(" ", r"\s") + ")",
    "birth6": r"(?i)\b(?:(?:née?|naquit|naissance)\s(?:en|fin|début|mi|courant|vers)|naissance\s?:|born(?:\s(?:in|around|about|during))?)[\s-](?:(?:late|early|mid)[\s-]|d[e'])?(?P<it>(?:(?:" + MONTHS + "|" + ENGLISH_MONTHS + r")\s|(?:0?[1-9]|1[0-2])\s?[./-]\s?)(?:(?:19|20)\d\d|" + YEAR_IN_WORDS + r"))\b(?!,?\s(?:la|le|l'|les|the|this|cette|ce)\s?(?:" + words.BORN_TOO + "))",
    "birth7": r"(?i)(?P<it>" + ENGLISH_DATE + r"),?\s(?:is\s|was\s|the\sday\s(?:when\s|of\s)?)?(?:s?he\s(?:turned|was\sborn|came\sof\sage|(?:will\sbe|would\sbe|turns|is)\s(?:1\d|\w+teen)\b)|as\sh(?:er|is)\s(?:date\sof\sbirth|birthday)|h(?:er|is)\s(?:\w+\s)?birthday)",
    "papers": r"(?i:\b(?:" + words.PAPERS.replace(" ", r"\s") + r"))\b[^\n;]{0,40}?(?P<it>\b(?:\d{2,4}\s?/\s?\d{3,8}(?:\s?/\s?\d{1,6})?|[A-Z0-9]{0,4}\d(?:[\s.-]?\d){4,14}[A-Z]{0,3}|\d{2}[A-Z]{2}\d{5}|[A-Z]{1,3}[\s-]?\d{4,9}))\b",
    "file": r"(?i)\b(?:" + words.FILES.replace(" ", r"\s") + r")\b(?:,?\s[a-zà-ÿ']{1,14}){0,4}?[\s:(,]{0,3}(?:\b(?:n°|nº|n\.|no\.?\s|num(?:éro)?|réf(?:érence)?)[\s.:]{0,3}|:\s?|\#\s?|\s)(?P<it>[a-z]{0,4}[\s/.-]?\d(?:[\s./-]?\d|[./-]?[a-z]{1,3}(?![a-z])|[./-][a-z]{4,6}(?=[./-]\d)){1,15})(?!\w)",
    "file2": r"(?i)\b(?:" + words.ENGLISH_FILES + r")\b\.?(?:\s[a-z']{1,14}){0,2}?[\s:(,]{0,3}(?:\b(?:no\.?|number|n°|ref(?:erence)?)(?:\s(?:is|was)\b)?[\s.:]{0,3}|:\s?|\#\s?|\s(?=\w+[/-]\w|\d{3,}\s\d{3}|\d\d\s\d{3}\s\d{3}))(?P<it>[a-z]{0,4}[\s/.-]?\d(?:[\s./-]?\d|[./-]?[a-z]{1,3}(?![a-z])){2,15})(?!\w)",
    "file3": r"(?i)\b(?:suit|suivent|situations?|ouverte?|classée?|audiencée?|écrou\w{0,3}|détenue?|incarcérée?|enregistrée?|inscrite?|suivie?|connue?|hébergée?|immatriculée?|fichée?|held|registered|booked|detained|enrolled|known|recorded|listed|jailed|entered)\b[^.;\n]{0,30}?\b(?:sous|au|avec|under|as|with|by)\s(?:le\s|la\s|un\s|the\s|a\s)?(?:\w{3,12}\s)?(?:n°|nº|numéro|matricule|no\.?|number|reference|référence|code|ref)[\s.:]{0,3}(?P<it>[a-z]{0,4}[\s/.-]?\d(?:[\s./-]?\d|[./-]?[a-z]{1,3}(?![a-z])){2,15})(?!\w)",
    "code": r"\b[A-Z]{2,6}[-/ ]\d{1,3}[-/ ](?:19|20)\d\d[-/ ]\d{2,7}\b",
    "number": r"(?<![\d/.,-])(?:\d{9,12}|\d{14,19}|\d{8,11}[A-Z]{1,2}|[A-Z]{1,2}\d{7,9})(?![\d/])",
    "address": r"(?i)\b\d{1,4}\s?(?:bis|ter|quater|[a-d]\b)?\s?,?\s+(?:rue|avenue|av\.|boulevard|bd|bld|impasse|allée|ruelle|faubourg)\b"
    + words.STREET + r"\s*[\w'-]{2,40}(?:\s+" + "(?-i:" + words.CAPITAL + r")[\w'-]{1,40}){0,4}",
    "address2": r"\b\d{1,4}\s?(?:bis|ter|quater|[a-dA-D]\b)?\s?,?\s+(?:" + words.VOIE + r")\b" + words.STREET + r"\s*" + words.CAPITAL + r"[\w'-]{1,40}",
    "address3": r"(?i)\b(?:" + words.PARTS_OF_A_HOUSE + r")\s(?:n°\s?|no\.?\s)?(?:\d{1,4}[a-z]?|(?-i:[A-Z])\d{0,3})(?=[\s,.;)]|$)" + words.NO_HOME,
    "address4": r"\b\d{1,4}[a-dA-D]?,?\s(?:" + words.CAPITAL + r"[\w'-]{1,20}\s){1,3}(?:Road|Rd|Street|St|Avenue|Ave|Lane|Drive|Close|Crescent|Terrace|Gardens|Grove|Row|Mews|Square|Court|Hill|Walk|Way)\b",
    "postcode": r"(?<![\d,.-])(?:0[1-9]|[1-8]\d|9[0-8])\d{3}\s+(?P<next>" + words.CAPITAL + r"[\w'-]{1,40})",
    "handle": r"(?<![\w.@/])@[A-Za-z0-9][\w.]{1,30}",
    "handle2": r"(?<![\w@/.-])[A-Za-z][A-Za-z0-9.]{0,30}_[A-Za-z0-9_.]{0,30}\w",
    "handle3": r"(?<![\w@/.-])[a-zàâéèêëîïôöû]{3,20}(?:\.[a-z]{1,20})?\d{2,4}(?![\w/-])",
    "handle4": r"(?i)\b(?:" + words.NETWORK.replace(" ", r"\s") + r")\b" + words.CALLED + r"(?P<it>@?[a-z0-9][\w.-]{1,30}\w)",
    "handle5": r"(?i)(?<![\w@.-])(?P<it>[a-z0-9][\w.-]{2,30}\w)\s(?:sur|chez)\s(?:son\s|mon\s|le\s|un\s)?(?:compte\s)?(?:" + words.NETWORK.replace(" ", r"\s") + r")\b",
    "handle6": r"(?i)\b(?:compte|account|profile?|handle|username|screen\sname|pseudo)\s(?:is\s|est\s)?[«\"“]?\s?(?P<it>@?[a-z](?=[\w.-]{0,30}(?:[._]\w|\d))[\w.-]{2,30}\w)",
    "handle7": r"(?i)(?<![\w#/])[a-z][\w.]{1,30}\#\d{4}\b",
    "profile2": r"(?i)\b(?:https?://|www\.)?[\w.-]{3,60}\.[a-z]{2,10}/(?:[\w-]{1,30}/){0,3}(?:u|users?|profils?|profiles?|membres?|members?|models?|ads?|annonces?|escorts?)/[\w@.?=&%/+-]{2,100}\w",
    "profile": r"(?i)\b(?:https?://)?(?:[\w-]{1,30}\.){0,3}(?:" + words.SOCIAL + r")\.(?:com|fr|me|be|tv|gg|net|org|app|link|fans|cool)/[\w@.?=&%/+-]{1,200}[\w/]",
}  # fmt: skip
ALWAYS, NAMES = tuple(_patterns(FORMS)), tuple(FORMS)
NOT_A_HANDLE = late_pattern(r"(?i)(?:covid|article|mp|art|windows|iso|utf)\d")
HARMLESS_BEFORE = late_pattern(r"(?i)(?:ISBN|ISSN|doi|NOR|ECLI[\w:.]*|arrêts?|articles?)\W{0,4}(?:n°\s?)?[\d.\s/-]*$")
PUBLIC_FILE = late_pattern(
    r"(?i)dossiers?\s(?:de\spresse|thématique|spécial|documentaire|d'information)|arrêts?\b|cedh|cour\seuropéenne|(?:comité\s|european\scommittee\sof\s|comité\seuropéen\sdes\s)(?:social\srights|droits\ssociaux)|réclamation\s(?:collective|n°)|collective\scomplaint|revue|\sc\.\s|@"
)
REQUEST_OF_STRASBOURG = late_pattern(r"\d{3,5}/\d{2}")  # what the European Court of Human Rights prints
DAY_AND_MONTH = late_pattern(r"(\d{1,2})[^\w]{1,3}(\d{1,2})")
NOR = late_pattern(r"[A-Z]{4}\d{7}[A-Z]|\b[CFT]-\d{1,4}/\d\d\b")  # or a case of the Court of Justice
A_VARIABLE = late_pattern(
    r"(?i)\b(?:variables?|indicateurs?|indicators?|colonnes?|champs?|paramètres?|balises?|fonctions?|onglets?|modules?|fields?|columns?)\b[^.;«\"]{0,30}$|\b(?P<page>scripts?|pages?|rubriques?|fichiers?|formulaires?|files?|forms?|spreadsheets?|tables?|tableaux?)\s[«\"]?\s?$"
)
FILE_NAME = late_pattern(r"(?i)(?:[^\W_]+_)+[^\W_]+\.(?:pdf|docx?|odt|xlsx?|csv|png|jpe?g|svg|md|txt|zip)")
LETTERS_ALONE = late_pattern(r"\w(?:_\w)+")
PIECES = 1 << 13
"""How many pieces are kept in mind."""
A_PSEUDONYM = late_pattern(r"(?i)pseudo\w*\W*$|[:=«\"(@]\s?$")


@lru_cache(PIECES)
def identifiers(text: str) -> tuple[IdentifierPattern, ...]:
    """The identifiers of a piece, none inside another; most pieces are met again in print."""
    return tuple(_matches(text))


def _matches(text: str) -> Iterator[IdentifierPattern]:
    taken: list[tuple[int, int]] = []
    low = lower_in_place(text)
    digits, network = len(DIGIT.findall(low)), _holds_one(NETWORKS, low) and ON_A_NETWORK.search(low)
    for pattern in ALWAYS:
        signs = pattern.signs
        if digits < pattern.fewest or not (signs is None or (_holds_one(signs, low) if signs else network)):
            continue
        for match in pattern.form.finditer(text if pattern.needs_capitals else low):
            start, end = match.span("it") if "it" in pattern.form.groupindex else match.span()
            if any(start < e and s < end for s, e in taken) or not _holds(pattern.kind, match, text, start, end):
                continue
            taken.append((start, end))
            yield IdentifierPattern(KINDS.get(pattern.kind, pattern.kind), start, end)


def _holds_one(signs: tuple[str, ...], text: str) -> bool:
    """As `any`, whose generator took longer than all that it looked for."""
    for sign in signs:  # noqa: SIM110
        if sign in text:
            return True
    return False


NETWORKS = tuple(word for word in words.NETWORK.split("|") if not word.startswith(("snapc", "instag", "pseudon")))
KINDS = {"file": "papers"}


def _holds(kind: str, match: re.Match[str], text: str, start: int, end: int) -> bool:
    """What a pattern cannot say: a word after a number that is a place, a number that is a book's."""
    match kind:
        case "postcode":
            word = match["next"]
            return not lexicon.is_common(word) or word in lexicon.places() | lexicon.departments()
        case "number" | "phone" | "papers" | "file":
            if HARMLESS_BEFORE.search(text[max(0, start - 40) : start]) or NOR.search(
                text[max(0, start - 4) : end + 1]
            ):
                return False
            if AN_ORDER.fullmatch(text[start:end]) and match[0].lower().startswith(("ordonnance", "order")):
                return False
            if match.re is FILED_UNDER.form and not (SOMEONE.search(lower_in_place(text)) or A_MATTER.search(text)):
                return False
            if kind == "file":
                return _is_a_file(text, match.start(), start, end)
            spoken = kind == "phone" and any(match.re is one.form for one in (SPOKEN, SPOKEN_IN_ENGLISH))
            return not spoken or is_spoken_number(text[start:end])
        case "plate":
            if match.re is PLATE.form and VEHICLE.search(text[max(0, start - 60) : start]):
                return True
            begins = re.match(r"[a-z]+", text[start:end])
            return _is_a_plate(text[start:end], match.start() < start) or (match.re is not PLATE.form and not begins)
        case "birth":
            if A_BEGINNING.search(text[max(0, match.start() - 60) : match.start()]) or OF_NOBODY.search(
                text, match.start(), start
            ):
                return False
            day = DAY_AND_MONTH.fullmatch(text[start:end])
            return day is None or (0 < int(day[1]) <= 31 and 0 < int(day[2]) <= 12)
        case "handle":
            return _is_a_handle(match, text, start, end)
        case "email":
            return "@" in match[0] or not re.search(r"(?i)\bchez\b", match[0]) or "point" in match[0]
    return True


def _is_a_file(text: str, begin: int, start: int, end: int) -> bool:
    """Whether a number beside « dossier » or « procédure » is that of someone's: no year, no count, no public case."""
    number, cue = text[start:end], text[begin:start]
    if PUBLIC_FILE.search(text[max(0, begin - 60) : end + 30]) or YEAR_ALONE.fullmatch(number.strip()):
        return False
    if REQUEST_OF_STRASBOURG.fullmatch(number) and cue.lower().startswith(("requête", "application")):
        return False
    if re.match(r"[a-zà-ÿ]{1,4}\s", number):
        return False
    numbered = re.search(r"(?i)n°|nº|\bn\.|\bno\b|num|réf|\bref|matricule|écrou|[:#(]", cue)
    digits = sum(map(str.isdigit, number))
    return digits >= 3 and bool(numbered or ("," not in cue and ALONE.search(number)))


# What a judge or a service has of one child.
A_MATTER = late_pattern(
    r"(?i)juges? des enfants|tribunal pour enfants|\b(?:la|cette|sa|leur) situation|\bmineure?\b|\bchild(?:'s)? (?:file|case)"
)
ALONE = late_pattern(r"\d[/-]\d|\d[./-][A-Za-z]{1,6}[./-]\d|^[A-Za-z]+[\s/.-]?\d|^\d{4,}$|^\d{2,}(?:\s\d{3,})+$")
AN_ORDER = late_pattern(r"(?:\d\d|(?:19|20)\d\d)-\d{1,4}")  # « ordonnance n° 45-174 » is a law
YEAR_ALONE = late_pattern(
    r"(?:19|20)\d\d(?:\s?[-/]\s?(?:19|20)?\d\d)?|\d{1,4}\s(?:ans|enfants|mineur|mineurs|euros|pages|jours|mois|heures)\b.*"
)


def _is_a_plate(plate: str, told: bool) -> bool:
    """Whether two letters, three digits and two letters are a plate: « le 119 et » is none."""
    if plate.isupper() or not any(map(str.isspace, plate)):
        return True
    return not (all if told else any)(lexicon.is_common(word) for word in re.findall(r"[a-zA-Z]+", plate))


def _is_a_handle(match: re.Match[str], text: str, start: int, end: int) -> bool:
    """Whether a word is the name of an account: no variable, no file, no note's number glued to a word."""
    word = text[start:end]
    if NOT_A_HANDLE.match(word) or LETTERS_ALONE.fullmatch(word):
        return False
    if match.re is NEAR_A_NETWORK.form or match.re is ON_IT.form:
        return _is_an_account(match, word, text[:start])
    if "@" in word:
        return True
    file = "_" in word and FILE_NAME.fullmatch(text[start : end + 5].split()[0].rstrip(".,;:!?)"))
    told = A_VARIABLE.search(text[:start]) if "_" in word else None
    if file or told:
        page = told is not None and told["page"] and not file
        return any(
            lexicon.is_rare(part)
            or part in lexicon.given_names()
            or (page and not (lexicon.is_word(part.lower()) or len(part) < 2))
            for part in re.findall(r"[^\W\d_]+", word)
        )
    letters = word.rstrip("0123456789")
    if letters.isalpha() and letters != word and letters.title() not in lexicon.given_names():
        return not lexicon.is_common(letters) or len(word) - len(letters) > 2
    return True


def _is_an_account(match: re.Match[str], word: str, before: str) -> bool:
    """Whether a word beside the name of a network is that of an account there."""
    bare = word.strip("@.-_")
    if (
        word[0] == "@"
        or re.search(r"\w[._]\w|[a-z]-\d{1,3}(?!\d)|(?<!\d)\d{1,3}-[a-z]", bare)
        or (re.search(r"[^\W\d]\d|\d[^\W\d]", bare) and not re.fullmatch(r"\d+\w", bare))
    ):
        return True
    if not bare.isalpha() or bare[0].isupper() or ON_A_NETWORK.fullmatch(bare.lower()) or len(bare) < 4:
        return False
    if lexicon.is_common(bare):
        return (
            bool(A_PSEUDONYM.search(before))
            and match.re is NEAR_A_NETWORK.form
            and before.rstrip()[-1:] in ":="
            and "pseudo" in before[-40:].lower()
        )
    return bare not in JARGON


JARGON = frozenset(
    "live lives story stories followers follower loverboy loverboys loverboying sugar daddy post posts like likes smartphone business premium messenger pro plus groups group chat chats tchat tchats spam escort escorting grooming sexting".split()
)
VEHICLE = late_pattern(
    r"(?i)\b(?:immatricul\w*|plaques?|voiture|camion|fourgon|camionnette|véhicule|scooter|moto|utilitaire|berline)\b"
)
PLATE, SPOKEN, SPOKEN_IN_ENGLISH, NEAR_A_NETWORK, ON_IT, FILED_UNDER = (
    next(pattern for pattern, name in zip(ALWAYS, NAMES, strict=True) if name == wanted)
    for wanted in ("plate", "phone3", "phone6", "handle4", "handle5", "file3")
)
