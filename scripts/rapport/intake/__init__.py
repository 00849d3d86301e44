"""Files that associations send, made into contributions: nothing lost, every repair and every loss told.

unpack → document → (form | freeform) → citations, pictures → Markdown, proved by reading it again → journal, merge,
receipt. Words received = words kept + words placed in headings and header + words named. A form is read by whatever
is left of it: tag, title, row; bookmark, heading. What it prints is told from what was typed by its words alone,
since programs lose every other mark; a sentence of an older form is recognised. Originals are never touched, and
never in git: they may hold names and comments. An editor's correction is never overwritten.
"""
