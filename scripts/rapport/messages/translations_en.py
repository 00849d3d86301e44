"""The form of translators, in English: what is printed in it, and what intake says of it."""

WORDS = {
    # ---- the form
    "title": "Translation of the report",
    "subtitle": "Form to fill in: the French on the left, the English on the right",
    "for": "Association: {association}",
    "on": "Theme: {theme}",
    "file": "Folder of the text: {association}/{theme}/anglais",
    "how-1": "Write the English in the place on the right, beside the French. The grey line goes as you type.",
    "how-2": "A place may stay empty: send the form back as it is, the rest will come in another.",
    "how-3": "Change neither the French nor the grey line above it: that line says where the English goes.",
    "how-4": "Keep figures, references in brackets, such as [@cide1989, art. 12], and calls of notes, such as [^1], as they "
    "are; the text of a note has a place of its own.",
    "how-5": "Bold and italics are kept. In a recommendation, translate whom it is addressed to, and acronyms.",
    "how-6": "No name, place or age that the French does not have enters the translation.",
    "how-7": "Save, and send this file back by e-mail to the coordination as it is, never as PDF.",
    "french": "French",
    "english": "English",
    "prompt": "Write the English here",
    "revise": "The French has changed since this translation. Before: {former}",
    "other-form": "There is a translation already, in another form than the French; it is kept aside.",
    # ---- make translation
    "form-written": "form of {path}: {form}.docx and .odt",
    "form-none": "{path}: no passage to give out, all of it is confidential; no form",
    "form-withheld": "  confidential passages that are not in it: {number}; they are translated in the .en.md file alone",
    # ---- make intake
    "taken": "{file}: translation taken into {path}; passages translated: {new}, changed: {changed}",
    "nothing": "{file}: a translator's form with nothing new; {path} stays as it is",
    "waits-text": "{file}: a translator's form, but contributions/{association}/{theme}.md is not in the report or has an "
    "error: mend the French text, then run make intake again",
    "waits-file": "{file}: a translator's form, but {path} has an error of form: make check says which; mend it, then run make "
    "intake again",
    "waits-notices": "{file}: a translator's form with tracked changes, comments or hidden text; accept them in Word, or run "
    "make intake FILES=… ACCEPT=oui",
    "told-stale": "the French has changed since this form: “{text}”; the English is kept, to be revised",
    "told-aside": "there is other English for this passage already: “{text}”; that of the file stays, that of the form is at "
    "the end of the file, under “.retire”: choose",
    "told-lost": "this passage is no longer in the French: “{text}”; its English is at the end of the file, under “.retire”",
    "told-gaps": "this passage is translated in part: “{text}”; elsewhere its French stays, to be revised",
    "told-emptied": "the English of this passage was taken out of the form: “{text}”; the file keeps it",
    "told-joined": "several paragraphs in one place make one: “{text}”",
    "told-french": "the French was changed in the form, beside the English: “{text}”; that change was not taken",
    "told-picture": "a picture in a place of English is not taken: “{text}”",
    "told-beside": "these words are in no place of English and were not taken: {words}",
    "told-confidential": "this passage has become confidential: “{text}”; its English will be printed in that edition alone",
    "unread": "these words of the English do not read back from the file: {words}",
    "next": "make check says what the rules think of it; make intake UNDO={path} goes back",
    # ---- the receipt
    "subject": "Your translation",
    "hello": "Dear colleague,",
    "thanks": "We have received your translation: {association}, “{theme}”.",
    "thanks-nothing": "We have received your form: {association}, “{theme}”. No place in it is new.",
    "counts": "Passages",
    "count-done": "Passages that have their English: {done} of {total}; to be revised: {revise}.",
    "count-new": "From this form, passages translated: {new}; changed: {changed}.",
    "told": "To know",
    "signature": "The coordination",
}
