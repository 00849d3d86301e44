"""`rapport watch`: rebuild on every save, with typst kept warm between two builds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from watchfiles import watch as changes_in

from rapport import pipeline
from rapport.commands.context import Context
from rapport.examination.opening import open_cache
from rapport.examination.result import Examined
from rapport.halving import Halving
from rapport.messages import display, phrase
from rapport.messages.stop import FINE
from rapport.model import Diagnostic, Edition
from rapport.output.export import Export, paths
from rapport.output.pdf.writer import Compiler
from rapport.proof import ProofFailure
from rapport.steps import Steps
from rapport.storage import manifest
from rapport.storage.cache import Cache
from rapport.storage.lock import BuildFolderDeleted, hold_lock
from rapport.storage.temporary import temporary_files
from rapport.storage.transaction import Outcome

SETTLED = 20  # milliseconds without a further change before a rebuild begins
LOOK_AGAIN = 500  # milliseconds between two looks at the bibliography, a single file that editors replace


def verb(context: Context) -> int:
    """Build, then build again whenever something the report is made from changes; ends when interrupted."""
    root, language = context.root, context.language
    watching = _Watching(context)
    before = manifest.inputs(str(root))
    with Compiler() as compiler:
        watching.export = Export(root, watching.cache, compiler)
        watching.rebuild("make watch")
        context.show(phrase("watch-ready", language))
        for changed in _changes(root, before, watching.missing):
            if manifest.program() != watching.program:
                context.show(phrase("watch-restart", language, time=_clock()))
                return FINE
            watching.rebuild(_named(changed, root, language) if changed else phrase("watch-missing", language))
    return FINE


def _changes(root: Path, before: str, missing: Callable[[], bool]) -> Iterator[list[Path]]:
    """What is saved from now on, and at once whether anything was saved since the inputs were `before`.

    An empty list where nothing was saved, and an output is `missing`.
    """
    folders = [root / name for name in manifest.FOLDERS if (root / name).is_dir()]
    bibliography = root / manifest.FILES[0]
    known = _facts(bibliography)
    for changes in changes_in(
        *folders, step=SETTLED, rust_timeout=LOOK_AGAIN, yield_on_timeout=True, raise_interrupt=True
    ):
        paths = [Path(path) for _, path in sorted(changes, key=lambda change: change[1])]
        if before and not paths and manifest.inputs(str(root)) != before:
            paths.append(root / "contributions")
        before = ""
        if _facts(bibliography) != known:
            known = _facts(bibliography)
            paths.append(bibliography)
        if paths or missing():
            yield paths


def _facts(path: Path) -> tuple[int, int]:
    try:
        facts = path.stat()
        return facts.st_mtime_ns, facts.st_size
    except OSError:
        return 0, 0


def _named(paths: list[Path], root: Path, language: str) -> str:
    """The file that changed, or how many did."""
    if len(paths) > 1:
        return phrase("watch-many", language, count=len(paths))
    try:
        return str(paths[0].resolve().relative_to(root.resolve()))
    except ValueError:
        return paths[0].name


def _clock() -> str:
    return time.strftime("%H:%M:%S")


class _Watching:
    """What stays between two builds: the cache, the compiler, and what was last said."""

    export: Export
    new_outputs: list[str]

    def __init__(self, context: Context) -> None:
        self.context, self.root, self.language, self.say = context, context.root, context.language, context.show
        root = self.root
        self.program = manifest.program()
        self.cache: Cache = open_cache(root)
        self.said: tuple[Diagnostic, ...] = ()
        self.made: tuple[Path, ...] = ()  # the outputs that are expected in build/

    def rebuild(self, what: str) -> None:
        """One build, told in one line; what is wrong is told when it changes."""
        start = time.perf_counter()
        try:
            with temporary_files(self.root), hold_lock(self.root, wait=True, tell=self.tell_undone):
                found, built, proved = self.build()
        except OSError as error:
            self.made = self.made if isinstance(error, BuildFolderDeleted) else ()
            self.say(display.disk_error(error, self.language))
            return
        whole = built is not None and proved
        self.made = tuple(self.root / path for path in paths(Edition.DRAFT, "fr").values()) if whole else ()
        if found != self.said:
            self.tell(found)
        seconds = f"{time.perf_counter() - start:.2f}".replace(".", "," if self.language == "fr" else ".")
        outputs = ", ".join(path.rsplit(".", 1)[-1].upper() for path in built or ()) or "–"
        name = "watch-stopped" if built is None else "watch-built" if built else "watch-nothing"
        name = name if proved else "watch-unproved"
        self.say(phrase(name, self.language, time=_clock(), what=what, outputs=outputs, seconds=seconds))

    def tell_undone(self, outcome: Outcome) -> None:
        """What was made of a command that was killed meanwhile."""
        for line in display.undone_changes(outcome, self.language):
            self.say(line)

    def missing(self) -> bool:
        """Whether somebody deleted what the last build made."""
        return not all(path.exists() for path in self.made)

    def build(self) -> tuple[tuple[Diagnostic, ...], tuple[str, ...] | None, bool]:
        """What is to be said; the outputs written anew, or None when no report can be made; whether all were proved."""
        examined = pipeline.examine(self.root, self.cache)
        self.sources = examined.sources
        self.new_outputs = list[str]()
        try:
            return Halving(Edition.DRAFT, self.cache, self.export).make(examined, self.attempt)
        except ProofFailure as failure:
            return (*examined.diagnostics, *failure.diagnostics), tuple(self.new_outputs), False

    def attempt(self, examined: Examined) -> tuple[tuple[Diagnostic, ...], tuple[str, ...] | None, bool]:
        """The same of the project as read."""
        steps = Steps()
        report, document, problems = pipeline.lay_out(examined, Edition.DRAFT, self.cache, steps=steps)
        found = (*examined.diagnostics, *problems)
        if report is None or document is None:
            return found, None, True
        proof = pipeline.proof(examined, report, document, self.root, self.cache)
        proof.stand_by()
        for built in self.export.docx_last(document, examined.images, proof.read, proof.accept):
            self.new_outputs += built.written_files
        self.cache.sweep()
        gc.collect()  # once, when the outputs are in place, instead of many times on the way to them
        return (*found, *proof.to_see), tuple(dict.fromkeys(self.new_outputs)), True

    def tell(self, found: tuple[Diagnostic, ...]) -> None:
        for diagnostic in found:
            if diagnostic not in self.said:
                self.say(display.as_text(diagnostic, self.sources, self.language))
        self.said = found
