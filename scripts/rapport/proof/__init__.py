"""The finished files, read back by readers of their own, against what was accepted; nothing of output/ is imported.

The document holds every block of every contribution, under its author, in order; each output says what the document
says, letter by letter, numbers, calls, cells and alternative texts included, and nothing else (spaces, hyphens and
quotation marks folded). Then what may not be there: withheld sentences, hidden text, telling properties, other
pictures; and how it may look: closed lists of colours, sizes, elements, fields and page boxes. Levels of titles,
heading cells, crossed-out words, and where each link leads are compared too; each word of the PDF is held to its
ground.

`received_words` begins with the files themselves: their words, read by `inventory.typed_words`, which shares nothing
with `markdown`, are all in the document or held back. A text that fails this is refused (S07) before it is printed.

A build puts its three files in place together or none. `make watch` does so in two steps, PDF and HTML, then the
DOCX, each proved before its step; if the DOCX fails, the two stay, the DOCX of before stays, and the line says which
is which.
"""

from rapport import rules
from rapport.model import Diagnostic

OFF_PAGE = ("outside", "covered")
"""What readers call words that no reader sees where they stand."""


class ProofFailure(Exception):
    """Outputs that are not what they must be, by the program's or one text's fault: nothing of them is put in place."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(f"{len(diagnostics)} differences")
        self.diagnostics = diagnostics

    @property
    def is_unprotected(self) -> bool:
        """Whether nothing is wrong but names that somebody is to look at first."""
        return all(one.rule is rules.NOT_SEEN_BEFORE for one in self.diagnostics)

    @property
    def writer(self) -> str:
        """What wrote the first of these outputs (pdf …), where all that is wrong is words off the page or covered.

        A text can do that by its own letters; whatever else is wrong is the program's fault, and is no text's.
        """
        wrong = [one for one in self.diagnostics if one.rule is not rules.NOT_SEEN_BEFORE]
        if not wrong or any(one.facts.get("what") not in OFF_PAGE for one in wrong):
            return ""
        return str(wrong[0].facts["output"]).rpartition(".")[2]
