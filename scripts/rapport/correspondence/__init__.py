"""What is written to associations: letters, their own files with comments, consent letters, agreements.

`facts` says what each association is told, `letters` in what words and order, office/plain_page how it looks. A
letter is made from its own association's files alone; what speaks of another, and what only the editor can do, is
counted and not told. Words that could lead to a child are left out, even of a quotation. A file that came through
intake goes back with comments: marks are put between its bytes, and no other byte changes.
"""
