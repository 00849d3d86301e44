"""What an association is told of its file: words received and kept, repairs, losses, questions, what to do now."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from rapport import rules
from rapport.intake import word_count
from rapport.intake.journal import INBOX, RECEIVED_TEXTS
from rapport.intake.plan import Plan
from rapport.intake.states import IntakeResult, Notification
from rapport.language.names import LOST_LETTER, UNPRINTABLE, unbroken
from rapport.messages import intake, long_date, phrase
from rapport.office.normalised import Notice
from rapport.office.plain_page import PageLine
from rapport.project.read import OWN

SHOWN = 40  # lines of one kind worth reading
LONGEST = 400  # signs of one quotation
FORM = ("form", "furniture")  # words that our form prints: counted, not lost
CODES = {
    "hidden": rules.HIDDEN_TEXT, "insertion": rules.TRACKED_CHANGES, "deletion": rules.TRACKED_CHANGES,
    "format": rules.TRACKED_CHANGES, "comment": rules.COMMENTS_LEFT,
}  # fmt: skip
# What saving the file anew would not mend.
NEXT = dict.fromkeys(("remote", "field", "alt-chunk"), "next-copied") | {
    "shortcut-google": "next-shortcut-google",
    "shortcut": "next-shortcut",
    "outlook": "next-outlook",
    "encrypted": "next-password",
    "remote-attachedTemplate": "next-template",
    "pages": "next-pages",
    "spreadsheet": "next-spreadsheet",
    "slides": "next-slides",
}
NO_TEXT = ("picture", "accessory", "covering", "shortcut", "shortcut-google")  # set aside, which asks for nothing
Say = Callable[..., str]


def compose(
    result: IntakeResult, verdict: str, path: str, changed: Sequence[str], plan: Plan, language: str
) -> list[PageLine]:
    """The receipt, line by line."""

    def say(name: str, /, **facts: object) -> str:
        return intake(name, language, **facts)

    identity, received, arrived = plan.outline.identity, result.received, result.arrived
    lines = [PageLine("sender", identity.collective), PageLine("to", say("to", file=_clean(arrived.path)))]
    lines += [PageLine("detail", say("from", sender=_clean(arrived.sender)))] if arrived.sender else []
    lines += [PageLine("detail", say("when", date=long_date(arrived.date, language)))] if arrived.date else []
    lines += [PageLine("subject", say("subject")), PageLine("para", say("hello"))]
    association, theme = plan.associations.get(received.association), plan.theme(received.theme)
    thanks = "no-text" if verdict == "aside" and result.problem else verdict
    references = path.endswith(OWN)
    thanks = "references" if references else thanks
    lines += [PageLine("para", say(
        f"thanks-{thanks}",
        association=association.name if association else "",
        theme=theme.title if theme else received.theme,
        reason=refusal_reason(result, say),
    ), rules.UNOPENED_FILE.code if verdict == "refused" else "")]  # fmt: skip
    if not result.problem:
        lines += _counts(result, plan, say) if verdict != "aside" and not references else []
        lines += _list("repairs", [say(f"repair-{k}", number=n) for k, n in received.repairs.items()], say)
        lines += _list("decisions", [notification_text(one, say, language) for one in received.decisions], say)
        lines += _list("losses", list(_losses(result, say)), say, [rules.NOT_CARRIED.code])
        title = "findings" if result.stopped else "findings-accepted"
        codes = [CODES[one.kind].code for one in received.findings]
        lines += _list(title, [finding_text(one, say, language) for one in received.findings], say, codes)
        lines += _list("questions", [notification_text(one, say, language) for one in received.questions], say)
        lines += _list("difference", [_clean(line) for line in changed], say)
    lines += [PageLine("heading", say("next")), PageLine("item", to_do(result, verdict, say))]
    editors = list(for_the_editor(result, verdict, path, say))
    lines += [PageLine("heading", say("editor")), *(PageLine("item", one) for one in editors)] if editors else []
    lines += [PageLine("signature", say("signature"))]
    return [replace(line, text=unbroken(line.text)) for line in lines] if language == "fr" else lines


def refusal_reason(result: IntakeResult, say: Say) -> str:
    """Why a file was refused."""
    if not result.problem:
        return ""
    whole = result.problem == "covering"
    return say(f"refusal-{result.problem}", detail=_clean(result.detail, whole) or "?")


def waiting_reason(result: IntakeResult, say: Say) -> str:
    """What is still in a file that waits: « des modifications suivies et des commentaires [W03, W04] »."""
    codes = dict.fromkeys(CODES[one.kind].code for one in result.received.findings)
    what = say("and").join(say(f"stopped-{kind}") for kind in result.stopped)
    return f"{say('stopped', what=what)} [{', '.join(codes)}]"


def notification_text(one: Notification, say: Say, language: str) -> str:
    facts = {name: long_date(_clean(value), language) for name, value in one.facts.items()}
    if "clue" in facts:
        facts["clue"] = say(f"clue-{facts['clue']}")
    return say(one.name, **facts)


def finding_text(one: Notice, say: Say, language: str) -> str:
    """« page 2, tableau 1 : commentaire (Anne) : « … » »."""
    where = ", ".join(phrase(f"within-{kind}", language, number=number) for kind, number in one.place)
    said = say(f"finding-{one.kind}", text=_clean(one.text))
    return (say("place", place=where) if where else "") + said


def _counts(result: IntakeResult, plan: Plan, say: Say) -> Iterator[PageLine]:
    words = result.words
    titles = {section.id: section.title for section in plan.sections(result.received.theme)}
    yield PageLine("heading", say("counts"))
    yield PageLine("item", say("received", number=words.received))
    yield PageLine("item", say("kept", number=sum(words.kept.values())))
    for section, number in words.kept.items():
        yield PageLine("detail", say("in-section", section=titles.get(section, section), number=number))
    if words.placed:
        yield PageLine("item", say("placed", number=words.placed))
    printed = sum(len(word_count.words(one.text)) for one in result.received.losses if one.kind in FORM)
    if printed:
        yield PageLine("item", say("loss-form", number=printed))
    if words.named > printed:
        yield PageLine("item", say("named", number=words.named - printed))
    if words.unexplained:
        yield PageLine("item", say("unexplained", number=len(words.unexplained), words=" ".join(words.unexplained)))
    else:
        yield PageLine("para", say("nothing-lost"))


def _losses(result: IntakeResult, say: Say) -> Iterator[str]:
    together: dict[str, tuple[int, list[str]]] = {}
    for loss in (one for one in result.received.losses if one.kind not in FORM):
        number, texts = together.get(loss.kind, (0, []))
        together[loss.kind] = (number + loss.count, [*texts, *([loss.text] if loss.text.strip() else [])])
    for kind, (number, texts) in together.items():
        yield say(f"loss-{kind}", number=number, words=_clean(" / ".join(texts), whole=True) or "—")


def _list(title: str, texts: Sequence[str], say: Say, codes: Sequence[str] = ("",)) -> Iterator[PageLine]:
    """A list under a title, with the codes of `rapport explain`: one for each line, or one for the first alone."""
    if texts:
        yield PageLine("heading", say(title))
        yield from (
            PageLine("item", text, code) for text, code in zip_longest(texts[:SHOWN], codes[:SHOWN], fillvalue="")
        )
        if len(texts) > SHOWN:
            yield PageLine("item", say("more", number=len(texts) - SHOWN))


def _next(result: IntakeResult, verdict: str) -> str:
    if result.problem in NO_TEXT:
        return NEXT.get(result.problem, "next-no-text")
    if verdict == "aside":
        return "next-aside"
    if verdict == "refused":
        return NEXT.get(f"{result.problem}-{result.detail}", NEXT.get(result.problem, "next-refused"))
    if result.stopped:
        return "next-stopped"
    return "next-questions" if result.received.questions else "next-taken"


def for_the_editor(result: IntakeResult, verdict: str, path: str, say: Say) -> Iterator[str]:
    """What to type now, the command whole, as it is copied from the screen."""
    file = shlex.quote(f"{INBOX}/{result.arrived.path}")
    if verdict == "waiting" and not result.attributed:
        yield say("editor-whose", folder=INBOX, file=file)
    if result.stopped:
        yield say("editor-accept", file=file)
    if any(one.name == "exists" for one in result.received.questions):
        yield say("editor-replace", file=file, path=f"{RECEIVED_TEXTS}/{result.arrived.digest[:12]}.md")
    if any(one.name in ("which-version", "which-of-two") for one in result.received.questions):
        yield say("editor-version", file=file, folder=INBOX)
    if verdict == "conflict":
        yield say("editor-conflict", path=path)
    if any(one.name in ("cite-note", "cite-note-new") for one in result.received.questions):
        yield say("editor-citations", file=file)


def to_do(result: IntakeResult, verdict: str, say: Say) -> str:
    """What the sender is to do now."""
    return say(_next(result, verdict))


def _clean(text: str, whole: bool = False) -> str:
    """Words of somebody's, fit for a line."""
    line = " ".join(UNPRINTABLE.sub(LOST_LETTER, text).split())
    return line if whole or len(line) <= LONGEST else f"{line[:LONGEST]}…"
