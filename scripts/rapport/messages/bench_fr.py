"""What the measures of developers say, in French."""

WORDS = {
    "names": "protection, {file}, {total} phrases : précision {precision}, rappel {recall}, rappel des phrases avec un nom ou un numéro {identified}",
    "names-missed": "  non trouvées : {names}",
    "names-vain": "  trouvées en trop : {names}",
    "names-unread": '« {file} » n\'est pas un fichier de phrases étiquetées : une ligne par phrase, {{"id": …, "text": …, "label": 0 ou 1}}',
    "intro": "du texte d'essai, par la voie naïve (tout coller, puis pandoc et typst) et par la nôtre, à tour de rôle",
    "size": "taille",
    "words": "mots",
    "naive": "naïve s",
    "beside": "à deux",
    "machine": "machine : {system} {machine}, processeurs : {processors}, Python {python}, charge avant de commencer : {load}",
    "timeline": "les étapes d'une compilation complète de {size} contributions (« --timings ») :",
    "full": "complète",
    "edited": "rebâtie",
    "unchanged": "inchangée",
    "watch": "PDF sous watch",
    "memory": "mémoire",
    "met": "{ratio} ≤ {target}",
    "missed": "{ratio} > {target} manqué",
    "check": "vérifier {size} contributions : {cold} s de processeur la première fois, {again} s si rien n'a changé, {edited} s après une correction",
    "legend": "« naïve s » : secondes de la voie naïve, un programme après l'autre ; « à deux » : le DOCX à côté du PDF ; ensuite chaque nombre est une part du temps (ou de la mémoire du plus gros processus) de la voie naïve ; à droite, la part visée",
}
