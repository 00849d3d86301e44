"""A file received laid against the contribution on disk: what its receipts may say, counted by `inventory` alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rapport.intake.placing import existing_text
from rapport.intake.states import IntakeResult
from rapport.inventory import contribution, figure_cells, plain_text, web_page
from rapport.inventory.account import ReceiptContent, account
from rapport.inventory.reading import inventory
from rapport.inventory.states import Account, Inventory
from rapport.storage.cache import Cache

FORM = ("form", "furniture")  # words that our form prints: counted, not lost
PICTURES = ("picture", "logo", "linked-picture", "drawing", "object", "chart", "diagram")
RENAMED = ("section-known", "section-compound")  # a title of the file in whose place one of the outline stands
QUOTED = ("text", "found")  # facts of a notification that are words of the file


def account_for(result: IntakeResult, place: Path | None, cache: Cache, figures: Sequence[Path] = ()) -> Account | None:
    """The account of one file; None where no reader knows its format.

    A message is counted in the page that it was read from. `figures` are the files of its tables of
    figures, which are counted cell by cell besides (`figure_answers`).
    `place` is the contribution, where one was written. Where that also holds an editor's corrections or another half,
    the text first made of the file counts too.
    """
    arrived = result.file
    received = inventory(arrived.name, arrived.data)
    if received is None and result.converted_file:
        received = inventory(arrived.name, result.converted_file)
    if received is None:
        return None
    if arrived.page:
        received = web_page.read(arrived.page)
    received.tables = figure_cells.without_figures(received)
    kept = [path.read_bytes() for path in figures] or [count.as_csv() for count in result.counts]
    numbers = "\n".join(plain_text.decode(one).replace(";", "\n") for one in kept)

    def made(text: str) -> Inventory:
        found = contribution.read(text, cache)
        found.text += f"\n{numbers}"
        return found

    on_disk = (existing_text(place) if place else None) or result.text
    counted = account(received, made(on_disk), receipt_content(result))
    if counted.is_complete or on_disk == result.text:
        return counted
    return account(received, made(result.text), receipt_content(result))


def receipt_content(result: IntakeResult) -> ReceiptContent:
    """What the receipts quote of the file, and what they count without quoting it."""
    received = result.contribution
    notifications = [*received.decisions, *received.questions]
    texts = [one.text for one in received.losses if one.kind not in FORM]
    texts += [one.text for one in received.findings]
    texts += [one.facts[name] for one in notifications for name in QUOTED if name in one.facts]
    pictures = sum(loss.count for loss in received.losses if loss.kind in PICTURES)
    renamed = {one.facts["text"]: one.facts["section"] for one in notifications if one.name in RENAMED}
    printed = [one.text for one in received.losses if one.kind in FORM]
    return ReceiptContent(texts, pictures, received.placed_words, printed, renamed)
