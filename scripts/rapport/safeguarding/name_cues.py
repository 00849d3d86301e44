# ruff: noqa: E501  # one pattern, one line
"""Names that are ordinary words or single letters, by what stands beside them: nicknames, initials, « rose a dit »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rapport.language.patterns import compile_for_lower, late_for_lower, late_pattern, lower_in_place
from rapport.safeguarding import combinations, english_combinations, lexicon
from rapport.safeguarding.closed_world import Name
from rapport.safeguarding.english_combinations import AGE

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
THEIRS = r"accord|affaire|cas|histoire|situation|dossier|récit|témoignage|parcours|audition|avocate?|placement|disparition|mère|père|sœur|soeur|frère|tante|oncle|trace|vie|santé|compte|contrat|anniversaire|visage|isolement|recrutement|sécurité|cousine?|amie?|copine|éducatrice|éducateur|référente?|famille|parents|bébé|fille|fils|téléphone|chambre|papiers|passeport|plainte|état|corps|proxénète|recruteur|départ|arrivée|fugue|signalement|photos?|paroles?|lettre|tuteur|tutrice|voix|âge|prénom|sort|retour|défense|protection|confiance|silence"
BEGINS = r"(?:^\W{0,3}|[«\"(,;:–—.!?]\s?|\b(?:que|quand|lorsque|puis|alors|hier|et|mais|car|si|où|comme|donc|aujourd'hui|depuis|soir|matin|nuit|midi|dimanche|\w{2,6}di|là|dernière?|passée?|plus\stard)\s|qu')"

# Who a word is after « avec » or « contre »: nothing that one feels.
SOMEBODY = r"rose|blanche|iris|violette|marguerite|aurore|océane|ange|angel|princesse|prince|princess|capucine|jasmine?|églantine|clémentine|hortense|divine|modeste|innocente?|bienvenue?|désirée?|aimée?|merveille|précieuse|junior|céleste|ali|awa|aya|aïcha|tom|léo|léa|zoé|lina|mina|moussa|nour|sami"
ENGLISH = r"joy|destiny|blessing|mercy|precious|favour|happiness|goodness|lily|daisy|ruby"  # which French uses for nothing else

COUNTED = r"destiny|blessing|princess|prince|angel|gift|daisy|lily|flower|pearl|poppy|star|ivy|robin|sparrow|junior"  # which have an article in English

# What one may have or be shown, and what people call a girl or a boy: only what nothing but a person does tells.
ABSTRACT = r"comfort|success|wisdom|progress|promise|treasure|confidence|endurance|charity|courage|beauty|sunshine|testimony|miracle|honour|prosper|sunday|monday|friday|praise|fortune|bright|lovely|victory|glory|hope|faith|grace|patience|peace|honesty|prudence|felicity"
ENGLISH_NOUNS = frozenset(
    f"{ENGLISH}|{COUNTED}|{ABSTRACT}|hope|faith|grace|patience|peace|victory|glory|sunday|monday|friday|rose|violet|olive|iris".split("|")
)  # fmt: skip
# Who or what is close to one person: « la référente de merveille ».
CLOSE = r"trace|chambre|nouvelles|retour|disparition|voix|histoire|corps|main|mot|message|appel|avocate?|mère|père|sœur|soeur|frère|tante|oncle|cousine?|amie?|copine|éducatrice|éducateur|référente?|bébé|fille|fils|téléphone|passeport|proxénète|recruteur|fugue|tuteur|tutrice|audition|placement|disparition|cahier|carnet|sac|lit|journal|dessins?|valise|manteau|vêtements|lettre|carte|récit|dossier|prénom|témoignage|parcours|situation|départ|arrivée|plainte|contrat|visage|anniversaire"
# Who is spoken to, handled, heard: a noun of French would have an article there.
SPEECH = r"dit|disait|répon\w{1,4}|racont\w{1,3}|murmur\w{1,3}|expliqu\w{1,3}|confi\w{1,3}|soupir\w{1,3}|ajout\w{1,3}|souffl\w{1,3}|témoign\w{1,3}|pleur\w{1,3}|cri\w{1,3}|répèt\w{1,3}|répét\w{1,3}|demand\w{1,3}|insist\w{1,3}|avou\w{1,3}|supplia?i?t?|précis\w{1,3}|affirm\w{1,3}|jur\w{1,3}|se\s(?:plai\w{2,5}|souv\w{3,5}|rappel\w{1,4})|écri\w{1,5}|chuchot\w{1,3}|lâch\w{1,3}|résum\w{1,3}"
HANDLED = r"(?:(?<!\w)l')?(?:frapp|mena[cç]|surveill|attach|enferm|attend|cherch|appell?|emmen|amen|ramen|dépos|forç|oblig|viol|humili|insult|gifl|log|héberg|accueill|protég|accompagn|console|consol|rassur|interrog|entend|écout|suiv|port|habill|maquill|croy|retrouv|photographi|vend|livr|batt)(?:ait|aient|e|ent|a|èrent|it|irent)|(?:ont|avait|avaient|a|as|ai|avons|avez)\s(?:remis|conduit|battu|vendu|mis|laissé|déposé|emmené|confié|forcé|obligé|attaché|enfermé|frappé|menacé|violé|pris|perdu)"
PERCEIVED = r"entendu|vu|laissé|fait|regardé|écouté|aperçu|aidé|senti|entendait|voyait|voit|entend|faisait|laissait|regardait|laisse|regarde"
ADJECTIVES = r"blanche|claire|marine|divine|précieuse|innocente?|parfait|modeste|candide|fidèle|violette"
THEN = r"au|aux|à|chez|dans|pour|en|quand|et|hier|sans|avec|devant|après|avant|lors|pendant|durant|depuis|qui|jusqu|sur|par|contre|parce|car|comme|tous|toutes|chaque|ce|cette|elle|toute|seule|dehors|là"
ENGLISH_DEEDS = r"rang|rings|swore|bled|broke|brought|bought|chose|drank|flew|forgot|froze|hung|lied|sang|shook|stood|taught|threw|understood|wore|wrote|whispers|texted|phoned|had\s(?:\w+\s)?(?:been\s)?\w+(?:ed|en|old|ld|ne|ft|un|ut|ept)|has\s(?:not\s|never\s)?(?:answered|called|phoned|written|spoken|slept|eaten|gone|returned|disappeared|been\s(?:seen|missing|placed|moved|sold))|called|dies|died|calls|begs|works|worked|cries|needs|needed|knows|knew|thinks|thought|goes|went|comes|gets|got|gives|gave|takes|took|sells|sold|stole|steals|hid|hides|feels|felt|fears|feared|spent|spends|earns|earned|tried|tries|escaped|escapes|disappeared|returned|waits|waited|talks|talked|explained|explains|recalls|remembers|remembered|described|describes|grew|fell|woke|ate|eats|drew|draws|kept|keeps|heard|hears|saw|sees|met|smiled|smiles|laughed|answered|answers|replied|shouted|screamed|wept|weeps|walked|walks|sat|sits|stayed|stays|dreams|dreamt|hopes|hoped|learned|learnt|plays|played|paid|pays|must|cannot|can't|won't|doesn't|didn't|isn't|wasn't|may\shave|might|should|still|also|just|turned|found|finds|lost|loses|loves|loved|hated|hates|likes|liked|managed"
ENGLISH_MET = r"freed|thank(?:ed)?|met|found|saw|seen|called|hit|beat|beaten|raped|took|taken|heard|helped|sent|drove|followed|told|promised|gave|showed|taught|begged|let|made|helping|asking|telling|told\sus|asked|warned|sold|hid|recruited|received|admitted|welcomed|sheltered|treated|examined|lost|left|fed|locked\sup|threatened|photographed|interviewed|accompanied|placed|visited|arrested|went\swith|nam(?:ed|e\s(?:is|was))|(?:spoke|talked|spoken|listened|wrote|lied|went\sback)\s(?:to|with)|(?:mother|father|sister|brother|friend|boyfriend|girlfriend|husband|stepfather|stepmother|madam|trafficker|daughter|son|twin|roommate|teacher|doctor|bed|bag|passport|debt|clothes|bruises|phone|birthday|lawyer|guardian|carer|aunt|uncle|cousin|case|story|baby|child|parents|pimp|disappearance|hearing|file|life|journey|testimony|statement|words|face|phone|track|trace|sight|news|room|voice|arrival|return|arrest|name)\sof"
ENGLISH_BEGINS = rf"(?:{BEGINS}|\b(?:and|but|that|when|because|if|since|then|while|winter|summer|spring|autumn|month|year|weekend|night|day|morning|evening|week|yesterday|today|afternoon|ago|then|now|later|once|so|where|how|what|before|after|until)\s)"
ENGLISH_THEN = r"asleep|all|from|only|without|swear|sleep|beg|work|cry|pay|sit|eat|wait|kneel|undress|steal|drink|clean|cook|leave|lie|sign|awake|injured|bleeding|unconscious|hiding|that|she|he|her|his|they|nothing|everything|never|whether|if|how|why|what|where|about|not|outside|inside|in|at|on|since|when|who|and|with|again|for|near|behind|alone|after|before|last|every|yesterday|because|crying|sleeping|standing|sitting|begging|until|while|to"
NO_THING_DOES = r"was\stold|says|said|told|spoke|slept|sleeps|asked|cried|cries|wept|begged|begs|whispered|phoned|fled|smiled|nodded|refused|ran\saway|lived\swith|lives\swith|sobbed|escaped|shared\sa|swore|was\s(?:asleep|crying|pregnant|beaten|raped|locked|hiding|thirteen|fourteen|fifteen|sixteen|seventeen|twelve)|has\s(?:not\s)?(?:phoned|called|slept|eaten|run)|never\s(?:slept|went|ate|cried|told)|doesn't|didn't|wants|wanted|and\sh(?:er|is)\s(?:\w+\s)?(?:sister|brother|cousin|mother|baby|aunt|friend)"
SPEAKS = r"was\s(?:still|already|asleep|awake|alone|gone|missing|crying|hiding|waiting|sleeping|pregnant|afraid)|said|says|spoke|speaks|arrived?|cries|asks|begs|runs?|lives|sleeps|refuses|hugged|whispered?|nodded|vanished|fled|flees|collapsed|limped|knocked|stopped\s(?:eating|coming|talking|speaking)|told|ran|slept|lived|asked|begged|refused|cried|wants|wanted|came|never\s\w+ed|was\s(?:aged|\w+teen|taken|sold|beaten|born|raped|hidden|recruited)"


@cache
def _words() -> tuple[re.Pattern[str], ...]:
    words = f"(?:{'|'.join(sorted(lexicon.entries('prenoms-mots'), key=len, reverse=True))})"
    return tuple(
        compile_for_lower("(?i)" + form)
        for form in (
            rf"(?:{BEGINS}|\bl[ae]\s(?:petite?|jeune|grande?)\s)(?P<it>{words}),?\s(?:(?:elle\s|lui,?\s|qui\s)?(?:{ACTS})|(?:m|t|s|l)'(?:a|av|en|est|était|y)|(?:s|n)'\w|(?<=,\s)(?:elle|lui|il|(?:on|je|nous|ils|personne\sne)\sl'|(?:que|où|quand|comment)\s[\w-]{{2,12}}-(?:elle|il)\b)|(?:se|ne|me|nous|lui|leur)\s\w)",
            rf"(?:[»\"]\s?,?|[,?!]\s?[»\"]?)\s(?:a\s|avait\s)?(?:{SPEECH})\s(?P<it>{words})\b(?!\s(?:d|l))",
            rf"\b(?:(?<!\bde\s)(?<!\bdu\s)\bà|chez|(?:à\scôté|près|auprès|en\sface|à\spropos|au\ssujet|loin|à\sla\splace|celui|celle|ceux|celles|quant\sà|grâce\sà)(?:\sde)?)\s(?P<it>(?!fleur|pierre|noël|avril|merveille|soleil){words})(?=\s?[,.;:!?»)]|\s(?:{THEN}|et|ne|n'\w*|de\s\w+[eir]r|se|son|sa|ses|le|la|les|un|une|si|que|comment|pourquoi|où|s'il|ce\squ\w*|de\s\w+[eir]r\b)\b|$)",
            rf"\b(?:avec|contre|pour|par|selon|envers|sans|comme)\s(?P<it>{SOMEBODY})(?=\s?[,.;:!?»)]|\s(?:{THEN})\b|$)",
            rf"\b(?:que|qu'|où|comme|dont|ce\sque)\s?(?:{SPEECH}|vit|vivait|dort|dormait|habit\w{{1,3}}|travaill\w{{1,3}}|cach\w{{1,3}}|vend\w{{0,3}}|gagn\w{{1,3}}|veut|voulait|port\w{{1,3}}|connaît|connaissait|sait|savait)\s(?P<it>{words})(?=\s?[,.;:!?»)]|\s\w)",
            rf"\b(?:{HANDLED})\s(?P<it>(?!fortune|patience|espoir|{ADJECTIVES}){words})(?=\s?[,.;:!?»)]|\s(?:{THEN})\b|\s(?!mer\b)\w{{2,10}}(?:er|ir|re)\b|$)",
            rf"\b(?:{PERCEIVED})\s(?P<it>{words})\s(?!mer\b|premier|dernier)\w{{2,10}}(?:er|ir|re)\b",
            rf"{BEGINS}(?P<it>(?!pierre){words})\s\w{{3,12}}[et]\s(?:sa|son|ses|une?|des|la|les|l'\w)\b",
            rf"\b(?:{THEIRS})\sde\s(?P<it>{SOMEBODY}|{ENGLISH}|hope|faith|grace|gift|lucky|sunday|monday|friday)\b(?!\s(?:qui|à|au|noir|sauvage))",
            rf"\b(?:avec|chez|selon|à|pour|par|contre|sans|comme)\s(?P<it>{ENGLISH}|hope|faith|grace)\b(?![-'])",
            rf"\bc'(?:est|était)\s(?P<it>(?!avril|noël|fortune){words})\squ(?:i|e|')(?!\w*\s(?:vient|commence|arrive)\b)",
            rf"\b(?:l[ae]s?\s|l')(?:{CLOSE})\sde\s(?P<it>{words})(?=\s?[,.;:!?»]|\s(?:{ACTS}|était|est|après|depuis|avant|quand|dans|à\ss[aeo]\w*)\b|$)",
            rf"\b(?:ai|as|a|avons|avez|ont|avait|avions|avaient|aurait|auraient|aura)\s(?:\w{{3,9}}\s)?(?!(?:été|resté|gardé|perdu|repris|crié|fait|rendu|pris)\b|(?:jugé|déclar|rendu|trouvé|estimé|paru|semblé)\w{{0,3}}\s(?:{ADJECTIVES})\b)\w{{2,12}}(?:é|i|u|is|it|ert)e?s?\s(?P<it>(?!fortune|gloire|miracle|promesse|victoire\s(?:sur|contre)|patience|espoir|bienvenue?){words})(?=\s?[,.;:!?»]|\s(?:{THEN}|et|un|une|deux|trois|plusieurs)\b|$)",
            rf"\b(?:sœur|soeur|frère|mère|père|fille|fils|cousine?|nièce|neveu|tante|oncle|amie?|copine|copain|jumelle|jumeau),\s(?P<it>{words}),",
        )
    )  # fmt: skip


@cache
def _english_words() -> tuple[re.Pattern[str], ...]:
    return tuple(
        compile_for_lower("(?i)" + form)
        for form in (
            rf"{ENGLISH_BEGINS}(?P<it>{ENGLISH}|{COUNTED}|hope|faith|grace|patience|peace|gift|victory|glory|rose|violet|olive|iris|pearl)\s(?:{SPEAKS}|{ENGLISH_DEEDS})\b",
            rf"{ENGLISH_BEGINS}(?P<it>{ENGLISH}|{COUNTED})\s\w{{3,12}}(?:s|ed)\s(?:an?|the|her|his|with|to|from|two|three|every|me|us|him)\b",
            rf"(?:^\W?|[,:;]\s|\b(?:to|with|from|for|about|and|but|when|while|that|because|if|since|then|than|like|where|before|after|\w{{2,10}}ed)\s)(?P<it>{COUNTED})(?=\s?[,.;:!?»)]|\s(?:{ENGLISH_THEN}|{ENGLISH_DEEDS}|{SPEAKS}|\w{{3,12}}ed)\b|$)",
            rf"\b(?:stay(?:s|ed)?|lived?|slept|went|came|sat|walked|ran|shared|played|argued|fought|left|opened?(?:\s\w+){{0,3}})\s(?:\w+\s)?(?:with|to|for)\s(?P<it>{ENGLISH}|hope|faith|grace|patience|glory|victory)(?=\s?[,.;:!?»)]|\s(?:{ENGLISH_THEN})\b|$)",
            rf"\b(?:notebook|diary|story|case|drawing|letter|bed|coat|name|phone|money|papers|passport|baby|child|clothes|bag)\s(?:away\s)?(?:from|of|to)\s(?P<it>{ENGLISH}|{COUNTED}|hope|faith|grace)\b",
            rf"{ENGLISH_BEGINS}(?P<it>{ABSTRACT})\s(?:{NO_THING_DOES})\b",
            rf"\b(?P<it>{ENGLISH}|{COUNTED}|{ABSTRACT})(?:,?\swhom?\b|\s(?:and|nor|or)\sh(?:er|is)\s(?:\w+\s)?(?:sister|brother|cousin|mother|father|baby|aunt|friend|twin|daughter|son)\b)",
            rf"{ENGLISH_BEGINS}(?P<it>{ENGLISH}|{COUNTED}|{ABSTRACT})\swas\s(?:told|asked|given\sa|taken\sto|put\s(?:in|on)|made\sto|sent\sto|moved\sto|found\s(?:in|on|at|by))\b",
            rf"\b(?:aunt|sister|brother|cousin|mother|she|he)\s(?:nor|and)\s(?P<it>{ENGLISH}|{COUNTED}|{ABSTRACT})\s(?:had|has|was|were|could|did|went|came)\b",
            rf"\b(?:sister|brother|cousin|friend|roommate|flatmate|daughter|son|twin|niece|nephew|classmate|girl|boy|child),\s(?P<it>{ENGLISH}|{COUNTED}|{ABSTRACT})\s?,",
            rf"(?:^|[.;:]\s)according\sto\s(?P<it>{ENGLISH}|{COUNTED}|{ABSTRACT}),",
            rf"\b(?:promised|gave|sold|bought|sent|lent|told|showed|paid|asked)\s(?P<it>{ENGLISH}|{COUNTED}|{ABSTRACT})\s(?:an?|her|his|that|what|to\s\w+\sh(?:er|is))\s",
            rf"\bin\s(?!the|this|that|these|good|bad|all|his|her|their|our|some|any|such|every)\w{{4,12}},?\s(?P<it>{ENGLISH}|{COUNTED})\s(?:{SPEAKS}|{ENGLISH_DEEDS})\b",
            rf"\b(?:{ENGLISH_MET})\s(?P<it>{ENGLISH}|{COUNTED}|hope|faith|grace|patience|glory|sunday|monday|friday|rose|violet|iris|olive)(?=\s?[,.;:!?»)]|\s(?:{ENGLISH_THEN}|{ENGLISH_DEEDS}|{SPEAKS})\b|$)",
        )
    )  # fmt: skip


def is_cued_in_english(sentence: str, at: int) -> bool:
    """Whether the word in lower case that stands there acts, speaks or is met, in English."""
    low = lower_in_place(sentence)
    return any(match.start("it") == at for form in _english_words() for match in form.finditer(low))


LETTERS, INITIAL = late_pattern(r"[^\W\d_]+"), late_pattern(r"\b[A-Z]\.")


@cache
def _single_words() -> frozenset[str]:
    return frozenset(lexicon.entries("prenoms-mots"))


NOT_SOMEONE = late_pattern(
    r"\b(?:quartier|camps?|ville|rue|zone|parc|squat|lieu|endroit|réseau|opération|loi|programme|méthode|pratique|phénomène|drogue|route|pays|dispositif|"
    r"document|rapport|enquête|affaire|processus|technique|traite|exploitation|système|jungle|campement|règle|stratégie|procédure|trafic|guichet|carte|salle|numéro|ligne|ce\squ\w*|qu'on|que\sl'on|association|campagne)\b[^.;]{0,40}$"
)
CALL = (
    r"(?:\b(?:l'|m'|s'|t')(?:appel|surnomm)\w{1,8}|\b(?:la|le|me|se|les|sa\sfamille)\ssurnomm\w{1,8}|\bfai\w{1,4}\sappeler|\bsurnommée?\b|\b(?:surnom|sobriquet|petit\snom|nom\sde\sguerre)\b(?:\s(?:est|était|de)|,?\sc'(?:est|était))?|\b(?:alias|aka)\b|"
    r"\bconnue?\s(?:sous\sle\s(?:sur)?nom\sde|comme)|\brebaptis\w{1,4}|\bqu(?:e|')\s?(?!l'on)(?:\w{1,12}\s){0,4}?n?'?(?:appel|surnomm)\w{1,8}(?:\sque)?|(?:\belle|\blui),?\sc'(?:est|était)|\btoi,|\b(?:pour|to)\s(?:ses|les|tou[st]|tout\sle\smonde|son|sa|her|his|the|everyone|all|everybody)\b[^.;]{0,25}?\b(?:elle|il|s?he)\s(?:reste|restait|est|était|is|was)(?=\s(?:la\s|le\s|l'|the\s|still\s|just\s|toujours\s)?[«\"“]?\w)(?:\sstill|\sjust|\stoujours|\sthe)?|\bn'(?:est|était)\s(?:plus\s|désormais\s)?que\b|\b(?:nicknam(?:e[ds]?)(?:\s(?:her|him|me|them)|\s(?:in|on|among|at)\s(?:\w+\s)?\w+(?=\s?:))?|(?:known|kn[eo]w\s(?:him|her|them|me))\s(?:only\s)?as|go(?:es|ing)\sby(?:\sthe\s(?:street\s)?name)?|went\sby|(?:street|under\sthe)\sname(?:\sof)?|(?:call|nam)(?:s|ed)?\s(?:him|her)|refer(?:s|red)?\sto\s(?:him\s|her\s)?as|(?:introduc|present|describ)(?:es|ed|ing)\s(?:him|her|my)self\s(?:to\s\w+\s)?(?:only\s)?as|s'est\sprésentée?\s(?:à\s\w+\s)?(?:comme|sous\sle\snom\sde))\b(?:\s(?:was|is))?,?|"
    r"\b(?:fille|garçon|homme|femme|recruteur|passeur|proxénète|frère|cousine?|gamine?|mineure?|jeune|client)\s(?:\w{3,12},?\s)?dite?\b|\b(?:la|le|se)\sdis(?:ait|aient|ent)\b(?=\s?:?\s?[«\"“]))"
)
NICKNAME = late_for_lower(
    rf"(?i){CALL}\s?(?:tous\s|toutes\s|entre\selles\s|aussi\s|souvent\s|parfois\s|ici\s|au\sfoyer\s)?[:,]?\s?(?:(?:[«\"“]\s?){{1,2}}(?P<quoted>[^»\"”]{{2,30}}?)\s?[»\"”]|(?P<word>(?:la\s|le\s|l'|petite?\s)?[^\W\d_]{{3,20}})\b)"
)
# « Titi, comme l'appelaient les autres », « Shorty, as they called him »
SO_CALLED = late_pattern(
    r"(?<![\w'-])(?<!\b[Ll][ae]\s)(?<!\b[Ll]es\s)(?<!\b[Tt]he\s)(?P<it>(?!L[ae]s?\b|The\b)[A-ZÀ-Þ][\w'-]+(?:\s[A-ZÀ-Þ][\w'-]+)?)(?:\s?[»\"”])?,?\s(?:(?:comme|ainsi\sque|c'est\s(?:ainsi|comme\sça)\squ[e']|tel(?:le)?\sque)\s?(?:on\s|tous\s|ses\s\w+\s|les\s\w+\s)?l'(?:appel|surnomm|nomm)\w+"
    r"|as\s(?:(?:they|everyone|everybody|the\s\w+|her\s\w+|his\s\w+|we|he|she)\s(?:called|calls?|nicknamed|knew)\s(?:him|her)|s?he\s(?:was|is)\s(?:called|known|nicknamed)))\b"
)
# « les appelait « Puce » et « Lulu » »: one word each; « mineurs isolés », « migrants » are what many are called.
CALLED = late_for_lower(
    r"(?i)\b(?:les|nous|vous)\s(?:appel|surnomm|nomm)\w{1,8}\s?:?\s?"
    r"(?P<all>(?:[«\"“][^»\"”]{2,30}[»\"”][,\s]*(?:et\s|ou\s)?)+)"
)
ONE_CALLED = late_pattern(r"[«\"“]\s?(?P<it>(?:la\s|le\s|l'|petite?\s)?[^\W\d_]{2,20})\s?[»\"”]")
IN_ENGLISH = ("known as", "knew", "know ", "nick", "call", "named", "goes", "going", "went", "street", "under the")
NO_NICKNAME = frozenset(
    "par ainsi comme pour dans avec sans sur des une aux qui que elle elles ils tous tout toute leur ses son les mais plus parce afin aussi chaque depuis encore "
    "alors puis quand maman papa madame monsieur est était pas souvent parfois jamais toujours demain hier tard vite ensuite ici dehors vers donné donnée choisi attribué dont porté collé reçu police secours aide femme fille".split()
)
CLOSES = late_pattern(r"\s?(?:[.,;!?)]|$|à\scause|parce|car\b)")
SAID = late_pattern(r"^(?:la|le|se)\sdis")  # « on la disait « perdue » » says what she was, with a capital who
NICKNAMES_DO = late_pattern(r"(?:surnom|sobriquet)\s\w+")  # « le surnom protège »
SURELY = late_pattern(r"^n'|alias|aka|sobriquet|petit\snom|guerre")
NOT_SOMEONE_IN_ENGLISH = late_pattern(
    r"\b(?:scheme|program\w*|law|operation|method|practice|area|camp|district|drug|policy|measure|procedure|phenomenon|system|route|place|technique)\b[^.;]{0,40}$"
)
SURE = late_pattern(r"surn|alias|aka|sobriquet|petit\snom|guerre")

INITIALS = r"(?P<it>[A-Z]\.(?:[\s-]?[A-Z]\.?(?!\w))?)"
TOLD_OF = r"entendue?|âgée?|née?|placée?|suivie?|auditionnée?|originaire|hébergée?|scolarisée?|arrivée?|recrutée?|mineure?|victime|accompagnée?"
ACTING_INITIAL = late_pattern(
    rf"(?<![\w.'/-]){INITIALS}(?:,?\s(?:{ACTS}|(?:n'|l')?(?:a|avait|est|était|aurait)\s(?:déjà|encore|toujours|aussi|enfin|alors|d'abord|ensuite|longtemps|souvent|toutefois|finalement)|qui\s|elle\s|lui\s)|,\s(?:alors\s)?(?:{TOLD_OF}))\b"
)
SOMEONES_INITIAL = late_pattern(
    rf"(?i:\b(?:{THEIRS})\s(?:de\s|d')|\b(?:rencontré|suivi|vu|accompagné|reçu|entendu|orienté|recruté|aidé|confié|avec|chez|selon)\s){INITIALS}(?!\s?[A-Z][a-zà-ÿ]|\s?\d|\w)"
    r"|\b(?i:pour|par|contre|sans|comme)\s(?P<him>(?:[A-Z]\.[\s-]?)?[A-Z]\.)(?=,\s[a-zà-ÿ]|\s(?:et\ss|qui|elle|il)\b)"
)
ENGLISH_ACTS = r"aged|who|was|is|has\s|had\s|never|did|does|will|would|could|refuse[sd]?|speaks?|spoke|wrote|ran|said|says|told|lives?|lived|asked|left|sleeps?|slept|attends|arrived|came|begged|wants?|wanted"
ENGLISH_INITIAL = late_pattern(
    rf"(?<![\w.'/-]){INITIALS}(?:,?\s(?:{ENGLISH_ACTS})\b|,\s(?:a\s)?(?:{AGE})\b|,\san?\s(?:\w+\s)?(?:girl|boy|child|minor|teenager|woman|mother)\b|'s\s[a-z])"
    rf"|\b(?:saw|believed?|trusted|doubted|blamed|paid|warned|feared|loved|hated|comforted|seen|met|heard|found|received|admitted|welcomed|sheltered|examined|placed|lost|told|asked|helped|accompanied|questioned|interviewed|threatened|raped|beat|hit|put|freed|turned|sold|moved|arrested|released|sent|brought|hid|recruited|followed|tracked)\s(?P<met>[A-Z]\.(?:[\s-]?[A-Z]\.?(?!\w))?)(?!\s?[A-Z][a-zà-ÿ]|\s?\d|\w)"
    rf"|\b(?:for|with|about|by|from)\s(?P<given>[A-Z]\.\s?[A-Z]\.)(?!\s?[A-Z][a-zà-ÿ]|\s?\d|\w|[A-Z])"
    rf"|\b(?:case|story|mother|father|sister|brother|lawyer|hearing|placement|testimony|assessment|guardian|solicitor|carer|worker|interpreter|doctor|counsel)\s(?:of|for)\s(?P<whose>[A-Z]\.(?:[\s-]?[A-Z]\.?(?!\w))?)(?!\s?[A-Z][a-zà-ÿ]|\s?\d|\w)"
)
FAMILIAR = set[str]()  # words that were looked for in the lists and found there
# Words built as those of the trade are: « dublinés », « ubérisation ».
BUILT = late_pattern(
    r"(?:[stx]ions?|ments?|ismes?|ages?|eurs?|euses?|[ai]trices?|ités?|istes?|iques?|[ée]es|és|isée?s?|ologues?|aires?|[ae]nces?|ibles?|ables?|ants?|antes?|iser|ings?|ships?|ness|[ai]bility|ed|ally|ized?|ised?|less|able|graphies?|phobes?|phobies?|wares?)$"
)
# « parle à osaro », « avec kokou »: whoever is met, spoken to or lived with. Elsewhere a strange word is a slip of the pen.
WITH_SOMEBODY = late_pattern(
    r"(?i)\b(?:avec|chez|contre|selon|d'après|envers|prénommée?|nommée?|appelée?|surnommée?|"
    r"(?:parl|confi|dit|demand|écri|répon|rembours|téléphon|rendu)\w*(?:\s\w+)?\sà|prénom\s(?:de|est)|"
    r"(?:a|ai|as|avons|avez|ont|avait|avaient)\s(?:(?:pas|jamais|déjà|bien|ensuite|alors)\s)?\w{2,11}(?:é|i|u|is|it|ert)|"
    r"(?:joindre|rencontrer|aider|protéger|voir|revoir|écouter|entendre|accueillir|héberger|accompagner|chercher|trouver|"
    r"retrouver|appeler|placer|suivre|connaître|interroger|orienter|reach|meet|help|find|see|tell|protect|contact|visit)|"
    r"(?:rencontre|accueille|accompagne|suit|reçoit|voit|entend|aide|emmène|héberge)|"
    r"(?:did|does|do|would|could|will)(?:\snot|n't)\s\w{3,10}|with|about|named|called|(?:we|they|s?he|who|team|ha[sd]|have|I)\smet|saw|told|helped|asked|knew|took|beat|sold|hid|brought|moved|from|against|"
    r"(?:spoke|speaks?|talked|gave|sent|wrote|said)\s(?:\w+\s)?to)\s$"
)
ACTS_THEN = late_pattern(
    rf"(?:,?\s(?:{ACTS}|{ENGLISH_ACTS}|{SPEAKS}|{ENGLISH_DEEDS})|,\s(?:\d|\w+)\sans|'s\s[a-z]|\s(?:case|file|affair|family|matter|hearing|trial)\b)\b"
)


def _strange_names(letters: set[str], sentence: str) -> Iterator[Name]:
    """The words in lower case that stand in no list and have no article: « kokou a dit », « parle à osaro »."""
    typed = {word for word in letters - FAMILIAR if word in sentence}  # « Osaro » is no word in lower case
    found = [word for word in typed if len(word) > 2 and not BUILT.search(word) and lexicon.is_strange(word)]
    FAMILIAR.update(typed.difference(found))
    for word in found:
        for match in re.finditer(rf"(?<![\w.@/&?=_\\-]){word}(?![\w/@_=(-]|\.\w|'(?!s\b))", sentence):
            if _stands_as_name(*match.span(), sentence):
                yield _name(*match.span())


def _stands_as_name(start: int, end: int, sentence: str) -> bool:
    """Whether a strange word acts, or somebody is met, spoken to or lived with where it stands."""
    return bool(ACTS_THEN.match(sentence, end) or WITH_SOMEBODY.search(sentence, max(0, start - 30), start))


TITLES = ("Mam", "Tonton", "Tata", "Tantie", "Tantine", "Uncle", "Aunt", "Baba", "Pap", "Lil", "Big ")
BIG_MAMA = late_pattern(
    r"\b(?P<it>(?:Mama|Maman|Tonton|Tata|Tantie|Tantine|Uncle|Aunt|Aunti?e|Aunty|Baba|Papi|Papy|Mamie?|Lil'?|Big)\s(?!Data|Ben|Apple|Brothers?|Bang|Society|Lottery|Issue|Gaga|Sam\b)[A-ZÀ-Þ][\w'-]+)"
)
# « L'enfant D... », « K*** »
MASKED = late_pattern(r"(?<![\w.…*])(?P<it>[A-Z](?:\.{3}|…|\*{2,4}|_{2,4}|[—–](?=\s[a-z])))(?=[\s,;:.)»']|$)")
# « parle à S. chaque matin », « the K. case »: after what is done with someone, before what someone has.
LED_TO = late_pattern(
    rf"(?<!\bde\s[A-Z]\.\s)\b(?:(?i:à|avec|chez|contre|pour|par|selon|d'après|sur|entre|envers|chez|de|d'|que|qu'|with|to|for|by|from|about|against|according\sto|of|on|near|that|like|in|at|en|voir|see|cf\.|(?:libér|remerci|nomm|cit|appel|protég|entend|rencontr|écout|suiv|aid|crois|connaiss)\w{{1,5}}(?:\s(?:pas|plus))?|(?:a|ai|as|avons|avez|ont|avait|avaient)\s(?:\w+\s)?\w{{2,12}}(?:é|i|u|is|it|ert)|name|naming|mention|protect|meet|accompagne|accueille|reçoit|rencontre|entend|suit|voit|emmène|conduit|ramène|protège|écoute|connaît|remercie|m[rs]s?\.?|mme|mlle|madame|monsieur|miss|took|takes|brought|drove|left|called|knew|knows|sees|helps|thank|thanks\sto|merci\sà|young|little|petite?|jeune|notre|our)\s|(?<=['])){INITIALS}"
    r"(?=\s?[,;:!?»)]|\s(?!l[ea]s?\s|l'|(?:et|ou|and|or)\sM)[a-zà-ÿ(—–]|\.?$)"
)
THE_CASE_OF = late_pattern(
    rf"\b[Tt]he\s{INITIALS}\s(?:case|file|family|affair|matter|hearing|trial|story|siblings|sisters|brothers|children|girl|boy|interview|referral|testimony|dossier|judgment|placement)\b"
    rf"|\b(?i:{THEIRS}|procès|famille|jugement|entretien|enfants?|frères|sœurs|fratrie|fiche|note|mineure?)\s(?P<whom>[A-Z]\.(?:[\s-]?[A-Z]\.)?)(?=\s?[,;:!?»)]|\s(?!l[ea]s?\s|l'|(?:et|ou)\sM)[a-zà-ÿ(]|\.?$)"
)
OPENS_WITH = late_pattern(  # « K. estime que », « K. : départ de Lagos »
    r"^[«\"\s]*(?P<it>[A-Z]\.(?:[\s-]?[A-Z]\.)?)(?:\s(?:n'|s'|ne\s|se\s|[a-zà-ÿ]{2,12}(?:e|it|t|d|s|ed)\s(?:que|le|la|les|l'|un|une|sa|son|ses|trois|deux|non|pas|ainsi|chaque|every|toujours|souvent|avec|chez|depuis|that|the|her|his|an?|to|with|from|for|us|me|three|two|no)\b)|,\s(?!p\.|pp|al\b|e\.g|i\.e)[a-zà-ÿ]{4,}|(?<![QR]\.)\s?:\s(?!oui|non|yes|no\b))"
)
# « F. K. », two letters that no name, no article and no title stands beside.
TWO_INITIALS = late_pattern(
    r"(?<![\w.'/-])(?<!\bl[ae]\s)(?<!\bles\s)(?<!\b[dn]u\s)(?<!\bau\s)(?<!\bthe\s)(?<![A-ZÀ-Þ][a-zà-ÿ]{1}\s)(?<![a-zà-ÿ]{2},\s)(?P<it>[A-Z]\.[\s-]?[A-Z]\.)(?=,|\s[a-zà-ÿ(]|\s*[;:)»]|\.?$)(?!\s(?:c|v|et\s[A-Z])\.?\s)"
)
LONE_CAPITAL = late_pattern(r"\b[A-Z]\s[a-zé]")
# « Z a été vendue », « la petite Z », without a full stop
BARE_INITIAL = late_pattern(
    rf"(?:^|[.;:!?]\s)\W{{0,2}}(?P<it>[A-Z])(?=\s(?:a|avait|aurait)\s(?:été\s(?:vendue?|violée?|battue?|frappée?|enfermée?|séquestrée?|placée?|hébergée?|recrutée?|prostituée?|conduite?|emmenée?|retrouvée?)|fugué|accouché|disparu)\b|\s(?:dit|disait|pleure|pleurait|dort|dormait|mendie|mendiait|raconte|racontait)\b)|\b(?:[Ll]a|[Ll]e|[Ll]es)\s(?:petite?|jeune)\s(?P<young>[A-Z])(?=\s(?:{ACTS})\b)"
)
APPOSED_INITIAL = late_pattern(
    r"\b(?:girl|boy|child|teenager|victim|sister|brother|cousin|fille|garçon|sœur|frère|enfant|mineure?|adolescente?),\s(?P<it>[A-Z]\.(?:\s?[A-Z]\.)?),"
)
PAIR_OF_INITIALS = late_pattern(
    r"(?<![\w.'/-])(?:(?P<it>[A-Z]\.\s(?:et|and)\s[A-Z]\.)(?=,?\s(?!c\.|v\.)[a-zà-ÿ])|(?<=[a-zà-ÿ],\s)(?P<one>[A-Z]\.(?:\s?[A-Z]\.)?)(?=\s(?:(?:et|and)\s(?:une?|another|deux|two|s[ao]n?|her|his)\b|\w{3,}(?:ed|ait)\b|took|ran|said|told|left|went|came)))"
)
OF_STATES = late_pattern(r"(?:U\.\s?[SKN]|E\.\s?U)\.?")
OF_A_TEXT = late_pattern(
    r"(?i)\b(?:annexe?s?|appendix|options?|figures?|forms?|cases?|hepatitis|vitamins?|block|building|room|paragraphs?|chapters?|tables?|articles?|points?|parties?|groupes?|tableaux?|plan|hépatite|vitamine|sections?|titres?|figures?|série|catégorie|option|bâtiment|hall|classe|"
    r"type|phase|lettre|volume|appendice|alinéa|zone|ligne|chapitre|livre|numéro|hypothèse|scénario|question|service|secteur|R|L|D|A)\s(?:[A-Z]\.?,?\s(?:et|ou)\s)?$"
)


CALLING_SIGNS = tuple(
    "appel|toi,|pour |to h|to the |to every|nom|alias|aka|dit|connu|sobriquet|, c'|n'était |n'est | as | by |call h|called h|calls h|name|rebapt".split("|")
)  # fmt: skip
"""What every sentence that says how someone is called holds."""


def cued_names(sentence: str) -> Iterator[Name]:
    """Names in lower case, nicknames and initials of a sentence, each sure to be a person's."""
    low = lower_in_place(sentence)
    letters = set(LETTERS.findall(low))
    yield from _strange_names(letters, sentence)
    said = _single_words() & letters
    for pattern in (*_words(), *(_english_words() if said & ENGLISH_NOUNS else ())) if said else ():
        for match in pattern.finditer(low):
            yield _name(*match.span("it"))
    if any(sign in low for sign in CALLING_SIGNS):
        for match in NICKNAME.finditer(low):
            group = "quoted" if match["quoted"] else "word"
            if _is_nickname(match, group, sentence):
                yield _name(*match.span(group))
        for match in SO_CALLED.finditer(sentence):
            yield _name(*match.span("it"))
        for match in CALLED.finditer(low) if "appel" in low or "nom" in low else ():
            for one in ONE_CALLED.finditer(low, *match.span("all")):
                if _is_of_one(one, sentence):
                    yield _name(*one.span("it"))
    for form, signs in ((BIG_MAMA, TITLES), (MASKED, ("...", "…", "**", "__", "—", "–"))):
        if any(sign in sentence for sign in signs):
            yield from (_name(*match.span("it")) for match in form.finditer(sentence))
    for match in BARE_INITIAL.finditer(sentence) if LONE_CAPITAL.search(sentence) else ():
        yield _name(*match.span(match.lastgroup or "it"))
    if INITIAL.search(sentence):
        for form in (
            APPOSED_INITIAL,
            ACTING_INITIAL,
            SOMEONES_INITIAL,
            TWO_INITIALS,
            PAIR_OF_INITIALS,
            LED_TO,
            THE_CASE_OF,
            OPENS_WITH,
        ):
            for match in form.finditer(sentence):
                start, end = match.span(match.lastgroup or "it")
                if not OF_A_TEXT.search(sentence[max(0, start - 40) : start]):
                    yield _name(start, end)
        for match in ENGLISH_INITIAL.finditer(sentence):
            span = match.span(match.lastgroup or "it")
            if not OF_STATES.fullmatch(sentence[slice(*span)]) and not OF_A_TEXT.search(sentence[: span[0]][-40:]):
                yield _name(*span)


def _name(start: int, end: int) -> Name:
    return Name(start, end, ((start, end),), True)


def _is_of_one(match: re.Match[str], sentence: str) -> bool:
    """Whether a quoted word names one of several: it has a capital, or is no plural."""
    capital = sentence[match.end("it") - len(match["it"].split()[-1])].isupper()
    return capital or not match["it"].endswith(("s", "x", "z"))


def _is_of_a_thing(match: re.Match[str]) -> bool:
    """Whether a place or a practice stands before « surnommée », and no child between them."""
    things = NOT_SOMEONE_IN_ENGLISH if match[0].startswith(IN_ENGLISH) else NOT_SOMEONE
    thing = things.search(match.string[max(0, match.start() - 80) : match.start()])
    if thing is None or SURELY.search(match[0][:20]):
        return False
    return not (
        combinations.ONE_CHILD.search(lower_in_place(thing[0])) or english_combinations.ONE_CHILD.search(thing[0])
    )


def _is_nickname(match: re.Match[str], group: str, sentence: str) -> bool:
    """Whether words after « surnommée » or « l'appelle » are someone's: no place, no practice is called so."""
    if _is_of_a_thing(match):
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
        return last.title() not in lexicon.wide_places() or bool(
            combinations.ONE_CHILD.search(match.string, max(0, match.start() - 40), match.start())
        )
    if CLOSES.match(sentence[match.end("word") :]) and match[0].startswith(("l'appelle", "l'appelait", "l'appelaient")):
        return True
    return bool(SURE.search(match[0][:20]) and not NICKNAMES_DO.fullmatch(match[0])) or (
        not lexicon.is_common(last) and len(last) > 3
    )
