"""What each rule says: the message, what to do."""

from rapport.messages import RuleText as R
from rapport.messages import intake_en, typed_en, verify_en, workshops_en

RULES = {
    "F01": R(
        "the file was in {encoding}; it was read and converted in memory",
        "nothing to do; to avoid it, save the file as UTF-8",
    ),
    "F02": R(
        "this file cannot be read: {reason}",
        "put its former version back, or a text saved as UTF-8; if it comes from an association, ask it to send the file again",
    ),
    "F03": R(
        "this is not a contribution and is not read",
        "a contribution is called contributions/<association>/<theme>.md; what arrives as Word goes to contributions/inbox/",
    ),
    "F04": R(
        "the same association sent two files for the theme “{theme}”",
        "keep the one that counts and take the other out of the folder: neither is printed while there are two",
    ),
    "F05": R(
        "this file is empty",
        "put its former version back, or write what it should hold; if it comes from an association, ask it to send the file again",
    ),
    "F06": R(
        "this text could not be read: {reason}",
        "look for a long run of brackets, quotation marks, parentheses or “>”, and take it out; if there is none, “make clean”, then “make” have it read again",
    ),
    "F07": R(
        "a character cannot be printed here ({name})",
        "delete it and type the word again; it often comes from copying out of Word or a PDF",
    ),
    "F08": R(
        "the report's fonts do not have these characters: {characters}",
        "write the word in Latin, Greek or Cyrillic letters, or put it into an image",
    ),
    "F09": R(
        "invisible signs were taken out or replaced in memory ({names})",
        "nothing to do: they come from a copy and paste, and cannot be seen",
    ),
    "F10": R(
        "in “{word}”, the letter “{letter}” is of another alphabet and looks like one of ours ({name})",
        "type the word again; it comes from a copy and paste, and neither a search nor the program would know it",
    ),
    "F11": R(
        "letters are damaged: “{letters}”",
        "the file was opened in a wrong encoding and saved: send the original again, or type the words again",
    ),
    "F12": R(
        "this text is not read: it will not be in the report",
        "what was received goes to contributions/inbox/, then “make intake”; a contribution is called contributions/<association>/<theme>.md; otherwise, take this file away",
    ),
    "F13": R(
        "this is a copy of “{original}”, made by OneDrive, Dropbox, a synchronisation or a download: it is not read",
        "compare the two, put into “{original}” what it lacks, then delete this copy; do not rename it: it would replace the other",
    ),
    "F17": R(
        "this is the name of a copy of “{original}”, which is not there: neither is read",
        "if this is the right file, rename it “{original}”; if not, put “{original}” back in its place and delete this copy",
    ),
    "F14": R(
        "this text stops the program from making the report ({outputs})",
        "the report is made without it: look in this text for what is out of the ordinary (a run of signs or spaces, a very long address, an unusual table or picture), take it out and try again; if that does not help, send this file to the coordination",
    ),
    "F15": R(
        "{kind}, {length} characters or lines, {limit} at most: the report cannot hold it",
        "shorten it: an address is copied without what follows the “?”, a heading fits on one line, a description in two sentences; runs of spaces and lines broken one by one are taken out",
    ),
    "F16": R(
        "{kind}: nothing reads it or shows it",
        "if it is to be printed, show it from a text, or put it into contributions/inbox/; if not, take it out: a forgotten file may name somebody",
    ),
    "E01": R(
        "the header of the file {kind}",
        "the very first line is “---”, with nothing before it; then come the keys (titre, date, auteurs…), then another line “---”",
    ),
    "E02": R(
        "this is not written correctly here",
        "one line a key, “key: value”, with a space after the colon and set in like its neighbours (by spaces, never by a tab); put between straight quotes a value that holds “:” or begins with a sign (*, @, %, [, {{…)",
    ),
    "E03": R(
        "there is no key “{key}”",
        "delete this line; the keys possible here are: {known}",
        "did you mean “{nearest}”?",
    ),
    "E04": R("the key “{key}” is missing", "add a line “{key}: …” ({wanted})"),
    "E05": R("the value “{value}” does not fit “{key}”", "wanted: {wanted}", "did you mean “{nearest}”?"),
    "E06": R("the key “{key}” is written twice", "keep one of the two lines"),
    "E07": R("“{name}” is a special notation that is not allowed here", "put the value between straight quotes"),
    "E08": R("“{key}” has the wrong shape", "wanted: {wanted}"),
    "E09": R(
        "“{text}” would be printed nowhere",
        "after a space, “#” begins a remark: put the whole value between straight quotes",
    ),
    "E10": R(
        "the date of this text, {date}, is after that of the report, {limit}",
        "correct the year, month or day: a text is written before the report that prints it",
    ),
    "E11": R(
        "no point of chapters/points/ is “{value}”",
        "write the symbol, then the number, “CRC/C/FRA/CO/4, par. 14”; if the point is missing, the coordination adds it in chapters/points/",
        "did you mean “{nearest}”?",
    ),
    "P01": R(
        "no theme of the outline is called “{theme}”",
        "rename the file after a theme of chapters/outline.yaml, take it out if it doubles another, or propose the theme with a line “theme_propose: its title” in the header",
        "did you mean “{nearest}.md”?",
    ),
    "P02": R(
        "the association proposes a new theme, “{title}”",
        "to accept it, add it to chapters/outline.yaml under the identifier “{theme}”; until then the draft prints it apart",
    ),
    "P03": R(
        "the theme “{theme}” is closed",
        "open it again in chapters/outline.yaml (“statut: ouvert”), or take this file out",
    ),
    "P04": R(
        "“{folder}” is not the folder of an association of the collective",
        "create contributions/{folder}/association.yaml, or move the file to its association's folder",
        "did you mean contributions/{nearest}/?",
    ),
    "P05": R(
        "“{association}” was not a member of the collective on {date}",
        "complete “adhesion” in its association.yaml if that is wrong, or take this file out",
    ),
    "P06": R("the identifier “{id}” is given twice", "give one of the two another identifier"),
    "P07": R(
        "“{name}” is defined nowhere",
        "correct this name (names known: {known}), or add what it stands for: an association has its card, contributions/<folder>/association.yaml, a legal text its line in “instruments”",
        "did you mean “{nearest}”?",
    ),
    "P08": R(
        "this chapter template cannot be filled in: {reason}",
        "go back to the template's version before, or correct the line shown",
    ),
    "P09": R(
        "the summary in English is not written",
        "write it in {file}: the Committee advises adding one, and the public edition waits for it",
    ),
    "P10": R(
        "this seems to come from another report: {kind}",
        "correct it; if it is meant, {advice}",
    ),
    "S01": R(
        "“{title}” is not a section of this theme",
        "{advice}; the sections are: {known}",
        "did you mean “## {nearest}”?",
    ),
    "S02": R("the section “{title}” is missing", "add a line “## {title}” and the text that goes under it"),
    "S03": R(
        "the section “{title}” is empty",
        "write the text that goes under it, or delete the line if the section is optional",
    ),
    "S04": R("this text is under no section", "add a line “## Constat” above it, or move it under a section"),
    "S05": R("the section “{title}” is opened twice", "put the two texts together under one"),
    "S06": R(
        "a recommendation is written as a list item",
        "begin the line with “-”: “- **Au ministère de la Justice** (CIDE 39) : …”",
    ),
    "S07": R(
        "these words would be printed nowhere: “{text}”",
        "write the sentence again without the signs around it: between brackets followed by “:”, or in one table cell too many, a text vanishes",
    ),
    "S08": R("“{text}” is code, which is not allowed", "take it out; if it is text, write it without “<”, “>” or “\\”"),
    "S09": R(
        "the heading “{title}” {kind}",
        "a section begins with “##”, a heading of your own with “###”, one below it with “####”; a space follows, and nothing comes before",
        "write “## {nearest}”",
    ),
    "S10": R(
        "a “{mark}” block {kind}",
        "leave an empty line above the line that opens the block, and put “{mark}” alone on the line that closes it",
    ),
    "S11": R(
        "the mark “{mark}” {kind}",
        "for a confidential passage, put a line “::: confidentiel” above it and a line “:::” below it; if not, take this mark out",
        "did you mean “{nearest}”?",
    ),
    "S12": R(
        "this recommendation does not say whom it is addressed to",
        "begin with the addressee in bold: “- **Au ministère de la Justice** (CIDE 39) : …”",
    ),
    "S13": R(
        "this recommendation does not say on which article it rests",
        "add the article in brackets after the addressee: « - **Au ministère de la Justice** (CIDE 39) : … »",
    ),
    "S14": R(
        "« {article} » is not an article of a text of the outline",
        "an article is written with the short name of its text: {known}",
        "did you mean « {nearest} »?",
    ),
    "S15": R(
        "another association asks for nearly the same thing",
        "see whether one should be kept, signed by both: the Committee reads better what is asked once",
    ),
    "S16": R(
        "another association has nearly the same passage",
        "ask both whether it is the same fact: if it is counted twice, keep it on one side only",
    ),
    "S17": R(
        "« {figure} »: where does this figure come from?",
        "add the source in the same paragraph: a reference [@key], or a note saying who counted, when and where",
    ),
    "S18": R(
        "there is a second header in the middle of the text",
        "the header is at the very top of the file, and there is only one: remove these lines",
    ),
    "S19": R(
        "“{text}” hides nothing: this passage would be printed",
        "put a line “::: confidentiel” above the passage and a line “:::” below it, then remove these words",
    ),
    "S20": R(
        "« {words} » is to be avoided in this report",
        "write instead: {instead}",
    ),
    "S21": R(
        "« {words} » may be read as aimed at a whole group",
        "write instead: {instead}",
    ),
    "S22": R(
        "the acronym “{acronym}” is explained nowhere",
        "write it out the first time, “name in full ({acronym})”, or add it to chapters/sigles.yaml",
    ),
    "S23": R(
        "“{addressee}” is not among the addressees of the outline",
        "correct the name, or add it to “destinataires” in chapters/outline.yaml, with its English name, “nom_en”; if it is only another name, to its “autres_noms”",
        "did you mean “{nearest}”?",
    ),
    "S24": R(
        "{number} recommendations are marked “clé”; the summary holds {most} at most",
        "take the word “clé” from those that matter least: the Committee reads one page first",
    ),
    "S31": R(
        "this sentence may say a number that the table “{indicator}” hides",
        "take the number out, or say “a few”: with it a child could be found; word a sentence that counts something else in another way or, if it names nothing of the table and counts nobody (“two typical situations”), the editor accepts it with “make review-names”",
    ),
    "R01": R(
        "the reference “@{key}” is not in bibliography.bib",
        "add it to bibliography.bib, or correct the key; if it is not a reference, write “\\@”",
        "did you mean “@{nearest}”?",
    ),
    "R02": R(
        "the call “{call}” leads to no note: {kind}",
        "write a line “{call}: the text of the note”, with an empty line above it and outside any other note",
    ),
    "R03": R(
        "the note “{call}” would not be printed: {kind}",
        "put the call {call} in its place in the text, or give every note a name of its own",
    ),
    "R04": R(
        "the bibliography cannot be read: {kind}",
        "check the braces, commas and cross-references, here and just above, most of all in what was added last",
    ),
    "R05": R(
        "“{text}” can be understood in several ways: {kind}",
        "give each of the two a name of its own; if there are not two names, write the passage more simply",
    ),
    "R06": R(
        "the reference “{link}” leads to no place in this text nor in the report",
        "name the place, “[]{{#{name}}}” at the head of its paragraph, or take the reference out",
        "did you mean “#{nearest}”?",
    ),
    "R07": R(
        "the link “{link}” is neither a web page, nor an address, nor a place in the text",
        "a link begins with https://, http://, mailto: or #; to another text, « ../association/theme.md#name »",
    ),
    "R08": R(
        "the key “{key}” is given to two entries of the bibliography",
        "keep one of the two, or give the other a key of its own",
    ),
    "R09": R(
        "there is {node} inside a reference in brackets",
        "between the brackets, keep only words around the key: [voir @cle, p. 4]; put the rest before or after",
    ),
    "R10": R(
        "« @{key} » is dated {date}, after the limit of the report ({limit})",
        "cite an earlier document, or correct the date in the bibliography; the limit is « date_limite_sources » of the outline",
    ),
    "R11": R(
        "« {text} » is after the limit of the report ({limit})",
        "correct the date or take this document out; if it is an announcement, say so: « prévu », « d'ici »",
    ),
    "R12": R(
        "« @{key} » is cited in no text of the association",
        "nothing to do: it is not printed; if it should be, cite it, [@{key}]",
    ),
    "R13": R(
        "« @{key} » and « @{kept} » are the same document; only one of them is printed",
        "nothing to do: both keys lead to it; if they are two documents, make their titles or symbols precise",
    ),
    "R14": R(
        "« @{key} » lacks {wanted}",
        "complete this entry: without it, the reader will not find the document",
    ),
    "R15": R(
        "« {text} », in « {field} », is code, which is not allowed",
        "write the word itself, with its accents; for italics, \\emph{{…}}; for the signs % and $, \\% and \\$",
    ),
    "R16": R(
        "“{field}” is not {kind}",
        "correct it, or delete the line of a field too many; a value stands in braces; types and fields are at the top of bibliography.bib",
        "did you mean « {nearest} »?",
    ),
    "R17": R(
        "the reference “{link}” leads nowhere: {kind}",
        "ask the other association what it called this passage, or write “[]{{#name}}” there together",
        "did you mean “{nearest}”?",
    ),
    "R26": R(
        "the reference “{link}” leads to the theme “{theme}”, which is closed: no edition prints it",
        "take the reference out, or open the theme again in chapters/outline.yaml (“statut: ouvert”)",
    ),
    "R18": R(
        "the reference “{link}” leads to a confidential passage, which the public edition does not print",
        "write words between the brackets, they will be printed without a link, or take the reference out",
    ),
    "R19": R(
        "the name “{name}” stands alone in its paragraph: it names nothing",
        "write “[]{{#{name}}}” at the head of the text it names, or “{{#{name}}}” at the end of a table's caption",
    ),
    "R20": R(
        "“@{key}” ({symbol}) is cited by its page: “{page}”",
        "cite a document of the United Nations by its paragraph, [@{key}, para. 12]: its pages differ from language to language",
    ),
    "R23": R(
        "readers see the address “{text}”, but the link leads to “{link}”",
        "write the same address on both sides, or put words between the brackets: [the report of 2012](https://…)",
    ),
    "I01": R(
        "the image “{image}” is not there", "put it into the association's images/ folder", "did you mean “{nearest}”?"
    ),
    "I02": R("the image “{image}” cannot be used: {reason}", "save it again as PNG or JPEG and replace it"),
    "I03": R(
        "the image “{image}” is not described", 'add its description: ![caption]({image}){{alt="what the image shows"}}'
    ),
    "I04": R(
        "the image “{image}” is not in the association's folder",
        "put it into images/ and write ![caption](images/name.png)",
    ),
    "B01": R(
        "themes have more words than planned: {themes}",
        "ask the associations to shorten, or change « mots » in chapters/outline.yaml; « make budget » says who wrote how much",
    ),
    "B02": R(
        "the report has {count} words for {limit} allowed ({length})",
        "« make budget » says where the words are; shorten, or choose another « longueur » in chapters/outline.yaml",
    ),
    "C01": R(
        "this may lead to a person: {text} ({kind})",
        "take it out; if it is a contact that an organisation publishes itself, the editor declares it in chapters/noms-revus.yaml (contacts)",
    ),
    "C02": R(
        "name not reviewed: « {text} »",
        "if it is a child's or a family's, take it out; if it is public, the editor accepts it with « make review-names »",
    ),
    "C03": R(
        "a testimony gives a name: « {text} »",
        "take it out, or use an invented first name, declared in the header by « pseudonymes: [Prénom] » and followed by « (prénom modifié) »",
    ),
    "C04": R(
        "« {text} » and « {other} » in one sentence may identify a child",
        "give an age band (0-5, 6-10, 11-12, 13-15, 16-17) and no place narrower than a département (or a province, a county), without a first name",
    ),
    "C05": R(
        "a testimony gives a place narrower than a département (or a province, a county): « {text} »",
        "say the département, the province or the region, or « a town », « a shelter », without a name",
    ),
    "C06": R(
        "these details together may identify a child: {other}",
        "take some out or make them vaguer; if nobody can be recognised, the editor accepts the sentence with « make review-names »",
    ),
    "C07": R(
        "a number below 5 in a small place may identify someone: « {text} »",
        "say « fewer than five », or give the number for the region or the country",
    ),
    "C08": R(
        "the health of a person whom another detail may make recognisable: « {text} »",
        "take one of them out; if nobody can be recognised, the editor accepts the sentence with « make review-names »",
    ),
    "C09": R(
        "this testimony cannot be printed: {kind}",
        "take it out, or complete « temoignages » in the header, as in the associations' guide; the papers themselves are not sent",
    ),
    "C10": R(
        "nobody has signed testimony {reference} off",
        "whoever has read it adds « signe_par: … » and « signe_le: YYYY-MM-DD »",
    ),
    "C11": R(
        "proceedings are under way for this testimony",
        "it is printed in the confidential edition alone; for the public edition, take it out",
    ),
    "C12": R(
        "the pseudonym “{name}” is not followed by “(prénom modifié)”",
        "this is where it is first read: write “{name} (prénom modifié)”",
    ),
    "C13": R(
        "this exception is of no use any more: its sentence has changed or is gone",
        "delete it from the register; if the sentence has changed, look at it again with « make review-names »",
    ),
    "C14": R(
        "this testimony is tied to no record of consent: {kind}",
        "write the code of its record in brackets at the very end of the testimony; the codes in the header are: {known}",
    ),
    "C15": R(
        "no testimony ends with the code ({reference})",
        "write this code at the end of its testimony, or take the record out of the header",
    ),
    "C16": R(
        "an exact date may identify a child: “{text}”",
        "say the year or the season; if the date is public and leads to nobody, the editor accepts the sentence with “make review-names”",
    ),
    "T01": R(
        "the English edition: contributions without a translation, {missing} of {total}",
        'run "make translation": it prepares the file of each translation, to be given to a translator; "make status" says how far things are',
    ),
    "T02": R(
        "passages still to be translated: {missing} of {total}",
        'write the English under the French that is quoted, before the line ":::"; if the French has changed, "make translation" first brings the file up to date',
    ),
    "T03": R(
        'translation to be revised, {kind}: "{text}"',
        'run "make translation": it shows you the new French; correct the English, then delete ".a-revoir" on the line ":::"',
    ),
    "T04": R(
        'this translation no longer has its French and is printed nowhere: "{text}"',
        'run "make translation": it keeps it at the end of the file; delete it when you no longer need it',
    ),
    "T05": R(
        "this translation stands beside no contribution",
        'it has the name of the French text with ".en" added: participation.md, participation.en.md; rename it or move it to the right folder',
    ),
    "T06": R(
        '{kind}: "{text}"',
        'each passage goes from a line "::: {{.bloc ref=…}}" to a line ":::"; put these lines back as "make translation" wrote them, and the English between them',
    ),
    "T07": R(
        'this translation cannot take the place of its French, which stays in print: {kind} ("{text}")',
        "keep the form of the French: a paragraph stays a paragraph, a list keeps its points, a table its rows; the report's numbers depend on it",
    ),
    "T08": R(
        "the figures differ; in French only: {french}; in English only: {english}",
        'correct the English; if the difference is meant ("quinze" made "15"), add ".verifie" on the line ":::" of this passage',
    ),
    "T09": R(
        "{kind}; in French only: {french}; in English only: {english}",
        'take them over as the quoted French has them; if the difference is meant, add ".verifie" on the line ":::" of this passage',
    ),
    "T10": R(
        "this page has no English version: {path} is missing",
        "write it beside the French page, with the same {{{{ … }}}} and the same {{% … %}}",
    ),
    "T11": R(
        "the outline has no English for {names} ({count} in all)",
        'add "titre_en" (or "nom_en", "sous_titre_en", "projet_en"…) under the French, in chapters/outline.yaml',
    ),
    "T12": R(
        "this page does not have as many numbered paragraphs ({english}) as the French one ({french}): the numbers would no longer be the same",
        'give both pages the same paragraphs in the same order; what has no number goes between "::: {{.intro}}" and ":::"',
    ),
    "T13": R(
        "key recommendations without English, printed in French in the English summary: {count}",
        'write their English in the translation of this text ("make translation" prepares it): it is the page that the Committee reads first',
    ),
    "D01": R(
        "the reservation of « {name} » on {on} is on no text any more: it would not be printed",
        "show the association today's text (« make consent »), record its answer again, then delete these lines",
    ),
    "W01": R(
        "two versions of the text stand side by side, and neither is chosen",
        "between “<<<<<<<” and “=======” is the text from here, between “=======” and “>>>>>>>” the one that arrived: keep one, the other or both, and take these three lines away",
    ),
    **intake_en.RULES,
    **verify_en.RULES,
    **typed_en.RULES,
    **workshops_en.RULES,
}
