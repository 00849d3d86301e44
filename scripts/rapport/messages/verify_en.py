"""What the verification of the finished files says."""

from rapport.messages import RuleText as R

AGAIN = (
    "nothing was replaced in build/: type “make clean”, then “make”; if it happens again, it is a mistake of the program, "
    "send this message to whoever looks after it"
)
LOOK = (
    "the files from before are kept; do not pass this one on, and send this message to whoever looks after the program"
)

RULES = {
    "V01": R("“{output}” cannot be read back ({reason})", AGAIN),
    "V02": R("in {output}, “{words}” is missing (after “{near}”)", AGAIN),
    "V03": R("in {output}, “{words}” is printed twice (after “{near}”)", AGAIN),
    "V04": R("in {output}, “{words}” is not in its place (expected after “{near}”)", AGAIN),
    "V05": R("in {output}, “{words}” has become “{found}” (after “{near}”)", AGAIN),
    "V06": R("in {output}, the name “{words}” is missing or is not the right one ({found}, after “{near}”)", AGAIN),
    "V07": R("in {output}, the number “{words}” is not the right one ({found}, after “{near}”)", AGAIN),
    "V08": R("in {output}, a note or its call is not as it should be: “{words}” ({found}, after “{near}”)", AGAIN),
    "V09": R("in {output}, a cell of a table is not as it should be: “{words}” ({found}, after “{near}”)", AGAIN),
    "V10": R("in {output}, a caption is not as it should be: “{words}” ({found}, after “{near}”)", AGAIN),
    "V11": R("in {output}, a picture lacks the words that stand for it: “{words}” ({found}, after “{near}”)", AGAIN),
    "V12": R("in {output}, nobody wrote “{words}” (after “{near}”)", AGAIN),
    "V13": R("{output} holds what this edition may not show: “{words}”", LOOK),
    "V14": R("{output} holds {what}: “{words}”", LOOK),
    "V15": R("{output} says too much of itself ({place}): “{value}”", LOOK),
    "V16": R("in {output}, a mark “{found}” is left in “{words}”", AGAIN),
    "V17": R("in {output}, a picture is not the one that was sent: “{words}” (picture {found})", AGAIN),
    "V18": R("in {output}, the table of contents is not true: “{words}” ({found})", AGAIN),
    "V19": R(
        "in {output} ({place}), this could identify someone, and nobody has looked at it yet: “{text}”, in “{words}”",
        "take it out of the text; if it is a public name, add it to “noms” in chapters/noms-revus.yaml",
    ),
    "V20": R(
        "in {output}, the chart “{chart}” does not say the numbers of its table: “{words}” ({found})",
        "type “make figures”, which draws it again, then “make”; correct neither chapters/graphiques/ nor the page of figures by hand",
    ),
}

PHRASES = {
    "family-V": "V: verification of the finished files",
    "output-document": "the layout",
    "what-hidden": "text that is not seen",
    "what-deleted": "text that is deleted but still there",
    "what-inserted": "a correction not accepted",
    "what-comment": "a remark",
    "what-active": "something that could run or open by itself",
    "what-part": "a file too many",
    "what-look": "a format that hides or changes what is written",
    "what-outside": "words outside the page",
    "what-covered": "words that are covered",
    "what-link": "a link that does not lead where it says",
    "what-heading": "a title that is not at its level",
    "what-header": "a heading cell of a table that is one no more, or the other way round",
    "what-struck": "words that are crossed out and should not be, or the other way round",
    "what-slanted": "words that are in italics and should not be, or the other way round",
    "what-strong": "words that are bold and should not be, or the other way round",
    "what-raised": "words that are raised and should not be, or the other way round",
    "what-lowered": "words that are lowered and should not be, or the other way round",
    "what-bookmark": "a bookmark that does not say its title, or does not lead there",
    "verified": "verified: {sentences}, {notes}, {cells}, {pictures} and {numbers}: the DOCX, the PDF and the HTML say, letter by letter, the accepted texts as the program read them",
    "verified-unproved": "read back, but one comparison was not made to its end: nothing is said of the files; `make verify` reads all of them again",
    "verified-sentences-one": "{number} sentence",
    "verified-sentences-many": "{number} sentences",
    "verified-notes-one": "{number} note",
    "verified-notes-many": "{number} notes",
    "verified-cells-one": "{number} cell of a table",
    "verified-cells-many": "{number} cells of tables",
    "verified-pictures-one": "{number} picture",
    "verified-pictures-many": "{number} pictures",
    "verified-numbers-one": "{number} number",
    "verified-numbers-many": "{number} numbers",
    "verified-words-one": "{number} word",
    "verified-words-many": "{number} words",
    "verified-recounted": "; of what the texts in contributions/ give to be printed below their headers, no word is missing ({words}, counted apart)",
    "unprotected": "nothing was replaced in build/: this edition waits until the above is taken out or looked at",
    "verified-not": "verification failed: build/ keeps the files from before, and these must not circulate",
    "watch-unproved": "{time}  {what}: verification failed; made anew and verified: {outputs}; the other files of build/ are those from before",
    "verified-nothing": "there is nothing to verify in build/ yet: type “make”",
    "verify-old": "{path} was not made from today's texts by today's program: type “{command}”, which makes it again and verifies it",
    "verb-verify": "reads the files of build/ back and compares them with what the associations wrote",
    "progress-verify": "verification",
}
