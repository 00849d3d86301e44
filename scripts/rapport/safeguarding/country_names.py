# ruff: noqa: E501  # one pattern, one line
"""Countries that children are called by: « Chine refuse de parler », « we placed Kenya with a family ».

A country has an article in French, a government, laws; a child has a mother, a bed, a telephone. Where the words beside
the name fit both, it is taken for a country.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapport.language.patterns import late_for_lower, late_pattern, lower_in_place
from rapport.safeguarding import lexicon
from rapport.safeguarding.closed_world import Name
from rapport.safeguarding.name_cues import ACTS, ENGLISH_DEEDS, HANDLED, SPEAKS, SPEECH

WITHOUT_ARTICLE = frozenset(
    "Israël Cuba Haïti Chypre Malte Madagascar Monaco Djibouti Singapour Taïwan Andorre Maurice Mayotte France Europe "
    "Dakota Alaska Florida Nevada Montana Dallas Brooklyn Chelsea Sydney Savannah Manila Lagos Paris Londres Rome Vienne "
    "Venise Alger Tanger Milan Dakar Kingston Medina Médine Bagdad".split()
)
"""Countries and towns that have no article in French, as people have none."""
ENGLISH_NAMES = frozenset(
    "China India Kenya Israel Georgia Jordan Chad Asia Africa America Ireland Malaysia Syria Somalia Cuba Haiti Egypt "
    "Ethiopia Albania Austria Russia Jamaica Cyprus Malta Holland England Scotland Wales Brittany Italy Spain Germany "
    "France Dakota Sahara Savannah Paris London Milan Vienna Sydney Rome Venice Alaska Montana Virginia Carolina Nevada "
    "Dallas Brooklyn Chelsea Devon Armenia Bolivia Brazil Bulgaria Colombia Italia Nigeria Ghana Angola Mali Togo Senegal "
    "Zambia Tunisia Algeria Romania Serbia Bosnia Croatia Hungary Poland Ukraine Vietnam Nepal Tibet Indonesia Japan "
    "Persia Arabia Korea Manila Lagos Kingston Medina Florida Britain Europe "
    "Uganda Tanzania Thailand Turkey Greece Norway Sweden Denmark Finland Iceland Switzerland Belgium Lebanon Morocco "
    "Libya Cameroon Niger Guinea Gambia Liberia Benin Eritrea Sudan Peru Chile Mexico Moldova Slovakia Slovenia Latvia "
    "Lithuania Belarus Macedonia Kosovo Cambodia Mongolia Pakistan Bangladesh Afghanistan Iran Iraq Yemen Australia".split()
)
NEVER_ALONE = frozenset(  # parts of names, points of the compass, and what no one is called
    "Faso Costa Rica République Réunion Sierra Leone Sri Lanka Viêt Viet Nam Ouest Sud Est Orient Occident Manche "
    "Schengen Atlantique Méditerranée Outre-mer Émirats Antilles Balkans Philippines Comores Caraïbes".split()
)
KIN = r"m[èe]re|p[èe]re|s[œo]e?ur|fr[èe]re|tante|oncle|cousine?|ni[èe]ce|neveu|grand-m[èe]re|grand-p[èe]re|belle-m[èe]re|beau-p[èe]re|b[ée]b[ée]|copine|copain|jumeau|jumelle"
# « la tante de Chine »: who or what is close to one person, and comes from no country.
CLOSE = r"mère|père|sœur|soeur|frère|tante|éducatrice|éducateur|référente?|tutrice|tuteur|avocate|téléphone|chambre|lit|visage|corps|bébé|proxénète|fugue|signalement|prénom|beau-père|belle-mère|grand-mère|grand-père|copine|copain|manteau|sac|cahier|bras|dos|regard|silence|peur|dette|grossesse|passeport|portable|anniversaire|sommeil|larmes|souffrance|calvaire|cousine?|jumelle|jumeau"
# Before a country that has an article in French and lacks it, only what stands before people: « avec Chine », « à Kenya ».
OPENING = late_pattern(
    r"(?:^|[.;:!?…–—«»\"“]\s?|,\s|\b(?:[Qq]ue|[Qq]uand|[Ll]orsque|[Pp]uis|[Mm]ais|[Cc]ar|[Oo]ù|[Dd]onc|[Hh]ier|[Aa]lors|[Ee]t|[Ss]i|[Cc]omme|[Dd]ont|[Nn]i|[Aa]ujourd'hui|[Mm]atin|[Ss]oir|[Nn]uit|[Jj]our|[Aa]n|[Aa]nnée|[Mm]ois)\s|\b[Qq]u')\s?$"
)
FRENCH_ACT = late_for_lower(
    rf"(?i)\s(?!put\b|fit\b|sent\b|sort\b)(?:{ACTS}|lui\s\w|nous\s\w|m'\w|l'(?:a|avait)\b|\w{{3,10}}[eitd]\s(?:que|qu'\w+|de\s\w+[ei]r|sa|son|ses|avec|chez|dans)\b)|,\s(?:qui|que|dont|à\squi|elle,|lui,|âgée?|placée?|arrivée?|née?|recrutée?|vendue?|hébergée?|\w+(?:-\w+)?\sans)\b|\s(?:et|ni)\s(?:sa|son|ses|(?:les\s)?(?:deux\s|trois\s|quatre\s)?autres)\s|\s\(\d\d?\sans|\s:\s[«\"“]\s?(?:j'|je|on|il|elle)\b"
)
MET = late_for_lower(
    rf"(?i)(?:\b(?:avec|chez|sans|envers|selon|d'après|devant|avant|après|malgré|même|sauf|à\scôté\sde|auprès\sde|pour|et|ni|à|c'est|c'était|comme|(?:{HANDLED})|(?:a|ont|avons|avez|avait|avaient|ai|as)\s(?:\w+\s)?\w{{2,12}}(?:é|i|u|is|it|ert)|(?:pas|jamais|plus|aussi|surtout)\s\w{{2,12}}(?:é|i|u|is|it|ert)|\w{{3,12}}(?:aient|issons|ssait|rait|lait|nait|tait|chait|geait)|(?:nous|vous)\s\w{{3,12}}(?:ons|ez)|(?:son|sa|leur)\s(?:\w+\s)?(?:amie?|sœur|frère|cousine?|copine|copain|fille|fils|nièce|neveu),))\s$"
)
# What no country does, feels or has.
BODY = r"éducateur|éducatrice|avocate?|proxénète|poignets?|bras|mains?|visage|jambes?|cheveux|épaules?|larmes|genoux|dos|lit|chambre|sac|manteau|téléphone|cartable|passeport|valise"
FRENCH_LIFE = late_for_lower(
    rf"(?i)\s(?:n'\w+\s(?:pas\s|plus\s|jamais\s)?(?:dormi|mangé|osé|pleuré|grandi)|(?:a|avait)\s(?:fugué|accouché|avorté|dormi|pleuré|vomi|tremblé|été\s(?:vendue?|violée?|battue?|frappée?|enfermée?|hospitalisée?|scolarisée?|confiée?|(?:placée?|conduite?|emmenée?|amenée?)\s(?:chez|en|à|dans|au)\b)|(?:\w+(?:-\w+)?)\sans\b|peur|faim|froid|les\syeux)|"
    rf"(?:pleur|dorm|mendi|fugu|sanglot|trembl|chuchot|souri|boit|boîtai)\w{{1,5}}|dort|s'est\s(?:enfuie?|cachée?|endormie?|évanouie?|assise?|mise?\sà\spleurer|blottie?|recroquevillée?)|(?:est|était)\s(?:enceinte|scolarisée?|assise?|recroquevillée?|âgée?|née?\sà\s|montée?\sdans|hébergée?|couchée?|rentrée?\s(?:tard|seule?|en))|"
    rf"[\w'\s]{{2,50}}?\s(?:sa|son|ses)\s(?:petite?s?\s|grande?s?\s)?(?:{KIN}|{BODY})s?\b)|\s(?:et|avec|ni)\s(?:sa|son|ses)\s(?:\w+\s)?(?:{KIN})s?\b|,\s(?:âgée?|née?\s(?:en|à|le)|(?:placée?|hébergée?|scolarisée?|recrutée?|vendue?)\s(?:à|en|chez|dans|au|sur|par)|(?:\w+-)?\w+\sans\b|que\sle\sréseau|enceinte|(?:il|elle)\s(?:avait|a)\s[\w-]+\sans\b)|\s[^.;]{{3,40}}\s(?:nous|je|on)\sl'(?:avons|ai|a)\s|\s(?:nous|m')\s?a\s(?:montré|raconté|confié|avoué|souri)\b"
)
FOUND = late_for_lower(r"(?i)\b(?:re)?(?:trouvé|vu|laissé|découvert|ramené|amené|emmené|surpris|aperçu|conduit)\s$")
SOMEHOW = late_for_lower(
    r"(?i)\s(?:endormie?|cachée?|assise?|seule?|en\s(?:pleurs|larmes|sang)|inconsciente?|blessée?|tremblante?|allongée?|recroquevillée?|(?:à\sl'|chez\s|au\s|dans\s(?:un|une|le|la)\s)(?:hôpital|médecin|commissariat|foyer|wagon|chambre|voiture|cave|appartement|dentiste))"
)
FRENCH_SAID = late_for_lower(
    rf"(?i)[»\"”,!?…]\s?,?\s?(?:a\s|avait\s)?(?:{SPEECH})(?:\s(?:alors|encore|souvent|enfin|aussi))?\s$"
)
I_SPEAK = late_pattern(r"(?:\b(?:[Jj]e|me|moi|mes|ma|mon)\b|\b[JjMm]')")
FRENCH_CLOSE = late_for_lower(
    rf"(?i)\b(?:l[ae]s?|sa|son|ses|cette|ce)\s(?:petite?\s|grande?\s)?(?:demi-|belle-)?(?:{CLOSE})\s(?:de\s|d')$|\bl'(?:avocate?|éducat\w{{4}}|amie|anniversaire)\sde\s$"
)
# « Kenya, Tchad », « pour Chine et Vietnam », « entre Roumanie et France »
OF_A_LIST = late_pattern(r"(?:\s?[,/–-]\s?|\s(?:et|ou)\s)(?:l[ae]s?\s|l'|d'|de\s)?(?P<it>[A-ZÀ-Þ][\w-]+)|\s?[)/]|\s\d")
AFTER_OTHERS = late_pattern(r"(?P<it>[A-ZÀ-Þ][\w-]+)(?:,\s|\s(?:et|ou)\s|/)$|\($|\b[Pp]ays[^.;]{0,30}:\s$")
IN_ENGLISH = late_pattern(r"\b(?:the|of|and|was|is|her|his|she|he|they|with|has|had|to|from)\b")
A_TITLE = late_pattern(r"\s[A-ZÀ-Þ]|-")

ENGLISH_OPENING = late_pattern(
    r"(?:^|[.;:!?…–—«»\"“]\s?|,\s|\b(?:[Tt]hat|[Ww]hen|[Ww]here|[Tt]hen|[Bb]ut|[Bb]ecause|[Bb]efore|[Aa]fter|[Uu]ntil|[Ww]hile|[Ss]ince|[Aa]nd|[Ii]f|[Ss]o|[Oo]nce|[Hh]ow|[Ww]hy|[Nn]either|[Bb]oth|[Ii]t\s(?:was|is)|[Ww]hat|[Nn]ight|[Mm]orning|[Dd]ay|[Ww]eek|[Yy]ear|[Mm]onth|[Ee]vening|[Ww]inter|[Ss]ummer|[Mm]ay|[Jj]une|[Ll]ater)\s)$"
)
OF_A_STATE = r"president|prime|minister|government|ambassador|delegat\w+|parliament|citizens?|nationals?|girls?|boys?|child(?:ren)?|wom[ae]n|victims?|minors?|m[ae]n|king|queen|envoy|court|mother|father|daughter|son|sister|brother|aunt|uncle|suspect|trafficker"
ENGLISH_ACT = late_for_lower(
    rf"(?i)\s(?:{SPEAKS}|{ENGLISH_DEEDS}|says|would|could|had|has|was|is|did|does|never|\w{{3,12}}(?:ed|s))\b(?:(?!\b(?:{OF_A_STATE})\b)[^.;:]){{0,70}}?\b(?:s?he|hers?|his|him|herself|himself)\b(?!\s(?:commitment|obligation|delegat|territor|border|law|legislat|position|reservation|govern|people|effort|nationals|citizens|majesty))"
)
ENGLISH_LIFE = late_for_lower(
    r"(?i)\s(?:cried|cries|wept|weeps|slept|sleeps|r[au]n\saway|begg?(?:s|ed)\b(?!\sto\sdiffer)|whispered|smiled|nodded|woke|fainted|giggled|sobbed|blushed|limped|stammered|gave\sbirth|hugged|shivered|trembled|never\swent\sto\sschool|stopped\s(?:eating|coming|talking|speaking|crying)|shares?d?\sa\s(?:room|bed)|"
    r"(?:was|were|is|has\sbeen|had\sbeen)\s(?:also\s|then\s|first\s|only\s|still\s|just\s|later\s)?(?:moved\s(?:between|from|into|out)|groomed|beaten|raped|sold|trafficked|drugged|slapped|kidnapped|abducted|born|locked|promised\sto\san?|married\s(?:off\s)?to|given\sto\san?\s(?:man|cousin|couple)|pregnant|afraid|crying|asleep|in\s(?:care|foster|labour|tears|hospital)|picked\sup|left\salone|hidden\s(?:in|behind)|taken\s(?:to|from|by|into|away)(?!\s(?:the\s)?(?:european|international|court|task))|placed\s(?:with|in\s(?:a|care|foster))|found\s(?:in|on|at|by|near|asleep|hiding|alone|unconscious|crying)(?!\s(?:breach|violation|default))|told\snot\sto|sleeping|bleeding|hiding|fostered|adopted\sby\sa|"
    r"(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|1\d)\b))"
    r"|,?\swhom?\s|,\s(?:aged\s)?(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|1[0-7]),|,\s(?:now\s|then\s|still\s)?(?:an?\s(?:\w+\s)?(?:girl|boy|child|minor|teenager|pupil)|in\s(?:foster\s)?care|pregnant)\b"
    r"|(?:,\s[A-Za-z]+)?\sand\s(?:the\sother|two\sother|three\sother|another)\s(?:girl|boy|child|young)|\s(?:and|nor|or)\s(?:his|her)\s(?:\w+\s)?(?:cousin|sister|brother|mother|father|baby|aunt|uncle|friend|twin|son|daughter|boyfriend)\b"
    r"|'s\s(?:\w+\s)?(?:passport|phone|mother|father|sister|brother|aunt|uncle|cousin|baby|room|bed|bag|coat|diary|boyfriend|pimp|madam|carer|teacher|guardian|lawyer|foster|birthday|stepfather|bruises|face|hands?|hair|arms?|wages|pregnancy|age\sassessment|social\sworker)\b"
)
ENGLISH_MET = late_for_lower(
    r"(?i)\b(?:placed|sheltered|accompanied|comforted|fed|dressed|slapped|raped|groomed|hugged|interviewed|beat|hid|drove|fostered|locked|rescued|kidnapped|abducted|recognised|found|saw|heard|met|took|takes|brought|sent|returned|picked|collected|led|dragged|followed|carried|left|made|let|sold|forced|helped|threatened|hit|examined|treated|photographed|warned)\s$"
)
HARD = late_for_lower(
    r"(?i)(?:\b(?:friend|sister|brother|cousin|roommate|daughter|son|twin|mother|niece|nephew|classmate|girlfriend|boyfriend|girl|boy|child),|\b(?:comforted|fed|dressed|slapped|raped|groomed|hugged|beat|fostered|kidnapped|abducted|photographed|(?:we|had|has|have|was|they|who|nurse|worker|team|judge|police|court)\s(?:placed|accompanied|interviewed|sheltered)))\s$"
)
ENGLISH_FATE = late_for_lower(
    r"(?i)\s(?:sitting|crying|sleeping|hiding|begging|waiting|standing|lying|bleeding|screaming|shivering|asleep|unconscious|alone|home\b|away\b|upstairs|cry\b|sleep\b|beg\b|sit\b|scream\b|by\sthe\s(?:hand|arm|hair|wrist)|up\s(?:from|at|outside|after)|"
    r"(?:to|in|into|with|at|behind|from|under|on|for)\s(?:an?|her|his|another|the)\s(?:\w+\s)?(?:foster|hospital|clinic|doctor|police\sstation|hotel|flat|house|home|school|shelter|station|car|van|bed|room|bathroom|cupboard|cellar|basement|kitchen|aunt|uncle|mother|cousin|family|stairs|street|children's|shop|bus|boot|nail|squat|caravan|airport)\b|to\s(?:an?|another|the)\s(?:\w+\s)?(?:man|woman|gang|madam|pimp|couple|network|trafficker|client|customer|farmer|brothel)\b|to\s(?:hospital|bed|school|work\s(?:in|at|every)|sleep|beg|steal)|swear\b|swore\b)"
)
ENGLISH_TO = late_for_lower(
    r"(?i)(?:\b(?:explained|lied|listened|apologi[sz]ed|whispered|shouted|sang|read)\s(?:\w+\s)?to|\b(?:we|i|she|he|nurse|teacher|worker|volunteer|nobody)\s(?:\w+\s)?(?:spoke|talked|sat|stayed|waited|slept)\s(?:to|with|beside|for)|\b(?:mother|sister|brother|boyfriend|pimp|madam|cousin|aunt|uncle|carer|guardian|stepfather|bed|bedroom|disappearance|pregnancy|bruises)\sof)\s$"
)
# One of whom the words after the name say « she » or « he », where nobody else stands whom they could mean.
SOMEBODY_ELSE = late_for_lower(
    rf"(?i)\b(?:{OF_A_STATE}|s?he|hers?|him|his|teenager|migrants?|adolescents?|babies|baby|who|leader|authorities|ministry)\b"
)
SHE = late_for_lower(
    rf"(?i)(?:(?!\b(?:{OF_A_STATE})\b)[^.;:!?]){{1,80}}?\b(?:s?he|hers?|him|his|herself|himself)\b(?!\s(?:commitment|obligation|delegat|territor|border|law|legislat|position|reservation|govern|people|effort|nationals|citizens|majesty|report|minist|presid))"
)
SOMEWHERE = late_for_lower(
    r"(?i)\b(?:in|from|of|via|through|across|into|within|near|outside|inside|towards|between|left|leaves?|leaving|reach\w*|enter\w*|fled|flee|visit\w*|crossed|quit|southern|northern|eastern|western|back\sto|return\w*\sto|deport\w*\sto|sent\sto|went\sto|travel\w*\sto|moved\sto|flew\sto|taken\sto|brought\sto|came\sto|way\sto|journey\sto|\w+\sto)\s$"
)
TALKED = late_for_lower(
    r"(?i)\b(?:talk\w*|spoke|speak\w*|gave|listen\w*|explain\w*|happen\w*|said|according|wrote|close|next|kind|cruel|lie[ds]?)\sto\s$"
)
FROM_THERE = late_for_lower(
    r"(?i)\b(?:in|via|through|across|throughout|into|within|(?:com(?:e|es|ing)|came|girls?|boys?|child(?:ren)?|minors?|victims?|wom[ae]n|m[ae]n|people|nationals|famil(?:y|ies)|migrants|refugees|arriv\w+|are|is|was|were|origina\w+|traffick\w+|travel\w*|flown|moved|fled|flee|brought|returns?|departures?|delegat\w+|figures|ngos?|experts?)\sfrom|"
    r"(?:return\w*|travel\w*|flights?|deport\w+|sent|back|traffick\w+|transfer\w*|moved|went|going|extradit\w+|border|routes?|visits?|trips?|exports?)\sto|between|(?:laws?|government|republic|people|nationals|citizens|authorities|south|north|east|west|president|capital|embass(?:y|ies)|consulate|missions?|state|kingdom|regions?|borders?|territory|parts|case)\sof|(?:recommended|requested|urged|regretted|noted|welcomed)(?:\sthat)?|(?:countries|states)\s(?:such\sas|like|including)|(?:states?\spart(?:y|ies)|countr(?:y|ies)),?)\s$"
)
STATE_ACTS = late_for_lower(
    r"(?i)(?:,\s[a-z]+(?:\sand\s[a-z]+)?|\sand\s[a-z]+)?\s(?:has\s|have\s|had\s|also\s|then\s|already\s)*(?:ratif\w+|signed|acceded|adopted|joined\sthe|reported\sto|refused\sto\sextradite|extradit\w+|amended|enacted|criminali[sz]\w+|legislated|submitted|abolished|denounced|transposed|strengthened|(?:was|were|is|are)\s(?:\w+\s)?(?:removed\sfrom\sthe|added\sto\sthe|listed|reviewed|a\s(?:country|state|party|source|transit|destination)|among\sthe|examined\sby\sthe|parties|members?\sof|bound\sby))|'s\s(?:laws?|government|legislation|reports?|delegation|ministry|parliament|penal|criminal|courts?|borders?|efforts?|policy|first|second|third|initial|periodic)\b"
)
# « Georgia, Mali and Jordan »
BESIDE = late_pattern(r"\b(?P<it>[A-Z]\w+)(?:,\s|,?\s(?:and|or)\s)$")
NEXT = late_pattern(r"(?:,\s|,?\s(?:and|or)\s)(?P<it>[A-Z]\w+)\b")


@cache
def _french_names() -> frozenset[str]:
    return frozenset(lexicon.entries("pays-regions"))


@cache
def _countries() -> frozenset[str]:
    return (_french_names() | WITHOUT_ARTICLE | ENGLISH_NAMES) - NEVER_ALONE


@lru_cache(1 << 12)
def called_by_a_country(sentence: str) -> tuple[Name, ...]:
    """The countries' names of a sentence that are somebody's there."""
    words = _countries().intersection(CAPITALISED.findall(sentence))
    return tuple(
        Name(found.start(), found.end(), (found.span(),), True)
        for word in sorted(words)
        for found in _alone(word).finditer(sentence)
        if _is_somebody(word, sentence, *found.span())
    )


CAPITALISED = late_pattern(r"[A-ZÀ-Þ]\w+(?:-[A-ZÀ-Þ]\w+)*")


@cache
def _alone(word: str) -> re.Pattern[str]:
    """The pattern of a word that no letter and no hyphen touches."""
    return re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")


def names_a_country(word: str, sentence: str, start: int, end: int) -> bool:
    """Whether a word that is a first name in English, and a country, is a country where it stands."""
    if word not in ENGLISH_NAMES or _is_somebody(word, sentence, start, end):
        return False
    before, after = BESIDE.search(sentence, max(0, start - 40), start), NEXT.match(sentence, end)
    if any(other and other["it"] in _countries() for other in (before, after)):
        return True
    return bool(
        FROM_THERE.search(_low(sentence, max(0, start - 40), start)) or STATE_ACTS.match(_low(sentence, end, end + 90))
    )


def _low(sentence: str, start: int, end: int) -> str:
    return lower_in_place(sentence[start:end])


def _beside(sentence: str, start: int, end: int) -> tuple[str, str, str]:
    """What stands before a word, that in lower case, and what follows in lower case."""
    before = sentence[max(0, start - 60) : start]
    return before, lower_in_place(before), _low(sentence, end, end + 110)


def _is_somebody(word: str, sentence: str, start: int, end: int) -> bool:
    if A_TITLE.match(sentence, end):
        return False  # « France Terre d'Asile »
    french = word not in ENGLISH_NAMES or word in WITHOUT_ARTICLE or word in _french_names()
    return (french and _in_french(word, sentence, start, end)) or (
        word in ENGLISH_NAMES and _in_english(sentence, start, end)
    )


def _in_french(word: str, sentence: str, start: int, end: int) -> bool:
    before, low, after = _beside(sentence, start, end)
    opens = OPENING.search(before)
    if word in WITHOUT_ARTICLE:
        return bool(
            (FOUND.search(low) and SOMEHOW.match(after))
            or (opens and FRENCH_LIFE.match(after))
            or (I_SPEAK.search(before) and FRENCH_SAID.search(low))
        )
    if word in ENGLISH_NAMES and IN_ENGLISH.search(sentence):
        return False
    others = (AFTER_OTHERS.search(before), OF_A_LIST.match(sentence, end))
    if any(other and (not other["it"] or other["it"] in _countries()) for other in others):
        return False
    return bool(
        (opens and FRENCH_ACT.match(after)) or MET.search(low) or FRENCH_SAID.search(low) or FRENCH_CLOSE.search(low)
    )


def _in_english(sentence: str, start: int, end: int) -> bool:
    before, low, after = _beside(sentence, start, end)
    if ENGLISH_OPENING.search(before):
        return bool(ENGLISH_LIFE.match(after) or ENGLISH_ACT.match(after) or (before[-2:] == ", " and HARD.search(low)))
    if after.startswith(("'s ", " who ", ", who ")):
        return bool(ENGLISH_LIFE.match(after)) and not SOMEWHERE.search(low)
    if (
        SHE.match(after)
        and not SOMEBODY_ELSE.search(lower_in_place(sentence[:start]))
        and (TALKED.search(low) or not SOMEWHERE.search(low))
    ):
        return True
    return bool(HARD.search(low) or (ENGLISH_MET.search(low) and ENGLISH_FATE.match(after)) or ENGLISH_TO.search(low))
