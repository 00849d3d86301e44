# ruff: noqa: E501  # one pattern, one line
"""Numbers and addresses that lead to one person. Every pattern is bounded, so that a long text costs no more than its length.

The patterns are wide on purpose: what an organisation prints of its own is declared, and everything else is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapport.language.patterns import IGNORE, lower, lowered
from rapport.safeguarding import lexicon

MONTHS = "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
MONTHS += "|janv|févr|fév|avr|juil|sept|oct|nov|déc"
NUMBER_WORD = (
    "zéro|zero|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|"
)
NUMBER_WORD += "trente|quarante|cinquante|soixante|septante|quatre-vingts?|nonante"
DAY = rf"(?:\d{{1,2}}(?:er)?|premier|(?:(?:{NUMBER_WORD})[ -]?(?:et )?){{1,3}})"
YEAR = r"(?:\d{4}|\d{2}\b|deux mille(?: [\w-]{2,12}){0,2}|mille neuf cent(?: [\w-]{2,18}){0,3})"
DATE = rf"(?:\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?(?:\d{{4}}|\d{{2}})|\d{{4}}-\d{{2}}-\d{{2}}|{DAY} (?:{MONTHS})\.?(?: {YEAR})?)"
VOIE = r"rue|avenue|av\.|boulevard|bd|bld|place|impasse|allée|allées|chemin|route|quai|square|cours|passage|villa|cité|"
VOIE += r"voie|sentier|faubourg|fbg|esplanade|lotissement|rond-point|hameau|résidence|ruelle|venelle|promenade"
STREET = r"(?:\s+(?:de|du|des|la|le|les|l'|d'|aux?|à)){0,3}\s*(?:l'|d')?"
CAPITAL = "[A-ZÀ-ÖØ-ÞŒ]"
SOCIAL = (
    r"facebook|instagram|snapchat|tiktok|twitter|x|t|telegram|vk|onlyfans|mym|discord|discordapp|linkedin|wa|badoo|"
)
SOCIAL += r"tinder|leboncoin|vivastreet|wannonce|sexemodel|6annonce|coco|ladyxena|escort\w*|gensdeconfiance|skype|"
SOCIAL += r"pinterest|twitch|ask|curiouscat|yubo|omegle|threads|bsky|wizz|tellonym|ngl|youtube|youtu|messenger|m"
NETWORK = r"snapchat|snap|instagram|insta|tiktok|tik tok|discord|telegram|facebook|fb|whatsapp|twitter|messenger|skype|"
NETWORK += (
    r"viber|yubo|tinder|badoo|onlyfans|mym|twitch|steam|roblox|fortnite|pseudo|pseudonyme|pseudonymes|login|identifiant"
)
PAPERS = (
    r"passeports?|carte (?:nationale )?d'identité|CNI|titre de séjour|cartes? de séjour|récépissés?|recepissés?|visas?|"
    r"AGDREF|FNAEG|étrangers?|etrangers?|dossiers?|matricule|écrou|procédures?|procès-verbal|PV|parquet|minute|INE|"
    r"sécurité sociale|allocataire|OFPRA|CNDA|numéro RG|n° RG|RG|plainte|main courante|identifiant|laissez-passer|"
    r"extrait de naissance|acte de naissance|permis|assignation|ordonnance|jugement|badge|carte|IMEI|SIM|ID|NNI|téléphone"
)


@dataclass(frozen=True, slots=True)
class IdentifierPattern:
    """An identifier: its kind, and where it stands in a piece."""

    kind: str
    start: int
    end: int


DIGIT = re.compile(r"\d")
# What every match of a pattern holds, in lower case: a text without it need not be searched. The others hold a digit.
SIGNS = {
    "email": "@",
    "email2": r"at\b(?<!\wat)|arr?obas|chez\b(?<!\wchez)",
    "phone3": "zéro",
    "birth": "",
    "birth2": "naissance|anniversaire",
    "papers": r"\b(?:" + PAPERS.lower().replace(" ", r"\s") + r")\b",
    "handle": "@",
    "handle2": "_",
    "handle4": r"\b(?:" + NETWORK.replace(" ", r"\s") + r")\b",
    "profile": "/",
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to write an identifier; `cased` says that it is not for text in lower case."""

    kind: str
    sign: re.Pattern[str]
    form: re.Pattern[str]
    cased: bool


def _compiled(patterns: dict[str, str]) -> Iterator[Pattern]:
    for name, text in patterns.items():
        cased = not text.startswith(IGNORE) or "(?-i" in text
        form = re.compile(text, re.VERBOSE) if cased else lowered(text, re.VERBOSE)
        yield Pattern(name.rstrip("0123456789"), re.compile(SIGNS.get(name, DIGIT.pattern)), form, cased)


# The whole match is the identifier, or the group « it » where words before it only tell what it is. A space is \s.
ALWAYS = tuple(_compiled({
    "email": r"[\w.+-]{1,64}\s?@\s?[\w-]{1,63}(?:\s?\.\s?[\w-]{2,63}){1,4}",
    "email2": r"(?i)[\w.+-]{2,64}\s?[\[({]?\s?(?:\bat\b|arobase|arrobase|arobas|\bchez\b)\s?[\])}]?\s?[\w-]{2,63}"
    r"\s?[\[({]?\s?(?:\bpoint\b|\bdot\b|\.)\s?[\])}]?\s?(?:com|fr|net|org|ro|bg|ng|de|uk|be|it|es|eu|io|me)\b",
    "nir": r"(?<!\d)[12378]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3}(?:\s?\d{2})?(?!\d)",
    "phone": r"(?<![\d,./-])(?:(?:\+|00)\s?33\s?(?:\(\s?0\s?\))?|[0Oo])[\s._/·•-]{0,2}[1-9](?:(?:[\s._/·•-]{0,3}|\s+;\s+)[\dOo]){8}(?!\d)",
    "phone2": r"(?<![\d,./-])(?:\+|00)\s?[1-9](?:[\s().-]{0,2}\d){7,13}(?!\d)",
    "phone3": r"(?i)\bzéro\s+(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf)(?:[\s,-]{1,3}(?:et\s)?(?:" + NUMBER_WORD + r")){3,14}",
    "phone4": r"(?i)(?:\btél\b|\btel\b|téléphone|portable|mobile|joignable|joindre|appel[ée]\w*|whatsapp|\bgsm\b|\bsms\b|contact\w*)"
    r"[^\n\d]{0,30}?(?P<it>\+?\(?\d(?:[\s().-]{0,2}\d){7,14})",
    "plate": r"\b[A-HJ-NP-TV-Z]{2}[\s-]?\d{3}[\s-]?[A-HJ-NP-TV-Z]{2}\b",
    "plate2": r"(?i)(?:immatricul\w*|plaques?)[^\n.;]{0,30}?(?P<it>\b(?-i:(?:[A-Z]{1,3}[\s-]?)?\d{1,4}[\s-]?[A-Z]{1,3}(?:[\s-]?\d{2,4})?))\b",
    "plate3": r"\b\d{2,4}\s[A-Z]{2,3}\s\d{2}\b",
    "iban": r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b",
    "ip": r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\.?\d)",
    "position": r"-?\d{1,3}[.,]\d{3,8}°?\s?[NS]?\s?[,;/ ]\s?-?\d{1,3}[.,]\d{3,8}|\d{1,3}°\s?\d{1,2}[′']\s?\d{0,2}",
    "birth": r"(?i)\b(?:née?s?|naquit|naissance|nés?e?\(e\)|DDN|anniversaire)\b[^\n.;]{0,40}?(?P<it>" + DATE.replace(" ", r"\s") + ")",
    "birth2": r"(?i)(?P<it>" + DATE.replace(" ", r"\s") + r")\s?[,:(]?\s?(?:\(?date\sde\snaissance|naissance|son\sanniversaire)",
    "papers": r"(?i:\b(?:" + PAPERS.replace(" ", r"\s") + r"))\b[^\n;]{0,40}?(?P<it>\b(?:\d{2,4}\s?/\s?\d{3,8}(?:\s?/\s?\d{1,6})?|[A-Z0-9]{0,4}\d(?:[\s.-]?\d){4,14}[A-Z]{0,3}|\d{2}[A-Z]{2}\d{5}|[A-Z]{1,3}[\s-]?\d{4,9}))\b",
    "number": r"(?<![\d/.,-])(?:\d{9,12}|\d{14,19}|\d{8,11}[A-Z]{1,2}|[A-Z]{1,2}\d{7,9})(?![\d/])",
    "address": r"(?i)\b\d{1,4}\s?(?:bis|ter|quater|[a-d]\b)?\s?,?\s+(?:rue|avenue|av\.|boulevard|bd|bld|impasse|allée|ruelle|faubourg)\b"
    + STREET + r"\s*[\w'-]{2,40}(?:\s+" + "(?-i:" + CAPITAL + r")[\w'-]{1,40}){0,4}",
    "address2": r"\b\d{1,4}\s?(?:bis|ter|quater|[a-dA-D]\b)?\s?,?\s+(?:" + VOIE + r")\b" + STREET + r"\s*" + CAPITAL + r"[\w'-]{1,40}",
    "address3": r"(?i)\b(?:appartement|appart|appt|apt|bâtiment|bât\.?|chambre|porte|escalier|hall)\s(?:n°\s?)?(?:\d{1,4}|(?-i:[A-Z])\b)(?=[\s,.;]|$)",
    "postcode": r"(?<![\d,.-])(?:0[1-9]|[1-8]\d|9[0-8])\d{3}\s+(?P<next>" + CAPITAL + r"[\w'-]{1,40})",
    "handle": r"(?<![\w.@/])@[A-Za-z0-9][\w.]{1,30}",
    "handle2": r"(?<![\w@/.-])[A-Za-z][A-Za-z0-9.]{0,30}_[A-Za-z0-9_.]{0,30}\w",
    "handle3": r"(?<![\w@/.-])[a-zàâéèêëîïôöû]{3,20}(?:\.[a-z]{1,20})?\d{2,4}(?![\w/-])",
    "handle4": r"(?i)\b(?:" + NETWORK.replace(" ", r"\s") + r")\b(?:\s(?:est|de|était|au\snom\sde|sous\sle\s(?:nom|pseudo)(?:\sde)?))?\s?[:(«\"=]{0,2}\s?(?P<it>(?-i:@?[a-z0-9]{1,20}[._-][\w.-]{0,29}\w|[a-zA-Z]{2,20}\d{1,6}\w{0,10}))",
    "profile": r"(?i)\b(?:https?://)?(?:[\w-]{1,30}\.){0,3}(?:" + SOCIAL + r")\.(?:com|fr|me|be|tv|gg|net|org|app|link|fans|cool)/[\w@.?=&%/+-]{1,200}[\w/]",
}))  # fmt: skip
NOT_A_HANDLE = re.compile(r"(?i)(?:covid|article|mp|art|windows|iso|utf)\d")
HARMLESS_BEFORE = re.compile(r"(?i)(?:ISBN|ISSN|doi|NOR|ECLI|requêtes?|arrêts?)\W{0,4}(?:n°\s?)?[\d.\s/-]*$")


def identifiers(text: str) -> Iterator[IdentifierPattern]:
    """The identifiers of a piece, none inside another."""
    taken: list[tuple[int, int]] = []
    low = lower(text)
    digit = DIGIT.search(low)
    for pattern in ALWAYS:
        if not (digit if pattern.sign is DIGIT else pattern.sign.search(low)):
            continue
        for match in pattern.form.finditer(text if pattern.cased else low):
            start, end = match.span("it") if "it" in pattern.form.groupindex else match.span()
            if any(start < e and s < end for s, e in taken) or not _holds(pattern.kind, match, text, start):
                continue
            taken.append((start, end))
            yield IdentifierPattern(pattern.kind, start, end)


def _holds(kind: str, match: re.Match[str], text: str, start: int) -> bool:
    """What a pattern cannot say: a word after a number that is a place, a number that is a book's."""
    if kind == "postcode":
        word = match["next"]
        return not lexicon.is_common(word) or word in lexicon.places() | lexicon.departments()
    if kind in ("number", "phone", "papers"):
        return not HARMLESS_BEFORE.search(text[max(0, start - 40) : start])
    if kind == "handle":
        return not NOT_A_HANDLE.match(match[0])
    if kind == "email":
        return "@" in match[0] or not re.search(r"(?i)\bchez\b", match[0]) or "point" in match[0]
    return True
