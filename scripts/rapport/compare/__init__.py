"""Two states of the report compared: as tracked changes, as a web page, and as what changed for each association.

A state is a frozen draft, a revision of git (read with `ls-tree` and `cat-file` into a folder of its own) or the
folder as it is. Both are laid out, so what is compared is what is printed, and the ordinary exporters print the
result: all accepted is the new state, all refused the old one, in letters, looks, notes and tables. Parts and themes
are aligned first, so that what was edited in its theme did not move. What is counted is no part of a comparison;
labels (« R12 ») change in the name of a hand of their own, which Word can hide.

A paragraph that came whole is dated an hour later: LibreOffice takes for one what the same hand inserted side by side
within minutes, and would join paragraphs when it refuses.
"""
