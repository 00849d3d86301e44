# ruff: noqa: E501  # one pattern, one line
"""Days as people write them in French and English, as pieces of patterns; a space in DATE and BIRTH stands for any."""

from __future__ import annotations

from rapport.language.months import FRENCH_TYPED
from rapport.language.months import MONTHS as MONTH_NAMES

MONTHS = f"{FRENCH_TYPED}|janv|févr|fév|avr|juil|sept|oct|nov|déc"
NUMBER_WORD = (
    "zéro|zero|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|"
)
NUMBER_WORD += "cents?|trente|quarante|cinquante|soixante|septante|quatre-vingts?|nonante"
RAISED = r"(?:\s?(?:er|ᵉʳ)|e|st|nd|rd|th)?"  # what may follow the number of a day: « le 1er/04/2000 »
DAY = rf"(?:\d{{1,2}}{RAISED}|premier|(?:(?:{NUMBER_WORD})[ -]?(?:et )?){{1,3}})"
YEAR = r"(?:\d{4}|\d{2}\b|deux mille(?: [\w-]{2,12}){0,2}|mil(?:le)? neuf cent(?: [\w-]{2,24}){0,3})"
DATE = rf"(?:\d{{1,2}}{RAISED}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?(?:\d{{4}}|\d{{2}})|\d{{4}}-\d{{2}}-\d{{2}}|{DAY} (?:{MONTHS})\.?(?: {YEAR})?)"
# A day known by its name: « le jour de Noël 2009 ».
FEAST = (
    r"(?:noël \d{4}|(?:(?:jour|soir|veille|lendemain|nuit|matin) (?:de la |de l'|de |du )(?:noël|an|pâques|saint-\w{4,12}|toussaint|assomption|ascension|aïd|tabaski|"
    r"fête nationale|épiphanie|nouvel an)|la saint-\w{4,12}|st\.? \w{3,12}'s (?:day|eve)|christmas (?:day|eve)|new year's (?:day|eve)|boxing day|easter (?:sunday|monday))(?: \d{4})?)"
)
# A birth is told in more ways: any sign between its numbers, a month in Roman letters, no year.
BIRTH = rf"(?:{DATE}|\d{{1,2}}{RAISED}(?P<sign>\s?[^\w\s]\s?|[ _])\d{{1,2}}(?:(?P=sign)(?:\d{{4}}|\d{{2}}))?(?!\d)|\d{{4}}[./ ]\d{{2}}[./ ]\d{{2}}"
BIRTH += rf"|\d{{1,2}} (?:de ce|du) mois(?: d[e'] ?(?:{MONTHS}))?|{FEAST}"
BIRTH += (
    rf"|\d{{1,2}}{RAISED}\s?[./ -]\s?(?:[ivx]{{1,4}}|(?:{MONTHS})\.?)\s?[./ -]\s?\d{{2,4}}|[0-3]\d[01]\d(?:19|20)\d\d)"
)
YEAR_IN_WORDS = r"deux\smille(?:\s[\w-]{2,12})?|two\sthousand(?:\sand)?(?:\s[\w-]{2,12})?"
ENGLISH_MONTHS = "|".join(MONTH_NAMES["en"]) + "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
ORDINAL_WORD = (
    r"(?:(?:twenty|thirty)[-\s])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
ORDINAL = r"(?:st|nd|rd|th)?"
ENGLISH_DATE = (
    rf"(?:(?:\d{{1,2}}{ORDINAL}|{ORDINAL_WORD})\s(?:of\s)?(?:{ENGLISH_MONTHS})\b\.?(?:,?\s\d{{4}})?"
    rf"|(?:{ENGLISH_MONTHS})\b\.?\s\d{{1,2}}{ORDINAL}\b(?:,?\s\d{{4}})?)"
)
