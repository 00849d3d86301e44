"""Ce que dit la vérification des fichiers finis."""

from rapport.messages import RuleText as R

AGAIN = (
    "rien n'a été remplacé dans build/ : tapez « make clean », puis « make » ; si cela recommence, c'est une erreur du "
    "programme, envoyez ce message à qui s'en occupe"
)
LOOK = "les fichiers d'avant sont gardés ; ne diffusez pas celui-ci, et envoyez ce message à qui s'occupe du programme"

RULES = {
    "V01": R("« {output} » ne peut pas être relu ({reason})", AGAIN),
    "V02": R("dans {output}, il manque « {words} » (après « {near} »)", AGAIN),
    "V03": R("dans {output}, « {words} » est imprimé deux fois (après « {near} »)", AGAIN),
    "V04": R("dans {output}, « {words} » n'est pas à sa place (attendu après « {near} »)", AGAIN),
    "V05": R("dans {output}, « {words} » est devenu « {found} » (après « {near} »)", AGAIN),
    "V06": R("dans {output}, le nom « {words} » manque ou n'est pas le bon ({found}, après « {near} »)", AGAIN),
    "V07": R("dans {output}, le numéro « {words} » n'est pas le bon ({found}, après « {near} »)", AGAIN),
    "V08": R(
        "dans {output}, une note ou son appel n'est pas comme il faut : « {words} » ({found}, après « {near} »)", AGAIN
    ),
    "V09": R(
        "dans {output}, une case de tableau n'est pas comme il faut : « {words} » ({found}, après « {near} »)", AGAIN
    ),
    "V10": R("dans {output}, une légende n'est pas comme il faut : « {words} » ({found}, après « {near} »)", AGAIN),
    "V11": R(
        "dans {output}, une image n'a pas les mots qui la remplacent : « {words} » ({found}, après « {near} »)", AGAIN
    ),
    "V12": R("dans {output}, personne n'a écrit « {words} » (après « {near} »)", AGAIN),
    "V13": R("{output} contient ce que cette édition ne doit pas montrer : « {words} »", LOOK),
    "V14": R("{output} contient {what} : « {words} »", LOOK),
    "V15": R("{output} en dit trop sur lui-même ({place}) : « {value} »", LOOK),
    "V16": R("dans {output}, il reste une marque « {found} » dans « {words} »", AGAIN),
    "V17": R("dans {output}, une image n'est pas celle qui a été envoyée : « {words} » (image {found})", AGAIN),
    "V18": R("dans {output}, la table des matières ne dit pas vrai : « {words} » ({found})", AGAIN),
    "V19": R(
        "dans {output} ({place}), ceci pourrait désigner quelqu'un et personne ne l'a encore regardé : « {text} », dans « {words} »",
        "retirez-le du texte ; si c'est un nom public, ajoutez-le aux « noms » de chapters/noms-revus.yaml",
    ),
    "V20": R(
        "dans {output}, le graphique « {chart} » ne dit pas les nombres de son tableau : « {words} » ({found})",
        "tapez « make figures », qui le dessine de nouveau, puis « make » ; ne corrigez à la main ni chapters/graphiques/ ni la page des chiffres",
    ),
}

PHRASES = {
    "family-V": "V : la vérification des fichiers finis",
    "output-document": "la mise en page",
    "what-hidden": "un texte qu'on ne voit pas",
    "what-deleted": "un texte supprimé mais encore là",
    "what-inserted": "une correction non acceptée",
    "what-comment": "une remarque",
    "what-active": "ce qui pourrait s'exécuter ou s'ouvrir tout seul",
    "what-part": "un fichier de trop",
    "what-look": "une mise en forme qui cache ou change ce qui est écrit",
    "what-outside": "des mots hors de la page",
    "what-covered": "des mots recouverts",
    "what-link": "un lien qui ne mène pas où il le dit",
    "what-heading": "un titre qui n'est pas à son niveau",
    "what-header": "une case d'en-tête de tableau qui n'en est plus une, ou l'inverse",
    "what-struck": "des mots barrés autrement qu'ils ne l'ont été",
    "what-slanted": "des mots en italique qui ne devraient pas l'être, ou l'inverse",
    "what-strong": "des mots en gras qui ne devraient pas l'être, ou l'inverse",
    "what-raised": "des mots en exposant qui ne devraient pas l'être, ou l'inverse",
    "what-lowered": "des mots en indice qui ne devraient pas l'être, ou l'inverse",
    "what-bookmark": "un signet qui ne dit pas son titre, ou n'y mène pas",
    "verified": "vérifié : {sentences}, {notes}, {cells}, {pictures} et {numbers} : le DOCX, le PDF et le HTML disent, lettre par lettre, les textes acceptés tels que le programme les a lus",
    "verified-unproved": "relu, mais une comparaison n'est pas allée jusqu'au bout : rien n'est dit des fichiers ; « make verify » les relit tous",
    "verified-sentences-one": "{number} phrase",
    "verified-sentences-many": "{number} phrases",
    "verified-notes-one": "{number} note",
    "verified-notes-many": "{number} notes",
    "verified-cells-one": "{number} case de tableau",
    "verified-cells-many": "{number} cases de tableau",
    "verified-pictures-one": "{number} image",
    "verified-pictures-many": "{number} images",
    "verified-numbers-one": "{number} numéro",
    "verified-numbers-many": "{number} numéros",
    "verified-words-one": "{number} mot",
    "verified-words-many": "{number} mots",
    "verified-recounted": " ; de ce que les textes de contributions/ donnent à imprimer sous leur en-tête, aucun mot ne manque ({words}, compte fait à part)",
    "unprotected": "rien n'a été remplacé dans build/ : cette édition attend que ce qui précède soit retiré ou relu",
    "verified-not": "la vérification a échoué : build/ garde les fichiers d'avant, et ceux-ci ne doivent pas circuler",
    "watch-unproved": "{time}  {what} : la vérification a échoué ; refaits et vérifiés : {outputs} ; les autres fichiers de build/ sont ceux d'avant",
    "verified-nothing": "il n'y a encore rien à vérifier dans build/ : tapez « make »",
    "verify-old": "{path} n'a pas été fait avec les textes et le programme d'aujourd'hui : tapez « {command} », qui le refait et le vérifie",
    "verb-verify": "relit les fichiers de build/ et les compare à ce que les associations ont écrit",
    "progress-verify": "vérification",
}
