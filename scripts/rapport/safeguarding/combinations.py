# ruff: noqa: E501  # one pattern, one line
"""What does not name a child and yet may single one out: several ordinary facts about one person in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from rapport.language.folding import fold_accents
from rapport.language.patterns import late_for_lower, late_pattern, lower_in_place
from rapport.safeguarding import english_combinations, lexicon
from rapport.safeguarding.closed_world import WORD
from rapport.safeguarding.dates import DATE, MONTHS

AGE_NUMBER = (
    r"(?:\d{1,2}|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|"
    r"dix-sept|dix-huit|dix-neuf|vingt)"
)
CHILD = (
    r"(?:jeunes?\s(?:filles?|hommes?|garçons?|femmes?)|filles?|fillettes?|garçons?|garçonnets?|adolescente?s?|ados?|"
    r"mineure?s?|enfants?|élèves?|collégiene?n?e?s?|lycéene?n?e?s?|bébés?|nourrissons?|jumeaux|jumelles|gamine?s?|jeunes?|victimes?|"
    r"mères?|pères?|sœurs?|soeurs?|frères?|cousine?s?)"
)
# One person, not a class of people: « une adolescente », « la jeune fille », « elle avait ».
ONE = late_for_lower(
    rf"(?i)(?<!droits\sde\s)(?<!intérêt\sde\s)(?<!supérieur\sde\s)\b(?:une?|cet?|cette|la|le|sa|son|notre|l')\s?(?:\w{{3,14}}\s){{0,2}}?{CHILD}\b|\b(?:elle|il)\b|\bâgée?\sd[e']|\brequérante?\b|\bl[ae]\s(?:petite|jeune)\s(?:vendeuse|mendiante|voleuse|danseuse|bonne|employée|coiffeuse|serveuse|fugueuse|prostituée)\b|\bl[ae]\s(?:petite?|cadette?|dernière?|gosse|môme)\s(?:est|a|dort|vit|va|était|avait|ne|se|n'|s'|\w+ait|suivie?|placée?)\b|\bsa\s(?:fugue|disparition|grossesse)\b|\bson\s(?:placement|proxénète|accouchement)\b|\b(?:ils|elles)\s(?:dorm|viv|mendi|log|squatt|habit)\w{{2,5}}\b"
    r"|\bl'(?:a|ai|ont|avons|avait|avaient|avions)\s(?:\w{3,12}\s)?(?:vue?\b|\w{3,}(?:é|i|u|is|it|ert)e?\b)"
    r"|(?:^|[;:«(]\s?)(?:jeune\s)?(?:fille|fillette|garçon|adolescente?|mineure?|enfant|collégienne?|lycéenne?|élève)\s(?:de\s\d|d[e']\s?\w{3,10}\sans)"
)
EXACT = late_for_lower(
    rf"(?i)(?:\bâgée?\s(?:seulement\s|alors\s|de\s|d'){{1,3}}|{CHILD}\s(?:\w{{4,12}}\s){{0,2}}(?:de\s|d')|\w\s?[,(]\s?|\bavait\s|\ba\s|\bses\s|\bâge\s?:\s?)"
    rf"(?P<it>{AGE_NUMBER}\sans)\b(?!\s?(?:et\splus|ou\splus|au\smoins|au\splus|d'emprisonnement|de\sprison|de\sréclusion|d'âge\smoyen))"
    rf"|(?i:\bà\s(?P<at>{AGE_NUMBER}\sans)\b,?\s(?:et\sdemi,?\s)?(?:elle|il|à\speine|seulement))"
    rf"|(?i:\bnée?\sen\s(?:(?:{MONTHS})\s)?(?P<born>(?:19|20)\d\d)\b)"
)
BAND = late_for_lower(
    rf"(?i)\b\d{{1,2}}\s?(?:-|à|et)\s?\d{{1,2}}\sans\b|\b(?:entre|de)\s{AGE_NUMBER}\s(?:à|et)\s{AGE_NUMBER}\sans\b|\b{AGE_NUMBER}\sans\b"
)
YEAR = late_for_lower(
    rf"(?i)\b(?:en|depuis|de|fin|début|été|hiver|printemps|automne|{MONTHS})\s(?:19|20)\d\d\b|\b\d{{1,2}}\s(?:{MONTHS})\b"
)
FAMILY = late_for_lower(
    r"(?i)\b(?:(?:sa|son|ses|leurs?|de\sla)\s(?:\w{3,12}\s)?(?:mère|père|sœur|soeur|frère|tante|oncle|cousine?|parents|sœurs|frères|"
    r"jumelle|jumeau|grand-mère|grand-père|nièce|belle-mère|beau-père|famille)|(?:fille|fils|nièce|neveu)\s(?:du|d'une?|de\sla|de\sl')|"
    r"aînée?\sde|cadette?\sde|jumelles?|jumeaux|fratrie|orphelin\w{0,2}|enceinte\sde|mère\sd'un)\b"
)
DETAIL = late_for_lower(
    r"(?i)\b(?:seule?\s(?:élève|enfant|fille|garçon|famille|mineure?)|cicatrices?|tatouages?|bégaie|bègue|sourde?|aveugle|fauteuil|"
    r"handicap\w{0,4}|amputée?|rouss?e?\b|albinos|diplomate|ambassadeur|footballeur|champion\w{0,2}|maire\sde|pasteur|imam|"
    r"connue?\sdans|célèbre|scolarisée?\sen|classe\sde|employée?\scomme|vendait|travaillait\s(?:dans|chez|comme)|logeait|hébergée?\schez|"
    r"interpellée?\s\w{3,12}\sfois|presse\slocale|faits?\sdivers)\b"
)
HEALTH = late_for_lower(
    r"(?i)\b(?:VIH|sida|séropositi\w{1,4}|séropo|enceintes?|grossesses?|accouch\w{1,6}|avort\w{1,6}|IVG|interruption\svolontaire|"
    r"fausse\scouche|hépatites?|tuberculose|syphilis|IST|MST|psychiatri\w{1,4}|suicid\w{1,5}|scarifi\w{1,6}|anorexi\w{1,3}|"
    r"dépressi\w{1,4}|schizophr\w{1,5}|toxicoman\w{1,2}|excis\w{1,4}|mutilations?\ssexuelles?|trithérapie|contamin\w{1,4}|overdose|"
    r"diabéti\w{1,4}|épilep\w{1,5}|drépanocytose|cancer|leucémie|tests?\sde\sgrossesse)\b"
)
COUNT = late_for_lower(
    r"(?i)\b(?P<it>(?:une?\sseule?|deux|trois|quatre|[1-4])\s(?:\w{4,14}\s)?"
    r"(?:mineure?s?|enfants?|(?:jeunes\s)?filles?|garçons?|victimes?|jeunes?|adolescente?s?|cas|situations?|fillettes?|élèves?|bébés?))\b"
)
NATIONS = (
    "afghan albanais algérien allemand angolais arménien bangladais belge béninois bosnien bosniaque brésilien bulgare "
    "burkinabé burkinabè camerounais centrafricain chinois colombien comorien congolais croate égyptien érythréen espagnol éthiopien "
    "gabonais gambien géorgien ghanéen guinéen haïtien hongrois indien irakien iranien italien ivoirien kosovar kurde libanais "
    "libérien libyen macédonien malgache malien marocain mauritanien moldave monténégrin népalais nigérian nigérien pakistanais "
    "palestinien péruvien philippin polonais portugais rom rome roumain russe rwandais sénégalais serbe sierra-léonais somalien "
    "soudanais sri-lankais syrien tchadien tchétchène thaïlandais togolais tunisien turc turque tzigane ukrainien vietnamien yéménite "
    "comorien mahorais guyanais zaïrois peul soninké bambara yoruba"
).split()
NATIONALITY = late_for_lower(
    rf"(?i)\b(?:{'|'.join(NATIONS)})(?:ne|e|s|es|nes|que|ques)?\b|\b(?:originaire|native?|venue?|arrivée?|ressortissante?)\sd(?:e|u|es|')"
)
# « une Roumaine de 15 ans »: a nationality may stand in the place of the person's name.
ONE_OF_A_NATION = late_for_lower(
    rf"(?i)\b(?:une?|cette?|la|le)\s(?:jeune\s|petite?\s)?(?:{'|'.join(NATIONS)})(?:ne|e)?\b(?!s)"
)
OF_AGE = late_for_lower(rf"(?i)\s(?:de\s|d'|âgée?\s(?:de\s|d')|\()(?P<it>{AGE_NUMBER}\sans)\b(?!\s(?:et\splus|d'))")
INSTITUTION = (
    r"commune|ville|village|quartier|squat|hôtel|hotel|auberge|home|maison\sd'enfants|foyer|internat|pensionnat|collège|lycée|école|maternelle|hôpital|clinique|tribunal|"
    r"(?:lycée|collège|établissement|centre|foyer|institut)\s(?:horticole|agricole|hôtelier|professionnel|technique|éducatif|maternel|départemental|social|thérapeutique|d'accueil|d'hébergement)|gare|campement|bidonville|commissariat|gendarmerie|rue|avenue|place|boulevard|métro|station|camp|prison|église|mosquée|temple|"
    r"centre\sd(?:e|')\s?\w{3,15}|arrêt\sde\s(?:bus|tram|tramway|car)|station\sde\s(?:métro|bus|tram|tramway)|maternité|pouponnière|crèche|cmpp?|chrs|chu|pmi|mjc|lieu\sde\svie|accueil\sde\sjour|centre\saéré|stade|gymnase|piscine|médiathèque|bibliothèque|supermarché|quai|faubourg|esplanade|hameau|lieu-dit|mecs|cada|ime|itep|cité|résidence|square|lotissement|domaine|arrêt|centre\scommercial|marché|parking|porte|pont|bois|parc|aéroport|port|immeuble|bar|restaurant|salon|magasin|boutique|impasse|allée|tour|"
    r"café|cafe|brasserie|bistrot?|villa|rond-point|carrefour|chantier|îlot|aire|manoir|château|ferme|entrepôt|usine|hangar|gîte|pension|discothèque|boîte|boulangerie|épicerie|laverie|garage|pharmacie|cybercafé|taxiphone|hypermarché|institut|clos|passage|sentier|galerie|zone\scommerciale|terrain|caravaning|aérodrome|plage|jardin|hall|parvis|échangeur|rocade|bretelle|halte|kebab|pizzeria|sauna|bains|motel|appart'hôtel|residence"
)
# Houses of a chain, told apart by their town: « le Campanile de Bobigny ».
CHAIN = r"Campanile|Ibis|Kyriad|Novotel|Mercure|Balladins|Formule\s1|F1|McDo|McDonald's|Quick|KFC|Monoprix|Franprix|Aldi|Super\sU|Casino|Burger\sKing|Starbucks|Decathlon|Décathlon|Ikea|B&B|Etap\sHotel|Première\sClasse|Primark|Sephora|Fnac|Darty|Castorama|Leader\sPrice|Auchan|Carrefour|Leclerc|Lidl|Intermarché"
SITE = late_pattern(
    rf"\b(?P<what>(?i:{INSTITUTION}|maison(?!\s(?:des?|du)\s(?:la\s)?(?:ado|enf|femm|droit|solid|étud|famill|parent|avoc|assoc|jeun|lyc|santé|quart|just)))|{CHAIN})\s(?:(?:de|du|des|la|le|les|l'|d'|aux?|à|in|at|of|on|near)\s?){{0,3}}(?P<name>[A-ZÀ-ÖØ-ÞŒ][\w'-]{{1,40}})"
)
# « l'hôtel bellevue », « college voltaire », « foyer les tilleuls »: a name typed without its capital is told by being
# no word of French, by being one that sites are named after, by a hyphen, by an article that nothing else explains.
PLAIN_SITE = re.sub("[ôèé]", lambda found: f"[{found[0]}{fold_accents(found[0])}]", INSTITUTION)
UNCAPPED_SITE = late_pattern(
    rf"\b(?P<what>{PLAIN_SITE})\s(?P<before>(?:(?:de\sla|de|du|des|la|le|les|aux?)\s|l'|d'|de\sl')?)"
    r"(?!rooms?\b|staff\b|owners?\b|managers?\b|lobby|bill\b|beds?\b|chains?\b|doors?\b)(?P<name>[^\W\d_]{3,40}(?:-[^\W\d_]{2,20}){0,3})\b(?:\s(?P<next>[^\W\d_]{3,30})\b)?"
)
A_MOMENT = frozenset(
    "jours soirs nuits premiers premières derniers dernières plus mois mercredis lundis mardis jeudis vendredis samedis "
    "dimanches vacances matins jour soir nuit veille lendemain matin semaine journée soirée matinée temps week-end première premier dernière dernier mercredi lundi mardi jeudi vendredi samedi dimanche  autres deux trois quatre cinq semaines années fois enfants".split()
)
# Where someone sleeps, learns, begs or was met; not in a testimony, a site is told of only beside these.
WHEREABOUTS = late_for_lower(
    r"(?i)\b(?:dort|dormait|dormir|dorment|dormaient|vivent|vivaient|quémand\w{1,4}|manche|squatt\w{1,4}|rôd\w{1,4}|séjourn\w{1,4}|suivie?|reçue?|vit|vivait|log\w{1,5}|hébergée?|scolarisée?|placée?|mendi\w{1,4}|habit\w{1,4}|fugu\w{1,4}|retrouvée?|vue?|repérée?|"
    r"interpellée?|rencontrée?|élève|recrutée?|abordée?|attend\w{0,3}|accueillie?|inscrite?|étudi\w{1,4}|enfermée?|séquestrée?|prostitu\w{1,4}|vend\w{0,4}|travaill\w{1,5}|traîn\w{1,4}|déposée?|emmenée?|conduite?|confiée?|internes?|hospitalisée?|disparu|née?|naît|accouch\w{1,4}|soignée?|cachée?|retenue?|jou(?:e|ait)|fréquent\w{1,5}|quitt\w{1,4}|assise?|rejoi\w{1,5}|sort\w{0,3}|conn(?:aît|u)e?|vendeuse|vendeur|ans|ram(?:ène|enée?)|apport\w{1,3}|va|allait)\b"
)
# Where a case is dealt with, or too many live; every other site is told beside one child.
WIDE_SITE = frozenset("commune ville village tribunal commissariat gendarmerie prison port aéroport".split())
ONE_CHILD = late_for_lower(
    rf"(?i)\b(?:une?|cet?|cette|la|le|sa|son|notre|l')\s?(?:\w{{3,14}}\s){{0,2}}?{CHILD}\b|\bâgée?\sd[e']"
)
# « vue aux Halles »: where someone is met without a word on what it is.
MET_AT = late_pattern(
    r"\b(?:dort|dormait|vit|vivait|loge|logeait|(?:re)?vue?|repérée?|retrouvée?|mendie|mendiait|traîne|traînait|abordée?|rencontrée?|croisée?|interpellée?|placée?|hébergée?|accueillie?|scolarisée?|inscrite?|suivie?|hospitalisée?|conduite?|emmenée?|déposée?|cachée?)"
    r"\s(?P<it>(?:aux|au|à\sla|à\sl'|sur\sles|à(?=\s(?:(?:Sainte|Notre)-|(?:L[ae]s?|L')\s?[A-ZÀ-Þ])))\s?(?P<name>(?:L[ae]s?\s|L')?[A-ZÀ-ÖØ-ÞŒ][a-zà-ÿ][\w'-]{1,30}))"
)
NO_PLACE = frozenset(
    "Centre Service Foyer Département Bureau Comité Conseil Cour Tribunal Parquet Palais Samu Samusocial Maison Mission Nord Sud Est Ouest Noël Assemblée Maire Préfecture".split()
)
A_SITE = late_pattern(rf"\b(?:{PLAIN_SITE}|maison|{CHAIN.lower()})\s")  # in lower case
AGED = late_pattern(r"ans\b(?<=\sans)|née?\sen\s")  # what every exact age holds, in lower case
ENOUGH = 3


class Facts(Struct, frozen=True):
    """What a sentence says of one person: the place of each kind of fact, and the exact age and narrow place if any."""

    kinds: dict[str, tuple[int, int]]
    exact: tuple[int, int] | None
    narrow: tuple[int, int] | None
    is_one_person: bool


def facts(sentence: str) -> Facts:
    """Age, nationality, place, year, family and distinctive detail, as far as a sentence tells them of one person;
    of others, their age alone.
    """
    low = lower_in_place(sentence)
    kinds: dict[str, tuple[int, int]] = {}
    english = english_combinations.SIGN.search(low)
    told_of_age = AGED.search(low)
    people = ONE_OF_A_NATION.search(low) if told_of_age else None
    aged = OF_AGE.match(low, people.end()) if people else None
    exact = _first(EXACT, low) if told_of_age else None
    exact = exact or (aged.span("it") if aged else None)
    one = bool(ONE.search(low) or aged)
    if english:
        exact = exact or _first(english_combinations.EXACT, low)
        one = one or bool(english_combinations.ONE.search(low))
    if told_of_age and (band := _first(BAND, low)):
        kinds["age"] = band
    if not one and not exact:
        return Facts(kinds, None, None, False)
    for kind, pattern in (
        ("nation", NATIONALITY),
        ("year", YEAR),
        ("family", FAMILY),
        ("detail", DETAIL),
    ):
        if found := _first(pattern, low):
            kinds[kind] = found
    if exact:
        kinds["age"] = exact
    narrow, wide = narrow_place(sentence), _wide(sentence)
    if english and not narrow:
        narrow = next((site.span() for site in _english_sites(sentence)), None)
    place, nation = narrow or wide, kinds.get("nation", (0, 0))
    if place and not nation[0] <= place[0] <= nation[1] + 1:  # « originaire du Mali » is one fact, not two
        kinds["place"] = place
    return Facts(kinds, exact, narrow, one)


def _first(pattern: re.Pattern[str], text: str) -> tuple[int, int] | None:
    match = pattern.search(text)
    if match is None:
        return None
    for name in pattern.groupindex:
        if match[name]:
            return match.span(name)
    return match.span()


def narrow_place(sentence: str) -> tuple[int, int] | None:
    """A town, or a named school, street, station: narrower than a département."""
    return next(narrow_places(sentence), None)


def _narrow(name: str) -> bool:
    return name not in lexicon.institutions() and name not in lexicon.wide_places()


def _narrow_site(site: re.Match[str]) -> bool:
    """A named site, but for what is named after a wide place; stations are (« gare du Nord »), and homes and hotels
    are named after who runs them (« foyer Sonacotra »)."""
    what = site["what"].lower()
    run = what in ("foyer", "hôtel", "hotel", "résidence") and site["name"] not in lexicon.wide_places()
    placed = what == "place" and not site.string[: site.start()].endswith(("la ", "sa ", "leur ", "une ", "cette "))
    return _narrow(site["name"]) or what in ROADS or run or placed


ROADS = frozenset("gare rue avenue boulevard quai square".split())
BEFORE_PLACE = late_pattern(
    r"(?i)(?:\b(?:à|de|d'|in|at|from|near|to|of|vers|près\sde|sur|depuis|dans|par|entre|et|ou)\s?(?:la\s|le\s|les\s|l')?|[,(:;]\s?)[«\"]?\s?$"
)


def _is_town(word: str, before: str) -> bool:
    known = word in lexicon.places() or word.split("-")[0] in ("Saint", "Sainte")
    return known and not word.isupper() and word not in lexicon.institutions() and bool(BEFORE_PLACE.search(before))


def _wide(sentence: str) -> tuple[int, int] | None:
    for match in WORD.finditer(sentence):
        word = match[0].partition("'")[2] or match[0]
        if {word, match[0]} & lexicon.wide_places() and word not in ("France", "Europe", "République"):
            return match.span()
    return None


EXACT_DAY = late_for_lower(rf"(?i)(?<![\w/.,-])(?:{DATE.replace(' ', chr(92) + 's')})(?![\w/-])")
OF_A_LAW = late_pattern(
    r"(?i)\b(?:lois?|décrets?|arrêtés?|ordonnances?|directives?|conventions?|circulaires?|protocoles?|règlements?|"
    r"résolutions?|traités?|journal officiel|JO)\b[^.;]{0,60}(?:\bdu\s|,\s?|\()$"
)


def days(sentence: str) -> Iterator[tuple[int, int]]:
    """Every exact day of a sentence, but for those of laws."""
    for match in EXACT_DAY.finditer(lower_in_place(sentence)):
        if not OF_A_LAW.search(sentence[: match.start()]):
            yield match.start(), match.end() - match[0].endswith(".")


def day_of(sentence: str, named: bool, known: Facts) -> tuple[int, int] | None:
    """The exact day, with its year, of something told of one person: beside a first name, or an age."""
    if not named and not ("age" in known.kinds and known.is_one_person):
        return None
    return next((day for day in days(sentence) if re.search(r"\d{4}|/\d\d$|mille", sentence[slice(*day)])), None)


def small_count(sentence: str) -> tuple[int, int] | None:
    """A count below five where a département or a narrower place is named."""
    match = COUNT.search(lower_in_place(sentence))
    if match is None:
        return None
    local = narrow_place(sentence) or any(
        m[0] in lexicon.departments() or m[0].partition("'")[2] in lexicon.departments()
        for m in WORD.finditer(sentence)
    )
    return match.span("it") if local else None


def health(sentence: str, known: Facts) -> tuple[int, int] | None:
    """A word on someone's health beside any other fact about that person."""
    match = HEALTH.search(lower_in_place(sentence)) if known.is_one_person and set(known.kinds) - {"year"} else None
    return match.span() if match else None


def sites_of_child(sentence: str, known: Facts) -> Iterator[tuple[int, int]]:
    """The named sites of a sentence that tells where one child sleeps, learns or was met."""
    low = lower_in_place(sentence)
    some = english_combinations.MET_OR_SPEAKING.search(low)
    told = english_combinations.WHEREABOUTS.search(low) or english_combinations.ONE_CHILD.search(low)
    english = some or (english_combinations.SIGN.search(low) and told)
    if not (known.is_one_person or some):
        return
    if english:
        yield from (site.span() for site in _english_sites(sentence))
    yield from (match.span("it") for match in MET_AT.finditer(sentence) if _names_a_place(match["name"]))
    if A_SITE.search(low) and (english or ONE_CHILD.search(low) or WHEREABOUTS.search(low)):
        for site in SITE.finditer(sentence):
            if _narrow_site(site) and site["what"].lower() not in WIDE_SITE:
                yield site.span()
        for site in UNCAPPED_SITE.finditer(sentence):
            if site["what"] not in WIDE_SITE and _is_named(site):
                yield _span_of(site)


def _names_a_place(name: str) -> bool:
    """Whether a word with a capital after « vue aux » is a place of its own: no office, no region."""
    last = name.replace("'", " ").split()[-1]
    return _narrow(name) and name not in NO_PLACE and not (name[0] == "L" and last != name and last in lexicon.places())


def _english_sites(sentence: str) -> Iterator[re.Match[str]]:
    """The sites whose name stands before what they are: « Prévert secondary school », « the Bosquets estate »."""
    for site in english_combinations.SITE.finditer(sentence):
        words = site["name"].removeprefix("The ").split()
        a_people = words[-1].endswith(("ese", "ish", "ian", "can", "ench", "ean"))  # « a Chinese restaurant »
        if words[0] not in english_combinations.NO_NAME and not a_people and _narrow(site["name"]):
            yield site


def _is_named(site: re.Match[str]) -> bool:
    """Whether what follows a school or a home in lower case is its name: no word, one of theirs, with « saint- »."""
    what, before, name, further = site.group("what", "before", "name", "next")
    parts = name.split("-")
    if name[0].isupper():
        return False
    if not lexicon.namesakes().isdisjoint((*parts, further)):
        return True
    if len(parts) > 1:
        return parts[0] in ("saint", "sainte", "st", "ste", "notre") or parts[0].title() in lexicon.given_names()
    if before == "les " or (
        before in ("le ", "la ") and A_HOME.fullmatch(what) and TO_A_HOME.search(site.string, 0, site.start())
    ):
        return name not in A_MOMENT and (before != "les " or name.endswith(("s", "x")))
    if A_STREET.fullmatch(what) and before in ("du ", "des ", "de la ", "de l'"):
        return (name in OF_A_SQUARE) if what == "place" else name not in NO_STREET
    if not before and further and name.title() in lexicon.given_names() and not lexicon.is_word(further):
        return True
    return len(name) > 3 and not lexicon.is_word(name)


A_HOME = late_pattern(r"h[ôo]tel|auberge|home|maison\sd'enfants|foyer|internat|pensionnat|r[ée]sidence")
TO_A_HOME = late_pattern(r"(?:\bau|à\sl'|à\sla|\bdans\s\w{1,3})\s?$")
A_STREET = late_pattern(r"h[ôo]tel|auberge|rue|avenue|boulevard|impasse|all[ée]e|square|place")
NO_STREET = frozenset(
    "ville village quartier commune centre capitale banlieue enfant enfants jeune jeunes mineur mineurs victime victimes famille "
    "parents père mère fille pays département secteur association foyer grande grandes autres même mêmes agglomération "
    "matin soir jour lendemain nuit semaine réseau proxénète proxénètes recruteur recruteurs groupe type région samu ase client clients zone périphérie police".split()
)
OF_A_SQUARE = frozenset(
    "marché république mairie gare église liberté fêtes nation bastille victoire poste fontaine chapelle halles paix comédie "
    "cathédrale préfecture résistance libération".split()
)


def _span_of(site: re.Match[str]) -> tuple[int, int]:
    alone = site["next"] is None or (lexicon.is_word(site["next"]) and site["next"] not in lexicon.namesakes())
    return site.start(), site.end("name" if alone else "next")


def narrow_places(sentence: str) -> Iterator[tuple[int, int]]:
    """Every narrow place of a sentence; a town in the name of a site is not told apart."""
    sites = list[tuple[int, int]]()
    if A_SITE.search(lower_in_place(sentence)):
        sites += (site.span() for site in SITE.finditer(sentence) if _narrow_site(site))
        sites += (_span_of(site) for site in UNCAPPED_SITE.finditer(sentence) if _is_named(site))
    yield from sites
    for match in WORD.finditer(sentence):
        word = match[0].partition("'")[2] or match[0]
        inside = any(start <= match.start() < end for start, end in sites)
        if word[0].isupper() and len(word) > 2 and not inside and _is_town(word, sentence[: match.start()]):
            yield match.span()
