# ruff: noqa: E501  # one pattern, one line
"""What is public by what stands beside it: authors cited, holders of office, cases of a court, an office's own contact."""

from __future__ import annotations

from rapport.language.folding import fold_accents
from rapport.language.patterns import late_for_lower, late_pattern, lower_in_place
from rapport.safeguarding import lexicon
from rapport.safeguarding.bare_capitals import SUFFERS
from rapport.safeguarding.name_cues import ACTS

CITED_AFTER = late_pattern(
    r"(?:(?:,\s|\set\s|\sand\s|\s&\s)(?:[A-Z]\.[\s-]?){0,2}[A-ZÀ-Þ][\w'-]{1,30}(?:\s[A-ZÀ-Þ][\w'-]{1,30})?){0,3}\s?\((?:19|20)\d\d[a-z]?[,):]|,?\set\sal\b|,?\s(?:[A-Z]\.[\s-]?){1,3},?\s?(?:«|\(?(?:19|20)\d\d)|,\s(?:[A-ZÉ]\w+,\s)?«[^»]{3,200}»,|,?\s(?:et\sal\.?,?\s)?(?:19|20)\d\d[a-z]?(?:,\s?p\.[^)]{1,12})?\)|\s\[?@\w|\s\((?:dir|coord|éds?|eds?)\.?\)"
)
CITED_BEFORE = late_for_lower(
    r"(?i)\b(?:travaux|ouvrages?|livres?|études?|thèse|article|enquête|analyses?|recherches?|essai|roman|film|documentaire|préface|tribune|rapport)(?:\s«[^»]{1,60}»)?\s(?:de\s|d')(?:mme\s$|m\.\s$|(?P<work>$))|\bcirculaires?\s(?:de\s|d')$|\b(?:dirigée?|présidée?|préfacée?|écrite?|signée?|rédigée?|publiée?|coordonnée?|réalisée?)\spar\s(?:mme\s|m\.\s)?$|\b(?:written|directed|edited|chaired|published|coordinated|commissioned|drafted|translated|composed|speech)\sby\s(?:m[rs]s?\.?\s|dr\.?\s)?$|\b(?:works?|books?|stud(?:y|ies)|thesis|articles?|research|films?|novels?|essays?|reports?|memoirs?)\s(?:by|of)\s(?P<works>$)"
    r"|\bcomme\s(?:nous\s)?(?:l'|le\s|la\s)(?:a\s)?(?:écrit|écrivait|montre|montrait|montré|rappelle|rappelé|souligne|souligné|note|noté|relève|relevé|analyse|analysé|observe|observé)\s$|(?:^|[(;.]\s?)(?:cf\.?\s(?:[a-z]\.[\s-]?){0,3}|(?:voir|see|in|v\.)\s(?:(?:aussi|also|notamment)\s)?(?:[a-z]\.[\s-]?){1,3})$|(?:selon|d'après|voir|according\sto|see)\s(?:le\s|l'|la\s|les\s|the\s)(?:\w+\s)?(?:rapport|report|ouvrage|étude|study|thèse|thesis|travaux|enquête|survey|livre|book|article|essai|essay)s?\s(?:de\s|d'|by\s)$"
)
# What is told of a study by its author; « l'étude de Rokia commence » is of a child.
OF_A_STUDY = late_pattern(
    r"(?:\s[A-Z][\w'-]+)?(?:\s?(?:\([^)]{0,40}(?:19|20)\d\d|,\s(?:[^.;]{1,80},\s)?(?:19|20)\d\d|,?\s[«\"“]|,?\s\(?(?:pp?\.|dir\b|op\.)|,?\s(?:et|and|&)\s(?:de\s)?[A-Z])"
    r"|,?\s(?:[a-zé]+ment\s|qui\s|which\s|that\s|ne\s|n')?(?:date\sd|a\sété\s(?:tradu|publi|cit)|montr|démontr|soulign|rappell|décri|conclu|estim|(?:port|repos)(?:e|ent)\ssur|sur\b|consacré|distingu|propos|établi|relèv|indiqu|trait|analys|confirm|constat|pub?li|paru|parai|cit(?:é|e|ent)|recommand|défini|dénonç|évoqu|interrog|(?:est|sont|fait|font)\s(?:cité|parue?|publié|référence|autorité)|(?:a|ont)\s(?:\w{3,9}\s)?(?:montré|démontré|souligné|établi|inspiré|nourri|éclairé|marqué|porté\ssur)"
    r"|(?:up)?on\b|into\b|about\b|shows?\b|showed|finds?\b|found\b|suggest|describe|conclude|recalls?\b|argue|notes?\b|highlight|confirm|recommend|estimate|published|cite|quoted|dates?\s(?:from|back)|deals?\b|covers?\b|do(?:es)?\snot\s(?:deal|cover)|(?:is|are|was|were)\s(?:based|cited|quoted|published)|(?:has|have)\s(?:\w{3,9}\s)?(?:shown|found|inspired|shaped|influenced)))"
)
OFFICE = (
    r"(?:vice-)?(?:ministre|garde\sdes\ssceaux|représentante?\s(?:spéciale?|permanente?)|envoyée?\sspéciale?|experte?\sindépendante?|porte-parole|(?:prime\s)?minister|secretary\s(?:of\sstate|general)|(?:home|foreign|education|health|justice|cabinet)\ssecretary|prix\snobel(?:\sde\sla\spaix)?|nobel\slaureate|mayor(?:ess)?\sof\s\w+|maires?\sde\s\w+|(?:lord|lady)\s(?:chief\s)?justice|mep|professor|baroness|researcher|journalist|author|film-?maker|cinéaste|réalisat(?:eur|rice)|ombuds\w{3,6}|defender\sof\s(?:rights|children)|special\s(?:rapporteur|representative|envoy)|commissioner|chair(?:man|woman|person)?|president|senator|sociologist|historian|lawyer\sat\sthe\sbar|secrétaire\sd'état|secrétaire\sgénérale?|défenseure?\sdes\s(?:droits|enfants)|rapporteu(?:r|se|re)|présidente?|sénat(?:eur|rice)s?|députée?s?|"
    r"commissaire\s(?:européenn?e?|aux\sdroits)|haut-commissaire|sociologue|historienn?e?|juriste|anthropologue|chercheu(?:r|se)|professeure?|écrivaine?|roman(?:cier|cière)|"
    r"philosophe|procureure?\s(?:générale?|de\sla\srépublique)|archevêque|évêque|cardinal|archbishop|bishop|préf[eè]te?|directeur\sgénéral|directrice\sgénérale|membres?\s(?:du|de\sla|des|de\sl')\s?(?:comité|conseil|commission|groupe|cour|sous-comité|délégation|bureau)|déléguée?\sgénérale?|magistrate?\shonoraire|avocate?\sau\sbarreau|premi[eè]re?\sministre)"
)
OFFICE_BEFORE = late_for_lower(
    rf"(?i)(?<!\bson\s)(?<!\bsa\s)(?<!\bmon\s)(?<!\bma\s)\b{OFFICE}\b(?:\s(?!(?:enfant|fille|mineure?|jeune|victime|que|qui|a|avec|rencontre|reçoit|entend|\w+ait|girl|boy|child|minor|victim|who|that|has|met|saw|heard|received|with|\w+ed|accompagne|accueille|défend|assiste|aide|suit|voit|connaît|écoute|protège|interroge|(?:help|defend|assist|know|see|hear)s)\b)(?!(?:de|of|à|avec|pour|for)\s(?:mme\s|m\.\s|me\s)?$)[\w'-]{{1,20}}){{0,8}},?\s(?:mme\s|m\.\s|me\s)?$"
)
OFFICE_AFTER = late_for_lower(
    rf"(?i),?\s(?:est\s|était\s|fut\s|is\s|was\s)?(?:alors\s|then\s|ancien(?:ne)?\s|former\s|actuelle?\s|aujourd'hui\s)?(?:l[ea]\s|l'|the\s|une?\s|an?\s)?(?:ancien(?:ne)?\s|former\s)?(?:(?:european|national|eu|un|uk|french|british|dutch|deputy|independent|anti-\w+)\s){{0,3}}(?:{OFFICE}|national\scoordinator|coord\w{{3,8}}\snational\w{{0,2}}|coordinator|barrister|solicitor|[qk]c\b|mp\b|mep\b)\b(?![^.;,]{{0,30}}\b(?:foyer|classe|vie\ssociale|lycéens|jeunes)\b)|,\sdu\sbarreau\b|,?\s(?:of|from|at|de|d'|à)\s?(?:the\s|la\s|l')?(?:[\w']+\s)?(?:universi|institut(?!\sm[ée]d)|cnrs|ehess|sciences\spo|london\sschool|king's|ined\b|inserm)|\s(?:siège|siégeait|siégera)\s(?:au|à\sla|à\sl')\s?(?:comité|conseil|commission|cour|sous-comité)|\s(?:préside|présidait|dirige|dirigeait|représente|représentait)\s(?:alors\s|déjà\s)?(?:le|la|l')\s?(?:association|fondation|collectif|fédération|mouvement|ligue|institut|observatoire|mission|comité|conseil|commission|groupe|cour|sous-comité|délégation|france|état|assemblée)|\s(?:écrivait|écrit)\s(?:déjà\s)?(?:en|dans)\b"
)
CASE_AFTER = late_pattern(
    r"(?:\.?[A-Z]\.)*(?:\s(?:et|[A-Z][\w'.-]*|autres?|and|others?|another|al\.|,)){0,5}\s(?:c\.|contre|v\.?|vs\.?)\s(?:la\s|le\s|l'|les\s|the\s)?(?P<state>[A-ZÉ][\w-]+)"
)
AGAINST = late_pattern(r"(?P<state>[A-ZÀ-Þ][\w'-]*)\sv\.?\s$")
STATES = frozenset(
    "United Secretary Minister State Attorney Austria Belgium Bulgaria Croatia Cyprus Denmark Finland Germany Greece "
    "Hungary Ireland Italy Netherlands Norway Poland Romania Russia Serbia Spain Sweden Switzerland Turkey Ukraine".split()
)
# A court of several States: what a court at home decides may be of a child.
OF_A_COURT = late_pattern(
    r"\b(?:(?:[Ss]upreme|[Hh]igh)\s[Cc]ourt|[Cc]ourt\sof\s(?:Appeal|Cassation|Justice)|House\sof\sLords|UKSC|UKHL|EWCA|EWHC|CEDH|ECHR|CJUE|CJEU|ECtHR|[Cc]our\s(?:européenne|de\sjustice)|European\sCourt|Grande?\sCh\w+)\b|n[°o]\.?\s\d+/\d\d"
)
TITLED = late_pattern(r"\b(?:M\.|Mmes?|MM\.|M[rs]s?\.?|Madame|Monsieur)\s$")
ENGLISH_OFFICES = frozenset(
    "Special Rapporteur Envoy Ombudsperson Ombudswoman Minister President Commissioner Senator Secretary Ambassador Ombudsman Professor Judge Justice Baroness Lord Sir Dame Archbishop Bishop Pope Mayor".split()
)
NAMED_AFTER = late_pattern(
    r"(?i:\b(?:arrêts?|jurisprudence|opération|projet|mission|commission|protocole|mécanisme|asbl|ong|mouvement|fondation|prix|loi\s\w{4,12}|base\sde\sdonnées|éditions?|revue|collection|loi|circulaire|amendement|plan|programme|dispositif|campagne|fonds|institut|réseau\sassociatif|fichier|logiciel|film|roman|novel|operation|language|langage|series\sof)\s(?:\w+(?:éen|ien|ais|al|[aâ]tre)(?:ne|e)?\s)?[«\"]?\s?)(?:[A-ZÀ-Þ][\w'-]+\s(?:(?:and|et|de|of)\s)?){0,2}$"
)
IN_A_SITE, LIVES_THERE = late_pattern(r"\b(?:[ÀàAa]u|[ÀàAa]\sl[a'])\s?[\w-]+\s$"), late_pattern(rf"\s(?:{ACTS})\b")
SITE_BEFORE = late_pattern(
    r"(?i:\b(?:collèges?|lycées?|écoles?|foyers?|hôpital|hôpitaux|stade|gymnase|université|médiathèque|théâtre|salle|centre|rue|avenue|boulevard|place|gare|tour|pont|cité|quartier|parc|square|porte|aéroport|église|palais|musée|prison)\s(?:de\sla\s|du\s|de\s|d')?)$"
    r"|(?i:\b(?:communes?|villes|villages?|bourgs?)\s(?:de\s(?:la\s)?|d'|du\s)(?:[^.;()]{3,60}?\s(?:et|ou)\s(?:de\s(?:la\s)?|d'|du\s))?)$"
    r"|(?i:\b(?:collèges|lycées|écoles|foyers|hôpitaux|rues|places|quartiers))\s(?:[A-ZÀ-Þ][\w'-]{1,30}(?:,\s|\s(?:et|ou)\s)){1,4}$"
)
INITIAL_BEFORE = late_pattern(r"\b[A-Z]\.\s?$")
A_SURNAME = late_pattern(r"\s[A-ZÀ-Þ][a-zà-ÿ]{2,}")
BODIES = frozenset(
    "Act Bill Protocol Convention Committee Court Council Directive Regulation Programme Foundation Trust International "
    "Network Society Agency Institute Project Fund Initiative Alliance Coalition Operation Centre Commission "
    "Federation League Mission Campaign Charter Declaration Principles Guidelines Action Report Review University "
    "Ministry Service Services Press Mechanism Police Group Partnership Office Unit Strategy Forum Conference House Opération Projet Fondation Association Institut Réseau Fédération Ligue Centre".split()
)
# « the Barnahus model », « the agency ANITP », « l'ONG Zelvina »: a body, by the word beside it.
A_BODY = (
    r"(?:agency|ngo|charity|charities|organi[sz]ations?|associations?|foundation|network|police|programme|project|operation|campaign|"
    r"ong|agences?|fondations?|réseau\sassociatif|plateforme|ligue|fédération|collectif|syndicat)"
)
BODY_BEFORE = late_for_lower(
    rf"(?i)\b(?:{A_BODY}(?:\s\w{{3,12}}(?:ienne|aise?|aine?|iane?|éenne?|ale|oise|que|ine))?|(?:logiciel|application|base)(?:\sde\sdonnées)?)\s[«\"“]?\s?$"
)
# « Esperanto accueille », « Payoke runs »: what a body does, and someone not often.
A_BODY_ACTS = late_pattern(
    r"\s(?:publie\s(?:une?|l[ae]s?|l'|chaque|ses\s(?:statistiques|données|chiffres|rapports?))\b|finance|recense|coordonne|préconise|plaide(?!\ss[ao]n?\b)|a\s(?:publié|recommandé|financé|lancé|adopté|ratifié)(?!\s(?:un\sappel\sau|(?:une|des|sa|ses|la|les)\s(?:vidéo|photo|stor|annonce)))|"
    r"provides?|publishe[sd]|funds|funded|reviewed|mapped|launched|operates|monitors)(?:nt)?\b"
)
# « Kara estimates », « Simões M. et Guillemaut F. ont décrit »: what authors do.
AN_AUTHOR_WRITES = late_pattern(
    r"(?:\.|\s[A-Z]\.)?(?:(?:,|\set|\sand)\s[A-ZÀ-Þ][\w'-]+(?:\s(?:[A-Z]\.|[A-ZÀ-Þ][\w'-]+))?){0,3}\s(?:(?:ont|a|have|has)\s(?:bien\s|already\s|long\s|also\s)?(?:critici[sz]ed|argued(?!\swith)|documented|analysé|(?<=ont\s)(?:étudié|décrit)|(?<=ont\s)publié|"
    r"défini|théorisé|signé\s(?:la\stribune|l'appel|le\smanifeste|the\sletter)|signed\sthe\s(?:letter|appeal)|analysed|(?<=have\s)studied|(?<=have\s)published|defined)|estimates?|argues?(?!\swith)|analyses|defines?|distinguishes|définit|analyse|distingue)\b(?!\s(?:sa|son|ses|her|his)\b)"
)
# Who presides over the council of a home, who is a lawyer in a dream.
OF_A_HOME = late_pattern(
    r"[^.;]{0,40}\b(?:residents'|résidents|vie\ssociale|(?:youth|children's|pupils')\scouncil|of\s(?:her|his|the)\sclass|de\s(?:la|sa)\sclasse|dreams?\b|rêves?\b)"
)
BESIDE_AN_OFFICE = late_pattern(
    r"(?<![\w'-])[a-zà-ÿ][\w'-]*\s(?:et|and)\s(?:Mme\s|M\.\s|Me\s)?$"
)  # « la ministre et Rokia »
# A letter, a drawing, a video of a child's own, or of what was done to it.
OWN_PAPER = late_pattern(
    r"\b(?:dessin|lettre|vidéo|photo|message|mot|poème|carte|plainte|contrat|drawing|letter|complaint|note|diary|journal)s?\b[^.;]{0,40}$"
)
OF_A_CRIME = late_pattern(r",\s(?:tourné|filmé)|\s(?:circul|a\sété\s(?:vendu|saisi|retrouvé))")
# « Selon Peyroux (2013), » and « Dottridge (2006) recalls that », whoever the sentence speaks of.
OF_THAT_YEAR = late_pattern(
    r"(?:\s(?:et|and|&)\s[A-ZÀ-Þ][\w'-]+)?(?:'s\s(?:article|study|report|book|research|work|thesis|analysis|essay|survey))?\s\((?:19|20)\d\d[a-z]?(?:,\sp\.[^)]{1,12})?\)(?!\s(?:and|et)\b)"
)
SAYS_WHO = late_pattern(
    r"\b(?:[Ss]elon|[Dd]'après|[Aa]ccording\sto|[Vv]oir|[Ss]ee|[Cc]f\.)\s(?:[A-ZÀ-Þ][\w'-]+(?:,|\set|\sand|\s&)\s){0,2}$"
)
OF_A_STORY = late_pattern(
    r",?\s(?:sa|son|ses|elles?|ils?|on|je|nous|l[ae]\s(?:mère|père|tante|passeur|recruteur|proxénète)|her|his|s?he|they|we|my|i|the\s(?:mother|father|aunt|smuggler|pimp|recruiter))\b"
)
OF_ONES_OWN = late_pattern(r"\s[\w'-]{3,14}\s(?:sa|son|ses|her|his)\s")
A_LORD = late_pattern(r"\b(?:[Pp]ape|Pope|Lord|Baroness|Dame|Sir|Justice|Senator|Professor|Minister)\s$")
BESIDE_A_TOWN = late_pattern(
    r"(?:\b(?:[Ff]rom|[Ii]n|[Bb]etween|[Dd]e|[ÀàAa]|[Ee]ntre|[Ee]t|[Aa]nd)\s|,\s)(?P<town>[A-ZÀ-Þ][\w'-]+)\s?(?:,|and|et|to|ou|or)\s(?:de\s|à\s|in\s|from\s)?$"
)
A_LIST_GOES_ON = late_pattern(r"\s?(?:[.,;:)]|$)|\s(?:et|and|ou|or|to|à|en|in|for|pour|where|où|sont|are)\b")
A_TITLED = late_pattern(  # « le film Joy », « l'association Aurore »
    r"\b(?:[Ll]e\s|[Ll]'|[Dd]u\s|[Uu]n\s|[Tt]he\s)?(?:film|téléfilm|roman|documentaire|logiciel|progiciel|application|plateforme|software|platform|database|opération|projet|fondation|association|revue|Project|Operation|charity|foundation)\s[«\"“]?\s?$"
)
ITS_PLAN = late_pattern(r"\s?:\s")  # « le projet Rokia : obtenir un titre de séjour »
A_COMMISSION = late_pattern(r"\b(?:[Rr]apport|[Rr]eport|[Ll]oi|[Pp]lan)\s$")
OF_A_YEAR = late_pattern(r"\s(?:de\s|du\s[\w\s]{3,12}|of\s|\()?(?:19|20)\d\d\b")
A_CHAIN = late_pattern(  # « Hestia and Medaille Trust »
    r"(?:,|\s&|\sand|\set)\s(?:[A-ZÀ-Þ][\w'-]+\s){0,3}(?:Trust|Foundation|International|Network|Council|Society|Institute|Association|Federation)\s(?:offer|run|provide|fund|publish|operate|support|co-sign|comment|advise|proposent|gèrent|financent|publient|(?:have|ont)\s(?:co-?)?(?:publi|lanc|sign|launch))"
)
AN_AUTHOR = r"[A-ZÀ-Þ][\w'-]+(?:\s[A-ZÀ-Þ][\w'-]+)?,?\s(?:\((?:[A-Z]\.[\s-]?){1,3}\)|(?:[A-Z]\.[\s-]?){1,3}(?<!\s))"
A_REFERENCE = late_pattern(
    r"^(?:[Ss]ources?|[Ff]ootnote|Références?)\b[^:]{0,20}:.*\b(?:19|20)\d\d\b|^(?:[Ff]urther\sreading|Bibliogra\w+|Lire\saussi)\s?:|^(?:[Ss]ee|[Vv]oir|[Cc]f\.)\s.*\b(?:19|20)\d\d\b.*\bpp?\.|"
    rf"^\W{{0,3}}{AN_AUTHOR}(?:(?:,|\set|\sand|\s&)\s{AN_AUTHOR}){{0,3}}(?:,\s(?:19|20)\d\d\b|(?:,?\s(?:[«\"“(]|(?:dir|coord|eds?)\.|et\sal\b|and\sothers\b)|,\s[A-ZÀ-Þ]).*\b(?:19|20)\d\d\b)"
)
A_STORY = late_pattern(
    r"\b(?i:entretiens?|interviews?|récits?|témoign\w+|testimon(?:y|ies)|auditions?|histoires?|stor(?:y|ies)|lettres?|letters?|dossiers?)\b"
)
SEEN_THERE = late_pattern(r"(?:^|[(;:.]\s?)(?:[Vv]oir|[Ss]ee|[Cc]f\.)(?:\saussi|\salso)?\s(?:[A-ZÀ-Þ]\S+\s)?$")
CITED_THERE = late_pattern(
    r",\s(?!(?i:(?:son\s|l'|her\s|his\s)?(?:entretien|audition|interview|hearing|témoign|testimon|récit|dossier|fiche|note\b|file\b|signalement|referral|en\scours|mineure?|enfant|victime|child|minor|victim)|en\sannexe|annexe?s?|appendix|ci-dessous|below)(?:\b|\w))"
)
PREPOSITION = late_pattern(r"\b(?:de|d'|du|of|for|with|avec|pour|à|chez|by|par)\s?$")
# « [film] « Rosetta » des frères Dardenne », « Joy, Sudabeh Mortezai's film »
A_WORK = late_pattern(r"\b(?:film|novel|documentary|book|play|[Pp]rojeté|roman|livre|documentaire|débat|screen)")
MADE_BY = late_pattern(r"[»\"”]\s(?:de\s|d'|des\sfrères\s|by\s|from\s)$")
ITS_MAKER = late_pattern(
    r"\s?[»\"”]\s(?:de\s|d'|des\sfrères\s|by\s)[A-Z]|,\s(?:[A-ZÀ-Þ][\w'-]+\s){0,2}[A-ZÀ-Þ][\w-]+'s\s(?:film|novel|book|play)"
)
MADE_IT = late_pattern(
    r"\s(?:film|novel|book|documentary|play|memoir)\b(?!\s(?:of\s(?!\d)|was\s(?:sold|found|taken|seized)))"
)
# « décision n° 2018-768 QPC, M. Adama S. »
A_PARTY = late_pattern(r"\b(?:QPC|CE|Cass|Conseil\sd'État|Cour\sde\scassation)\b[^;]{0,80},\s(?:M\.|Mmes?)\s$")
WORK = late_pattern(
    r"\b(?:[Ff]ilm|[Rr]oman|[Dd]ocumentaire|[Ll]ivre|[Ss]érie|[Nn]ovel|[Dd]ocumentary|[Pp]lay|[Bb]ook|[Bb]ande\sdessinée)\s(?P<quoted>[«\"“])?\s?(?P<title>[A-ZÀ-Þ][^,.;]{0,60})?(?P<by>,\s(?:de\s|d'|by\s|directed\sby\s|réalisé\spar\s|écrit\spar\s))?$"
)
OF_A_WORK = late_pattern(
    r"\s?[»\"”]?,\s(?:de\s|d'|by\s|directed|réalisé|écrit|written)|\s?[»\"”]?\s\((?:[^()]{2,40},\s)?(?:19|20)\d\d\)"
)
BODY_AFTER = late_pattern(
    r"\s?[»\"”]?\s(?:(?:model|law|act|scheme|method|process|protocol|convention|principles|guidelines|programme|project|agenda|"
    r"study|survey|campaign|review|tool|database|conference|summit|statement|ruling|judgment|directive|regulation|judgement)\b|"
    r"(?:foundation|network|charity|helpline|hotline|initiative)\b)"
)
LEAD = late_pattern(r"(?:See|The|In|By|At|Of|From|To|Both|All|Since|Under|With|These|For|And|As)\s(?=[A-ZÀ-Þ])")
HAS_ARTICLE = late_pattern(
    r"(?<!ommé\s)(?<!ommée\s)(?<!pelle\s)(?<!pelait\s)(?<!pelé\s)(?<!pelée\s)(?<!dit\s)(?<!dite\s)(?<!alled\s)(?<!named\s)(?<!\bas\s)(?<!lias\s)(?<!vec\s)(?<!with\s)"
    r"(?:\b(?:[Tt]he|[Ll]e|[Dd]u|[Aa]u|[Uu]n|[Cc]haque|[Cc]e)\s|\b[Ll]')(?:[A-ZÀ-Þ][\w'-]+\s(?:(?:do|da|de|del|di|for|of|für|van|voor|pour)\s)?){0,2}$"
)
OF_A_THING = late_pattern(
    r"(?:'s)?,?\s(?!famil|child|sibling|brother|sister|twin|couple|clan|gang|file|case|report|story|girl|boy|matter|dossier|household|wom[ae]n|m[ae]n\b|teenager|minor|victim|youth|kid|pair|mother|cousin|hearing|trial|interview|referral|testimony|journey|statement|assessment|removal|disappearance|murder|rape|abduction|arrest|placement|debt|inquest|siblings|law\sin|method\sfor|school\sdays|household|affair|money|room\b|twins)(?:[a-z]{2,}|n'|a\s)"
)
THEY_LEFT = late_pattern(
    r"\s(?:left|lived?|beg|begged|moved|fled|slept|arrived|came|(?:were|have\sbeen)\s(?:evicted|housed|arrested|separated)|ont\s(?:quitté|fui|dormi|été\s(?:expulsé|logé|arrêté|séparé)s)|vivent|mendient|dorment|sont\s(?:partis|arrivés|hébergés))\b"
)  # « The Lacatus left »
NEAR = 240  # letters around a name that tell what it is
AGES = late_pattern(r"\bans\b")

OFFICES_MAIL = late_pattern(
    r"(?i)(?:contact|redaction|editors?|editorial|contributions?|office|report|rapport|equipe|team|press|enquir(?:y|ies)|admin|help|helpdesk|support|policy|secretary|coordinator|bonjour|hello|mail|courrier|plaidoyer|advocacy|juridique|infos?|accueil|secretariat|presse|bureau|direction|coordination|association|communication|standard|webmaster|dpo|permanence|collectif|formation)(?:[\w.-]{0,20}@(?!(?:gmail|googlemail|hotmail|yahoo|ymail|outlook|live|msn|icloud|proton\w*|orange|wanadoo|free|sfr|laposte|gmx)\.)|@)"
)
OFFICES_OWN = late_for_lower(
    r"(?i)\b(?:standard|siège|secrétariat|secretariat|(?:registered|head)\soffice|(?:association|organi[sz]ation|charity|coalition|federation)'s\s(?:\w+\s)?(?:offices?|address|premises)|headquarters|adresse\s(?:postale\s)?(?:de\s(?:l'|la\s|notre\s)|du\s|des\s)\w+|numéro\svert|accueil\stéléphonique|permanences?|nos\sbureaux|nos\slocaux|nous\s(?:contacter|écrire|joindre)|ses\slocaux|pour\stoute\s(?:question|information)|contacts?\spresse|service\sde\spresse|ligne\s(?:d'écoute|nationale|gratuite)|numéro\s(?:national|gratuit|d'urgence|d'appel)|écoutants|(?:national|free)\s(?:number|line)|freephone|toll-free|(?:confidential|advice|support|crisis|emergency|national)\sline|\w*helpline|hotline|childline|switchboard|our\s(?:office|offices|helpline|hotline|switchboard)|(?:reach|contact|call|write\sto)\s(?:us|the\ssecretariat)|press\s(?:office|contact|enquir\w+)|contacts?\s?:\s(?:l')?(?:association|collectif|fondation|fédération|service)|for\s(?:all\s|any\s|press\s)?enquiries)\b"
)
SOMEONE = late_for_lower(
    r"(?i)\b(?:elle|(?:le|la|du|au|son|sa|un|une|the|a|her|his|ce|this)\s(?:(?:petite?|little)\s)?(?:proxénète|squat|pimp|gang|pouponnière|cadette|aînée|passeur|smuggler|recruteur|recruiter|cliente?|trottoir|bidonville|monsieur|copain|boyfriend|boss)|(?:notre|nos|our)\s(?:jeunes?|young\w*|résidente?|protégée?|client)|fugu(?:é|e|ait|es)|(?:a|has|had)\s(?:disparu|disappeared|vanished)|r[au]n\saway|cous(?:ins?|ine)s|dort|dormait|(?:a|ont)\s(?:dormi|accouché|avorté)|slept|sleeps|(?:sa|his|her)\s(?:dette|debt)|(?:la|the)\s(?:dette|debt)\s(?:est\spayée|is\spaid|double)|stolen\sphones?|téléphones?\svolés?|interprète\sa|gamine?s?|gosses?|madam|la\spatronne|il(?!\s(?:faut|convient|est|y|s'agit|importe))|lui|(?:de|à|avec|sa|la)\s(?:la\s)?famille|parents|mère|père|sœurs?|frères?|tante|oncle|nièce|neveu|cousine?|filles?|fillettes?|garçons?|adolescente?s?|"
    r"(?:la|cette|une|le|ce|un)\s(?:mineure?|victime|jeune)|chez|enfant\s(?:est|a|vit)|élève|éducat\w{4,5}|(?:sa|son)\spatronn?e?|je|[jm]'|mes|moi|s?he|i\s[a-z]|my|him|her(?=\s(?:in|with|to|up|for|and|against|from|by|at|on|out|into|every|after|before|when|until|away|as|if|that|who)\b|\s?[.,;])|"
    r"\w+-year-old|aged\s\w+|girls?|boys?|mother|father|sisters?|brothers?|family|daughters?|sons?|aunt|uncle|niece|child\s(?:was|is|had|in))\b"
)
SPECIAL = late_pattern(
    r"(?:0|(?:\+|00)33\s?)\s?8(?:[\s.]?\d){8}|03\d\d\s\d{3}\s\d{4}"
)  # in France what is called so is a service
TO_THE_PRESS = late_pattern(r"\bcontacts?\spresse\b|\bservice\sde\spresse\b|\bpress\s(?:office|contact)\b")
LAND_LINE = late_pattern(r"(?:\+33\s?\(?0?\)?|0033\s?|0)\s?[123458]|\+44\s?\(?0?\)?\s?[1238]")
LETTERS = late_pattern(r"[^\W\d_]+")
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
    r"(?i)\b(?:loi|textes?|text|convention|collectif|association|projet|idée|plan|organisation|mouvement|comité|programme|dispositif|"
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


def is_cited(sentence: str, start: int, end: int) -> bool:
    """Whether a name is that of a case of a court of several States, of a work or of who made it: public anywhere."""
    before, after = sentence[max(0, start - NEAR) : start], sentence[end : end + NEAR]
    if after.startswith(" and Others"):
        return True  # « M.A. and Others »
    case = CASE_AFTER.match(after) or AGAINST.search(before)
    if case and (case["state"] in lexicon.wide_places() | STATES or OF_A_COURT.search(sentence)):
        return True
    if A_WORK.search(sentence, max(0, start - NEAR), end + NEAR) and (MADE_BY.search(before) or ITS_MAKER.match(after)):
        return True
    if A_PARTY.search(before) or (
        sentence[start:end].endswith("'s") and " " in sentence[start:end] and MADE_IT.match(after)
    ):
        return True
    if (year := OF_THAT_YEAR.match(after)) and sentence[start:end] not in lexicon.given_names():
        return bool(SAYS_WHO.search(before) and not OF_A_STORY.match(after, year.end())) or (
            OF_A_STUDY.match(after, year.end()) is not None and not OF_ONES_OWN.match(after, year.end())
        )
    work = WORK.search(before)
    return work is not None and bool(work["by"] or work["quoted"] or OF_A_WORK.match(after))


def public_name(sentence: str, start: int, end: int) -> bool:
    """Whether a name is public where it stands, in a sentence that speaks of nobody met."""
    if is_cited(sentence, start, end) or _is_a_reference(sentence):
        return True
    if lead := LEAD.match(sentence, start, end):
        start = lead.end()
    name, before, after = sentence[start:end], sentence[max(0, start - NEAR) : start], sentence[end : end + NEAR]
    if AGES.search(after[:30]) or SUFFERS.match(after):
        return False
    several = " " in name or "-" in name or bool(A_SURNAME.match(after) or INITIAL_BEFORE.search(before))
    given = name in lexicon.given_names() or (
        name[0].islower() and not lexicon.given_names().isdisjoint(name.split("-"))  # « audition-Rokia »
    )
    return _of_an_office(name, before, after, several, given) or _of_a_body(name, before, after, given)


def _is_a_reference(sentence: str) -> bool:
    return bool(A_REFERENCE.match(sentence, 0, 2 * NEAR)) and not A_STORY.search(sentence, 0, 2 * NEAR)


def _of_an_office(name: str, before: str, after: str, several: bool, given: bool) -> bool:
    """Whether words beside a name say that it is an author's, or that of somebody who holds an office."""
    if OF_A_HOME.match(after):
        return False
    low_before = lower_in_place(before)
    if (several or not given) and (
        (CITED_AFTER.match(after) and not SUFFERS.match(after, after.find(")") + 1))
        or (
            (cited := CITED_BEFORE.search(low_before))
            and (cited.lastgroup is None or OF_A_STUDY.match(after))
            and not (OWN_PAPER.search(low_before) or OF_A_CRIME.match(after))
        )
    ):
        return True
    if " " in name and (name.split()[0] in ENGLISH_OFFICES or not BODIES.isdisjoint(name.split())):
        return True
    if A_LORD.search(before) or (SEEN_THERE.search(before) and CITED_THERE.match(after)):
        return True
    if (several or (not given and TITLED.search(before))) and (
        OFFICE_AFTER.match(lower_in_place(after))
        or (OFFICE_BEFORE.search(low_before) and not BESIDE_AN_OFFICE.search(before))
    ):
        return True
    return several and bool(AN_AUTHOR_WRITES.match(after)) and not PREPOSITION.search(before)


def _of_a_body(name: str, before: str, after: str, given: bool) -> bool:
    """Whether words beside a name say that it is that of an organisation, a law, a work or a place."""
    if A_CHAIN.match(after) or (A_TITLED.search(before) and not ITS_PLAN.match(after)):
        return True
    if given:
        return before.rstrip()[-1:] in ("«", '"') and bool(NAMED_AFTER.search(before))
    of_no_one = lexicon.own_names().isdisjoint(fold_accents(name).split())
    if name.endswith("s") and THEY_LEFT.match(after):
        return False
    if of_no_one and HAS_ARTICLE.search(before) and OF_A_THING.match(after):
        return True
    if (
        (town := BESIDE_A_TOWN.search(before))
        and town["town"] in lexicon.places()
        and (before[-2:] != ", " or A_LIST_GOES_ON.match(after))
    ):
        return True
    if A_COMMISSION.search(before) and OF_A_YEAR.match(after):
        return True
    if IN_A_SITE.search(before) and LIVES_THERE.match(after):
        return False  # « au foyer Rokia ne parlait à personne »
    of_it = (
        BODY_AFTER.match(after),
        A_BODY_ACTS.match(after),
        NAMED_AFTER.search(before) and not ITS_PLAN.match(after),
        SITE_BEFORE.search(before),
    )
    return any(of_it[name.endswith("'s") :]) or bool(BODY_BEFORE.search(lower_in_place(before)))


def public_contact(kind: str, sentence: str, start: int, end: int) -> bool:
    """Whether a mail, telephone or address is an office's own, where nobody is spoken of around it."""
    if kind not in ("email", "phone", "address", "postcode"):
        return False
    text, near = sentence[start:end], lower_in_place(sentence[max(0, start - NEAR) : end + NEAR])
    if kind == "email" and any(map(lexicon.is_rare, LETTERS.findall(text.partition("@")[0]))):
        return False  # « contact-kadiatou@… »
    if (kind == "email" and OFFICES_MAIL.match(text)) or (kind == "phone" and SPECIAL.fullmatch(text)):
        return not SOMEONE.search(near)
    if kind == "phone" and not LAND_LINE.match(text) and not TO_THE_PRESS.search(near):
        return False
    return bool(OFFICES_OWN.search(near)) and not SOMEONE.search(near)
