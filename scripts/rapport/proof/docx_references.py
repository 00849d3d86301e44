"""What REF fields of a Word file show, against what they would show as soon as Word counted anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapport.proof.docx_package import W
from rapport.proof.reading import Element

FIELD, CODE = f"{W}fldChar", f"{W}instrText"
MARKED, MARKED_END = f"{W}bookmarkStart", f"{W}bookmarkEnd"
REFERRING = (FIELD, CODE, MARKED, MARKED_END)


class DocxReferences:
    """What stands in each bookmark, under which number, and what each REF field shows of it."""

    def __init__(self) -> None:
        self.code: list[str] = []
        self.result = 0
        self.open: dict[str, tuple[str, str, int]] = {}
        self.marked: dict[str, tuple[str, str]] = {}
        self.references: list[tuple[str, bool, str]] = []

    def read(self, element: Element, said: Sequence[str], label: str) -> None:
        """One of `REFERRING`, after the words `said`, in a paragraph that has this label."""
        if element.tag == CODE:
            self.code = (element.text or "").split()
        elif element.tag == MARKED:
            self.open[element.get(f"{W}id")] = (element.get(f"{W}name"), label, len(said))
        elif element.tag == MARKED_END:
            name, its_label, start = self.open.pop(element.get(f"{W}id"), ("", "", 0))
            self.marked[name] = (its_label.rstrip("."), "".join(said[start:]))
        elif (kind := element.get(f"{W}fldCharType")) == "separate":
            self.result = len(said)
        elif kind == "end" and self.code[:1] == ["REF"]:
            self.references.append((self.code[1], "\\n" in self.code, "".join(said[self.result :])))
            self.code = []

    def stray_references(self) -> Iterator[tuple[str, str]]:
        """References that would show something else."""
        for name, by_number, shown in self.references:
            number, words = self.marked.get(name, ("", ""))
            if shown != (number if by_number else words):
                yield "link", f"{shown} → {name}"
