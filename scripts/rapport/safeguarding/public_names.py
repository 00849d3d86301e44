# ruff: noqa: E501  # one pattern, one line
"""What is public by what stands beside it: authors cited, holders of office, cases of a court, an office's own contact."""

from __future__ import annotations

from rapport.language.patterns import late_for_lower, late_pattern, lower_in_place
from rapport.safeguarding import lexicon

CITED_AFTER = late_pattern(
    r"(?:(?:,\s|\set\s|\sand\s|\s&\s)(?:[A-Z]\.[\s-]?){0,2}[A-ZÀ-Þ][\w'-]{1,30}(?:\s[A-ZÀ-Þ][\w'-]{1,30})?){0,3}\s?\((?:19|20)\d\d[a-z]?[,):]|,?\set\sal\b|,?\s(?:[A-Z]\.[\s-]?){1,3},?\s?(?:«|\(?(?:19|20)\d\d)|,\s(?:[A-ZÉ]\w+,\s)?«[^»]{3,200}»,|,?\s(?:et\sal\.?,?\s)?(?:19|20)\d\d[a-z]?(?:,\s?p\.[^)]{1,12})?\)|\s\[?@\w|\s\((?:dir|coord|éds?|eds?)\.?\)"
)
CITED_BEFORE = late_for_lower(
    r"(?i)\b(?:travaux|ouvrages?|livres?|études?|thèse|article|enquête|analyses?|recherches?|essai|roman|film|documentaire|préface|circulaires?|discours|tribune)(?:\s«[^»]{1,60}»)?\s(?:de\s|d')$|\b(?:dirigée?|présidée?|préfacée?|écrite?|signée?|rédigée?|publiée?|coordonnée?)\spar\s(?:mme\s|m\.\s)?$"
    r"|\bcomme\s(?:nous\s)?(?:l'|le\s|la\s)(?:a\s)?(?:écrit|écrivait|montre|montrait|montré|rappelle|rappelé|souligne|souligné|note|noté|relève|relevé|analyse|analysé|observe|observé)\s$|(?:^|[(;.]\s?)(?:cf\.?\s(?:[a-z]\.[\s-]?){0,3}|(?:voir|see|in)\s(?:[a-z]\.[\s-]?){1,3})$"
)
OFFICE = (
    r"(?:vice-)?(?:ministre|garde\sdes\ssceaux|représentante?\s(?:spéciale?|permanente?)|envoyée?\sspéciale?|experte?\sindépendante?|porte-parole|(?:prime\s)?minister|secretary\s(?:of\sstate|general)|ombuds\w{3,6}|defender\sof\s(?:rights|children)|special\s(?:rapporteur|representative|envoy)|commissioner|chair(?:man|woman|person)?|president|senator|sociologist|historian|lawyer\sat\sthe\sbar|secrétaire\sd'état|secrétaire\sgénérale?|défenseure?\sdes\s(?:droits|enfants)|rapporteu(?:r|se|re)|présidente?|sénat(?:eur|rice)s?|députée?s?|"
    r"commissaire\s(?:européenn?e?|aux\sdroits)|haut-commissaire|sociologue|historienn?e?|juriste|anthropologue|chercheu(?:r|se)|professeure?|écrivaine?|roman(?:cier|cière)|"
    r"philosophe|procureure?\sgénérale?|préf[eè]te?|directeur\sgénéral|directrice\sgénérale|membres?\s(?:du|de\sla|des|de\sl')\s?(?:comité|conseil|commission|groupe|cour|sous-comité|délégation|bureau)|déléguée?\sgénérale?|magistrate?\shonoraire|avocate?\sau\sbarreau|premi[eè]re?\sministre)"
)
OFFICE_BEFORE = late_for_lower(
    rf"(?i)(?<!\bson\s)(?<!\bsa\s)(?<!\bmon\s)(?<!\bma\s)\b{OFFICE}\b(?:\s(?!(?:enfant|fille|mineure?|jeune|victime|que|qui|a|avec|rencontre|reçoit|entend|\w+ait|girl|boy|child|minor|victim|who|that|has|met|saw|heard|received|with)\b)[\w'-]{{1,20}}){{0,8}},?\s(?:mme\s|m\.\s|me\s)?$"
)
OFFICE_AFTER = late_for_lower(
    rf"(?i),?\s(?:est\s|était\s|fut\s|is\s|was\s)?(?:alors\s|then\s|ancien(?:ne)?\s|former\s|actuelle?\s|aujourd'hui\s)?(?:l[ea]\s|l'|the\s)?(?:ancien(?:ne)?\s|former\s)?{OFFICE}\b|,\sdu\sbarreau\b|\s(?:siège|siégeait|siégera)\s(?:au|à\sla|à\sl')\s?(?:comité|conseil|commission|cour|sous-comité)|\s(?:préside|présidait|dirige|dirigeait|représente|représentait)\s(?:le|la|l')\s?(?:comité|conseil|commission|groupe|cour|sous-comité|délégation|france|état|assemblée)|\s(?:écrivait|écrit)\s(?:déjà\s)?(?:en|dans)\b"
)
CASE_AFTER = late_pattern(
    r"(?:\.?[A-Z]\.)*(?:\s(?:et|[A-Z][\w'.-]*|autres?|and|others?|al\.|,)){0,5}\s(?:c\.|contre|v\.?)\s(?:la\s|le\s|l')?(?P<state>[A-ZÉ][\w-]+)"
)
STATES = frozenset(
    "United Secretary Minister State Attorney Austria Belgium Bulgaria Croatia Cyprus Denmark Finland Germany Greece "
    "Hungary Ireland Italy Netherlands Norway Poland Romania Russia Serbia Spain Sweden Switzerland Turkey Ukraine".split()
)
# A court of several States: what a court at home decides may be of a child.
OF_A_COURT = late_pattern(
    r"\b(?:CEDH|ECHR|CJUE|CJEU|ECtHR|[Cc]our\s(?:européenne|de\sjustice)|European\sCourt|Grande?\sCh\w+)\b|n[°o]\.?\s\d+/\d\d"
)
TITLED = late_pattern(r"\b(?:M\.|Mmes?|MM\.|M[rs]s?\.?|Madame|Monsieur)\s$")
ENGLISH_OFFICES = frozenset(
    "Minister President Commissioner Senator Secretary Ambassador Ombudsman Professor Judge Justice".split()
)
NAMED_AFTER = late_pattern(
    r"(?i)\b(?:arrêts?|jurisprudence|opération|fondation|prix|éditions?|revue|collection|loi|circulaire|amendement|plan|programme|dispositif|campagne|fonds|institut|réseau\sassociatif|fichier|logiciel|film|roman|novel|operation|language|langage|series\sof)\s[«\"]?\s?$"
)
SITE_BEFORE = late_pattern(
    r"(?i:\b(?:collèges?|lycées?|écoles?|foyers?|hôpital|hôpitaux|stade|gymnase|université|médiathèque|théâtre|salle|centre|rue|avenue|boulevard|place|gare|tour|pont|cité|quartier|parc|square|porte|aéroport|église|palais|musée|prison)\s(?:de\sla\s|du\s|de\s|d')?)$"
    r"|(?i:\b(?:communes?|villes|villages?|bourgs?)\s(?:de\s(?:la\s)?|d'|du\s)(?:[^.;()]{3,60}?\s(?:et|ou)\s(?:de\s(?:la\s)?|d'|du\s))?)$"
    r"|(?i:\b(?:collèges|lycées|écoles|foyers|hôpitaux|rues|places|quartiers))\s(?:[A-ZÀ-Þ][\w'-]{1,30}(?:,\s|\s(?:et|ou)\s)){1,4}$"
)
A_SURNAME = late_pattern(r"\s[A-ZÀ-Þ][a-zà-ÿ]{2,}")
ENGLISH_TEXTS = frozenset("Act Bill Protocol Convention Committee Court Council Directive Regulation Programme".split())
NEAR = 240  # letters around a name that tell what it is
AGES = late_pattern(r"\bans\b")

OFFICES_MAIL = late_pattern(
    r"(?i)(?:contact|redaction|editors?|editorial|contributions?|office|report|rapport|equipe|team|bonjour|hello|mail|courrier|plaidoyer|advocacy|juridique|infos?|accueil|secretariat|presse|bureau|direction|coordination|association|communication|standard|webmaster|dpo|permanence|collectif|formation)(?:[\w.-]{0,20}@(?!(?:gmail|googlemail|hotmail|yahoo|ymail|outlook|live|msn|icloud|proton\w*|orange|wanadoo|free|sfr|laposte|gmx)\.)|@)"
)
OFFICES_OWN = late_for_lower(
    r"(?i)\b(?:standard|siège|secrétariat|numéro\svert|accueil\stéléphonique|permanences?|nos\sbureaux|nos\slocaux|nous\s(?:contacter|écrire|joindre)|ses\slocaux|pour\stoute\s(?:question|information)|contacts?\spresse|service\sde\spresse|our\s(?:office|offices|helpline|hotline|switchboard)|(?:reach|contact|call|write\sto)\s(?:us|the\ssecretariat)|press\s(?:office|contact))\b"
)
SOMEONE = late_for_lower(
    r"(?i)\b(?:elle|il(?!\s(?:faut|convient|est|y|s'agit|importe))|lui|(?:de|à|avec|sa|la)\s(?:la\s)?famille|parents|mère|père|sœurs?|frères?|tante|oncle|nièce|neveu|cousine?|filles?|fillettes?|garçons?|adolescente?s?|"
    r"(?:la|cette|une|le|ce|un)\s(?:mineure?|victime|jeune)|chez|enfant\s(?:est|a|vit)|élève|éducat\w{4,5}|(?:sa|son)\spatronn?e?|je|[jm]'|mes|moi|s?he|i\s[a-z]|my|him|her(?=\s(?:in|with|to|up|for|and)\b|\s?[.,;])|"
    r"girls?|boys?|mother|father|sisters?|brothers?|aunt|uncle|niece|child\s(?:was|is|had|in))\b"
)
TO_THE_PRESS = late_pattern(r"\bcontacts?\spresse\b|\bservice\sde\spresse\b|\bpress\s(?:office|contact)\b")
LAND_LINE = late_pattern(r"(?:\+33\s?\(?0?\)?|0033\s?|0)\s?[123458]")
# What is born and is no child: an association, a law, a project.
OF_NOBODY = late_pattern(
    r"(?i)\b(?:naissance|anniversaire|birth|birthday|anniversary)\s(?:d'une?\s|du\s|de\s(?:la\s|l'|notre\s)?|of\s(?:the|an?|our)\s)(?:convention|loi|law|collectif|association|projet|project|plan|"
    r"organisation|organization|mouvement|movement|réseau|network|comité|committee|programme|déclaration|declaration)\b"
)
NOBODY_BETWEEN = (
    r"\b(?:(?!\b(?:une?|an?(?=\s\w)|des|d'(?!associations|organisations|acteurs|ong\b|aide|écoute|alerte|information)|enfants?|filles?|gar[çc]ons?|jeunes?|mineure?s?|femmes?|personnes?|victimes?|b[ée]b[ée]s?|"
    r"child(?:ren)?|girls?|boys?|minors?|wom[ae]n|bab(?:y|ies)|qui|who|whom)\b)[^.;,]){0,30},?\s?$"
)
A_BEGINNING = late_pattern(
    r"(?i)\b(?:loi|convention|collectif|association|projet|idée|plan|organisation|mouvement|comité|programme|dispositif|"
    r"institution|fondation|directive|campagne|conseil|défenseur|law|committee|project|movement)"
    + NOBODY_BETWEEN
    # what opens its clause is what was born: « une fille du réseau, née en mai » is a girl
    + r"|(?:^|[.;:,(]\s?|\b(?:et|que|and|that)\s)(?:l[ea]\s|l'|notre\s|cet?(?:te)?\s|une?\s|the\s|our\s|this\s|an?\s)"
    r"(?:(?:maison|structure|foyer|permanence|antenne)(?:\sdes\s(?:adolescents|enfants|femmes|familles|jeunes))?|réseau|network|observato(?:ire|ry)|centre|service|partenariat|partnership|initiative|cellule|plateforme|platform|"
    r"f[ée]d[ée]ration|ligue|league|ong|ngo|agence|agency|groupe|group|coalition|coordination|collective|charte|charter|"
    r"protocole?|trait[ée]|treaty|accord|agreement|idea|campaign|organi[sz]ation|foundation|council|scheme|revue|journal)"
    + NOBODY_BETWEEN
)


def speaks_of_someone(sentence: str) -> bool:
    """Whether a sentence speaks of a child, a relative or someone met: no name in it is public by the words beside it."""
    return bool(SOMEONE.search(lower_in_place(sentence)))


def public_name(sentence: str, start: int, end: int) -> bool:
    """Whether a name is public where it stands, in a sentence that speaks of nobody met."""
    name, before, after = sentence[start:end], sentence[max(0, start - NEAR) : start], sentence[end : end + NEAR]
    case = CASE_AFTER.match(after)
    if case and (case["state"] in lexicon.wide_places() | STATES or OF_A_COURT.search(sentence)):
        return True
    if AGES.search(after[:30]):
        return False
    several = " " in name or "-" in name or bool(A_SURNAME.match(after))
    given = name in lexicon.given_names()
    if (several or not given) and (CITED_AFTER.match(after) or CITED_BEFORE.search(lower_in_place(before))):
        return True
    if " " in name and (name.split()[0] in ENGLISH_OFFICES or name.split()[-1] in ENGLISH_TEXTS):
        return True
    if (several or (not given and TITLED.search(before))) and (
        OFFICE_AFTER.match(lower_in_place(after)) or OFFICE_BEFORE.search(lower_in_place(before))
    ):
        return True
    if NAMED_AFTER.search(before) and (not given or before.rstrip()[-1:] in '«"'):
        return True
    return not given and bool(SITE_BEFORE.search(before))


def public_contact(kind: str, sentence: str, start: int, end: int) -> bool:
    """Whether a mail, telephone or address is an office's own, where nobody is spoken of around it."""
    if kind not in ("email", "phone", "address", "postcode"):
        return False
    text, near = sentence[start:end], lower_in_place(sentence[max(0, start - NEAR) : end + NEAR])
    if kind == "email" and OFFICES_MAIL.match(text):
        return not SOMEONE.search(near)
    if kind == "phone" and not LAND_LINE.match(text) and not TO_THE_PRESS.search(near):
        return False
    return bool(OFFICES_OWN.search(near)) and not SOMEONE.search(near)
