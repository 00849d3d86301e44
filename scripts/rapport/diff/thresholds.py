"""Every number by which two texts are the same one or not, with its reason. Shares go from 0 to 1."""

# Blocks of two states of the report (redline, digest, consent)
BLOCK_ALIKE = 0.42  # of the words of two blocks in common: they are one block, changed
TITLE_BONUS = 0.05  # two titles of one level between the same blocks are one, renamed, whatever they share
BLOCK_PAIRS = 40_000  # ways of pairing two stretches of blocks that are worth weighing
PIECE_SHARE = 0.6  # of the words of a paragraph, also in one beside its place: it was divided from it, or joined
PIECE_WORDS = 3  # of such a paragraph, at least: fewer are common by chance
MOVED_WORDS = 5  # below which the same paragraph elsewhere is another one that says the same

# Words of one paragraph
REPLACED = 0.4  # of the words of two texts in common: below, the whole is replaced
REDLINE_BRIDGE = 3  # words left alone between two larger changes that are one to a reader
REMARK_BRIDGE = 2  # the same in the table of remarks, where each change is answered by itself
FEW_WORDS = 5  # below which letters say more than words
REWRITTEN = 0.35  # of whole words: below it, an untracked paragraph is one replacement and not a hundred

# Paragraphs of a returned file and those of the draft
ALIKE = 0.45  # of whole words: above what unrelated sentences share
ALIKE_MARKED = 0.2  # where the bookmark says the same
MARKED_BONUS = 0.2  # what the bookmark adds to a pairing
SURE = 0.7  # of a paragraph that was moved and changed: nothing else speaks for it
AHEAD = 0.12  # by which the likeliest must lead the next
LONG = 6  # words that are not the same by chance
RUN = 4  # paragraphs that one may be cut into, or that may be made one
PARAGRAPH_PAIRS = 10_000  # that are weighed in one stretch
MOVED_PAIRS = 200_000  # that are weighed anywhere in a part
JOINED_GAIN = 0.08  # by which paragraphs together must be more like than any of them
JOINED_SAME = 0.97  # of paragraphs together that are the same words, however short one of them is
WIDESPREAD = 0.3  # of the paragraphs compared: with more of them looking otherwise, a program did it
FLATTENED = 0.75  # of the paragraphs that had links, or bold: with more of them that lost it, a program did it
SEVERAL = 2  # such paragraphs, which one person may well have changed
EXTRACT = 0.5  # of the body's paragraphs: a file with fewer is an extract, in which nothing was deleted
EMPTIED = 0.3  # of the draft's notes: with more of them empty, it was no reviewer's doing
RECOGNISED = 0.1  # of the paragraphs found word for word: below it, the file comes from no such draft
STAMPED = 0.5  # of the best likeness: above it, the draft that the file names is believed

# Remarks and the texts of today
KNOWN_WORDS = 3  # by which a paragraph is known again when its block is not the same any more
STILL_SAYS = 0.6  # of a paragraph's words: citations and numbers may print otherwise today
NOTE_SAYS = 0.5  # of a note's words that stand in a stretch: below, it is another note

# Words that somebody typed and those that are known: of 100, letter by letter
TITLE_LIKE = 88  # « Recomandations » is « Recommandations »: of a heading, of a word to tick, of a work named in a note
NAME_LIKE = 86  # the name of an association or of a theme, in a file's name or its first lines
WORK_LIKE = 90  # titles of one work: those of two reports of one body differ by a year
ENGLISH_OF = 55  # of the French quoted and that of today: less is another paragraph, with another English
DEMAND_LIKE = 82  # letter by letter, or word by word in any order: two associations demand the same
LINE_LIKE = 75  # a line of Markdown and the paragraph it was made of, corrected since
PART_LIKE = 88  # the same of a part of it: a part is found by chance where a whole is not

# What a confidential sentence left behind
RUNS_KNOWN = 0.5  # of the runs of words of a sentence: with more of them, it is that sentence, changed
