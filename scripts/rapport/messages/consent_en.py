"""The agreement of associations to their texts, in English: on the screen, in the letter, and in the report."""

WORDS = {
    # in the report
    "print-reservation": "Reservation by {name}:",
    "print-paragraph": "{name} does not associate itself with this paragraph.",
    "print-recommendation": "{name} does not associate itself with this recommendation.",
    # the file
    "head": "What each association was shown, what it agreed to, its reservations. “make consent” writes this.",
    "head-how": "A passage is known by the imprint of its words: changed, it has to be agreed to again.",
    # on the screen
    "written": "{path} written",
    "nobody": "no association has a passage in the report",
    "no-passage": "“{name}” has no passage in the report",
    "refused": "text refused, which is in no letter: {paths}; “make check” says why, then type “make consent” again",
    "not-asked": "“{name}” was shown nothing yet: type “make consent ASSOCIATION={name}” first, send the letter, then record the answer",
    "who": 'say who answered for the association: BY="first and last name"',
    "which-association": "say which association: ASSOCIATION=…",
    "bad-date": "“{typed}” is no date: write it like 2015-02-28",
    "both": "record the agreement (AGREE=oui) and the reservation (RESERVE=oui) one after the other",
    "no-number": "“{typed}” is no passage of the letter sent to {name}; its numbers are: {known}",
    "on-what": "say what the reservation is on: ON=R3, ON=12 …",
    "no-such": "“{typed}” is neither a paragraph nor a recommendation of today's report",
    "not-notable": "“{typed}” cannot carry a note: choose the paragraph beside it",
    "agreed": "agreement of {name} recorded for {number} passages",
    "agreed-changed": "{number} of them have changed since the letter: this agreement no longer covers them",
    "reserved": "reservation of {name} on {on} recorded: it will be printed as a footnote",
    "bad-file": "{path} has a mistake in it: correct it first (“make check” shows it); nothing was written",
    "standing": "{name}: {agreed} passages of {total} agreed to",
    "standing-open": "{name}: {agreed} passages of {total} agreed to, open: {numbers}",
    "next": "send each letter; record the answer with “make consent ASSOCIATION=… AGREE=oui BY=…”, a reservation with RESERVE=oui ON=…",
    "status": "agreements: {whole} associations of {total} have agreed to everything",
    "status-open": "agreements to be obtained: {names}",
    "status-one": "{name} ({number})",
    # the letter
    "title": "Your text as it now stands",
    "letter-to": "{name}",
    "letter-what": "These are your passages as they will be printed. What was added since you sent them is underlined, "
    "what was deleted is struck through; nothing else has changed.",
    "letter-unknown": "The text that you sent can no longer be compared: your passages are shown without marks of change.",
    "letter-how": "Simply answer: “agreed”, “agreed but for § 12”, or what has to change, with the number of the passage. "
    "If you do not associate yourselves with a recommendation of another association, say which: a note will tell the reader.",
    "letter-by": "Please answer before {date}.",
    "letter-open": "To be agreed to: {numbers}.",
    "letter-done": "You have already agreed to: {numbers}.",
    "letter-whole": "You have agreed to all your passages.",
    "passage": "§ {number}",
    "passage-agreed": "§ {number} — agreed",
    "passage-label": "§ {number} ({label})",
    "passage-label-agreed": "§ {number} ({label}) — agreed",
    "passage-before": "§ {number}, before § {next}",
    "passage-before-agreed": "§ {number}, before § {next} — agreed",
    "gone": "Deleted since you sent it",
}
