"""The facts of `combinations` as English tells them: an exact age, one person, a site with its name before its kind."""

from __future__ import annotations

from rapport.language.patterns import late_for_lower, late_pattern

AGE = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty)"
)
MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
CHILD = (
    r"(?:girl|boy|child|teenager|adolescent|minor|pupil|student|schoolgirl|schoolboy|baby|infant|toddler|youth|youngster|"
    r"daughter|son|sister|brother|victim|orphan|runaway|woman|man|seller|waitress|maid|dancer|beggar|thief|lad|lass|kid)"
)
SIGN = late_pattern(
    r"\b(?:aged|years?[- ]old|born in|she|he|her|his|girl|boy|child|youth|pupil|teenager|minor|baby|daughter|son|"
    r"sister|brother|student|victim|seller|waitress|maid|dancer|beggar|lad|lass|kid)\b"
)
"""A sentence in lower case without any of these tells nothing in English of one person."""
EXACT = late_for_lower(
    rf"(?i)\baged\s(?:only\s|just\s|about\s)?(?P<it>{AGE})\b(?!\s(?:to|and|or)\s{AGE}\b|-)"
    rf"|\b(?P<old>{AGE}[- ]years?[- ]old)\b|\bborn\sin\s(?:{MONTH}\s)?(?P<born>(?:19|20)\d\d)\b"
    rf"|\b{CHILD}\sof\s(?P<of>{AGE})\b(?!\s(?!begs|sells|sleeps|steals|works|lives|says|has|is|was|does|carries|waits)\w+s\b)|\b{CHILD},\s(?P<apposed>{AGE})(?=,)"
    rf"|\b(?:she|he)\s(?:is|was|turned|had\sturned|has\sturned|had\sjust\sturned)\s(?P<is>{AGE})\b(?!\sin\s{AGE}\b)"
    rf"(?=\s?[,.;]|\s(?:and|when|on|in|at)\b)"
)
CHILD_NAMED = rf"\b(?:an?|the|this|that|one|his|her|our|their)\s(?:[\w-]{{2,20}}\s){{0,2}}?{CHILD}\b(?!s)"
ONE_CHILD = late_for_lower(rf"(?i){CHILD_NAMED}")
ONE = late_for_lower(
    rf"(?i){CHILD_NAMED}|\b(?:she|he)\b"
    rf"|^\W?(?:a\s)?{CHILD}\b|\bh(?:er|is)\s(?!majesty|excellency|honou?r)"
)
KIND = (
    r"(?:(?:primary|secondary|high|middle|nursery|boarding|junior)\s)?(?:school|college|academy|nursery)|(?:children's\s|care\s)?home|"
    r"(?:maternity\s|private\s|public\s)(?:clinic|hospital|ward)|(?:bus|metro|railway)\s(?:stop|station)|shopping\s(?:centre|mall)|bridge|"
    r"hostel|hotel|shelter|site|shanty\s?town|settlement|slum|squat|encampment|foster\shome|youth\scentre|(?:community|day|drop-in|health|leisure|sports|job)\scentre|detention\scentre|drop-in|barracks|harbour|docks?|pier|bus\sdepot|service\sstation|petrol\sstation|laundry|nail\sbar|car\swash|salon|farm|factory|warehouse|block|flats|boulevard|roundabout|cemetery|beach|skatepark|playground|canal|estate|station|square|hospital|clinic|camp|church|mosque|park|house|tower|court|restaurant|café|cafe|bar|supermarket|Monoprix|Carrefour|Lidl|Tesco|Aldi|Asda|McDonald's|KFC|Starbucks|Primark|stadium|library|motel|inn|road|street|lane|avenue|close|crescent|gardens|terrace|market|mall|stadium|pub|arcade|takeaway|launderette|bakery|pharmacy|nightclub|casino|car\spark|caravan\spark|centre"
)
SITE = late_pattern(
    rf"(?P<name>[A-ZÀ-ÖØ-ÞŒ][\w'’-]{{2,30}}(?:\s[A-ZÀ-ÖØ-ÞŒ][\w'’-]{{1,30}}){{0,2}})\s(?P<what>(?i:{KIND}))\b"
)
WHEREABOUTS = late_for_lower(
    r"(?i)\b(?:live[sd]?|living|sleeps?|slept|stay(?:s|ed)?|staying|housed|placed|lodged|goes\sto|went\sto|attend(?:s|ed)?|"
    r"enrolled|excluded|expelled|found|seen|met|arrested|begs?|begged|begging|taken|recruited|hidden|pupil|student|schooled|works?|worked|kept|held|born|find|treated|approached|sells?|selling|meets|waits?|waited|sat|sits|stands|stood|goes|went|leaves|leads|led|seller|aged|teen|drops|dropped|collects|known|plays?|played|prostituted|picked\sup|left\sat|sold|r[au]n\saway|missing|moved|transferred|locked|rescued|grabbed|dropped|disappeared|vanished|absconded)\b"
)
NO_NAME = frozenset(
    "The A An This That Each Every Our His Her Their In At Near From Youth Juvenile Children High Community "
    "Resource Reception Day Detention Emergency Care Foster State National Local Regional County City Town "
    "Health Women's Medical Social Training Information Advice Support Secure Public Central General Family "
    "Criminal Supreme Crown District Juvenile European International Children's".split()
)
# « The girls », « mes bras », « they put me »: several met, or one who tells it.
MET_OR_SPEAKING = late_for_lower(
    r"(?i)\b(?:(?:les|ces|the|these|(?:deux|trois|quatre|two|three|four)(?:\s\w+)?)\s(?:filles|garçons|sœurs|frères|girls|boys|sisters|brothers)|(?:on|nous|ils|elles)\s(?:l[ae]\s|l')\w{3,}|je|[jm]'|mes|moi|me|my|i\s[a-z]{3,})\b"
)
