"""`rapport documents`: the documents received that are no contributions; read, corrected, made into references."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from rapport.bibliography.new_entries import append_entries
from rapport.commands.context import Context, outline_of, read_identifier
from rapport.documents.reference import NoReference, reference
from rapport.documents.register import (
    CITED,
    NATURES,
    READ,
    STATE_NAMES,
    TO_READ,
    DocumentRegister,
    ReceivedDocument,
    UnreadableRegister,
)
from rapport.examination.result import Examined
from rapport.messages import documents, long_date
from rapport.messages.stop import ERRORS, FINE, USAGE, Stop
from rapport.pipeline import outgoing_door
from rapport.project.read import BIBLIOGRAPHY, OWN
from rapport.rules import BAD_BIBLIOGRAPHY
from rapport.safeguarding.masks import MASK
from rapport.safeguarding.outgoing import Outgoing
from rapport.storage.lock import hold_lock
from rapport.storage.transaction import write_atomically


def verb(context: Context) -> int:
    """List the documents, or note of some that they were read, whose they are, or the entry that cites one."""
    options = context.options
    register = register_of(context)
    numbers = _numbers(context, register)
    single = options.cite or options.title
    if (single and len(numbers) > 1) or (not numbers and (single or options.read or options.reopen)):
        raise Stop(documents("one" if numbers else "which", context.language), USAGE)
    if not register.entries:
        context.show(documents("none", context.language))
        return FINE
    with context.progress(), hold_lock(context.root, once=context.request if context.options.cite else ""):
        register = register_of(context)  # as it is now: another command may have been at work
        numbers = _numbers(context, register)
        examined = context.examine()
        door = outgoing_door(examined, context.language)
        context = context.with_door(door)
        if not numbers:
            context.show("\n".join(_table(register, examined, context.language)))
        for number in numbers:
            _correct(context, register, examined, door, number)
            if options.cite:
                _cite(context, register, examined, door, number)
        if numbers:
            register.write((documents("head", context.language), documents("head-how", context.language)))
    return FINE


def register_of(context: Context) -> DocumentRegister:
    """The register of this project; raises `Stop` where it cannot be read."""
    try:
        return DocumentRegister(context.root)
    except UnreadableRegister as error:
        raise Stop(documents("bad-file", context.language, place=error.place), ERRORS) from None


def summary(register: DocumentRegister, language: str, name: str = "summary") -> str:
    """How many documents there are in each state, in one line."""
    states = register.states()
    facts = {"to_read": states[TO_READ], "read": states[READ], "cited": states[CITED]}
    return documents(name, language, total=len(register.entries), **facts)


def _numbers(context: Context, register: DocumentRegister) -> list[int]:
    """What was typed; raises `Stop` where one is no number of the register."""
    return [_number(context, register, typed) for typed in context.options.numbers]


def _number(context: Context, register: DocumentRegister, typed: str) -> int:
    if not typed.isdecimal() or int(typed) not in register.entries:
        raise Stop(documents("unknown", context.language, number=typed), USAGE)
    return int(typed)


# ---------------------------------------------------------------- the list


def _table(register: DocumentRegister, examined: Examined, language: str) -> Iterator[str]:
    yield summary(register, language)
    for one in register.in_order():
        yield ""
        yield from _lines(one, examined, language)
    yield ""
    yield documents("how", language)


def _lines(one: ReceivedDocument, examined: Examined, language: str) -> Iterator[str]:
    """A document's state and title; what it is, whose, about what, of when; where it can be opened."""
    state = documents(f"state-{STATE_NAMES[one.etat]}", language)
    name = "line-cited" if one.cle else "line"
    yield documents(name, language, number=one.numero, state=state, title=one.titre, key=one.cle)
    natures = {word: name for name, word in NATURES.items()}
    owner = examined.associations.get(one.association)
    facts = [
        documents(f"nature-{natures[one.nature]}", language) if one.nature in natures else one.nature,
        owner.name if owner else documents("whose-unknown", language),
        one.theme,
        documents("dated", language, date=long_date(one.date, language)) if one.date else "",
        documents("received", language, date=long_date(one.recu, language)) if one.recu else "",
    ]
    yield "    " + ", ".join(filter(None, facts))
    yield f"    {one.place}"


# ---------------------------------------------------------------- what is noted


def _correct(context: Context, register: DocumentRegister, examined: Examined, door: Outgoing, number: int) -> None:
    """What was typed of a document: read or not, its title, whose it is, what it is about."""
    options, language = context.options, context.language
    themes = [theme.id for theme in outline_of(examined).themes]
    state = TO_READ if options.reopen else READ if options.read else ""
    said = {
        "etat": state if state and not (register.entries[number].cle and state == READ) else "",
        "titre": door.line(options.title),
        "association": read_identifier(options.association, list(examined.associations), language),
        "theme": read_identifier(options.theme, themes, language),
    }
    one = register.change(number, **{name: value for name, value in said.items() if value})
    if not options.cite:
        state = documents(f"state-{STATE_NAMES[one.etat]}", language)
        context.show(documents("changed", language, number=number, state=state))


def _cite(context: Context, register: DocumentRegister, examined: Examined, door: Outgoing, number: int) -> None:
    """An entry of the bibliography made of a document, after those that are there."""
    options, language, one = context.options, context.language, register.entries[number]
    if one.cle:
        raise Stop(documents("already", language, number=number, key=one.cle), USAGE)
    title = " ".join(options.title.split()) or one.titre
    if MASK in title + one.adresse:
        raise Stop(documents("masked", language, number=number), USAGE)
    path = f"contributions/{one.association}/{OWN}" if one.association in examined.associations else BIBLIOGRAPHY
    place = context.root / path
    try:
        before = place.read_text(encoding="utf-8") if place.is_file() else ""
    except UnicodeDecodeError:
        raise Stop(documents("bad-bibliography", language, path=path), ERRORS) from None
    if any(found.rule == BAD_BIBLIOGRAPHY and found.span.path == path for found in examined.diagnostics):
        raise Stop(documents("bad-bibliography", language, path=path), ERRORS)
    taken = {key for name in ("", *examined.associations) for key in examined.library.keys_of(name)}
    today = datetime.date.today().isoformat()
    try:
        work = reference(one, options.cite, title, " ".join(options.author.split()), options.year, today, taken)
    except NoReference as error:
        raise Stop(documents(error.reason, language, **error.facts), USAGE) from None
    write_atomically(place, append_entries(before, [work]).encode())
    register.change(number, etat=CITED, cle=work.key)
    context = context.with_door(door.citing(f"[@{work.key}]"))
    context.show(documents("cited", language, number=number, key=work.key, path=path))
    owner = examined.associations.get(one.association)
    context.show(documents("cited-by", language, name=owner.name) if owner else documents("cited-anyone", language))
