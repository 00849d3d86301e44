"""Documents received that are no contributions: reports, spreadsheets, slides, pictures, recordings, links.

`properties` reads what a file says of itself, `programs` finds what would run, `links` the addresses in a message;
`register` is contributions/documents.yaml, which is in git: every word in it has passed the door. The files themselves
stay as they came, in contributions/inbox/recus/, on the machine of whoever took them in.
"""
