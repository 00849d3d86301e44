# ruff: noqa: E501  # one pattern, one line
"""Names that are ordinary words or single letters, by what stands beside them: nicknames, initials, « rose a dit »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rapport.language.patterns import compile_for_lower, late_for_lower, late_pattern, lower_in_place
from rapport.safeguarding import lexicon
from rapport.safeguarding.closed_world import Name

# What people do: a word that does it is someone's name.
ACTS = (
    r"dit|disait|dira|raconte|racontait|explique|expliquait|affirme|témoigne|témoignait|répond|répondait|répète|confie|"
    r"pleure|pleurait|dort|dormait|vit|vivait|habite|habitait|mendie|mendiait|fugue|fuguait|travaille|travaillait|parle|parlait|"
    r"voulait|pouvait|savait|devait|refuse|refusait|attend|attendait|rêve|rêvait|croit|croyait|pense|pensait|connaît|connaissait|"
    r"appelle|appelait|revient|rentre|rentrait|arrive|part|partait|fuyait|volait|vendait|gardait|portait|chante|joue|jouait|tremble|"
    r"prit|fit|vint|partit|sortit|mit|sut|put|dut|voulut|courut|tomba|resta|entra|cria|appela|demanda|raconta|quitta|arriva|expliqua|refusa|pleura|"
    r"(?!portrait|retrait|extrait|souhait)\w{2,9}[cdghilmnprstuvy]ait|souhaite|demande|demandait|montre|montrait|baisse|avait\s(?:peur|faim|honte|froid|mal|\w{2,12}(?:-\w{3,5})?\sans)|a\s(?:peur|faim|honte|\w{2,12}(?:-\w{3,5})?\sans)|"
    r"(?:a|avait|aurait)\s(?:\w{1,14}(?:é|i|u|is|it|ert)(?:e?s?)|été|dit|raconté|pleuré|fugué|disparu|expliqué|répondu|témoigné|avoué|confié|demandé|appelé|rappelé|refusé|dormi|porté\splainte|"
    r"quitté|vu|eu|signé|fui|dû|pu|voulu|su|mendié|volé|vendu|travaillé|reconnu|montré|écrit|cru|connu|rencontré|suivi|retrouvé|perdu|donné|parlé|déposé|accouché|obtenu|commencé|caché|passé|traversé|grandi|mis|pris|reçu|rejoint)|"
    r"(?:est|était|serait|sera)\s(?:née?|partie?|venue?|arrivée?|revenue?|rentrée?|restée?|tombée?|morte?|allée?|descendue?|montée?|sortie?|seule?|enceinte|placée?|suivie?|hébergée?|scolarisée?|retenue?|battue?|connue?)|"
    r"n'\w{2,14}\s(?:plus|pas|jamais|rien)|ne\s\w{2,14}\s(?:plus|pas|jamais|rien|que|personne)|n'a\b|n'avait|n'ose|n'osait|n'est\s(?:pas|plus|jamais)\s(?:venue?|rentrée?|revenue?|allée?|seule?)|ne\s(?:veut|voulait|sait|savait|parle|parlait|dort|dormait|mange|mangeait|va|peut|pouvait)|s'est|s'enfuit|se\s(?:souvient|cache|cachait|tait|taisait|plaint|prostitue)|"
    r"m'a|t'a|lui\sa|nous\s(?:a|avait|dit|raconte|parle|disait)|me\s(?:dit|disait)|et\ssa\s(?:sœur|mère|cousine|fille)|et\sson\s(?:frère|père|cousin|bébé|fils)"
)
# What someone has: « l'affaire de K. », « la mère de rose ».
THEIRS = (
    r"affaire|cas|histoire|situation|dossier|récit|témoignage|parcours|audition|avocate?|placement|disparition|mère|père|sœur|soeur|frère|tante|oncle|trace|vie|santé|compte|contrat|anniversaire|visage|isolement|recrutement|sécurité|"
    r"cousine?|amie?|copine|éducatrice|éducateur|référente?|famille|parents|bébé|fille|fils|téléphone|chambre|papiers|passeport|plainte|état|corps|proxénète|"
    r"recruteur|départ|arrivée|fugue|signalement|photos?|paroles?|lettre|tuteur|tutrice|voix|âge|prénom|sort|retour|défense|protection|confiance|silence"
)
BEGINS = r"(?:^\W{0,3}|[«\"(,;:–—.!?]\s?|\b(?:que|quand|lorsque|puis|alors|hier|et|mais|car|si|où|comme|donc|aujourd'hui|depuis)\s|qu')"
FOREIGN = r"joy|destiny|blessing|hope|faith|grace|mercy|precious|gift|happy|happiness|favour|favor|lucky|sunday|monday|friday|rose|blanche|ali|awa|aya|léa|zoé|lina|mina"

ENGLISH = r"joy|destiny|blessing|mercy|precious|favour|happiness"  # which French uses for nothing else
MET = (
    r"(?:re)?vue?|retrouvée?|rencontrée?|(?:r)?appelée?|croisée?|aidée?|suivie?|accompagnée?|reçue?|cherchée?|attendue?|connue?|contactée?|"
    r"entendue?|accueillie?|reconnue?|emmenée?|recrutée?|crue?|écoutée?|protégée?|défendue?|soignée?|prévenue?|avertie?|menacée?|séparée?|battue?|frappée?|cachée?|livrée?|vendue?"
)


# Who or what is close to one person: « la référente de merveille ».
CLOSE = (
    r"avocate?|mère|père|sœur|soeur|frère|tante|oncle|cousine?|amie?|copine|éducatrice|éducateur|référente?|bébé|fille|fils|téléphone|passeport|"
    r"proxénète|recruteur|fugue|tuteur|tutrice|audition|placement|disparition"
)
SPEAKS = r"said|says|told|ran|slept|lived|asked|begged|refused|cried|wants|wanted|came|never\s\w+ed|was\s(?:aged|\w+teen|taken|sold|beaten|born|raped|hidden|recruited)"


@cache
def _words() -> tuple[re.Pattern[str], ...]:
    words = "|".join(sorted(lexicon.entries("prenoms-mots"), key=len, reverse=True))
    return tuple(
        compile_for_lower("(?i)" + form)
        for form in (
            rf"(?:{BEGINS}|\bl[ae]\s(?:petite?|jeune|grande?)\s)(?P<it>{words}),?\s(?:elle\s|lui,?\s|qui\s)?(?:{ACTS})\b",
            rf"[»\",?!]\s(?:a\s|avait\s)?(?:dit|disait|répond|répondait|répondu|raconte|racontait|murmure|murmurait|murmuré|explique|expliquait|confie|confiait|soupire|ajoute|souffle|témoigne|pleure|crie)\s(?P<it>{words})\b(?!\s(?:d|à|l))",
            rf"\b(?:{THEIRS})\sde\s(?P<it>{FOREIGN})\b(?!\s(?:qui|à|au|noir|sauvage))",
            rf"\b(?:{MET}|avec|chez|selon|à|pour|par|contre|sans|comme)\s(?P<it>{ENGLISH})\b(?![-'])",
            rf"\b(?:avec|chez|selon|{MET})\s(?P<it>{FOREIGN})(?=\s?[,.;:!?»)]|\s(?:et|pour|dans|qui|quand|depuis|elle|à|en)\b|$)",
            rf"\bc'(?:est|était)\s(?P<it>(?!avril|noël|fortune){words})\squi\b",
            rf"\b(?:l[ae]\s|l')(?:{CLOSE})\sde\s(?P<it>{words})(?=\s?[,.;:!?»]|\s(?:{ACTS})\b|$)",
            rf"\b(?:ai|as|a|avons|avez|ont|avait|avions|avaient)\s(?:\w{{3,9}}\s)?(?:{MET})\s(?P<it>(?!fortune|gloire|miracle|promesse|victoire\ssur){words})(?=\s?[,.;:!?»]|\s(?:au|à|chez|dans|pour|en|quand|et|un|une|deux|trois|plusieurs|hier|sans|avec|devant|après|avant|lors|pendant|durant|depuis)\b|$)",
            rf"{BEGINS}(?P<it>{ENGLISH}|hope|faith|grace|patience|peace|gift|victory|glory)\s(?:{SPEAKS})\b",
            rf"\b(?:sœur|soeur|frère|mère|père|fille|fils|cousine?|nièce|neveu|tante|oncle|amie?|copine|copain|jumelle|jumeau),\s(?P<it>{words}),",
        )
    )  # fmt: skip


LETTERS, INITIAL = late_pattern(r"[^\W\d_]+"), late_pattern(r"\b[A-Z]\.")


@cache
def _single_words() -> frozenset[str]:
    return frozenset(lexicon.entries("prenoms-mots"))


NOT_SOMEONE = late_pattern(
    r"\b(?:quartier|camps?|ville|rue|zone|parc|squat|lieu|endroit|réseau|opération|loi|programme|méthode|pratique|phénomène|drogue|route|pays|dispositif|"
    r"document|rapport|processus|technique|traite|exploitation|système|jungle|campement|règle|stratégie|procédure|trafic|guichet|carte|salle|numéro|ligne|ce\squ\w*|qu'on|que\sl'on|association|campagne)\b[^.;]{0,40}$"
)
CALL = (
    r"(?:\b(?:l'|m'|s'|t')(?:appel|surnomm)\w{1,8}|\b(?:la|le|me|se|les|sa\sfamille)\ssurnomm\w{1,8}|\bfai\w{1,4}\sappeler|\bsurnommée?\b|\b(?:surnom|sobriquet|petit\snom|nom\sde\sguerre)\b(?:\s(?:est|était|de))?|\balias\b|"
    r"\bconnue?\s(?:sous\sle\s(?:sur)?nom\sde|comme)|\b(?:fille|garçon|homme|femme|recruteur|passeur|proxénète|frère|cousine?|gamine?|mineure?|jeune|client)\s(?:\w{3,12},?\s)?dite?\b|\b(?:la|le|se)\sdis(?:ait|aient|ent)\b(?=\s?:?\s?[«\"]))"
)
NICKNAME = late_for_lower(
    rf"(?i){CALL}\s?(?:tous\s|toutes\s|entre\selles\s|aussi\s|souvent\s|parfois\s|ici\s|au\sfoyer\s)?[:,]?\s?(?:[«\"]\s?(?P<quoted>[^»\"]{{2,30}}?)\s?[»\"]|(?P<word>(?:la\s|le\s|l'|petite?\s)?[^\W\d_]{{3,20}})\b)"
)
# « les appelait « Puce » et « Lulu » »: one word each; « mineurs isolés », « migrants » are what many are called.
CALLED = late_for_lower(
    r"(?i)\b(?:les|nous|vous)\s(?:appel|surnomm|nomm)\w{1,8}\s?:?\s?"
    r"(?P<all>(?:[«\"][^»\"]{2,30}[»\"][,\s]*(?:et\s|ou\s)?)+)"
)
ONE_CALLED = late_pattern(r"[«\"]\s?(?P<it>(?:la\s|le\s|l'|petite?\s)?[^\W\d_]{2,20})\s?[»\"]")
NO_NICKNAME = frozenset(
    "par ainsi comme pour dans avec sans sur des une aux qui que elle elles ils tous tout toute leur ses son les mais plus parce afin aussi chaque depuis encore "
    "alors puis quand maman papa madame monsieur est était pas souvent parfois jamais toujours demain hier tard vite ensuite ici dehors vers police secours aide femme fille".split()
)
CLOSES = late_pattern(r"\s?(?:[.,;!?)]|$|à\scause|parce|car\b)")
SAID = late_pattern(r"^(?:la|le|se)\sdis")  # « on la disait « perdue » » says what she was, with a capital who
SURE = late_pattern(r"surn|alias|sobriquet|petit\snom|guerre")

INITIALS = r"(?P<it>[A-Z]\.(?:[\s-]?[A-Z]\.?(?!\w))?)"
TOLD_OF = r"entendue?|âgée?|née?|placée?|suivie?|auditionnée?|originaire|hébergée?|scolarisée?|arrivée?|recrutée?|mineure?|victime|accompagnée?"
ACTING_INITIAL = late_pattern(
    rf"(?<![\w.'/-]){INITIALS}(?:,?\s(?:{ACTS}|qui\s|elle\s|lui\s)|,\s(?:alors\s)?(?:{TOLD_OF}))\b"
)
SOMEONES_INITIAL = late_pattern(
    rf"(?i:\b(?:{THEIRS})\s(?:de\s|d')|\b(?:rencontré|suivi|vu|accompagné|reçu|entendu|orienté|recruté|aidé|confié|avec|chez|selon)\s){INITIALS}(?!\s?[A-Z][a-zà-ÿ]|\s?\d|\w)"
    r"|\b(?i:pour|par|contre|sans|comme)\s(?P<him>(?:[A-Z]\.[\s-]?)?[A-Z]\.)(?=,\s[a-zà-ÿ]|\s(?:et\ss|qui|elle|il)\b)"
)
ENGLISH_ACTS = (
    r"aged|who|was|is|has\s|had\s|"
    r"never|did|does|will|would|could|refuse[sd]?|speaks?|spoke|wrote|ran|said|says|told|lives?|lived|asked|left|ran|sleeps?|slept|attends|arrived|came|came|begged|wants?|wanted"
)
ENGLISH_INITIAL = late_pattern(
    rf"(?<![\w.'/-]){INITIALS}(?:,?\s(?:{ENGLISH_ACTS})\b|'s\s(?:mother|father|sister|brother|family|lawyer|story|case|school|home)\b)"
    rf"|\b(?:saw|seen|met|heard|found|placed|lost|told|asked|helped|accompanied|questioned|interviewed|threatened|raped|beat|sold|moved|arrested|released|sent|brought|hid|recruited|followed|tracked)\s(?P<met>[A-Z]\.(?:[\s-]?[A-Z]\.?(?!\w))?)(?!\s?[A-Z][a-zà-ÿ]|\s?\d|\w)"
    rf"|\b(?:for|with|about|by|from)\s(?P<given>[A-Z]\.\s?[A-Z]\.)(?!\s?[A-Z][a-zà-ÿ]|\s?\d|\w|[A-Z])"
    rf"|\b(?:case|story|mother|father|sister|brother|lawyer|hearing|placement|testimony)\sof\s(?P<whose>[A-Z]\.(?:[\s-]?[A-Z]\.?(?!\w))?)(?!\s?[A-Z][a-zà-ÿ]|\s?\d|\w)"
)
OF_STATES = late_pattern(r"(?:U\.\s?[SKN]|E\.\s?U)\.?")
# « Accompagnée, Précieux a dit »: a word with a capital that nothing but a name explains.
CAPITAL_ALONE = late_pattern(r"(?<=[a-zà-ÿ»],\s)(?P<it>[A-ZÀ-ÖØ-Þ][a-zà-ÿ]{2,20})(?=\s)")
ACTING = late_pattern(rf"\s(?:{ACTS})\b")
NO_NAMES = frozenset(
    "il elle ils elles on nous vous cela ceci celui celle rien tout personne chacun chacune aucun aucune nul qui quiconque".split()
)
OF_A_TEXT = late_pattern(
    r"(?i)\b(?:annexe?s?|appendix|options?|figures?|forms?|cases?|hepatitis|vitamins?|block|building|room|paragraphs?|chapters?|tables?|articles?|points?|parties?|groupes?|tableaux?|plan|hépatite|vitamine|sections?|titres?|figures?|série|catégorie|option|bâtiment|hall|classe|"
    r"type|phase|lettre|volume|appendice|alinéa|zone|ligne|chapitre|livre|numéro|hypothèse|scénario|question|service|secteur|R|L|D|A)\s(?:[A-Z]\.?,?\s(?:et|ou)\s)?$"
)


def cued_names(sentence: str) -> Iterator[Name]:
    """Names in lower case, nicknames and initials of a sentence, each sure to be a person's."""
    low = lower_in_place(sentence)
    for pattern in _words() if not _single_words().isdisjoint(LETTERS.findall(low)) else ():
        for match in pattern.finditer(low):
            yield _name(*match.span("it"))
    if any(sign in low for sign in ("appel", "nom", "alias", "dit", "connu", "sobriquet")):
        for match in NICKNAME.finditer(low):
            group = "quoted" if match["quoted"] else "word"
            if _is_nickname(match, group, sentence):
                yield _name(*match.span(group))
        for match in CALLED.finditer(low) if "appel" in low or "nom" in low else ():
            for one in ONE_CALLED.finditer(low, *match.span("all")):
                if _is_of_one(one, sentence):
                    yield _name(*one.span("it"))
    for match in CAPITAL_ALONE.finditer(sentence):
        word = match["it"].lower()
        if word in NO_NAMES or not lexicon.is_word(word) or _is_public_word(match["it"]):
            continue
        if ACTING.match(sentence, match.end()):
            yield _name(*match.span("it"))
    if INITIAL.search(sentence):
        for form in (ACTING_INITIAL, SOMEONES_INITIAL):
            for match in form.finditer(sentence):
                start, end = match.span(match.lastgroup or "it")
                if not OF_A_TEXT.search(sentence[max(0, start - 40) : start]):
                    yield _name(start, end)
        for match in ENGLISH_INITIAL.finditer(sentence):
            span = match.span(match.lastgroup or "it")
            if not OF_STATES.fullmatch(sentence[slice(*span)]) and not OF_A_TEXT.search(sentence[: span[0]][-40:]):
                yield _name(*span)


def _is_public_word(word: str) -> bool:
    """Whether a word with a capital is that of a place or an institution."""
    return word in lexicon.places() or word in lexicon.wide_places() or word in lexicon.institutions()


def _name(start: int, end: int) -> Name:
    return Name(start, end, ((start, end),), True)


def _is_of_one(match: re.Match[str], sentence: str) -> bool:
    """Whether a quoted word names one of several: it has a capital, or is no plural."""
    capital = sentence[match.end("it") - len(match["it"].split()[-1])].isupper()
    return capital or not match["it"].endswith(("s", "x", "z"))


def _is_nickname(match: re.Match[str], group: str, sentence: str) -> bool:
    """Whether words after « surnommée » or « l'appelle » are someone's: no place, no practice is called so."""
    if NOT_SOMEONE.search(match.string[max(0, match.start() - 80) : match.start()]):
        return False
    if group == "quoted":
        if SAID.search(match[0]):
            return sentence[match.start("quoted")].isupper()
        return bool(SURE.search(match[0][:20])) or len(match["quoted"].split()) <= 3
    word = match["word"]
    last = word.split("'")[-1].split()[-1]
    if last in NO_NICKNAME:
        return False
    capital = sentence[match.end("word") - len(last)].isupper()
    if capital:
        return last.title() not in lexicon.wide_places()
    if CLOSES.match(sentence[match.end("word") :]) and match[0].startswith(("l'appelle", "l'appelait", "l'appelaient")):
        return True
    return bool(SURE.search(match[0][:20])) or (not lexicon.is_common(last) and len(last) > 3)
