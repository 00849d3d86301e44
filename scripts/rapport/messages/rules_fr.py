"""Ce que dit chaque règle : le message, ce qu'il y a à faire."""

from rapport.messages import RuleText as R
from rapport.messages import intake_fr, typed_fr, verify_fr, workshops_fr

RULES = {
    "F01": R(
        "le fichier était en {encoding} ; il a été lu et converti en mémoire",
        "rien à faire ; pour l'éviter, enregistrez-le en UTF-8",
    ),
    "F02": R(
        "ce fichier ne peut pas être lu : {reason}",
        "remettez sa version précédente, ou un texte enregistré en UTF-8 ; s'il vient d'une association, demandez-lui de le renvoyer",
    ),
    "F03": R(
        "ceci n'est pas une contribution et n'est pas lu",
        "une contribution s'appelle contributions/<association>/<thème>.md ; ce qui arrive en Word se dépose dans contributions/inbox/",
    ),
    "F04": R(
        "deux fichiers de la même association sont envoyés pour le thème « {theme} »",
        "gardez celui qui fait foi et retirez l'autre du dossier : aucun des deux n'est imprimé tant qu'il y en a deux",
    ),
    "F05": R(
        "ce fichier est vide",
        "remettez sa version précédente, ou écrivez ce qu'il doit contenir ; s'il vient d'une association, demandez-lui de le renvoyer",
    ),
    "F06": R(
        "ce texte n'a pas pu être lu : {reason}",
        "cherchez une longue suite de crochets, de guillemets, de parenthèses ou de « > », et retirez-la ; s'il n'y en a pas, « make clean » puis « make » le font relire",
    ),
    "F07": R(
        "un caractère ne peut pas être imprimé ici ({name})",
        "effacez-le et retapez le mot ; il vient souvent d'un copier-coller depuis Word ou un PDF",
    ),
    "F08": R(
        "les polices du rapport n'ont pas ces caractères : {characters}",
        "écrivez le mot en lettres latines, grecques ou cyrilliques, ou mettez-le dans une image",
    ),
    "F09": R(
        "des signes invisibles ont été retirés ou remplacés en mémoire ({names})",
        "rien à faire : ils viennent d'un copier-coller et ne se voient pas",
    ),
    "F10": R(
        "dans « {word} », la lettre « {letter} » est d'un autre alphabet et en imite une du nôtre ({name})",
        "retapez le mot ; il vient d'un copier-coller, et ni une recherche ni le programme ne le reconnaîtraient",
    ),
    "F11": R(
        "des lettres sont abîmées : « {letters} »",
        "le fichier a été ouvert dans un mauvais encodage puis enregistré : renvoyez l'original, ou retapez les mots",
    ),
    "F12": R(
        "ce texte n'est pas lu : il ne sera pas dans le rapport",
        "un texte reçu se dépose dans contributions/inbox/, puis « make intake » ; une contribution s'appelle contributions/<association>/<thème>.md ; sinon, retirez ce fichier",
    ),
    "F13": R(
        "c'est une copie de « {original} », faite par OneDrive, Dropbox, une synchronisation ou un téléchargement : elle n'est pas lue",
        "comparez les deux, reportez dans « {original} » ce qui lui manque, puis effacez cette copie ; ne la renommez pas : elle écraserait l'autre",
    ),
    "F17": R(
        "ce nom est celui d'une copie de « {original} », qui n'est pas là : aucun des deux n'est lu",
        "si c'est le bon fichier, renommez-le « {original} » ; sinon, remettez « {original} » à sa place et effacez cette copie",
    ),
    "F14": R(
        "ce texte empêche le programme de faire le rapport ({outputs})",
        "le rapport est fait sans lui : cherchez dans ce texte ce qui sort de l'ordinaire (une suite de signes ou d'espaces, une très longue adresse, un tableau ou une image inhabituels), retirez-le et relancez ; sinon, envoyez ce fichier à la coordination",
    ),
    "F15": R(
        "{kind}, {length} signes ou lignes, {limit} au plus : le rapport ne peut pas le contenir",
        "raccourcissez : une adresse se recopie sans ce qui suit le « ? », un intertitre tient sur une ligne, une description en deux phrases ; des espaces en série et des lignes coupées une à une se retirent",
    ),
    "F16": R(
        "{kind} : rien ne le lit ni ne le montre",
        "si c'est à imprimer, montrez-le depuis un texte, ou déposez-le dans contributions/inbox/ ; sinon retirez-le : un fichier oublié peut nommer quelqu'un",
    ),
    "E01": R(
        "l'en-tête du fichier {kind}",
        "la toute première ligne est « --- », sans rien devant ; puis viennent les clés (titre, date, auteurs…), puis une autre ligne « --- »",
    ),
    "E02": R(
        "ce n'est pas écrit correctement à cet endroit",
        "une ligne par clé, « clé: valeur », avec une espace après les deux points et le même retrait que ses voisines (des espaces, jamais de tabulation) ; mettez entre guillemets droits une valeur qui contient « : » ou qui commence par un signe (*, @, %, [, {{…)",
    ),
    "E03": R(
        "la clé « {key} » n'existe pas",
        "supprimez cette ligne ; ici les clés possibles sont : {known}",
        "vouliez-vous dire « {nearest} » ?",
    ),
    "E04": R("la clé « {key} » manque", "ajoutez une ligne « {key}: … » ({wanted})"),
    "E05": R(
        "la valeur « {value} » ne convient pas pour « {key} »",
        "il faut : {wanted}",
        "vouliez-vous dire « {nearest} » ?",
    ),
    "E06": R("la clé « {key} » est écrite deux fois", "gardez une seule des deux lignes"),
    "E07": R(
        "« {name} » est une écriture spéciale qui n'est pas admise ici", "mettez la valeur entre guillemets droits"
    ),
    "E08": R("« {key} » n'a pas la bonne forme", "il faut : {wanted}"),
    "E09": R(
        "« {text} » ne serait imprimé nulle part",
        "après une espace, « # » commence une remarque : mettez la valeur entière entre guillemets droits",
    ),
    "E10": R(
        "la date de ce texte, {date}, vient après celle du rapport, {limit}",
        "corrigez l'année, le mois ou le jour : un texte est écrit avant le rapport qui l'imprime",
    ),
    "E11": R(
        "aucun point de chapters/points/ n'est « {value} »",
        "écrivez la cote puis le numéro, « CRC/C/FRA/CO/4, par. 14 » ; si le point manque, la coordination l'ajoute dans chapters/points/",
        "vouliez-vous dire « {nearest} » ?",
    ),
    "P01": R(
        "aucun thème du plan ne s'appelle « {theme} »",
        "renommez le fichier d'après un thème de chapters/outline.yaml, retirez-le s'il en double un autre, ou proposez le thème par une ligne « theme_propose: son titre » dans l'en-tête",
        "vouliez-vous dire « {nearest}.md » ?",
    ),
    "P02": R(
        "l'association propose un nouveau thème, « {title} »",
        "pour l'accepter, ajoutez-le à chapters/outline.yaml sous l'identifiant « {theme} » ; d'ici là le projet l'imprime à part",
    ),
    "P03": R(
        "le thème « {theme} » est clos",
        "rouvrez-le dans chapters/outline.yaml (« statut: ouvert »), ou retirez ce fichier",
    ),
    "P04": R(
        "« {folder} » n'est pas le dossier d'une association du Collectif",
        "créez contributions/{folder}/association.yaml, ou déplacez le fichier dans le dossier de son association",
        "vouliez-vous dire contributions/{nearest}/ ?",
    ),
    "P05": R(
        "« {association} » n'était pas membre du Collectif au {date}",
        "complétez « adhesion » dans son association.yaml si c'est une erreur, ou retirez ce fichier",
    ),
    "P06": R("l'identifiant « {id} » est donné deux fois", "donnez à l'un des deux un autre identifiant"),
    "P07": R(
        "« {name} » n'est défini nulle part",
        "corrigez ce nom (noms connus : {known}), ou ajoutez ce qu'il désigne : une association a sa fiche, contributions/<dossier>/association.yaml, un texte de droit sa ligne dans « instruments »",
        "vouliez-vous dire « {nearest} » ?",
    ),
    "P08": R(
        "ce modèle de chapitre ne peut pas être rempli : {reason}",
        "revenez à la version précédente du modèle, ou corrigez la ligne indiquée",
    ),
    "P09": R(
        "le résumé en anglais n'est pas écrit",
        "écrivez-le dans {file} : le Comité conseille de le joindre, et l'édition publique l'attend",
    ),
    "P10": R(
        "ceci semble venir d'un autre rapport : {kind}",
        "corrigez-le ; si c'est voulu, {advice}",
    ),
    "S01": R(
        "« {title} » n'est pas une rubrique de ce thème",
        "{advice} ; les rubriques sont : {known}",
        "vouliez-vous dire « ## {nearest} » ?",
    ),
    "S02": R("la rubrique « {title} » manque", "ajoutez une ligne « ## {title} » et le texte qui va dessous"),
    "S03": R(
        "la rubrique « {title} » est vide",
        "écrivez le texte qui va dessous, ou supprimez la ligne si la rubrique est facultative",
    ),
    "S04": R(
        "ce texte n'est sous aucune rubrique",
        "ajoutez au-dessus une ligne « ## Constat », ou déplacez-le sous une rubrique",
    ),
    "S05": R("la rubrique « {title} » est ouverte deux fois", "réunissez les deux textes sous une seule"),
    "S06": R(
        "une recommandation s'écrit comme un point de liste",
        "commencez la ligne par « - » : « - **Au ministère de la Justice** (CIDE 39) : … »",
    ),
    "S07": R(
        "ces mots ne seraient imprimés nulle part : « {text} »",
        "réécrivez la phrase sans les signes qui l'entourent : entre crochets suivis de « : », ou dans une case de trop d'un tableau, un texte disparaît",
    ),
    "S08": R(
        "« {text} » est du code, qui n'est pas admis",
        "retirez-le ; si c'est du texte, écrivez-le sans « < », « > » ni « \\ »",
    ),
    "S09": R(
        "l'intertitre « {title} » {kind}",
        "une rubrique commence par « ## », un intertitre par « ### », un intertitre au-dessous par « #### » ; une espace suit, et rien ne précède",
        "écrivez « ## {nearest} »",
    ),
    "S10": R(
        "un bloc « {mark} » {kind}",
        "laissez une ligne vide au-dessus de la ligne qui ouvre le bloc, et mettez « {mark} » seul sur la ligne qui le ferme",
    ),
    "S11": R(
        "la marque « {mark} » {kind}",
        "pour un passage confidentiel, mettez une ligne « ::: confidentiel » au-dessus et une ligne « ::: » au-dessous ; sinon, retirez cette marque",
        "vouliez-vous dire « {nearest} » ?",
    ),
    "S12": R(
        "cette recommandation ne dit pas à qui elle s'adresse",
        "commencez par le destinataire en gras : « - **Au ministère de la Justice** (CIDE 39) : … »",
    ),
    "S13": R(
        "cette recommandation ne dit pas sur quel article elle s'appuie",
        "ajoutez l'article entre parenthèses après le destinataire : « - **Au ministère de la Justice** (CIDE 39) : … »",
    ),
    "S14": R(
        "« {article} » n'est pas un article d'un texte du plan",
        "un article s'écrit avec le sigle de son texte : {known}",
        "vouliez-vous dire « {nearest} » ?",
    ),
    "S15": R(
        "une autre association demande presque la même chose",
        "voyez s'il faut n'en garder qu'une, signée des deux : le Comité lit mieux une demande dite une fois",
    ),
    "S16": R(
        "une autre association a presque le même passage",
        "demandez aux deux s'il s'agit du même fait : s'il est compté deux fois, gardez-le d'un seul côté",
    ),
    "S17": R(
        "« {figure} » : d'où vient ce chiffre ?",
        "ajoutez la source dans le même paragraphe : une référence [@cle], ou une note qui dit qui a compté, quand et où",
    ),
    "S18": R(
        "un second en-tête est au milieu du texte",
        "l'en-tête est tout en haut du fichier, et il n'y en a qu'un : retirez ces lignes",
    ),
    "S19": R(
        "« {text} » ne cache rien : ce passage serait imprimé",
        "mettez une ligne « ::: confidentiel » au-dessus du passage et une ligne « ::: » au-dessous, puis retirez ces mots",
    ),
    "S20": R(
        "« {words} » est à éviter dans ce rapport",
        "écrivez plutôt : {instead}",
    ),
    "S21": R(
        "« {words} » peut être lu comme visant un groupe entier",
        "écrivez plutôt : {instead}",
    ),
    "S22": R(
        "le sigle « {acronym} » n'est expliqué nulle part",
        "écrivez-le en entier la première fois, « nom développé ({acronym}) », ou ajoutez-le à chapters/sigles.yaml",
    ),
    "S23": R(
        "« {addressee} » n'est pas parmi les destinataires du plan",
        "corrigez le nom, ou ajoutez-le à « destinataires » dans chapters/outline.yaml, avec son nom anglais, « nom_en » ; si ce n'est qu'un autre nom, à ses « autres_noms »",
        "vouliez-vous dire « {nearest} » ?",
    ),
    "S24": R(
        "{number} recommandations sont marquées « clé » ; le résumé en porte {most} au plus",
        "retirez le mot « clé » de celles qui comptent le moins : le Comité lit d'abord une page",
    ),
    "S31": R(
        "cette phrase dit peut-être un nombre que le tableau « {indicator} » cache",
        "retirez le nombre, ou dites « quelques » : avec lui, un enfant se retrouverait ; une phrase qui compte autre chose se tourne autrement, ou, si elle ne nomme rien du tableau et ne compte personne (« deux situations types »), l'édition l'accepte par « make review-names »",
    ),
    "R01": R(
        "la référence « @{key} » n'est pas dans bibliography.bib",
        "ajoutez-la à bibliography.bib, ou corrigez la clé ; si ce n'est pas une référence, écrivez « \\@ »",
        "vouliez-vous dire « @{nearest} » ?",
    ),
    "R02": R(
        "l'appel « {call} » ne mène à aucune note : {kind}",
        "écrivez une ligne « {call}: le texte de la note », précédée d'une ligne vide et en dehors de toute autre note",
    ),
    "R03": R(
        "la note « {call} » ne serait pas imprimée : {kind}",
        "mettez l'appel {call} à sa place dans le texte, ou donnez à chaque note un nom à elle",
    ),
    "R04": R(
        "la bibliographie ne peut pas être lue : {kind}",
        "vérifiez les accolades, les virgules et les renvois, ici et juste au-dessus, surtout dans ce qui a été ajouté en dernier",
    ),
    "R05": R(
        "« {text} » peut être compris de plusieurs façons : {kind}",
        "donnez un nom différent à chacun ; s'il n'y a pas deux noms, récrivez le passage plus simplement",
    ),
    "R06": R(
        "le renvoi « {link} » ne mène à aucun endroit de ce texte ni du rapport",
        "nommez l'endroit visé, « []{{#{name}}} » au début de son paragraphe, ou retirez le renvoi",
        "vouliez-vous dire « #{nearest} » ?",
    ),
    "R07": R(
        "le lien « {link} » n'est ni une page du web, ni une adresse, ni un endroit du texte",
        "un lien commence par https://, http://, mailto: ou # ; vers un autre texte, « ../association/theme.md#nom »",
    ),
    "R08": R(
        "la clé « {key} » est donnée à deux entrées de la bibliographie",
        "gardez une seule des deux, ou donnez à l'autre une clé à elle",
    ),
    "R09": R(
        "il y a {node} à l'intérieur d'une référence entre crochets",
        "entre les crochets, ne gardez que des mots autour de la clé : [voir @cle, p. 4] ; mettez le reste avant ou après",
    ),
    "R10": R(
        "« @{key} » date de {date}, après la limite du rapport ({limit})",
        "citez un document plus ancien, ou corrigez la date dans la bibliographie ; la limite est « date_limite_sources » du plan",
    ),
    "R11": R(
        "« {text} » vient après la limite du rapport ({limit})",
        "corrigez la date ou retirez ce document ; si c'est une annonce, dites-le : « prévu », « d'ici »",
    ),
    "R12": R(
        "« @{key} » n'est citée dans aucun texte de l'association",
        "rien à faire : elle n'est pas imprimée ; si elle devait l'être, citez-la, [@{key}]",
    ),
    "R13": R(
        "« @{key} » et « @{kept} » sont le même document ; une seule des deux est imprimée",
        "rien à faire : les deux clés y mènent ; si ce sont deux documents, précisez leurs titres ou leurs cotes",
    ),
    "R14": R(
        "il manque à « @{key} » {wanted}",
        "complétez cette entrée : sans cela, le lecteur ne retrouvera pas le document",
    ),
    "R15": R(
        "« {text} », dans « {field} », est du code, qui n'est pas admis",
        "écrivez le mot lui-même, avec ses accents ; pour l'italique, \\emph{{…}} ; pour les signes % et $, \\% et \\$",
    ),
    "R16": R(
        "« {field} » n'est pas {kind}",
        "corrigez-le, ou supprimez la ligne d'un champ de trop ; une valeur se met entre accolades ; types et champs sont en haut de bibliography.bib",
        "vouliez-vous dire « {nearest} » ?",
    ),
    "R17": R(
        "le renvoi « {link} » ne mène nulle part : {kind}",
        "demandez à l'autre association le nom qu'elle a donné à ce passage, ou écrivez « []{{#nom}} » avec elle à cet endroit",
        "vouliez-vous dire « {nearest} » ?",
    ),
    "R26": R(
        "le renvoi « {link} » mène au thème « {theme} », qui est clos : aucune édition ne l'imprime",
        "retirez le renvoi, ou rouvrez le thème dans chapters/outline.yaml (« statut: ouvert »)",
    ),
    "R18": R(
        "le renvoi « {link} » mène à un passage confidentiel, que l'édition publique n'imprime pas",
        "écrivez des mots entre les crochets, ils seront imprimés sans lien, ou retirez le renvoi",
    ),
    "R19": R(
        "le nom « {name} » est seul dans son paragraphe : il ne désigne rien",
        "écrivez « []{{#{name}}} » au début du texte qu'il désigne, ou « {{#{name}}} » à la fin de la légende d'un tableau",
    ),
    "R20": R(
        "« @{key} » ({symbol}) est cité à la page : « {page} »",
        "citez un document des Nations Unies par son paragraphe, [@{key}, par. 12] : ses pages changent d'une langue à l'autre",
    ),
    "R23": R(
        "le lecteur voit l'adresse « {text} », mais le lien mène à « {link} »",
        "écrivez la même adresse des deux côtés, ou mettez des mots entre les crochets : [le rapport de 2012](https://…)",
    ),
    "I01": R(
        "l'image « {image} » n'est pas là",
        "déposez-la dans le dossier images/ de l'association",
        "vouliez-vous dire « {nearest} » ?",
    ),
    "I02": R(
        "l'image « {image} » ne peut pas être utilisée : {reason}",
        "enregistrez-la de nouveau en PNG ou en JPEG et remplacez-la",
    ),
    "I03": R(
        "l'image « {image} » n'est pas décrite",
        'ajoutez sa description : ![légende]({image}){{alt="ce que montre l\'image"}}',
    ),
    "I04": R(
        "l'image « {image} » n'est pas dans le dossier de l'association",
        "déposez-la dans images/ et écrivez ![légende](images/nom.png)",
    ),
    "B01": R(
        "des thèmes comptent plus de mots que prévu : {themes}",
        "demandez aux associations de raccourcir, ou changez « mots » dans chapters/outline.yaml ; « make budget » dit qui a écrit combien",
    ),
    "B02": R(
        "le rapport compte {count} mots pour {limit} permis ({length})",
        "« make budget » dit où sont les mots ; raccourcissez, ou choisissez une autre « longueur » dans chapters/outline.yaml",
    ),
    "C01": R(
        "ceci peut mener à une personne : {text} ({kind})",
        "retirez-le ; si c'est le contact qu'une organisation publie elle-même, l'édition le déclare dans chapters/noms-revus.yaml (contacts)",
    ),
    "C02": R(
        "nom non revu : « {text} »",
        "si ce nom désigne un enfant ou sa famille, retirez-le ; s'il est public, l'édition l'accepte par « make review-names »",
    ),
    "C03": R(
        "un témoignage donne un nom : « {text} »",
        "retirez-le, ou donnez un prénom inventé, déclaré dans l'en-tête par « pseudonymes: [Prénom] » et suivi de « (prénom modifié) »",
    ),
    "C04": R(
        "« {text} » et « {other} » dans la même phrase peuvent désigner un enfant",
        "dites une tranche d'âge (0-5, 6-10, 11-12, 13-15, 16-17 ans) et un lieu pas plus précis que le département (ou la province, le canton), sans prénom",
    ),
    "C05": R(
        "un témoignage donne un lieu plus précis que le département (ou la province, le canton) : « {text} »",
        "dites le département, la province ou la région, ou « une ville moyenne », « un foyer », sans nom",
    ),
    "C06": R(
        "ces détails réunis peuvent désigner un enfant : {other}",
        "retirez-en ou rendez-les plus vagues ; si personne ne peut être reconnu, l'édition accepte la phrase par « make review-names »",
    ),
    "C07": R(
        "un nombre inférieur à 5 dans un lieu précis peut désigner quelqu'un : « {text} »",
        "dites « moins de cinq », ou donnez le nombre pour la région ou le pays",
    ),
    "C08": R(
        "la santé d'une personne qu'un autre détail peut faire reconnaître : « {text} »",
        "retirez l'un des deux ; si personne ne peut être reconnu, l'édition accepte la phrase par « make review-names »",
    ),
    "C09": R(
        "ce témoignage ne peut pas être imprimé : {kind}",
        "retirez-le, ou complétez « temoignages » dans l'en-tête, comme dans le guide des associations ; les papiers, eux, ne s'envoient pas",
    ),
    "C10": R(
        "le témoignage {reference} n'est signé par personne",
        "la personne qui l'a relu ajoute « signe_par: … » et « signe_le: AAAA-MM-JJ »",
    ),
    "C11": R(
        "une procédure est en cours pour ce témoignage",
        "il n'est imprimé que dans l'édition confidentielle ; pour l'édition publique, retirez-le",
    ),
    "C12": R(
        "le pseudonyme « {name} » n'est pas suivi de « (prénom modifié) »",
        "c'est ici qu'on le lit pour la première fois : écrivez « {name} (prénom modifié) »",
    ),
    "C13": R(
        "cette exception ne sert plus : sa phrase a changé ou n'est plus là",
        "supprimez-la du registre ; si la phrase a changé, relisez-la par « make review-names »",
    ),
    "C14": R(
        "ce témoignage n'est lié à aucun accord : {kind}",
        "écrivez à la toute fin du témoignage, entre parenthèses, le code de son accord ; les codes de l'en-tête sont : {known}",
    ),
    "C15": R(
        "aucun témoignage ne se termine par le code ({reference})",
        "écrivez ce code à la fin de son témoignage, ou retirez cet accord de l'en-tête",
    ),
    "C16": R(
        "une date exacte peut désigner un enfant : « {text} »",
        "dites l'année ou la saison ; si la date est publique et ne mène à personne, l'édition accepte la phrase par « make review-names »",
    ),
    "T01": R(
        "l'édition anglaise : contributions sans traduction, {missing} sur {total}",
        "« make translation » prépare le fichier de chaque traduction, à donner à une traductrice ou un traducteur ; « make status » dit où l'on en est",
    ),
    "T02": R(
        "passages à traduire : {missing} sur {total}",
        "écrivez l'anglais sous le français cité, avant la ligne « ::: » ; si le français a changé, « make translation » remet d'abord le fichier à jour",
    ),
    "T03": R(
        "traduction à revoir, {kind} : « {text} »",
        "« make translation » met le nouveau français sous vos yeux ; corrigez l'anglais, puis effacez « .a-revoir » sur la ligne « ::: »",
    ),
    "T04": R(
        "cette traduction n'a plus de français et n'est imprimée nulle part : « {text} »",
        "« make translation » la garde à la fin du fichier ; effacez-la quand vous n'en avez plus besoin",
    ),
    "T05": R(
        "cette traduction n'accompagne aucune contribution",
        "elle porte le nom du texte français, « .en » en plus : participation.md, participation.en.md ; renommez-la ou rangez-la dans le bon dossier",
    ),
    "T06": R(
        "{kind} : « {text} »",
        "chaque passage va d'une ligne « ::: {{.bloc ref=…}} » à une ligne « ::: » ; remettez ces lignes comme « make translation » les a écrites, et l'anglais entre les deux",
    ),
    "T07": R(
        "cette traduction ne peut pas prendre la place de son français, qui reste imprimé : {kind} (« {text} »)",
        "gardez la forme du français : un paragraphe reste un paragraphe, une liste garde ses points, un tableau ses lignes ; les numéros du rapport en dépendent",
    ),
    "T08": R(
        "les chiffres diffèrent ; en français seulement : {french} ; en anglais seulement : {english}",
        "corrigez l'anglais ; si la différence est voulue (« quinze » devenu « 15 »), ajoutez « .verifie » sur la ligne « ::: » de ce passage",
    ),
    "T09": R(
        "{kind} ; en français seulement : {french} ; en anglais seulement : {english}",
        "reprenez-les tels que le français cité les a ; si la différence est voulue, ajoutez « .verifie » sur la ligne « ::: » de ce passage",
    ),
    "T10": R(
        "cette page n'a pas de version anglaise : {path} manque",
        "écrivez-la à côté de la page française, avec les mêmes {{{{ … }}}} et les mêmes {{% … %}}",
    ),
    "T11": R(
        "le plan n'a pas d'anglais pour {names} ({count} en tout)",
        "ajoutez « titre_en » (ou « nom_en », « sous_titre_en », « projet_en »…) sous le français, dans chapters/outline.yaml",
    ),
    "T12": R(
        "les paragraphes numérotés de cette page ({english}) ne sont pas aussi nombreux que ceux de la page française ({french}) : les numéros ne seraient plus les mêmes",
        "donnez aux deux pages les mêmes paragraphes, dans le même ordre ; ce qui n'a pas de numéro se met entre « ::: {{.intro}} » et « ::: »",
    ),
    "T13": R(
        "recommandations clés sans anglais, imprimées en français dans le résumé en anglais : {count}",
        "écrivez leur anglais dans la traduction de ce texte (« make translation » la prépare) : c'est la page que le Comité lit d'abord",
    ),
    "D01": R(
        "la réserve de « {name} » sur {on} ne porte plus sur aucun texte : elle ne serait pas imprimée",
        "montrez à l'association le texte d'aujourd'hui (« make consent »), notez de nouveau sa réponse, puis supprimez ces lignes",
    ),
    "W01": R(
        "deux versions du texte sont côte à côte, et aucune n'est choisie",
        "entre « <<<<<<< » et « ======= » est le texte d'ici, entre « ======= » et « >>>>>>> » celui qui est arrivé : gardez l'un, l'autre ou les deux, et retirez ces trois lignes",
    ),
    **intake_fr.RULES,
    **verify_fr.RULES,
    **typed_fr.RULES,
    **workshops_fr.RULES,
}
