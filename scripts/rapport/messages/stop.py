"""Why a command ends: its exit statuses, and `Stop`, a reason that is nobody's bug."""

from __future__ import annotations

FINE, ERRORS, USAGE, BUG = 0, 1, 2, 3  # exit statuses: done, the texts are wrong, what was typed is, we are


class Stop(Exception):
    """A reason to stop that is nobody's bug: a sentence, and the exit status."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status
