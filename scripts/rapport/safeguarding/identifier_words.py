# ruff: noqa: E501  # one list, one line
"""The words beside which `identifiers` looks for numbers and addresses: streets, networks, papers, files."""

BORN_TOO = r"convention|loi|law|collectif|association|projet|project|plan|organisation|mouvement|movement|comité|committee|programme"
VOIE = r"rue|avenue|av\.|boulevard|bd|bld|place|impasse|allée|allées|chemin|route|quai|square|cours|passage|villa|cité|"
VOIE += r"voie|sentier|faubourg|fbg|esplanade|lotissement|rond-point|hameau|résidence|ruelle|venelle|promenade"
STREET = r"(?:\s+(?:de|du|des|la|le|les|l'|d'|aux?|à)){0,3}\s*(?:l'|d')?"
CAPITAL = "[A-ZÀ-ÖØ-ÞŒ]"
# Where in a house someone lives; « le bâtiment C du tribunal » is nobody's.
PARTS_OF_A_HOUSE = r"appartement|appart|appt|apt|bâtiment|bât\.?|chambre|porte|escalier|hall|cage|entrée|flat|apartment|building|staircase|(?<!meeting\s)(?<!hearing\s)(?<!court\s)room"
PUBLIC_HOUSE = r"parc\sd|stade|musée|théâtre|salon|terminal|métro|tribunal|palais|cour|justice|minist|préfecture|mairie|hôpital|conseil|collège|lycée|école|aéroport|gare|assemblée|court|hospital|school|university|parliament|council"
NO_HOME = r"(?!\s(?:du|de\sla|des|de\sl'|d'une?|of\sthe|of\san?)\s?(?:nouveau\s|new\s)?(?:" + PUBLIC_HOUSE + "))"
SOCIAL = (
    r"facebook|instagram|snapchat|tiktok|twitter|x|t|telegram|vk|onlyfans|mym|discord|discordapp|linkedin|wa|badoo|"
)
SOCIAL += r"tinder|leboncoin|vivastreet|wannonce|sexemodel|6annonce|coco|ladyxena|escort\w*|gensdeconfiance|skype|"
SOCIAL += r"pinterest|twitch|ask|curiouscat|yubo|omegle|threads|bsky|wizz|tellonym|ngl|youtube|youtu|messenger|m"
NETWORK = r"snapchat|snap|instagram|insta|tiktok|tik tok|discord|telegram|facebook|fb|whatsapp|twitter|messenger|skype|"
NETWORK += (
    r"viber|yubo|tinder|badoo|onlyfans|mym|twitch|steam|roblox|fortnite|pseudo|pseudonyme|pseudonymes|login|identifiant"
)
# What may stand between the name of a network and that of an account there.
CALLED = r"(?:\s(?:account|profile|handle|name|page))?(?:,?\s(?:est|était|c'est|de|avec|elle\sest|il\sest|au\snom\sde|as|is|called|under|sous\sle\s(?:nom|pseudo)(?:\sde)?|(?:le\s|son\s)?pseudo)(?!\w)|,?\s(?:cherche|ajoute|contacte|tape|suis)[rz]?)?\s?[:(«=\",–-]{0,2}\s?"
PAPERS = (
    r"passeports?|carte (?:nationale )?d'identité|CNI|titre de séjour|cartes? de séjour|récépissés?|recepissés?|visas?|"
    r"AGDREF|FNAEG|étrangers?|etrangers?|dossiers?|matricule|écrou|procédures?|procès-verbal|PV|parquet|minute|INE|"
    r"sécurité sociale|allocataire|OFPRA|CNDA|numéro RG|n° RG|RG|plainte|main courante|identifiant|laissez-passer|"
    r"extrait de naissance|acte de naissance|permis|assignation|ordonnance|jugement|badge|carte|IMEI|SIM|ID|NNI|téléphone"
)
FILES = r"dossiers?|requêtes?|procédures?|demandes?|affaires?|signalements?|plaintes?|recours|référence|réf|matricule|écrou|"
FILES += r"procès-verbal|procès-verbaux|pv|minute|main courante|mains courantes|instruction|jugement|ordonnance|récépissé|convocation"
ENGLISH_FILES = r"bracelet|wristband|card|ticket|receipt|contract|lease|transfer|parcel|locker|prison|prisoner|inmate|custody|crime|nhs|booking|admission|patient|claimant|files?|applications?|cases?|claims?|permit|passport|docket|complaint|referral|reports?|records?|statement|ref|reference|order|summons|warrant|id|request|proceedings?|investigation|inquiry|hearing|charge"
FILES += r"|allocataire|usager|incident|fiche|placement|enquête|bracelet|carte|badge|ticket|reçu|mandat|virement|colis|contrat|bail|chambre|consigne"
