"""The project's folder: its texts read, its outline, its associations, its pictures, its agreements.

`read` makes a `Source` of each file: text in NFC with `\n`, from UTF-8, or from UTF-16, UTF-32, Windows-1252 and UTF-8
encoded twice, with a note (storage/encoding). Signs that cannot be seen are taken out, with a note. Links, linked
folders, pipes, giants and binaries are refused by name. A contribution is identified by its path,
`contributions/<association>/<theme>.md`.

`agreements` reads `contributions/drafts/consent.yaml`. A passage is known by its imprint: a digest of its words, looks,
citations and notes, but not of its file, line breaks or number. An agreement covers what the last letter showed. A
reservation becomes a Note after merge and translation, so that layout, exporters and proof treat it as any note; when
its words change it is not printed, and rule D01 says so.
"""
