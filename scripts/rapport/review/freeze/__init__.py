"""A numbered draft frozen: the map of its paragraphs, and the copies that are sent out.

`contributions/drafts/3/` is written once: `sources.zip`, every file that the report is made from (the same bytes for
the same files), and `map.json`, one paragraph of the Word file after another, read from that file by the reader that
reads what comes back. A paragraph has an `id` in this draft and a `lasting` id in every draft: the one it had in the
first, found by its words in the draft before, then among paragraphs of still earlier drafts. `block`, `digest` and
`bookmark` are the report's, `path` and `line` where it is written, `number` and `label` what is printed; `copy`: it
repeats what stands elsewhere. Files made in build/projet-3/ can be made again from `sources.zip`; the map has their
SHA-256, and the versions of the programs that made them.
"""
