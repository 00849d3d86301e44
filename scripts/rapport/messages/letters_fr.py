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
    "F17": R("un de vos fichiers porte le nom d'une copie", "rien à faire : le secrétariat le range"),
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
    "E04": R("il manque à votre texte : {key}", "dites-le-nous en réponse ({wanted})"),
    "E05": R("« {value} » ne convient pas pour « {key} »", "il faut : {wanted}", "vouliez-vous dire « {nearest} » ?"),
    "S01": R(
        "« {title} » n'est pas une rubrique de ce thème",
        "dites-nous sous laquelle ranger ce passage : {known}",
        "est-ce la rubrique « {nearest} » ?",
    ),
    "S02": R(
        "la rubrique « {title} » manque",
        "ajoutez ce titre et le texte qui va dessous, ou dites-nous quel passage y ranger",
    ),
    "S03": R(
        "la rubrique « {title} » est vide",
        "écrivez le texte qui va dessous, ou dites-nous que vous n'avez rien à y mettre",
    ),
    "S04": R(
        "ce texte n'est sous aucune rubrique", "dites-nous sous laquelle le ranger : constat, analyse, recommandations…"
    ),
    "S06": R(
        "ceci ressemble à une recommandation, écrite comme une phrase ordinaire",
        "faites-en un point d'une liste à puces, une demande par point",
    ),
    "S07": R(
        "ces mots ne seraient imprimés nulle part : « {text} »", "récrivez la phrase sans les signes qui l'entourent"
    ),
    "S08": R(
        "« {text} » a l'air d'un reste de page web ou de programme", "retirez-le, ou dites-nous ce qu'il faut lire"
    ),
    "S09": R(
        "l'intertitre « {title} » {kind}",
        "donnez-lui le style « Titre » qui convient, ou dites-nous sous quelle rubrique il va",
    ),
    "S12": R(
        "cette recommandation ne dit pas à qui elle s'adresse",
        "commencez-la par le destinataire : « Au ministère de la Justice : … »",
    ),
    "S13": R(
        "cette recommandation ne dit pas sur quel article elle s'appuie",
        "ajoutez l'article entre parenthèses, « (CIDE 39) », ou dites-nous lequel",
    ),
    "S17": R("« {figure} » : d'où vient ce chiffre ?", "dites dans une note, ou en réponse, qui a compté, quand et où"),
    "S19": R(
        "« {text} » ne cache rien : ce passage serait imprimé",
        "dites-nous où commence et où finit ce qui est confidentiel",
    ),
    "S22": R(
        "le sigle « {acronym} » n'est expliqué nulle part",
        "écrivez son nom en entier la première fois : « nom entier ({acronym}) »",
    ),
    "S23": R(
        "« {addressee} » ne nous est pas connu comme destinataire", "dites-nous son nom exact", "est-ce « {nearest} » ?"
    ),
    "S25": R(
        "« {text} » est une puce tapée à la main : ces lignes seraient imprimées comme une seule phrase",
        "sélectionnez ces lignes et cliquez sur le bouton « Puces »",
    ),
    "S26": R(
        "ceci ressemble à un tableau, mais serait imprimé comme une phrase",
        "dans Word, faites-en un tableau (menu Insertion)",
    ),
    "S35": R(
        "un chiffre est collé au mot « {text} » : est-ce un appel de note ?",
        "envoyez-nous le texte de la note, ou dites-nous d'effacer le chiffre",
    ),
    "S34": R(
        "dans l'édition publique, rien ne dirait que « {text} » est votre association",
        "écrivez « {name} » à la place, au moins une fois dans la rubrique, ou tournez la phrase autrement",
    ),
    "S28": R("ce tableau n'a pas de légende", "écrivez dessous, en une phrase, ce qu'il montre, où et quand"),
    "R02": R("cet appel de note ne mène à aucune note", "dites-nous ce que dit la note, ou retirez l'appel"),
    "R03": R(
        "cette note n'est appelée nulle part dans le texte : elle ne serait pas imprimée",
        "dites-nous après quels mots elle se place",
    ),
    "R05": R("« {text} » peut être compris de plusieurs façons", "dites-nous ce que vous voulez désigner"),
    "R06": R("le renvoi « {link} » ne mène à aucun endroit", "dites-nous à quel passage il renvoie, ou retirez-le"),
    "R07": R(
        "le lien « {link} » ne mène ni à une page du web, ni à une adresse, ni à un endroit du texte",
        "donnez-nous l'adresse entière, ou retirez-le",
    ),
    "R09": R(
        "cette référence n'est pas lisible", "envoyez-nous l'ouvrage en entier : auteur, titre, éditeur, date, page"
    ),
    "R10": R(
        "le document cité date de {date}, après la limite du rapport ({limit})",
        "citez un document plus ancien, ou dites-nous sa vraie date",
    ),
    "R14": R(
        "il manque à un ouvrage que vous citez : {wanted}",
        "envoyez-nous l'ouvrage en entier : auteur, titre, éditeur, date, page",
    ),
    "R17": R("le renvoi « {link} » ne mène nulle part", "dites-nous à quel passage il renvoie"),
    "R18": R(
        "un renvoi mène à un passage confidentiel, que l'édition publique n'imprime pas",
        "dites en mots ce que vous voulez désigner, ou retirez le renvoi",
    ),
    "R20": R(
        "un document des Nations Unies est cité à la page : « {page} »",
        "citez-le par son paragraphe : ses pages changent d'une langue à l'autre",
    ),
    "R21": R(
        "« {text} » désigne une référence ou un passage par sa place : dans le rapport, une autre association écrit peut-être juste avant",
        "redonnez l'auteur, le titre et la date, ou dites-nous à quel passage il renvoie",
    ),
    "R22": R(
        "« {text} » est un numéro tapé à la main : il ne sera pas celui du rapport",
        "dites-nous à quel tableau ou paragraphe il renvoie",
    ),
    "R23": R(
        "le lecteur voit l'adresse « {text} », mais le lien mène à « {link} »", "dites-nous laquelle est la bonne"
    ),
    "R26": R(
        "le renvoi « {link} » mène à un thème qui n'est plus dans le rapport",
        "dites-nous s'il faut le retirer, ou à quel autre passage il renvoie",
    ),
    "R24": R("« {name} » serait imprimé comme le nom d'une personne", "dites-nous si c'est une institution"),
    "C03": R(
        "un témoignage donne un nom : « {text} »",
        "retirez-le, ou donnez un prénom inventé suivi de « (prénom modifié) », et dites-nous que vous l'avez inventé",
    ),
    "C09": R(
        "ce témoignage ne peut pas être imprimé sans l'accord qui le permet",
        "remplissez le tableau des accords du formulaire, ou retirez le témoignage ; les papiers, eux, ne s'envoient pas",
    ),
    "C10": R("le témoignage {reference} n'est signé par personne", "dites-nous qui l'a relu, et quel jour"),
    "C14": R(
        "ce témoignage n'est lié à aucun accord",
        "écrivez à la toute fin du témoignage, entre parenthèses, le code de son accord : {known}",
    ),
    "C15": R(
        "aucun témoignage ne se termine par le code ({reference})",
        "écrivez ce code à la fin de son témoignage, ou dites-nous que l'accord n'a plus d'objet",
    ),
}

WORDS = {
    "collective": "Collectif « {name} »",
    "to": "À : {name}",
    "subject": "Objet : vos textes pour le rapport au {committee} ({draft})",
    "subject-lead": "Objet : votre texte attendu pour le rapport au {committee} ({draft})",
    "subject-invite": "Objet : le rapport au {committee} ({draft}), et vos constats",
    "hello": "Bonjour,",
    "by": "avant le {date}",
    "by-soon": "dès que vous le pourrez",
    "thanks-one": "Merci pour votre texte. Voici ce que nous en avons fait, et ce qui reste à faire {by}.",
    "thanks-many": "Merci pour vos {number} textes. Voici ce que nous en avons fait, et ce qui reste à faire {by}.",
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
    "dated": "« {title} », daté du {date}",
    "undated": "fichier {file}",
    "to-change": "Ce qu'il faut changer",
    "to-look-at": "Ce que nous vous demandons de regarder",
    "done": "Ce que nous avons réparé nous-mêmes",
    "in-file": "{theme} (fichier {file})",
    "where": "{section} :",
    "top": "Au début de votre texte :",
    "section": "Sous « {title} »",
    "whole": "Pour le texte entier :",
    "hint": "Que faire : {hint}.",
    "also": "De même : « {quote} »",
    "again": "De même : {what}",
    "again-quote": " (« {quote} »)",
    "more": "… et {number} autres de la même sorte.",
    "ours": "Le secrétariat règle le reste de son côté ({number} point) et vous écrira s'il a besoin de vous.",
    "ours-many": "Le secrétariat règle le reste de son côté ({number} points) et vous écrira s'il a besoin de vous.",
    "left": "Pour que cette lettre tienne sur une page, elle s'arrête aux points les plus importants ; nous vous dirons les autres ensuite ({number}).",
    "left-commented": "Pour que cette lettre tienne sur une page, elle s'arrête aux points les plus importants ; les autres ({number}) sont en commentaires dans votre fichier.",
    "missing": "Ce que nous attendons encore de vous",
    "missing-theme": "{theme} : vous êtes chef de file, nous n'avons pas encore de texte de vous",
    "working-theme": "{theme} : un document de travail tient la place de votre texte ; envoyez-nous le vôtre, ou dites-nous que celui-ci vous convient",
    "working": "Dans le projet de rapport, un document de travail tient pour l'instant la place de votre texte sur ce qui suit. Il n'est pas de vous, et il n'ira pas dans l'édition publique sans votre accord :",
    "working-ask": "Envoyez-nous votre propre texte {by}, en Word : il prendra sa place. Si le document de travail vous convient tel quel, dites-le-nous simplement.",
    "invite": "Le rapport se prépare, et nous n'avons encore rien reçu de vous. Si votre association connaît l'un des sujets du plan, vos constats y ont leur place ; un sujet qui n'y est pas peut être proposé.",
    "invite-ask": "Quelques pages en Word suffisent, {by} : ce que vous constatez, ce que le droit en dit, ce que vous recommandez et à qui. Nous pouvons vous envoyer un formulaire. Si vous n'écrivez pas cette fois, dites-le-nous simplement.",
    "about-words": "{theme} (environ {share} mots)",
    "length-alone": "{theme} : votre texte a {words} mots, et le plan en prévoit {planned}. Pouvez-vous en retirer environ {more}, ou nous dire ce qui compte le plus ?",
    "length": "La longueur",
    "length-theme": "{theme} : vos textes ont {words} mots. Le plan en prévoit {planned} pour ce sujet et {number} associations y écrivent : à parts égales, cela ferait {share} mots chacune. Pouvez-vous en retirer environ {more}, ou nous dire ce qui compte le plus ?",
    "length-report": "Le rapport entier dépasse sa limite, {planned} mots. Vos textes en ont {words} ; associations qui écrivent : {number} ; à parts égales, cela ferait {share} mots chacune. Pouvez-vous en retirer environ {more}, ou nous dire ce qui compte le plus ?",
    "lead": "Le plan du rapport vous donne comme chef de file de ce qui suit, et nous n'avons encore rien reçu de vous :",
    "lead-ask": "Pouvez-vous nous envoyer votre texte {by} ? Quelques pages en Word suffisent : ce que vous constatez, "
    "ce que le droit en dit, ce que vous recommandez et à qui. Si ce n'est pas possible, dites-le-nous : nous chercherons avec vous.",
    "how-title": "Quand et comment répondre",
    "how": "Corrigez les passages cités dans votre propre fichier : dans Word, Ctrl+F retrouve les mots entre guillemets. "
    "Renvoyez-le {by}, ou répondez simplement à cette lettre, point par point : nous ferons le reste.",
    "commented-as-sent": ", tel que vous l'avez envoyé",
    "commented-masked": ", où « […] » tient la place de mots qui pourraient désigner quelqu'un",
    "commented": "Nous joignons votre propre fichier{state} ; nos remarques y sont en commentaires. "
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
