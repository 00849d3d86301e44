"""Le formulaire des traductions, en français : ce qui y est imprimé, et ce que l'intake en dit."""

WORDS = {
    # ---- le formulaire
    "title": "Traduction du rapport",
    "subtitle": "Formulaire à remplir : le français à gauche, l'anglais à droite",
    "for": "Association : {association}",
    "on": "Thème : {theme}",
    "file": "Dossier du texte : {association}/{theme}/anglais",
    "how-1": "Écrivez l'anglais dans la case de droite, en face du français. La ligne grise s'efface quand vous tapez.",
    "how-2": "Une case peut rester vide : rendez le formulaire comme il est, la suite viendra dans un autre.",
    "how-3": "Ne changez ni le français ni la ligne grise au-dessus de lui : c'est elle qui dit où va l'anglais.",
    "how-4": "Reprenez tels quels les chiffres, les références entre crochets, par exemple [@cide1989, art. 12], et les appels "
    "de note, par exemple [^1] ; le texte des notes a ses propres cases.",
    "how-5": "Gras et italique sont gardés. Dans une recommandation, traduisez le destinataire et les sigles.",
    "how-6": "Un nom, un lieu ou un âge que le français n'a pas n'entre pas dans la traduction.",
    "how-7": "Enregistrez, et renvoyez ce fichier tel quel par courriel à la coordination, jamais en PDF.",
    "french": "Français",
    "english": "Anglais",
    "prompt": "Écrivez l'anglais ici",
    "revise": "Le français a changé depuis cette traduction. Avant : {former}",
    "other-form": "Une traduction existe déjà, d'une autre forme que le français ; elle est gardée à côté.",
    # ---- make translation
    "form-written": "formulaire de {path} : {form}.docx et .odt",
    "form-none": "{path} : aucun passage à confier, tout y est confidentiel ; pas de formulaire",
    "form-withheld": "  passages confidentiels qui n'y sont pas : {number} ; ils se traduisent dans le fichier .en.md seul",
    # ---- make intake
    "taken": "{file} : traduction reprise dans {path} ; passages traduits : {new}, changés : {changed}",
    "nothing": "{file} : formulaire de traduction sans rien de nouveau ; {path} reste comme il est",
    "waits-text": "{file} : formulaire de traduction, mais contributions/{association}/{theme}.md n'est pas dans le rapport ou a "
    "une erreur : corrigez le texte français, puis relancez make intake",
    "waits-file": "{file} : formulaire de traduction, mais {path} a une erreur de forme : make check dit laquelle ; corrigez-la, "
    "puis relancez make intake",
    "waits-notices": "{file} : formulaire de traduction avec des modifications suivies, des commentaires ou du texte caché ; "
    "acceptez-les dans Word, ou lancez make intake FILES=… ACCEPT=oui",
    "told-stale": "le français a changé depuis ce formulaire : « {text} » ; l'anglais est gardé, marqué à revoir",
    "told-aside": "l'anglais de ce passage existe déjà, et il est autre : « {text} » ; celui du fichier reste, celui du "
    "formulaire est à la fin du fichier, sous « .retire » : choisissez",
    "told-lost": "ce passage n'est plus dans le français : « {text} » ; son anglais est à la fin du fichier, sous « .retire »",
    "told-gaps": "ce passage n'est traduit qu'en partie : « {text} » ; le français y reste ailleurs, marqué à revoir",
    "told-emptied": "l'anglais de ce passage a été effacé dans le formulaire : « {text} » ; le fichier le garde",
    "told-joined": "plusieurs paragraphes dans une case n'en font qu'un : « {text} »",
    "told-french": "le français a été changé dans le formulaire, en face de l'anglais : « {text} » ; ce changement n'a pas été repris",
    "told-picture": "une image dans une case de traduction n'est pas reprise : « {text} »",
    "told-beside": "ces mots ne sont dans aucune case d'anglais et n'ont pas été repris : {words}",
    "told-confidential": "ce passage est devenu confidentiel : « {text} » ; son anglais ne sera imprimé que dans cette édition",
    "unread": "ces mots de l'anglais ne se relisent pas dans le fichier : {words}",
    "next": "make check dit ce que les règles en pensent ; make intake UNDO={path} revient en arrière",
    # ---- l'accusé de réception
    "subject": "Votre traduction",
    "hello": "Bonjour,",
    "thanks": "Nous avons reçu votre traduction : {association}, « {theme} ».",
    "thanks-nothing": "Nous avons reçu votre formulaire : {association}, « {theme} ». Aucune case n'y est nouvelle.",
    "counts": "Passages",
    "count-done": "Passages qui ont leur anglais : {done} sur {total} ; à revoir : {revise}.",
    "count-new": "De ce formulaire, passages traduits : {new} ; changés : {changed}.",
    "told": "À savoir",
    "signature": "La coordination",
}
