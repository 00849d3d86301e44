"""The verbs: a table of name, help, arguments, function → exit status. The only file that prints.

Exit status: 0 fine, 1 errors in the texts, 2 wrong usage, 3 our own bug (an output that verification refuses is one),
75 another build is running, 130 interrupted.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from rapport import rules
from rapport.commands import arguments
from rapport.commands.arguments import ASSOCIATION, COMMON, EDITION, REPORT_LANGUAGE, THEME, Terminal, Verb, parser
from rapport.messages import LANGUAGES, display, intake, letter, page, phrase, rule_text
from rapport.messages.stop import BUG, ERRORS, FINE, USAGE, Stop  # fmt: skip
from rapport.model import Edition
from rapport.storage.lock import Busy, locked

BUSY, INTERRUPTED = 75, 130
CLEARED = "\r\033[K"  # what empties a line of a terminal


def run(arguments: Sequence[str]) -> int:
    """Run one verb; whatever a user wrote, no traceback is shown."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    options = argparse.Namespace(lang=_language(arguments), root=Path())
    try:
        options = parser(VERBS, COMMON, options.lang, arguments).parse_args(list(arguments) or ["build"])
        return int(options.function(options))
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.status
    except Busy:
        print(phrase("busy", options.lang), file=sys.stderr)
        return BUSY
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as error:
        print(display.trouble(error, options.lang), file=sys.stderr)
        return ERRORS
    except Exception:
        return _bug(options)


def _language(typed: Sequence[str]) -> str:
    """The language asked for, whatever else was typed: help and refusals are in it too."""
    words = [part for one in typed for part in one.split("=", 1)]
    asked = (after for before, after in itertools.pairwise(words) if before == "--lang")
    return next((one for one in (*asked, os.environ.get("RAPPORT_LANG")) if one in LANGUAGES), "fr")


def _bug(options: argparse.Namespace) -> int:
    """Our own mistake: said in one line, the rest kept in a file for whoever mends it."""
    report = traceback.format_exc()
    try:
        file = Path(options.root) / "build" / "erreur.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(report, encoding="utf-8")
        print(phrase("bug", options.lang), file=sys.stderr)
    except OSError:
        print(phrase("bug-unwritten", options.lang), report, sep="\n", file=sys.stderr)
    return BUG


# ---------------------------------------------------------------- the verbs


def verify(options: Any) -> int:
    """Read the files of build/ back and compare them with what was accepted."""
    from rapport.commands.verify import verify as verify_files

    with _progress(options.lang) as progress:
        progress("verify")
        return verify_files(options.root, options.lang, print)


def check(options: Any) -> int:
    """Check everything and make nothing."""
    from rapport.opening import open_cache
    from rapport.storage import manifest

    before = manifest.inputs(str(options.root))
    with _progress(options.lang) as progress:
        cache = open_cache(options.root)
        examined = _examined(options.root, cache, options.lang, progress)
        from rapport import pipeline

        examined = pipeline.in_english(examined, whole=options.report_language == "en")
        *_, problems = pipeline.read_pages(examined, Edition.DRAFT, cache, options.report_language)
    found = (*examined.diagnostics, *problems)
    status = ERRORS if display.count(found)["errors"] else FINE
    if options.json:
        for diagnostic in found:
            print(display.as_json(diagnostic, options.lang))
        return status
    lines = [display.as_text(diagnostic, examined.sources, options.lang) for diagnostic in found]
    said = "\n".join([*lines, display.summary(found, len(examined.drafts), options.lang)])
    print(said)
    manifest.remember(str(options.root), f"check-{options.report_language}-{options.lang}", before, {}, said, status)
    return status


def status(options: Any) -> int:
    """Who sent what, theme by theme."""
    from rapport.commands.status import table

    print("\n".join(table(_looked_at(options), options.lang)))
    return FINE


def letters(options: Any) -> int:
    """One page for each association: what was received, and what to change."""
    from rapport.correspondence import facts as letters_facts
    from rapport.correspondence import letters as post
    from rapport.intake.journal import JOURNAL, Journal
    from rapport.opening import open_cache

    try:
        journal = Journal(options.root)
    except ValueError:
        raise Stop(intake("bad-journal", options.lang, path=JOURNAL), ERRORS) from None
    with _progress(options.lang) as progress, locked(options.root):
        examined = _examined(options.root, open_cache(options.root), options.lang, progress)
        told = (options.lang, lambda name: progress("letter", name=name))
        written, removed, absent = post.write(options.root, examined, journal, *told)
    said = [letter("file", options.lang, path=path) for path in written]
    said += [letter("removed", options.lang, path=path) for path in removed]
    said += [letter("no-original", options.lang, file=file) for file in absent]
    said += [letter("unknown", options.lang, folder=folder) for folder in letters_facts.unknown_folders(examined)]
    print("\n".join(said or [letter("none", options.lang)]))
    return FINE


def translation(options: Any) -> int:
    """Write or bring up to date the files that translators fill in."""
    from rapport.commands.translation import write
    from rapport.opening import open_cache

    with _progress(options.lang) as progress, locked(options.root):
        examined = _examined(options.root, open_cache(options.root), options.lang, progress)
        said, whole = write(options.root, examined, options.association, options.theme, options.lang)
    print("\n".join(said))
    return FINE if whole else ERRORS


def budget(options: Any) -> int:
    """How many words, theme by theme and association by association."""
    from rapport.commands.budget import table

    print("\n".join(table(_looked_at(options), options.lang)))
    return FINE


def explain(options: Any) -> int:
    """The long page of a rule, or the list of all."""
    codes = {rule.code: rule for rule in rules.RULES}
    if options.table:
        print("\n".join(display.table(rules.RULES, options.lang)))
        return FINE
    if not options.code:
        print(phrase("rules", options.lang))
        for code, rule in codes.items():
            severity = phrase(f"severity-{rule.severity}", options.lang)
            message = re.sub(r"{\w+}", "…", rule_text(code, options.lang).message)
            print(f"  {code}  {severity:7}  {message}")
        return FINE
    code = options.code.upper()
    if code not in codes:
        raise Stop(phrase("no-rule", options.lang, code=options.code), USAGE)
    print(page(code, options.lang).rstrip())
    return FINE


def watch(options: Any) -> int:
    """Rebuild on every save until interrupted."""
    from rapport.commands.watch import watch as run_watch

    return run_watch(options.root, options.lang, print)


def review_names(options: Any) -> int:
    """Walk through the open findings on a terminal, or list them."""
    from rapport.commands import review_names as names_review

    names_review.run(options.root, _looked_at(options), None if options.list else input, print, options.lang)
    return FINE


def elsewhere(module: str) -> Callable[[Any], int]:
    """A verb in a module of its own (`verb`), which is given what only this file has."""
    return lambda options: int(import_module(module).verb(options, Terminal(_show, input, _progress, _examined)))


VERBS = (
    Verb("build", elsewhere("rapport.commands.build"), (EDITION, REPORT_LANGUAGE)),
    Verb("public", elsewhere("rapport.commands.submit"), (REPORT_LANGUAGE,)),
    Verb("confidential", elsewhere("rapport.commands.submit"), (REPORT_LANGUAGE,)),
    Verb("check", check, ((("--json",), {"action": "store_true", "help": "help-json"}), REPORT_LANGUAGE)),
    Verb("verify", verify),
    Verb("status", status),
    Verb("budget", budget),
    Verb("letters", letters),
    Verb("forms", elsewhere("rapport.commands.forms"), (ASSOCIATION, THEME)),
    Verb("intake", elsewhere("rapport.commands.intake"), (ASSOCIATION, THEME, *arguments.INTAKE)),
    Verb("draft", elsewhere("rapport.commands.draft"), (ASSOCIATION, arguments.REBUILD)),
    Verb("review", elsewhere("rapport.commands.review"), (arguments.REVIEWS,)),
    Verb("decide", elsewhere("rapport.commands.decide"), (ASSOCIATION, *arguments.DECIDE)),
    Verb("apply", elsewhere("rapport.commands.apply"), (ASSOCIATION,)),
    Verb("answers", elsewhere("rapport.commands.answers")),
    Verb("redline", elsewhere("rapport.commands.redline"), arguments.REDLINE),
    Verb("consent", elsewhere("rapport.commands.consent"), (ASSOCIATION, *arguments.CONSENT)),
    Verb("translation", translation, (ASSOCIATION, THEME)),
    Verb("review-names", review_names, ((("--list",), {"action": "store_true", "help": "help-list"}),)),
    Verb("watch", watch),
    Verb("explain", explain, (arguments.CODE, (("--table",), {"action": "store_true", "help": "help-table"}))),
)


# ---------------------------------------------------------------- what they share


def _examined(root: Path, cache: Any, language: str, progress: Callable[..., None]) -> Any:
    from rapport.opening import open_project

    if not (root / "chapters" / "outline.yaml").exists():
        raise Stop(phrase("no-project", language), USAGE)
    opened = open_project(root, cache)
    from rapport import pipeline  # late: pandoc is at work by now

    examined = pipeline.examine(root, cache, progress, opened)
    if examined.outline is None:
        texts = [display.as_text(d, examined.sources, language) for d in examined.diagnostics]
        raise Stop("\n".join([*texts, phrase("no-outline", language)]), ERRORS)
    return examined


def _looked_at(options: Any) -> Any:
    """The project as read and checked, for the verbs that make no report."""
    from rapport.opening import open_cache

    with _progress(options.lang) as progress:
        return _examined(options.root, open_cache(options.root), options.lang, progress)


def _show(words: str) -> None:
    """A line on the screen, in the place of the one that says how far it is."""
    if sys.stderr.isatty():
        sys.stderr.write(CLEARED)
        sys.stderr.flush()
    print(words)


@contextlib.contextmanager
def _progress(language: str, stream: IO[str] = sys.stderr) -> Iterator[Callable[..., None]]:
    """One changing line on a terminal, nothing at all elsewhere."""
    if not stream.isatty():
        yield lambda step, **facts: None
        return

    def show(step: str, **facts: object) -> None:
        stream.write(f"{CLEARED}{phrase(f'progress-{step}', language, **facts)}…")
        stream.flush()

    try:
        yield show
    finally:
        stream.write(CLEARED)
        stream.flush()
