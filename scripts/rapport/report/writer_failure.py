"""What a step from accepted texts to finished files raises when it breaks down: it says which step that was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rapport.messages.stop import Stop

LAYOUT = "layout"
"""The step that makes the document; the others are called after the output that they write: docx, pdf, html."""


class WriterFailure(Exception):
    """A writer broke down on a document; `__cause__` is the exception that it raised."""

    def __init__(self, writer: str) -> None:
        super().__init__(writer)
        self.writer = writer


@contextmanager
def writer_guard(writer: str) -> Iterator[None]:
    """Raise `WriterFailure` for whatever breaks inside, but for errors of the disk and messages to the user."""
    try:
        yield
    except (OSError, Stop, WriterFailure):
        raise
    except Exception as error:
        raise WriterFailure(writer) from error
