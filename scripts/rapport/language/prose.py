"""What a body's words say that a rule looks at: figures, dates and documents, terms to avoid.

The text is searched as it was typed, so that each find has its exact place; only patterns are here, the verdict is
in `check`. Words are kept apart by spaces, line ends or marks of emphasis.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rapport.language import acronyms
from rapport.language.months import FRENCH, MONTHS
from rapport.language.patterns import compile_for_lower, late_for_lower, late_pattern, lower_in_place
from rapport.model import Find, Span

Place = Callable[[int, int], Span]
GAP = r"[\s*_]+"
PARAGRAPH = late_pattern(r"(?:^[ \t>]*\S.*\n?)+", re.MULTILINE)
SENTENCE_END = late_pattern(r"[.!?;](?=\s)|\n\s*\n")

# ---------------------------------------------------------------- figures

PEOPLE = (
    r"(?:victimes?|enfants?|mineure?s?|jeunes?|filles?|garçons?|adolescente?s?|personnes?|femmes?|hommes?|bébés?|"
    r"nourrissons?|familles?|migrante?s?|trafiquants?|auteurs?|prévenus?|majeure?s?|cas|affaires?|condamnations?|"
    r"signalements?|plaintes?|procédures?|poursuites?|interpellations?|arrestations?|enquêtes?|dossiers?|situations?)\b"
)
NUMBER = r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)?"
TENS = r"(?:vingt|trente|quarante|cinquante|soixante|quatre-vingts?|cents?|mille)(?:[-\s](?!des?\b)[a-zé-]+?){0,3}"
# Another noun in the plural, with an adjective before it or not; what only measures time or refers is no figure.
NO_NOUN = (
    rf"(?:{FRENCH}|les?|la|des?|du|un|une|et|ou|en|à|aux?|par|pour|sur|dans|qui|que|dont|est|sont|mais|plus|moins|fois|ans|années?|"
    r"mois|semaines?|jours?|heures?|minutes?|secondes?|articles?|alinéas?|paragraphes?|pages?|points?|notes?|annexes?|"
    r"lignes?|mots|bis|ter|ses?|ces?|leurs?|nos|vos|mes|tous|toutes|ainsi|puis|sans|sous|vers|dès|très|après|alors)\b"
)
YEARS = r"(?:(?:19|20)\d\d|\d{5,})\s"  # or a postcode
NOUNS = rf"(?!{NO_NOUN})(?:[a-zéèêàâîïôûüçœ-]{{3,}}\s+)??(?!{NO_NOUN})[a-zéèêàâîïôûüçœ-]{{2,}}[sx]\b"
OF = r"\s+(?:d['’]\s*|des?\s+|de\s+l['’]\s*|des\s+)"
FIGURE = late_for_lower(
    rf"(?i)(?:{NUMBER})\s*(?:%|‰|pour\s+(?:cent|mille)\b|(?:millions?|milliards?|milliers?)\b)"
    rf"|(?<![\w.,/-])(?:{NUMBER})(?:\s+(?:jeunes|petites?|autres|nouvelles|nouveaux|de\s+ces))?\s+{PEOPLE}"
    rf"|(?<![\w.,/-])(?!{YEARS})(?:{NUMBER})\s+{NOUNS}"
    rf"|\b(?:{TENS})\s+{PEOPLE}"
    rf"|\b(?:une?|des|plusieurs|quelques)\s+(?:dizaine|vingtaine|trentaine|quarantaine|cinquantaine|centaine|millier)s?{OF}{PEOPLE}"
    rf"|\b(?:un\s+tiers|un\s+quart|la\s+moitié|(?:deux|trois)[-\s]+(?:tiers|quarts)){OF}(?:ces\s+)?{PEOPLE}"
    rf"|\b(?:une?|deux|trois|quatre|\d+)\s+{PEOPLE}\s+sur\s+(?:deux|trois|quatre|cinq|six|sept|huit|dix|vingt|cent|\d+)\b"
)
NOT_COUNTED = late_pattern(
    r"(?:\b(?:articles?|art\.|alinéas?|paragraphes?|par\.|nos?|numéros?|points?|pages?|p\.|chapitres?|règles?|annexes?)|"
    r"§|n°|(?-i:\b[A-Z]{2,})|[A-Z]/\S*)\s*(?:\d[\w.-]*\s*(?:,|\bet\b|\bou\b|\bà\b)\s*)*$",
    re.IGNORECASE,
)
BEFORE = 40  # signs in which such a word may stand before a number
TABLE, LINE = late_pattern(r"[ \t]*\|"), late_pattern(r"[^\n]+")
CELL = late_pattern(r"\|[ \t]*(?P<it>[^|\n]*?)[ \t]*(?=\|)")
QUANTITY = late_pattern(rf"[*_]*(?:{NUMBER})\s*(?:%|‰|{PEOPLE})?[*_]*", re.IGNORECASE)
# The head of a column of quantities, a year's among them; a column of articles or of pages is none.
COUNTED = late_pattern(
    rf"\b(?:nombres?|total|totaux|effectifs?|part|taux|pourcentage|{PEOPLE})|%|^(?:19|20)\d\d$", re.IGNORECASE
)
SOURCED = late_pattern(r"\[\^|\^\[|(?<![\w.])-?@\w|https?://")
SOURCES = late_pattern(
    r"^##[ \t]+(?:Sources|Recommandations)\b[^\n]*\n(?:(?!##[ \t])[^\n]*(?:\n|\Z))*", re.MULTILINE | re.IGNORECASE
)

# ---------------------------------------------------------------- dates and documents

YEAR = "20"  # with this every year of a date begins
DATE = late_for_lower(
    rf"(?i)(?:(?P<day>[0-3]?\d)(?:er)?\s+)?\b(?P<month>{FRENCH})\s+(?P<year>20\d\d)\b"
    r"|(?P<iso>\b20\d\d-[01]\d-[0-3]\d\b)|\b(?P<d>[0-3]\d)/(?P<m>[01]\d)/(?P<y>20\d\d)\b"
    r"|\b(?:en|depuis|courant|fin|début|mi-|années?|l['’]an)\s*(?P<in>20\d\d)\b(?!-\d)"
)
TO_COME = late_pattern(
    r"\bprévu|d['’]ici|\bhorizon|\bavant|\bjusqu|\bprochain|\bfutur|\bà\s+venir|\bà\s+partir|\bdevr|\bdoi(?:t|vent)\b|"
    r"\b(?!contra\b|opéra\b)\w{2,}(?:ra|ront)\b",
    re.IGNORECASE,
)
DOCUMENT_OF = late_pattern(
    r"\b(?:rapports?|études?|enquêtes?|lois?|décrets?|arrêtés?|circulaires?|directives?|avis|observations|recensements?|"
    r"communiqués?|articles?|publiée?s?|parue?s?|adoptée?s?|datée?s?|rendue?s?|selon|d['’]après)\b[^.;:\n]{0,50}$",
    re.IGNORECASE,
)
CONSULTED = late_pattern(r"consult|\bvue?\s+le|\baccès|\blue?\s+le|\ben\s+ligne", re.IGNORECASE)
# Documents that a text of 2015 cannot have read, by the date they were issued.
ISSUED = (
    (r"CRC/C/58/Rev\.?\s?3\b", "2015-03-03"),
    (r"CRC/C/FRA/Q/5\b", "2015-06"),
    (r"CRC/C/FRA/CO/[5-9]\b", "2016"),
    (r"CRC/C/156\b", "2019"),
    (r"CRC/C/GC/(?:19|[2-9]\d)\b", "2016"),
    (r"\bRGPD\b", "2016"),
)
DOCUMENT = late_pattern("|".join(f"(?P<d{i}>{pattern})" for i, (pattern, _) in enumerate(ISSUED)))
MARKS = ("CRC/C/", "RGPD")  # each of them holds one of these
YEAR_IN_SYMBOL = late_pattern(
    r"\b(?:GRETA|CM/Rec|CERD|COM|SWD)\s?\((20\d\d)\)\s?\d+"
    r"|\b(?:loi|décret|ordonnance|arrêté|décision)\s+(?:organique\s+)?n[°o]\s?(20\d\d)-\d+"
    r"|\b(?:directive|règlement|décision)\s+(?:\((?:UE|EU)\)\s+)?(?:n[°o]\s?)?(20\d\d)/\d+"
)
SESSION = late_pattern(r"\bA/(?:RES/)?(\d{2,3})/\d+|\bA/HRC/(?:RES/)?(\d{2})/\d+")

# ---------------------------------------------------------------- terms

PROSTITUTED = r"prostitué[·.]?e?[·.]?s?"  # « prostitué·e·s » too
CHILD = r"(?:enfants?|mineur[·.]?e?[·.]?s?|fill(?:es?|ettes?)|garçons?|adolescente?s?|jeunes|bébés?)"
ALTERNATIVE = "« rapport alternatif » ou « rapport complémentaire »"
VICTIM = "« enfant victime d'exploitation sexuelle par la prostitution »"
EXPLOITATION = "« exploitation sexuelle d'enfants par la prostitution »"
TERMS = (
    (rf"shadow(?:{GAP}|-)reports?", ALTERNATIVE),
    (rf"rapports?{GAP}(?:fant[oô]mes?|de{GAP}l['’]ombre)", ALTERNATIVE),
    (rf"{CHILD}{GAP}{PROSTITUTED}", VICTIM),
    (rf"enfants?-{PROSTITUTED}", VICTIM),
    (rf"(?:jeunes?|petite?s?){GAP}{PROSTITUTED}", VICTIM),
    (rf"{PROSTITUTED}{GAP}(?:mineur[·.]?e?[·.]?s?|enfants?)", VICTIM),
    (rf"{CHILD}{GAP}(?:travailleu(?:rs?|ses?)|professionnel(?:le)?s?){GAP}du{GAP}sexe", VICTIM),
    (rf"child{GAP}(?:prostitutes?|sex{GAP}workers?)", "« child victim of sexual exploitation »"),
    (rf"prostitution{GAP}(?:enfantine|infantile|juvénile)", EXPLOITATION),
)
PEOPLES = r"(?:roms?|tsiganes?|tziganes?|gitane?s?|manouches?)"
STIGMA = (
    (
        rf"(?:mafias?|réseaux?|bandes?|gangs?|délinquance|criminalité|voleurs?|voleuses?|mendiante?s?){GAP}{PEOPLES}",
        "ce que font les exploiteurs, sans nommer un peuple : « réseau d'exploitation », « délinquance contrainte »",
    ),
    (
        rf"(?:les|des|ces){GAP}{PEOPLES}{GAP}(?:volent|mendient|exploitent|vendent|trafiquent|marient|refusent|sont{GAP}des)",
        "qui fait quoi, sans parler d'un peuple entier : « certaines familles », « les auteurs »",
    ),
    (r"(?:romanichels?|romanos?|bohémiens?)", "« Roms » ou « gens du voyage », selon les personnes dont il s'agit"),
    (
        rf"(?:les|des|ces|une?|immigrée?s?|migrante?s?|étrang(?:ers?|ères?)|{CHILD}){GAP}(?:clandestine?s?|illégaux|illégales?)",
        "« en situation irrégulière » ; aucun enfant n'est clandestin",
    ),
    (
        rf"{CHILD}{GAP}(?:voleurs?|voleuses?)|(?:petits|petites){GAP}(?:voleurs|voleuses|délinquante?s)",
        "« enfant contraint à voler »",
    ),
)  # fmt: skip


def _table(entries: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    named = "|".join(f"(?P<t{index}>{pattern})" for index, (pattern, _) in enumerate(entries))
    return compile_for_lower(rf"(?i)\b(?:{named})\b")


TERM, STIGMATISING = _table(TERMS), _table(STIGMA)


def finds(text: str, place: Place) -> Iterator[Find]:
    """Everything of this kind in a body; `place` makes a span of two offsets."""
    small = lower_in_place(text)
    yield from _figures(text, small, place)
    yield from _dates(text, small, place)
    for kind, table, entries in (("term", TERM, TERMS), ("stigma", STIGMATISING, STIGMA)):
        for match in table.finditer(small):
            instead = entries[int((match.lastgroup or "t0")[1:])][1]
            yield Find(kind, _one_line(text[slice(*match.span())]), place(*match.span()), instead)
    yield from _acronyms(acronyms.blot_out_code(text), place)


def _acronyms(text: str, place: Place) -> Iterator[Find]:
    """Each acronym where it first stands, and those that the text explains: `detail` is the name it gives."""
    first: dict[str, int] = {}
    for acronym, at in acronyms.find_acronyms(text):
        first.setdefault(acronym, at)
    for acronym, at in first.items():
        yield Find("acronym", acronym, place(at, at + len(acronym)))
    for acronym, name in acronyms.explained_acronyms(text):
        if acronym in first:
            yield Find("explained", acronym, place(first[acronym], first[acronym] + len(acronym)), name)


def _figures(text: str, small: str, place: Place) -> Iterator[Find]:
    """The first figure of each paragraph that names no source, but in recommendations and lists of sources."""
    apart = [match.span() for match in SOURCES.finditer(text)]
    paragraphs = list(PARAGRAPH.finditer(text))
    for index, paragraph in enumerate(paragraphs):
        start = paragraph.start()
        if TABLE.match(paragraph[0]) and not any(a <= start < b for a, b in apart):
            around = "".join(near[0] for near in paragraphs[max(index - 1, 0) : index + 2])
            yield from () if SOURCED.search(around) else _cells(paragraph, place)
        if SOURCED.search(paragraph[0]) or any(a <= start < b for a, b in apart):
            continue
        if paragraph[0].lstrip().startswith(("#", "|", ":", "![")):
            continue
        for match in FIGURE.finditer(small, *paragraph.span()):
            if not NOT_COUNTED.search(text[max(match.start() - BEFORE, start) : match.start()]):
                yield Find("figure", _one_line(text[slice(*match.span())]), place(*match.span()))
                break


def _cells(table: re.Match[str], place: Place) -> Iterator[Find]:
    """The first figure of a table that names no source, nor does its caption or the paragraph above it."""
    head, *rows = [list(CELL.finditer(line[0])) for line in LINE.finditer(table[0])]
    starts = [line.start() for line in LINE.finditer(table[0])][1:]
    counted = [COUNTED.search(cell["it"]) is not None for cell in head]
    for start, row in zip(starts, rows, strict=True):
        for cell, wanted in zip(row, counted, strict=False):
            if wanted and QUANTITY.fullmatch(cell["it"].strip()):
                at = table.start() + start + cell.start("it")
                yield Find("figure", _one_line(cell["it"]), place(at, at + len(cell["it"].rstrip())))
                return


def _dates(text: str, small: str, place: Place) -> Iterator[Find]:
    """Days, months and years spoken of as past, and documents whose date is known: `detail` is the ISO date."""
    dated = [paragraph.span() for paragraph in PARAGRAPH.finditer(small) if YEAR in paragraph[0]]
    for match in (match for span in dated for match in DATE.finditer(small, *span)):
        around, before = _sentence(text, match.start()), text[max(match.start() - 60, 0) : match.start()]
        made = CONSULTED.search(before[-25:]) or (DOCUMENT_OF.search(before) and not TO_COME.search(before))
        if made or not TO_COME.search(around):  # « le rapport de mai 2016 dit que l'État devra » is of the past
            yield Find("dated", _one_line(text[slice(*match.span())]), place(*match.span()), _iso(match))
    for match in DOCUMENT.finditer(text) if any(mark in text for mark in MARKS) else ():
        yield Find("dated", match[0], place(*match.span()), ISSUED[int((match.lastgroup or "d0")[1:])][1])
    for match in YEAR_IN_SYMBOL.finditer(text):
        yield Find("dated", _one_line(match[0]), place(*match.span()), next(filter(None, match.groups())))
    for match in SESSION.finditer(text):
        yield Find("dated", match[0], place(*match.span()), _session(match))


def _iso(match: re.Match[str]) -> str:
    if match["month"]:
        month = f"{match['year']}-{MONTHS['fr'].index(match['month']) + 1:02}"
        return f"{month}-{int(match['day']):02}" if match["day"] else month
    if match["y"]:
        return f"{match['y']}-{match['m']}-{match['d']}"
    return match["iso"] or match["in"]


def _session(match: re.Match[str]) -> str:
    """The General Assembly's sessions begin in September, the 69th in 2014; the Council's 28th was in March 2015."""
    if match[1]:
        return f"{1945 + int(match[1])}-09"
    return f"{2015 + (int(match[2]) - 28) // 3}-{(3, 6, 9)[(int(match[2]) - 28) % 3]:02}"


def _sentence(text: str, at: int) -> str:
    """The sentence around a place."""
    start = max((m.end() for m in SENTENCE_END.finditer(text, max(at - 400, 0), at)), default=max(at - 400, 0))
    end = SENTENCE_END.search(text, at)
    return text[start : end.start() if end else at + 400]


def _one_line(text: str) -> str:
    return " ".join(text.replace("*", " ").replace("_", " ").split())
