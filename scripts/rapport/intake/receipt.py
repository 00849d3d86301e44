"""What an association is told of its file, in its own words: what came, what is kept, what was decided, what to do.

Every number is the independent count's (`proof`); what is named is named in full, on a second page where it is long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct, field
from msgspec.structs import replace

from rapport import rules
from rapport.intake.plan import Plan
from rapport.intake.states import IntakeResult, Notification
from rapport.inventory.states import KINDS, Account, Tally
from rapport.inventory.states import words as word_list
from rapport.language.names import LOST_LETTER, UNPRINTABLE, with_unbroken_spaces
from rapport.messages import intake, long_date, phrase
from rapport.office.normal_document import Notice
from rapport.office.plain_page import PageLine

SHOWN = 40  # lines of one kind worth reading on the first page
LONGEST = {"losses": 120, "repairs": 120}  # signs of one line there
OF_CHANGES = 6  # lines there of what changed since the version before
MESSAGE = re.compile(r"› message\.(?:md|txt)$")  # the words of a message, as `unpack` names them
LEADER = re.compile(r"\s*[._…]{4,}\s*")  # between a title and its page
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
    "outlook-damaged": "next-outlook",
    "damaged-message": "next-message",
    "encrypted": "next-password",
    "remote-attachedTemplate": "next-template",
    "pages": "next-pages",
    "form-as-text": "next-form-as-text",
    "blank": "next-blank",
    "figures-blank": "next-blank",
}
NO_TEXT = (
    "figures",
    "figures-older",
    "figures-blank",
    "accessory",
    "covering",
    "shortcut",
    "shortcut-google",
    "remarks-table",
)
"""Files that are set aside, which asks for nothing."""
BEGUN = 80  # signs by which a passage is known that stands in the text, or in full on the second page
MAY_BE_TEXT = {
    "pdf": "next-document-pdf", "spreadsheet": "next-document-spreadsheet", "slides": "next-document-slides",
    "picture": "next-document-picture", "web-page": "next-document-web-page",
    "minutes": "next-document-minutes",
}  # fmt: skip
"""What is said of documents that somebody may mean as a text."""
EDITORS = ("exists", "draft-replaced", "cite-typed", "cite-new", "cite-matched", "form-printed")
"""What is decided by, or said to, the editor alone."""
NO_CHANGE = ("whose-association", "whose-theme")
"""Decisions that leave the text as it came."""
Say = Callable[..., str]


class ReceiptPages(Struct):
    """A receipt in the making: the first page, and behind it what is too long for it, in full."""

    say: Say
    lines: list[PageLine] = field(default_factory=list)
    annex: list[PageLine] = field(default_factory=list)

    def add(self, kind: str, text: str, code: str = "") -> None:
        """Add a line to the receipt, with the rule it comes from if it has one."""
        self.lines.append(PageLine(kind, text, code))

    def add_list(self, title: str, texts: Sequence[str], codes: Sequence[str] = (), shown: int = SHOWN) -> None:
        """A list under a title, with the codes of `rapport explain`: one for each line, or one for the first alone."""
        if not texts:
            return
        self.add("heading", self.say(title))
        long = [text for text in texts[:shown] if len(text) > LONGEST.get(title, 400)]
        for text, code in zip_longest(texts[:shown], codes[:shown], fillvalue=""):
            self.add("item", self.say("continued", text=text[:BEGUN].rstrip()) if text in long else text, code)
        if len(texts) > shown:
            self.add("item", self.say("more", number=len(texts) - shown))
        if whole := [*long, *texts[shown:]]:
            self.annex += [PageLine("heading", self.say(title)), *(PageLine("item", text) for text in whole)]

    def page(self, language: str, is_signed: bool = True) -> list[PageLine]:
        """All the lines, the signature before the second page."""
        if is_signed:
            self.add("signature", self.say("signature"))
        whole = [*self.lines, *([PageLine("page", self.say("annex")), *self.annex] if self.annex else [])]
        return [replace(line, text=with_unbroken_spaces(line.text)) for line in whole] if language == "fr" else whole


def compose(
    result: IntakeResult, account: Account | None, verdict: str, changed: Sequence[str], plan: Plan, language: str,
    figures: Sequence[str] = (),
) -> list[PageLine]:  # fmt: skip
    """The association's receipt, line by line; `figures` are the lines on its tables of figures."""

    def say(name: str, /, **facts: object) -> str:
        return intake(name, language, **facts)

    received, pages = result.contribution, ReceiptPages(say)
    _greet(pages, result, verdict, plan, language)
    pages.add_list("figures-title", figures)
    if not result.problem:
        if verdict not in ("aside", "references"):
            counts(pages, account)
            pages.add("para", what_is_proved(account, say))
        pages.add_list("reshaped", list(reshaped_parts(account, say)))
        pages.add_list("repairs", [*_repairs(result, say), *_moved(result, account, say)])
        said = (*EDITORS, *NO_CHANGE) if verdict == "taken" else EDITORS  # the thanks tell whose a text is
        own = [one for one in received.decisions if one.name not in said]
        pages.add_list("decisions", _decided(own, say, language))
        pages.add_list("losses", list(losses(result, say)), [rules.NOT_CARRIED.code])
        pages.add_list("missing", list(missing_parts(result, account, say)))
        title = "findings" if result.obstacles else "findings-accepted"
        found = _found(received.findings, say, language)
        pages.add_list(title, list(found), list(found.values()))
        asked = _asked([one for one in received.questions if one.name not in EDITORS], say)
        pages.add_list("questions", [notification_text(one, say, language) for one in asked])
        pages.add_list("difference", [as_line(line) for line in changed], shown=OF_CHANGES)
    elif result.problem == "covering":
        pages.add_list("losses", list(losses(result, say)), [rules.NOT_CARRIED.code])
    pages.add("heading", say("next"))
    pages.add("item", to_do(result, account, verdict, say))
    return pages.page(language)


def _greet(pages: ReceiptPages, result: IntakeResult, verdict: str, plan: Plan, language: str) -> None:
    arrived, received, say = result.file, result.contribution, pages.say
    for line in (plan.outline.identity.collective, *plan.outline.identity.contact):
        pages.add("sender", line)
    pages.add("to", say("to", file=as_line(arrived.path)))
    if arrived.sender:
        pages.add("detail", say("from", sender=as_line(arrived.sender)))
    if arrived.date:
        pages.add("detail", say("when", date=long_date(arrived.date, language)))
    pages.add("subject", say("subject"))
    pages.add("para", say("hello"))
    association, theme = plan.associations.get(received.association), plan.theme(received.theme)
    thanks = "no-text" if verdict == "aside" and result.problem else verdict
    said = say(
        f"thanks-{thanks}",
        association=association.name if association else "",
        theme=theme.title if theme else received.theme,
        reason=refusal_reason(result, say),
        title=title_of_document(result),
    )
    pages.add("para", said, rules.UNOPENED_FILE.code if verdict == "refused" else "")


def counts(pages: ReceiptPages, account: Account | None) -> None:
    """The six counts, those of which there are none on one line."""
    say = pages.say
    pages.add("heading", say("counts"))
    tallies = [account.tally_of(kind) for kind in KINDS] if account else []
    shown = [one for one in tallies if one.received_count or one.kept_count or one.kind == "words"]
    for tally in shown:
        pages.add("item", _tally(tally, say))
    if none := [say(f"kind-{one.kind}") for one in tallies if one not in shown]:
        pages.add("item", say("tally-none", what=", ".join(none)))


def what_is_proved(account: Account | None, say: Say, named: str = "named-below") -> str:
    """The sentence on what the counts prove, and where the rest is `named`."""
    if account is None:
        return say("not-counted")
    if not account.is_complete:
        return say("something-missing")
    if account.tally_of("words").named_words:
        return say("nothing-unnamed", where=say(named))
    return say("nothing-lost" if account.is_same else "nothing-lost-reshaped", where=say(named))


def _tally(tally: Tally, say: Say) -> str:
    """« tableaux : 3 dans votre fichier, 2 dans le texte, 1 repris autrement »."""
    text = say("tally", what=say(f"kind-{tally.kind}"), received=tally.received_count, kept=tally.kept_count)
    others = (
        ("tally-reshaped", len(tally.reshaped_words)),
        ("tally-placed", len(tally.placed_words)),
        ("loss-form", len(tally.printed_words)),
        ("tally-named", len(tally.named_words)),
        ("tally-numbers", len(tally.numbers)),
        ("tally-missing", len(tally.missing_words)),
    )
    return text + "".join(say(name, number=number) for name, number in others if number > 0)


def reshaped_parts(account: Account | None, say: Say) -> Iterator[str]:
    """What stands in the text in another shape, by its first words."""
    for tally in account.tallies if account else ():
        for text in map(as_line, tally.reshaped_words):
            yield say(f"reshaped-{tally.kind}", text=text if len(text) <= BEGUN else f"{text[:BEGUN]}…")


def missing_parts(result: IntakeResult, account: Account | None, say: Say) -> Iterator[str]:
    """What is neither in the text nor named, in full."""
    for tally in account.tallies if account else ():
        if tally.kind == "words" and tally.missing_words:
            yield say("missing-words", number=len(tally.missing_words), text=" ".join(tally.missing_words))
        elif tally.missing_words:
            yield from (say(f"missing-{tally.kind}", text=as_line(text) or "—") for text in tally.missing_words)
    if result.unwritten_words and (account is None or account.is_complete):
        yield say("unwritten", number=len(result.unwritten_words), text=as_line(" ".join(result.unwritten_words)))


def losses(result: IntakeResult, say: Say) -> Iterator[str]:
    """What intake says that it did not take, a kind a line."""
    together: dict[str, tuple[int, list[str]]] = {}
    for loss in (one for one in result.contribution.losses if one.kind not in FORM):
        number, texts = together.get(loss.kind, (0, []))
        together[loss.kind] = (number + loss.count, [*texts, *([loss.text] if loss.text.strip() else [])])
    for kind, (number, texts) in together.items():
        yield say(f"loss-{kind}", number=number, words=LEADER.sub(" … ", as_line(" / ".join(texts))) or "—")


def _repairs(result: IntakeResult, say: Say) -> Iterator[str]:
    yield from (say(f"repair-{kind}", number=number) for kind, number in result.contribution.repairs.items())


def _moved(result: IntakeResult, account: Account | None, say: Say) -> Iterator[str]:
    """What went into the header and the titles of sections, and the numbers typed before lines."""
    words = account.tally_of("words") if account else Tally("words", 0, 0)
    if words.placed_words:
        texts = [
            as_line(text) for text in result.contribution.placed_words if set(word_list(text)) & set(words.placed_words)
        ]
        yield say("placed", number=len(words.placed_words), text=" / ".join(texts))
    if words.numbers:
        yield say("numbers", number=len(words.numbers), text=" ".join(words.numbers))


def refusal_reason(result: IntakeResult, say: Say) -> str:
    """Why a file was refused."""
    if not result.problem:
        return ""
    return say(f"refusal-{result.problem}", detail=as_line(result.detail) or "?")


def title_of_document(result: IntakeResult) -> str:
    """The title of a document, as the register has it."""
    return as_line(str(result.contribution.header.get("titre", "")))


def waiting_reason(result: IntakeResult, say: Say) -> str:
    """What is still in a file that waits: « des modifications suivies et des commentaires [W03, W04] »."""
    codes = dict.fromkeys(CODES[one.kind].code for one in result.contribution.findings)
    what = say("and").join(say(f"stopped-{kind}") for kind in result.obstacles)
    return f"{say('stopped', what=what)} [{', '.join(codes)}]"


def notification_text(one: Notification, say: Say, language: str) -> str:
    """A decision or a question in words."""
    facts = {name: long_date(as_line(value), language) for name, value in one.facts.items()}
    if "clue" in facts:
        facts["clue"] = say(f"clue-{facts['clue']}")
    return say(one.name, **facts)


def _decided(decisions: Sequence[Notification], say: Say, language: str) -> list[str]:
    """The decisions in words; the titles that became those of sections on one line, where the first of them stands."""
    titles = [one for one in decisions if one.name == "section-known"]
    if len(titles) < 2:
        return [notification_text(one, say, language) for one in decisions]
    pairs = [say("title-pair", **{name: as_line(text) for name, text in one.facts.items()}) for one in titles]
    others = [one for one in decisions if one is titles[0] or one not in titles]
    together = say("sections-known", pairs=say("list-joint").join(dict.fromkeys(pairs)))
    return [together if one is titles[0] else notification_text(one, say, language) for one in others]


def _asked(questions: Sequence[Notification], say: Say) -> list[Notification]:
    """The questions, those after sections that nothing was found for together, where the last of them stands."""
    absent = [one for one in questions if one.name == "missing-section"]
    names = say("quoted-joint").join(one.facts["section"] for one in absent)
    others = [one for one in questions if one not in absent[:-1]]
    return [replace(one, facts={"section": names}) if one in absent else one for one in others]


def _found(findings: Sequence[Notice], say: Say, language: str) -> dict[str, str]:
    """« page 2, tableau 1 : commentaire : « … » / « … » (2 en tout) », a line for a kind in a place; their codes."""
    together: dict[tuple[str, tuple[tuple[str, int], ...]], list[str]] = {}
    for one in findings:
        together.setdefault((one.kind, one.place), []).append(as_line(one.text))
    out = dict[str, str]()
    for (kind, place), texts in together.items():
        where = ", ".join(phrase(f"within-{name}", language, number=number) for name, number in place)
        said = say(f"finding-{kind}", text=say("quoted-joint").join(dict.fromkeys(texts)))
        said += say("times", number=len(texts)) if len(texts) > 1 else ""
        out[(say("place", place=where) if where else "") + said] = CODES[kind].code
    return out


def _next(result: IntakeResult, account: Account | None, verdict: str) -> str:
    if verdict == "registered":
        return MAY_BE_TEXT.get(result.problem, "next-document")
    if result.problem in NO_TEXT:
        return NEXT.get(result.problem, "next-no-text")
    if verdict == "aside":
        return "next-aside"
    if verdict == "refused":
        return NEXT.get(f"{result.problem}-{result.detail}", NEXT.get(result.problem, "next-refused"))
    if result.obstacles == ("hidden",):
        return "next-hidden-message" if MESSAGE.search(result.file.path) else "next-hidden"
    if result.obstacles:
        return "next-stopped"
    if any(one.name not in EDITORS for one in result.contribution.questions):
        return "next-questions"
    return "next-taken" if verdict == "references" or is_as_sent(result, account) else "next-look"


def to_do(result: IntakeResult, account: Account | None, verdict: str, say: Say) -> str:
    """What the sender is to do now."""
    return say(_next(result, account, verdict))


def is_as_sent(result: IntakeResult, account: Account | None) -> bool:
    """Whether the text is what was sent, in words and shape: nothing lost, named, changed or decided."""
    received = result.contribution
    decided = [one for one in received.decisions if one.name not in (*EDITORS, *NO_CHANGE)]
    lost = [one for one in received.losses if one.kind not in FORM]
    shapes = (
        [tally for tally in account.tallies if tally.reshaped_words or tally.missing_words or tally.numbers]
        if account
        else [None]
    )
    return not (lost or received.repairs or result.unwritten_words or decided or shapes or received.findings)


def as_line(text: str) -> str:
    """Words of somebody's, fit for a line."""
    return " ".join(UNPRINTABLE.sub(LOST_LETTER, text).split())
