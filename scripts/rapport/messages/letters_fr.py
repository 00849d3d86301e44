"""Les lettres aux associations, en français : leurs phrases, et les règles redites pour qui n'a que Word."""

from rapport.messages import RuleText as R

# Une association n'a ni le projet, ni la bibliographie, ni le plan : ce qu'elle peut faire est autre chose.
RULES = {
    "F01": R(
        "les lettres accentuées de votre fichier étaient écrites à l'ancienne", "rien à faire : nous l'avons converti"
    ),
    "F02": R(
        "nous n'avons pas pu ouvrir ce fichier : {reason}",
        "renvoyez-nous votre texte, en Word ou en texte simple, par un nouveau message",
    ),
    "F03": R("ce fichier est arrivé, mais n'a pas encore été repris", "rien à faire : le secrétariat s'en occupe"),
    "F12": R("ce fichier est arrivé, mais n'a pas encore été repris", "rien à faire : le secrétariat s'en occupe"),
    "F13": R("nous avons deux copies de ce fichier", "rien à faire : le secrétariat les compare"),
    "F14": R(
        "notre programme ne parvient pas à mettre ce texte en page",
        "renvoyez-le sans ce qui sort de l'ordinaire (suites de signes ou d'espaces, adresses très longues, grands tableaux), ou demandez-nous : nous chercherons ensemble",
    ),
    "F04": R("nous avons deux fichiers de vous pour ce thème", "dites-nous lequel fait foi ; nous retirerons l'autre"),
    "F05": R("ce fichier est vide", "renvoyez-nous votre texte"),
    "F06": R(
        "ce texte n'a pas pu être lu : {reason}",
        "cherchez à cet endroit une longue suite de crochets, de guillemets ou de parenthèses, et retirez-la ; ou envoyez-nous le fichier Word",
    ),
    "P01": R(
        "nous ne savons pas pour quel thème est ce texte",
        "dites-nous à quel thème du plan il répond, ou proposez-en un nouveau par son titre",
        "dites-nous s'il répond bien au thème « {nearest} », ou auquel",
    ),
    "P02": R(
        "vous proposez un nouveau thème, « {title} »",
        "rien à faire : le Collectif en décidera ; votre texte est imprimé à part d'ici là",
    ),
    "R01": R(
        "nous ne connaissons pas la référence « {key} »",
        "envoyez-nous l'ouvrage en entier : auteur, titre, éditeur, date, page",
        "est-ce « {nearest} » ? sinon, envoyez-nous l'ouvrage en entier : auteur, titre, éditeur, date, page",
    ),
    "S10": R(
        "un passage mis à part s'ouvre ici et ne se ferme pas",
        "dites-nous où il commence et où il finit, et s'il est confidentiel",
    ),
    "S11": R(
        "la marque « {mark} » n'est pas comprise",
        "si ce passage est confidentiel, dites-nous où il commence et où il finit",
        "si ce passage est confidentiel, dites-nous où il commence et où il finit",
    ),
    "C01": R(
        "ceci peut mener à une personne ({kind})",
        "retirez-le ; si c'est le contact que votre association publie elle-même, dites-le-nous",
    ),
    "I01": R("l'image « {image} » n'était pas dans votre envoi", "joignez-la à votre réponse"),
    "I02": R(
        "l'image « {image} » ne peut pas être utilisée : {reason}",
        "enregistrez-la de nouveau en PNG ou en JPEG et renvoyez-la",
    ),
    "I03": R(
        "l'image « {image} » n'est pas décrite",
        "écrivez en une phrase ce qu'elle montre, pour qui ne la voit pas",
    ),
    "I04": R("l'image « {image} » n'était pas dans votre envoi", "joignez-la à votre réponse"),
}

WORDS = {
    "collective": "Collectif « {name} »",
    "to": "À : {name}",
    "subject": "Objet : vos textes pour le rapport au {committee} ({draft})",
    "subject-lead": "Objet : votre texte attendu pour le rapport au {committee} ({draft})",
    "hello": "Bonjour,",
    "thanks-one": "Merci pour votre texte. Voici ce que nous en avons fait, et ce qui reste à faire avant le {date}.",
    "thanks-many": "Merci pour vos {number} textes. Voici ce que nous en avons fait, et ce qui reste à faire avant le {date}.",
    "fine-one": "Merci pour votre texte. Nous l'avons bien reçu et tout est en ordre.",
    "fine-many": "Merci pour vos {number} textes. Nous les avons bien reçus et tout est en ordre.",
    "wait-one": "Merci pour votre texte. Nous l'avons bien reçu, et vous n'avez rien à faire pour le moment.",
    "wait-many": "Merci pour vos {number} textes. Nous les avons bien reçus, et vous n'avez rien à faire pour le moment.",
    "received": "Ce que nous avons reçu",
    "state-accepted": "accepté",
    "state-refused": "à corriger",
    "state-unread": "reçu, le secrétariat le reprend",
    "state-ours": "reçu, une question de notre côté",
    "entry": "{theme} : {state}",
    "dated": "fichier {file}, « {title} », daté du {date}",
    "undated": "fichier {file}",
    "to-change": "Ce qu'il faut changer",
    "to-look-at": "Ce que nous vous demandons de regarder",
    "done": "Ce que nous avons réparé nous-mêmes",
    "in-file": "{theme} (fichier {file})",
    "where": "{section}, ligne {line} :",
    "where-line": "Ligne {line} :",
    "section": "Sous « {title} »",
    "whole": "Dans tout le fichier :",
    "hint": "Que faire : {hint}.",
    "also-one": "De même à la ligne {lines}.",
    "also-many": "De même aux lignes {lines}.",
    "again": "De même, ligne {line} : {what}",
    "again-whole": "De même : {what}",
    "again-quote": " (« {quote} »)",
    "more": "… et {number} autres de la même sorte.",
    "ours": "Le secrétariat règle le reste de son côté ({number} point) et vous écrira s'il a besoin de vous.",
    "ours-many": "Le secrétariat règle le reste de son côté ({number} points) et vous écrira s'il a besoin de vous.",
    "missing": "Ce que nous attendons encore de vous",
    "missing-theme": "{theme} : vous êtes chef de file, nous n'avons pas encore de texte de vous",
    "lead": "Le plan du rapport vous donne comme chef de file de ce qui suit, et nous n'avons encore rien reçu de vous :",
    "lead-ask": "Pouvez-vous nous envoyer votre texte avant le {date} ? Quelques pages en Word suffisent : ce que vous constatez, "
    "ce que dit la Convention, ce que vous recommandez et à qui. Si ce n'est pas possible, dites-le-nous : nous chercherons avec vous.",
    "how-title": "Quand et comment répondre",
    "how": "Corrigez les passages cités dans votre propre fichier : dans Word, Ctrl+F retrouve les mots entre guillemets. "
    "Renvoyez-le avant le {date}, ou répondez simplement à cette lettre, point par point : nous ferons le reste.",
    "commented": "Nous joignons votre propre fichier, tel que vous l'avez envoyé : chaque remarque y est un commentaire, posé à sa place. "
    "Corrigez-y directement, sans suivi des modifications, et renvoyez-le ; nos commentaires peuvent y rester.",
    "commented-file": "{file} (commentaires : {number})",
    "commented-corrected": "Depuis votre envoi, nous avons corrigé ce texte de notre côté : vos changements et les nôtres seront réunis.",
    "comment-author": "Collectif",
    "comment-heading": "Dans cette rubrique :",
    "comment-start": "Sur l'ensemble du texte :",
    "comment-quote": "« {quote} »",
    "comment-what": "{what}.",
    "comment-corrected": "Depuis votre envoi, nous avons corrigé ce texte de notre côté ; ces corrections ne sont pas dans ce fichier. "
    "Ne changez que ce qui est commenté, ou ce que vous voulez : vos changements et les nôtres seront réunis.",
    "how-children": "Si un passage concerne un enfant, n'envoyez ni nom, ni date de naissance, ni lieu précis.",
    "bye": "Merci pour votre travail, et à bientôt.",
    "signature": "Le secrétariat du Collectif",
    "masked": "[…]",
    "file": "{path} écrit",
    "removed": "{path} retiré : il n'a plus lieu d'être",
    "no-original": "{file} n'est pas sur cette machine : pas de fichier commenté (remettez-le dans contributions/inbox/, puis recommencez)",
    "none": "aucune lettre à écrire : rien n'a été reçu et le plan ne nomme aucun chef de file",
    "unknown": "pas de lettre pour contributions/{folder}/ : ce n'est pas le dossier d'une association du Collectif",
}
