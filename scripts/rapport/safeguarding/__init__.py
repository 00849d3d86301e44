"""What could identify a child in a text: pure functions from prose to findings, and the register of reviewed names.

It looks at the text as typed, so that every word has its place and nothing escapes: body, notes, captions,
alternative texts, header, links, names of files and images, associations' bibliographies. `reading` makes plain prose
of Markdown, `identifiers` finds numbers and addresses, `closed_world` every word that neither the dictionary nor our
lists know, `combinations` facts that single someone out. That depends on the text alone and is cached; `world` then
takes off what the outline, the bibliography and the register (`chapters/noms-revus.yaml`) know. An exception for one
sentence is sealed with the digest of that sentence, so it names nobody and lapses with it; in a testimony no
exception applies. Word lists that cannot be loaded stop the build. `outgoing` is the one door for letters, receipts,
forms, translators' files, tables, comparisons, files sent back, statements, lines on the screen, the ledger and the
journal: what could identify somebody is « […] » in them.
"""
