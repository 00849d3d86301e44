"""The report: contributions merged under the outline, numbered, templates filled in, lists derived, laid out.

`merge` joins a theme's contributions section by section, associations in the outline's order. A `Block` keeps its
association, file, line, theme, section, a digest, and an id made of its association and its words, so that it
survives a move between files. Confidential blocks are in the confidential edition alone.

`templates` renders the editor's pages with sandboxed Jinja2; values from the outline are escaped. A contribution is
there only as a slot, which prints `[]{.slot n=3}`: pandoc reads the rendered page, and the blocks are put in the
slot's place in the tree. The headings of parts, themes and sections, like slots, must each stand once in what a
template prints (P08).

`assemble` then does, in this order: recommendations numbered, the body numbered (paragraphs, parts, themes, tables and
figures in the order of print, once for all outputs), the lists made from it (summary, recommendations, annexes: a copy
cannot differ from its origin), cross-references written, typography set on the text of each run.
"""
