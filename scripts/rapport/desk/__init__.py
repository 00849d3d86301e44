"""The editor's page: what blocks the public edition, what is due, who sent what, what changed, who acts next.

`overview` gathers it from what a build knows and from the registers (journal, ledger, maps of drafts, agreements);
`over_time` what changed, day by day; `page` writes it with `page.html.j2`. `agenda` makes the calendar files, and
`reminders` the messages to associations. Nothing is typed to keep any of it alive. No sentence of a text is told,
nobody who made a remark is named, and every word that comes from a file passes the door (`safeguarding/outgoing`).
"""
