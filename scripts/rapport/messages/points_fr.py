"""The annex of earlier documents, its hints and its list, in French."""

WORDS = {
    "point": "Point",
    "says": "Ce qu’il dit",
    "answers": "Paragraphes de ce rapport",
    "unanswered": "non traité",
    "hint": "{label}\u00a0: {about}",
    "colon": "\u00a0: ",
    "quoted": "«\u00a0{words}\u00a0»",
    "after": " (cité d’après {source})",
}
