"""BibLaTeX sources read with their places, one library of works, and citations written out by citeproc.

`bibtex` finds entries and fields with their places and how long abbreviations would become (300 bytes can stand for
gigabytes: refused before pandoc sees them). Pandoc reads each file alone; `entries` lets through only the fields that
are printed; `library` makes one `Library`: each work once, recognised by DOI, symbol, or title and year, and for each
association what its keys stand for. An association's entry gets the report's key `<association>--<key>`; keys are
translated once, in report/merge, after which nothing knows of associations' keys.

Citeproc walks a document several times, so it is given a skeleton: one paragraph for each different citation. That is
right because our two styles (`references-fr.csl`, `references-en.csl`) never depend on where a citation stands; where
the outline asks for notes, `notes` has each written whole and short, and chooses when all is in place. It is begun
while pandoc reads the editor's pages, with the citations foreseen from their text, and asked again for any other.
"""
