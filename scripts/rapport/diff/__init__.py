"""One engine that lays two texts side by side: words, blocks, inlines, and the Markdown they come from.

Blocks of two lists are paired: the same first, then as alike as can be; a paragraph that was divided or joined keeps
its words, unless it calls a note (LibreOffice forgets the end of such a paragraph). Words change whole, without
confetti: with fewer than four words in ten in common a text is rewritten, and a few words left alone between larger
changes go with them. What only changed its looks is a change of format; a note that changed keeps its call.
"""
