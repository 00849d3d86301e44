"""The document as files: DOCX, PDF and HTML, made side by side, and put in place whole where they differ.

Writers receive a `Document`: pandoc's tree (pandoc-types 1.23) without Raw nodes, citations written out, in
`front_matter`, `chapters` and `back_matter`; each numbered part begins a page. Beside pandoc's own blocks:

    Header 1, 2, 3, 4…              part (or .unnumbered title), theme, section, the contribution's own headings
    Div .paragraph, number          one numbered paragraph; its id is the block's
    Div .recommendation, number     one recommendation, in the same sequence
    Div .block                      any other block of a contribution, under its id
    Header, Table, Figure           with a pair `number` where they have one
    Div .consolidated, label        one entry of the list of recommendations; .carried: who carries it
    Div or Span .derived, of        a copy of what stands elsewhere, under that block's id
    Div .shortlist of .key          the key recommendations, on one page; the last is a .last-key too
    Span .label                     « R12 », written by the program; .expansion: a name in full after its acronym
    Div .intro                      the editor's prose inside a chapter that has no numbers
    Link .reference, kind, number   a cross-reference; its printed number is a Span .number; .written: words of ours
    Div .provenance                 who wrote what follows, until the next one
    Div .notice                     a box: .empty .refused .warning .confidential .proposed
    Div .cover of .cover-*, .toc    the cover; where the table of contents goes
    Div #refs of .csl-entry         the references cited

pdf/ lowers it to JSON, one file a chapter, which `template/*.typ` walks: typst reads data, never text as code. It
runs in a process of its own, which starts first and ends with the build, because it never frees memory. docx/ is
pandoc's, on a reference document made by code, then mended: contents with each title's first paragraph, bookmarks,
REF fields, properties, in drafts a watermark and line numbers. html/ is a walk of our own: one file, pictures and
fonts inside, a policy that lets nothing be loaded.
"""
