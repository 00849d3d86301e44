"""L'accord des associations sur leurs textes, en français : à l'écran, dans la lettre, et dans le rapport."""

WORDS = {
    # dans le rapport
    "print-reservation": "Réserve de {name} :",
    "print-paragraph": "{name} ne s'associe pas à ce paragraphe.",
    "print-recommendation": "{name} ne s'associe pas à cette recommandation.",
    # le fichier
    "head": "Ce qui a été montré à chaque association, ce à quoi elle a dit oui, ses réserves. « make consent » l'écrit.",
    "head-how": "Un passage y est connu par l'empreinte de ses mots : changé, il redevient à accorder.",
    # à l'écran
    "written": "{path} écrit",
    "nobody": "aucune association n'a de passage dans le rapport",
    "no-passage": "« {name} » n'a aucun passage dans le rapport",
    "refused": "texte refusé, qui n'est dans aucune lettre : {paths} ; « make check » dit pourquoi, puis retapez « make consent »",
    "not-asked": "« {name} » n'a encore rien reçu : tapez d'abord « make consent ASSOCIATION={name} », envoyez la lettre, puis notez sa réponse",
    "who": 'dites qui a répondu pour l\'association : BY="prénom et nom"',
    "which-association": "dites de quelle association : ASSOCIATION=…",
    "bad-date": "« {typed} » n'est pas une date : écrivez-la comme 2015-02-28",
    "both": "notez l'accord (AGREE=oui) et la réserve (RESERVE=oui) en deux fois",
    "no-number": "« {typed} » n'est pas un passage de la lettre envoyée à {name} ; ses numéros sont : {known}",
    "on-what": "dites sur quoi porte la réserve : ON=R3, ON=12 …",
    "no-such": "« {typed} » n'est ni un paragraphe ni une recommandation du rapport d'aujourd'hui",
    "not-notable": "« {typed} » ne peut pas porter de note : choisissez le paragraphe voisin",
    "agreed": "accord de {name} noté pour {number} passages",
    "agreed-changed": "{number} d'entre eux ont changé depuis la lettre : cet accord ne vaut plus pour eux",
    "reserved": "réserve de {name} notée sur {on} : elle sera imprimée en note de bas de page",
    "bad-file": "{path} contient une erreur : corrigez-la d'abord (« make check » la montre) ; rien n'a été écrit",
    "standing": "{name} : {agreed} passages accordés sur {total}",
    "standing-open": "{name} : {agreed} passages accordés sur {total}, à accorder : {numbers}",
    "next": "envoyez chaque lettre ; la réponse se note par « make consent ASSOCIATION=… AGREE=oui BY=… », la réserve par RESERVE=oui ON=…",
    "status": "accords : {whole} associations sur {total} ont tout accordé",
    "status-open": "accords à recueillir : {names}",
    "status-one": "{name} ({number})",
    # la lettre
    "title": "Votre texte tel qu'il est maintenant",
    "letter-to": "{name}",
    "letter-what": "Voici vos passages tels qu'ils seront imprimés. Ce qui a été ajouté depuis votre envoi est souligné, "
    "ce qui a été supprimé est barré ; rien d'autre n'a changé.",
    "letter-unknown": "Le texte que vous avez envoyé n'est plus comparable : vos passages sont montrés sans marques de changement.",
    "letter-how": "Répondez simplement : « d'accord », « d'accord sauf § 12 », ou ce qu'il faut changer, avec le numéro du passage. "
    "Si vous ne vous associez pas à une recommandation d'une autre association, dites laquelle : une note le dira au lecteur.",
    "letter-by": "Répondez avant le {date}.",
    "letter-open": "À accorder : {numbers}.",
    "letter-done": "Vous avez déjà donné votre accord sur : {numbers}.",
    "letter-whole": "Vous avez donné votre accord sur tous vos passages.",
    "passage": "§ {number}",
    "passage-agreed": "§ {number} — accordé",
    "passage-label": "§ {number} ({label})",
    "passage-label-agreed": "§ {number} ({label}) — accordé",
    "passage-before": "§ {number}, avant le § {next}",
    "passage-before-agreed": "§ {number}, avant le § {next} — accordé",
    "gone": "Supprimé depuis votre envoi",
}
