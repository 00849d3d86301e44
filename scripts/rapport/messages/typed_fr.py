"""Ce que disent les règles de ce qui a été tapé à la main, et des entrées de bibliographie."""

from rapport.messages import RuleText as R

RULES = {
    "S25": R(
        "« {text} » est une puce tapée à la main : ces lignes seraient imprimées comme une seule phrase",
        "commencez chaque point par « - » et une espace, sur une ligne à lui ; dans Word ou LibreOffice, par le bouton « Puces »",
    ),
    "S26": R(
        "ceci ressemble à un tableau, mais serait imprimé comme une phrase : {kind}",
        "écrivez une ligne vide, la ligne des titres « | Année | Nombre | », puis « |---|---| », puis les lignes ; dans Word ou LibreOffice, insérez un tableau",
    ),
    "S27": R(
        "« {text} » est une marque de travail, et serait imprimée",
        "écrivez ce qui manque, ou retirez la marque et ce qu'elle annonce",
    ),
    "S28": R(
        "ce tableau n'a pas de légende",
        "écrivez sous le tableau, après une ligne vide, « : Ce que montre le tableau, où et quand » ; il aura son numéro",
    ),
    "S29": R(
        "ce guillemet « {text} » est seul, ou n'en est pas un : rien ne dit où la citation commence ou finit",
        "mettez « devant les mots cités et » derrière, ou retirez-le",
    ),
    "S30": R(
        "le numéro {text} de cette liste serait imprimé {printed} : une liste compte de un en un",
        "corrigez les numéros ; si c'est un numéro à garder (d'un article, d'une mesure), commencez la ligne par « - »",
    ),
    "S34": R(
        "« {text} » ne dit pas qui parle : une édition du rapport ne nomme pas les auteurs des textes",
        "écrivez « {name} » à la place, au moins une fois dans la rubrique, ou tournez la phrase autrement",
    ),
    "S35": R(
        "un chiffre est collé au mot : « {text} » ; est-ce un appel de note, perdu en copiant d'un PDF ou d'une page web ?",
        "écrivez « {call} » à la place et, sous le paragraphe, la note : « {note} son texte » ; si le chiffre n'est rien, effacez-le",
    ),
    "R21": R(
        "« {text} » désigne une référence ou un passage par sa place : dans le rapport, une autre association écrit peut-être juste avant",
        "citez le document lui-même, [@cle, p. 4], ou redonnez dans la note son auteur, son titre et sa date ; pour un passage, nommez-le, « []{{#nom}} », et écrivez « [](#nom) »",
    ),
    "R22": R(
        "« {text} » est un numéro tapé à la main : il ne sera pas celui du rapport",
        "nommez l'endroit, « {{#nom}} » à la fin de la légende ou « []{{#nom}} » au début du paragraphe, et écrivez « [](#nom) » ; s'il s'agit d'un autre document, citez-le, [@cle, p. 12]",
    ),
    "R24": R(
        "« {name} » serait imprimé comme le nom d'une personne, coupé en prénom et nom",
        "si c'est une institution, mettez son nom entre deux accolades, « {{{{{name}}}}} » ; plusieurs se séparent par « and », chacune dans les siennes ; deux personnes : « Nom, Prénom and Nom, Prénom » ; une seule, de nom composé : « {{Nom Nom}}, Prénom »",
    ),
    "R25": R(
        "l'entrée « @{key} » a une erreur, dite à part : le texte attend qu'elle soit corrigée",
        "corrigez l'entrée dans {path} ; en attendant, le rapport est fait sans ce texte",
    ),
}
