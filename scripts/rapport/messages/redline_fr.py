"""La comparaison de deux états du rapport, en français."""

WORDS = {
    "author": "Collectif",
    "now": "textes actuels",
    "now-slug": "actuel",
    "draft": "projet n° {number}",
    "header": "Comparaison : {old} → {new}. Ce qui est ajouté est souligné, ce qui est supprimé est barré.",
    "written": "{path} écrit",
    "no-draft": "aucun projet n'est figé : « make draft » en fige un ; sinon dites quoi comparer, « make redline FROM=… TO=… »",
    "unknown-draft": "le projet n° {typed} n'est pas figé ; le sont : {known}",
    "unknown-state": "« {typed} » n'est ni un projet figé ({known}) ni une révision de git connue ici",
    "not-laid-out": "le rapport ne peut pas être mis en page tel qu'il était ({name}) ; « make check » dit pourquoi pour les textes actuels",
    "digest-title": "Ce qui a changé dans vos passages : {old} → {new}",
    "digest-none": "Rien n'a changé dans vos passages.",
    "digest-key": "[-mots supprimés-] {+mots ajoutés+} ; les numéros sont ceux du second état.",
    "changed": "Paragraphe {where}, modifié :",
    "added": "Paragraphe {where}, ajouté :",
    "moved": "Paragraphe {where}, déplacé :",
    "removed": "Paragraphe {where}, supprimé :",
}
