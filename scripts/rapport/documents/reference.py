"""An entry of a bibliography made of a document received, by what the editor read on its title page."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection

from msgspec.structs import replace

from rapport.bibliography.new_entries import Work, new_work
from rapport.documents.register import NATURES, ReceivedDocument
from rapport.model import CslItem

KEY = re.compile(r"[A-Za-zÀ-ÿ][\wÀ-ÿ:.+/-]{0,60}")
YES = ("oui", "yes")  # CITE=oui: under a key that the program makes
DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
ONLINE = (NATURES["link"], NATURES["web-page"])
WORD_OF_A_NAME = re.compile(r"\s+(?:and|et)\s+(?=[^,]+,)|\s*;\s*")


class NoReference(Exception):
    """No entry can be made: `reason` is a sentence of messages/documents_*.py."""

    def __init__(self, reason: str, **facts: str) -> None:
        super().__init__(reason)
        self.reason, self.facts = reason, facts


def reference(
    one: ReceivedDocument, key: str, title: str, author: str, date: str, today: str, taken: Collection[str]
) -> Work:
    """The entry; raises `NoReference` where a reader could not find the work by it, or the key is not free."""
    if title == "" or author == "" or (date == "" and one.nature not in ONLINE):
        missing = [word for word, value in (("TITLE", title), ("AUTHOR", author), ("YEAR", date)) if not value]
        raise NoReference("missing", wanted=" ".join(f'{word}="…"' for word in missing))
    if date and not _is_date(date):
        raise NoReference("bad-year", typed=date)
    kind = "webpage" if one.nature in ONLINE else "report"
    item: CslItem = {
        "type": kind, "title": title, "author": _people(author), "URL": one.adresse,
        **({"issued": {"date-parts": [[int(date[:4])]]}} if date else {}),
    }  # fmt: skip
    work = new_work(item, taken)
    if key.lower() not in YES:
        if not KEY.fullmatch(key):
            raise NoReference("bad-key", key=key)
        if key in taken:
            raise NoReference("key-taken", key=key)
        work = replace(work, key=key)
    when = {"date": date} if date else {"urldate": today}
    note = f"de mémoire, à vérifier : document reçu n° {one.numero}"
    return replace(work, fields={**work.fields, **when, "annotation": note})


def _people(author: str) -> list[dict[str, str]]:
    """« Nom, Prénom ; Nom, Prénom » → people; anything without a comma is an institution."""
    people = []
    for name in WORD_OF_A_NAME.split(author):
        family, _, given = name.partition(",")
        is_person = given.strip() and len(given.split()) <= 3 and len(family.split()) <= 3
        people.append({"family": family.strip(), "given": given.strip()} if is_person else {"literal": name.strip()})
    return people


def _is_date(text: str) -> bool:
    if not DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True
