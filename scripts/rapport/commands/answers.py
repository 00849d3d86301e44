"""`rapport answers`: the remarks received and what became of them, as a table, and as comments in the last draft."""

from __future__ import annotations

from msgspec.structs import replace

from rapport.commands.context import Context
from rapport.messages import decisions
from rapport.messages.stop import ERRORS, FINE, Stop
from rapport.pipeline import outgoing_door
from rapport.review.answers import FOLDER, table, write_commented_draft
from rapport.review.apply.session import open_session
from rapport.review.collect.masked_remarks import withhold
from rapport.review.collect.table import write_tables
from rapport.storage.lock import hold_lock

TABLE = f"{FOLDER}/observations"


def verb(context: Context) -> int:
    """Write the table, and the last draft with the answers beside its paragraphs."""
    root, language = context.root, context.language
    with context.progress() as steps, hold_lock(root):
        book = open_session(root, language)
        if not book.ledger.remarks:
            raise Stop(decisions("answers-none", language), ERRORS)
        examined = context.examine()
        with steps.time_step("answers") as step:
            names = {one.id: one.name for one in examined.associations.values()}
            date = max(draft.date for draft in book.drafts.values()) if book.drafts else "1980-01-01"
            door = outgoing_door(examined, language).knowing(remark.relecteur for remark in book.ledger.remarks)
            door = door.withholding(examined.drafts)
            book = replace(book, ledger=withhold(book.ledger, book.drafts, door))
            tables = list(table(book, names, language))
            docx, html = write_tables(root, TABLE, tables, date, door, language)
            lines = [decisions("answers-table", language, docx=docx, html=html)]
            lines += write_commented_draft(root, book, door, language)
            context = context.with_door(door)
            step.counts["remarks"] = len(book.ledger.remarks)
    for line in lines:
        context.show(line)
    return FINE
