"""What is told of a file once it is settled: its two receipts, and its line on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from rapport.checks.conflict_marks import OURS
from rapport.intake import editor_receipt, receipt
from rapport.intake.figure_answers import figure_lines
from rapport.intake.journal import ASIDE, CONFLICT, RECEIVED_TEXTS, REFUSED, REGISTERED, TAKEN, WAITING
from rapport.intake.placing import IntakeSession
from rapport.intake.proof import account_for
from rapport.intake.states import IntakeResult
from rapport.intake.versions import Relation
from rapport.inventory.states import Account
from rapport.language.names import consonant_stamp, identifier
from rapport.office.plain_page import PageLine, as_text
from rapport.project.read import OWN
from rapport.rules import UNOPENED_FILE
from rapport.storage.transaction import remove, write_atomically

RECEIPTS = "build/recus"
AFTER_VERDICT = 3  # lines of the editor's receipt
EDITION = "edition"  # the editor's own, in a folder of theirs
VERDICTS = {
    TAKEN: "taken", WAITING: "waiting", REFUSED: "refused", CONFLICT: "conflict", ASIDE: "aside",
    REGISTERED: "registered",
}  # fmt: skip


class WrittenReceipts(Struct, frozen=True):
    """The receipts of one file: the paths of all of them, and what they say, before anything is masked."""

    paths: tuple[str, ...]
    text: str


def write_receipts(
    session: IntakeSession, result: IntakeResult, account: Account | None, verdict: str, path: str,
    changed: Sequence[str],
) -> WrittenReceipts:  # fmt: skip
    """The association's receipt and the editor's, in files of the same name."""
    arrived = session.door.file_name(result.file.path.replace(" › ", " "))
    name = f"{identifier(arrived)[:60] or 'fichier'}-{consonant_stamp(result.file.digest)}"
    date = result.file.date or session.plan.outline.identity.date
    door, language = session.door.citing(result.text), session.language
    word = "references" if path.endswith(OWN) else VERDICTS[verdict]
    told = list(figure_lines(result, session.language))
    lines = receipt.compose(result, account, word, changed, session.plan, language, told)
    if _masked(session, result, lines):
        last = next(at for at, line in enumerate(lines) if line.kind == "signature")
        lines.insert(last, PageLine("para", session.say("masked")))
    sent = door.write_page(session.root, f"{RECEIPTS}/{name}", lines, date)
    own = editor_receipt.compose(result, account, word, path, sent[-1], session.plan, language)
    if kept := _keep_masked(session, result, [*lines, *own]):
        own.insert(AFTER_VERDICT, PageLine("para", session.say("editor-masked", path=kept)))
    paths = (*sent, *door.write_page(session.root, f"{RECEIPTS}/{EDITION}/{name}", own, date))
    return WrittenReceipts(paths, "\n".join([result.file.path, name, *(line.text for line in (*lines, *own))]))


def _masked(session: IntakeSession, result: IntakeResult, lines: Sequence[PageLine]) -> list[str]:
    """The lines of a receipt in which something is masked, as they would be without that."""
    door = session.door.citing(result.text)
    return list(dict.fromkeys(line.text for line in lines if door.words(line.text) != line.text))


def _keep_masked(session: IntakeSession, result: IntakeResult, lines: Sequence[PageLine]) -> str:
    """Lines that are masked in both receipts kept whole on this machine, for the editor; where, "" where none is."""
    path = f"{RECEIVED_TEXTS}/masques-{result.file.digest[:12]}.txt"
    texts = _masked(session, result, lines)
    if not texts:
        remove(session.root / path)
        return ""
    said = [PageLine("para", session.say("masked-list")), *(PageLine("item", text) for text in texts)]
    write_atomically(session.root / path, as_text(said))
    return path


def write_again(session: IntakeSession, result: IntakeResult, path: str) -> None:
    """The receipts of a file that another of the same intake has completed, which ask no more for what that brought,
    or that it has replaced.
    """
    decided = result.contribution.decisions
    if decided and decided[-1].name == Relation.OLDER.value:
        write_receipts(session, result, None, ASIDE, path, ())
        session.show(verdict_line(session, result, None, ASIDE, path))
        return
    kept = [session.root / note.path for note in result.figures]
    write_receipts(session, result, account_for(result, session.root / path, session.cache, kept), TAKEN, path, ())


def verdict_line(session: IntakeSession, result: IntakeResult, account: Account | None, verdict: str, path: str) -> str:
    """The line on the screen for one file: what became of it, where, and why."""
    file = result.file.path
    if verdict == REFUSED:
        why = f"{receipt.refusal_reason(result, session.say)} [{UNOPENED_FILE.code}]"
        return session.say("refused", file=file, why=why)
    if verdict == REGISTERED:
        head = result.contribution.header
        return session.say("registered", file=file, number=head["numero"], title=head["titre"], path=path)
    if verdict == TAKEN and path.endswith(OWN):
        return session.say("taken-references", file=file, path=path, why=_first_told(session, result))
    if verdict == TAKEN:
        words = account.tally_of("words").received_count if account else "?"
        said = session.say("taken", file=file, words=words, path=path)
        return (
            said if account is None or account.is_complete else said + session.say("taken-incomplete", folder=RECEIPTS)
        )
    if verdict == ASIDE and result.problem:
        return session.say("aside", file=file, why=receipt.refusal_reason(result, session.say))
    if verdict == ASIDE:
        why = receipt.notification_text(result.contribution.decisions[-1], session.say, session.language)
        return session.say("aside", file=file, why=why)
    if verdict == CONFLICT:
        return session.say(
            "conflict", file=file, number=(session.root / path).read_text(encoding="utf-8").count(f"{OURS} "), path=path
        )
    if result.obstacles:
        return session.say("waits", file=file, why=receipt.waiting_reason(result, session.say))
    first = next(one for one in result.contribution.questions if one.name.startswith(("which-", "exists")))
    return session.say("waits", file=file, why=receipt.notification_text(first, session.say, session.language))


def _first_told(session: IntakeSession, result: IntakeResult) -> str:
    """What was decided of a file that is no text, or what has to be settled."""
    told = [*result.contribution.questions, *result.contribution.decisions]
    return receipt.notification_text(told[0], session.say, session.language)
