"""The document → PDF, by typst reading it as data.

`stage` puts the template, the text as JSON and the images into a folder; `compile` sets what is there. typst never
gives memory back, so it works in a child process (`Compiler`), beside whatever its parent has to do meanwhile.
`python -m rapport.output.pdf.writer FOLDER OUT` does it once; imports are few because the child waits for them.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from subprocess import Popen

    from rapport.model import Document

HERE = Path(__file__).resolve().parent
SERVER = (sys.executable, "-P", "-m", "rapport.output.pdf.writer")
FONTS, TEMPLATE = HERE.parent / "fonts", HERE / "template"
TIME_LIMIT = 180  # seconds for one PDF, many times what the longest report takes: more is a text that typst hangs at
MEMORY_LIMIT = 1500
"""MiB that a resident typst may hold before the next report gets a fresh one."""


class TypesettingError(Exception):
    """typst refused, or did not survive, what we gave it: a bug of ours, in typst's own words."""


def stage(document: Document, images: Path, folder: Path) -> None:
    """Make `folder` hold what typst reads and nothing else; a file whose content is right is left alone.

    `images` holds the pictures under the names that the document gives them.
    """
    from rapport.language.printable import arabic_characters, unprintable_characters
    from rapport.output.pdf.blocks import lower  # late: the child does without

    data, pictures = lower(document)
    texts = {name: json.dumps(value, ensure_ascii=False, separators=(",", ":")) for name, value in data.items()}
    if odd := unprintable_characters("".join(texts.values()), arabic_characters()):
        raise TypesettingError(f"no font has these characters: {odd}")
    files = {name: text.encode() for name, text in texts.items()}
    files |= {path.name: path.read_bytes() for path in TEMPLATE.glob("*.typ")}
    files |= {name: (images / name).read_bytes() for name in pictures}
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.is_symlink() or path.name not in files:
            path.unlink()  # typst follows links, and reads no more than it is given
    for name, content in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)


def compile(folder: Path) -> bytes:
    """The PDF of a staged folder."""
    return typesetter(folder)()


def typesetter(folder: Path, template: str = "report.typ") -> Callable[[], bytes]:
    """typst kept warm for a template in a folder: each call sets again what has changed there since the last."""
    import typst

    nowhere = folder / "no-packages"  # the template uses none; none is looked for outside the folder
    compiler = typst.Compiler(
        folder / template,
        root=folder,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )

    def compile() -> bytes:
        try:
            with silence_terminal():
                content = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"])
        except typst.TypstError as error:
            raise TypesettingError("\n".join([error.message, *error.hints])) from error
        except BaseException as error:  # a panic of typst's is no Exception
            if type(error).__name__ != "PanicException":
                raise
            raise TypesettingError(f"typst broke down: {error}") from error
        assert isinstance(content, bytes)
        return content

    return compile


@contextmanager
def silence_terminal() -> Iterator[None]:
    """Standard error goes nowhere meanwhile: a panic of typst's is an exception as well."""
    sys.stderr.flush()
    kept = os.dup(2)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


class Compiler:
    """typst in a process of its own, started at once and kept for `make watch`; close it, or use it in a `with`.

    `staged` is a folder that an earlier build left, if there is one: typst sets it while its parent is still reading,
    and has only what changed to set when the new text comes.
    """

    def __init__(self, staged: Path | None = None) -> None:
        self.process = start(staged)

    def __enter__(self) -> Compiler:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def compile(self, folder: Path) -> bytes:
        """The PDF of a staged folder; quicker for a folder that was compiled before.

        Raises `TypesettingError` where typst refuses, ends or hangs.
        """
        requests, answers = pipes(self.process)
        limit = Timer(TIME_LIMIT, self.process.kill)
        limit.start()
        try:
            requests.write(json.dumps(str(folder)).encode() + b"\n")
            requests.flush()
            answer = json.loads(answers.readline())
        except (OSError, ValueError) as error:  # nothing came back: killed, or out of memory
            self.renew()
            raise TypesettingError("typst ended before it had answered") from error
        finally:
            limit.cancel()
        if "error" in answer:
            self.renew()
            raise TypesettingError(answer["error"])
        content = answers.read(answer["size"])
        if answer["memory"] > MEMORY_LIMIT:
            self.renew()
        return content

    def renew(self) -> None:
        """Begin again with a fresh process."""
        self.close()
        self.process = start()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        for pipe in pipes(self.process):
            with suppress(OSError):  # what could not be flushed no longer matters
                pipe.close()


def start(staged: Path | None = None) -> Popen[bytes]:
    """A process that runs `serve`."""
    from subprocess import PIPE, Popen

    known = [str(staged)] if staged and (staged / "meta.json").is_file() else []
    return Popen([*SERVER, *known], stdin=PIPE, stdout=PIPE)


def pipes(process: Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    """What a process is asked through, and what it answers through."""
    assert process.stdin and process.stdout
    return process.stdin, process.stdout


def serve(staged: str = "") -> None:
    """Answer requests until there are no more: a folder a line, as JSON; back come a line of JSON and the PDF.

    An error is the last answer: after a panic, typst fails at whatever it is given. What was `staged` may be half of
    another build's: if it cannot be set, this process begins again without it.
    """
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, whose end closes our input
    import typst  # noqa: F401  # ready before the first request comes

    warm: dict[str, Callable[[], bytes]] = {}
    if staged:
        try:
            warm[staged] = typesetter(Path(staged))
            warm[staged]()
        except (TypesettingError, RuntimeError, OSError, ValueError, KeyError):  # RuntimeError: no template is there
            os.execv(SERVER[0], SERVER)
    for line in sys.stdin.buffer:
        folder = json.loads(line)
        try:
            if folder not in warm:
                warm = {folder: typesetter(Path(folder))}
            content = warm[folder]()
        except TypesettingError as error:
            sys.stdout.write(json.dumps({"error": str(error)}) + "\n")
            return
        head = {"size": len(content), "memory": memory()}
        sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + content)
        sys.stdout.buffer.flush()


def memory() -> int:
    """The most memory that this process has held, in MiB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(arguments: list[str]) -> int:
    """`FOLDER OUT`: compile once, to OUT. Without OUT: serve."""
    if len(arguments) < 2:
        serve(*arguments)
        return 0
    folder, out = map(Path, arguments)
    try:
        content = compile(folder)
    except TypesettingError as error:
        sys.stderr.write(f"{error}\n")
        return 3
    out.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
