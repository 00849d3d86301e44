"""The letters to associations in English: their sentences, and the rules said again for people who only have Word."""

from rapport.messages import RuleText as R

RULES = {
    "F01": R("the accented letters of your file were written the old way", "nothing to do: we converted it"),
    "F02": R(
        "we could not open this file: {reason}", "send us your text again, in Word or as plain text, in a new message"
    ),
    "F03": R("this file arrived but has not been taken over yet", "nothing to do: the secretariat is on it"),
    "F12": R("this file arrived but has not been taken over yet", "nothing to do: the secretariat is on it"),
    "F13": R("we have two copies of this file", "nothing to do: the secretariat compares them"),
    "F14": R(
        "our program cannot lay this text out",
        "send it again without what is out of the ordinary (runs of signs or spaces, very long addresses, large tables), or ask us: we will look for it together",
    ),
    "F04": R("we have two files from you on this theme", "tell us which one counts; we will take the other one away"),
    "F05": R("this file is empty", "send us your text again"),
    "F06": R(
        "this text could not be read: {reason}",
        "look there for a long run of brackets, quotation marks or parentheses, and take it out; or send us the Word file",
    ),
    "P01": R(
        "we do not know which theme this text is on",
        "tell us which theme of the outline it answers, or propose a new one by its title",
        "tell us whether it answers the theme “{nearest}”, or which one",
    ),
    "P02": R(
        "you propose a new theme, “{title}”",
        "nothing to do: the Collective will decide; until then your text is printed apart",
    ),
    "R01": R(
        "we do not know the reference “{key}”",
        "send us the whole reference: author, title, publisher, date, page",
        "is it “{nearest}”? if not, send us the whole reference: author, title, publisher, date, page",
    ),
    "S10": R(
        "a passage set apart opens here and does not close",
        "tell us where it begins and ends, and whether it is confidential",
    ),
    "S11": R(
        "the mark “{mark}” is not understood",
        "if this passage is confidential, tell us where it begins and ends",
        "if this passage is confidential, tell us where it begins and ends",
    ),
    "C01": R(
        "this can lead to a person ({kind})",
        "take it out; if it is the contact that your association itself publishes, tell us",
    ),
    "I01": R("the image “{image}” was not in what you sent", "attach it to your answer"),
    "I02": R("the image “{image}” cannot be used: {reason}", "save it again as PNG or JPEG and send it again"),
    "I03": R(
        "the image “{image}” is not described", "say in one sentence what it shows, for a reader who cannot see it"
    ),
    "I04": R("the image “{image}” was not in what you sent", "attach it to your answer"),
}

WORDS = {
    "collective": "Collective “{name}”",
    "to": "To: {name}",
    "subject": "Subject: your texts for the report to the {committee} ({draft})",
    "subject-lead": "Subject: the text we await from you for the report to the {committee} ({draft})",
    "hello": "Hello,",
    "thanks-one": "Thank you for your text. Here is where it stands, and what is still to be done before {date}.",
    "thanks-many": "Thank you for your {number} texts. Here is where they stand, and what is still to be done before {date}.",
    "fine-one": "Thank you for your text. We have received it and everything is in order.",
    "fine-many": "Thank you for your {number} texts. We have received them and everything is in order.",
    "wait-one": "Thank you for your text. We have received it, and there is nothing for you to do for now.",
    "wait-many": "Thank you for your {number} texts. We have received them, and there is nothing for you to do for now.",
    "received": "What we received",
    "state-accepted": "accepted",
    "state-refused": "to be corrected",
    "state-unread": "received, the secretariat is taking it over",
    "state-ours": "received, there is a question on our side",
    "entry": "{theme}: {state}",
    "dated": "file {file}, “{title}”, dated {date}",
    "undated": "file {file}",
    "to-change": "What has to be changed",
    "to-look-at": "What we ask you to look at",
    "done": "What we mended ourselves",
    "in-file": "{theme} (file {file})",
    "where": "{section}, line {line}:",
    "where-line": "Line {line}:",
    "section": "Under “{title}”",
    "whole": "In the whole file:",
    "hint": "What to do: {hint}.",
    "also-one": "The same on line {lines}.",
    "also-many": "The same on lines {lines}.",
    "again": "Likewise, line {line}: {what}",
    "again-whole": "Likewise: {what}",
    "again-quote": " (“{quote}”)",
    "more": "… and {number} more of the same kind.",
    "ours": "The secretariat settles the rest on its side ({number} point) and will write to you if it needs you.",
    "ours-many": "The secretariat settles the rest on its side ({number} points) and will write to you if it needs you.",
    "missing": "What we still await from you",
    "missing-theme": "{theme}: you lead on it, and we have no text of yours yet",
    "lead": "The outline of the report names you as the lead on what follows, and we have received nothing from you yet:",
    "lead-ask": "Could you send us your text before {date}? A few pages in Word are enough: what you see, what the Convention "
    "says, what you recommend and to whom. If that is not possible, tell us: we will look for a way with you.",
    "how-title": "When and how to answer",
    "how": "Correct the quoted passages in your own file: in Word, Ctrl+F finds the words between quotation marks. Send it "
    "back before {date}, or simply answer this letter point by point: we will do the rest.",
    "commented": "We attach your own file, as you sent it: each remark is a comment in it, at its place. Correct the text "
    "there, without tracking changes, and send it back; our comments may stay.",
    "commented-file": "{file} (comments: {number})",
    "commented-corrected": "Since you sent it, we have corrected this text on our side: your changes and ours will be joined.",
    "comment-author": "Collective",
    "comment-heading": "In this section:",
    "comment-start": "About the whole text:",
    "comment-quote": "“{quote}”",
    "comment-what": "{what}.",
    "comment-corrected": "Since you sent it, we have corrected this text on our side; those corrections are not in this file. "
    "Change only what has a comment, or whatever you wish: your changes and ours will be joined.",
    "how-children": "If a passage is about a child, send no name, no date of birth and no precise place.",
    "bye": "Thank you for your work.",
    "signature": "The secretariat of the Collective",
    "masked": "[…]",
    "file": "{path} written",
    "removed": "{path} removed: there is no cause for it any more",
    "no-original": "{file} is not on this machine: no commented file (put it back into contributions/inbox/, then start again)",
    "none": "no letter to write: nothing was received and the outline names no lead",
    "unknown": "no letter for contributions/{folder}/: it is not the folder of an association of the Collective",
}
