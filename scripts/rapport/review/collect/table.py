"""The ledger as a table for people, in HTML and in Word: paragraph after paragraph, all its remarks together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from rapport.messages import decisions, long_date, review
from rapport.office.row_names import spelt_name
from rapport.review.collect import ledger
from rapport.review.collect.ledger import Ledger, Remark
from rapport.review.collect.masked_remarks import withhold
from rapport.review.collect.remark_rows import RemarkGroup, RemarkRow, RemarkTable
from rapport.review.collect.table_docx import as_docx
from rapport.review.freeze.draft_map import DraftParagraph, FrozenDraft
from rapport.safeguarding.outgoing import Outgoing

FOLDER = "build/relecture"
SHOWN = 160  # signs of a paragraph, enough to know it again
NEAR = 45  # signs on each side of a change
LONGEST = 600  # signs of a change that a table shows
IN_PLACE = (ledger.INSERTION, ledger.DELETION, ledger.REPLACEMENT, ledger.SPLIT)
DOUBTS = {ledger.NOTE: "in-note", ledger.WORDLESS: "wordless", ledger.FORMULA: "formula", ledger.CALL: "call-moved"}
CHOICES = (ledger.OPEN, ledger.ACCEPTED, ledger.REFUSED, ledger.ANSWERED, ledger.APPLIED)
COLUMNS = ("col-who", "col-what", "col-before", "col-after", "col-state")


def write(
    root: Path, found: Ledger, drafts: Mapping[int, FrozenDraft], door: Outgoing, language: str
) -> tuple[str, str]:
    """Both files, rewritten where they differ; their paths."""
    tables = list(_tables(withhold(found, drafts, door), drafts, language))
    date = max((draft.date for draft in drafts.values()), default="1980-01-01")
    whose = door.knowing(remark.relecteur for remark in found.remarks)
    return write_tables(root, f"{FOLDER}/remarques", tables, date, whose, language)


def write_tables(
    root: Path, stem: str, tables: Sequence[RemarkTable], date: str, door: Outgoing, language: str
) -> tuple[str, str]:
    """Tables as a Word file and as a page of the web; their paths."""
    docx = door.write(root, f"{stem}.docx", as_docx(tables, date, language))
    return docx, door.write(root, f"{stem}.html", as_html(tables, language))


def _tables(found: Ledger, drafts: Mapping[int, FrozenDraft], language: str) -> Iterator[RemarkTable]:
    for number, remarks in groupby(found.remarks, key=lambda remark: remark.projet):
        mine = list(remarks)
        draft = drafts.get(number)
        places = {place.id: place for place in draft.places} if draft else {}
        by_id = {remark.id: remark for remark in mine}
        facts = {
            "number": len(mine),
            "reviewers": len({remark.relecteur for remark in mine}),
            "open": sum(1 for remark in mine if remark.etat == ledger.OPEN),
            "unsure": sum(1 for remark in mine if not remark.is_placed),
        }
        groups = [
            RemarkGroup(
                place_words(places.get(bloc), here[0], language),
                _words(places.get(bloc), language),
                tuple(_row(one, places.get(bloc), by_id, language) for one in here),
            )
            for bloc, here in ((bloc, list(those)) for bloc, those in groupby(mine, key=lambda remark: remark.bloc))
        ]
        yield RemarkTable(
            review("title", language, name=draft.name if draft else str(number)),
            review("subject", language, **facts),
            tuple(review(name, language) for name in COLUMNS),
            tuple(groups),
            "",
            (decisions("table-decision", language), decisions("table-answer", language)),
            tuple(decisions(f"table-choice-{state}", language) for state in CHOICES),
        )
    if not found.remarks:
        names = ", ".join(draft.name for draft in drafts.values())
        yield RemarkTable(review("title", language, name=names), "", (), (), review("none", language))


def paragraph_names(remark: Remark, language: str) -> list[str]:
    """« § 14 » or « R3 », what people call a paragraph by; nothing where it has no number."""
    name = "label" if remark.paragraphe.startswith("R") else "paragraph"
    found = review(name, language, number=remark.paragraphe, label=remark.paragraphe)
    return [found] if remark.paragraphe else []


def place_words(place: DraftParagraph | None, first: Remark, language: str) -> str:
    """« § 14 – hors-la-rue – contributions/…, ligne 12 »."""
    if not first.is_placed:
        return review("to-place", language)
    said = paragraph_names(first, language)
    if place is not None:
        part = place.part if place.part != "body" else place.kind
        said += [review(f"part-{part}", language)] if part in PARTS else []
        said += [review("copied", language)] if place.copy else []
    said.append(first.association or review("editor", language))
    if first.fichier:
        said.append(review("line", language, path=first.fichier, line=first.ligne))
    return " – ".join(said)


PARTS = ("note", "header", "footer", "table", "list", "heading", "toc", "entry")


def _words(place: DraftParagraph | None, language: str) -> str:
    if place is None:
        return review("to-place-what", language)
    return shorten(place.text.strip(), SHOWN)


def shorten(text: str, most: int) -> str:
    """A text of at most so many signs."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _around(remark: Remark, place: DraftParagraph | None) -> tuple[str, str]:
    """The words on both sides of a change that is a word or a few."""
    if place is None or remark.debut < 0 or remark.ou or remark.genre not in IN_PLACE or len(remark.avant) > SHOWN:
        return "", ""
    before, after = place.text[: remark.debut], place.text[remark.end :]
    lead = before if len(before) <= NEAR else f"…{before[-NEAR:].partition(' ')[2]}"
    tail = after if len(after) <= NEAR else f"{after[:NEAR].rpartition(' ')[0]}…"
    return lead, tail


def said_on(remark: Remark, language: str) -> tuple[str, ...]:
    """The day of a remark, apart from its reviewer's name: a day beside a name would be masked."""
    return (long_date(remark.date, language),) if remark.date else ()


def notes(remark: Remark, by_id: Mapping[str, Remark], language: str) -> tuple[str, ...]:
    """What is to be known of a remark beside its words."""
    found = []
    if not remark.suivi and remark.genre != ledger.COMMENT:
        found.append(review("untracked", language))
    if remark.ou and remark.genre == ledger.INSERTION:
        found.append(review("after-place" if remark.ou == ledger.AFTER else "before-place", language))
    if remark.resolu:
        found.append(review("resolved", language))
    if remark.repond_a in by_id:
        name = "answers-to" if remark.genre == ledger.COMMENT else "strikes"
        found.append(review(name, language, name=by_id[remark.repond_a].relecteur))
    if remark.avec in by_id:
        found.append(review("goes-with", language))
    if remark.doute and remark.is_placed:
        doubt = DOUBTS.get(remark.doute, "between")
        found.append(review(doubt, language, names=remark.doute))
    return tuple(found)


def _row(remark: Remark, place: DraftParagraph | None, by_id: Mapping[str, Remark], language: str) -> RemarkRow:
    def say(name: str, /, **facts: object) -> str:
        return review(name, language, **facts)

    others = dict.fromkeys(by_id[name].relecteur for name in remark.contredit if name in by_id)
    after = remark.texte if remark.genre == ledger.COMMENT else remark.apres
    if remark.genre == ledger.MOVE and after:
        after = say("moved-before" if remark.ou == ledger.BEFORE else "moved-after", text=shorten(after, SHOWN))
    state = say(f"state-{remark.etat}")
    aside = (*said_on(remark, language), *notes(remark, by_id, language))
    return RemarkRow(
        id=remark.id,
        reviewer=remark.relecteur,
        kind=say(f"kind-{remark.genre}"),
        notes=aside,
        old_text=shorten(remark.avant, LONGEST),
        new_text=after if remark.genre == ledger.COMMENT else shorten(after, LONGEST),
        state=" – ".join(piece for piece in (state, remark.reponse, remark.suite) if piece),
        words_around=_around(remark, place),
        contradiction=say("contradicts", others=", ".join(others)) if others else "",
        choice=decisions(f"table-choice-{remark.etat}", language),
        answer=remark.reponse,
        name=spelt_name(remark.id, remark.etat),
    )


STYLE = (
    "body{font:15px/1.45 Calibri,Carlito,'Segoe UI',sans-serif;color:#1c2230}"
    "body{max-width:76rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.5rem;color:#12356b}"
    "table{border-collapse:collapse;width:100%;table-layout:fixed}col{width:13%}col:nth-child(n+3){width:29%}"
    "col:nth-child(5){width:16%}td b{background:#fff3c4}"
    "th,td{border:1px solid #c9ced8;padding:.4rem .6rem;vertical-align:top;text-align:left;overflow-wrap:anywhere}"
    "thead th{background:#12356b;color:#fff}tbody th{background:#eef1f6;font-weight:600}"
    "tbody th div{font-weight:400;color:#59616e}.note{font-size:smaller;color:#59616e}"
    ".against{color:#8a1c1c;font-weight:600}td{white-space:pre-line}@media print{body{font-size:11px}}"
)


def as_html(tables: Sequence[RemarkTable], language: str) -> bytes:
    """One page, without anything fetched from elsewhere."""
    title = escape(tables[0].title)
    page = [
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body><main>'
    ]
    for table in tables:
        page.append(f"<h1>{escape(table.title)}</h1><p>{escape(table.subject or table.empty_text)}</p>")
        if table.groups:
            heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.columns)
            page.append(f"<table>{'<col>' * len(table.columns)}<thead><tr>{heads}</tr></thead>")
            page += [_group_html(group, len(table.columns)) for group in table.groups]
            page.append("</table>")
    return ("\n".join(page) + "</main></body></html>\n").encode()


def _group_html(group: RemarkGroup, width: int) -> str:
    words = f"<div>{escape(group.words)}</div>" if group.words else ""
    head = f'<tr><th scope="rowgroup" colspan="{width}">{escape(group.place)}{words}</th></tr>'
    return f"<tbody>{head}{''.join(_row_html(row) for row in group.rows)}</tbody>"


def _row_html(row: RemarkRow) -> str:
    notes = "".join(f'<div class="note">{escape(note)}</div>' for note in row.notes)
    notes += f'<div class="note against">{escape(row.contradiction)}</div>' if row.contradiction else ""
    before, after = (_in_words(row, words) for words in (row.old_text, row.new_text))
    cells = (escape(row.reviewer), f"{escape(row.kind)}{notes}", before, after, escape(row.state))
    return f'<tr id="{escape(row.id)}">{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _in_words(row: RemarkRow, words: str) -> str:
    lead, tail = map(escape, row.words_around)
    return f"{lead}<b>{escape(words)}</b>{tail}" if lead or tail else escape(words)
