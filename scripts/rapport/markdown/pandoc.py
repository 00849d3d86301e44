"""The one place that starts pandoc: the binary that our own dependency ships, under limits, killed whole.

Texts go in on standard input only: a file name on pandoc's command line could be read as an option.
"""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import weakref
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Timer
from time import monotonic
from typing import IO

from msgspec import Struct

HEAP = "-M768M"
SECONDS = 20
PIPE = 1 << 20  # bytes that pandoc may have ready before it waits for us
SCRIPT = Path(__file__).with_name("read.lua")

# Raw extensions stay on: what they read becomes a Raw node, which is refused. Switched off, an HTML comment would
# be printed. Metadata, title blocks, macros and mathematics are off: `---`, `%` and `$` are ordinary text here.
MARKDOWN = "markdown+lists_without_preceding_blankline-auto_identifiers-implicit_header_references-blank_before_header"
# Each extension that is named costs 0.2 ms a text: these are switched off too where a text gives them occasion.
OCCASIONS = {
    "-blank_before_blockquote": ">",
    "-yaml_metadata_block": "---",
    "-pandoc_title_block": "%",
    "-latex_macros": "\\",
    "-tex_math_dollars": "$",
    "-example_lists": "@",
    "-task_lists": "[",
}

STOPPED = "stopped after"  # how the reason of a reading that took too long begins


class PandocError(Exception):
    """Pandoc failed, was stopped, or answered nothing; the message is pandoc's."""


class Warning(Struct, frozen=True):
    """One of pandoc's own warnings; line and column count from 1 in the text given, 0 when pandoc does not say."""

    kind: str
    text: str
    line: int
    column: int


class PandocResult(Struct, frozen=True):
    """What pandoc made of one text: JSON (tree or CSL items), its warnings, or the reason there is none."""

    payload: bytes
    warnings: tuple[Warning, ...] = ()
    error: str = ""


@cache
def binary() -> str:
    """The path of the pandoc that pypandoc_binary ships, found without importing pypandoc."""
    spec = importlib.util.find_spec("pypandoc")
    if spec is None or spec.origin is None:
        raise PandocError("pypandoc_binary is not installed")
    return str(Path(spec.origin).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc"))


def run(
    arguments: Sequence[str],
    given: bytes,
    seconds: float = SECONDS,
    folder: Path | None = None,
    environment: dict[str, str] | None = None,
    heap: str = HEAP,
) -> bytes:
    """Pandoc's standard output for these arguments; raises PandocError on failure or after `seconds`."""
    pipe = subprocess.PIPE
    process = _start(arguments, pipe, pipe, folder, environment, heap)
    try:
        out, err = process.communicate(given, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise PandocError(f"{STOPPED} {seconds:g} s") from None
    finally:
        _kill_group(process)
    if process.returncode != 0:
        raise PandocError(err.decode("utf-8", "replace").strip() or f"exit status {process.returncode}")
    return out


def _start(
    arguments: Sequence[str], given: IO[bytes] | int, errors: IO[bytes] | int, folder: Path | None = None,
    environment: dict[str, str] | None = None, heap: str = HEAP,
) -> subprocess.Popen[bytes]:  # fmt: skip
    # LANG: pandoc reads its arguments in the locale's encoding. Nothing else of the user's environment goes in.
    env = {"LANG": "C.UTF-8", "PATH": os.environ.get("PATH", "")} | (environment or {})
    return subprocess.Popen(
        [binary(), *arguments, "+RTS", heap, "-RTS"], cwd=folder, env=env, start_new_session=True,
        stdin=given, stdout=subprocess.PIPE, stderr=errors,
    )  # fmt: skip


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """End pandoc, from any thread; whoever waits for an answer sees that there is none."""
    if process.poll() is None:
        with suppress(ProcessLookupError):  # it ended meanwhile
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def read_all(texts: Sequence[str], format: str = MARKDOWN) -> Iterator[PandocResult]:
    """Every text read alone, answered in the order given, as soon as pandoc has it.

    Pandoc is at work from the call on, whenever the answers are asked for: what is done with one text is done while
    it reads the next. A text that brings it down takes no other with it.
    """
    return _Reading(texts, format).answers() if texts else iter(())


class _Reading:
    """A pandoc process that reads texts, and answers while it reads on."""

    def __init__(self, texts: Sequence[str], format: str) -> None:
        self.texts, self.format = texts, format
        self.errors = TemporaryFile()  # noqa: SIM115  # `_end` closes it
        self.scratch = TemporaryDirectory(prefix="rapport-")  # `pandoc lua` leaves a file there when it is killed
        with TemporaryFile() as request:  # a file, because a full pipe would make us wait for pandoc
            request.write(json.dumps([[_format(text, format), text] for text in texts]).encode())
            request.seek(0)
            self.process = _start(["lua", str(SCRIPT)], request, self.errors, environment={"TMPDIR": self.scratch.name})
        assert self.process.stdout
        self.pipe = self.process.stdout
        with suppress(ImportError, OSError, AttributeError):  # it is only faster so, and not every system knows it
            import fcntl

            fcntl.fcntl(self.pipe, fcntl.F_SETPIPE_SZ, PIPE)
        # The limit grows with the batch: twenty seconds are for one text, a batch of good ones needs far less each.
        self.started, self.seconds = monotonic(), SECONDS + len(texts) / 10
        self.limit = Timer(self.seconds, _kill_group, [self.process])
        self.limit.daemon = True
        self.limit.start()
        self.end = weakref.finalize(self, _end, self.process, self.limit, self.errors, self.scratch)  # if nobody asks

    def answers(self) -> Iterator[PandocResult]:
        """One for each text; those left when pandoc ends are read by a pandoc each."""
        answered = 0
        while answered < len(self.texts):
            head, payload = self.pipe.readline(), self.pipe.readline()
            if not payload.endswith(b"\n"):
                break
            answered += 1
            if answered == len(self.texts):
                self.end()  # now: whoever asks for as many answers as there are texts never comes back here
            yield _answer(head, payload)
        unread = self.texts[answered:]
        reason = self.reason() if unread else ""
        self.end()
        if len(self.texts) == 1 and unread:
            yield PandocResult(b"", error=reason)
        else:
            for text in unread:
                yield from _Reading([text], self.format).answers()

    def reason(self) -> str:
        """Why there is no answer."""
        self.process.wait()
        if monotonic() >= self.started + self.seconds:
            return f"{STOPPED} {self.seconds:g} s"
        self.errors.seek(0)
        said = self.errors.read().decode("utf-8", "replace").strip()
        return said or f"exit status {self.process.returncode}"


def _end(process: subprocess.Popen[bytes], limit: Timer, errors: IO[bytes], scratch: TemporaryDirectory[str]) -> None:
    limit.cancel()
    _kill_group(process)
    assert process.stdout
    process.stdout.close()
    errors.close()
    scratch.cleanup()


def _format(text: str, format: str) -> str:
    """The format to read a text in."""
    return format + "".join(name for name, sign in OCCASIONS.items() if format == MARKDOWN and sign in text)


def _answer(head: bytes, payload: bytes) -> PandocResult:
    facts = json.loads(head)
    return PandocResult(payload, tuple(Warning(**warning) for warning in facts["warnings"]), facts["error"])
