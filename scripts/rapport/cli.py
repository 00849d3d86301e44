"""The command: the table of its verbs, the language it speaks, and what becomes of errors. It and the verbs print.

Exit status: 0 fine, 1 errors in the texts, 2 wrong usage, 3 our own bug (an output that verification refuses is one),
75 another build is running, 130 interrupted.
"""

from __future__ import annotations

import itertools
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from importlib import import_module
from pathlib import Path

from rapport.commands import arguments
from rapport.commands.arguments import ASSOCIATION, EDITION, REPORT_LANGUAGE, THEME, Options, Verb
from rapport.commands.context import Context, timings
from rapport.messages import LANGUAGES, display, phrase
from rapport.messages.stop import BUG, ERRORS, FINE, Stop
from rapport.storage.lock import BuildFolderBusy, hold_lock
from rapport.storage.temporary import temporary_files
from rapport.storage.transaction import heard, is_done, is_pending, is_unheard, write_atomically

BUSY, INTERRUPTED = 75, 130

VERBS = (
    Verb("build", (EDITION, REPORT_LANGUAGE)),
    Verb("public", (REPORT_LANGUAGE,), "submit"),
    Verb("confidential", (REPORT_LANGUAGE,), "submit"),
    Verb("check", (arguments.JSON, REPORT_LANGUAGE)),
    Verb("verify"),
    Verb("status", (arguments.ALL,)),
    Verb("desk"),
    Verb("calendar"),
    Verb("reminders", (ASSOCIATION, *arguments.REMINDERS)),
    Verb("budget"),
    Verb("figures", (arguments.PUBLISH,)),
    Verb("letters", (arguments.TODAY,)),
    Verb("briefs", (arguments.ADDRESSEE, REPORT_LANGUAGE)),
    Verb("forms", (ASSOCIATION, THEME, arguments.OF_CHILDREN)),
    Verb("intake", (ASSOCIATION, THEME, *arguments.INTAKE)),
    Verb("documents", (ASSOCIATION, THEME, *arguments.DOCUMENTS)),
    Verb("draft", (ASSOCIATION, arguments.REBUILD)),
    Verb("review", (arguments.REVIEWS,)),
    Verb("decide", (ASSOCIATION, *arguments.DECIDE)),
    Verb("apply", (ASSOCIATION,)),
    Verb("answers"),
    Verb("redline", arguments.REDLINE),
    Verb("consent", (ASSOCIATION, *arguments.CONSENT)),
    Verb("booklet", (REPORT_LANGUAGE,)),
    Verb("children", (ASSOCIATION, *arguments.CHILDREN)),
    Verb("children-version", (ASSOCIATION, REPORT_LANGUAGE, *arguments.CHILDREN_VERSION)),
    Verb("translation", (ASSOCIATION, THEME)),
    Verb("review-names", (arguments.LIST,)),
    Verb("follow"),
    Verb("watch"),
    Verb("explain", arguments.EXPLAIN),
    Verb("new", (arguments.ANSWERS,)),
)
"""Each is a file of commands/ with a function `verb(context) -> exit status`, imported when it is asked for."""


def run(typed: Sequence[str]) -> int:
    """Run one verb; whatever a user wrote, no traceback is shown."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    options = Options(lang=_language(typed))
    try:
        options = arguments.read_options(VERBS, options.lang, typed)
        return _timed(Context(options))
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.status
    except BuildFolderBusy:
        print(phrase("busy", options.lang), file=sys.stderr)
        return BUSY
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        print(display.disk_error(error, options.lang), file=sys.stderr)
        return ERRORS
    except Exception:
        return _bug(options)


def _timed(context: Context) -> int:
    """One verb done, and its steps told where that was asked for."""
    verb = next(verb for verb in VERBS if verb.name == context.options.verb)
    try:
        with temporary_files(context.root) if (context.root / "chapters").is_dir() else nullcontext():
            status = FINE if _take_back(context) else int(import_module(verb.module).verb(context))
        if is_unheard(context.root):
            with suppress(OSError):  # told by whoever ends the process
                sys.stdout.flush()
            heard(context.root)
        return status or (ERRORS if context.unheard else status)
    finally:
        if context.options.timings:
            print(*timings(context.steps, context.language), sep="\n", file=sys.stderr)


def _take_back(context: Context) -> bool:
    """Before anything is read: what a command that was killed has changed put back, and said.

    Whether it was this very command, killed when all was done.
    """
    if is_pending(context.root):  # busy: it is no killed one, but at work
        with suppress(BuildFolderBusy), hold_lock(context.root, tell=context.tell_undone) as recovered:
            if is_done(recovered, context.request):
                print(phrase("finished-again", context.language), file=sys.stderr)
                return True
    return False


def _language(typed: Sequence[str]) -> str:
    """The language asked for, whatever else was typed: help and refusals are in it too."""
    words = [part for one in typed for part in one.split("=", 1)]
    asked = (after for before, after in itertools.pairwise(words) if before == "--lang")
    return next((one for one in (*asked, os.environ.get("RAPPORT_LANG")) if one in LANGUAGES), "fr")


def _bug(options: Options) -> int:
    """Our own mistake: said in one line, the rest kept in a file for whoever mends it."""
    report = traceback.format_exc()
    try:
        file = Path(options.root) / "build" / "erreur.txt"
        write_atomically(file, report.encode(errors="replace"))
        print(phrase("bug", options.lang), file=sys.stderr)
    except OSError:
        print(phrase("bug-unwritten", options.lang), report, sep="\n", file=sys.stderr)
    return BUG
