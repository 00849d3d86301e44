"""The verbs: a table of name, help, arguments, function → exit status. The only file that prints.

Exit status: 0 fine, 1 errors in the texts, 2 wrong usage, 3 our own bug, 75 another build is running, 130 interrupted.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NoReturn

from rapport import display, manifest, rules
from rapport.lock import Busy, locked
from rapport.messages import LANGUAGES, page, phrase, rule_text
from rapport.model import Diagnostic, Edition, Severity

FINE, ERRORS, USAGE, BUG, BUSY, INTERRUPTED = 0, 1, 2, 3, 75, 130


@dataclass(frozen=True, slots=True)
class Verb:
    """One command: its name, its arguments beside those that all have, and what it does."""

    name: str
    function: Callable[[Any], int]
    arguments: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = ()


class Stop(Exception):
    """A reason to stop that is nobody's bug: a sentence, and the exit status."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


def run(arguments: Sequence[str]) -> int:
    """Run one verb; whatever a user wrote, no traceback is shown."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    language = os.environ.get("RAPPORT_LANG", "fr")
    options = argparse.Namespace(lang=language if language in LANGUAGES else "fr", root=Path())
    try:
        options = _parser(options.lang, arguments).parse_args(list(arguments) or ["build"])
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
        print(
            phrase("disk", options.lang, path=error.filename or "build/", reason=error.strerror or error),
            file=sys.stderr,
        )
        return ERRORS
    except Exception:
        return _bug(options)


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


def _parser(language: str, arguments: Sequence[str]) -> argparse.ArgumentParser:
    class Parser(argparse.ArgumentParser):
        """argparse, with its own English replaced by our words."""

        def error(self, message: str) -> NoReturn:
            typed = " ".join(["rapport", *arguments])
            raise Stop(phrase("usage-error", language, typed=typed), USAGE)

        def format_help(self) -> str:
            return _help(self, language)

    parser = Parser(prog="rapport")
    verbs = parser.add_subparsers(dest="verb", required=True, parser_class=Parser)
    for verb in VERBS:
        entry = verbs.add_parser(verb.name, description=phrase(f"verb-{verb.name}", language))
        for names, settings in (*verb.arguments, *COMMON):
            entry.add_argument(*names, **settings | {"help": phrase(settings["help"], language)})
        entry.set_defaults(function=verb.function, lang=language)
    return parser


def _help(parser: argparse.ArgumentParser, language: str) -> str:
    """The verbs of the command, or what one of them takes."""
    if not parser.description:
        verbs = [f"  {verb.name:9} {phrase(f'verb-{verb.name}', language)}" for verb in VERBS]
        return "\n".join([phrase("usage", language), "", *verbs, ""])
    names = [(", ".join(action.option_strings) or action.dest, action.help) for action in parser._actions[1:]]
    return "\n".join(
        [f"{parser.prog} : {parser.description}", "", *(f"  {name:11} {text}" for name, text in names), ""]
    )


# ---------------------------------------------------------------- the verbs


def build(options: Any) -> int:
    """Check, merge and compile one edition."""
    from rapport.export.pdf import Compiler

    edition, language, root = Edition(options.edition), options.lang, options.root
    before = manifest.inputs(str(root))
    with _progress(language) as progress, Compiler() as compiler, locked(root):
        # late: typst is started by now, and gets ready while the rest is imported
        from rapport import pipeline
        from rapport.export.outputs import Export

        cache = pipeline.open_cache(root)
        examined = _examined(root, cache, language, progress)
        if edition is not Edition.DRAFT:
            _refuse_unless_clean(examined, edition, language)
        _, document, problems = pipeline.lay_out(examined, edition, cache)
        found = (*examined.diagnostics, *problems)
        if document is None:
            _print_all(found, examined.sources, options)
            return ERRORS
        progress("export")
        built = Export(root, cache, compiler)(document, examined.images)
        cache.sweep()
    lines = [display.as_text(d, examined.sources, language) for d in found]
    lines.append(display.summary(found, len(examined.drafts), language))
    status = ERRORS if display.count(found)["errors"] else FINE
    kept = [phrase("kept", language, path=path) for path in built.outputs]
    made = [
        phrase("built", language, path=p, size=_size(len(c)))
        if p in built.written
        else phrase("kept", language, path=p)
        for p, c in built.outputs.items()
    ]
    name = f"{edition.value}-{language}"
    manifest.remember(str(root), name, before, dict(built.outputs), "\n".join([*lines, *kept]), status)
    print("\n".join([*lines, *made]))
    return status


def check(options: Any) -> int:
    """Check everything and make nothing."""
    from rapport import pipeline

    with _progress(options.lang) as progress:
        cache = pipeline.open_cache(options.root)
        examined = _examined(options.root, cache, options.lang, progress)
        _, _, problems = pipeline.lay_out(examined, Edition.DRAFT, cache)
    found = (*examined.diagnostics, *problems)
    _print_all(found, examined.sources, options)
    if not options.json:
        print(display.summary(found, len(examined.drafts), options.lang))
    return ERRORS if display.count(found)["errors"] else FINE


def status(options: Any) -> int:
    """Who sent what, theme by theme."""
    from rapport import pipeline
    from rapport.status import table

    with _progress(options.lang) as progress:
        examined = _examined(options.root, pipeline.open_cache(options.root), options.lang, progress)
    print("\n".join(table(examined, options.lang)))
    return FINE


def explain(options: Any) -> int:
    """The long page of a rule, or the list of all."""
    codes = {rule.code: rule for rule in rules.RULES}
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
    from rapport.watch import watch as run_watch

    return run_watch(options.root, options.lang, print)


def bench(options: Any) -> int:
    """Ratios against the naive way, measured in one run."""
    from rapport.bench import bench as run_bench

    return run_bench(print)


COMMON = (
    (("--lang",), {"choices": LANGUAGES, "help": "help-lang"}),
    (("--root",), {"type": Path, "default": Path(), "help": "help-root"}),
)
EDITION = (("--edition",), {"choices": [e.value for e in Edition], "default": "draft", "help": "help-edition"})
VERBS = (
    Verb("build", build, (EDITION,)),
    Verb("check", check, ((("--json",), {"action": "store_true", "help": "help-json"}),)),
    Verb("status", status),
    Verb("watch", watch),
    Verb("explain", explain, ((("code",), {"nargs": "?", "default": "", "help": "help-code"}),)),
    Verb("bench", bench),
)


# ---------------------------------------------------------------- what they share


def _examined(root: Path, cache: Any, language: str, progress: Callable[..., None]) -> Any:
    from rapport import pipeline

    if not (root / "chapters" / "outline.yaml").exists():
        raise Stop(phrase("no-project", language), USAGE)
    examined = pipeline.examine(root, cache, progress)
    if examined.outline is None:
        texts = [display.as_text(d, examined.sources, language) for d in examined.diagnostics]
        raise Stop("\n".join([*texts, phrase("no-outline", language)]), ERRORS)
    return examined


def _refuse_unless_clean(examined: Any, edition: Edition, language: str) -> None:
    errors, reviews = examined.open(Severity.ERROR), examined.open(Severity.REVIEW)
    if errors or reviews:
        texts = [display.as_text(d, examined.sources, language) for d in examined.diagnostics]
        refusal = phrase("refused-edition", language, edition=edition.value, errors=errors, reviews=reviews)
        raise Stop("\n".join([*texts, refusal]), ERRORS)


def _print_all(found: Sequence[Diagnostic], sources: Any, options: Any) -> None:
    for diagnostic in found:
        as_json = getattr(options, "json", False)
        print(
            display.as_json(diagnostic, options.lang) if as_json else display.as_text(diagnostic, sources, options.lang)
        )


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} Mo" if count >= 1e6 else f"{count / 1e3:.0f} ko"


@contextlib.contextmanager
def _progress(language: str, stream: IO[str] = sys.stderr) -> Iterator[Callable[..., None]]:
    """One changing line on a terminal, nothing at all elsewhere."""
    if not stream.isatty():
        yield lambda step, **facts: None
        return

    def show(step: str, **facts: object) -> None:
        stream.write(f"\r\033[K{phrase(f'progress-{step}', language, **facts)}…")
        stream.flush()

    try:
        yield show
    finally:
        stream.write("\r\033[K")
        stream.flush()
