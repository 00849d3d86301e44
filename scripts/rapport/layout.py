"""layout: Report + the editor's templates → Document.

The templates are the editor's alone. In them a contribution's text is an opaque `Slot`, which prints as an empty
span; what it stands for is spliced into the tree after pandoc has read the template, so it is never parsed again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from rapport import rules, tree
from rapport.cite import Citations
from rapport.messages import phrase
from rapport.model import (
    Association,
    Block,
    Body,
    Diagnostic,
    Document,
    Edition,
    MergedTheme,
    Meta,
    Node,
    Part,
    Report,
    Source,
    Span,
)
from rapport.parse import Text

MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!~^$@|:&%=])")
SLOT = "slot"
COVER, FRONT, PART, THEME, PROPOSALS, BACK = (
    f"chapters/{name}.md.j2" for name in ("couverture", "presentation", "partie", "theme", "propositions", "annexes")
)


class Piece(Enum):
    """What a slot may stand for beside blocks and nodes."""

    BIBLIOGRAPHY = 1


class Anchor(str):
    """An identifier in pandoc's own notation: `{#theme-sport}`; the one string that is printed unescaped."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where, in a template, text that is not the editor's will stand: an index and nothing of its content."""

    index: int


@dataclass(frozen=True, slots=True)
class Page:
    """One rendered template: its text for pandoc, and what its slots stand for."""

    text: Text
    slots: tuple[tuple[Block | Node | Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """Every page of the report, in order; a chapter is one or two pages (a part's opening, a theme)."""

    front: tuple[Page, ...]
    chapters: tuple[tuple[Page, ...], ...]
    back: tuple[Page, ...]

    @property
    def all(self) -> tuple[Page, ...]:
        return (*self.front, *(page for chapter in self.chapters for page in chapter), *self.back)


def render(report: Report, templates: Sequence[Source], language: str) -> tuple[Pages | None, tuple[Diagnostic, ...]]:
    """The pages of the report, or None and the template's mistake."""
    rendering = _Rendering(report, templates, language)
    try:
        return rendering.pages(), ()
    except TemplateError as error:
        return None, (_template_problem(error, templates),)


def assemble(report: Report, pages: Pages, bodies: Mapping[str, Body], citations: Citations, language: str) -> Document:
    """The document: slots filled, paragraphs numbered from 1 over the whole body. `bodies` by the text of a page."""
    number, filling = _Numbering(), _Filling(bodies, citations, _Names(report))
    chapters = tuple(tuple(number(filling.pages(chapter))) for chapter in pages.chapters)
    identity = report.outline.identity
    meta = Meta(
        title=identity.title,
        subtitle=identity.subtitle,
        language=language,
        date=identity.date,
        edition=report.edition,
        header=_header(report, language),
        author=identity.collective,
        strings={name: phrase(f"print-{name}", language) for name in PRINTED},
    )
    return Document(meta, tuple(filling.pages(pages.front)), chapters, tuple(filling.pages(pages.back)))


PRINTED = ("toc", "page", "of", "figure", "table", "notes", "continued", "appendix")


def _header(report: Report, language: str) -> str:
    identity = report.outline.identity
    match report.edition:
        case Edition.DRAFT:
            return f"{identity.draft_name} — {identity.subtitle or identity.title}"
        case Edition.CONFIDENTIAL:
            return f"{phrase('print-confidential', language)} — {identity.subtitle or identity.title}"
        case _:
            return identity.title


class _Rendering:
    def __init__(self, report: Report, templates: Sequence[Source], language: str) -> None:
        self.report, self.language = report, language
        self.name = _Names(report)
        self.slots: list[tuple[Block | Node | Piece, ...]] = []
        texts = {t.path: (t.text, t.path, None) for t in templates}  # the path again, so that a mistake has a place
        self.environment = ImmutableSandboxedEnvironment(
            loader=FunctionLoader(texts.get), undefined=StrictUndefined,
            finalize=_printed, lstrip_blocks=True,
        )  # fmt: skip
        self.environment.filters = {
            name: self.environment.filters[name]
            for name in ("join", "length", "first", "last", "list", "sort", "upper", "lower")
        } | {"lower_first": lambda text: text[:1].lower() + text[1:], "date": lambda text: long_date(text, language)}
        self.environment.globals = {
            "rapport": report.outline.identity,
            "edition": {edition.value: edition is report.edition for edition in Edition},
            "members": [_member(a) for a in report.associations],
            "coordinator": next((_member(a) for a in report.associations if a.coordinates), None),
            "counts": self.counts(),
        }

    def counts(self) -> Mapping[str, int]:
        themes = [theme for part in self.report.parts for theme in part.themes]
        return {"themes": len(themes), "covered": sum(1 for theme in themes if theme.sections)}

    def pages(self) -> Pages:
        front = (self.page(COVER), self.page(FRONT))
        chapters: list[tuple[Page, ...]] = []
        draft = self.report.edition is Edition.DRAFT
        for merged in self.report.parts:
            themes = [theme for theme in merged.themes if draft or theme.sections]
            for index, theme in enumerate(themes):
                if index == 0:
                    chapters.append((self.part_page(merged.part), self.theme_page(theme)))
                elif theme.associations or theme.refused:
                    chapters.append((self.theme_page(theme),))
                else:  # a theme nobody wrote on is no reason for a new page
                    chapters[-1] += (self.theme_page(theme),)
        if draft and (self.report.proposed or self.report.misplaced):
            chapters.append(self.proposals())
        back = self.page(BACK, lambda: {"bibliography": self.slot([Piece.BIBLIOGRAPHY])})
        return Pages(front, tuple(chapters), (back,))

    def proposals(self) -> tuple[Page, ...]:
        opening = self.page(PROPOSALS, lambda: {"misplaced": self.report.misplaced})
        return (opening, *(self.theme_page(theme, proposed=True) for theme in self.report.proposed))

    def part_page(self, part: Part) -> Page:
        values = {"title": part.title, "anchor": Anchor(f"{{#partie-{part.id}}}")}
        return self.page(PART, lambda: {"part": values})

    def theme_page(self, theme: MergedTheme, proposed: bool = False) -> Page:
        return self.page(THEME, lambda: {"theme": self.theme(theme, proposed)})

    def page(self, template: str, values: Callable[[], Mapping[str, Any]] = dict) -> Page:
        """One template rendered; its slots are those that its values make."""
        self.slots = []
        text = self.environment.get_template(template).render(values())
        return Page(Text(template, text), tuple(self.slots))

    def slot(self, pieces: Sequence[Block | Node | Piece]) -> Slot:
        self.slots.append(tuple(pieces))
        return Slot(len(self.slots) - 1)

    def theme(self, merged: MergedTheme, proposed: bool) -> Mapping[str, Any]:
        name = merged.theme.id
        draft = self.report.edition is Edition.DRAFT
        return {
            "id": name,
            "proposed": proposed,
            "title": merged.theme.title,
            "anchor": Anchor(f"{{#theme-{name}}}"),
            "empty": not merged.sections and not merged.withheld,
            "lead": self.name(merged.theme.lead) if merged.theme.lead else "",
            "refused": [self.name(a) for a in merged.refused] if draft else [],
            "withheld": [self.name(a) for a in merged.withheld] if draft else [],
            "caveats": [
                {"association": self.name(c.association), "text": self.slot(tree.string(c.text))}
                for c in merged.caveats
                if draft
            ],
            "sections": [
                {
                    "title": s.section.title,
                    "anchor": Anchor(f"{{#theme-{name}--{s.section.id}}}"),
                    "body": self.slot(s.blocks),
                }
                for s in merged.sections
            ],
        }


class _Names:
    """The names of the associations, and whether this edition prints who wrote what."""

    def __init__(self, report: Report) -> None:
        self.names = {a.id: a.name for a in report.associations}
        self.shown = report.outline.identity.authors_visible.get(report.edition.value, False)

    def __call__(self, association: str) -> str:
        return self.names.get(association, association)


def _member(association: Association) -> Mapping[str, str]:
    full = f"{association.name} ({association.acronym})" if association.acronym else association.name
    return {"name": association.name, "full_name": full}


def _printed(value: Any) -> Any:
    """What `{{ }}` prints: a slot's mark, an anchor as it is, any other string with its markup escaped."""
    if isinstance(value, Slot):
        return f"[]{{.{SLOT} n={value.index}}}"
    if isinstance(value, Anchor):
        return str(value)
    return MARKUP.sub(r"\\\1", " ".join(value.split("\n"))) if isinstance(value, str) else value


def long_date(text: str, language: str) -> str:
    """« 28 février 2015 » for 2015-02-28."""
    year, month, day = text.split("-")
    name = phrase("print-months", language).split()[int(month) - 1]
    first = phrase("print-first", language) if int(day) == 1 else str(int(day))
    return f"{first} {name} {year}"


def _template_problem(error: TemplateError, templates: Sequence[Source]) -> Diagnostic:
    """Where the mistake stands: jinja's own word for a syntax error, else the innermost line of a template."""
    paths = {template.path for template in templates}
    if isinstance(error, TemplateSyntaxError):
        return Diagnostic(
            rules.TEMPLATE_ERROR, Span(error.name or "chapters", error.lineno, 1, 1), {"reason": error.message or ""}
        )
    place, trace = Span("chapters"), error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename in paths:
            place = Span(trace.tb_frame.f_code.co_filename, trace.tb_lineno, 1, 1)
        trace = trace.tb_next
    return Diagnostic(rules.TEMPLATE_ERROR, place, {"reason": str(error.message or error)})


class _Filling:
    """Puts in place what the slots of pages stand for, citations written out."""

    def __init__(self, bodies: Mapping[str, Body], citations: Citations, names: _Names) -> None:
        self.bodies, self.citations, self.names = bodies, citations, names

    def pages(self, pages: Sequence[Page]) -> list[Node]:
        """The blocks of these pages, slots filled."""
        blocks: list[Node] = []
        for page in pages:
            slots = [self.pieces(pieces) for pieces in page.slots]
            for passage in self.bodies[page.text.text].passages:
                node = self.citations.place(passage.node) if passage.cites else passage.node
                blocks.extend(_filled(node, slots))
        return blocks

    def pieces(self, pieces: Sequence[Block | Node | Piece]) -> list[Node]:
        """The nodes of a slot; before a block, the name of who wrote it where that changes."""
        nodes: list[Node] = []
        author = ""
        for piece in pieces:
            if piece is Piece.BIBLIOGRAPHY:
                nodes.extend(self.citations.bibliography)
            elif isinstance(piece, Block):
                if self.names.shown and piece.association != author:
                    nodes.append(tree.div([tree.para(tree.string(self.names(piece.association)))], ["provenance"]))
                author = piece.association
                nodes.append(self.block(piece))
            elif isinstance(piece, dict):
                nodes.append(piece)
        return nodes

    def block(self, block: Block) -> Node:
        """The block's node under the block's id, of the class that says how it is printed."""
        node = self.citations.place(block.node) if block.cites else block.node
        match node["t"]:
            case "Div" if "recommendation" in node["c"][0][1]:
                return tree.div(node["c"][1], ["recommendation"], block.id)
            case "Header":
                level, (identifier, classes, pairs), inlines = node["c"]
                return {"t": "Header", "c": [level, [identifier or block.id, classes, pairs], inlines]}
            case "Para":
                return tree.div([node], ["paragraph"], block.id)
            case _:
                return tree.div([node], ["block"], block.id)


def _filled(node: Node, slots: Sequence[Sequence[Node]]) -> Sequence[Node]:
    """A template's block with its slots filled: a slot alone in its paragraph gives its blocks in its stead."""
    index = _slot(node["c"][0]) if node["t"] == "Para" and len(node["c"]) == 1 else None
    if index is not None:
        content = slots[index]
        return [tree.para(list(content))] if content and content[0]["t"] in tree.INLINES else content

    def splice(inner: Node) -> Node | None:
        if inner["t"] == "Span" and (found := _slot(inner)) is not None:
            return {"t": "Span", "c": [["", [], []], list(slots[found])]}
        if inner["t"] == "Div":
            return {"t": "Div", "c": [inner["c"][0], [b for child in inner["c"][1] for b in _filled(child, slots)]]}
        return None

    return [tree.rewrite(node, splice)]


def _slot(node: Node) -> int | None:
    """The index of the slot that a node marks, if it does."""
    if node["t"] != "Span" or SLOT not in node["c"][0][1]:
        return None
    return int(dict(node["c"][0][2])["n"])


class _Numbering:
    """Numbers the paragraphs of the body, from 1, as they come."""

    def __init__(self) -> None:
        self.last = 0

    def __call__(self, blocks: Sequence[Node]) -> list[Node]:
        return [self.numbered(node) for node in blocks]

    def numbered(self, node: Node) -> Node:
        if node["t"] == "Para":  # the editor's own linking prose
            node = tree.div([node], ["paragraph"])
        if node["t"] == "Div" and {"paragraph", "recommendation"} & set(node["c"][0][1]):
            self.last += 1
            identifier, classes, pairs = node["c"][0]
            return {"t": "Div", "c": [[identifier, classes, [*pairs, ["number", str(self.last)]]], node["c"][1]]}
        return node
