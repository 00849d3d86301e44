"""The one place that starts pandoc: the binary that our own dependency ships, under limits, killed whole.

Texts go in on standard input only: a file name on pandoc's command line could be read as an option.
"""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HEAP = "-M768M"
SECONDS = 20
SHARED_OUT = 60_000  # bytes of text from which two processes are faster than one

# Raw extensions stay on: what they read becomes a Raw node, which is refused. Switched off, an HTML comment would
# be printed. Metadata, title blocks, macros and mathematics are off: `---`, `%` and `$` are ordinary text here.
MARKDOWN = (
    "markdown+lists_without_preceding_blankline"
    "-yaml_metadata_block-pandoc_title_block-mmd_title_block-latex_macros-tex_math_dollars-example_lists"
    "-task_lists-auto_identifiers-implicit_header_references-blank_before_header-blank_before_blockquote"
)


class PandocError(Exception):
    """Pandoc failed, was stopped, or answered nothing; the message is pandoc's."""


@dataclass(frozen=True, slots=True)
class Warning:
    """One of pandoc's own warnings; line and column count from 1 in the text given, 0 when pandoc does not say."""

    kind: str
    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Answer:
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
    # LANG: pandoc reads its arguments in the locale's encoding. Nothing else of the user's environment goes in.
    env = {"LANG": "C.UTF-8", "PATH": os.environ.get("PATH", "")} | (environment or {})
    process = subprocess.Popen(
        [binary(), *arguments, "+RTS", heap, "-RTS"], cwd=folder, env=env, start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        out, err = process.communicate(given, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise PandocError(f"stopped after {seconds:g} s") from None
    finally:
        _kill_group(process)
    if process.returncode != 0:
        raise PandocError(err.decode("utf-8", "replace").strip() or f"exit status {process.returncode}")
    return out


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def read_all(texts: Sequence[str], format: str = MARKDOWN) -> list[Answer]:
    """Every text read alone, in the order given; a text that brings pandoc down takes no other with it."""
    size = sum(len(text) for text in texts)
    if len(texts) < 2 or size < SHARED_OUT:
        return _read_batch(texts, format)
    halves = _halves(texts)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda batch: _read_batch(batch, format), halves)
    return first + second


def _halves(texts: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    half, done = sum(len(text) for text in texts) / 2, 0
    for index, text in enumerate(texts):
        done += len(text)
        if done >= half:
            return texts[: index + 1], texts[index + 1 :]
    return texts, ()


def _read_batch(texts: Sequence[str], format: str) -> list[Answer]:
    if not texts:
        return []
    request = json.dumps({"format": format, "texts": list(texts)}).encode()
    script = Path(__file__).with_name("read.lua")
    try:
        # The limit grows with the batch: twenty seconds are for one text, a batch of good ones needs far less each.
        lines = run(["lua", str(script)], request, SECONDS + len(texts) / 10).split(b"\n")
        return [_answer(lines[2 * i], lines[2 * i + 1]) for i in range(len(texts))]
    except (PandocError, IndexError, ValueError) as error:
        if len(texts) == 1:
            return [Answer(b"", error=str(error))]
        return [answer for text in texts for answer in _read_batch([text], format)]


def _answer(head: bytes, payload: bytes) -> Answer:
    facts = json.loads(head)
    return Answer(payload, tuple(Warning(**warning) for warning in facts["warnings"]), facts["error"])
