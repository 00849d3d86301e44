"""What is typed after `rapport`: the verbs as data, and argparse speaking our languages."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from msgspec import Struct

from rapport.messages import LANGUAGES, phrase
from rapport.messages.stop import USAGE, Stop
from rapport.model import Edition

Argument = tuple[tuple[str, ...], dict[str, Any]]
"""The names of an argument and what argparse is told of it; `help` is the name of a phrase."""

COMMON: tuple[Argument, ...] = (
    (("--lang",), {"choices": LANGUAGES, "help": "help-lang"}),
    (("--root",), {"type": Path, "default": Path(), "help": "help-root"}),
    (("--timings",), {"action": "store_true", "help": "help-timings"}),
)
EDITION: Argument = (("--edition",), {"default": Edition.DRAFT.value, "help": "help-edition"})
REPORT_LANGUAGE: Argument = (
    ("--report-language",),
    {"choices": LANGUAGES, "default": "fr", "help": "help-report-language"},
)
ASSOCIATION: Argument = (("--association",), {"default": "", "help": "help-association"})
THEME: Argument = (("--theme",), {"default": "", "help": "help-theme"})
JSON: Argument = (("--json",), {"action": "store_true", "help": "help-json"})
LIST: Argument = (("--list",), {"action": "store_true", "dest": "only_list", "help": "help-list"})
ALL: Argument = (("--all",), {"dest": "every_theme", "action": "store_true", "help": "help-all"})
EXPLAIN: tuple[Argument, ...] = (
    (("code",), {"nargs": "?", "default": "", "help": "help-code"}),
    (("--table",), {"action": "store_true", "help": "help-table"}),
)
INTAKE: tuple[Argument, ...] = (
    (("files",), {"type": Path, "nargs": "*", "help": "help-files"}),
    (("--accept-changes",), {"action": "store_true", "help": "help-accept"}),
    (("--replace",), {"action": "store_true", "help": "help-replace"}),
    (("--add",), {"action": "store_true", "help": "help-add"}),
    (("--citations",), {"action": "store_true", "help": "help-citations"}),
    (("--undo",), {"default": "", "help": "help-undo"}),
)
ADDRESSEE: Argument = (("--addressee",), {"default": "", "help": "help-addressee"})
PUBLISH: Argument = (("--publish",), {"action": "store_true", "help": "help-publish"})
ANSWERS: Argument = (("--answers",), {"default": "", "help": "help-answers"})
REBUILD: Argument = (("--rebuild",), {"default": "", "help": "help-rebuild"})
REVIEWS: Argument = (("files",), {"type": Path, "nargs": "*", "help": "help-reviews"})
REDLINE: tuple[Argument, ...] = (
    (("from_state",), {"nargs": "?", "default": "", "help": "help-from"}),
    (("to_state",), {"nargs": "?", "default": "", "help": "help-to"}),
)
CONSENT: tuple[Argument, ...] = (
    (("--agree",), {"action": "store_true", "help": "help-agree"}),
    (("--reserve",), {"action": "store_true", "help": "help-reserve"}),
    (("--on",), {"dest": "reserved_numbers", "default": "", "help": "help-on"}),
    (("--by",), {"dest": "signatory", "default": "", "help": "help-by"}),
    (("--date",), {"default": "", "help": "help-when"}),
    (("--words",), {"default": "", "help": "help-words"}),
)
OF_CHILDREN: Argument = (("--children",), {"action": "store_true", "help": "help-children"})
CHILDREN: tuple[Argument, ...] = (
    (("--workshop",), {"default": "", "help": "help-workshop"}),
    (("--piece",), {"default": "", "help": "help-piece"}),
    (("--looked",), {"dest": "found_nobody", "action": "store_true", "help": "help-looked"}),
    (("--by",), {"dest": "signatory", "default": "", "help": "help-looked-by"}),
    (("--agree",), {"action": "store_true", "help": "help-page-seen"}),
    (("--withdraw",), {"action": "store_true", "help": "help-withdraw"}),
    (("--date",), {"default": "", "help": "help-when"}),
)
CHILDREN_VERSION: tuple[Argument, ...] = (
    (("--workshop",), {"default": "", "help": "help-workshop"}),
    (("--agree",), {"action": "store_true", "help": "help-version-approved"}),
    (("--withdraw",), {"action": "store_true", "help": "help-version-unapproved"}),
    (("--date",), {"default": "", "help": "help-when"}),
)
DOCUMENTS: tuple[Argument, ...] = (
    (("numbers",), {"nargs": "*", "help": "help-numbers"}),
    (("--read",), {"action": "store_true", "help": "help-read"}),
    (("--reopen",), {"action": "store_true", "help": "help-unread"}),
    (("--cite",), {"default": "", "help": "help-cite"}),
    (("--title",), {"default": "", "help": "help-title"}),
    (("--author",), {"default": "", "help": "help-author"}),
    (("--year",), {"default": "", "help": "help-year"}),
)
TODAY: Argument = (("--date",), {"default": "", "help": "help-today"})
REMINDERS: tuple[Argument, ...] = (
    TODAY,
    (("--words",), {"default": "", "help": "help-free"}),
    (("--sent",), {"dest": "sent_to", "default": "", "help": "help-sent"}),
)
DECIDE: tuple[Argument, ...] = (
    (("remarks",), {"nargs": "*", "help": "help-remarks"}),
    (("--accept",), {"action": "store_true", "help": "help-accept-remark"}),
    (("--refuse",), {"action": "store_true", "help": "help-refuse-remark"}),
    (("--answer",), {"default": "", "help": "help-answer-remark"}),
    (("--reopen",), {"action": "store_true", "help": "help-reopen-remark"}),
    (("--done",), {"dest": "done_by_hand", "action": "store_true", "help": "help-done-remark"}),
    (("--file",), {"default": "", "help": "help-decided-file"}),
    (("--list",), {"action": "store_true", "dest": "only_list", "help": "help-list-remarks"}),
    (("--reviewer",), {"default": "", "help": "help-reviewer"}),
)


class Options(Struct, frozen=True):
    """What was typed after `rapport`: every argument that a verb may have, as it is when it is left out."""

    verb: str = ""
    lang: str = "fr"
    root: Path = Path()
    timings: bool = False
    edition: str = Edition.DRAFT.value
    report_language: str = "fr"
    association: str = ""
    theme: str = ""
    addressee: str = ""
    code: str = ""
    files: Sequence[Path] = ()
    remarks: Sequence[str] = ()
    numbers: Sequence[str] = ()
    read: bool = False
    cite: str = ""
    title: str = ""
    author: str = ""
    year: str = ""
    accept_changes: bool = False
    replace: bool = False
    add: bool = False
    citations: bool = False
    undo: str = ""
    rebuild: str = ""
    publish: bool = False
    from_state: str = ""
    to_state: str = ""
    agree: bool = False
    reserve: bool = False
    workshop: str = ""
    piece: str = ""
    withdraw: bool = False
    found_nobody: bool = False
    children: bool = False
    reserved_numbers: str = ""
    signatory: str = ""
    date: str = ""
    words: str = ""
    sent_to: str = ""
    accept: bool = False
    refuse: bool = False
    answer: str = ""
    reopen: bool = False
    done_by_hand: bool = False
    file: str = ""
    reviewer: str = ""
    only_list: bool = False
    json: bool = False
    every_theme: bool = False
    table: bool = False
    answers: str = ""


class Verb(Struct, frozen=True):
    """One command: its name, its arguments beside those that all have, and its module among `commands`."""

    name: str
    arguments: tuple[Argument, ...] = ()
    file: str = ""

    @property
    def module(self) -> str:
        return f"rapport.commands.{self.file or self.name.replace('-', '_')}"


def read_options(verbs: Sequence[Verb], language: str, typed: Sequence[str]) -> Options:
    """What was typed, understood; raises Stop where it cannot be."""
    return Options(**vars(parser(verbs, COMMON, language, typed).parse_args(list(typed) or ["build"])))


def parser(
    verbs: Sequence[Verb], common: Sequence[Argument], language: str, typed: Sequence[str]
) -> argparse.ArgumentParser:
    """A parser of these verbs; raises Stop where `typed` cannot be understood."""

    class Parser(argparse.ArgumentParser):
        """argparse, with its own English replaced by our words."""

        def error(self, message: str) -> NoReturn:
            raise Stop(phrase("usage-error", language, typed=" ".join(["rapport", *typed])), USAGE)

        def format_help(self) -> str:
            return _help(self, verbs, language)

    whole = Parser(prog="rapport")
    entries = whole.add_subparsers(dest="verb", required=True, parser_class=Parser)
    for verb in [verb for verb in verbs if verb.name in typed[:1]] or verbs:  # to make each costs, and one is needed
        entry = entries.add_parser(verb.name, description=phrase(f"verb-{verb.name}", language))
        for names, settings in (*verb.arguments, *common):
            entry.add_argument(*names, **settings | {"help": phrase(settings["help"], language)})
        entry.set_defaults(lang=language)
    return whole


def _help(parser: argparse.ArgumentParser, verbs: Sequence[Verb], language: str) -> str:
    """The verbs of the command, or what one of them takes."""
    if not parser.description:
        lines = [f"  {verb.name:12} {phrase(f'verb-{verb.name}', language)}" for verb in verbs]
        return "\n".join([phrase("usage", language), "", *lines, ""])
    names = [
        (", ".join(action.option_strings) or phrase(f"argument-{action.dest}", language), action.help)
        for action in parser._actions[1:]
    ]
    head = f"{parser.prog}{phrase('colon', language)}{parser.description}"
    return "\n".join([head, "", *(f"  {name:18} {text}" for name, text in names), ""])
