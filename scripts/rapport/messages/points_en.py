"""The annex of earlier documents, its hints and its list, in English."""

WORDS = {
    "point": "Point",
    "says": "What it says",
    "answers": "Paragraphs of this report",
    "unanswered": "not addressed",
    "hint": "{label}: {about}",
    "colon": ": ",
    "quoted": "“{words}”",
    "after": " (as quoted by {source})",
}
