"""The pages for meetings, in French."""

WORDS = {
    "from": "{name}",
    "what": "Fiche pour un rendez-vous, tirée du rapport alternatif du {date}",
    "working": "Document de travail : des textes dont elle est tirée attendent encore leur version définitive.",
    "demands": "Ce que nous demandons",
    "more-one": "Une autre recommandation vous est adressée dans le rapport : {others}.",
    "more": "{number} autres recommandations vous sont adressées dans le rapport : {others}.",
    "facts": "Des faits et leurs sources",
    "practices": "Ce qui marche déjà",
    "source": "{source} – paragraphe {number}",
    "where": "paragraphe {number}",
    "contact": "Contact : {contact}",
    "file": "{path} : une page",
    "nothing": "aucune recommandation n'est adressée à : {name}",
    "none": "le plan ne nomme aucun destinataire : ajoutez « destinataires » dans chapters/outline.yaml",
    "too-long": "la fiche de « {name} » ne tient pas sur une page, même avec une seule recommandation : raccourcissez-la",
    "unknown": "personne ne s'appelle « {typed} » parmi les destinataires du plan : {known}",
    "near": '« {typed} » n\'est pas un destinataire du plan ; vouliez-vous dire « {name} » ? Tapez : make briefs ADDRESSEE="{name}"',
    "not-laid-out": "les fiches se font d'après le rapport : corrigez d'abord ce qui est dit ci-dessus",
}
