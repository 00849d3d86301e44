"""What the editor is told of a file received: the counts, what only an editor decides, what to type, ready to copy."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from rapport.intake.journal import INBOX, RECEIVED_TEXTS
from rapport.intake.plan import Plan
from rapport.intake.receipt import (
    EDITORS,
    NO_CHANGE,
    ReceiptPages,
    Say,
    as_line,
    missing_parts,
    notification_text,
    refusal_reason,
    title_of_document,
    what_is_proved,
)
from rapport.intake.states import IntakeResult
from rapport.inventory.states import Account
from rapport.language.names import UNPRINTABLE
from rapport.messages import intake
from rapport.office.plain_page import PageLine

UNANSWERED = ("accessory", "covering", "remarks-table")  # came beside a text: nothing of it is to be sent


def compose(
    result: IntakeResult, account: Account | None, verdict: str, path: str, sent: str, plan: Plan, language: str
) -> list[PageLine]:
    """The editor's receipt; `path` is the contribution or the conflict, `sent` the association's own receipt."""

    def say(name: str, /, **facts: object) -> str:
        return intake(name, language, **facts)

    pages, received = ReceiptPages(say), result.contribution
    pages.add("to", say("to", file=as_line(result.file.path)))
    pages.add("subject", say("editor-subject"))
    told = {"conflict": "editor-conflict-told", "references": "editor-taken"}.get(verdict, f"editor-{verdict}")
    told = "editor-no-text" if verdict == "aside" and result.problem else told
    whose = [one for one in received.decisions if one.name in NO_CHANGE]
    clues = [say(f"editor-{one.name}", clue=say(f"clue-{one.facts['clue']}")) for one in whose]
    said = say(told, path=path, reason=refusal_reason(result, say), title=title_of_document(result))
    pages.add("para", " ".join([said, *clues]) if verdict == "taken" else said)
    if verdict not in ("refused", "aside", "references", "registered"):
        pages.add("para", what_is_proved(account, say, "named-there"))
        pages.add_list("missing", list(missing_parts(result, account, say)))
    own = [one for one in (*received.decisions, *received.questions) if one.name in EDITORS]
    pages.add_list("editor-decides", [notification_text(one, say, language) for one in own])
    pages.add_list(
        "editor-type", [*commands(result, verdict, path, say), *_to_mend(result, account, verdict, path, say)]
    )
    if result.problem not in UNANSWERED:
        sending = "editor-sent-as-is" if verdict == "registered" else "editor-sent"
        pages.add_list("editor-send", [say(sending, path=sent)])
    return pages.page(language, is_signed=False)


def commands(result: IntakeResult, verdict: str, path: str, say: Say) -> Iterator[str]:
    """What to type now, the command whole, as it is copied from the screen."""
    names = {one.name for one in result.contribution.questions}
    file = _typed(f"{INBOX}/{result.file.path}")
    if verdict == "waiting" and not result.is_attributed:
        whose = "".join(_answers(result))
        yield say("editor-whose", file=file, whose=whose) + (say("editor-names") if "THEME=…" in whose else "")
    if result.obstacles:
        yield say("editor-accept", file=file)
    if "exists" in names:
        yield say("editor-replace", file=file, path=f"{RECEIVED_TEXTS}/{result.file.digest[:12]}.md")
    if names & {"which-version", "which-of-two"}:
        yield say("editor-version", file=file, folder=INBOX)
    if verdict == "registered":
        yield say("editor-document", number=result.contribution.header["numero"])
    if result.problem == "minutes":
        yield say("editor-minutes", file=file)
    if verdict == "conflict":
        yield say("editor-conflict", path=path)
    if names & {"cite-note", "cite-note-new"}:
        yield say("editor-citations", file=file)


def _answers(result: IntakeResult) -> Iterator[str]:
    """What the program has to be told of whose a text is and on what; filled in where one answer alone is likely."""
    received = result.contribution
    likely = {one.name: one.facts["likely"] for one in received.questions if one.facts.get("likely")}
    for what, known in (("association", received.association), ("theme", received.theme)):
        if not known:
            yield f" {what.upper()}={likely.get(f'which-{what}-likely', '…')}"


def _typed(path: str) -> str:
    """A path as the shell reads it; what no screen shows is spelled out, « $'\\u202e' »."""
    if not UNPRINTABLE.search(path):
        return shlex.quote(path)
    inside = path.replace("\\", r"\\").replace("'", r"\'")
    return "$'" + UNPRINTABLE.sub(lambda found: rf"\u{ord(found[0]):04x}", inside) + "'"


def _to_mend(result: IntakeResult, account: Account | None, verdict: str, path: str, say: Say) -> Iterator[str]:
    """What to do by hand, and then."""
    if account and not account.is_complete:
        yield say("editor-missing", file=f"{INBOX}/{result.file.path}", path=path or "…")
    if verdict in ("taken", "references"):
        yield "make"
