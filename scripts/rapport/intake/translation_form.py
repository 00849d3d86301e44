"""The form of a translator that came back, line by line: which French, and the English typed beside it.

A line is known by the code above its French; where that is damaged, by the words of the French. Nothing but words is
needed, so that any program may have saved the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from rapport import tree
from rapport.forms.translation import ROW
from rapport.intake.blocks import without_divisions
from rapport.intake.inlines import without_custom_styles
from rapport.intake.states import SentDocument
from rapport.language.folding import fold_words
from rapport.messages import LANGUAGES, translations
from rapport.model import Node
from rapport.office.file_kinds import Kind, kind_of
from rapport.office.package import Unsafe, open_package
from rapport.translation.passage_lines import TextLine, TextRun, inline_runs, join_runs, plain
from rapport.translation.quote import BlockWriter

FILE = re.compile(r"(?P<association>[\w-]+)/(?P<theme>[\w-]+)/anglais\b")
ENDS, TAGS = re.compile(r"</(?:w|text):(?:p|h)>"), re.compile(r"<[^>]*>")
PARTS = ("word/document.xml", "content.xml")
PARAGRAPHS = frozenset("Para Plain Header".split())
PROMPTS = [f"<{said}>" for one in LANGUAGES for said in [translations("prompt", one)]]
PROMPTS += [translations("prompt", one) for one in LANGUAGES]


class FormLine(Struct, frozen=True):
    """A row of the form: its code, the French that stands there, the English typed.

    `passage` is "" where the code is gone; `english_stamp` is the stamp of the English that was in it when it was made,
    "" for none; `paragraphs` is how many were typed; `notes` the footnotes called in it, by their number in the
    passage.
    """

    passage: str
    stamp: str
    english_stamp: str
    french: str
    side_text: str
    english: TextLine
    paragraphs: int = 1
    pictures: int = 0


class FilledForm(Struct, frozen=True):
    """What came back: whose text, its lines, and the notes that a word processor made, by passage."""

    association: str
    theme: str
    lines: tuple[FormLine, ...]
    notes: dict[str, list[TextLine]]


def is_translation_form(data: bytes) -> bool:
    """Whether a file is the form of a translator: no other names the folder of a text and its lines by codes."""
    if kind_of(data) not in (Kind.DOCX, Kind.ODT):
        return False
    try:
        package = open_package(data)
    except Unsafe:
        return False
    written = "".join(package.parts.get(name, b"").decode("utf-8", "replace") for name in PARTS)
    said = TAGS.sub("", ENDS.sub("\n", written))
    titled = any(translations("title", one) in said for one in LANGUAGES)
    return bool(FILE.search(said)) and (titled or bool(ROW.search(said)))


def read(document: SentDocument) -> FilledForm:
    """The form's lines in their order."""
    reader = _FormReader()
    for table in tree.find(list(document.blocks), "Table"):
        for row in tree.table_of(table).rows():
            if len(row.cells) == 2:
                reader.row(row.cells[0].blocks, row.cells[1].blocks)
    whose = FILE.search(tree.text(list(document.blocks)))
    names = (whose["association"], whose["theme"]) if whose else ("", "")
    return FilledForm(*names, tuple(reader.lines), reader.footnotes())


class _FormReader:
    """Reads rows; the footnotes of one passage are numbered together."""

    def __init__(self) -> None:
        self.lines: list[FormLine] = []
        self.writers: dict[str, BlockWriter] = {}
        self.headed = False

    def row(self, left: Sequence[Node], right: Sequence[Node]) -> None:
        paragraphs = [tree.text(one) for one in _paragraphs(left)]
        code = ROW.match(paragraphs[0]) if paragraphs else None
        if code is None and fold_words(" ".join(paragraphs)) in {
            fold_words(translations("french", x)) for x in LANGUAGES
        }:
            return
        if code and paragraphs[0][code.end() :].strip():  # code and French made one paragraph
            paragraphs[:1] = [code[0], paragraphs[0][code.end() :]]
        passage = code["passage"] if code else ""
        typed = list(self.typed_lines(right, self.writers.setdefault(passage, BlockWriter(""))))
        french = paragraphs[1:] if code else paragraphs
        self.lines.append(
            FormLine(
                passage=passage,
                stamp=code["french"] if code else "",
                english_stamp=(code["english"] or "") if code else "",
                french=french[0] if french else "",
                side_text="\n".join(french[1:]),
                english=_in_one_line(typed),
                paragraphs=len(typed),
                pictures=sum(1 for _ in tree.find(list(right), "Image")),
            )
        )

    def typed_lines(self, blocks: Sequence[Node], writer: BlockWriter) -> Iterator[TextLine]:
        for node in _paragraphs(blocks):
            inlines = [one for one in without_custom_styles(tree.inlines(node)) if tree.kind(one) != "Image"]
            line = _without_prompt(join_runs(inline_runs(inlines, writer)))
            if plain(line).strip():
                yield line

    def footnotes(self) -> dict[str, list[TextLine]]:
        """The footnotes that are Word's own, by passage."""
        return {
            passage: [_in_one_line(list(self.typed_lines(note, BlockWriter("")))) for note in writer.notes]
            for passage, writer in self.writers.items()
            if writer.notes
        }


def _paragraphs(blocks: Sequence[Node]) -> Iterator[Node]:
    """Every paragraph in blocks, out of lists, tables and quotations."""
    for block in without_divisions(blocks):
        if tree.kind(block) in PARAGRAPHS:
            yield block
        else:
            yield from (one for one in tree.walk([block]) if tree.kind(one) in PARAGRAPHS)


def _in_one_line(lines: Sequence[TextLine]) -> TextLine:
    """The paragraphs of a cell as one."""
    space = TextRun(" ")
    return join_runs(run for at, line in enumerate(lines) for run in ((space, *line) if at else line))


def _without_prompt(line: TextLine) -> TextLine:
    """A line without the grey words that it was typed before or behind."""
    said = plain(line).replace("\u00a0", " ").replace("\u202f", " ")
    prompt = next((one for one in PROMPTS if one in said), "")
    if not prompt:
        return line
    start = said.index(prompt)
    kept, at = list[TextRun](), 0
    for run in line:
        letters = [sign for place, sign in enumerate(run.text, at) if not start <= place < start + len(prompt)]
        kept.append(replace(run, text="".join(letters)))
        at += len(run.text)
    return join_runs(kept)
