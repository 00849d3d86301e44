"""verify: the finished files, read back by readers of their own, against what was accepted (see `proof`)."""

from rapport.model import Diagnostic


class Unproved(Exception):
    """Outputs that are not what they must be, which is a mistake of the program: nothing of them is put in place."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(f"{len(diagnostics)} differences")
        self.diagnostics = diagnostics
