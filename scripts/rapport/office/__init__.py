"""Word and OpenDocument files that people send: opened under limits, read, never executed; comments written back.

What pandoc drops is carried or counted: hidden text on its ground, fields, tracked changes, comments, controls. XML
is searched only in UTF-8. RTF is mended before LibreOffice reads it: what LibreOffice writes of changes and cannot
read back is said by bookmarks, which become Word's own marks in the converted file. A comment is known as ours by its
seal, the digest of its author and words, whatever program renumbered it.
"""
