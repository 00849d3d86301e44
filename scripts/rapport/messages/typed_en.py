"""What the rules say of what was typed by hand, and of entries of bibliographies."""

from rapport.messages import RuleText as R

RULES = {
    "S25": R(
        "“{text}” is a bullet typed by hand: these lines would be printed as one sentence",
        "begin each item with “-” and a space, on a line of its own; in Word or LibreOffice, with the button “Bullets”",
    ),
    "S26": R(
        "this looks like a table, but would be printed as a sentence: {kind}",
        "write an empty line, the line of headings “| Year | Number |”, then “|---|---|”, then the rows; in Word or LibreOffice, insert a table",
    ),
    "S27": R(
        "“{text}” is a working mark, and would be printed",
        "write what is missing, or take out the mark and what it announces",
    ),
    "S28": R(
        "this table has no caption",
        "write under the table, after an empty line, “: What the table shows, where and when”; it will have its number",
    ),
    "S29": R(
        "this quotation mark, {text}, stands alone, or is none: nothing says where the quotation begins or ends",
        "put one mark before the quoted words and one after, or take it out",
    ),
    "S30": R(
        "the number {text} in this list would be printed {printed}: a list counts one by one",
        "correct the numbers; if it is a number to keep (of an article, of a measure), begin the line with “-”",
    ),
    "S34": R(
        "“{text}” does not say who speaks: one edition of the report does not name the authors of the texts",
        "write “{name}” instead, at least once in the section, or turn the sentence another way",
    ),
    "S35": R(
        "a digit is glued to the word: “{text}”; is it the call of a note, lost when copying from a PDF or a web page?",
        "write “{call}” in its place and, under the paragraph, the note: “{note} its text”; if the digit is nothing, delete it",
    ),
    "R21": R(
        "“{text}” means a reference or a passage by its place: in the report, another association may write just before",
        "cite the document itself, [@key, p. 4], or give its author, title and date again in the note; for a passage, name it, “[]{{#name}}”, and write “[](#name)”",
    ),
    "R22": R(
        "“{text}” is a number typed by hand: it will not be that of the report",
        "name the place, “{{#name}}” at the end of the caption or “[]{{#name}}” at the head of the paragraph, and write “[](#name)”; if another document is meant, cite it, [@key, p. 12]",
    ),
    "R24": R(
        "“{name}” would be printed like a person's name, cut into first name and surname",
        "if it is an institution, put its name between two braces, “{{{{{name}}}}}”; several are set apart by “and”, each in its own; two people: “Surname, First name and Surname, First name”; one with a surname of two words: “{{Surname Surname}}, First name”",
    ),
    "R25": R(
        "the entry “@{key}” has an error, told apart: the text waits for it to be corrected",
        "correct the entry in {path}; until then the report is made without this text",
    ),
}
