"""Files that associations send, made into contributions: nothing lost, every repair and every loss told.

`inbox` takes in every file that waits, `conversion` makes one of them into a contribution, a step a module:

    unpack      archives and messages (mail, mail_words) → IncomingFile
    document    IncomingFile → SentDocument: pandoc's blocks, pictures, what the file hides (typed_tables)
    minutes     SentDocument → Minutes, where it is no contribution but a document received
    form        SentDocument → ReceivedText, where it is our own form (form_wording, answers, dates; plain_form)
    freeform    SentDocument → ReceivedText, where it is not (headings, blocks, tables, layout_tables, …)
    attribution whose it is, and on which theme
    citations   typed keys and fields of programs → citations of works
    pictures    decoded and written anew, without metadata
    markdown    ReceivedText → the file's text, and its words read again (word_count)
    placing     the contribution in its place, by `versions` (two files for one theme) and `merge`; `undo` takes it back
    references  a bibliography put into its association's sources.bib
    proof       the file laid against the contribution on disk, counted by `inventory`
    translation_form      a translator's form → its lines (translation_merge: laid beside the file; translation_answers)
    waiting     what was told of files that wait, told again (repetition: for the whole inbox); asking: the terminal
    journal     what arrived and what became of it; `receipt` for its sender, `editor_receipt` for the editor

The types of these states are in `states`; `plan` is the project that a file is compared with.

A form is read by whatever is left of it: tag, title, row; bookmark, heading. What it prints is told from what was typed
by its words alone, since programs lose every other mark; a sentence of an older form is recognised. Originals are never
touched, and never in git: they may hold names and comments. An editor's correction is never overwritten.
"""
