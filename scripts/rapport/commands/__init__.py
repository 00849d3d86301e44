"""The verbs of `rapport`, one file each with `verb(context) -> exit status`, and the context that they share.

A verb is a row of the table in `cli`, its arguments in `arguments`, its sentences in messages/. It imports little at
its top where pandoc or typst is waited for. Work that is not asking, telling or locking lives in the room that it is
about.
"""
