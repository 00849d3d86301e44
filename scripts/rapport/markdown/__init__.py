"""Contributions' Markdown: read by pandoc alone, every block given its place, limits known before.

The header is YAML read as strings only (storage/strict_yaml). The bodies that changed go to one `pandoc lua` process
(`read.lua`), each read alone with an empty file system. Pandoc gives no places, but keeps words in order: `source_map`
lays the letters of the tree along those of the text. So each block gets its line, and what no block claims is text that
would vanish, which is an error (S07). Ids and internal links move into a namespace of the contribution's own; classes
and attributes that could reach for the report's styles are dropped. A year that begins a line of a sentence is escaped,
or pandoc would make a list of it. What rules look at (citations, images, links, raw code) is noted in one walk.

`limits` knows before pandoc is asked what it would read for ever. Results are cached by content, failures too.
"""
