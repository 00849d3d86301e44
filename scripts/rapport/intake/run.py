"""intake: every file of the inbox made into a contribution, a question or a refusal, with a receipt each.

What an editor corrected is never overwritten: a later version is merged with it, and where both changed the same
paragraph the two are laid side by side in `contributions/inbox/conflits/`, for the editor to choose.
"""

from __future__ import annotations

import hashlib
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapport.checks.merged import OURS
from rapport.intake import merge, receipt
from rapport.intake.journal import CONFLICT, INBOX, REFUSED, TAKEN, WAITING, Journal, JournalEntry
from rapport.intake.plan import Plan
from rapport.intake.received import Notification
from rapport.intake.take import Taken, Wishes, take
from rapport.intake.unpack import Arrived, waiting
from rapport.language.names import LOST_LETTER, identifier, nearest
from rapport.messages import intake
from rapport.office import convert
from rapport.office import plain_page as letters_page
from rapport.office.package import Kind, Unsafe, kind_of, refuse_old
from rapport.rules import UNOPENED_FILE
from rapport.storage import encoding
from rapport.storage.cache import Cache, write_atomically

RECEIPTS = "build/recus"
CONFLICTS = f"{INBOX}/conflits"
AT_ONCE = 20  # files that one start of LibreOffice converts
CONVERTED = (Kind.DOC, Kind.RTF)
VERDICTS = {TAKEN: "taken", WAITING: "waiting", REFUSED: "refused", CONFLICT: "conflict"}

Progress = Callable[..., None]
Ask = Callable[[str], str]
Print = Callable[[str], None]


class TwoFiles(Exception):
    """One theme was said for several files."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What stays the same for all files of one intake; `ask` is None where nobody can answer."""

    root: Path
    plan: Plan
    wishes: Wishes
    cache: Cache
    journal: Journal
    language: str
    show: Print
    ask: Ask | None = None

    def say(self, name: str, /, **facts: object) -> str:
        return intake(name, self.language, **facts)


def run(desk: Desk, files: Sequence[Path], progress: Progress) -> bool:
    """Take in what waits; says whether nothing is left to settle."""
    (desk.root / INBOX).mkdir(parents=True, exist_ok=True)
    counts: Counter[str] = Counter()
    _resolve(desk)
    arrived = list(waiting(desk.root, [_in_inbox(desk.root, path) for path in files]))
    if len(arrived) > 1 and desk.wishes.theme:
        raise TwoFiles
    again = bool(files) and desk.wishes.citations  # a file named to have its notes replaced is known
    fresh = [one for one in arrived if again or not _known(desk.journal, one)]
    counts["known"] = len(arrived) - len(fresh)
    for at, (one, converted) in enumerate(_converted(fresh)):
        progress("intake", number=at + 1, of=len(fresh), name=one.name)
        counts[_one(desk, one, converted)] += 1
        # After each file: whoever stops us here finds what was taken in, and may correct it before going on.
        desk.journal.write((desk.say("journal-head"), desk.say("journal-how")))
    _tell_all(desk, arrived, fresh, counts)
    return not counts[WAITING] + counts[REFUSED] + counts[CONFLICT]


def _tell_all(desk: Desk, arrived: Sequence[Arrived], fresh: Sequence[Arrived], counts: Counter[str]) -> None:
    if not arrived:
        desk.show(desk.say("no-inbox", folder=INBOX))
    elif not fresh:
        desk.show(desk.say("nothing", folder=INBOX))
    else:
        facts = {name: counts[verdict] for verdict, name in ((TAKEN, "taken"), (REFUSED, "refused"))}
        still = counts[WAITING] + counts[CONFLICT]
        desk.show(desk.say("summary", **facts, waiting=still, known=counts["known"]))
        desk.show(desk.say("receipts", folder=RECEIPTS))


def nothing_new(root: Path, journal: Journal) -> bool:
    """Whether everything in the inbox has been taken in, and no conflict waits: then the project need not be read."""
    return bool(journal.entries) and not (root / CONFLICTS).exists() and all(_known(journal, o) for o in waiting(root))


def _known(journal: Journal, one: Arrived) -> bool:
    entry = journal.entries.get(one.digest)
    there = entry is not None and entry.verdict == CONFLICT and (journal.root / entry.resultat).exists()
    return entry is not None and (entry.final or there)


def _in_inbox(root: Path, path: Path) -> Path:
    """A file named on the command line, kept in the inbox like the others, under a name of its own."""
    inbox = (root / INBOX).resolve()
    if path.resolve().is_relative_to(inbox):
        return root / INBOX / path.resolve().relative_to(inbox)
    content = path.read_bytes()
    place = root / INBOX / path.name
    if place.exists() and place.read_bytes() != content:
        place = place.with_name(f"{place.stem}-{hashlib.sha256(content).hexdigest()[:6]}{place.suffix}")
    if not place.exists():
        write_atomically(place, content)
    return place


def _converted(arrived: Sequence[Arrived]) -> Iterator[tuple[Arrived, bytes | None]]:
    """Every file, old formats with what LibreOffice made of them; a few at each start of it."""
    arrived = [_safe(one) for one in arrived]
    old = [one for one in arrived if not one.problem and kind_of(one.data) in CONVERTED]
    made: dict[str, bytes] = {}
    problem: dict[str, str] = {}
    for start in range(0, len(old), AT_ONCE):
        batch = {f"{one.digest}.{kind_of(one.data)}": one.data for one in old[start : start + AT_ONCE]}
        try:
            made |= convert.to_docx(batch)
        except convert.NoOffice:
            problem |= dict.fromkeys(batch, "no-office")
        except convert.NotConverted:
            problem |= dict.fromkeys(batch, "not-converted")
    for one in arrived:
        name = f"{one.digest}.{kind_of(one.data)}" if one.data else ""
        if one in old and name not in made:
            yield replace(one, problem=problem.get(name, "not-converted")), None
        else:
            yield one, made.get(name)


def _safe(one: Arrived) -> Arrived:
    """The file, or why LibreOffice is not to open it."""
    try:
        if not one.problem and kind_of(one.data) in CONVERTED:
            refuse_old(one.data)
    except Unsafe as error:
        return replace(one, problem=error.reason, detail=error.detail)
    return one


def _one(desk: Desk, arrived: Arrived, converted: bytes | None) -> str:
    """One file taken in, its receipt written; the verdict."""
    taken = _taken(desk, arrived, _by_folder(desk, arrived), converted)
    if desk.ask and not taken.problem and not taken.whose:
        answered = _asked(desk, taken)
        taken = _taken(desk, arrived, answered, converted)
    path = f"contributions/{taken.received.association}/{taken.received.theme}.md" if taken.whose else ""
    changed: list[str] = []
    if taken.problem:
        verdict = REFUSED
    elif taken.stopped or not path:
        verdict, path = WAITING, ""
    else:
        verdict, path, changed = _placed(desk, taken, path)
    desk.journal.add(JournalEntry(
        arrived.digest, arrived.path, arrived.sender, arrived.date, verdict, path,
        hashlib.sha256(taken.text.encode()).hexdigest()[:12] if verdict == TAKEN else "",
    ))  # fmt: skip
    _write_receipt(desk, taken, verdict, path, changed)
    desk.show(_line(desk, taken, verdict, path))
    return verdict


def _taken(desk: Desk, arrived: Arrived, wishes: Wishes, converted: bytes | None) -> Taken:
    """The file as far as it can be taken; a mistake of ours in one file keeps no other from being read."""
    try:
        return take(arrived, desk.plan, wishes, desk.cache, converted)
    except RecursionError:
        return Taken(arrived, problem="nested")
    except Exception as error:  # what people send goes through a dozen readers that raise what they like
        report = "".join(traceback.format_exception(error))
        write_atomically(desk.root / "build" / "erreur.txt", f"{arrived.path}\n{report}".encode())
        return Taken(arrived, problem="ours", detail=type(error).__name__)


def _by_folder(desk: Desk, arrived: Arrived) -> Wishes:
    """inbox/<association>/<thème>.docx says whose a file is as clearly as an option."""
    wishes = desk.wishes
    folder = identifier(arrived.folder[-1]) if arrived.folder else ""
    if not wishes.association and folder in desk.plan.associations:
        wishes = replace(wishes, association=folder)
        stem = identifier(arrived.name.rpartition(".")[0])
        if not wishes.theme and desk.plan.theme(stem):
            wishes = replace(wishes, theme=stem)
    return wishes


def _asked(desk: Desk, taken: Taken) -> Wishes:
    """What the editor answers at the terminal; an empty answer leaves the file waiting."""
    wishes, received = _by_folder(desk, taken.arrived), taken.received
    themes = [theme.id for theme in desk.plan.outline.themes]
    association = received.association or _answer(desk, taken, "association", list(desk.plan.associations))
    theme = received.theme or _answer(desk, taken, "theme", themes)
    return replace(wishes, association=association, theme=theme)


def _answer(desk: Desk, taken: Taken, what: str, known: Sequence[str]) -> str:
    """The identifier that the editor types, or the nearest; "" for none."""
    assert desk.ask is not None
    said = desk.ask(desk.say(f"ask-{what}", file=taken.arrived.path)).strip()
    return identifier(said) if identifier(said) in known else nearest(said, known) if said else ""


# ---------------------------------------------------------------- the contribution in its place


def _placed(desk: Desk, taken: Taken, path: str) -> tuple[str, str, list[str]]:
    """The contribution written, or merged with the one there: (verdict, where, what changed)."""
    place, digest = desk.root / path, taken.arrived.digest
    there = _there(place)
    text, changed = taken.text, list[str]()
    if there is not None and there != taken.text:
        last = desk.journal.last_made(path)
        base = desk.journal.base(last) if last and LOST_LETTER not in there else None
        changed = merge.difference(there if base is None else base, taken.text)
        if last:
            taken.received.decisions.append(Notification("second-version", {"file": last.fichier}))
        if base is None and not _replaces(desk, taken, path):
            taken.received.questions.append(Notification("exists", {"path": path}))
            desk.journal.keep(digest, taken.text)
            return WAITING, path, changed
        if base is None:
            desk.journal.keep(hashlib.sha256(there.encode()).hexdigest(), there)
        else:
            merged = merge.merge(base, there, taken.text, path, taken.arrived.name)
            text = merged.text
            if merged.conflicts:
                path = f"{CONFLICTS}/{path.split('/')[1]}--{path.split('/')[2]}"
                write_atomically(desk.root / path, text.encode())
                desk.journal.keep(digest, taken.text)
                _put_beside(desk.root, taken)
                return CONFLICT, path, changed
    desk.journal.keep(digest, taken.text)
    if text != there:
        write_atomically(place, text.encode())
    _put_beside(desk.root, taken)
    return TAKEN, path, changed


def _there(place: Path) -> str | None:
    """The text that is there already, a lost letter for what cannot be read of it; None where there is none."""
    if not place.is_file():
        return None
    raw = place.read_bytes()
    text = encoding.read(raw)
    return raw.decode("utf-8", "replace") if text is None else text


def _replaces(desk: Desk, taken: Taken, path: str) -> bool:
    """Whether a text that did not come this way may give its place, which only the editor can say."""
    if desk.wishes.replace or not desk.ask:
        return desk.wishes.replace
    return desk.ask(desk.say("ask-replace", file=taken.arrived.path, path=path)).strip().lower()[:1] in ("o", "y")


def _put_beside(root: Path, taken: Taken) -> None:
    """Images and new entries of sources.bib; what is there already stays, and what cannot be read of it as it is."""
    folder = root / "contributions" / taken.received.association
    for name, content in taken.images.items():
        if not (folder / name).exists():
            write_atomically(folder / name, content)
    if taken.received.works:
        from rapport.intake.works import appended

        bib = folder / "sources.bib"
        before = _there(bib) or ""
        if added := appended(before, taken.received.works)[len(before) :]:
            write_atomically(bib, (bib.read_bytes() if LOST_LETTER in before else before.encode()) + added.encode())


def _resolve(desk: Desk) -> None:
    """A conflict whose marks are gone was settled: the text becomes the contribution, the new version its base."""
    for file in sorted((desk.root / CONFLICTS).glob("*--*.md")):
        text = _there(file) or ""
        where = f"{CONFLICTS}/{file.name}"
        if merge.marked(text) or LOST_LETTER in text:
            continue
        path = "contributions/" + file.name.replace("--", "/", 1)
        write_atomically(desk.root / path, text.encode())
        file.unlink()
        if not any(file.parent.iterdir()):
            file.parent.rmdir()
        for entry in [e for e in desk.journal.entries.values() if e.verdict == CONFLICT and e.resultat == where]:
            base = desk.journal.base(entry) or ""
            digest = hashlib.sha256(base.encode()).hexdigest()[:12]
            desk.journal.add(replace(entry, verdict=TAKEN, resultat=path, texte=digest))
        desk.journal.write((desk.say("journal-head"), desk.say("journal-how")))
        desk.show(desk.say("resolved", path=path))


# ---------------------------------------------------------------- what is told


def _write_receipt(desk: Desk, taken: Taken, verdict: str, path: str, changed: Sequence[str]) -> None:
    lines = receipt.compose(taken, VERDICTS[verdict], path, changed, desk.plan, desk.language)
    name = f"{identifier(taken.arrived.path.replace(' › ', ' '))[:60] or 'fichier'}-{taken.arrived.digest[:6]}"
    date = taken.arrived.date or desk.plan.outline.identity.date
    for suffix, content in (
        ("txt", letters_page.as_text(lines)),
        ("docx", letters_page.as_docx(lines, date, desk.language)),
    ):
        write_atomically(desk.root / RECEIPTS / f"{name}.{suffix}", content)


def _line(desk: Desk, taken: Taken, verdict: str, path: str) -> str:
    file = taken.arrived.path
    if verdict == REFUSED:
        why = f"{receipt.reason(taken, desk.say)} [{UNOPENED_FILE.code}]"
        return desk.say("refused", file=file, why=why)
    if verdict == TAKEN:
        return desk.say("taken", file=file, words=taken.words.received, path=path)
    if verdict == CONFLICT:
        return desk.say("conflict", file=file, number=_marks(desk.root / path), path=path)
    if taken.stopped:
        return desk.say("waits", file=file, why=receipt.stopped(taken, desk.say))
    first = next(one for one in taken.received.questions if one.name.startswith(("which-", "exists")))
    return desk.say("waits", file=file, why=receipt.told(first, desk.say, desk.language))


def _marks(path: Path) -> int:
    return path.read_text(encoding="utf-8").count(f"{OURS} ")
