"""The letters to associations in English: their sentences, and the rules said again for people who only have Word."""

from rapport.messages import RuleText as R

RULES = {
    "F01": R("the accented letters of your file were written the old way", "nothing to do: we converted it"),
    "F02": R(
        "we could not open this file: {reason}", "send us your text again, in Word or as plain text, in a new message"
    ),
    "F03": R("this file arrived but has not been taken over yet", "nothing to do: the secretariat is on it"),
    "F12": R("this file arrived but has not been taken over yet", "nothing to do: the secretariat is on it"),
    "F17": R("one of your files has the name of a copy", "nothing to do: the secretariat puts it in its place"),
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
    "E04": R("your text lacks: {key}", "tell us in your answer ({wanted})"),
    "E05": R("“{value}” is not right for “{key}”", "it must be: {wanted}", "did you mean “{nearest}”?"),
    "S01": R(
        "“{title}” is no section of this theme",
        "tell us under which one to put this passage: {known}",
        "is it the section “{nearest}”?",
    ),
    "S02": R(
        "the section “{title}” is missing",
        "add this heading and the text below it, or tell us which passage belongs there",
    ),
    "S03": R(
        "the section “{title}” is empty", "write the text below it, or tell us that you have nothing to put there"
    ),
    "S04": R("this text is under no section", "tell us where to put it: findings, analysis, recommendations…"),
    "S06": R(
        "this looks like a recommendation, written as an ordinary sentence",
        "make it an item of a bulleted list, one demand an item",
    ),
    "S07": R("these words would be printed nowhere: “{text}”", "write the sentence again without the signs around it"),
    "S08": R(
        "“{text}” looks like what is left of a web page or a program", "take it out, or tell us what it should read"
    ),
    "S09": R("the heading “{title}” {kind}", "give it the right heading style, or tell us which section it belongs to"),
    "S12": R(
        "this recommendation does not say whom it addresses",
        "begin with the addressee: “To the Ministry of Justice: …”",
    ),
    "S13": R(
        "this recommendation does not say which article it rests on",
        "add the article in parentheses, “(CIDE 39)”, or tell us which",
    ),
    "S17": R(
        "“{figure}”: where does this figure come from?", "say in a note, or in your answer, who counted, when and where"
    ),
    "S19": R(
        "“{text}” hides nothing: this passage would be printed", "tell us where what is confidential begins and ends"
    ),
    "S22": R(
        "the acronym “{acronym}” is explained nowhere", "write its name in full the first time: “full name ({acronym})”"
    ),
    "S23": R("we do not know “{addressee}” as an addressee", "tell us its exact name", "is it “{nearest}”?"),
    "S25": R(
        "“{text}” is a bullet typed by hand: these lines would be printed as one sentence",
        "select these lines and click on the “Bullets” button",
    ),
    "S26": R("this looks like a table, but would be printed as a sentence", "make it a table in Word (menu Insert)"),
    "S35": R(
        "a digit is glued to the word “{text}”: is it the call of a note?",
        "send us the text of the note, or tell us to delete the digit",
    ),
    "S34": R(
        "in the public edition, nothing would say that “{text}” is your association",
        "write “{name}” instead, at least once in the section, or turn the sentence another way",
    ),
    "S28": R("this table has no caption", "write below it, in one sentence, what it shows, where and when"),
    "R02": R("this note mark leads to no note", "tell us what the note says, or take the mark out"),
    "R03": R("this note is called nowhere in the text: it would not be printed", "tell us after which words it stands"),
    "R05": R("“{text}” can be understood in several ways", "tell us what you mean"),
    "R06": R("the reference “{link}” leads nowhere", "tell us which passage it leads to, or take it out"),
    "R07": R(
        "the link “{link}” leads neither to a web page, nor to an address, nor to a place in the text",
        "give us the full address, or take it out",
    ),
    "R09": R("this reference cannot be read", "send us the work in full: author, title, publisher, date, page"),
    "R10": R(
        "the document cited is of {date}, after the report's limit ({limit})",
        "cite an older document, or tell us its true date",
    ),
    "R14": R("a work that you cite lacks: {wanted}", "send us the work in full: author, title, publisher, date, page"),
    "R17": R("the reference “{link}” leads nowhere", "tell us which passage it leads to"),
    "R18": R(
        "a reference leads to a confidential passage, which the public edition does not print",
        "say in words what you mean, or take the reference out",
    ),
    "R20": R(
        "a United Nations document is cited by page: “{page}”",
        "cite it by its paragraph: its pages differ from one language to another",
    ),
    "R21": R(
        "“{text}” names a reference or a passage by its place: in the report, another association may write just before",
        "give the author, the title and the date again, or tell us which passage it leads to",
    ),
    "R22": R(
        "“{text}” is a number typed by hand: it will not be the report's",
        "tell us which table or paragraph it leads to",
    ),
    "R23": R("the reader sees the address “{text}”, but the link leads to “{link}”", "tell us which one is right"),
    "R26": R(
        "the reference “{link}” leads to a theme that is no longer in the report",
        "tell us whether to take it out, or which other passage it leads to",
    ),
    "R24": R("“{name}” would be printed as a person's name", "tell us whether it is an institution"),
    "C03": R(
        "a testimony gives a name: “{text}”",
        "take it out, or give an invented first name followed by “(prénom modifié)”, and tell us that you invented it",
    ),
    "C09": R(
        "this testimony cannot be printed without the consent that allows it",
        "fill in the table of consents of the form, or take the testimony out; the papers themselves are not sent",
    ),
    "C10": R("the testimony {reference} is signed by nobody", "tell us who read it, and on which day"),
    "C14": R(
        "this testimony is tied to no consent",
        "write at its very end, in parentheses, the code of its consent: {known}",
    ),
    "C15": R(
        "no testimony ends with the code ({reference})",
        "write this code at the end of its testimony, or tell us that the consent has no purpose any more",
    ),
}

WORDS = {
    "collective": "Collective “{name}”",
    "to": "To: {name}",
    "subject": "Subject: your texts for the report to the {committee} ({draft})",
    "subject-lead": "Subject: the text we await from you for the report to the {committee} ({draft})",
    "subject-invite": "Subject: the report to the {committee} ({draft}), and what you see",
    "hello": "Hello,",
    "by": "before {date}",
    "by-soon": "as soon as you can",
    "thanks-one": "Thank you for your text. Here is where it stands, and what is still to be done {by}.",
    "thanks-many": "Thank you for your {number} texts. Here is where they stand, and what is still to be done {by}.",
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
    "dated": "“{title}”, dated {date}",
    "undated": "file {file}",
    "to-change": "What has to be changed",
    "to-look-at": "What we ask you to look at",
    "done": "What we mended ourselves",
    "in-file": "{theme} (file {file})",
    "where": "{section}:",
    "top": "At the beginning of your text:",
    "section": "Under “{title}”",
    "whole": "For the whole text:",
    "hint": "What to do: {hint}.",
    "also": "Likewise: “{quote}”",
    "again": "Likewise: {what}",
    "again-quote": " (“{quote}”)",
    "more": "… and {number} more of the same kind.",
    "ours": "The secretariat settles the rest on its side ({number} point) and will write to you if it needs you.",
    "ours-many": "The secretariat settles the rest on its side ({number} points) and will write to you if it needs you.",
    "left": "To stay on one page, this letter stops at the most important points; we will tell you the others afterwards ({number}).",
    "left-commented": "To stay on one page, this letter stops at the most important points; the others ({number}) are comments in your file.",
    "missing": "What we still await from you",
    "missing-theme": "{theme}: you lead on it, and we have no text of yours yet",
    "working-theme": "{theme}: a working document holds the place of your text; send us yours, or tell us that this one suits you",
    "working": "In the draft report, a working document holds the place of your text for now on what follows. It is not yours, and it will not go into the public edition without your agreement:",
    "working-ask": "Send us your own text in Word {by}: it will take its place. If the working document suits you as it is, simply tell us.",
    "invite": "The report is being prepared, and we have received nothing from you yet. If your association knows one of the subjects of the outline, what you see has its place there; a subject that is not in it can be proposed.",
    "invite-ask": "A few pages in Word are enough, {by}: what you see, what the law says of it, what you recommend and to whom. We can send you a form. If you are not writing this time, simply tell us.",
    "about-words": "{theme} (about {share} words)",
    "length-alone": "{theme}: your text has {words} words, and the outline plans {planned}. Could you take out about {more}, or tell us what matters most?",
    "length": "The length",
    "length-theme": "{theme}: your texts have {words} words. The outline plans {planned} for this subject, and {number} associations write on it; in equal parts, that would be {share} words each. Could you take out about {more}, or tell us what matters most?",
    "length-report": "The whole report is over its limit, {planned} words. Your texts have {words}; associations that write: {number}; in equal parts, that would be {share} words each. Could you take out about {more}, or tell us what matters most?",
    "lead": "The outline of the report names you as the lead on what follows, and we have received nothing from you yet:",
    "lead-ask": "Could you send us your text {by}? A few pages in Word are enough: what you see, what the Convention "
    "says, what you recommend and to whom. If that is not possible, tell us: we will look for a way with you.",
    "how-title": "When and how to answer",
    "how": "Correct the quoted passages in your own file: in Word, Ctrl+F finds the words between quotation marks. Send it "
    "back {by}, or simply answer this letter point by point: we will do the rest.",
    "commented-as-sent": ", as you sent it",
    "commented-masked": ", where “[…]” stands for words that could identify somebody",
    "commented": "We attach your own file{state}; our remarks are comments in it. Correct the text "
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
