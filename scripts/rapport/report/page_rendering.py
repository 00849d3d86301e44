"""One template of the editor's rendered: what contributions say stands in it as slots, and only as slots."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, FunctionLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct

from rapport.language.contractions import WITHIN_SENTENCES
from rapport.messages import long_date
from rapport.model import Block, Node, Source
from rapport.report.bilingual_templates import in_language
from rapport.report.page_values import NEEDED, DerivedPiece
from rapport.report.template_errors import SlotCountError

MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!~^$@|:&%=])")
SLOT = "slot"
FILTERS = ("join", "length", "first", "last", "list", "sort", "upper", "lower")
Values = Mapping[str, Any]
"""What a template may print, by the name it has there."""


class Anchor(str):
    """An identifier in pandoc's own notation: `{#theme-sport}`; the one string that is printed unescaped."""


class Slot(Struct, frozen=True):
    """Where, in a template, text that is not the editor's will stand: an index and nothing of its content."""

    index: int


class RenderedPage(Struct, frozen=True):
    """One rendered template: its path, its text, and what its slots stand for; `index` is its place among all."""

    index: int
    template: str
    text: str
    slots: tuple[tuple[Block | Node | DerivedPiece, ...], ...]


class _CompiledTemplates(BytecodeCache):
    """What templates were compiled to, by name and text: a report that is laid out again has the same ones."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _CompiledTemplates()


class PageRenderer:
    """Renders templates one by one; `environment.globals` is what each of them may print."""

    def __init__(self, templates: Sequence[Source], language: str) -> None:
        self.language = language
        self.slots: list[tuple[Block | Node | DerivedPiece, ...]] = []
        self.headings: list[tuple[str, str, str]] = []  # of the page in hand: its name in the template, title, anchor
        self.made = 0
        # the path again, so that a mistake has a place
        self.texts = {t.path: (t.text, t.path, None) for t in templates}
        self.environment = ImmutableSandboxedEnvironment(
            loader=FunctionLoader(self.texts.get),
            undefined=StrictUndefined,
            finalize=_printed,
            lstrip_blocks=True,
            bytecode_cache=_COMPILED,
        )
        kept = {name: self.environment.filters[name] for name in FILTERS}
        self.environment.filters = kept | WITHIN_SENTENCES | {"date": lambda text: long_date(text, language)}

    def page(self, template: str, values: Callable[[], Values] = dict) -> RenderedPage:
        """One template rendered; its slots are those that its values make."""
        self.slots, self.headings = [], []
        template = in_language(template, self.language)
        text = self.environment.get_template(template).render(values())
        for at, held in enumerate(self.slots):
            whole = "section.body" if any(isinstance(piece, Block) for piece in held) else ""
            needed = next((name for piece, name in NEEDED.items() if piece in held), whole)
            if needed and text.count(_printed(Slot(at))) != 1:
                raise SlotCountError(template, needed)
        self.check_headings(template, text)
        self.made += 1
        return RenderedPage(self.made - 1, template, text, tuple(self.slots))

    def check_headings(self, template: str, text: str) -> None:
        """Each heading is one line with its anchor and its title, in capitals or not; else NotOnce."""
        lines = [line.casefold() for line in text.split("\n") if line.lstrip().startswith("#")]
        for name, title, anchor in self.headings:
            held = [line for line in lines if anchor.casefold() in line]
            if len(held) != 1 or _printed(title).casefold() not in held[0]:
                raise SlotCountError(template, f"{name}.anchor" if len(held) != 1 else f"{name}.title")

    def heading(self, name: str, title: str, identifier: str) -> dict[str, Any]:
        """A heading that the page has to have: its title, and the anchor that stands behind it."""
        anchor = Anchor(f"{{#{identifier}}}")
        self.headings.append((name, title, anchor))
        return {"title": title, "anchor": anchor}

    def slot(self, pieces: Sequence[Block | Node | DerivedPiece]) -> Slot:
        """Where these pieces will stand on the page in hand."""
        self.slots.append(tuple(pieces))
        return Slot(len(self.slots) - 1)


def _printed(value: Any) -> Any:
    """What `{{ }}` prints: a slot's mark, an anchor as it is, any other string with its markup escaped."""
    if isinstance(value, Slot):
        return f"[]{{.{SLOT} n={value.index}}}"
    if isinstance(value, Anchor):
        return str(value)
    return MARKUP.sub(r"\\\1", " ".join(value.split("\n"))) if isinstance(value, str) else value
