"""S: the sections of a contribution, and nothing in it that would be lost or run."""

from __future__ import annotations

from collections.abc import Iterator

from rapport import rules, tree
from rapport.check.known import Known
from rapport.check.plan import title_key
from rapport.model import Diagnostic, Draft, Passage, Section, Span
from rapport.names import nearest

SECTION_LEVEL = 3  # « ## » as typed; parse has moved headings one level down


def title(heading: Passage) -> str:
    """The words of a heading."""
    return tree.text(heading.node["c"][2])


def is_section(passage: Passage) -> bool:
    """True for a heading that opens a section."""
    return passage.node["t"] == "Header" and passage.node["c"][0] == SECTION_LEVEL


def sections(draft: Draft) -> Iterator[tuple[Passage | None, tuple[Passage, ...]]]:
    """Each section's heading and passages; what stands before the first comes with None."""
    heading: Passage | None = None
    passages: list[Passage] = []
    for passage in draft.body.passages:
        if is_section(passage):
            yield heading, tuple(passages)
            heading, passages = passage, []
        else:
            passages.append(passage)
    yield heading, tuple(passages)


def _models(draft: Draft, known: Known) -> dict[str, Section]:
    return {title_key(section.title): section for section in known.sections_of(draft)}


def text_before_sections(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """S04: text that stands under no heading has no place in the report."""
    for heading, passages in sections(draft):
        if heading is None and passages:
            yield Diagnostic(rules.TEXT_BEFORE_SECTIONS, passages[0].span, {})


def unknown_section(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """S01: a heading that the theme's model does not have."""
    models = _models(draft, known)
    titles = [section.title for section in models.values()]
    for heading in filter(is_section, draft.body.passages):
        if title_key(title(heading)) not in models:
            facts = {"title": title(heading), "nearest": nearest(title(heading), titles), "known": " | ".join(titles)}
            yield Diagnostic(rules.UNKNOWN_SECTION, heading.span, facts)


def missing_section(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """S02: a section that the model requires is not there."""
    if draft.body.error:
        return
    present = {title_key(title(heading)) for heading in filter(is_section, draft.body.passages)}
    for key, section in _models(draft, known).items():
        if section.required and key not in present:
            yield Diagnostic(rules.MISSING_SECTION, Span(draft.source.path), {"title": section.title})


def empty_section(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """S03: a heading with nothing under it."""
    for heading, passages in sections(draft):
        if heading is not None and not passages:
            yield Diagnostic(rules.EMPTY_SECTION, heading.span, {"title": title(heading)})


def duplicate_section(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """S05: the same heading twice."""
    first: dict[str, Span] = {}
    for heading in filter(is_section, draft.body.passages):
        key = title_key(title(heading))
        if key in first:
            yield Diagnostic(rules.DUPLICATE_SECTION, heading.span, {"title": title(heading)}, (first[key],))
        first.setdefault(key, heading.span)


def recommendation_not_listed(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """S06: a recommendation is one item of a list."""
    models = _models(draft, known)
    for heading, passages in sections(draft):
        model = models.get(title_key(title(heading))) if heading else None
        if model and model.kind == "recommandations":
            for passage in passages:
                if passage.node["t"] not in ("BulletList", "OrderedList"):
                    yield Diagnostic(rules.RECOMMENDATION_NOT_LISTED, passage.span, {})


def heading_level(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """S09: a heading above the sections, or inside a quotation or a list."""
    for passage in draft.body.passages:
        if passage.node["t"] == "Header" and passage.node["c"][0] < SECTION_LEVEL:
            yield Diagnostic(rules.HEADING_LEVEL, passage.span, {"title": title(passage)})
    for find in draft.body.all("nested-heading"):
        yield Diagnostic(rules.HEADING_LEVEL, find.span, {"title": find.value})


def lost_text(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """S07: words of the file that would be in no output, notes without a call apart (R03)."""
    told = {
        find.span.line
        for find in draft.body.all("warning")
        if find.value in ("NoteDefinedButNotUsed", "DuplicateNoteReference")
    }
    for find in draft.body.all("lost"):
        if {find.span.line, find.span.line - 1} & told:
            told.add(find.span.line)  # the next line of a note already spoken of
        else:
            yield Diagnostic(rules.LOST_TEXT, find.span, {"text": find.value})


def raw_content(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """S08: HTML, TeX or another program's code in the text."""
    for find in draft.body.all("raw"):
        yield Diagnostic(rules.RAW_CONTENT, find.span, {"text": find.value.split("\n")[0]})


def unclosed_block(draft: Draft, known: Known) -> Iterator[Diagnostic]:
    """S10: a « ::: » that opens and never closes."""
    for find in draft.body.all("warning"):
        if find.value == "UnclosedDiv":
            yield Diagnostic(rules.UNCLOSED_BLOCK, find.span, {})


CHECKS = (
    text_before_sections, unknown_section, missing_section, empty_section, duplicate_section,
    recommendation_not_listed, heading_level, lost_text, raw_content, unclosed_block,
)  # fmt: skip
