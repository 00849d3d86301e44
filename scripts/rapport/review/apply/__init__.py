"""Accepted remarks written into the texts that they are about, each proved.

The block and paragraph of today are found by digest, else by exact words, changes already written included; printed
words are laid along the Markdown; the edit is made outside marks, escaped, in the file's own bytes. Two proofs before
anything is written: the file read again has the same blocks and, in those concerned, the same citations, notes and
links; the report laid out again says exactly the accepted words and breaks no new rule. Files and ledger are put in
place together; what the files were lies in build/avant/. What is not certain is refused with a reason and listed.

Changes of whole paragraphs come after those of words (`paragraph_aims` says what each asks for, `restructuring` and
`paragraph_breaks` make it, `edited_texts` reads the text again, `paragraph_writing` proves them together).
"""
